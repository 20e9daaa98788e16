"""Results of checks in, six axes of maturity and their level out (METHODS §6). Asks nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor

from sitegen.diagnose.scoring import COVERAGE, mean
from sitegen.model.computed import Axis, CheckResult, Maturity

AXES: Mapping[str, tuple[str, ...]] = {
    "measurement": ("S1",),
    "goals": ("O1", "O4"),
    "crossing": ("T4",),
    "organisation": ("S3",),
    "interaction": ("A2",),
    "content": ("A3",),
}
STEPS = (0.25, 0.50, 0.75)
LEAST_RATED = 4


def maturity(results: Mapping[str, CheckResult]) -> Maturity:
    """A level for each axis of which enough is known; that of all is no higher than one above the lowest."""
    axes = tuple(
        axis(id, [each for id, each in results.items() if id[:2] in sections]) for id, sections in AXES.items()
    )
    levels = [each.level for each in axes if each.level is not None]
    return Maturity(axes, overall(levels), len(levels))


def axis(id: str, checks: Sequence[CheckResult]) -> Axis:
    """0 below a quarter of the points, 1 below half, 2 below three quarters, else 3."""
    score, coverage = mean([(check.weight, check.score, check.state) for check in checks])
    if score is None or coverage < COVERAGE:
        return Axis(id, None, score, coverage)
    return Axis(id, sum(round(score, 6) >= step for step in STEPS), score, coverage)


def overall(levels: Sequence[int]) -> int | None:
    """The floor of the mean, at most the lowest and one; None with fewer than four of six."""
    if len(levels) < LEAST_RATED:
        return None
    return min(floor(sum(levels) / len(levels)), min(levels) + 1)
