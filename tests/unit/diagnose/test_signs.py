"""The three signs: their score, their coverage, when one is present, how it was on arrival, and what to do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sitegen.diagnose import edition, findings
from sitegen.diagnose.checks import Case
from sitegen.diagnose.checks.tips import BY_ROLE
from sitegen.diagnose.draft import WITHIN_A_DAY
from sitegen.diagnose.maturity import AXES
from sitegen.diagnose.signs import section, signs
from sitegen.diagnose.verdict import assets
from sitegen.formats import Words
from sitegen.locales import catalogue
from sitegen.messages import say
from sitegen.model import codec
from sitegen.model.authored import AsFound
from sitegen.model.computed import CheckResult, Edition, Section, Sign, State
from sitegen.model.rubric import PANELS, SIGNS, Check

from .cases import (
    HIRED,
    client,
    costs,
    dossier,
    draft,
    money,
    ratio,
    replaced,
    returns,
    scenarios,
    scorecard,
    served,
)
from .known import NO_MONEY, RUBRIC, event, files, since, site

FAILING = {"crm": "no", "digital_lead": "no", "training": "no", "process_change": "no"}
LOSS = {"roi_incremental": ratio(-0.5), "roi_attributed": ratio(-0.1)}


def result(score: float | None, weight: float = 1.0, state: Any = "unknown") -> CheckResult:
    told = "scored" if score is not None else state
    return CheckResult("S1.01", weight, "crm", score, told, "answer", say("checks.S1.01.unknown"))


def scored(*known: tuple[float | None, float]) -> Section:
    return section([result(score, weight) for score, weight in known])


def by_id(case: Case, as_found: AsFound | None = None) -> dict[str, Sign]:
    return {sign.id: sign for sign in signs(RUBRIC, case, as_found)}


def state(id: str, card: Any = None, **authored: Any) -> str:
    return by_id(Case(client(**authored), card or scorecard()))[id].state


def test_the_vector_of_the_method() -> None:
    """METHODS §7: 12 points of 17, 17 of 19 known; to watch, and the sign is absent."""
    found = scored((1, 3), (0.5, 3), (1, 2), (0, 2), (1, 3), (0.5, 3), (1, 1), (None, 2))
    assert found.score == pytest.approx(0.706, abs=0.0005)
    assert found.coverage == pytest.approx(0.895, abs=0.0005)
    assert Words("fr").say(say(f"checks.verdict.{found.verdict}")) == "à surveiller"


@pytest.mark.parametrize(
    ("score", "verdict"), [(1.0, "good"), (0.75, "good"), (0.749, "watch"), (0.5, "watch"), (0.499, "weak")]
)
def test_verdicts(score: float, verdict: str) -> None:
    assert scored((1, score), (0, 1 - score)).verdict == verdict


def test_too_little_known_is_never_green() -> None:
    assert scored((1, 6), (None, 4)).verdict == "good"
    assert scored((1, 5.9), (None, 4.1)).verdict == "unverifiable"
    assert scored((None, 3)) == replace(scored((None, 3)), score=None, coverage=0.0, verdict="unverifiable")


def test_what_does_not_apply_counts_in_nothing() -> None:
    whole = section([result(1.0), result(None, 9.0, "not_applicable")])
    assert (whole.score, whole.coverage) == (1.0, 1.0)
    assert section([result(None, 1.0, "not_applicable")]).coverage == 0.0


# ---------------------------------------------------------------- present, absent, unknown


def test_nothing_is_measured_when_there_is_no_tool() -> None:
    bare = scorecard(sources=(), comparisons=())
    assert state("S1", bare, answers={"analytics": "no"}) == "present"
    assert state("S1", bare, answers={}, objectives=[]) == "unknown"


def test_a_strategy_with_a_tool_and_half_the_points_is_measured() -> None:
    told = {"answers": {"decision_log": "yes"}, "active_channels": ["website"], "events": [event("2025-11-24")]}
    assert state("S1", scorecard(sources=(site(channels=("website",)),)), **told) == "absent"
    weak = scorecard(sources=(), comparisons=(), returns=returns(known_lines=0, channels=()))
    poor = {"answers": {"analytics": "yes", "decision_log": "no", "cost_tracking": "no", "kpi_definitions": "no"}}
    assert state("S1", weak, objectives=[], active_channels=["website"], **poor) == "present"


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        ({}, "absent"),
        ({"roi_incremental": ratio(-0.5)}, "absent"),  # the high scenario earns money
        (LOSS, "present"),
        ({**LOSS, "roi_attributed": ratio(0.0)}, "present"),
        ({"roi_incremental": ratio(-0.5), "scenarios": scenarios(-0.6, -0.5, 0.0)}, "present"),
        ({"roi_incremental": ratio(-0.5), "scenarios": scenarios(-0.6, -0.5, 0.01)}, "absent"),
        ({**LOSS, "roi": ratio(-0.1), "benefit": money(9.0)}, "present"),
        ({**LOSS, "roi": ratio(0.1), "benefit": money(9.0)}, "absent"),
        ({**LOSS, "roi": ratio(-0.1), "benefit": money(9.0, state=State.PARTIAL)}, "unknown"),
        ({**LOSS, "communication": replaced()}, "absent"),
        ({**LOSS, "communication": replaced(-5.0)}, "present"),
        ({**LOSS, "service": served(**HIRED)}, "absent"),
        ({**LOSS, "service": served(now=20.0)}, "present"),
        ({"roi_incremental": ratio(-0.5), "roi_attributed": ratio(None)}, "unknown"),
        ({"roi_incremental": ratio(None), "roi_attributed": ratio(None)}, "unknown"),
    ],
)
def test_no_effect_is_said_only_when_even_the_high_scenario_loses(returned: dict[str, Any], expected: str) -> None:
    assert state("S2", scorecard(returns=returns(**returned))) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (FAILING, "present"),
        ({**FAILING, "crm": "unknown"}, "unknown"),
        ({**FAILING, "crm": "partly"}, "absent"),
        ({"training": "yes"}, "absent"),
        ({}, "unknown"),
    ],
)
def test_no_change_needs_four_times_no(answers: dict[str, str], expected: str) -> None:
    assert state("S3", answers=answers) == expected


def test_a_crm_from_before_the_strategy_is_half_a_change() -> None:
    (check, *_) = by_id(since("crm", "2024-12-31"))["S3"].section.checks
    assert (check.id, check.score, check.origin) == ("S3.01", 0.5, "answer")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sign_can_be_told_in_every_state(language: str) -> None:
    words = Words(language)
    for id in ("S1", "S2", "S3"):
        for told in ("present", "absent", "unknown"):
            assert words.say(say(f"checks.sign.{id}.{told}"))
    assert Words("fr").say(by_id(since("crm", None))["S3"].sentence) == (
        "L’organisation a commencé à changer avec la stratégie."
    )


# ---------------------------------------------------------------- on arrival


def test_what_was_found_stands_beside_today() -> None:
    told = AsFound.model_validate(
        {
            "date": "2026-01-05",
            "signs": {"S3": "present"},
            "checks": {"S3.01": 0, "S3.02": 0.5, "S3.05": "not_applicable"},
        }
    )
    arrival = by_id(since("crm", "2025-06-01"), told)["S3"].arrival
    assert arrival is not None
    assert (arrival.on, arrival.state, arrival.score, arrival.coverage) == (date(2026, 1, 5), "present", 0.25, 0.6)
    first = by_id(since("crm", "2025-06-01"), told)["S1"].arrival
    assert first is not None
    assert (first.state, first.score, first.coverage) == ("unknown", None, 0.0)


def test_without_a_record_nothing_is_said_of_the_arrival() -> None:
    assert by_id(since("crm", None))["S1"].arrival is None


# ---------------------------------------------------------------- assets and actions


def test_assets_come_in_full_trials_included() -> None:
    answers = {"analytics": "yes", "crm": "yes", "training": "yes", "digital_lead": "yes"}
    tried = [
        event("2025-11-24"),
        event("2026-01-08", "2026-01-31"),
        event("2026-03-31"),
        event("2025-03-01", kind="religious"),
    ]
    told = [Words("fr").say(asset) for asset in assets(draft(client(answers=answers, events=tried)))]
    assert told == [
        "24 mois de données de ventes",
        "un outil de mesure",
        "un CRM",
        "un responsable du digital",
        "une équipe formée",
        "2 actions déjà essayées",
        "un objectif écrit",
    ]


def test_a_saving_is_an_asset_and_is_named_with_its_amount() -> None:
    def owned(**changes: Any) -> list[str]:
        bare = draft(client(answers={}, objectives=[]), sources=(), progress=(), returns=returns(**changes))
        return [Words("fr", "MA").say(asset).replace("\u202f", " ").replace("\u00a0", " ") for asset in assets(bare)]

    assert owned(communication=replaced(), service=served()) == [
        "une économie de 150 000 DH à effet égal sur la communication",
        "l’équivalent de 10 200 DH de temps libéré au service client",
    ]
    assert owned(service=served(**HIRED)) == ["un service client qui coûte 10 200 DH de moins"]
    assert owned(communication=replaced(0.0), service=served(saving=money(-1.0))) == []


def made(**authored: Any) -> Edition:
    return edition(dossier(client(**authored)), scorecard(), (), RUBRIC)


def test_what_lacks_becomes_an_action_and_what_is_unknown_does_not() -> None:
    told = made(answers={"crm": "no", "digital_lead": "partly"})
    weights = {found.id: found.weight for found in told.findings if found.subject == "signs"}
    assert weights == {"check-S3.01": 3.0, "check-S3.02": 1.5}
    first = told.findings[0]
    assert (first.id, first.article) == ("check-S3.01", "crm")
    assert Words("fr").say(first.article_reason) == "Recommandé à cause de ce constat\u00a0: Il n’y a pas de CRM."


def test_a_check_is_silent_where_another_rule_has_the_numbers() -> None:
    card = scorecard(returns=returns(costs=costs("training"), known_lines=5))
    ids = [found.id for found in edition(dossier(), card, (), RUBRIC).findings]
    assert "costs_incomplete" in ids
    assert {"check-S1.08", "check-S2.09"}.isdisjoint(ids)


def test_levers_that_a_rule_tells_are_not_told_by_their_check() -> None:
    told = returns(communication=replaced(-5.0), service=served(now=20.0))
    ids = [found.id for found in edition(dossier(), scorecard(returns=told), (), RUBRIC).findings]
    assert {"communication_dearer", "service_dearer"} <= set(ids)
    assert {"check-S2.05", "check-S2.08"}.isdisjoint(ids)


def test_a_check_is_quick_when_its_advice_is_a_day_of_work_that_weighs() -> None:
    told = made(answers={"crm": "no", "digital_lead": "no", "margin_known": "no", "press_reference": "no"})
    assert {found.id for found in told.findings if found.quick} == {"check-S2.03", "check-S2.04"}
    halves = made(answers={"margin_known": "partly", "press_reference": "partly"})
    assert {found.id: found.quick for found in halves.findings if found.subject == "signs"} == {
        "check-S2.03": False,
        "check-S2.04": False,
    }


def test_what_is_quick_exists() -> None:
    checks = {name for name in WITHIN_A_DAY if name[0].isupper()}
    assert checks < {check.id for check in RUBRIC.checks}
    assert {f"findings.{rule}.criteria" for rule in WITHIN_A_DAY - checks} < catalogue("fr").keys()


def test_findings_of_signs_lead_where_weights_are_equal() -> None:
    card = scorecard(returns=returns(margin=None, **NO_MONEY, media=money(40_000.0)))
    found = edition(dossier(client(answers={"crm": "no"})), card, (), RUBRIC).findings
    assert [each.weight for each in found] == sorted((each.weight for each in found), reverse=True)
    assert next(each.id for each in found if each.weight == 3.0) == "check-S3.01"


def test_without_a_rubric_there_are_no_signs() -> None:
    assert edition(dossier(), scorecard(), ()).signs == ()
    assert findings(draft()) == ()


def test_signs_come_back_equal_from_json() -> None:
    told = AsFound.model_validate({"date": "2026-01-05", "checks": {"S3.01": 0}})
    whole = replace(
        dossier(client(answers={"crm": {"answer": "no", "evidence": {"fr": "Dit", "en": "Said"}}})), as_found=told
    )
    first = edition(whole, scorecard(sources=(site(),)), (), RUBRIC)
    assert first.signs
    assert codec.decode(codec.encode(first), Edition) == first


def test_words_beside_those_of_the_checks_are_all_used() -> None:
    """The others have a test of their own: here are those that pages, signs, sections and findings ask for."""
    states = {"present", "absent", "unknown"}
    words: dict[str, tuple[str, ...] | set[str]] = {
        **{f"sign.{id}": {*states, "title", "name", "effect", "hypothesis"} for id in SIGNS},
        **{f"part.{id}": ("title", "effect", "hypothesis") for sections in PANELS.values() for id in sections},
        **{f"panel.{id}": ("title", "intro") for id in PANELS if id != "kpis"},
        **{f"guarantee.{id}": ("question", "kept", "none", "broken") for id in ("links", "charts", "titles")},
        "guarantee.tables": ("question", "kept"),
        "state": {*states, "watched", "unproven"},
        "origin": ("data", "answer", "none"),
        "verdict": ("good", "watch", "weak", "unverifiable"),
        "score": ("yes", "half", "no", "unknown", "not_applicable"),
        "asset": ("trials", "objectives"),
        "axis": tuple(AXES),
        "level": ("l0", "l1", "l2", "l3", "none"),
        "role": tuple(BY_ROLE),
        "comparator": ("past", "competitors", "norm"),
        "audit": ("done",),
        "said": ("yes", "declared", "undated", "old", "dated", "unknown", "no_data", "unmeasured"),
        "own": ("answer_yes", "answer_partly", "answer_no", "lacking", "criteria", "effect", "advice"),
    }
    used = {f"checks.{group}.{word}" for group, own in words.items() for word in own}
    used |= {f"checks.{word}" for word in ("conflict", "not_applicable", "cause_data", "cause_answer")}
    used |= {"checks.article_reason", "checks.off"}
    assert used == {key for key in catalogue("fr") if re.match(r"checks\.(?![A-Z]\d)", key)}


def test_a_check_without_a_rule_is_a_bug() -> None:
    odd = replace(RUBRIC, checks=(Check("S9.01", "S1", 1.0, "data", "crm", "derived"),))
    with pytest.raises(KeyError):
        signs(odd, files())
