"""Each check beside the signs passes, half passes, fails, is unknown or does not apply on its case, and says why."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sitegen import read
from sitegen.diagnose.checks import RULES, Case, Outcome
from sitegen.diagnose.checks import kpis as kpi_checks
from sitegen.diagnose.panels import TOLD_BY
from sitegen.formats import Words
from sitegen.locales import catalogue
from sitegen.model.authored import ANSWERS
from sitegen.model.computed import Realism
from sitegen.model.rubric import PANELS, SIGNS

from . import panel_cases as told
from .cases import written
from .panel_cases import AUDITS, GOALS, SOCIAL, TIPS, Expected, answered, case, kpis, quality

RUBRIC = read.rubric(Path(__file__).parents[3] / "rubric")
CASES: list[Expected] = [*TIPS, *GOALS, *SOCIAL, *AUDITS, *answered()]
BESIDE = [check for check in RUBRIC.checks if check.section not in SIGNS and check.evidence != "site"]
# Half of it cannot be: the question knows only two states.
TWO_STATES = {"E2.03", "E4.01"}
LISTING = told.file("views", channels=("google_business_profile",))
IDLE = {"active_channels": ["email"], "objectives": [told.TOGETHER]}


def ending(outcome: Outcome) -> tuple[float | str, str]:
    state = outcome.state if outcome.score is None else outcome.score
    return state, outcome.reason.key.rpartition(".")[2]


@pytest.mark.parametrize(
    ("id", "known", "expected", "reason"), CASES, ids=[f"{c[0]}-{c[3]}-{i}" for i, c in enumerate(CASES)]
)
def test_a_check_scores_its_case(id: str, known: Case, expected: float | str, reason: str) -> None:
    outcome = RULES[id](known)
    assert ending(outcome) == (expected, reason)
    assert (outcome.score is None) == (outcome.state != "scored")
    for language in ("fr", "en"):
        text = Words(language, "MA").say(outcome.reason)
        assert text
        assert not set("{}") & set(text)


def seen(id: str) -> set[str]:
    """What the cases of a check come to."""
    names = {1.0: "pass", 0.0: "fail"}
    return {
        expected if isinstance(expected, str) else names.get(expected, "part")
        for other, _, expected, _ in CASES
        if other == id
    }


def test_every_check_has_evidence_a_rule_words_and_cases() -> None:
    known = catalogue("fr").keys()
    for check in RUBRIC.checks:
        assert check.evidence in ("data", "answer", "both", "site"), check.id
        if check.evidence in ("answer", "both") and check.section != "K" and check.id not in ("T0.01", "A1.02"):
            assert check.question in ANSWERS, check.id
        if check.evidence == "site" or check.same_as:
            assert check.id not in RULES
            continue
        assert check.id in RULES or check.id in kpi_checks.RULES, check.id
        for word in ("question", "criteria", "advice"):
            assert f"checks.{check.id}.{word}" in known
    cases = {id for id, *_ in CASES}
    assert cases == {check.id for check in BESIDE if check.section != "K" and not check.same_as}
    for id in cases:
        assert {"pass", "fail", "unknown"} <= seen(id), id
        assert "part" in seen(id) or id in TWO_STATES, id
    questions = {check.id for check in BESIDE if check.question}
    assert {id for id in questions if "not_applicable" not in seen(id)} == {"T1.01"} - {"T1.01"}


def test_no_outcome_is_idle() -> None:
    said = {RULES[id](known).reason.key for id, known, *_ in CASES} | {
        f"checks.{id}.{word}" for id in RULES for word in ("question", "criteria", "advice", "name", "lacking")
    }
    said |= {"checks.O4.05.apart", "checks.T3.02.no_use", "checks.A3.06.no_posts", "checks.A1.06.on_time"}  # the reason
    said |= {"checks.A1.01.holding", "checks.E2.04.no_account"}
    said |= {f"checks.A0.01.{part}" for part in ("objectives", "budget", "audience")}
    said |= {f"checks.{check.id}.{word}" for check in RUBRIC.checks for word in ("question", "criteria", "advice")}
    own = {key for key in catalogue("fr") if re.match(r"checks\.[TOAE]\d", key)}
    assert own - said == set()


def test_the_rubric_is_that_of_the_method() -> None:
    """METHODS §7: 88 checks, four of them tests of our own pages, beside the 19 that look closer at the four audits."""
    method = [check for check in RUBRIC.checks if check.section not in PANELS["audits"]]
    assert len(method) == 88
    assert [check.id for check in method if check.evidence == "site"] == ["T4.04", "T5.01", "T5.02", "T5.03"]
    assert sum(check.origin == "article" for check in method) == 72
    assert sum(check.origin == "derived" for check in method) == 16
    sections = [check.section for check in RUBRIC.checks if check.section in PANELS["audits"]]
    assert all(4 <= sections.count(each) <= 6 for each in PANELS["audits"])
    assert {check.origin for check in RUBRIC.checks if check.section in PANELS["audits"]} == {"own"}
    assert 22 <= sum(check.pack == "essential" for check in RUBRIC.checks) <= 26
    assert len({check.id for check in RUBRIC.checks}) == len(RUBRIC.checks)


def test_every_finding_told_elsewhere_is_one() -> None:
    known = {key.split(".")[1] for key in catalogue("fr") if key.startswith("findings.")}
    known |= {f"check-{check.id}" for check in RUBRIC.checks}
    assert {each for others in TOLD_BY.values() for each in others} <= known
    assert TOLD_BY.keys() <= {check.id for check in RUBRIC.checks}


def test_nothing_answered_and_nothing_measured_is_never_a_pass() -> None:
    nothing = dict.fromkeys(("roi_incremental", "roi_attributed", "roas", "blended_roas"), told.ratio(None))
    known = case(returns=told.returns(channels=(), known_lines=0, **nothing))
    bare = {id: RULES[id](known) for id in RULES if id[0] != "S"}
    assert {outcome.state for outcome in bare.values()} <= {"unknown", "not_applicable"}
    assert {id for id, outcome in bare.items() if outcome.state == "not_applicable"} == {"A3.06"}


@pytest.mark.parametrize(
    ("id", "known"),
    [
        ("E1.02", told.files(told.file("transactions"), answers={"event_tracking": "no"})),
        ("E1.04", case({"answers": {"figures_reconciled": "yes"}}, decisions=told.gap(131.0).scorecard.decisions)),
        ("E3.02", case({"answers": {"checkout_tested": "yes"}}, comparisons=told.funnel(100, 9).scorecard.comparisons)),
        (
            "E4.03",
            told.files(LISTING, answers={"local_listing": "no"}),
        ),
        ("E4.05", told.files(told.file("x", platform="google_search_console"), answers={"search_console": "no"})),
        (
            "O1.03",
            case({**IDLE, "answers": {"paid_owned": "yes"}}),
        ),
        ("A0.04", told.posts({"content_calendar": "yes"}, kept=0.1)),
        ("A2.01", told.inbox(answers={"inbox_tracking": "no"}, weeks=1.0)),
        ("A2.04", told.inbox(answers={"responder": "yes"}, staffing=0.2)),
        ("A2.06", told.inbox(answers={"peak_plan": "yes"}, campaign=0.1, outside=0.9)),
        ("A3.01", told.posts({"content_questions": "yes"}, on_question=0.1)),
        ("A3.02", told.posts({"content_mix": "yes"}, off_offer=0.9)),
        ("A3.03", told.posts({"keywords": "no"}, with_keyword=0.9)),
    ],
)
def test_data_win_over_an_answer_and_that_is_said(id: str, known: Case) -> None:
    outcome = RULES[id](known)
    assert outcome.origin == "data"
    assert outcome.conflict is not None


# ---------------------------------------------------------------- the five points of a KPI


def kpi(id: str, known: Case, **judged: Any) -> tuple[float | str, str]:
    (objective, progress), *_ = known.objectives
    return ending(kpi_checks.RULES[id](known, objective, progress, told.assessment(**judged)))


SECOND = {"goals": [told.GOAL, {**told.GOAL, "id": "grow", "priority": 2}], "objectives": [written(goal="grow")]}
MANY = ("orders", "revenue", "sessions", "leads", "transactions", "likes", "clicks", "shares")


@pytest.mark.parametrize(
    ("id", "known", "expected", "reason"),
    [
        ("K1", kpis("orders"), 1.0, "moved"),
        ("K1", kpis("orders", lever=None), 0.5, "no_lever"),
        ("K1", kpis("likes"), 0.0, "apart"),
        ("K2", kpis("orders", goal="sell"), 1.0, "first"),
        (
            "K2",
            case(SECOND, progress=kpis("orders").scorecard.progress),
            0.5,
            "later",
        ),
        ("K2", kpis("orders"), 0.0, "no_goal"),
        ("K2", kpis(*MANY, goal="sell"), 0.0, "many"),
        ("K3", kpis("orders"), 1.0, "whole"),
        ("K3", kpis("orders", owner=None), 0.5, "no_owner"),
        ("K5", kpis("conversion_rate", card={"quality": (quality(score=0.9),)}), 1.0, "quality"),
        ("K5", kpis("conversion_rate", card={"quality": (quality(score=0.7),)}), 0.5, "quality"),
        ("K5", kpis("conversion_rate", card={"quality": (quality(score=0.69),)}), 0.0, "quality"),
        ("K5", kpis("conversion_rate"), "unknown", "no_data"),
    ],
)
def test_a_point_of_a_kpi_scores_its_case(id: str, known: Case, expected: float | str, reason: str) -> None:
    assert kpi(id, known) == (expected, reason)


def test_a_kpi_that_no_file_tells_is_neither_shared_nor_exact() -> None:
    silent = told.progress(objective="orders", kpi="orders", current=told.measured(None, sources=()))
    known = kpis("orders", card={"progress": (silent,)})
    assert kpi("K3", known) == (0.5, "no_series")
    assert kpi("K5", known) == (0.0, "no_source")
    assert kpi("K3", kpis("orders", owner=None, card={"progress": (silent,)})) == (0.0, "neither")


@pytest.mark.parametrize(("realism", "score"), [(each, score) for each, (score, _) in told.REALISM.items()])
def test_realism_is_the_same_for_a_kpi_and_its_objective(realism: Realism, score: float) -> None:
    assert kpi("K4", kpis("orders"), realism=realism)[0] == score


def test_a_realism_that_cannot_be_told_is_unknown() -> None:
    assert kpi("K4", kpis("orders"), realism=Realism.NOT_ASSESSABLE)[0] == "unknown"
