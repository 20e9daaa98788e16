"""A Dossier and its Scorecard in, the Edition out: verdict, assessments, findings. Draws nothing, measures nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from sitegen.diagnose import activity, benchmark, data, levers, lighthouse, panels, progress, returns, signs
from sitegen.diagnose.actions import actions
from sitegen.diagnose.changes import changes
from sitegen.diagnose.checks import Case
from sitegen.diagnose.draft import MINOR, Draft, Rule, about
from sitegen.diagnose.goals import standings
from sitegen.diagnose.profile import profile
from sitegen.diagnose.ranking import channel_ranking
from sitegen.diagnose.requests import missing
from sitegen.diagnose.sourcing import role, sourcing
from sitegen.diagnose.summary import STANDINGS, pressing, summary
from sitegen.diagnose.verdict import assets, verdict
from sitegen.diagnose.withheld import disclosed, without_internal_gains
from sitegen.errors import Problem
from sitegen.model.authored_text import NOTED_OBJECTIVE
from sitegen.model.computed import Audit, CheckResult, Edition, Finding, Notice, Scorecard, Sign
from sitegen.model.facts import Dossier
from sitegen.model.rubric import Rubric, applied

__all__ = [
    "CANARY",
    "SCHEMA",
    "STANDINGS",
    "canary",
    "changes",
    "edition",
    "findings",
    "missing",
    "pressing",
    "summary",
    "without_internal_gains",
]

CANARY = re.compile(rb"c-[0-9a-f]{16}")  # how each of them looks
SCHEMA = 1
FIRST = 3  # findings of three different things
RULES: tuple[Rule, ...] = (*progress.RULES, *returns.RULES, *levers.RULES, *activity.RULES, *data.RULES)


def edition(
    dossier: Dossier,
    scorecard: Scorecard,
    notices: Sequence[Problem],
    rubric: Rubric = Rubric(),  # noqa: B008 - a frozen value
    previous: Edition | None = None,
) -> Edition:
    """Everything that one client's pages, figures and downloads may say, and what changed since the `previous` edition.

    `notices` are the problems that its readers should know of, in the order in which they are shown. What only the
    agency may see is taken out before anything else.
    """
    dossier, scorecard = disclosed(dossier, scorecard)
    draft = Draft(
        profile(dossier),
        scorecard,
        progress.assessments(scorecard.progress, dossier.client.objectives, dossier.thresholds),
        dossier.thresholds,
    )
    rubric = applied(rubric, dossier.rubric)
    noted = frozenset(note.target.removeprefix(NOTED_OBJECTIVE) for note in dossier.notes)
    case = Case(dossier.client, scorecard, draft.assessments, noted)
    found = signs.signs(rubric, case, dossier.as_found)
    audit = panels.audit(rubric, case, found, dossier.as_found)
    told = findings(draft, found, audit)
    current = Edition(
        schema=SCHEMA,
        slug=dossier.slug,
        as_of=scorecard.as_of,
        canary=canary(dossier.slug),
        profile=draft.profile,
        scorecard=scorecard,
        verdict=verdict(draft),
        assessments=draft.assessments,
        findings=told,
        notices=tuple(_notice(problem) for problem in notices if not problem.internal),
        thresholds={name: float(value) for name, value in dossier.thresholds.model_dump().items()},
        notes=dossier.notes,
        signs=found,
        assets=assets(draft),
        goals=standings(draft.profile.goals, draft.objectives),
        audit=audit,
        role=role(dossier.client, scorecard),
        sourcing=sourcing({each.id: each for each in _checks(found, audit)}),
        actions=actions(told, dossier.client.actions, dossier.client.objectives, found, audit, scorecard.as_of),
        laboratory=lighthouse.laboratory(scorecard.lab),
        ranking=channel_ranking(scorecard.returns),
        positions=benchmark.positions(scorecard.benchmarks, draft.profile.events),
        spread=benchmark.spread(scorecard.intensity),
    )
    return replace(current, changes=changes(previous, current)) if previous else current


def findings(draft: Draft, found: Sequence[Sign] = (), audit: Audit = Audit()) -> tuple[Finding, ...]:  # noqa: B008
    """What checks and rules found, most pressing first; where two press alike, the signs lead, then earlier rules,
    then the panels.

    The first three, which a summary shows, are about three things, as long as as many are pressing.
    """
    ruled = [each for rule in RULES for each in rule(draft)] + list(data.unanswered(_checks(found, audit)))
    told = (*signs.findings(found, ruled), *ruled)
    rest = sorted((*told, *panels.findings(audit, told)), key=lambda each: -each.weight)
    first: list[Finding] = []
    while rest and len(first) < FIRST:
        seen = {about(each) for each in first}
        others = (each for each in rest if each.weight >= MINOR and about(each) not in seen)
        first.append(rest.pop(rest.index(next(others, rest[0]))))
    return (*first, *rest)


def _checks(found: Sequence[Sign], audit: Audit) -> list[CheckResult]:
    """Of the signs and of the panels, those of the KPIs left out: they are asked of each."""
    checks = [check for sign in found for check in sign.section.checks]
    return checks + [check for panel in audit.panels for part in panel.parts for check in part.section.checks]


def canary(slug: str) -> str:
    """A mark that is on every page of a client and must be found on no other client's; as `CANARY` has it."""
    return "c-" + hashlib.sha256(f"sitegen canary{slug}".encode()).hexdigest()[:16]


def _notice(problem: Problem) -> Notice:
    return Notice(str(problem.severity), problem.path, problem.line, problem.message, problem.hint)
