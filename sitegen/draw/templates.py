"""A template's id in, its Vega-Lite specification out; knows no client and no number. The only home of Altair.

A template has named, empty data and parameters: rows, domains and ticks are poured in after it was compiled, so nothing
that varies may be written here. Its width is set by the plotter. Texts in the picture are placeholders
(`model.built.Figure`), colours are the theme's custom properties. A mark that tells its value names the label it
speaks; no other mark or axis has a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

import altair as alt

GUTTER = 52  # px at the left of a time axis, where the value labels stand on their lines
MARGIN = 20  # px at its right, so that the last point and its label are whole
LANE = 18  # px of one row of event numbers
TOUCH = 16  # px around a thin mark that a finger finds
AMOUNT = 112  # px after the longest bar, where its amount is written
# A step to the net result is one of these fields of its row.
NET_TONES = {"sales": "chart-muted", "gain": "chart-1", "cost": "chart-2", "net": "chart-target"}

# What a row of a comparison is.
BENCHMARK_TONES = {"ours": "chart-1", "past": "chart-muted", "competitor": "chart-2", "norm": "chart-target"}

_QUANTITY = "'⟦q:' + datum.value + '⟧'"
_DAY = "'⟦d:' + utcFormat(datum.value, '%Y-%m-%d') + '⟧'"


def ink(token: str) -> str:
    """A theme's colour. The fallback keeps a mark visible where a theme forgot the token, and bakes in no colour."""
    return f"var(--{token}, currentColor)"


def _pixels(expression: str | float) -> Any:
    return alt.value(alt.ExprRef(str(expression)))


def _on(name: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name=name))


def _finished(layers: list[Any], height: Any, padding: Mapping[str, int], params: Mapping[str, Any]) -> dict[str, Any]:
    """The layers over each other, with nothing around the picture but `padding` (px)."""
    chart = (
        alt.layer(*layers)
        .properties(height=height, padding=dict(padding), autosize="none")
        .add_params(*(alt.param(name=name, value=value) for name, value in params.items()))
        .configure(background="transparent", font="Liberation Sans, sans-serif")
        .configure_mark(aria=False)
        .configure_view(stroke=None)
        .configure_axis(
            aria=False,
            labelColor=ink("chart-fg"),
            labelFontSize=12,
            labelLimit=0,
            labelOverlap=False,
            domainColor=ink("chart-muted"),
            tickColor=ink("chart-muted"),
            grid=False,
            title=None,
        )
    )
    return cast("dict[str, Any]", chart.to_dict())


def _tips(name: str = "tips", **style: Any) -> Any:
    """Marks that are felt and not seen, unless the theme shows the one that is pointed at."""
    mark = _on(name).mark_rect(fill=ink("chart-fg"), opacity=0, aria=True, **style)
    return mark.encode(description="tip:N")


# ---------------------------------------------------------------- values over time


def _time(field: str = "on") -> alt.X:
    return alt.X(
        field,
        type="temporal",
        scale=alt.Scale(type="utc", nice=False, domain=alt.ExprRef("x_domain"), range=[GUTTER, alt.ExprRef("width")]),
        axis=alt.Axis(values=alt.ExprRef("x_ticks"), labelExpr=_DAY, labelFlush=False, labelPadding=5, tickSize=4),
    )


def _value(field: str = "value") -> alt.Y:
    return alt.Y(
        field,
        type="quantitative",
        scale=alt.Scale(
            nice=False,
            zero=False,
            domain=alt.ExprRef("y_domain"),
            range=[alt.ExprRef("height"), alt.ExprRef(f"{LANE} * lanes")],
        ),
        axis=alt.Axis(
            values=alt.ExprRef("y_ticks"),
            labelExpr=_QUANTITY,
            labelAlign="left",
            labelBaseline="bottom",
            labelOffset=-3,
            labelPadding=0,
            ticks=False,
            domain=False,
        ),
    )


def _line(
    name: str, token: str, width: float, dash: tuple[int, int] | None = None, y: Callable[[], alt.Y] = _value
) -> Any:
    style: dict[str, Any] = {"strokeDash": list(dash)} if dash else {}
    return (
        _on(name)
        .mark_line(color=ink(token), strokeWidth=width, strokeJoin="round", strokeCap="round", **style)
        .encode(x=_time(), y=y(), detail="stroke:N")
    )


def _strokes(name: str, token: str, width: float, y: Callable[[], alt.Y] = _value) -> list[Any]:
    """A series: whole strokes, dashed ones to incomplete values, points that stand alone, hollow incomplete ones."""
    points: dict[str, Any] = {"size": 18 * width, "opacity": 1, "color": ink(token)}
    return [
        _line(name, token, width, None, y),
        _line(f"{name}_dashed", token, width, (2, 4), y),
        _on(f"{name}_points").mark_point(filled=True, **points).encode(x=_time(), y=y()),
        _on(f"{name}_hollow")
        .mark_point(filled=False, fill="transparent", strokeWidth=1.5, **points)
        .encode(x=_time(), y=y()),
    ]


def _grid() -> Any:
    rule = _on("grid").mark_rule(color=ink("chart-grid"), strokeWidth=1)
    return rule.encode(x=_pixels(0), x2=_pixels("width"), y=_value())


def _events() -> list[Any]:
    """Events as numbered marks above the plot: a rule on a day, a veil over several days."""
    middle, below = f"{LANE} * (lanes - 1 - datum.lane) + 8", f"{LANE} * lanes - 2"
    token = ink("chart-event")
    return [
        _on("event_spans")
        .mark_rect(fill=token, opacity=0.1)
        .encode(x=_time("start"), x2="end", y=_pixels(below), y2=_pixels("height")),
        _on("event_days")
        .mark_rule(color=token, strokeWidth=1, strokeDash=[1, 2])
        .encode(x=_time(), y=_pixels(below), y2=_pixels("height")),
        _on("events")
        .mark_point(color=token, strokeWidth=1, fill="transparent", size=200, opacity=1)
        .encode(x=_time(), y=_pixels(middle)),
        _on("events")
        .mark_text(color=ink("chart-fg"), fontSize=11, align="center", baseline="middle", dy=0.5)
        .encode(x=_time(), y=_pixels(middle), text="number:N"),
    ]


def _strips() -> Any:
    top = _pixels(f"{LANE} * lanes")
    return _tips().encode(x=_time("start"), x2="end", y=top, y2=_pixels("height"))


_OVER_TIME: Mapping[str, Any] = {"x_domain": [0, 1], "x_ticks": [], "y_domain": [0, 1], "y_ticks": [], "lanes": 0}
_TIME_PADDING = {"left": 0, "right": MARGIN, "top": 18, "bottom": 24}


def _trend() -> dict[str, Any]:
    layers = [_grid(), *_events(), *_strokes("before", "chart-2", 1.5), *_strokes("actual", "chart-1", 2.5), _strips()]
    return _finished(layers, 200, _TIME_PADDING, _OVER_TIME)


def _timeline() -> dict[str, Any]:
    target = ink("chart-target")
    layers = [
        _grid(),
        *_events(),
        _on("target_band")
        .mark_rect(fill=target, opacity=0.12)
        .encode(x=_pixels(GUTTER), x2=_pixels("width"), y=_value("low"), y2="high"),
        _on("target")
        .mark_rule(color=target, strokeWidth=1.5)
        .encode(x=_pixels(GUTTER), x2=_pixels("width"), y=_value()),
        _on("deadline")
        .mark_rule(color=ink("chart-muted"), strokeWidth=1)
        .encode(x=_time(), y=_pixels(f"{LANE} * lanes"), y2=_pixels("height")),
        _line("expected", "chart-muted", 1.5, (5, 4)),
        _on("goal").mark_point(filled=True, color=target, size=60, opacity=1).encode(x=_time(), y=_value()),
        *_strokes("actual", "chart-1", 2.5),
        _strips(),
    ]
    return _finished(layers, 200, _TIME_PADDING, _OVER_TIME)


def _fan() -> dict[str, Any]:
    """What is known, then the fan of what may come, opening from its last value."""
    target = ink("chart-target")
    layers = [
        _grid(),
        *_events(),
        _on("band").mark_area(color=ink("chart-1"), opacity=0.18).encode(x=_time(), y=_value("low"), y2="high"),
        _on("target")
        .mark_rule(color=target, strokeWidth=1.5)
        .encode(x=_pixels(GUTTER), x2=_pixels("width"), y=_value()),
        _on("deadline")
        .mark_rule(color=ink("chart-muted"), strokeWidth=1)
        .encode(x=_time(), y=_pixels(f"{LANE} * lanes"), y2=_pixels("height")),
        _line("middle", "chart-1", 1.5, (5, 4)),
        _on("goal").mark_point(filled=True, color=target, size=60, opacity=1).encode(x=_time(), y=_value()),
        *_strokes("actual", "chart-1", 2.5),
        _strips(),
    ]
    return _finished(layers, 200, _TIME_PADDING, _OVER_TIME)


def _within(field: str = "value") -> alt.Y:
    """A place in panels that lie over each other; what stands there is told by its own words."""
    height = [alt.ExprRef("height"), alt.ExprRef(f"{LANE} * lanes")]
    return alt.Y(
        field,
        type="quantitative",
        axis=None,
        scale=alt.Scale(nice=False, zero=False, domain=alt.ExprRef("y_domain"), range=height),
    )


def _crossing() -> dict[str, Any]:
    """Two curves and the bars of the spend, a panel each, over one time axis."""

    text: dict[str, Any] = {"color": ink("chart-fg"), "fontSize": 12, "align": "left", "baseline": "bottom"}
    layers = [
        _on("grid")
        .mark_rule(color=ink("chart-grid"), strokeWidth=1)
        .encode(x=_pixels(0), x2=_pixels("width"), y=_within()),
        *_events(),
        _on("spend").mark_rect(color=ink("chart-2")).encode(x=_time("start"), x2="end", y=_within("low"), y2="high"),
        *_strokes("first", "chart-1", 2, _within),
        *_strokes("second", "chart-3", 2, _within),
        _on("ticks").mark_text(**text, dy=-3).encode(x=_pixels(0), y=_within(), text="words:N"),
        _on("names")
        .mark_text(**text, fontWeight="bold", dy=-18)
        .encode(x=_pixels(GUTTER), y=_within(), text="words:N"),
        _strips(),
    ]
    return _finished(layers, 400, _TIME_PADDING, {key: _OVER_TIME[key] for key in _OVER_TIME if key != "y_ticks"})


# ---------------------------------------------------------------- one value against its target


def _amount(field: str = "value") -> alt.X:
    return alt.X(
        field,
        type="quantitative",
        scale=alt.Scale(nice=False, zero=False, domain=alt.ExprRef("x_domain")),
        axis=alt.Axis(
            values=alt.ExprRef("x_ticks"), labelExpr=_QUANTITY, labelFlush=16, labelPadding=5, tickSize=4, domain=False
        ),
    )


def _upright(name: str, token: str, width: float, top: float, bottom: float) -> Any:
    return (
        _on(name).mark_rule(color=ink(token), strokeWidth=width).encode(x=_amount(), y=_pixels(top), y2=_pixels(bottom))
    )


def _span(name: str, token: str, top: float, bottom: float, **style: Any) -> Any:
    mark = _on(name).mark_rect(fill=ink(token), **style)
    return mark.encode(x=_amount("start"), x2="end", y=_pixels(top), y2=_pixels(bottom))


def _bullet() -> dict[str, Any]:
    layers = [
        _span("track", "chart-grid", 6, 30),
        _span("target_band", "chart-target", 6, 30, opacity=0.25),
        _span("actual", "chart-1", 12, 24),
        _on("baseline")
        .mark_point(filled=True, color=ink("chart-muted"), size=45, opacity=1)
        .encode(x=_amount(), y=_pixels(37)),
        _upright("expected", "chart-muted", 2, 6, 30),
        _upright("target", "chart-target", 3, 1, 35),
        _tips(xOffset=-TOUCH / 2, x2Offset=TOUCH / 2).encode(
            x=_amount("start"), x2="end", y=_pixels(0), y2=_pixels("height")
        ),
    ]
    padding = {"left": 2, "right": 2, "top": 2, "bottom": 24}
    return _finished(layers, 44, padding, {"x_domain": [0, 1], "x_ticks": []})


# ---------------------------------------------------------------- bars, one row each


def _row() -> alt.Y:
    return alt.Y("order", type="ordinal", axis=None, sort="ascending", scale=alt.Scale(paddingInner=0, paddingOuter=0))


def _length(field: str) -> alt.X:
    scale = alt.Scale(
        nice=False, zero=False, domain=alt.ExprRef("x_domain"), range=[0, alt.ExprRef(f"width - {AMOUNT}")]
    )
    return alt.X(field, type="quantitative", axis=None, scale=scale, stack=None)


def _words(field: str, x: Any, dy: float, **style: Any) -> Any:
    text: dict[str, Any] = {"color": ink("chart-fg"), "fontSize": 12, "baseline": "middle", "dy": dy, **style}
    return _on("rows").mark_text(**text).encode(x=x, y=_row(), text=f"{field}:N")


def _bar(field: str, token: str, top: float, size: float = 12) -> Any:
    return _on("rows").mark_bar(color=ink(token), size=size, yOffset=top).encode(x=_length(field), y=_row())


def _notch(field: str, top: float) -> Any:
    """What a bar is measured by, on the bar."""
    mark = _on("rows").mark_tick(color=ink("chart-target"), thickness=2.5, size=16, opacity=1, yOffset=top)
    return mark.encode(x=_length(field), y=_row())


def _rows(layers: list[Any], height: int) -> dict[str, Any]:
    """Rows of bars under each other, each felt over its whole width."""
    felt = _tips("rows").encode(x=_pixels(0), x2=_pixels("width"), y=_row())
    padding = {"left": 0, "right": 0, "top": 0, "bottom": 0}
    return _finished([*layers, felt], alt.Step(height), padding, {"x_domain": [0, 1]})


def _pair(upper: tuple[str, str], lower: tuple[str, str], *notches: Any) -> dict[str, Any]:
    """Two bars a row, each a field and its colour, an amount after each; above them a name and a ratio."""
    (first, first_token), (second, second_token) = upper, lower
    layers = [
        _bar(first, first_token, -2),
        _bar(second, second_token, 14),
        *notches,
        _words("name", _pixels(0), -20, align="left", fontWeight="bold"),
        _words("ratio", _pixels("width"), -20, align="right"),
        _words(f"{first}_words", _length(f"{first}_words_at"), -1.5, align="left", dx=6),
        _words(f"{second}_words", _length(f"{second}_words_at"), 14.5, align="left", dx=6),
    ]
    return _rows(layers, 66)


def _returns() -> dict[str, Any]:
    return _pair(("spend", "chart-2"), ("value", "chart-3"), _notch("break_even", 14))


def _budget() -> dict[str, Any]:
    return _pair(("spent", "chart-2"), ("projected", "chart-muted"), _notch("due", -2), _notch("planned", 14))


def _service() -> dict[str, Any]:
    return _pair(("before", "chart-muted"), ("now", "chart-1"))


def _from_zero(tones: Mapping[str, str]) -> dict[str, Any]:
    """One bar a row, in the colour of the field that it is; below zero it goes to the left."""
    layers = [
        *(_bar(tone, token, 9, 16) for tone, token in tones.items()),
        _on("rows")
        .mark_tick(color=ink("chart-muted"), thickness=1, size=24, opacity=1, yOffset=9)
        .encode(x=_length("zero"), y=_row()),
        _words("name", _pixels(0), -11, align="left", fontWeight="bold"),
        _words("amount", _length("amount_at"), 9.5, align="left", dx=6),
    ]
    return _rows(layers, 48)


def _funnel() -> dict[str, Any]:
    layers = [
        _bar("count", "chart-1", 0, 16),
        _words("name", _pixels(0), -20, align="left", fontWeight="bold"),
        _words("count_words", _length("count_words_at"), 0.5, align="left", dx=6),
        _words("shares", _pixels(0), 19, align="left"),
    ]
    return _rows(layers, 66)


_TEMPLATES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "bullet": _bullet,
    "timeline": _timeline,
    "fan": _fan,
    "trend": _trend,
    "crossing": _crossing,
    "returns": _returns,
    "net": lambda: _from_zero(NET_TONES),
    "budget": _budget,
    "funnel": _funnel,
    "benchmark": lambda: _from_zero(BENCHMARK_TONES),
    "service": _service,
}


@cache
def template(id: str) -> Mapping[str, Any]:
    """The Vega-Lite specification of a template, without its width. Raises KeyError for an unknown id."""
    return _TEMPLATES[id]()
