"""What declared costs come to over a period, line by line (METHODS §4.3)."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.measure.costs import amounts
from sitegen.messages import Period
from sitegen.model.authored import Client, Cost
from sitegen.model.computed import State

from .cases import rate
from .marketing import COSTS, OCTOBER, channel, found, shop, vector


def cost(written: object) -> Cost:
    known = Client.model_validate({"name": "A", "country": "MA", "costs": {"agency": written}}).costs.agency
    assert known
    return known[0]


@pytest.mark.parametrize(
    ("written", "start", "end", "amount"),
    [
        ("3100/month", "2026-10-01", "2026-10-31", 3100),
        ("3100/month", "2026-10-01", "2026-10-25", 2500),
        ("3000/month", "2026-09-16", "2026-10-31", 4500),
        ("36500/year", "2026-10-01", "2026-10-31", 3100),
        ("36600/year", "2024-02-01", "2024-02-29", 2900),
        ("12 h x 100/year", "2025-11-01", "2026-10-31", 1200),
        ({"amount": 700, "per": "once", "on": "2026-10-31"}, "2026-10-01", "2026-10-31", 700),
        ({"amount": 700, "per": "once", "on": "2026-11-01"}, "2026-10-01", "2026-10-31", 0),
        ({"amount": 3100, "start": "2026-10-22"}, "2026-10-01", "2026-10-31", 1000),
        ({"amount": 3100, "end": "2026-10-10"}, "2026-10-01", "2026-10-31", 1000),
        ({"amount": 3100, "end": "2026-09-10"}, "2026-10-01", "2026-10-31", 0),
    ],
)
def test_amounts_are_by_the_day(written: object, start: str, end: str, amount: float) -> None:
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert amounts(cost(written), period, "MAD", ()) == pytest.approx(amount)


def test_a_cost_in_another_currency_is_converted_day_by_day() -> None:
    rates = [rate("EUR", "MAD", 10, "2026-01-01"), rate("EUR", "MAD", 11, "2026-10-17")]
    october = Period(OCTOBER, date(2026, 10, 31))
    assert amounts(cost("310 EUR/month"), october, "MAD", rates) == pytest.approx(160 * 10 + 150 * 11)
    assert amounts(cost("310 USD/month"), october, "MAD", rates) is None


def test_a_cost_without_an_exchange_rate_is_unknown() -> None:
    line = vector(costs={**COSTS, "tools": "100 USD/month"}).costs[3]
    assert (line.kind, line.amount, line.origin) == ("tools", None, "unknown")


# ---------------------------------------------------------------- spread over a life

SITE = {"amount": 36_500, "per": "once", "on": "2026-01-01", "life": 12}


@pytest.mark.parametrize(
    ("changes", "start", "end", "amount"),
    [
        ({}, "2026-10-01", "2026-10-31", 3100),  # 100 a day for 365 days
        ({}, "2025-12-01", "2026-01-10", 1000),  # nothing before its day
        ({}, "2026-12-22", "2027-06-30", 1000),  # nothing after its life
        ({}, "2025-01-01", "2025-12-31", 0),
        ({"life": 24}, "2026-01-01", "2026-12-31", 18_250),
        ({"end": "2026-10-10"}, "2026-10-01", "2026-10-31", 1000),
    ],
)
def test_a_cost_paid_once_is_spread_evenly_over_its_life(
    changes: dict[str, object], start: str, end: str, amount: float
) -> None:
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert amounts(cost(SITE | changes), period, "MAD", ()) == pytest.approx(amount)


def test_a_cost_that_is_spread_keeps_the_rate_of_the_day_it_was_paid() -> None:
    rates = [rate("EUR", "MAD", 10, "2026-01-01"), rate("EUR", "MAD", 11, "2026-06-01")]
    october = Period(OCTOBER, date(2026, 10, 31))
    assert amounts(cost({**SITE, "currency": "EUR"}), october, "MAD", rates) == pytest.approx(31_000)


# ---------------------------------------------------------------- lines of several costs


def test_the_costs_of_a_line_are_added() -> None:
    fees = [{"amount": 3100, "end": "2026-10-10"}, {"amount": 6200, "start": "2026-10-11"}, "500/month"]
    case = vector(costs={**COSTS, "agency": fees})
    assert case.costs[1].amount == pytest.approx(1000 + 4200 + 500)
    assert (case.costs[1].origin, case.known_lines, case.total_cost.state) == ("declared", 6, State.COMPLETE)


def test_a_line_of_which_a_part_is_unknown_is_the_rest_and_not_among_the_known_ones() -> None:
    case = vector(costs={**COSTS, "agency": ["15000/month", "unknown"]})
    assert (case.costs[1].origin, case.costs[1].amount) == ("partial", pytest.approx(15_000))
    assert (case.known_lines, case.total_cost.value) == (5, pytest.approx(66_800))
    assert (case.total_cost.state, case.roi_incremental.state) == (State.PARTIAL, State.PARTIAL)


def test_declared_media_of_which_a_part_is_unknown_are_partial() -> None:
    case = found(shop(100), costs={"media": ["1550/month", "unknown"]})
    assert (case.media.value, case.media.state, case.costs[0].origin) == (1550, State.PARTIAL, "partial")


def test_an_export_completes_a_media_line_of_which_a_part_is_unknown() -> None:
    case = found(channel("google_ads", 10, 50), shop(100), costs={"media": ["1550/month", "unknown"]})
    assert (case.media.value, case.media.state, case.costs[0].origin) == (310, State.COMPLETE, "export")


def test_what_only_the_agency_may_see_of_a_line_is_a_line_beside_it() -> None:
    fees = ["500/month", {"amount": 70, "internal": True}, {"unknown": True, "internal": True}]
    case = vector(costs={**COSTS, "tools": fees})
    lines = [(line.amount, line.origin, line.internal) for line in case.costs if line.kind == "tools"]
    assert lines == [(pytest.approx(500), "declared", False), (pytest.approx(70), "partial", True)]
    assert case.known_lines == 5
    whole = vector(costs={**COSTS, "tools": [*fees[:2]]})
    plain = vector(costs={**COSTS, "tools": ["500/month", "70/month"]})
    assert (whole.known_lines, whole.total_cost) == (6, plain.total_cost)


def test_a_kind_of_internal_costs_alone_is_one_line() -> None:
    case = vector(costs={**COSTS, "tools": [{"amount": 70, "internal": True}]})
    assert [line.internal for line in case.costs] == [line.kind == "tools" for line in case.costs]


def test_open_and_internal_media_are_both_spent() -> None:
    case = found(shop(100), costs={"media": ["1550/month", {"amount": 310, "internal": True}]})
    assert (case.media.value, case.media.state) == (pytest.approx(1860), State.COMPLETE)


def test_a_line_of_zeros_is_zero_and_keeps_its_note() -> None:
    free = {"amount": 0, "note": "Offert"}
    line = vector(costs={**COSTS, "tools": [free, free]}).costs[3]
    assert (line.origin, line.amount) == ("zero", 0)
    assert line.note
    assert "Offert" in str(line.note)
