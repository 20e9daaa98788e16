"""Numbers in the order of time in, those that do not belong out: outliers, jumps, breaks (METHODS §8).

Knows neither metrics nor dates; places are indexes. NaN is missing. Removes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from typing import Literal, TypeAlias

import numpy as np

from sitegen.measure.arrays import Array, Indexes, medians, present

MAD, IQR = 1.4826, 0.7413  # what makes each of them the standard deviation of a normal distribution
FAR = 5.0  # robust standard deviations beyond which a value is an outlier
RARE = 0.02  # share of the values: what is more frequent belongs to the series, whose tail is long
KNOWN_DAYS, KNOWN_PERIODS = 56, 16  # fewer tell nothing of what is usual
LEVEL_DAYS, LEVEL_PERIODS = 29, 9  # of the running median that stands for level and season

SPAN, SHARP = 28, 7  # days on each side of a jump: for its size, and for its being sudden
NEAR = 0.02  # how close to a factor a ratio must be
LEAST = 5.0  # smaller factors are hidden by what happens anyway
AROUND = 3  # days on which the size of one jump is looked for

BEFORE, AFTER, LASTING = 12, 8, 4  # periods that a break is judged on, and how many of them it must last
ERRORS, WORTH = 4.0, 0.2  # robust standard errors, and relative shift, beyond which it is told
YEAR_PERIODS = {"week": 52, "month": 12}

Scale: TypeAlias = Literal["count", "amount", "signed"]
ANSCOMBE = 3 / 8
POISSON = 0.5  # the standard deviation of the square root of a count of independent events: real ones scatter more


def _scaled(values: Array, scale: Scale) -> Array:
    """The square root, except of what may be negative: the variance of a count, or of its amounts, is as its mean.

    Three eighths are added to a count, so that it holds for the smallest ones too (Anscombe 1948).
    """
    return values if scale == "signed" else np.sqrt(values + (ANSCOMBE if scale == "count" else 0.0))


def robust_z(values: Array, least: float = 0.0) -> Array | None:
    """How many robust standard deviations, each of `least` or more, each value is from the median; None where more than
    half are equal and the quartiles too: then nothing tells what is far."""
    known = values[~np.isnan(values)]
    if not known.size:
        return None
    middle = float(np.median(known))
    scale = MAD * float(np.median(np.abs(known - middle)))
    if scale == 0:
        low, high = np.quantile(known, (0.25, 0.75))
        scale = IQR * float(high - low)
    scale = max(scale, least)
    return (values - middle) / scale if scale > 0 else None


def outliers(values: Array, scale: Scale, *, weekdays: bool) -> Indexes:
    """The places whose rest, after level, season and weekday are taken out, is far from the others; none where many
    are. An amount of nothing is left to the count that it is the amount of."""
    enough = KNOWN_DAYS if weekdays else KNOWN_PERIODS
    if present(values) < enough:
        return np.empty(0, dtype=np.int64)
    rest = _scaled(values, scale)
    rest = rest - _running_median(rest, LEVEL_DAYS if weekdays else LEVEL_PERIODS)
    if weekdays:
        weeks = np.concatenate([rest, np.full(-len(rest) % 7, np.nan)]).reshape(-1, 7)
        rest = rest - np.resize(medians(weeks.T), len(rest))
    z = robust_z(rest, POISSON if scale == "count" else 0.0)
    if z is None:
        return np.empty(0, dtype=np.int64)
    far = np.flatnonzero((np.abs(np.where(np.isnan(z), 0.0, z)) > FAR) & ~((scale == "amount") & (values == 0)))
    return far if len(far) <= RARE * present(values) else np.empty(0, dtype=np.int64)


def _running_median(values: Array, width: int) -> Array:
    """Of the values around each place, as many as are known."""
    half = width // 2
    padded = np.concatenate([np.full(half, np.nan), values, np.full(half, np.nan)])
    return medians(np.lib.stride_tricks.sliding_window_view(padded, width))


# ---------------------------------------------------------------- jumps


@dataclass(frozen=True, slots=True)
class Jump:
    """From the place `at` on, values are `factor` times (or its inverse) what they were."""

    at: int
    factor: float


def jumps(values: Array, factors: Iterable[float]) -> tuple[Jump, ...]:
    """Sudden changes of a whole factor: the ratio of the medians of four weeks before and after is within 2 % of it."""
    wanted = [factor for factor in factors if factor >= LEAST]
    positive = np.where(values > 0, values, np.nan)
    if present(positive) < 2 * SPAN or not wanted:
        return ()
    sudden = _log_ratios(positive, SHARP)
    found: list[Jump] = []
    for run in _runs(np.flatnonzero(np.abs(np.where(np.isnan(sudden), 0.0, sudden)) > log(LEAST))):
        at = int(run[np.argmax(np.abs(sudden[run]))])
        sized = _log_ratios(positive, SPAN)[max(0, at - AROUND) : at + AROUND + 1]
        for factor in wanted:
            if (np.abs(np.abs(sized[~np.isnan(sized)]) - log(factor)) <= NEAR).any():
                found.append(Jump(at, factor))
                break
    return tuple(found)


def _log_ratios(values: Array, span: int) -> Array:
    """For each place the log of the median of the `span` values from it on, over that of as many before it; NaN where
    fewer than half of either are known."""
    padded = np.concatenate([np.full(span, np.nan), values, np.full(span, np.nan)])
    windows = np.sort(np.lib.stride_tricks.sliding_window_view(padded, span), axis=1)
    known = (~np.isnan(windows)).sum(axis=1)
    rows, enough = np.arange(len(windows)), known >= span / 2
    middle = (windows[rows, np.maximum(known - 1, 0) // 2] + windows[rows, np.minimum(known // 2, span - 1)]) / 2
    logs = np.log(np.where(enough, middle, np.nan))
    ratios: Array = logs[span : span + len(values)] - logs[: len(values)]
    return ratios


def _runs(places: Indexes) -> Iterator[Indexes]:
    yield from (run for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if run.size)


# ---------------------------------------------------------------- breaks


@dataclass(frozen=True, slots=True)
class Break:
    """From the place `at` on, the level is `shift` times what the course before it would have given."""

    at: int
    shift: float


def breaks(values: Array, scale: Scale, *, year: int) -> tuple[Break, ...]:
    """Shifts of the level of more than four robust standard errors that last four periods, a slope set apart.

    A shift that comes a `year` of periods earlier or later too, the same way, is a season and is left out.
    """
    level, least = _scaled(values, scale), POISSON if scale == "count" else 0.0
    shifts = _ratios(level) ** (1 if scale == "signed" else 2)
    sizes = _errors(level, np.flatnonzero(np.abs(shifts - 1) > WORTH), least)
    found = [
        Break(at, float(shifts[at]))
        for at in np.flatnonzero(sizes > ERRORS).tolist()
        if sizes[at] == sizes[max(0, at - LASTING) : at + LASTING + 1].max()
    ]
    return tuple(each for each in found if not any(_season(each, other, year) for other in found))


def _season(one: Break, other: Break, year: int) -> bool:
    return abs(abs(one.at - other.at) - year) <= 2 and (one.shift > 1) == (other.shift > 1)


def _ratios(level: Array) -> Array:
    """For each place the mean after over the mean before it; 1, no shift, where either has nothing to be compared."""
    told = ~np.isnan(level)
    sums, counts = (
        np.concatenate([[0.0], np.cumsum(each)]) for each in (np.where(told, level, 0.0), told.astype(np.float64))
    )
    at = np.arange(len(level))
    first, last = np.maximum(0, at - BEFORE), np.minimum(len(level), at + AFTER)
    known = np.stack([counts[at] - counts[first], counts[last] - counts[at]])
    before, after = np.stack([sums[at] - sums[first], sums[last] - sums[at]]) / np.maximum(1.0, known)
    usable = (known > 0).all(axis=0) & (before > 0)
    ratios: Array = np.where(usable, np.maximum(0.0, after) / np.where(usable, before, 1.0), 1.0)
    return ratios


def _errors(level: Array, places: Indexes, least: float) -> Array:
    """How many robust standard errors the level shifts at each of `places`, beside a slope and as a mean, whichever is
    less; 0 elsewhere. Shape as that of `level`.

    0 too where too little is known, and where one of the next four periods is not on the new side of the course before.
    """
    sizes = np.zeros(len(level))
    if not places.size:
        return sizes
    padded = np.concatenate([np.full(BEFORE, np.nan), level, np.full(AFTER, np.nan)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, BEFORE + AFTER)[places]
    told = ~np.isnan(windows)
    enough = (told[:, :BEFORE].sum(axis=1) >= 2 * LASTING) & (told[:, BEFORE:].sum(axis=1) >= LASTING)
    alike = np.where(enough, told @ (1 << np.arange(BEFORE + AFTER)), 0)  # one number for those that miss the same
    for group in np.unique(alike[enough]).tolist():
        own = np.flatnonzero(alike == group)
        known = np.flatnonzero(told[own[0]])
        sizes[places[own]] = _sized(windows[own][:, known], known - BEFORE, least)
    return sizes


def _sized(cells: Array, places: Indexes, least: float) -> Array:
    """The standard errors of each row of `cells`, whose columns are at `places` from the step."""
    fit, begin = _fit(tuple(places.tolist())), int(np.count_nonzero(places < 0))
    base, slope, size = fit.weights @ cells.T
    before, after = cells[:, :begin], cells[:, begin:]
    mean = np.add.reduce(after, axis=1) / after.shape[1] - np.add.reduce(before, axis=1) / begin
    course = base[:, None] + slope[:, None] * places[begin : begin + LASTING]
    beyond = ((after[:, :LASTING] - course) * size[:, None] > 0).all(axis=1)
    found = np.zeros(len(cells))
    lasting = np.flatnonzero(beyond & (size * mean > 0))
    if lasting.size:
        spread = np.maximum(least, fit.widened * medians(np.abs(cells[lasting] @ fit.rest.T)))
        errors = np.minimum(np.abs(size) / fit.step, np.abs(mean) / sqrt(1 / begin + 1 / after.shape[1]))[lasting]
        found[lasting] = np.where(spread > 0, errors / np.where(spread > 0, spread, 1.0), 0.0)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """A level, a slope and a step by least squares: `weights` give the three, `rest` what they leave of each value,
    `step` the standard error of the step and `widened` the factor from the median of the rests to their deviation."""

    weights: Array
    rest: Array
    step: float
    widened: float


@lru_cache(maxsize=1 << 8)
def _fit(at: tuple[int, ...]) -> _Fit:
    """Of the periods at these distances from the step; nearly all windows have the same."""
    places = np.asarray(at, dtype=np.float64)
    terms = np.column_stack([np.ones(len(places)), places, places >= 0])
    inverse = np.linalg.inv(terms.T @ terms)
    weights = inverse @ terms.T
    freedom = len(places) - terms.shape[1]
    rest = np.eye(len(places)) - terms @ weights
    return _Fit(weights, rest, float(inverse[2, 2]) ** 0.5, MAD * (len(places) / freedom) ** 0.5)
