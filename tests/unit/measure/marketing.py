"""A shop and its advertising in one October, and what returns make of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sitegen.measure.daily import daily
from sitegen.measure.returns import returns
from sitegen.model.computed import Returns
from sitegen.model.facts import Records

from .cases import dossier, source

OCTOBER = date(2026, 10, 1)
COSTS = {
    "agency": "15000/month",
    "production": "5000/month",
    "tools": "2000/month",
    "staff": "40 h x 120/month",
    "training": {"amount": 0, "note": "Aucune"},
}


def found(*records: Records, as_of: date = date(2026, 10, 31), rates: Sequence[Any] = (), **client: Any) -> Returns:
    known = dossier(*records, rates=rates, **client)
    return returns(known, daily(known, as_of))


def channel(
    name: str, spend: float, value: float | None, days: int = 31, first: date = OCTOBER, **more: Any
) -> Records:
    """A channel with daily spend and conversion value; one conversion for every 100 of value."""
    metrics: dict[str, Sequence[float | None]] = {"spend": [spend] * days}
    if value is not None:
        metrics |= {"conversion_value": [value] * days, "conversions": [value / 100] * days}
    return source(first, metrics, name, f"{name}.csv", **more)


def shop(sales: float, days: int = 31, first: date = OCTOBER, metric: str = "revenue") -> Records:
    return source(first, {metric: [sales] * days}, path="shop.csv")


def vector(**client: Any) -> Returns:
    """The case of METHODS §4.1, in one month: media 40,000, attributed revenue 300,000."""
    ads = channel("google_ads", 40_000 / 31, 300_000 / 31)
    return found(ads, shop(20_000), **{"costs": COSTS, "margin": "45%", "incrementality": "60%", **client})
