"""Rows become one value per metric, channel and day; nothing is counted twice, nothing is invented."""

from __future__ import annotations

from datetime import date
from math import isnan

import pytest

from sitegen.measure.daily import covered, daily
from sitegen.messages import Period
from sitegen.model.facts import Records

from .cases import dossier, rate, rowed, source

MAY, END = date(2026, 5, 1), date(2026, 5, 31)


def values(records: Records, metric: str, channel: str, as_of: date = date(2026, 5, 4)) -> list[float | None]:
    found = daily(dossier(records), as_of).strands[metric][channel].values
    return [None if isnan(value) else float(value) for value in found]


def test_campaigns_of_one_day_and_channel_are_added() -> None:
    rows = [(MAY, "meta_ads", {"spend": 10.0}), (MAY, "meta_ads", {"spend": 5.5})]
    assert values(rowed(rows), "spend", "meta_ads", MAY) == [15.5]


def test_an_empty_cell_beside_a_full_one_adds_nothing() -> None:
    rows = [(MAY, "meta_ads", {"conversions": 3.0}), (MAY, "meta_ads", {"conversions": None})]
    assert values(rowed(rows), "conversions", "meta_ads", MAY) == [3.0]


def test_a_day_whose_cells_are_all_empty_is_missing() -> None:
    found = source(MAY, {"spend": [1, 1, 1], "conversions": [3, None, 2]}, "meta_ads")
    assert values(found, "conversions", "meta_ads", date(2026, 5, 3)) == [3, None, 2]


def test_where_gaps_are_zero_empty_cells_and_missing_days_inside_the_file_are_zero() -> None:
    rows = [(MAY, "meta_ads", {"conversions": None}), (date(2026, 5, 3), "meta_ads", {"conversions": 2.0})]
    assert values(rowed(rows, gaps_are_zero=True), "conversions", "meta_ads") == [0, 0, 2, None]


def test_where_gaps_are_zero_a_declared_period_reaches_beyond_the_rows() -> None:
    found = rowed([(MAY, "meta_ads", {"spend": 2.0})], gaps_are_zero=True, period=Period(MAY, date(2026, 5, 3)))
    assert values(found, "spend", "meta_ads") == [2, 0, 0, None]
    assert covered(found) == Period(MAY, date(2026, 5, 3))


def test_a_stock_has_no_zero_days() -> None:
    rows = [(MAY, "instagram", {"followers": 100.0}), (date(2026, 5, 3), "instagram", {"followers": 110.0})]
    assert values(rowed(rows, gaps_are_zero=True), "followers", "instagram") == [100, None, 110, None]


def test_rows_after_the_report_do_not_count() -> None:
    assert values(source(MAY, {"sessions": [1, 2, 3]}), "sessions", "website", date(2026, 5, 2)) == [1, 2]


def test_fx_converts_each_day_at_its_own_rate() -> None:
    """1000 EUR at 10.80 and 2000 EUR at 10.95 are 32,700 MAD; the last rate alone would say 32,850."""
    rows = [(date(2026, 1, 31), "website", {"revenue": 1000.0}), (date(2026, 2, 1), "website", {"revenue": 2000.0})]
    rates = (rate("EUR", "MAD", 10.80, "2026-01-01"), rate("EUR", "MAD", 10.95, "2026-02-01"))
    client = dossier(rowed(rows, currency="EUR"), rates=rates)
    found = daily(client, date(2026, 2, 1)).strands["revenue"]["website"].values
    assert float(found.sum()) == pytest.approx(32_700)


def test_only_money_is_converted() -> None:
    found = source(MAY, {"spend": [1], "clicks": [7]}, "meta_ads", currency="EUR")
    strands = daily(dossier(found, rates=[rate("EUR", "MAD", 11, "2026-01-01")]), MAY).strands
    assert [strands[metric]["meta_ads"].values[0] for metric in ("spend", "clicks")] == [11, 7]


def test_an_amount_without_a_rate_is_missing() -> None:
    found = source(MAY, {"spend": [1], "clicks": [7]}, "meta_ads", currency="EUR")
    assert "spend" not in daily(dossier(found), MAY).strands
