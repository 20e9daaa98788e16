"""Chance alone: weeks drawn again in blocks (METHODS §4.5)."""

from __future__ import annotations

import numpy as np
import pytest

from sitegen.measure.arrays import Array
from sitegen.measure.sampling import block_interval


def ratio(sums: Array) -> Array:
    found: Array = sums[0] / sums[1]
    return found


def weeks(n: int) -> Array:
    random = np.random.default_rng(1)
    return np.stack([100 + 10 * random.standard_normal(n), np.full(n, 50.0)])


def test_the_interval_holds_the_figure_and_comes_out_the_same() -> None:
    columns = weeks(20)
    low, high = block_interval(columns, ratio) or (0, 0)
    assert low < ratio(columns.sum(axis=1)) < high
    assert block_interval(columns, ratio) == (low, high)


def test_columns_are_drawn_together() -> None:
    """What is earned is always three times what is spent, however much either moves."""
    spent = np.linspace(10, 1000, 12)
    assert block_interval(np.stack([3 * spent, spent]), ratio) == pytest.approx((3, 3))


def test_all_weeks_are_drawn_alike() -> None:
    """A first and a last week beyond all others widen the interval to both sides of the true mean."""
    values = np.array([10.0, *[1.0] * 10, 10.0])
    low, high = block_interval(np.stack([values, np.ones(12)]), ratio) or (0, 0)
    assert low < values.mean() < high
    assert high - values.mean() == pytest.approx(values.mean() - low, rel=0.6)


@pytest.mark.parametrize("n", [1, 7])
def test_less_than_eight_weeks_have_no_interval(n: int) -> None:
    assert block_interval(weeks(n), ratio) is None
    assert block_interval(weeks(8), ratio) is not None


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_a_number_has_none(bad: float) -> None:
    columns = weeks(12)
    columns[0, 3] = bad
    assert block_interval(columns, ratio) is None


def test_a_divisor_of_zero_has_none() -> None:
    assert block_interval(np.stack([np.ones(12), np.zeros(12)]), ratio) is None
