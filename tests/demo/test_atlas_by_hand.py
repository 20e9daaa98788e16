"""The demo's CSV files in, ten headline numbers out, by the csv module and arithmetic alone; uses nothing of sitegen.

The literals are what the portal has to say on 2026-10-31. Windows and formulas: METHODS §2.2, §2.3 and §4.1.
"""

from __future__ import annotations

import csv
from datetime import date
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


def advertising(channel: str) -> tuple[float, float, float]:
    """Spend, conversions and conversion value of a channel over the last twelve months; money in MAD."""
    titles, day, *headers = EXPORTS[channel]
    totals = [0.0, 0.0, 0.0]
    with (ATLAS / f"exports/{channel}.csv").open(encoding="utf-8-sig", newline="") as file:
        for _ in range(titles):
            next(file)
        for row in csv.DictReader(file):
            if YEAR[0] <= row[day] <= YEAR[1]:
                for position, header in enumerate(headers):
                    totals[position] += float(row[header].replace(",", ""))
    return totals[0], totals[1], totals[2]


def everywhere(position: int) -> float:
    return sum(advertising(channel)[position] for channel in EXPORTS)


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
    assert everywhere(0) == pytest.approx(666_327.38, abs=0.005)


def test_conversions_value_and_roas() -> None:
    """Overall between 4 and 8; TikTok alone under 1/45 % = 2.22, where advertising costs more than its margin."""
    assert everywhere(1) == pytest.approx(9_563.80, abs=0.005)
    assert everywhere(2) == pytest.approx(3_959_341.89, abs=0.005)
    assert everywhere(2) / everywhere(0) == pytest.approx(5.9420, abs=5e-5)
    roas = {channel: advertising(channel)[2] / advertising(channel)[0] for channel in EXPORTS}
    assert roas == pytest.approx({"google_ads": 6.7530, "meta_ads": 5.8130, "tiktok_ads": 1.5453}, abs=5e-5)
    assert [channel for channel, value in roas.items() if value < 1 / 0.45] == ["tiktok_ads"]


def test_roi_on_incremental_margin_with_the_costs_that_are_known() -> None:
    """Production is unknown, training is nothing: the ROI is partial. All amounts are for twelve months."""
    cost = everywhere(0) + 12 * 9_500 + 12 * 40 * 120 + 12 * 1_500
    margin = everywhere(2) * 0.45
    assert cost == pytest.approx(855_927.38, abs=0.005)
    assert margin / cost - 1 == pytest.approx(1.0816, abs=5e-5)
    assert margin * 0.60 / cost - 1 == pytest.approx(0.2490, abs=5e-5)
    assert cost / margin == pytest.approx(0.4804, abs=5e-5)


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
