"""Values in, how far each lies from the middle of all out, in a spread that the far ones do not widen (METHODS §8)."""

from __future__ import annotations

import numpy as np

from sitegen.measure.arrays import Array

MAD_TO_SD, IQR_TO_SD = 1.4826, 0.7413  # of a normal distribution
FAR = 5.0  # a value farther out is told


def robust_scores(values: Array) -> Array | None:
    """(x - median) / (1.4826 × median absolute deviation), shape (n,): the one far value that a standard deviation
    hides in itself stands out. By the interquartile range where more than half are alike; None where all but a quarter
    are, or where there is none."""
    if not len(values):
        return None
    away = values - np.median(values)
    spread = MAD_TO_SD * float(np.median(np.abs(away)))
    if spread == 0:
        low, high = np.quantile(values, [0.25, 0.75])
        spread = IQR_TO_SD * float(high - low)
    if spread == 0:
        return None
    scores: Array = away / spread
    return scores
