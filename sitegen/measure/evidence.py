"""Counts of rows in, shares of them out, with what they rest on or why there are none (METHODS §1). Knows no file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sitegen.measure.kinds import wilson
from sitegen.messages import Message, Period, Unit, say
from sitegen.model.authored import Thresholds
from sitegen.model.computed import Measurement, State

FEWEST = 30  # conversations or posts, below which counts are told and no rate
LAG = timedelta(14)  # a file that ends no earlier than this before the report is read up to its own last day
WEEK = 7


@dataclass(frozen=True, slots=True)
class Part:
    """So many cases out of so many, and how many more there were of which nothing is told."""

    cases: float
    of: float
    untold: float = 0


@dataclass(frozen=True, slots=True)
class Gauge:
    """What all numbers of one period share."""

    period: Period
    thresholds: Thresholds
    sources: tuple[str, ...]

    def count(self, metric: str, value: float, unit: Unit = Unit.COUNT) -> Measurement:
        """A plain number."""
        return Measurement(metric, unit, value, self.period, sources=self.sources)

    def none(self, metric: str, unit: Unit, reason: Message, coverage: float | None = None) -> Measurement:
        """No number, and why."""
        return Measurement(
            metric,
            unit,
            None,
            self.period,
            coverage=coverage,
            state=State.NOT_COMPUTABLE,
            reason=reason,
            sources=self.sources,
        )

    def share(self, metric: str, part: Part, untold: Message, *, few: str, fewest: int = FEWEST) -> Measurement:
        """A rate with its Wilson interval. None below `fewest` cases, for the reason `few`; nor, for the reason
        `untold`, where too many rows do not tell."""
        whole = part.of + part.untold
        if not part.of:
            return self.none(metric, Unit.RATE, untold if whole else self._few(few, 0, fewest))
        if whole < fewest or part.of < fewest:
            return self.none(metric, Unit.RATE, self._few(few, part.of, fewest))
        coverage = part.of / whole
        if coverage < self.thresholds.coverage_partial:
            return self.none(metric, Unit.RATE, untold, coverage)
        return Measurement(
            metric,
            Unit.RATE,
            part.cases / part.of,
            self.period,
            coverage=coverage,
            state=self.state(coverage),
            numerator=part.cases,
            denominator=part.of,
            interval=wilson(part.cases, part.of),
            sources=self.sources,
        )

    def state(self, coverage: float) -> State:
        """Whether so much of the whole makes a complete number."""
        return State.COMPLETE if coverage >= self.thresholds.coverage_complete else State.PARTIAL

    def few(self, metric: str, unit: Unit, key: str, count: float) -> Measurement:
        """No number of so few."""
        return self.none(metric, unit, self._few(key, count, FEWEST))

    def _few(self, key: str, count: float, fewest: int) -> Message:
        return say(f"evidence.reason.{key}", count=int(count), fewest=fewest, period=self.period)


def window(lasts: Iterable[int], as_of: date, days: int) -> Period:
    """The `days` days up to the last one that is told, or up to the report where that is long before."""
    last = max((date.fromordinal(day) for day in lasts if day <= as_of.toordinal()), default=as_of)
    end = last if as_of - last <= LAG else as_of
    return Period(end - timedelta(days - 1), end)


def within(day: int, period: Period) -> bool:
    """Whether an ordinal is of the period."""
    return period.start.toordinal() <= day <= period.end.toordinal()
