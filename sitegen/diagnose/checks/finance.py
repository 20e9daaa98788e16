"""A Case in, the checks of the second sign out: does it show in the results? (METHODS §7). Computes no return."""

from __future__ import annotations

from sitegen.diagnose.checks.case import DECLARED, Case, Outcome, Rule, answered, exempt, shown, stated, unknown
from sitegen.diagnose.wording import quantity
from sitegen.messages import Quantity, Unit, say
from sitegen.model.authored import Answer, Exemption
from sitegen.model.computed import Returns, State


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
    """S2.02: the additional margin; without the error of the additional share, a positive one is half proved."""
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
    """S2.04: the former press budget with what it brought, or alone."""
    return _exempted(case.answers.press_reference) or answered("S2.04", case.answers.press_reference)


def press_saving(case: Case) -> Outcome:
    """S2.05: no measurement of the saving exists yet, so it is unknown unless there never was classic media."""
    return _exempted(case.answers.press_reference) or unknown("S2.05")


def service_contacts(case: Case) -> Outcome:
    """S2.06: messages counted without what they cost are half of it."""
    answer, messages = case.answers.service_contacts, case.comparison("messages_received")
    if messages is not None and messages.current.value is not None:
        return shown(0.5, say("checks.S2.06.counted"), _no_more_than_counted(answer), messages.current.sources)
    return _exempted(answer) or answered("S2.06", answer, at_most=DECLARED)


def _no_more_than_counted(answer: Answer) -> Answer | None:
    """Who says that contacts are counted is not contradicted by files that count a part of them."""
    return answer if answer.said == "no" else None


def contact_points(case: Case) -> Outcome:
    """S2.07: contacts for each request are not measured yet."""
    return _exempted(case.answers.service_contacts) or unknown("S2.07")


def service_efficiency(case: Case) -> Outcome:
    """S2.08: the cost of service is not measured yet."""
    return _exempted(case.answers.service_contacts) or unknown("S2.08")


def full_return(case: Case) -> Outcome:
    """S2.09: the return on the additional margin with all costs; on attributed sales or some costs it is half proved.

    Attributed sales that are partly unknown cannot prove a loss.
    """
    returns = case.scorecard.returns
    proven = returns.roi_incremental.value is not None
    number = returns.roi_incremental if proven else returns.roi_attributed
    if number.value is None or number.period is None or (number.value <= 0 and not _whole(returns)):
        return unknown("S2.09")
    complete = proven and returns.known_lines == len(returns.costs)
    kind = "loss" if number.value <= 0 else "gain" if complete else "partial" if proven else "claimed"
    score = {"loss": 0.0, "gain": 1.0}.get(kind, 0.5)
    roi = Quantity(number.value, Unit.CHANGE)
    return shown(score, say(f"checks.S2.09.{kind}", roi=roi, period=number.period), sources=number.sources)


def _whole(returns: Returns) -> bool:
    return returns.attributed_revenue.state is State.COMPLETE


def _exempted(answer: Exemption) -> Outcome | None:
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
