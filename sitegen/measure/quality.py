"""Records in, what a reader should know of them out: notices by file, and the register of sources (METHODS §8).

Reports only: no value is changed, no day removed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import exp, fsum

import numpy as np

from sitegen.errors import Problem, Severity
from sitegen.measure import money
from sitegen.measure.arrays import Array, Indexes, present, total
from sitegen.measure.daily import Daily, Strand, covered, daily, ends, settled, unfolded
from sitegen.measure.kinds import WHOLE
from sitegen.measure.periods import LENGTHS
from sitegen.messages import Message, Period, Unit, say
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.computed import SourceSummary
from sitegen.model.facts import Dossier, Records

LATE = 2  # periods after which a source is stale
LONG_GAP, MANY_GAPS = 3, 0.05  # missing days in a row, share of missing days
UNLIKELY = 1e-4  # a run of zeros that is less probable is taken for a broken counter
WEEKS, FEWEST = 8, 4  # weeks that tell what is usual on a weekday, and how many of them must be known


def notices(dossier: Dossier, as_of: date, values: Daily | None = None) -> tuple[Problem, ...]:
    """All that is doubtful in the data up to `as_of`, each at its file; `values` are its `daily` if known."""
    values = values or daily(dossier, as_of)
    known = [(records, _days(records, as_of)) for records in dossier.records]
    return (
        *_stale(known, as_of),
        *_rhythm(known, as_of),
        *_empty_cells(dossier),
        *_without_rate(dossier),
        *_told_twice(values),
        *_broken_counters(values),
    )


def register(dossier: Dossier) -> tuple[SourceSummary, ...]:
    """Every source with the totals of its file as it stands; persons and stocks have none."""
    return tuple(
        SourceSummary(
            records.path,
            records.digest,
            len(records.days),
            covered(records),
            tuple(sorted(records.channel_names)),
            records.currency,
            tuple(_total(metric, records) for metric in sorted(records.metrics)),
            tuple(sorted(records.columns.items())),
        )
        for records in sorted(dossier.records, key=lambda records: records.path)
    )


def _total(metric: str, records: Records) -> tuple[str, float | None, int]:
    """Metric, exact sum of the present cells whatever their order (None where adding up means nothing), empty ones."""
    cells = np.asarray(records.metrics[metric], dtype=np.float64)
    told = cells[~np.isnan(cells)].tolist()
    return metric, fsum(told) if METRICS[metric].kind is Kind.FLOW else None, len(cells) - len(told)


def _notice(path: str, message: Message, severity: Severity = Severity.WARNING, hint: Message | None = None) -> Problem:
    return Problem(path, 0, 0, message, hint, severity)


def _names(metrics: Iterable[str]) -> tuple[Message, ...]:
    return tuple(say(f"metrics.{metric}.name") for metric in sorted(metrics))


# ---------------------------------------------------------------- days


def _days(records: Records, as_of: date) -> Indexes:
    """The ordinals of the days that a row is about, up to `as_of`."""
    return np.unique(unfolded(records, as_of)[1])


def _step(days: Indexes) -> int:
    """The usual number of days from one row to the next: 1 for a daily export."""
    return int(np.median(np.diff(days))) if len(days) > 1 else 1


def _stale(known: Sequence[tuple[Records, Indexes]], as_of: date) -> Iterator[Problem]:
    """Sources that end more than two periods before the report, unless another one tells the same later."""
    last: dict[tuple[str, str], int] = {}
    for records, days in known:
        for told in _tells(records):
            last[told] = max(last.get(told, 0), int(days[-1]) if len(days) else 0)
    for records, days in known:
        if not len(days) or as_of.toordinal() - days[-1] <= LATE * LENGTHS[records.grain] * _step(days):
            continue
        if any(last[told] == days[-1] for told in _tells(records)):
            ended = date.fromordinal(int(days[-1]))
            yield _notice(records.path, say("quality.stale", last=ended, count=(as_of - ended).days, as_of=as_of))


def _tells(records: Records) -> Iterator[tuple[str, str]]:
    return ((metric, channel) for metric in records.metrics for channel in records.channel_names)


def _rhythm(known: Sequence[tuple[Records, Indexes]], as_of: date) -> Iterator[Problem]:
    """Sources with missing days, and those that are not daily."""
    for records, days in known:
        span = settled(records, as_of)
        if not len(days) or span is None:
            continue
        if (step := _step(days)) > 1:
            yield _notice(records.path, say("quality.not_daily", count=step), hint=say("quality.hint.grain"))
            continue
        expected = np.arange(span.start.toordinal(), span.end.toordinal() + 1)
        missing = expected[~np.isin(expected, days)]
        if records.gaps_are_zero or not missing.size:
            continue
        longest = max(_runs(missing), key=len)
        if len(longest) >= LONG_GAP or missing.size > MANY_GAPS * expected.size:
            gap = Period(date.fromordinal(int(longest[0])), date.fromordinal(int(longest[-1])))
            numbers = {"count": int(missing.size), "days": int(expected.size)}
            yield _notice(records.path, say("quality.gaps", longest=gap, **numbers))


def _runs(days: Indexes) -> list[Indexes]:
    """Consecutive days, together."""
    return np.split(days, np.flatnonzero(np.diff(days) > 1) + 1)


# ---------------------------------------------------------------- cells and files


def _empty_cells(dossier: Dossier) -> Iterator[Problem]:
    """Columns that are empty on so many days with rows that no total can be published."""
    for records in dossier.records:
        if records.gaps_are_zero or not len(records.days):
            continue
        slots = np.asarray(records.days, dtype=np.int64) * len(records.channel_names) + np.asarray(records.channels)
        _, first, row_of = np.unique(slots, return_index=True, return_inverse=True)
        days = (ends(records) - np.asarray(records.days) + 1)[first]
        for metric, cells in sorted(records.metrics.items()):
            told = np.bincount(row_of, ~np.isnan(np.asarray(cells, dtype=np.float64))) > 0
            if METRICS[metric].kind is Kind.FLOW and told.any() and told.mean() < dossier.thresholds.coverage_partial:
                empty = int(days[~told].sum())
                yield _notice(
                    records.path,
                    say(
                        "quality.empty_cells",
                        column=records.columns.get(metric, metric),
                        count=empty,
                        days=int(days.sum()),
                    ),
                    hint=say("quality.hint.gaps_zero"),
                )


def _without_rate(dossier: Dossier) -> Iterator[Problem]:
    """Amounts in another currency, on days without an exchange rate: they are missing from every total."""
    for records in dossier.records:
        span = covered(records)
        amounts = [metric for metric in records.metrics if METRICS[metric].unit is Unit.MONEY]
        if span is None or not amounts or records.currency is None:
            continue
        worth = money.factors(records.currency, dossier.currency, span.start.toordinal(), span.days, dossier.rates)
        if count := int(np.isnan(worth).sum()):
            yield _notice(
                records.path, say("quality.no_rate", currency=records.currency, to=dossier.currency, count=count)
            )


def _told_twice(values: Daily) -> Iterator[Problem]:
    """The same metric, channel and day in two files; a total beside its channels."""
    pairs: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for overlap in values.overlaps:
        days = pairs[overlap.left, overlap.kept]
        days[overlap.metric] = max(overlap.days, days.get(overlap.metric, 0))
    for (left, kept), metrics in sorted(pairs.items()):
        yield _notice(left, say("quality.overlap", kept=kept, metrics=_names(metrics), count=max(metrics.values())))
    whole: dict[str, set[str]] = defaultdict(set)
    for metric, channels in values.strands.items():
        if WHOLE in channels and len(channels) > 1 and METRICS[metric].kind is Kind.FLOW:
            whole[min(channels[WHOLE].sources)].add(metric)
    for path, told in sorted(whole.items()):
        yield _notice(path, say("quality.whole", metrics=_names(told)), Severity.INFO)


# ---------------------------------------------------------------- broken counters


def _broken_counters(values: Daily) -> Iterator[Problem]:
    """Runs of zeros too long to be chance: with a usual mu a day, k of them are as probable as exp(-k mu)."""
    found: dict[tuple[str, Period], set[str]] = defaultdict(set)
    for metric, channels in values.strands.items():
        if METRICS[metric].kind is not Kind.FLOW or METRICS[metric].unit is not Unit.COUNT:
            continue
        for channel, strand in channels.items():
            for run in _silences(strand, values.strands.get("spend", {}).get(channel)):
                first, last = (date.fromordinal(values.start + int(day)) for day in (run[0], run[-1]))
                found[min(strand.sources), Period(first, last)].add(metric)
    for (path, period), metrics in sorted(found.items()):
        message = say("quality.broken_counter", metrics=_names(metrics), period=period, count=period.days)
        yield _notice(path, message, hint=say("quality.hint.broken_counter"))


def _silences(strand: Strand, spend: Strand | None) -> list[Indexes]:
    """The improbable runs of zeros; none while nothing is spent, since a channel that is paused is silent."""
    silent = strand.values == 0
    if spend is not None:
        silent &= spend.values != 0
    zeros = np.flatnonzero(silent)
    if not zeros.size:
        return []
    usual = _usual(strand.values)
    return [run for run in _runs(zeros) if _chance(run, strand, usual) < UNLIKELY]


def _chance(run: Indexes, strand: Strand, usual: Array) -> float:
    """How probable such a run is, days being as scattered around the usual as they were in the eight weeks before.

    A run longer than a week is measured by the usual of its first one: its own days say nothing of what is usual.
    """
    expected = usual[run[0] + np.arange(len(run)) % 7].sum()
    before = strand.values[max(0, run[0] - 7 * WEEKS) : run[0]]
    if exp(-expected) >= UNLIKELY or not total(before):  # scatter only makes it more probable
        return 1.0
    mean = total(before) / present(before)
    variance = total((before - mean) ** 2) / present(before)
    # 1 for counts of independent events; spread over its days, a row shows that many times less than it has.
    scatter = max(1.0, LENGTHS[strand.grain] * variance / mean)
    return exp(-expected / scatter)


def _usual(values: Array) -> Array:
    """For each day the median of the same weekday in the eight weeks before; 0 where fewer than four are known."""
    padded = np.concatenate([np.full(7 * WEEKS, np.nan), values])
    weeks = np.sort(np.stack([padded[7 * i : 7 * i + len(values)] for i in range(WEEKS)]), axis=0)
    known = (~np.isnan(weeks)).sum(axis=0)
    low, high = np.maximum(known - 1, 0) // 2, np.minimum(known // 2, WEEKS - 1)
    median = (np.take_along_axis(weeks, low[None], 0) + np.take_along_axis(weeks, high[None], 0))[0] / 2
    return np.where(known >= FEWEST, median, 0.0)
