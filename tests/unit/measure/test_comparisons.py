"""Like is compared with like, and a series tells what is missing and what is cut short."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sitegen.measure.comparisons import change, comparisons, series
from sitegen.measure.daily import daily
from sitegen.measure.kinds import reading, tally
from sitegen.messages import Period
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Comparison, Series
from sitegen.model.facts import Records

from .cases import dossier, source

END = date(2026, 10, 31)


def compared(metric: str, *records: Records, as_of: date = END) -> Comparison:
    client = dossier(*records)
    return next(each for each in comparisons(client, daily(client, as_of), as_of) if each.metric == metric)


def drawn(metric: str, *records: Records, as_of: date = END) -> Series:
    found = compared(metric, *records, as_of=as_of).series
    assert found
    return found


def test_partial_periods_are_compared_by_day() -> None:
    """620 in the 30 days of June, 300 in 15 days of July: -3.2 %, not -51.6 %."""
    client = dossier(source(date(2026, 6, 1), {"sessions": [620 / 30] * 30 + [20] * 15}))
    read = reading("sessions", daily(client, date(2026, 7, 15)), client)
    june, july = Period(date(2026, 6, 1), date(2026, 6, 30)), Period(date(2026, 7, 1), date(2026, 7, 15))
    assert change(METRICS["sessions"], tally(read, july), tally(read, june)) == pytest.approx(-0.0323, abs=5e-5)


def test_a_window_with_missing_days_is_compared_by_day() -> None:
    values = [10.0] * 28 + [11.0] * 20 + [None] * 2 + [11.0] * 6
    assert compared("sessions", source(END - timedelta(55), {"sessions": values})).change_previous == pytest.approx(0.1)


def test_amounts_change_relatively_and_rates_by_points() -> None:
    values = {"sessions": [100] * 56, "transactions": [2] * 28 + [3] * 28, "revenue": [200] * 28 + [150] * 28}
    site = source(END - timedelta(55), values)
    assert compared("transactions", site).change_previous == pytest.approx(0.5)
    assert compared("conversion_rate", site).change_previous == pytest.approx(0.01)
    assert compared("average_order_value", site).change_previous == pytest.approx(-0.5)


def test_the_year_before_is_52_weeks_before() -> None:
    """The tenfold Saturdays meet Saturdays, so nothing changed."""
    first = END - timedelta(391)
    values = [100.0 if (first + timedelta(i)).weekday() == 5 else 10.0 for i in range(392)]
    found = compared("sessions", source(first, {"sessions": values}))
    assert found.change_year == 0
    assert found.year_before.period == Period(date(2025, 10, 5), date(2025, 11, 1))


def test_there_is_no_change_from_zero_nor_across_it() -> None:
    assert compared("sessions", source(END - timedelta(55), {"sessions": [0] * 28 + [5] * 28})).change_previous is None
    across = source(END - timedelta(55), {"revenue": [-1] * 28 + [5] * 28})
    assert compared("revenue", across).change_previous is None


def test_refunds_that_grow_are_a_growth() -> None:
    refunds = source(END - timedelta(55), {"returns": [-10] * 28 + [-12] * 28})
    assert compared("returns", refunds).change_previous == pytest.approx(0.2)


def test_a_source_that_joins_in_is_no_growth() -> None:
    google = source(END - timedelta(55), {"spend": [10] * 56}, "google_ads", "google.csv")
    tiktok = source(END - timedelta(27), {"spend": [10] * 28}, "tiktok_ads", "tiktok.csv")
    found = compared("spend", google, tiktok)
    assert (found.current.value, found.previous.value, found.change_previous) == (560, 280, None)


def test_every_metric_with_data_is_compared_and_no_other() -> None:
    client = dossier(source(END, {"sessions": [10], "transactions": [1], "users": [9]}))
    found = comparisons(client, daily(client, END), END)
    assert [each.metric for each in found] == ["sessions", "transactions", "conversion_rate"]


# ---------------------------------------------------------------- series


def test_a_month_cut_short_by_the_report_is_told_and_marked() -> None:
    found = drawn("sessions", source(date(2026, 1, 1), {"sessions": [1] * 289}), as_of=date(2026, 10, 16))
    assert (found.grain, found.start, len(found.values)) == ("month", date(2026, 1, 1), 10)
    assert (found.values[-2:], found.complete[-2:]) == ((30, 16), (True, False))


@pytest.mark.parametrize(("day", "last"), [(1, 30), (15, 30), (16, 16)])
def test_a_month_of_which_less_than_half_is_over_is_left_out(day: int, last: float) -> None:
    site = source(date(2026, 1, 1), {"sessions": [1] * (273 + day)})
    assert drawn("sessions", site, as_of=date(2026, 10, day)).values[-1] == last


@pytest.mark.parametrize(("day", "last"), [(date(2026, 11, 4), 7), (date(2026, 11, 5), 4)])
def test_a_week_of_which_less_than_half_is_over_is_left_out(day: date, last: float) -> None:
    """4 November 2026 is a Wednesday."""
    site = source(date(2026, 8, 10), {"sessions": [1] * ((day - date(2026, 8, 10)).days + 1)})
    found = drawn("sessions", site, as_of=day)
    assert (found.grain, found.values[-1]) == ("week", last)


def test_a_month_with_too_few_days_is_missing_not_small() -> None:
    found = drawn("sessions", source(date(2025, 10, 20), {"sessions": [1] * 377}))
    assert (found.values[0], found.complete[0]) == (None, False)
    assert found.values[1] == 30


def test_a_month_without_data_is_missing_not_zero() -> None:
    values = [1.0] * 31 + [None] * 28 + [1.0] * 245
    found = drawn("sessions", source(date(2026, 1, 1), {"sessions": values}))
    assert found.values[:3] == (31, None, 31)


def test_a_long_series_keeps_its_last_three_years() -> None:
    found = drawn("sessions", source(END - timedelta(1999), {"sessions": [1] * 2000}))
    assert (len(found.values), found.start) == (36, date(2023, 11, 1))


def test_weeks_begin_on_monday() -> None:
    found = drawn("sessions", source(date(2026, 8, 10), {"sessions": [1] * 83}))
    assert (found.grain, found.start.weekday()) == ("week", 0)
    assert set(found.values[:-1]) == {7}


def test_there_is_no_series_without_data() -> None:
    client = dossier(source(END, {"sessions": [1]}))
    values = daily(client, END)
    assert series(reading("leads", values, client), END) is None


@pytest.mark.parametrize(("late", "last"), [(9, END - timedelta(9)), (14, END - timedelta(14)), (15, END)])
def test_a_metric_is_compared_on_the_windows_that_end_with_its_own_data(late: int, last: date) -> None:
    """Up to two weeks before the report; later, the days are missing."""
    sold = source(END - timedelta(99), {"transactions": [2] * (100 - late)}, path="shop.csv")
    seen = source(END - timedelta(99), {"sessions": [100] * 100}, path="site.csv")
    for metric in ("transactions", "conversion_rate"):
        found = compared(metric, sold, seen)
        assert found.current.period == Period(last - timedelta(27), last)
        assert (found.current.value is None) is (late == 15)
    assert compared("sessions", sold, seen).current.period == Period(END - timedelta(27), END)


def test_a_sum_of_files_ends_with_the_first_that_ends() -> None:
    google = source(END - timedelta(99), {"spend": [2] * 95}, "google_ads", "google.csv")
    meta = source(END - timedelta(99), {"spend": [2] * 100}, "meta_ads", "meta.csv")
    old = source(END - timedelta(99), {"spend": [2] * 60}, "tiktok_ads", "tiktok.csv")
    found = compared("spend", google, meta, old).current
    assert (found.period, found.value) == (Period(END - timedelta(32), END - timedelta(5)), 4 * 28)
