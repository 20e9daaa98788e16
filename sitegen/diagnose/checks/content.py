"""A Case in, the checks of the social audit on content out (METHODS §7, A3). Reads no post itself."""

from __future__ import annotations

from sitegen.diagnose.checks.audits import SOCIAL
from sitegen.diagnose.checks.case import (
    DECLARED,
    Case,
    Outcome,
    Rule,
    attested,
    exempt,
    graded,
    shown,
    unmeasured,
)
from sitegen.messages import Quantity, Unit, say
from sitegen.model.authored import Answer
from sitegen.model.computed import Measurement

HALF, QUARTER = 0.50, 0.25
ASIDE, MOSTLY_ASIDE = 0.30, 0.60  # of the posts that are not about the offer
KEPT, FELL = 1.0, 0.7  # shares for each person reached, of what they were


def questions(case: Case) -> Outcome:
    """A3.01: half of the posts answer a question that customers ask, or a quarter."""
    number = case.scorecard.posts.on_question if case.scorecard.posts else None
    return _counted("A3.01", number, case.answers.content_questions)


def keywords(case: Case) -> Outcome:
    """A3.03: half of the posts have one of the words to be known for, or a quarter."""
    number = case.scorecard.posts.with_keyword if case.scorecard.posts else None
    return _counted("A3.03", number, case.answers.keywords)


def _counted(id: str, number: Measurement | None, answer: Answer) -> Outcome:
    if number is None or number.value is None:
        return attested(id, answer, at_most=DECLARED)
    reason = say(f"checks.{id}.share", share=Quantity(number.value, Unit.RATE))
    return shown(graded(number.value, HALF, QUARTER), reason, answer, number.sources)


def mix(case: Case) -> Outcome:
    """A3.02: at most three posts in ten are not about the offer, or six."""
    number, answer = case.scorecard.posts.off_offer if case.scorecard.posts else None, case.answers.content_mix
    if number is None or number.value is None:
        return attested("A3.02", answer, at_most=DECLARED)
    reason = say("checks.A3.02.share", share=Quantity(number.value, Unit.RATE))
    return shown(graded(-number.value, -ASIDE, -MOSTLY_ASIDE), reason, answer, number.sources)


def charter(case: Case) -> Outcome:
    """A3.04: a visual charter that nine posts in ten keep to."""
    return attested("A3.04", case.answers.visual_charter)


def identity(case: Case) -> Outcome:
    """A3.05: accounts that speak for the brand."""
    return attested("A3.05", case.answers.brand_identity)


def shared(case: Case) -> Outcome:
    """A3.06: shares for each person reached, against their own past. Without a social account nothing is shared, and
    without a list of posts the question does not apply (METHODS §7)."""
    posts, active = case.scorecard.posts, case.client.active_channels
    if posts is None and active and SOCIAL.isdisjoint(active):
        return exempt(say("checks.E2.04.no_account"))
    if posts is None:
        return exempt(say("checks.A3.06.no_posts"))
    if posts.shares_change.value is None:
        return unmeasured(posts.shares_change)
    change = posts.shares_change.value
    told = "kept" if change >= KEPT else "fell"
    reason = say(f"checks.A3.06.{told}", change=Quantity(change - 1, Unit.CHANGE))
    return shown(graded(round(change, 6), KEPT, FELL), reason, None, posts.shares_change.sources)


RULES: dict[str, Rule] = {
    "A3.01": questions,
    "A3.02": mix,
    "A3.03": keywords,
    "A3.04": charter,
    "A3.05": identity,
    "A3.06": shared,
}
