"""Declared costs and the media that the channels spent in, the six lines over one period out; values no gain.

METHODS §4.3: every line is an amount, a zero with a note, or unknown. A line of several costs, one of which nobody
knows, is partial: its amount is the rest. The costs of a kind that only the agency may see are a line beside the open
ones, so that a page may leave them out alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import isnan

from sitegen.measure import money
from sitegen.measure.figures import Figures
from sitegen.measure.periods import DAY, meeting, months_on
from sitegen.messages import Period, Unit
from sitegen.model.authored import COST_LINES, Cost, ExchangeRate, Per
from sitegen.model.computed import CostLine, Measurement, State
from sitegen.model.facts import Dossier


def costs(dossier: Dossier, spend: Measurement, figures: Figures) -> tuple[tuple[CostLine, ...], Measurement]:
    """The six lines, one of several costs perhaps in two, and the spend on media: `spend` as exported, else as
    declared."""
    lines = {kind: tuple(_lines(kind, dossier, figures.period)) for kind in COST_LINES}
    declared = [line.amount for line in lines["media"] if line.amount is not None]
    if spend.value is not None:
        lines["media"] = (CostLine("media", spend.value, "export"),)
    elif declared:
        state = State.COMPLETE if all(line.known for line in lines["media"]) else State.PARTIAL
        spend = Measurement("spend", Unit.MONEY, sum(declared), figures.period, currency=figures.currency, state=state)
    return tuple(line for kind in COST_LINES for line in lines[kind]), spend


def known_lines(lines: Sequence[CostLine]) -> int:
    """How many of the six kinds are wholly known."""
    return len(COST_LINES) - len({line.kind for line in lines if not line.known})


def _lines(kind: str, dossier: Dossier, period: Period | None) -> Iterator[CostLine]:
    """The declared costs of one kind: those that anybody may see, then the others."""
    items: Sequence[Cost] = getattr(dossier.client.costs, kind) or ()
    for internal in (False, True):
        own = [item for item in items if item.internal is internal]
        if own or not (items or internal):
            yield replace(_line(kind, own, dossier, period), internal=internal)


def _line(kind: str, items: Sequence[Cost], dossier: Dossier, period: Period | None) -> CostLine:
    """Declared costs over the period; one is unknown when nobody told it, or when its currency has no rate."""
    note = next((item.note for item in items if item.note), None)
    told = [amounts(item, period, dossier.currency, dossier.rates) if period else None for item in items]
    known = [amount for amount in told if amount is not None]
    if not known:
        return CostLine(kind, None, "unknown", note)
    if len(known) < len(told):
        return CostLine(kind, sum(known), "partial", note)
    free = all(item.amount == 0 for item in items)
    return CostLine(kind, sum(known), "zero" if free else "declared", note)


def amounts(cost: Cost, period: Period, currency: str, rates: Sequence[ExchangeRate]) -> float | None:
    """What a declared cost comes to over `period`, in `currency`: a month's or a year's amount by its days, each at its
    own rate; an amount paid once on its day, or by the days of its life (METHODS §4.3). None without an amount or a
    rate."""
    if cost.amount is None:
        return None
    active = Period(cost.start or period.start, cost.end or period.end).meet(period)
    if active is None or cost.amount == 0:
        return 0.0
    told_in = cost.currency or currency
    shares = tuple(_shares(cost, active))
    factors = (money.factors(told_in, currency, days.start.toordinal(), days.days, rates) for days, _ in shares)
    total = cost.amount * sum(share * float(each.mean()) for (_, share), each in zip(shares, factors, strict=True))
    return None if isnan(total) else total


def _shares(cost: Cost, active: Period) -> Iterator[tuple[Period, float]]:
    """The shares of the amount that fall in `active`, each with the days whose exchange rate it has."""
    if cost.per is Per.ONCE:
        if cost.on and (days := (life := _life(cost.on, cost.life)).meet(active)):
            yield Period(cost.on, cost.on), days.days / life.days
        return
    for whole in _wholes(cost.per, active):
        if days := whole.meet(active):
            yield days, days.days / whole.days


def _life(paid: date, months: int | None) -> Period:
    return Period(paid, months_on(paid, months) - DAY if months else paid)


def _wholes(per: Per, period: Period) -> Sequence[Period]:
    if per is Per.MONTH:
        return meeting(period, "month")
    return [Period(date(year, 1, 1), date(year, 12, 31)) for year in range(period.start.year, period.end.year + 1)]
