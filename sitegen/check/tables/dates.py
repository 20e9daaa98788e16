"""Distinct cells of a date column in, the one way in which they are written and their days out; knows no rows.

The order of day and month is decided once for the column, by a value above 12; nothing else can tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from sitegen.check.tables.cells import Cells, Ints, Mask, lined

Ordinals = npt.NDArray[np.int64]


class Shape(StrEnum):
    """How the parts of a date stand to each other."""

    ISO = "iso"  # 2026-10-31, or a date and time of it
    SLASHED = "slashed"  # 2026/10/31
    COMPACT = "compact"  # 20261031
    PAIRED = "paired"  # 31/10/2026 or 10/31/2026: needs an order


class Order(StrEnum):
    """Which part of a paired date comes first."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class Writing:
    """How a column writes its days: a declared `strptime` format, or a shape with its order."""

    shape: Shape | None = None
    order: Order | None = None
    format: str | None = None


_TIME = r"(?:[T ]\d{1,2}:\d{2}.*)?"
_YEAR = r"(?:19|20)\d{2}"
_SHAPES = {
    Shape.ISO: re.compile(rf"({_YEAR})-(\d{{1,2}})-(\d{{1,2}}){_TIME}", re.ASCII),
    Shape.SLASHED: re.compile(rf"({_YEAR})/(\d{{1,2}})/(\d{{1,2}}){_TIME}", re.ASCII),
    Shape.COMPACT: re.compile(rf"({_YEAR})(\d{{2}})(\d{{2}})", re.ASCII),
    Shape.PAIRED: re.compile(rf"(\d{{1,2}})([/.\-])(\d{{1,2}})\2({_YEAR}|\d{{2}}){_TIME}", re.ASCII),
}
# A column of nothing else is looked at as one text, a cell a line.
_ISO_LINES = re.compile(rf"(?:{_YEAR}-[01][0-9]-[0-3][0-9]\n)*+", re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()
_TOTAL = re.compile(r"(?:grand\s+)?tota[lu]|gesamt")
_NOTHING = frozenset({"", "-", "--"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows by shape, and how many paired dates can only begin with the day or only with the month."""

    shapes: dict[Shape, int] = field(default_factory=dict)
    day_first: int = 0
    month_first: int = 0
    example: tuple[int, str] | None = None  # line and cell of a paired date

    def __add__(self, other: Evidence) -> Evidence:
        shapes = {shape: self.shapes.get(shape, 0) + other.shapes.get(shape, 0) for shape in Shape}
        return Evidence(
            shapes,
            self.day_first + other.day_first,
            self.month_first + other.month_first,
            self.example or other.example,
        )

    @property
    def writing(self) -> Writing | None:
        """The shape that most rows have; None when no row has one or its order stays unknown."""
        shape = max(Shape, key=lambda shape: self.shapes.get(shape, 0))
        if not self.shapes.get(shape) or (shape is Shape.PAIRED and self.day_first == self.month_first):
            return None
        if shape is not Shape.PAIRED:
            return Writing(shape)
        return Writing(shape, Order.DAY_FIRST if self.day_first > self.month_first else Order.MONTH_FIRST)


def evidence(cells: Cells) -> Evidence:
    """What one chunk's cells tell."""
    if _ISO_LINES.fullmatch(lined(cells.text)):
        return Evidence({Shape.ISO: int(cells.counts.sum())})
    codes: dict[Shape, list[int]] = {shape: [] for shape in Shape}
    day_first, month_first = list[int](), list[int]()
    for code, cell in enumerate(cells.text):
        shape, parts = _shaped(cell.strip())
        if shape is not None:
            codes[shape].append(code)
        if shape is Shape.PAIRED:
            first, second = int(parts[0]), int(parts[2])
            if first > 12 >= second:
                day_first.append(code)
            elif second > 12 >= first:
                month_first.append(code)
    return Evidence(
        {shape: cells.rows(_codes(held)) for shape, held in codes.items()},
        cells.rows(_codes(day_first)),
        cells.rows(_codes(month_first)),
        cells.first(_codes(codes[Shape.PAIRED])),
    )


def _shaped(cell: str) -> tuple[Shape | None, tuple[str, ...]]:
    """The one shape that the cell has, and its parts."""
    for shape, pattern in _SHAPES.items():
        if found := pattern.fullmatch(cell):
            return shape, found.groups()
    return None, ()


def _codes(chosen: Sequence[int]) -> Ints:
    return np.asarray(chosen, np.int64)


def days(cells: Sequence[str], writing: Writing) -> Ordinals:
    """The proleptic ordinal of each distinct cell, 0 where it is no day in this writing."""
    if writing.shape is Shape.ISO and _ISO_LINES.fullmatch(lined(cells)):
        with suppress(ValueError):  # not in the calendar
            return np.array(cells, "datetime64[D]").astype(np.int64) + _EPOCH
    if writing.format is None:
        return np.fromiter((_day(cell.strip(), writing) for cell in cells), np.int64, len(cells))
    text = pd.Series([cell.strip() for cell in cells], dtype=object)
    found = pd.to_datetime(text, format=writing.format, errors="coerce")
    since_epoch = found.to_numpy("datetime64[D]").astype(np.int64)
    ordinals: Ordinals = np.where(found.isna(), 0, np.maximum(since_epoch + _EPOCH, 0))
    return ordinals


def _day(cell: str, writing: Writing) -> int:
    shape = writing.shape or Shape.ISO
    found = _SHAPES[shape].fullmatch(cell)
    if found is None:
        return 0
    if shape is not Shape.PAIRED:
        year, month, day = found.groups()
    else:
        first, _, second, year = found.groups()
        day, month = (first, second) if writing.order is Order.DAY_FIRST else (second, first)
    try:
        return date(int(year if len(year) == 4 else "20" + year), int(month), int(day)).toordinal()
    except ValueError:
        return 0


def formats(pair: str) -> tuple[str, str]:
    """The two formats that a paired date may have: day first, month first."""
    mark = next(character for character in pair if not character.isdigit())
    year = "%Y" if re.fullmatch(rf"\d+.\d+.{_YEAR}\b.*", pair.strip()) else "%y"
    return f"%d{mark}%m{mark}{year}", f"%m{mark}%d{mark}{year}"


def totals(cells: Sequence[str]) -> Mask:
    """Where a cell says that its row is a total, or says nothing."""
    text = (cell.strip().casefold() for cell in cells)
    return np.fromiter((cell in _NOTHING or _TOTAL.match(cell) is not None for cell in text), bool, len(cells))


def is_format(declared: str) -> bool:
    """Whether a declared format tells at least the year and the month."""
    if "%Y" not in declared and "%y" not in declared:  # else Python would guess a year, and warn of it
        return False
    try:
        pd.to_datetime([date(2001, 2, 3).strftime(declared)], format=declared)
    except ValueError:
        return False
    return True
