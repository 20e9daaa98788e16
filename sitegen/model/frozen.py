"""A frozen edition's name and file; opens nothing."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sitegen.messages import Message, Month, say
from sitegen.model.packed import Shelf

FORMAT = 2
FOLDER, SHELF = "editions", "shared.json"
PERIOD = r"^([0-9]{4})(?:-(?:q([1-4])|([0-9]{2})(?:-([0-9]{2}))?))?$"
_PERIOD = re.compile(PERIOD)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen edition as its file tells it, not opened yet. `digest` is of its plain form, in hex."""

    path: str
    period: str
    as_of: date
    on: date  # the day on which it was frozen
    digest: str
    packed: Any = field(repr=False, compare=False)
    shelf: Shelf = field(repr=False, compare=False)


def ends(period: str) -> date:
    """The last day of a period: of a month `2026-10`, a quarter `2026-q3`, a year `2026`, or the day itself.

    Raises ValueError for anything else.
    """
    found = _PERIOD.fullmatch(period)
    if not found:
        raise ValueError(period)
    year, quarter, month, day = (int(part) if part else None for part in found.groups())
    if year is None or year == 0:
        raise ValueError(period)
    if month and day:
        return date(year, month, day)
    last = month or (3 * quarter if quarter else 12)
    return date(year, last, calendar.monthrange(year, last)[1])


def begins(period: str) -> date:
    """The first day of a period."""
    end = ends(period)
    if re.fullmatch(r"\d{4}", period):
        return end.replace(month=1, day=1)
    if "q" in period:
        return date(end.year, end.month - 2, 1)
    return end.replace(day=1) if period.count("-") == 1 else end


def label(period: str) -> Message:
    """How readers call a period: "octobre 2026", "3e trimestre 2026", "2026", "31 octobre 2026"."""
    end = ends(period)
    if re.fullmatch(r"\d{4}", period):
        return say("editions.year", year=str(end.year))
    if "q" in period:
        return say("editions.quarter", quarter=say(f"editions.q{end.month // 3}"), year=str(end.year))
    if period.count("-") == 1:
        return say("editions.month", month=Month(end.year, end.month))
    return say("editions.day", day=end)


def whole_month(as_of: date) -> str:
    """The last month that is over on that day, the day included."""
    last = as_of if (as_of + timedelta(1)).day == 1 else as_of.replace(day=1) - timedelta(1)
    return f"{last.year:04}-{last.month:02}"
