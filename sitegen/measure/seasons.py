"""A regular series in, how far each period of its cycle lies from its course out; knows no calendar (METHODS §3.1)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sitegen.measure.arrays import Array

CYCLES_FOR_A_TREND = 3  # from here on the course is a moving average over a cycle, before it is a straight line
WEAKEST = 0.25  # a season that explains less than this is none


class Season(NamedTuple):
    """`indices[t % len]` is what the period t has beside its course; `strength` 0..1 is how far they were shrunk."""

    indices: Array
    strength: float

    def over(self, first: int, count: int) -> Array:
        """The indices of `count` periods from the `first`-th on."""
        places: Array = self.indices[np.arange(first, first + count) % len(self.indices)]
        return places


def season(values: Array, cycle: int) -> Season:
    """The additive season of `values`, shape (n,), over a cycle of `cycle` periods; none before two whole cycles.

    The means of each place in the cycle are shrunk by 1 - 1/F, F being the variance between places over that within
    them (empirical Bayes): what could be noise is taken for noise.
    """
    count = len(values) // cycle if cycle > 1 else 0
    if count < 2:
        return Season(np.zeros(max(cycle, 1)), 0.0)
    lead = len(values) - count * cycle
    rows = (values - _course(values, cycle))[lead:].reshape(count, cycle)
    rows = rows - rows.mean(axis=1, keepdims=True)
    means = rows.mean(axis=0)
    between = count * means.var(ddof=1)
    within = ((rows - means) ** 2).sum() / ((count - 1) * (cycle - 1))
    strength = max(0.0, 1 - within / between) if between > 0 else 0.0
    if strength < WEAKEST:
        return Season(np.zeros(cycle), 0.0)
    return Season(np.roll(means * strength, lead), float(strength))


def _course(values: Array, cycle: int) -> Array:
    """What the season stands out from: a centred mean over one cycle, carried on at both ends by the mean slope; of two
    cycles only that slope, which no season bends since it compares the same places."""
    n = len(values)
    slope = np.mean(values[cycle:] - values[:-cycle]) / cycle
    if n // cycle < CYCLES_FOR_A_TREND:
        line: Array = slope * np.arange(n)
        return line
    window = np.ones(cycle) if cycle % 2 else np.r_[0.5, np.ones(cycle - 1), 0.5]
    smooth = np.convolve(values, window / cycle, "valid")
    half = len(window) // 2
    before = smooth[0] - slope * np.arange(half, 0, -1)
    after = smooth[-1] + slope * np.arange(1, half + 1)
    smoothed: Array = np.r_[before, smooth, after]
    return smoothed
