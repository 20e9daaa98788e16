"""Rows of a week or a month: whole ones are exact, parts go by days, and what is missing stays missing."""

from __future__ import annotations

from datetime import date, timedelta
from math import isnan

import pytest

from sitegen.errors import Problem
from sitegen.measure import as_of, last_day
from sitegen.measure.comparisons import comparison
from sitegen.measure.daily import covered, daily
from sitegen.measure.kinds import measurement, read_until, reading
from sitegen.measure.quality import notices, register
from sitegen.messages import Period
from sitegen.model.computed import Measurement, State
from sitegen.model.facts import Records

from .cases import dossier, key, monthly, rate, rowed, source, weekly

MONDAY = date(2026, 8, 31)  # a week of one August day and six of September
SUNDAY = date(2026, 10, 4)


def over(metric: str, start: date, end: date, *records: Records, on: date | None = None) -> Measurement:
    client = dossier(*records)
    return measurement(reading(metric, daily(client, on or end), client), Period(start, end))


def told(*records: Records, on: date) -> list[Problem]:
    return list(notices(dossier(*records), on))


# ---------------------------------------------------------------- flows


def test_a_week_is_spread_evenly_and_its_total_is_exact() -> None:
    found = weekly(MONDAY, {"contacts": [701, 350]})
    values = daily(dossier(found), date(2026, 9, 13)).strands["contacts"]["website"].values
    assert values == pytest.approx([701 / 7] * 7 + [50] * 7)
    assert over("contacts", MONDAY, MONDAY + timedelta(6), found, on=date(2026, 9, 13)).value == pytest.approx(701)


def test_a_week_over_two_months_goes_by_days() -> None:
    """Of 700 contacts in the week from 31 August, one day is August's; September has 600 + 3 × 700 + 3/7 of 1400."""
    found = weekly(MONDAY, {"contacts": [700, 700, 700, 700, 1400]})
    assert over("contacts", MONDAY, MONDAY, found, on=SUNDAY).value == pytest.approx(100)
    september = over("contacts", date(2026, 9, 1), date(2026, 9, 30), found, on=SUNDAY)
    assert september.value == pytest.approx(600 + 3 * 700 + 600)
    assert (september.coverage, september.state) == (1, State.COMPLETE)


def test_a_year_of_53_weeks_holds_all_of_them() -> None:
    """2026 runs from Monday 29 December 2025 to Sunday 3 January 2027 by ISO weeks: 53 of them."""
    first, last = date(2025, 12, 29), date(2027, 1, 3)
    found = weekly(first, {"contacts": [70] * 53})
    assert covered(found) == Period(first, last)
    assert over("contacts", first, last, found).value == pytest.approx(53 * 70)
    year = over("contacts", date(2026, 1, 1), date(2026, 12, 31), found, on=last)
    assert year.value == pytest.approx(365 * 10)
    assert year.coverage == 1


@pytest.mark.parametrize(("first", "days"), [("2026-02-01", 28), ("2024-02-01", 29), ("2026-12-01", 31)])
def test_a_month_has_its_own_number_of_days(first: str, days: int) -> None:
    found, start = monthly([first], {"spend": [days * 10]}), date.fromisoformat(first)
    end = start + timedelta(days - 1)
    assert covered(found) == Period(start, end)
    assert over("spend", start, start + timedelta(9), found, on=end).value == pytest.approx(100)
    assert over("spend", start, end, found).value == pytest.approx(days * 10)


def test_amounts_of_a_month_are_converted_at_the_rate_of_each_day() -> None:
    """3,000 EUR over the 30 days of June are 100 a day: 15 days at 10 and 15 at 11 are 31,500 MAD."""
    rates = (rate("EUR", "MAD", 10, "2026-01-01"), rate("EUR", "MAD", 11, "2026-06-16"))
    client = dossier(monthly(["2026-06-01"], {"spend": [3000]}, currency="EUR"), rates=rates)
    values = daily(client, date(2026, 6, 30)).strands["spend"]["website"].values
    assert float(values.sum()) == pytest.approx(31_500)


def test_rows_of_two_campaigns_in_one_week_are_added() -> None:
    rows = [(MONDAY, "meta_ads", {"spend": cost}) for cost in (70.0, 7.0)]
    assert over("spend", MONDAY, MONDAY + timedelta(6), rowed(rows, grain="week")).value == pytest.approx(77)


def test_a_ratio_of_weekly_and_daily_files_is_on_the_days_that_both_tell() -> None:
    spend = source(MONDAY, {"spend": [10] * 10}, path="ads.csv")
    leads = weekly(MONDAY, {"leads": [14]}, path="crm.csv")
    found = over("cost_per_lead", MONDAY, MONDAY + timedelta(6), spend, leads, on=MONDAY + timedelta(9))
    assert found.value == pytest.approx(70 / 14)


# ---------------------------------------------------------------- levels


def test_a_level_stands_on_the_last_day_of_its_week() -> None:
    values = daily(dossier(weekly(MONDAY, {"followers": [100, 110]})), date(2026, 9, 13)).strands["followers"]
    (strand,) = values.values()
    assert {i: value for i, value in enumerate(strand.values) if not isnan(value)} == {6: 100, 13: 110}


# ---------------------------------------------------------------- weeks that are missing or not over


def test_a_missing_week_is_seven_missing_days_and_an_empty_one_too() -> None:
    rows = [(MONDAY + timedelta(7 * i), "website", {"contacts": 70.0}) for i in (0, 1, 3, 4)]
    for found in (rowed(rows, grain="week"), weekly(MONDAY, {"contacts": [70, 70, None, 70, 70]})):
        five = over("contacts", MONDAY, SUNDAY, found)
        assert (five.value, five.coverage, five.state) == (pytest.approx(280), 0.8, State.PARTIAL)


def test_a_missing_week_is_told_as_a_gap_and_a_whole_file_is_not() -> None:
    rows = [(MONDAY + timedelta(7 * i), "website", {"contacts": 70.0}) for i in (0, 1, 3, 4)]
    assert told(weekly(MONDAY, {"contacts": [70] * 5}), on=SUNDAY) == []
    (notice,) = told(rowed(rows, grain="week"), on=SUNDAY)
    assert notice.message.key == "quality.gaps"
    assert notice.message.named == {
        "count": 7,
        "days": 35,
        "longest": Period(date(2026, 9, 14), date(2026, 9, 20)),
    }


def test_a_missing_week_is_zero_where_the_export_leaves_zeros_out() -> None:
    rows = [(MONDAY + timedelta(7 * i), "website", {"contacts": 70.0}) for i in (0, 1, 3, 4)]
    five = over("contacts", MONDAY, SUNDAY, rowed(rows, grain="week", gaps_are_zero=True))
    assert (five.value, five.coverage) == (pytest.approx(280), 1)


def test_a_week_that_is_not_over_tells_nothing_yet() -> None:
    """Three days of counting, spread over seven, would read as a fall by more than half."""
    found, wednesday = weekly(MONDAY, {"contacts": [70, 70, 30]}), date(2026, 9, 16)
    values = daily(dossier(found), wednesday).strands["contacts"]["website"].values
    assert values == pytest.approx([10] * 14 + [float("nan")] * 3, nan_ok=True)
    filled = weekly(MONDAY, {"contacts": [70, 70, 30]}, gaps_are_zero=True)
    values = daily(dossier(filled), wednesday).strands["contacts"]["website"].values
    assert values == pytest.approx([10] * 14 + [float("nan")] * 3, nan_ok=True)
    assert told(found, on=wednesday) == []


def test_the_report_is_of_the_last_day_of_the_last_week_that_is_over() -> None:
    client = dossier(weekly(MONDAY, {"contacts": [70, 70, 30]}))
    assert as_of(client, date(2026, 9, 18)) == date(2026, 9, 13)
    assert as_of(client, date(2026, 9, 22)) == date(2026, 9, 20)


def test_a_monthly_file_is_read_up_to_its_last_month_while_the_next_one_runs() -> None:
    client = dossier(
        source(date(2026, 8, 1), {"sessions": [1] * 112}, path="site.csv"),
        monthly(["2026-08-01", "2026-09-01", "2026-10-01"], {"leads": [31, 30, 31]}, path="crm.csv"),
    )
    on = date(2026, 11, 20)
    leads = reading("leads", daily(client, on), client)
    assert read_until(leads, on) == date(2026, 10, 31)
    found = comparison(leads, on)
    assert (found.current.value, found.change_previous) == (pytest.approx(28), pytest.approx(0))
    assert read_until(reading("leads", daily(client, date(2026, 12, 20)), client), date(2026, 12, 20)) == date(
        2026, 12, 20
    )


def test_a_weekly_source_is_stale_when_two_whole_weeks_are_missing() -> None:
    found = weekly(MONDAY, {"contacts": [70] * 5})
    keys = [[each.message.key for each in told(found, on=SUNDAY + timedelta(days))] for days in (14, 15)]
    assert keys == [[], ["quality.stale"]]


def test_a_weekly_metric_is_shown_by_weeks_however_short_its_file() -> None:
    client = dossier(weekly(MONDAY, {"contacts": [70, 77, 84, 91, 98]}))
    series = comparison(reading("contacts", daily(client, SUNDAY), client), SUNDAY).series
    assert series is not None
    assert (series.grain, series.values) == ("week", pytest.approx((70, 77, 84, 91, 98)))


# ---------------------------------------------------------------- quality


def test_empty_cells_of_weeks_are_counted_in_days() -> None:
    found = weekly(MONDAY, {"contacts": [70] * 5, "resolved_cases": [50, None, None, 50, 50]})
    (notice,) = told(found, on=SUNDAY)
    assert notice.message.named == {"column": "resolved_cases", "count": 14, "days": 35}


def test_a_week_of_nothing_after_full_ones_is_a_broken_counter() -> None:
    found = weekly(MONDAY - timedelta(49), {"contacts": [70, 66, 74, 70, 70, 68, 72, 70, 0]})
    on = MONDAY + timedelta(13)
    (notice,) = told(found, on=on)
    assert key(notice.message) == "quality.broken_counter"
    assert notice.message.named["period"] == Period(on - timedelta(6), on)


def test_weeks_as_scattered_as_lottery_tickets_break_no_counter() -> None:
    """Spread over its days, a week's scatter shrinks sevenfold: read so, this zero would be an alarm."""
    found = weekly(MONDAY - timedelta(49), {"contacts": [20, 1, 50, 2, 30, 1, 40, 20, 0]})
    assert told(found, on=MONDAY + timedelta(13)) == []


def test_the_register_keeps_the_totals_of_the_file_and_goes_to_its_last_day() -> None:
    (entry,) = register(dossier(weekly(MONDAY, {"contacts": [701, 350]})))
    assert (entry.rows, entry.totals) == (2, (("contacts", 1051.0, 0),))
    assert entry.period == Period(MONDAY, date(2026, 9, 13))


def test_the_last_day_of_all_is_the_end_of_the_last_week_or_month() -> None:
    """From then on the calendar changes nothing: a day sooner, the last row would never enter the report."""
    assert last_day(dossier(weekly(MONDAY, {"sessions": [7.0]}))) == date(2026, 9, 6)
    assert last_day(dossier(monthly(["2026-09-01"], {"sessions": [7.0]}))) == date(2026, 9, 30)
    assert last_day(dossier()) is None
