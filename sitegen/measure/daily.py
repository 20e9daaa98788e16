"""Records in, one value per metric, channel and day out, in the client's currency; sums no period.

A missing day is NaN. Rows of one day and channel are added; a day whose cells are all empty is missing, unless the
source says that it leaves days of nothing out (METHODS §1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from sitegen.measure import money
from sitegen.measure.arrays import Array, summed
from sitegen.messages import Period, Unit
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.facts import Dossier, Records

ADDED_BY_DAY = frozenset({Kind.FLOW, Kind.LEVEL})  # a rate or a number of persons cannot be added over rows


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """One metric in one channel: `values[i]` is for the i-th day of the calendar; `sources` are its paths."""

    values: Array
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class Overlap:
    """`days` on which the source `left` tells again what `kept`, first in the order of paths, told: it counts once."""

    metric: str
    channel: str
    kept: str
    left: str
    days: int


@dataclass(frozen=True, slots=True, eq=False)
class Daily:
    """The calendar of all sources up to the report. `start` is an ordinal; strands go by metric, then channel."""

    start: int
    days: int
    strands: Mapping[str, Mapping[str, Strand]]
    overlaps: tuple[Overlap, ...]


def daily(dossier: Dossier, as_of: date) -> Daily:
    """Every value up to `as_of`. What two sources tell of the same metric, channel and day is never added."""
    firsts = [int(np.min(records.days)) for records in dossier.records if len(records.days)]
    start = min(firsts, default=as_of.toordinal() + 1)
    days = max(0, as_of.toordinal() - start + 1)
    strands: dict[str, dict[str, Strand]] = {}
    overlaps: list[Overlap] = []
    for records in sorted(dossier.records, key=lambda records: records.path):
        for metric, channel, values in _columns(records, dossier, start, days):
            channels = strands.setdefault(metric, {})
            told = channels.get(channel)
            if told is None:
                channels[channel] = Strand(values, frozenset({records.path}))
                continue
            twice = int((~np.isnan(told.values) & ~np.isnan(values)).sum())
            if twice:
                overlaps.append(Overlap(metric, channel, min(told.sources), records.path, twice))
            merged = np.where(np.isnan(told.values), values, told.values)
            channels[channel] = Strand(merged, told.sources | {records.path})
    return Daily(start, days, strands, tuple(overlaps))


def covered(records: Records) -> Period | None:
    """The days that a source is about: what it declares, else from its first row to its last one."""
    if records.period or not len(records.days):
        return records.period
    days = np.asarray(records.days)
    return Period(date.fromordinal(int(days.min())), date.fromordinal(int(days.max())))


def _columns(records: Records, dossier: Dossier, start: int, days: int) -> Iterator[tuple[str, str, Array]]:
    """Metric, channel and daily values of one source; none for a column that is empty."""
    ordinals = np.asarray(records.days, dtype=np.int64) - start
    known = ordinals < days
    slots = (np.asarray(records.channels, dtype=np.int64) * days + ordinals)[known]
    channels = len(records.channel_names)
    for id, cells in records.metrics.items():
        metric = METRICS[id]
        if metric.kind not in ADDED_BY_DAY:
            continue
        table = summed(slots, np.asarray(cells, dtype=np.float64)[known], channels * days).reshape(channels, days)
        if records.gaps_are_zero and metric.kind is Kind.FLOW:
            _fill(table, covered(records), start)
        if metric.unit is Unit.MONEY:
            currency = records.currency or dossier.currency
            table *= money.factors(currency, dossier.currency, start, days, dossier.rates)
        for channel, values in zip(records.channel_names, table, strict=True):
            if not np.isnan(values).all():
                yield id, channel, values


def _fill(table: Array, period: Period | None, start: int) -> None:
    """Zero for what is missing inside `period`, in place."""
    if period:
        inside = table[:, max(0, period.start.toordinal() - start) : max(0, period.end.toordinal() - start + 1)]
        inside[np.isnan(inside)] = 0.0
