"""Which pictures the first page shows, what a page tells once, and which numbers the download holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sitegen import draw
from sitegen.messages import Period, Unit, say
from sitegen.model.built import Figure, FigureTable, Legend
from sitegen.model.computed import BudgetLine, Edition, Funnel, Scenario
from sitegen.render import numbers, pages
from tests.unit.draw import editions
from tests.unit.render import test_levers as levers

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
EVENT = Legend("chart-event", "area", say("figures.event", number=1))
OTHER = Legend("chart-event", "rule", say("figures.event", number=2))
PRESENT = (
    "objective-goal-bullet",
    "returns-net",
    "returns-channels",
    "funnel-leads",
    "service-contacts",
    "trend-revenue",
    "trend-leads",
    "trend-in_time_rate",
    "trend-response_time",
    "trend-net_sentiment",
)


def figure(name: str, *legend: Legend) -> Figure:
    words = say("pages.unknown")
    subject = {"objective": "progress", "trend": "trends"}.get(name.partition("-")[0], "returns")
    return Figure(name, subject, "", {}, {}, words, words, words, FigureTable((), ()), Unit.COUNT, legend=legend)


def edition(role: str | None = "sales", **more: object) -> Edition:
    plain = editions.whole()
    card = replace(plain.scorecard, returns=levers.returns(**more))
    return replace(plain, profile=replace(plain.profile, role=role), scorecard=card)


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("sales", ("trend-revenue", "trend-leads", "returns-net")),
        ("leads", ("funnel-leads", "trend-leads", "returns-net")),
        ("service", ("service-contacts", "trend-in_time_rate", "trend-response_time")),
        ("reputation", ("trend-net_sentiment", "returns-net", "trend-revenue")),
        (None, ("trend-revenue", "trend-leads", "returns-net")),
    ],
)
def test_the_first_page_shows_what_social_media_are_for(role: str | None, first: tuple[str, ...]) -> None:
    assert pages._headlines([figure(name) for name in PRESENT], edition(role, net=levers.money(9.0))) == first


def test_a_net_result_that_nobody_knows_is_no_picture_of_the_first_page() -> None:
    shown = pages._headlines([figure(name) for name in PRESENT], edition())
    assert shown == ("trend-revenue", "trend-leads", "returns-channels")


def test_events_that_most_trends_share_are_told_once() -> None:
    trends = [figure("trend-a", EVENT), figure("trend-b", OTHER), figure("trend-c", EVENT)]
    assert pages._shared_events(trends) == (EVENT,)
    assert pages._shared_events(trends[:2]) == ()
    assert pages._shared_events([]) == ()


def test_the_real_trends_share_their_events() -> None:
    assert pages._shared_events(draw.figures(editions.whole()))


def test_the_download_holds_levers_scenarios_budgets_and_stages() -> None:
    whole = edition(
        sales_gain=levers.sales(),
        communication=levers.press(),
        service=levers.desk(),
        net=levers.money(9.0),
        scenarios=(Scenario(0.4, 0.45, levers.money(-0.19)),),
        budgets=(BudgetLine("meta_ads", YEAR, *[levers.money(12.0)] * 4, months=()),),
    )
    stage = levers.count(884.0)
    found = list(
        numbers.rows(replace(whole, scorecard=replace(whole.scorecard, funnels=(Funnel("leads", YEAR, (stage,)),))))
    )
    assert all(len(row) == len(numbers.COLUMNS) for row in found)
    subjects = [row[0] for row in found]
    assert {
        "sales_gain margin",
        "communication avoided",
        "service booked",
        "scenario incrementality 0.4, margin 0.45",
        "budget projected",
        "funnel leads",
    } <= set(subjects)
    assert [row[2] for row in found if row[0] == "service unit_now"] == ["phone"]
    assert [row[2] for row in found if row[0] == "budget spent"] == ["meta_ads"]


def test_a_number_that_is_not_there_has_no_row() -> None:
    subjects = {str(row[0]).split()[0] for row in numbers.rows(edition())}
    assert subjects.isdisjoint({"sales_gain", "communication", "service", "scenario", "budget"})
