"""Stages are counted on the same days, or there is no funnel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from sitegen.measure import scorecard
from sitegen.measure.daily import daily
from sitegen.measure.funnel import funnels
from sitegen.messages import Period
from sitegen.model.computed import Funnel, State
from sitegen.model.facts import Records

from .cases import Cell, dossier, source, weekly

START = date(2026, 10, 1)
PERIOD = Period(START, date(2026, 10, 20))


def found(*records: Records, period: Period | None = PERIOD) -> tuple[Funnel, ...]:
    client = dossier(*records)
    return funnels(client, daily(client, PERIOD.end), period)


def stages(**counts: Sequence[Cell]) -> Records:
    return source(START, counts, path="cod.csv")


def test_each_stage_is_its_total() -> None:
    (funnel,) = found(
        stages(orders=[10] * 20, orders_confirmed=[8] * 20, orders_delivered=[6] * 20, orders_collected=[5] * 20)
    )
    assert (funnel.id, funnel.period) == ("orders", PERIOD)
    assert [(each.metric, each.value, each.coverage, each.state) for each in funnel.stages] == [
        ("orders", 200, 1, State.COMPLETE),
        ("orders_confirmed", 160, 1, State.COMPLETE),
        ("orders_delivered", 120, 1, State.COMPLETE),
        ("orders_collected", 100, 1, State.COMPLETE),
    ]


def test_a_day_that_one_stage_lacks_counts_for_none() -> None:
    """The second day has no deliveries told, the third no confirmations: 18 of 20 days stay."""
    (funnel,) = found(
        stages(
            orders=[10, 90, 90, *[10] * 17],
            orders_confirmed=[8, 80, None, *[8] * 17],
            orders_delivered=[6, None, 60, *[6] * 17],
        )
    )
    assert [each.value for each in funnel.stages] == [180, 144, 108]
    assert {(each.coverage, each.state) for each in funnel.stages} == {(0.9, State.PARTIAL)}


def test_a_stage_that_nobody_tells_or_hardly_is_left_out() -> None:
    (funnel,) = found(
        stages(
            orders=[10] * 20,
            orders_confirmed=[8] * 20,
            orders_delivered=[*[None] * 5, *[6] * 15],
            orders_collected=[5] * 20,
        )
    )
    assert [each.metric for each in funnel.stages] == ["orders", "orders_confirmed", "orders_collected"]


def test_two_stages_are_no_funnel() -> None:
    assert found(stages(orders=[10] * 20, orders_confirmed=[8] * 20)) == ()


def test_stages_that_hardly_share_a_day_are_no_funnel() -> None:
    """Each is told on 17 days of 20, all three on 11 of them."""
    gaps = [[None if 3 * at <= day < 3 * at + 3 else 5 for day in range(20)] for at in range(3)]
    assert found(stages(orders=gaps[0], orders_confirmed=gaps[1], orders_delivered=gaps[2])) == ()


def test_stages_may_come_from_several_files() -> None:
    """Weekly proposals from the CRM beside daily leads: 14 days from Monday 5 October."""
    days, monday = Period(date(2026, 10, 5), date(2026, 10, 18)), date(2026, 10, 5)
    (funnel,) = found(
        source(monday, {"leads": [9] * 14}, path="site.csv"),
        weekly(monday, {"qualified_leads": [35, 49], "proposals": [14, 21], "new_customers": [7, 7]}, path="crm.csv"),
        period=days,
    )
    assert [each.value for each in funnel.stages] == pytest.approx([126, 84, 35, 14])


def test_without_returns_it_is_over_the_last_twelve_months() -> None:
    first = date(2025, 9, 15)
    length = (date(2026, 10, 20) - first).days + 1
    records = source(first, {"leads": [4] * length, "qualified_leads": [2] * length, "proposals": [1] * length})
    (funnel,) = found(records, period=None)
    assert funnel.period == Period(date(2025, 10, 1), date(2026, 9, 30))
    assert [each.value for each in funnel.stages] == [4 * 365, 2 * 365, 365]


def test_the_scorecard_holds_them_over_the_period_of_the_returns() -> None:
    records = stages(orders=[10] * 20, orders_confirmed=[8] * 20, orders_delivered=[6] * 20, net_sales=[100] * 20)
    card = scorecard(dossier(records), PERIOD.end)
    assert [each.period for each in card.funnels] == [card.returns.period] == [PERIOD]
