"""What two sources count of the same thing in, gaps between them out: analytics and shop, platforms and shop (§8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from sitegen.errors import Problem, Severity
from sitegen.measure.arrays import Array, together
from sitegen.measure.daily import Daily
from sitegen.measure.kinds import reading
from sitegen.measure.quality.told import file, notice
from sitegen.messages import Message, Period, Quantity, Unit, say
from sitegen.model.facts import Dossier

GAP, WIDE = 0.10, 0.30  # relative to the shop: to be told, and too much to compute a return on
DAYS, YEAR = 28, 365  # days that both tell, at least, and at most
SALES = ("net_sales", "revenue", "total_sales", "gross_sales")


def across_told(dossier: Dossier, values: Daily) -> Iterator[Problem]:
    """Purchases that analytics missed or invented, and sales that platforms claim beyond those of the shop."""
    yield from _gap("purchases", "transactions", "orders", dossier, values, claims=False)
    sales = next((metric for metric in SALES if values.strands.get(metric)), None)
    if sales is not None:
        yield from _gap("claims", "conversion_value", sales, dossier, values, claims=True)


def _gap(name: str, counted: str, shop: str, dossier: Dossier, values: Daily, *, claims: bool) -> Iterator[Problem]:
    """The two totals over the days of the last year that both tell. `claims`: less than the shop is no gap, since most
    sales come otherwise."""
    first, second = (_all(metric, dossier, values) for metric in (counted, shop))
    if first is None or second is None or first[1] & second[1]:
        return
    days = np.flatnonzero(~np.isnan(first[0]) & ~np.isnan(second[0]))[-YEAR:]
    if len(days) < DAYS or (whole := float(second[0][days].sum())) <= 0:
        return
    told = float(first[0][days].sum())
    gap = (told - whole) / whole
    if (gap if claims else abs(gap)) <= GAP:
        return
    period = Period(*(date.fromordinal(values.start + int(day)) for day in (days[0], days[-1])))
    money = dossier.currency if claims else None
    unit = Unit.MONEY if claims else Unit.COUNT
    message: Message = say(
        f"quality.across.{name}",
        told=Quantity(told, unit, money),
        shop=Quantity(whole, unit, money),
        gap=Quantity(gap, Unit.CHANGE),
        period=period,
        kept=file(dossier, min(second[1])),
    )
    wide = (gap if claims else abs(gap)) > WIDE
    yield notice(min(first[1]), message, Severity.WARNING, f"across_{name}_wide" if wide else f"across_{name}")


def _all(metric: str, dossier: Dossier, values: Daily) -> tuple[Array, frozenset[str]] | None:
    """The metric over all channels, and its files."""
    parts = reading(metric, values, dossier).parts
    if not parts:
        return None
    return together([part.values for part in parts]), frozenset[str]().union(*(part.sources for part in parts))
