"""Where an objective stands: every target form, totals, windows, limits and ceilings (METHODS §2.2-2.5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sitegen.measure.progress import uplift
from sitegen.messages import Period
from sitegen.model.computed import State

from .cases import days, key, source, stands
from .test_pacing import MONTHS, by_month

RATE = {"kpi": "conversion_rate", "target": "+50%", "start": "2026-01-01", "deadline": "2026-06-30"}
TOTAL = {"kpi": "transactions", "target": "+30%", "start": "2026-01-01", "deadline": "2026-12-31"}
SPRING = date(2026, 3, 31)


def site(transactions_per_thousand: float, as_of: date = date(2026, 12, 31)) -> Any:
    """A thousand sessions a day from October 2025; 20 transactions a day in that year, then as many as told."""
    after = (as_of - date(2025, 12, 31)).days
    sales = [20.0] * 92 + [transactions_per_thousand] * after
    return source(date(2025, 10, 1), {"sessions": [1000] * len(sales), "transactions": sales})


# ---------------------------------------------------------------- values of a window


def test_goal_cr() -> None:
    """2.0 % → 3.0 %, now 2.4 % on day 90 of 181, read on 28 days: pace 0.879 (0.804 with the naive E = f)."""
    found = stands(RATE, SPRING, site(24))
    assert found.target == pytest.approx(0.03)
    assert (found.elapsed_days, found.total_days, found.window_days) == (90, 181, 28)
    assert found.elapsed == pytest.approx(0.4972, abs=5e-5)
    assert found.progress == pytest.approx(0.40)
    assert found.expected == pytest.approx(0.4551, abs=5e-5)
    assert found.pace == pytest.approx(0.879, abs=5e-4)
    assert (found.direction, found.basis, found.pacing, found.met) == ("increase", "rate", "linear", False)


def test_goal_decrease() -> None:
    costs = {"spend": [9500] * 182, "leads": [100] * 182}
    goal = {"kpi": "cost_per_lead", "target": "80", "baseline": 120, "start": "2026-01-01", "deadline": "2026-06-30"}
    found = stands(goal, SPRING, source(date(2025, 10, 1), costs))
    assert (found.direction, found.current.value, found.progress) == ("decrease", 95, 0.625)
    assert found.met is False


def test_the_pace_of_a_rate_has_a_margin_of_error() -> None:
    """24 in a thousand over 28 days: the pace at the ends of the Wilson interval."""
    found = stands(RATE, SPRING, site(24))
    assert found.current.interval
    low, high = found.current.interval
    assert found.pace_low == pytest.approx((low - 0.02) / 0.01 / (76 / 167))
    assert found.pace_high == pytest.approx((high - 0.02) / 0.01 / (76 / 167))


def test_a_falling_rate_has_its_low_pace_at_the_high_end() -> None:
    found = stands(RATE | {"target": "-50%"}, SPRING, site(15))
    assert found.direction == "decrease"
    assert found.pace_low is not None
    assert found.pace is not None
    assert found.pace_high is not None
    assert found.pace_low < found.pace < found.pace_high


def test_before_the_window_lies_inside_the_objective_it_is_too_early() -> None:
    early, ready = (stands(RATE, date(2026, 1, day), site(24)) for day in (27, 28))
    assert (early.elapsed_days, early.expected, early.pace, early.pace_low) == (27, None, None, None)
    assert ready.expected == pytest.approx(14 / 167)


def test_going_back_is_negative() -> None:
    found = stands(RATE, SPRING, site(18))
    assert found.progress == pytest.approx(-0.2)
    assert (found.pace or 0) < 0


def test_the_last_window_of_an_objective_that_is_over_is_that_of_its_deadline() -> None:
    found = stands(RATE, date(2026, 9, 30), site(30))
    assert found.current.period == Period(date(2026, 6, 3), date(2026, 6, 30))
    assert (found.elapsed, found.expected, found.met) == (1, 1, True)


def test_a_target_is_met_on_the_first_day_whose_window_reaches_it() -> None:
    """From 1 March 33 in a thousand instead of 20: the mean of 28 days reaches 30 after 22 of them."""
    sales = [20.0] * (92 + 59) + [33.0] * 31
    found = stands(RATE, SPRING, source(date(2025, 10, 1), {"sessions": [1000] * 182, "transactions": sales}))
    assert found.reached_on == date(2026, 3, 22)
    assert found.met is True


def test_what_was_reached_and_lost_keeps_its_day() -> None:
    sales = [20.0] * 92 + [31.0] * 28 + [20.0] * 62
    found = stands(RATE, SPRING, source(date(2025, 10, 1), {"sessions": [1000] * 182, "transactions": sales}))
    assert (found.reached_on, found.met) == (date(2026, 1, 28), False)


def test_a_target_is_met_in_spite_of_the_last_digit() -> None:
    """1.1 × 1.1 is a little more than 1.21 in binary."""
    goal = RATE | {"kpi": "average_order_value", "target": "+10%", "baseline": 1.1, "eval_window": 1}
    found = stands(goal, SPRING, source(date(2026, 1, 1), {"revenue": [1.21] * 90, "transactions": [1] * 90}))
    assert found.target == 1.1 * 1.1 > 1.21
    assert found.met is True


@pytest.mark.parametrize(
    ("target", "wanted", "way"),
    [
        ("+50%", 0.03, "increase"),
        ("-10%", 0.018, "decrease"),
        ("x1.5", 0.03, "increase"),
        ("x0.5", 0.01, "decrease"),
        ("+1.5 points", 0.035, "increase"),
        ("-0.5 points", 0.015, "decrease"),
        ("3%", 0.03, "increase"),
    ],
)
def test_every_form_of_target(target: str, wanted: float, way: str) -> None:
    found = stands(RATE | {"target": target}, SPRING, site(24))
    assert (found.target, found.direction) == (pytest.approx(wanted), way)


def test_a_declared_direction_turns_an_absolute_target() -> None:
    goal = RATE | {"kpi": "messages_received", "target": "10", "direction": "down", "basis": "rate"}
    assert stands(goal, SPRING, source(date(2025, 10, 1), {"messages_received": [1] * 182})).direction == "decrease"


def test_where_neither_way_is_good_the_target_tells() -> None:
    messages = source(date(2025, 10, 1), {"messages_received": [1] * 182})
    goal = RATE | {"kpi": "messages_received", "basis": "rate"}
    assert stands(goal | {"target": "10"}, SPRING, messages).direction == "decrease"
    assert stands(goal | {"target": "100"}, SPRING, messages).direction == "increase"


def test_without_a_baseline_an_absolute_target_is_measured_from_nothing() -> None:
    after = source(date(2026, 1, 1), {"sessions": [1000] * 90, "transactions": [24] * 90})
    found = stands(RATE | {"target": "3%"}, SPRING, after)
    assert (found.baseline.value, found.progress) == (None, pytest.approx(0.8))
    assert found.expected_path == ()


def test_a_target_behind_the_baseline_is_measured_from_nothing_too() -> None:
    assert stands(RATE | {"target": "1.5%"}, SPRING, site(18)).progress == pytest.approx(1.2)


def test_an_objective_shorter_than_its_window_is_read_on_all_its_days() -> None:
    goal = RATE | {"start": "2026-03-01", "deadline": "2026-03-14"}
    found = stands(goal, date(2026, 3, 14), site(24))
    assert (found.window_days, found.expected) == (14, 1)


def test_only_the_named_channels_count() -> None:
    google = source(date(2025, 10, 1), {"spend": [100] * 182, "conversions": [4] * 182}, "google_ads", "google.csv")
    meta = source(date(2025, 10, 1), {"spend": [100] * 182, "conversions": [1] * 182}, "meta_ads", "meta.csv")
    goal = {"kpi": "cost_per_conversion", "target": "-10%", "start": "2026-01-01", "deadline": "2026-06-30"}
    assert stands(goal, SPRING, google, meta).current.value == 40
    only = stands(goal | {"channels": ["google_ads"]}, SPRING, google, meta)
    assert (only.current.value, only.current.sources) == (25, ("google.csv",))


# ---------------------------------------------------------------- totals


def test_goal_flow() -> None:
    """12,000 a year → 15,600; 7,000 half-way: attained 0.449, its pace 0.897, but the uplift is at 0.556."""
    values = [12_000 / 365] * 365 + [7000 / 183] * 183
    goal = TOTAL | {"start": "2024-01-01", "deadline": "2024-12-31"}
    found = stands(goal, date(2024, 7, 1), source(date(2023, 1, 1), {"transactions": values}))
    assert found.target == pytest.approx(15_600)
    assert (found.basis, found.expected) == ("cumulative", 0.5)
    assert found.attainment == pytest.approx(0.4487, abs=5e-5)
    assert (found.attainment or 0) / 0.5 == pytest.approx(0.8974, abs=5e-5)
    assert found.uplift == pytest.approx(0.5556, abs=5e-5)
    assert found.pace == found.uplift
    assert uplift(7000, 12_000, 15_600, 0.5) == pytest.approx(0.5556, abs=5e-5)


def test_goal_flow_in_days() -> None:
    values = [12_000 / 365] * 365 + [7000 / 181] * 181
    found = stands(TOTAL, date(2026, 6, 30), source(date(2025, 1, 1), {"transactions": values}))
    assert found.expected == pytest.approx(181 / 365)
    assert (found.attainment or 0) / (found.expected or 1) == pytest.approx(0.905, abs=5e-4)


def test_doing_nothing_attains_most_of_a_total_and_none_of_its_uplift() -> None:
    found = stands(TOTAL, date(2026, 12, 31), source(date(2025, 1, 1), {"transactions": [20] * 730}))
    assert found.attainment == pytest.approx(0.769, abs=5e-4)
    assert (found.uplift, found.pace, found.met) == (pytest.approx(0), pytest.approx(0), False)


def gapped(*missing: range, sold: float = 20.0) -> Any:
    """20 transactions a day in 2025, then `sold` a day up to 30 June 2026, without the days of that half-year named."""
    after = [None if any(i in days for days in missing) else sold for i in range(181)]
    return source(date(2025, 1, 1), {"transactions": [20.0] * 365 + after})


def test_missing_days_of_a_total_are_no_days_without_sales() -> None:
    """One day in six is blank: the same sales a day as before are neither better nor worse than the baseline."""
    found = stands(TOTAL, date(2026, 6, 30), gapped(range(60, 90)))
    assert (found.current.value, found.current.state) == (20 * 151, State.PARTIAL)
    assert found.uplift == pytest.approx(0)
    assert found.attainment == pytest.approx(20 * 181 / (20 * 365 * 1.3))


def test_only_what_was_observed_reaches_a_total() -> None:
    """3,020 were observed, 3,620 are likely: a target between them is not reached yet."""
    found = stands(TOTAL | {"target": "3300"}, date(2026, 6, 30), gapped(range(60, 90)))
    assert (found.met, found.reached_on) == (False, None)
    assert (found.attainment or 0) > 1


def test_a_total_with_too_few_days_is_not_computable() -> None:
    found = stands(TOTAL, date(2026, 6, 30), gapped(range(60, 100)))
    assert (found.current.value, key(found.current.reason)) == (None, "measure.reason.too_few_days")
    assert (found.pace, found.attainment) == (None, None)


def test_missing_days_of_a_window_are_no_days_without_sales() -> None:
    goal = {"kpi": "transactions", "target": "+10%", "start": "2026-01-01", "deadline": "2026-12-31", "basis": "rate"}
    found = stands(goal, date(2026, 6, 30), gapped(range(160, 165), sold=22.0))
    assert (found.current.value, found.current.state) == (22 * 23, State.PARTIAL)
    assert (found.progress, found.met) == (pytest.approx(1), True)


def test_a_limit_is_kept_in_spite_of_missing_days() -> None:
    goal = {"kpi": "transactions", "target": ">= 560", "start": "2026-01-01", "deadline": "2026-12-31"}
    found = stands(goal, date(2026, 6, 30), gapped(range(160, 165), range(10)))
    assert (found.current.value, found.inside, found.compliance) == (460, True, 1)


@pytest.mark.parametrize(("late", "last"), [(6, date(2026, 6, 24)), (14, date(2026, 6, 16)), (15, date(2026, 6, 30))])
def test_an_objective_is_read_up_to_the_last_day_of_its_own_files(late: int, last: date) -> None:
    """Up to two weeks before the report; a file that ended earlier has missing days."""
    short = gapped(range(181 - late, 181), sold=22.0)
    other = source(date(2025, 1, 1), {"sessions": [9] * 546}, path="visits.csv")
    goal = {"kpi": "transactions", "target": "+10%", "start": "2026-01-01", "deadline": "2026-12-31"}
    rate, total = (stands(goal | {"basis": basis}, date(2026, 6, 30), short, other) for basis in ("rate", "cumulative"))
    assert rate.current.period == Period(last - timedelta(27), last)
    assert total.current.period == Period(date(2026, 1, 1), last)
    assert (rate.as_of, rate.elapsed_days) == (date(2026, 6, 30), (last - date(2025, 12, 31)).days)
    assert (rate.met, total.uplift) == (late <= 14 or None, pytest.approx(1))


def test_goal_seasonal() -> None:
    """6,300 by June: late if every day counted the same, on pace with the season of the year before."""
    values = by_month(2025, MONTHS) + [6300 / 181] * 181
    seasonal, linear = (
        stands(TOTAL | {"pacing": pacing}, date(2026, 6, 30), source(date(2025, 1, 1), {"transactions": values}))
        for pacing in ("seasonal", "linear")
    )
    assert seasonal.pacing == "seasonal"
    assert seasonal.expected == pytest.approx(0.40)
    assert seasonal.pace == pytest.approx(1.0096, abs=5e-5)
    assert (linear.attainment or 0) / (linear.expected or 1) == pytest.approx(0.8077 * 0.5 / (181 / 365), abs=5e-5)
    assert (linear.pace or 1) < 0.80


def test_a_total_that_has_not_begun_has_no_value() -> None:
    found = stands(TOTAL, date(2025, 12, 31), source(date(2025, 1, 1), {"transactions": [20] * 365}))
    assert (found.elapsed_days, found.elapsed, found.current.value, found.expected) == (0, 0, None, None)
    assert key(found.current.reason) == "progress.reason.not_started"
    assert (found.target, found.history) == (pytest.approx(9490), ())


def test_a_total_reached_early_keeps_the_day() -> None:
    values = [20] * 365 + [40] * 300
    found = stands(TOTAL, date(2026, 10, 27), source(date(2025, 1, 1), {"transactions": values}))
    assert found.reached_on == date(2026, 1, 1) + timedelta(-(-9490 // 40) - 1)
    assert found.met is True


def test_a_budget_is_on_pace_while_no_more_is_spent_than_expected() -> None:
    goal = {"kpi": "spend", "target": "<= 36500", "start": "2026-01-01", "deadline": "2026-12-31"}
    inside = stands(goal, SPRING, source(date(2026, 1, 1), {"spend": [80] * 90}, "google_ads"))
    above = stands(goal, SPRING, source(date(2026, 1, 1), {"spend": [125] * 90}, "google_ads"))
    burst = stands(goal, SPRING, source(date(2026, 1, 1), {"spend": [500] * 90}, "google_ads"))
    assert (inside.direction, inside.basis, inside.currency) == ("maintain_below", "cumulative", "MAD")
    assert (inside.pace, inside.met, inside.inside) == (pytest.approx(1.25), True, True)
    assert (above.pace, above.met) == (pytest.approx(0.8), True)
    assert (burst.met, burst.inside, burst.reached_on) == (False, False, None)


def test_a_budget_of_which_nothing_is_spent_is_inside_and_has_no_pace() -> None:
    goal = {"kpi": "spend", "target": "<= 36500", "start": "2026-01-01", "deadline": "2026-12-31"}
    found = stands(goal, SPRING, source(date(2026, 1, 1), {"spend": [0] * 90}, "google_ads"))
    assert (found.current.value, found.attainment, found.pace, found.inside) == (0, 0, None, True)


def test_a_total_to_lower_is_off_pace_when_nothing_changes() -> None:
    refunds = {"kpi": "messages_received", "target": "-20%", "start": "2026-01-01", "deadline": "2026-12-31"}
    found = stands(refunds, date(2026, 6, 30), source(date(2025, 1, 1), {"messages_received": [10] * 546}))
    assert (found.direction, found.uplift, found.pace) == ("decrease", pytest.approx(0), pytest.approx(0))
    lower = stands(refunds, date(2026, 6, 30), source(date(2025, 1, 1), {"messages_received": [10] * 365 + [8] * 181}))
    assert (lower.uplift, lower.pace) == (pytest.approx(1), pytest.approx(1))


@pytest.mark.parametrize(
    ("goal", "basis"),
    [
        (TOTAL, "cumulative"),
        (TOTAL | {"deadline": "2026-03-31"}, "cumulative"),
        (TOTAL | {"deadline": "2026-03-30"}, "rate"),
        (TOTAL | {"basis": "rate"}, "rate"),
        (TOTAL | {"target": ">= 500"}, "rate"),
        (TOTAL | {"target": ">= 500", "basis": "cumulative"}, "cumulative"),
        (TOTAL | {"target": "<= 500"}, "cumulative"),
        (TOTAL | {"target": "400..500", "basis": "cumulative"}, "rate"),
        (RATE | {"basis": "cumulative"}, "rate"),
    ],
)
def test_the_basis_is_declared_or_follows_from_the_kpi_and_the_length(goal: dict[str, Any], basis: str) -> None:
    assert stands(goal, SPRING, site(24)).basis == basis


# ---------------------------------------------------------------- values to keep


def kept(target: str, per_month: list[int], as_of: date = date(2026, 6, 30), **more: Any) -> Any:
    """Answers in a hundred messages a day, month by month from January 2026."""
    answered = [
        per_month[(date(2026, 1, 1) + timedelta(i)).month - 1] for i in range((as_of - date(2025, 12, 31)).days)
    ]
    messages = source(date(2026, 1, 1), {"messages_received": [100] * len(answered), "messages_answered": answered})
    goal = {"kpi": "response_rate", "target": target, "start": "2026-01-01", "deadline": "2026-12-31"}
    return stands(goal | more, as_of, messages)


def test_compliance_is_the_share_of_complete_months_inside() -> None:
    found = kept(">= 90%", [95, 92, 90, 80, 91, 99])
    assert (found.direction, found.basis) == ("maintain_above", "rate")
    assert (found.inside, found.compliance) == (True, pytest.approx(5 / 6))
    assert (found.progress, found.expected, found.pace) == (None, None, None)


def test_the_month_that_runs_does_not_count() -> None:
    found = kept(">= 90%", [95, 92, 90, 10], date(2026, 4, 20))
    assert (found.inside, found.compliance) == (False, 1)


def test_a_ceiling_and_a_range_of_a_rate() -> None:
    assert kept("<= 90%", [95, 80, 90, 80, 91, 80]).compliance == pytest.approx(4 / 6)
    found = kept("85%..95%", [95, 80, 85, 90, 99, 90])
    assert (found.target, found.target_upper, found.direction) == (0.85, 0.95, "range")
    assert (found.inside, found.compliance) == (True, pytest.approx(4 / 6))


def test_a_short_objective_is_kept_week_by_week() -> None:
    """Of the six whole weeks the fourth has one bad day, the last two have no other."""
    found = kept(">= 90%", [95, 80], date(2026, 2, 15), deadline="2026-02-28")
    assert found.compliance == pytest.approx(4 / 6)


def test_a_flow_is_kept_for_as_many_days_as_its_window() -> None:
    """Ten a day are 280 in 28 days, in a month of 31 days too."""
    goal = TOTAL | {"target": "279..281"}
    found = stands(goal, SPRING, source(date(2026, 1, 1), {"transactions": [10] * 90}))
    assert (found.inside, found.compliance) == (True, 1)


# ---------------------------------------------------------------- over time


def test_history_and_expected_path_run_from_the_start_by_weeks() -> None:
    found = stands(RATE, SPRING, site(24))
    assert (found.history[0].on, found.history[-1].on) == (date(2026, 1, 1), SPRING)
    assert found.history[-1].value == pytest.approx(0.024)
    assert (found.expected_path[0].on, found.expected_path[0].value) == (date(2026, 1, 1), pytest.approx(0.02))
    assert (found.expected_path[-1].on, found.expected_path[-1].value) == (date(2026, 6, 30), pytest.approx(0.03))


def test_the_history_of_a_total_is_cumulated() -> None:
    found = stands(TOTAL, SPRING, source(date(2025, 1, 1), {"transactions": [20] * 455}))
    assert (found.history[0].value, found.history[-1].value) == (20, 1800)
    assert found.expected_path[-1].value == pytest.approx(9490)


@pytest.mark.parametrize("deadline", ["2026-12-31", "2027-02-17", "2027-02-18", "2030-12-31"])
def test_a_path_has_at_most_sixty_points(deadline: str) -> None:
    path = stands(RATE | {"deadline": deadline}, SPRING, site(24)).expected_path
    assert 10 < len(path) <= 60
    assert days("2026-01-01", "2027-02-17") == 413


def test_the_last_value_has_its_day() -> None:
    short = source(date(2025, 10, 1), {"sessions": [1000] * 150, "transactions": [20] * 140 + [None] * 10})
    assert stands(RATE, SPRING, short).last_value_on == date(2025, 10, 1) + timedelta(139)


def test_persons_cannot_be_followed_and_say_why() -> None:
    found = stands(RATE | {"kpi": "users", "target": "1000"}, SPRING, source(date(2026, 1, 1), {"users": [5] * 90}))
    assert (found.current.value, key(found.current.reason)) == (None, "measure.reason.unique")
    assert (found.progress, found.pace, found.met) == (None, None, None)
