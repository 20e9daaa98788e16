"""A Case in, the checks of the social audit on replies and content out (METHODS §7). Rates no reply itself."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from sitegen.diagnose.checks.case import DECLARED, Case, Outcome, Rule, attested, exempt, graded, no_data, shown
from sitegen.diagnose.wording import quantity
from sitegen.messages import Message, Period, Quantity, Unit, say
from sitegen.model.authored import Answer
from sitegen.model.computed import Comparison, InboxNumbers, PostNumbers, Series

ANSWERED, MOSTLY = 0.90, 0.70  # Meta's rule for its badge
WEEKS, STAFFED, GAP = 0.9, 0.7, (-0.05, -0.15)
ENOUGH = 30  # messages: fewer are counted, not rated (METHODS §1)
PROMISE, DAY = 240.0, 1440.0  # minutes
YEAR = 365
PEAKS = frozenset({"sale", "campaign"})
LEAST = 2  # periods on either side


def tracked(case: Case) -> Outcome:
    """A2.01: of the weeks that the file of conversations covers, the share that has some; without such a file, of the
    periods of the last year, the share that tells how many messages came and were answered."""
    inbox = case.scorecard.inbox
    if inbox is not None and inbox.weeks.value is not None:
        reason = say("checks.A2.01.weeks", share=Quantity(inbox.weeks.value, Unit.RATE))
        return _seen(1.0 if inbox.weeks.value >= WEEKS else 0.5, reason, case.answers.inbox_tracking, inbox)
    found = case.comparison("response_rate")
    if found is None or found.series is None:
        return attested("A2.01", case.answers.inbox_tracking, at_most=DECLARED)
    year = {"day": 365, "week": 52, "month": 12}[found.series.grain]
    values = found.series.values[-year:]
    share = sum(value is not None for value in values) / len(values)
    reason = say("checks.A2.01.share", share=Quantity(share, Unit.RATE))
    return shown(1.0 if share >= WEEKS else 0.5, reason, case.answers.inbox_tracking, found.series.sources)


def _seen(score: float, reason: Message, answer: Answer | None, numbers: InboxNumbers | PostNumbers) -> Outcome:
    """What conversations or posts show."""
    return shown(score, reason, answer, tuple(each.path for each in numbers.files))


def _rated(case: Case, metric: str) -> Comparison | None:
    """A rate of messages that rests on enough of them."""
    found = case.comparison(metric)
    enough = found is not None and found.current.value is not None and (found.current.denominator or 0.0) >= ENOUGH
    return found if enough else None


def rate(case: Case) -> Outcome:
    """A2.02: nine messages in ten are answered, or seven."""
    inbox = case.scorecard.inbox
    if inbox is not None and (value := inbox.response_rate.value) is not None:
        reason = say("checks.A2.02.rate", rate=Quantity(value, Unit.RATE))
        return _seen(graded(value, ANSWERED, MOSTLY), reason, None, inbox)
    found = _rated(case, "response_rate")
    if found is None or found.current.value is None:
        return no_data()
    reason = say("checks.A2.02.rate", rate=Quantity(found.current.value, Unit.RATE))
    return shown(graded(found.current.value, ANSWERED, MOSTLY), reason, None, found.current.sources)


def delay(case: Case) -> Outcome:
    """A2.03: the median of first replies, those without one infinitely late, against the promise.

    Without each message: where half of them are answered in time, the median is; else the mean delay stands for it, and
    the reason says so.
    """
    inbox = case.scorecard.inbox
    if inbox is not None and inbox.mostly_unanswered:
        return _seen(0.0, say("checks.A2.03.unanswered"), None, inbox)
    if inbox is not None and (median := inbox.first_response.value) is not None:
        reason = say(
            "checks.A2.03.median", time=Quantity(median, Unit.MINUTES), promise=Quantity(inbox.promise, Unit.MINUTES)
        )
        return _seen(graded(-median, -inbox.promise, -DAY), reason, None, inbox)
    in_time = _rated(case, "in_time_rate")
    if in_time is not None and in_time.current.value is not None and in_time.current.value >= 0.5:
        reason = say("checks.A2.03.in_time", rate=Quantity(in_time.current.value, Unit.RATE))
        return shown(1.0, reason, None, in_time.current.sources)
    found = case.comparison("response_time")
    time = quantity(found.current) if found else None
    if found is None or time is None:
        return no_data()
    return shown(graded(-time.value, -PROMISE, -DAY), say("checks.A2.03.mean", time=time), None, found.current.sources)


def responder(case: Case) -> Outcome:
    """A2.04: somebody with the time to reply: the hours that are there, against those that the messages take."""
    inbox = case.scorecard.inbox
    if inbox is not None and (share := inbox.staffing.value) is not None:
        reason = say("checks.A2.04.hours", share=Quantity(share, Unit.RATE))
        return _seen(graded(round(share, 6), 1.0, STAFFED), reason, case.answers.responder, inbox)
    return attested("A2.04", case.answers.responder)


def informed(case: Case) -> Outcome:
    """A2.05: stocks, operations and arguments."""
    return attested("A2.05", case.answers.responder_informed)


def peaks(case: Case) -> Outcome:
    """A2.06: replies during sales and campaigns of the last year, against the rest of it; without them, the plan."""
    inbox = case.scorecard.inbox
    if inbox is not None and inbox.campaign.value is not None and inbox.outside.value is not None:
        gap = round(inbox.campaign.value - inbox.outside.value, 6)
        rates = {
            "during": Quantity(inbox.campaign.value, Unit.RATE),
            "outside": Quantity(inbox.outside.value, Unit.RATE),
        }
        return _seen(graded(gap, *GAP), say("checks.A2.06.rates", **rates), case.answers.peak_plan, inbox)
    found = case.comparison("in_time_rate") or case.comparison("response_rate")
    both = _sides(found.series, case) if found and found.series else None
    if found is None or found.series is None or both is None:
        return attested("A2.06", case.answers.peak_plan, at_most=DECLARED)
    during, outside = both
    score = graded(round(during - outside, 6), *GAP)
    reason = say("checks.A2.06.rates", during=Quantity(during, Unit.RATE), outside=Quantity(outside, Unit.RATE))
    return shown(score, reason, case.answers.peak_plan, found.series.sources)


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
    """A2.08: negative messages that were answered: eight in ten, or half."""
    inbox = case.scorecard.inbox
    if inbox is None or (value := inbox.negative.value) is None:
        return no_data()
    reason = say("checks.A2.08.rate", rate=Quantity(value, Unit.RATE))
    return _seen(graded(value, 0.8, 0.5), reason, None, inbox)


def guide(case: Case) -> Outcome:
    """A2.09: replies by kind of person."""
    return attested("A2.09", case.answers.reply_guide)


# ---------------------------------------------------------------- content


def questions(case: Case) -> Outcome:
    """A3.01: posts that answer a question customers ask: half of them, or a quarter."""
    return _posted(case, "A3.01", case.answers.content_questions)


def mix(case: Case) -> Outcome:
    """A3.02: three posts in ten at most are off the offer, or six."""
    return _posted(case, "A3.02", case.answers.content_mix)


def keywords(case: Case) -> Outcome:
    """A3.03: half of the posts have one of the words to be known for, or a quarter."""
    return _posted(case, "A3.03", case.answers.keywords)


def _posted(case: Case, id: str, answer: Answer) -> Outcome:
    posts = case.scorecard.posts
    if posts is not None:
        number, whole, part, sign = {
            "A3.01": (posts.on_question, 0.5, 0.25, 1),
            "A3.02": (posts.off_offer, -0.3, -0.6, -1),
            "A3.03": (posts.with_keyword, 0.5, 0.25, 1),
        }[id]
        if number.value is not None:
            reason = say(f"checks.{id}.share", share=Quantity(number.value, Unit.RATE))
            return _seen(graded(round(sign * number.value, 6), whole, part), reason, answer, posts)
    return attested(id, answer, at_most=DECLARED)


def charter(case: Case) -> Outcome:
    """A3.04: a visual charter that nine posts in ten keep to."""
    return attested("A3.04", case.answers.visual_charter)


def identity(case: Case) -> Outcome:
    """A3.05: accounts that speak for the brand."""
    return attested("A3.05", case.answers.brand_identity)


def shared(case: Case) -> Outcome:
    """A3.06: shares for each person reached against the own past; without a list of posts it does not apply."""
    posts = case.scorecard.posts
    if posts is None:
        return exempt(say("checks.A3.06.no_posts"))
    if (change := posts.shares_change.value) is None:
        return no_data()
    reason = say("checks.A3.06.change", change=Quantity(change - 1, Unit.CHANGE))
    return _seen(graded(round(change, 6), 1.0, 0.7), reason, None, posts)


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
    "A3.01": questions,
    "A3.02": mix,
    "A3.03": keywords,
    "A3.04": charter,
    "A3.05": identity,
    "A3.06": shared,
}
