"""A table with a column `competitor` in, one table for each name in it out; converts no cell."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sitegen.check.sources import COMPETITOR
from sitegen.check.tables.cells import Mask
from sitegen.model.tables import Chunk, Column, Plain, Table


@dataclass(frozen=True, slots=True)
class Named:
    """The rows of one name, and the line of the first of them."""

    table: Table
    line: int


def by_competitor(table: Table) -> Mapping[str, Named]:
    """Name → its rows, in the order of their first ones; rows without a name belong to the name ""."""
    lines: dict[str, int] = {}
    for chunk in table.chunks():
        column = chunk.columns[COMPETITOR]
        codes = np.asarray(column.codes)
        for code in dict.fromkeys(codes.tolist()):
            lines.setdefault(_name(column, code), chunk.lines[int(np.argmax(codes == code))])
    return {name: Named(replace(table, chunks=_only(table, name)), line) for name, line in lines.items()}


def _name(column: Column, code: int) -> str:
    return column.cells[code].strip() if code >= 0 else ""


def _only(table: Table, name: str) -> Callable[[], Iterator[Chunk]]:
    def chunks() -> Iterator[Chunk]:
        for chunk in table.chunks():
            column = chunk.columns[COMPETITOR]
            wanted = [code for code in range(-1, len(column.cells)) if _name(column, code) == name]
            yield _taken(chunk, np.isin(np.asarray(column.codes), wanted))

    return chunks


def _taken(chunk: Chunk, kept: Mask) -> Chunk:
    """Those rows alone, each with its line in the file."""
    return Chunk(
        _rows(chunk.lines, kept),
        {header: _column(column, kept) for header, column in chunk.columns.items()},
        {
            header: Plain(_rows(plain.values, kept), plain.mark, _column(plain.patterns, kept))
            for header, plain in chunk.plain.items()
        },
    )


def _column(column: Column, kept: Mask) -> Column:
    return Column(_rows(column.codes, kept), column.cells)


def _rows(column: array[Any], kept: Mask) -> array[Any]:
    values: npt.NDArray[Any] = np.asarray(column)
    return array(column.typecode, values[kept].tolist())
