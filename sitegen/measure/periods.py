"""Days in, the periods they are compared by out: windows, months, ISO weeks, years. Knows no data (METHODS §1)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from sitegen.messages import Period
from sitegen.model.computed import Grain

WINDOW = 28  # days: four of each weekday
YEAR = 364  # days: 52 weeks, so that weekdays meet; week numbers would not, since some years have a week 53
MONTHS_FOR_MONTHLY, WEEKS_FOR_WEEKLY = 9, 9  # a shorter series is drawn at a finer grain
LENGTHS: dict[Grain, int] = {"day": 1, "week": 7, "month": 31}  # days, at most
# A file that ends no earlier than this before the report is read up to its own last day.
LAGS: dict[Grain, timedelta] = {"day": timedelta(14), "week": timedelta(14), "month": timedelta(45)}
DAY = timedelta(1)
YEAR_MONTHS = 12


def window(end: date, days: int = WINDOW) -> Period:
    """The `days` days up to `end`."""
    return Period(end - timedelta(days - 1), end)


def previous(period: Period) -> Period:
    """As many days, just before."""
    return period.shifted(-period.days)


def year_before(period: Period) -> Period:
    """The same weekdays, 52 weeks before."""
    return period.shifted(-YEAR)


def years_back(day: date, years: int = 1) -> date:
    """The same date `years` years before; 29 February becomes the 28th."""
    month_end = monthrange(day.year - years, day.month)[1]
    return day.replace(year=day.year - years, day=min(day.day, month_end))


def months_on(day: date, months: int) -> date:
    """The same date `months` months later (earlier when negative), or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def enclosing(day: date, grain: Grain) -> Period:
    """The day, the ISO week (Monday to Sunday) or the calendar month that `day` is in."""
    if grain == "day":
        return Period(day, day)
    if grain == "week":
        monday = day - timedelta(day.weekday())
        return Period(monday, monday + timedelta(6))
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


@lru_cache(maxsize=1 << 10)
def meeting(period: Period, grain: Grain) -> tuple[Period, ...]:
    """The days, weeks or months that have a day in `period`, in order."""
    found = [enclosing(period.start, grain)]
    while found[-1].end < period.end:
        found.append(enclosing(found[-1].end + DAY, grain))
    return tuple(found)


@lru_cache(maxsize=1 << 10)
def within(period: Period, grain: Grain) -> tuple[Period, ...]:
    """The days, weeks or months that lie wholly in `period`, in order."""
    return tuple(each for each in meeting(period, grain) if each.start in period and each.end in period)


def last_months(before: date, count: int) -> Period:
    """The last `count` complete months before the day `before`."""
    first = before.replace(day=1)
    return Period(months_on(first, -count), first - DAY)


def last_year(span: Period) -> Period:
    """The last twelve complete months of `span` if it has them, else at most its last twelve months."""
    months = within(span, "month")
    if len(months) >= YEAR_MONTHS:
        return Period(months[-YEAR_MONTHS].start, months[-1].end)
    return Period(max(span.start, years_back(span.end) + DAY), span.end)


def fiscal_year(day: date, begins: int) -> Period:
    """The twelve months that `day` is in, the first of which is the month `begins` (1 to 12)."""
    start = date(day.year - (day.month < begins), begins, 1)
    return Period(start, months_on(start, YEAR_MONTHS) - DAY)


def longest(*grains: Grain) -> Grain:
    """The one of most days."""
    return max(grains, key=lambda grain: LENGTHS[grain], default="day")


def grain(span: Period) -> Grain:
    """The grain on which a series over `span` is shown: months if it has nine, weeks if it has nine, else days."""
    if len(meeting(span, "month")) >= MONTHS_FOR_MONTHLY:
        return "month"
    return "week" if len(meeting(span, "week")) >= WEEKS_FOR_WEEKLY else "day"
