"""Budgets and daily spend in, each channel's plan against what was spent and what it will come to out.

Judges nothing. A plan is spread by days, so that months that it only touches hold their part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from sitegen.measure.arrays import Array, together
from sitegen.measure.costs import amounts
from sitegen.measure.daily import Daily
from sitegen.measure.kinds import Reading, read_until, reading
from sitegen.measure.periods import WINDOW, meeting
from sitegen.messages import Message, Period, Unit, say
from sitegen.model.authored import Budget
from sitegen.model.computed import BudgetLine, BudgetMonth, Measurement, State
from sitegen.model.facts import Dossier


@dataclass(frozen=True, slots=True, eq=False)
class _Spend:
    """The daily spend of one channel (`values[0]` on the ordinal `start`), up to `today`, the last day that counts."""

    reading: Reading
    values: Array
    today: date

    def over(self, period: Period) -> Array:
        """What was spent on the observed days of `period` up to `today`."""
        first, last = (day.toordinal() - self.reading.start for day in (period.start, min(period.end, self.today)))
        values = self.values[max(0, first) : max(0, last + 1)]
        return values[~np.isnan(values)]

    @property
    def usual(self) -> float:
        """The mean of the last 28 observed days, of which there is one at least."""
        return float(self.over(Period(date.min, self.today))[-WINDOW:].mean())


def budgets(dossier: Dossier, daily: Daily, as_of: date) -> tuple[BudgetLine, ...]:
    """One line for each channel with a budget, by its name; several budgets of one channel are one line.

    Up to now is up to `as_of`, or up to the last day of the channel's files when they end a little before it: plan and
    spend are told over the same days. The current month will come to what was spent and the usual of a day for each
    day left; a later month to its plan, an earlier one to what was spent.
    """
    by_channel: dict[str, list[Budget]] = defaultdict(list)
    for budget in dossier.client.budgets:
        by_channel[budget.channel].append(budget)
    return tuple(_line(channel, by_channel[channel], dossier, daily, as_of) for channel in sorted(by_channel))


def _line(channel: str, plans: Sequence[Budget], dossier: Dossier, daily: Daily, as_of: date) -> BudgetLine:
    whole = Period(min(plan.start for plan in plans), max(plan.end for plan in plans))
    spend = _spend(channel, dossier, daily, as_of)
    now = Period(whole.start, max(whole.start, min(spend.today, whole.end)))
    planned = _planned(plans, whole, dossier)
    due = _planned(plans, now, dossier) if spend.today >= whole.start else 0.0
    no_rate = say("returns.reason.no_rate")
    months = () if planned is None else tuple(_months(channel, plans, whole, spend, dossier))
    spent = _spent(spend, now)
    return BudgetLine(
        channel=channel,
        period=whole,
        planned=_told("budget", planned, whole, channel, dossier, no_rate),
        due=_told("budget", due, now, channel, dossier, no_rate),
        spent=spent,
        projected=_projected(months, spent, whole) if planned is not None else _none(spent, whole, no_rate),
        months=months,
    )


def _spend(channel: str, dossier: Dossier, daily: Daily, as_of: date) -> _Spend:
    read = reading("spend", daily, dossier, (channel,))
    values = together([part.values for part in read.parts]) if read.parts else np.empty(0)
    return _Spend(read, values, read_until(read, as_of))


# ---------------------------------------------------------------- the plan


def _planned(plans: Iterable[Budget], period: Period, dossier: Dossier) -> float | None:
    """What the plans come to over `period`, as costs do; None without an exchange rate for one of them."""
    parts = [
        amounts(plan.amount, days, dossier.currency, dossier.rates)
        for plan in plans
        if (days := Period(plan.start, plan.end).meet(period))
    ]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


# ---------------------------------------------------------------- months


def _months(
    channel: str, plans: Sequence[Budget], whole: Period, spend: _Spend, dossier: Dossier
) -> Iterator[BudgetMonth]:
    for month in meeting(whole, "month"):
        days = month.meet(whole) or month
        planned = _planned(plans, days, dossier) or 0.0
        if days.start > spend.today:
            yield BudgetMonth(channel, month.start, planned, None, planned)
            continue
        known = spend.over(days)
        spent = float(known.sum()) if known.size else None
        left = max(timedelta(0), days.end - spend.today).days
        yield BudgetMonth(channel, month.start, planned, spent, None if spent is None else spent + left * spend.usual)


# ---------------------------------------------------------------- totals


def _spent(spend: _Spend, now: Period) -> Measurement:
    """What was spent over `now`, on however few days, or why nobody knows; nothing before the plan has begun."""
    of = Measurement(
        "spend",
        Unit.MONEY,
        0.0,
        now,
        currency=spend.reading.currency,
        channel=spend.reading.channel,
        sources=spend.reading.sources,
    )
    if spend.today < now.start:
        return of
    known = spend.over(now)
    if not known.size:
        no_source = say("measure.reason.no_source", name=say("metrics.spend.name"))
        return _none(of, now, say("measure.reason.no_data", period=now) if spend.reading.parts else no_source)
    coverage = known.size / now.days
    whole = coverage >= spend.reading.thresholds.coverage_complete
    return replace(of, value=float(known.sum()), coverage=coverage, state=State.COMPLETE if whole else State.PARTIAL)


def _projected(months: Sequence[BudgetMonth], spent: Measurement, whole: Period) -> Measurement:
    """The months together; those that nobody knows are left out, and the total is then partial."""
    if spent.value is None:
        return replace(spent, period=whole)
    known = [month.projected for month in months if month.projected is not None]
    state = spent.state if len(known) == len(months) else State.PARTIAL
    return replace(spent, value=sum(known), period=whole, coverage=None, state=state)


def _told(
    metric: str, value: float | None, period: Period, channel: str, dossier: Dossier, reason: Message
) -> Measurement:
    told = Measurement(metric, Unit.MONEY, value, period, currency=dossier.currency, channel=channel)
    return told if value is not None else _none(told, period, reason)


def _none(of: Measurement, period: Period, reason: Message) -> Measurement:
    return replace(of, value=None, period=period, coverage=None, state=State.NOT_COMPUTABLE, reason=reason)
