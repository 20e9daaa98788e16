"""The five points of each KPI, each on its own case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sitegen.diagnose.checks import kpis
from sitegen.diagnose.checks.case import Case, Outcome
from sitegen.formats import Words
from sitegen.locales import catalogue
from sitegen.model.computed import Realism

from .cases import followers, kept, measured, progress, written
from .known import VAIN, quality, tracked

FIRST = {"id": "sales", "title": "Vendre", "category": "revenue", "priority": 1}
SECOND = {"id": "image", "title": "Se faire connaître", "category": "growth", "priority": 2}
UNREAD = measured(0.024, sources=())


def one(found: Any = None, quality: tuple[Any, ...] = (), goals: list[Any] | None = None, **more: Any) -> Case:
    """A client with one objective, written with `more`."""
    shown = found or progress()
    own = [written(id=shown.objective, kpi=shown.kpi, **more)]
    return tracked(shown, objectives=own, quality=quality, goals=goals or [FIRST, SECOND])


def many(goal: str) -> Case:
    shown = tuple(progress(objective=id, kpi=id) for id in (*VAIN, "clicks", "shares"))
    own = [written(id=each.objective, kpi=each.kpi, goal=goal) for each in shown]
    return tracked(*shown, objectives=own, goals=[FIRST])


def classed(realism: Realism) -> Case:
    plain = one()
    return replace(plain, assessments=(replace(plain.assessments[0], realism=realism),))


CASES: list[tuple[str, Case, float | str, str]] = [
    ("K1", one(), 1.0, "moved"),
    ("K1", one(lever=None), 0.5, "no_lever"),
    ("K1", one(followers()), 0.0, "apart"),
    ("K1", one(followers(), goal="image"), 1.0, "moved"),
    ("K2", one(goal="sales"), 1.0, "first"),
    ("K2", one(goal="image"), 0.5, "later"),
    ("K2", one(), 0.0, "no_goal"),
    ("K2", many("sales"), 0.0, "many"),
    ("K3", one(), 1.0, "whole"),
    ("K3", one(owner=None), 0.5, "no_owner"),
    ("K3", one(progress(current=UNREAD)), 0.5, "no_series"),
    ("K3", one(progress(current=UNREAD), owner=None), 0.0, "neither"),
    ("K4", classed(Realism.AMBITIOUS), 1.0, ""),
    ("K4", classed(Realism.NEEDS_ACTION), 0.5, ""),
    ("K4", classed(Realism.UNREALISTIC), 0.0, ""),
    ("K4", classed(Realism.NOT_ASSESSABLE), "unknown", ""),
    ("K4", one(kept()), "not_applicable", ""),
    ("K5", one(quality=(quality("transactions", 0.1), quality("sessions", 0.0))), 1.0, "quality"),
    ("K5", one(quality=(quality("transactions", 0.3), quality("sessions", 0.0))), 0.5, "quality"),
    ("K5", one(quality=(quality("transactions", 0.3, 0.1),)), 0.0, "quality"),
    ("K5", one(progress(current=UNREAD)), 0.0, "no_source"),
    ("K5", one(), "unknown", "no_data"),
]


def found(id: str, known: Case) -> Outcome:
    (objective, shown), *_ = known.objectives
    return kpis.RULES[id](known, objective, shown, known.assessments[0])


@pytest.mark.parametrize(
    ("id", "known", "expected", "reason"), CASES, ids=[f"{c[0]}-{c[3]}-{i}" for i, c in enumerate(CASES)]
)
def test_a_point_scores_its_case(id: str, known: Case, expected: float | str, reason: str) -> None:
    outcome = found(id, known)
    assert (outcome.state if outcome.score is None else outcome.score) == expected
    assert not reason or outcome.reason.key.rpartition(".")[2] == reason
    for language in ("fr", "en"):
        text = Words(language, "MA").say(outcome.reason)
        assert text
        assert not set("{}") & set(text)


def test_the_least_sound_of_the_channels_that_count_tells_the_quality() -> None:
    both = (quality("transactions", 0.3, channel="email"), quality("transactions", 0.0, channel="website"))
    assert found("K5", one(quality=both)).score == 0.5
    assert found("K5", one(quality=both, channels=["website"])).score == 1.0


def test_no_outcome_of_the_checklist_is_idle() -> None:
    told = {f"checks.{id}.{reason}" for id, _, _, reason in CASES if reason}
    told |= {
        f"checks.{id}.{word}" for id in kpis.RULES for word in ("question", "name", "criteria", "advice", "lacking")
    }
    assert {key for key in catalogue("fr") if key.startswith("checks.K")} - told == set()


def test_the_realism_is_told_in_the_words_of_the_objective() -> None:
    known = classed(Realism.UNREALISTIC)
    assert found("K4", known).reason == known.assessments[0].realism_reason
