"""A regular series in, five ways to carry it on out: each its middle course, its errors, its simulated paths.

Knows no season, scale or weight (METHODS §3.1). Every parameter is the best one of a fixed grid, by the sum of squared
one-step errors: nothing is optimised, so nothing diverges.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple, TypeAlias

import numpy as np

from sitegen.measure.arrays import Array

# Smoothing constants: closer together where the level hardly moves.
ALPHAS = np.array([0.02, 0.05, 0.08, 0.11, 0.14, 0.17, 0.2, *np.arange(0.2, 1.0, 0.05), 0.99])
DAMPED = np.array(
    list(
        product(
            (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99),  # of the level
            (0.01, 0.05, 0.1, 0.2, 0.3, 0.5),  # of the slope
            (0.8, 0.88, 0.94, 0.98),  # what is left of the slope after each period
        )
    )
).T
FIRST = 6  # values that give the level and the slope at the start
FEWEST_DEGREES = 4  # of freedom of the tails

Paths: TypeAlias = Callable[["Noise", int], Array]


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One way to carry a series on: `point`, shape (horizon,), its one-step `errors`, shape (n,) or fewer, and `paths`,
    which simulates so many courses, shape (count, horizon), from what a `Noise` draws."""

    name: str
    point: Array
    errors: Array
    paths: Paths


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """Random errors of a series of `periods` values. `spread` widens them, `lost` are the degrees of freedom that were
    spent before the members saw the series, on its season."""

    random: np.random.Generator
    periods: int
    spread: float
    lost: float

    def drawn(self, errors: Array, parameters: int, shape: tuple[int, int]) -> Array:
        """Past errors in any order, shape `shape`, widened for the degrees of freedom that the fit spent. Each path has
        a scale of its own, so that the tails are Student's."""
        errors = errors - errors.mean()
        count = len(errors)
        spent = parameters + self.lost * count / self.periods
        wider = self.spread * np.sqrt(count / max(count - spent, count / 4, 1))
        degrees = max(count - spent, FEWEST_DEGREES)
        scales = np.sqrt(self.random.chisquare(degrees, (shape[0], 1)) / degrees)
        found: Array = self.random.choice(errors, shape) * wider / scales
        return found

    def normal(self, count: int, error: float) -> Array:
        """One deviation a path, shape (count, 1)."""
        found: Array = self.random.standard_normal((count, 1)) * error
        return found


class Trend(NamedTuple):
    """A slope per period and its standard error."""

    slope: float
    error: float


def settled(errors: Array) -> Array:
    """Without the first errors, which are those of the starting level."""
    return errors[min(3, len(errors) // 4) :]


def smoothed(values: Array, horizon: int) -> Member:
    """Simple exponential smoothing: the level goes on."""
    return _level("ses", values, horizon, Trend(0.0, 0.0))


def theta(values: Array, horizon: int) -> Member:
    """Theta, in the form of Hyndman and Billah: smoothing, with half the slope of the straight line through all."""
    line = _straight(values)
    return _level("theta", values, horizon, Trend(line.slope / 2, line.error / 2))


def seasonal_difference(values: Array, horizon: int, cycle: int) -> Member:
    """The same period a cycle before, plus the smoothed difference between such periods."""
    inner = _level("seasonal_difference", values[cycle:] - values[:-cycle], horizon, Trend(0.0, 0.0))

    def carried(course: Array) -> Array:
        """Differences added up on the last cycle; the last axis is that of the periods."""
        course = course.copy()
        for ahead in range(cycle, horizon):
            course[..., ahead] += course[..., ahead - cycle]
        return course + values[len(values) - cycle + np.arange(horizon) % cycle]

    def paths(noise: Noise, count: int) -> Array:
        # The season is part of the difference: no degree of freedom was spent on it.
        own = Noise(noise.random, len(inner.errors), noise.spread, 0.0)
        return carried(inner.paths(own, count))

    return Member(inner.name, carried(inner.point), inner.errors, paths)


def random_walk(values: Array, horizon: int) -> Member:
    """The last value goes on."""
    steps = np.diff(values)

    def paths(noise: Noise, count: int) -> Array:
        found: Array = values[-1] + np.cumsum(noise.drawn(settled(steps), 1, (count, horizon)), axis=1)
        return found

    return Member("naive", np.full(horizon, values[-1]), steps, paths)


def damped(values: Array, horizon: int) -> Member:
    """Holt's level and slope, the slope fading."""
    alpha, beta, phi = DAMPED
    line = np.polyfit(np.arange(min(FIRST, len(values))), values[:FIRST], 1)
    level, slope = np.full(len(alpha), line[1] - line[0]), np.full(len(alpha), line[0])
    errors = np.empty((len(values), len(alpha)))
    for t, value in enumerate(values):
        ahead = level + phi * slope
        errors[t] = value - ahead
        level = ahead + alpha * errors[t]
        slope = phi * slope + alpha * beta * errors[t]
    best = _best(errors)
    a, b, p, last, rise = (float(each[best]) for each in (alpha, beta, phi, level, slope))
    found = errors[:, best]

    def paths(noise: Noise, count: int) -> Array:
        drawn = noise.drawn(settled(found), 3, (count, horizon))
        level, slope, course = np.full(count, last), np.full(count, rise), np.empty((count, horizon))
        for ahead in range(horizon):
            middle = level + p * slope
            course[:, ahead] = middle + drawn[:, ahead]
            level = middle + a * drawn[:, ahead]
            slope = p * slope + a * b * drawn[:, ahead]
        return course

    point: Array = last + np.cumsum(p ** np.arange(1.0, horizon + 1)) * rise
    return Member("damped", point, found, paths)


def _level(name: str, values: Array, horizon: int, trend: Trend) -> Member:
    """Exponential smoothing with a drift. Its level has an error of its own, drawn once for each path: it matters to
    the totals of short series."""
    steps = np.arange(1.0, horizon + 1)
    start = values[:FIRST]
    level = np.full(len(ALPHAS), start.mean() - trend.slope * (len(start) + 1) / 2)
    errors = np.empty((len(values), len(ALPHAS)))
    for t, value in enumerate(values):
        ahead = level + trend.slope
        errors[t] = value - ahead
        level = ahead + ALPHAS * errors[t]
    best = _best(errors)
    alpha, last, found = float(ALPHAS[best]), float(level[best]), errors[:, best]
    uncertain = (1 - alpha) * float(found.std()) / np.sqrt(len(found))
    parameters = 2 if name == "theta" else 1

    def paths(noise: Noise, count: int) -> Array:
        drawn = noise.drawn(settled(found), parameters, (count, horizon))
        slopes = trend.slope + noise.normal(count, trend.error)
        before = np.cumsum(drawn, axis=1) - drawn
        course: Array = last + noise.normal(count, uncertain) + slopes * steps + alpha * before + drawn
        return course

    return Member(name, last + trend.slope * steps, found, paths)


def _straight(values: Array) -> Trend:
    """The slope of the least-squares line and its standard error."""
    times = np.arange(len(values)) - (len(values) - 1) / 2
    squares = (times * times).sum()
    slope = (times * values).sum() / squares
    rest = values - values.mean() - slope * times
    return Trend(float(slope), float(np.sqrt((rest @ rest) / max(len(values) - 2, 1) / squares)))


def _best(errors: Array) -> int:
    """The column of the least squared errors."""
    return int(np.argmin((settled(errors) ** 2).sum(axis=0)))
