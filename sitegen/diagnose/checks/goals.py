"""A Case in, the checks from business goals to KPIs out: goals, audits, tools, objectives (METHODS §7)."""

from __future__ import annotations

from collections.abc import Iterator
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
    stated,
    untold,
)
from sitegen.diagnose.wording import channel, name, the
from sitegen.messages import Message, Quantity, Unit, say
from sitegen.model.authored import Answer
from sitegen.model.catalogue import METRICS, Direction
from sitegen.model.computed import LabDay

YEAR, FRESH = 365, 90  # days: of an audit, of a report of Lighthouse
COVERED = 0.6
OFF = 0.10
OWNED_BY_OTHERS = frozenset({"direct", "referral", "unassigned", "events", "affiliate"})
SUPPORTING = 3


def goals_written(case: Case) -> Outcome:
    """O1.01: business goals, each with its family."""
    if case.client.goals:
        return stated(1.0, say("checks.O1.01.written", count=len(case.client.goals)), case.answers.business_goals)
    return attested("O1.01", case.answers.business_goals, at_most=DECLARED)


def budget_by_objective(case: Case) -> Outcome:
    """O1.02: the share of media spend in channels that an objective counts."""
    spends = [(each.channel, each.spend.value) for each in case.scorecard.returns.channels if each.spend.value]
    whole = sum(spend for _, spend in spends if spend)
    if not spends or not whole:
        return no_data()
    served = sum(spend for paid, spend in spends if spend and _served(case, paid))
    share = served / whole
    reason = say("checks.O1.02.share", share=Quantity(share, Unit.RATE))
    return shown(graded(round(share, 6), 0.9, 0.6), reason)


def _served(case: Case, wanted: str) -> bool:
    """An objective without channels counts all of them."""
    return any(not each.channels or wanted in each.channels for each in case.client.objectives)


def channels_aligned(case: Case) -> Outcome:
    """O1.03: each channel in use serves an objective."""
    active = [each for each in case.client.active_channels if each not in OWNED_BY_OTHERS]
    if not active or not case.client.objectives:
        return attested("O1.03", case.answers.paid_owned, at_most=DECLARED)
    idle = tuple(channel(each) for each in active if not _served(case, each))
    if not idle:
        return shown(1.0, say("checks.O1.03.all", count=len(active)), case.answers.paid_owned)
    score = graded(1 - len(idle) / len(active), 1.0, 0.6)
    return shown(score, say("checks.O1.03.some", channels=idle), case.answers.paid_owned)


# ---------------------------------------------------------------- four audits


def analytics_audited(case: Case) -> Outcome:
    """O2.01: dated within the year; this audit counts once enough of its questions are answered."""
    return _this_audit(case, ("E1",)) or _audited("O2.01", case.answers.audit_analytics, case.as_of)


def social_audited(case: Case) -> Outcome:
    """O2.02: the same of the social audit."""
    return _this_audit(case, ("A0", "A1", "A2", "A3")) or _audited("O2.02", case.answers.audit_social, case.as_of)


def _audited(id: str, answer: Answer, as_of: date) -> Outcome:
    return dated(id, answer, as_of, YEAR)


def _this_audit(case: Case, sections: tuple[str, ...]) -> Outcome | None:
    """Done, when six tenths of the weight of these sections are known."""
    own = [each for id, each in case.results.items() if id.partition(".")[0] in sections]
    applying = sum(each.weight for each in own if each.state != "not_applicable")
    known = sum(each.weight for each in own if each.state == "scored")
    if not applying or known / applying < COVERED:
        return None
    reason = say("checks.audit.done", on=case.as_of, coverage=Quantity(known / applying, Unit.RATE))
    return shown(1.0, reason)


def ux_audited(case: Case) -> Outcome:
    """O2.03: Lighthouse within three months: the mean of speed and accessibility, of which 0.9 is all; or an audit."""
    means = [mean for day in lab_days(case) if (mean := _mean(day, "performance", "accessibility")) is not None]
    if not means:
        return _audited("O2.03", case.answers.audit_ux, case.as_of)
    mean = min(means)
    reason = say("checks.O2.03.lab", score=Quantity(round(100 * mean), Unit.INDEX))
    return shown(min(1.0, round(mean / 0.9, 4)), reason, None, _files(case))


def seo_audited(case: Case) -> Outcome:
    """O2.04: the same for search engines; a page that they may not show is none."""
    days = lab_days(case)
    scores = [mean for day in days if (mean := _mean(day, "seo")) is not None]
    if not scores:
        return _audited("O2.04", case.answers.audit_seo, case.as_of)
    if any(failure.id == "is-crawlable" for day in days for failure in day.failing):
        return shown(0.0, say("checks.O2.04.hidden"), None, _files(case))
    reason = say("checks.O2.04.lab", score=Quantity(round(100 * min(scores)), Unit.INDEX))
    return shown(graded(min(scores), 0.9, 0.5), reason, None, _files(case))


def lab_days(case: Case, form_factor: str | None = None) -> tuple[LabDay, ...]:
    """The last day of each page and device that was measured within three months."""
    since = case.as_of - timedelta(FRESH)
    found = [each for each in case.scorecard.lab.series if form_factor in (None, each.form_factor) and each.days]
    return tuple(each.days[-1] for each in found if each.days[-1].on >= since)


def _mean(day: LabDay, *categories: str) -> float | None:
    """The mean of these scores, 0..1; None unless the reports tell all of them."""
    found = [each.value for each in day.scores if each.metric in categories and each.value is not None]
    return sum(found) / len(found) / 100 if len(found) == len(categories) else None


def _files(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for day in lab_days(case) for path in day.sources))


# ---------------------------------------------------------------- maturity, tools


def maturity_assessed(case: Case) -> Outcome:
    """O3.01: a level with its date."""
    return dated("O3.01", case.answers.maturity_assessed, case.as_of, YEAR)


def tools_plan(case: Case) -> Outcome:
    """O3.02: a plan with who and when; a list is half of it."""
    return attested("O3.02", case.answers.tools_plan)


# ---------------------------------------------------------------- objectives


def smart(case: Case) -> Outcome:
    """O4.01: the mean SMART score of the objectives (METHODS §2.7)."""
    scores = [each.smart_score for each in case.assessments]
    if not scores:
        return no_data()
    mean = round(sum(scores) / len(scores), 4)
    whole = sum(score == 1 for score in scores)
    return shown(mean, say("checks.O4.01.mean", whole=whole, total=len(scores), score=Quantity(mean, Unit.RATE)))


def paired(case: Case) -> Outcome:
    """O4.02: the share of objectives with a KPI of their own that a file tells."""
    tracked = list(case.objectives)
    if not tracked:
        return no_data()
    uses = [(each.kpi, each.channels) for each, _ in tracked]
    alone = [uses.count((each.kpi, each.channels)) == 1 and bool(now.current.sources) for each, now in tracked]
    share = sum(alone) / len(alone)
    return shown(graded(share, 1.0, 0.6), say("checks.O4.02.share", paired=sum(alone), total=len(alone)))


def kpis_among_metrics(case: Case) -> Outcome:
    """O4.03: KPIs are a third of the metrics at most; all of them is none."""
    kpis = {each.kpi for each in case.client.objectives}
    told = {each.metric for each in case.scorecard.comparisons if each.current.value is not None} | kpis
    if not kpis or not case.scorecard.comparisons:
        return no_data()
    score = 0.0 if kpis == told else 1.0 if 3 * len(kpis) <= len(told) else 0.5
    return shown(score, say("checks.O4.03.count", kpis=len(kpis), metrics=len(told)))


def supported(case: Case) -> Outcome:
    """O4.04: three metrics with figures beside the KPIs."""
    kpis = {each.kpi for each in case.client.objectives}
    if not case.scorecard.comparisons:
        return no_data()
    found = [each for each in case.scorecard.comparisons if each.metric not in kpis and each.current.value is not None]
    return shown(graded(len(found), SUPPORTING, 1), say("checks.O4.04.count", count=len(found)))


def coherent(case: Case) -> Outcome:
    """O4.05: objectives on parts of one product do not ask for a fall of the third, nor contradict a third one."""
    implied = case.scorecard.implied
    if not implied:
        return exempt(say("checks.O4.05.apart")) if case.client.objectives else untold()
    for each in implied:
        if each.aimed and abs(each.factor / each.aimed - 1) > OFF:
            return shown(
                0.0, say("checks.O4.05.contradicted", the=the(each.kpi), kpis=tuple(_kpis(case, each.objectives)))
            )
    for each in implied:
        if not each.aimed and each.factor - 1 < -OFF and METRICS[each.kpi].good is Direction.UP:
            fall = Quantity(each.factor - 1, Unit.CHANGE)
            return shown(0.5, say("checks.O4.05.fall", the=the(each.kpi), change=fall, on=each.on))
    return shown(1.0, say("checks.O4.05.coherent"))


def _kpis(case: Case, objectives: tuple[str, ...]) -> Iterator[Message]:
    for each in case.scorecard.progress:
        if each.objective in objectives:
            yield name(each.kpi)


RULES: dict[str, Rule] = {
    "O1.01": goals_written,
    "O1.02": budget_by_objective,
    "O1.03": channels_aligned,
    "O2.01": analytics_audited,
    "O2.02": social_audited,
    "O2.03": ux_audited,
    "O2.04": seo_audited,
    "O3.01": maturity_assessed,
    "O3.02": tools_plan,
    "O4.01": smart,
    "O4.02": paired,
    "O4.03": kpis_among_metrics,
    "O4.04": supported,
    "O4.05": coherent,
}
