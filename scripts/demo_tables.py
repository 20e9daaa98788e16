"""Seeds and levels in, deterministic noise and CSV files out: what the makers of the demo clients share.

The bytes are the same on every machine: the noise is integer arithmetic on the raw bits of PCG64 (the only part of
numpy's random numbers whose stream is promised never to change), the rest is + - * / and square roots, rounded before
writing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from pathlib import Path

import numpy as np

Points = Sequence[tuple[date, float]]
Row = Sequence[str | int]


@dataclass(frozen=True)
class Span:
    """From one day to another, both in it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class Noise:
    """Standardised bell-shaped noise (the sum of twelve uniforms), one stream for each file."""

    def __init__(self, seed: int, stream: int) -> None:
        self._bits = np.random.PCG64([seed, stream])

    def normal(self) -> float:
        """A number of mean 0 and variance 1, between -6 and 6."""
        return int((self._bits.random_raw(12) >> np.uint64(40)).sum()) / 2**24 - 6

    def about(self, mean: float, spread: float) -> float:
        """A number around `mean`, with a relative standard deviation of `spread`."""
        return mean * (1 + spread * self.normal())

    def count(self, mean: float) -> int:
        """A count of rare events: its variance is its mean."""
        return max(0, round(mean + sqrt(mean) * self.normal()))


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(offset) for offset in range((last - first).days + 1))


def level(points: Points, day: date) -> float:
    """The broken line through `points`, flat outside them."""
    for (before, low), (after, high) in pairwise(points):
        if before <= day <= after:
            return low + (high - low) * (day - before).days / (after - before).days
    return points[0][1] if day < points[0][0] else points[-1][1]


def write(path: Path, rows: Iterable[Row], encoding: str = "utf-8", delimiter: str = ",") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
