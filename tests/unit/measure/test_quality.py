"""What a reader is told of the data, and what he is not bothered with (METHODS §8)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from sitegen.errors import Severity
from sitegen.measure.daily import daily
from sitegen.measure.quality import notices, register, scores, shapes
from sitegen.measure.silence import UNLIKELY, probability
from sitegen.messages import Period
from sitegen.model.computed import SeriesQuality
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


# ---------------------------------------------------------------- ahead of today


def test_a_row_of_a_day_that_has_not_come_is_an_error_at_its_line() -> None:
    today = END + timedelta(1)
    ahead = source(END - timedelta(99), {"sessions": [10] * 103})
    (notice,) = notices(dossier(ahead), END, today=today)
    assert (notice.message.key, notice.severity, notice.line) == ("quality.future", Severity.ERROR, 104)
    assert notice.message.named["count"] == 1
    empty = source(END - timedelta(99), {"sessions": [10.0] * 102 + [0, None]})
    assert notices(dossier(empty), END, today=today) == ()


# ---------------------------------------------------------------- rows that cannot be


@pytest.mark.parametrize(
    ("part", "whole", "bad", "severity"),
    [
        ("clicks", "impressions", 50, "warning"),
        ("conversions", "sessions", 50, "warning"),
        ("reach", "impressions", 2, "warning"),
        ("reach", "impressions", 50, "error"),
        ("mentions_negative", "mentions", 50, "error"),
    ],
)
def test_more_parts_than_the_whole_is_told_at_the_first_line(part: str, whole: str, bad: int, severity: str) -> None:
    cells = [float(30 if i % 2 else 10) for i in range(100)]
    parts = [(2 * cell if i >= 100 - bad else cell / 4) for i, cell in enumerate(cells)]
    found = [
        notice
        for notice in notices(dossier(ending(parts, part), source(END, {"leads": [1]}, path="b")), END)
        if notice.message.key == "quality.impossible"
    ]
    assert found == []
    both = source(END - timedelta(99), {part: parts, whole: cells}, "meta_ads")
    (notice,) = [each for each in notices(dossier(both), END) if each.message.key == "quality.impossible"]
    assert (notice.line, notice.severity, notice.message.named["count"]) == (102 - bad, severity, bad)


def test_a_part_beside_an_unknown_whole_is_possible() -> None:
    both = source(END - timedelta(2), {"clicks": [5, 5, 5], "impressions": [None, None, 100]}, "meta_ads")
    assert "quality.impossible" not in told(both)


# ---------------------------------------------------------------- without a name


@pytest.mark.parametrize(("share", "keys"), [(0.10, []), (0.11, ["quality.unnamed"])])
def test_more_than_a_tenth_without_a_name_is_told(share: float, keys: list[str]) -> None:
    assert told(ending([10] * 30, unnamed={"sessions": share})) == keys


# ---------------------------------------------------------------- counters that never worked


def test_v_tracking_loss_is_the_probability_of_the_vectors() -> None:
    """Three days at 20 a day: 9e-27; at 0.4 a day: 0.30, no alarm."""
    assert probability(3 * 20) == pytest.approx(8.8e-27, rel=0.01)
    assert probability(3 * 0.4) == pytest.approx(0.301, abs=0.001)
    assert probability(3 * 20) < UNLIKELY < probability(3 * 0.4)


def test_a_declared_break_turns_its_zeros_into_unknown_days() -> None:
    values = [20.0] * 60 + [0] * 3 + [20] * 5
    broken = {"label": "Tags lost", "start": END - timedelta(7), "end": END - timedelta(5), "kind": "tracking"}
    client = dossier(ending(values, "transactions"), events=[broken])
    (notice,) = notices(client, END)
    assert (notice.message.key, notice.severity) == ("quality.declared_broken", Severity.INFO)
    strand = daily(client, END).strands["transactions"]["website"].values
    assert np.isnan(strand[60:63]).all()
    assert not np.isnan(np.delete(strand, [60, 61, 62])).any()
    other = dossier(ending(values, "transactions"), events=[{**broken, "kind": "sale"}])
    assert daily(other, END).strands["transactions"]["website"].values[60:63].tolist() == [0, 0, 0]


def test_a_zero_that_may_be_chance_stays_zero_on_declared_days() -> None:
    values = [float(i % 5 in {0, 2}) for i in range(60)]
    broken = {"label": "Tags lost", "start": END - timedelta(2), "end": END, "kind": "tracking"}
    found = daily(dossier(ending([*values, 0, 0, 0], "transactions"), events=[broken]), END)
    assert found.strands["transactions"]["website"].values[-3:].tolist() == [0, 0, 0]


def test_clicks_without_a_single_visit_are_a_broken_counter() -> None:
    """A new site: nothing is usual yet, but whoever clicks must arrive."""
    clicks = ending([40] * 10, "clicks", channel="google_ads", path="ads.csv")
    visits = ending([0.0] * 3 + [30] * 7, path="site.csv")
    (notice,) = notices(dossier(clicks, visits), END)
    assert (notice.message.key, notice.path) == ("quality.clicks_without_visits", "site.csv")
    assert notice.message.named["count"] == 3
    few = ending([4] * 10, "clicks", channel="google_ads", path="ads.csv")
    assert told(few, visits) == []


@pytest.mark.parametrize(("visits", "keys"), [(100, ["quality.never_counted"]), (30, [])])
def test_sales_that_were_never_counted_for_all_the_visits(visits: float, keys: list[str]) -> None:
    assert told(source(END - timedelta(29), {"sessions": [visits] * 30, "transactions": [0] * 30})) == keys


def test_conversions_of_a_channel_that_were_never_counted() -> None:
    metrics = {"clicks": [50.0] * 30, "conversions": [0.0] * 30, "spend": [9.0] * 30}
    assert told(source(END - timedelta(29), metrics, "google_ads")) == ["quality.never_counted"]


# ---------------------------------------------------------------- two sources of the same


@pytest.mark.parametrize(
    ("counted", "hint"),
    [(95, None), (85, "across_purchases"), (130.5, "across_purchases_wide"), (60, "across_purchases_wide")],
)
def test_purchases_of_analytics_are_held_against_the_orders_of_the_shop(counted: float, hint: str | None) -> None:
    site = ending([counted] * 40, "transactions", path="ga4.csv")
    shop = ending([100] * 40, "orders", path="shop.csv")
    found = notices(dossier(site, shop), END)
    assert [each.hint.key for each in found if each.hint] == ([f"quality.hint.{hint}"] if hint else [])
    assert all(each.path == "ga4.csv" for each in found)


def test_platforms_may_claim_less_than_the_shop_sold_but_not_more() -> None:
    shop = ending([1000] * 40, "revenue", path="shop.csv")
    for claimed, keys in ((300, []), (1150, ["quality.across.claims"])):
        ads = ending([claimed] * 40, "conversion_value", channel="meta_ads", path="ads.csv")
        assert told(shop, ads) == keys


def test_two_columns_of_one_file_are_not_two_sources() -> None:
    assert told(source(END - timedelta(39), {"transactions": [50] * 40, "orders": [100] * 40})) == []


# ---------------------------------------------------------------- curves


def test_the_quartiles_stand_in_where_most_values_are_equal_and_nothing_where_they_are_too() -> None:
    assert shapes.robust_z(np.array([5.0] * 6 + [8.0] * 4 + [90.0])) is not None
    assert shapes.robust_z(np.array([5.0] * 20 + [90.0])) is None
    assert shapes.robust_z(np.full(3, np.nan)) is None


def noisy(days: int, mean: float = 400, seed: int = 1) -> list[float]:
    return [float(each) for each in np.random.default_rng(seed).poisson(mean, days)]


def test_an_outlier_is_told_with_its_value_and_line_and_kept() -> None:
    values = noisy(200)
    values[150] = 900
    (notice,) = notices(dossier(ending(list(values))), END)
    assert (notice.message.key, notice.severity, notice.line) == ("quality.outliers", Severity.INFO, 152)
    assert notice.message.named["count"] == 1
    assert daily(dossier(ending(list(values))), END).strands["sessions"]["website"].values[150] == 900


def test_an_outlier_during_an_event_is_explained() -> None:
    values = noisy(200)
    values[150] = 900
    sale = {"label": "Sale", "start": END - timedelta(51), "end": END - timedelta(49)}
    assert told(ending(list(values)), events=[sale]) == []


def test_weekends_and_seasons_are_no_outliers() -> None:
    values = [each * (0.4 if i % 7 > 4 else 1) * (1 + i / 200) for i, each in enumerate(noisy(300))]
    assert told(ending(list(values))) == []


def test_a_series_with_a_long_tail_has_no_outliers() -> None:
    """One day in ten is five times the others: that is how this series is, and no day of it is out of the ordinary."""
    values = [
        each * (1 if random > 0.1 else 5)
        for each, random in zip(noisy(300), np.random.default_rng(7).random(300), strict=True)
    ]
    assert "quality.outliers" not in told(ending(list(values)))


@pytest.mark.parametrize(
    ("metric", "factor", "key", "severity"),
    [
        ("sessions", 10, "quality.scale_jump", "warning"),
        ("sessions", 1000, "quality.scale_jump", "warning"),
        ("revenue", 655.957, "quality.currency_jump", "error"),
        ("revenue", 10.8, "quality.currency_jump", "error"),
        ("revenue", 1 / 1000, "quality.currency_jump", "error"),
    ],
)
def test_a_jump_of_a_whole_factor_is_a_change_of_unit_or_currency(
    metric: str, factor: float, key: str, severity: str
) -> None:
    values = [each * (factor if i >= 120 else 1) for i, each in enumerate(noisy(200, 40_000))]
    jumps = [each for each in notices(dossier(ending(list(values), metric)), END) if "jump" in each.message.key]
    assert [(each.message.key, each.severity) for each in jumps] == [(key, severity)]
    assert jumps[0].message.named["day"] == END - timedelta(79)
    moved = {"label": "New shop", "start": END - timedelta(79)}
    assert "jump" not in "".join(told(ending(list(values), metric), events=[moved]))


def test_growth_of_another_factor_is_no_jump_of_unit() -> None:
    values = [each * (7 if i >= 120 else 1) for i, each in enumerate(noisy(200, 40_000))]
    assert [key for key in told(ending(list(values))) if "jump" in key] == []


def test_a_level_that_breaks_for_good_is_told_until_an_event_explains_it() -> None:
    values = noisy(100) + noisy(100, 200, 2)
    (notice,) = notices(dossier(ending(list(values))), END)
    assert (notice.message.key, notice.severity) == ("quality.level_break", Severity.INFO)
    assert told(ending(list(values)), events=[{"label": "New site", "start": END - timedelta(99)}]) == []


def test_a_break_that_follows_the_budget_is_explained() -> None:
    clicks, spend = noisy(100) + noisy(100, 200, 2), noisy(100, 900, 3) + noisy(100, 450, 4)
    assert told(source(END - timedelta(199), {"clicks": clicks, "spend": spend}, "google_ads")) == []
    assert told(source(END - timedelta(199), {"clicks": clicks}, "google_ads")) == ["quality.level_break"]


def test_growth_and_noise_are_hardly_ever_taken_for_breaks() -> None:
    """Of 200 steady or growing series of two years, at most one in twenty is called broken."""
    called = 0
    for seed in range(200):
        growth = 1 + (seed % 2) * np.arange(104) / 104
        weeks = np.random.default_rng(seed).poisson(700 * growth).astype(float)
        called += bool(shapes.breaks(weeks, "count", year=52))
    assert called <= 10


def test_what_comes_again_every_year_is_a_season() -> None:
    weeks = np.asarray(noisy(130, 700))
    for peak in (30, 82):
        weeks[peak : peak + 8] *= 1.6
    assert shapes.breaks(weeks, "count", year=52) == ()


# ---------------------------------------------------------------- followers


def test_followers_that_a_network_removed_are_told() -> None:
    for after, keys in ((940, ["quality.followers_drop"]), (960, [])):
        values = [1000.0 + i for i in range(10)] + [after + i for i in range(10)]
        assert told(ending(list(values), "followers", channel="instagram")) == keys


@pytest.mark.parametrize(("days", "keys"), [(13, []), (14, ["quality.followers_still"])])
def test_followers_that_nobody_looked_up_again_are_told(days: int, keys: list[str]) -> None:
    values = [1000.0 + i for i in range(10)] + [1200.0] * days
    assert told(ending(list(values), "followers", channel="instagram")) == keys


# ---------------------------------------------------------------- the score of a series


def score(records: Records, metric: str = "sessions", **more: object) -> SeriesQuality:
    client = dossier(records, **more)  # type: ignore[arg-type]
    return next(each for each in scores(client, daily(client, END)) if each.metric == metric)


def test_a_steady_series_up_to_the_day_of_the_report_has_a_score_of_one() -> None:
    assert score(ending(list(noisy(200)))).score == 1


def test_each_fault_costs_at_most_three_tenths() -> None:
    rows = [(END - timedelta(i), "website", {"sessions": 10.0}) for i in range(100) if i % 2 or i == 0]
    assert score(rowed(rows)).gaps == 0.3
    few = [(END - timedelta(i), "website", {"sessions": 10.0}) for i in range(100) if not 50 <= i < 60]
    assert (score(rowed(few)).gaps, score(rowed(few)).score) == (pytest.approx(0.1), pytest.approx(0.9))
    values = noisy(200)
    values[150] = 900
    assert score(ending(list(values))).outliers == pytest.approx(10 / 200)
    assert score(ending(noisy(100) + noisy(100, 200, 2))).breaks == pytest.approx(0.1)
    late = dossier(ending([10] * 50, "leads"), source(END - timedelta(60), {"sessions": [10] * 57}, path="b.csv"))
    (stale,) = [each for each in scores(late, daily(late, END)) if each.metric == "sessions"]
    assert stale.staleness == pytest.approx(0.2)


def test_a_channel_without_a_row_has_no_gap_where_its_file_tells_the_day() -> None:
    rows = [(END - timedelta(i), "direct", {"sessions": 10.0}) for i in range(100)]
    rows += [(END - timedelta(i), "email", {"sessions": 10.0}) for i in range(0, 100, 9)]
    client = dossier(rowed(rows))
    assert [each.gaps for each in scores(client, daily(client, END))] == [0, 0]


def test_a_weekly_stock_is_held_to_its_own_rhythm() -> None:
    weeks = [(END - timedelta(7 * i), "instagram", {"followers": 10.0 + i}) for i in range(20)]
    assert score(rowed(weeks), "followers").score == 1
