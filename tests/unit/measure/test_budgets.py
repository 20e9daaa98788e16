"""A plan by days, what was spent, and what it will come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from sitegen.measure import scorecard
from sitegen.measure.budgets import budgets
from sitegen.measure.daily import daily
from sitegen.messages import Period
from sitegen.model.computed import BudgetLine, State
from sitegen.model.facts import Records

from .cases import Cell, days, dossier, key, monthly, rate, source

AS_OF = date(2026, 10, 10)
YEAR = {"channel": "meta_ads", "amount": "3100/month", "start": "2026-08-01", "end": "2026-12-31"}


def lines(*records: Records, as_of: date = AS_OF, plans: list[dict[str, Any]] | None = None, **more: Any) -> list[Any]:
    client = dossier(*records, budgets=plans or [YEAR], **more)
    return list(budgets(client, daily(client, as_of), as_of))


def spend(first: str, values: Sequence[Cell], channel: str = "meta_ads") -> Records:
    return source(date.fromisoformat(first), {"spend": values}, channel, path=f"{channel}.csv")


def steady(until: str) -> Records:
    """100 a day in August and September, 50 a day in October."""
    length = days("2026-08-01", until)
    return spend("2026-08-01", [*[100] * 61, *[50] * 61][:length])


def test_the_current_month_is_projected_from_its_last_28_days() -> None:
    """October: 10 days of 50, then 21 days at (18 × 100 + 10 × 50) / 28 = 82.142857."""
    (line,) = lines(steady("2026-10-10"))
    assert [month.month for month in line.months] == [date(2026, month, 1) for month in range(8, 13)]
    assert [month.planned for month in line.months] == pytest.approx([3100] * 5)
    assert [month.spent for month in line.months] == [3100, 3000, 500, None, None]
    october = 500 + 21 * 2300 / 28
    assert [month.projected for month in line.months] == pytest.approx([3100, 3000, october, 3100, 3100])
    assert line.period == Period(date(2026, 8, 1), date(2026, 12, 31))
    assert line.planned.value == pytest.approx(5 * 3100)
    assert line.due.value == pytest.approx(2 * 3100 + 10 * 100)
    assert line.due.period == line.spent.period == Period(date(2026, 8, 1), AS_OF)
    assert (line.spent.value, line.spent.coverage, line.spent.state) == (6600, 1, State.COMPLETE)
    assert line.projected.value == pytest.approx(3100 + 3000 + october + 6200)
    assert (line.projected.currency, line.projected.state) == ("MAD", State.COMPLETE)


def test_months_that_are_only_touched_hold_their_part() -> None:
    """16 days of August (31) and 15 of September (30)."""
    plan = {"channel": "meta_ads", "amount": "3100/month", "start": "2026-08-16", "end": "2026-09-15"}
    (line,) = lines(steady("2026-10-10"), plans=[plan])
    assert [month.planned for month in line.months] == pytest.approx([1600, 1550])
    assert [month.spent for month in line.months] == [1600, 1500]
    assert line.planned.value == line.due.value == pytest.approx(3150)
    assert line.projected.value == 3100


def test_a_year_s_amount_goes_by_days_and_one_paid_once_is_on_its_day() -> None:
    yearly = {"channel": "meta_ads", "amount": "36500/year", "start": "2026-10-01", "end": "2026-10-31"}
    once = {**yearly, "amount": {"amount": 6100, "per": "once", "on": "2026-10-05"}, "start": "2026-09-01"}
    (line,) = lines(plans=[yearly])
    assert line.planned.value == pytest.approx(3100)
    (line,) = lines(plans=[once])
    assert [month.planned for month in line.months] == pytest.approx([0, 6100])
    assert line.due.value == 6100


def test_several_budgets_of_one_channel_are_one_line_and_channels_have_their_order() -> None:
    plans = [
        {"channel": "tiktok_ads", "amount": "310/month", "start": "2026-10-01", "end": "2026-10-31"},
        {"channel": "meta_ads", "amount": "3100/month", "start": "2026-08-01", "end": "2026-08-31"},
        {"channel": "meta_ads", "amount": "6200/month", "start": "2026-10-01", "end": "2026-10-31"},
    ]
    found: list[BudgetLine] = lines(steady("2026-10-10"), plans=plans)
    assert [line.channel for line in found] == ["meta_ads", "tiktok_ads"]
    assert [month.planned for month in found[0].months] == pytest.approx([3100, 0, 6200])
    assert found[0].planned.value == pytest.approx(9300)
    assert found[0].due.value == pytest.approx(3100 + 2000)


def test_a_channel_without_spend_has_a_plan_and_no_more() -> None:
    (line,) = lines(spend("2026-08-01", [9] * 71, "google_ads"))
    assert line.planned.value == pytest.approx(15_500)
    assert key(line.spent.reason) == key(line.projected.reason) == "measure.reason.no_source"
    assert [month.spent for month in line.months] == [None] * 5
    assert [month.projected for month in line.months] == pytest.approx([None, None, None, 3100, 3100])


def test_days_that_nobody_tells_make_the_spend_partial_and_are_not_invented() -> None:
    (line,) = lines(spend("2026-10-01", [50] * 10))
    assert (line.spent.value, line.spent.state) == (500, State.PARTIAL)
    assert line.spent.coverage == pytest.approx(10 / 71)
    assert [month.spent for month in line.months] == [None, None, 500, None, None]
    assert line.projected.value == pytest.approx(500 + 21 * 50 + 2 * 3100)
    assert line.projected.state is State.PARTIAL


def test_a_file_that_ends_a_little_before_the_report_is_judged_on_its_own_last_day() -> None:
    """It stops on 30 September: on 10 October the plan is due up to then, and October is still to come."""
    (line,) = lines(steady("2026-09-30"))
    assert line.due.period == Period(date(2026, 8, 1), date(2026, 9, 30))
    assert line.due.value == pytest.approx(6200)
    assert [month.projected for month in line.months] == pytest.approx([3100, 3000, 3100, 3100, 3100])


def test_a_plan_that_has_not_begun_has_nothing_due_and_nothing_spent() -> None:
    plan = {"channel": "meta_ads", "amount": "3100/month", "start": "2026-11-01", "end": "2026-12-31"}
    (line,) = lines(steady("2026-10-10"), plans=[plan])
    assert (line.due.value, line.spent.value) == (0, 0)
    assert line.projected.value == pytest.approx(6200)


def test_amounts_in_another_currency_are_converted_by_days() -> None:
    """310 EUR in October: 15 days at 10, 16 at 11 are 3,260 MAD; without a rate there is no plan."""
    plan = {"channel": "meta_ads", "amount": "310 EUR/month", "start": "2026-10-01", "end": "2026-10-31"}
    rates = [rate("EUR", "MAD", 10, "2026-01-01"), rate("EUR", "MAD", 11, "2026-10-16")]
    (line,) = lines(steady("2026-10-10"), plans=[plan], rates=rates)
    assert line.planned.value == pytest.approx(3260)
    assert line.due.value == pytest.approx(1000)
    (line,) = lines(steady("2026-10-10"), plans=[plan])
    assert (key(line.planned.reason), line.months) == ("returns.reason.no_rate", ())
    assert (line.spent.value, line.projected.value) == (500, None)


def test_spend_told_by_months_is_what_its_months_say() -> None:
    records = monthly(["2026-08-01", "2026-09-01", "2026-10-01"], {"spend": [2000, 2500, 400]}, "meta_ads")
    (line,) = lines(records)
    assert [month.spent for month in line.months] == pytest.approx([2000, 2500, None, None, None])
    assert line.due.value == pytest.approx(6200)


def test_the_scorecard_holds_them() -> None:
    card = scorecard(dossier(steady("2026-10-10"), budgets=[YEAR]), AS_OF)
    assert [line.channel for line in card.returns.budgets] == ["meta_ads"]
    assert scorecard(dossier(steady("2026-10-10")), AS_OF).returns.budgets == ()
