"""What a customer is worth and when he has paid for his acquisition (METHODS §4.1)."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from sitegen.diagnose.withheld import disclosed, without_internal_gains
from sitegen.measure import scorecard
from sitegen.measure.customers import lifetime_value, months_to_pay_back
from sitegen.messages import Message
from sitegen.model.computed import CustomerValue, Returns, State
from sitegen.render.method import returns_lines

from .cases import dossier, key, source
from .marketing import COSTS, OCTOBER, channel, found

STAYS = {"orders_per_year": 3, "months": 24}


def case(customer: dict[str, Any] | None, new: int = 5, **client: Any) -> Returns:
    """A month with 155 orders of 400 each, 66,800 of costs and five new customers a day."""
    ads = channel("google_ads", 40_000 / 31, 300_000 / 31)
    told = {"revenue": [2000] * 31, "transactions": [5] * 31, "new_customers": [new] * 31}
    more = {"costs": COSTS, "margin": "45%", **client} | ({"customer": customer} if customer else {})
    return found(ads, source(OCTOBER, told, path="shop.csv"), **more)


def worth(customer: dict[str, Any], **more: Any) -> CustomerValue:
    value = case(customer, **more).customer
    assert value
    return value


def test_a_customer_is_worth_his_margin_beside_what_he_cost() -> None:
    value = worth(STAYS)
    assert value.order_value.value == pytest.approx(400)
    assert value.lifetime_value.value == pytest.approx(1080)
    assert value.lifetime_to_cost.value == pytest.approx(1080 / (66_800 / 155))
    assert value.payback_months.value == pytest.approx(66_800 / 155 / 45)
    assert (value.lifetime_value.currency, value.lifetime_value.state) == ("MAD", State.COMPLETE)
    assert value.lifetime_value.period == case(STAYS).period


def test_what_serving_him_costs_is_taken_off() -> None:
    assert worth({**STAYS, "service_cost": 80}).lifetime_value.value == pytest.approx(1000)


def test_a_customer_who_leaves_too_early_never_pays_back() -> None:
    value = worth({**STAYS, "months": 9})
    assert (value.payback_months.value, key(value.payback_months.reason)) == (None, "returns.reason.not_paid_back")
    assert value.lifetime_value.value == pytest.approx(405)


def test_without_a_margin_nobody_is_worth_anything_known() -> None:
    value = worth(STAYS, margin=None)
    assert (value.lifetime_value.value, key(value.lifetime_value.reason)) == (None, "returns.reason.no_margin")


def test_a_margin_excluding_vat_holds_for_no_order_that_includes_it() -> None:
    told = source(OCTOBER, {"revenue": [2000] * 31, "transactions": [5] * 31}, path="shop.csv", tax="included")
    value = found(told, margin="45%", customer=STAYS).customer
    assert value
    assert (value.lifetime_value.value, key(value.lifetime_value.reason)) == (None, "returns.reason.tax_included")


def test_without_orders_there_is_no_order_value() -> None:
    told = source(OCTOBER, {"revenue": [2000] * 31}, path="shop.csv")
    value = found(told, margin="45%", customer=STAYS).customer
    assert value
    assert key(value.order_value.reason) == "returns.reason.no_orders"


def test_nobody_is_told_of_a_customer_that_was_not_declared() -> None:
    assert case(None).customer is None
    assert not [line.key for line in returns_lines(case(None)) if "lifetime" in line.key]


def test_the_page_tells_each_figure_or_why_there_is_none() -> None:
    lines = {line.key for line in returns_lines(case({**STAYS, "source": "CRM", "service_cost": 80}))}
    assert lines >= {"method.told_customer", "method.formula_lifetime_value_served", "method.formula_payback_months"}
    assert "method.formula_lifetime_to_cost" in lines
    missing = [line for line in returns_lines(case(STAYS, margin=None)) if line.key == "method.not_computable"]
    assert {"method.lifetime_value", "method.payback_months"} <= {
        named.key for line in missing if isinstance(named := dict(line.params)["name"], Message)
    }


def test_neither_an_internal_customer_nor_an_internal_margin_is_given_away() -> None:
    told = source(OCTOBER, {"revenue": [2000] * 31, "transactions": [5] * 31, "new_customers": [5] * 31})
    hidden = without_internal_gains(dossier(told, margin="45%", customer={**STAYS, "internal": True}))
    assert hidden.client.customer is None
    client = dossier(told, margin={"rate": "45%", "internal": True}, customer=STAYS)
    card = scorecard(client, OCTOBER.replace(day=31))
    assert card.returns.customer
    assert disclosed(client, card)[1].returns.customer is None


def test_months_are_shared_by_their_days() -> None:
    assert months_to_pay_back(15, [10, 10]) == 1.5
    assert months_to_pay_back(0, [10]) == 0
    assert months_to_pay_back(21, [10, 10]) == inf
    assert lifetime_value(400, 3, 2, 0.45, 80) == 1000
