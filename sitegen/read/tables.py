"""A delimited text file in, a `Table` of codes with line numbers out; does not know what any column means.

Where records and cells begin is found on the bytes with numpy: a quote opens a cell only at the cell's start, and is
doubled to stand for itself. `columns` makes codes and numbers of the cells of a column when they are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from sitegen.errors import Problem, Severity
from sitegen.messages import say
from sitegen.model.tables import Chunk, Column, Table
from sitegen.read import columns
from sitegen.read.columns import Ints
from sitegen.read.encodings import TableError, TextFile, text_file

CHUNK_ROWS = 50_000
LINE_BYTES = 1 << 20
COLUMNS = 2_000

Made = TypeVar("Made")

_LF, _QUOTE, _BLANKS = 0x0A, 0x22, b" \t\n"
_DELIMITERS = "\t;,"  # when two fit equally well, the one that is rarer inside cells
_DELIMITER = re.compile(r"[\t!#-/:-@\[-`{-~]")
_TOLD = re.compile(rb'"?sep=([\t!#-/:-@\[-`{-~])"?\n', re.IGNORECASE)  # what Excel and Meta write on a first line
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
        body = _again(partial(_body, source, layout), source)
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
        chunks=_again(partial(_chunks, body, layout), source),
    )
    return read, problems


# ---------------------------------------------------------------- text → records


@dataclass(frozen=True, slots=True)
class _Records:
    """Whole records: the i-th is `text[bounds[i]:bounds[i + 1]]` with its line end, and begins `lines[i]` lines below.

    `widths[i]` counts its cells up to the last one that is not blank: 0 for an empty line or one of delimiters only.
    `marks[firsts[i]:firsts[i + 1]]` are the delimiters between its cells; the last mark of all is the text's end.
    """

    text: bytes
    bounds: Ints
    lines: Ints  # one more than records: the last is where the next one begins
    widths: Ints
    data: npt.NDArray[np.uint8]  # the text, padded
    marks: Ints
    firsts: Ints

    def rows(self) -> Iterator[tuple[bytes, Ints]]:
        """The records that are rows, at most `CHUNK_ROWS` at a time: their text, and their lines."""
        for chosen in self._chosen():
            first, last = chosen[0], chosen[-1] + 1
            text = self.text[self.bounds[first] : self.bounds[last]]
            if len(chosen) < last - first:
                sizes = np.diff(self.bounds[first : last + 1])
                kept = np.repeat(self.widths[first:last] > 0, sizes)
                text = np.frombuffer(text, np.uint8)[kept].tobytes()
            yield text, self.lines[chosen]

    def chunks(self, header: Sequence[str], places: Sequence[int]) -> Iterator[Chunk]:
        """The records that are rows, at most `CHUNK_ROWS` at a time: the columns at these places, from 0, as called."""
        names = tuple(header)

        def made(make: Callable[[columns.Spans], Made | None], rows: Ints) -> columns.Lazy[Made]:
            return columns.Lazy(names, lambda at: make(self.spans(rows, places[at])))

        for rows in self._chosen():
            yield Chunk(columns.packed(self.lines[rows]), made(columns.column, rows), made(columns.plain, rows))

    def _chosen(self) -> Iterator[Ints]:
        rows = np.flatnonzero(self.widths)
        for at in range(0, len(rows), CHUNK_ROWS):
            yield rows[at : at + CHUNK_ROWS]

    def spans(self, rows: Ints, place: int) -> columns.Spans:
        """Where the cells of one column stand, from 0; a record that has fewer cells has an empty one."""
        at, behind, ends = self.firsts[rows] + place, self.firsts[rows + 1], self.bounds[rows + 1] - 1
        starts = (
            np.where(at <= behind, self.marks[np.minimum(at, behind) - 1] + 1, ends) if place else self.bounds[rows]
        )
        ends = np.where(at < behind, self.marks[np.minimum(at, behind)], ends)
        return columns.Spans(self.text, self.data, starts, ends)


def _split(text: bytes, delimiter: str) -> _Records:
    """The whole records that `text` begins with; what is behind the last one's end is left out."""
    padded = columns.padded(text)
    data, mark = padded[: len(text)], ord(delimiter)
    newlines, marks = np.flatnonzero(data == _LF), np.flatnonzero(data == mark)
    ends = newlines
    if b'"' in text:
        quoted = _quoted(data, mark)
        ends, marks = newlines[~quoted(newlines)], marks[~quoted(marks)]
    bounds = np.concatenate(([0], ends + 1))
    lines = np.searchsorted(newlines, bounds)
    marks = np.append(marks, len(text))
    firsts = np.searchsorted(marks, bounds)
    return _Records(text, bounds, lines, _widths(text, data, bounds, marks, firsts, delimiter), padded, marks, firsts)


def _widths(text: bytes, data: npt.NDArray[np.uint8], bounds: Ints, marks: Ints, firsts: Ints, delimiter: str) -> Ints:
    """The cells of each record up to the last one that is not blank."""
    blanks = _BLANKS + delimiter.encode()
    widths = np.diff(firsts) + 1
    open_ended = np.flatnonzero(np.isin(data[np.maximum(bounds[1:] - 2, bounds[:-1])], np.frombuffer(blanks, np.uint8)))
    if len(open_ended):
        records = zip(bounds[open_ended].tolist(), bounds[open_ended + 1].tolist(), strict=True)
        inked = np.array([begin + len(text[begin:end].rstrip(blanks)) for begin, end in records])
        cells = np.searchsorted(marks, inked) - firsts[open_ended] + 1
        widths[open_ended] = np.where(inked > bounds[open_ended], cells, 0)
    return widths


def _quoted(data: npt.NDArray[np.uint8], mark: int) -> Callable[[Ints], npt.NDArray[np.bool_]]:
    """A function that tells which positions lie inside a quoted cell; `data` begins with a record.

    Where quotes stand nowhere but around cells and doubled in them, each turns the state. Else runs of quotes tell:
    pairs stand for themselves, so only odd runs matter. At the start of a cell, or behind what looks like one inside a
    quoted cell, such a run turns the state; anywhere else it closes the cell or is a character.
    """
    quotes = np.flatnonzero(data == _QUOTE)
    opening = quotes[::2]
    before = data[opening[opening > 0] - 1]
    if ((before == mark) | (before == _LF) | (before == _QUOTE)).all():  # each opens a cell or is the second of a pair
        return lambda positions: np.searchsorted(quotes, positions) % 2 == 1
    first = np.flatnonzero(np.diff(quotes, prepend=-2) != 1)
    odd = np.diff(first, append=len(quotes)) % 2 == 1
    runs = quotes[first][odd]
    turns = (runs == 0) | np.isin(data[runs - 1], (_LF, mark))
    turned = np.cumsum(turns)
    state = (turned - np.maximum.accumulate(np.where(turns, 0, turned))) % 2 == 1
    inside = np.concatenate(([False], state))
    return lambda positions: inside[np.searchsorted(runs, positions)]


def _records(
    address: str, blocks: Iterable[bytes], delimiter: str, line: int, *, ended: bool = True
) -> Iterator[_Records]:
    """The records of a text that begins at `line`, block by block; refused at one that is too long, too
    wide or never ends.

    `ended`: the file's last line has an end of its own, so that it was not cut short.
    """
    rest = b""
    for block in blocks:
        records = _split(rest + block, delimiter)
        rest = records.text[records.bounds[-1] :]
        sizes = np.append(np.diff(records.bounds), len(rest))
        if (at := int(np.argmax(sizes > LINE_BYTES))) or sizes[0] > LINE_BYTES:
            long = line + int(records.lines[at])
            raise TableError(address, long, say("read.line_too_long"), say("read.line_too_long_hint"))
        if len(wide := np.flatnonzero(records.widths > COLUMNS)):
            raise _too_wide(address, line + int(records.lines[wide[0]]), int(records.widths[wide[0]]))
        if len(records.widths):
            yield replace(records, lines=records.lines + line)
        line += int(records.lines[-1])
    if rest and not ended and line > 1:
        raise cut_short(address, line)
    if rest:
        raise TableError(address, line, say("read.open_quote"), say("read.open_quote_hint"))


def _too_wide(address: str, line: int, cells: int) -> TableError:
    message = say("read.too_many_columns", columns=cells, limit=COLUMNS)
    return TableError(address, line, message, say("read.too_many_columns_hint"))


def cells(record: bytes, delimiter: str) -> list[str]:
    """The cells of one record, at most one more than a table may have columns."""
    text = record.removesuffix(b"\n")
    if b'"' not in text:
        return text.decode().split(delimiter, COLUMNS + 1)[: COLUMNS + 1]
    records = _split(text + b"\n", delimiter)
    places = [-1, *records.marks[: COLUMNS + 1].tolist()]
    return [columns.unquoted(text[begin + 1 : end].decode()) for begin, end in pairwise(places)]


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
    told = _TOLD.match(head)
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
        raise _too_wide(source.address, header_line, width)
    names = _names(sample[begin:end], width, delimiter)
    return _Layout(
        delimiter=delimiter,
        header=_distinct(names),
        header_line=header_line,
        repeated=tuple(dict.fromkeys(name for name in names if name and names.count(name) > 1)),
        body=start + end,
        body_line=skip + 1 + int(records.lines[at + 1]),
    )


def _head(sample: bytes, delimiter: str, rows: int) -> _Records:
    """The records that `sample` begins with, no more than it takes to have so many rows, where it has them."""
    for size in _HEAD_BYTES:
        records = _split(sample[:size], delimiter)
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


def _distinct(names: list[str]) -> tuple[str, ...]:
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


def _body(source: TextFile, layout: _Layout) -> Iterator[_Records]:
    blocks = source.blocks()
    first = next(blocks)[layout.body :]
    blocks = chain([first], blocks)
    return _records(source.address, blocks, layout.delimiter, layout.body_line, ended=source.ended)


def _again(made: Callable[[], Iterator[Made]], source: TextFile) -> Callable[[], Iterator[Made]]:
    """The same as often as it is asked for; what comes of a short file is made once, and stays."""
    if not source.short:
        return made
    held = cache(lambda: tuple(made()))
    return lambda: iter(held())


def _row_problems(body: Iterable[_Records], layout: _Layout, source: TextFile) -> Iterator[Problem]:
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


class Ending:
    """The last row of a table beside the others: a download that broke off leaves half of it."""

    def __init__(self, columns: int) -> None:
        self.line = 0
        self._fewest = columns  # cells of a row, but for the last one
        self._last, self._before = b"", b""
        self._cells = columns

    def add(self, records: _Records) -> None:
        rows = np.flatnonzero(records.widths)
        if not len(rows):
            return
        counts = np.diff(records.firsts)[rows] + 1
        self._fewest = min(self._fewest, self._cells, int(counts[:-1].min(initial=self._cells)))
        self._cells = int(counts[-1])
        texts = [records.text[int(records.bounds[row]) : int(records.bounds[row + 1])] for row in rows[-2:]]
        self._before, self._last = [self._last, *texts][-2:]
        self.line = int(records.lines[rows[-1]])

    @property
    def broken(self) -> bool:
        """It has fewer cells than any other, and is no line of another kind: its only cell begins as those above."""
        if self._cells >= self._fewest or not self._before:
            return False
        return self._cells > 1 or _shape(self._before).startswith(_shape(self._last.rstrip(b"\n")))


def _shape(text: bytes) -> bytes:
    """Digits and letters, each like all others."""
    return re.sub(rb"[A-Za-z\x80-\xff]+", b"a", re.sub(rb"[0-9]", b"9", text))


def cut_short(address: str, line: int) -> TableError:
    """The file ends inside this row."""
    return TableError(address, line, say("read.cut_short"), say("read.cut_short_hint"))


def _chunks(body: Callable[[], Iterator[_Records]], layout: _Layout) -> Iterator[Chunk]:
    for records in body():
        yield from records.chunks(layout.header, range(len(layout.header)))


def _columns(text: bytes, width: int, delimiter: str) -> list[Column]:
    """The first `width` cells of each record of `text`, column by column."""
    records = _split(text, delimiter)
    rows = np.arange(len(records.widths))
    return [columns.column(records.spans(rows, place)) for place in range(width)]


_array = columns.packed
