"""A Case in, the checks of the social audit out: strategy, then results (METHODS §7). Explains no gap itself."""

from __future__ import annotations

from sitegen.diagnose.checks.case import (
    DECLARED,
    TOLD,
    Case,
    Outcome,
    Rule,
    attested,
    exempt,
    graded,
    no_data,
    shown,
    stated,
)
from sitegen.diagnose.checks.kpis import BY_CLASS
from sitegen.diagnose.status import HOLDING
from sitegen.messages import Message, Text, say
from sitegen.model.authored import Objective
from sitegen.model.computed import Status

LATE = frozenset({Status.OFF_TRACK, Status.MISSED})
PUBLISHED, HALF_PUBLISHED = 0.8, 0.5  # of what was planned
KNOWN_BEFORE = frozenset({"frozen", "computed"})


def basics(case: Case) -> Outcome:
    """A0.01: objectives, the people it is for, and a budget; who these people are is for somebody to say."""
    answer = case.answers.target_audience
    if answer.said not in TOLD:
        return attested("A0.01", answer)
    budget = bool(case.client.budgets) or case.client.costs.media is not None or case.scorecard.returns.known_lines > 0
    there = {"objectives": bool(case.client.objectives), "budget": budget, "audience": answer.said == "yes"}
    missing = tuple(say(f"checks.A0.01.{part}") for part, found in there.items() if not found)
    if not missing:
        return stated(1.0, say("checks.A0.01.all"), answer)
    return stated(0.5 if len(missing) == 1 else 0.0, say("checks.A0.01.some", missing=missing), answer)


def platforms(case: Case) -> Outcome:
    """A0.02: why each platform, from the people it is for."""
    return attested("A0.02", case.answers.platform_reasons)


def editorial_line(case: Case) -> Outcome:
    """A0.03: written; by word of mouth it is half of it."""
    return attested("A0.03", case.answers.editorial_line)


def calendar(case: Case) -> Outcome:
    """A0.04: of the posts planned in the last eight weeks, the share published; else somebody's word for it."""
    posts, answer = case.scorecard.posts, case.answers.content_calendar
    if posts is None or posts.kept.value is None:
        return attested("A0.04", answer, at_most=DECLARED)
    kept = posts.kept
    reason = say("checks.A0.04.kept", done=round(kept.numerator or 0.0), planned=round(kept.denominator or 0.0))
    return shown(graded(round(posts.kept.value, 6), PUBLISHED, HALF_PUBLISHED), reason, answer, kept.sources)


def scope(case: Case) -> Outcome:
    """A0.06: both inside and outside."""
    return attested("A0.06", case.answers.audit_scope)


def provider(case: Case) -> Outcome:
    """A0.07: the choice between in-house and a provider, with its reasons."""
    return attested("A0.07", case.answers.provider_choice)


def baseline(case: Case) -> Outcome:
    """A1.01: what was there before, computed for every objective; stated, or known for most, it is half of it."""
    needed = [each for each in case.scorecard.progress if each.direction not in HOLDING]
    if not case.scorecard.progress:
        return no_data()
    if not needed:
        return exempt(say("checks.A1.01.holding"))
    computed = sum(each.baseline_origin in KNOWN_BEFORE for each in needed)
    known = computed + sum(each.baseline_origin == "declared" for each in needed)
    sources = tuple(dict.fromkeys(path for each in needed for path in each.baseline.sources))
    score = 1.0 if computed == len(needed) else 0.5 if 2 * known > len(needed) else 0.0
    return shown(score, say("checks.A1.01.count", computed=computed, known=known, total=len(needed)), None, sources)


def target_bases(case: Case) -> Outcome:
    """A1.02: for each objective, on what its target was set and why."""
    kpis = case.client.objectives
    if not kpis:
        return no_data()
    reasoned = sum(each.target_basis is not None and each.target_basis.note is not None for each in kpis)
    some = any(each.target_basis is not None for each in kpis)
    score = 1.0 if reasoned == len(kpis) else 0.5 if some else 0.0
    return stated(score, say("checks.A1.02.count", reasoned=reasoned, total=len(kpis)))


def realism(case: Case) -> Outcome:
    """A1.03: the least realistic of the objectives (METHODS §2.6)."""
    classed = [
        (BY_CLASS[judged.realism], objective, judged)
        for (objective, _), judged in zip(case.objectives, case.assessments, strict=False)
        if judged.realism in BY_CLASS
    ]
    if not classed:
        return no_data()
    score, objective, judged = min(classed, key=lambda each: each[0])
    if score == 1:
        return shown(1.0, say("checks.A1.03.all", count=len(classed)))
    return shown(score, say("checks.A1.03.least", objective=_title(objective), why=judged.realism_reason))


def _title(objective: Objective) -> Text | Message:
    return objective.title or say(f"metrics.{objective.kpi}.Name")


def advice_followed(case: Case) -> Outcome:
    """A1.05: of the recommendations that are done or were to be by now, the share that is; refused ones left out."""
    told = [each for each in case.client.actions if each.finding is not None]
    done = sum(each.state == "done" for each in told)
    due = done + sum(each.state == "open" and each.review is not None and each.review <= case.as_of for each in told)
    if due:
        reason = say("checks.A1.05.count", done=done, total=due)
        return stated(graded(done / due, 0.7, 0.4), reason, case.answers.advice_followed)
    return attested("A1.05", case.answers.advice_followed)


def gaps_explained(case: Case) -> Outcome:
    """A1.06: what is late has a cause in writing: a comment on the objective, else somebody's word for it."""
    reason = case.answers.gap_causes.not_applicable
    if not case.assessments:
        return exempt(reason) if reason else no_data()
    late = [each.objective for each in case.assessments if each.status in LATE]
    if not late:
        return exempt(say("checks.A1.06.on_time"))
    explained = sum(each in case.noted for each in late)
    if not explained:
        return attested("A1.06", case.answers.gap_causes)
    told = say("checks.A1.06.noted", explained=explained, total=len(late))
    return shown(1.0 if explained == len(late) else 0.5, told, case.answers.gap_causes)


RULES: dict[str, Rule] = {
    "A0.01": basics,
    "A0.02": platforms,
    "A0.03": editorial_line,
    "A0.04": calendar,
    "A0.06": scope,
    "A0.07": provider,
    "A1.01": baseline,
    "A1.02": target_bases,
    "A1.03": realism,
    "A1.05": advice_followed,
    "A1.06": gaps_explained,
}
