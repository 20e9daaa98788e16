"""A metric's daily strands in, the parts to add out: what the same files tell, both sides of a ratio paired.

Sums nothing over time (METHODS §1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sitegen.measure.arrays import Array, filled, together
from sitegen.measure.daily import Daily
from sitegen.measure.merging import Mask, Strand
from sitegen.measure.periods import longest
from sitegen.model.catalogue import Kind, Metric
from sitegen.model.computed import Grain

WHOLE = "website"  # the channel of a source that tells no channels: already the total


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


def parts(metric: Metric, daily: Daily, channels: Sequence[str]) -> tuple[Part, ...]:
    """Where `metric` is read, over the named channels or over all of them; none for persons, who are never added."""
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


def unpaired(metric: Metric, daily: Daily, channels: Sequence[str]) -> tuple[Array, ...]:
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
