"""What several files tell of one metric in one channel in, one value a day and the decisions out; adds nothing of two.

Of each day one file is kept (METHODS §8): one that tells the whole before one that breaks it down or holds a part of
it, the finest grain before coarser ones, the latest export before earlier ones. A coarser row of which finer ones tell
some days gives the others what is left of it, so that its total stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from sitegen.measure.arrays import Array, Indexes, total
from sitegen.measure.periods import LENGTHS, longest
from sitegen.messages import Period
from sitegen.model.computed import Decision, Grain, Restated, Why

Mask: TypeAlias = npt.NDArray[np.bool_]

RANKS = {"whole": 0, "breakdown": 1, "part": 2}
RESTATED = 0.02  # a wider difference is told
LISTED = 12  # restated periods of one decision; the others are counted
ROUNDING = 1e-9  # relative: sums of the same cells in another order


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One file's `values` of a metric in a channel. `starts[day]` is the ordinal of the first day of the row that
    tells it, None where each day stands for itself; `zeros` are the days that it leaves out because nothing was there.
    `recency` is the day of its export, else the last day that it covers: it cannot be older than that."""

    path: str
    values: Array
    grain: Grain
    rows: Literal["whole", "part", "breakdown"]
    recency: date
    exported: bool
    starts: Indexes | None = None
    zeros: Mask | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """One metric in one channel: `values[i]` is for the i-th day of the calendar; `sources` are the paths of the files
    that tell them, `family` those of all files of the same export (a file of each month), `grain` the longest that a
    row of them is about. On the days of `partial` the value is at least this."""

    values: Array
    sources: frozenset[str]
    grain: Grain = "day"
    family: frozenset[str] = frozenset()
    partial: Mask | None = None


def merged(
    metric: str, channel: str, told: Iterable[Told], start: int, *, signed: bool = False
) -> tuple[Strand, tuple[Decision, ...]]:
    """One value a day, and what was left out for which file; whatever the order of `told`."""
    ordered = sorted(told, key=_preference)
    if len(ordered) == 1 and ordered[0].zeros is None:
        one = ordered[0]
        return Strand(one.values, frozenset({one.path}), one.grain, frozenset({one.path}), _partial(one)), ()
    values = np.full(len(ordered[0].values), np.nan)
    owners = np.full(len(values), -1, dtype=np.int64)
    decisions: list[Decision] = []
    for _, group in groupby(enumerate(ordered), key=lambda each: (RANKS[each[1].rows], each[1].grain)):
        alike = list(group)
        for index, each in alike:
            decisions += _decisions(metric, channel, each, ordered, values, owners, start)
            _taken(each, index, ordered, values, owners, signed=signed)
        for index, each in alike:  # a day left out is weaker than a row of an equal file
            if each.zeros is not None:
                empty = each.zeros & np.isnan(values)
                values[empty], owners[empty] = 0.0, index
    kept = [ordered[index] for index in np.unique(owners[owners >= 0])]
    paths = frozenset(each.path for each in kept)
    parts = [index for index, each in enumerate(ordered) if each.rows == "part"]
    partial = np.isin(owners, parts)
    grain = longest(*(each.grain for each in kept))
    return Strand(values, paths, grain, paths, partial if partial.any() else None), tuple(decisions)


def _preference(told: Told) -> tuple[int, int, int, float, str]:
    """The best first. Of rows that may be incomplete, the file that has more is nearer to the whole."""
    incomplete = 0.0 if told.rows == "whole" else -total(told.values)
    return RANKS[told.rows], LENGTHS[told.grain], -told.recency.toordinal(), incomplete, told.path


def _partial(told: Told) -> Mask | None:
    return ~np.isnan(told.values) if told.rows == "part" else None


def _taken(told: Told, index: int, ordered: Sequence[Told], values: Array, owners: Indexes, *, signed: bool) -> None:
    """Write what `told` alone tells, in place."""
    new = np.isnan(values) & ~np.isnan(told.values)
    if not new.any():
        return
    fresh = told.values.copy()
    if told.starts is not None:
        lengths = np.asarray([LENGTHS[each.grain] for each in ordered], dtype=np.int64)
        finer = (owners >= 0) & (lengths[owners] < LENGTHS[told.grain])
        for days in _rows(told.starts, new):
            known, rest = days[finer[days]], days[new[days]]
            if known.size and len(known) + len(rest) == len(days):
                left = total(told.values[days]) - total(values[known])
                fresh[rest] = (left if signed else max(0.0, left)) / len(rest)
    values[new], owners[new] = fresh[new], index


def _rows(starts: Indexes, chosen: Mask) -> Iterator[Indexes]:
    """The days of each row that has a chosen one."""
    for first in np.unique(starts[chosen]).tolist():
        if first >= 0:
            yield np.flatnonzero(starts == first)


# ---------------------------------------------------------------- decisions


def _decisions(
    metric: str, channel: str, left: Told, ordered: Sequence[Told], values: Array, owners: Indexes, start: int
) -> Iterator[Decision]:
    """What `left` tells of days that better files have told, by the file that is kept."""
    again = ~np.isnan(left.values) & (owners >= 0)
    for index in np.unique(owners[again]).tolist():
        kept, days = ordered[index], again & (owners == index)
        pairs = tuple(_compared(left, kept, days, values, start))
        apart = [pair for pair in pairs if _differs(pair, RESTATED)]
        widest = sorted(apart, key=lambda pair: (-abs(pair.kept - pair.left), pair.period))[:LISTED]
        yield Decision(
            metric,
            channel,
            kept.path,
            left.path,
            int(days.sum()),
            _why(left, kept, same=not any(_differs(pair, ROUNDING) for pair in pairs)),
            float(sum(pair.left for pair in pairs)),
            float(sum(pair.kept for pair in pairs)),
            len(apart),
            tuple(sorted(widest, key=lambda pair: pair.period)),
        )


def _compared(left: Told, kept: Told, days: Mask, values: Array, start: int) -> Iterator[Restated]:
    """The two values of each day, or of each row of the coarser file whose days are all told by both."""
    starts = left.starts if left.starts is not None else kept.starts
    if starts is None:
        rows: Iterable[Indexes] = (np.asarray([day]) for day in np.flatnonzero(days))
    else:
        rows = (row for row in _rows(starts, days) if days[row].all())
    for row in rows:
        period = Period(date.fromordinal(start + int(row[0])), date.fromordinal(start + int(row[-1])))
        yield Restated(period, total(left.values[row]), total(values[row]))


def _differs(pair: Restated, tolerance: float) -> bool:
    return abs(pair.kept - pair.left) > tolerance * max(abs(pair.left), abs(pair.kept) if not pair.left else 0.0)


def _why(left: Told, kept: Told, *, same: bool) -> Why:
    if left.rows != kept.rows:
        return Why.WHOLE if kept.rows == "whole" else Why.PART
    if left.grain != kept.grain:
        return Why.FINER
    if same:
        return Why.SAME
    if left.recency != kept.recency:
        return Why.EXPORTED if left.exported and kept.exported else Why.ENDS_LATER
    return {"whole": Why.UNDECIDED, "breakdown": Why.BREAKDOWN, "part": Why.PART}[kept.rows]


# ---------------------------------------------------------------- families


def families(groups: Iterable[Sequence[str]]) -> dict[str, frozenset[str]]:
    """For each path, all paths that are linked to it by groups."""
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        union = frozenset(group).union(*(found.get(path, frozenset()) for path in group))
        found.update(dict.fromkeys(union, union))
    return found
