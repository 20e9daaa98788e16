"""A course in, the value it starts from out: frozen before declared before computed (METHODS §2.2). Writes no file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from sitegen.measure.course import LONG, Course
from sitegen.measure.kinds import measurement
from sitegen.measure.periods import DAY, last_months, window, years_back
from sitegen.messages import Message, Period, say
from sitegen.model.authored import Basis, FrozenBaseline, Pacing
from sitegen.model.catalogue import Kind
from sitegen.model.computed import Measurement, State

Origin: TypeAlias = Literal["frozen", "declared", "computed", "missing"]


def baseline(course: Course, frozen: Mapping[str, FrozenBaseline]) -> tuple[Measurement, Origin, float | None]:
    """The baseline, where it comes from, and by how much a told one differs from the computed one (relative)."""
    found, kept, declared = computed(course), frozen.get(course.id), course.objective.baseline
    if kept is not None:
        return _told(course, kept.value, Period(kept.start, kept.end)), "frozen", _gap(kept.value, found)
    if declared is not None:
        return _told(course, declared.value, None), "declared", _gap(declared.value, found)
    return found, "missing" if found.value is None else "computed", None


def computed(course: Course) -> Measurement:
    """The KPI before the start, read as the objective reads it; its `period` tells on which days.

    A total: the same dates a year before if wholly observed, else the last three complete months, brought to the days
    of the objective. A value of a window: the last three complete months (the same dates a year before when the pacing
    is seasonal), else the last window. A level: its last value.
    """
    for candidate in _candidates(course):
        if candidate.value is not None:
            return candidate
    reason = say("progress.reason.no_baseline", start=course.objective.start)
    return _told(course, None, None, reason)


def _candidates(course: Course) -> Iterator[Measurement]:
    objective, reading = course.objective, course.reading
    # An objective that has not begun is read on what there is: it moves until it is frozen.
    start = min(objective.start, course.today + DAY)
    if course.metric.kind is Kind.LEVEL:
        yield measurement(reading, window(start - DAY, course.window))
        return
    total = course.basis is Basis.CUMULATIVE
    same_dates = Period(years_back(objective.start), years_back(objective.deadline))
    if same_dates.end < start and (total or objective.pacing is Pacing.SEASONAL):
        year_before = measurement(reading, same_dates)
        if year_before.state is State.COMPLETE:
            yield year_before if total else _for_days(course, year_before)
    yield _for_days(course, measurement(reading, last_months(start, LONG)))
    if not total:
        yield _for_days(course, measurement(reading, window(start - DAY, course.window)))


def _for_days(course: Course, found: Measurement) -> Measurement:
    """A flow for as many days as the objective reads, at its mean per observed day; any other metric as it is."""
    if course.metric.kind is not Kind.FLOW or found.value is None or not found.coverage or not found.period:
        return found
    days = course.period.days if course.basis is Basis.CUMULATIVE else course.window
    return replace(found, value=found.value / (found.coverage * found.period.days) * days)


def _told(course: Course, value: float | None, period: Period | None, reason: Message | None = None) -> Measurement:
    return Measurement(
        course.metric.id,
        course.metric.unit,
        value,
        period,
        currency=course.reading.currency,
        channel=course.reading.channel,
        state=State.NOT_COMPUTABLE if reason else State.COMPLETE,
        reason=reason,
    )


def _gap(told: float, found: Measurement) -> float | None:
    return told / found.value - 1 if found.value else None
