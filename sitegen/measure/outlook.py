"""A course and its target in, what the KPI comes to by the deadline if its trend continues out (METHODS §3).

Without new action, that is: nothing is known of what anybody will do. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sitegen.measure.arrays import Array
from sitegen.measure.course import Course
from sitegen.measure.forecast import Forecast, Scale, forecast, probability
from sitegen.measure.history import history, periods
from sitegen.measure.kinds import tally
from sitegen.measure.periods import DAY, meeting, months_on, window
from sitegen.messages import Message, Period, Unit, say
from sitegen.model.authored import Basis
from sitegen.model.catalogue import Kind
from sitegen.model.computed import Band, Grain, Outlook

FEWEST = 12  # periods, below which the pace alone tells (METHODS §3.1)
MONTHS_AHEAD, MONTHS_KNOWN = 3, 12  # from here on by months
CYCLES: dict[Grain, int] = {"week": 52, "month": 12}
LONGEST: dict[Grain, int] = {"week": 156, "month": 1200}  # periods that are looked back on
BAND = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class _Ahead:
    """The forecast of the periods that follow the complete ones; the first of them may have begun by `until`."""

    grain: Grain
    until: date
    periods: Sequence[Period]
    found: Forecast
    constant: bool


def outlook(run: Course, target: float, done: float | None, *, increase: bool) -> Outlook | Message:
    """The simulated courses up to the deadline, as the objective reads its KPI, or why there are none.

    `done` is the total so far of an objective that is followed as one. What is over of a period that has begun is a
    fact; its rest, and the periods after it, are simulated. A total is that of whole courses.
    """
    ahead = _ahead(run, run.today)
    if isinstance(ahead, Message):
        return ahead
    read = list(_read(run, ahead, done))
    if not read or read[-1][0] != run.objective.deadline:
        return say("outlook.reason.unread")
    bands = [(on, np.quantile(outcomes, BAND)) for on, outcomes in read]
    if not all(np.isfinite(band).all() for _, band in bands):
        return say("outlook.reason.too_large")
    return Outlook(
        grain=ahead.grain,
        periods=ahead.found.periods,
        probability=probability(read[-1][1], target, increase=increase),
        course=tuple(Band(on, *map(float, band)) for on, band in bands),
        seasonal=ahead.found.strength > 0 or ahead.found.weights.get("seasonal_difference", 0) > 1 / 2,
        constant=ahead.constant,
        strength=ahead.found.strength,
        weights=tuple(ahead.found.weights.items()),
        paths=len(ahead.found.paths),
    )


def untouched(run: Course, target: float, *, increase: bool) -> float | None:
    """P0: the probability of reaching the target, by what was known before the start; None where that is too little."""
    ahead = _ahead(run, min(run.objective.start - DAY, run.today))
    if isinstance(ahead, Message):
        return None
    *_, last = [(None, None), *_read(run, ahead, 0.0)]
    on, outcomes = last
    if on != run.objective.deadline or outcomes is None:
        return None
    return probability(outcomes, target, increase=increase)


# ---------------------------------------------------------------- the series


def _ahead(run: Course, until: date) -> _Ahead | Message:
    """The forecast from what is known up to `until`; only what follows the last gap is looked at."""
    reading, deadline = run.reading, run.objective.deadline
    by = _grain(run, until)
    past = _after_gaps(history(reading, until, by))[-LONGEST[by] :]
    if len(past) < FEWEST:
        return say(f"outlook.reason.short_{by}", count=len(past), fewest=FEWEST)
    last = periods(reading, until, by)[-1].end
    coming = meeting(Period(last + DAY, deadline), by)
    scale: Scale = "logit" if reading.metric.unit is Unit.RATE else "log"
    negative = reading.metric.signed or reading.metric.less is not None
    found = forecast(np.array(past), CYCLES[by], len(coming), scale, negative=negative)
    if found is None:
        return say("outlook.reason.too_large")
    return _Ahead(by, until, coming, found, constant=min(past) == max(past))


def _grain(run: Course, until: date) -> Grain:
    """Months where there are twelve and the deadline is three or more ahead, or where the files tell no weeks; else
    weeks."""
    if run.reading.grain == "month":
        return "month"
    long = months_on(until, MONTHS_AHEAD) <= run.objective.deadline
    return "month" if long and len(_after_gaps(history(run.reading, until, "month"))) >= MONTHS_KNOWN else "week"


def _after_gaps(values: Sequence[float | None]) -> list[float]:
    """The values after the last missing one."""
    gaps = [place for place, value in enumerate(values) if value is None]
    return [value for value in values[gaps[-1] + 1 if gaps else 0 :] if value is not None]


# ---------------------------------------------------------------- as the objective reads it


def _read(run: Course, ahead: _Ahead, done: float | None) -> Iterator[tuple[date, Array]]:
    """For the end of each period to come, the deadline at last: what each course comes to, shape (count,)."""
    if run.basis is Basis.CUMULATIVE:
        return _totals(run, ahead, done or 0.0)
    if run.metric.kind is Kind.LEVEL:
        return _levels(run, ahead)
    return _windows(run, ahead)


def _ends(run: Course, ahead: _Ahead) -> list[date]:
    return [min(each.end, run.objective.deadline) for each in ahead.periods]


def _totals(run: Course, ahead: _Ahead, done: float) -> Iterator[tuple[date, Array]]:
    """What is done and the sum of each course since, a day at its period's mean."""
    coming = Period(max(ahead.until + DAY, run.objective.start), run.objective.deadline)
    total = np.full(len(ahead.found.paths), done)
    for place, end in enumerate(_ends(run, ahead)):
        total = total + ahead.found.paths[:, place] * _shared(ahead.periods[place], coming)
        if end >= run.objective.start:
            yield end, total


def _levels(run: Course, ahead: _Ahead) -> Iterator[tuple[date, Array]]:
    return zip(_ends(run, ahead), ahead.found.paths.T, strict=True)


def _windows(run: Course, ahead: _Ahead) -> Iterator[tuple[date, Array]]:
    """The mean of the window that ends with each period, its days weighing alike; a flow for all its days."""
    times = run.window if run.metric.kind is Kind.FLOW else 1
    for end in _ends(run, ahead):
        read = window(end, run.window)
        total = np.zeros(len(ahead.found.paths))
        if read.start <= ahead.until:
            over = Period(read.start, ahead.until)
            known = tally(run.reading, over)
            value = known.mean if run.metric.kind is Kind.FLOW else known.value
            if value is None:
                continue
            total += value * over.days
            read = Period(ahead.until + DAY, end)
        for place, each in enumerate(ahead.periods):
            if days := _shared(each, read):
                total = total + ahead.found.paths[:, place] * days
        yield end, total / run.window * times


def _shared(first: Period, second: Period) -> int:
    """The days that two periods have in common."""
    met = first.meet(second)
    return met.days if met else 0
