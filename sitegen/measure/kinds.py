"""A metric's daily values in, its value over a period out, by the rule of its kind; compares nothing (METHODS §1).

Flows are summed, ratios are the sum of numerators over the sum of denominators, levels keep their last value, persons
are never added. What is missing is never zero: a total needs enough observed days, and says how many it had; a ratio
needs enough of its denominators to have a numerator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import sqrt

import numpy as np

from sitegen.measure.arrays import Array, filled, together, total
from sitegen.measure.daily import Daily
from sitegen.measure.merging import Mask, Strand
from sitegen.measure.periods import LAGS, longest
from sitegen.messages import Message, Period, Quantity, Unit, say
from sitegen.model.authored import Thresholds
from sitegen.model.catalogue import METRICS, Kind, Metric
from sitegen.model.computed import Grain, Measurement, State
from sitegen.model.facts import Dossier

WHOLE = "website"  # the channel of a source that tells no channels: already the total
Z95 = 1.959964
CLAIMED = frozenset({"roas"})  # what each platform tells of its own spend: others need not tell it (METHODS §4.1)
FEWEST = {"net_sentiment": 30}  # counted things, below which a ratio is no rate (METHODS §1)


@dataclass(frozen=True, eq=False)
class Part:
    """The channels that the same files tell (those of one `family`), added: a day is observed when any of them is,
    since a file leaves out the channels on which nothing happened. `bottoms` are the denominators of a ratio, missing
    on the same days; `grain` is the longest that a row of the files is about; on the days of `partial` the value is at
    least this."""

    values: Array
    bottoms: Array | None
    sources: frozenset[str]
    grain: Grain
    family: frozenset[str]
    partial: Mask | None = None

    def observed(self, days: slice) -> int:
        """How many of these days have a value."""
        first: int = min(days.start, len(self.values))
        stop: int = min(days.stop, len(self.values))
        return self._counted[stop] - self._counted[first]

    def total(self, days: slice) -> float:
        """The sum of what is present; 0 where nothing is."""
        return float(np.add.reduce(self._filled[days]))

    def bottom(self, days: slice) -> float:
        """The same of the denominators; 0 where it has none."""
        return 0.0 if self._filled_bottoms is None else float(np.add.reduce(self._filled_bottoms[days]))

    @cached_property
    def _counted(self) -> list[int]:
        """How many days have a value before each day, and before the end."""
        return [0, *np.cumsum(~np.isnan(self.values)).tolist()]

    @cached_property
    def _filled(self) -> Array:
        return filled(self.values)

    @cached_property
    def _filled_bottoms(self) -> Array | None:
        return None if self.bottoms is None else filled(self.bottoms)


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
        return _longest(*self.parts)

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
    parts, unpaired = _parts(known, daily, channels), _unpaired(known, daily, channels)
    return Reading(known, daily.start, parts, currency, channel, dossier.thresholds, unpaired)


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


# ---------------------------------------------------------------- the parts


def _parts(metric: Metric, daily: Daily, channels: Sequence[str]) -> tuple[Part, ...]:
    match metric.kind:
        case Kind.UNIQUE:
            return ()
        case Kind.LEVEL:
            strands = _strands(metric.id, daily, channels)
            return tuple(_alone(strands[channel]) for channel in sorted(strands))
        case Kind.RATIO if metric.numerator and metric.denominator:
            tops, bottoms = _tops(metric, daily, channels), _strands(metric.denominator, daily, channels)
            return _paired(tops, bottoms, whole=not channels)
    return _by_family(_alone(strand) for strand in _strands(metric.id, daily, channels).values())


def _unpaired(metric: Metric, daily: Daily, channels: Sequence[str]) -> tuple[Array, ...]:
    """The denominators of the channels that tell no numerator, where others tell both (METHODS §1)."""
    if metric.kind is not Kind.RATIO or not metric.numerator or not metric.denominator:
        return ()
    tops, bottoms = _tops(metric, daily, channels), _strands(metric.denominator, daily, channels)
    paired = tops.keys() & bottoms.keys()
    return tuple(strand.values for channel, strand in bottoms.items() if paired and channel not in paired)


def _strands(metric: str, daily: Daily, channels: Sequence[str]) -> Mapping[str, Strand]:
    """The strands to add: a source that gives the total stands alone, beside those that give it by channel. One that
    holds only some of the rows is no total: beside channels it is left out, since it may tell the same."""
    strands = daily.strands.get(metric, {})
    others = tuple(channel for channel in strands if channel != WHOLE)
    whole = WHOLE in strands and (strands[WHOLE].partial is None or not others)
    wanted = channels or ((WHOLE,) if whole else others)
    return {channel: strands[channel] for channel in sorted(wanted) if channel in strands}


def _tops(metric: Metric, daily: Daily, channels: Sequence[str]) -> Mapping[str, Strand]:
    """The numerators of a ratio, less what is taken off them on the same channel and day: missing when either is."""
    tops = _strands(metric.numerator or metric.id, daily, channels)
    if metric.less is None:
        return tops
    less = _strands(metric.less, daily, channels)
    return {channel: _net(tops[channel], less[channel]) for channel in sorted(tops.keys() & less.keys())}


def _net(top: Strand, less: Strand) -> Strand:
    family, grain = top.family | less.family, _longest(top, less)
    values = np.where(_mismatched(top, less), np.nan, top.values - less.values)
    return Strand(values, top.sources | less.sources, grain, family, _either(top.partial, less.partial))


def _paired(tops: Mapping[str, Strand], bottoms: Mapping[str, Strand], *, whole: bool) -> tuple[Part, ...]:
    """Numerators and denominators of the same channel and day; where no channel has both, of the totals if `whole`."""
    pairs = [(tops[channel], bottoms[channel]) for channel in sorted(tops.keys() & bottoms.keys())]
    if not pairs and tops and bottoms and whole:
        pairs = [(_total(tops), _total(bottoms))]
    return _by_family(_both(top, bottom) for top, bottom in pairs)


def _alone(strand: Strand) -> Part:
    return Part(strand.values, None, strand.sources, strand.grain, strand.family, strand.partial)


def _both(top: Strand, bottom: Strand) -> Part:
    missing = np.isnan(top.values) | np.isnan(bottom.values) | _mismatched(top, bottom)
    numerators, denominators = (np.where(missing, np.nan, strand.values) for strand in (top, bottom))
    return Part(
        numerators,
        denominators,
        top.sources | bottom.sources,
        _longest(top, bottom),
        top.family | bottom.family,
        _either(top.partial, bottom.partial),
    )


def _mismatched(one: Strand, other: Strand) -> Mask:
    """The days on which one of the two is of some of the rows and the other of all of them: they make no ratio."""
    never = np.zeros(len(one.values), dtype=bool)
    mask: Mask = (never if one.partial is None else one.partial) ^ (never if other.partial is None else other.partial)
    return mask


def _either(*masks: Mask | None) -> Mask | None:
    told = [mask for mask in masks if mask is not None]
    return np.logical_or.reduce(told) if told else None


def _total(strands: Mapping[str, Strand]) -> Strand:
    """All channels as one; a day counts only when every file that tells some of them has it."""
    parts = _by_family(_alone(strand) for strand in strands.values())
    values = np.sum([part.values for part in parts], axis=0)
    sources, family = (
        frozenset[str]().union(*each) for each in zip(*((p.sources, p.family) for p in parts), strict=True)
    )
    return Strand(values, sources, _longest(*parts), family, _either(*(part.partial for part in parts)))


def _by_family(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Parts that come from the same files, added."""
    groups: dict[frozenset[str], list[Part]] = defaultdict(list)
    for part in parts:
        groups[part.family].append(part)
    return tuple(_added(groups[family]) for family in sorted(groups, key=sorted))


def _added(parts: Sequence[Part]) -> Part:
    bottoms = [part.bottoms for part in parts if part.bottoms is not None]
    values = together([part.values for part in parts])
    sources = frozenset[str]().union(*(part.sources for part in parts))
    partial = _either(*(part.partial for part in parts))
    denominators = together(bottoms) if bottoms else None
    return Part(values, denominators, sources, _longest(*parts), parts[0].family, partial)


def _longest(*told: Strand | Part) -> Grain:
    return longest(*(each.grain for each in told))
