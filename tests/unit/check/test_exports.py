"""Real exports, as they are, give the totals that a correct reader gets."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from sitegen.model.facts import Dossier

from .workspace import client, told

EXPORTS = Path(__file__).parents[4] / "shared" / "exports"
pytestmark = [
    pytest.mark.exports,
    pytest.mark.skipif(not (EXPORTS / "EXPECTED.csv").is_file(), reason="the private exports are not on this machine"),
]

DECLARED = """\
sources:
  - file: au_campaign_daily_updates.csv
    channel: google_ads
    date: Day
    skip: 2
    currency_column: Currency code
    columns: {spend: Cost, clicks: Clicks, impressions: Impr., conversions: Conversions, conversion_value: Conv. value}
  - file: au_daily_campaign_purchases_roas.csv
    channel: meta_ads
    date: Day
    currency_column: Currency
    columns:
      spend: Amount spent (AUD)
      impressions: Impressions
      link_clicks: Link clicks
      conversions: Purchases
      conversion_value: Purchases conversion value
  - file: au_ads_daily_lists_in_cells.csv
    channel: pinterest_ads
    date: Date
    columns: {spend: Spend in account currency, impressions: Impressions, link_clicks: Outbound clicks, clicks: Result}
  - file: au_sales_by_product_day.csv
    date: Day
    columns:
      orders: Orders
      gross_sales: Gross sales
      discounts: Discounts
      returns: Returns
      net_sales: Net sales
      total_sales: Total sales
      items_sold: Net items sold
  - file: au_visitors_sessions.csv
    date: Day
    columns: {visitors: Online store visitors, sessions: Sessions}
"""
NAMES = {  # in EXPECTED.csv → here
    "cost": "spend",
    "revenue": "conversion_value",
    "purchases": "conversions",
    "outbound_clicks": "link_clicks",
    "orders_do_not_sum": "orders",
    "items": "items_sold",
    "users": "visitors",
}
FILES = [
    "google_ads/au_campaign_daily_updates.csv",
    "meta_ads/au_daily_campaign_purchases_roas.csv",
    "pinterest/au_ads_daily_lists_in_cells.csv",
    "shopify/au_sales_by_product_day.csv",
    "shopify/au_visitors_sessions.csv",
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    root = tmp_path_factory.mktemp("shop")
    folder = root / "data/atlas/exports"
    folder.mkdir(parents=True)
    for file in FILES:
        shutil.copy(EXPORTS / file, folder)
    dossier, problems = client(root, whole=f"name: Shop\ncountry: AU\n{DECLARED}")
    assert told(problems) == []
    assert dossier is not None
    return dossier


@pytest.mark.parametrize("file", FILES)
def test_totals_rows_and_days_are_those_expected(shop: Dossier, file: str) -> None:
    platform, _, name = file.partition("/")
    with (EXPORTS / "EXPECTED.csv").open(encoding="utf-8", newline="") as handle:
        row = next(row for row in csv.DictReader(handle) if (row["platform"], row["file"]) == (platform, name))
    records = next(records for records in shop.records if records.path.endswith(name))
    assert len(records.days) == int(row["data_rows"])
    assert records.period is not None
    first, last = json.loads(row["dates_first_last_min_max"])[2:]
    assert (records.period.start.isoformat(), records.period.end.isoformat()) == (first, last)
    for key, expected in json.loads(row["sums"]).items():
        metric, missing = key.removesuffix("_missing"), key.endswith("_missing")
        values = records.metrics[NAMES.get(metric, metric)]
        present = [value for value in values if value == value]
        found = len(values) - len(present) if missing else sum(present)
        assert found == pytest.approx(expected, abs=0.005), key


def test_lists_in_cells_are_numbers(shop: Dossier) -> None:
    records = next(records for records in shop.records if records.channel_names == ("pinterest_ads",))
    assert records.metrics["clicks"].tolist()[:3] == [0, 9, 17]


def test_amounts_are_australian_dollars_and_lines_lead_back_to_the_file(shop: Dossier) -> None:
    google = shop.records[0]
    assert google.currency == "AUD"
    assert google.lines[0] == 4
    assert shop.records[-1].currency is None
