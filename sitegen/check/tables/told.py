"""Cells or rows that share a fault in, at most twenty problems and a count out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import numpy as np

from sitegen.check.sources import Declaration
from sitegen.check.tables.cells import Cells, Mask
from sitegen.errors import Problem, Severity
from sitegen.messages import Message, say
from sitegen.model.facts import Chunk

TOLD = 20  # of one fault in one column; the others are counted

Sentence: TypeAlias = tuple[Message, Message | None]


class Tally:
    """The cells of one column that share a fault, in the order of the file."""

    def __init__(self) -> None:
        self.lines: list[int] = []
        self.cells: list[str] = []
        self.count = 0

    def add(self, chunk: Chunk, column: Cells, rows: Mask) -> None:
        found = np.flatnonzero(rows)
        self.count += len(found)
        for row in found[: TOLD + 1 - len(self.lines)].tolist():
            code = int(column.codes[row])
            self.lines.append(chunk.lines[row])
            self.cells.append(column.text[code] if code >= 0 else "")


def told(
    declaration: Declaration,
    header: str | None,
    lines: Sequence[int],
    sentence: Callable[[int], Sentence],
    severity: Severity = Severity.ERROR,
    count: int | None = None,
) -> Iterator[Problem]:
    """One problem for each of the first lines, then one that counts the others."""
    path, total = declaration.table.path, len(lines) if count is None else count
    column = declaration.column(header) if header is not None else 1
    for at, line in enumerate(lines[:TOLD]):
        yield Problem(path, line, column, *sentence(at), severity)
    if total > TOLD:
        yield Problem(path, lines[TOLD], column, say("problems.and_more", count=total - TOLD), None, severity)
