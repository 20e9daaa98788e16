"""A real shop's exports of June 2026, summed by the csv module first: what the stage makes of them."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from sitegen import measure
from sitegen.messages import Period
from sitegen.model.computed import Returns, State
from sitegen.model.facts import Dossier, Records

from .cases import Cell, dossier, rowed

EXPORTS = Path(__file__).parents[4] / "shared/exports"
JUNE = Period(date(2026, 6, 1), date(2026, 6, 25))

pytestmark = [
    pytest.mark.exports,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the private exports are not beside the repository"),
]


def export(
    path: str, channel: str, day: str, columns: dict[str, str], *, titles: int = 0, gaps: bool = True
) -> Records:
    """An export as declared: `columns` are metric → header; an empty cell is missing."""
    with (EXPORTS / path).open(encoding="utf-8-sig", newline="") as file:
        for _ in range(titles):
            next(file)
        rows = [
            (date.fromisoformat(row[day]), channel, {metric: cell(row[header]) for metric, header in columns.items()})
            for row in csv.DictReader(file)
        ]
    return rowed(rows, path, gaps_are_zero=gaps)


def cell(text: str) -> Cell:
    return float(text.replace(",", "")) if text else None


@pytest.fixture(scope="module")
def shop() -> Dossier:
    google = {"spend": "Cost", "clicks": "Clicks", "conversions": "Conversions", "conversion_value": "Conv. value"}
    meta = {"spend": "Amount spent (AUD)", "conversions": "Purchases", "conversion_value": "Purchases conversion value"}
    pinterest = {"spend": "Spend in account currency", "impressions": "Impressions"}
    return dossier(
        export("google_ads/au_campaign_daily_updates.csv", "google_ads", "Day", google, titles=2),
        export("meta_ads/au_daily_campaign_purchases_roas.csv", "meta_ads", "Day", meta),
        export("pinterest/au_ads_daily_lists_in_cells.csv", "pinterest_ads", "Date", pinterest),
        export("shopify/au_sales_by_product_day.csv", "website", "Day", {"net_sales": "Net sales"}),
        export("shopify/au_visitors_sessions.csv", "website", "Day", {"sessions": "Sessions"}, gaps=False),
    )


@pytest.fixture(scope="module")
def returns(shop: Dossier) -> Returns:
    return measure.scorecard(shop, measure.as_of(shop, date(2026, 11, 22))).returns


def test_the_report_is_of_the_last_day_with_data(shop: Dossier) -> None:
    assert measure.as_of(shop, date(2026, 11, 22)) == date(2026, 6, 30)


def test_the_totals_are_those_of_the_files(shop: Dossier) -> None:
    totals: dict[str, dict[str, tuple[float, int]]] = defaultdict(dict)
    for source in measure.scorecard(shop, JUNE.end).sources:
        totals[source.path.split("/")[0]] |= {metric: (total, missing) for metric, total, missing in source.totals}
    assert totals["google_ads"]["spend"] == (11929.18, 0)
    assert totals["google_ads"]["conversion_value"] == (64727.91, 0)
    assert totals["meta_ads"]["spend"] == (4035.16, 0)
    assert totals["meta_ads"]["conversions"] == (33, 59)
    assert totals["pinterest"]["spend"] == (251.64, 0)
    assert totals["shopify"] == {"net_sales": (78442.66, 0), "sessions": (150434, 0)}


def test_blended_roas_is_of_the_channels_that_are_observed_on_the_days_of_the_sales(returns: Returns) -> None:
    assert returns.period == JUNE
    assert [(each.channel, each.included) for each in returns.channels] == [
        ("google_ads", True),
        ("meta_ads", True),
        ("pinterest_ads", False),
    ]
    assert returns.media.value == pytest.approx(11929.18 + 4035.16)
    assert (returns.sales_metric, returns.sales.value) == ("net_sales", pytest.approx(78442.66))
    assert returns.blended_roas.value == pytest.approx(4.9136, abs=5e-5)
    assert returns.blended_roas.state is State.PARTIAL


def test_platform_roas_is_of_the_same_channels(returns: Returns) -> None:
    assert returns.roas.value == pytest.approx((64727.91 + 32068.34) / (11929.18 + 4035.16))


def test_the_sources_that_stopped_before_the_report_are_named(shop: Dossier) -> None:
    stale = [
        notice.path for notice in measure.notices(shop, date(2026, 6, 30)) if notice.message.key == "quality.stale"
    ]
    assert len(stale) == 4
    assert "shopify/au_visitors_sessions.csv" not in stale
