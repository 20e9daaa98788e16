"""One column of a file of conversations or posts in, what its cells say out; a cell that fits nothing is told by place.

The order of day and month is decided once for a column, by a value above 12; nothing else can tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Generic, TypeVar

from sitegen.errors import Problem, Severity
from sitegen.messages import say
from sitegen.model.authored import YEARS
from sitegen.model.evidence import Sheet

TOLD = 20  # cells of one fault in one column; the others are counted
MOST = 10**9  # a count or a time beyond it is a slip

V = TypeVar("V")

_TIME = r"(?:[T ,]*(\d{1,2})[:h](\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.ASCII | re.IGNORECASE)
_PAIR = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_TIME}", re.ASCII | re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-?[WwSs](\d{1,2})", re.ASCII)
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?", re.ASCII)
_SPAN = re.compile(
    r"(?:(\d+)\s*(?:d|j)[a-z]*)?\s*(?:(\d+)\s*h[a-z]*)?\s*(?:(\d+)\s*(?:m[a-z]*)?)?\s*(?:\d+\s*s[a-z]*)?"
)
_CLOCK = re.compile(r"(\d+):(\d{2}):(\d{2})", re.ASCII)
YES = frozenset({"yes", "y", "oui", "o", "1", "true", "vrai", "x", "answered", "repondu", "replied"})
NO = frozenset({"no", "n", "non", "0", "false", "faux", "unanswered", "sans reponse", "not answered"})
_NOTHING = frozenset({"", "-", "--", "–", "—", "n/a", "na", "null", "none"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as a proleptic ordinal, with the minute of it where the cell tells one."""

    day: int
    minute: int | None = None

    def since(self, other: Moment) -> float | None:
        """Minutes from `other` on; None where either has no time of day."""
        if self.minute is None or other.minute is None:
            return None
        return float(1440 * (self.day - other.day) + self.minute - other.minute)


def plain(cell: str) -> str:
    """A word as it is compared: without case and accents, single spaces."""
    bare = unicodedata.normalize("NFKD", cell.replace("’", "'")).casefold()
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())


def empty(cell: str) -> bool:
    """Whether the cell says nothing."""
    return plain(cell) in _NOTHING


@dataclass(frozen=True, slots=True)
class Read(Generic[V]):
    """What each row says, None for nothing; `wrong` are the rows whose cell is none of what is expected."""

    values: tuple[V | None, ...]
    wrong: tuple[int, ...] = ()


def each(sheet: Sheet, column: str, read: Callable[[str], V | None]) -> Read[V]:
    """The column by what `read` makes of a cell; it gives None for one that it cannot read. Nothing without it."""
    cells = sheet.cells.get(column)
    if cells is None:
        return Read((None,) * len(sheet))
    known: dict[str, V | None] = {cell: None if empty(cell) else read(cell) for cell in set(cells)}
    wrong = tuple(row for row, cell in enumerate(cells) if known[cell] is None and not empty(cell))
    return Read(tuple(known[cell] for cell in cells), wrong)


def number(cell: str) -> float | None:
    """A number that is not negative, as people write one."""
    found = _NUMBER.fullmatch(cell)
    value = float(re.sub(r"[ \u00a0\u202f]", "", cell).replace(",", ".")) if found else None
    return value if value is not None and value <= MOST else None


def count(cell: str) -> int | None:
    """A whole number."""
    value = number(cell)
    return int(value) if value is not None and value == int(value) else None


def minutes(cell: str) -> float | None:
    """Minutes as a number, or a time such as `2 h 05`, `45 min`, `1:05:00`."""
    if (value := number(cell)) is not None:
        return value
    if clock := _CLOCK.fullmatch(cell):
        return 60 * int(clock[1]) + int(clock[2]) + int(clock[3]) / 60
    found = _SPAN.fullmatch(cell.casefold())
    if not found or not any(found.groups()):
        return None
    days, hours, rest = (int(part or 0) for part in found.groups())
    total = float(1440 * days + 60 * hours + rest)
    return total if total <= MOST else None


def flag(cell: str) -> bool | None:
    """Yes or no."""
    word = plain(cell)
    return True if word in YES else False if word in NO else None


def listed(cell: str) -> tuple[str, ...]:
    """The items of a cell that is a list, as they are compared."""
    return tuple(item for part in re.split(r"[,;|\n]|(?=#)", cell) if (item := plain(part).lstrip("#").strip()))


# ---------------------------------------------------------------- days


def moments(sheet: Sheet, column: str, zone: tzinfo | None) -> tuple[Read[Moment], bool]:
    """The column's days and times; whether its dates can be read in two ways."""
    cells = [cell for cell in sheet.cells.get(column, ()) if not empty(cell)]
    pairs = [(int(found[1]), int(found[2])) for found in map(_PAIR.fullmatch, cells) if found]
    day_first = sum(first > 12 >= second for first, second in pairs)
    month_first = sum(second > 12 >= first for first, second in pairs)
    doubtful = bool(pairs) and day_first == month_first and any(first != second for first, second in pairs)
    return each(sheet, column, lambda cell: _moment(cell, zone, day_first=day_first >= month_first)), doubtful


def _moment(cell: str, zone: tzinfo | None, *, day_first: bool) -> Moment | None:
    if week := _WEEK.fullmatch(cell):
        return _dated(lambda: date.fromisocalendar(int(week[1]), int(week[2]), 1))
    if found := _ISO.fullmatch(cell):
        year, month, day = (int(found[at]) for at in (1, 2, 3))
    elif found := _PAIR.fullmatch(cell):
        first, second, year = (int(found[at]) for at in (1, 2, 3))
        day, month = (first, second) if day_first else (second, first)
    else:
        return None
    told = _dated(lambda: date(year, month, day))
    if told is None or found[4] is None:
        return told
    hour = _hour(int(found[4]), found[6])
    if hour is None or int(found[5]) > 59:
        return None
    if found[7] and zone:
        return _in_zone(date.fromordinal(told.day), hour, int(found[5]), found[7], zone)
    return Moment(told.day, 60 * hour + int(found[5]))


def _dated(made: Callable[[], date]) -> Moment | None:
    try:
        day = made()
    except ValueError:
        return None
    return Moment(day.toordinal()) if day.year in YEARS else None


def _hour(hour: int, half: str | None) -> int | None:
    if half is None:
        return hour if hour <= 23 else None
    return hour % 12 + (12 if half[0] in "pP" else 0) if 1 <= hour <= 12 else None


def _in_zone(day: date, hour: int, minute: int, offset: str, zone: tzinfo) -> Moment:
    text = "+00:00" if offset in "zZ" else offset
    there = datetime.fromisoformat(f"{day.isoformat()}T{hour:02}:{minute:02}:00{text}").astimezone(zone)
    return Moment(there.toordinal(), 60 * there.hour + there.minute)


# ---------------------------------------------------------------- what is wrong


def problems(
    sheet: Sheet, column: str, rows: Sequence[int], fault: str, severity: Severity = Severity.ERROR
) -> Iterator[Problem]:
    """One problem for each of the first rows, at the column's cell, then one that counts the others."""
    at = sheet.places.get(column, 1)
    message, hint = say(f"problems.evidence.{fault}"), say(f"problems.hint.evidence.{fault}")
    for row in rows[:TOLD]:
        yield Problem(sheet.path, sheet.lines[row], at, message, hint, severity)
    if len(rows) > TOLD:
        more = say("problems.and_more", count=len(rows) - TOLD)
        yield Problem(sheet.path, sheet.lines[rows[TOLD]], at, more, None, severity)


def whole(sheet: Sheet, fault: str, column: str = "", severity: Severity = Severity.ERROR) -> Problem:
    """A problem of the file, at its header."""
    message, hint = say(f"problems.evidence.{fault}"), say(f"problems.hint.evidence.{fault}")
    return Problem(sheet.path, sheet.header_line, sheet.places.get(column, 1), message, hint, severity)


def rows_where(flags: Iterable[bool]) -> tuple[int, ...]:
    """The positions of what is true."""
    return tuple(row for row, wrong in enumerate(flags) if wrong)
