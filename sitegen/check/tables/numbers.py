"""Distinct cells of a column in, how its numbers are written and what they are out; knows no rows.

A column's decimal mark is decided once, from all its cells: `1,234` may be 1234 or 1.234, and only other cells, the
file's other columns or the declared locale can tell which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from sitegen.check.tables.cells import Cells, Mask, lined
from sitegen.model.countries import CURRENCIES

Floats = npt.NDArray[np.float64]


class Mark(StrEnum):
    """What stands before the decimals."""

    POINT = "point"
    COMMA = "comma"


LONGEST = 100  # characters of a cell that is no plain number and may yet be one
MISSING = frozenset({"", "-", "--", "–", "—", "[]", "n/a", "na", "nan", "null", "none", "undefined"})

_SPACES = re.compile("[ \u00a0\u2007\u2009\u202f]")
_MONEY = rf"(?:US|AU?|CA?|NZ|HK|MX|R|S)?\s?\$\s?(?:US|AU|CA)?|€|£|{'|'.join(sorted(CURRENCIES))}|(?i:dhs?|f\s?cfa|rp)"
_SIGNED = r"[+\-\u2212]?"
_CELL = re.compile(
    rf"(?P<sign>{_SIGNED})\s*(?P<before>{_MONEY})?\s*(?P<inner>{_SIGNED})"
    rf"(?P<body>[0-9](?:[0-9.,'’ ]*[0-9])?(?:[eE][+-]?[0-9]+)?|[.,][0-9]+)\s*(?P<percent>%?)\s*(?P<after>{_MONEY})?"
)
# By far the most cells of all exports, so they go a short way.
_COMMON = re.compile(r"-?(?:(?P<either>[1-9][0-9]{0,2}[.,][0-9]{3})|[0-9]+(?:(?P<mark>[.,])[0-9]+)?)")
_COMMONS = {Mark.POINT: re.compile(r"-?[0-9]+(?:\.[0-9]+)?"), Mark.COMMA: re.compile(r"-?[0-9]+(?:,[0-9]+)?")}
# A column of nothing else is looked at as one text, a cell a line.
_COMMON_LINE = re.compile(r"^-?(?:([1-9][0-9]{0,2}[.,][0-9]{3})|[0-9]++(?:([.,])[0-9]++)?)$", re.MULTILINE)
_COMMON_LINES = {
    mark: re.compile(rf"(?:-?[0-9]++(?:{re.escape(sign)}[0-9]++)?\n)*+") for mark, sign in zip(Mark, ".,", strict=True)
}
_MARKS = {".": "point", ",": "comma", "": None}
_PLAIN = r"[0-9]+"
_GROUPED = r"[1-9][0-9]{{0,2}}(?P<group>[{separators}'’ ])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
_BODIES = {
    Mark.POINT: re.compile(rf"(?:{_PLAIN}|{_GROUPED.format(separators=',')})?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"),
    Mark.COMMA: re.compile(rf"(?:{_PLAIN}|{_GROUPED.format(separators='.')})?(?:,[0-9]+)?"),
}
_GROUPING = {Mark.POINT: dict.fromkeys(map(ord, ",'’ ")), Mark.COMMA: dict.fromkeys(map(ord, ".'’ "))}
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_LIST = re.compile(r"^\[\s*([^\],]+?)\s*(?:,.*)?\]$")
_MINUS = frozenset({"-", "\u2212"})

# What stands for one currency, in capitals without spaces or full stops.
SIGNS = {
    "€": "EUR",
    "£": "GBP",
    **dict.fromkeys(("US$", "$US"), "USD"),
    **dict.fromkeys(("A$", "AU$", "$AU"), "AUD"),
    **dict.fromkeys(("C$", "CA$", "$CA"), "CAD"),
    "NZ$": "NZD",
    "HK$": "HKD",
    "MX$": "MXN",
    "R$": "BRL",
    "S$": "SGD",
    "NT$": "TWD",
    **dict.fromkeys(("DH", "DHS", "دم", "درهم"), "MAD"),
    **dict.fromkeys(("DA", "دج"), "DZD"),
    **dict.fromkeys(("DT", "دت"), "TND"),
    "دإ": "AED",
    "رس": "SAR",
    **dict.fromkeys(("E£", "جم"), "EGP"),
    "RP": "IDR",
    "RM": "MYR",
    "₹": "INR",
    **dict.fromkeys(("₺", "TL"), "TRY"),
    **dict.fromkeys(("₽", "РУБ"), "RUB"),
    **dict.fromkeys(("₴", "ГРН"), "UAH"),
    "₩": "KRW",
    "₪": "ILS",
    "₫": "VND",
    "฿": "THB",
    "₱": "PHP",
    "₦": "NGN",
    "₵": "GHS",
    "KSH": "KES",
    "ZŁ": "PLN",
    "KČ": "CZK",
    "FT": "HUF",
    "LEI": "RON",
    "ЛВ": "BGN",
    "S/": "PEN",
    "SFR": "CHF",
    "JP¥": "JPY",
    "CN¥": "CNY",
    "R": "ZAR",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows that can only be read with a point, only with a comma, or in two ways; line and cell of one of these."""

    point: int = 0
    comma: int = 0
    either: int = 0
    example: tuple[int, str] | None = None

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.point + other.point,
            self.comma + other.comma,
            self.either + other.either,
            self.example or other.example,
        )

    @property
    def mark(self) -> Mark | None:
        """What most telling cells say; None when none tells."""
        if self.point == self.comma == 0:
            return None
        return Mark.POINT if self.point >= self.comma else Mark.COMMA


@dataclass(frozen=True, slots=True)
class Values:
    """What distinct cells say: NaN for nothing, `wrong` for no number; currencies told by symbols, with a cell."""

    numbers: Floats
    wrong: Mask
    currencies: Mapping[str, str]


def evidence(cells: Cells) -> Evidence:
    """What one chunk's cells tell."""
    told: dict[str, list[int]] = {"point": [], "comma": [], "either": []}
    for code, mark in enumerate(_told(cells.text)):
        if mark:
            told[mark].append(code)
    point, comma, either = (np.asarray(codes, np.int64) for codes in told.values())
    return Evidence(cells.rows(point), cells.rows(comma), cells.rows(either), cells.first(either))


def _told(cells: Sequence[str]) -> Iterable[str | None]:
    """What each cell tells, as `_telling` has it."""
    found = _COMMON_LINE.findall(lined(cells))
    if len(found) != len(cells):
        return map(_telling, cells)
    return ("either" if either else _MARKS[mark] for either, mark in found)


def _telling(cell: str) -> str | None:
    """`point` or `comma` where the cell can only be read so, `either` where it is read in two ways; else None."""
    if _digital(cell):  # digits alone tell nothing
        return None
    if common := _COMMON.fullmatch(cell):
        return "either" if common["either"] else _MARKS[common["mark"] or ""]
    parts = _parts(cell)
    if parts is None:
        return None
    if _EITHER.fullmatch(parts["body"]):
        return "either"
    point, comma = (pattern.fullmatch(parts["body"]) is not None for pattern in _BODIES.values())
    return None if point == comma else "point" if point else "comma"


def decided(column: Evidence, file: Evidence, locale: Literal["fr", "en"] | None) -> Mark | None:
    """The column's own cells, else the file's other columns, else the locale; None when a cell stays ambiguous."""
    told = column.mark or file.mark
    if told is None and locale is not None:
        told = Mark.COMMA if locale == "fr" else Mark.POINT
    return told or (None if column.either else Mark.POINT)


def values(cells: Sequence[str], mark: Mark) -> Values:
    """The distinct cells as numbers. A percentage is `wrong`: rates are computed from counts, never read."""
    if _COMMON_LINES[mark].fullmatch(lined(cells)):
        return Values(_floats(list(cells), mark), np.zeros(len(cells), bool), {})
    common, digits = _COMMONS[mark].fullmatch, list[str | float](cells)
    odd: dict[int, re.Match[str] | None] = {}
    for at, cell in enumerate(cells):
        if not (_digital(cell) or common(cell)):
            odd[at] = parts = _parts(cell)
            digits[at] = _digits(parts, mark) if parts else np.nan
    numbers, wrong, symbols = _floats(digits, mark), np.zeros(len(cells), bool), dict[str, str]()
    for at, parts in odd.items():
        wrong[at] = np.isnan(numbers[at]) and _trimmed(cells[at]).casefold() not in MISSING
        if parts and (symbol := parts["before"] or parts["after"]):
            symbols.setdefault(symbol, cells[at])
    return Values(numbers, wrong, {code: cell for symbol, cell in symbols.items() if (code := currency(symbol))})


def _digital(cell: str) -> bool:
    return cell.isascii() and cell.isdigit()


def _digits(parts: re.Match[str], mark: Mark) -> str | float:
    """Sign and digits without what groups them; NaN for what this mark cannot read, and for a percentage."""
    if parts["percent"] or not _BODIES[mark].fullmatch(parts["body"]):
        return np.nan
    sign = "-" if parts["sign"] + parts["inner"] in _MINUS else ""
    return sign + parts["body"].translate(_GROUPING[mark])


def _floats(digits: list[str | float], mark: Mark) -> Floats:
    if mark is Mark.COMMA:
        digits = [cell.replace(",", ".") if isinstance(cell, str) else cell for cell in digits]
    floats: Floats = pd.to_numeric(np.array(digits, dtype=object)) + 0.0  # no zero has a sign
    return floats


@lru_cache(maxsize=1 << 14)  # both passes ask
def _parts(cell: str) -> re.Match[str] | None:
    """Sign, currency, digits and percent sign of a cell; None where it is no number."""
    return _CELL.fullmatch(_trimmed(cell)) if len(cell) <= LONGEST else None


def _trimmed(cell: str) -> str:
    """The cell with one kind of space, and the first item of one that is a list, such as `[0.93]`."""
    trimmed = (cell if cell.isascii() else _SPACES.sub(" ", cell)).strip()
    return _LIST.sub(r"\1", trimmed) if trimmed.startswith("[") else trimmed


def currency(symbol: str) -> str:
    """The ISO code that a symbol stands for; empty for a bare `$` or FCFA, which serve several."""
    bare = "".join(symbol.upper().split())
    return bare if bare in CURRENCIES else SIGNS.get(bare, "")
