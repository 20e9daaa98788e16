"""Results of checks in, what speaks for in-house and what for a provider out; decides nothing (METHODS §7, A0.07).

Five questions whose answers the audit has already; the choice stays that of the client.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from sitegen.diagnose.checks.tips import BY_ROLE
from sitegen.diagnose.scoring import WATCH
from sitegen.messages import say
from sitegen.model.authored import Client
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import CheckResult, Leaning, Role, RoleKpi, Scorecard, Sourcing

# What is asked, and the checks that tell: the first one that is known.
CRITERIA: Mapping[str, tuple[str, ...]] = {
    "time": ("A2.04",),
    "knowledge": ("A2.05",),
    "answers": ("A2.03", "A2.02"),
    "skills": ("S3.03",),
    "rhythm": ("A0.04",),
}
LEAST_KNOWN = 3
Points: TypeAlias = Literal["inhouse", "provider", "both", "unknown"]
Standing: TypeAlias = Literal["objective", "followed", "absent"]


def sourcing(results: Mapping[str, CheckResult]) -> Sourcing | None:
    """None when the pack does not ask about it, or when it does not apply."""
    choice = results.get("A0.07")
    if choice is None or choice.state == "not_applicable":
        return None
    asked = ((id, [results[check] for check in checks if check in results]) for id, checks in CRITERIA.items())
    leanings = tuple(_leaning(id, checks) for id, checks in asked)
    inhouse = sum(each.points == "inhouse" for each in leanings)
    provider = sum(each.points == "provider" for each in leanings)
    if inhouse + provider < LEAST_KNOWN:
        told = say("sourcing.unknown", known=inhouse + provider, all=len(leanings))
    else:
        side = "even" if inhouse == provider else "inhouse" if inhouse > provider else "provider"
        told = say(f"sourcing.{side}", inhouse=inhouse, provider=provider)
    chosen = say("sourcing.chosen") if choice.score == 1 else choice.reason if choice.state == "scored" else None
    return Sourcing(leanings, told, chosen, choice.evidence)


def _leaning(id: str, checks: list[CheckResult]) -> Leaning:
    """In-house where it works already, a provider where it does not; nothing where nobody knows."""
    known = next((each for each in checks if each.score is not None), None)
    if known is None or known.score is None:
        return Leaning(id, "unknown")
    points: Points = "inhouse" if known.score > WATCH else "provider" if known.score < WATCH else "both"
    return Leaning(id, points, known.reason)


def role(client: Client, scorecard: Scorecard) -> Role | None:
    """What social media are for, and the KPIs that tell of it: with an objective, followed, or not told by any file."""
    if client.role_of_social is None:
        return None
    kpis = {each.kpi for each in client.objectives}
    told = {each.metric for each in scorecard.comparisons if each.current.value is not None}
    fitting = sorted(BY_ROLE[client.role_of_social], key=list(METRICS).index)
    kind: dict[str, Standing] = {
        each: "objective" if each in kpis else "followed" if each in told else "absent" for each in fitting
    }
    return Role(client.role_of_social, tuple(RoleKpi(each, state) for each, state in kind.items()))
