"""One figure, one text: whatever the process, the order, the time zone; and nothing of the engine's own in it."""

from __future__ import annotations

import copy
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen import plot
from sitegen.errors import SitegenError
from sitegen.messages import Unit, say
from sitegen.model.built import Figure, FigureTable

ROOT = Path(__file__).parents[3]
SPEC: dict[str, Any] = {
    "data": {"name": "rows"},
    "params": [{"name": "ticks", "value": []}, {"name": "top", "value": 1}],
    "mark": {"type": "line", "color": "var(--chart-1, currentColor)", "clip": True},
    "encoding": {
        "x": {
            "field": "on",
            "type": "temporal",
            "scale": {"type": "utc", "nice": False},
            "axis": {
                "values": {"expr": "ticks"},
                "labelExpr": "'⟦d:' + utcFormat(datum.value, '%Y-%m-%d') + '⟧'",
                "labelOverlap": False,
            },
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "scale": {"domain": [0, {"expr": "top"}]},
            "axis": {"values": [0.123456], "labelExpr": "'⟦q:' + datum.value + '⟧'"},
        },
    },
    "height": 101,
    "padding": {"left": 11, "right": 7, "top": 5, "bottom": 20},
    "autosize": "none",
}
MARCH = 1772323200000  # 2026-03-01


def figure(**params: Any) -> Figure:
    word = say("figures.trend.now")
    days = ("2026-01-01", "2026-02-11", "2026-03-29", "2026-04-01")
    return Figure(
        id="trend-sessions",
        subject="trends",
        template="line",
        datasets={"rows": tuple({"on": f"{day}T00:00:00Z", "value": 0.1234567 * n} for n, day in enumerate(days, 1))},
        params={"top": 0.7, "ticks": (MARCH,)} | params,
        title=word,
        subtitle=word,
        description=word,
        table=FigureTable((), ()),
        unit=Unit.COUNT,
    )


def drawn(spec: dict[str, Any] = SPEC, **params: Any) -> str:
    return plot.Engine().svg(figure(**params), spec).wide


def test_a_figure_is_drawn_at_both_widths():
    drawing = plot.Engine().svg(figure(), SPEC)
    assert 'width="680"' in drawing.wide
    assert 'viewBox="0 0 340 126"' in drawing.narrow


def test_ids_do_not_depend_on_what_was_drawn_before():
    engine = plot.Engine()
    first, second = engine.svg(figure(), SPEC), engine.svg(figure(), SPEC)
    assert first == second
    assert 'id="⟦id⟧-1"' in first.wide
    assert 'clip-path="url(#⟦id⟧-1)"' in first.wide
    assert not re.search(r'id="clip|#clip', first.wide)


PROGRAM = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from plot.test_engine import drawn
sys.stdout.buffer.write(drawn().encode())
"""


@pytest.mark.parametrize(("zone", "seed"), [("Asia/Tokyo", "1"), ("America/New_York", "7")])
def test_another_time_zone_and_hash_seed_draw_the_same_bytes(zone, seed):
    program = PROGRAM.format(root=str(ROOT), tests=str(ROOT / "tests/unit"))
    elsewhere = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert elsewhere.stdout.decode() == drawn()
    assert "⟦d:2026-03-01⟧" in drawn()


def test_places_are_rounded_and_placeholders_are_not():
    svg = drawn()
    assert "⟦q:0.123456⟧" in svg
    places = re.findall(r' (?:d|transform|[xy][12]?)="([^"]*)"', svg)
    assert places
    assert not re.search(r"\.\d\d", " ".join(places))
    assert "-0," not in " ".join(places)


def test_opacities_are_not_rounded():
    spec = copy.deepcopy(SPEC)
    spec["mark"]["opacity"] = 0.125
    assert 'opacity="0.125"' in drawn(spec)


def test_nothing_of_the_engine_is_left():
    svg = drawn()
    assert not re.search(
        r"aria-|role=|class=|xlink|version=|font-family|pointer-events|<style|style=|\n|<g[^>]*/>", svg
    )


def test_a_mark_keeps_the_label_that_it_speaks_and_no_other_name():
    spec = copy.deepcopy(SPEC)
    spec["mark"] = {"type": "point", "color": "var(--chart-1, currentColor)"}
    assert "data-tip" not in drawn(spec)
    spec["encoding"]["description"] = {"value": "⟦w:2⟧"}
    assert drawn(spec).count('data-tip="⟦w:2⟧"') == 4
    assert "aria-" not in drawn(spec)


def test_rows_and_parameters_are_poured_in():
    assert drawn(top=0.7) != drawn(top=1.4)
    assert "⟦d:2026-03-01⟧" not in drawn(ticks=())


def test_a_parameter_may_differ_between_the_widths():
    params = {"top": 0.7, "ticks_wide": (MARCH,), "ticks_narrow": ()}
    whole = figure()
    named = Figure(**{field: getattr(whole, field) for field in whole.__slots__} | {"params": params})
    drawing = plot.Engine().svg(named, SPEC)
    assert "⟦d:" in drawing.wide
    assert "⟦d:" not in drawing.narrow


def test_a_template_is_compiled_once_for_each_width_and_stays_empty():
    engine = plot.Engine()
    engine.svg(figure(), SPEC)
    compiled = copy.deepcopy(engine.compiled)
    engine.svg(figure(top=2.0), SPEC)
    assert engine.compiled == compiled
    assert sorted(width for _, width in compiled) == [340, 680]
    assert all("values" not in data for vega in compiled.values() for data in vega["data"])


def test_a_changed_template_is_compiled_anew():
    engine = plot.Engine()
    assert engine.svg(figure(), SPEC).wide != engine.svg(figure(), SPEC | {"height": 150}).wide


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"data": {"url": "https://example.org/rows.json"}}, "url"),
        ({"data": {"url": "/etc/hostname"}}, "url"),
        ({"mark": "image"}, "image"),
        ({"mark": {"type": "image"}}, "image"),
        ({"layer": [{"mark": {"type": "line", "href": "javascript:alert(1)"}}]}, "href"),
        ({"encoding": {"href": {"value": "https://example.org"}}}, "href"),
        ({"encoding": {"url": {"field": "picture"}}}, "url"),
    ],
)
def test_a_template_that_reaches_outside_is_refused(change, name):
    with pytest.raises(SitegenError) as refusal:
        drawn(SPEC | change)
    assert refusal.value.message == say("figures.outside", name=name)


def test_a_figure_that_does_not_fit_its_template_is_a_bug():
    with pytest.raises(KeyError, match="trend-sessions: template line has no bottom"):
        drawn(bottom=1)


def test_the_version_names_engine_and_grammar():
    assert re.search(r"vl-convert \d+\.\d+", plot.VERSION)
    assert plot.VEGA_LITE in plot.VERSION
    assert str(plot.FINISH) in plot.VERSION


def test_only_one_thread_at_a_time_is_in_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = [], []

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def called(*told: Any, **more: Any) -> Any:
            inside.append(1)
            time.sleep(0.01)
            most.append(len(inside))
            found = act(*told, **more)
            inside.pop()
            return found

        return called

    for name in ("vega_to_svg", "vegalite_to_vega"):
        monkeypatch.setattr(plot.vl_convert, name, counted(getattr(plot.vl_convert, name)))
    threads = [threading.Thread(target=lambda: plot.Engine().svg(figure(), {**SPEC})) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 12
    assert max(most) == 1
