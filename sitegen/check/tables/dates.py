"""Distinct cells of a date column in, the one way in which they are written and their days out; knows no rows.

The order of day and month is decided once for the column, by a value above 12; nothing else can tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from sitegen.check.tables.cells import Cells, Ints, Mask

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
_PATTERNS = {
    Shape.ISO: rf"(?P<year>{_YEAR})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}",
    Shape.SLASHED: rf"(?P<year>{_YEAR})/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}}){_TIME}",
    Shape.COMPACT: rf"(?P<year>{_YEAR})(?P<month>\d{{2}})(?P<day>\d{{2}})",
}
_PAIRED = rf"(?P<first>\d{{1,2}})(?P<mark>[/.\-])(?P<second>\d{{1,2}})(?P=mark)(?P<year>{_YEAR}|\d{{2}}){_TIME}"
_EPOCH = date(1970, 1, 1).toordinal()
_TOTAL = r"(?:grand\s+)?tota[lu]|gesamt"


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
    text = _trimmed(cells.text)
    shapes = {shape: cells.rows(_codes(text.str.fullmatch(pattern))) for shape, pattern in _PATTERNS.items()}
    pairs = text.str.extract(f"^{_PAIRED}$")
    paired = _codes(pairs["year"].notna())
    first, second = (pd.to_numeric(pairs[part]) for part in ("first", "second"))
    return Evidence(
        {**shapes, Shape.PAIRED: cells.rows(paired)},
        cells.rows(_codes((first > 12) & (second <= 12))),
        cells.rows(_codes((second > 12) & (first <= 12))),
        cells.first(paired),
    )


def _codes(chosen: pd.Series) -> Ints:
    return np.flatnonzero(chosen.to_numpy(bool))


def days(cells: Sequence[str], writing: Writing) -> Ordinals:
    """The proleptic ordinal of each distinct cell, 0 where it is no day in this writing."""
    text = _trimmed(cells)
    if writing.format is not None:
        found = pd.to_datetime(text, format=writing.format, errors="coerce")
    else:
        found = pd.to_datetime(_iso(text, writing), format="%Y-%m-%d", errors="coerce")
    since_epoch = found.to_numpy("datetime64[D]").astype(np.int64)
    ordinals: Ordinals = np.where(found.isna(), 0, np.maximum(since_epoch + _EPOCH, 0))
    return ordinals


def formats(pair: str) -> tuple[str, str]:
    """The two formats that a paired date may have: day first, month first."""
    mark = next(character for character in pair if not character.isdigit())
    year = "%Y" if re.fullmatch(rf"\d+.\d+.{_YEAR}\b.*", pair.strip()) else "%y"
    return f"%d{mark}%m{mark}{year}", f"%m{mark}%d{mark}{year}"


def totals(cells: Sequence[str]) -> Mask:
    """Where a cell says that its row is a total, or says nothing."""
    text = _trimmed(cells).str.casefold()
    mask: Mask = (text.str.match(_TOTAL) | text.isin(["", "-", "--"])).to_numpy(bool)
    return mask


def is_format(declared: str) -> bool:
    """Whether a declared format tells at least the year and the month."""
    if "%Y" not in declared and "%y" not in declared:  # else Python would guess a year, and warn of it
        return False
    try:
        pd.to_datetime([date(2001, 2, 3).strftime(declared)], format=declared)
    except ValueError:
        return False
    return True


def _iso(text: pd.Series, writing: Writing) -> pd.Series:
    if writing.shape is not Shape.PAIRED:
        parts = text.str.extract(f"^{_PATTERNS[writing.shape or Shape.ISO]}$")
        return parts["year"] + "-" + parts["month"] + "-" + parts["day"]
    parts = text.str.extract(f"^{_PAIRED}$")
    year = parts["year"].where(parts["year"].str.len() == 4, "20" + parts["year"])
    day, month = ("first", "second") if writing.order is Order.DAY_FIRST else ("second", "first")
    return year + "-" + parts[month] + "-" + parts[day]


def _trimmed(cells: Sequence[str]) -> pd.Series:
    return pd.Series(cells, dtype=object).str.strip()
