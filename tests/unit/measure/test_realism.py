"""What a target needs, beside what was ever done before (METHODS §2.6)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from math import exp, expm1, log

import pytest

from sitegen.measure.realism import compared, growth, growths

from .cases import source, stands

LOG_GROWTH = (0.031, 0.022, 0.045, 0.018, 0.027, 0.039, 0.012, 0.033, 0.025, 0.041, 0.029)
HISTORY = [1000 * exp(total) for total in accumulate((0.0, *LOG_GROWTH))]


@pytest.mark.parametrize(("start", "end", "need"), [(400, 3000, 2.015), (1, 100, 4.605)])
def test_a_leap_in_one_month_is_beyond_any_month_that_was(start: float, end: float, need: float) -> None:
    wanted = growth(start, end, difference=False)
    assert wanted == pytest.approx(need, abs=5e-4)
    assert compared(wanted or 0, growths(HISTORY, 1, difference=False)) == (pytest.approx(0.045), 0)


def test_ten_percent_in_three_months_was_reached_by_two_windows_of_nine() -> None:
    past = growths(HISTORY, 3, difference=False)
    best, rank = compared(log(1.10), past)
    assert len(past) == 9
    assert (best, rank) == (pytest.approx(0.099), pytest.approx(0.222, abs=5e-4))


def test_ten_percent_in_three_months_from_the_files() -> None:
    """A stock that grew by those steps at the end of each month of 2025."""
    days = [date(2025, 1, 1) + timedelta(i) for i in range(365 + 31)]
    stock = [HISTORY[min(day.month - 1, 11)] if day.year == 2025 else HISTORY[-1] for day in days]
    goal = {"kpi": "followers", "target": "+10%", "start": "2026-01-01", "deadline": "2026-03-31"}
    found = stands(goal, date(2026, 1, 31), source(days[0], {"followers": stock}, "instagram"))
    assert found.need == pytest.approx(0.0953, abs=5e-5)
    assert found.best_past == pytest.approx(0.099)
    assert found.need_rank == pytest.approx(0.222, abs=5e-4)
    assert found.multiplier == pytest.approx(1.1)


@pytest.mark.parametrize(
    ("target", "deadline", "months", "monthly"),
    [("+30%", "2026-12-31", 12, 0.0221), ("+50%", "2026-06-30", 6, 0.0699), ("+25%", "2026-06-30", 6, 0.0379)],
)
def test_cmgr_of_a_target(target: str, deadline: str, months: int, monthly: float) -> None:
    goal = {"kpi": "transactions", "target": target, "start": "2026-01-01", "deadline": deadline, "basis": "rate"}
    found = stands(goal, date(2026, 3, 31), source(date(2024, 1, 1), {"transactions": [20] * 821}))
    assert expm1((found.need or 0) / months) == pytest.approx(monthly, abs=5e-5)


def test_a_rate_needs_a_difference() -> None:
    goal = {"kpi": "conversion_rate", "target": "+50%", "start": "2026-01-01", "deadline": "2026-06-30"}
    site = source(date(2024, 1, 1), {"transactions": [20] * 821, "sessions": [1000] * 821})
    found = stands(goal, date(2026, 3, 31), site)
    assert (found.need, found.best_past, found.need_rank) == (pytest.approx(0.01), 0, 0)


def test_a_decrease_is_compared_with_the_deepest_fall() -> None:
    assert compared(-0.2, [-0.3, -0.1, 0.2, -0.2]) == (-0.3, 0.5)


def test_gaps_make_no_growth() -> None:
    assert growths([100, None, 200, 0, 100], 1, difference=False) == []
    assert growths([100, None, 200, 0, 100], 2, difference=False) == pytest.approx([log(2), log(0.5)])


def test_without_enough_history_there_is_a_need_but_nothing_to_compare_it_with() -> None:
    goal = {"kpi": "transactions", "target": "+30%", "start": "2026-01-01", "deadline": "2026-12-31"}
    found = stands(goal, date(2026, 3, 31), source(date(2025, 1, 1), {"transactions": [20] * 455}))
    assert found.need == pytest.approx(log(1.3))
    assert (found.best_past, found.need_rank) == (None, None)


def test_a_short_objective_is_compared_by_weeks() -> None:
    goal = {"kpi": "transactions", "target": "+30%", "start": "2026-01-01", "deadline": "2026-02-28"}
    found = stands(goal, date(2026, 1, 31), source(date(2025, 1, 1), {"transactions": [20] * 396}))
    assert (found.best_past, found.need_rank) == (0, 0)


@pytest.mark.parametrize(("weeks", "best"), [(14, 0), (13, None)])
def test_past_growths_take_six_periods_more_than_the_horizon(weeks: int, best: float | None) -> None:
    goal = {"kpi": "transactions", "target": "+30%", "start": "2026-01-05", "deadline": "2026-03-01"}
    site = source(date(2026, 1, 5) - timedelta(7 * weeks), {"transactions": [20] * (7 * weeks + 20)})
    found = stands(goal, date(2026, 1, 20), site)
    assert found.best_past == best


def test_a_growth_that_was_just_reached_counts() -> None:
    assert compared(0.1, [0.1, 0.05]) == (0.1, 0.5)
    assert compared(-0.1, [-0.1, 0.05]) == (-0.1, 0.5)


def test_the_months_after_the_start_are_no_history() -> None:
    """Sales doubled in 2026: the best growth before it is still nothing."""
    goal = {"kpi": "transactions", "target": "+30%", "start": "2026-01-01", "deadline": "2026-06-30"}
    site = source(date(2024, 1, 1), {"transactions": [20] * 731 + [40] * 90})
    assert stands(goal, date(2026, 3, 31), site).best_past == 0


def test_a_month_of_31_days_is_no_growth_over_one_of_28() -> None:
    goal = {"kpi": "sessions", "target": "+30%", "start": "2026-01-01", "deadline": "2026-06-30"}
    assert stands(goal, date(2026, 3, 31), source(date(2024, 1, 1), {"sessions": [7] * 821})).best_past == 0


def test_a_source_that_joined_in_is_no_growth() -> None:
    goal = {"kpi": "conversions", "target": "+30%", "start": "2026-01-01", "deadline": "2026-03-31"}
    google = source(date(2024, 6, 1), {"conversions": [10] * 600}, "google_ads", "google.csv")
    meta = source(date(2025, 2, 1), {"conversions": [10] * 360}, "meta_ads", "meta.csv")
    found = stands(goal, date(2026, 1, 10), google, meta)
    assert found.best_past == 0
