"""Where an objective starts from: frozen before declared before computed, on which days (METHODS §2.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sitegen import measure
from sitegen.messages import Period
from sitegen.model.authored import FrozenBaseline
from sitegen.model.computed import State

from .cases import days, dossier, key, source, stands

QUARTER = Period(date(2025, 10, 1), date(2025, 12, 31))
RATE = {"kpi": "conversion_rate", "target": "+50%", "start": "2026-01-01", "deadline": "2026-06-30"}
TOTAL = {"kpi": "transactions", "target": "+30%", "start": "2026-01-01", "deadline": "2026-12-31"}
TODAY = date(2026, 3, 31)
SHOP = source(date(2024, 1, 1), {"transactions": [20] * 900, "sessions": [1000] * 900})


def frozen(id: str, value: float) -> dict[str, FrozenBaseline]:
    day = date(2026, 1, 2)
    return {id: FrozenBaseline(value=value, start=QUARTER.start, end=QUARTER.end, frozen=day)}


def test_a_rate_starts_from_the_last_three_complete_months() -> None:
    found = stands(RATE | {"start": "2026-01-15"}, TODAY, SHOP)
    assert (found.baseline_origin, found.baseline.value, found.baseline.period) == ("computed", 0.02, QUARTER)


def test_a_seasonal_rate_starts_from_the_same_dates_of_the_year_before() -> None:
    found = stands(RATE | {"pacing": "seasonal"}, TODAY, SHOP)
    assert found.baseline.period == Period(date(2025, 1, 1), date(2025, 6, 30))


def test_with_less_than_three_months_a_rate_starts_from_its_last_window() -> None:
    short = source(date(2025, 12, 1), {"transactions": [20] * 120, "sessions": [1000] * 120})
    assert stands(RATE, TODAY, short).baseline.period == Period(date(2025, 12, 4), date(2025, 12, 31))


def test_a_total_starts_from_the_same_dates_of_the_year_before() -> None:
    found = stands(TOTAL, TODAY, SHOP)
    assert found.baseline.period == Period(date(2025, 1, 1), date(2025, 12, 31))
    assert found.baseline.value == 20 * 365


def test_without_a_year_a_total_starts_from_three_months_brought_to_its_days() -> None:
    found = stands(TOTAL, TODAY, source(date(2025, 7, 1), {"transactions": [20] * 274}))
    assert found.baseline.period == QUARTER
    assert found.baseline.value == pytest.approx(20 * 365)


def test_an_objective_longer_than_a_year_is_not_its_own_baseline() -> None:
    found = stands(TOTAL | {"start": "2024-10-01"}, date(2026, 6, 1), SHOP)
    assert found.baseline.period == Period(date(2024, 7, 1), date(2024, 9, 30))
    longer = stands(TOTAL | {"start": "2025-01-01", "deadline": "2026-03-31"}, date(2026, 6, 1), SHOP)
    assert longer.baseline.period == Period(date(2024, 10, 1), date(2024, 12, 31))


def test_a_year_before_with_a_gap_is_no_baseline() -> None:
    values = [20.0] * 200 + [None] * 30 + [20.0] * 225
    found = stands(TOTAL, TODAY, source(date(2025, 1, 1), {"transactions": values}))
    assert found.baseline.period == QUARTER


def test_missing_days_do_not_make_a_total_easier() -> None:
    """Eight days of the quarter are missing: the others stand for them."""
    values = [20.0] * 84 + [None] * 8 + [20.0] * 90
    found = stands(TOTAL, TODAY, source(date(2025, 10, 1), {"transactions": values}))
    assert found.baseline.value == pytest.approx(20 * 365)
    assert found.baseline.state is State.PARTIAL


def test_a_flow_read_on_a_window_starts_from_three_months_brought_to_the_window() -> None:
    found = stands(TOTAL | {"basis": "rate"}, TODAY, SHOP)
    assert (found.baseline.period, found.current.value) == (QUARTER, 20 * 28)
    assert found.baseline.value == pytest.approx(20 * 28)


def test_a_stock_starts_from_its_last_value() -> None:
    goal = {"kpi": "followers", "target": "+10%", "start": "2026-01-01", "deadline": "2026-06-30"}
    found = stands(goal, TODAY, source(date(2025, 12, 1), {"followers": range(100, 221)}, "instagram"))
    assert (found.baseline.value, found.current.value) == (130, 220)


def test_without_data_before_the_start_there_is_no_baseline_and_no_relative_target() -> None:
    found = stands(RATE, TODAY, source(date(2026, 1, 1), {"transactions": [20] * 90, "sessions": [1000] * 90}))
    assert (found.baseline_origin, found.baseline.value, found.target) == ("missing", None, None)
    assert key(found.baseline.reason) == "progress.reason.no_baseline"
    assert found.current.value == 0.02


def test_a_baseline_of_zero_makes_no_relative_target() -> None:
    none = source(date(2025, 1, 1), {"transactions": [0] * 455, "sessions": [1000] * 455})
    assert stands(RATE, TODAY, none).target is None
    assert stands(RATE | {"target": "x3"}, TODAY, none).target is None
    assert stands(RATE | {"target": "+1 point"}, TODAY, none).target == pytest.approx(0.01)


def test_a_declared_baseline_goes_before_the_computed_one_and_tells_the_gap() -> None:
    found = stands(RATE | {"baseline": "2.5%"}, TODAY, SHOP)
    assert (found.baseline_origin, found.baseline.value, found.baseline.period) == ("declared", 0.025, None)
    assert found.baseline_gap == pytest.approx(0.25)
    assert found.target == pytest.approx(0.0375)


def test_a_frozen_baseline_goes_before_the_declared_one() -> None:
    found = stands(RATE | {"baseline": "2.5%"}, TODAY, SHOP, baselines=frozen("conversion_rate", 0.019))
    assert (found.baseline_origin, found.baseline.value, found.baseline.period) == ("frozen", 0.019, QUARTER)
    assert found.baseline_gap == pytest.approx(-0.05)


def test_a_frozen_baseline_holds_when_a_restated_export_says_otherwise() -> None:
    restated = source(date(2024, 1, 1), {"transactions": [40] * 900, "sessions": [1000] * 900})
    before, after = (
        stands(RATE, TODAY, shop, baselines=frozen("conversion_rate", 0.02)).target for shop in (SHOP, restated)
    )
    assert before == after == pytest.approx(0.03)


def test_an_objective_that_has_not_begun_starts_from_what_there_is() -> None:
    found = stands(RATE | {"start": "2026-06-01", "deadline": "2026-12-31"}, TODAY, SHOP)
    assert found.baseline.period == Period(date(2026, 1, 1), date(2026, 3, 31))


def test_the_baselines_to_freeze_are_those_that_can_be_computed() -> None:
    goals: list[dict[str, Any]] = [
        RATE,
        TOTAL | {"id": "orders", "baseline": 9000},
        RATE | {"id": "leads", "kpi": "lead_rate"},
    ]
    found = measure.baselines(dossier(SHOP, objectives=goals), TODAY)
    assert found == {
        "conversion_rate": FrozenBaseline(value=0.02, start=QUARTER.start, end=QUARTER.end, frozen=TODAY),
        "orders": FrozenBaseline(value=7300, start=date(2025, 1, 1), end=date(2025, 12, 31), frozen=TODAY),
    }
    assert days("2025-01-01", "2025-12-31") == 365
