"""In-house or a provider: what is known points one way or the other, and nothing is decided on too little."""

from __future__ import annotations

import pytest

from sitegen.diagnose.sourcing import CRITERIA, role, sourcing
from sitegen.messages import say
from sitegen.model.computed import CheckResult

from .cases import client, scorecard


def known(**scores: float | None) -> dict[str, CheckResult]:
    """Check id (`_` for the dot) → its result; A0.07 is asked and nobody has answered it."""
    return {
        id.replace("_", "."): CheckResult(
            id.replace("_", "."),
            1,
            "topic",
            score,
            "unknown" if score is None else "scored",
            "answer",
            say("checks.said.yes"),
        )
        for id, score in {"A0_07": None, **scores}.items()
    }


@pytest.mark.parametrize(
    ("scores", "key"),
    [
        ({}, "unknown"),
        ({"A2_04": 1.0, "A2_05": 1.0}, "unknown"),
        ({"A2_04": 1.0, "A2_05": 1.0, "S3_03": 0.0}, "inhouse"),
        ({"A2_04": 0.0, "A2_05": 1.0, "S3_03": 0.0}, "provider"),
        ({"A2_04": 0.0, "A2_05": 1.0, "S3_03": 0.0, "A0_04": 1.0}, "even"),
        ({"A2_04": 1.0, "A2_05": 1.0, "S3_03": 0.5, "A0_04": 0.0}, "inhouse"),
    ],
)
def test_more_points_tell_the_side(scores: dict[str, float], key: str) -> None:
    found = sourcing(known(**scores))
    assert found is not None
    assert found.sentence.key == f"sourcing.{key}"
    assert [each.id for each in found.leanings] == list(CRITERIA)


def test_the_delay_is_asked_before_the_rate() -> None:
    found = sourcing(known(A2_03=0.0, A2_02=1.0))
    assert found is not None
    assert {each.id: each.points for each in found.leanings}["answers"] == "provider"


def test_a_pack_that_does_not_ask_tells_nothing() -> None:
    assert sourcing({}) is None


def test_the_choice_is_told_once_it_is_known() -> None:
    told = sourcing(known(A0_07=1.0))
    assert told is not None
    assert told.choice == say("sourcing.chosen")
    assert sourcing(known(A0_07=0.0)).choice == say("checks.said.yes")  # type: ignore[union-attr]  # its own reason
    assert sourcing(known()).choice is None  # type: ignore[union-attr]


def test_the_kpis_of_a_role_are_those_with_an_objective_those_followed_and_those_in_no_file() -> None:
    found = role(client(role_of_social="sales"), scorecard())
    assert found is not None
    states = {each.metric: each.state for each in found.kpis}
    assert states["conversion_rate"] == "objective"
    assert "absent" in states.values()
    assert role(client(role_of_social=None), scorecard()) is None
