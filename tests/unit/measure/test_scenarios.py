"""All gains together against all costs, and what other assumptions would make of them (METHODS §4.1, §4.5)."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.model.computed import Returns, State

from .marketing import COSTS, vector

PRESS: dict[str, Any] = {  # 31,000 less 6,200: 24,800 saved, 31,000 avoided
    "medium": "La presse",
    "effect": "contacts",
    "before": {"cost": 31_000, "effect": 100, "start": "2026-10-01", "end": "2026-10-31"},
    "now": {"cost": "6200/month", "effect": 100},
}


def helped(**client: Any) -> Returns:
    return vector(gains={"communication": PRESS}, **client)


def told(case: Returns) -> list[tuple[float, float]]:
    return [(each.incrementality, each.margin) for each in case.scenarios]


def test_benefit_net_and_return_of_sales_alone() -> None:
    case = vector()
    assert case.benefit
    assert case.net
    assert case.roi
    assert (case.benefit.value, case.net.value) == (pytest.approx(81_000), pytest.approx(14_200))
    assert case.roi.value == pytest.approx(0.2126, abs=5e-5)
    assert case.roi.value == case.roi_incremental.value
    assert (case.roi.state, case.roi.metric) == (State.COMPLETE, "roi")


def test_every_lever_enters_the_benefit_once() -> None:
    case = helped()
    assert case.benefit
    assert case.net
    assert case.roi
    assert case.benefit.value == pytest.approx(81_000 + 31_000)
    assert case.net.value == pytest.approx(81_000 + 31_000 - 66_800)
    assert case.roi_incremental.value == pytest.approx(0.2126, abs=5e-5)


def test_a_lever_that_cannot_be_computed_makes_the_benefit_partial() -> None:
    case = vector(gains={"communication": {**PRESS, "effect": "reach"}})
    assert case.benefit
    assert (case.benefit.value, case.benefit.state) == (pytest.approx(81_000), State.PARTIAL)
    assert (case.break_even_incrementality.state, case.scenarios[0].roi.state) == (State.PARTIAL, State.PARTIAL)


def test_a_known_lever_is_told_although_sales_have_no_margin() -> None:
    case = helped(margin=None)
    assert case.benefit
    assert (case.benefit.value, case.benefit.state) == (pytest.approx(31_000), State.PARTIAL)


def test_other_gains_lower_the_share_at_which_the_return_is_zero() -> None:
    assert helped().break_even_incrementality.value == pytest.approx((66_800 - 31_000) / 135_000)
    dear = {**PRESS, "before": {**PRESS["before"], "cost": 900_000}}
    assert vector(gains={"communication": dear}).break_even_incrementality.value == 0


def test_scenarios_of_the_vector() -> None:
    case = vector()
    assert told(case) == [(0.4, 0.45), (0.6, 0.45), (0.8, 0.45)]
    assert [each.roi.value for each in case.scenarios] == pytest.approx([-0.192, 0.213, 0.617], abs=5e-4)
    assert [each.declared for each in case.scenarios] == [False, True, False]


def test_scenarios_take_the_ends_that_are_told_and_each_margin() -> None:
    share = {"rate": "60%", "low": "50%", "high": "70%"}
    case = vector(incrementality=share, margin={"rate": "45%", "low": "35%"})
    assert told(case) == [(0.5, 0.35), (0.5, 0.45), (0.6, 0.35), (0.6, 0.45), (0.7, 0.35), (0.7, 0.45)]
    assert [each.declared for each in case.scenarios].index(True) == 3


def test_scenarios_without_a_share_are_nobody_s_own() -> None:
    case = vector(incrementality=None)
    assert told(case) == [(0.4, 0.45), (0.6, 0.45), (0.8, 0.45)]
    assert not any(each.declared for each in case.scenarios)


def test_a_share_beyond_the_usual_ends_is_an_end() -> None:
    assert [share for share, _ in told(vector(incrementality="30%"))] == [0.3, 0.8]


def test_scenarios_keep_the_other_gains_as_booked() -> None:
    likely = helped().scenarios[1]
    assert likely.roi.value == pytest.approx((81_000 + 31_000 - 66_800) / 66_800)


def test_without_a_margin_there_is_no_scenario() -> None:
    assert vector(margin=None).scenarios == ()


def test_a_partial_cost_makes_every_return_partial() -> None:
    case = vector(costs={**COSTS, "tools": ["2000/month", "unknown"]})
    assert case.net
    assert case.roi
    assert {each.state for each in (case.net, case.roi, case.scenarios[0].roi)} == {State.PARTIAL}
