"""The plan: every finding a step with its hypothesis and its review; what somebody decided wins, and is told apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sitegen.diagnose import RULES
from sitegen.diagnose.actions import THEMES, TIME, WINDOW, WITHIN_A_MONTH, actions
from sitegen.diagnose.draft import WITHIN_A_DAY
from sitegen.diagnose.summary import reviews
from sitegen.locales import catalogue
from sitegen.messages import Quantity, Text, Unit, say
from sitegen.model.authored import Objective, PlannedAction
from sitegen.model.computed import Action, Audit, CheckResult, Finding, Panel, Part, Section
from sitegen.model.portfolio import Review

from .cases import TODAY


def found(id: str, subject: str = "audit", weight: float = 2.0, *, quick: bool = False) -> Finding:
    return Finding(
        id,
        subject,
        weight,
        criteria=say("checks.T1.01.criteria"),
        condition=say("checks.T1.01.answer_no"),
        cause=say("checks.cause_answer"),
        effect=say("checks.part.T1.effect"),
        recommendation=say("findings.off_track.recommendation", the=say("metrics.sessions.the")),
        article="role-of-social",
        article_reason=say("checks.article_reason", condition=""),
        quick=quick,
    )


def check(id: str, weight: float, score: float | None, question: str | None = None) -> CheckResult:
    state = "unknown" if score is None else "scored"
    return CheckResult(id, weight, "topic", score, state, "answer", say("checks.said.yes"), question=question)  # type: ignore[arg-type]


def audit(*checks: CheckResult, score: float, coverage: float = 1.0) -> Audit:
    return Audit(panels=(Panel("tips", (Part("T1", Section(score, coverage, "watch", checks)),)),))


def planned(**told: Any) -> PlannedAction:
    return PlannedAction.model_validate(told)


def plan(
    *findings: Finding, told: tuple[PlannedAction, ...] = (), of: Audit | None = None, **more: Any
) -> tuple[Action, ...]:
    """The plan of these findings; their checks are of one section, unless told otherwise."""
    checks = [check(each.id.removeprefix("check-"), 1, 0.0) for each in findings if each.id.startswith("check-")]
    return actions(findings, told, more.get("objectives", ()), (), of or audit(*checks, score=0.0), TODAY)


def test_a_step_is_reviewed_after_its_time_and_a_window_of_data() -> None:
    day, week, month = plan(found("check-T1.01"), found("check-T2.04"), found("check-S3.02"))
    assert [each.effort for each in (day, week, month)] == ["day", "week", "month"]
    for each in (day, week, month):
        assert each.review == TODAY + timedelta(TIME[each.effort] + WINDOW)
        assert each.state == "open"
        assert not each.overdue


def test_every_part_has_its_words_and_every_rule_its_theme() -> None:
    assert not WITHIN_A_DAY & WITHIN_A_MONTH
    known = catalogue("fr")
    rules = {key.split(".")[1] for key in known if key.startswith("findings.") and key.endswith(".recommendation")}
    assert set(THEMES) == rules
    assert {theme for theme in THEMES.values() if f"actions.{theme}.hypothesis" not in known} == set()
    assert RULES


def test_a_check_promises_what_its_section_would_come_to() -> None:
    """Weights 3 and 1, scores 0 and 1: 25 % today, all of it once the first is in place."""
    of = audit(check("T1.01", 3, 0.0), check("T1.02", 1, 1.0), check("T1.03", 2, None), score=0.25, coverage=4 / 6)
    (step,) = plan(found("check-T1.01"), of=of)
    assert step.hypothesis == say("checks.part.T1.hypothesis")
    expected = step.expected.named  # type: ignore[union-attr]
    assert (expected["now"], expected["then"]) == (Quantity(0.25, Unit.RATE), Quantity(1.0, Unit.RATE))


def test_what_was_decided_wins() -> None:
    told = planned(
        finding="check-T2.04",
        title="Exporter le lundi",
        owner="Salma",
        effort="day",
        review="2026-04-20",
        hypothesis="h",
        effect="e",
        metric="m",
    )
    (step,) = plan(found("check-T2.04"), told=(told,))
    words = (step.what, step.owner, step.hypothesis, step.expected, step.metric)
    assert [dict(each.versions)[""] for each in words if isinstance(each, Text)] == [
        "Exporter le lundi",
        "Salma",
        "h",
        "e",
        "m",
    ]
    assert (step.effort, step.review, step.decided, step.id) == ("day", date(2026, 4, 20), True, "check-T2.04")


def test_a_past_review_of_an_open_step_is_overdue() -> None:
    told = (planned(finding="check-T2.04", review="2026-03-01"),)
    assert plan(found("check-T2.04"), told=told)[0].overdue
    done = (planned(finding="check-T2.04", review="2026-03-01", state="done", date="2026-03-01", evidence="x"),)
    assert not plan(found("check-T2.04"), told=done)[0].overdue


def test_the_owner_of_an_objective_answers_for_its_steps() -> None:
    objective = Objective.model_validate(
        {
            "id": "sales",
            "kpi": "sessions",
            "target": "+5%",
            "start": "2026-01-01",
            "deadline": "2026-12-31",
            "owner": "Ali",
        }
    )
    ours, other = plan(found("off_track-sales", "progress"), found("check-T1.01"), objectives=(objective,))
    assert (ours.owner is not None, ours.objective) == (True, "sales")
    assert (other.owner, other.objective) == (None, None)


def test_done_and_refused_are_told_apart_and_after_what_is_open() -> None:
    told = (
        planned(finding="check-T1.01", state="refused", date="2026-03-02", reason="Trop tôt"),
        planned(finding="check-T2.04", state="done", date="2026-03-03", evidence="Vu"),
        planned(title="À nous", priority=3),
    )
    steps = plan(found("check-T1.01", weight=3), found("check-T2.04"), found("check-T3.03", weight=1), told=told)
    assert [(each.id, each.state) for each in steps] == [
        ("own-action-1", "open"),
        ("check-T3.03", "open"),
        ("check-T2.04", "done"),
        ("check-T1.01", "refused"),
    ]
    done, refused = steps[2:]
    assert done.standing and refused.standing  # noqa: PT018 - the finding is still there, and that is told
    assert refused.told is not None
    assert dict(refused.told.versions) == {"": "Trop tôt"}


@pytest.mark.parametrize("id", ["check-S1.04", "slow_answers-response_rate"])
def test_an_open_step_whose_finding_is_gone_has_done_what_it_was_for(id: str) -> None:
    (step,) = plan(told=(planned(finding=id),))
    assert (step.state, step.standing) == ("done", False)


def test_the_portfolio_reviews_what_was_decided_and_is_open() -> None:
    told = (
        planned(finding="check-T2.04", review="2026-04-02"),
        planned(finding="check-T1.01", state="done", date="2026-01-01", evidence="x"),
    )
    steps = plan(found("check-T2.04"), found("check-T1.01"), found("check-T3.03"), told=told)
    (open_one,) = (each for each in steps if each.id == "check-T2.04")
    assert reviews((), steps) == (Review(date(2026, 4, 2), "action", None, open_one.what),)
