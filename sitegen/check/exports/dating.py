"""Distinct cells of a column in, the one way in which it writes its days and the days out; knows no rows.

What `03/04/2025` means is decided once for the column, from all its values: by a part above 12, by a weekday, by a span
that would run backwards. A column that none of these tells is asked about, and so is the year of `February 28`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

import numpy as np

from sitegen.check.exports.grammar import Days, Length, MonthDay, Told, told
from sitegen.check.exports.months import folded
from sitegen.check.tables import dates
from sitegen.check.tables.cells import Cells
from sitegen.check.tables.dates import Order, Ordinals
from sitegen.messages import Period
from sitegen.model.exports import Role

__all__ = ["Ambiguous", "Evidence", "Form", "Writing", "decided", "evidence", "is_date", "period", "spans"]


class Form(StrEnum):
    """What a cell needs beside itself to be read."""

    PLAIN = "plain"  # nothing
    PAIRED = "paired"  # the order of day and month
    YEARLESS = "yearless"  # a year
    SERIAL = "serial"  # to be known for a spreadsheet's count of days


@dataclass(frozen=True, slots=True)
class Writing:
    """How a column writes its days: a form, with the order of a paired one, or a declared `strptime` format."""

    form: Form = Form.PLAIN
    order: Order | None = None
    format: str | None = None

    @property
    def yearless(self) -> bool:
        return self.form is Form.YEARLESS


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A cell that may begin with the day or with the month, and what it is then. `line` is 0 for a cell alone."""

    line: int
    cell: str
    day_first: Period
    month_first: Period


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows by form, paired ones that allow one order only, and the first and last day of these in either order."""

    forms: tuple[int, int, int, int] = (0, 0, 0, 0)  # in the order of `Form`
    day_first: int = 0
    month_first: int = 0
    bounds: tuple[Days | None, Days | None] = (None, None)  # day first, month first
    example: Ambiguous | None = None

    def __add__(self, other: Evidence) -> Evidence:
        plain, paired, yearless, serial = (one + two for one, two in zip(self.forms, other.forms, strict=True))
        day_first, month_first = (_wider(one, two) for one, two in zip(self.bounds, other.bounds, strict=True))
        return Evidence(
            (plain, paired, yearless, serial),
            self.day_first + other.day_first,
            self.month_first + other.month_first,
            (day_first, month_first),
            self.example or other.example,
        )

    @property
    def dated(self) -> int:
        """How many rows tell days in any form."""
        return sum(self.forms)

    @property
    def order(self) -> Order | None:
        """What most telling cells say; None when none tells, or as many say either."""
        if self.day_first == self.month_first:
            return None
        return Order.DAY_FIRST if self.day_first > self.month_first else Order.MONTH_FIRST

    def inside(self, period: Period) -> Order | None:
        """The only order in which every paired cell lies in a period."""
        first, last = period.start.toordinal(), period.end.toordinal()
        orders = zip(Order, self.bounds, strict=True)
        fits = [order for order, days in orders if days and first <= days[0] and days[1] <= last]
        return fits[0] if len(fits) == 1 else None


# Spreadsheets count days from 1899-12-30, so that serials fit after the February 29 that 1900 never had.
_SERIAL = re.compile(r"([2-7][0-9]{4})(?:\.[0-9]+)?", re.ASCII)
_SERIAL_ZERO = date(1899, 12, 30).toordinal()
_SERIALS = range(25569, 73051)  # 1970 to 2099
_ISO = re.compile(
    r"(?:(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]++)?)?(?:Z| ?[+-][0-9]{2}:?[0-9]{2})?)?\n)++"
)
_EPOCH = date(1970, 1, 1).toordinal()
LONGEST_LINE = 300  # characters of a line above a table that are looked at
_BEFORE = re.compile(r"\b(?:previous|prior|preceden|anterior|vorherig|vorig|voorgaand|voorafgaand|السابق)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
_MONTH_DIGITS = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])", re.ASCII)


def evidence(cells: Cells, *, serials: bool = False, role: Role = Role.DATE) -> Evidence:
    """What one chunk's cells tell. With `serials`, numbers such as 45567 count days, as cells of a spreadsheet do."""
    if _iso(cells.text) is not None:
        return Evidence((int(cells.counts.sum()), 0, 0, 0))
    forms: dict[Form, list[int]] = {form: [] for form in Form}
    only: dict[Order, list[int]] = {order: [] for order in Order}
    both: dict[int, tuple[Days, Days]] = {}
    bounds: list[Days | None] = [None, None]
    for code, cell in enumerate(cells.text):
        found = _told(cell, role)
        if found is None:
            if serials and _serial(cell):
                forms[Form.SERIAL].append(code)
            continue
        forms[_form(found)].append(code)
        if not found.paired:
            continue
        bounds = [_wider(bounds[0], found.day_first), _wider(bounds[1], found.month_first)]
        if found.day_first is None or found.month_first is None:
            only[Order.DAY_FIRST if found.day_first else Order.MONTH_FIRST].append(code)
        elif found.day_first != found.month_first:
            both[code] = found.day_first, found.month_first
    plain, paired, yearless, serial = (cells.rows(_codes(codes)) for codes in forms.values())
    return Evidence(
        (plain, paired, yearless, serial),
        cells.rows(_codes(only[Order.DAY_FIRST])),
        cells.rows(_codes(only[Order.MONTH_FIRST])),
        (bounds[0], bounds[1]),
        _example(cells, both),
    )


def _example(cells: Cells, both: Mapping[int, tuple[Days, Days]]) -> Ambiguous | None:
    """The first of the cells that allow two different readings."""
    first = cells.first(_codes(list(both)))
    return _ambiguous(*first, *both[cells.text.index(first[1])]) if first else None


def decided(found: Evidence, hint: str | None = None, *, within: Period | None = None) -> Writing | Ambiguous:
    """How the column writes its days, or the first cell that leaves it open.

    `hint` is what was declared for the column: `day_first`, `month_first` or a `strptime` format. An order is needed
    only where the cells do not tell theirs; nothing else, such as a language, may be passed for one. `within` is a
    period in which the days are known to lie, such as that of the file's preamble.
    """
    if hint is not None and "%" in hint and dates.is_format(hint):
        return Writing(format=hint)
    form = max(zip(found.forms, Form, strict=True), key=lambda pair: pair[0])[1]
    if form is not Form.PAIRED:
        return Writing(form)
    order = found.order or (found.inside(within) if within else None) or _hinted(hint)
    if order is None and found.example is not None:
        return found.example
    return Writing(form, order or Order.DAY_FIRST)  # without an example, all its cells are the same in both orders


def spans(
    texts: Sequence[str], writing: Writing, *, year_hint: int | None = None, role: Role = Role.DATE
) -> tuple[Ordinals, Ordinals]:
    """The proleptic ordinals of the first and the last day of each cell, 0 where it tells none in this writing.

    `role` tells how long one day stands for: a `WEEK`, whose first day it is, or the `MONTH` or `QUARTER` that it is
    in. A yearless column is read only as a run of days up or down: `texts` are then the cells of all rows, in the order
    of the file, and `year_hint` is the year of the latest one. A February 29 in another year proves the hint wrong.
    """
    if writing.yearless:
        first, last = _run(texts, year_hint)
    elif writing.format is not None:
        first, last = _declared(texts, writing.format, role)
    elif writing.form is Form.PLAIN and (days := _iso(texts)) is not None:
        first, last = days, days.copy()
    else:
        first, last = _arrays([_days(cell, writing, role) for cell in texts])
    return _lengthened(first, last, role)


def period(text: str, hint: str | None = None) -> Period | Ambiguous | None:
    """The period that one cell tells, or a line above a table: `# 20150416-20150416`, `Ad report (Oct 25, 2016-Oct 31,
    2016)`; None when it tells none, as `All time`. `hint` as for `decided`."""
    for candidate in _candidates(text):
        found = told(candidate)
        readings = [days for days in (found.day_first, found.month_first) if days] if found else []
        if not found or not readings:
            continue
        if len(set(readings)) == 1:
            return _period(readings[0])
        order = _hinted(hint)
        return _ambiguous(0, candidate, *readings) if order is None else _period(_in_order(found, order) or readings[0])
    return None


def _hinted(hint: str | None) -> Order | None:
    """The order that was declared, by its name or by a `strptime` format."""
    if hint is None or "%d" not in hint or "%m" not in hint:
        return Order(hint) if hint in set(Order) else None
    return Order.DAY_FIRST if hint.index("%d") < hint.index("%m") else Order.MONTH_FIRST


def is_before(text: str) -> bool:
    """Whether a text calls its period after the one that follows: `Previous 28 days`, `3 mois précédents`."""
    return _BEFORE.search(folded(text)) is not None


def is_date(cell: str) -> bool:
    """Whether a cell is one date, such as a spreadsheet makes of `2.5`: `02-May`, `mai-25`, `02/05/2025`."""
    found = told(cell)
    return found is not None and found.length in {Length.DAY, Length.MONTH}


# ---------------------------------------------------------------- cells


def _told(cell: str, role: Role) -> Told | None:
    """What the cell tells; in a column of months, `202503` too, and in one of periods, `2025`."""
    if role is Role.MONTH and (month := _MONTH_DIGITS.fullmatch(cell.strip())):
        return told(f"{month[1]}-{month[2]}")
    if role is Role.PERIOD and _YEAR.fullmatch(year := cell.strip()):
        return told(f"{year}-01-01 - {year}-12-31")
    return told(cell)


def _form(found: Told) -> Form:
    return Form.PAIRED if found.paired else Form.YEARLESS if found.yearless else Form.PLAIN


def _serial(cell: str) -> int:
    """The ordinal of a spreadsheet's count of days; 0 for anything else."""
    found = _SERIAL.fullmatch(cell.strip())
    return _SERIAL_ZERO + int(found[1]) if found and int(found[1]) in _SERIALS else 0


def _days(cell: str, writing: Writing, role: Role) -> Days:
    if writing.form is Form.SERIAL:
        day = _serial(cell)
        return day, day
    found = _told(cell, role)
    if found is None or found.yearless or found.paired is not (writing.form is Form.PAIRED):
        return 0, 0
    return _in_order(found, writing.order) or (0, 0)


def _in_order(found: Told, order: Order | None) -> Days | None:
    return found.month_first if order is Order.MONTH_FIRST else found.day_first


def _ambiguous(line: int, cell: str, day_first: Days, month_first: Days) -> Ambiguous:
    return Ambiguous(line, cell, _period(day_first), _period(month_first))


def _period(days: Days) -> Period:
    return Period(date.fromordinal(days[0]), date.fromordinal(days[1]))


def _candidates(text: str) -> Iterator[str]:
    """The line itself, what follows its key, and what it has in brackets."""
    bare = text[:LONGEST_LINE].strip(" \t#\"'*;,\ufeff")
    yield bare
    if key := re.match(r"[^:0-9]*[^\W\d]\s*:\s*(.+)", bare):
        yield key[1]
    if brackets := re.search(r"\(([^()]+)\)[^()]*$", bare):
        yield brackets[1]


# ---------------------------------------------------------------- columns


def _iso(texts: Sequence[str]) -> Ordinals | None:
    """The days of cells that all begin with one such as 2026-10-31: by far the most columns, so they go a short way."""
    together = "\n".join((*texts, ""))
    if together.count("\n") != len(texts) or not _ISO.fullmatch(together):
        return None
    try:
        days = np.array([cell[:10] for cell in texts], "datetime64[D]")
    except ValueError:  # the calendar has no such day
        return None
    return days.astype(np.int64) + _EPOCH


def _declared(texts: Sequence[str], format: str, role: Role) -> tuple[Ordinals, Ordinals]:
    """Days in the declared format; a cell that is not in it may still tell its days itself."""
    days = dates.days(texts, dates.Writing(format=format))
    plain = Writing()
    others = [(day, day) if day else _days(cell, plain, role) for cell, day in zip(texts, days.tolist(), strict=True)]
    return _arrays(others)


def _arrays(days: Sequence[Days]) -> tuple[Ordinals, Ordinals]:
    table = np.array(days, np.int64).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].copy()


def _lengthened(first: Ordinals, last: Ordinals, role: Role) -> tuple[Ordinals, Ordinals]:
    """Where a cell tells one day, the week, month or quarter that it stands for."""
    months = {Role.MONTH: 1, Role.QUARTER: 3}.get(role)
    if months is None and role is not Role.WEEK:
        return first, last
    single = (first == last) & (first > 0)
    if months is None:
        return first, np.where(single, last + 6, last)
    month = (first - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    begins = month - month % months
    start, after = (each.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + _EPOCH
                    for each in (begins, begins + months))  # fmt: skip
    return np.where(single, start, first), np.where(single, after - 1, last)


def _run(texts: Sequence[str], year: int | None) -> tuple[Ordinals, Ordinals]:
    """Days without a year, as a run that goes up or down and through new years; cells with a year stand by it."""
    plain = Writing()
    found = [told(cell) for cell in texts]
    days = [_days(cell, plain, Role.DATE) for cell in texts]
    at = [place for place, each in enumerate(found) if each and each.yearless]
    ends = [each.yearless for each in found if each and each.yearless]
    years = _years([end for _, end in ends], year) if year is not None else None
    try:
        run = [] if years is None else list(map(_dated, ends, years))
    except ValueError:  # no February 29 in that year
        run = []
    for place, pair in zip(at, run, strict=False):
        week = 6 if (each := found[place]) and each.length is Length.WEEK else 0
        days[place] = pair[0], pair[1] + week
    return _arrays(days)


def _dated(ends: tuple[MonthDay, MonthDay], year: int) -> Days:
    first, last = ends
    return date(year - (first > last), *first).toordinal(), date(year, *last).toordinal()


def _years(run: Sequence[MonthDay], latest: int) -> list[int] | None:
    """The year of each day of a run of which the latest is in that year; None where it goes neither up nor down."""
    if _all_steps(run, lambda step: step <= 183):
        return _backwards(run[::-1], latest)[::-1]
    if _all_steps(run, lambda step: step == 0 or step > 183):
        return _backwards(run, latest)
    return None


def _all_steps(run: Sequence[MonthDay], allowed: Callable[[int], bool]) -> bool:
    """Whether every day is as far from the one before, counted forwards around a leap year, as is allowed."""
    places = [date(2000, *day).toordinal() for day in run]
    return all(allowed((after - before) % 366) for before, after in pairwise(places))


def _backwards(run: Sequence[MonthDay], year: int) -> list[int]:
    """The years of a run that goes back from a day of this year."""
    years = list[int]()
    for at, day in enumerate(run):
        year -= at > 0 and day > run[at - 1]
        years.append(year)
    return years


def _wider(one: Days | None, other: Days | None) -> Days | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _codes(chosen: Sequence[int]) -> np.typing.NDArray[np.int64]:
    return np.asarray(chosen, np.int64)
