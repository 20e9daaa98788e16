"""One objective's progress in, its status and the rule that decided out (METHODS §2.4). Forecasts nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

from sitegen.diagnose import outlook as likely
from sitegen.diagnose.wording import in_unit, name
from sitegen.messages import Message, Quantity, Unit, say
from sitegen.model.authored import Thresholds
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.computed import Progress, State, Status

Decision: TypeAlias = tuple[Status, Message]
Row: TypeAlias = Callable[[Progress, Thresholds], Decision | None]

TWO_PERIODS = timedelta(weeks=2)  # weeks are the grain on which a short history is read (METHODS §3.1)
FINAL = {Status.ON_TRACK: Status.ACHIEVED, Status.AT_RISK: Status.MISSED, Status.OFF_TRACK: Status.MISSED}
HOLDING = frozenset({"maintain_above", "maintain_below", "range"})


def status(progress: Progress, thresholds: Thresholds) -> Decision:
    """The first row of the table that matches, with its numbers."""
    return next(decision for row in ROWS if (decision := row(progress, thresholds)))


def recent(progress: Progress) -> bool:
    """Whether the KPI has a value that is at most two periods old, on the deadline at the latest."""
    last, today = progress.last_value_on, min(progress.as_of, progress.deadline)
    return last is not None and today - last <= TWO_PERIODS


def capped(progress: Progress) -> bool:
    """Whether the objective is to stay under a total, such as a budget."""
    return progress.basis == "cumulative" and progress.direction in {"decrease", "maintain_below"}


def told(pace: float) -> float:
    """A pace as it is told, rounded down, since 94.96 % is not the 95 % that is asked for.

    To a tenth of a percent, or to a hundredth where a rate is told with two decimals.
    """
    steps = 1000 if abs(pace) >= 0.1 else 10_000
    return math.floor(round(pace * steps, 6)) / steps


def judged_from(progress: Progress) -> date:
    """The first day on which a status means something: a tenth of the time, two periods and one window have passed in
    the data, which may end a few days before the report."""
    windowed = progress.basis == "rate" and METRICS[progress.kpi].kind is not Kind.LEVEL
    window = progress.window_days if windowed else 0
    days = max(math.ceil(progress.total_days / 10), TWO_PERIODS.days, window)
    late = max(0, (min(progress.as_of, progress.deadline) - progress.start).days + 1 - progress.elapsed_days)
    return min(progress.start + timedelta(days - 1 + late), progress.deadline)


# ---------------------------------------------------------------- the rows, in the order of METHODS §2.4


def _not_started(progress: Progress, _: Thresholds) -> Decision | None:
    if progress.as_of >= progress.start:
        return None
    return Status.NOT_STARTED, say("status.reason.not_started", start=progress.start)


def _no_data(progress: Progress, _: Thresholds) -> Decision | None:
    if progress.current.value is None or progress.last_value_on is None:
        return Status.NO_DATA, progress.current.reason or say("status.reason.no_value")
    if not recent(progress):
        return Status.NO_DATA, say("status.reason.stale", last=progress.last_value_on)
    if progress.target is None:
        key = "target_of_nothing" if progress.baseline.value == 0 else "no_target"
        return Status.NO_DATA, say(f"status.reason.{key}")
    return None


def _total(progress: Progress, _: Thresholds) -> Decision | None:
    """A total that passed its target is final, before the deadline too: reached, or a ceiling that was burst."""
    if progress.basis != "cumulative" or progress.met is None:
        return None
    if capped(progress) and not progress.met:
        return Status.MISSED, say("status.reason.ceiling_exceeded", **_compared(progress))
    if progress.met and not capped(progress):
        return Status.ACHIEVED, say("status.reason.total_reached", **_compared(progress))
    return None


def _too_early(progress: Progress, _: Thresholds) -> Decision | None:
    first = judged_from(progress)
    if progress.as_of >= first:
        return None
    elapsed = Quantity(progress.elapsed_days, Unit.DAYS)
    return Status.TOO_EARLY, say("status.reason.too_early", elapsed=elapsed, first=first)


def _too_few(progress: Progress, thresholds: Thresholds) -> Decision | None:
    cases, counted = progress.current.denominator, METRICS[progress.kpi].denominator
    if progress.unit is not Unit.RATE or counted is None or cases is None or cases >= thresholds.minimum_denominator:
        return None
    minimum = thresholds.minimum_denominator
    return Status.INCONCLUSIVE, say("status.reason.too_few", cases=int(cases), counted=name(counted), minimum=minimum)


def _ended(progress: Progress, thresholds: Thresholds) -> Decision | None:
    if progress.as_of < progress.deadline:
        return None
    if held := _holding(progress, thresholds):
        return FINAL.get(held[0], held[0]), held[1]
    if _undecided(progress):
        return Status.INCONCLUSIVE, say("status.reason.missing_days", **_compared(progress))
    if progress.met:
        return Status.ACHIEVED, _read(progress, "final")
    if progress.reached_on:
        return Status.MISSED, say("status.reason.lost", **_compared(progress), reached_on=progress.reached_on)
    return Status.MISSED, _read(progress, "final")


def _undecided(progress: Progress) -> bool:
    """Whether the missing days of a total that is over, taken for average ones, would change the answer."""
    whole = progress.current.state is State.COMPLETE and progress.elapsed >= 1
    if progress.basis != "cumulative" or progress.attainment is None or not progress.elapsed or whole:
        return False
    part = progress.attainment / progress.elapsed
    return (part <= 1 if capped(progress) else part >= 1) is not progress.met


def _reached(progress: Progress, _: Thresholds) -> Decision | None:
    if progress.basis != "rate" or progress.direction in HOLDING or not progress.met:
        return None
    return Status.REACHED_HOLD, _read(progress, "reached")


def _holding(progress: Progress, thresholds: Thresholds) -> Decision | None:
    if progress.basis != "rate" or progress.direction not in HOLDING or progress.inside is None:
        return None
    if not progress.inside:
        return Status.OFF_TRACK, say("status.reason.outside", **_compared(progress))
    if progress.compliance is None:
        return Status.INCONCLUSIVE, say("status.reason.no_period")
    share = {
        "compliance": Quantity(progress.compliance, Unit.RATE),
        "wanted": Quantity(thresholds.compliance, Unit.RATE),
    }
    if progress.compliance >= thresholds.compliance:
        return Status.ON_TRACK, say("status.reason.inside", **share)
    return Status.AT_RISK, say("status.reason.inside_too_rarely", **share)


def _foreseen(progress: Progress, thresholds: Thresholds) -> Decision | None:
    """The probability of reaching the target: it decides where the past is long, else the worse of it and the pace."""
    outlook = progress.outlook
    if outlook is None or progress.pace is None:
        return None
    by_chance, by_pace = likely.standing(outlook, thresholds), _by_pace(progress.pace, thresholds)
    reached = by_chance if outlook.periods >= likely.FIGURES else likely.worse(by_chance, by_pace)
    rates = {"pace": told(progress.pace), "likely": thresholds.likely, "unlikely": thresholds.unlikely}
    reason = say(
        f"status.reason.foreseen_{outlook.grain}" if reached is by_chance else "status.reason.foreseen_but_slow",
        chance=likely.chance(outlook, thresholds),
        count=outlook.periods,
        **{label: Quantity(value, Unit.RATE) for label, value in rates.items()},
    )
    because = likely.difference(progress, outlook, by_pace, by_chance)
    return reached, say("status.reason.and", first=reason, then=because) if because else reason


def _uncertain(progress: Progress, thresholds: Thresholds) -> Decision | None:
    """The margin of error reaches from "off track" to "on track": the figures cannot tell."""
    pace, ends = progress.pace, (progress.pace_low, progress.pace_high)
    cases, counted = progress.current.denominator, METRICS[progress.kpi].denominator
    if pace is None or ends[0] is None or ends[1] is None or cases is None or counted is None:
        return None
    low, high = min(ends[0], ends[1]), max(ends[0], ends[1])
    if low >= thresholds.at_risk or high < thresholds.on_track:
        return None
    return Status.INCONCLUSIVE, say(
        "status.reason.uncertain",
        low=Quantity(low, Unit.RATE),
        high=Quantity(high, Unit.RATE),
        more=_more_cases(cases, pace, low, high, thresholds),
        counted=name(counted),
    )


def _paced(progress: Progress, thresholds: Thresholds) -> Decision:
    if progress.pace is None:
        return Status.INCONCLUSIVE, say("status.reason.no_pace")
    return _by_pace(progress.pace, thresholds), _pace(progress, progress.pace, thresholds)


def _by_pace(pace: float, thresholds: Thresholds) -> Status:
    if pace >= thresholds.on_track:
        return Status.ON_TRACK
    return Status.AT_RISK if pace >= thresholds.at_risk else Status.OFF_TRACK


ROWS: tuple[Row, ...] = (
    _not_started,
    _no_data,
    _total,
    _too_early,
    _too_few,
    _ended,
    _reached,
    _holding,
    _foreseen,
    _uncertain,
    _paced,
)


# ---------------------------------------------------------------- their numbers


def _compared(progress: Progress) -> dict[str, Quantity]:
    """The value and the target, as far as they are known."""
    known = (("now", progress.current.value), ("target", progress.target))
    return {label: in_unit(progress, value) for label, value in known if value is not None}


def _read(progress: Progress, reason: str) -> Message:
    """A reason with the value and the target; a target inside the margin of error is said to be so (METHODS §2.5)."""
    interval, target = progress.current.interval, progress.target
    if interval is None or target is None or not interval[0] <= target <= interval[1]:
        return say(f"status.reason.{reason}", **_compared(progress))
    low, high = (in_unit(progress, end) for end in interval)
    return say(f"status.reason.{reason}_within_margin", **_compared(progress), low=low, high=high)


def _pace(progress: Progress, pace: float, thresholds: Thresholds) -> Message:
    """A pace with its limits; for a ceiling less is better, so what is used of it is told too."""
    rates = {"pace": told(pace), "on_track": thresholds.on_track, "at_risk": thresholds.at_risk}
    if capped(progress) and progress.attainment is not None and progress.expected is not None:
        rates |= {"used": progress.attainment, "expected": progress.expected}
    reason = "capped" if "used" in rates else "pace"
    return say(f"status.reason.{reason}", **{label: Quantity(value, Unit.RATE) for label, value in rates.items()})


def _more_cases(cases: float, pace: float, low: float, high: float, thresholds: Thresholds) -> int:
    """Roughly how many more cases would settle it: a margin of error narrows as the square root of the cases."""
    below = (pace - thresholds.at_risk) / (pace - low) if pace > low else 0.0
    above = (thresholds.on_track - pace) / (high - pace) if high > pace else 0.0
    more = max(cases / max(below, above) ** 2 - cases, 1.0)
    return int(round(more, 1 - math.floor(math.log10(more))))
