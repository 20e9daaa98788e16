"""A course in, the share of the way that is expected on each of its days out (METHODS §2.3); compares nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from sitegen.measure.arrays import Array, Indexes, together
from sitegen.measure.course import Course
from sitegen.measure.periods import years_back
from sitegen.messages import Period
from sitegen.model.authored import Basis, Event, Milestone, Pacing
from sitegen.model.catalogue import Kind

MOON_YEAR = 354  # days
TOLERANCE = 4  # days, by which a feast may stray from it
RELIGIOUS = "religious"


class Expected(NamedTuple):
    """The pacing that could be followed, and E at the end of each day from start to deadline, 0..1; `seasons` is how
    many years before a season is the mean of."""

    pacing: Pacing
    shares: Array
    seasons: int = 0


def expected(course: Course, events: Sequence[Event]) -> Expected:
    """How much of the way is expected on each day of the objective.

    Seasonal pacing needs a total and a wholly observed year before; without them it is linear.
    """
    objective, days = course.objective, course.period.days
    if objective.pacing is Pacing.MILESTONES and objective.milestones:
        return Expected(Pacing.MILESTONES, by_milestones(course.period, objective.milestones))
    if objective.pacing is Pacing.SEASONAL and course.basis is Basis.CUMULATIVE:
        years = seasonal(course, events)
        if years:
            return Expected(Pacing.SEASONAL, np.mean(years, axis=0), len(years))
    if course.basis is Basis.CUMULATIVE or course.metric.kind is Kind.LEVEL:
        return Expected(Pacing.LINEAR, linear(days, 0))
    return Expected(Pacing.LINEAR, linear(days, course.window))


def linear(days: int, window: int) -> Array:
    """(t - w/2) / (D - w/2): the mean of a window lags behind its last day by half of it."""
    lag = window / 2
    shares: Array = np.maximum(0.0, (np.arange(1, days + 1) - lag) / (days - lag))
    return shares


def by_milestones(period: Period, milestones: Iterable[Milestone]) -> Array:
    """Straight lines from 0 before the first day through every milestone to 1 on the last."""
    known = {0: 0.0, period.days: 1.0}
    known |= {(each.on - period.start).days + 1: each.share for each in milestones if each.on in period}
    steps = sorted(known)
    shares: Array = np.interp(np.arange(1, period.days + 1), steps, [known[step] for step in steps])
    return shares


def seasonal(course: Course, events: Sequence[Event]) -> Sequence[Array]:
    """The share of the total that was done by the same dates, in each of the two years before that is wholly observed.

    Feasts that follow the moon are laid on each other first.
    """
    return [shares for back in (1, 2) if (shares := _shares(course, events, back)) is not None]


def _shares(course: Course, events: Sequence[Event], back: int) -> Array | None:
    reading = course.reading
    if not reading.parts:
        return None
    values = together([part.values for part in reading.parts])
    days, places = _same_days(course.period, events, back)
    at = days - reading.start
    known = (at >= 0) & (at < len(values))
    found = np.where(known, values[np.clip(at, 0, len(values) - 1)], np.nan)
    seen = ~np.isnan(found)
    if not seen.any():
        return None
    done = np.cumsum(np.bincount(places[seen], found[seen], minlength=course.period.days))
    if seen.mean() < reading.thresholds.coverage_complete or done[-1] <= 0:
        return None
    shares: Array = done / done[-1]
    return shares


def _same_days(period: Period, events: Sequence[Event], back: int) -> tuple[Indexes, Indexes]:
    """The ordinals of the days `back` years before, and for each the place in `period` of the day that it meets.

    A moving feast meets itself, day by day; the days around it meet each other in their order, a 29 February with the
    day before it, so that dates meet the same dates.
    """
    before = Period(years_back(period.start, back), years_back(period.end, back))
    moved = list(_moving(events, back))
    now = [day for day in _ordinals(period) if not _in(day, (feast for feast, _ in moved))]
    then = [day for day in _ordinals(before) if not _in(day, (earlier for _, earlier in moved))]
    leap = [day for day in then if _leap(day)]
    ordinary, met = ([day for day in days if not _leap(day)] for days in (now, then))
    same = dict(zip(ordinary, _stretched(met, len(ordinary)), strict=True)) if met else {}
    for feast, earlier in moved:
        same |= zip(_ordinals(feast), _stretched(_ordinals(earlier), feast.days), strict=True)
    pairs = [(day, meets) for day, meets in same.items() if day in _ordinals(period)]
    pairs += [(day, eve + 1) for day, eve in pairs if eve + 1 in leap]
    places, days = np.array(pairs, np.int64).reshape(-1, 2).T
    return days, places - period.start.toordinal()


def _moving(events: Sequence[Event], back: int) -> Iterable[tuple[Period, Period]]:
    """Religious events, each with the one that lies as many moon years before."""
    feasts = [Period(event.start, event.end or event.start) for event in events if event.kind == RELIGIOUS]
    for feast in feasts:
        for earlier in feasts:
            drift = feast.start - earlier.start - timedelta(MOON_YEAR * back)
            if abs(drift) <= timedelta(TOLERANCE):
                yield feast, earlier


def _ordinals(period: Period) -> range:
    return range(period.start.toordinal(), period.end.toordinal() + 1)


def _in(day: int, periods: Iterable[Period]) -> bool:
    return any(day in _ordinals(each) for each in periods)


def _leap(day: int) -> bool:
    """Whether it is a 29 February."""
    on = date.fromordinal(day)
    return (on.month, on.day) == (2, 29)


def _stretched(days: Sequence[int], count: int) -> Indexes:
    """`days` as `count` of them, in order."""
    return np.array(days, np.int64)[np.arange(count) * len(days) // max(count, 1)]
