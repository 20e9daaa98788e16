"""Each template drawn: poured like compiled, no colour and no word of its own, everything inside the picture."""

from __future__ import annotations

import re
from typing import Any

import pytest
import vl_convert

from sitegen import draw, plot

from .editions import whole

FIGURES = draw.figures(whole())
ENGINE = plot.Engine()
TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


@pytest.fixture(scope="module")
def drawings():
    return {figure.id: ENGINE.svg(figure, draw.template(figure.template)) for figure in FIGURES}


def sized(params: Any, width: str) -> dict[str, Any]:
    named = {}
    for name, value in params.items():
        if not name.endswith(("_wide", "_narrow")) or name.endswith(f"_{width}"):
            named[name.removesuffix(f"_{width}")] = list(value) if isinstance(value, tuple) else value
    return named


@pytest.mark.parametrize("width", plot.WIDTHS)
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_pouring_gives_the_same_bytes_as_compiling_with_the_data(figure, width, drawings):
    spec = dict(draw.template(figure.template))
    params = sized(figure.params, width)
    spec["width"] = plot.WIDTHS[width] - spec["padding"]["left"] - spec["padding"]["right"]
    spec["params"] = [param | {"value": params[param["name"]]} for param in spec["params"]]
    spec["datasets"] = {name: [dict(row) for row in rows] for name, rows in figure.datasets.items()}
    whole_way = vl_convert.vegalite_to_svg(spec, vl_version=plot.VEGA_LITE, allowed_base_urls=[])
    assert plot.finished(whole_way) == getattr(drawings[figure.id], width)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_colours_are_the_themes_alone(figure, drawings):
    tokens = "chart-1|chart-2|chart-3|chart-muted|chart-grid|chart-fg|chart-target|chart-event"
    colour = re.compile(rf"none|transparent|var\(--({tokens}), currentColor\)")
    for svg in (drawings[figure.id].wide, drawings[figure.id].narrow):
        painted = re.findall(r'(?:fill|stroke|color|stop-color)="([^"]*)"', svg)
        assert painted
        assert [paint for paint in painted if not colour.fullmatch(paint)] == []
        assert not re.search(r"#[0-9a-fA-F]{3}|rgb|hsl|\b(?:black|white)\b|style=", svg)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_texts_are_placeholders_or_numbers_of_events(figure, drawings):
    for svg in (drawings[figure.id].wide, drawings[figure.id].narrow):
        texts = TEXT.findall(svg)
        assert [
            text for text in texts if not re.fullmatch(r"⟦q:-?[\d.e-]+⟧|⟦d:\d{4}-\d\d-\d\d⟧|⟦w:\d+⟧|\d+", text)
        ] == []


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_tick_is_drawn(figure, drawings):
    """Ticks were chosen so that none collides: the engine drops none of them."""
    for width in plot.WIDTHS:
        params = sized(figure.params, width)
        texts = TEXT.findall(getattr(drawings[figure.id], width))
        days = [text for text in texts if text.startswith("⟦d:")]
        quantities = [text for text in texts if text.startswith("⟦q:")]
        if "lanes" in params:
            assert len(days) == len(params["x_ticks"])
            assert len(quantities) == len(params.get("y_ticks", ()))
        else:
            assert len(quantities) == len(params.get("x_ticks", ()))


def test_days_on_the_axis_are_the_days_that_were_asked_for(drawings):
    narrow = drawings["trend-revenue"].narrow
    assert re.findall(r"⟦d:([\d-]+)⟧", narrow) == ["2026-01-15", "2026-04-15", "2026-07-15", "2026-10-15"]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_a_drawing_has_its_width_and_a_height_of_its_own(figure, drawings):
    for name, width in plot.WIDTHS.items():
        svg = getattr(drawings[figure.id], name)
        assert re.match(rf'<svg xmlns="[^"]*" width="{width}" height="(\d+)" viewBox="0 0 {width} \1">', svg)


def test_pairs_of_bars_grow_with_their_number(drawings):
    height = re.search(r'height="(\d+)"', drawings["returns-channels"].wide)
    assert height
    assert int(height[1]) == 4 * 66


def test_missing_months_leave_two_lines(drawings):
    """Months 2-5, 7, 9-12 of the followers: two strokes of four values and a point that stands alone."""
    blue = re.findall(
        r'<path[^>]*d="(M[^"]*)"[^>]*stroke="var\(--chart-1, currentColor\)"', drawings["trend-messages_received"].wide
    )
    assert sorted(path.count("L") for path in blue) == [3, 3]


def test_an_unknown_template_is_an_error():
    with pytest.raises(KeyError):
        draw.template("pie")
