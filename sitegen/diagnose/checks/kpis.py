"""A Case and one objective in, the five points of its KPI out (METHODS §7, K1 to K5). Means nothing up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sitegen.diagnose.checks.case import Case, Outcome, exempt, graded, no_data, parts, shown, stated
from sitegen.diagnose.status import HOLDING
from sitegen.messages import Quantity, Unit, say
from sitegen.model.authored import Objective
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Assessment, Progress, Realism

MOST = 7
SOUND, FAIR = 0.9, 0.7
BY_CLASS = {
    Realism.REALISTIC: 1.0,
    Realism.AMBITIOUS: 1.0,
    Realism.VERY_AMBITIOUS: 0.5,
    Realism.NEEDS_ACTION: 0.5,
    Realism.UNREALISTIC: 0.0,
}

KpiRule: TypeAlias = Callable[[Case, Objective, Progress, Assessment], Outcome]


def shows_strategy(_: Case, objective: Objective, __: Progress, ___: Assessment) -> Outcome:
    """K1: it serves a business goal, and something is done to move it."""
    linked = objective.goal is not None or METRICS[objective.kpi].goal is not None
    if not linked:
        return stated(0.0, say("checks.K1.apart"))
    if objective.lever is None:
        return stated(0.5, say("checks.K1.no_lever"))
    return stated(1.0, say("checks.K1.moved", lever=objective.lever))


def focuses(case: Case, objective: Objective, _: Progress, __: Assessment) -> Outcome:
    """K2: seven KPIs at most, and its goal comes first; a lower goal is half of it."""
    if len(case.client.objectives) > MOST:
        return stated(0.0, say("checks.K2.many", count=len(case.client.objectives)))
    goal = next((each for each in case.client.goals if each.id == objective.goal), None)
    if goal is None:
        return stated(0.0, say("checks.K2.no_goal"))
    first = goal.priority == min(each.priority for each in case.client.goals)
    return stated(1.0 if first else 0.5, say(f"checks.K2.{'first' if first else 'later'}", goal=goal.title))


def shared(_: Case, objective: Objective, progress: Progress, __: Assessment) -> Outcome:
    """K3: the catalogue defines it and its unit; somebody answers for it, and a file tells it by that name."""
    named, owned = bool(progress.current.sources), objective.owner is not None
    if named and objective.owner is not None:
        return stated(1.0, say("checks.K3.whole", owner=objective.owner))
    told = "no_owner" if named else "no_series" if owned else "neither"
    return stated(0.5 if named or owned else 0.0, say(f"checks.K3.{told}"))


def realistic(_: Case, __: Objective, progress: Progress, assessment: Assessment) -> Outcome:
    """K4: how likely the target was before anything was done (METHODS §2.6); to keep a limit takes no growth."""
    score = BY_CLASS.get(assessment.realism)
    if score is None and progress.direction in HOLDING:
        return exempt(assessment.realism_reason)
    if score is None:
        return Outcome(None, "unknown", "none", assessment.realism_reason)
    return shown(score, assessment.realism_reason)


def exact(case: Case, objective: Objective, progress: Progress, _: Assessment) -> Outcome:
    """K5: a file tells it, and its series can be trusted (METHODS §8): the least sound of its parts counts."""
    if not progress.current.sources:
        return shown(0.0, say("checks.K5.no_source"))
    made_of, wanted = parts(objective.kpi), set(objective.channels)
    scores: dict[str, list[float]] = {}
    for each in case.scorecard.quality:
        if each.metric in made_of and (not wanted or each.channel in wanted):
            scores.setdefault(each.metric, []).append(each.score)
    if not scores:
        return no_data()
    least = round(min(sum(own) / len(own) for own in scores.values()), 6)
    reason = say("checks.K5.quality", score=Quantity(least, Unit.RATE))
    return shown(graded(least, SOUND, FAIR), reason, None, progress.current.sources)


RULES: dict[str, KpiRule] = {
    "K1": shows_strategy,
    "K2": focuses,
    "K3": shared,
    "K4": realistic,
    "K5": exact,
}
