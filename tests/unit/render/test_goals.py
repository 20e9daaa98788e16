"""The tree from goals to metrics: each objective below its goal, what serves none apart, what nothing needs beside."""

from __future__ import annotations

from sitegen.diagnose import edition
from sitegen.render.goals import tree

from ..diagnose.cases import client, dossier, scorecard

GOAL = {"id": "sell", "title": "Vendre", "category": "revenue"}


def test_an_objective_stands_below_its_goal_with_what_its_kpi_is_made_of() -> None:
    told = edition(dossier(client(goals=[GOAL, {**GOAL, "id": "grow"}])), scorecard(), ())
    served = {name for goal in told.profile.goals for name in goal.objectives}
    found = tree(told)
    assert [limb.goal.id for limb in found.limbs if limb.goal] == ["sell", "grow"]
    placed = {branch.assessment.objective for limb in found.limbs if limb.goal for branch in limb.branches}
    alone = {branch.assessment.objective for limb in found.limbs if not limb.goal for branch in limb.branches}
    assert (placed, alone) == (served, {each.objective for each in told.assessments} - served)
    assert {branch.kpi: branch.parts for limb in found.limbs for branch in limb.branches}["conversion_rate"] == (
        "transactions",
        "sessions",
    )


def test_a_metric_that_no_objective_needs_is_beside_unless_it_was_dropped() -> None:
    card = scorecard()
    told = {each.metric for each in card.comparisons if each.current.value is not None}
    needed = {"conversion_rate", "transactions", "sessions"}
    plain = tree(edition(dossier(client()), card, ()))
    assert set(plain.beside) == told - needed
    if plain.beside:
        first = plain.beside[0]
        less = tree(edition(dossier(client(dropped=[{"metric": first, "reason": "x"}])), card, ()))
        assert first not in less.beside
