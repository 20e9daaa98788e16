"""A Case in, the checks of the third sign out: did the organisation change? (METHODS §7). Only changes count."""

from __future__ import annotations

from sitegen.diagnose.checks.case import Case, Outcome, Rule, answered, exempt, shown, stated, unknown
from sitegen.diagnose.wording import quantity
from sitegen.messages import say
from sitegen.model.authored import Answer

YEAR = 365
SLOWER = {"response_time": 0.05, "in_time_rate": 0.02}  # a longer wait, fewer replies in time: less is no change


def crm(case: Case) -> Outcome:
    """S3.01: a CRM in use since the strategy began; in use before it, or without a lead, it is half a change."""
    answer, leads = case.answers.crm, case.comparison("leads")
    if answer.said == "yes" and leads is not None and leads.current.value == 0:
        reason = say("checks.S3.01.no_lead", period=case.scorecard.window)
        return shown(0.5, reason, answer, leads.current.sources)
    return _since_the_start(case, "S3.01", answer)


def digital_lead(case: Case) -> Outcome:
    """S3.02: somebody in charge; who was there before the strategy is half a change."""
    return _since_the_start(case, "S3.02", case.answers.digital_lead, dated=False)


def training(case: Case) -> Outcome:
    """S3.03: a dated session in the last twelve months, since the strategy began."""
    answer = case.answers.training
    if answer.said == "yes" and answer.date is not None and (case.as_of - answer.date).days > YEAR:
        return stated(0.0, say("checks.S3.03.old", on=answer.date), answer)
    return _since_the_start(case, "S3.03", answer, start=False)


def process_change(case: Case) -> Outcome:
    """S3.04: a dated change since the strategy began."""
    return _since_the_start(case, "S3.04", case.answers.process_change)


def lead_handling(case: Case) -> Outcome:
    """S3.05: leads rise and the first reply takes no longer, or as many come in time; rising leads alone are half of
    it, and where they do not rise the question does not apply."""
    leads = case.comparison("leads")
    change = None if leads is None else leads.change_year if leads.change_year is not None else leads.change_previous
    if leads is None or change is None:
        return unknown("S3.05")
    if change <= 0:
        return exempt(say("checks.S3.05.not_up"))
    return _replies(case, yearly=leads.change_year is not None) or shown(
        0.5, say("checks.S3.05.up"), sources=leads.current.sources
    )


def _replies(case: Case, *, yearly: bool) -> Outcome | None:
    """How the replies went over the time in which leads rose: the wait, else the share that came in time."""
    for metric, slower, told in (("response_time", 1, "wait"), ("in_time_rate", -1, "in_time")):
        found = case.comparison(metric)
        change = (found.change_year if yearly else found.change_previous) if found else None
        then = (found.year_before if yearly else found.previous) if found else None
        now, before = (quantity(found.current), quantity(then)) if found and then else (None, None)
        if found is None or change is None or not now or not before:
            continue
        kept = slower * round(change, 6) <= SLOWER[metric]
        reason = say(f"checks.S3.05.{told}_{'kept' if kept else 'worse'}", now=now, before=before)
        return shown(1.0 if kept else 0.0, reason, sources=found.current.sources)
    return None


def _since_the_start(case: Case, id: str, answer: Answer, *, dated: bool = True, start: bool = True) -> Outcome:
    """A full yes is a change since the strategy began. `dated`: it needs its day; `start`: and that of the strategy."""
    began, since = case.client.strategy_start, answer.date
    if answer.said != "yes":
        return answered(id, answer)
    if since is not None and since > case.as_of:
        return stated(0.5, say(f"checks.{id}.planned", on=since), answer)
    if since is not None and began is not None and since < began:
        return stated(0.5, say(f"checks.{id}.before", on=since, began=began), answer)
    if dated and (since is None or (start and began is None)):
        return stated(0.5, say(f"checks.{id}.undated"), answer)
    return answered(id, answer)


RULES: dict[str, Rule] = {
    "S3.01": crm,
    "S3.02": digital_lead,
    "S3.03": training,
    "S3.04": process_change,
    "S3.05": lead_handling,
}
