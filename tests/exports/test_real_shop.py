"""The real shop's portal, from its exports as they are: what was read equals EXPECTED.csv and is on its pages."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path

import pytest

from scripts import site_real
from sitegen.build import pipeline, site, workspace
from sitegen.model.computed import Edition

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT.parent / "shared" / "exports"
TODAY = date(2026, 11, 20)

pytestmark = [
    pytest.mark.exports,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the private exports are not beside the repository"),
]

# file → our metric → its name in EXPECTED.csv
NAMES = {
    "google_ads/au_campaign_daily_updates.csv": {
        "spend": "cost", "clicks": "clicks", "impressions": "impressions", "conversions": "conversions",
        "conversion_value": "revenue",
    },
    "meta_ads/au_daily_campaign_purchases_roas.csv": {
        "spend": "spend", "impressions": "impressions", "link_clicks": "link_clicks", "conversions": "purchases",
        "conversion_value": "revenue",
    },
    "pinterest/au_ads_daily_lists_in_cells.csv": {
        "spend": "spend", "impressions": "impressions", "link_clicks": "outbound_clicks",
    },
    "shopify/au_sales_by_product_day.csv": {
        "gross_sales": "gross_sales", "discounts": "discounts", "returns": "returns", "net_sales": "net_sales",
        "total_sales": "total_sales", "items_sold": "items",
    },
    "shopify/au_visitors_sessions.csv": {"sessions": "sessions"},
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    site_real.workspace(folder, EXPORTS)
    return folder


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    return pipeline.edition(root, "real-shop", workspace.opened(root).site, TODAY)[0]


@pytest.fixture(scope="module")
def preview(root: Path) -> Path:
    options = site.Options(TODAY, root / "output", root / "preview")
    outcome = site.build(workspace.opened(root), options, lambda message: None)
    assert outcome.failed == ()
    return root / "preview"


def expected() -> dict[str, tuple[int, dict[str, float]]]:
    with (EXPORTS / "EXPECTED.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return {f"{row[0]}/{row[1]}": (int(row[2]), json.loads(row[4])) for row in rows if f"{row[0]}/{row[1]}" in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_rows_and_sums_equal_what_a_correct_reader_gets(edition: Edition, name: str) -> None:
    rows, sums = expected()[name]
    source = next(source for source in edition.scorecard.sources if source.path.endswith(name))
    totals = {metric: total for metric, total, _ in source.totals}
    assert source.rows == rows
    assert {metric: totals[metric] for metric in NAMES[name]} == pytest.approx(
        {metric: sums[told] for metric, told in NAMES[name].items()}
    )


def test_missing_cells_are_counted_and_people_are_not_added_up(edition: Edition) -> None:
    meta = next(source for source in edition.scorecard.sources if "meta_ads" in source.path)
    visits = next(source for source in edition.scorecard.sources if "visitors" in source.path)
    assert {metric: missing for metric, _, missing in meta.totals if missing} == {
        "conversions": 59,
        "conversion_value": 59,
    }
    assert [total for metric, total, _ in meta.totals if metric == "reach"] == [None]
    assert [total for metric, total, _ in visits.totals if metric == "visitors"] == [None]
    products = next(source for source in edition.scorecard.sources if "product" in source.path)
    assert "orders" not in {metric for metric, _, _ in products.totals}


def test_the_pages_say_spend_by_channel_blended_roas_sales_and_sessions(preview: Path) -> None:
    def text(page: str) -> str:
        return re.sub(r"<[^>]+>", " ", (preview / "real-shop" / page).read_text("utf-8"))

    returns = text("objectives-and-roi.html")
    for told in ("$11,929", "$4,035", "$251.64", "$78,443", "$15,964", "4.91"):
        assert told in returns
    sources = text("data-and-method.html")
    for told in ("$11,929.18", "$64,727.91", "$4,035.16", "$32,068.34", "$251.64", "$78,442.66", "150,434"):
        assert told in sources
    assert "78\u202f443\u00a0$\u00a0AU" in text("fr/objectifs-et-roi.html")


def test_a_private_portal_is_in_the_preview_alone(root: Path, preview: Path) -> None:
    assert not (root / "output" / "real-shop").exists()
    published = "".join(file.read_text("utf-8") for file in (root / "output").rglob("*.html"))
    assert "Real shop" not in published
