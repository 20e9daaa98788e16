"""What was read of a file in, the lines out that `client.yaml` needs for it under `sources:`; fills in no answer.

A file that tells everything needs none. What only a person knows is left as `…`, which `sitegen check` refuses until it
is replaced: nothing is guessed, and nothing is taken for granted silently.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sitegen.formats import Words
from sitegen.messages import Message, say
from sitegen.model.catalogue import CHANNELS, METRICS, Kind
from sitegen.model.exports import Export, Found, Platform, Reading, Role

BLANK = "…"  # what is to be filled in
LISTED = 40  # figures of a plain table that are proposed

_PLAIN = re.compile(r"[^\W\d_][\w./ %()€$-]*[\w)%]|[^\W\d_]")
_WORDS = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n"))
_SPACES = re.compile(r"[\s_\-]+")
_READ = tuple(metric.id for metric in METRICS.values() if metric.kind is not Kind.RATIO)


@dataclass(frozen=True, slots=True)
class Line:
    """A key of a source with its value as YAML, and why it is needed. `off`: a line that only some files need."""

    key: str
    value: str
    why: Message | None = None
    off: bool = False
    below: tuple[Line, ...] = ()


def lines(readings: Sequence[tuple[Export, Reading]], seen: Sequence[Found]) -> tuple[Line, ...]:
    """What one file needs; an archive's members need it together. `seen` are the columns of a plain table."""
    found: dict[str, Line] = {}
    for export, reading in readings:
        told = _undeclared(reading, seen) if _is_plain(reading) else _needs(export, reading)
        for line in told:
            found.setdefault(line.key, line)
    return tuple(found.values()) if any(not line.off for line in found.values()) else ()


def spelled(file: str, needed: Iterable[Line], words: Words, margin: str = "  ") -> Iterator[str]:
    """The entry as YAML, each line with what it is for."""
    yield f"{margin}- file: {quoted(file)}"
    for line in needed:
        yield from _spelled(line, words, f"{margin}  ")


def _spelled(line: Line, words: Words, margin: str) -> Iterator[str]:
    text = f"{margin}{'#' if line.off else ''}{line.key}: {line.value}".rstrip()
    yield f"{text}  # {words.say(line.why)}" if line.why is not None else text
    for below in line.below:
        yield from _spelled(below, words, f"{margin}  ")


def quoted(text: str) -> str:
    """A text as YAML takes it, in quotes where it needs them."""
    plain = _PLAIN.fullmatch(text) is not None and text.casefold() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


# ---------------------------------------------------------------- a platform's file


def _needs(export: Export, reading: Reading) -> Iterator[Line]:
    """What the file itself does not tell, or tells in two ways."""
    if reading.candidates:
        yield Line("platform", BLANK, say("inspect.why.platform", options=reading.candidates))
    reasons = {table.unmeasured.key.rpartition(".")[2] for table in reading.tables if table.unmeasured}
    asked = {problem.message.key.rpartition(".")[2] for problem in reading.problems}
    if "no_channel" in reasons:
        options = _channels(export.platform)
        yield Line("channel", BLANK, say("inspect.why.channel", options=options) if options else _ANY_CHANNEL)
    if "no_period" in reasons or "ambiguous_period" in asked:
        yield Line("period", BLANK, say("inspect.why.period"))
    if "ambiguous_date" in asked:
        yield Line("date_format", BLANK, say("inspect.why.date_format"))
    if "ambiguous_number" in asked:
        yield Line("locale", BLANK, say("inspect.why.locale"))
    if any(
        each.scale in {"money", "micros"} and not each.currency for table in reading.tables for each in table.figures
    ):
        yield Line("currency", BLANK, say("inspect.why.currency"), off=True)


_ANY_CHANNEL = say("inspect.why.any_channel")


def _channels(platform: Platform | None) -> tuple[str, ...]:
    """The channels that a platform's reports may be of."""
    if platform is None:
        return ()
    reports = {report.channel for report in platform.reports}
    told = reports | {title.channel for title in platform.titles.values()} | {platform.channel}
    return tuple(sorted(channel for channel in told if channel in CHANNELS))


# ---------------------------------------------------------------- a table of no known platform


def _is_plain(reading: Reading) -> bool:
    return reading.platform is None and reading.refused is None


def _undeclared(reading: Reading, seen: Sequence[Found]) -> Iterator[Line]:
    """An entry to complete: where the dates are, and which figures there are. Without dates there is none."""
    date = next((column for column in seen if column.role is Role.DATE), None)
    figures = [figures.header for figures in reading.tables[0].figures if figures.cells]
    if date is None or not figures:
        return
    yield Line("channel", BLANK, _ANY_CHANNEL)
    if (line := reading.tables[0].line) > 1:
        yield Line("skip", str(line - 1), say("inspect.why.skip"))
    yield Line("date", quoted(date.header))
    yield Line("columns", "", say("inspect.why.columns"), below=tuple(_columns(figures)))


def _columns(headers: Sequence[str]) -> Iterator[Line]:
    """The figures whose headers are a metric's id or name; the others are there to be given one."""
    taken: set[str] = set()
    for header in headers[:LISTED]:
        metric = _metric(header)
        known = metric is not None and metric not in taken
        yield Line(str(metric) if known else BLANK, quoted(header), off=not known)
        taken |= {str(metric)}


def _metric(header: str) -> str | None:
    """The metric that a header names, in French or in English."""
    names = {_folded(name): metric for metric in _READ for name in _names(metric)}
    return names.get(_folded(header))


def _names(metric: str) -> Iterator[str]:
    yield metric
    for language in ("fr", "en"):
        yield Words(language).say(say(f"metrics.{metric}.Name"))


def _folded(name: str) -> str:
    return _SPACES.sub(" ", name.casefold()).strip()
