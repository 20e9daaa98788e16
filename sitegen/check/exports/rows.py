"""A block's chunks in, its rows as days and numbers out, with totals and footers told apart; adds nothing up.

Two passes, as over any table: the first finds how each column is written, the second converts. METHODS §8.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sitegen.check.exports import amounts, dating
from sitegen.check.exports.indexes import indexed
from sitegen.check.exports.labels import AVERAGES, NOTHING, SECTION, UNNAMED, matching, plain, plain_all, totals
from sitegen.check.exports.plans import BOUNDS, Doubt, Hints, Plan, is_index, plan
from sitegen.check.tables.cells import Cells, Ints, Mask, cells
from sitegen.check.tables.numbers import Mark
from sitegen.model.exports import DATED, Block, Found, Gauge, Platform, Role
from sitegen.model.tables import Chunk

Floats = npt.NDArray[np.float64]

LABELS = frozenset({Role.DIMENSION, Role.CHANNEL, Role.HOUR, Role.WEEKDAY, Role.CURRENCY, *DATED})
_MARKS = {Mark.POINT: ".", Mark.COMMA: ","}
_NUMBERED = re.compile(r" \(\d+\)$")  # of headers that a file has twice
FOOT = 3  # rows at the end that may be a footer


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """All rows of a block. `first` and `last` are ordinals of the days that a row is about, 0 when it has none.

    `figures`, `wrong` and `damaged` go by header, `codes` by the header of a channel or currency column: its distinct
    cells, and which of them each row has, -1 for none. `total` are total rows, by their label in `names`; `foot` are
    footers, averages and headers met again. Neither is data.
    """

    lines: Ints
    first: Ints
    last: Ints
    figures: Mapping[str, Floats]
    wrong: Mapping[str, Mask]
    damaged: Mapping[str, Mask]
    codes: Mapping[str, tuple[tuple[str, ...], Ints]]
    currencies: Mapping[str, Mapping[str, int]]  # header → currency that its cells tell, with the first line
    symbols: Mapping[str, Mapping[str, int]]  # header → sign that several currencies share, with the first line
    total: Mask
    foot: Mask
    names: Mapping[int, str]
    dated: bool = False  # a column tells days, whether they could be read or not
    bounds: tuple[int, int] | None = None  # first and last day of the report, where two columns tell them
    doubts: tuple[Doubt, ...] = ()
    unread: bool = False  # a column of dates holds none that can be read
    unnamed: Mask | None = None  # rows of which a label says that they have no name; None: there are none

    @property
    def data(self) -> Mask:
        return ~(self.total | self.foot)


def rows(block: Block, platform: Platform | None, hints: Hints) -> Rows:
    """Every row of a block."""
    reader = _Reader(block, platform, plan(block, hints), hints)
    for chunk in block.table.chunks():
        reader.add(chunk)
    return reader.rows()


class _Reader:
    """The second pass: arrays of each chunk, joined at the end."""

    def __init__(self, block: Block, platform: Platform | None, plan: Plan, hints: Hints) -> None:
        self.block, self.plan, self.hints = block, plan, hints
        self.platform = platform
        self.figured = [column for column in block.columns if column.header in plan.marks]
        self.labels = [column for column in block.columns if column.role in LABELS]
        known = [column for column in block.columns if column.header in plan.writings or is_index(column)]
        self.dated = [column for column in known if column.role in DATED]
        self.bounds = {column.role: column for column in known if column.role in BOUNDS}
        self.bounded: list[tuple[Ints, Ints]] = []
        telling = {column.told_by for column in block.columns}
        telling |= set(platform.uncounted) if platform else set()
        telling |= {block.report.order} if block.report else set()
        self.coded = [
            column for column in block.columns if column.role in {Role.CHANNEL, Role.CURRENCY} or column.id in telling
        ]
        self.lines: list[Ints] = []
        self.first: list[Ints] = []
        self.last: list[Ints] = []
        self.named: list[Mask] = []  # a label says that the row is a total
        self.average: list[Mask] = []  # a label says that the row is the average of others
        self.header: list[Mask] = []  # the labels are the titles of their columns
        self.unnamed: list[Mask] = []  # a label says that the row has no name
        self.words: list[Ints] = []  # how many labels a row has
        self.figures = _by_header(self.figured)
        self.wrong = _by_header(self.figured)
        self.damaged = _by_header(self.figured)
        self.texts: dict[str, dict[str, int]] = {column.header: {} for column in self.coded}
        self.codes = _by_header(self.coded)
        self.currencies: dict[str, dict[str, int]] = {}
        self.symbols: dict[str, dict[str, int]] = {}
        self.yearless: dict[str, list[str]] = {}  # cells row by row: only their order tells the year
        self.told: dict[int, str] = {}  # line → label of a total

    def add(self, chunk: Chunk) -> None:
        lines = np.asarray(chunk.lines)
        self.lines.append(lines)
        for column in self.figured:
            self._figures(chunk, column)
        for column in self.coded:
            self._code(chunk, column)
        first, last = self._days(chunk)
        self.first.append(first.astype(np.int32))
        self.last.append(last.astype(np.int32))
        named, words = self._labels(chunk, lines)
        self.named.append(named)
        self.words.append(words.astype(np.int16))

    def _figures(self, chunk: Chunk, column: Found) -> None:
        if (plain := chunk.plain.get(column.header)) and plain.mark in ("", _MARKS[self.plan.marks[column.header]]):
            values = np.asarray(plain.values)
            self.figures[column.header].append(amounts.in_unit(values, column.scale))
            self.wrong[column.header].append(np.zeros(len(values), bool))
            self.damaged[column.header].append(np.zeros(len(values), bool))
            return
        held = cells(chunk, column.header)
        missing = self.platform.missing if self.platform else ()
        read = amounts.values(held.text, self.plan.marks[column.header], column.scale, missing=missing)
        self.figures[column.header].append(held.taken(read.numbers, empty=np.nan))
        self.wrong[column.header].append(held.taken(read.wrong, empty=False))
        self.damaged[column.header].append(held.taken(read.damaged, empty=False))
        for told, into in ((read.currencies, self.currencies), (read.symbols, self.symbols)):
            for name, cell in told.items():
                line = int(held.lines[held.text.index(cell)])
                into.setdefault(column.header, {}).setdefault(name, line)

    def _code(self, chunk: Chunk, column: Found) -> None:
        held, texts = cells(chunk, column.header), self.texts[column.header]
        codes = np.fromiter(
            (texts.setdefault(text.strip(), len(texts)) for text in held.text), np.int64, len(held.text)
        )
        self.codes[column.header].append(held.taken(codes, empty=-1))

    def _days(self, chunk: Chunk) -> tuple[Ints, Ints]:
        """The days of each row: of its dates, or between its first and its last one."""
        first: Ints = np.zeros(chunk.rows, np.int64)
        last: Ints = np.zeros(chunk.rows, np.int64)
        for column in self.dated:
            held = cells(chunk, column.header)
            begins, ends = self._spans(held, column)
            begin, end = held.taken(begins, empty=0), held.taken(ends, empty=0)
            unset = first == 0
            first, last = np.where(unset, begin, first), np.where(unset, end, last)
        if len(self.bounds) == len(BOUNDS):
            begin, end = self._bounds(chunk)
            self.bounded.append((begin, end))
            if not self.dated:
                first, last = begin, end
        return first, last

    def _bounds(self, chunk: Chunk) -> tuple[Ints, Ints]:
        """The first and the last day that two columns tell, where both do."""
        starts, ends = self.bounds[Role.PERIOD_START], self.bounds[Role.PERIOD_END]
        held, stop = cells(chunk, starts.header), cells(chunk, ends.header)
        begin = held.taken(self._spans(held, starts)[0], empty=0)
        end = stop.taken(self._spans(stop, ends)[1], empty=0)
        known = (begin > 0) & (end >= begin)
        return np.where(known, begin, 0), np.where(known, end, 0)

    def _spans(self, held: Cells, column: Found) -> tuple[Ints, Ints]:
        if is_index(column):
            return indexed(held.text, column.role, self.hints.period)
        writing = self.plan.writings[column.header]
        if writing.yearless:
            texts = ["" if code < 0 else held.text[code] for code in held.codes.tolist()]
            self.yearless.setdefault(column.header, []).extend(texts)
            nothing = np.zeros(len(held.text), np.int64)
            return nothing, nothing
        return dating.spans(held.text, writing, role=column.role)

    def _with_years(self, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """The days of all rows, with those whose year only their order tells."""
        for header, texts in self.yearless.items():
            begins, ends = dating.spans(texts, self.plan.writings[header], year_hint=self.hints.year)
            unset = first == 0
            first, last = np.where(unset, begins, first), np.where(unset, ends, last)
        return first, last

    def _labels(self, chunk: Chunk, lines: Ints) -> tuple[Mask, Ints]:
        named, words = np.zeros(chunk.rows, bool), np.zeros(chunk.rows, np.int64)
        unnamed, average = np.zeros(chunk.rows, bool), np.zeros(chunk.rows, bool)
        header = np.full(chunk.rows, bool(self.labels))
        pattern = totals(self.platform)
        for column in self.labels:
            held = cells(chunk, column.header)
            texts = plain_all(held.text)
            blank = np.fromiter((text in NOTHING for text in texts), bool, len(texts))
            filled = held.taken(~blank, empty=False)
            found = held.taken(matching(pattern, texts), empty=False) & (words == 0)
            for row in np.flatnonzero(found).tolist():
                self.told[int(lines[row])] = held.text[int(held.codes[row])].strip()
            named |= found
            for words_of, mask in ((UNNAMED, unnamed), (AVERAGES, average)):
                if not words_of.isdisjoint(texts):
                    mask |= held.taken(np.array([text in words_of for text in texts]), empty=False)
            title = plain(_NUMBERED.sub("", column.header))
            header &= (
                held.taken(np.array([text == title for text in texts], bool), empty=False) if title in texts else False
            )
            words += filled & (np.full(chunk.rows, column.role is not Role.CURRENCY))
        self.unnamed.append(unnamed)
        self.average.append(average)
        self.header.append(header)
        return named, words

    def rows(self) -> Rows:
        lines = _joined(self.lines, np.int32)
        figures = {header: _joined(parts, np.float64) for header, parts in self.figures.items()}
        filled = np.zeros(len(lines), np.int16)
        for values in figures.values():
            filled += ~np.isnan(values)
        words, named = _joined(self.words, np.int16), _joined(self.named, bool)
        first, last = self._with_years(_joined(self.first, np.int32), _joined(self.last, np.int32))
        total = named & (first == 0) if self.dated else named
        total &= ~self._only_called_so(lines, figures, total)
        total |= self._blank_total(lines, words, filled, figures, total)
        foot = ~total & (filled == 0) & (first == 0) & (words <= 1)
        foot &= np.arange(len(lines)) >= len(lines) - FOOT
        foot |= _joined(self.header, bool) & (filled == 0) & ~total
        foot |= self._averages(figures, first, ~(total | foot))
        return Rows(
            lines=lines,
            first=first,
            last=last,
            figures=figures,
            wrong={header: _joined(parts, bool) for header, parts in self.wrong.items()},
            damaged={header: _joined(parts, bool) for header, parts in self.damaged.items()},
            codes={
                header: (tuple(self.texts[header]), _joined(parts, np.int64)) for header, parts in self.codes.items()
            },
            currencies=self.currencies,
            symbols=self.symbols,
            total=total,
            foot=foot,
            dated=bool(self.dated),
            bounds=self._whole(total),
            names={at: self.told.get(int(lines[at]), "") for at in np.flatnonzero(total).tolist()},
            doubts=self.plan.doubts,
            unread=self.plan.unread,
            unnamed=unnamed if (unnamed := _joined(self.unnamed, bool)).any() else None,
        )

    def _only_called_so(self, lines: Ints, figures: Mapping[str, Floats], named: Mask) -> Mask:
        """Rows that are just called "total", as a search term or a brand may be: what such a row counts is less than
        what one other row does, or, where the platform writes no totals, than all others do."""
        found = np.zeros(len(lines), bool)
        flows = [figures[column.header] for column in self.figured if column.gauge is Gauge.FLOW]
        flows = [values for values in flows if not (values < 0).any() and not np.isnan(values[~named]).all()]
        silent = self.platform is not None and not self.platform.totals
        for at in np.flatnonzero(named).tolist() if flows else ():
            if SECTION.search(self.told.get(int(lines[at]), "")) or self._sums_its_section(at, figures, named):
                continue
            less = [bool(values[at] < np.nanmax(values[~named])) for values in flows]
            under = [bool(values[at] < np.nansum(values[~named])) for values in flows]
            found[at] = any(less) or (silent and all(under))
        return found

    def _sums_its_section(self, at: int, figures: Mapping[str, Floats], named: Mask) -> bool:
        """Whether a row is what the rows since the last one called a total come to."""
        rows = section(at, named)
        return rows.size > 1 and any(
            values[at] > 0 and adds_up(values[rows], float(values[at]))
            for column in self.figured
            if column.gauge is Gauge.FLOW and (values := figures[column.header]).size
        )

    def _averages(self, figures: Mapping[str, Floats], first: Ints, data: Mask) -> Mask:
        """Rows called an average: those without a date where others have one, or whose figures are the others' mean,
        since a campaign may be called so too."""
        called = _joined(self.average, bool) & data & (first == 0)
        found: Mask = called & bool(self.dated and (first > 0).any())
        for at in np.flatnonzero(called & ~found).tolist():
            others = data & ~called
            found[at] = any(_is_mean(float(values[at]), values[others]) for values in figures.values())
        return found

    def _whole(self, total: Mask) -> tuple[int, int] | None:
        """From the first start to the last end of all rows that are no totals."""
        if not self.bounded:
            return None
        begin = np.concatenate([each for each, _ in self.bounded])
        end = np.concatenate([each for _, each in self.bounded])
        known = (begin > 0) & ~total
        return (int(begin[known].min()), int(end[known].max())) if known.any() else None

    def _blank_total(self, lines: Ints, words: Ints, filled: Ints, figures: Mapping[str, Floats], named: Mask) -> Mask:
        """A first or last row that no label names: a total when the platform writes such, or when the others add up
        to it."""
        found = np.zeros(len(lines), bool)
        if not self.labels or len(lines) < 2:
            return found
        usual = self.platform.blank_total if self.platform else "none"
        data = np.flatnonzero(~named)
        for at, where in ((data[:1], "first"), (data[-1:], "last")):
            if not at.size or words[at[0]] or not filled[at[0]]:
                continue
            others = np.setdiff1d(data, at)
            if where == usual or any(
                adds_up(values[others], float(values[at[0]]))
                for column in self.figured
                if column.gauge is Gauge.FLOW and (values := figures[column.header])[at[0]] > 0
            ):
                found[at] = True
        return found


def _is_mean(told: float, values: Floats) -> bool:
    """Whether a figure is the mean of others, rounded."""
    known = values[~np.isnan(values)]
    return known.size > 1 and abs(float(known.mean()) - told) <= 0.005 + 0.005 * abs(told)


def section(at: int, total: Mask, *, below: bool = False) -> Ints:
    """The rows between a total row and the one before it, or the one `below` it."""
    others = np.flatnonzero(total)
    if below:
        after = others[others > at]
        return np.arange(at + 1, int(after[0]) if after.size else len(total))
    before = others[others < at]
    return np.arange(int(before[-1]) + 1 if before.size else 0, at)


def adds_up(parts: Floats, told: float) -> bool:
    """Whether parts come to a total, each of them rounded to hundredths."""
    known = parts[~np.isnan(parts)]
    if not known.size:
        return False
    summed = float(known.sum())
    return abs(summed - told) <= max(0.005 * (len(known) + 1), 1e-6 * abs(told)) or summed == told


def _by_header(columns: Sequence[Found]) -> dict[str, list[Any]]:
    return {column.header: [] for column in columns}


def _joined(parts: list[npt.NDArray[Any]], kind: type) -> npt.NDArray[Any]:
    """The parts as one array; they are let go."""
    found = np.concatenate(parts) if parts else np.zeros(0, kind)
    parts.clear()
    return found
