"""An objective and the daily values in, where it stands out: facts only, no verdict (METHODS §2.2-2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from math import inf, isclose
from typing import Literal, TypeAlias

from sitegen.measure import baseline as start_value
from sitegen.measure.arrays import Array
from sitegen.measure.course import LONG, Course, course, lasts
from sitegen.measure.daily import Daily
from sitegen.measure.kinds import tally
from sitegen.measure.outlook import outlook, untouched
from sitegen.measure.pacing import expected
from sitegen.measure.periods import months_on, window, within
from sitegen.measure.realism import need
from sitegen.messages import Message, Period, say
from sitegen.model.authored import Basis, FrozenBaseline, Objective, Target, TargetForm
from sitegen.model.catalogue import METRICS, Direction, Kind
from sitegen.model.computed import Grain, Measurement, Point, Progress, State
from sitegen.model.facts import Dossier

Way: TypeAlias = Literal["increase", "decrease", "maintain_above", "maintain_below", "range"]

POINTS = 60  # at most, in a history or an expected path
KEPT: Mapping[TargetForm, Way] = {
    TargetForm.AT_LEAST: "maintain_above",
    TargetForm.AT_MOST: "maintain_below",
    TargetForm.RANGE: "range",
}
CEILINGS: frozenset[Way] = frozenset({"decrease", "maintain_below"})


def progress(objective: Objective, dossier: Dossier, daily: Daily, as_of: date) -> Progress:
    """Where `objective` stands on `as_of`."""
    run = course(objective, dossier, daily, as_of)
    facts = _known(run, dossier.baselines)
    if facts.target is None:
        return facts
    if run.basis is Basis.RATE and facts.direction in KEPT.values():
        return _kept(facts, run)
    paced, shares, seasons = expected(run, dossier.client.events)
    facts = _needed(replace(facts, pacing=paced.value, seasons=seasons), run)
    stands = _total(facts, run, shares) if run.basis is Basis.CUMULATIVE else _value(facts, run, shares)
    return _foreseen(stands, run)


# ---------------------------------------------------------------- what every objective has


def _known(run: Course, frozen: Mapping[str, FrozenBaseline]) -> Progress:
    """Baseline, current value, target, elapsed time and history; nothing compared yet."""
    objective, metric, span = run.objective, run.metric, run.reading.span
    before, origin, gap = start_value.baseline(run, frozen)
    target, upper = targeted(objective.target, before.value)
    return Progress(
        objective=run.id,
        kpi=metric.id,
        unit=metric.unit,
        currency=run.reading.currency,
        direction=direction(objective, before.value),
        basis=run.basis.value,
        pacing="linear",
        window_days=run.window,
        start=objective.start,
        deadline=objective.deadline,
        as_of=run.as_of,
        baseline=before,
        baseline_origin=origin,
        current=_current(run),
        target=target,
        target_upper=upper,
        elapsed_days=run.elapsed,
        total_days=run.period.days,
        elapsed=run.elapsed / run.period.days,
        expected=None,
        progress=None,
        last_value_on=span.end if span else None,
        baseline_gap=gap,
        history=_history(run),
    )


def _current(run: Course) -> Measurement:
    """The KPI now, or at the deadline when it has passed; a total that has not begun has none."""
    found = run.on(run.today)
    if run.basis is Basis.CUMULATIVE and not run.elapsed:
        reason = say("progress.reason.not_started", start=run.objective.start)
        return replace(found, value=None, period=None, coverage=None, state=State.NOT_COMPUTABLE, reason=reason)
    return found


def targeted(target: Target, baseline: float | None) -> tuple[float | None, float | None]:
    """The target in the KPI's unit, and the upper end of a range; None without the baseline that it is relative to.

    `+50%` of a rate is relative: 2 % becomes 3 % (METHODS §2.2).
    """
    match target.form:
        case TargetForm.RELATIVE:
            return (baseline * (1 + target.value) if baseline else None), None
        case TargetForm.MULTIPLIER:
            return (baseline * target.value if baseline else None), None
        case TargetForm.POINTS:
            return (None if baseline is None else baseline + target.value), None
    return target.value, target.upper


def direction(objective: Objective, baseline: float | None) -> Way:
    """The way the KPI is to go: as a change says, as declared, as is good for the KPI, else towards the target."""
    target = objective.target
    match target.form:
        case TargetForm.AT_LEAST | TargetForm.AT_MOST | TargetForm.RANGE:
            return KEPT[target.form]
        case TargetForm.RELATIVE | TargetForm.POINTS:
            return "increase" if target.value >= 0 else "decrease"
        case TargetForm.MULTIPLIER:
            return "increase" if target.value >= 1 else "decrease"
    good = objective.direction or METRICS[objective.kpi].good
    if good is not None:
        return "increase" if good is Direction.UP else "decrease"
    return "increase" if baseline is None or target.value >= baseline else "decrease"


def _judged(facts: Progress, run: Course) -> float | None:
    """The current value as it compares with the target: a flow at its mean per observed day, like its baseline."""
    now, coverage = facts.current.value, facts.current.coverage
    return now / coverage if now is not None and coverage and run.metric.kind is Kind.FLOW else now


def _needed(facts: Progress, run: Course) -> Progress:
    before, target = facts.baseline.value, facts.target
    asked = need(run, before, target)
    return replace(
        facts,
        need=asked.need,
        best_past=asked.best,
        need_rank=asked.rank,
        multiplier=_times(before, target),
    )


def _times(before: float | None, target: float | None) -> float | None:
    """The target over the baseline; None where they lie on both sides of zero or the ratio is beyond all numbers."""
    if not before or target is None:
        return None
    times = target / before
    return times if 0 < times < inf else None


def _foreseen(facts: Progress, run: Course) -> Progress:
    """What the trend leads to, from today and from before the start; from today only while the objective runs."""
    target, increase, now = facts.target, facts.direction not in CEILINGS, _judged(facts, run)
    if target is None:
        return facts
    facts = replace(facts, untouched=untouched(run, target, increase=increase))
    if not run.elapsed or run.today >= run.objective.deadline or now is None:
        return facts
    found = outlook(run, target, now, increase=increase)
    return replace(facts, outlook_reason=found) if isinstance(found, Message) else replace(facts, outlook=found)


# ---------------------------------------------------------------- values of a window, to move


def _value(facts: Progress, run: Course, shares: Array) -> Progress:
    """A value that is to go from its baseline to its target: progress over the share that is expected by now."""
    before, now, target, way = facts.baseline.value, _judged(facts, run), facts.target, facts.direction
    ready = run.elapsed >= (1 if run.metric.kind is Kind.LEVEL else run.window)
    share = float(shares[run.elapsed - 1]) if ready else None
    done = _way_done(before, now, target, way)
    ends = (_over(_way_done(before, end, target, way), share) for end in facts.current.interval or ())
    paces = [pace for pace in ends if pace is not None]
    return replace(
        facts,
        expected=share,
        progress=done,
        pace=_over(done, share),
        pace_low=min(paces, default=None),
        pace_high=max(paces, default=None),
        met=None if now is None else meets(now, target, way),
        reached_on=_first_met(run, facts, run.window),
        expected_path=_path(run, shares, facts),
    )


def _way_done(before: float | None, now: float | None, target: float | None, way: Way) -> float | None:
    """(C - B) / (T - B), the same for a decrease; C / T (T / C) where no baseline lies on this side of the target."""
    if now is None or target is None:
        return None
    if before is not None and (target - before) * (-1 if way in CEILINGS else 1) > 0:
        return (now - before) / (target - before)
    top, bottom = (target, now) if way in CEILINGS else (now, target)
    return top / bottom if bottom else None


def _over(done: float | None, share: float | None) -> float | None:
    return done / share if done is not None and share else None


# ---------------------------------------------------------------- totals


def _total(facts: Progress, run: Course, shares: Array) -> Progress:
    """A total since the start: what is done of the target, and of what the target adds to the baseline.

    The pace is the worse of the two, since a target little above the baseline is nearly reached by doing nothing. A
    ceiling is on pace while no more of it is used than is expected. Missing days are taken for average ones, except in
    `met`: only what was observed reaches a target or bursts a ceiling.
    """
    observed, done, target, way = facts.current.value, _judged(facts, run), facts.target, facts.direction
    share = float(shares[run.elapsed - 1]) if run.elapsed else None
    facts = replace(facts, expected=share, expected_path=_path(run, shares, facts))
    if observed is None or done is None or target is None:
        return facts
    ceiling, met = way in CEILINGS, meets(observed, target, way)
    part = done / target if target else None
    gained = None if way in KEPT.values() else uplift(done, facts.baseline.value, target, share)
    paces = (_over(share, part) if ceiling else _over(part, share), gained)
    return replace(
        facts,
        progress=part,
        attainment=part,
        uplift=gained,
        pace=min((pace for pace in paces if pace is not None), default=None),
        met=met,
        inside=met if ceiling else None,
        reached_on=None if ceiling else _first_met(run, facts, 1),
    )


def uplift(done: float, baseline: float | None, target: float, share: float | None) -> float | None:
    """(done - B·E) / (T·E - B·E): of the change that is expected by now, the part that is there (METHODS §2.3)."""
    if baseline is None or baseline == target or not share:
        return None
    return (done - baseline * share) / ((target - baseline) * share)


# ---------------------------------------------------------------- values of a window, to keep


def _kept(facts: Progress, run: Course) -> Progress:
    """A value that is to stay inside its limits: now, and in each complete month (week if the objective is short)."""
    now, target = _judged(facts, run), facts.target
    inside = None if now is None else _inside(now, facts)
    by: Grain = "month" if lasts(run.objective, LONG) else "week"
    periods = within(Period(run.objective.start, run.today), by) if run.elapsed else ()
    values = [value for each in periods if (value := _of_window(run, each)) is not None]
    held = [_inside(value, facts) for value in values]
    ends = (run.objective.start, run.objective.deadline)
    return replace(
        facts,
        inside=inside,
        met=inside,
        compliance=sum(held) / len(held) if held else None,
        expected_path=tuple(Point(day, target) for day in ends) if target is not None else (),
    )


def _of_window(run: Course, period: Period) -> float | None:
    """The KPI over `period`; a flow at its mean per observed day, for as many days as the window."""
    found = tally(run.reading, period)
    if run.metric.kind is Kind.FLOW:
        return None if found.mean is None else found.mean * run.window
    return found.value


def _inside(value: float, facts: Progress) -> bool:
    if facts.target_upper is not None:
        return meets(value, facts.target, "increase") and meets(value, facts.target_upper, "decrease")
    return meets(value, facts.target, facts.direction)


# ---------------------------------------------------------------- over time


def meets(value: float, target: float | None, way: Way) -> bool:
    """Whether `value` is on the good side of `target`, or on it but for the last digits of the arithmetic."""
    if target is None:
        return False
    beyond = value <= target if way in CEILINGS else value >= target
    return beyond or isclose(value, target, rel_tol=1e-9)


def _first_met(run: Course, facts: Progress, first: int) -> date | None:
    """The first day, from the `first`-th of the objective on, on which its reading met the target."""
    for elapsed in range(first, run.elapsed + 1):
        day = run.objective.start + timedelta(elapsed - 1)
        value = _reads(run, day) if run.basis is Basis.CUMULATIVE else _of_window(run, window(day, run.window))
        if value is not None and meets(value, facts.target, facts.direction):
            return day
    return None


def _reads(run: Course, day: date) -> float | None:
    """The value of `run.on(day)`, without its address."""
    start = run.objective.start if run.basis is Basis.CUMULATIVE else day - timedelta(run.window - 1)
    return tally(run.reading, Period(start, day)).value


def _steps(start: date, end: date, length: int) -> list[date]:
    """`start`, then each week (each month if `length` days hold more than 59 weeks) counted back from `end`."""
    weekly = length <= 7 * (POINTS - 1)
    back = (end - timedelta(7 * i) if weekly else months_on(end, -i) for i in range(POINTS - 1))
    return sorted({start, *(day for day in back if day > start)}) if end >= start else []


def _history(run: Course) -> tuple[Point, ...]:
    days = _steps(run.objective.start, run.today, run.period.days)
    return tuple(Point(day, value) for day in days if (value := _reads(run, day)) is not None)


def _path(run: Course, shares: Array, facts: Progress) -> tuple[Point, ...]:
    """What is expected: a value from its baseline to its target, a total from nothing to its target."""
    start = 0.0 if run.basis is Basis.CUMULATIVE else facts.baseline.value
    if start is None or facts.target is None:
        return ()
    days = _steps(run.objective.start, run.objective.deadline, run.period.days)
    return tuple(
        Point(day, start + (facts.target - start) * float(shares[(day - run.objective.start).days])) for day in days
    )
