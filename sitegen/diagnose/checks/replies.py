"""A Case in, the checks of the social audit on replies out (METHODS §7, A2). Rates no reply itself."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from sitegen.diagnose.checks.case import DECLARED, Case, Outcome, Rule, attested, graded, shown, unmeasured
from sitegen.diagnose.wording import quantity
from sitegen.messages import Period, Quantity, Unit, say
from sitegen.model.computed import Comparison, Series

ANSWERED, MOSTLY = 0.90, 0.70  # Meta's rule for its badge
COUNTED = 0.9  # of the weeks
STRETCHED = 0.7  # of the hours needed
NEGATIVE, HALF_NEGATIVE = 0.8, 0.5
ENOUGH = 30  # messages: fewer are counted, not rated (METHODS §1)
PROMISE, DAY = 240.0, 1440.0  # minutes
YEAR = 365
NO_ANSWERS = say("evidence.reason.no_answers")
PEAKS = frozenset({"sale", "campaign"})
LEAST = 2  # periods on either side


def tracked(case: Case) -> Outcome:
    """A2.01: of the weeks, the share that tells how many messages came; without the answers, it is half of it."""
    inbox, answer = case.scorecard.inbox, case.answers.inbox_tracking
    if inbox is not None and inbox.weeks.value is not None:
        share = Quantity(inbox.weeks.value, Unit.RATE)
        if inbox.response_rate.reason == NO_ANSWERS:
            return shown(0.5, say("checks.A2.01.received", share=share), answer, inbox.weeks.sources)
        score = 1.0 if inbox.weeks.value >= COUNTED else 0.5
        return shown(score, say("checks.A2.01.weeks", share=share, period=inbox.period), answer, inbox.weeks.sources)
    found = case.comparison("response_rate")
    if found is None or found.series is None:
        return attested("A2.01", answer, at_most=DECLARED)
    year = {"day": 365, "week": 52, "month": 12}[found.series.grain]
    values = found.series.values[-year:]
    share_told = sum(value is not None for value in values) / len(values)
    reason = say("checks.A2.01.share", share=Quantity(share_told, Unit.RATE))
    return shown(1.0 if share_told >= COUNTED else 0.5, reason, answer, found.series.sources)


def _rated(case: Case, metric: str) -> Comparison | None:
    """A rate of messages that rests on enough of them."""
    found = case.comparison(metric)
    enough = found is not None and found.current.value is not None and (found.current.denominator or 0.0) >= ENOUGH
    return found if enough else None


def rate(case: Case) -> Outcome:
    """A2.02: nine messages in ten are answered, or seven. Conversations tell it before daily counts do."""
    inbox, found = case.scorecard.inbox, _rated(case, "response_rate")
    number = inbox.response_rate if inbox is not None else None
    if (number is None or number.value is None) and found is not None:
        number = found.current
    if number is None or number.value is None:
        return unmeasured(number)
    reason = say("checks.A2.02.rate", rate=Quantity(number.value, Unit.RATE))
    return shown(graded(number.value, ANSWERED, MOSTLY), reason, None, number.sources)


def delay(case: Case) -> Outcome:
    """A2.03: the median first reply within the promise, or within a day. Daily counts tell no median: where half of the
    messages are answered in time it is in time; else the mean delay stands for it, and the reason says so."""
    inbox = case.scorecard.inbox
    if inbox is not None and inbox.mostly_unanswered:
        return shown(0.0, say("checks.A2.03.endless"), None, inbox.first_response.sources)
    if inbox is not None and inbox.first_response.value is not None:
        median, promise = inbox.first_response.value, inbox.promise
        score = graded(-median, -promise, -max(promise, DAY))
        told = "more" if inbox.first_response.at_least else "median"
        reason = say(
            f"checks.A2.03.{told}", time=Quantity(median, Unit.MINUTES), promise=Quantity(promise, Unit.MINUTES)
        )
        return shown(score, reason, None, inbox.first_response.sources)
    in_time = _rated(case, "in_time_rate")
    if in_time is not None and in_time.current.value is not None and in_time.current.value >= 0.5:
        reason = say("checks.A2.03.in_time", rate=Quantity(in_time.current.value, Unit.RATE))
        return shown(1.0, reason, None, in_time.current.sources)
    found = case.comparison("response_time")
    time = quantity(found.current) if found else None
    if found is None or time is None:
        return unmeasured(inbox.first_response if inbox is not None else None)
    return shown(graded(-time.value, -PROMISE, -DAY), say("checks.A2.03.mean", time=time), None, found.current.sources)


def responder(case: Case) -> Outcome:
    """A2.04: the hours that are there against those that the messages take; else somebody's word for it."""
    inbox, answer = case.scorecard.inbox, case.answers.responder
    if inbox is not None and inbox.staffing.value is not None:
        hours = {"available": quantity(inbox.available), "needed": quantity(inbox.needed)}
        reason = say("checks.A2.04.hours", **{name: hour for name, hour in hours.items() if hour is not None})
        return shown(graded(round(inbox.staffing.value, 6), 1.0, STRETCHED), reason, answer, inbox.staffing.sources)
    return attested("A2.04", answer)


def informed(case: Case) -> Outcome:
    """A2.05: stocks, operations and arguments."""
    return attested("A2.05", case.answers.responder_informed)


def peaks(case: Case) -> Outcome:
    """A2.06: replies during sales and campaigns of the last year, against the rest of it; without them, the plan."""
    metric, during, outside, sources = _peaks(case)
    if during is None or outside is None:
        return attested("A2.06", case.answers.peak_plan, at_most=DECLARED)
    score = graded(round(during - outside, 6), -0.05, -0.15)
    rates = {"during": Quantity(during, Unit.RATE), "outside": Quantity(outside, Unit.RATE)}
    reason = say("checks.A2.06.rates", metric=say(f"metrics.{metric}.Name"), **rates)
    return shown(score, reason, case.answers.peak_plan, sources)


def _peaks(case: Case) -> tuple[str, float | None, float | None, tuple[str, ...]]:
    """Which rate, in peaks and outside: of conversations, or else of daily counts."""
    inbox = case.scorecard.inbox
    if inbox is not None and inbox.campaign.value is not None and inbox.outside.value is not None:
        return "response_rate", inbox.campaign.value, inbox.outside.value, inbox.campaign.sources
    found = case.comparison("response_rate") or case.comparison("in_time_rate")
    both = _sides(found.series, case) if found and found.series else None
    if found is None or found.series is None or both is None:
        return "response_rate", None, None, ()
    return found.metric, *both, found.series.sources


def _sides(series: Series, case: Case) -> tuple[float, float] | None:
    """The mean of the periods that a peak touches and of the others; None where there are too few of either."""
    events = [Period(each.start, each.end or each.start) for each in case.client.events if each.kind in PEAKS]
    during: list[float] = []
    outside: list[float] = []
    for period, value in _periods(series):
        if value is None or not case.as_of - timedelta(YEAR) <= period.start <= case.as_of:
            continue
        (during if any(event.meet(period) for event in events) else outside).append(value)
    if len(during) < LEAST or len(outside) < LEAST:
        return None
    return sum(during) / len(during), sum(outside) / len(outside)


def _periods(series: Series) -> list[tuple[Period, float | None]]:
    starts = [series.start]
    for _ in series.values:
        starts.append(_after(starts[-1], series.grain))
    days = pairwise(starts)
    return [(Period(a, b - timedelta(1)), value) for (a, b), value in zip(days, series.values, strict=True)]


def _after(start: date, grain: str) -> date:
    if grain == "month":
        return date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return start + timedelta(7 if grain == "week" else 1)


def protocol(case: Case) -> Outcome:
    """A2.07: what to do with negative comments, in writing."""
    return attested("A2.07", case.answers.negative_protocol)


def negative_answered(case: Case) -> Outcome:
    """A2.08: eight negative messages in ten are answered, or five."""
    number = case.scorecard.inbox.negative if case.scorecard.inbox is not None else None
    if number is None or number.value is None:
        return unmeasured(number)
    reason = say("checks.A2.08.rate", rate=Quantity(number.value, Unit.RATE))
    return shown(graded(number.value, NEGATIVE, HALF_NEGATIVE), reason, None, number.sources)


def guide(case: Case) -> Outcome:
    """A2.09: replies by kind of person."""
    return attested("A2.09", case.answers.reply_guide)


RULES: dict[str, Rule] = {
    "A2.01": tracked,
    "A2.02": rate,
    "A2.03": delay,
    "A2.04": responder,
    "A2.05": informed,
    "A2.06": peaks,
    "A2.07": protocol,
    "A2.08": negative_answered,
    "A2.09": guide,
}
