"""A course in, the share of the way that is expected on each of its days out (METHODS §2.3); compares nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

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


def expected(course: Course, events: Sequence[Event]) -> tuple[Pacing, Array]:
    """The pacing that could be followed, and E at the end of each day from start to deadline, 0..1.

    Seasonal pacing needs a total and a wholly observed year before; without them it is linear.
    """
    objective, days = course.objective, course.period.days
    if objective.pacing is Pacing.MILESTONES and objective.milestones:
        return Pacing.MILESTONES, by_milestones(course.period, objective.milestones)
    if objective.pacing is Pacing.SEASONAL and course.basis is Basis.CUMULATIVE:
        shares = seasonal(course, events)
        if shares is not None:
            return Pacing.SEASONAL, shares
    if course.basis is Basis.CUMULATIVE or course.metric.kind is Kind.LEVEL:
        return Pacing.LINEAR, linear(days, 0)
    return Pacing.LINEAR, linear(days, course.window)


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


def seasonal(course: Course, events: Sequence[Event]) -> Array | None:
    """The share of the year before's total that was done by the same dates, the mean of two years where there are two.

    Feasts that follow the moon are laid on each other first. None when the year before is not wholly observed.
    """
    years = [shares for back in (1, 2) if (shares := _shares(course, events, back)) is not None]
    return np.mean(years, axis=0) if years else None


def _shares(course: Course, events: Sequence[Event], back: int) -> Array | None:
    reading = course.reading
    if not reading.parts:
        return None
    values = together([part.values for part in reading.parts])
    at = _same_days(course.period, events, back) - reading.start
    known = (at >= 0) & (at < len(values))
    found = np.where(known, values[np.clip(at, 0, len(values) - 1)], np.nan)
    seen = ~np.isnan(found)
    done = np.cumsum(np.where(seen, found, 0.0))
    if seen.mean() < reading.thresholds.coverage_complete or done[-1] <= 0:
        return None
    shares: Array = done / done[-1]
    return shares


def _same_days(period: Period, events: Sequence[Event], back: int) -> Indexes:
    """For each day of `period`, the ordinal of the day that it is compared with `back` years before.

    A moving feast meets itself, day by day; the days around it meet each other in their order.
    """
    start, before = period.start.toordinal(), years_back(period.start, back).toordinal()
    now = np.arange(start, start + period.days)
    then = np.arange(before, years_back(period.end, back).toordinal() + 1)
    same, ordinary_now, ordinary_then = _stretched(then, len(now)), np.ones(len(now), bool), np.ones(len(then), bool)
    for feast, earlier in _moving(events, back):
        days = _ordinals(feast)
        inside = np.isin(now, days)
        same[inside] = _stretched(_ordinals(earlier), feast.days)[np.isin(days, now)]
        ordinary_now &= ~inside
        ordinary_then &= ~np.isin(then, _ordinals(earlier))
    if ordinary_then.any():
        same[ordinary_now] = _stretched(then[ordinary_then], int(ordinary_now.sum()))
    return same


def _moving(events: Sequence[Event], back: int) -> Iterable[tuple[Period, Period]]:
    """Religious events, each with the one that lies as many moon years before."""
    feasts = [Period(event.start, event.end or event.start) for event in events if event.kind == RELIGIOUS]
    for feast in feasts:
        for earlier in feasts:
            drift = feast.start - earlier.start - timedelta(MOON_YEAR * back)
            if abs(drift) <= timedelta(TOLERANCE):
                yield feast, earlier


def _ordinals(period: Period) -> Indexes:
    return np.arange(period.start.toordinal(), period.end.toordinal() + 1)


def _stretched(days: Indexes, count: int) -> Indexes:
    """`days` as `count` of them, in order."""
    return days[np.arange(count) * len(days) // max(count, 1)]
