"""A delimited text file in, a `Table` of codes with line numbers out; does not know what any column means.

Where records and cells begin is found on the bytes with numpy: a quote opens a cell only at the cell's start, and is
doubled to stand for itself. `columns` makes codes and numbers of the cells of a column when they are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np

from sitegen.errors import Problem, Severity
from sitegen.messages import say
from sitegen.model.tables import Chunk, Column, Table
from sitegen.read import columns
from sitegen.read.encodings import TableError, TextFile, text_file
from sitegen.read.records import COLUMNS, LINE_BYTES, Ending, Records, cut_short, records_of, split, too_wide

Made = TypeVar("Made")

_DELIMITERS = "\t;,"  # when two fit equally well, the one that is rarer inside cells
_DELIMITER = re.compile(r"[\t!#-/:-@\[-`{-~]")
TOLD = re.compile(rb'"?sep=([\t!#-/:-@\[-`{-~])"?\n', re.IGNORECASE)  # what Excel and Meta write on a first line
_HEAD_ROWS, _HEAD_BYTES = 50, (1 << 14, 1 << 17, LINE_BYTES)


def table(
    root: Path,
    path: str,
    address: str,
    *,
    skip: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> tuple[Table | None, tuple[Problem, ...]]:
    """The table in the file at `root / path`, called `address` in problems, and all that is wrong with its form.

    `skip` counts the lines before the header, as an editor numbers them; empty ones and a first line `sep=,` need not
    be counted. `encoding` and `delimiter` are found from the content when they are not declared. The table is None
    when its rows cannot be told apart; a row with too many cells, a header named twice or without a row is a problem
    beside the table.
    """
    try:
        source = text_file(root / path, address, encoding)
        layout = _layout(source, skip or 0, delimiter)
        body = again(partial(_body, source, layout), source)
        problems = (*source.problems, *_header_problems(layout, address), *_row_problems(body(), layout, source))
    except TableError as refused:
        return None, (refused.problem,)
    read = Table(
        path=address,
        digest=source.digest,
        encoding=source.encoding,
        delimiter=layout.delimiter,
        header=layout.header,
        header_line=layout.header_line,
        chunks=again(partial(_chunks, body, layout), source),
    )
    return read, problems


# ---------------------------------------------------------------- header


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the text is laid out; `body` is the byte, `body_line` the line, where the rows begin."""

    delimiter: str
    header: tuple[str, ...]
    header_line: int
    repeated: tuple[str, ...]
    body: int
    body_line: int


def _layout(source: TextFile, skip: int, declared: str | None) -> _Layout:
    if declared is not None and not _DELIMITER.fullmatch(declared):
        message = say("read.bad_delimiter", delimiter=declared)
        raise TableError(source.address, 0, message, say("read.bad_delimiter_hint"))
    head = next(source.blocks())
    if not head.strip():
        raise TableError(source.address, 0, say("read.empty_table"), say("read.empty_table_hint"))
    told = TOLD.match(head)
    skip = max(skip, 1 if told else 0)
    start = _after(head, skip)
    sample = head[start : start + LINE_BYTES]
    delimiter = declared or (told[1].decode() if told else _delimiter(sample))
    records = _head(sample, delimiter, 1)
    if not records.widths.any():
        raise _no_header(source.address, skip + 1, sample[records.bounds[-1] :])
    at = int(np.argmax(records.widths > 0))
    begin, end, width = int(records.bounds[at]), int(records.bounds[at + 1]), int(records.widths[at])
    header_line = skip + 1 + int(records.lines[at])
    if width > COLUMNS:
        raise too_wide(source.address, header_line, width)
    names = _names(sample[begin:end], width, delimiter)
    return _Layout(
        delimiter=delimiter,
        header=distinct(names),
        header_line=header_line,
        repeated=tuple(dict.fromkeys(name for name in names if name and names.count(name) > 1)),
        body=start + end,
        body_line=skip + 1 + int(records.lines[at + 1]),
    )


def _head(sample: bytes, delimiter: str, rows: int) -> Records:
    """The records that `sample` begins with, no more than it takes to have so many rows, where it has them."""
    for size in _HEAD_BYTES:
        records = split(sample[:size], delimiter)
        if size >= len(sample) or np.count_nonzero(records.widths) >= rows:
            break
    return records


def _names(record: bytes, width: int, delimiter: str) -> list[str]:
    """The cells of the header, without the blanks around them."""
    if b'"' not in record:
        return [name.strip() for name in record.decode().split(delimiter)[:width]]
    return [column.cells[0].strip() if column.cells else "" for column in _columns(record, width, delimiter)]


def _after(text: bytes, lines: int) -> int:
    """The offset behind so many lines, or the end."""
    parts = text.split(b"\n", lines)
    return len(text) - len(parts[-1]) if len(parts) > lines else len(text)


def _no_header(address: str, line: int, unended: bytes) -> TableError:
    """Why there is none: the file ends before it, or it does not end itself."""
    if not unended:
        return TableError(address, line, say("read.no_header"), say("read.no_header_hint"))
    if len(unended) >= LINE_BYTES:
        return TableError(address, line, say("read.line_too_long"), say("read.line_too_long_hint"))
    return TableError(address, line, say("read.open_quote"), say("read.open_quote_hint"))


def _delimiter(sample: bytes) -> str:
    """The delimiter that parts the header and most of the first rows into as many cells, else most rows alike."""

    def fit(delimiter: str) -> tuple[bool, float, int]:
        widths = _head(sample, delimiter, _HEAD_ROWS).widths
        rows = widths[widths > 0][:_HEAD_ROWS]
        if not len(rows):
            return False, 0.0, 0
        width = int(rows[0]) if rows[0] > 1 else int(np.argmax(np.bincount(rows)))
        return bool(rows[0] > 1), float(np.mean(rows == width)) if width > 1 else 0.0, width

    fits = {delimiter: fit(delimiter) for delimiter in _DELIMITERS}
    best = max(fits, key=lambda delimiter: fits[delimiter])
    return best if fits[best][1] else ","


def distinct(names: list[str]) -> tuple[str, ...]:
    """The names, each later one of its kind with its number: `Cost`, `Cost (2)`."""
    distinct: dict[str, None] = {}
    for name in names:
        candidate, number = name, 1
        while candidate in distinct or (number > 1 and candidate in names):
            number += 1
            candidate = f"{name} ({number})"
        distinct[candidate] = None
    return tuple(distinct)


def _header_problems(layout: _Layout, address: str) -> Iterator[Problem]:
    for name in layout.repeated:
        message, hint = say("read.repeated_column", name=name), say("read.repeated_column_hint", name=name)
        yield Problem(address, layout.header_line, 1, message, hint, Severity.WARNING)


# ---------------------------------------------------------------- rows


def _body(source: TextFile, layout: _Layout) -> Iterator[Records]:
    blocks = source.blocks()
    first = next(blocks)[layout.body :]
    blocks = chain([first], blocks)
    return records_of(source.address, blocks, layout.delimiter, layout.body_line, ended=source.ended)


def again(made: Callable[[], Iterator[Made]], source: TextFile) -> Callable[[], Iterator[Made]]:
    """The same as often as it is asked for; what comes of a short file is made once, and stays."""
    if not source.short:
        return made
    held = cache(lambda: tuple(made()))
    return lambda: iter(held())


def _row_problems(body: Iterable[Records], layout: _Layout, source: TextFile) -> Iterator[Problem]:
    """Reads the whole file once: what comes through can be read again by `_chunks`."""
    columns = len(layout.header)
    rows = wide = line = cells = 0
    ending = Ending(columns)
    for records in body:
        rows += int(np.count_nonzero(records.widths))
        over = np.flatnonzero(records.widths > columns)
        if len(over) and not wide:
            line, cells = int(records.lines[over[0]]), int(records.widths[over[0]])
        wide += len(over)
        ending.add(records)
    if wide:
        message = say("read.wide_row", cells=cells, columns=columns, count=wide)
        yield Problem(source.address, line, 1, message, say("read.wide_row_hint"))
    if not rows:
        message, hint = say("read.no_rows"), say("read.no_rows_hint")
        yield Problem(source.address, layout.header_line, 1, message, hint)
    if not source.ended and ending.broken:
        yield cut_short(source.address, ending.line).problem


def _chunks(body: Callable[[], Iterator[Records]], layout: _Layout) -> Iterator[Chunk]:
    for records in body():
        yield from records.chunks(layout.header, range(len(layout.header)))


def _columns(text: bytes, width: int, delimiter: str) -> list[Column]:
    """The first `width` cells of each record of `text`, column by column."""
    records = split(text, delimiter)
    rows = np.arange(len(records.widths))
    return [columns.column(records.spans(rows, place)) for place in range(width)]
