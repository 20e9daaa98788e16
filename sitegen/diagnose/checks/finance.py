"""A Case in, the checks of the second sign out: does it show in the results? (METHODS §7). Computes no return."""

from __future__ import annotations

from dataclasses import replace

from sitegen.diagnose import gains
from sitegen.diagnose.checks.case import (
    DECLARED,
    Case,
    Outcome,
    Rule,
    answered,
    exempt,
    graded,
    shown,
    stated,
    unknown,
)
from sitegen.diagnose.wording import quantity
from sitegen.messages import Message, Quantity, Text, Unit, say
from sitegen.model.authored import COST_LINES, Answer
from sitegen.model.computed import Measurement, Returns, ServiceSaving

FEWER = 0.05  # contacts for each case: from this fall on there are fewer of them
MEASURED = frozenset({"test", "before_after"})  # how a share is known, rather than estimated


def digital_sales(case: Case) -> Outcome:
    """S2.01: revenue by a digital channel is measured; leads without a value are half of it."""
    returns, answer = case.scorecard.returns, case.answers.digital_sales
    for kind, number in (("sales", returns.sales), ("attributed", returns.attributed_revenue)):
        if (amount := quantity(number)) and number.period:
            reason = say(f"checks.S2.01.{kind}", amount=amount, period=number.period)
            return shown(1.0, reason, answer, number.sources)
    leads = case.comparison("leads")
    if leads is not None and leads.current.value is not None:
        return shown(0.5, say("checks.S2.01.leads"), answer, leads.current.sources)
    return answered("S2.01", answer, at_most=DECLARED)


def incremental_margin(case: Case) -> Outcome:
    """S2.02: the additional margin; only a measured share that stays positive in the low scenario proves it."""
    returns, gain = case.scorecard.returns, case.scorecard.returns.sales_gain
    if gain is None or gain.margin.value is None:
        return unknown("S2.02") if gain and gain.revenue.value is None else _estimated_margin(case)
    if gain.margin.value <= 0:
        return shown(0.0, say("checks.S2.02.nothing"), sources=gain.margin.sources)
    proved = gain.method in MEASURED and _positive_at_least(returns)
    reason = say(f"checks.S2.02.{'proved' if proved else 'estimated'}")
    return shown(1.0 if proved else 0.5, reason, sources=gain.margin.sources)


def _positive_at_least(returns: Returns) -> bool:
    """In the lowest scenario, whose share is the lower bound of the measured one."""
    return min((each.incrementality * each.margin for each in returns.scenarios), default=0.0) > 0


def _estimated_margin(case: Case) -> Outcome:
    """Without the margin itself: what its factors tell, some of which may be for the agency only."""
    revenue, withheld = case.scorecard.returns.attributed_revenue, case.scorecard.returns.withheld
    factors = (case.client.margin, case.client.incrementality)
    if revenue.value is None or (case.client.margin is None and "margin" not in withheld):
        return unknown("S2.02")
    if revenue.value <= 0 or any(factor is not None and factor.rate <= 0 for factor in factors):
        return shown(0.0, say("checks.S2.02.nothing"), sources=revenue.sources)
    told = "estimated" if case.client.incrementality or "incrementality" in withheld else "open"
    return shown(0.5, say(f"checks.S2.02.{told}"), sources=revenue.sources)


def margin(case: Case) -> Outcome:
    """S2.03: a margin with its source or its date; without, it is an assumption."""
    told = case.client.margin
    if "margin" in case.scorecard.returns.withheld:
        return stated(1.0, say("checks.S2.03.withheld"))
    if told is None:
        return answered("S2.03", case.answers.margin_known, at_most=DECLARED)
    if told.source is None and told.date is None:
        return stated(0.5, say("checks.S2.03.assumed"))
    return stated(1.0, say("checks.S2.03.sourced"))


def press_reference(case: Case) -> Outcome:
    """S2.04: the former budget with what it brought, or alone; what is declared of it wins over the answer."""
    answer, declared = case.answers.press_reference, case.client.gains.communication
    if declared is None:
        return _exempted(answer) or answered("S2.04", answer)
    told = "declared" if declared.before.effect else "declared_cost"
    outcome = shown(1.0 if declared.before.effect else 0.5, say(f"checks.S2.04.{told}", medium=declared.medium), answer)
    return replace(outcome, evidence=declared.before.source or answer.evidence)


def press_saving(case: Case) -> Outcome:
    """S2.05: what communication saves at equal effect; with the effect unknown, a lower cost is half of it."""
    found = case.scorecard.returns.communication
    if found is None:
        return _exempted(case.answers.press_reference) or unknown("S2.05")
    old, new = quantity(found.old_cost), quantity(found.new_cost)
    saving, period = quantity(found.saving), found.saving.period
    if saving and period:
        told = "saved" if saving.value > 0 else "not_saved"
        told = "reused" if found.reused and saving.value > 0 else told
        reason = say(f"checks.S2.05.{told}", saving=saving, medium=found.medium, period=period)
        return _sourced(1.0 if gains.cheaper(found) else 0.0, reason, found.saving, found.source)
    if old is None or new is None:
        return unknown("S2.05")
    kind = "cost_down" if old.value > new.value else "cost_up"
    reason = say(f"checks.S2.05.{kind}", before=old, now=new, medium=found.medium)
    return _sourced(0.5 if old.value > new.value else 0.0, reason, found.new_cost, found.source)


def _sourced(score: float, reason: Message, number: Measurement, evidence: Text | None) -> Outcome:
    return replace(shown(score, reason, sources=number.sources), evidence=evidence)


def service_contacts(case: Case) -> Outcome:
    """S2.06: contacts counted by channel with what each costs; counted without it, they are half of it."""
    answer, service = case.answers.service_contacts, case.scorecard.returns.service
    lines = [line for line in service.lines if line.contacts_now.value is not None] if service else []
    if lines:
        costed = all(line.unit_now.value is not None for line in lines)
        sources = tuple(dict.fromkeys(path for line in lines for path in line.contacts_now.sources))
        reason = say(f"checks.S2.06.{'costed' if costed else 'contacts'}", count=len(lines))
        return shown(1.0 if costed else 0.5, reason, _no_more_than_counted(answer), sources)
    for metric, told in (("contacts", "contacts"), ("messages_received", "counted")):
        counted = case.comparison(metric)
        if counted is not None and counted.current.value is not None:
            reason = say(f"checks.S2.06.{told}")
            return shown(0.5, reason, _no_more_than_counted(answer), counted.current.sources)
    if case.scorecard.inbox is not None:
        reason = say("checks.S2.06.counted")
        return shown(0.5, reason, _no_more_than_counted(answer), case.scorecard.inbox.received.sources)
    return _exempted(answer) or answered("S2.06", answer, at_most=DECLARED)


def _no_more_than_counted(answer: Answer) -> Answer | None:
    """Who says that contacts are counted is not contradicted by files that count a part of them."""
    return answer if answer.said == "no" else None


def contact_points(case: Case) -> Outcome:
    """S2.07: contacts for each resolved case, now against the period of reference."""
    service = case.scorecard.returns.service
    before, now = (quantity(service.per_case_before), quantity(service.per_case_now)) if service else (None, None)
    if service is None or not before or not now or before.value <= 0:
        return _exempted(case.answers.service_contacts) or unknown("S2.07")
    change = round(now.value / before.value - 1, 6)
    score = graded(-change, FEWER, -FEWER)
    told = {1.0: "fewer", 0.5: "same", 0.0: "more"}[score]
    reason = say(f"checks.S2.07.{told}", before=before, now=now, change=Quantity(change, Unit.CHANGE))
    return shown(score, reason, sources=service.per_case_now.sources)


def service_efficiency(case: Case) -> Outcome:
    """S2.08: cash saved, or a planned hire shown to be avoided; a contact that costs less is half of it."""
    service = case.scorecard.returns.service
    if service is None:
        return _exempted(case.answers.service_contacts) or unknown("S2.08")
    if gains.cancelled(service):
        saving = quantity(service.saving) or 0  # a hire counts without it
        reason = say(f"checks.S2.08.{service.cancelled}", saving=saving)
        return _sourced(1.0, reason, service.booked, service.evidence)
    return _per_contact(service)


def _per_contact(service: ServiceSaving) -> Outcome:
    before, now = quantity(service.per_contact_before), quantity(service.per_contact_now)
    if not before or not now:
        return unknown("S2.08")
    lower = now.value < before.value
    reason = say(f"checks.S2.08.{'freed' if lower else 'not_down'}", before=before, now=now)
    return _sourced(0.5 if lower else 0.0, reason, service.per_contact_now, service.evidence)


def full_return(case: Case) -> Outcome:
    """S2.09: the return of every lever with all costs; on attributed sales or some costs it is half proved.

    Gains that are partly unknown cannot prove a loss.
    """
    returns = case.scorecard.returns
    number = gains.full(returns)
    proven = number.value is not None
    number = number if proven else returns.roi_attributed
    if number.value is None or number.period is None or (number.value <= 0 and not gains.whole(returns)):
        return unknown("S2.09")
    complete = proven and returns.known_lines == len(COST_LINES)
    kind = "loss" if number.value <= 0 else "gain" if complete else "partial" if proven else "claimed"
    score = {"loss": 0.0, "gain": 1.0}.get(kind, 0.5)
    roi, levers = Quantity(number.value, Unit.CHANGE), gains.counted(returns)
    reason = say(f"checks.S2.09.{kind}", roi=roi, period=number.period, levers=levers)
    return shown(score, reason, sources=number.sources)


def _exempted(answer: Answer) -> Outcome | None:
    return exempt(answer.not_applicable) if answer.not_applicable else None


RULES: dict[str, Rule] = {
    "S2.01": digital_sales,
    "S2.02": incremental_margin,
    "S2.03": margin,
    "S2.04": press_reference,
    "S2.05": press_saving,
    "S2.06": service_contacts,
    "S2.07": contact_points,
    "S2.08": service_efficiency,
    "S2.09": full_return,
}
