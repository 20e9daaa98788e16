"""A Dossier and its Scorecard in, the Edition out: verdict, assessments, findings. Draws nothing, measures nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sitegen.diagnose import data, progress, returns
from sitegen.diagnose.draft import Draft, Rule
from sitegen.diagnose.profile import profile
from sitegen.diagnose.verdict import verdict
from sitegen.errors import Problem
from sitegen.model.computed import Edition, Finding, Notice, Scorecard
from sitegen.model.facts import Dossier

SCHEMA = 1
RULES: tuple[Rule, ...] = (*progress.RULES, *returns.RULES, *data.RULES)


def edition(
    dossier: Dossier,
    scorecard: Scorecard,
    notices: Sequence[Problem],
    previous: Edition | None = None,  # noqa: ARG001 - what changed since the last edition is not told yet
) -> Edition:
    """Everything that one client's pages, figures and downloads may say.

    `notices` are the problems that its readers should know of, in the order in which they are shown.
    """
    draft = Draft(
        profile(dossier),
        scorecard,
        progress.assessments(scorecard.progress, dossier.client.objectives, dossier.thresholds),
        dossier.thresholds,
    )
    return Edition(
        schema=SCHEMA,
        slug=dossier.slug,
        as_of=scorecard.as_of,
        canary=canary(dossier.slug),
        profile=draft.profile,
        scorecard=scorecard,
        verdict=verdict(draft),
        assessments=draft.assessments,
        findings=findings(draft),
        notices=tuple(_notice(problem) for problem in notices),
        thresholds={name: float(value) for name, value in dossier.thresholds.model_dump().items()},
    )


def findings(draft: Draft) -> tuple[Finding, ...]:
    """What the rules found, most pressing first; where two press alike, the earlier rule leads."""
    return tuple(sorted((found for rule in RULES for found in rule(draft)), key=lambda found: -found.weight))


def canary(slug: str) -> str:
    """A mark that is on every page of a client and must be found on no other client's."""
    return "c-" + hashlib.sha256(f"sitegen canary{slug}".encode()).hexdigest()[:16]


def _notice(problem: Problem) -> Notice:
    return Notice(str(problem.severity), problem.path, problem.line, problem.message, problem.hint)
