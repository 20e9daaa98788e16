"""Each check passes, half passes, fails, is unknown or does not apply on its own case, and says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitegen import read
from sitegen.diagnose.checks import RULES, Case, Outcome
from sitegen.formats import Words
from sitegen.locales import catalogue
from sitegen.messages import Period, Unit
from sitegen.model.authored import ANSWERS
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Comparison, CostLine, Scorecard, SourceSummary, State, Status
from sitegen.model.rubric import SIGNS, Check

from .cases import (
    HIRED,
    LESS_EFFECT,
    TODAY,
    channel,
    client,
    costs,
    count,
    measured,
    money,
    progress,
    ratio,
    replaced,
    returns,
    sales_gain,
    scenarios,
    scorecard,
    served,
    source,
    written,
)
from .panel_cases import assessment

LATE = assessment(status=Status.OFF_TRACK)
RUBRIC = read.rubric(Path(__file__).parents[3] / "rubric")
UNTOLD = money(None)
NO_MONEY: dict[str, Any] = {"sales": UNTOLD, "attributed_revenue": UNTOLD}
BOTH_YEARS = Period(TODAY - timedelta(700), TODAY)


def case(card: Scorecard | None = None, answers: dict[str, Any] | None = None, **authored: Any) -> Case:
    """A client that answered nothing but `answers`."""
    return Case(client(answers=answers or {}, **authored), card or scorecard(comparisons=(), sources=()))


def said(**answers: Any) -> Case:
    return case(answers=answers)


def site(end: date = TODAY, channels: tuple[str, ...] = ()) -> SourceSummary:
    totals = (("sessions", 9.0, 0),)
    return replace(
        source(), path="metrics/site.csv", period=Period(BOTH_YEARS.start, end), channels=channels, totals=totals
    )


def files(*found: SourceSummary, **authored: Any) -> Case:
    return case(scorecard(comparisons=(), sources=found), **authored)


def earned(answers: dict[str, Any] | None = None, authored: dict[str, Any] | None = None, **changes: Any) -> Case:
    card = scorecard(comparisons=(), sources=(), returns=returns(**changes))
    return case(card, answers, **(authored or {}))


def counted(metric: str, value: float | None, change: float | None = None, **more: Any) -> Case:
    now = measured(value, Unit.COUNT)
    told = Comparison(metric, None, now, now, now, change, None)
    card = scorecard(comparisons=(told,), sources=(), returns=returns(**NO_MONEY))
    return case(card, **more)


def rising(metric: str, value: float, change: float | None) -> Case:
    """Leads that rise, and replies that changed over the same time."""
    leads, now = measured(12.0, Unit.COUNT), measured(value, METRICS[metric].unit)
    told = (
        Comparison("leads", None, leads, leads, leads, 0.2, None),
        Comparison(metric, None, now, now, now, change, None),
    )
    return case(scorecard(comparisons=told, sources=()))


def kpis(*ids: str, **more: Any) -> Case:
    objectives = [written(kpi=id, **more) for id in ids]
    tracked = tuple(progress(objective=id, kpi=id) for id in ids)
    return case(scorecard(progress=tracked), objectives=objectives)


def since(question: str, day: str | None, began: str | None = "2025-01-01") -> Case:
    answer = {"answer": "yes", "date": day} if day else "yes"
    return case(answers={question: answer}, **({"strategy_start": began} if began else {}))


def event(start: str, end: str | None = None, kind: str = "sale") -> dict[str, str]:
    return {"label": "Sale", "start": start, "kind": kind, **({"end": end} if end else {})}


NOT_ASKED = {"not_applicable": "Jamais de presse"}
OPEN_FIELDS = {"roi_incremental": ratio(None)}
MONTHLY_MEDIA = channel(spend=money(9.0, coverage=0.033))
TOTAL_MEDIA = channel(spend=money(9.0, coverage=0.01))
ACTIVE_ALL = ("website", "instagram", "facebook")
ACTIVE = {"active_channels": list(ACTIVE_ALL)}
VAIN = ("orders", "revenue", "sessions", "leads", "transactions", "likes")

FORMER = {"cost": 200_000, "effect": 500_000, "start": "2024-01-01", "end": "2024-12-31", "source": "Factures"}
PRESS = {"medium": "La presse", "effect": "contacts", "before": FORMER}
NO_EFFECT = {**PRESS, "before": {key: value for key, value in FORMER.items() if key != "effect"}}
UNPRICED = replace(served().lines[1], unit_now=money(None))
OVERTIME = {**HIRED, "cancelled": "overtime", "booked": money(40_000.0), "evidence": None}
TESTED = {"sales_gain": sales_gain(method="test"), "scenarios": scenarios()}


def replacing(answer: Any = "yes", **authored: Any) -> Case:
    return case(answers={"press_reference": answer}, gains={"communication": authored})


def communication(saving: float | None = 150_000.0, **changes: Any) -> Case:
    return earned(communication=replaced(saving, **changes))


def service(answers: dict[str, Any] | None = None, **changes: Any) -> Case:
    return earned(answers, service=served(**changes))


def per_case(now: float | None) -> Case:
    return service(per_case_before=ratio(2.0), per_case_now=ratio(now))


def with_levers(roi: float | None, partial: bool = False, **changes: Any) -> Case:
    whole = State.PARTIAL if partial else State.COMPLETE
    return earned(roi=ratio(roi), benefit=money(81_000.0, state=whole), **changes)


# check → what is known, its score (or state), the end of the key of its reason
CASES: list[tuple[str, Case, float | str, str]] = [
    ("S1.01", files(site()), 1.0, "fresh"),
    ("S1.01", files(site(TODAY - timedelta(14))), 1.0, "fresh"),
    ("S1.01", files(site(TODAY - timedelta(15))), 0.5, "stale"),
    ("S1.01", files(site(TODAY - timedelta(15)), answers={"analytics": "no"}), 0.0, "answer_no"),
    ("S1.01", said(analytics="yes"), 0.5, "answer_yes"),
    ("S1.01", said(analytics="partly"), 0.5, "answer_partly"),
    ("S1.01", said(analytics="no"), 0.0, "answer_no"),
    ("S1.01", files(source()), "unknown", "unknown"),
    ("S1.02", files(site(channels=("website", "instagram", "facebook")), **ACTIVE), 1.0, "all"),
    ("S1.02", files(site(channels=("website", "instagram")), **ACTIVE), 0.5, "share"),
    ("S1.02", files(site(channels=("website",)), **ACTIVE), 0.0, "share"),
    ("S1.02", files(site(TODAY - timedelta(3), ACTIVE_ALL), **ACTIVE), 0.0, "share"),
    ("S1.02", files(site(channels=ACTIVE_ALL)), "unknown", "unknown"),
    ("S1.02", files(site(channels=("direct", "email")), active_channels=["website"]), 1.0, "all"),
    ("S1.02", files(site(TODAY - timedelta(3), ("direct",)), active_channels=["website"]), 0.0, "share"),
    ("S1.02", files(source(), active_channels=["website"]), 0.0, "share"),
    ("S1.03", files(site(), events=[event("2025-11-24", "2025-12-01")]), 1.0, "share"),
    ("S1.03", files(site(), events=[event("2025-11-24"), event("2025-06-01"), event("2020-01-01")]), 0.5, "share"),
    ("S1.03", files(site(), events=[event("2020-01-01")]), 0.0, "share"),
    ("S1.03", files(site(), events=[event("2025-11-24", kind="religious"), event("2026-03-31")]), "unknown", "unknown"),
    ("S1.04", said(decision_log={"answer": "yes", "date": "2026-02-28"}), 1.0, "last"),
    ("S1.04", said(decision_log={"answer": "yes", "date": "2026-02-27"}), 0.5, "last"),
    ("S1.04", said(decision_log={"answer": "yes", "date": "2025-12-01"}), 0.0, "last"),
    ("S1.04", said(decision_log={"answer": "partly", "date": "2026-03-30"}), 0.5, "last"),
    ("S1.04", said(decision_log={"answer": "yes", "date": "2026-04-01"}), "unknown", "unknown"),
    ("S1.04", said(decision_log="yes"), 1.0, "answer_yes"),
    ("S1.04", said(decision_log="partly"), 0.5, "answer_partly"),
    ("S1.04", said(decision_log="no"), 0.0, "answer_no"),
    ("S1.04", said(), "unknown", "unknown"),
    ("S1.05", kpis("orders", "revenue"), 1.0, "defined"),
    ("S1.05", kpis(*VAIN, "clicks", "shares"), 0.5, "many"),
    (
        "S1.05",
        case(scorecard(progress=(progress(current=measured(None, sources=())),))),
        0.5,
        "no_source",
    ),
    ("S1.05", case(objectives=[], answers={"kpi_definitions": "yes"}), 0.5, "answer_yes"),
    ("S1.05", case(objectives=[], answers={"kpi_definitions": "partly"}), 0.5, "answer_partly"),
    ("S1.05", case(objectives=[], answers={"kpi_definitions": "no"}), 0.0, "answer_no"),
    ("S1.05", case(objectives=[]), "unknown", "unknown"),
    ("S1.06", kpis("orders", "revenue"), 1.0, "none"),
    ("S1.06", kpis("likes", business_link="Les fans achètent"), 1.0, "none"),
    ("S1.06", kpis(*VAIN), 0.5, "some"),
    ("S1.06", kpis("orders", "likes"), 0.0, "some"),
    ("S1.06", case(objectives=[]), "unknown", "unknown"),
    ("S1.07", earned(), 1.0, "weekly"),
    ("S1.07", earned(channels=(channel(), MONTHLY_MEDIA)), 0.5, "monthly"),
    ("S1.07", earned(channels=(channel(), TOTAL_MEDIA)), 0.0, "rarely"),
    ("S1.07", earned(channels=()), "unknown", "unknown"),
    ("S1.08", earned(), 1.0, "all"),
    ("S1.08", earned(costs=costs("training"), known_lines=5), 0.5, "some"),
    ("S1.08", earned(channels=(channel(included=False),)), 0.5, "some"),
    ("S1.08", earned({"cost_tracking": "yes"}, known_lines=0), 0.5, "answer_yes"),
    ("S1.08", earned({"cost_tracking": "partly"}, known_lines=0), 0.5, "answer_partly"),
    ("S1.08", earned({"cost_tracking": "no"}, known_lines=0), 0.0, "answer_no"),
    ("S1.08", earned(known_lines=0), "unknown", "unknown"),
    ("S2.01", earned(), 1.0, "sales"),
    ("S2.01", earned(sales=UNTOLD), 1.0, "attributed"),
    ("S2.01", counted("leads", 12.0), 0.5, "leads"),
    ("S2.01", earned({"digital_sales": "yes"}, **NO_MONEY), 0.5, "answer_yes"),
    ("S2.01", earned({"digital_sales": "partly"}, **NO_MONEY), 0.5, "answer_partly"),
    ("S2.01", earned({"digital_sales": "no"}, **NO_MONEY), 0.0, "answer_no"),
    ("S2.01", earned(**NO_MONEY), "unknown", "unknown"),
    ("S2.02", earned(authored={"margin": "45%", "incrementality": "60%"}), 0.5, "estimated"),
    ("S2.02", earned(authored={"margin": "45%"}), 0.5, "open"),
    ("S2.02", earned(withheld=("margin", "incrementality")), 0.5, "estimated"),
    ("S2.02", earned(authored={"margin": "45%", "incrementality": "0%"}), 0.0, "nothing"),
    ("S2.02", earned(authored={"margin": "45%"}, attributed_revenue=money(0.0)), 0.0, "nothing"),
    ("S2.02", earned(authored={"margin": "45%"}, attributed_revenue=UNTOLD), "unknown", "unknown"),
    ("S2.02", earned(), "unknown", "unknown"),
    ("S2.02", earned(**TESTED), 1.0, "proved"),
    ("S2.02", earned(**{**TESTED, "sales_gain": sales_gain(method="before_after")}), 1.0, "proved"),
    ("S2.02", earned(**{**TESTED, "scenarios": scenarios(low=0.0)}), 0.5, "estimated"),
    ("S2.02", earned(**{**TESTED, "scenarios": ()}), 0.5, "estimated"),
    ("S2.02", earned(sales_gain=sales_gain(), scenarios=scenarios()), 0.5, "estimated"),
    ("S2.02", earned(**{**TESTED, "sales_gain": sales_gain(0.0, method="test")}), 0.0, "nothing"),
    ("S2.02", earned(authored={"margin": "45%"}, sales_gain=sales_gain(None)), 0.5, "open"),
    ("S2.02", earned(authored={"margin": "45%"}, sales_gain=sales_gain(None, revenue=UNTOLD)), "unknown", "unknown"),
    ("S2.03", earned(authored={"margin": {"rate": "45%", "source": "Comptes"}}), 1.0, "sourced"),
    ("S2.03", earned(withheld=("margin",)), 1.0, "withheld"),
    ("S2.03", earned(authored={"margin": "45%"}), 0.5, "assumed"),
    ("S2.03", said(margin_known="yes"), 0.5, "answer_yes"),
    ("S2.03", said(margin_known="partly"), 0.5, "answer_partly"),
    ("S2.03", said(margin_known="no"), 0.0, "answer_no"),
    ("S2.03", said(), "unknown", "unknown"),
    ("S2.04", said(press_reference="yes"), 1.0, "answer_yes"),
    ("S2.04", said(press_reference="partly"), 0.5, "answer_partly"),
    ("S2.04", said(press_reference="no"), 0.0, "answer_no"),
    ("S2.04", said(), "unknown", "unknown"),
    ("S2.04", said(press_reference=NOT_ASKED), "not_applicable", "not_applicable"),
    ("S2.04", replacing(**PRESS), 1.0, "declared"),
    ("S2.04", replacing("no", **PRESS), 1.0, "declared"),
    ("S2.04", replacing(**NO_EFFECT), 0.5, "declared_cost"),
    ("S2.05", communication(), 1.0, "saved"),
    ("S2.05", earned(communication=LESS_EFFECT), 1.0, "saved"),
    ("S2.05", communication(reused=True, avoided=money(0.0)), 1.0, "reused"),
    ("S2.05", communication(0.0), 0.0, "not_saved"),
    ("S2.05", communication(-1.0, high=5.0), 0.0, "not_saved"),
    ("S2.05", communication(None), 0.5, "cost_down"),
    ("S2.05", communication(None, new_cost=money(200_000.0)), 0.0, "cost_up"),
    ("S2.05", communication(None, old_cost=UNTOLD), "unknown", "unknown"),
    ("S2.05", said(press_reference="yes"), "unknown", "unknown"),
    ("S2.05", said(press_reference=NOT_ASKED), "not_applicable", "not_applicable"),
    ("S2.06", counted("messages_received", 40.0), 0.5, "counted"),
    ("S2.06", service(), 1.0, "costed"),
    ("S2.06", service(lines=(served().lines[0], UNPRICED)), 0.5, "contacts"),
    ("S2.06", service(lines=(replace(UNPRICED, contacts_now=count(None)),)), "unknown", "unknown"),
    ("S2.06", counted("contacts", 40.0), 0.5, "contacts"),
    ("S2.06", said(service_contacts="yes"), 0.5, "answer_yes"),
    ("S2.06", said(service_contacts="partly"), 0.5, "answer_partly"),
    ("S2.06", said(service_contacts="no"), 0.0, "answer_no"),
    ("S2.06", said(), "unknown", "unknown"),
    ("S2.06", said(service_contacts=NOT_ASKED), "not_applicable", "not_applicable"),
    ("S2.07", per_case(1.9), 1.0, "fewer"),
    ("S2.07", per_case(1.901), 0.5, "same"),
    ("S2.07", per_case(2.1), 0.5, "same"),
    ("S2.07", per_case(2.101), 0.0, "more"),
    ("S2.07", per_case(None), "unknown", "unknown"),
    ("S2.07", said(service_contacts="yes"), "unknown", "unknown"),
    ("S2.07", said(service_contacts=NOT_ASKED), "not_applicable", "not_applicable"),
    ("S2.08", service(**HIRED), 1.0, "hire"),
    ("S2.08", service(**{**HIRED, "evidence": None}), 0.5, "freed"),
    ("S2.08", service(**{**HIRED, "nature": "freed", "booked": money(0.0)}), 0.5, "freed"),
    ("S2.08", service(**OVERTIME), 1.0, "overtime"),
    ("S2.08", service(**{**OVERTIME, "cancelled": "outsourcing"}), 1.0, "outsourcing"),
    ("S2.08", service(now=15.0, **OVERTIME, saving=money(-1.0)), 0.0, "not_down"),
    ("S2.08", service(**HIRED, saving=UNTOLD), 1.0, "hire"),
    ("S2.08", service(), 0.5, "freed"),
    ("S2.08", service(booked=money(40_800.0)), 0.5, "freed"),  # the present cost, which is among the costs
    ("S2.08", service(now=14.571), 0.0, "not_down"),
    ("S2.08", service(now=None), "unknown", "unknown"),
    ("S2.08", said(service_contacts="yes"), "unknown", "unknown"),
    ("S2.08", said(service_contacts=NOT_ASKED), "not_applicable", "not_applicable"),
    ("S2.09", earned(), 1.0, "gain"),
    ("S2.09", with_levers(0.5, roi_incremental=ratio(-0.5)), 1.0, "gain"),
    ("S2.09", with_levers(-0.1), 0.0, "loss"),
    ("S2.09", with_levers(-0.1, partial=True), "unknown", "unknown"),
    ("S2.09", with_levers(0.1, partial=True), 1.0, "gain"),
    ("S2.09", with_levers(0.1, known_lines=5), 0.5, "partial"),
    ("S2.09", with_levers(-1.0, partial=True, service=served(), **OPEN_FIELDS), 0.5, "claimed"),
    ("S2.09", earned(known_lines=5), 0.5, "partial"),
    ("S2.09", earned(**OPEN_FIELDS), 0.5, "claimed"),
    ("S2.09", earned(roi_incremental=ratio(0.0)), 0.0, "loss"),
    ("S2.09", earned(**OPEN_FIELDS, roi_attributed=ratio(-0.2)), 0.0, "loss"),
    (
        "S2.09",
        earned(roi_incremental=ratio(-0.2), attributed_revenue=money(9.0, state=State.PARTIAL)),
        "unknown",
        "unknown",
    ),
    ("S2.09", earned(**OPEN_FIELDS, roi_attributed=ratio(None)), "unknown", "unknown"),
    ("S3.01", since("crm", "2025-01-01"), 1.0, "answer_yes"),
    ("S3.01", since("crm", "2024-12-31"), 0.5, "before"),
    ("S3.01", since("crm", "2026-04-01"), 0.5, "planned"),
    ("S3.01", since("crm", None), 0.5, "undated"),
    ("S3.01", since("crm", "2025-06-01", None), 0.5, "undated"),
    ("S3.01", counted("leads", 0.0, answers={"crm": "yes"}), 0.5, "no_lead"),
    ("S3.01", said(crm="partly"), 0.5, "answer_partly"),
    ("S3.01", said(crm="no"), 0.0, "answer_no"),
    ("S3.01", said(), "unknown", "unknown"),
    ("S3.02", said(digital_lead="yes"), 1.0, "answer_yes"),
    ("S3.02", since("digital_lead", "2024-12-31"), 0.5, "before"),
    ("S3.02", since("digital_lead", "2026-04-01"), 0.5, "planned"),
    ("S3.02", said(digital_lead="partly"), 0.5, "answer_partly"),
    ("S3.02", said(digital_lead="no"), 0.0, "answer_no"),
    ("S3.02", said(), "unknown", "unknown"),
    ("S3.03", since("training", "2025-03-31", None), 1.0, "answer_yes"),
    ("S3.03", since("training", "2025-03-30", None), 0.0, "old"),
    ("S3.03", since("training", "2026-04-01"), 0.5, "planned"),
    ("S3.03", since("training", "2025-06-01", "2025-07-01"), 0.5, "before"),
    ("S3.03", since("training", None), 0.5, "undated"),
    ("S3.03", said(training="partly"), 0.5, "answer_partly"),
    ("S3.03", said(training="no"), 0.0, "answer_no"),
    ("S3.03", said(), "unknown", "unknown"),
    ("S3.04", since("process_change", "2025-01-01"), 1.0, "answer_yes"),
    ("S3.04", since("process_change", "2024-12-31"), 0.5, "before"),
    ("S3.04", since("process_change", "2026-04-01"), 0.5, "planned"),
    ("S3.04", since("process_change", None), 0.5, "undated"),
    ("S3.04", said(process_change="partly"), 0.5, "answer_partly"),
    ("S3.04", said(process_change="no"), 0.0, "answer_no"),
    ("S3.04", said(), "unknown", "unknown"),
    ("S3.05", counted("leads", 12.0, 0.2), 0.5, "up"),
    ("S3.05", rising("response_time", 40.0, 0.05), 1.0, "wait_kept"),
    ("S3.05", rising("response_time", 40.0, 0.051), 0.0, "wait_worse"),
    ("S3.05", rising("response_time", 40.0, None), 0.5, "up"),
    ("S3.05", rising("in_time_rate", 0.8, -0.02), 1.0, "in_time_kept"),
    ("S3.05", rising("in_time_rate", 0.8, -0.021), 0.0, "in_time_worse"),
    ("S3.05", counted("leads", 12.0, 0.0), "not_applicable", "not_applicable"),
    ("S3.05", counted("leads", 12.0), "unknown", "unknown"),
    ("S3.05", said(), "unknown", "unknown"),
]


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


def test_every_check_has_a_rule_words_and_cases() -> None:
    ids = [check.id for check in RUBRIC.section(*SIGNS)]
    assert len(ids) == 22
    assert ids == [id for id in RULES if id[0] == "S"] == list(dict.fromkeys(id for id, *_ in CASES))
    known = catalogue("fr").keys()
    assert [id for id in ids for word in ("question", "criteria", "advice") if f"checks.{id}.{word}" not in known] == []
    assert all({"unknown"} <= {str(expected) for other, _, expected, _ in CASES if other == id} for id in ids)


def test_no_outcome_is_idle() -> None:
    said = {f"checks.{id}.{reason}" for id, _, _, reason in CASES} | {"checks.S3.05.not_up"}
    said |= {"checks.S1.08.partly"}
    said |= {f"checks.{id}.{word}" for id in RULES if id[0] == "S" for word in ("question", "criteria", "advice")}
    assert {key for key in catalogue("fr") if key.startswith("checks.S")} == {
        key for key in said if not key.endswith(".not_applicable")
    }


def test_sections_and_weights_are_those_of_the_method() -> None:
    weights = {id: [check.weight for check in RUBRIC.checks if check.section == id] for id in ("S1", "S2", "S3")}
    assert weights == {
        "S1": [3, 3, 2, 2, 3, 3, 1, 2],
        "S2": [3, 3, 2, 2, 3, 2, 1, 3, 3],
        "S3": [3, 3, 2, 2, 1],
    }
    assert {check.evidence for check in RUBRIC.section(*SIGNS)} == {"data", "answer", "both"}


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
    bare = earned(
        channels=(), costs=costs(), known_lines=0, roi_incremental=ratio(None), roi_attributed=ratio(None), **NO_MONEY
    )
    bare = replace(bare, client=client(objectives=[], answers={}))
    signs = [id for id in RULES if id[0] == "S"]
    assert {id: RULES[id](bare).state for id in signs} == dict.fromkeys(signs, "unknown")


@pytest.mark.parametrize(
    "check", [check for check in RUBRIC.section(*SIGNS) if check.question], ids=lambda each: each.id
)
def test_a_question_that_does_not_apply_is_left_out_with_its_reason(check: Check) -> None:
    """Unless something better than an answer is there."""
    bare = scorecard(comparisons=(), sources=(), returns=returns(known_lines=0, channels=(), **NO_MONEY))
    known = Case(client(objectives=[], answers={str(check.question): NOT_ASKED}), bare)
    assert RULES[check.id](known).state == "not_applicable"


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
    bare = scorecard(comparisons=(), sources=(), returns=returns(known_lines=0, **NO_MONEY))

    def stories(answer: str, question: str) -> list[Outcome]:
        known = Case(client(objectives=[], answers={question: answer}), bare, (LATE,))
        return [rule(known) for rule in RULES.values()]

    assert [question for question in ANSWERS if stories("yes", question) == stories("no", question)] == []
