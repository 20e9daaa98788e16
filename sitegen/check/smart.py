"""Objectives in, what makes one impossible to judge out: dates, units, baselines, milestones (METHODS §2.1-2.2).

A target that goes the wrong way is only warned of; whether it is wise is not judged here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from sitegen.check.places import at_value
from sitegen.check.schema import Draft
from sitegen.errors import Problem, Severity
from sitegen.messages import Message, Unit, say
from sitegen.model.authored import (
    Basis,
    Budget,
    Cost,
    Event,
    FormerMedium,
    FrozenBaseline,
    Objective,
    Pacing,
    Target,
    TargetForm,
    Window,
)
from sitegen.model.catalogue import METRICS, Direction, Kind, Metric
from sitegen.model.facts import Document, Path

_RELATIVE = (TargetForm.RELATIVE, TargetForm.MULTIPLIER)
_STEEPEST = 1000  # times the baseline
_MAINTAINED = (TargetForm.AT_LEAST, TargetForm.RANGE)


def problems(draft: Draft, baselines: Mapping[str, FrozenBaseline]) -> Iterator[Problem]:
    """All objectives of a client, and the dates of its events, costs, gains and budgets.

    `baselines` are the frozen ones, by objective.
    """
    for path, objective in draft.objectives:
        metric = METRICS.get(objective.kpi)
        found = [*_dates(objective), *_milestones(objective)]
        if metric is not None:
            frozen = baselines.get(objective.id or objective.kpi)
            known = objective.baseline or frozen
            found += _target(objective, metric)
            found += _zero(objective, metric, known.value if known else None)
            found += _declared(objective, metric, draft.written((*path, "baseline")))
            found += _basis(objective, metric)
        for below, message, hint in found:
            yield at_value(draft.document, (*path, *below), message, hint)
        if metric is not None:
            for message in _direction(objective, metric):
                hint = say("problems.hint.wrong_way", kpi=objective.kpi)
                told = at_value(draft.document, (*path, "target"), message, hint, Severity.WARNING)
                yield replace(told, internal=objective.internal)
    spans: list[tuple[Path, Event | Cost | Budget | FormerMedium | Window]] = [
        *draft.events,
        *draft.costs,
        *draft.budgets,
    ]
    if draft.communication is not None:
        spans.append((("gains", "communication", "before"), draft.communication.before))
    if draft.service is not None:
        spans.append((("gains", "service", "before"), draft.service.before))
    for path, span in spans:
        if span.start is not None and span.end is not None and span.end < span.start:
            yield at_value(
                draft.document, (*path, "end"), say("problems.end_before_start", start=span.start, end=span.end)
            )


def windows(document: Document, frozen: Mapping[str, FrozenBaseline]) -> Iterator[Problem]:
    """The windows of frozen baselines that end before they start."""
    for name, baseline in frozen.items():
        if baseline.end < baseline.start:
            message = say("problems.end_before_start", start=baseline.start, end=baseline.end)
            yield at_value(document, ("baselines", name, "end"), message)


_Found = Iterator[tuple[Path, Message, Message | None]]


def _dates(objective: Objective) -> _Found:
    start, deadline = objective.start, objective.deadline
    if deadline <= start:
        yield ("deadline",), say("problems.deadline_before_start", start=start, deadline=deadline), None


def _target(objective: Objective, metric: Metric) -> _Found:
    """The form of the target fits what the KPI counts."""
    target, at = objective.target, ("target",)
    rate = metric.unit is Unit.RATE
    highest = target.value if target.upper is None else target.upper
    if change := _impossible(target):
        yield at, say(f"problems.{change}", value=target.text), say(f"problems.hint.{change}")
    elif target.form is TargetForm.POINTS and not rate:
        message = say("problems.points_of_no_rate", kpi=metric.id, value=target.text)
        yield at, message, say("problems.hint.points_of_no_rate")
    elif target.form in (TargetForm.POINTS, *_RELATIVE):
        return
    elif rate and not target.percent and highest >= 1:
        yield at, *_without_percent(metric, highest, target.text)
    elif rate and highest > 1:
        yield at, say("problems.rate_over_one", kpi=metric.id, value=target.text), None
    elif target.percent and not rate:
        hint = say("problems.hint.percent_of_no_rate", value=f"+{100 * target.value:g}%")
        yield at, say("problems.percent_of_no_rate", kpi=metric.id, value=target.text), hint


def _impossible(target: Target) -> str | None:
    """What is wrong with a change, whatever it is a change of."""
    if target.form not in (TargetForm.POINTS, *_RELATIVE):
        return None
    change = target.value - 1 if target.form is TargetForm.MULTIPLIER else target.value
    if change == 0:
        return "no_change"
    if change < -1:
        return "falls_below_nothing"
    return "too_steep" if change > _STEEPEST - 1 else None


def _without_percent(metric: Metric, value: float, text: str) -> tuple[Message, Message]:
    """`3` for a rate would be 300 %: nobody means that."""
    message = say("problems.rate_without_percent", kpi=metric.id, value=text, meant=f"{100 * value:g}")
    return message, say("problems.hint.write_instead", value="..".join(f"{part.strip()}%" for part in text.split("..")))


def _zero(objective: Objective, metric: Metric, value: float | None) -> _Found:
    """Nothing grows by a share of a baseline of zero."""
    if value == 0 and objective.target.form in _RELATIVE:
        message = say("problems.baseline_of_zero", kpi=metric.id, value=objective.target.text)
        yield ("target",), message, say("problems.hint.baseline_of_zero")


def _declared(objective: Objective, metric: Metric, written: object) -> _Found:
    """A declared baseline of a rate is written with %, or is a fraction below 1."""
    if objective.baseline is None or metric.unit is not Unit.RATE:
        return
    value, percent = objective.baseline.value, isinstance(written, str) and "%" in written
    if value >= 1 and not percent:
        yield ("baseline",), *_without_percent(metric, value, f"{value:g}")
    elif value > 1:
        yield ("baseline",), say("problems.rate_over_one", kpi=metric.id, value=f"{100 * value:g}%"), None


def _basis(objective: Objective, metric: Metric) -> _Found:
    if objective.basis is not Basis.CUMULATIVE:
        return
    if metric.kind is not Kind.FLOW:
        yield ("basis",), say(f"problems.no_total.{metric.kind}", kpi=metric.id), say("problems.hint.basis_rate")
    elif objective.target.form in _MAINTAINED:
        message = say("problems.maintained_total", value=objective.target.text)
        yield ("basis",), message, say("problems.hint.basis_rate")


def _milestones(objective: Objective) -> _Found:
    milestones = objective.milestones
    if objective.pacing is Pacing.MILESTONES and not milestones:
        hint = say("problems.hint.milestones", day=objective.deadline.isoformat())
        yield ("pacing",), say("problems.no_milestones"), hint
    for index, milestone in enumerate(milestones):
        if not objective.start <= milestone.on <= objective.deadline:
            message = say(
                "problems.milestone_outside", day=milestone.on, start=objective.start, deadline=objective.deadline
            )
            yield ("milestones", index, "on"), message, None
    for index, (before, after) in enumerate(pairwise(milestones), start=1):
        if after.on <= before.on:
            yield ("milestones", index, "on"), say("problems.milestones_unordered"), None
        if after.share <= before.share:
            yield ("milestones", index, "share"), say("problems.milestones_fall"), None


def _direction(objective: Objective, metric: Metric) -> Iterator[Message]:
    """The target goes another way than the one that is good for the KPI."""
    good = objective.direction or metric.good
    way = _way(objective)
    if good is not None and way is not None and way is not good:
        yield say(f"problems.wrong_way.{good}", kpi=metric.id, value=objective.target.text)


def _way(objective: Objective) -> Direction | None:
    target, baseline = objective.target, objective.baseline
    match target.form:
        case TargetForm.RELATIVE | TargetForm.POINTS:
            change = target.value
        case TargetForm.MULTIPLIER:
            change = target.value - 1
        case TargetForm.AT_LEAST:
            return Direction.UP
        case TargetForm.AT_MOST:
            return Direction.DOWN
        case TargetForm.ABSOLUTE if baseline is not None:
            change = target.value - baseline.value
        case _:
            return None
    return None if change == 0 else Direction.UP if change > 0 else Direction.DOWN
