"""A file's records in, the tables that lie in it out; knows which words are headers, not what they mean.

An export holds one table or many, each below lines that say what it is: comments that begin with `#`, a title, keys
and values. Blank rows and comments part the file into runs; in each run one row is the header, the one with most words
that some platform uses as a header, or else the first that looks like one. What stands above it belongs to its table,
runs without a header to the next one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sitegen.model.exports import Layout, Line
from sitegen.read.records import Records, cells

HEAD, TAIL = 40, 3  # rows of a run that are looked at

_COMMENT = re.compile(rb'"?#(?:[ \t,;"]|-{3}|\n|\Z)')
_FIGURE = re.compile(r"[\s\d.,:%/<>+\-\u2212\u00a0\u202f'’]*\d[\s\d.,:%/\-\u00a0\u202f'’]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_FIGURE = {"", "-", "--", "n/a", "na", "nan", "null", "none", "undefined", "[]"}

Known = Callable[[str], bool]


@dataclass(slots=True)
class Run:
    """Consecutive rows of one kind; `first` and `last` are lines, `last` that of the row after it."""

    comment: bool
    first: int
    last: int = 0
    rows: int = 0
    widths: dict[int, int] = field(default_factory=dict)
    head: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    gap: bool = False  # a blank row stands before it

    @property
    def width(self) -> int:
        """What most of its rows have; of two such widths the greater."""
        return max(self.widths, key=lambda width: (self.widths[width], width), default=0)


def runs(records: Iterable[Records], delimiter: str) -> tuple[Run, ...]:
    """The file's runs of comments and of other rows, in order."""
    found: list[Run] = []
    gap = False
    for batch in records:
        starts = batch.bounds[:-1]
        if not len(starts):
            continue
        filled = batch.widths > 0
        comment = np.zeros(len(starts), bool)
        for at in np.flatnonzero(np.isin(np.frombuffer(batch.text, np.uint8)[starts], (0x23, 0x22)) & filled):
            comment[at] = _COMMENT.match(batch.text, int(starts[at])) is not None
        kinds = np.where(filled, np.where(comment, 1, 2), 0)
        edges = np.flatnonzero(np.diff(kinds, prepend=-1))
        for begin, end in zip(edges, [*edges[1:], len(kinds)], strict=True):
            if kinds[begin] == 0:
                gap = True
                continue
            is_comment = bool(kinds[begin] == 1)
            goes_on = found and not gap and begin == 0 and found[-1].comment is is_comment
            run = found[-1] if goes_on else Run(is_comment, int(batch.lines[begin]), gap=gap)
            if not goes_on:
                found.append(run)
            _add(run, batch, int(begin), int(end), delimiter)
            gap = False
    return tuple(found)


def _add(run: Run, batch: Records, begin: int, end: int, delimiter: str) -> None:
    run.rows += end - begin
    run.last = int(batch.lines[end])
    widths, counts = np.unique(batch.widths[begin:end], return_counts=True)
    for width, count in zip(widths.tolist(), counts.tolist(), strict=True):
        run.widths[width] = run.widths.get(width, 0) + count
    if (wanted := HEAD - len(run.head)) > 0:
        run.head += _lines(batch, begin, min(end, begin + wanted), delimiter)
    run.tail = [*run.tail, *_lines(batch, max(begin, end - TAIL), end, delimiter)][-TAIL:]


def _lines(batch: Records, begin: int, end: int, delimiter: str) -> list[Line]:
    lines: list[Line] = []
    for at in range(begin, end):
        cells = cells_of_record(batch.text[int(batch.bounds[at]) : int(batch.bounds[at + 1])], delimiter)
        lines.append(Line(int(batch.lines[at]), tuple(cells[: max(1, int(batch.widths[at]))])))
    return lines


def cells_of_record(record: bytes, delimiter: str) -> list[str]:
    """The cells of one record."""
    return cells(record, delimiter)


# ---------------------------------------------------------------- runs → tables


def layouts(found: Sequence[Run], known: Known) -> tuple[tuple[Layout, ...], tuple[Line, ...]]:
    """The file's tables, in order, and the lines below the last one that belong to none."""
    tables: list[Layout] = []
    above: list[Line] = []
    for run in found:
        if run.comment:
            above += [_uncommented(line) for line in run.head]
        elif pairs := _pairs(run, known):
            if tables and tables[-1].pairs and not any(len(line.cells) > 1 for line in above):
                tables[-1] = _joined(tables[-1], pairs, above)
            else:
                tables.append(replace(pairs, above=tuple(above)))
            above = []
        elif (at := _header(run, known)) is not None:
            tables.append(_layout(run, at, above))
            above = []
        elif tables and not above and _goes_on(tables[-1], run):
            last = tables[-1]
            tables[-1] = replace(last, last=run.last, rows=last.rows + run.rows)
        else:
            above += run.head
    return tuple(tables), tuple(above)


def _uncommented(line: Line) -> Line:
    return Line(line.number, (line.cells[0].lstrip("#").strip(), *line.cells[1:]))


def _layout(run: Run, at: int, above: Sequence[Line]) -> Layout:
    header = run.head[at]
    below = run.head[at + 1 :]
    first = below[0].number if below else run.last
    return Layout((*above, *run.head[:at]), header, first, run.last, run.rows - at - 1, tuple(below))


def _header(run: Run, known: Known) -> int | None:
    """The row that names the columns: the one with most known words, else the first that looks like one."""
    best, most = None, 0
    if run.width < 2 and not any(is_figure(cell) for line in run.head for cell in line.cells):
        return 0 if run.rows == 1 and sum(map(known, run.head[0].cells)) > 1 else None
    for at, line in enumerate(run.head):
        names = [cell for cell in line.cells if cell.strip()]
        count = sum(map(known, names))
        if count > most and (count > 1 or 2 * count >= len(names)) and not any(map(is_figure, names[:1])):
            best, most = at, count
    if best is not None:
        return best
    return _seeming(run)


def _seeming(run: Run) -> int | None:
    """The first row that is as wide as most, whose cells are all there, distinct and no figures, above figures.

    One cell may be empty, as above an index, and some may be years. Any other figure says that the row is one of a
    table without a header, and what stands in it, names of persons perhaps, names no columns.
    """
    for at, line in enumerate(run.head[:-1]):
        names = [cell.strip() for cell in line.cells]
        if len(names) != run.width or len(names) < 2 or names[0].endswith(":"):
            continue
        words = [name for name in names if name]
        whole = len(words) >= len(names) - 1 and len(set(words)) == len(words)
        if not whole or any(is_figure(name) and not _titles(run, at, column) for column, name in enumerate(names)):
            continue
        if any(is_figure(cell) for row in run.head[at + 1 :] for cell in row.cells):
            return at
    return None


def _titles(run: Run, at: int, column: int) -> bool:
    """Whether a figure is the title of its column: a year, above other things than years."""
    below = (row.cells[column].strip() for row in run.head[at + 1 :] if column < len(row.cells))
    return _YEAR.fullmatch(run.head[at].cells[column].strip()) is not None and not any(map(_YEAR.fullmatch, below))


def is_figure(cell: str) -> bool:
    """Whether a cell holds digits and what goes with them, and no words."""
    return _FIGURE.fullmatch(cell.strip()) is not None


def _goes_on(table: Layout, run: Run) -> bool:
    """Whether a run below a blank row holds more rows of the table above it."""
    width = len(table.header.cells)
    if not table.rows or run.width != width or width < 2:
        return False
    return any(is_figure(cell) for cell in run.head[0].cells)


# ---------------------------------------------------------------- keys and values


def _pairs(run: Run, known: Known) -> Layout | None:
    """A run that says one thing a row: most of its first cells are known words, and none of its second ones."""
    if run.width != 2 or run.rows > HEAD or any(len(line.cells) > 2 for line in run.head):
        return None
    rows = [line for line in run.head if len(line.cells) == 2]
    keys = [line for line in rows if line.cells[0].rstrip().endswith(":") or known(line.cells[0])]
    if len(rows) < 2 or len(keys) < max(2, 0.5 * len(rows)) or any(known(line.cells[1]) for line in rows):
        return None
    if not any(line.cells[0].rstrip().endswith(":") for line in rows):
        return None
    header = Line(rows[0].number, tuple(line.cells[0].strip().rstrip(":").strip() for line in rows))
    return Layout((), header, rows[0].number, run.last, 1, (Line(rows[0].number, _values(rows)),), pairs=True)


def _values(rows: Iterable[Line]) -> tuple[str, ...]:
    return tuple(line.cells[1].strip() for line in rows)


def _joined(table: Layout, more: Layout, between: Iterable[Line]) -> Layout:
    header = Line(table.header.number, (*table.header.cells, *more.header.cells))
    values = Line(table.first, (*table.head[0].cells, *more.head[0].cells))
    return replace(table, header=header, head=(values,), last=more.last, above=(*table.above, *between))


def lines_of(layout: Layout) -> Iterator[Line]:
    """Header and first rows."""
    yield layout.header
    yield from layout.head
