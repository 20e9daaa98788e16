"""Text in blocks in, its records with the places of their cells out; knows no header and no column's meaning.

What pandas cannot tell (where a record begins when cells hold line ends, which rows are too wide, which quote is never
closed) is found on the bytes with numpy: a quote opens a cell only at the cell's start, and is doubled to stand for
itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from sitegen.messages import say
from sitegen.model.tables import Chunk
from sitegen.read import columns
from sitegen.read.columns import Ints
from sitegen.read.encodings import TableError

CHUNK_ROWS = 50_000
LINE_BYTES = 1 << 20
COLUMNS = 2_000

Made = TypeVar("Made")

_LF, _QUOTE, _BLANKS = 0x0A, 0x22, b" \t\n"


@dataclass(frozen=True, slots=True)
class Records:
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


def split(text: bytes, delimiter: str) -> Records:
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
    return Records(text, bounds, lines, _widths(text, data, bounds, marks, firsts, delimiter), padded, marks, firsts)


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


def records_of(
    address: str, blocks: Iterable[bytes], delimiter: str, line: int, *, ended: bool = True
) -> Iterator[Records]:
    """The records of a text that begins at `line`, block by block; refused at one that is too long, too
    wide or never ends.

    `ended`: the file's last line has an end of its own, so that it was not cut short.
    """
    rest = b""
    for block in blocks:
        records = split(rest + block, delimiter)
        rest = records.text[records.bounds[-1] :]
        sizes = np.append(np.diff(records.bounds), len(rest))
        if (at := int(np.argmax(sizes > LINE_BYTES))) or sizes[0] > LINE_BYTES:
            long = line + int(records.lines[at])
            raise TableError(address, long, say("read.line_too_long"), say("read.line_too_long_hint"))
        if len(wide := np.flatnonzero(records.widths > COLUMNS)):
            raise too_wide(address, line + int(records.lines[wide[0]]), int(records.widths[wide[0]]))
        if len(records.widths):
            yield replace(records, lines=records.lines + line)
        line += int(records.lines[-1])
    if rest and not ended and line > 1:
        raise cut_short(address, line)
    if rest:
        raise TableError(address, line, say("read.open_quote"), say("read.open_quote_hint"))


def too_wide(address: str, line: int, cells: int) -> TableError:
    """A row has more cells than any table may have columns."""
    message = say("read.too_many_columns", columns=cells, limit=COLUMNS)
    return TableError(address, line, message, say("read.too_many_columns_hint"))


def cells(record: bytes, delimiter: str) -> list[str]:
    """The cells of one record, at most one more than a table may have columns."""
    text = record.removesuffix(b"\n")
    if b'"' not in text:
        return text.decode().split(delimiter, COLUMNS + 1)[: COLUMNS + 1]
    records = split(text + b"\n", delimiter)
    places = [-1, *records.marks[: COLUMNS + 1].tolist()]
    return [columns.unquoted(text[begin + 1 : end].decode()) for begin, end in pairwise(places)]


class Ending:
    """The last row of a table beside the others: a download that broke off leaves half of it."""

    def __init__(self, columns: int) -> None:
        self.line = 0
        self._fewest = columns  # cells of a row, but for the last one
        self._last, self._before = b"", b""
        self._cells = columns

    def add(self, records: Records) -> None:
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
