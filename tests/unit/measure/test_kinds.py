"""Each kind of metric adds up by its own rule, and what is missing is never zero (METHODS §1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from sitegen.measure.daily import daily
from sitegen.measure.kinds import Reading, measurement, reading, tally, wilson
from sitegen.messages import Period, Unit
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.computed import Measurement, State
from sitegen.model.facts import Dossier, Records

from .cases import Cell, dossier, key, rowed, source

MAY, TENTH = date(2026, 5, 1), Period(date(2026, 5, 1), date(2026, 5, 10))


def read(metric: str, *records: Records, channels: tuple[str, ...] = (), client: Dossier | None = None) -> Reading:
    client = client or dossier(*records)
    return reading(metric, daily(client, date(2026, 5, 31)), client, channels)


def over(period: Period, metric: str, *records: Records, channels: tuple[str, ...] = ()) -> Measurement:
    return measurement(read(metric, *records, channels=channels), period)


def test_a_period_is_tallied_once_whoever_asks_for_it() -> None:
    found = read("sessions", source(MAY, {"sessions": [10] * 10}))
    first = tally(found, TENTH)
    assert (first.value, first.observed) == (100, 10)
    assert tally(found, Period(date(2026, 5, 1), date(2026, 5, 10))) is first


# ---------------------------------------------------------------- ratios


def test_ctr_is_the_sum_of_clicks_over_the_sum_of_impressions() -> None:
    two_days = source(MAY, {"clicks": [50, 1000], "impressions": [1000, 100_000]})
    found = over(Period(MAY, date(2026, 5, 2)), "click_through_rate", two_days)
    assert found.value == pytest.approx(0.010396, abs=5e-7)
    assert (found.numerator, found.denominator) == (1050, 101_000)


def test_aov_over_channels_is_the_sum_of_revenue_over_the_sum_of_orders() -> None:
    google = source(MAY, {"transactions": [10], "revenue": [1000]}, "google_ads", "google.csv")
    meta = source(MAY, {"transactions": [100], "revenue": [20_000]}, "meta_ads", "meta.csv")
    found = over(Period(MAY, MAY), "average_order_value", google, meta)
    assert found.value == pytest.approx(190.909, abs=5e-4)
    assert found.sources == ("google.csv", "meta.csv")


def test_wilson_interval_of_twelve_in_four_hundred() -> None:
    low, high = wilson(12, 400) or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.0172, 0.0517)


def test_wilson_interval_of_none_in_fifty_begins_at_zero() -> None:
    low, high = wilson(0, 50) or (1, 0)
    assert (low, round(high, 4)) == (0.0, 0.0713)


def test_only_rates_have_a_margin_of_error() -> None:
    found = source(MAY, {"transactions": [12], "sessions": [400], "revenue": [1200]})
    day = Period(MAY, MAY)
    assert over(day, "conversion_rate", found).interval == pytest.approx((0.0172, 0.0517), abs=5e-5)
    assert over(day, "average_order_value", found).interval is None


def test_more_cases_than_there_are_have_no_margin_of_error() -> None:
    assert wilson(5, 4) is None
    assert wilson(0, 0) is None


def test_a_day_that_no_channel_of_a_file_tells_is_not_observed() -> None:
    told = [(MAY + timedelta(day), channel) for day in range(9) for channel in ("google_ads", "meta_ads")]
    found = over(TENTH, "clicks", rowed([(day, channel, {"clicks": 5.0}) for day, channel in told]))
    assert (found.value, found.coverage) == (90, 0.9)


def test_a_ratio_drops_the_days_on_which_either_side_is_missing() -> None:
    no_sales = source(MAY, {"transactions": [2] * 9 + [None], "sessions": [100] * 9 + [1000]})
    no_visits = source(MAY, {"transactions": [2] * 9 + [50], "sessions": [100] * 9 + [None]})
    for site in (no_sales, no_visits):
        found = over(TENTH, "conversion_rate", site)
        assert (found.value, found.coverage, found.state) == (0.02, 0.9, State.PARTIAL)


def test_cpm_is_for_a_thousand_impressions() -> None:
    found = source(MAY, {"spend": [50], "impressions": [10_000]}, "meta_ads")
    assert over(Period(MAY, MAY), "cost_per_mille", found).value == 5.0


def test_a_zero_denominator_has_a_reason_and_no_value() -> None:
    found = over(TENTH, "conversion_rate", source(MAY, {"transactions": [0] * 10, "sessions": [0] * 10}))
    assert (found.value, found.state, key(found.reason)) == (
        None,
        State.NOT_COMPUTABLE,
        "measure.reason.zero_denominator",
    )


def test_a_ratio_is_read_on_the_channels_that_tell_both_sides() -> None:
    """Pinterest tells no conversions: its spend is no cost of the others'."""
    google = source(MAY, {"spend": [100], "conversions": [4]}, "google_ads", "google.csv")
    pinterest = source(MAY, {"spend": [3]}, "pinterest_ads", "pinterest.csv")
    assert over(Period(MAY, MAY), "cost_per_conversion", google, pinterest).value == 25.0


@pytest.mark.parametrize(
    ("direct", "state"),
    [
        (52, State.COMPLETE),  # 1,000 of 1,052 sessions: 95.1 %
        (53, State.PARTIAL),
        (250, State.PARTIAL),  # 80 %
        (251, State.NOT_COMPUTABLE),
    ],
)
def test_a_few_channels_are_not_the_whole(direct: float, state: State) -> None:
    """The sessions of a channel whose transactions are unknown: a conversion rate of the others alone."""
    visits = rowed([(MAY, "email", {"sessions": 1000}), (MAY, "direct", {"sessions": direct})], "visits.csv")
    sold = source(MAY, {"transactions": [50]}, "email", "sales.csv")
    found = over(Period(MAY, MAY), "conversion_rate", visits, sold)
    assert found.state is state
    assert found.value == (None if state is State.NOT_COMPUTABLE else 0.05)
    assert key(found.reason) == ("measure.reason.left_out" if found.value is None else None)
    assert over(Period(MAY, MAY), "conversion_rate", visits, sold, channels=("email",)).state is State.COMPLETE


def test_a_return_is_that_of_the_channels_that_tell_both_sides() -> None:
    """Radio tells no sales, however much it costs: the return is of the others, and says that it is partial."""
    meta = source(MAY, {"spend": [100], "conversion_value": [400]}, "meta_ads", "meta.csv")
    radio = source(MAY, {"spend": [300]}, "radio", "radio.csv")
    found = over(Period(MAY, MAY), "roas", meta, radio)
    assert (found.value, found.state) == (4.0, State.PARTIAL)
    assert over(Period(MAY, MAY), "roas", meta).state is State.COMPLETE


@pytest.mark.parametrize(("neutral", "told"), [(9, False), (10, True)])
def test_few_mentions_are_counted_not_rated(neutral: float, told: bool) -> None:
    counts = {"mentions_positive": [15], "mentions_negative": [5], "mentions": [20 + neutral]}
    found = over(Period(MAY, MAY), "net_sentiment", source(MAY, counts))
    assert (found.value is not None) is told
    assert key(found.reason) == (None if told else "measure.reason.too_few_counted")


def test_channels_told_on_too_few_days_are_not_in_the_whole_either() -> None:
    email = source(MAY, {"sessions": [10] * 10, "transactions": [1] * 10}, "email", "email.csv")
    direct = source(MAY, {"sessions": [90] * 7, "transactions": [1] * 7}, "direct", "direct.csv")
    assert key(over(TENTH, "conversion_rate", email, direct).reason) == "measure.reason.left_out"


def test_a_ratio_of_two_sources_without_a_common_channel_is_of_their_totals() -> None:
    shop = source(MAY, {"transactions": [6]}, "shop", "shop.csv")
    visits = rowed([(MAY, "direct", {"sessions": 100}), (MAY, "email", {"sessions": 50})], "visits.csv")
    assert over(Period(MAY, MAY), "conversion_rate", shop, visits).value == pytest.approx(0.04)


def test_a_ratio_of_named_channels_is_not_borrowed_from_the_total() -> None:
    shop = source(MAY, {"transactions": [6]}, "shop", "shop.csv")
    visits = source(MAY, {"sessions": [100]}, "email", "visits.csv")
    found = over(Period(MAY, MAY), "conversion_rate", shop, visits, channels=("email", "shop"))
    assert (found.value, key(found.reason)) == (None, "measure.reason.no_pair")


# ---------------------------------------------------------------- flows


def test_a_missing_day_is_not_a_zero() -> None:
    """The nine days that are there add up, and say that they are nine; with a zero they would have been ten."""
    found = over(TENTH, "sessions", source(MAY, {"sessions": [10] * 9 + [None]}))
    assert (found.value, found.coverage, found.state) == (90, 0.9, State.PARTIAL)


@pytest.mark.parametrize(("observed", "state"), [(20, State.COMPLETE), (19, State.COMPLETE), (18, State.PARTIAL)])
def test_nineteen_days_of_twenty_are_a_complete_total(observed: int, state: State) -> None:
    period = Period(MAY, MAY + timedelta(19))
    assert over(period, "sessions", source(MAY, {"sessions": [1] * observed})).state is state


def test_below_four_fifths_of_the_days_there_is_no_total() -> None:
    enough, too_few = (over(TENTH, "sessions", source(MAY, {"sessions": [10] * n})) for n in (8, 7))
    assert (enough.value, enough.state) == (80, State.PARTIAL)
    assert (too_few.value, key(too_few.reason)) == (None, "measure.reason.too_few_days")


def test_an_absent_month_has_no_total_rather_than_zero() -> None:
    found = over(Period(date(2026, 4, 1), date(2026, 4, 30)), "sessions", source(MAY, {"sessions": [10] * 31}))
    assert (found.value, key(found.reason)) == (None, "measure.reason.no_data")


def test_a_metric_that_no_source_tells_says_so() -> None:
    assert key(over(TENTH, "leads", source(MAY, {"sessions": [10]})).reason) == "measure.reason.no_source"


def test_channels_of_one_file_are_added_and_a_channel_without_a_row_is_no_gap() -> None:
    rows = [(MAY + timedelta(i), "direct", {"sessions": 10.0}) for i in range(10)]
    rows.append((MAY, "referral", {"sessions": 3.0}))
    found = over(TENTH, "sessions", rowed(rows))
    assert (found.value, found.state) == (103, State.COMPLETE)


def test_one_channel_alone_is_missing_on_the_days_without_a_row() -> None:
    rows = [(MAY + timedelta(i), "direct", {"sessions": 10.0}) for i in range(10)]
    rows.append((MAY, "referral", {"sessions": 3.0}))
    assert over(TENTH, "sessions", rowed(rows), channels=("referral",)).value is None
    assert over(TENTH, "sessions", rowed(rows), channels=("direct",)).channel == "direct"


def test_a_source_that_tells_too_few_days_stays_out_of_the_total_which_is_then_partial() -> None:
    google = source(MAY, {"spend": [10] * 10}, "google_ads", "google.csv")
    pinterest = source(MAY, {"spend": [99] * 3}, "pinterest_ads", "pinterest.csv")
    found = over(TENTH, "spend", google, pinterest)
    assert (found.value, found.coverage, found.state) == (100, 1.0, State.PARTIAL)


def test_a_total_stands_alone_beside_its_channels() -> None:
    whole = source(MAY, {"sessions": [100]}, "website", "plausible.csv")
    parts = rowed([(MAY, "direct", {"sessions": 60}), (MAY, "email", {"sessions": 45})], "ga4.csv")
    assert over(Period(MAY, MAY), "sessions", whole, parts).value == 100
    assert over(Period(MAY, MAY), "sessions", whole, parts, channels=("email",)).value == 45


# ---------------------------------------------------------------- persons and stocks


@pytest.mark.parametrize("metric", [metric.id for metric in METRICS.values() if metric.kind is Kind.UNIQUE])
def test_persons_are_never_added(metric: str) -> None:
    """457 and 392 users on two days were 816 persons, not 849: only an export for the two days can tell."""
    found = over(Period(MAY, date(2026, 5, 2)), metric, source(MAY, {metric: [457, 392]}))
    assert (found.value, key(found.reason)) == (None, "measure.reason.unique")


def test_a_stock_is_its_last_value_and_the_sum_of_the_networks() -> None:
    instagram = source(MAY, {"followers": [100, 110, None, None]}, "instagram", "instagram.csv")
    facebook = source(MAY, {"followers": [50, 50, 50, 49]}, "facebook", "facebook.csv")
    found = over(TENTH, "followers", instagram, facebook)
    assert (found.value, found.coverage, found.state) == (159, None, State.COMPLETE)


def test_a_stock_older_than_the_window_is_left_out() -> None:
    old = source(MAY, {"followers": [100]}, "instagram", "instagram.csv")
    new = source(date(2026, 5, 20), {"followers": [50]}, "facebook", "facebook.csv")
    window = Period(date(2026, 5, 10), date(2026, 5, 31))
    assert over(window, "followers", old).value is None
    found = over(window, "followers", old, new)
    assert (found.value, found.state) == (50, State.PARTIAL)


def test_money_carries_the_client_s_currency_and_counts_carry_none() -> None:
    found = source(MAY, {"revenue": [10], "sessions": [10]})
    assert over(Period(MAY, MAY), "revenue", found).currency == "MAD"
    sessions = over(Period(MAY, MAY), "sessions", found)
    assert (sessions.currency, sessions.unit) == (None, Unit.COUNT)


def test_the_span_goes_from_the_first_to_the_last_value() -> None:
    found = read("sessions", source(MAY, {"sessions": [None, 1, None, 2, None]}))
    assert found.span == Period(date(2026, 5, 2), date(2026, 5, 4))
    assert read("leads", source(MAY, {"sessions": [1]})).span is None


# ---------------------------------------------------------------- a numerator less another metric


def sentiment(
    positive: Sequence[Cell], neutral: Sequence[Cell], negative: Sequence[Cell], mentions: Sequence[Cell]
) -> Measurement:
    told = {"mentions_positive": positive, "mentions_neutral": neutral, "mentions_negative": negative}
    client = dossier(source(MAY, {**told, "mentions": mentions}))
    end = MAY + timedelta(len(positive) - 1)
    return measurement(reading("net_sentiment", daily(client, end), client), Period(MAY, end))


def test_net_sentiment_is_positive_less_negative_over_all_mentions() -> None:
    """V:sentiment: 80, 100 and 20 are 0.30; without the neutral ones it would be 0.60."""
    found = sentiment([80], [100], [20], [200])
    assert (found.value, found.numerator, found.denominator) == (0.3, 60, 200)
    assert sentiment([20], [100], [80], [200]).value == -0.3


def test_a_day_without_one_of_the_three_is_left_out_of_all() -> None:
    """Nine days of 2 − 1 over 5; on the tenth nobody told the negative ones: 9 / 45, not 19 / 95."""
    found = sentiment([*[2] * 9, 10], [2] * 10, [*[1] * 9, None], [*[5] * 9, 50])
    assert (found.value, found.coverage, found.state) == (0.2, 0.9, State.PARTIAL)


def test_without_the_negative_ones_there_is_no_net_sentiment() -> None:
    client = dossier(source(MAY, {"mentions_positive": [80], "mentions": [200]}))
    found = measurement(reading("net_sentiment", daily(client, MAY), client), Period(MAY, MAY))
    assert (found.value, key(found.reason)) == (None, "measure.reason.no_source")
