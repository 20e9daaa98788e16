"""Cells in, groups of those that differ in their digits only out, and the digits of a group as numbers; knows no units.

Cells of one shape are written alike: what one of them is made of, all are. So a column of a hundred thousand different
amounts is taken apart a few hundred times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from sitegen.check.tables.cells import Ints

EXACT = 15  # digits that a float holds exactly

_POWERS = 10 ** np.arange(EXACT + 1, dtype=np.int64)
_ALIKE = tuple("23456789")  # the digits that stand for 1; a 0 is another thing where a number begins with it
_ZERO, _NINE = ord("0"), ord("9")


def shapes(texts: Sequence[str]) -> Iterator[Ints]:
    """The places of the cells of each shape, in the order of their first ones."""
    together = "\n".join(texts)
    for digit in _ALIKE:
        together = together.replace(digit, "1")
    written = together.split("\n")
    if len(written) != len(texts):  # a cell with a line end in it
        written = list(texts)
    if not written:
        return
    numbers = {shape: number for number, shape in enumerate(dict.fromkeys(written))}
    codes = np.fromiter(map(numbers.__getitem__, written), np.int64, len(written))
    order = np.argsort(codes, kind="stable")
    yield from np.split(order, np.cumsum(np.bincount(codes))[:-1])


def digits(cells: Sequence[str], count: int) -> npt.NDArray[np.int64]:
    """The first `count` digits of each cell of one shape as a whole number; `count` is at most `EXACT`."""
    width = len(cells[0])
    characters = np.array(cells, f"<U{width}").view(np.uint32).reshape(len(cells), width).astype(np.int64)
    first = characters[0]
    places = np.flatnonzero((first >= _ZERO) & (first <= _NINE))[:count]
    found: npt.NDArray[np.int64] = (characters[:, places] - _ZERO) @ _POWERS[:count][::-1]
    return found
