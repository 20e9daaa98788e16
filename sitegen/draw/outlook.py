"""Progress in, one figure per forecast out: where the trend leads by the deadline, within its fan. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sitegen.draw import axes, events, strokes, tips, words
from sitegen.draw.progress import aimed, broken, in_unit, named, read_as
from sitegen.draw.strokes import Rows, Spot
from sitegen.messages import Message, Param, Period, say
from sitegen.model.built import Figure, FigureTable, Legend
from sitegen.model.computed import Band, Edition, Outlook, Progress

PAST, SHORTEST = 2, timedelta(56)  # of history: so many times what is to come, and eight weeks at least
FIGURES = 24  # periods, below which a forecast is told in words and not drawn (METHODS §3.1)


def figures(edition: Edition) -> Iterator[Figure]:
    """`objective-<id>-fan` for each objective whose past is long enough for figures."""
    told = {assessment.objective: assessment.outlook for assessment in edition.assessments}
    for progress in edition.scorecard.progress:
        outlook, title = progress.outlook, told[progress.objective]
        if outlook and outlook.periods >= FIGURES and title and progress.target is not None:
            yield _fan(progress, outlook, progress.target, title, edition)


def _fan(progress: Progress, outlook: Outlook, aim: float, title: Message, edition: Edition) -> Figure:
    progress = _recent(progress)
    bands = _opened(progress, outlook)
    span = Period(min([bands[0].on, *(point.on for point in progress.history)]), progress.deadline)
    drawn = [point.value for point in progress.history] + [end for band in bands for end in (band.low, band.high)]
    axis = axes.of_values([*drawn, aim], progress.unit, zero=False)
    marks = events.marks(edition.profile.events, span)
    time, grain = axes.time_params(span, "day")
    told = [*_known(progress), *_coming(progress, outlook)]
    return Figure(
        id=f"objective-{progress.objective}-fan",
        subject="progress",
        template="fan",
        datasets={
            "grid": axes.grid(axis),
            "band": _rows(bands),
            "middle": strokes.path([Spot(band.on, band.middle) for band in bands]),
            "target": ({"value": aim},),
            "deadline": ({"on": axes.moment(progress.deadline)},),
            "goal": ({"on": axes.moment(progress.deadline), "value": aim},),
            **strokes.rows("actual", broken(progress.history), ended=True),
            "tips": tips.strips([on for on, _ in told], span),
            **marks.rows,
        },
        params={**time, **axes.value_params(axis), "lanes": marks.lanes},
        title=title,
        subtitle=say(
            f"figures.fan.subtitle_{outlook.grain}",
            measured=words.measured(progress.kpi, progress.unit, progress.currency),
            read=read_as(progress),
            count=outlook.periods,
            sources=words.sources(progress.current.sources),
        ),
        description=_described(progress, outlook, aim),
        table=_table(progress, outlook),
        unit=progress.unit,
        currency=progress.currency,
        grain=grain,
        legend=(*_legend(progress, outlook, aim), *marks.legend),
        labels=tuple(tip for _, tip in told),
        sources=progress.current.sources,
        note=None if axis.from_zero else say("figures.note.focused"),
    )


def _recent(progress: Progress) -> Progress:
    """With as much of its history as what is to come is twice long, so that the fan is seen; the whole way is told by
    the timeline."""
    if not progress.history:
        return progress
    last = progress.history[-1].on
    first = last - max(PAST * (progress.deadline - last), SHORTEST)
    return replace(progress, history=tuple(point for point in progress.history if point.on >= first))


def _opened(progress: Progress, outlook: Outlook) -> Sequence[Band]:
    """The fan from the last known value on, where all courses are one."""
    if not progress.history or progress.history[-1].on >= outlook.course[0].on:
        return outlook.course
    last = progress.history[-1]
    return (Band(last.on, last.value, last.value, last.value), *outlook.course)


def _rows(bands: Sequence[Band]) -> Rows:
    return tuple({"on": axes.moment(band.on), "low": band.low, "high": band.high} for band in bands)


def _known(progress: Progress) -> Iterator[tuple[date, Message]]:
    for point in progress.history:
        yield (
            point.on,
            say("figures.tip.value", name=named(progress), on=point.on, value=in_unit(point.value, progress)),
        )


def _coming(progress: Progress, outlook: Outlook) -> Iterator[tuple[date, Message]]:
    last = progress.history[-1].on if progress.history else date.min
    for band in outlook.course:
        if band.on > last:
            yield band.on, say("figures.fan.tip", name=named(progress), on=band.on, **_ends(progress, band))


def _ends(progress: Progress, band: Band) -> dict[str, Param]:
    return {end: in_unit(getattr(band, end), progress) for end in ("low", "middle", "high")}


def _described(progress: Progress, outlook: Outlook, aim: float) -> Message:
    """Where the fan ends, beside the target."""
    end = outlook.course[-1]
    return say(
        "figures.fan.described", name=named(progress), on=end.on, target=aimed(progress, aim), **_ends(progress, end)
    )


def _table(progress: Progress, outlook: Outlook) -> FigureTable:
    """Every measured point, then the ends and the middle of the fan."""
    columns = (
        say("figures.column.day"),
        named(progress),
        *(say(f"figures.fan.{end}") for end in ("low", "middle", "high")),
    )
    past = [(point.on, in_unit(point.value, progress), None, None, None) for point in progress.history]
    coming = [
        (band.on, None, *(in_unit(end, progress) for end in (band.low, band.middle, band.high)))
        for band in outlook.course
    ]
    return FigureTable(columns, (*past, *coming))


def _legend(progress: Progress, outlook: Outlook, aim: float) -> Iterator[Legend]:
    if progress.history:
        yield Legend("chart-1", "line", say("figures.fan.known"))
    yield Legend("chart-1", "dash", say("figures.fan.middle"))
    ends = _ends(progress, outlook.course[-1])
    yield Legend("chart-1", "area", say("figures.fan.band", on=progress.deadline, low=ends["low"], high=ends["high"]))
    told = aimed(progress, aim)
    yield Legend("chart-target", "rule", say("figures.timeline.goal", target=told, deadline=progress.deadline))
