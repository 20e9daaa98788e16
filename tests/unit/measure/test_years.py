"""Sales and spend by fiscal year: whole years, parts told as parts and compared with the same dates (METHODS §1)."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.measure.daily import daily
from sitegen.measure.periods import fiscal_year
from sitegen.measure.years import fiscal_years
from sitegen.messages import Period
from sitegen.model.computed import FiscalYear
from sitegen.model.facts import Records
from tests.unit.measure.cases import days, dossier, key, source


@pytest.mark.parametrize(
    ("day", "begins", "start", "end"),
    [
        ("2026-04-30", 5, "2025-05-01", "2026-04-30"),
        ("2026-05-01", 5, "2026-05-01", "2027-04-30"),
        ("2026-01-01", 1, "2026-01-01", "2026-12-31"),
        ("2026-12-31", 12, "2026-12-01", "2027-11-30"),
        ("2026-11-30", 12, "2025-12-01", "2026-11-30"),
        ("2027-03-01", 3, "2027-03-01", "2028-02-29"),  # ends on a leap day
    ],
)
def test_a_fiscal_year_begins_on_the_first_of_its_month(day: str, begins: int, start: str, end: str) -> None:
    found = fiscal_year(date.fromisoformat(day), begins)
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


def told(*records: Records, as_of: str = "2026-10-31", **client: object) -> tuple[FiscalYear, ...]:
    known = dossier(*records, **client)
    day = date.fromisoformat(as_of)
    return fiscal_years(known, daily(known, day), day)


def shop(first: str = "2024-05-01", last: str = "2026-10-31", path: str = "shop.csv") -> Records:
    """One order a day in the first fiscal year from May on, two in the second, three in the third."""
    start, count = date.fromisoformat(first), days(first, last)
    orders = [fiscal_year(date.fromordinal(start.toordinal() + at), 5).start.year - 2023 for at in range(count)]
    return source(start, {"revenue": [100.0 * each for each in orders]}, path=path)


def test_nothing_is_told_by_fiscal_year_where_none_is_declared() -> None:
    assert told(shop()) == ()


def test_a_year_that_runs_is_told_as_a_part_and_compared_with_the_same_dates() -> None:
    running, whole, first = told(shop(), fiscal_year_start=5)
    assert running.whole == Period(date(2026, 5, 1), date(2027, 4, 30))
    assert running.period == Period(date(2026, 5, 1), date(2026, 10, 31))
    assert running.partial
    (sales,) = running.figures
    assert sales.now.value == 184 * 300.0
    assert (sales.before.period, sales.before.value) == (Period(date(2025, 5, 1), date(2025, 10, 31)), 184 * 200.0)
    assert sales.change == pytest.approx(0.5)
    assert (whole.partial, first.partial) == (False, False)
    assert whole.figures[0].now.value == 365 * 200.0
    assert whole.figures[0].change == pytest.approx(1.0)
    assert (first.figures[0].before.value, first.figures[0].change) == (None, None)


def test_a_year_of_which_the_files_know_only_the_end_is_a_part() -> None:
    _, _, oldest = told(shop("2024-09-01"), fiscal_year_start=5)
    assert oldest.period == Period(date(2024, 9, 1), date(2025, 4, 30))
    assert oldest.partial
    assert oldest.figures[0].now.value == 242 * 100.0


def test_the_last_three_years_are_told_and_none_that_nobody_knows() -> None:
    assert [year.whole.start.year for year in told(shop("2021-05-01"), fiscal_year_start=5)] == [2026, 2025, 2024]
    assert [year.whole.start.year for year in told(shop("2026-06-01"), fiscal_year_start=5)] == [2026]
    assert [year.whole.start.year for year in told(shop(), fiscal_year_start=1)] == [2026, 2025, 2024]


def test_what_too_few_days_support_has_a_reason_and_no_change() -> None:
    ads = source(date(2026, 10, 1), {"spend": [50.0] * 31}, "meta_ads", "ads.csv")
    running, *_ = told(shop(), ads, fiscal_year_start=5)
    sales, spend = running.figures
    assert sales.now.metric == "revenue"
    assert (spend.now.metric, spend.now.value, spend.change) == ("spend", None, None)
    assert key(spend.now.reason) == "measure.reason.too_few_days"
