"""What is known, and what each check of the goal tree makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sitegen.diagnose.checks.case import Case
from sitegen.messages import say
from sitegen.model.computed import CheckResult, Implied

from .cases import TODAY, basket, channel, followers, measured, money, progress, returns, total, written
from .known import Known, asked, carded, done, lab, said, told, tracked

GOAL = {"id": "sales", "title": "Vendre", "category": "revenue"}
GOOD = {"performance": 90.0, "accessibility": 90.0, "seo": 90.0}
ACTIVE = ["website", "instagram", "email"]


def spent(served: list[str], first: float = 50.0) -> Case:
    """So much of 100 is spent in the first of two channels; the objective counts those in `served`, [] for all."""
    two = (channel("meta_ads", spend=money(first)), channel("google_ads", spend=money(100.0 - first)))
    own = [written(channels=served or None)]
    return tracked(progress(), objectives=own, returns=returns(channels=two))


def in_use(*served: str) -> Case:
    return tracked(progress(), objectives=[written(channels=list(served))], active_channels=ACTIVE)


def known(section: str, *scores: float | None) -> Case:
    """What the checks of a section came to, each of the same weight."""
    results = {}
    for at, score in enumerate(scores):
        id, reason = f"{section}.{at}", say("checks.said.unknown")
        results[id] = CheckResult(id, 1.0, "", score, "unknown" if score is None else "scored", "data", reason)
    return replace(said(), results=results)


def implied(factor: float, aimed: float | None = None) -> Case:
    found = Implied(("conversion_rate", "orders"), "sessions", factor, date(2026, 12, 31), aimed)
    return tracked(progress(), total(), implied=(found,))


def smart(score: float) -> Case:
    plain = tracked(progress())
    return replace(plain, assessments=tuple(replace(each, smart_score=score) for each in plain.assessments))


CASES: Known = [
    ("O1.01", carded(authored={"goals": [GOAL]}), 1.0, "written"),
    *asked("O1.01", "business_goals", declared=True),
    ("O1.02", spent([]), 1.0, "share"),
    ("O1.02", spent(["meta_ads"], 90.0), 1.0, "share"),
    ("O1.02", spent(["meta_ads"], 60.0), 0.5, "share"),
    ("O1.02", spent(["meta_ads"], 59.0), 0.0, "share"),
    ("O1.02", tracked(progress(), returns=returns(channels=())), "unknown", "no_data"),
    ("O1.03", in_use("website", "instagram", "email"), 1.0, "all"),
    ("O1.03", in_use("website", "instagram"), 0.5, "some"),
    ("O1.03", in_use("website"), 0.0, "some"),
    *asked("O1.03", "paid_owned", declared=True),
    ("O2.01", known("E1", 1.0, 0.0, 0.5, None), 1.0, "done"),
    ("O2.01", known("E1", 1.0, None, None), "unknown", "unknown"),
    *done("O2.01", "audit_analytics"),
    ("O2.02", known("A2", 1.0, 0.0, 0.5, None), 1.0, "done"),
    *done("O2.02", "audit_social"),
    ("O2.03", lab(GOOD), 1.0, "lab"),
    ("O2.03", lab(GOOD, {"performance": 20.0, "accessibility": 70.0}), 0.5, "lab"),
    ("O2.03", lab({"performance": 0.0, "accessibility": 0.0}), 0.0, "lab"),
    ("O2.03", lab(GOOD, on=TODAY - timedelta(91)), "unknown", "unknown"),
    *done("O2.03", "audit_ux"),
    ("O2.04", lab(GOOD), 1.0, "lab"),
    ("O2.04", lab({"seo": 50.0}), 0.5, "lab"),
    ("O2.04", lab({"seo": 49.0}), 0.0, "lab"),
    ("O2.04", lab(GOOD, failing=("is-crawlable",)), 0.0, "hidden"),
    *done("O2.04", "audit_seo"),
    *done("O3.01", "maturity_assessed"),
    *asked("O3.02", "tools_plan"),
    ("O4.01", smart(1.0), 1.0, "mean"),
    ("O4.01", smart(0.5), 0.5, "mean"),
    ("O4.01", smart(0.0), 0.0, "mean"),
    ("O4.01", carded(), "unknown", "no_data"),
    ("O4.02", tracked(progress(), basket()), 1.0, "share"),
    ("O4.02", tracked(progress(), basket(), followers(current=measured(1.0, sources=()))), 0.5, "share"),
    (
        "O4.02",
        tracked(progress(), progress(objective="again"), objectives=[written(), written(id="again")]),
        0.0,
        "share",
    ),
    ("O4.02", carded(), "unknown", "no_data"),
    ("O4.03", tracked(progress(), comparisons=(told("orders"), told("likes"))), 1.0, "count"),
    ("O4.03", tracked(progress(), comparisons=(told("orders"),)), 0.5, "count"),
    ("O4.03", tracked(progress(), comparisons=(told("conversion_rate"),)), 0.0, "count"),
    ("O4.03", carded(), "unknown", "no_data"),
    ("O4.04", tracked(progress(), comparisons=(told("orders"), told("likes"), told("sessions"))), 1.0, "count"),
    ("O4.04", tracked(progress(), comparisons=(told("orders"),)), 0.5, "count"),
    ("O4.04", tracked(progress(), comparisons=(told("conversion_rate"),)), 0.0, "count"),
    ("O4.04", carded(), "unknown", "no_data"),
    ("O4.05", implied(0.9), 1.0, "coherent"),
    ("O4.05", implied(0.89), 0.5, "fall"),
    ("O4.05", implied(1.2, aimed=1.0), 0.0, "contradicted"),
    ("O4.05", tracked(progress()), "not_applicable", "not_applicable"),
    ("O4.05", carded(), "unknown", "unknown"),
]
