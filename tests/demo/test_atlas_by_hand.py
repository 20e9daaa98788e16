"""The demo's CSV files in, its headline numbers out, by the csv module and arithmetic alone; uses nothing of sitegen.

The literals are what the portal has to say on 2026-10-31. Windows and formulas: METHODS §2.2-2.3, §4.1-4.4.
"""

from __future__ import annotations

import csv
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

ATLAS = Path(__file__).parents[2] / "data/atlas-jiu-jitsu"
YEAR = "2025-11-01", "2026-10-31"  # the last twelve complete months


def shop(start: str, end: str) -> tuple[int, int, float]:
    """Sessions, transactions and revenue in MAD from `start` to `end`, both included."""
    sessions, transactions, revenue = 0, 0, 0.0
    with (ATLAS / "metrics/site.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if start <= row["date"] <= end:
                sessions += int(row["sessions"])
                transactions += int(row["transactions"])
                revenue += float(row["revenue"])
    return sessions, transactions, revenue


def conversion_rate(start: str, end: str) -> float:
    sessions, transactions, _ = shop(start, end)
    return transactions / sessions


def average_order_value(start: str, end: str) -> float:
    _, transactions, revenue = shop(start, end)
    return revenue / transactions


def days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


EXPORTS = {
    "google_ads": (2, "Day", "Cost", "Conversions", "Conv. value"),
    "meta_ads": (0, "Jour", "Montant dépensé (MAD)", "Achats", "Valeur de conversion des achats"),
    "tiktok_ads": (0, "Date", "Cost", "Conversions", "Total purchase value"),
}
CHANNELS = (*EXPORTS, "influencers")
MARGIN, SHARE = 0.45, 0.60  # gross margin, additional part of attributed sales


def export(channel: str, start: str, end: str) -> list[float]:
    """Spend, conversions and conversion value that a platform tells."""
    titles, day, *headers = EXPORTS[channel]
    totals = [0.0, 0.0, 0.0]
    with (ATLAS / f"exports/{channel}.csv").open(encoding="utf-8-sig", newline="") as file:
        for _ in range(titles):
            next(file)
        for row in csv.DictReader(file):
            if start <= row[day] <= end:
                for position, header in enumerate(headers):
                    totals[position] += float(row[header].replace(",", ""))
    return totals


def metric(file: str, column: str, channel: str | None = None, start: str = YEAR[0], end: str = YEAR[1]) -> float:
    """The total of a column, of one channel or of all; a row of a month stands on its first day."""
    with (ATLAS / f"metrics/{file}.csv").open(encoding="utf-8", newline="") as rows:
        return sum(
            float(row[column])
            for row in csv.DictReader(rows)
            if start <= row["date"] <= end and channel in (None, row.get("channel"))
        )


def advertising(channel: str, start: str = YEAR[0], end: str = YEAR[1]) -> list[float]:
    """Spend, conversions and conversion value of a channel; money in MAD."""
    if channel in EXPORTS:
        return export(channel, start, end)
    columns = "spend", "conversions", "conversion_value"
    return [metric("influencers", column, channel, start, end) for column in columns]


def everywhere(position: int) -> float:
    return sum(advertising(channel)[position] for channel in CHANNELS)


def total_cost() -> float:
    """Production is unknown, training is nothing: what is known of twelve months."""
    return everywhere(0) + 12 * 9_500 + 12 * 40 * 120 + 12 * 1_500


def funnel() -> list[float]:
    stages = "orders", "orders_confirmed", "orders_delivered", "orders_collected"
    return [metric("orders", stage) for stage in stages]


def acquisition_cost(channel: str) -> float:
    return advertising(channel)[0] / metric("customers", "new_customers", channel)


def net() -> float:
    """Margin on additional sales, which is all that this shop gains, less all known costs."""
    return everywhere(2) * SHARE * MARGIN - total_cost()


def test_sessions_of_the_last_twelve_months() -> None:
    assert shop(*YEAR)[0] == 821_027


def test_transactions_of_the_last_twelve_months() -> None:
    assert shop(*YEAR)[1] == 18_370


def test_revenue_of_the_last_twelve_months() -> None:
    assert shop(*YEAR)[2] == pytest.approx(7_464_724.86, abs=0.005)


def test_conversion_rate_of_the_last_twelve_months() -> None:
    assert conversion_rate(*YEAR) == pytest.approx(0.0223744, abs=5e-7)


def test_average_order_value_of_the_last_twelve_months() -> None:
    assert average_order_value(*YEAR) == pytest.approx(406.3541, abs=0.0005)


def test_spend_by_channel_and_in_total() -> None:
    assert advertising("google_ads")[0] == pytest.approx(336_402.48, abs=0.005)
    assert advertising("meta_ads")[0] == pytest.approx(275_974.91, abs=0.005)
    assert advertising("tiktok_ads")[0] == pytest.approx(53_949.99, abs=0.005)
    assert advertising("influencers")[0] == 88_050
    assert everywhere(0) == pytest.approx(754_377.38, abs=0.005)


def test_conversions_value_and_roas() -> None:
    """Overall between 4 and 8; TikTok alone under 1/45 % = 2.22, where advertising costs more than its margin."""
    assert everywhere(1) == pytest.approx(10_232.80, abs=0.005)
    assert everywhere(2) == pytest.approx(4_200_764.44, abs=0.005)
    assert everywhere(2) / everywhere(0) == pytest.approx(5.5685, abs=5e-5)
    roas = {channel: advertising(channel)[2] / advertising(channel)[0] for channel in CHANNELS}
    assert roas == pytest.approx(
        {"google_ads": 6.7530, "meta_ads": 5.8130, "tiktok_ads": 1.5453, "influencers": 2.7419}, abs=5e-5
    )
    assert [channel for channel, value in roas.items() if value < 1 / MARGIN] == ["tiktok_ads"]


def test_the_platforms_claim_less_than_the_shop_sold() -> None:
    """Some orders are claimed twice, yet nothing has to be scaled down."""
    assert everywhere(2) < shop(*YEAR)[2]


def test_roi_on_incremental_margin_with_the_costs_that_are_known() -> None:
    """The ROI is partial: production is unknown. All amounts are for twelve months."""
    margin = everywhere(2) * MARGIN
    assert total_cost() == pytest.approx(943_977.38, abs=0.005)
    assert margin / total_cost() - 1 == pytest.approx(1.0025, abs=5e-5)
    assert margin * SHARE / total_cost() - 1 == pytest.approx(0.2015, abs=5e-5)
    assert net() == pytest.approx(190_229.02, abs=0.005)
    assert total_cost() / margin == pytest.approx(0.4994, abs=5e-5)


def test_the_return_is_a_loss_where_the_fewest_sales_are_additional() -> None:
    """Low and high of the test by cities, with the margin's own."""
    low, high = (everywhere(2) * share * margin / total_cost() - 1 for share, margin in ((0.45, 0.42), (0.75, 0.48)))
    assert (low, high) == pytest.approx((-0.1589, 0.6020), abs=5e-5)


def test_seven_orders_in_ten_are_collected_and_confirming_them_loses_most() -> None:
    stages = funnel()
    assert stages == [25_544, 20_503, 19_036, 18_370]
    assert stages[-1] / stages[0] == pytest.approx(0.71915, abs=5e-6)
    kept = [after / before for before, after in pairwise(stages)]
    assert kept == pytest.approx([0.80265, 0.92845, 0.96501], abs=5e-6)
    assert min(kept) == kept[0]


def test_what_was_collected_is_what_the_shop_sold() -> None:
    """Every order of the site, on each day that the tag saw."""
    sold: dict[str, int] = {}
    with (ATLAS / "metrics/site.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sold[row["date"]] = sold.get(row["date"], 0) + int(row["transactions"])
    with (ATLAS / "metrics/orders.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    collected = {row["date"]: int(row["orders_collected"]) for row in rows}
    assert {day: collected[day] for day in sold} == sold
    assert sorted(collected.keys() - sold.keys()) == ["2025-05-12", "2025-05-13", "2025-05-14"]


def test_a_larger_share_is_collected_after_confirmation_by_whatsapp_began() -> None:
    def share(start: str, end: str) -> float:
        collected, placed = (metric("orders", each, None, start, end) for each in ("orders_collected", "orders"))
        return collected / placed

    assert share("2025-04-06", "2025-10-31") == pytest.approx(0.68005, abs=5e-6)
    assert share("2026-04-06", "2026-10-31") == pytest.approx(0.74904, abs=5e-6)


def test_cost_of_a_new_customer_in_all_and_by_channel() -> None:
    assert metric("customers", "new_customers") == 7_673
    assert total_cost() / metric("customers", "new_customers") == pytest.approx(123.03, abs=0.005)
    assert {channel: acquisition_cost(channel) for channel in CHANNELS} == pytest.approx(
        {"google_ads": 155.89, "meta_ads": 180.02, "tiktok_ads": 390.94, "influencers": 185.76}, abs=0.005
    )


def planned() -> dict[str, float]:
    """The budgets of 2026 up to the end of October, 304 of its 365 days."""
    return {
        "google_ads": 10 * 26_000,
        "meta_ads": 10 * 24_000,
        "tiktok_ads": 10 * 4_000,
        "influencers": 78_000 * 304 / 365,
    }


def test_influencers_cost_more_than_was_planned_and_meta_less() -> None:
    spent = {channel: advertising(channel, "2026-01-01")[0] for channel in CHANNELS}
    assert spent == pytest.approx(
        {"google_ads": 271_362.96, "meta_ads": 221_464.01, "tiktok_ads": 43_309.61, "influencers": 72_200}, abs=0.005
    )
    assert planned()["influencers"] == pytest.approx(64_964.38, abs=0.005)
    assert spent["meta_ads"] / planned()["meta_ads"] == pytest.approx(0.9228, abs=5e-5)
    assert spent["influencers"] / planned()["influencers"] == pytest.approx(1.1114, abs=5e-5)


def test_conversion_rate_objective_is_at_risk() -> None:
    """Baseline: the three complete months before the start. Read on twelve weeks, whose mean lags by six."""
    baseline, current = conversion_rate("2026-04-01", "2026-06-30"), conversion_rate("2026-08-09", "2026-10-31")
    progress = (current - baseline) / (0.50 * baseline)
    elapsed, total = days("2026-07-01", "2026-10-31"), days("2026-07-01", "2026-12-31")
    expected = (elapsed - 84 / 2) / (total - 84 / 2)
    assert baseline == pytest.approx(0.0204120, abs=5e-7)
    assert current == pytest.approx(0.0258148, abs=5e-7)
    assert progress / expected == pytest.approx(0.928, abs=5e-4)
    assert 0.80 <= progress / expected < 0.95


def test_transactions_objective_is_on_track_with_the_season_and_late_without() -> None:
    """Baseline: the year before. The uplift is the worse of the two paces, so it decides."""
    baseline, before = shop("2025-01-01", "2025-12-31")[1], shop("2025-01-01", "2025-10-31")[1]
    done, target = shop("2026-01-01", "2026-10-31")[1], 1.30 * baseline

    def pace(share: float) -> float:
        attained = done / target / share
        uplift = (done - share * baseline) / (share * (target - baseline))
        return min(attained, uplift)

    linear = days("2026-01-01", "2026-10-31") / days("2026-01-01", "2026-12-31")
    assert (baseline, before, done) == (14_954, 11_569, 14_985)
    assert target == pytest.approx(19_440.2, abs=0.05)
    assert done / target == pytest.approx(0.7708, abs=5e-5)
    assert pace(before / baseline) == pytest.approx(0.984, abs=5e-4)
    assert pace(linear) == pytest.approx(0.677, abs=5e-4)


def test_average_order_value_objective_is_achieved() -> None:
    """Baseline: the three complete months before the start. Read on the last four weeks up to the deadline."""
    baseline, reached = average_order_value("2026-01-01", "2026-03-31"), average_order_value("2026-09-03", "2026-09-30")
    assert baseline == pytest.approx(359.3899, abs=0.0005)
    assert reached == pytest.approx(460.4261, abs=0.0005)
    assert average_order_value("2026-10-04", "2026-10-31") == pytest.approx(473.0006, abs=0.0005)
    assert reached >= 1.25 * baseline
