"""Costs and returns over one period, each a number or the reason why there is none (METHODS §4.1-4.3)."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.messages import Period
from sitegen.model.computed import State

from .cases import key, rate, source
from .marketing import COSTS, OCTOBER, channel, found, shop, vector

# ---------------------------------------------------------------- the vector


def test_roi_costs() -> None:
    case = vector()
    assert [(line.kind, line.origin) for line in case.costs] == [
        ("media", "export"),
        ("agency", "declared"),
        ("production", "declared"),
        ("tools", "declared"),
        ("staff", "declared"),
        ("training", "zero"),
    ]
    assert [line.amount for line in case.costs] == pytest.approx([40_000, 15_000, 5_000, 2_000, 4_800, 0])
    assert case.total_cost.value == pytest.approx(66_800)
    assert (case.known_lines, case.total_cost.state) == (6, State.COMPLETE)


def test_roi_figures() -> None:
    case = vector()
    assert case.attributed_revenue.value == pytest.approx(300_000)
    assert case.roas.value == pytest.approx(7.5)
    assert case.break_even_roas_media.value == pytest.approx(2.222, abs=5e-4)
    assert case.break_even_roas.value == pytest.approx(3.711, abs=5e-4)
    assert case.break_even_roas_incremental.value == pytest.approx(6.185, abs=5e-4)
    assert case.roi_attributed.value == pytest.approx(1.021, abs=5e-4)
    assert case.roi_incremental.value == pytest.approx(0.2126, abs=5e-5)
    assert case.break_even_incrementality.value == pytest.approx(0.4948, abs=5e-5)
    assert case.roi_attributed.state is State.COMPLETE


def test_roi_at_a_lower_margin_breaks_even_later() -> None:
    assert vector(margin="35%").break_even_incrementality.value == pytest.approx(0.636, abs=5e-4)


@pytest.mark.parametrize(("share", "roi"), [("40%", -0.192), ("60%", 0.213), ("80%", 0.617)])
def test_roi_depends_on_what_is_really_incremental(share: str, roi: float) -> None:
    assert vector(incrementality=share).roi_incremental.value == pytest.approx(roi, abs=5e-4)


def test_blended_roas_is_of_all_sales() -> None:
    assert vector().blended_roas.value == pytest.approx(20_000 * 31 / 40_000)
    assert vector().cost_per_conversion.value == pytest.approx(40_000 / 3000)


# ---------------------------------------------------------------- what is not told


def test_without_a_margin_there_is_no_roi() -> None:
    case = vector(margin=None)
    for figure in (
        case.roi_attributed,
        case.break_even_roas,
        case.break_even_roas_media,
        case.break_even_incrementality,
    ):
        assert (figure.value, key(figure.reason)) == (None, "returns.reason.no_margin")
    assert case.roas.value == pytest.approx(7.5)


def test_without_incrementality_there_is_no_incremental_roi() -> None:
    case = vector(incrementality=None)
    for figure in (case.roi_incremental, case.break_even_roas_incremental):
        assert (figure.value, key(figure.reason)) == (None, "returns.reason.no_incrementality")
    assert case.roi_attributed.value == pytest.approx(1.021, abs=5e-4)


def test_an_unknown_line_is_left_out_and_the_roi_is_partial() -> None:
    case = vector(costs={**COSTS, "production": "unknown", "tools": None})
    assert [line.kind for line in case.costs if line.amount is None] == ["production", "tools"]
    assert (case.known_lines, case.total_cost.value) == (4, pytest.approx(59_800))
    assert (case.roi_attributed.state, case.total_cost.state) == (State.PARTIAL, State.PARTIAL)


def test_without_media_the_other_costs_make_no_total() -> None:
    case = found(shop(100), costs=COSTS, margin="45%")
    assert (case.known_lines, case.total_cost.value) == (5, None)
    assert {key(figure.reason) for figure in (case.media, case.total_cost, case.roas)} == {"returns.reason.no_spend"}
    assert case.sales.value == 3100


def test_declared_media_serve_when_no_export_tells_them() -> None:
    case = found(shop(100), costs={"media": "1550/month"})
    assert (case.costs[0].origin, case.media.value) == ("declared", 1550)
    assert case.blended_roas.value == 2


def test_an_export_goes_before_declared_media() -> None:
    case = vector(costs={**COSTS, "media": "99999/month"})
    assert (case.costs[0].origin, case.costs[0].amount) == ("export", pytest.approx(40_000))


def test_without_sales_blended_roas_says_why() -> None:
    case = found(channel("google_ads", 10, 50))
    assert (case.sales_metric, case.sales.value) == (None, None)
    assert key(case.blended_roas.reason) == "returns.reason.no_sales"
    assert case.roas.value == 5


def test_without_anything_there_is_no_period_and_no_number() -> None:
    case = found(costs=COSTS)
    assert (case.period, case.channels, case.known_lines) == (None, (), 0)
    assert case.media.value is None


def test_spend_of_zero_divides_nothing() -> None:
    case = found(channel("google_ads", 0, 0), shop(100), margin="45%")
    assert (case.media.value, case.roas.value) == (0, None)
    for figure in (case.roas, case.blended_roas, case.cost_per_conversion, case.roi_attributed, case.break_even_roas):
        assert key(figure.reason) == "returns.reason.zero"


# ---------------------------------------------------------------- channels


def test_a_channel_observed_on_too_few_days_stays_out_of_the_totals() -> None:
    pinterest = channel("pinterest_ads", 1000, 9000, days=7, first=date(2026, 10, 18))
    case = found(channel("google_ads", 10, 50), pinterest, shop(100))
    assert [(each.channel, each.included) for each in case.channels] == [("google_ads", True), ("pinterest_ads", False)]
    assert (case.media.value, case.attributed_revenue.value) == (310, 1550)
    assert case.blended_roas.value == pytest.approx(10)
    assert case.media.state is State.PARTIAL
    aside = case.channels[1].spend
    assert (aside.value, aside.state) == (7000, State.PARTIAL)  # told over its own days, 18 to 24 October
    assert aside.period == Period(date(2026, 10, 18), date(2026, 10, 24))
    assert aside.coverage == pytest.approx(7 / 31)


def test_the_value_of_a_channel_whose_spend_is_unknown_stays_out_too() -> None:
    unspent = {"spend": [10.0] * 7 + [None] * 24, "conversion_value": [900.0] * 31, "conversions": [9.0] * 31}
    pinterest = source(OCTOBER, unspent, "pinterest_ads", "pinterest.csv")
    case = found(channel("google_ads", 10, 50), pinterest, shop(100))
    assert (case.attributed_revenue.value, case.roas.value) == (1550, 5)
    assert case.cost_per_conversion.value == pytest.approx(20)


def test_a_channel_that_tells_no_value_enters_no_ratio_and_makes_the_return_partial() -> None:
    case = found(channel("google_ads", 10, 50), channel("radio", 10, None), shop(100))
    assert (case.media.value, case.attributed_revenue.value) == (620, 1550)
    assert (case.roas.value, case.roas.state) == (5, State.PARTIAL)
    assert (case.cost_per_conversion.value, case.cost_per_conversion.state) == (pytest.approx(20), State.PARTIAL)


def test_a_return_of_partly_unknown_sales_is_partial() -> None:
    """The costs of all channels, the sales of one: the least that it can be."""
    case = found(channel("google_ads", 10, 50), channel("radio", 10, None), shop(100), margin="45%", costs=COSTS)
    assert case.attributed_revenue.state is State.PARTIAL
    assert (case.roi_attributed.state, case.total_cost.state) == (State.PARTIAL, State.COMPLETE)


def test_days_without_a_value_are_days_without_spend_for_the_ratios() -> None:
    values = {"spend": [10] * 31, "conversion_value": [50] * 27 + [None] * 4, "conversions": [1] * 27 + [None] * 4}
    case = found(source(OCTOBER, values, "meta_ads", "meta.csv"), shop(100))
    assert (case.media.value, case.attributed_revenue.value) == (310, 1350)
    assert (case.roas.value, case.cost_per_conversion.value, case.roas.state) == (5, 10, State.PARTIAL)


def test_values_that_no_channel_tells_have_a_reason() -> None:
    case = found(channel("radio", 10, None), shop(100))
    assert key(case.roas.reason) == "returns.reason.no_conversion_value"
    assert key(case.cost_per_conversion.reason) == "returns.reason.no_conversions"


def test_each_channel_has_its_own_return() -> None:
    google, meta = found(channel("google_ads", 10, 50), channel("meta_ads", 10, 20), shop(100)).channels
    assert (google.roas.value, google.cost_per_conversion.value) == (5, pytest.approx(20))
    assert (meta.channel, meta.spend.channel, meta.roas.value) == ("meta_ads", "meta_ads", 2)
    assert meta.impressions.value is None


# ---------------------------------------------------------------- the period


def test_sales_are_the_first_of_the_shop_s_own_figures() -> None:
    both = source(OCTOBER, {"gross_sales": [120] * 31, "net_sales": [90] * 31}, path="shop.csv")
    assert found(both, channel("google_ads", 10, 50)).sales_metric == "net_sales"


def test_the_period_is_that_on_which_sales_and_spend_are_both_told() -> None:
    case = found(shop(100, days=25), channel("google_ads", 10, 50, days=40, first=date(2026, 9, 22)))
    assert case.period == Period(OCTOBER, date(2026, 10, 25))
    assert case.sales.value == 2500


def test_with_twelve_complete_months_they_are_the_period() -> None:
    first = date(2025, 1, 15)
    case = found(shop(1, 700, first), channel("google_ads", 1, 5, 700, first), as_of=date(2026, 10, 20))
    assert case.period == Period(date(2025, 10, 1), date(2026, 9, 30))


def test_without_twelve_complete_months_at_most_twelve_months_count() -> None:
    first, last = date(2025, 9, 2), date(2026, 9, 20)
    length = (last - first).days + 1
    case = found(shop(1, length, first), channel("google_ads", 1, 5, length, first), as_of=last)
    assert case.period == Period(date(2025, 9, 21), last)


def test_sales_and_spend_that_never_meet_leave_the_spend() -> None:
    case = found(shop(100, 31, date(2026, 8, 1)), channel("google_ads", 10, 50))
    assert case.period == Period(OCTOBER, date(2026, 10, 31))
    assert case.sales.value is None


def test_spend_and_value_are_converted_too() -> None:
    euros = channel("google_ads", 10, 50, currency="EUR")
    case = found(euros, shop(200), rates=[rate("EUR", "MAD", 10, "2026-01-01")])
    assert (case.media.value, case.media.currency, case.blended_roas.value) == (3100, "MAD", 2)
