"""A Draft in, the findings on the levers beside sales and on budgets out (METHODS §4.2). Computes no gain."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.diagnose.draft import FULL_COSTS, MINOR, NORMAL, Draft, Rule, finding
from sitegen.diagnose.wording import channel, quantity
from sitegen.messages import Quantity, Unit, say
from sitegen.model.computed import Finding, Measurement, Returns, State

OFF_PLAN = 0.10


def lever_unknown(draft: Draft) -> Iterator[Finding]:
    """A lever that was declared and that nobody can compute, with the reason."""
    for lever, number in _declared(draft.scorecard.returns):
        if number.value is None and number.reason is not None:
            named = say(f"verdict.lever.{lever}")
            yield finding("returns", "lever_unknown", NORMAL, FULL_COSTS, about=lever, lever=named, why=number.reason)


def _declared(returns: Returns) -> Iterator[tuple[str, Measurement]]:
    """The margin on sales only where its factors are known: what lacks of them is told by rules of their own."""
    factors = (returns.attributed_revenue.value, returns.margin, returns.incrementality)
    if returns.sales_gain and None not in factors:
        yield "sales", returns.sales_gain.margin
    if returns.communication:
        yield "communication", returns.communication.saving
    if returns.service:
        yield "service", returns.service.saving


def communication_dearer(draft: Draft) -> Iterator[Finding]:
    """The same effect costs more than before, by the lower valuation."""
    found = draft.scorecard.returns.communication
    saving = quantity(found.saving) if found else None
    if found and saving and saving.value < 0 and found.saving.period:
        yield finding(
            "returns",
            "communication_dearer",
            NORMAL,
            "reallocate-press-social",
            medium=found.medium,
            extra=Quantity(-saving.value, Unit.MONEY, saving.currency),
            period=found.saving.period,
        )


def effect_fell(draft: Draft) -> Iterator[Finding]:
    """The new mix costs less at equal effect and brings less: the saving has two valuations."""
    found = draft.scorecard.returns.communication
    if found is None:
        return
    old, new, low, high = map(quantity, (found.old_effect, found.new_effect, found.saving, found.saving_high))
    if old and new and low and high and new.value < old.value and low.value >= 0:
        yield finding(
            "returns",
            "effect_fell",
            NORMAL * (1 - new.value / old.value),
            "reallocate-press-social",
            medium=found.medium,
            effect=say(f"levers.effect.{found.effect}"),
            old=old,
            new=new,
            saving=say("findings.effect_fell.range", low=low, high=high),
        )


def service_dearer(draft: Draft) -> Iterator[Finding]:
    """A contact of the customer service costs more than in the period of reference."""
    service = draft.scorecard.returns.service
    before, now = (quantity(service.per_contact_before), quantity(service.per_contact_now)) if service else (None, None)
    if service and before and now and now.value > before.value:
        yield finding(
            "returns",
            "service_dearer",
            NORMAL,
            "social-customer-service",
            before=before,
            now=now,
            reference=service.reference,
        )


def hire_not_budgeted(draft: Draft) -> Iterator[Finding]:
    """A hire that was avoided and stood in no budget: nobody was going to pay for it."""
    service = draft.scorecard.returns.service
    if service and service.cancelled == "hire" and service.nature == "freed":
        yield finding("returns", "hire_not_budgeted", MINOR, "social-customer-service")


def off_plan(draft: Draft) -> Iterator[Finding]:
    """A channel whose plan still runs and will end more than a tenth away from it, at the present pace; spend that is
    partly unknown tells no pace."""
    for line in draft.scorecard.returns.budgets:
        planned, projected = quantity(line.planned), quantity(line.projected)
        runs = line.period.end >= draft.scorecard.as_of and line.projected.state is State.COMPLETE
        if not runs or not planned or not projected or planned.value <= 0:
            continue
        gap = projected.value / planned.value - 1
        if abs(round(gap, 6)) > OFF_PLAN:
            yield finding(
                "returns",
                "off_plan",
                MINOR,
                "budget-by-goal",
                about=line.channel,
                channel=channel(line.channel),
                planned=planned,
                projected=projected,
                gap=Quantity(gap, Unit.CHANGE),
                period=line.period,
            )


RULES: tuple[Rule, ...] = (
    communication_dearer,
    service_dearer,
    lever_unknown,
    effect_fell,
    hire_not_budgeted,
    off_plan,
)
