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


def silences(strand: Strand, spend: Strand | None) -> list[Indexes]:
    """The improbable runs of zeros; none while nothing is spent, since a channel that is paused is silent."""
    silent = strand.values == 0
    if spend is not None:
        silent &= spend.values != 0
    zeros = np.flatnonzero(silent)
    if not zeros.size:
        return []
    usual = _usual(strand.values)
    return [run for run in runs(zeros) if _chance(run, strand, usual) < UNLIKELY]


def probability(expected: float) -> float:
    """That independent events, of which so many are usual in the time of a run of zeros, leave it empty."""
    return exp(-expected)


def _chance(run: Indexes, strand: Strand, usual: Array) -> float:
    """How probable such a run is, days being as scattered around the usual as they were in the eight weeks before.

    A run longer than a week is measured by the usual of its first one: its own days say nothing of what is usual.
    """
    expected = float(usual[run[0] + np.arange(len(run)) % 7].sum())
    before = strand.values[max(0, run[0] - 7 * WEEKS) : run[0]]
    if probability(expected) >= UNLIKELY or not total(before):  # scatter only makes it more probable
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
