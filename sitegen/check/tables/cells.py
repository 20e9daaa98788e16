"""One column of one chunk in, its distinct cells out, each with its number of rows and its first line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from sitegen.model.facts import Chunk

Ints: TypeAlias = npt.NDArray[np.integer[Any]]
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cells:
    """`counts` and `lines` (of the first row) are by distinct cell; `codes`, -1 for an empty one, and `at` by row."""

    text: tuple[str, ...]
    counts: Ints
    lines: Ints
    codes: Ints
    at: Ints

    def rows(self, codes: Ints) -> int:
        """How many rows hold one of these cells."""
        return int(self.counts[codes].sum())

    def first(self, codes: Ints) -> tuple[int, str] | None:
        """Line and text of the one of these cells that stands first in the file."""
        held = codes[self.counts[codes] > 0]
        if not len(held):
            return None
        code = int(held[np.argmin(self.lines[held])])
        return int(self.lines[code]), self.text[code]

    def seen(self) -> Iterator[tuple[str, int]]:
        """The cells that a row holds, each with its first line."""
        for code in np.flatnonzero(self.counts).tolist():
            yield self.text[code], int(self.lines[code])

    def only(self, rows: Mask) -> Cells:
        """The same column, empty but for these rows."""
        return _counted(self.text, np.where(rows, self.codes, -1), self.at)

    def taken(self, by_cell: npt.NDArray[Any], empty: float) -> npt.NDArray[Any]:
        """What each row has, from what each distinct cell has; `empty` for empty cells."""
        return np.append(by_cell, np.asarray(empty, by_cell.dtype))[self.codes]


def cells(chunk: Chunk, header: str) -> Cells:
    """The column called `header`."""
    column = chunk.columns[header]
    return _counted(column.cells, np.asarray(column.codes), np.asarray(chunk.lines))


def patterns(chunk: Chunk, header: str) -> Cells:
    """The column with one cell for all that differ in their digits only: enough to tell how its numbers are written."""
    plain = chunk.plain.get(header)
    if plain is None:
        return cells(chunk, header)
    return _counted(plain.patterns.cells, np.asarray(plain.patterns.codes), np.asarray(chunk.lines))


def _counted(text: tuple[str, ...], codes: Ints, lines: Ints) -> Cells:
    filled = codes >= 0
    first = np.zeros(len(text), np.int64)
    first[codes[filled][::-1]] = lines[filled][::-1]  # the last one written is the first one in the file
    return Cells(text, np.bincount(codes[filled], minlength=len(text)), first, codes, lines)


def lined(text: Sequence[str]) -> str:
    """The cells as one text, each with a line end; a cell that has one itself becomes what no number or day is."""
    joined = "\n".join((*text, ""))
    return joined if joined.count("\n") == len(text) else "\n".join((*(cell.replace("\n", "?") for cell in text), ""))
