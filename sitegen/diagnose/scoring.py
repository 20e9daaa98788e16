"""Checks and a Case in, their results and what these come to out (METHODS §7). Knows no rule and no panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from sitegen.diagnose.checks import RULES, Case, Outcome
from sitegen.messages import say
from sitegen.model.authored import AsFound
from sitegen.model.computed import Arrival, CheckResult, Section
from sitegen.model.rubric import Check, Rubric

Results: TypeAlias = Mapping[str, CheckResult]

COVERAGE, GOOD, WATCH = 0.6, 0.75, 0.5
LATER = frozenset({"O2.01", "O2.02"})  # they look at what the others came to


def results(rubric: Rubric, checks: Iterable[Check], case: Case) -> dict[str, CheckResult]:
    """Each check by its id, in their order; what is the same as others is looked up, not asked again.

    `case.results` are those that are known already.
    """
    asked = tuple(checks)
    own = [check for check in asked if not check.same_as and check.id not in LATER]
    found = {**case.results, **{check.id: result(rubric, check, RULES[check.id](case)) for check in own}}
    seen = replace(case, results=found)
    for check in asked:
        if check.same_as:
            found[check.id] = result(rubric, check, _least([found[id] for id in check.same_as if id in found]))
        elif check.id in LATER:
            found[check.id] = result(rubric, check, RULES[check.id](seen))
    return {check.id: found[check.id] for check in asked}


def result(rubric: Rubric, check: Check, found: Outcome) -> CheckResult:
    """An outcome as the pages show it; one of a check that the agency does not ask has its reason instead."""
    if check.id in rubric.off:
        told = say("checks.off", reason=rubric.off[check.id])
        found = Outcome(None, "not_applicable", "none", told)
    return CheckResult(
        id=check.id,
        weight=check.weight,
        topic=check.advice,
        score=found.score,
        state=found.state,
        origin=found.origin,
        reason=found.reason,
        conflict=found.conflict,
        evidence=found.evidence,
        sources=found.sources,
        question=check.question,
        same_as=check.same_as,
        set_by_agency=check.id in rubric.off or check.id in rubric.reweighed,
    )


def _least(seen: Sequence[CheckResult]) -> Outcome:
    """The lowest of several scores; as long as one is unknown, only a zero is known."""
    scored = [each for each in seen if each.score is not None]
    least = min(scored, key=lambda each: each.score or 0.0, default=None)
    asked = [each for each in seen if each.state != "not_applicable"]
    unknown = next((each for each in asked if each.score is None), None)
    chosen = unknown if unknown is not None and (least is None or least.score) else least or next(iter(seen), None)
    if chosen is None:
        return Outcome(None, "unknown", "none", say("checks.said.unknown"))
    return Outcome(
        chosen.score, chosen.state, chosen.origin, chosen.reason, chosen.conflict, chosen.evidence, chosen.sources
    )


def section(checks: Sequence[CheckResult]) -> Section:
    """Weighted mean of the known scores, and the share of the weight that is known; what does not apply is left out.

    Below 60 % of coverage nothing can be verified, whatever the score.
    """
    score, coverage = mean([(check.weight, check.score, check.state) for check in checks])
    if score is None or coverage < COVERAGE:
        return Section(score, coverage, "unverifiable", tuple(checks))
    return Section(score, coverage, "good" if score >= GOOD else "watch" if score >= WATCH else "weak", tuple(checks))


def arrival(id: str, checks: Sequence[CheckResult], as_found: AsFound | None) -> Arrival | None:
    """What these checks came to on arrival; one that was not asked then counts as unknown."""
    if as_found is None:
        return None
    told = [(check.weight, as_found.checks.get(check.id, "unknown")) for check in checks]
    score, coverage = mean(
        [(weight, *((None, then) if isinstance(then, str) else (then, "scored"))) for weight, then in told]
    )
    return Arrival(as_found.date, as_found.signs.get(id, "unknown"), score, coverage)


def mean(scored: Sequence[tuple[float, float | None, str]]) -> tuple[float | None, float]:
    """Weighted mean of what has a score, and its share of what applies. Each is (weight, score, state)."""
    known = sum(weight for weight, score, _ in scored if score is not None)
    applying = sum(weight for weight, _, state in scored if state != "not_applicable")
    if not known:
        return None, 0.0
    return sum(weight * score for weight, score, _ in scored if score is not None) / known, known / applying
