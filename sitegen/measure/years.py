"""A Dossier and its daily values in, sales and spend by fiscal year out; judges no change (METHODS §1, calendar).

A year that has begun, or of which the files know only the end, is told over the part that is known, and compared with
the same dates a year earlier: a part is never set beside a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sitegen.measure.comparisons import change
from sitegen.measure.daily import Daily
from sitegen.measure.kinds import Reading, measurement, read_until, reading, tally
from sitegen.measure.periods import DAY, fiscal_year, years_back
from sitegen.measure.returns import SALES
from sitegen.messages import Period
from sitegen.model.computed import FiscalYear, YearFigure
from sitegen.model.facts import Dossier

MOST = 3  # years, the latest ones
BUSINESS = (SALES, ("transactions", "orders"), ("leads",), ("spend",))  # of each the first that is there


def fiscal_years(dossier: Dossier, daily: Daily, as_of: date) -> tuple[FiscalYear, ...]:
    """The last fiscal years of which something is known, the latest first; none where the client declares no first
    month."""
    begins = dossier.client.fiscal_year_start
    names = (next((name for name in group if daily.strands.get(name)), None) for group in BUSINESS)
    read = [each for name in names if name is not None and (each := reading(name, daily, dossier)).span]
    if begins is None or not read:
        return ()
    first = min(each.span.start for each in read if each.span)
    until = min(read_until(each, as_of) for each in read)
    return tuple(_year(whole, Period(first, until), read) for whole in _wholes(begins, first, until))


def _wholes(begins: int, first: date, until: date) -> Iterator[Period]:
    year = fiscal_year(until, begins)
    for _ in range(MOST):
        if year.end < first:
            return
        yield year
        year = fiscal_year(year.start - DAY, begins)


def _year(whole: Period, known: Period, read: Sequence[Reading]) -> FiscalYear:
    period = whole.meet(known) or whole
    before = Period(years_back(period.start), years_back(period.end))
    return FiscalYear(whole, period, tuple(_figure(each, period, before) for each in read))


def _figure(reading: Reading, now: Period, before: Period) -> YearFigure:
    moved = change(reading.metric, tally(reading, now), tally(reading, before))
    return YearFigure(measurement(reading, now), measurement(reading, before), moved)
