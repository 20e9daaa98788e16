"""Dossier in, Scorecard out: every number of an audit, with its period, coverage and files, or why there is none.

Judges nothing: the thresholds come in the dossier. Knows no words beyond the keys of its reasons, no colours, no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from sitegen.measure import baseline
from sitegen.measure.benchmark import benchmarks
from sitegen.measure.budgets import budgets
from sitegen.measure.coherence import implied
from sitegen.measure.comparisons import comparisons
from sitegen.measure.course import course
from sitegen.measure.crossings import crossings
from sitegen.measure.daily import Daily, daily, ends
from sitegen.measure.definitions import breaks, changes
from sitegen.measure.funnel import funnels
from sitegen.measure.inbox import inbox
from sitegen.measure.lighthouse import lab, lab_notices, last_run
from sitegen.measure.norms import intensity
from sitegen.measure.periods import window
from sitegen.measure.posts import posts
from sitegen.measure.progress import progress
from sitegen.measure.quality import notices, observed, register, scores, unmeasured
from sitegen.measure.returns import returns
from sitegen.measure.years import fiscal_years
from sitegen.model.authored import LARGEST, FrozenBaseline
from sitegen.model.computed import Scorecard
from sitegen.model.facts import Dossier

__all__ = [
    "as_of",
    "baselines",
    "breaks",
    "daily",
    "lab_notices",
    "last_day",
    "last_run",
    "notices",
    "scorecard",
]


def as_of(dossier: Dossier, today: date) -> date:
    """The day of the report: the last one that a row tells, at the latest today less the days that platforms restate.

    Sources that stopped earlier do not hold it back; `notices` names them.
    """
    latest = today - timedelta(dossier.latency_days)
    days = (ends(records) for records in dossier.records)
    settled = [int(known.max()) for each in days if (known := each[each <= latest.toordinal()]).size]
    return date.fromordinal(max(settled)) if settled else latest


def last_day(dossier: Dossier) -> date | None:
    """The last day that any row tells, those of a week or a month to their end; None without any row."""
    lasts = [int(ends(records).max()) for records in dossier.records if len(records.days)]
    return date.fromordinal(max(lasts)) if lasts else None


def scorecard(dossier: Dossier, as_of: date, values: Daily | None = None, known: date | None = None) -> Scorecard:
    """All that can be measured on `as_of`; rows after it do not count. `values` are its `daily` if known.

    Runs of Lighthouse count up to `known`, the day on which the files are looked at; without it, up to `as_of`.
    """
    values = values or daily(dossier, as_of)
    earned = returns(dossier, values)
    stands = tuple(progress(objective, dossier, values, as_of) for objective in dossier.client.objectives)
    return Scorecard(
        as_of=as_of,
        window=window(as_of),
        comparisons=comparisons(dossier, values, as_of),
        progress=stands,
        returns=replace(earned, budgets=budgets(dossier, values, as_of)),
        sources=register(dossier),
        funnels=funnels(dossier, values, earned.period),
        unmeasured=unmeasured(dossier),
        decisions=values.decisions,
        quality=scores(dossier, values),
        crossings=crossings(dossier, values, as_of),
        implied=implied(dossier.client.objectives, stands),
        lab=lab(dossier, known or as_of),
        years=fiscal_years(dossier, values, as_of),
        benchmarks=benchmarks(dossier, values, as_of),
        intensity=intensity(dossier, as_of),
        observed=observed(dossier),
        inbox=inbox(dossier, as_of),
        posts=posts(dossier, as_of),
        meanings=tuple(each for each in changes(dossier) if each.date <= as_of),
    )


def baselines(dossier: Dossier, as_of: date) -> Mapping[str, FrozenBaseline]:
    """The baseline of every objective that has a computable one, by its id, ready to be written as of that day."""
    values = daily(dossier, as_of)
    found = {}
    for objective in dossier.client.objectives:
        run = course(objective, dossier, values, as_of)
        start = baseline.computed(run)
        if start.value is not None and start.period is not None and abs(start.value) <= LARGEST:
            first, last = start.period.start, start.period.end
            found[run.id] = FrozenBaseline(value=start.value, start=first, end=last, frozen=as_of)
    return found
