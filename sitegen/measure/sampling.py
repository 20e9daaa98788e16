"""Weeks in, the interval in which chance alone lets a figure of theirs lie out (METHODS §4.5). Knows no money.

It is narrow, since it holds every assumption fixed: scenarios are told beside it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sitegen.measure.arrays import Array

FEWEST_WEEKS, BLOCK = 8, 3
DRAWS, SEED = 5000, 0
SHARE = 0.90


def block_interval(columns: Array, figure: Callable[[Array], Array], block: int = BLOCK) -> tuple[float, float] | None:
    """The 90 % interval of `figure`, by drawing blocks of consecutive weeks, all columns together.

    `columns` has shape (k, weeks); `figure` makes of their sums, shape (k, draws), one value a draw. Consecutive weeks
    stay together since one is like the next; the last is followed by the first, so that all are drawn alike. None for
    fewer than eight weeks or a value that is not finite.
    """
    weeks = columns.shape[1]
    if weeks < FEWEST_WEEKS or not np.isfinite(columns).all():
        return None
    random = np.random.default_rng(SEED)
    blocks = -(-weeks // block)
    starts = random.integers(0, weeks, (DRAWS, blocks))
    places = (starts[:, :, None] + np.arange(block)).reshape(DRAWS, -1)[:, :weeks] % weeks
    with np.errstate(all="ignore"):
        drawn = figure(columns[:, places].sum(axis=2))
    if not np.isfinite(drawn).all():
        return None
    low, high = np.quantile(drawn, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return float(low), float(high)
