"""Gains, budgets and taxes of a client in, what could not be computed or would count twice out (METHODS §4.2-4.4).

Names and dates that lead nowhere stop the client; what only leaves a gain without a number is warned of. Computes none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from sitegen.check.places import at_value
from sitegen.check.schema import Draft
from sitegen.errors import Problem, Severity
from sitegen.messages import Period, say
from sitegen.model.authored import Budget, CommunicationGain
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.facts import Document, Path

COMMUNICATION: Path = ("gains", "communication")
SERVICE: Path = ("gains", "service")
_APART = ("reach", "circulation")  # what both sides call so is not the same thing


def problems(draft: Draft, *, exported: bool) -> Iterator[Problem]:
    """Everything but names and dates; `exported` tells whether a file holds the media spend."""
    yield from _effect(draft)
    yield from _cancelled(draft)
    yield from _budgets(draft)
    yield from _media(draft, exported=exported)
    yield from _tax(draft)


def _effect(draft: Draft) -> Iterator[Problem]:
    """The former medium and its successor can be compared."""
    gain = draft.communication
    if gain is None:
        return
    metric = METRICS.get(gain.now.metric or "")
    if metric is not None and metric.kind is not Kind.FLOW:
        message, hint = say(f"problems.no_total.{metric.kind}", kpi=metric.id), say("problems.hint.effect_metric")
        yield at_value(draft.document, (*COMMUNICATION, "now", "metric"), message, hint)
    elif told := _incomparable(draft.document, gain):
        yield replace(told, severity=Severity.WARNING, internal=gain.internal)


def _incomparable(document: Document, gain: CommunicationGain) -> Problem | None:
    if gain.effect in _APART:
        message, hint = say(f"problems.effect_apart.{gain.effect}"), say("problems.hint.effect_apart")
        return at_value(document, (*COMMUNICATION, "effect"), message, hint)
    if gain.now.metric is None and gain.now.effect is None:
        return at_value(
            document, (*COMMUNICATION, "now"), say("problems.no_new_effect"), say("problems.hint.no_new_effect")
        )
    return None


def _cancelled(draft: Draft) -> Iterator[Problem]:
    """Only what was really to be paid can be saved."""
    cancelled = draft.service.cancelled if draft.service else None
    if draft.service is None or cancelled is None:
        return
    at = (*SERVICE, "cancelled")
    if cancelled.amount.unknown:
        message, hint = say("problems.cancelled_unknown"), say("problems.hint.cancelled_unknown")
        yield at_value(draft.document, (*at, "amount"), message, hint)
    if cancelled.kind == "hire" and not cancelled.budgeted:
        message, hint = say("problems.hire_not_budgeted"), say("problems.hint.hire_not_budgeted")
        problem = at_value(draft.document, (*at, "kind"), message, hint, Severity.WARNING)
        yield replace(problem, internal=draft.service.internal)


def _budgets(draft: Draft) -> Iterator[Problem]:
    for path, budget in draft.budgets:
        if budget.amount.unknown:
            message, hint = say("problems.budget_unknown"), say("problems.hint.budget_unknown")
            yield at_value(draft.document, (*path, "amount"), message, hint)
    for (first, one), (second, other) in combinations(draft.budgets, 2):
        if (shared := _shared(one, other)) is not None:
            line, _ = draft.document.place(first)
            message = say("problems.budgets_overlap", channel=other.channel, line=str(line), days=shared)
            hint = say("problems.hint.budgets_overlap")
            problem = at_value(draft.document, second, message, hint, Severity.WARNING)
            yield replace(problem, internal=one.internal or other.internal)


def _shared(one: Budget, other: Budget) -> Period | None:
    """The days that both plans of one channel hold for."""
    if one.channel != other.channel or one.end < one.start or other.end < other.start:
        return None
    return Period(one.start, one.end).meet(Period(other.start, other.end))


def _media(draft: Draft, *, exported: bool) -> Iterator[Problem]:
    """Media spend that is written down although a file tells it."""
    declared = [cost for path, cost in draft.costs if path[:2] == ("costs", "media") and not cost.unknown]
    if exported and declared:
        message, hint = say("problems.media_twice"), say("problems.hint.media_twice")
        problem = at_value(draft.document, ("costs", "media"), message, hint, Severity.WARNING)
        yield replace(problem, internal=any(cost.internal for cost in declared))


def _tax(draft: Draft) -> Iterator[Problem]:
    """Sales that include VAT and its rate go together."""
    including: list[Path] = [("tax",)] if draft.data.get("tax") == "included" else []
    including += [(*path, "tax") for path, source in draft.sources if source.tax == "included"]
    if including and draft.data.get("vat") is None:
        message, hint = say("problems.tax_without_rate"), say("problems.hint.tax_without_rate")
        yield at_value(draft.document, including[0], message, hint, Severity.WARNING)
    elif not including and draft.data.get("vat") is not None:
        message, hint = say("problems.vat_unused"), say("problems.hint.vat_unused")
        yield at_value(draft.document, ("vat",), message, hint, Severity.INFO)
