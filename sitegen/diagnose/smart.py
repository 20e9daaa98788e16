"""One objective in, its SMART score and what it lacks out (METHODS §2.7). Judges how it is written, not how it goes."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.diagnose.status import recent
from sitegen.diagnose.wording import the
from sitegen.messages import Message, say
from sitegen.model.authored import Objective
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Criterion, Progress, Realism

TWO_YEARS = 731  # days, one of the two years having 366


def criteria(objective: Objective, progress: Progress, realism: Realism) -> tuple[Criterion, ...]:
    """The five letters, each of two halves. The halves that the check of the files already enforces (a known KPI, a
    deadline after the start) cannot lack here."""
    return (
        _criterion("S", _target(progress)),
        _criterion("M", _source(progress), _value(progress)),
        _criterion("A", _people(objective), _feasible(realism)),
        _criterion("R", _goal(objective), _link(objective)),
        _criterion("T", _horizon(progress)),
    )


def score(letters: Sequence[Criterion]) -> float:
    """The mean of the letters, 0..1; the objective is SMART at 1."""
    return sum(letter.score for letter in letters) / len(letters)


def _criterion(letter: str, *halves: Message | None) -> Criterion:
    missing = tuple(half for half in halves if half)
    return Criterion(letter, 1 - len(missing) / 2, missing)


def _target(progress: Progress) -> Message | None:
    return say("smart.missing.target") if progress.target is None else None


def _source(progress: Progress) -> Message | None:
    return None if progress.current.sources or progress.baseline.sources else say("smart.missing.source")


def _value(progress: Progress) -> Message | None:
    return None if recent(progress) else say("smart.missing.value")


def _people(objective: Objective) -> Message | None:
    if objective.owner is None and objective.lever is None:
        return say("smart.missing.owner_and_lever")
    if objective.owner is None:
        return say("smart.missing.owner")
    return say("smart.missing.lever") if objective.lever is None else None


def _feasible(realism: Realism) -> Message | None:
    return say("smart.missing.feasible") if realism is Realism.UNREALISTIC else None


def _goal(objective: Objective) -> Message | None:
    """A goal that follows from the KPI counts as linked."""
    return None if objective.goal or METRICS[objective.kpi].goal else say("smart.missing.goal")


def _link(objective: Objective) -> Message | None:
    if not METRICS[objective.kpi].vanity or objective.business_link:
        return None
    return say("smart.missing.link", the=the(objective.kpi))


def _horizon(progress: Progress) -> Message | None:
    return say("smart.missing.horizon") if progress.total_days > TWO_YEARS else None
