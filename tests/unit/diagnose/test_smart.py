"""The ten halves of METHODS §2.7: each one that lacks takes half a letter and says what to do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sitegen.diagnose.smart import criteria, score
from sitegen.model.computed import Progress, Realism

from .cases import TODAY, followers, measured, objective, progress

NOWHERE = {"sources": ()}


def lacking(authored: dict[str, Any], found: Progress, likely: Realism = Realism.REALISTIC) -> dict[str, list[str]]:
    """Letter → the halves that it lacks."""
    letters = criteria(objective(**authored), found, likely)
    assert [letter.score for letter in letters] == [1 - len(letter.missing) / 2 for letter in letters]
    return {
        letter.letter: [half.key.removeprefix("smart.missing.") for half in letter.missing]
        for letter in letters
        if letter.missing
    }


def test_a_whole_objective_lacks_nothing() -> None:
    letters = criteria(objective(), progress(), Realism.REALISTIC)
    assert "".join(letter.letter for letter in letters) == "SMART"
    assert all(letter.score == 1 and not letter.missing for letter in letters)
    assert score(letters) == 1


@pytest.mark.parametrize(
    ("authored", "found", "likely", "expected"),
    [
        ({}, progress(target=None), Realism.REALISTIC, {"S": ["target"]}),
        (
            {},
            progress(current=measured(0.024, **NOWHERE), baseline=measured(0.02, **NOWHERE)),
            Realism.REALISTIC,
            {"M": ["source"]},
        ),
        ({}, progress(last_value_on=TODAY - timedelta(15)), Realism.REALISTIC, {"M": ["value"]}),
        ({"owner": None}, progress(), Realism.REALISTIC, {"A": ["owner"]}),
        ({"lever": None}, progress(), Realism.REALISTIC, {"A": ["lever"]}),
        ({"owner": None, "lever": None}, progress(), Realism.REALISTIC, {"A": ["owner_and_lever"]}),
        ({}, progress(), Realism.UNREALISTIC, {"A": ["feasible"]}),
        ({"owner": None}, progress(), Realism.UNREALISTIC, {"A": ["owner", "feasible"]}),
        ({"kpi": "shares"}, progress(kpi="shares"), Realism.REALISTIC, {"R": ["goal"]}),
        ({"kpi": "followers"}, followers(), Realism.REALISTIC, {"R": ["goal", "link"]}),
        ({"kpi": "followers", "goal": "fame"}, followers(), Realism.REALISTIC, {"R": ["link"]}),
        ({"kpi": "followers", "goal": "fame", "business_link": "…"}, followers(), Realism.REALISTIC, {}),
        ({}, progress(deadline=date(2028, 1, 1)), Realism.REALISTIC, {}),  # 731 days, one year having 366
        ({}, progress(deadline=date(2028, 1, 2)), Realism.REALISTIC, {"T": ["horizon"]}),
    ],
)
def test_each_missing_half_is_named(
    authored: dict[str, Any], found: Progress, likely: Realism, expected: dict[str, list[str]]
) -> None:
    assert lacking(authored, found, likely) == expected


def test_a_goal_that_follows_from_the_kpi_counts_as_linked() -> None:
    assert lacking({"goal": None}, progress()) == {}


def test_the_score_is_the_mean_of_the_letters() -> None:
    assert score(criteria(objective(owner=None), progress(), Realism.UNREALISTIC)) == pytest.approx(0.8)
    assert score(criteria(objective(owner=None), progress(target=None), Realism.UNREALISTIC)) == pytest.approx(0.7)
