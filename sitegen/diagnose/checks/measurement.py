"""A Case in, the checks of the first sign out: is anything measured? (METHODS §7). Measures nothing itself."""

from __future__ import annotations

from datetime import date, timedelta

from sitegen.diagnose.checks.case import DECLARED, TOLD, Case, Outcome, Rule, answered, graded, shown, stated, unknown
from sitegen.diagnose.wording import channel, name
from sitegen.messages import Message, Period, say
from sitegen.model.authored import Event
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import CostLine, SourceSummary

WEB = frozenset({"sessions", "pageviews", "users", "visitors"})
SITE = WEB | {"transactions"}  # what a file by channel of origin tells of the site
ACTIONS = frozenset({"sale", "campaign", "site"})  # the events that somebody decided on
TWO_PERIODS, BEFORE = timedelta(weeks=2), timedelta(weeks=4)
MONTH, QUARTER = 31, 92
MOST_KPIS = 7
WEEKLY, MONTHLY = 1 / 8, 1 / 32  # share of days with a row


def audience_tool(case: Case) -> Outcome:
    """S1.01: fresh figures of the site show the tool; a tool that is only declared is half of one."""
    answer = case.answers.analytics
    web = [each for each in case.scorecard.sources if WEB & {metric for metric, *_ in each.totals}]
    ends = [each.period.end for each in web if each.period]
    paths = tuple(each.path for each in web)
    if ends and case.as_of - max(ends) <= TWO_PERIODS:
        return shown(1.0, say("checks.S1.01.fresh", last=min(max(ends), case.as_of)), answer, paths)
    if ends and answer.said != "no":
        return shown(0.5, say("checks.S1.01.stale", last=max(ends)), answer, paths)
    return answered("S1.01", answer, at_most=DECLARED)


def channels_measured(case: Case) -> Outcome:
    """S1.02: the share of the channels in use that a file tells on nine days of the last window in ten."""
    wanted = case.client.active_channels
    if not wanted:
        return unknown("S1.02")
    missing = [each for each in wanted if not _observed(each, case)]
    measured = len(wanted) - len(missing)
    score = graded(measured / len(wanted), 0.9, 0.6)
    if not missing:
        return shown(score, say("checks.S1.02.all", count=measured))
    names = tuple(channel(each) for each in missing)
    return shown(score, say("checks.S1.02.share", measured=measured, total=len(wanted), missing=names))


def _observed(wanted: str, case: Case) -> bool:
    window = case.scorecard.window
    sources = (each for each in case.scorecard.sources if wanted in each.channels or _tells_site(wanted, each))
    periods = (each.period for each in sources if each.period)
    return any((common := each.meet(window)) and common.days >= 0.9 * window.days for each in periods)


def _tells_site(wanted: str, source: SourceSummary) -> bool:
    """Visits are those of the site, whatever the channel that they come from."""
    return wanted == "website" and bool(SITE & {metric for metric, *_ in source.totals})


def before_during_after(case: Case) -> Outcome:
    """S1.03: of the actions that are over, those with four weeks of figures before and figures after."""
    over = [each for each in case.client.events if each.kind in ACTIONS and _last(each) < case.as_of]
    if not over:
        return unknown("S1.03")
    whole = sum(_framed(each, case) for each in over)
    return shown(graded(whole / len(over), 0.9, 0.6), say("checks.S1.03.share", whole=whole, total=len(over)))


def _last(event: Event) -> date:
    return event.end or event.start


def _framed(event: Event, case: Case) -> bool:
    needed = Period(event.start - BEFORE, (event.end or event.start) + timedelta(1))
    return any(each.period and each.period.meet(needed) == needed for each in case.scorecard.sources)


def adjustments(case: Case) -> Outcome:
    """S1.04: decisions on the figures are written down, the last one less than a month ago, or a quarter.

    A log whose last date is after the day that is looked at says nothing of that day.
    """
    answer = case.answers.decision_log
    if answer.said not in ("yes", "partly") or answer.date is None:
        return answered("S1.04", answer)
    days = (case.as_of - answer.date).days
    if days < 0:
        return unknown("S1.04")
    score = min(TOLD[answer.said], graded(-days, -MONTH, -QUARTER))
    return stated(score, say("checks.S1.04.last", last=answer.date), answer)


def kpis_defined(case: Case) -> Outcome:
    """S1.05: one to seven KPIs, each with its source; the catalogue holds definition and unit."""
    count, answer = len(case.client.objectives), case.answers.kpi_definitions
    if not count:
        return answered("S1.05", answer, at_most=DECLARED)
    if count > MOST_KPIS:
        return shown(0.5, say("checks.S1.05.many", count=count), answer)
    without = tuple(name(each.kpi) for each in case.scorecard.progress if not each.current.sources)
    if without:
        return shown(0.5, say("checks.S1.05.no_source", kpis=without), answer)
    return shown(1.0, say("checks.S1.05.defined", count=count), answer)


def no_vanity(case: Case) -> Outcome:
    """S1.06: KPIs that are no mere impressions, or whose link to business is written."""
    kpis = case.client.objectives
    if not kpis:
        return unknown("S1.06")
    vain = [each.kpi for each in kpis if METRICS[each.kpi].vanity and each.business_link is None]
    if not vain:
        return shown(1.0, say("checks.S1.06.none"))
    share = 1 - len(vain) / len(kpis)
    return shown(graded(share, 1.0, 0.7), say("checks.S1.06.some", kpis=tuple(name(each) for each in vain)))


def frequency(case: Case) -> Outcome:
    """S1.07: how often the rarest of the paid channels is told, by the share of days that have a row."""
    rarest = min((each.spend.coverage or 0.0 for each in case.scorecard.returns.channels), default=None)
    if rarest is None:
        return unknown("S1.07")
    told = "weekly" if rarest >= WEEKLY else "monthly" if rarest >= MONTHLY else "rarely"
    return shown(graded(rarest, WEEKLY, MONTHLY), say(f"checks.S1.07.{told}"))


def costs_known(case: Case) -> Outcome:
    """S1.08: every paid channel's spend and every line of cost are known, or some."""
    returns, answer = case.scorecard.returns, case.answers.cost_tracking
    if not returns.known_lines:
        return answered("S1.08", answer, at_most=DECLARED)
    missing = tuple(dict.fromkeys(_line(line) for line in returns.costs if not line.known))
    holed = tuple(channel(each.channel) for each in returns.channels if not each.included)
    if missing or holed:
        return shown(0.5, say("checks.S1.08.some", missing=(*missing, *holed)), answer)
    return shown(1.0, say("checks.S1.08.all"), answer)


def _line(line: CostLine) -> Message:
    name = say(f"pages.costs.{line.kind}")
    return say("checks.S1.08.partly", name=name) if line.origin == "partial" else name


RULES: dict[str, Rule] = {
    "S1.01": audience_tool,
    "S1.02": channels_measured,
    "S1.03": before_during_after,
    "S1.04": adjustments,
    "S1.05": kpis_defined,
    "S1.06": no_vanity,
    "S1.07": frequency,
    "S1.08": costs_known,
}
