"""The days of each file in, what is wrong with them out: ahead of today, ended too early, missing, not daily."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from sitegen.errors import Problem, Severity
from sitegen.measure.arrays import Indexes
from sitegen.measure.daily import settled, unfolded
from sitegen.measure.periods import LENGTHS
from sitegen.measure.quality.told import notice
from sitegen.measure.silence import runs
from sitegen.messages import Period, say
from sitegen.model.facts import Dossier, Records

LATE = 2  # periods after which a source is stale
LONG_GAP, MANY_GAPS = 3, 0.05  # missing days in a row, share of missing days
TOLERANCE = 1  # days that a row may lie ahead of today: somewhere it is tomorrow already


def days_told(dossier: Dossier, as_of: date, today: date | None) -> Iterator[Problem]:
    """Rows of the future, stale files, gaps, and files of another rhythm than theirs is said to be."""
    known = [(records, np.unique(unfolded(records, as_of)[1])) for records in dossier.records]
    if today is not None:
        yield from _future(dossier, today)
    yield from _stale(known, as_of)
    declared = [
        np.arange(event.start.toordinal(), (event.end or event.start).toordinal() + 1)
        for event in dossier.client.events
        if event.kind == "tracking"
    ]
    yield from _rhythm(known, as_of, np.unique(np.concatenate([np.empty(0, np.int64), *declared])))


def _future(dossier: Dossier, today: date) -> Iterator[Problem]:
    """Rows that tell something of days that have not come; a row of zeros or empty cells is only a calendar."""
    for records in dossier.records:
        ahead = np.asarray(records.days, dtype=np.int64) > today.toordinal() + TOLERANCE
        cells = np.stack([np.asarray(column, dtype=np.float64) for column in records.metrics.values()])
        rows = np.flatnonzero(ahead & ((cells != 0) & ~np.isnan(cells)).any(axis=0))
        if rows.size:
            first = int(rows[0])
            message = say(
                "quality.future", day=date.fromordinal(records.days[first]), count=int(rows.size), today=today
            )
            yield notice((records.path, records.lines[first]), message, Severity.ERROR, "future")


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
            message = say("quality.stale", last=ended, count=(as_of - ended).days, as_of=as_of)
            yield notice(records.path, message, hint="stale")


def _tells(records: Records) -> Iterator[tuple[str, str]]:
    return ((metric, channel) for metric in records.metrics for channel in records.channel_names)


def _rhythm(known: Sequence[tuple[Records, Indexes]], as_of: date, declared: Indexes) -> Iterator[Problem]:
    """Sources with missing days, and those that are not daily; days that are declared broken can only be noted."""
    for records, days in known:
        span = settled(records, as_of)
        if not len(days) or span is None:
            continue
        if (step := _step(days)) > 1:
            yield notice(records.path, say("quality.not_daily", count=step), hint="grain")
            continue
        expected = np.arange(span.start.toordinal(), span.end.toordinal() + 1)
        missing = expected[~np.isin(expected, days)]
        if records.gaps_are_zero or not missing.size:
            continue
        longest = max(runs(missing), key=len)
        if len(longest) >= LONG_GAP or missing.size > MANY_GAPS * expected.size:
            gap = Period(date.fromordinal(int(longest[0])), date.fromordinal(int(longest[-1])))
            numbers = {"count": int(missing.size), "days": int(expected.size)}
            message = say("quality.gaps", longest=gap, **numbers)
            known_of = bool(np.isin(missing, declared).all())
            yield notice(records.path, message, *((Severity.INFO,) if known_of else (Severity.WARNING, "gaps")))
