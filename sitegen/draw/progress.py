"""Progress in, two figures per objective out: the value against its target, and its way there. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from sitegen.draw import axes, events, strokes, tips, words
from sitegen.draw.strokes import Rows, Spot
from sitegen.messages import Message, Param, Period, Quantity, Unit, say
from sitegen.model.built import Figure, FigureTable, Legend
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.computed import Edition, Point, Progress, Status

_MAINTAINED = ("maintain_above", "maintain_below", "range")
_CEILINGS = ("decrease", "maintain_below")
_KEPT = {Status.ON_TRACK: "kept", Status.AT_RISK: "kept_partly", Status.OFF_TRACK: "broken"}
_UNDER_WAY = frozenset(_KEPT)
_USED_UP = {Status.AT_RISK: "used_up", Status.OFF_TRACK: "used_up_far"}
_MARKS = {
    "current": ("chart-1", "bar"),
    "expected": ("chart-muted", "rule"),
    "target": ("chart-target", "rule"),
    "target_low": ("chart-target", "rule"),
    "target_high": ("chart-target", "rule"),
    "baseline": ("chart-muted", "point"),
}


def figures(edition: Edition) -> Iterator[Figure]:
    """`objective-<id>-bullet` and `objective-<id>-timeline`, each where there is something to draw."""
    statuses = {assessment.objective: assessment.status for assessment in edition.assessments}
    for progress in edition.scorecard.progress:
        if progress.target is not None:
            yield _bullet(progress, progress.target)
        if progress.history or _path(progress):
            yield _timeline(progress, statuses[progress.objective], edition)


def expected_now(progress: Progress) -> float | None:
    """What the expected path says for the day of the reading; None before it begins, and from the deadline on."""
    return None if progress.as_of >= progress.deadline else _expected(progress, _day(progress))


def _expected(progress: Progress, on: date) -> float | None:
    for start, end in pairwise(_path(progress)):
        if start.on <= on <= end.on:
            share = (on - start.on).days / max((end.on - start.on).days, 1)
            return start.value + (end.value - start.value) * share
    return None


def _day(progress: Progress) -> date:
    """The day of the reading: that of the report, or the last one of the KPI's data."""
    return progress.current.period.end if progress.current.period else progress.as_of


def _path(progress: Progress) -> tuple[Point, ...]:
    """The expected path; a value that is to be kept has none but its limit, which is the target already."""
    return () if _kept(progress) else progress.expected_path


def _kept(progress: Progress) -> bool:
    return progress.basis == "rate" and progress.direction in _MAINTAINED


def _ceiling(progress: Progress) -> bool:
    """Whether a running total is to stay below its target, as a budget does."""
    return progress.basis == "cumulative" and progress.direction in _CEILINGS


def in_unit(value: float, progress: Progress) -> Quantity:
    """A value of the objective's KPI."""
    return Quantity(value, progress.unit, progress.currency)


def named(progress: Progress) -> Message:
    """The KPI's name, as a sentence begins with it."""
    return say(f"metrics.{progress.kpi}.Name")


def aimed(progress: Progress, target: float) -> Message:
    """The target with its sense: an amount to reach, a floor, a ceiling, a range."""
    value = in_unit(target, progress)
    if progress.target_upper is not None:
        return say("figures.target.range", low=value, high=in_unit(progress.target_upper, progress))
    return say(f"figures.target.{'maintain_below' if _ceiling(progress) else progress.direction}", value=value)


def read_as(progress: Progress) -> Message:
    """How the objective reads its KPI: in all since the start, or over a window."""
    if progress.basis == "cumulative":
        return say("figures.reading.cumulative", start=progress.start)
    return say("figures.reading.rate", count=progress.window_days)


def _marked(mark: str, value: float, progress: Progress) -> Message:
    return say("figures.marked", mark=say(f"figures.bullet.{mark}"), value=in_unit(value, progress))


# ---------------------------------------------------------------- now against target


def _bullet(progress: Progress, target: float) -> Figure:
    values = _values(progress, target)
    axis = axes.of_values(values.values(), progress.unit)
    marked = {mark: _marked(mark, value, progress) for mark, value in values.items()}
    told = [
        (0.0 if mark == "current" else value, value, say("figures.tip.mark", name=named(progress), mark=marked[mark]))
        for mark, value in values.items()
    ]
    return Figure(
        id=f"objective-{progress.objective}-bullet",
        subject="progress",
        template="bullet",
        datasets={**_bullet_rows(values, axis), "tips": tips.spans(told)},
        params={"x_domain": (axis.low, axis.high), "x_ticks": axis.ticks},
        title=bullet_title(progress, target),
        subtitle=say(
            "figures.bullet.subtitle",
            measured=words.measured(progress.kpi, progress.unit, progress.currency),
            reading=read_as(progress),
            day=_day(progress),
            sources=words.sources(progress.current.sources),
        ),
        description=say("figures.bullet.described", name=named(progress), marks=tuple(marked.values())),
        table=FigureTable(
            (say("figures.column.mark"), named(progress)),
            tuple((say(f"figures.bullet.{mark}"), in_unit(value, progress)) for mark, value in values.items()),
        ),
        unit=progress.unit,
        currency=progress.currency,
        legend=tuple(Legend(*_MARKS[mark], label) for mark, label in marked.items()),
        labels=tuple(tip for *_, tip in told),
        sources=progress.current.sources,
    )


def bullet_title(progress: Progress, target: float) -> Message:
    """Where the KPI stands against its target."""
    name, aim, value = named(progress), aimed(progress, target), progress.current.value
    if value is None:
        return say("figures.bullet.missing", name=name, target=aim)
    current, baseline = in_unit(value, progress), progress.baseline.value
    if progress.inside is not None:
        key = "inside" if progress.inside else "outside"
    elif progress.met:
        key = "met"
    elif progress.basis == "rate" and (progress.progress or 0) < 0 and baseline is not None:
        start = in_unit(baseline, progress)
        return say("figures.bullet.farther", name=name, current=current, target=aim, baseline=start)
    else:
        key = "open"
    return say(f"figures.bullet.{key}", name=name, current=current, target=aim)


def _values(progress: Progress, target: float) -> dict[str, float]:
    """What the bullet shows, by mark, the unknown left out. The baseline of a running total is no place on its way."""
    values = {
        "current": progress.current.value,
        "expected": expected_now(progress),
        "target" if progress.target_upper is None else "target_low": target,
        "target_high": progress.target_upper,
        "baseline": progress.baseline.value if progress.basis == "rate" else None,
    }
    return {mark: value for mark, value in values.items() if value is not None}


def _bullet_rows(values: Mapping[str, float], axis: axes.Axis) -> dict[str, Rows]:
    def at(*marks: str) -> Rows:
        return tuple({"value": values[mark]} for mark in marks if mark in values)

    ranged = "target_high" in values
    return {
        "track": ({"start": axis.low, "end": axis.high},),
        "target_band": ({"start": values["target_low"], "end": values["target_high"]},) if ranged else (),
        "actual": ({"start": 0.0, "end": values["current"]},) if "current" in values else (),
        "baseline": at("baseline"),
        "expected": at("expected"),
        "target": at("target", "target_low", "target_high"),
    }


# ---------------------------------------------------------------- the way to the target


def _timeline(progress: Progress, status: Status, edition: Edition) -> Figure:
    points = (*progress.history, *_path(progress))
    days = [progress.start, progress.deadline, *(point.on for point in points)]
    span = Period(min(days), max(days))
    targets = [value for value in (progress.target, progress.target_upper) if value is not None]
    focused = METRICS[progress.kpi].kind in (Kind.RATIO, Kind.LEVEL)
    axis = axes.of_values([*(point.value for point in points), *targets], progress.unit, zero=not focused)
    marks = events.marks(edition.profile.events, span)
    time, grain = axes.time_params(span, "day")
    told = dict(_told(progress))
    return Figure(
        id=f"objective-{progress.objective}-timeline",
        subject="progress",
        template="timeline",
        datasets={
            "grid": axes.grid(axis),
            "target": tuple({"value": value} for value in targets),
            "target_band": ({"low": targets[0], "high": targets[1]},) if len(targets) > 1 else (),
            "deadline": ({"on": axes.moment(progress.deadline)},),
            "goal": _goal(progress),
            "expected": strokes.path([Spot(point.on, point.value) for point in _path(progress)]),
            **strokes.rows("actual", broken(progress.history), ended=True),
            "tips": tips.strips(tuple(told), span),
            **marks.rows,
        },
        params={**time, **axes.value_params(axis), "lanes": marks.lanes},
        title=timeline_title(progress, status),
        subtitle=say(
            "figures.timeline.subtitle",
            measured=words.measured(progress.kpi, progress.unit, progress.currency),
            reading=read_as(progress),
            period=Period(progress.start, progress.deadline),
            sources=words.sources(progress.current.sources),
        ),
        description=_way(progress),
        table=_table(progress),
        unit=progress.unit,
        currency=progress.currency,
        grain=grain,
        legend=(*_timeline_legend(progress), *marks.legend),
        labels=tuple(told.values()),
        sources=progress.current.sources,
        note=None if axis.from_zero else say("figures.note.focused"),
    )


def timeline_title(progress: Progress, status: Status) -> Message:
    """How the objective is doing, in the terms of its status (METHODS §2.4)."""
    params: dict[str, Param] = {"name": named(progress), "start": progress.start, "deadline": progress.deadline}
    if progress.current.value is not None:
        params["current"] = in_unit(progress.current.value, progress)
    if progress.target is not None:
        params["target"] = aimed(progress, progress.target)
    if progress.outlook and status in _UNDER_WAY and progress.pace is not None and progress.pace >= 0:
        # The status is that of the forecast: of the pace no more is told than it is.
        way = "capped" if _ceiling(progress) else "risen" if progress.paced_by_rise else "paced"
        return say(f"figures.timeline.{way}", pace=Quantity(progress.pace, Unit.RATE), **params)
    terms = _KEPT if _kept(progress) else _USED_UP if _ceiling(progress) else {}
    return say(f"figures.timeline.{terms.get(status, status.value)}", **params)


def broken(history: Sequence[Point]) -> list[Spot]:
    """The history with a missing value wherever two points lie farther apart than usual: what was not read is a gap."""
    spots = [Spot(point.on, point.value) for point in history]
    gaps = [(after.on - before.on).days for before, after in pairwise(history)]
    usual = median(gaps) if gaps else 0
    for place in reversed(range(len(gaps))):
        if gaps[place] > 1.5 * usual:
            spots.insert(place + 1, Spot(history[place].on + timedelta(1), None))
    return spots


def _goal(progress: Progress) -> Rows:
    """The target on its day, for what is to be reached; what is to be kept has no such day."""
    if progress.target is None or _kept(progress):
        return ()
    return ({"on": axes.moment(progress.deadline), "value": progress.target},)


def _told(progress: Progress) -> Iterator[tuple[date, Message]]:
    """What each day of the history tells, beside what was expected by then, and the deadline its target."""
    for point in progress.history:
        told: dict[str, Param] = {"name": named(progress), "on": point.on, "value": in_unit(point.value, progress)}
        expected = _expected(progress, point.on)
        if expected is None:
            yield point.on, say("figures.tip.value", **told)
        else:
            yield point.on, say("figures.tip.expected", expected=in_unit(expected, progress), **told)
    ahead = not progress.history or progress.history[-1].on < progress.deadline
    if ahead and progress.target is not None and not _kept(progress):
        name, value = say("figures.bullet.target"), aimed(progress, progress.target)
        yield progress.deadline, say("figures.tip.value", name=name, on=progress.deadline, value=value)


def _way(progress: Progress) -> Message:
    """First, last, highest and lowest value of the history."""
    params: dict[str, Param] = {"name": named(progress), "start": progress.start, "deadline": progress.deadline}
    if not progress.history:
        return say("figures.timeline.described_empty", **params)
    by_value = sorted(progress.history, key=lambda point: (point.value, point.on))
    ends = {"first": progress.history[0], "last": progress.history[-1], "high": by_value[-1], "low": by_value[0]}
    for end, point in ends.items():
        params[end], params[f"{end}_on"] = in_unit(point.value, progress), point.on
    return say("figures.timeline.described", **params)


def _table(progress: Progress) -> FigureTable:
    """Every measured point with what was expected on its day, then the rest of the way to the deadline."""
    actual = {point.on: in_unit(point.value, progress) for point in progress.history}
    last = max(actual, default=date.min)
    days = sorted(actual.keys() | {point.on for point in _path(progress) if point.on > last})
    rows = tuple((day, actual.get(day), _on_the_way(day, progress)) for day in days)
    return FigureTable((say("figures.column.day"), named(progress), say("figures.column.expected")), rows)


def _on_the_way(day: date, progress: Progress) -> Quantity | None:
    """The expected value on `day`, along the line that is drawn."""
    for before, after in pairwise(_path(progress)):
        if before.on <= day <= after.on:
            share = (day - before.on).days / max((after.on - before.on).days, 1)
            return in_unit(before.value + share * (after.value - before.value), progress)
    return None


def _timeline_legend(progress: Progress) -> Iterator[Legend]:
    if progress.history:
        yield Legend("chart-1", "line", _marked("current", progress.history[-1].value, progress))
    expected = expected_now(progress)
    if expected is not None:
        yield Legend("chart-muted", "dash", _marked("expected", expected, progress))
    elif _path(progress):
        yield Legend("chart-muted", "dash", say("figures.timeline.path"))
    if progress.target is not None:
        aim = aimed(progress, progress.target)
        yield Legend("chart-target", "rule", say("figures.timeline.goal", target=aim, deadline=progress.deadline))
