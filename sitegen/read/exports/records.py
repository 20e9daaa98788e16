"""A text file in, its records in blocks, and the rows of one table of it as chunks out; knows no platform."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TypeAlias

import numpy as np

from sitegen.errors import Problem
from sitegen.model.exports import Layout
from sitegen.model.tables import Chunk, Column, Table
from sitegen.read.encodings import TextFile
from sitegen.read.exports.layout import cells_of_record
from sitegen.read.records import Ending, Records, records_of, split
from sitegen.read.records import cut_short as broken_off
from sitegen.read.tables import TOLD, again, distinct

Body: TypeAlias = Callable[[], Iterator[Records]]

_SAMPLE_BYTES = 1 << 17


def beginning(source: TextFile) -> tuple[int, int, str | None]:
    """Offset and line where the rows begin, behind a first line that tells the delimiter, and this delimiter."""
    told = TOLD.match(next(source.blocks()))
    return (told.end(), 2, told[1].decode()) if told else (0, 1, None)


def body(source: TextFile, delimiter: str, offset: int, line: int) -> Body:
    """The file's records, as often as they are asked for."""
    return again(partial(_records, source, delimiter, offset, line), source)


def _records(source: TextFile, delimiter: str, offset: int, line: int) -> Iterator[Records]:
    blocks = source.blocks()
    first = next(blocks)[offset:]
    return records_of(source.address, chain([first], blocks), delimiter, line, ended=source.ended)


def sample(source: TextFile, offset: int, delimiter: str, rows: int) -> list[list[str]]:
    """The cells of the first rows, as this delimiter parts them."""
    text = next(source.blocks())[offset : offset + _SAMPLE_BYTES]
    records = split(text, delimiter)
    found: list[list[str]] = []
    for at in np.flatnonzero(records.widths)[:rows].tolist():
        record = records.text[int(records.bounds[at]) : int(records.bounds[at + 1])]
        found.append(cells_of_record(record, delimiter)[: int(records.widths[at])])
    return found


def headers(layout: Layout) -> tuple[str, ...]:
    """What the table calls its columns, each later one of its kind with its number."""
    return distinct([cell.strip() for cell in layout.header.cells])


def table(body: Body, layout: Layout, source: TextFile, delimiter: str, kept: Sequence[int]) -> Table:
    """One table with the columns at the positions `kept`, from 0, alone; no other cell becomes text."""
    names = headers(layout)
    header = tuple(names[at] for at in kept)
    chunks = (
        partial(_transposed, layout, kept, header) if layout.pairs else partial(_chunks, body, layout, kept, header)
    )
    return Table(
        path=source.address,
        digest=source.digest,
        encoding=source.encoding,
        delimiter=delimiter,
        header=header,
        header_line=layout.header.number,
        chunks=again(chunks, source),
    )


def _chunks(body: Body, layout: Layout, kept: Sequence[int], header: Sequence[str]) -> Iterator[Chunk]:
    for records in _inside(body, layout):
        yield from records.chunks(header, kept)


def _inside(body: Body, layout: Layout) -> Iterator[Records]:
    """The records of one table, those of others without width."""
    for records in body():
        lines = records.lines[:-1]
        if not len(lines) or lines[-1] < layout.first:
            continue
        if lines[0] >= layout.last:
            break
        inside = (lines >= layout.first) & (lines < layout.last)
        yield replace(records, widths=np.where(inside, records.widths, 0))


def cut_short(body: Body, layout: Layout, source: TextFile) -> Iterator[Problem]:
    """A last row of a file that ends inside it; `layout` is the file's last table."""
    if source.ended or layout.pairs:
        return
    ending = Ending(len(layout.header.cells))
    for records in _inside(body, layout):
        ending.add(records)
    if ending.broken:
        yield broken_off(source.address, ending.line).problem


def _transposed(layout: Layout, kept: Sequence[int], header: Sequence[str]) -> Iterator[Chunk]:
    """The one row that keys and values make."""
    values = layout.head[0].cells
    columns = [single(values[at]) for at in kept]
    yield Chunk(array("i", [layout.first]), dict(zip(header, columns, strict=True)))


def single(cell: str) -> Column:
    """A column of one cell."""
    return Column(array("i", [0 if cell.strip() else -1]), (cell,) if cell.strip() else ())
