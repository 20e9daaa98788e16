"""Exchange rates in, one factor per day out; rounds nothing and formats nothing (METHODS §1, currency)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sitegen.measure.arrays import Array
from sitegen.model.authored import ExchangeRate
from sitegen.model.countries import CFA


def factors(currency: str, to: str, start: int, days: int, rates: Iterable[ExchangeRate]) -> Array:
    """What one unit of `currency` is worth in `to`, on each of `days` days from the ordinal `start`.

    Each day has the rate in force on it: the one told last, direct or inverse; NaN before the first one.
    """
    if currency == to or {currency, to} == CFA:
        return np.ones(days)
    worth = np.full(days, np.nan)
    # On the same day a direct rate is laid over an inverse one.
    for rate in sorted(rates, key=lambda rate: (rate.start, rate.currency == currency)):
        since = max(0, rate.start.toordinal() - start)
        if (rate.currency, rate.to) == (currency, to):
            worth[since:] = rate.rate
        elif (rate.currency, rate.to) == (to, currency):
            worth[since:] = 1 / rate.rate
    return worth
