"""A block's chunks in, how each of its columns is written out: the first of two passes; converts nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sitegen.check.exports import amounts, dating
from sitegen.check.exports.months import WEEKDAYS, folded
from sitegen.check.tables.cells import cells, patterns
from sitegen.check.tables.numbers import Mark
from sitegen.messages import Period
from sitegen.model.exports import DATED, Block, Found, Gauge, Role, Scale

BOUNDS = frozenset({Role.PERIOD_START, Role.PERIOD_END})
FRACTIONS = re.compile(
    r"conversion|result|frequency|reaction_rate|lead|purchase|transaction|order"
)  # may be shared out


@dataclass(frozen=True, slots=True)
class Hints:
    """What was declared, where the cells of a file do not tell."""

    date_format: str | None = None
    locale: str | None = None
    year: int | None = None  # of the latest row
    spreadsheet: bool = False  # days may be numbers, as a workbook keeps them
    period: Period | None = None  # of the report: indexes count from its first day


@dataclass(frozen=True, slots=True)
class Doubt:
    """A column that could be read in two ways, with the first cell that could."""

    column: Found
    line: int
    cell: str
    date: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How each column is written; one without an entry cannot be read."""

    marks: Mapping[str, Mark]
    writings: Mapping[str, dating.Writing]
    doubts: tuple[Doubt, ...] = ()
    unread: bool = False  # a column of dates holds none that can be read, and no days of the week


def plan(block: Block, hints: Hints) -> Plan:
    """The first pass: what all cells of a column together tell."""
    serials = hints.spreadsheet
    dated = [column for column in block.columns if column.role in DATED | BOUNDS and not is_index(column)]
    figured = [column for column in block.columns if column.role is Role.METRIC]
    dates = dict.fromkeys((column.header for column in dated), dating.Evidence())
    numbers = {column.header: amounts.Evidence() for column in figured}
    weekdays: set[str] = set()  # headers of columns that tell days of the week
    for chunk in block.table.chunks():
        for column in dated:
            if not dates[column.header].dated and any(folded(t) in WEEKDAYS for t in cells(chunk, column.header).text):
                weekdays.add(column.header)
            dates[column.header] += dating.evidence(cells(chunk, column.header), serials=serials, role=column.role)
        for column in figured:
            held = patterns(chunk, column.header)
            numbers[column.header] += amounts.evidence(held, column.scale, currency=column.currency)
    everything = sum((_told(column, numbers[column.header]) for column in figured), amounts.Evidence())
    doubts: dict[bool, Doubt] = {}  # one of dates and one of numbers: one answer settles all columns of a kind
    marks: dict[str, Mark] = {}
    for column in figured:
        mark = amounts.decided(numbers[column.header], everything, hints.locale, whole=is_whole(column))
        if mark is None:
            line, cell = numbers[column.header].example or (block.table.header_line, "")
            doubts.setdefault(False, Doubt(column, line, cell, date=False))
        else:
            marks[column.header] = mark
    writings: dict[str, dating.Writing] = {}
    bounds = sum((dates[column.header] for column in dated if column.role in BOUNDS), dating.Evidence())
    for column in dated:
        found = bounds if column.role in BOUNDS else dates[column.header]
        writing = dating.decided(found, hints.date_format, within=hints.period)
        if isinstance(writing, dating.Ambiguous):
            doubts.setdefault(True, Doubt(column, writing.line, writing.cell, date=True))
        elif found.dated:  # else its cells are words, such as days of the week
            writings[column.header] = writing
    days = [column.header for column in dated if column.role is Role.DATE and column.header not in weekdays]
    unread = bool(days) and not writings and not any(dates[header].dated for header in days)
    return Plan(marks, writings, tuple(doubts.values()), unread)


def _told(column: Found, found: amounts.Evidence) -> amounts.Evidence:
    """What a column tells the others: where it counts things without parts, `1,234` can only be grouped."""
    if not is_whole(column):
        return found
    return replace(
        found,
        point=found.point + found.either_comma,
        comma=found.comma + found.either_point,
        either_point=0,
        either_comma=0,
    )


def is_whole(column: Found) -> bool:
    """Whether a column counts things that have no parts, so that `2.546` can only be 2546."""
    return column.scale is Scale.COUNT and column.gauge is not Gauge.AVERAGE and not FRACTIONS.search(column.id)


def is_index(column: Found) -> bool:
    """Whether a column counts days, weeks or months from the first day of the report."""
    return column.role in {Role.INDEX_DAY, Role.INDEX_WEEK, Role.INDEX_MONTH}
