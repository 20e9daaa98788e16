"""A metric's daily values in, its value over a period out, by the rule of its kind; compares nothing (METHODS §1).

Flows are summed, ratios are the sum of numerators over the sum of denominators, levels keep their last value, persons
are never added. What is missing is never zero: a total needs enough observed days, and says how many it had; a ratio
needs enough of its denominators to have a numerator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import sqrt

import numpy as np

from sitegen.measure.arrays import Array, together, total
from sitegen.measure.daily import Daily
from sitegen.measure.parts import Part, parts, unpaired
from sitegen.measure.periods import LAGS, longest
from sitegen.messages import Message, Period, Quantity, Unit, say
from sitegen.model.authored import Thresholds
from sitegen.model.catalogue import METRICS, Kind, Metric
from sitegen.model.computed import Grain, Measurement, State
from sitegen.model.facts import Dossier

Z95 = 1.959964
CLAIMED = frozenset({"roas"})  # what each platform tells of its own spend: others need not tell it (METHODS §4.1)
FEWEST = {"net_sentiment": 30}  # counted things, below which a ratio is no rate (METHODS §1)


@dataclass(frozen=True, eq=False)
class Reading:
    """Where a metric is read: its parts do not overlap. `start` is the ordinal of the first day; `unpaired` are the
    denominators of a ratio in the channels that tell no numerator."""

    metric: Metric
    start: int
    parts: tuple[Part, ...]
    currency: str | None
    channel: str | None
    thresholds: Thresholds
    unpaired: tuple[Array, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(sorted({path for part in self.parts for path in part.sources}))

    @property
    def grain(self) -> Grain:
        """The longest that a row of its files is about."""
        return longest(*(part.grain for part in self.parts))

    @cached_property
    def tallies(self) -> dict[Period, Tally]:
        """What each period comes to that was asked for: the same months and windows are compared again and again."""
        return {}

    @cached_property
    def holds_parts(self) -> bool:
        """Whether some value, on some day, is at least what is told and may be more."""
        return any(part.partial is not None for part in self.parts)

    @cached_property
    def span(self) -> Period | None:
        """From the first to the last day with a value; None when there is none."""
        if not self.parts:
            return None
        days = np.flatnonzero(~np.isnan(together([part.values for part in self.parts])))
        if not days.size:
            return None
        return Period(date.fromordinal(self.start + int(days[0])), date.fromordinal(self.start + int(days[-1])))


@dataclass(frozen=True, slots=True)
class Tally:
    """What a period comes to. `observed` of `expected` days, over the `parts` that have enough of them, or else over
    the best observed one; a level has no days to count. `value` is None when no part has enough, or when the
    denominator is zero."""

    value: float | None
    numerator: float | None
    denominator: float | None
    observed: int
    expected: int
    parts: frozenset[int]
    state: State
    reason: Message | None = None
    at_least: bool = False

    @property
    def coverage(self) -> float | None:
        return self.observed / self.expected if self.expected else None

    @property
    def mean(self) -> float | None:
        """The value per observed day."""
        return None if self.value is None or not self.observed else self.value * len(self.parts) / self.observed


def reading(metric: str, daily: Daily, dossier: Dossier, channels: Sequence[str] = ()) -> Reading:
    """Where `metric` is read, over the named channels or over all of them."""
    known = METRICS[metric]
    currency = dossier.currency if known.unit is Unit.MONEY else None
    channel = channels[0] if len(channels) == 1 else None
    read, alone = parts(known, daily, channels), unpaired(known, daily, channels)
    return Reading(known, daily.start, read, currency, channel, dossier.thresholds, alone)


def read_until(reading: Reading, day: date) -> date:
    """`day`, or the last day that all files tell when some end a little before it (METHODS §1, partial periods).

    A file that ended more than two weeks before (one of months: 45 days) holds nothing back: its days are missing.
    """
    end = max(0, day.toordinal() - reading.start + 1)
    known = [np.flatnonzero(~np.isnan(part.values[:end])) for part in reading.parts]
    lasts = [
        (date.fromordinal(reading.start + int(days[-1])), LAGS[part.grain])
        for part, days in zip(reading.parts, known, strict=True)
        if days.size
    ]
    return min((last for last, lag in lasts if day - last <= lag), default=day)


def measurement(reading: Reading, period: Period) -> Measurement:
    """The metric over `period`, with its coverage and, for a rate, its margin of error; or why there is none."""
    metric, found = reading.metric, tally(reading, period)
    ratio = metric.kind is Kind.RATIO and found.value is not None
    interval = None
    if ratio and metric.unit is Unit.RATE and found.numerator is not None and found.denominator:
        interval = wilson(found.numerator, found.denominator)
    return Measurement(
        metric.id,
        metric.unit,
        found.value,
        period,
        currency=reading.currency,
        channel=reading.channel,
        coverage=found.coverage,
        state=found.state,
        reason=found.reason,
        numerator=found.numerator if ratio else None,
        denominator=found.denominator if ratio else None,
        interval=interval,
        sources=reading.sources,
        at_least=found.at_least,
    )


def tally(reading: Reading, period: Period) -> Tally:
    """The parts that are observed on enough days of `period`, together."""
    found = reading.tallies.get(period)
    if found is None:
        found = reading.tallies[period] = _tally(reading, period)
    return found


def _tally(reading: Reading, period: Period) -> Tally:
    if not reading.parts:
        return _nothing(_no_source(reading.metric))
    first = max(0, period.start.toordinal() - reading.start)
    days = slice(first, max(first, period.end.toordinal() - reading.start + 1))
    if reading.metric.kind is Kind.LEVEL:
        return _level(reading.parts, days, period)
    length, enough = period.days, reading.thresholds.coverage_partial
    observed = [part.observed(days) for part in reading.parts]
    taken = frozenset([i for i, seen in enumerate(observed) if seen and seen / length >= enough])
    if not taken:
        seen = max(observed)
        if not seen:
            return _nothing(say("measure.reason.no_data", period=period))
        reason = say("measure.reason.too_few_days", observed=seen, expected=length, period=period)
        return _nothing(reason, seen, length)
    seen, expected = sum([observed[i] for i in taken]), length * len(taken)
    thin = len(taken) < len(observed) and any(seen for i, seen in enumerate(observed) if i not in taken)
    some = reading.holds_parts and any(_holds_part(reading.parts[i], days) for i in taken)
    whole = not thin and not some and seen / expected >= reading.thresholds.coverage_complete
    top = sum([reading.parts[i].total(days) for i in sorted(taken)])
    state = State.COMPLETE if whole else State.PARTIAL
    if reading.metric.denominator is None:
        return Tally(top, None, None, seen, expected, taken, state, at_least=some)
    bottom = sum([reading.parts[i].bottom(days) for i in sorted(taken)])
    if bottom <= 0:
        counted = say(f"metrics.{reading.metric.denominator}.name")
        return _nothing(say("measure.reason.zero_denominator", counted=counted, period=period))
    if bottom < FEWEST.get(reading.metric.id, 0):
        return _nothing(_too_few_counted(reading.metric, bottom, period), seen, expected)
    left = _left_out(reading, taken, days) / bottom
    share = left / (1 + left)
    if 1 - share < enough and reading.metric.id not in CLAIMED:
        return _nothing(_too_much_left(reading.metric, share, period), seen, expected)
    if 1 - share < reading.thresholds.coverage_complete:
        state = State.PARTIAL
    return Tally(top * reading.metric.per / bottom, top, bottom, seen, expected, taken, state)


def wilson(cases: float, of: float) -> tuple[float, float] | None:
    """The 95 % interval of a rate of `cases` out of `of` (Wilson 1927); None when it is no share of them."""
    if not 0 <= cases <= of or of == 0:
        return None
    rate, spread = cases / of, Z95**2 / of
    middle = (rate + spread / 2) / (1 + spread)
    half = Z95 / (1 + spread) * sqrt(rate * (1 - rate) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


# ---------------------------------------------------------------- by kind


def _level(parts: Sequence[Part], days: slice, period: Period) -> Tally:
    """The last value of each part; one that is older than the period is left out."""
    last = {}
    for i, part in enumerate(parts):
        known = part.values[days]
        if (found := np.flatnonzero(~np.isnan(known))).size:
            last[i] = float(known[found[-1]])
    if not last:
        return _nothing(say("measure.reason.no_data", period=period))
    older = any(not np.isnan(part.values[: days.stop]).all() for i, part in enumerate(parts) if i not in last)
    some = any(_holds_part(parts[i], days) for i in last)
    state = State.PARTIAL if older or some else State.COMPLETE
    return Tally(sum(last.values()), None, None, 0, 0, frozenset(last), state, at_least=some)


def _holds_part(part: Part, days: slice) -> bool:
    return part.partial is not None and bool(part.partial[days].any())


def _left_out(reading: Reading, taken: frozenset[int], days: slice) -> float:
    """The denominators that are told without a numerator, or on too few days."""
    thin = sum(part.bottom(days) for i, part in enumerate(reading.parts) if i not in taken)
    return thin + sum(total(values[days]) for values in reading.unpaired)


def _too_much_left(metric: Metric, share: float, period: Period) -> Message:
    top, counted = (say(f"metrics.{part}.name") for part in (metric.numerator, metric.denominator))
    return say("measure.reason.left_out", share=Quantity(share, Unit.RATE), counted=counted, top=top, period=period)


def _too_few_counted(metric: Metric, count: float, period: Period) -> Message:
    counted, few = say(f"metrics.{metric.denominator}.name"), Quantity(count, Unit.COUNT)
    fewest = Quantity(FEWEST[metric.id], Unit.COUNT)
    return say("measure.reason.too_few_counted", counted=counted, observed=few, fewest=fewest, period=period)


def _nothing(reason: Message, observed: int = 0, expected: int = 0) -> Tally:
    return Tally(None, None, None, observed, expected, frozenset(), State.NOT_COMPUTABLE, reason)


def _no_source(metric: Metric) -> Message:
    name = say(f"metrics.{metric.id}.name")
    if metric.kind is Kind.UNIQUE:
        return say("measure.reason.unique", name=name)
    if metric.numerator and metric.denominator and not metric.less:
        top, bottom = (say(f"metrics.{part}.name") for part in (metric.numerator, metric.denominator))
        return say("measure.reason.no_pair", top=top, bottom=bottom)
    return say("measure.reason.no_source", name=name)
