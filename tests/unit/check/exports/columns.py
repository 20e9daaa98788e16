"""Columns as a chunk has them."""

from collections.abc import Sequence

import numpy as np

from sitegen.check.tables.cells import Cells


def column(texts: Sequence[str], first: int = 2) -> Cells:
    """A column with these cells, one a row, from this line on."""
    distinct = tuple(dict.fromkeys(texts))
    codes = np.array([distinct.index(text) for text in texts], np.int64)
    at = np.arange(first, first + len(texts))
    lines = np.array([first + list(texts).index(text) for text in distinct], np.int64)
    return Cells(distinct, np.bincount(codes, minlength=len(distinct)), lines, codes, at)
