"""A Draft in, the findings on what becomes of orders, leads, messages and mentions out. Explains none of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sitegen.diagnose.draft import NORMAL, Draft, Rule, finding
from sitegen.diagnose.wording import quantity, the
from sitegen.messages import Quantity, Unit, say
from sitegen.model.computed import Finding, Funnel, Measurement

LOST = 0.10  # a step that loses less is none to work on
ANSWERED = 0.90  # Meta's rule for its badge (METHODS §1)
ENOUGH = 30  # messages or mentions: fewer are counted, not rated (METHODS §1)
FUNNELS = {"orders": "cash-on-delivery", "leads": "lead-handling"}  # the topic of advice on each


def lost_on_the_way(draft: Draft) -> Iterator[Finding]:
    """The step of each funnel that loses most, by number, as its figure tells it."""
    for funnel in draft.scorecard.funnels:
        lost, first, then = max(_steps(funnel), key=lambda step: step[0], default=(0.0, None, None))
        before, after = (quantity(first), quantity(then)) if first and then else (None, None)
        share = lost / before.value if before and before.value else 0.0
        if first and then and before and after and round(share, 6) > LOST:
            yield finding(
                "progress",
                "lost_on_the_way",
                NORMAL * share,
                FUNNELS[funnel.id],
                about=funnel.id,
                the=the(first.metric),
                then=the(then.metric),
                before=before,
                after=after,
                lost=Quantity(lost, before.unit),
                share=Quantity(share, Unit.RATE),
                period=funnel.period,
            )


def _steps(funnel: Funnel) -> Iterator[tuple[float, Measurement, Measurement]]:
    """How many are lost between two known stages that follow one another: all stages count the same days."""
    known = [(stage, stage.value) for stage in funnel.stages if stage.value is not None]
    for (first, before), (then, after) in pairwise(known):
        yield before - after, first, then


def slow_answers(draft: Draft) -> Iterator[Finding]:
    """Fewer than nine messages in ten are answered, or in time. One that is an objective is judged as such."""
    objectives = {progress.kpi for progress in draft.scorecard.progress}
    for metric in ("response_rate", "in_time_rate"):
        rate = _enough(draft, metric)
        if rate and metric not in objectives and rate.value is not None and rate.period and rate.value < ANSWERED:
            yield finding(
                "progress",
                "slow_answers",
                NORMAL,
                "response-rate",
                about=metric,
                name=say(f"metrics.{metric}.Name"),
                rate=Quantity(rate.value, Unit.RATE),
                wanted=Quantity(ANSWERED, Unit.RATE),
                count=Quantity(rate.denominator or 0.0, Unit.COUNT),
                period=rate.period,
            )
            return


def negative_mentions(draft: Draft) -> Iterator[Finding]:
    """More negative than positive mentions."""
    found = _enough(draft, "net_sentiment")
    if found and found.value is not None and found.value < 0 and found.period:
        yield finding(
            "progress",
            "negative_mentions",
            NORMAL,
            "negative-comments",
            net=Quantity(found.value, found.unit),
            count=Quantity(found.denominator or 0.0, Unit.COUNT),
            period=found.period,
        )


def _enough(draft: Draft, metric: str) -> Measurement | None:
    """The metric in the last window, when it rests on enough messages."""
    current = (each.current for each in draft.scorecard.comparisons if each.metric == metric)
    return next((number for number in current if (number.denominator or 0.0) >= ENOUGH), None)


RULES: tuple[Rule, ...] = (slow_answers, negative_mentions, lost_on_the_way)
