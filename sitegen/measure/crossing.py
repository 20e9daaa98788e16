"""Two regular series in, whether one goes with the other once trend and season are out (METHODS §5); proves no cause.

Levels that merely grow together look alike: of two independent random walks of a hundred weeks, three pairs in four
would pass for linked. So both are differenced, freed of their season and of the events that are told, and of what each
owes to its own past; what is left is compared by ranks.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import atan, cos, pi, prod, sin, sqrt
from typing import NamedTuple

import numpy as np

from sitegen.measure.arrays import Array
from sitegen.model.computed import Link

SIGNIFICANT = 0.05  # of a p-value, adjusted for lags and pairs
STRONG_ENOUGH = 0.30  # a rank correlation below it is no link
FEWEST = 20  # effective periods, below which nothing is said
Z95 = 1.96
PERIODS_A_WAVE = 16  # differences, for each sine and cosine of a season that is not known place by place
MONTHS = 12  # the longest cycle whose every place is told apart
CYCLES = 2
ORDERS, PERIODS_AN_ORDER = 4, 12  # of what a series owes to its own past: at most, and one for so many differences
ROUNDING = 1e-9  # relative to the values
SHORTEST_TEST = 4  # effective periods, below which a correlation has no p-value


class _Lagged(NamedTuple):
    """The rank correlation at one lag."""

    lag: int
    rho: float
    p: float
    effective: int


def crossed(first: Array, second: Array, cycle: int, lags: int, events: Array | None = None, pairs: int = 1) -> Link:
    """Whether `second` moves with `first`, or up to `lags` periods after it.

    Both have shape (n,), are regular, without gaps, and on a scale on which steps are alike: `log1p` of amounts and
    counts, logit of rates. `events`, shape (n, k), has a column for each event: 1 in the periods that it touches.
    `pairs` is how many pairs the same report shows. The link told is that of the lag with the smallest adjusted
    p-value.
    """
    n = len(first)
    regressors = _regressors(n - 1, cycle, events)
    given = regressors.shape[1] - 1
    if n - 1 - given < FEWEST:
        return Link("insufficient", n, max(n - 1 - given, 0))
    order = max(1, min(ORDERS, (n - 1) // PERIODS_AN_ORDER))
    (moves, own), (echoes, others) = (prewhitened(_rest(np.diff(each), regressors), order) for each in (first, second))
    spent = given + max(own, others)
    found = [_at(lag, moves, echoes, spent) for lag in range(lags + 1)]
    if found[-1].effective < FEWEST:
        return Link("insufficient", n, max(found[-1].effective, 0))
    adjusted = [min(1.0, p * pairs) for p in holm([each.p for each in found])]
    best = int(np.argmin(adjusted))
    told, p = found[best], adjusted[best]
    return Link(
        status="link" if p < SIGNIFICANT and abs(told.rho) >= STRONG_ENOUGH else "no_link",
        periods=n,
        effective=told.effective,
        lag=told.lag,
        rho=told.rho,
        interval=_interval(told),
        p=told.p,
        p_adjusted=p,
    )


def needed(cycle: int, lags: int, events: int = 0) -> int:
    """The fewest periods from which `crossed` always says something, however much the series owe to their past."""
    n = FEWEST
    while True:
        n += 1
        order = max(1, min(ORDERS, (n - 1) // PERIODS_AN_ORDER))
        if n - 1 - 2 * order - lags - _season(n - 1, cycle).shape[1] - events >= FEWEST:
            return n


# ---------------------------------------------------------------- what is taken out


def _regressors(n: int, cycle: int, events: Array | None) -> Array:
    """Columns for `n` differences: a constant, the season, the events that are not the same everywhere."""
    # An event is seen on its way in and on its way out: like the series, it is differenced.
    moves = np.empty((0, n)) if events is None else np.diff(events.T, axis=1)
    told = [column for column in moves if column.min() != column.max()]
    return np.column_stack([np.ones(n), _season(n, cycle), *told])


def _season(n: int, cycle: int) -> Array:
    """Sines and cosines: of a year of months all of them once two years are there, which are its twelve places; else as
    many as the length allows."""
    if cycle < 2:
        return np.empty((n, 0))
    known = cycle <= MONTHS and n >= CYCLES * cycle - 1
    waves = cycle // 2 if known else min(cycle // 2, max(1, n // PERIODS_A_WAVE))
    times = np.arange(n)
    columns = []
    for wave in range(1, waves + 1):
        if 2 * wave == cycle:
            columns.append(np.cos(np.pi * times))
        else:
            angle = 2 * np.pi * wave * times / cycle
            columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def _rest(values: Array, regressors: Array) -> Array:
    """What the regressors, shape (n, k), leave of `values` by least squares; nothing where only rounding is left."""
    rest: Array = values - regressors @ np.linalg.lstsq(regressors, values, rcond=None)[0]
    return rest if np.abs(rest).max() > ROUNDING * np.abs(values).max() else np.zeros(len(rest))


def prewhitened(values: Array, highest: int) -> tuple[Array, int]:
    """What an autoregression leaves of `values`, shape (n - highest,), and its order: 0 to `highest`, by Akaike's
    criterion on a common sample."""
    n = len(values)
    now = values[highest:]
    best: tuple[float, int, Array] | None = None
    for order in range(highest + 1):
        past = [values[highest - back : n - back] for back in range(1, order + 1)]
        rest = _rest(now, np.column_stack([np.ones(len(now)), *past]))
        squares = float(rest @ rest)
        criterion = len(now) * np.log(squares / len(now)) + 2 * (order + 1) if squares > 0 else -np.inf
        if best is None or criterion < best[0] - 1e-9:
            best = (criterion, order, rest)
    assert best is not None  # noqa: S101 - order 0 is always tried
    return best[2], best[1]


# ---------------------------------------------------------------- what is left, compared


def _at(lag: int, moves: Array, echoes: Array, spent: int) -> _Lagged:
    """Spearman's correlation of `moves` with what follows it by `lag` periods, with a t-test that counts no period
    that was spent on taking things out."""
    rho = spearman(moves[: len(moves) - lag], echoes[lag:])
    effective = len(moves) - lag - spent
    if effective < SHORTEST_TEST:
        return _Lagged(lag, rho, 1.0, effective)
    ratio = abs(rho) * sqrt((effective - 2) / max(1 - rho * rho, 1e-12))
    return _Lagged(lag, rho, two_sided(ratio, effective - 2), effective)


def spearman(first: Array, second: Array) -> float:
    """Correlation of ranks; 0 where one of the two is constant."""
    left, right = (_ranks(each) - (len(each) + 1) / 2 for each in (first, second))
    spread = sqrt(float(left @ left) * float(right @ right))
    return float(left @ right) / spread if spread > 0 else 0.0


def _ranks(values: Array) -> Array:
    """1 to n; equal values share the mean of their ranks."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: Array = (last - (counts - 1) / 2)[place]
    return ranks


def two_sided(ratio: float, degrees: int) -> float:
    """P(|T| >= `ratio`) for Student's T of whole `degrees` of freedom, as a finite sum (Abramowitz and Stegun, 26.7.3
    and 26.7.4)."""
    angle = atan(ratio / sqrt(degrees))
    if degrees % 2:
        terms = [prod(range(2, k, 2)) / prod(range(3, k + 1, 2)) * cos(angle) ** k for k in range(1, degrees - 1, 2)]
        within = 2 / pi * (angle + sin(angle) * sum(terms))
    else:
        terms = [prod(range(1, k, 2)) / prod(range(2, k + 1, 2)) * cos(angle) ** k for k in range(0, degrees - 1, 2)]
        within = sin(angle) * sum(terms)
    return max(0.0, 1 - within)


def holm(values: Sequence[float]) -> list[float]:
    """p-values adjusted for their number, step by step from the smallest (Holm 1979)."""
    adjusted, largest = [0.0] * len(values), 0.0
    for rank, place in enumerate(np.argsort(values, kind="stable")):
        largest = max(largest, (len(values) - rank) * values[place])
        adjusted[place] = min(1.0, largest)
    return adjusted


def _interval(told: _Lagged) -> tuple[float, float]:
    """95 %, by Fisher's transformation."""
    middle, half = np.arctanh(np.clip(told.rho, -0.999, 0.999)), Z95 / sqrt(max(told.effective - 3, 1))
    return float(np.tanh(middle - half)), float(np.tanh(middle + half))
