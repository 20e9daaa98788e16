"""What the three levers earned, in words: a number with how it counts, or the reason why there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sitegen.formats import NBSP, Words
from sitegen.messages import Message, Period, Text, Unit, say
from sitegen.model.computed import (
    CommunicationSaving,
    Measurement,
    Returns,
    SalesGain,
    ServiceLine,
    ServiceSaving,
    State,
)
from sitegen.render import method
from sitegen.render.levers import Lever, counted, levers
from tests.unit.draw import editions

REFERENCE = Period(date(2024, 1, 1), date(2024, 12, 31))
WORDS = Words("en", "MA")


def money(value: float | None, reason: str = "") -> Measurement:
    return editions.measurement("spend", value) if value is not None else missing(reason)


def missing(reason: str) -> Measurement:
    return Measurement("spend", Unit.MONEY, None, None, state=State.NOT_COMPUTABLE, reason=say(reason))


def count(value: float) -> Measurement:
    return editions.measurement("leads", value)


def sales(scale: float = 1.0, margin: float | None = 81_000.0, reason: str = "returns.reason.no_margin") -> SalesGain:
    return SalesGain(
        scale=editions.measurement("roas", scale, Unit.RATIO),
        revenue=money(300_000.0),
        additional=money(180_000.0),
        margin=money(margin, reason),
        method="test",
    )


def press(new: float = 50_000.0, effect: float = 400_000.0, **more: object) -> CommunicationSaving:
    """METHODS §4.2: 200 000 for 500 000 contacts, then 50 000 for 400 000: a saving of 110 000 to 137 500."""
    equal = new * max(1.0, 500_000 / effect)
    saving, high = sorted((200_000 - equal, 200_000 * min(1.0, effect / 500_000) - new))
    told = {
        "medium": Text.plain("Press"),
        "effect": "contacts",
        "reference": REFERENCE,
        "old_cost": money(200_000.0),
        "old_effect": count(500_000.0),
        "new_cost": money(new),
        "new_effect": count(effect),
        "equal_cost": money(equal),
        "saving": money(saving),
        "saving_high": money(high),
        "share": editions.measurement("saving_share", high / 200_000, Unit.CHANGE),
        "avoided": money(saving + new),
        "reused": False,
    }
    return CommunicationSaving(**(told | more))  # type: ignore[arg-type]


def desk(before: float = 51_000.0, now: float = 40_800.0, **more: object) -> ServiceSaving:
    """METHODS §4.2: 3 500 contacts for 51 000, then 3 700 for 40 800."""
    told = {
        "reference": REFERENCE,
        "lines": (ServiceLine("phone", count(2_000.0), count(1_400.0), money(18.0), money(18.0)),),
        "cost_before": money(before),
        "cost_now": money(now),
        "contacts_before": count(3_500.0),
        "contacts_now": count(3_700.0),
        "per_contact_before": money(14.571),
        "per_contact_now": money(11.027),
        "per_case_before": editions.measurement("roas", 1.4, Unit.RATIO),
        "per_case_now": missing("returns.reason.zero"),
        "saving": money(before - now),
        "constant": money(12_405.0),
        "nature": "freed",
        "cancelled": None,
        "booked": money(0.0),
    }
    return ServiceSaving(**(told | more))  # type: ignore[arg-type]


def returns(**more: object) -> Returns:
    plain = editions.returns(editions.channel("meta_ads", 40_000.0, 300_000.0))
    return replace(plain, incrementality=0.6, **more)  # type: ignore[arg-type]


def lever(name: str, **more: object) -> Lever:
    return next(each for each in levers(returns(**more)) if each.id == name)


def told(messages: tuple[Message, ...] | Message) -> str:
    said = map(WORDS.say, (messages,) if isinstance(messages, Message) else messages)
    return " ".join(said).replace(NBSP, " ")


def test_the_three_levers_are_always_told_in_the_same_order() -> None:
    found = levers(returns())
    assert [each.id for each in found] == ["sales", "communication", "service"]
    assert [each.declared for each in found] == [False] * 3
    assert all(each.worth == each.method == () for each in found)


def test_sales_tell_their_margin_and_each_factor() -> None:
    found = lever("sales", sales_gain=sales())
    assert "81,000 DH of margin" in told(found.sentence)
    assert "control group" in told(found.worth)
    assert "300,000 DH × 60% = 180,000 DH. Margin = 180,000 DH × 45% = 81,000 DH" in told(found.method)


def test_claims_beyond_what_was_sold_are_told_to_be_scaled() -> None:
    assert "scaled to 78.3%" in told(lever("sales", sales_gain=sales(scale=0.783)).method)
    assert "scaled" not in told(lever("sales", sales_gain=sales()).method)


def test_a_margin_for_the_agency_only_shows_no_factor() -> None:
    found = lever("sales", sales_gain=sales(margin=None, reason="returns.reason.withheld"), margin=None)
    assert told(found.sentence) == "Available from the agency."
    assert found.method == ()


def test_sales_without_a_margin_give_the_reason_and_what_is_claimed() -> None:
    found = lever("sales", sales_gain=sales(margin=None))
    assert told(found.sentence) == "Not computable. The margin rate is not declared."
    assert "300,000 DH of sales: attributed, not proven" in told(found.worth)


def test_without_advertising_and_claims_the_sales_lever_does_not_apply() -> None:
    nothing = replace(editions.returns(), sales_gain=sales(margin=None))
    assert not levers(nothing)[0].declared


def test_a_smaller_effect_is_valued_both_ways() -> None:
    found = lever("communication", communication=press())
    assert "110,000 DH to 137,500 DH less" in told(found.sentence)
    assert "160,000 DH is in the ROI" in told(found.worth)
    assert "50,000 DH × 500,000 ÷ 400,000 = 62,500 DH. Saving = 200,000 DH − 62,500 DH = 137,500 DH" in told(
        found.method
    )
    assert "200,000 DH × 400,000 ÷ 500,000. Saving = that amount − 50,000 DH = 110,000 DH" in told(found.method)


def test_an_effect_that_is_kept_has_one_saving_and_its_share() -> None:
    found = lever("communication", communication=press(effect=500_000.0))
    assert "150,000 DH less than with the former medium (Press), or 75% of its cost" in told(found.sentence)
    assert "the effect on top is not counted" in told(found.method)


def test_a_dearer_mix_is_told_as_dearer_and_its_two_prices_stay_apart() -> None:
    found = lever("communication", communication=press(new=200_000.0))
    assert "40,000 DH more" in told(found.sentence)
    assert "= 250,000 DH. Saving = 200,000 DH − 250,000 DH = −50,000 DH" in told(found.method)


def test_money_spent_elsewhere_is_a_reallocation() -> None:
    found = lever("communication", communication=press(reused=True, avoided=money(0.0)))
    assert told(found.worth) == "Reallocation: this money is spent elsewhere, so it is not in the ROI."


def test_effects_that_cannot_be_compared_give_the_reason_and_what_was_paid() -> None:
    nothing = missing("returns.reason.zero")
    found = lever("communication", communication=press(effect=1.0, saving=nothing, saving_high=nothing))
    assert told(found.sentence).startswith("Not computable. Division by zero")
    assert "200,000 DH for 500,000 contacts" in told(found.method)
    assert "Saving" not in told(found.method)


def test_freed_time_is_no_money() -> None:
    found = lever("service", service=desk())
    assert "10,200 DH less" in told(found.sentence)
    assert "no money comes in" in told(found.worth)
    assert "51,000 DH − 40,800 DH = 10,200 DH" in told(found.method)
    assert "Phone: 2,000 contacts at 18.00 DH before, 1,400 at 18.00 DH now" in told(found.method)
    assert "resolved request" not in told(found.method)  # one of its sides is unknown


@pytest.mark.parametrize("cancelled", ["hire", "overtime", "outsourcing"])
def test_what_was_cancelled_is_money(cancelled: str) -> None:
    found = lever("service", service=desk(nature="cash", cancelled=cancelled, booked=money(9_000.0)))
    assert "9,000 DH is in the ROI" in told(found.worth)
    assert "no money" not in told(found.worth)


def test_a_service_that_costs_more_for_more_contacts_tells_both() -> None:
    assert "more, for more contacts" in told(lever("service", service=desk(now=60_000.0)).sentence)
    dearer = desk(now=60_000.0, constant=money(-2_000.0))
    assert told(lever("service", service=dearer).sentence).startswith("Customer service costs 9,000 DH more than")


def test_the_return_names_the_levers_that_it_counts() -> None:
    both = returns(sales_gain=sales(), communication=press(), service=desk(), roi=money(0.5))
    assert [message.key for message in counted(both)] == ["levers.counted.margin", "levers.counted.avoided"]
    assert method.headlines(both)[3].name == say("method.roi")
    assert "additional margin and avoided costs" in told(method.headlines(both)[3].method)


def test_with_sales_alone_the_return_keeps_its_name() -> None:
    found = method.headlines(returns(sales_gain=sales(), service=desk(), roi=money(0.5)))[3]
    assert (found.name, found.number.value) == (say("method.roi_incremental"), 0.5)


def test_where_nothing_is_sold_the_gains_and_the_net_result_stand_first() -> None:
    unsold = returns(
        sales=missing("returns.reason.no_sales"), communication=press(), benefit=money(160_000.0), net=money(90_000.0)
    )
    found = method.headlines(unsold)
    assert [headline.name.key for headline in found[::2]] == ["method.benefit", "method.net"]


@pytest.mark.parametrize(
    ("share", "key"),
    [(0.495, "formula_break_even_incrementality"), (1.2, "beyond_reach"), (-0.1, "covered"), (None, None)],
)
def test_the_break_even_share_is_told_with_its_margin(share: float | None, key: str | None) -> None:
    point = editions.measurement("break_even_incrementality", share, Unit.RATE)
    found = method.break_even(returns(break_even_incrementality=point))
    assert (found.key if found else None) == (f"method.{key}" if key else None)
    if key in ("formula_break_even_incrementality", "beyond_reach"):
        assert found is not None
        assert "45%" in told(found)


@pytest.mark.parametrize(("roas", "key"), [(None, "formula_roas"), (8.0, "formula_roas_paired")])
def test_a_platform_roas_shows_its_totals_only_where_they_give_it(roas: float | None, key: str) -> None:
    """A channel without sales is in the spend and not in the ROAS."""
    found = editions.returns(editions.channel("meta_ads", 1000.0, 5000.0), roas=roas)
    assert f"method.{key}" in [line.key for line in method.returns_lines(found)]
