"""A Case in, what the four audits look at beside a tool's score out: measurement, accounts, use, search.

The questions and their limits are our own.
"""

from __future__ import annotations

from datetime import date, timedelta

from sitegen.diagnose.checks.case import (
    DECLARED,
    Case,
    Outcome,
    Rule,
    attested,
    dated,
    exempt,
    graded,
    no_data,
    shown,
)
from sitegen.diagnose.checks.goals import lab_days
from sitegen.diagnose.checks.measurement import SITE, WEB
from sitegen.diagnose.wording import channel
from sitegen.messages import Quantity, Unit, say
from sitegen.model.computed import SourceSummary

QUARTER, YEAR = 92, 365
FRESH = timedelta(62)
EVENTS = frozenset({"transactions", "leads", "conversions", "checkouts", "carts", "calls", "bookings"})
CLOSE, APART = 0.10, 0.30  # what two sources of the same figure may differ by
SOUND, FAIR = 0.9, 0.7
SOCIAL = frozenset("facebook instagram tiktok linkedin x youtube pinterest snapchat".split())
FROM_SOCIAL = frozenset({"organic_social", "paid_social"})
LISTING, CONSOLES = "google_business_profile", frozenset({"google_search_console", "bing_webmaster_tools"})
TITLES, DESCRIPTIONS = "document-title", "meta-description"
GOOD, FAIR_SCORE = 90.0, 50.0  # Lighthouse's own colours
COMPLETED, HALF_COMPLETED = 0.50, 0.30  # of the orders begun, those that were placed


# ---------------------------------------------------------------- measurement


def consent(case: Case) -> Outcome:
    """E1.01: consent is asked for before a visit is measured."""
    return attested("E1.01", case.answers.consent)


def events(case: Case) -> Outcome:
    """E1.02: what matters on the site is recorded as an event; a file of the site shows it."""
    site = [each for each in case.scorecard.sources if SITE & _metrics(each)]
    telling = tuple(each.path for each in site if EVENTS & _metrics(each))
    if telling:
        return shown(1.0, say("checks.E1.02.recorded"), case.answers.event_tracking, telling)
    return attested("E1.02", case.answers.event_tracking, at_most=DECLARED)


def _metrics(source: SourceSummary) -> set[str]:
    return {metric for metric, *_ in source.totals}


def tags(case: Case) -> Outcome:
    """E1.03: links of campaigns carry tags."""
    return attested("E1.03", case.answers.campaign_tags)


def reconciled(case: Case) -> Outcome:
    """E1.04: where two files tell the same figure, the widest gap between them."""
    gaps = [
        abs(each.total_left - each.total_kept) / abs(each.total_kept)
        for each in case.scorecard.decisions
        if each.total_kept
    ]
    if not gaps:
        return attested("E1.04", case.answers.figures_reconciled, at_most=DECLARED)
    gap = round(max(gaps), 6)
    reason = say("checks.E1.04.gap", gap=Quantity(gap, Unit.RATE))
    return shown(graded(-gap, -CLOSE, -APART), reason, case.answers.figures_reconciled)


def sound(case: Case) -> Outcome:
    """E1.05: the least sound series of the site: no hole, no jump, no day that stands out (METHODS §8)."""
    scores = [each.score for each in case.scorecard.quality if each.metric in SITE]
    if not scores:
        return no_data()
    least = round(min(scores), 6)
    return shown(graded(least, SOUND, FAIR), say("checks.E1.05.quality", score=Quantity(least, Unit.RATE)))


# ---------------------------------------------------------------- social accounts


def ownership(case: Case) -> Outcome:
    """E2.01: the accounts are the client's, and two people can open them."""
    return attested("E2.01", case.answers.account_ownership)


def profiles(case: Case) -> Outcome:
    """E2.02: a reader of a profile finds what is offered, where and how to write."""
    return attested("E2.02", case.answers.profiles_complete)


def visits_from_social(case: Case) -> Outcome:
    """E2.03: a file of the site tells visits that come from social media apart."""
    site = [each for each in case.scorecard.sources if WEB & _metrics(each)]
    if not site:
        return no_data()
    apart = tuple(each.path for each in site if FROM_SOCIAL & set(each.channels))
    return shown(1.0 if apart else 0.0, say(f"checks.E2.03.{'apart' if apart else 'together'}"), None, apart)


def accounts_measured(case: Case) -> Outcome:
    """E2.04: the share of the social accounts in use that a file tells in the last two months."""
    active = [each for each in case.client.active_channels if each in SOCIAL]
    if not case.client.active_channels:
        return no_data()
    if not active:
        return exempt(say("checks.E2.04.no_account"))
    missing = tuple(channel(each) for each in active if not _fresh(case, each))
    if not missing:
        return shown(1.0, say("checks.E2.04.all", count=len(active)))
    return shown(graded(1 - len(missing) / len(active), 0.9, 0.5), say("checks.E2.04.some", missing=missing))


def _fresh(case: Case, wanted: str) -> bool:
    ends = [each.period.end for each in case.scorecard.sources if wanted in each.channels and each.period]
    return any(case.as_of - end <= FRESH for end in ends)


# ---------------------------------------------------------------- ease of use


def fast_on_phones(case: Case) -> Outcome:
    """E3.01: the slowest page on a phone."""
    return _lab(case, "E3.01", "performance", "mobile")


def accessible(case: Case) -> Outcome:
    """E3.04: the least accessible page."""
    return _lab(case, "E3.04", "accessibility", None)


def _lab(case: Case, id: str, category: str, device: str | None) -> Outcome:
    days = lab_days(case, device)
    scores = [each.value for day in days for each in day.scores if each.metric == category and each.value is not None]
    if not scores:
        return no_data()
    paths = tuple(dict.fromkeys(path for day in days for path in day.sources))
    least = min(scores)
    reason = say(f"checks.{id}.score", score=Quantity(round(least), Unit.INDEX))
    return shown(graded(least, GOOD, FAIR_SCORE), reason, None, paths)


def checkout(case: Case) -> Outcome:
    """E3.02: of the orders begun, those that were placed; without these figures, an order tried by hand."""
    begun, placed = case.comparison("checkouts"), case.comparison("transactions")
    answer = case.answers.checkout_tested
    if begun and placed and begun.current.value and placed.current.value is not None:
        share = placed.current.value / begun.current.value
        reason = say("checks.E3.02.share", share=Quantity(share, Unit.RATE))
        return shown(graded(share, COMPLETED, HALF_COMPLETED), reason, answer, placed.current.sources)
    return dated("E3.02", answer, case.as_of, QUARTER)


def forms(case: Case) -> Outcome:
    """E3.03: short forms that explain what went wrong."""
    return attested("E3.03", case.answers.forms_tested)


def tried(case: Case) -> Outcome:
    """E3.05: people from outside tried the site within the year."""
    return dated("E3.05", case.answers.user_tests, case.as_of, YEAR)


# ---------------------------------------------------------------- search


def indexed(case: Case) -> Outcome:
    """E4.01: search engines may show every page that was measured."""
    days = lab_days(case)
    told = [day for day in days if any(each.metric == "seo" and each.value is not None for each in day.scores)]
    if not told:
        return no_data()
    hidden = sum(any(failure.id == "is-crawlable" for failure in day.failing) for day in told)
    paths = tuple(dict.fromkeys(path for day in told for path in day.sources))
    if not hidden:
        return shown(1.0, say("checks.E4.01.open"), None, paths)
    return shown(0.5 if hidden < len(told) else 0.0, say("checks.E4.01.hidden", count=hidden), None, paths)


def without_brand(case: Case) -> Outcome:
    """E4.02: clicks of people who did not know the brand."""
    return attested("E4.02", case.answers.non_brand_search)


def listing(case: Case) -> Outcome:
    """E4.03: the local listing has figures of the last two months."""
    return _source(case, "E4.03", [each for each in case.scorecard.sources if LISTING in each.channels])


def console(case: Case) -> Outcome:
    """E4.05: a search console has figures of the last two months."""
    return _source(case, "E4.05", [each for each in case.scorecard.sources if each.platform in CONSOLES])


def _source(case: Case, id: str, found: list[SourceSummary]) -> Outcome:
    answer = case.answers.local_listing if id == "E4.03" else case.answers.search_console
    ends: list[date] = [each.period.end for each in found if each.period]
    if not ends:
        return attested(id, answer, at_most=DECLARED)
    fresh = case.as_of - max(ends) <= FRESH
    reason = say(f"checks.{id}.{'fresh' if fresh else 'stale'}", last=min(max(ends), case.as_of))
    return shown(1.0 if fresh else 0.5, reason, answer, tuple(each.path for each in found))


def titled(case: Case) -> Outcome:
    """E4.04: every page that was measured has a title and a description."""
    days = lab_days(case)
    if not any(each.metric == "seo" and each.value is not None for day in days for each in day.scores):
        return no_data()
    failed = {failure.id for day in days for failure in day.failing}
    paths = tuple(dict.fromkeys(path for day in days for path in day.sources))
    told = "no_title" if TITLES in failed else "no_description" if DESCRIPTIONS in failed else "both"
    return shown({"no_title": 0.0, "no_description": 0.5}.get(told, 1.0), say(f"checks.E4.04.{told}"), None, paths)


RULES: dict[str, Rule] = {
    "E1.01": consent,
    "E1.02": events,
    "E1.03": tags,
    "E1.04": reconciled,
    "E1.05": sound,
    "E2.01": ownership,
    "E2.02": profiles,
    "E2.03": visits_from_social,
    "E2.04": accounts_measured,
    "E3.01": fast_on_phones,
    "E3.02": checkout,
    "E3.03": forms,
    "E3.04": accessible,
    "E3.05": tried,
    "E4.01": indexed,
    "E4.02": without_brand,
    "E4.03": listing,
    "E4.04": titled,
    "E4.05": console,
}
