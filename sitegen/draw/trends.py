"""Comparisons in, one figure per metric out: its last year, the year before under it, events marked. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sitegen.draw import axes, events, strokes, tips, words
from sitegen.draw.strokes import Spot
from sitegen.messages import Message, Month, Param, Period, Quantity, Unit, say
from sitegen.model.built import Figure, FigureTable, Legend
from sitegen.model.catalogue import METRICS, Direction, Kind
from sitegen.model.computed import Comparison, Edition, Series, State

ALWAYS = ("spend", "sessions")
FEWEST = 3  # values that make a trend
SHOWN = {"month": 12, "week": 52, "day": 364}  # a year, in whole weeks where weekdays matter (METHODS §1)
FLAT = 0.02  # a relative change below it is no change
_BOTH = (
    Legend("chart-1", "line", say("figures.trend.now")),
    Legend("chart-2", "line", say("figures.trend.before")),
)


@dataclass(frozen=True, slots=True)
class Value:
    """The value of one period; `value` is None where it is missing."""

    period: Period
    value: float | None
    complete: bool


def figures(edition: Edition) -> Iterator[Figure]:
    """`trend-<metric>` for each metric that helps to judge, when it has three values or more in its last year."""
    helpful = _helpful(edition)
    for comparison in edition.scorecard.comparisons:
        series = comparison.series
        if (
            comparison.metric in helpful
            and series is not None
            and _known(series.values[-SHOWN[series.grain] :]) >= FEWEST
        ):
            yield _figure(comparison, series, edition)


def _helpful(edition: Edition) -> frozenset[str]:
    """The KPIs and what they are made of, sales, spend and visits; other metrics stay in the downloads (tip 3)."""
    kpis = {METRICS[progress.kpi] for progress in edition.scorecard.progress if progress.kpi in METRICS}
    parts = {part for kpi in kpis for part in (kpi.numerator, kpi.denominator) if part}
    sales = edition.scorecard.returns.sales_metric
    return frozenset({*ALWAYS, *parts, *(kpi.id for kpi in kpis), *([sales] if sales else ())})


def _known(values: Sequence[float | None]) -> int:
    return sum(value is not None for value in values)


def _figure(comparison: Comparison, series: Series, edition: Edition) -> Figure:
    values, before = _years(series, compared=not _incomparable(comparison))
    shown = Period(values[0].period.start, values[-1].period.end)
    drawn = [each.value for each in (*values, *before) if each.value is not None]
    axis = axes.of_values(drawn, series.unit, zero=METRICS[series.metric].kind is not Kind.RATIO)
    marks = events.marks(edition.profile.events, shown)
    time, grain = axes.time_params(shown, series.grain)
    told = _told(series, values, before)
    return Figure(
        id=f"trend-{series.metric}",
        subject="trends",
        template="trend",
        datasets={
            "grid": axes.grid(axis),
            **strokes.rows("actual", _spots(values, values, series), ended=True),
            **strokes.rows("before", _spots(values[len(values) - len(before) :], before, series), ended=False),
            "tips": tips.strips([axes.middle(period.start, series.grain) for period, _ in told], shown),
            **marks.rows,
        },
        params={**time, **axes.value_params(axis), "lanes": marks.lanes},
        title=title(comparison),
        subtitle=say(
            "figures.trend.subtitle",
            measured=words.measured(series.metric, series.unit, series.currency),
            grain=say(f"figures.grain.{series.grain}"),
            period=shown,
            sources=words.sources(series.sources),
        ),
        description=_description(series, values),
        table=_table(series, values, before),
        unit=series.unit,
        currency=series.currency,
        grain=grain,
        legend=(*(_BOTH if before else ()), *marks.legend),
        labels=tuple(tip for _, tip in told),
        sources=series.sources,
        note=words.together(_notes(comparison, series, values, before, from_zero=axis.from_zero)),
    )


def title(comparison: Comparison) -> Message:
    """The conclusion: where the metric went within a year, or why that cannot be told."""
    name = say(f"metrics.{comparison.metric}.Name")
    change, before = comparison.change_year, comparison.year_before.value
    if comparison.current.value is None:
        return say("figures.trend.missing", name=name)
    if before is None:
        return _without_year(comparison, name)
    if change is None:
        return say("figures.trend.incomparable", name=name)
    shown = _change(change, comparison)
    if abs(change) < FLAT * (abs(before) if shown.unit is Unit.POINTS else 1):
        return say("figures.trend.flat", name=name, change=shown)
    way = "rising" if change > 0 else "falling"
    reversed = "_reversed" if comparison.good is Direction.DOWN else ""
    return say(f"figures.trend.{way}{reversed}", name=name, change=shown)


def _without_year(comparison: Comparison, name: Message) -> Message:
    """The change on the window before, when that is all there is."""
    if comparison.change_previous is None or comparison.current.period is None:
        return say("figures.trend.no_year", name=name)
    change, days = _change(comparison.change_previous, comparison), comparison.current.period.days
    return say("figures.trend.recent", name=name, change=change, count=days)


def _change(change: float, comparison: Comparison) -> Quantity:
    return Quantity(change, Unit.POINTS if comparison.current.unit is Unit.RATE else Unit.CHANGE)


def _incomparable(comparison: Comparison) -> bool:
    """Whether the year before has a value that does not count the same things, so that no change can be told."""
    return comparison.change_year is None and None not in (comparison.current.value, comparison.year_before.value)


def _years(series: Series, *, compared: bool) -> tuple[list[Value], list[Value]]:
    """The values of the last year and, where there are any to be `compared`, those of the year before.

    The second list ends with the same period as the first one, a year earlier, and may be shorter.
    """
    values = [
        Value(_period(series, index), value, complete)
        for index, (value, complete) in enumerate(zip(series.values, series.complete, strict=True))
    ]
    length = SHOWN[series.grain]
    before = values[-2 * length : -length] if compared else []
    return values[-length:], before if any(each.value is not None for each in before) else []


def _spots(places: Sequence[Value], values: Sequence[Value], series: Series) -> list[Spot]:
    """Each value in the middle of its place, which for the year before is a year later."""
    return [
        Spot(axes.middle(place.period.start, series.grain), each.value, each.complete)
        for place, each in zip(places, values, strict=True)
    ]


def _period(series: Series, index: int) -> Period:
    if series.grain == "month":
        return Period(_month(series.start, index), _month(series.start, index + 1) - timedelta(1))
    days = 7 if series.grain == "week" else 1
    start = series.start + timedelta(days * index)
    return Period(start, start + timedelta(days - 1))


def _month(start: date, index: int) -> date:
    years, month = divmod(start.month - 1 + index, 12)
    return date(start.year + years, month + 1, 1)


def _named(period: Period, series: Series) -> Param:
    """A period as it is spelled: a month by its name, a week by both its ends, a day."""
    if series.grain == "month":
        return Month(period.start.year, period.start.month)
    return period if series.grain == "week" else period.start


def _quantity(value: float | None, series: Series) -> Quantity | None:
    return None if value is None else Quantity(value, series.unit, series.currency)


def _description(series: Series, values: Sequence[Value]) -> Message:
    """First, last, highest and lowest value, incomplete ones left out."""
    told = [(v.value, v.period) for v in values if v.value is not None and v.complete]
    name = say(f"metrics.{series.metric}.Name")
    if not told:
        return say("figures.trend.described_empty", name=name)
    ends: dict[str, Param] = {"name": name}
    extremes = {"first": told[0], "last": told[-1], "high": max(told), "low": min(told)}
    for end, (value, period) in extremes.items():
        ends[end] = Quantity(value, series.unit, series.currency)
        ends[f"{end}_on"] = _named(period, series)
    return say("figures.trend.described", **ends)


def _told(series: Series, values: Sequence[Value], before: Sequence[Value]) -> list[tuple[Period, Message]]:
    """What each period tells that has a value, now or a year earlier."""
    earlier = [*[None] * (len(values) - len(before)), *(each.value for each in before)]
    return [
        (each.period, _tip(each, year_before, series))
        for each, year_before in zip(values, earlier, strict=True)
        if each.value is not None or year_before is not None
    ]


def _tip(each: Value, year_before: float | None, series: Series) -> Message:
    key = "figures.tip.value" if year_before is None else "figures.tip.compared"
    shown = _quantity(each.value, series) or say("figures.tip.missing")
    value = shown if each.complete or each.value is None else say("figures.tip.partial", value=shown)
    told: dict[str, Param] = {"name": say(f"metrics.{series.metric}.Name"), "on": _named(each.period, series)}
    if year_before is not None:
        told["before"] = Quantity(year_before, series.unit, series.currency)
    return say(key, value=value, **told)


def _table(series: Series, values: Sequence[Value], before: Sequence[Value]) -> FigureTable:
    columns = (say(f"figures.column.{series.grain}"), say(f"metrics.{series.metric}.Name"))
    rows = [(_named(each.period, series), _quantity(each.value, series)) for each in values]
    if not before:
        return FigureTable(columns, tuple(rows))
    missing = [None] * (len(values) - len(before))
    earlier = [*missing, *(_quantity(each.value, series) for each in before)]
    return FigureTable(
        (*columns, say("figures.trend.before")),
        tuple((*row, number) for row, number in zip(rows, earlier, strict=True)),
    )


def _notes(
    comparison: Comparison, series: Series, values: Sequence[Value], before: Sequence[Value], *, from_zero: bool
) -> Iterator[Message]:
    if comparison.change_year is not None and comparison.current.period is not None:
        yield say("figures.note.window", period=comparison.current.period)
        if State.PARTIAL in (comparison.current.state, comparison.year_before.state):
            yield say("figures.note.window_partial")
    drawn = [each for each in (*before, *values) if each.value is not None]
    partial = tuple(_named(each.period, series) for each in drawn if not each.complete)
    if partial:
        yield say("figures.note.partial", count=len(partial), periods=partial)
    if len(drawn) < len(before) + len(values):
        yield say("figures.note.gaps")
    if not from_zero:
        yield say("figures.note.focused")
