"""Sales that are additional, and a dearer medium that was replaced (METHODS §4.2, §4.4)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sitegen.messages import Period
from sitegen.model.computed import CommunicationSaving, Returns, State

from .cases import key, rate, source
from .marketing import COSTS, OCTOBER, channel, found, shop, vector

FREE = {"amount": 0, "note": "Aucun"}
OCTOBER_PRESS = {"cost": 200_000, "effect": 500_000, "start": "2026-10-01", "end": "2026-10-31", "source": "Factures"}


def press(contacts: float | None = 500_000, before: dict[str, Any] | None = None, **gain: Any) -> Returns:
    """The case of METHODS §4.2: 200,000 of press against 50,000 of social media, no other cost."""
    costs = {"media": "50000/month", **dict.fromkeys(("agency", "production", "tools", "staff", "training"), FREE)}
    told = {
        "medium": "La presse",
        "effect": "contacts",
        "before": {**OCTOBER_PRESS, **(before or {})},
        "now": {"effect": contacts},
        **gain,
    }
    return found(shop(20_000), costs=costs, gains={"communication": told})


def saved(case: Returns) -> CommunicationSaving:
    assert case.communication
    return case.communication


# ---------------------------------------------------------------- sales


def test_the_gain_is_the_margin_on_what_is_additional() -> None:
    gain = vector().sales_gain
    assert gain
    assert (gain.scale.value, gain.method) == (1, "estimate")
    assert gain.revenue.value == pytest.approx(300_000)
    assert gain.additional.value == pytest.approx(180_000)
    assert gain.margin.value == pytest.approx(81_000)
    assert (gain.margin.period, gain.margin.currency) == (Period(OCTOBER, date(2026, 10, 31)), "MAD")
    assert gain.margin.sources == ("google_ads.csv", "shop.csv")


def test_what_the_platforms_claim_twice_counts_once() -> None:
    """V:double_count: 60 and 55 claimed, 90 sold."""
    case = found(channel("meta_ads", 1, 60), channel("google_ads", 1, 55), shop(90), margin="50%", incrementality="60%")
    gain = case.sales_gain
    assert gain
    assert gain.scale.value == pytest.approx(0.783, abs=5e-4)
    counted = [(each.conversion_value.value or 0) / 31 * gain.scale.value for each in case.channels]
    assert counted == pytest.approx([43.0, 47.0], abs=0.05)
    assert gain.revenue.value == pytest.approx(90 * 31)
    assert case.roi_incremental.value == pytest.approx((90 * 31 * 0.3 - 62) / 62)


def test_sales_known_in_part_scale_nothing() -> None:
    sales = source(OCTOBER, {"revenue": [90] * 20 + [None] * 6 + [90] * 5}, path="shop.csv")
    case = found(sales, channel("meta_ads", 1, 60), channel("google_ads", 1, 55))
    assert case.sales_gain
    assert key(case.sales_gain.scale.reason) == "returns.reason.partial_sales"
    assert case.sales_gain.revenue.value == case.attributed_revenue.value == 115 * 31


def test_without_a_margin_or_a_share_the_gain_has_a_reason() -> None:
    for missing in ("margin", "incrementality"):
        case = vector(**{missing: None})
        assert case.sales_gain
        assert case.benefit
        for figure in (case.sales_gain.margin, case.benefit, case.net, case.roi):
            assert figure
            assert (figure.value, key(figure.reason)) == (None, f"returns.reason.no_{missing}")
        assert case.sales_gain.revenue.value == pytest.approx(300_000)


def test_sales_told_with_a_known_vat_are_divided_by_it() -> None:
    ads = channel("google_ads", 40_000 / 31, 360_000 / 31, tax="included")
    sales = source(OCTOBER, {"revenue": [24_000] * 31}, path="shop.csv", tax="included")
    case = found(ads, sales, costs=COSTS, margin="45%", incrementality="60%", vat="20%")
    assert (case.tax, case.vat) == ("excluded", pytest.approx(0.2))
    assert case.sales.value == pytest.approx(20_000 * 31)
    assert (case.media.value, case.attributed_revenue.value) == (pytest.approx(40_000), pytest.approx(300_000))
    assert case.roi_incremental.value == pytest.approx(0.2126, abs=5e-5)


def test_sales_told_with_an_unknown_vat_earn_no_margin() -> None:
    sales = source(OCTOBER, {"revenue": [24_000] * 31}, path="shop.csv", tax="included")
    ads = channel("google_ads", 40_000 / 31, 360_000 / 31, tax="included")
    case = found(ads, sales, costs=COSTS, margin="45%", incrementality="60%")
    assert (case.tax, case.vat, case.sales.value) == ("included", None, 24_000 * 31)
    assert case.sales_gain
    for figure in (case.sales_gain.margin, case.roi_attributed, case.roi_incremental, case.break_even_incrementality):
        assert (figure.value, key(figure.reason)) == (None, "returns.reason.tax_included")
    assert (case.roas.value, case.scenarios) == (pytest.approx(9), ())


def test_whether_sales_include_vat_is_unknown_until_every_file_says_so() -> None:
    assert vector(vat="20%").tax == "unknown"
    ads = channel("google_ads", 10, 50, tax="excluded")
    assert found(ads, source(OCTOBER, {"revenue": [9] * 31}, path="shop.csv", tax="excluded")).tax == "excluded"
    assert found(ads, shop(9)).tax == "unknown"


# ---------------------------------------------------------------- a medium replaced


def test_press_at_equal_effect() -> None:
    """V:press: 150,000, or 75 %; booked gross, since the new mix is among the costs."""
    case = press()
    gain = saved(case)
    assert (gain.old_cost.value, gain.new_cost.value, gain.equal_cost.value) == (200_000, 50_000, 50_000)
    assert (gain.saving.value, gain.saving_high.value, gain.share.value) == (150_000, 150_000, 0.75)
    assert gain.avoided.value == 200_000
    assert (case.total_cost.value, case.net and case.net.value) == (50_000, 150_000)
    assert case.roi
    assert case.roi.value == 3.0


def test_press_replaced_by_less_lies_between_two_valuations() -> None:
    gain = saved(press(400_000))
    assert (gain.equal_cost.value, gain.saving.value, gain.saving_high.value) == (62_500, 110_000, 137_500)
    assert gain.share.value == pytest.approx(0.6875)
    assert gain.avoided.value == 160_000


def test_press_replaced_by_more_earns_nothing_for_the_surplus() -> None:
    gain = saved(press(600_000))
    assert (gain.equal_cost.value, gain.saving.value, gain.saving_high.value) == (50_000, 150_000, 150_000)


def test_a_dearer_mix_saves_less_than_nothing() -> None:
    gain = saved(press(100_000))
    assert gain.saving.value == 200_000 - 250_000
    assert gain.saving_high.value == 40_000 - 50_000


def test_a_dearer_mix_charges_no_more_than_was_paid() -> None:
    """A tenth of the effect: the same at the new price would cost 500,000, which nobody paid."""
    case = press(50_000)
    gain = saved(case)
    assert (gain.saving.value, gain.avoided.value) == (200_000 - 500_000, 0)


def test_the_reference_is_brought_to_the_period_by_its_days() -> None:
    year = {"cost": 365_000, "effect": 36_500, "start": "2025-01-01", "end": "2025-12-31"}
    gain = saved(press(3_100, before=year))
    assert (gain.old_cost.value, gain.old_effect.value) == (pytest.approx(31_000), pytest.approx(3_100))
    assert gain.reference == Period(date(2025, 1, 1), date(2025, 12, 31))
    assert gain.old_cost.period == Period(OCTOBER, date(2026, 10, 31))


def test_money_spent_elsewhere_is_told_and_not_booked() -> None:
    case = press(reused=True)
    gain = saved(case)
    assert (gain.saving.value, gain.avoided.value, gain.reused) == (150_000, 0, True)
    assert case.benefit
    assert case.roi
    assert {key(each.reason) for each in (case.benefit, case.roi)} == {"returns.reason.no_spend"}


@pytest.mark.parametrize("effect", ["reach", "circulation"])
def test_reach_and_circulation_are_not_compared(effect: str) -> None:
    case = press(effect=effect)
    gain = saved(case)
    for figure in (gain.equal_cost, gain.saving, gain.saving_high, gain.share, gain.avoided):
        assert (figure.value, key(figure.reason)) == (None, "returns.reason.incomparable_effect")
    assert gain.old_cost.value == 200_000


def test_an_effect_that_nobody_tells_has_a_reason() -> None:
    assert key(saved(press(None)).saving.reason) == "returns.reason.no_new_effect"
    assert key(saved(press(before={"effect": None})).saving.reason) == "returns.reason.no_old_effect"
    assert key(saved(press(before={"currency": "EUR"})).saving.reason) == "returns.reason.no_rate"


def test_the_former_medium_is_converted_at_the_rate_of_its_days() -> None:
    rates = [rate("EUR", "MAD", 10, "2026-01-01"), rate("EUR", "MAD", 99, "2026-11-01")]
    told = {"medium": "Radio", "effect": "leads", "before": {**OCTOBER_PRESS, "currency": "EUR"}, "now": {"effect": 9}}
    case = found(shop(1), rates=rates, gains={"communication": told}, as_of=date(2026, 10, 31))
    assert saved(case).old_cost.value == 2_000_000


def test_the_new_mix_is_read_in_the_files_where_it_is_not_declared() -> None:
    """Ten and five leads a day for 3,100 each; only the named channel counts, where one is named."""
    google, meta = (
        source(OCTOBER, {"spend": [100] * 31, "leads": leads}, name, f"{name}.csv")
        for name, leads in (("google_ads", [10] * 31), ("meta_ads", [5] * 31))
    )
    told = {"medium": "La presse", "effect": "leads", "before": {**OCTOBER_PRESS, "effect": 620}}

    def gain(**now: Any) -> CommunicationSaving:
        return saved(found(google, meta, shop(9), gains={"communication": {**told, "now": {"metric": "leads", **now}}}))

    assert (gain().new_cost.value, gain().new_effect.value) == (6_200, 465)
    named = gain(channels=["google_ads"])
    assert (named.new_cost.value, named.new_effect.value) == (3_100, 310)
    assert named.equal_cost.value == pytest.approx(6_200)
    assert named.saving.sources == ("google_ads.csv",)
    assert gain(cost="9000/month").new_cost.value == 9_000


# ---------------------------------------------------------------- customers


def test_a_new_customer_costs_all_that_was_spent() -> None:
    sales = source(OCTOBER, {"revenue": [20_000] * 31, "new_customers": [4] * 31}, path="shop.csv")
    case = found(channel("google_ads", 40_000 / 31, 300_000 / 31), sales, costs=COSTS)
    assert case.new_customers
    assert case.new_customers.value == 124
    assert case.acquisition_cost
    assert case.acquisition_cost.value == pytest.approx(66_800 / 124)
    assert (case.acquisition_cost.currency, case.acquisition_cost.state) == ("MAD", State.COMPLETE)


def test_without_new_customers_their_cost_has_a_reason() -> None:
    case = vector()
    for figure in (case.new_customers, case.acquisition_cost):
        assert figure
        assert (figure.value, key(figure.reason)) == (None, "returns.reason.no_new_customers")


def test_each_channel_has_its_own_acquisition_cost() -> None:
    ads = source(OCTOBER, {"spend": [100] * 31, "new_customers": [2] * 31}, "google_ads", "ads.csv")
    (google,) = found(ads, shop(9)).channels
    assert google.new_customers
    assert google.new_customers.value == 62
    assert google.acquisition_cost
    assert google.acquisition_cost.value == 50
