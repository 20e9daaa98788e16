"""Records in, one value per metric, channel and day out, in the client's currency; sums no period.

A missing day is NaN. Rows of one day and channel are added; a day whose cells are all empty is missing, unless the
source says that it leaves days of nothing out (METHODS §1). Sales are told excluding VAT where its rate is known.

A row of a week or a month tells each of its days: a flow is spread over them evenly, so that the totals of whole weeks
or months are exact and those of parts of them go by days; a level stands on the last day. A row whose period is not
over on the day of the report tells nothing yet, since it holds only what was counted so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from sitegen.measure import money
from sitegen.measure.arrays import Array, Indexes, summed
from sitegen.measure.periods import LENGTHS, longest, months_on
from sitegen.messages import Period, Unit
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.computed import Grain
from sitegen.model.facts import Dossier, Records

ADDED_BY_DAY = frozenset({Kind.FLOW, Kind.LEVEL})  # a rate or a number of persons cannot be added over rows


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """One metric in one channel: `values[i]` is for the i-th day of the calendar; `sources` are its paths, `grain` the
    longest that a row of them is about."""

    values: Array
    sources: frozenset[str]
    grain: Grain = "day"


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
                channels[channel] = Strand(values, frozenset({records.path}), records.grain)
                continue
            twice = int((~np.isnan(told.values) & ~np.isnan(values)).sum())
            if twice:
                overlaps.append(Overlap(metric, channel, min(told.sources), records.path, twice))
            merged = np.where(np.isnan(told.values), values, told.values)
            grain = longest(told.grain, records.grain)
            channels[channel] = Strand(merged, told.sources | {records.path}, grain)
    return Daily(start, days, strands, tuple(overlaps))


def covered(records: Records) -> Period | None:
    """The days that a source is about: what it declares, else from its first row to the last day of its last one."""
    if not len(records.days):
        return records.period
    first, last = date.fromordinal(int(np.min(records.days))), date.fromordinal(int(ends(records).max()))
    if records.period is None:
        return Period(first, last)
    return records.period if records.grain == "day" else replace(records.period, end=max(records.period.end, last))


def settled(records: Records, as_of: date) -> Period | None:
    """The days of `covered` up to `as_of`, and before the first row whose period is not over by then."""
    span, last = covered(records), ends(records)
    later = np.asarray(records.days, dtype=np.int64)[last > as_of.toordinal()]
    until = int(np.min(later - 1, initial=as_of.toordinal()))
    return span.meet(Period(date.min, date.fromordinal(until))) if span else None


def ends(records: Records) -> Indexes:
    """The ordinal of the last day that each row is about."""
    days = np.asarray(records.days, dtype=np.int64)
    if records.grain != "month":
        return days + LENGTHS[records.grain] - 1
    firsts, row_of = np.unique(days, return_inverse=True)
    lasts = [months_on(date.fromordinal(int(first)), 1).toordinal() - 1 for first in firsts]
    return np.asarray(lasts, dtype=np.int64)[row_of]


def unfolded(records: Records, as_of: date) -> tuple[Indexes, Indexes, Indexes]:
    """Each day that a row is about, beside its row: indexes of rows, ordinals of days, and over how many days the row
    goes. Rows whose period ends after `as_of` are left out."""
    days, last = np.asarray(records.days, dtype=np.int64), ends(records)
    over = np.flatnonzero(last <= as_of.toordinal())
    lengths = (last - days + 1)[over]
    rows = np.repeat(over, lengths)
    since = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return rows, days[rows] + since, np.repeat(lengths, lengths)


def _columns(records: Records, dossier: Dossier, start: int, days: int) -> Iterator[tuple[str, str, Array]]:
    """Metric, channel and daily values of one source; none for a column that is empty."""
    as_of = date.fromordinal(start + days - 1)
    rows, ordinals, lengths = unfolded(records, as_of)
    slots = np.asarray(records.channels, dtype=np.int64)[rows] * days + ordinals - start
    lasts = ordinals == ends(records)[rows]
    channels = len(records.channel_names)
    for id, cells in records.metrics.items():
        metric = METRICS[id]
        if metric.kind not in ADDED_BY_DAY:
            continue
        values = np.asarray(cells, dtype=np.float64)[rows]
        held = values / lengths if metric.kind is Kind.FLOW else np.where(lasts, values, np.nan)
        table = summed(slots, held, channels * days).reshape(channels, days)
        if records.gaps_are_zero and metric.kind is Kind.FLOW:
            _fill(table, settled(records, as_of), start)
        if metric.unit is Unit.MONEY:
            currency = records.currency or dossier.currency
            table *= money.factors(currency, dossier.currency, start, days, dossier.rates)
        if metric.taxed and records.tax == "included" and dossier.client.vat is not None:
            table /= 1 + dossier.client.vat
        for channel, values in zip(records.channel_names, table, strict=True):
            if not np.isnan(values).all():
                yield id, channel, values


def _fill(table: Array, period: Period | None, start: int) -> None:
    """Zero for what is missing inside `period`, in place."""
    if period:
        inside = table[:, max(0, period.start.toordinal() - start) : max(0, period.end.toordinal() - start + 1)]
        inside[np.isnan(inside)] = 0.0
