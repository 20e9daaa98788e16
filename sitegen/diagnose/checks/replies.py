"""A Case in, the checks of the social audit on replies and content out (METHODS §7). Rates no reply itself."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from sitegen.diagnose.checks.case import DECLARED, Case, Outcome, Rule, attested, exempt, graded, no_data, shown
from sitegen.diagnose.wording import quantity
from sitegen.messages import Period, Quantity, Unit, say
from sitegen.model.computed import Comparison, Series

ANSWERED, MOSTLY = 0.90, 0.70  # Meta's rule for its badge
ENOUGH = 30  # messages: fewer are counted, not rated (METHODS §1)
PROMISE, DAY = 240.0, 1440.0  # minutes
YEAR = 365
PEAKS = frozenset({"sale", "campaign"})
LEAST = 2  # periods on either side


def tracked(case: Case) -> Outcome:
    """A2.01: of the weeks of the last year, the share that tells how many messages came and were answered."""
    found = case.comparison("response_rate")
    if found is None or found.series is None:
        return attested("A2.01", case.answers.inbox_tracking, at_most=DECLARED)
    year = {"day": 365, "week": 52, "month": 12}[found.series.grain]
    values = found.series.values[-year:]
    share = sum(value is not None for value in values) / len(values)
    reason = say("checks.A2.01.share", share=Quantity(share, Unit.RATE))
    return shown(1.0 if share >= 0.9 else 0.5, reason, case.answers.inbox_tracking, found.series.sources)


def _rated(case: Case, metric: str) -> Comparison | None:
    """A rate of messages that rests on enough of them."""
    found = case.comparison(metric)
    enough = found is not None and found.current.value is not None and (found.current.denominator or 0.0) >= ENOUGH
    return found if enough else None


def rate(case: Case) -> Outcome:
    """A2.02: nine messages in ten are answered, or seven."""
    found = _rated(case, "response_rate")
    if found is None or found.current.value is None:
        return no_data()
    reason = say("checks.A2.02.rate", rate=Quantity(found.current.value, Unit.RATE))
    return shown(graded(found.current.value, ANSWERED, MOSTLY), reason, None, found.current.sources)


def delay(case: Case) -> Outcome:
    """A2.03: the first reply within the promise. Where half of the messages are answered in time, the median is; else
    the mean delay stands for it, and the reason says so."""
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
    """A2.04: somebody with the time to reply."""
    return attested("A2.04", case.answers.responder)


def informed(case: Case) -> Outcome:
    """A2.05: stocks, operations and arguments."""
    return attested("A2.05", case.answers.responder_informed)


def peaks(case: Case) -> Outcome:
    """A2.06: replies during sales and campaigns of the last year, against the rest of it; without them, the plan."""
    found = case.comparison("in_time_rate") or case.comparison("response_rate")
    both = _sides(found.series, case) if found and found.series else None
    if found is None or found.series is None or both is None:
        return attested("A2.06", case.answers.peak_plan, at_most=DECLARED)
    during, outside = both
    score = graded(round(during - outside, 6), -0.05, -0.15)
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


def negative_answered(_: Case) -> Outcome:
    """A2.08: negative messages that were answered."""
    return no_data()


def guide(case: Case) -> Outcome:
    """A2.09: replies by kind of person."""
    return attested("A2.09", case.answers.reply_guide)


# ---------------------------------------------------------------- content


def questions(case: Case) -> Outcome:
    """A3.01: posts that answer a question customers ask."""
    return attested("A3.01", case.answers.content_questions, at_most=DECLARED)


def mix(case: Case) -> Outcome:
    """A3.02: posts that are about the offer."""
    return attested("A3.02", case.answers.content_mix, at_most=DECLARED)


def keywords(case: Case) -> Outcome:
    """A3.03: posts with one of the words to be known for."""
    return attested("A3.03", case.answers.keywords, at_most=DECLARED)


def charter(case: Case) -> Outcome:
    """A3.04: a visual charter that nine posts in ten keep to."""
    return attested("A3.04", case.answers.visual_charter)


def identity(case: Case) -> Outcome:
    """A3.05: accounts that speak for the brand."""
    return attested("A3.05", case.answers.brand_identity)


def shared(_: Case) -> Outcome:
    """A3.06: shares of each post against the own past; without a list of posts the question does not apply."""
    return exempt(say("checks.A3.06.no_posts"))


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
