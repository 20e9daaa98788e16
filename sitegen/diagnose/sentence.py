"""One objective's progress and status in, one sentence for an executive out.

Value, baseline and target each come with their unit and their date. Judges nothing.
"""

from __future__ import annotations

from sitegen.diagnose.outlook import chance, standing
from sitegen.diagnose.status import capped, judged_from, told
from sitegen.diagnose.wording import in_unit, quantity
from sitegen.messages import Message, Quantity, Unit, say
from sitegen.model.authored import Thresholds
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.computed import Progress, State, Status


def sentence(progress: Progress, status: Status, thresholds: Thresholds) -> Message:
    """The KPI, its value and its baseline with their dates, the target and the deadline, where the objective stands."""
    return say(
        "status.sentence", now=_observed(progress), aim=_aim(progress), standing=_standing(progress, status, thresholds)
    )


def _observed(progress: Progress) -> Message:
    """The value, and what it lacks: a flow is judged at its mean per observed day (METHODS §1)."""
    current, now = progress.current, _now(progress)
    if current.state is not State.PARTIAL:
        return now
    if current.coverage is None or current.coverage >= 1:
        return say("status.partial.sources", now=now)
    kind = "flow" if METRICS[progress.kpi].kind is Kind.FLOW else "other"
    return say(f"status.partial.{kind}", now=now, coverage=Quantity(current.coverage, Unit.RATE))


def _now(progress: Progress) -> Message:
    kpi, now, baseline = say(f"metrics.{progress.kpi}.Name"), quantity(progress.current), quantity(progress.baseline)
    if now is None or progress.current.period is None:
        return say("status.now.unknown", kpi=kpi)
    if baseline is None:
        return say(f"status.now.{progress.basis}", kpi=kpi, now=now, period=progress.current.period)
    return say(
        f"status.now.{progress.basis}_since",
        kpi=kpi,
        now=now,
        period=progress.current.period,
        baseline=baseline,
        reference=progress.baseline.period or say("status.now.declared"),
    )


def _aim(progress: Progress) -> Message:
    if progress.target is None:
        key = "of_nothing" if progress.baseline.value == 0 else "unknown"
        return say(f"status.aim.{key}", deadline=progress.deadline)
    target = in_unit(progress, progress.target)
    if progress.target_upper is not None:
        upper = in_unit(progress, progress.target_upper)
        return say("status.aim.range", low=target, high=upper, deadline=progress.deadline)
    total = "total_ceiling" if capped(progress) else "total_floor"
    aim = total if progress.basis == "cumulative" else progress.direction
    return say(f"status.aim.{aim}", target=target, deadline=progress.deadline)


def _standing(progress: Progress, status: Status, thresholds: Thresholds) -> Message:
    match status:
        case Status.NOT_STARTED:
            return say("status.standing.not_started", start=progress.start)
        case Status.TOO_EARLY:
            return say("status.standing.too_early", first=judged_from(progress))
        case Status.REACHED_HOLD:
            return say("status.standing.reached_hold", deadline=progress.deadline)
        case Status.MISSED:
            return _missed(progress)
        case Status.ON_TRACK | Status.AT_RISK | Status.OFF_TRACK:
            return _under_way(progress, status, thresholds)
    return say(f"status.standing.{status}")


def _missed(progress: Progress) -> Message:
    if progress.reached_on:
        return say("status.standing.lost", reached_on=progress.reached_on)
    if capped(progress):
        return say("status.standing.exceeded")
    return say("status.standing.missed")


def _under_way(progress: Progress, status: Status, thresholds: Thresholds) -> Message:
    if progress.compliance is not None:
        return say(f"status.held.{status}", compliance=Quantity(progress.compliance, Unit.RATE))
    if progress.pace is None:
        return say("status.held.off_track")
    if progress.pace < 0 and not capped(progress):
        return say(f"status.back.{progress.basis}")
    if progress.outlook is not None and standing(progress.outlook, thresholds) is status:
        return say(f"status.foreseen.{status}", chance=chance(progress.outlook, thresholds))
    if capped(progress) and progress.attainment is not None and progress.expected is not None:
        used, expected = Quantity(progress.attainment, Unit.RATE), Quantity(progress.expected, Unit.RATE)
        return say(f"status.capped.{status}", used=used, expected=expected)
    reading = "rise" if progress.paced_by_rise else "standing"
    return say(f"status.{reading}.{status}", pace=Quantity(told(progress.pace), Unit.RATE))
