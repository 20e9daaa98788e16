"""Sums over numpy arrays in which NaN is missing, never zero; knows neither metrics nor dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Indexes: TypeAlias = npt.NDArray[np.int64]


def summed(slots: Indexes, cells: Array, size: int) -> Array:
    """The sum of the present cells of each slot 0..size-1; NaN for a slot that has none.

    Cells are added in order of size, so that the order of a file's rows changes no bit of the result.
    """
    totals = np.full(size, np.nan)
    present = ~np.isnan(cells)
    slots, cells = slots[present], cells[present]
    order = np.lexsort((cells, slots))
    filled, starts = np.unique(slots[order], return_index=True)
    if filled.size:
        totals[filled] = np.add.reduceat(cells[order], starts)
    return totals


def present(values: Array) -> int:
    """How many of the values are not missing."""
    return int(np.count_nonzero(~np.isnan(values)))


def medians(rows: Array) -> Array:
    """The median of what is present in each row; NaN where nothing is."""
    ordered = np.sort(rows, axis=1)  # what is missing comes last
    known = np.maximum(1, rows.shape[1] - np.isnan(ordered).sum(axis=1))
    each = np.arange(len(ordered))
    middle: Array = (ordered[each, (known - 1) // 2] + ordered[each, known // 2]) / 2
    return middle


def filled(values: Array) -> Array:
    """The values, 0 for what is missing: to be added, not shown."""
    return np.where(np.isnan(values), 0.0, values)


def total(values: Array) -> float:
    """The sum of what is present; 0 where nothing is."""
    return float(filled(values).sum())


def together(rows: Sequence[Array]) -> Array:
    """Element by element, the sum of what is present; NaN where nothing is."""
    if len(rows) == 1:
        return rows[0]
    stack = np.stack(rows)
    return np.where(np.isnan(stack).all(axis=0), np.nan, np.nansum(stack, axis=0))
