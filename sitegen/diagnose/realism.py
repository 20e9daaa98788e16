"""One objective's need, past and P0 in, how realistic its target is out (METHODS §2.6). Forecasts nothing."""

from __future__ import annotations

import math

from sitegen.diagnose.outlook import figure
from sitegen.diagnose.status import HOLDING
from sitegen.diagnose.wording import in_unit
from sitegen.messages import Message, Quantity, Unit, say
from sitegen.model.authored import Objective
from sitegen.model.computed import Progress, Realism

FEASIBLE = 2.0  # times the best past growth: beyond it a target needs more than a good period
UNTOUCHED = (  # P0: without changing anything
    (0.40, Realism.REALISTIC),
    (0.15, Realism.AMBITIOUS),
    (0.03, Realism.VERY_AMBITIOUS),
    (0.0, Realism.NEEDS_ACTION),
)
CLASSES = ((0.40, Realism.REALISTIC), (0.15, Realism.AMBITIOUS), (0.0, Realism.VERY_AMBITIOUS))  # share of past windows
LEAP = 3.0  # times the baseline, asked within `SOON`, when there is no past growth to compare with
SOON = 92  # days: three months


def realism(progress: Progress, objective: Objective) -> tuple[Realism, Message]:
    """The class of METHODS §2.6 and its numbers. A past without growth tells nothing of what an action would bring."""
    need, best, rank = progress.need, progress.best_past, progress.need_rank
    if progress.direction in HOLDING:
        return Realism.NOT_ASSESSABLE, say("realism.reason.holding")
    if progress.untouched is not None and not _beyond_the_past(progress):
        reached = next(reached for limit, reached in UNTOUCHED if progress.untouched >= limit)
        return reached, say(f"realism.reason.{reached}", chance=figure(progress.untouched))
    if need is None or best is None or rank is None:
        return _without_past(progress, objective)
    numbers = {
        "need": _growth(need, progress),
        "best": _growth(best, progress),
        "share": Quantity(rank, Unit.RATE),
    }
    way = math.copysign(1.0, need)
    if way * need <= FEASIBLE * way * best:
        reached = next(reached for limit, reached in CLASSES if rank >= limit)
        return reached, say("realism.reason.past", **numbers)
    if way * best <= 0 and not _leap(progress):
        return Realism.NOT_ASSESSABLE, say("realism.reason.no_growth", **numbers)
    if objective.lever and objective.target_basis:
        return Realism.VERY_AMBITIOUS, say("realism.reason.to_justify", **numbers, lever=objective.lever)
    return Realism.UNREALISTIC, say("realism.reason.out_of_reach", **numbers)


def _without_past(progress: Progress, objective: Objective) -> tuple[Realism, Message]:
    multiplier = progress.multiplier
    if multiplier is None:
        return Realism.NOT_ASSESSABLE, say(
            "realism.reason.nothing" if progress.baseline.value == 0 else "realism.reason.no_baseline"
        )
    if _leap(progress) and objective.target_basis is None:
        times, days = Quantity(multiplier, Unit.RATIO), Quantity(progress.total_days, Unit.DAYS)
        return Realism.UNREALISTIC, say("realism.reason.leap", times=times, days=days)
    return Realism.NOT_ASSESSABLE, say("realism.reason.no_past")


def _beyond_the_past(progress: Progress) -> bool:
    """Whether the target asks for more than twice the best growth that ever was."""
    need, best = progress.need, progress.best_past
    if need is None or best is None:
        return _leap(progress)
    way = math.copysign(1.0, need)
    return way * need > FEASIBLE * way * best and (way * best > 0 or _leap(progress))


def _leap(progress: Progress) -> bool:
    return progress.multiplier is not None and progress.multiplier >= LEAP and progress.total_days <= SOON


def _growth(value: float, progress: Progress) -> Quantity:
    """A growth as it is told: points for a rate, a relative change where it is a logarithm, else a difference."""
    need, multiplier = progress.need, progress.multiplier
    if progress.unit is Unit.RATE:
        return Quantity(value, Unit.POINTS)
    if need is not None and multiplier and math.isclose(need, math.log(multiplier), abs_tol=1e-9):
        return Quantity(math.expm1(value), Unit.CHANGE)
    return in_unit(progress, value)
