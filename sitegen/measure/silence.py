"""Daily values in, the runs of zeros that are hardly ever chance out (METHODS §8, tracking loss); repairs nothing."""

from __future__ import annotations

from math import exp

import numpy as np

from sitegen.measure.arrays import Array, Indexes, present, total
from sitegen.measure.merging import Strand
from sitegen.measure.periods import LENGTHS

UNLIKELY = 1e-4  # a run of zeros that is less probable is taken for a broken counter
WEEKS, FEWEST = 8, 4  # weeks that tell what is usual on a weekday, and how many of them must be known


def runs(days: Indexes) -> list[Indexes]:
    """Consecutive days, together."""
    return np.split(days, np.flatnonzero(np.diff(days) > 1) + 1)


def _bounds(days: Indexes) -> tuple[Indexes, Indexes]:
    """The first day of each run of consecutive days, and how many it has."""
    breaks = np.flatnonzero(np.diff(days) > 1) + 1
    places = np.concatenate([[0], breaks])
    return days[places], np.diff(np.concatenate([places, [len(days)]]))


def silences(strand: Strand, spend: Strand | None) -> list[Indexes]:
    """The improbable runs of zeros; none while nothing is spent, since a channel that is paused is silent."""
    silent = strand.values == 0
    if spend is not None:
        silent &= spend.values != 0
    zeros = np.flatnonzero(silent)
    if not zeros.size:
        return []
    firsts, lengths = _bounds(zeros)
    expected = _expected(firsts, lengths, _usual(strand.values))
    unlikely = np.flatnonzero(np.exp(-expected) < UNLIKELY)  # scatter only makes a run more probable
    return [
        np.arange(firsts[run], firsts[run] + lengths[run])
        for run in unlikely.tolist()
        if _chance(int(firsts[run]), float(expected[run]), strand) < UNLIKELY
    ]


def probability(expected: float) -> float:
    """That independent events, of which so many are usual in the time of a run of zeros, leave it empty."""
    return exp(-expected)


def _expected(firsts: Indexes, lengths: Indexes, usual: Array) -> Array:
    """How many events are usual in the time of each run.

    A run longer than a week is measured by the usual of its first one: its own days say nothing of what is usual.
    """
    sums = np.concatenate([[0.0], np.cumsum(usual)])
    weeks, rest = lengths // 7, lengths % 7
    week = np.where(weeks > 0, sums[np.minimum(firsts + 7, len(usual))] - sums[firsts], 0.0)
    expected: Array = weeks * week + sums[firsts + rest] - sums[firsts]
    return expected


def _chance(first: int, expected: float, strand: Strand) -> float:
    """How probable a run from the day `first` on is, days being as scattered around the usual as they were in the eight
    weeks before."""
    before = strand.values[max(0, first - 7 * WEEKS) : first]
    if not total(before):
        return 1.0
    mean = total(before) / present(before)
    variance = total((before - mean) ** 2) / present(before)
    # 1 for counts of independent events; spread over its days, a row shows that many times less than it has.
    scatter = max(1.0, LENGTHS[strand.grain] * variance / mean)
    return probability(expected / scatter)


def _usual(values: Array) -> Array:
    """For each day the median of the same weekday in the eight weeks before; 0 where fewer than four are known."""
    padded = np.concatenate([np.full(7 * WEEKS, np.nan), values])
    weeks = np.sort(np.stack([padded[7 * i : 7 * i + len(values)] for i in range(WEEKS)]), axis=0)
    known = (~np.isnan(weeks)).sum(axis=0)
    low, high = np.maximum(known - 1, 0) // 2, np.minimum(known // 2, WEEKS - 1)
    median = (np.take_along_axis(weeks, low[None], 0) + np.take_along_axis(weeks, high[None], 0))[0] / 2
    return np.where(known >= FEWEST, median, 0.0)
