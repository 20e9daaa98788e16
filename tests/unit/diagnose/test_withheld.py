"""What only the agency may see is taken out first; what readers may know of it stays."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from sitegen.diagnose.verdict import verdict
from sitegen.diagnose.withheld import APART, disclosed
from sitegen.messages import say
from sitegen.model.authored_text import Note
from sitegen.model.computed import Measurement, Returns

from .cases import client, costs, dossier, draft, progress, returns, scorecard, written

INTERNAL = {"amount": 1000.0, "internal": True}
HIDDEN_RATE = {"rate": 0.45, "internal": True}
WITHHELD = say("returns.reason.withheld")


def shown(found: Returns | None = None, **authored: Any) -> Returns:
    return disclosed(dossier(client(**authored)), scorecard(returns=found or returns()))[1].returns


def test_what_is_not_internal_passes_unchanged() -> None:
    whole, card = dossier(client(margin="45%", costs={"agency": "1000/month"})), scorecard()
    assert disclosed(whole, card) == (whole, card)


def test_internal_costs_are_one_line_and_the_total_stays() -> None:
    found = shown(costs={"agency": INTERNAL, "training": INTERNAL})
    assert [(line.kind, line.amount) for line in found.costs[-2:]] == [("staff", 1000.0), ("other", 2000.0)]
    assert (found.known_lines, len(found.costs), found.total_cost) == (5, 5, returns().total_cost)


def test_an_internal_cost_that_nobody_knows_still_makes_the_total_partial() -> None:
    unknown = {"unknown": True, "internal": True}
    found = shown(returns(costs=costs("training"), known_lines=5), costs={"agency": INTERNAL, "training": unknown})
    assert [(line.kind, line.amount) for line in found.costs[-2:]] == [("other", 1000.0), ("other", None)]
    assert (found.known_lines, len(found.costs)) == (5, 6)


def test_media_that_an_export_tells_is_nobodys_secret() -> None:
    exported = tuple(replace(line, origin="export") if line.kind == "media" else line for line in costs())
    assert shown(returns(costs=exported), costs={"media": INTERNAL}).media == returns().media
    assert shown(costs={"media": INTERNAL}).media.reason == WITHHELD


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
