"""Distinct cells of a column in, its numbers out, in the unit that the column is described in; knows no rows.

The grammar is that of the platforms' pages, which is wider than that of declared tables: signs of currencies and their
thousands, digits of other scripts, percentages, durations, and marks for what has no value. METHODS §1: rates are
fractions, and a missing value is never 0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from sitegen.check.exports.dating import is_date
from sitegen.check.exports.shapes import EXACT, digits, shapes
from sitegen.check.tables import numbers
from sitegen.check.tables.cells import Cells, Mask
from sitegen.check.tables.numbers import Floats, Mark
from sitegen.model.countries import CURRENCIES
from sitegen.model.exports import Scale

__all__ = ["Evidence", "Mark", "Values", "decided", "evidence", "values"]

LONGEST = 64  # characters of the longest cell that can be a number


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows that can only be read with a point, only with a comma, or in two ways: `1.234` and `1,234`.

    `example` is the line and the cell of one that can be read in two ways.
    """

    point: int = 0
    comma: int = 0
    either_point: int = 0
    either_comma: int = 0
    example: tuple[int, str] | None = None

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.point + other.point,
            self.comma + other.comma,
            self.either_point + other.either_point,
            self.either_comma + other.either_comma,
            self.example or other.example,
        )

    @property
    def mark(self) -> Mark | None:
        """What most telling cells say; None when none tells."""
        if self.point == self.comma == 0:
            return None
        return Mark.POINT if self.point >= self.comma else Mark.COMMA

    @property
    def grouping(self) -> Mark | None:
        """The mark with which every cell that can be read in two ways is a whole number; None when there is none."""
        if (self.either_point == 0) == (self.either_comma == 0):
            return None
        return Mark.POINT if self.either_comma else Mark.COMMA


@dataclass(frozen=True, slots=True)
class Values:
    """What distinct cells say, NaN for nothing. Each mapping is to a cell that has it.

    `wrong` are those that are no value of this column, among them the `damaged` ones: dates, as spreadsheets make of
    numbers. `currencies` are ISO codes; `symbols` are the signs of several currencies, such as `$` and `FCFA`.
    """

    numbers: Floats
    wrong: Mask
    damaged: Mask
    currencies: Mapping[str, str]
    symbols: Mapping[str, str]


class _Amount(NamedTuple):
    """A number as it is written: its digits with their marks, and what stands around them."""

    negative: bool
    body: str
    times: float
    percent: bool
    symbol: str


# ---------------------------------------------------------------- signs

# Of several currencies each; in capitals, without spaces.
_SHARED = frozenset(("$", "¥", "KR", "FCFA", "CFA"))
# Those without hundredths (ISO 4217), and the rupiah, which is written without them.
_WHOLE = frozenset("BIF CLP DJF GNF IDR ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF FCFA CFA".split())


def _sign(bare: str) -> str:
    """The pattern of a currency's sign: `US $`, `F CFA`, `Dh.`, `د.م.`."""
    if re.fullmatch(r"[\u0600-\u06ff]{2}", bare):
        return rf"{bare[0]}\.? ?{bare[1]}\.?"
    return re.escape(bare).replace(r"\$", r" ?\$ ?").replace("FCFA", "F ?CFA") + (r"\.?" if bare.isalpha() else "")


_SIGNS = "|".join(map(_sign, sorted({*numbers.SIGNS, *_SHARED}, key=len, reverse=True)))
_MONEY = rf"(?i:{_SIGNS})|{'|'.join(sorted(CURRENCIES))}"
_TIMES = r"K|k|M|Mio\.?"
_THOUSANDS = {"K": 1e3, "k": 1e3, "M": 1e6, "Mio": 1e6, "Mio.": 1e6, None: 1.0}
# Most cells with a sign have one of three, so that these are looked for before the two hundred others.
_CELL = re.compile(
    rf"(?P<sign>[+-]?) ?"
    rf"(?:(?![0-9.,])"
    rf"(?:(?P<before>[$€£](?= ?[0-9])|{_MONEY})|(?P<times_before>{_TIMES})(?P<scaled_before>{_MONEY})))? ?"
    rf"(?P<percent_before>%?) ?(?P<inner>[+-]?) ?"
    rf"(?P<body>[0-9](?:[0-9.,'٫ ]*[0-9])?(?:[eE][+-]?[0-9]{{1,3}})?|[.,٫][0-9]+)"
    rf"(?:(?=.) ?(?:(?P<percent>%)|(?P<after>[$€£]\Z|{_MONEY})|(?P<times>{_TIMES}) ?(?P<scaled>{_MONEY})?))?"
)
_COMMON = re.compile(r"-?(?:(?P<either>[1-9][0-9]{0,2}(?P<at>[.,])[0-9]{3})|[0-9]+(?:(?P<mark>[.,])[0-9]+)?)", re.ASCII)
_EITHER = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}")
_THREES = r"[1-9][0-9]{{0,2}}(?P<group>[{mark}' ])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
_INDIAN = r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"  # 1,23,456
_EXPONENT = r"(?:[eE][+-]?[0-9]+)?"
_BODIES = {
    Mark.POINT: re.compile(rf"(?:[0-9]+|{_THREES.format(mark=',')}|{_INDIAN})?(?:[.٫][0-9]+)?{_EXPONENT}"),
    Mark.COMMA: re.compile(rf"(?:[0-9]+|{_THREES.format(mark='.')})?(?:[,٫][0-9]+)?{_EXPONENT}"),
}
_BARE = {
    Mark.POINT: str.maketrans({",": None, "'": None, " ": None, "٫": "."}),
    Mark.COMMA: str.maketrans({".": None, "'": None, " ": None, ",": ".", "٫": "."}),
}
_PLAIN = re.compile(r"(?:-?[0-9]++(?:\.[0-9]++)?+\n)++", re.ASCII)
_WHOLES = re.compile(r"(?:-?[0-9]++\n)++", re.ASCII)

_ASCII = {
    **{first + digit: str(digit) for first in (0x0660, 0x06F0) for digit in range(10)},
    **dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\ufeff"), None),  # of direction, and of width
    **dict.fromkeys(map(ord, "\u2212\u2010\u2011\u2012\u2013"), "-"),
    **dict.fromkeys(map(ord, "’‘ʼ\u066c"), "'"),
    ord("٪"): "%",
    ord("％"): "%",
}

# ---------------------------------------------------------------- what has no value

_MISSING = numbers.MISSING | frozenset(
    """---|n.a|#n/a|#div/0!|∞|no data|no data available|aucune donnée|aucune donnée disponible|sin datos|no hay datos
    |no hay datos disponibles|keine daten|keine daten verfügbar|geen gegevens|geen gegevens beschikbaar|sem dados
    |nenhum dado disponível|nessun dato|nessun dato disponibile|لا تتوفر بيانات|لا توجد بيانات""".replace(
        "\n    ", ""
    ).split("|")
)
_BOUND = re.compile(r"[<>≤≥]=? ?(.+)")

# ---------------------------------------------------------------- durations

_CLOCK = re.compile(r"(-?)(?:([0-9]{1,6}):)?([0-9]{1,6}):([0-9]{2}(?:[.,][0-9]+)?)")
_SPELLED = re.compile(
    r"(?:([0-9]+) ?(?:j|d|days?|jours?) ?)?(?:([0-9]+) ?(?:h|hrs?|hours?|heures?|std\.?) ?)?"
    r"(?:([0-9]+) ?(?:m|mins?|min\.|minutes?|minuten) ?)?"
    r"(?:([0-9]+(?:[.,][0-9]+)?) ?(?:s|secs?|sec\.|seconds?|secondes?|sek\.?))?",
    re.IGNORECASE,
)
_TIMED = {Scale.SECONDS: 1.0, Scale.DURATION: 1.0, Scale.MINUTES: 60.0, Scale.HOURS: 3600.0}


def evidence(cells: Cells, unit: Scale, *, currency: str | None = None) -> Evidence:
    """What one chunk's cells tell. `currency` is that of a column of money, where a header or the file tells it: one
    that has no hundredths, as the rupiah, is never written with three decimals."""
    if _all(_WHOLES, cells.text):  # digits alone tell nothing
        return Evidence()
    whole = unit is Scale.MONEY and currency in _WHOLE
    told: dict[str, list[int]] = {".": [], ",": [], "either.": [], "either,": []}
    for codes in shapes(cells.text):  # one cell of each tells what all do
        if (mark := _telling(cells.text[codes[0]], whole=whole)) is not None:
            told[mark] += codes.tolist()
    chosen = [np.asarray(each, np.int64) for each in told.values()]
    point, comma, either_point, either_comma = map(cells.rows, chosen)
    return Evidence(point, comma, either_point, either_comma, cells.first(np.concatenate(chosen[2:])))


def _telling(cell: str, *, whole: bool) -> str | None:
    """The mark of decimals where the cell has only one reading, with `either` before it where it has two."""
    if common := _COMMON.fullmatch(cell):
        told: str | None = common["mark"]
        either: str | None = common["at"]
    else:
        amount = _amount(_plain(cell))
        if amount is None:
            return None
        pair = _EITHER.fullmatch(amount.body)
        told, either = _body(amount.body), pair[1] if pair else None
        whole = whole or _code(amount.symbol) in _WHOLE
    if either is None:
        return told
    return ("," if either == "." else ".") if whole else "either" + either


def _body(body: str) -> str | None:
    """The mark with which alone these digits are a number."""
    point, comma = (pattern.fullmatch(body) is not None for pattern in _BODIES.values())
    return None if point == comma else "." if point else ","


def decided(column: Evidence, file: Evidence, locale: str | None = None, *, whole: bool = False) -> Mark | None:
    """What stands before the decimals of a column, or None where `1,234` may be 1234 as well as 1.234.

    Its own cells tell it, or else the file's other columns. `whole` says that the column counts what has no parts;
    `locale` is the language in which numbers are declared to be written.
    """
    own = column.mark or (column.grouping if whole else None) or file.mark or _WRITTEN.get(locale or "")
    return own or (None if column.example else Mark.POINT)


_WRITTEN = {"en": Mark.POINT, **dict.fromkeys("fr es de nl pt it".split(), Mark.COMMA)}


def values(texts: Sequence[str], mark: Mark, unit: Scale, *, missing: Collection[str] = ()) -> Values:
    """The distinct cells as numbers of the unit: a percentage is a fraction, a duration is in seconds, or in the
    minutes or hours that the column counts, and millionths are units of money. `missing` are further cells, in lower
    case, that have no value.
    """
    signs: dict[str, str] = {}
    if _all(_PLAIN if mark is Mark.POINT else _WHOLES, texts):
        found = in_unit(np.array(texts, np.float64), unit)
    else:
        found = np.full(len(texts), np.nan)
        for places in shapes(texts):
            cells = [texts[at] for at in places.tolist()]
            found[places], symbol = _alike(cells, mark, unit)
            if symbol:
                signs.setdefault(_code(symbol), cells[0])
    found[np.isinf(found)] = np.nan  # more digits than any number has
    wrong, damaged = np.zeros(len(texts), bool), np.zeros(len(texts), bool)
    for at in np.flatnonzero(np.isnan(found)).tolist():
        wrong[at] = not _is_missing(_plain(texts[at]), missing)
        damaged[at] = wrong[at] and is_date(texts[at])
    currencies = {code: cell for code, cell in signs.items() if code in CURRENCIES}
    symbols = {code: cell for code, cell in signs.items() if code not in CURRENCIES}
    return Values(found + 0.0, wrong, damaged, currencies, symbols)  # no zero has a sign


def _all(pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
    """Whether the pattern holds all the lines of the cells; by far the most columns are plain, and go a short way."""
    together = "\n".join((*texts, ""))
    return together.count("\n") == len(texts) and pattern.fullmatch(together) is not None


_DIVISORS = {Scale.PERCENT: 100.0, Scale.MICROS: 1e6}


def in_unit(numbers: Floats, unit: Scale) -> Floats:
    """Plain numbers as they are written, in the unit."""
    return numbers / _DIVISORS.get(unit, 1.0) + 0.0


def _alike(cells: Sequence[str], mark: Mark, unit: Scale) -> tuple[Floats, str]:
    """The numbers of cells of one shape, NaN for none, and the sign of their currency, if they have one."""
    plain = _plain(cells[0])
    amount = _amount(plain)
    if amount is None:
        seconds = [_seconds(_plain(cell)) for cell in cells] if unit in _TIMED else [np.nan]
        return np.array(seconds) / _TIMED.get(unit, 1.0), ""
    body = amount.body
    if not _BODIES[mark].fullmatch(body) or (amount.percent and unit not in _SHARES):  # a share of something else
        return np.array([np.nan]), ""
    count = sum(map(str.isdigit, body))
    bare = body.translate(_BARE[mark])
    if count > EXACT or not bare.replace(".", "", 1).isdigit() or not _digits_alike(cells[0], plain):
        bodies = (found.body for cell in cells if (found := _amount(_plain(cell))))
        numbers = np.array([float(body.translate(_BARE[mark])) for body in bodies])
    else:
        numbers = digits(cells, count) / 10.0 ** len(bare.partition(".")[2])
    numbers = numbers * (amount.times * (-1 if amount.negative else 1))
    if amount.percent:
        return numbers / 100.0, ""
    return numbers / _DIVISORS.get(unit, 1.0), amount.symbol


_SHARES = {Scale.PERCENT, Scale.FRACTION}


def _digits_alike(cell: str, plain: str) -> bool:
    """Whether the digits of the cell are those of its plain form: none of another script."""
    return _digits_of(cell) == _digits_of(plain)


def _digits_of(text: str) -> str:
    return "".join(filter(_TEN.__contains__, text))


_TEN = frozenset("0123456789")


def _plain(cell: str) -> str:
    """The cell in ASCII digits and signs, with one kind of space, and without what a list or a text puts around it."""
    if not cell.isascii():
        cell = cell.translate(_ASCII)
    plain = " ".join(cell.split())
    return plain[1:-1].strip() if plain[:1] == "[" and plain[-1:] == "]" else plain


@lru_cache(maxsize=1 << 12)  # both passes ask
def _amount(plain: str) -> _Amount | None:
    """What the cell is made of; None where it is no number."""
    if len(plain) > LONGEST:
        return None
    negative = plain[:1] == "(" and plain[-1:] == ")"
    text = plain[1:-1].strip() if negative else _SHARE.sub("", plain) if plain[-1:] == ")" else plain
    found = _CELL.fullmatch(text)
    if found is None or (found["sign"] and found["inner"]):
        return None
    sign, inner, body, times_before, times, percent_before, percent, *signs = found.group(*_PARTS)
    told = [each for each in signs if each]
    if len(told) > 1 and not (told[1] in CURRENCIES and _code(told[0]) in {told[1], *_SHARED}):  # `$5.00 USD`
        return None
    return _Amount(
        negative or sign == "-" or inner == "-",
        body,
        _THOUSANDS[times or times_before],
        bool(percent_before or percent),
        told[-1] if told else "",
    )


_PARTS = "sign inner body times_before times percent_before percent before scaled_before after scaled".split()
_SHARE = re.compile(r" \([0-9.,]+ ?%\)$")  # `350 (35.18%)`


def _code(symbol: str) -> str:
    """The ISO code of a currency's sign, or the sign itself where several currencies have it."""
    bare = "".join(symbol.upper().replace(".", "").split())
    return numbers.currency(bare) or bare


def _is_missing(plain: str, missing: Collection[str]) -> bool:
    """Whether the cell says that it has no value, or only a bound of one, such as `< 10%`."""
    bare = plain.casefold().rstrip(".") if len(plain) > 1 else plain
    if bare in _MISSING or plain.casefold() in missing:
        return True
    bound = _BOUND.fullmatch(plain)
    return bound is not None and (_amount(bound[1]) is not None or not np.isnan(_seconds(bound[1])))


def _seconds(plain: str) -> float:
    """The seconds of `0:12:56`, `4:35`, `1 h 2 min` or `4m 35s`; NaN for anything else."""
    if len(plain) > LONGEST or not plain:
        return np.nan
    if clock := _CLOCK.fullmatch(plain):
        hours, minutes, seconds = clock[2], int(clock[3]), float(clock[4].replace(",", "."))
        if seconds >= 60 or (hours is not None and minutes >= 60):
            return np.nan
        told = int(hours or 0) * 3600 + minutes * 60 + seconds
        return -told if clock[1] else told
    if spelled := _SPELLED.fullmatch(plain):
        parts = [float((part or "0").replace(",", ".")) for part in spelled.groups()]
        return sum(part * worth for part, worth in zip(parts, (86400, 3600, 60, 1), strict=True))
    return np.nan
