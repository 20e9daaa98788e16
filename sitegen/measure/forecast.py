"""A regular series in, simulated courses of its next periods out (METHODS §3.1); knows no metric, target or date.

A combination, on the scale that suits the values, of exponential smoothing, Theta, a damped slope, the random walk
where the series is short, and the smoothed difference to the cycle before. Courses are drawn from past errors, so that
totals are those of whole courses; quantiles are never added. Every series is drawn from the same seed: the same series
always gives the same courses, whatever is forecast beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from sitegen.measure import smoothing
from sitegen.measure.arrays import Array
from sitegen.measure.seasons import Season, season
from sitegen.measure.smoothing import Member, Noise

Scale: TypeAlias = Literal["log", "logit", "raw"]

FEWEST = 6  # values of a forecast
PATHS = 2000
SEED = 0
SHORT_CYCLES, WIDER = 4, 1.1  # below so many cycles, courses are drawn so much wider
WALK_CYCLES = 3  # below so many, the random walk is a member
EXTRA = 4  # values beyond one cycle from which differences between cycles are looked at
HALF_CYCLES = 2  # from here on the season is known otherwise too: differences weigh half
HIGHEST = 20.0  # times the largest value: no course on a logarithmic scale goes beyond
SMALLEST = 1e-12  # a mean squared error below it is none


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What `periods` values of a series lead to. `point` is the middle course, shape (horizon,); `paths` the simulated
    ones, shape (count, horizon); `weights` those of the members, by name; `strength` 0..1 that of the season."""

    point: Array
    paths: Array
    periods: int
    strength: float
    weights: Mapping[str, float]
    scale: Scale


class _Model(NamedTuple):
    """Members and how much each counts; the weights sum up to 1."""

    members: Sequence[Member]
    weights: Array


def forecast(
    values: Array,
    cycle: int,
    horizon: int,
    scale: Scale = "log",
    *,
    negative: bool = False,
    paths: int = PATHS,
    seed: int = SEED,
) -> Forecast | None:
    """The next `horizon` periods of `values`, shape (n,), oldest first, with a season every `cycle` periods (1: none).

    `scale` is `log` for amounts and counts, `logit` for rates; values that it cannot hold, such as a count of zero, are
    forecast as they are, and never below zero unless they were or `negative` says that they may be. None for fewer than
    six values, a gap, an infinity, or numbers so large that their courses overflow.
    """
    if len(values) < FEWEST or horizon < 1 or not np.isfinite(values).all():
        return None
    used = _fitting(values, scale)
    unit = float(np.abs(values).max()) or 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        raw = _to(values, used, unit)
        known = season(raw, cycle)
        model = _model(raw, known, cycle, horizon)
        courses = _simulated(model, _noise(values, known, cycle, seed), paths)
        point = np.add.reduce([weight * each.point for each, weight in zip(*model, strict=True)])
        point, courses = (_from(each, used, unit) for each in (point, courses))
    if not (np.isfinite(point).all() and np.isfinite(courses).all()):
        return None
    if values.min() >= 0 and not negative:
        point, courses = np.maximum(point, 0.0), np.maximum(courses, 0.0)
    weights = {each.name: float(weight) for each, weight in zip(*model, strict=True)}
    return Forecast(point, courses, len(values), known.strength, weights, used)


def probability(outcomes: Array, target: float, *, increase: bool = True) -> float:
    """The share of the simulated outcomes, shape (count,), that reach `target`, the last digits of the arithmetic
    aside; of a decrease those that do not go above it."""
    beyond = outcomes >= target if increase else outcomes <= target
    return float(np.mean(beyond | np.isclose(outcomes, target, rtol=1e-9, atol=0)))


# ---------------------------------------------------------------- scales


def _fitting(values: Array, scale: Scale) -> Scale:
    """The scale, or `raw` where it cannot hold the values."""
    if scale == "log" and values.min() > 0:
        return "log"
    if scale == "logit" and values.min() > 0 and values.max() < 1:
        return "logit"
    return "raw"


def _to(values: Array, scale: Scale, unit: float) -> Array:
    if scale == "log":
        return np.log(values)
    if scale == "logit":
        return np.log(values) - np.log1p(-values)
    return values / unit


def _from(values: Array, scale: Scale, unit: float) -> Array:
    """Back on the scale of the series, whose largest value is `unit`."""
    if scale == "log":
        found: Array = np.exp(np.minimum(values, np.log(unit) + np.log(HIGHEST)))
        return found
    if scale == "logit":
        return 1 / (1 + np.exp(-values))
    return values * unit


# ---------------------------------------------------------------- members


def _model(values: Array, known: Season, cycle: int, horizon: int) -> _Model:
    """The members on the series without its season, and the one that needs none: all alike, but for the differences
    between cycles, which weigh by their past errors."""
    n = len(values)
    rest = values - known.over(0, n)
    ways = [smoothing.smoothed, smoothing.theta, smoothing.damped]
    if n < WALK_CYCLES * cycle:
        ways.append(smoothing.random_walk)
    members = [_seasoned(way(rest, horizon), known, n) for way in ways]
    weights = np.full(len(members), 1 / len(members))
    if cycle < 2 or n < cycle + EXTRA:
        return _Model(members, weights)
    differing = smoothing.seasonal_difference(values, horizon, cycle)
    last = max(min(n - cycle, cycle), 3)
    spent = 1 + known.strength * (cycle - 1) / n
    usual = spent * float(np.mean([np.mean(each.errors[-last:] ** 2) for each in members]))
    own = float(np.mean(differing.errors[-last:] ** 2))
    precise = np.array([1 / max(own, SMALLEST), 1 / max(usual, SMALLEST)]) ** 2
    share = precise[0] / precise.sum() * (0.5 if n >= HALF_CYCLES * cycle else 1.0)
    return _Model([*members, differing], np.r_[weights * (1 - share), share])


def _seasoned(member: Member, known: Season, n: int) -> Member:
    """A member of the series without its season, with it again."""
    ahead = known.over(n, len(member.point))
    return Member(
        member.name, member.point + ahead, member.errors, lambda noise, count: member.paths(noise, count) + ahead
    )


# ---------------------------------------------------------------- courses


def _noise(values: Array, known: Season, cycle: int, seed: int) -> Noise:
    spread = WIDER if len(values) < SHORT_CYCLES * cycle else 1.0
    return Noise(np.random.default_rng(seed), len(values), spread, known.strength * (cycle - 1))


def _simulated(model: _Model, noise: Noise, count: int) -> Array:
    """As many courses of each member as it weighs."""
    counts = np.floor(model.weights * count).astype(int)
    counts[np.argmax(model.weights)] += count - counts.sum()
    return np.vstack([each.paths(noise, int(many)) for each, many in zip(model.members, counts, strict=True)])
