"""A goal stands as its weakest objective does (METHODS §2.4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.diagnose.goals import WEAKEST, standings
from sitegen.diagnose.progress import assessments
from sitegen.model.catalogue import GoalCategory
from sitegen.model.computed import GoalSnapshot, Status

from .cases import LIMITS, objective, progress

GOAL = GoalSnapshot("sales", None, GoalCategory.REVENUE, ("one", "two", "gone"))


def told(first: Status, second: Status, *shares: float | None) -> object:
    pairs = []
    for name, status, share in zip(("one", "two"), (first, second), shares, strict=True):
        stands = progress(objective=name, progress=share)
        (judged,) = assessments([stands], [objective(id=name)], LIMITS)
        pairs.append((stands, replace(judged, status=status)))
    (found,) = standings([GOAL, replace(GOAL, id="other", objectives=("gone",))], pairs)
    assert (found.goal, found.objectives) == ("sales", 2)
    return found.status, found.progress


def test_every_status_has_its_rank() -> None:
    assert set(WEAKEST) == set(Status)
    assert len(WEAKEST) == len(Status)


@pytest.mark.parametrize("weaker", range(len(WEAKEST) - 1))
def test_the_weakest_objective_gives_the_status(weaker: int) -> None:
    assert told(WEAKEST[weaker + 1], WEAKEST[weaker], 0.5, 0.5) == (WEAKEST[weaker], 0.5)


def test_none_is_less_than_nothing_or_more_than_all() -> None:
    assert told(Status.ON_TRACK, Status.ON_TRACK, -0.4, 1.6) == (Status.ON_TRACK, 0.5)


def test_what_is_unknown_is_left_out_of_the_mean() -> None:
    assert told(Status.ON_TRACK, Status.NO_DATA, 0.8, None) == (Status.NO_DATA, 0.8)
    assert told(Status.NO_DATA, Status.NO_DATA, None, None) == (Status.NO_DATA, None)
