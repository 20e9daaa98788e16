"""What only the agency may see is taken out first; what readers may know of it stays."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from sitegen.diagnose.verdict import verdict
from sitegen.diagnose.withheld import APART, disclosed, without_internal_gains
from sitegen.messages import Unit, say
from sitegen.model.authored import Gains
from sitegen.model.authored_text import Note
from sitegen.model.computed import CostLine, Measurement, Returns, SalesGain, Scenario

from .cases import client, costs, dossier, draft, progress, returns, scorecard, written

INTERNAL = {"amount": 1000.0, "internal": True}
HIDDEN_RATE = {"rate": 0.45, "internal": True}
WITHHELD = say("returns.reason.withheld")


DAYS = {"start": "2024-01-01", "end": "2024-12-31"}
PRESS = {"medium": "Press", "effect": "leads", "before": {"cost": 18, **DAYS}, "now": {"cost": "9/month"}}
SERVICE = {"before": DAYS, "hourly_cost": 24}
BUDGET = {"channel": "email", "amount": "9/month", **DAYS}
SECRET = {"internal": True}
NINE = {"amount": 9.0, "internal": True}


def hiding(*kinds: str, unknown: tuple[str, ...] = ()) -> tuple[CostLine, ...]:
    """The six lines, those of `kinds` for the agency only."""
    return tuple(replace(line, internal=line.kind in kinds) for line in costs(*unknown))


def shown(found: Returns | None = None, **authored: Any) -> Returns:
    return disclosed(dossier(client(**authored)), scorecard(returns=found or returns()))[1].returns


def test_what_is_not_internal_passes_unchanged() -> None:
    whole, card = dossier(client(margin="45%", costs={"agency": "1000/month"})), scorecard()
    assert disclosed(whole, card) == (whole, card)


def test_internal_costs_are_one_line_and_the_total_stays() -> None:
    found = shown(returns(costs=hiding("agency", "training")), costs={"agency": INTERNAL, "training": INTERNAL})
    assert [(line.kind, line.amount) for line in found.costs[-2:]] == [("staff", 1000.0), ("other", 2000.0)]
    assert (found.known_lines, len(found.costs), found.total_cost) == (6, 5, returns().total_cost)


def test_an_internal_cost_that_nobody_knows_still_makes_the_total_partial() -> None:
    unknown = {"unknown": True, "internal": True}
    lines = hiding("agency", "training", unknown=("training",))
    found = shown(returns(costs=lines, known_lines=5), costs={"agency": INTERNAL, "training": unknown})
    assert [(line.kind, line.amount) for line in found.costs[-2:]] == [("other", 1000.0), ("other", None)]
    assert (found.known_lines, len(found.costs)) == (5, 6)


def test_media_that_an_export_tells_is_nobodys_secret() -> None:
    exported = tuple(replace(line, origin="export") if line.kind == "media" else line for line in costs())
    assert shown(returns(costs=exported), costs={"media": INTERNAL}).media == returns().media
    assert shown(returns(costs=hiding("media")), costs={"media": INTERNAL}).media.reason == WITHHELD


@pytest.mark.parametrize(
    "hidden", [{"margin": HIDDEN_RATE, "incrementality": "60%"}, {"margin": "45%", "incrementality": HIDDEN_RATE}]
)
def test_the_return_is_told_without_what_would_give_its_factors_away(hidden: dict[str, Any]) -> None:
    found = shown(**hidden)
    assert found.roi_incremental == returns().roi_incremental
    assert (found.margin, found.incrementality, found.withheld) == (None, None, ("margin", "incrementality"))
    told = {field.name for field in fields(Returns) if isinstance(getattr(found, field.name), Measurement)}
    assert {name for name in told if getattr(found, name).reason == WITHHELD} == told - APART


def test_without_an_additional_share_no_return_covers_the_margin() -> None:
    found = shown(returns(roi_incremental=replace(returns().roi_incremental, value=None)), margin=HIDDEN_RATE)
    assert (found.roi_attributed.value, found.roi_attributed.reason) == (None, WITHHELD)
    said = verdict(draft(returns=replace(found, incrementality=None)))
    assert "verdict.missing.incrementality" in str(said)
    assert "verdict.missing.margin" not in str(said)


def test_an_internal_objective_goes_with_its_progress_and_its_comments() -> None:
    own = [written(), written(id="secret", internal=True)]
    notes = (Note("objective-secret", "", "a"), Note("synthesis", "", "b"), Note("data", "", "c", internal=True))
    whole = replace(dossier(client(objectives=own)), notes=notes)
    seen, card = disclosed(whole, scorecard(progress=(progress(), progress(objective="secret"))))
    assert [objective.id for objective in seen.client.objectives] == [written().get("id")]
    assert [each.objective for each in card.progress] == ["conversion_rate"]
    assert seen.notes == (Note("synthesis", "", "b"),)


# ---------------------------------------------------------------- gains and budgets


def test_gains_and_budgets_that_anybody_may_see_are_measured() -> None:
    own = client(gains={"communication": PRESS, "service": SERVICE}, budgets=[BUDGET], costs={"media": INTERNAL})
    assert without_internal_gains(dossier(own)) == dossier(own)


@pytest.mark.parametrize(
    "changes",
    [
        {"communication": PRESS | SECRET},
        {"communication": PRESS | {"now": {"cost": NINE}}},
        {"communication": PRESS | {"now": {"metric": "leads"}}},  # so its cost is the internal media line
        {"service": SERVICE | SECRET},
        {"service": SERVICE | {"cancelled": {"kind": "overtime", "amount": NINE}}},
    ],
)
def test_an_internal_gain_is_not_measured(changes: dict[str, Any]) -> None:
    own = client(gains=changes, costs={"media": INTERNAL})
    assert without_internal_gains(dossier(own)).client.gains == Gains()


@pytest.mark.parametrize("hidden", [BUDGET | SECRET, BUDGET | {"amount": NINE}])
def test_an_internal_budget_is_not_measured(hidden: dict[str, Any]) -> None:
    own = client(budgets=[hidden, BUDGET])
    assert without_internal_gains(dossier(own)).client.budgets == own.budgets[1:]


def test_scenarios_and_additional_sales_go_with_an_internal_margin() -> None:
    number = Measurement("revenue", Unit.MONEY, 9.0, None, currency="MAD")
    gain = SalesGain(number, number, number, number, "test")
    told = returns(sales_gain=gain, scenarios=(Scenario(0.6, 0.45, number),), benefit=number, net=number, roi=number)
    found = shown(told, margin=HIDDEN_RATE)
    assert found.scenarios == ()
    assert found.sales_gain is not None
    assert (found.sales_gain.scale, found.sales_gain.revenue, found.sales_gain.method) == (number, number, None)
    assert [each.reason for each in (found.sales_gain.additional, found.sales_gain.margin)] == [WITHHELD, WITHHELD]
    assert (found.benefit, found.net, found.roi) == (number, number, number)


def test_internal_media_are_not_told_by_what_they_must_earn() -> None:
    found = shown(returns(costs=hiding("media")), costs={"media": INTERNAL})
    assert found.break_even_roas_incremental.reason == WITHHELD


def test_an_internal_item_hides_itself_and_leaves_its_line() -> None:
    """900 of the agency's 1000 are open, the rest and training are not."""
    agency = (CostLine("agency", 900.0, "partial"), CostLine("agency", 100.0, "declared", internal=True))
    lines = tuple(each for line in hiding("training") for each in (agency if line.kind == "agency" else (line,)))
    found = shown(returns(costs=lines, known_lines=5))
    assert [(line.kind, line.amount, line.origin) for line in (found.costs[1], found.costs[-1])] == [
        ("agency", 900.0, "partial"),
        ("other", 1100.0, "declared"),
    ]
    assert (found.known_lines, found.total_cost) == (5, returns().total_cost)
    assert not any(line.internal for line in found.costs)


def test_what_may_not_be_told_is_compared_with_nothing() -> None:
    """Before anything is measured: records without a right, competitors and answers for the agency alone."""
    told = {
        "metric": "conversion_rate",
        "definition_id": "c",
        "stat": "mean",
        "value": 0.1,
        "source": "S",
        "licence": "L",
    }
    written = client(
        competitors=[{"name": "Rival", **SECRET}, {"name": "Autre"}],
        benchmarks=[told, {**told, "redistribute": "cite"}, {**told, "redistribute": "yes"}],
        dropped=[{"metric": "likes", "reason": "R", **SECRET}],
        digital_intensity={"count": 7, "year": 2023, **SECRET},
    )
    whole = replace(dossier(written), competitors={"Rival": (), "Autre": ()}, benchmarks=written.benchmarks)
    left = without_internal_gains(whole)
    assert [each.redistribute for each in left.benchmarks] == ["cite", "yes"]
    assert [each.redistribute for each in left.client.benchmarks] == ["cite", "yes"]
    assert (list(left.competitors), [each.name for each in left.client.competitors]) == (["Autre"], ["Autre"])
    assert (left.client.dropped, left.client.digital_intensity) == ((), None)
