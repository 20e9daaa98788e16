"""A Case in, the checks of the five tips out: role, context, what to drop, what to cross (METHODS §7).

What a page shows is tested on the pages themselves, in `render.guarantees`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from sitegen.diagnose import gains
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
    parts,
    shown,
    stated,
)
from sitegen.diagnose.wording import name
from sitegen.messages import Message, Quantity, Unit, say
from sitegen.model.authored import COST_LINES
from sitegen.model.catalogue import FUNNELS, METRICS
from sitegen.model.computed import Benchmark, Comparison, Progress

YEAR = 365
BY_ROLE = {
    "reputation": frozenset({"net_sentiment", "share_of_voice"}),
    "service": frozenset(
        {"response_rate", "response_time", "in_time_rate", "handling_time", "contacts_per_case", "resolved_cases"}
    ),
    "leads": frozenset({"leads", "qualified_leads", "cost_per_lead", "lead_rate", "qualification_rate"}),
    "sales": frozenset(
        {"transactions", "orders", "average_order_value", "conversion_rate", "revenue", "net_sales", "total_sales"}
    ),
}
KINDS: Mapping[str, str] = {"previous": "past", "year": "past", "competitor": "competitors", "norm": "norm"}
TELLING = ("engagement_rate_impressions", "net_sentiment", "share_of_voice")
NO_USE = frozenset({"service", "sales"})  # roles for which none of these is needed
SOCIAL, SITE = "interactions", "sessions"
SALES = frozenset({"net_sales", "revenue", "total_sales", "gross_sales", "leads", "transactions"})
LONG_ENOUGH = {"week": 26, "month": 12}
ENOUGH = 3  # periods


def understood(case: Case) -> Outcome:
    """T0.01: each KPI is in the catalogue, which defines it in a sentence; so what may lack is its business goal."""
    kpis = case.client.objectives
    if not kpis:
        return no_data()
    goals = {goal.id for goal in case.client.goals}
    without = tuple(name(each.kpi) for each in kpis if each.goal not in goals and METRICS[each.kpi].goal is None)
    if not without:
        return shown(1.0, say("checks.T0.01.all", count=len(kpis)))
    return shown(graded(1 - len(without) / len(kpis), 1.0, 0.6), say("checks.T0.01.some", kpis=without))


def role(case: Case) -> Outcome:
    """T1.01: one role that comes first."""
    declared = case.client.role_of_social
    if declared is not None:
        return stated(1.0, say("checks.T1.01.declared", role=say(f"checks.role.{declared}")), case.answers.social_role)
    return attested("T1.01", case.answers.social_role, at_most=DECLARED)


def agreed(case: Case) -> Outcome:
    """T1.02: agreed with management in the last twelve months."""
    return dated("T1.02", case.answers.role_agreed, case.as_of, YEAR)


def kpis_fit(case: Case) -> Outcome:
    """T1.03: two KPIs that tell of the role, or one."""
    declared = case.client.role_of_social
    if declared is None or not case.client.objectives:
        return no_data()
    fitting = {each.kpi for each in case.client.objectives} & BY_ROLE[declared]
    told = say(f"checks.role.{declared}")
    if not fitting:
        return shown(0.0, say("checks.T1.03.none", role=told))
    names = tuple(name(kpi) for kpi in sorted(fitting, key=list(METRICS).index))
    return shown(graded(len(fitting), 2, 1), say("checks.T1.03.some", role=told, kpis=names))


def comparators(case: Case, progress: Progress) -> frozenset[str]:
    """What a KPI is set beside: its own past, competitors, a published norm."""
    found = case.comparison(progress.kpi)
    past = progress.baseline.value is not None or (found is not None and found.year_before.value is not None)
    own = (each for each in case.scorecard.benchmarks if progress.objective in each.objectives)
    kinds = {kind for each in own for kind in _kinds(each)} | ({"past"} if past else set())
    return frozenset(kinds | ({"competitors"} if progress.kpi == "share_of_voice" else set()))


def _kinds(found: Benchmark) -> Iterator[str]:
    """What a metric can really be compared with: what is unknown, not comparable or too old is none."""
    for each in found.against:
        if each.number.value is not None and not each.old:
            yield KINDS[each.kind]


def context(case: Case) -> Outcome:
    """T2.01: each KPI stands beside its past, competitors or a norm."""
    tracked = case.scorecard.progress
    if not tracked:
        return no_data()
    alone = tuple(name(each.kpi) for each in tracked if not comparators(case, each))
    if not alone:
        return shown(1.0, say("checks.T2.01.all", count=len(tracked)))
    return shown(graded(1 - len(alone) / len(tracked), 1.0, 0.6), say("checks.T2.01.some", kpis=alone))


def three_comparisons(case: Case) -> Outcome:
    """T2.02: the own past, competitors and the norm, each at least once."""
    if not case.scorecard.comparisons:
        return no_data()
    past = any(each.year_before.value is not None for each in case.scorecard.comparisons)
    kinds = {kind for each in case.scorecard.progress for kind in comparators(case, each)}
    kinds |= {kind for each in case.scorecard.benchmarks for kind in _kinds(each)}
    kinds |= ({"past"} if past else set()) | ({"competitors"} if case.told("share_of_voice") else set())
    missing = tuple(say(f"checks.comparator.{kind}") for kind in ("past", "competitors", "norm") if kind not in kinds)
    if not missing:
        return shown(1.0, say("checks.T2.02.all"))
    return shown(graded(len(kinds), 3, 2), say("checks.T2.02.some", missing=missing))


def stable(case: Case) -> Outcome:
    """T2.03: no KPI changed its meaning within the year; a change that is declared is half of it, a jump of level that
    nobody explains none."""
    kpis = [each.kpi for each in case.client.objectives]
    if not kpis or not case.scorecard.quality:
        return no_data()
    made_of = frozenset(part for kpi in kpis for part in parts(kpi))
    jumps = {each.metric for each in case.scorecard.quality if each.breaks > 0 and each.metric in made_of}
    if jumps:
        return shown(0.0, say("checks.T2.03.jump", metrics=_names(jumps)))
    since = case.as_of - timedelta(YEAR)
    changed = {each.metric for each in case.client.definitions if since <= each.date <= case.as_of} & made_of
    if changed:
        return shown(0.5, say("checks.T2.03.declared", metrics=_names(changed)))
    return shown(1.0, say("checks.T2.03.same"))


def _names(metrics: set[str]) -> tuple[Message, ...]:
    return tuple(name(metric) for metric in METRICS if metric in metrics)


def steady(case: Case) -> Outcome:
    """T2.04: of the periods of the last year in which a KPI should have a value, the share that has a whole one."""
    whole = (each.kpi for each in case.client.objectives if not each.channels)  # no series is of some channels alone
    shares = [_whole(found) for kpi in whole if (found := case.comparison(kpi)) and found.series]
    if not shares:
        return no_data()
    share = sum(shares) / len(shares)
    told = "whole" if share >= 0.95 else "holes"
    return shown(graded(share, 0.95, 0.8), say(f"checks.T2.04.{told}", share=Quantity(share, Unit.RATE)))


def _whole(found: Comparison) -> float:
    """Without the last period, which may not be over."""
    assert found.series is not None  # noqa: S101 - the caller asked
    year = {"day": 365, "week": 52, "month": 12}[found.series.grain]
    known = found.series.complete[-year - 1 : -1] or found.series.complete
    return sum(known) / len(known)


def against_objectives(case: Case) -> Outcome:
    """T2.05: each KPI has a target that can be computed, and a deadline."""
    tracked = case.scorecard.progress
    if not tracked:
        return no_data()
    without = tuple(name(each.kpi) for each in tracked if each.target is None)
    if not without:
        return shown(1.0, say("checks.T2.05.all", count=len(tracked)))
    return shown(graded(1 - len(without) / len(tracked), 1.0, 0.6), say("checks.T2.05.some", kpis=without))


def useful(case: Case) -> Outcome:
    """T3.01: the share of the metrics with figures that an objective, the return or the budget needs."""
    told = [each.metric for each in case.scorecard.comparisons if each.current.value is not None]
    if not told or not case.client.objectives:
        return no_data()
    kpis = [each.kpi for each in case.client.objectives]
    needed = frozenset(part for kpi in kpis for part in _related(kpi))
    idle = [metric for metric in told if not parts(metric) & needed]
    share = 1 - len(idle) / len(told)
    return shown(graded(share, 0.8, 0.5), say("checks.T3.01.share", linked=len(told) - len(idle), total=len(told)))


def _related(kpi: str) -> frozenset[str]:
    """The KPI, its parts, the stages before and after it, and what everything is paid with and for."""
    own = parts(kpi)
    stages = {stage for funnel in FUNNELS.values() if own & set(funnel) for stage in funnel}
    return own | stages | {"spend", "conversion_value", "revenue"}


def kept(case: Case) -> Outcome:
    """T3.02: engagement, sentiment or share of voice over three periods, where the role calls for one of them."""
    declared = case.client.role_of_social
    if declared in NO_USE:
        return exempt(say("checks.T3.02.no_use", role=say(f"checks.role.{declared}")))
    found = [each for metric in TELLING if (each := case.comparison(metric)) and each.current.value is not None]
    if not found:
        return shown(0.0, say("checks.T3.02.none")) if case.scorecard.comparisons else no_data()
    long = any(
        each.series is not None and sum(value is not None for value in each.series.values) >= ENOUGH for each in found
    )
    told = tuple(name(each.metric) for each in found)
    return shown(1.0 if long else 0.5, say(f"checks.T3.02.{'followed' if long else 'begun'}", metrics=told))


def dropped(case: Case) -> Outcome:
    """T3.03: a list of what is no longer looked at; without the day of each, it is half of it."""
    listed, answer = case.client.dropped, case.answers.dropped_metrics
    if not listed:
        return attested("T3.03", answer, at_most=DECLARED)
    whole = all(each.since is not None for each in listed)
    told = say(f"checks.T3.03.{'listed' if whole else 'undated'}", metrics=tuple(name(each.metric) for each in listed))
    return stated(1.0 if whole else 0.5, told, answer)


def crossed_with_visits(case: Case) -> Outcome:
    """T4.01: social media and visits on one calendar, long enough to compare them."""
    return _crossed(case, "T4.01", frozenset({SITE}))


def crossed_with_sales(case: Case) -> Outcome:
    """T4.02: social media and sales, or leads."""
    return _crossed(case, "T4.02", SALES)


def _crossed(case: Case, id: str, seconds: frozenset[str]) -> Outcome:
    found = next((each for each in case.scorecard.crossings if each.second in seconds), None)
    if found is not None:
        periods = len(found.first_values)
        whole = periods >= LONG_ENOUGH[found.grain]
        told = say(f"checks.{id}.{found.grain}", count=periods)
        return shown(1.0 if whole else 0.5, told, sources=found.sources)
    if not case.scorecard.comparisons:
        return no_data()
    lacking = [metric for metric, there in ((SOCIAL, case.told(SOCIAL)), ("", case.told(*seconds))) if not there]
    if not lacking:
        return shown(0.5, say(f"checks.{id}.short"))
    return shown(0.0, say(f"checks.{id}.{'no_social' if SOCIAL in lacking else 'no_other'}"))


def paid_back(case: Case) -> Outcome:
    """T4.03: a return on all costs; on some of them, or on media alone, it is half of it."""
    returns = case.scorecard.returns
    roi = gains.full(returns)
    if roi.value is not None:
        whole = returns.known_lines == len(COST_LINES)
        told = say(f"checks.T4.03.{'complete' if whole else 'partial'}")
        return shown(1.0 if whole else 0.5, told, sources=roi.sources)
    for number in (returns.roi_attributed, returns.roas, returns.blended_roas):
        if number.value is not None:
            return shown(0.5, say("checks.T4.03.media"), sources=number.sources)
    return shown(0.0, say("checks.T4.03.none")) if case.scorecard.sources else no_data()


RULES: dict[str, Rule] = {
    "T0.01": understood,
    "T1.01": role,
    "T1.02": agreed,
    "T1.03": kpis_fit,
    "T2.01": context,
    "T2.02": three_comparisons,
    "T2.03": stable,
    "T2.04": steady,
    "T2.05": against_objectives,
    "T3.01": useful,
    "T3.02": kept,
    "T3.03": dropped,
    "T4.01": crossed_with_visits,
    "T4.02": crossed_with_sales,
    "T4.03": paid_back,
}
