"""Windows, months, ISO weeks and years."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.measure.periods import (
    enclosing,
    grain,
    last_months,
    meeting,
    months_on,
    previous,
    window,
    within,
    year_before,
    years_back,
)
from sitegen.messages import Period

ISO = {
    "2024-12-30": "2025-W01",
    "2025-12-29": "2026-W01",
    "2026-01-01": "2026-W01",
    "2026-12-31": "2026-W53",
    "2027-01-03": "2026-W53",
    "2027-01-04": "2027-W01",
    "2021-01-03": "2020-W53",
}


@pytest.mark.parametrize(("day", "label"), ISO.items())
def test_iso_weeks_belong_to_the_year_of_their_thursday(day: str, label: str) -> None:
    week = enclosing(date.fromisoformat(day), "week")
    assert week.days == 7
    assert {week.start.strftime("%G-W%V"), week.end.strftime("%G-W%V")} == {label}


def test_week_53_is_compared_by_date_since_the_year_before_has_none() -> None:
    week_53 = enclosing(date(2026, 12, 31), "week")
    assert year_before(week_53) == enclosing(date(2026, 1, 1), "week")


def test_windows_hold_four_of_each_weekday_and_meet_the_same_weekdays() -> None:
    now = window(date(2026, 10, 31))
    assert now == Period(date(2026, 10, 4), date(2026, 10, 31))
    assert previous(now) == Period(date(2026, 9, 6), date(2026, 10, 3))
    assert year_before(now).start.weekday() == now.start.weekday()


def test_a_leap_day_has_a_date_a_year_before() -> None:
    assert years_back(date(2024, 2, 29)) == date(2023, 2, 28)
    assert years_back(date(2024, 2, 29), 4) == date(2020, 2, 29)


def test_months_on_keep_the_day_where_there_is_one() -> None:
    assert months_on(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_on(date(2026, 1, 15), -13) == date(2024, 12, 15)


def test_only_whole_months_and_weeks_lie_within() -> None:
    period = Period(date(2026, 1, 15), date(2026, 3, 31))
    assert [month.start.month for month in within(period, "month")] == [2, 3]
    assert [month.start.month for month in meeting(period, "month")] == [1, 2, 3]
    assert within(Period(date(2026, 1, 6), date(2026, 1, 11)), "week") == ()


def test_the_last_three_complete_months_end_before_the_day() -> None:
    assert last_months(date(2026, 1, 1), 3) == Period(date(2025, 10, 1), date(2025, 12, 31))
    assert last_months(date(2026, 1, 31), 3) == Period(date(2025, 10, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("end", "shown"),
    [(date(2026, 9, 1), "month"), (date(2026, 8, 31), "week"), (date(2026, 3, 1), "week"), (date(2026, 2, 22), "day")],
)
def test_the_grain_follows_the_length_of_the_series(end: date, shown: str) -> None:
    assert grain(Period(date(2026, 1, 1), end)) == shown
