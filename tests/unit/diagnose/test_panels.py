"""What checks come to: repetitions, coverage, packs, settings of an agency, panels, maturity and what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sitegen.diagnose import edition
from sitegen.diagnose.checks import Case
from sitegen.diagnose.maturity import axis, overall
from sitegen.diagnose.panels import TOLD_BY, audit
from sitegen.diagnose.scoring import results, section
from sitegen.formats import Words
from sitegen.locales import catalogue
from sitegen.messages import say
from sitegen.model import codec
from sitegen.model.authored import ANSWERS
from sitegen.model.authored import Rubric as Settings
from sitegen.model.computed import Audit, CheckResult, Edition
from sitegen.model.rubric import PANELS, Rubric, applied, merged

from .cases import basket, client, dossier, progress, scorecard
from .known import RUBRIC, case, nothing, posts, said, share, tracked

OWN = {"id": "stock_feed", "question": "Le stock est-il à jour ?", "advice": "Relier le stock", "weight": 3.0}


def settings(**told: Any) -> Settings:
    return Settings.model_validate(told)


def complete(**told: Any) -> Rubric:
    return applied(RUBRIC, settings(pack="complete", **told))


def seen(rubric: Rubric, known: Case) -> Audit:
    return audit(rubric, known, ())


def by_id(found: Audit) -> dict[str, CheckResult]:
    return {check.id: check for panel in found.panels for part in panel.parts for check in part.section.checks}


def scored(*scores: float | None, weight: float = 1.0, prefix: str = "A2") -> list[CheckResult]:
    reason = say("checks.said.unknown")
    return [
        CheckResult(f"{prefix}.{at:02}", weight, "", score, "unknown" if score is None else "scored", "data", reason)
        for at, score in enumerate(scores)
    ]


# ---------------------------------------------------------------- repetitions


def test_what_is_asked_twice_is_decided_once() -> None:
    asked = [check for check in RUBRIC.checks if check.id in ("S1.01", "S1.05", "A0.05", "A1.04")]
    found = results(RUBRIC, asked, case(objectives=[], answers={"analytics": "yes", "kpi_definitions": "no"}))
    assert (found["A1.04"].score, found["A1.04"].reason) == (found["S1.05"].score, found["S1.05"].reason)
    assert (found["S1.01"].score, found["S1.05"].score, found["A0.05"].score) == (0.5, 0.0, 0.0)
    assert found["A0.05"].reason == found["S1.05"].reason
    assert found["A0.05"].same_as == ("S1.01", "S1.05")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"analytics": "yes"}, None),  # what is unknown may be lower
        ({"analytics": "no"}, 0.0),
        ({"analytics": "yes", "kpi_definitions": {"not_applicable": "Trop petit"}}, 0.5),
    ],
)
def test_the_lowest_is_known_only_when_nothing_lower_can_come(answers: dict[str, Any], expected: float | None) -> None:
    asked = [check for check in RUBRIC.checks if check.id in ("S1.01", "S1.05", "A0.05")]
    assert results(RUBRIC, asked, case(objectives=[], answers=answers))["A0.05"].score == expected


def test_a_question_is_asked_once_and_a_repetition_asks_none() -> None:
    questions = [check.question for check in RUBRIC.checks if check.question]
    assert sorted(questions) == sorted(ANSWERS)
    assert all(check.question is None for check in RUBRIC.checks if check.same_as)
    open_ones = seen(complete(), said()).questions
    assert len(open_ones) == len(set(open_ones))
    assert not {"A0.05", "A1.04"} & {*open_ones}
    assert "A2.04" not in seen(complete(), said(responder="no")).questions


def test_the_realism_of_the_least_objective_is_told_once() -> None:
    """A1.03 is the lowest of K4."""
    found = seen(complete(), tracked(progress(need=2.0, best_past=0.1, need_rank=0.0), basket()))
    least = min(
        check.score
        for row in found.kpis
        for check in row.section.checks
        if check.id == "K4" and check.score is not None
    )
    assert by_id(found)["A1.03"].score == least
    told = edition(dossier(), scorecard(), (), RUBRIC)
    assert not {"check-K4", "check-A1.03"} <= {each.id for each in told.findings}


# ---------------------------------------------------------------- coverage


@pytest.mark.parametrize(
    ("scores", "verdict"),
    [
        ((1.0, 1.0, 1.0, 0.0), "good"),
        ((1.0, 1.0, 0.0, 0.0), "watch"),
        ((1.0, 0.0, 0.0, 0.0), "weak"),
        ((1.0, 1.0, 1.0, None, None), "good"),
        ((1.0, 1.0, None, None), "unverifiable"),
        ((None, None), "unverifiable"),
        ((), "unverifiable"),
    ],
)
def test_below_six_tenths_of_the_weight_nothing_can_be_verified(scores: tuple[float | None, ...], verdict: str) -> None:
    assert section(scored(*scores)).verdict == verdict


def test_what_does_not_apply_weighs_nothing_and_what_is_unknown_does() -> None:
    known, unknown = scored(1.0, weight=2.0), scored(None, weight=1.0)
    exempt = [CheckResult("A2.09", 9.0, "", None, "not_applicable", "answer", say("checks.said.unknown"))]
    told = section([*known, *unknown, *exempt])
    assert (told.score, told.coverage) == (1.0, pytest.approx(2 / 3))


# ---------------------------------------------------------------- packs and settings


def test_the_essential_pack_asks_less_and_rates_no_maturity() -> None:
    few, all_ = seen(applied(RUBRIC, settings()), said()), seen(complete(), said())
    assert set(by_id(few)) == {"T1.01", "O4.01", "A1.03"}
    assert (few.kpis, few.maturity) == ((), None)
    asked = {check.id for check in RUBRIC.checks if check.evidence != "site" and check.section[0] not in "SK"}
    assert set(by_id(all_)) == asked
    assert [panel.id for panel in all_.panels] == [id for id in PANELS if id != "kpis"]
    assert all_.maturity is not None


def test_a_check_that_is_off_is_told_as_the_agency_s_choice() -> None:
    rubric = complete(off={"A3.04": {"fr": "Hors de la mission", "en": "Not part of the assignment"}})
    check = by_id(seen(rubric, said(visual_charter="no")))["A3.04"]
    assert (check.state, check.score, check.set_by_agency) == ("not_applicable", None, True)
    assert "Hors de la mission" in Words("fr", "MA").say(check.reason)
    assert "Not part of the assignment" in Words("en", "MA").say(check.reason)
    assert "A3.04" not in seen(rubric, said()).questions


def test_a_weight_of_the_agency_counts_and_is_told() -> None:
    checks = by_id(seen(complete(weights={"A3.04": 5, "A3.05": 1}), said()))
    assert (checks["A3.04"].weight, checks["A3.04"].set_by_agency) == (5.0, True)
    assert (checks["A3.05"].weight, checks["A3.05"].set_by_agency) == (1.0, False)  # it is the method's own


def test_own_checks_stand_apart_and_advise_in_their_own_words() -> None:
    rubric = complete(own=[OWN])
    for answer, score in (("yes", 1.0), ("partly", 0.5), ("no", 0.0), ("unknown", None)):
        (own,) = seen(rubric, case(answers={"own": {"stock_feed": answer}})).own
        assert (own.result.score, own.result.state) == (score, "unknown" if score is None else "scored")
    whole = dossier(client(answers={"own": {"stock_feed": "no"}}, rubric={"own": [OWN]}))
    told = edition(whole, scorecard(), (), RUBRIC)
    assert "own-stock_feed" not in {each.id for each in told.findings}  # nobody merged the settings
    told = edition(replace(whole, rubric=merged(settings(), whole.client.rubric)), scorecard(), (), RUBRIC)
    (found,) = [each for each in told.findings if each.id == "own-stock_feed"]
    assert found.weight == 3.0
    assert Words("fr", "MA").say(found.recommendation) == "Relier le stock"
    assert "stock_feed" not in by_id(told.audit)


def test_what_a_client_says_wins_over_the_agency() -> None:
    agency = settings(pack="complete", off={"S2.07": "Non"}, weights={"S1.08": 3})
    found = merged(agency, settings(weights={"S1.08": 1}, own=[OWN]))
    assert (found.pack, [*found.off], found.weights["S1.08"], len(found.own)) == ("complete", ["S2.07"], 1, 1)


# ---------------------------------------------------------------- maturity (METHODS §6)


@pytest.mark.parametrize(
    ("score", "level"), [(0.24, 0), (0.25, 1), (0.49, 1), (0.50, 2), (0.74, 2), (0.75, 3), (1.0, 3), (0.0, 0)]
)
def test_an_axis_steps_at_quarters(score: float, level: int) -> None:
    assert axis("content", scored(score)).level == level


def test_an_axis_of_which_too_little_is_known_is_not_rated() -> None:
    assert axis("content", scored(1.0, None)).level is None
    assert axis("content", scored(1.0, 1.0, 1.0, None, None)).level == 3


@pytest.mark.parametrize(
    ("levels", "level"),
    [
        ((3, 3, 3, 3, 3, 3), 3),
        ((3, 3, 3, 3, 3, 0), 1),  # at most one above the lowest
        ((3, 3, 3, 3, 3, 1), 2),
        ((2, 2, 2, 3), 2),  # the floor of 2.25
        ((3, 3, 2, 2), 2),
        ((0, 0, 0, 0), 0),
        ((3, 3, 3), None),  # fewer than four
    ],
)
def test_the_level_of_all(levels: tuple[int, ...], level: int | None) -> None:
    assert overall(levels) == level


# ---------------------------------------------------------------- what to do


def test_what_a_panel_lacks_becomes_an_action_unless_it_is_told_already() -> None:
    whole = dossier(client(answers={"visual_charter": "no", "audit_social": "no"}))
    told = edition(_complete(whole), scorecard(), (), RUBRIC)
    found = {each.id: each for each in told.findings}
    assert found["check-A3.04"].weight == 2.0
    assert found["check-A3.04"].article == "visual-charter"
    assert not [id for id in found if id.startswith(("check-A0.05", "check-A1.04"))]
    assert len(found) == len(told.findings)


def test_every_finding_told_elsewhere_is_one() -> None:
    known = {key.split(".")[1] for key in catalogue("fr") if key.startswith("findings.")}
    known |= {f"check-{check.id}" for check in RUBRIC.checks}
    assert {each for others in TOLD_BY.values() for each in others} <= known
    assert TOLD_BY.keys() <= {check.id for check in RUBRIC.checks}


def test_posts_and_conversations_reach_the_pages() -> None:
    known = by_id(seen(complete(), posts(off_offer=share(0.7))))["A3.02"]
    assert (known.score, known.origin, known.sources) == (0.0, "data", ("evidence/inbox.csv",))


def test_an_audit_comes_back_equal_from_json() -> None:
    told = edition(_complete(dossier(client(rubric={"own": [OWN]}))), scorecard(), (), RUBRIC)
    assert told.audit.panels
    assert codec.decode(codec.encode(told), Edition) == told


def test_nothing_known_is_unverifiable_everywhere() -> None:
    found = seen(complete(), nothing(client(objectives=[], answers={})))
    assert {part.section.verdict for panel in found.panels for part in panel.parts} == {"unverifiable"}
    assert found.maturity is not None
    assert (found.maturity.level, found.maturity.rated) == (None, 0)
    assert {check.score for check in by_id(found).values()} == {None}


def _complete(whole: Any) -> Any:
    return replace(whole, rubric=merged(settings(pack="complete"), whole.client.rubric))
