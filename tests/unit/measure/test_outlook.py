"""Where an objective's trend leads by its deadline: grain, past, facts and simulated days (METHODS §3.1)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from sitegen.messages import Message
from sitegen.model import codec
from sitegen.model.computed import Outlook, Progress

from .cases import key, monthly, source, stands

FIRST = date(2024, 1, 1)  # a Monday
TOTAL = {"kpi": "transactions", "target": "7500", "start": "2026-01-01", "deadline": "2026-12-31"}
RATE = {"kpi": "conversion_rate", "target": "3%", "start": "2026-01-01", "deadline": "2026-12-31"}
AUGUST = date(2026, 8, 31)


def days(until: date, level: float = 20.0, first: date = FIRST, spread: float = 0.1) -> list[float | None]:
    """Noise around a level, a value a day."""
    count = (until - first).days + 1
    return list(level * np.exp(spread * np.random.default_rng(0).standard_normal(count)))


def shop(until: date = AUGUST, level: float = 20.0, first: date = FIRST) -> Any:
    return source(first, {"transactions": days(until, level, first)})


def foreseen(found: Progress) -> Outlook:
    assert found.outlook, found.outlook_reason
    return found.outlook


def test_a_total_is_what_is_done_and_whole_courses() -> None:
    """About 20 a day for 365 days, 243 of which are known: the rest is uncertain, the total hardly."""
    found = stands(TOTAL, AUGUST, shop())
    ahead = foreseen(found)
    assert (ahead.grain, ahead.periods) == ("month", 32)
    end = ahead.course[-1]
    assert end.on == date(2026, 12, 31)
    done = found.current.value or 0
    assert done + 0.9 * 20 * 122 < end.low < end.middle < end.high < done + 1.1 * 20 * 122
    assert end.middle == pytest.approx(done + 20 * 122, rel=0.01)


def test_of_a_period_that_has_begun_only_the_rest_is_simulated() -> None:
    """On 16 December half of the month is a fact: the fan ends half as wide as on 30 November."""
    stood = [stands(TOTAL, day, shop(day)) for day in (date(2026, 11, 30), date(2026, 12, 16))]
    early, late = map(foreseen, stood)
    assert late.course[-1].middle == pytest.approx((stood[1].current.value or 0) + 15 * 20, abs=20)
    assert [band.on for band in late.course] == [date(2026, 12, 20), date(2026, 12, 27), date(2026, 12, 31)]
    wide, narrow = (each.course[-1].high - each.course[-1].low for each in (early, late))
    assert narrow < 0.75 * wide


def test_a_target_that_is_sure_or_out_of_reach() -> None:
    assert foreseen(stands(TOTAL | {"target": "6000"}, AUGUST, shop())).probability == 1
    assert foreseen(stands(TOTAL | {"target": "9000"}, AUGUST, shop())).probability == 0


def test_a_ceiling_is_kept_by_the_courses_below_it() -> None:
    spent = source(FIRST, {"spend": days(AUGUST)}, "meta_ads")
    goal = TOTAL | {"kpi": "spend", "target": "<= 7500", "basis": "cumulative"}
    high, low = (foreseen(stands(goal | {"target": f"<= {limit}"}, AUGUST, spent)) for limit in (9000, 6000))
    assert (high.probability, low.probability) == (1, 0)


def test_near_the_deadline_weeks_are_looked_at() -> None:
    ahead = foreseen(stands(TOTAL, date(2026, 10, 15), shop(date(2026, 10, 15))))
    assert (ahead.grain, ahead.periods) == ("week", 145)


def test_no_more_than_three_years_of_weeks_are_looked_at() -> None:
    first = date(2021, 1, 4)
    ahead = foreseen(stands(TOTAL, date(2026, 10, 15), shop(date(2026, 10, 15), first=first)))
    assert ahead.periods == 156


def test_with_less_than_a_year_of_months_weeks_are_looked_at() -> None:
    ahead = foreseen(stands(TOTAL, AUGUST, shop(first=date(2025, 10, 6))))
    assert (ahead.grain, ahead.periods) == ("week", 47)


def test_files_of_months_are_looked_at_by_months() -> None:
    months = [date(year, month, 1).isoformat() for year in (2025, 2026) for month in range(1, 13)][:20]
    ahead = foreseen(
        stands(TOTAL, date(2026, 8, 31), monthly(months, {"transactions": [600.0 + i for i in range(20)]}))
    )
    assert (ahead.grain, ahead.periods) == ("month", 20)


@pytest.mark.parametrize(("weeks", "told"), [(11, "outlook.reason.short_week"), (12, None)])
def test_less_than_twelve_periods_have_no_forecast(weeks: int, told: str | None) -> None:
    first = date(2026, 8, 31) - timedelta(7 * weeks)
    assert first.weekday() == 0
    until = date(2026, 8, 30)
    goal = TOTAL | {"start": first.isoformat()}
    found = stands(goal, until, shop(until, first=first))
    assert key(found.outlook_reason) == told
    assert (found.outlook is None) is (told is not None)


def test_only_what_follows_the_last_gap_is_looked_at() -> None:
    values = days(date(2026, 10, 15))
    at = (date(2026, 5, 4) - FIRST).days
    values[at : at + 7] = [None] * 7
    ahead = foreseen(stands(TOTAL, date(2026, 10, 15), source(FIRST, {"transactions": values})))
    assert ahead.periods == 22  # weeks from 11 May


def test_a_rate_is_read_on_its_window_at_the_deadline() -> None:
    sold = days(AUGUST, 24.0)
    found = stands(RATE, AUGUST, source(FIRST, {"transactions": sold, "sessions": [1000] * len(sold)}))
    ahead = foreseen(found)
    assert ahead.course[-1].middle == pytest.approx(0.024, rel=0.03)
    assert 0 < ahead.course[-1].low < ahead.course[-1].high < 1
    assert ahead.probability == 0


def test_a_window_that_is_known_in_part_holds_its_facts() -> None:
    """A week before the deadline three quarters of the 28 days are known: 30 in a thousand, after 20 for years."""
    day = date(2026, 12, 24)
    count = (day - FIRST).days + 1
    sold = [20.0] * (count - 21) + [30.0] * 21
    found = stands(RATE, day, source(FIRST, {"transactions": sold, "sessions": [1000] * count}))
    end = foreseen(found).course[-1]
    assert end.low > 0.0274  # 21 of 28 days at 30, 7 at 20 at least
    assert end.high < 0.031


def test_a_flow_of_a_window_is_for_all_its_days() -> None:
    goal = TOTAL | {"target": "600", "basis": "rate"}
    end = foreseen(stands(goal, AUGUST, shop())).course[-1]
    assert end.middle == pytest.approx(20 * 28, rel=0.05)


def test_a_stock_is_read_on_its_day() -> None:
    count = (AUGUST - FIRST).days + 1
    stock = source(FIRST, {"followers": [1000 + i for i in range(count)]}, "instagram")
    goal = {"kpi": "followers", "target": "2100", "start": "2026-01-01", "deadline": "2026-12-31"}
    ahead = foreseen(stands(goal, AUGUST, stock))
    assert 1000 + count < ahead.course[-1].middle < 1000 + count + 122 * 1.3


def test_a_constant_past_says_so_and_leaves_no_doubt() -> None:
    count = (AUGUST - FIRST).days + 1
    flat = source(FIRST, {"transactions": [20] * count})
    reached, missed = (foreseen(stands(TOTAL | {"target": target}, AUGUST, flat)) for target in ("7300", "7301"))
    assert (reached.probability, missed.probability) == (1, 0)
    assert reached.constant
    assert missed.course[-1].low == pytest.approx(missed.course[-1].high)
    assert not foreseen(stands(TOTAL, AUGUST, shop())).constant


def test_before_the_start_and_after_the_deadline_nothing_is_foreseen() -> None:
    for day in (date(2025, 12, 31), date(2026, 12, 31), date(2027, 2, 1)):
        found = stands(TOTAL, day, shop(day))
        assert (found.outlook, found.outlook_reason) == (None, None)


def test_a_limit_to_keep_is_not_foreseen() -> None:
    found = stands(TOTAL | {"target": ">= 500", "basis": "rate"}, AUGUST, shop())
    assert (found.outlook, found.untouched) == (None, None)


@pytest.mark.parametrize(("target", "chance"), [("6000", 1.0), ("9000", 0.0)])
def test_the_chance_without_changing_anything_knows_only_what_was_before(target: str, chance: float) -> None:
    """Twice as many are sold from the start on, which says nothing of what would have been."""
    before = days(date(2025, 12, 31))
    after = days(AUGUST, 40.0)[: (AUGUST - date(2025, 12, 31)).days]
    found = stands(TOTAL | {"target": target}, AUGUST, source(FIRST, {"transactions": [*before, *after]}))
    assert found.untouched == chance
    assert foreseen(found).probability == 1


def test_the_chance_of_an_objective_to_come_counts_its_own_days() -> None:
    """Known up to August, from January on: the months between are neither done nor counted."""
    goal = TOTAL | {"start": "2027-01-01", "deadline": "2027-12-31"}
    low, high = (stands(goal | {"target": target}, AUGUST, shop()) for target in ("6000", "9000"))
    assert low.untouched is not None
    assert high.untouched is not None
    assert low.untouched > 0.9
    assert high.untouched < 0.2


def test_without_a_past_there_is_no_such_chance() -> None:
    assert stands(TOTAL, AUGUST, shop(first=date(2025, 11, 3))).untouched is None


def test_another_channel_changes_nothing_of_a_channels_forecast() -> None:
    ads = source(FIRST, {"spend": days(AUGUST, 100.0), "conversions": days(AUGUST, 4.0)}, "google_ads", "google.csv")
    more = source(FIRST, {"spend": days(AUGUST, 70.0), "conversions": days(AUGUST, 9.0)}, "meta_ads", "meta.csv")
    goal = {
        "kpi": "cost_per_conversion",
        "target": "-10%",
        "start": "2026-01-01",
        "deadline": "2026-12-31",
        "channels": ["google_ads"],
    }
    assert foreseen(stands(goal, AUGUST, ads)) == foreseen(stands(goal, AUGUST, more, ads))


def test_a_forecast_is_written_and_read_back_equal() -> None:
    found = foreseen(stands(TOTAL, AUGUST, shop()))
    assert codec.decode(codec.encode(found), Outlook) == found


def test_values_too_large_have_a_reason() -> None:
    values: list[float | None] = [1e300 if i % 2 else 1e-300 for i in range((AUGUST - FIRST).days + 1)]
    found = stands(TOTAL, AUGUST, source(FIRST, {"transactions": values}))
    assert found.outlook is None or np.isfinite([found.outlook.course[-1].low, found.outlook.course[-1].high]).all()
    assert found.outlook or isinstance(found.outlook_reason, Message)
