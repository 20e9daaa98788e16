"""Distinct cells of a column in, how its numbers are written and what they are out; knows no rows.

A column's decimal mark is decided once, from all its cells: `1,234` may be 1234 or 1.234, and only other cells, the
file's other columns or the declared locale can tell which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from sitegen.check.tables.cells import Cells, Mask
from sitegen.model.countries import CURRENCIES

Floats = npt.NDArray[np.float64]


class Mark(StrEnum):
    """What stands before the decimals."""

    POINT = "point"
    COMMA = "comma"


MISSING = frozenset({"", "-", "--", "–", "—", "[]", "n/a", "na", "nan", "null", "none", "undefined"})

_SPACES = "[ \u00a0\u2007\u2009\u202f]"
_MONEY = rf"(?:US|AU?|CA?|NZ|HK|MX|R|S)?\s?\$\s?(?:US|AU|CA)?|€|£|{'|'.join(sorted(CURRENCIES))}|(?i:dhs?|f\s?cfa|rp)"
_SIGNED = r"[+\-\u2212]?"
_CELL = (
    rf"(?P<sign>{_SIGNED})\s*(?P<before>{_MONEY})?\s*(?P<inner>{_SIGNED})"
    rf"(?P<body>\d(?:[\d.,'’ ]*\d)?(?:[eE][+-]?\d+)?|[.,]\d+)\s*(?P<percent>%?)\s*(?P<after>{_MONEY})?"
)
_COMMON = r"-?\d+(?:[.,]\d+)?"  # by far the most cells of all exports, so they go a short way
_COMMONS = {Mark.POINT: r"-?\d+(?:\.\d+)?", Mark.COMMA: r"-?\d+(?:,\d+)?"}
_PLAIN = r"\d+"
_GROUPED = r"[1-9]\d{{0,2}}(?P<group>[{separators}'’ ])\d{{3}}(?:(?P=group)\d{{3}})*"
_POINT = rf"(?:{_PLAIN}|{_GROUPED.format(separators=',')})?(?:\.\d+)?(?:[eE][+-]?\d+)?"
_COMMA = rf"(?:{_PLAIN}|{_GROUPED.format(separators='.')})?(?:,\d+)?"
_EITHER = r"[1-9]\d{0,2}[.,]\d{3}"
_LIST = r"^\[\s*([^\],]+?)\s*(?:,.*)?\]$"

_CURRENCIES = {
    "€": "EUR",
    "£": "GBP",
    "US$": "USD",
    "$US": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "$AU": "AUD",
    "CA$": "CAD",
    "C$": "CAD",
    "$CA": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "MX$": "MXN",
    "R$": "BRL",
    "S$": "SGD",
    "RP": "IDR",
    "DH": "MAD",
    "DHS": "MAD",
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
    text = pd.Series(cells.text, dtype=object)
    text = text[~text.str.isdigit().to_numpy(bool)]  # digits alone tell nothing
    common = _fits(text, _COMMON)
    body = text.str.lstrip("-").where(common, _parts(text[~common])["body"])
    point, comma, either = (_fits(body, pattern) for pattern in (_POINT, _COMMA, _EITHER))
    codes = body.index.to_numpy()
    return Evidence(
        cells.rows(codes[point & ~comma]),
        cells.rows(codes[comma & ~point]),
        cells.rows(codes[either]),
        cells.first(codes[either]),
    )


def decided(column: Evidence, file: Evidence, locale: Literal["fr", "en"] | None) -> Mark | None:
    """The column's own cells, else the file's other columns, else the locale; None when a cell stays ambiguous."""
    told = column.mark or file.mark
    if told is None and locale is not None:
        told = Mark.COMMA if locale == "fr" else Mark.POINT
    return told or (None if column.either else Mark.POINT)


def values(cells: Sequence[str], mark: Mark) -> Values:
    """The distinct cells as numbers. A percentage is `wrong`: rates are computed from counts, never read."""
    text = pd.Series(cells, dtype=object)
    common = _fits(text, _COMMONS[mark])
    odd = _odd_values(text[~common], mark)
    numbers, wrong = np.full(len(text), np.nan), np.zeros(len(text), bool)
    numbers[common], numbers[~common] = _floats(text[common]), odd.numbers
    wrong[~common] = odd.wrong
    return Values(numbers, wrong, odd.currencies)


def _odd_values(text: pd.Series, mark: Mark) -> Values:
    parts = _parts(text)
    fits = _fits(parts["body"], _POINT if mark is Mark.POINT else _COMMA) & (parts["percent"] != "%").to_numpy()
    digits = parts["body"].where(fits).str.replace("[,'’ ]" if mark is Mark.POINT else "[.'’ ]", "", regex=True)
    numbers = _floats(digits)
    signs = np.where((parts["sign"] + parts["inner"]).isin(["-", "\u2212"]), -1.0, 1.0)
    missing = _trimmed(text).str.casefold().isin(MISSING).to_numpy()
    symbols = parts["before"].fillna(parts["after"]).dropna().drop_duplicates()
    currencies = {code: str(text[at]) for at, symbol in symbols.items() if (code := _currency(symbol))}
    return Values(numbers * signs, np.isnan(numbers) & ~missing, currencies)


def _floats(digits: pd.Series) -> Floats:
    floats: Floats = pd.to_numeric(digits.str.replace(",", ".")).to_numpy(np.float64)
    return floats


def _parts(text: pd.Series) -> pd.DataFrame:
    """Sign, currency, digits and percent sign of each cell; NaN throughout where it is no number."""
    return _trimmed(text).str.extract(f"^{_CELL}$")


def _trimmed(text: pd.Series) -> pd.Series:
    """The cells with one kind of space, and the first item of those that are a list, such as `[0.93]`."""
    return text.str.replace(_SPACES, " ", regex=True).str.strip().str.replace(_LIST, r"\1", regex=True)


def _fits(text: pd.Series, pattern: str) -> Mask:
    fits: Mask = text.str.fullmatch(pattern, na=False).to_numpy(bool)
    return fits


def _currency(symbol: str) -> str:
    """The ISO code that a symbol stands for; empty for a bare `$` or FCFA, which serve several."""
    bare = "".join(symbol.upper().split())
    return bare if bare in CURRENCIES else _CURRENCIES.get(bare, "")
