"""A Figure and its template's specification in, SVG at two widths out; chooses no number, no word and no colour.

The only home of vl-convert. A template is compiled to Vega once for each width; rows and parameters are then poured
into the compiled form, which draws the same bytes as compiling them with the template.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

# vl-convert's JavaScript engine reads the time zone when it is loaded, and a picture must not depend on the machine.
os.environ["TZ"] = "UTC"

import vl_convert

from sitegen.errors import SitegenError
from sitegen.messages import say
from sitegen.model.built import Drawing, Figure
from sitegen.model.codec import digest

WIDTHS: Mapping[str, int] = {"wide": 680, "narrow": 340}  # px
VEGA_LITE = "6.4"
FINISH = 3  # raised when the finishing below changes what it writes
VERSION = f"vl-convert {version('vl-convert-python')}, vega-lite {VEGA_LITE}, Liberation Sans, {dict(WIDTHS)}, {FINISH}"

# Two threads within the engine were seen to wait for each other for ever, in a preview, while memory was tidied up in
# one of them: the engine keeps others from running while it waits. So only one thread at a time enters it.
_ONE_AT_A_TIME = threading.Lock()

_REFUSED = frozenset({"url", "href"})
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_PLACES = re.compile(r' (?:d|transform|[xy][12]?|width|height)="[^"]*"')
_TIP = re.compile(r' aria-label="(⟦w:\d+⟧)"')
_NOISE = re.compile(r' (?:class|role|aria-[a-z]+|pointer-events|xmlns:xlink|version|font-family)="[^"]*"| opacity="1"')
_FRAME = re.compile(r'<path class="(?:background|foreground)"[^>]*/>')
_EMPTY = re.compile(r"<g[^>]*/>|<g[^>]*></g>")
# While it is drawn, a placeholder stands between signs that the engine's font has: it measures such texts much faster.
_LENT = "◊"
_LENT_MARKS = re.compile("◊([^◊]*)◊")
_ID = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')


@dataclass(frozen=True, slots=True)
class Engine:
    """Draws figures; `compiled` is the owner's memory of compiled templates, by digest and width.

    `known` holds the specifications that were seen, so that each is digested once.
    """

    compiled: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    known: dict[int, tuple[Mapping[str, Any], str]] = field(default_factory=dict)

    def svg(self, figure: Figure, spec: Mapping[str, Any]) -> Drawing:
        """The figure drawn at each width, with its placeholders.

        Raises SitegenError where the template would fetch something, KeyError where figure and template do not fit.
        """
        if id(spec) not in self.known:  # while it is held here, no other one has its identity
            self.known[id(spec)] = spec, digest(spec)
        key = self.known[id(spec)][1]
        return Drawing(**{name: self._drawn(figure, spec, key, name) for name in WIDTHS})

    def _drawn(self, figure: Figure, spec: Mapping[str, Any], key: str, name: str) -> str:
        width = WIDTHS[name]
        if (key, width) not in self.compiled:
            self.compiled[key, width] = _compiled(spec, width)
        vega = _poured(self.compiled[key, width], figure, name)
        lent = json.dumps(vega, ensure_ascii=False).replace("⟦", _LENT).replace("⟧", _LENT)
        with _ONE_AT_A_TIME:
            svg = vl_convert.vega_to_svg(lent, allowed_base_urls=[])
        return finished(_LENT_MARKS.sub(r"⟦\1⟧", svg))


def _compiled(spec: Mapping[str, Any], width: int) -> dict[str, Any]:
    for name in _outside(spec):
        raise SitegenError(say("figures.outside", name=name))
    padding = spec["padding"]
    sized = {**spec, "width": width - padding["left"] - padding["right"]}
    with _ONE_AT_A_TIME:
        vega: dict[str, Any] = vl_convert.vegalite_to_vega(sized, vl_version=VEGA_LITE)
    return vega


def _outside(spec: Any) -> Iterator[str]:
    """What in a specification would reach out of the picture: addresses, links, images."""
    if isinstance(spec, Mapping):
        yield from sorted(_REFUSED & spec.keys())
        if "image" in (spec.get("mark"), spec.get("type")):
            yield "image"
    if isinstance(spec, (Mapping, list, tuple)):
        for part in spec.values() if isinstance(spec, Mapping) else spec:
            yield from _outside(part)


def _poured(vega: Mapping[str, Any], figure: Figure, name: str) -> dict[str, Any]:
    """Compiled Vega with the figure's rows and parameters. A parameter `x_wide` is `x` in the wide drawing."""
    params = dict(_params(figure.params, name))
    named = {data["name"] for data in vega["data"] if "source" not in data}
    signals = {signal["name"] for signal in vega["signals"]}
    if strangers := (figure.datasets.keys() - named) | (params.keys() - signals):
        raise KeyError(f"{figure.id}: template {figure.template} has no {', '.join(sorted(strangers))}")
    rows = {name: [dict(row) for row in figure.datasets.get(name, ())] for name in named}
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in params.items()}
    return {
        **vega,
        "data": [data | {"values": rows[data["name"]]} if data["name"] in rows else data for data in vega["data"]],
        "signals": [
            signal | {"value": values[signal["name"]]} if signal["name"] in values else signal
            for signal in vega["signals"]
        ],
    }


def _params(params: Mapping[str, Any], name: str) -> Iterator[tuple[str, Any]]:
    for key, value in params.items():
        stem, _, width = key.rpartition("_")
        if width not in WIDTHS:
            yield key, value
        elif width == name:
            yield stem, value


def finished(svg: str) -> str:
    """The drawing as it is stored: ids `⟦id⟧-1`, `⟦id⟧-2` …, places to 0.1 px, nothing of the engine's own bookkeeping.

    The engine numbers its ids through the whole process, so they would depend on what was drawn before. Fonts are left
    to the page. Roles and names are given by the page that shows the drawing; a mark that speaks a label has it as
    `data-tip`.
    """
    svg = _NOISE.sub("", _FRAME.sub("", _TIP.sub(r' data-tip="\1"', svg)))
    while (emptied := _EMPTY.sub("", svg)) != svg:
        svg = emptied
    svg = _PLACES.sub(lambda place: _NUMBER.sub(lambda number: f"{round(float(number[0]), 1) + 0.0:g}", place[0]), svg)
    ids = {old: f"⟦id⟧-{n}" for n, old in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg)), 1)}
    return _ID.sub(lambda found: found[1] + ids.get(found[2], found[2]), svg).strip()
