"""A course, its baseline and target in, what that needs against past growth out (METHODS §2.6); names no class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from sitegen.measure.course import Course
from sitegen.measure.history import history
from sitegen.measure.periods import DAY
from sitegen.messages import Unit
from sitegen.model.catalogue import Kind
from sitegen.model.computed import Grain

YEAR_OF_MONTHS = 12
SPARE = 6  # periods beyond the horizon, before past growths are looked at
DAYS = {"month": 365.25 / 12, "week": 7.0, "day": 1.0}


@dataclass(frozen=True, slots=True)
class Need:
    """`need`, the `best` past growth over as long a time, and the share (`rank`) of past growths as great.

    Growths are natural logarithms of a factor, or differences for a rate. Without enough history there is no best.
    """

    need: float | None = None
    best: float | None = None
    rank: float | None = None


def need(course: Course, baseline: float | None, target: float | None) -> Need:
    """What reaching `target` from `baseline` asks for, beside the growths before the start of the objective."""
    if baseline is None or target is None:
        return Need()
    until = min(course.objective.start, course.as_of + DAY) - DAY
    months = history(course.reading, until, "month")
    by: Grain = "month" if course.long and len(months) >= YEAR_OF_MONTHS else "week"
    past = months if by == "month" else history(course.reading, until, "week")
    periods = max(1, round(course.period.days / DAYS[by]))
    values = [value for value in past if value is not None]
    zero_level = course.metric.kind is Kind.LEVEL and min((baseline, target, *values)) <= 0
    difference = course.metric.unit is Unit.RATE or zero_level
    wanted = growth(baseline, target, difference=difference)
    if wanted is None:
        return Need()
    if len(values) < SPARE + periods:
        return Need(wanted)
    best, rank = compared(wanted, growths(past, periods, difference=difference))
    return Need(wanted, best, rank)


def growth(start: float | None, end: float | None, *, difference: bool) -> float | None:
    """The logarithm of the factor from `start` to `end`, or their difference; None where there is none."""
    if start is None or end is None:
        return None
    if difference:
        return end - start
    return log(end) - log(start) if start > 0 and end > 0 else None


def growths(history: Sequence[float | None], periods: int, *, difference: bool) -> list[float]:
    """Every growth over `periods` in a regular series, overlapping; those that touch a gap are left out."""
    pairs = zip(history, history[periods:], strict=False)
    found = (growth(start, end, difference=difference) for start, end in pairs)
    return [each for each in found if each is not None]


def compared(wanted: float, past: Sequence[float]) -> tuple[float | None, float | None]:
    """The best of the past growths in the wanted direction, and the share of them that went as far."""
    if not past:
        return None, None
    best = max(past) if wanted >= 0 else min(past)
    far_enough = [each >= wanted if wanted >= 0 else each <= wanted for each in past]
    return best, sum(far_enough) / len(past)
