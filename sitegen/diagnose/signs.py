"""The rubric and a Case in, the three signs, what the client has already and what to do out (METHODS §7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from sitegen.diagnose.checks import Case
from sitegen.diagnose.draft import quick
from sitegen.diagnose.scoring import COVERAGE, WATCH, Results, arrival, results, section
from sitegen.messages import say
from sitegen.model.authored import AsFound
from sitegen.model.computed import CheckResult, Finding, Section, Sign
from sitegen.model.rubric import SIGNS, Rubric

State: TypeAlias = Literal["present", "absent", "unknown"]
OTHER_LEVERS = ("S2.05", "S2.08")  # beside sales: a cheaper communication, a cheaper service
CHANGES = ("S3.01", "S3.02", "S3.03", "S3.04")
# What another rule finds too: its sentence has the numbers, so the check's own is left out.
TOLD_BY = {
    "S1.05": ("none_set",),
    "S1.08": ("costs_incomplete", "no_spend"),
    "S2.02": ("share_unknown", "costs_not_covered"),
    "S2.03": ("margin_missing",),
    "S2.05": ("communication_dearer",),
    "S2.08": ("service_dearer",),
    "S2.09": ("costs_not_covered", "costs_incomplete", "share_unknown"),
}


def signs(rubric: Rubric, case: Case, as_found: AsFound | None = None) -> tuple[Sign, ...]:
    """S1 nothing is measured, S2 no effect on results, S3 no change; each present, absent or unknown."""
    found = results(rubric, rubric.section(*SIGNS), case)
    return tuple(_sign(id, rubric, found, case, as_found) for id in SIGNS if rubric.section(id))


def _sign(id: str, rubric: Rubric, results: Results, case: Case, as_found: AsFound | None) -> Sign:
    own = section(tuple(results[check.id] for check in rubric.section(id)))
    state = STATES[id](own, results, case)
    return Sign(id, state, say(f"checks.sign.{id}.{state}"), own, arrival(id, own.checks, as_found))


# ---------------------------------------------------------------- present, absent or unknown


def _nothing_measured(own: Section, results: Results, _: Case) -> State:
    """Present without a measurement tool or below half the points; a coverage that is too low tells neither."""
    if results["S1.01"].score == 0:
        return "present"
    if own.coverage < COVERAGE or own.score is None:
        return "unknown"
    return "present" if own.score < WATCH else "absent"


def _no_effect(_: Section, results: Results, case: Case) -> State:
    """Present when even the highest scenario loses money and no other lever gains; where there is none, the return on
    every attributed sale stands for it. Unknown without a return or that scenario."""
    score = results["S2.09"].score
    if any((results[lever].score or 0) > 0 for lever in OTHER_LEVERS) or (score is not None and score > 0):
        return "absent"
    returns = case.scorecard.returns
    scenarios = [each.roi.value for each in returns.scenarios if each.roi.value is not None]
    best = max(scenarios, default=returns.roi_attributed.value)
    if score is None or best is None:
        return "unknown"
    return "present" if best <= 0 else "absent"


def _no_change(_: Section, results: Results, __: Case) -> State:
    """Present when nothing changed at all; a single change is enough for it to be absent."""
    asked = [results[change] for change in CHANGES if results[change].state != "not_applicable"]
    if any(each.score for each in asked):
        return "absent"
    return "unknown" if not asked or any(each.score is None for each in asked) else "present"


STATES: Mapping[str, Callable[[Section, Results, Case], State]] = {
    "S1": _nothing_measured,
    "S2": _no_effect,
    "S3": _no_change,
}


# ---------------------------------------------------------------- what to do


def findings(signs: Sequence[Sign], others: Sequence[Finding]) -> Iterator[Finding]:
    """What each known check lacks, by weight; what another rule tells with its numbers is not told twice."""
    told = {each.id for each in others}
    for sign in signs:
        for check in sign.section.checks:
            if check.score is not None and check.score < 1 and not told.intersection(TOLD_BY.get(check.id, ())):
                yield _finding(sign, check, check.score)


def _finding(sign: Sign, check: CheckResult, score: float) -> Finding:
    weight = check.weight * (1 - score)
    return Finding(
        id=f"check-{check.id}",
        subject="signs",
        weight=weight,
        criteria=say(f"checks.{check.id}.criteria"),
        condition=check.reason,
        cause=say(f"checks.cause_{check.origin}"),
        effect=say(f"checks.sign.{sign.id}.effect"),
        recommendation=say(f"checks.{check.id}.advice"),
        article=check.topic,
        article_reason=say("checks.article_reason", condition=check.reason),
        quick=quick(check.id, weight),
    )
