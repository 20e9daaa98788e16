"""What a reader is told of the data, and what he is not bothered with (METHODS §8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sitegen.errors import Severity
from sitegen.measure.quality import notices, register
from sitegen.messages import Period
from sitegen.model.facts import Records

from .cases import dossier, rate, rowed, source

END = date(2026, 10, 31)


def told(*records: Records, as_of: date = END, **more: object) -> list[str]:
    return [notice.message.key for notice in notices(dossier(*records, **more), as_of)]  # type: ignore[arg-type]


def ending(values: list[float | None], metric: str = "sessions", **more: object) -> Records:
    return source(END - timedelta(len(values) - 1), {metric: values}, **more)  # type: ignore[arg-type]


def test_good_data_are_told_nothing_of() -> None:
    assert told(ending([100] * 100)) == []
    assert told() == []


# ---------------------------------------------------------------- days


def test_a_source_that_stopped_is_stale_after_two_days() -> None:
    fresh = ending([10] * 100, path="a.csv")
    assert told(fresh, source(END - timedelta(99), {"leads": [1] * 98}, path="b.csv")) == []
    assert told(fresh, source(END - timedelta(99), {"leads": [1] * 97}, path="b.csv")) == ["quality.stale"]


def test_a_weekly_source_has_two_weeks() -> None:
    weeks = [(END - timedelta(7 * i + 13), "instagram", {"followers": 10.0 + i}) for i in range(10)]
    assert told(ending([10] * 100), rowed(weeks, "social.csv")) == ["quality.not_daily"]
    late = [(day - timedelta(2), channel, cells) for day, channel, cells in weeks]
    assert told(ending([10] * 100), rowed(late, "social.csv")) == ["quality.stale", "quality.not_daily"]


def test_last_year_s_file_is_not_stale_when_this_year_s_goes_on() -> None:
    old = source(date(2025, 1, 1), {"sessions": [10] * 365}, path="2025.csv")
    new = source(date(2026, 1, 1), {"sessions": [10] * 304}, path="2026.csv")
    assert told(old, new) == []


@pytest.mark.parametrize(("missing", "keys"), [(2, []), (3, ["quality.gaps"])])
def test_three_missing_days_in_a_row_are_a_gap(missing: int, keys: list[str]) -> None:
    rows = [(END - timedelta(i), "website", {"sessions": 10.0}) for i in range(100) if not 50 <= i < 50 + missing]
    assert told(rowed(rows)) == keys


def test_scattered_days_are_a_gap_above_one_in_twenty() -> None:
    rows = [(END - timedelta(i), "website", {"sessions": 10.0}) for i in range(100)]
    few, many = ([row for i, row in enumerate(rows) if i % step != 5] for step in (25, 15))
    assert told(rowed(few)) == []
    assert told(rowed(many)) == ["quality.gaps"]


def test_a_gap_is_told_with_its_days_and_its_file() -> None:
    rows = [(END - timedelta(i), "website", {"sessions": 10.0}) for i in range(100) if i not in {7, 50, 51, 52}]
    notice = notices(dossier(rowed(rows, "site.csv")), END)[0]
    assert (notice.path, notice.severity) == ("site.csv", Severity.WARNING)
    assert notice.message.named == {
        "count": 4,
        "days": 100,
        "longest": Period(END - timedelta(52), END - timedelta(50)),
    }


def test_gaps_that_are_zero_are_none() -> None:
    rows = [(END - timedelta(i), "google_ads", {"spend": 10.0}) for i in range(100) if not 50 <= i < 60]
    assert told(rowed(rows, gaps_are_zero=True)) == []


# ---------------------------------------------------------------- cells and files


def test_a_column_too_often_empty_is_told_with_a_hint() -> None:
    rows = [(END - timedelta(i), "meta_ads", {"spend": 1.0, "conversions": 1.0 if i % 3 else None}) for i in range(90)]
    notice = notices(dossier(rowed(rows, columns={"conversions": "Purchases", "spend": "Amount"})), END)[0]
    assert notice.message.key == "quality.empty_cells"
    assert notice.message.named == {"column": "Purchases", "count": 30, "days": 90}
    assert notice.hint is not None
    assert told(rowed(rows, gaps_are_zero=True)) == []


def test_an_empty_cell_beside_a_full_one_of_the_day_is_none() -> None:
    rows = [(END - timedelta(i), "meta_ads", {"conversions": cell}) for i in range(90) for cell in (1.0, None)]
    assert told(rowed(rows)) == []


def test_an_amount_without_an_exchange_rate_is_told() -> None:
    euros = ending([10] * 10, "revenue", currency="EUR")
    assert told(euros) == ["quality.no_rate"]
    assert told(euros, rates=[rate("EUR", "MAD", 11, "2026-01-01")]) == []


def test_what_two_files_tell_is_told_once_for_the_pair() -> None:
    first, second = (source(END - timedelta(9), {"sessions": [9] * 10, "leads": [1] * 10}, path=p) for p in "ab")
    notice = notices(dossier(second, first), END)[0]
    assert (notice.message.key, notice.path, notice.severity) == ("quality.merged.same", "b", Severity.INFO)
    assert notice.message.named["kept"] == "a"
    assert notice.message.named["count"] == 10


def test_a_total_beside_its_channels_is_told() -> None:
    whole = ending([100] * 10, path="plausible.csv")
    parts = ending([60] * 10, channel="email", path="ga4.csv")
    assert told(whole, parts) == ["quality.whole"]


# ---------------------------------------------------------------- broken counters


def test_tracking_loss_of_three_days_at_twenty_a_day() -> None:
    notice = notices(dossier(ending([20] * 60 + [0] * 3 + [20] * 5, "transactions")), END)[0]
    assert notice.message.key == "quality.broken_counter"
    assert notice.message.named["period"] == Period(END - timedelta(7), END - timedelta(5))


def test_a_counter_is_not_judged_before_it_is_known() -> None:
    assert told(ending([20] * 21 + [0] * 3 + [20] * 5, "transactions")) == []


def test_no_alarm_for_three_days_without_a_sale_in_a_small_shop() -> None:
    values = [float(i % 5 in {0, 2}) for i in range(60)]
    assert told(ending([*values, 0, 0, 0, 1, 1], "transactions")) == []


def test_no_alarm_where_days_scatter_so_much_that_a_zero_is_nothing_new() -> None:
    values = [[0.0, 25, 2, 18, 40, 5, 11, 30, 1, 22][i % 10] for i in range(70)]
    assert told(ending(values, "transactions")) == []


def test_no_alarm_for_days_on_which_the_shop_is_always_closed() -> None:
    values = [0.0 if (END - timedelta(69 - i)).weekday() == 6 else 30.0 for i in range(70)]
    assert told(ending(values, "transactions")) == []


def test_no_alarm_while_a_campaign_is_paused() -> None:
    metrics = {"impressions": [900.0] * 60 + [0] * 5 + [900] * 5, "spend": [50.0] * 60 + [0] * 5 + [50] * 5}
    paused = source(END - timedelta(69), metrics, "google_ads")
    running = source(END - timedelta(69), metrics | {"spend": [50.0] * 70}, "google_ads")
    assert told(paused) == []
    assert told(running) == ["quality.broken_counter"]


def test_counters_that_break_together_are_told_once() -> None:
    values = [20.0] * 60 + [0] * 3 + [20] * 5
    both = source(END - timedelta(67), {"transactions": values, "sessions": values})
    assert told(both) == ["quality.broken_counter"]


# ---------------------------------------------------------------- the register


def test_the_register_has_the_sums_of_the_files_whatever_the_day_of_the_report() -> None:
    metrics = {"spend": [0.1, 0.2, None], "reach": [5, 6, 7], "followers": [1, 2, 3]}
    site = source(END, metrics, "meta_ads", "meta.csv", currency="EUR", columns={"spend": "Amount spent"})
    summary = register(dossier(site))[0]
    assert summary.totals == (("followers", None, 0), ("reach", None, 0), ("spend", 0.30000000000000004, 1))
    assert (summary.rows, summary.currency, summary.channels) == (3, "EUR", ("meta_ads",))
    assert summary.period == Period(END, END + timedelta(2))
    assert summary.columns == (("spend", "Amount spent"),)
