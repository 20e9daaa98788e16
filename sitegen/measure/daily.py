"""Records in, one value per metric, channel and day out, in the client's currency; sums no period.

A missing day is NaN. Rows of one day and channel are added; a day whose cells are all empty is missing, unless the
source says that it leaves days of nothing out (METHODS §1). Sales are told excluding VAT where its rate is known.
What several files tell of the same days is one value, by the rules of `merging`. Zeros of a counter that is declared
broken are missing (METHODS §8).

A row of a week or a month tells each of its days: a flow is spread over them evenly, so that the totals of whole weeks
or months are exact and those of parts of them go by days; a level stands on the last day. A row whose period is not
over on the day of the report tells nothing yet, since it holds only what was counted so far.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from sitegen.measure import money
from sitegen.measure.arrays import Array, Indexes, summed
from sitegen.measure.merging import Mask, Strand, Told, families, merged
from sitegen.measure.periods import LENGTHS, months_on
from sitegen.measure.silence import runs, silences
from sitegen.messages import Period, Unit
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.computed import Decision
from sitegen.model.facts import Dossier, Records

ADDED_BY_DAY = frozenset({Kind.FLOW, Kind.LEVEL})  # a rate or a number of persons cannot be added over rows


@dataclass(frozen=True, slots=True)
class Broken:
    """Zeros of a counter on days that an event declares broken: they are missing."""

    metric: str
    channel: str
    sources: frozenset[str]
    period: Period


@dataclass(frozen=True, slots=True, eq=False)
class Daily:
    """The calendar of all sources up to the report. `start` is an ordinal; strands go by metric, then channel."""

    start: int
    days: int
    strands: Mapping[str, Mapping[str, Strand]]
    decisions: tuple[Decision, ...] = ()
    broken: tuple[Broken, ...] = ()


def daily(dossier: Dossier, as_of: date) -> Daily:
    """Every value up to `as_of`. What two sources tell of the same metric, channel and day is never added."""
    firsts = [int(np.min(records.days)) for records in dossier.records if len(records.days)]
    start = min(firsts, default=as_of.toordinal() + 1)
    days = max(0, as_of.toordinal() - start + 1)
    found: dict[str, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    tables: dict[tuple[str, str, object], Told] = {}  # of one table, whose rows may be in several currencies
    for records in sorted(dossier.records, key=lambda records: records.path):
        for metric, channel, told in _columns(records, dossier, start, days):
            key = (metric, channel, (records.path, records.table) if records.table else object())
            tables[key] = _added(tables[key], told) if key in tables else told
    for (metric, channel, _), told in tables.items():
        found[metric][channel].append(told)
    strands: dict[str, dict[str, Strand]] = {}
    decisions: list[Decision] = []
    for metric, channels in found.items():
        for channel, each in channels.items():
            strand, left = merged(metric, channel, each, start, signed=METRICS[metric].signed)
            strands.setdefault(metric, {})[channel] = strand
            decisions += left
    together = _related(strands, dossier)
    broken = tuple(_broken(together, dossier, start)) if dossier.client.events else ()
    return Daily(start, days, _without(together, broken, start), tuple(decisions), broken)


def _added(one: Told, other: Told) -> Told:
    """What the rows of one table in two currencies tell together."""
    values = np.where(np.isnan(one.values), other.values, one.values + np.nan_to_num(other.values))
    zeros = one.zeros if other.zeros is None else other.zeros if one.zeros is None else one.zeros & other.zeros
    return replace(one, values=values, zeros=zeros)


def _related(strands: Mapping[str, Mapping[str, Strand]], dossier: Dossier) -> dict[str, dict[str, Strand]]:
    """The same strands with the families of their files: those of the same columns that tell parts of one strand."""
    shapes: dict[str, set[object]] = defaultdict(set)
    for records in dossier.records:
        shapes[records.path].add((frozenset(records.metrics), frozenset(records.columns.items()), records.rows))
    groups: list[list[str]] = []
    for channels in strands.values():
        for strand in channels.values():
            alike: dict[object, list[str]] = defaultdict(list)
            for path in strand.sources:
                alike[frozenset(shapes[path])].append(path)
            groups += alike.values()
    linked = families(groups)
    return {
        metric: {
            channel: replace(strand, family=frozenset().union(*(linked[path] for path in strand.sources)))
            for channel, strand in channels.items()
        }
        for metric, channels in strands.items()
    }


def _broken(strands: Mapping[str, Mapping[str, Strand]], dossier: Dossier, start: int) -> Iterator[Broken]:
    """The improbable zeros on days that an event of the kind `tracking` declares."""
    declared = [
        np.arange(event.start.toordinal(), (event.end or event.start).toordinal() + 1) - start
        for event in dossier.client.events
        if event.kind == "tracking"
    ]
    if not declared:
        return
    days = np.unique(np.concatenate(declared))
    for metric, channels in strands.items():
        if METRICS[metric].kind is not Kind.FLOW or METRICS[metric].unit is not Unit.COUNT:
            continue
        for channel, strand in channels.items():
            for silent in silences(strand, strands.get("spend", {}).get(channel)):
                for run in runs(np.intersect1d(silent, days)):
                    if run.size:
                        first, last = (date.fromordinal(start + int(day)) for day in (run[0], run[-1]))
                        yield Broken(metric, channel, strand.sources, Period(first, last))


def _without(
    strands: dict[str, dict[str, Strand]], broken: tuple[Broken, ...], start: int
) -> Mapping[str, Mapping[str, Strand]]:
    for each in broken:
        strand = strands[each.metric][each.channel]
        values = strand.values.copy()
        values[each.period.start.toordinal() - start : each.period.end.toordinal() - start + 1] = np.nan
        strands[each.metric][each.channel] = replace(strand, values=values)
    return strands


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
    if records.lasts is not None:
        return np.asarray(records.lasts, dtype=np.int64)
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


def _columns(records: Records, dossier: Dossier, start: int, days: int) -> Iterator[tuple[str, str, Told]]:
    """Metric, channel and what one source tells of them; none for a column that is empty."""
    as_of = date.fromordinal(start + days - 1)
    rows, ordinals, lengths = unfolded(records, as_of)
    slots = np.asarray(records.channels, dtype=np.int64)[rows] * days + ordinals - start
    lasts = ordinals == ends(records)[rows]
    starts = _starts(records, rows, ordinals - start, days)
    until = covered(records)
    recency = records.exported or (until.end if until else date.min)
    channels = len(records.channel_names)
    for id, cells in records.metrics.items():
        metric = METRICS[id]
        if metric.kind not in ADDED_BY_DAY:
            continue
        flow = metric.kind is Kind.FLOW
        values = np.asarray(cells, dtype=np.float64)[rows]
        held = values / lengths if flow else np.where(lasts, values, np.nan)
        table = summed(slots, held, channels * days).reshape(channels, days)
        zeros = _zeros(table, settled(records, as_of), start) if records.gaps_are_zero and flow else None
        if metric.unit is Unit.MONEY:
            worth = money.factors(records.currency or dossier.currency, dossier.currency, start, days, dossier.rates)
            table *= worth
            zeros = zeros & ~np.isnan(worth) if zeros is not None else None
        if metric.taxed and records.tax == "included" and dossier.client.vat is not None:
            table /= 1 + dossier.client.vat
        for index, channel in enumerate(records.channel_names):
            left_out = zeros[index] if zeros is not None else None
            if not np.isnan(table[index]).all() or (left_out is not None and left_out.any()):
                yield (
                    id,
                    channel,
                    Told(
                        records.path,
                        table[index],
                        records.grain,
                        records.rows,
                        recency,
                        records.exported is not None,
                        starts if flow else None,
                        left_out,
                    ),
                )


def _starts(records: Records, rows: Indexes, at: Indexes, days: int) -> Indexes | None:
    """For each day of the calendar the first day of the row that tells it, -1 where none does; None for daily files
    and for those whose rows overlap, so that no day has one row."""
    if records.grain == "day":
        return None
    firsts = np.asarray(records.days, dtype=np.int64)[rows]
    starts = np.full(days, -1, dtype=np.int64)
    starts[at] = firsts
    return starts if (starts[at] == firsts).all() else None


def _zeros(table: Array, period: Period | None, start: int) -> Mask:
    """What is missing inside `period`: the source leaves it out where there was nothing."""
    inside = np.zeros(table.shape, dtype=bool)
    if period:
        inside[:, max(0, period.start.toordinal() - start) : max(0, period.end.toordinal() - start + 1)] = True
    return inside & np.isnan(table)
