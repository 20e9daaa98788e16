"""Each check passes, half passes, fails, is unknown or does not apply on its own case, and says why."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from sitegen.diagnose.checks import RULES, Case, Outcome, kpis
from sitegen.formats import Words
from sitegen.locales import catalogue
from sitegen.model.authored import ANSWERS
from sitegen.model.computed import CostLine
from sitegen.model.rubric import Check

from . import cases_audits, cases_goals, cases_signs, cases_social, cases_tips
from .cases import HIRED, TODAY, client, costs, replaced, served
from .cases_social import explained
from .known import (
    ACTIVE,
    NO_EFFECT,
    NOT_ASKED,
    PRESS,
    RUBRIC,
    Known,
    carded,
    case,
    communication,
    counted,
    decided,
    earned,
    export,
    files,
    inbox,
    nothing,
    posts,
    replacing,
    said,
    service,
    share,
    since,
    site,
    with_levers,
)
from .test_words import messages

CASES: Known = [*cases_signs.CASES, *cases_tips.CASES, *cases_goals.CASES, *cases_social.CASES, *cases_audits.CASES]
WORDS = ("question", "criteria", "advice")
GUARANTEES = {"T4.04", "T5.01", "T5.02", "T5.03"}  # tests of our own pages
BY_SETTINGS = {"T0.01", "A1.02"}  # client.yaml tells them where it tells objectives
YES_OR_NO = {"E2.03"}  # what cannot be there by half
WEIGHTS = {
    "S1": [3, 3, 2, 2, 3, 3, 1, 2],
    "S2": [3, 3, 2, 2, 3, 2, 1, 3, 3],
    "S3": [3, 3, 2, 2, 1],
    "T0": [2],
    "T1": [3, 2, 2],
    "T2": [3, 1, 2, 2, 2],
    "T3": [2, 1, 1],
    "T4": [2, 3, 3, 2],
    "T5": [2, 1, 1],
    "O1": [3, 2, 2],
    "O2": [2, 2, 2, 2],
    "O3": [2, 1],
    "O4": [3, 3, 2, 1, 1],
    "K": [2, 2, 1, 2, 3],
    "A0": [2, 1, 1, 1, 2, 1, 1],
    "A1": [3, 2, 3, 2, 2, 2],
    "A2": [3, 3, 2, 3, 2, 2, 2, 1, 1],
    "A3": [3, 2, 2, 2, 1, 1],
    "E1": [2, 3, 2, 2, 2],
    "E2": [3, 2, 2, 2],
    "E3": [3, 3, 2, 2, 2],
    "E4": [3, 2, 2, 2, 2],
}


def found(id: str, known: Case) -> Outcome:
    return RULES[id](known)


@pytest.mark.parametrize(
    ("id", "known", "expected", "reason"), CASES, ids=[f"{c[0]}-{c[3]}-{i}" for i, c in enumerate(CASES)]
)
def test_a_check_scores_its_case(id: str, known: Case, expected: float | str, reason: str) -> None:
    outcome = found(id, known)
    assert (outcome.state if outcome.score is None else outcome.score, outcome.reason.key.rpartition(".")[2]) == (
        expected,
        reason,
    )
    assert (outcome.score is None) == (outcome.state != "scored")
    for language in ("fr", "en"):
        text = Words(language, "MA").say(outcome.reason)
        assert text
        assert not set("{}") & set(text)


def test_a_line_that_is_known_in_part_is_missing_in_part() -> None:
    lines = (*costs()[:5], CostLine("training", 9.0, "partial"))
    outcome = found("S1.08", earned(costs=lines, known_lines=5))
    assert outcome.score == 0.5
    assert "(en partie)" in Words("fr", "MA").say(outcome.reason)


def one_by_one() -> list[Check]:
    """The checks that a function decides for a client: not our own pages, not each KPI, not a repetition."""
    return [check for check in RUBRIC.checks if check.evidence != "site" and check.section != "K" and not check.same_as]


def test_every_check_has_a_rule_words_and_cases() -> None:
    ids = [check.id for check in one_by_one()]
    assert ids == list(RULES) == list(dict.fromkeys(id for id, *_ in CASES))
    known = catalogue("fr").keys()
    told = [check.id for check in RUBRIC.checks if check.evidence != "site"]
    assert [id for id in told for word in WORDS if f"checks.{id}.{word}" not in known] == []


def test_a_check_has_evidence_and_something_that_decides_it() -> None:
    """Data, an answer or both: a function reads it; an answer is a question; a repetition repeats what there is."""
    ids = {check.id for check in RUBRIC.checks}
    for check in RUBRIC.checks:
        decided = check.id in RULES or check.id in kpis.RULES or check.id in GUARANTEES or bool(check.same_as)
        assert decided, check.id
        assert set(check.same_as) <= ids
        assert check.question is None or check.question in ANSWERS
        told = check.question or check.section == "K" or check.same_as or check.id in BY_SETTINGS
        assert check.evidence not in ("answer", "both") or told, check.id
    assert {*RULES, *kpis.RULES} <= ids


def test_every_check_passes_fails_and_can_be_unknown() -> None:
    """And each is a half and does not apply where it can be."""
    seen = {id: {str(expected) for other, _, expected, _ in CASES if other == id} for id in RULES}
    assert {id for id, found in seen.items() if not {"1.0", "0.0", "unknown"} <= found} == set()
    assert {id for id, found in seen.items() if "0.5" not in found} == YES_OR_NO
    exempt = {id for id, found in seen.items() if "not_applicable" in found}
    answered = {check.id for check in one_by_one() if check.question is not None and check.section[0] != "S"}
    assert answered - exempt == set()


def test_no_outcome_is_idle() -> None:
    told: set[str] = set()
    for id, known, _, _ in CASES:
        told |= {message.key for message in messages(found(id, known).reason)}
    own = {key for key in catalogue("fr") if re.match(r"checks\.[A-Z]\d", key) and not key.startswith("checks.K")}
    told |= {f"checks.{check.id}.{word}" for check in RUBRIC.checks for word in WORDS}
    assert own - told - {"checks.S1.08.partly"} == set()
    general = {key for key in catalogue("fr") if re.match(r"checks\.(said|comparator|role|audit)\.", key)}
    assert general - told - {"checks.role.leads", "checks.role.reputation"} == set()


def test_sections_and_weights_are_those_of_the_method() -> None:
    weights = {id: [check.weight for check in RUBRIC.checks if check.section == id] for id in WEIGHTS}
    assert weights == WEIGHTS
    assert len([check for check in RUBRIC.checks if check.origin != "own"]) == 88
    assert [check.id for check in RUBRIC.checks if check.evidence == "site"] == ["T4.04", "T5.01", "T5.02", "T5.03"]
    essential = [check.id for check in RUBRIC.checks if check.pack == "essential"]
    assert len(essential) == 25
    assert {*essential} >= {check.id for check in RUBRIC.checks if check.section in ("S1", "S2", "S3")}


@pytest.mark.parametrize("question", ANSWERS)
def test_what_does_not_apply_is_left_out_with_its_reason(question: str) -> None:
    bare = nothing(client(objectives=[], answers={question: {"not_applicable": "Trop petit"}}))
    (check, *_) = [check for check in one_by_one() if check.question == question]
    outcome = RULES[check.id](bare)
    assert (outcome.state, outcome.score) == ("not_applicable", None)
    assert "Trop petit" in Words("fr", "MA").say(outcome.reason)


@pytest.mark.parametrize(
    ("id", "known", "answer"),
    [
        ("S1.01", files(site(), answers={"analytics": "no"}), "non"),
        ("S1.01", files(site(TODAY - timedelta(20)), answers={"analytics": "yes"}), "oui"),
        ("S1.05", case(answers={"kpi_definitions": "no"}), "non"),
        ("S1.08", earned({"cost_tracking": "yes"}, costs=costs("tools"), known_lines=5), "oui"),
        ("S2.01", earned({"digital_sales": "no"}), "non"),
        ("S2.04", replacing("no", **PRESS), "non"),
        ("S2.04", replacing("yes", **NO_EFFECT), "oui"),
        ("S2.06", counted("messages_received", 40.0, answers={"service_contacts": "no"}), "non"),
        ("S2.06", service({"service_contacts": "no"}), "non"),
        ("S3.01", counted("leads", 0.0, answers={"crm": "yes"}), "oui"),
        ("A0.04", posts({"content_calendar": "yes"}, kept=share(0.6, numerator=6.0, denominator=10.0)), "oui"),
        ("A2.01", inbox({"inbox_tracking": "no"}), "non"),
        ("A2.04", inbox({"responder": "yes"}, staffing=share(0.8)), "oui"),
        ("A2.06", inbox({"peak_plan": "yes"}, campaign=share(0.5), outside=share(0.9)), "oui"),
        ("A3.01", posts({"content_questions": "no"}, on_question=share(0.3)), "non"),
        ("A3.02", posts({"content_mix": "yes"}, off_offer=share(0.5)), "oui"),
        ("A3.03", posts({"keywords": {"not_applicable": "Trop petit"}}, with_keyword=share(0.5)), "ne s’applique pas"),
        ("E1.02", carded({"event_tracking": "no"}, sources=(export("a.csv", "sessions", "leads"),)), "non"),
        ("E1.04", decided(100.0, 150.0, {"figures_reconciled": "yes"}), "oui"),
    ],
)
def test_data_win_over_an_answer_and_that_is_said(id: str, known: Case, answer: str) -> None:
    outcome = found(id, known)
    assert outcome.origin == "data"
    assert outcome.conflict is not None
    assert Words("fr", "MA").say(outcome.conflict) == (
        f"La réponse reçue est «\u00a0{answer}\u00a0», les données montrent autre chose\u00a0: "
        "ce sont les données qui comptent."
    )


def test_an_answer_that_data_confirm_is_no_conflict() -> None:
    assert found("S1.01", files(site(), answers={"analytics": "yes"})).conflict is None
    assert found("S1.01", files(site())).conflict is None


def test_nothing_answered_and_nothing_measured_is_never_a_pass() -> None:
    bare = nothing(client(objectives=[], answers={}))
    expected = dict.fromkeys(RULES, "unknown") | {"A3.06": "not_applicable"}  # no list of posts (METHODS §7)
    assert {id: RULES[id](bare).state for id in RULES} == expected


@pytest.mark.parametrize(
    ("id", "known", "french", "english"),
    [
        (
            "S1.01",
            files(site()),
            "Les chiffres du site vont jusqu’au 31 mars 2026.",
            "The figures of the site go up to 31 March 2026.",
        ),
        (
            "S1.02",
            files(site(channels=("website",)), **ACTIVE),
            "Canaux mesurés\u00a0: 1 sur 3. Il manque\u00a0: Instagram et Facebook.",
            "Channels measured: 1 of 3. Missing: Instagram and Facebook.",
        ),
        (
            "S2.09",
            earned(known_lines=5),
            (
                "Sur les seuls coûts connus, le retour sur la marge additionnelle est de +21\u00a0% "
                "(d’avril 2025 à mars 2026)."
            ),
            "On the known costs alone, the return on the additional margin is +21% (April 2025 to March 2026).",
        ),
        (
            "S2.05",
            communication(),
            (
                "À effet égal, la communication coûte 150\u202f000\u00a0DH de moins qu’avec l’ancien média\u00a0: "
                "La presse (d’avril 2025 à mars 2026)."
            ),
            (
                "At equal effect, communication costs 150,000\u00a0DH less than with the former medium: "
                "La presse (April 2025 to March 2026)."
            ),
        ),
        (
            "S2.09",
            with_levers(0.5, communication=replaced(), service=served(**HIRED)),
            (
                "Tous coûts compris, le retour sur la marge additionnelle, le coût de communication évité "
                "et les économies du service client est de +50\u00a0% (d’avril 2025 à mars 2026)."
            ),
            (
                "All costs included, the return on the additional margin, the communication cost avoided "
                "and the savings of customer service is +50% (April 2025 to March 2026)."
            ),
        ),
        (
            "S2.04",
            said(press_reference=NOT_ASKED),
            "Ne s’applique pas\u00a0: Jamais de presse",
            "Does not apply: Jamais de presse",
        ),
        (
            "S3.01",
            since("crm", "2024-12-31"),
            (
                "En place depuis le 31 décembre 2024, avant le début de la stratégie (1er janvier 2025)\u00a0: "
                "ce n’est pas un changement qu’elle a apporté."
            ),
            (
                "In place since 31 December 2024, before the strategy began (1 January 2025): "
                "it is no change that the strategy brought."
            ),
        ),
    ],
)
def test_what_a_check_says(id: str, known: Case, french: str, english: str) -> None:
    reason = found(id, known).reason
    assert Words("fr", "MA").say(reason) == french
    assert Words("en", "MA").say(reason) == english


def test_the_evidence_of_an_answer_is_shown() -> None:
    outcome = found("S3.02", said(digital_lead={"answer": "yes", "evidence": "Contrat de mars", "note": "à revoir"}))
    assert outcome.evidence is not None
    assert outcome.evidence.in_language("fr") == "Contrat de mars"
    assert "à revoir" not in repr(outcome)


def test_what_shows_a_lever_is_told_with_it() -> None:
    for id, known, words in (
        ("S2.04", replacing("partly", **PRESS), "Factures"),
        ("S2.05", communication(), "Factures de 2024"),
        ("S2.08", service(**HIRED), "Budget 2026, ligne 14"),
    ):
        outcome = found(id, known)
        assert outcome.evidence is not None
        assert outcome.evidence.in_language("fr") == words
        assert outcome.sources or id == "S2.04"


def test_every_question_serves_a_check() -> None:
    """A `no` and a `yes` to each question tell two stories."""

    def stories(answer: str, question: str) -> list[Outcome]:
        late = nothing(client(objectives=[], answers={question: answer}))
        return [rule(replace(late, assessments=explained("unknown").assessments)) for rule in RULES.values()]

    assert [question for question in ANSWERS if stories("yes", question) == stories("no", question)] == []
