"""An Edition in, the tree from business goals to metrics out: goal, objectives, the KPI of each, what it is made of.

Judges nothing: the status of an objective and of a goal are those of the Edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Assessment, Edition, GoalSnapshot, GoalStanding


@dataclass(frozen=True, slots=True)
class Branch:
    """An objective with its KPI and the metrics that this is made of; `told` are those of them that a file tells."""

    assessment: Assessment
    kpi: str
    parts: tuple[str, ...]
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class Limb:
    """A business goal with its objectives; without a goal, those that serve none."""

    goal: GoalSnapshot | None
    standing: GoalStanding | None
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """All goals, and the metrics with figures that no objective needs."""

    limbs: tuple[Limb, ...]
    beside: tuple[str, ...]


def tree(edition: Edition) -> Tree:
    """Goals in their order; a goal without an objective is there, too."""
    progresses = {each.objective: each for each in edition.scorecard.progress}
    judged = {each.objective: each for each in edition.assessments if each.objective in progresses}
    told = frozenset(each.metric for each in edition.scorecard.comparisons if each.current.value is not None)
    standings = {each.goal: each for each in edition.goals}

    def branches(names: tuple[str, ...]) -> Iterator[Branch]:
        for name in names:
            if name in judged:
                kpi = progresses[name].kpi
                yield Branch(judged[name], kpi, _parts(kpi), told)

    limbs = [Limb(goal, standings.get(goal.id), tuple(branches(goal.objectives))) for goal in edition.profile.goals]
    served = {name for goal in edition.profile.goals for name in goal.objectives}
    alone = tuple(branches(tuple(name for name in judged if name not in served)))
    if alone:
        limbs.append(Limb(None, None, alone))
    needed = {part for each in progresses.values() for part in (each.kpi, *_parts(each.kpi))}
    dropped = {each.metric for each in edition.profile.dropped}
    return Tree(tuple(limbs), tuple(metric for metric in METRICS if metric in told - needed - dropped))


def _parts(kpi: str) -> tuple[str, ...]:
    known = METRICS[kpi]
    return tuple(part for part in (known.numerator, known.denominator, known.less) if part)
