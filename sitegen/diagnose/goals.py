"""Goals and the verdicts on their objectives in, where each goal stands out (METHODS §2.4, roll-up). Weighs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sitegen.model.computed import Assessment, GoalSnapshot, GoalStanding, Progress, Status

# The weakest first: what is known to fail, then what is not known, then what is well.
WEAKEST = (
    Status.MISSED,
    Status.OFF_TRACK,
    Status.AT_RISK,
    Status.NO_DATA,
    Status.INCONCLUSIVE,
    Status.TOO_EARLY,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.REACHED_HOLD,
    Status.ACHIEVED,
)


def standings(
    goals: Sequence[GoalSnapshot], objectives: Iterable[tuple[Progress, Assessment]]
) -> tuple[GoalStanding, ...]:
    """Each goal that has an objective: the status of its weakest one, and the mean of how far they are, each between
    nothing and all; None where that is known of none."""
    known = {progress.objective: (progress, assessment) for progress, assessment in objectives}
    return tuple(
        _standing(goal, [known[id] for id in goal.objectives if id in known])
        for goal in goals
        if any(id in known for id in goal.objectives)
    )


def _standing(goal: GoalSnapshot, objectives: Sequence[tuple[Progress, Assessment]]) -> GoalStanding:
    shares = [min(max(progress.progress, 0.0), 1.0) for progress, _ in objectives if progress.progress is not None]
    return GoalStanding(
        goal=goal.id,
        status=min((assessment.status for _, assessment in objectives), key=WEAKEST.index),
        progress=sum(shares) / len(shares) if shares else None,
        objectives=len(objectives),
    )
