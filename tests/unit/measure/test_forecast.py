"""A series carried on: its scale, its season, its members, and what cannot be carried on (METHODS §3.1)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sitegen.measure.arrays import Array
from sitegen.measure.forecast import PATHS, Forecast, Scale, forecast, probability
from sitegen.measure.seasons import season

YEAR = np.array([700, 720, 800, 820, 900, 860, 780, 760, 1000, 1160, 1600, 1900], float)


def noisy(n: int, level: float = 100.0, seed: int = 0, spread: float = 0.1) -> Array:
    values: Array = level * np.exp(spread * np.random.default_rng(seed).standard_normal(n))
    return values


def carried(values: Array, cycle: int = 12, horizon: int = 6, scale: Scale = "log", **more: bool) -> Forecast:
    found = forecast(values, cycle, horizon, scale, **more)  # type: ignore[arg-type]
    assert found
    return found


def test_the_same_series_always_has_the_same_courses() -> None:
    first, again = carried(noisy(30)), carried(noisy(30))
    carried(noisy(30, seed=1))
    assert np.array_equal(first.paths, again.paths)
    assert first.paths.shape == (PATHS, 6)


def test_another_seed_has_other_courses_and_the_same_middle() -> None:
    first, other = carried(noisy(30)), forecast(noisy(30), 12, 6, seed=1)
    assert other
    assert np.array_equal(first.point, other.point)
    assert not np.array_equal(first.paths, other.paths)


def test_a_season_that_comes_back_is_carried_on() -> None:
    found = carried(np.tile(YEAR, 3) * noisy(36, 1.0, spread=0.02), horizon=12)
    assert found.strength > 0.95
    assert np.corrcoef(found.point, YEAR)[0, 1] > 0.98


def test_a_season_needs_two_whole_cycles() -> None:
    assert season(np.log(np.tile(YEAR, 2)[:-1]), 12).strength == 0
    known = season(np.log(np.tile(YEAR, 2)), 12)
    assert known.strength > 0.95
    assert season(np.arange(40.0), 1) == (pytest.approx([0]), 0)


def test_noise_has_no_season() -> None:
    found = season(np.random.default_rng(3).standard_normal(48), 12)
    assert found.strength == 0
    assert not found.indices.any()


def test_a_season_stands_at_its_place_when_the_series_begins_within_a_cycle() -> None:
    known = season(np.log(np.tile(YEAR, 4)[5:]), 12)
    ahead = known.over(43, 12)  # the series ends with a December
    assert np.argmax(ahead) == 11
    assert np.argmin(ahead) == 0


def test_one_year_and_four_months_already_have_a_season() -> None:
    assert "seasonal_difference" not in carried(np.tile(YEAR, 2)[:15] + 0.0).weights
    found = carried(np.tile(YEAR, 2)[:16] + 0.0, horizon=8)
    assert found.weights["seasonal_difference"] > 0.5
    assert found.point[-1] > found.point[0]


def test_the_random_walk_is_a_member_of_short_series_only() -> None:
    assert "naive" in carried(noisy(35)).weights
    assert "naive" not in carried(noisy(36)).weights


@pytest.mark.parametrize("n", [6, 15, 16, 24, 36, 60])
def test_the_weights_add_up(n: int) -> None:
    assert sum(carried(noisy(n)).weights.values()) == pytest.approx(1)


def test_amounts_stay_above_zero_and_rates_between_zero_and_one() -> None:
    rates = np.clip(noisy(30, 0.02, spread=0.6), 1e-4, 0.9)
    assert carried(noisy(30, spread=1.0)).paths.min() > 0
    found = carried(rates, scale="logit")
    assert found.scale == "logit"
    assert 0 < found.paths.min() < found.paths.max() < 1


def test_counts_with_a_zero_are_carried_on_as_they_are_and_never_below_it() -> None:
    found = carried(np.array([0.0, 3, 1, 0, 2, 5, 0, 1, 4, 2, 0, 1]))
    assert found.scale == "raw"
    assert found.paths.min() == 0


def test_what_may_be_negative_goes_below_zero() -> None:
    values = np.array([0.1, 0.0, 0.2, 0.05, 0.1, 0.0, 0.15, 0.1])
    assert carried(values, negative=True).paths.min() < 0
    assert carried(values - 0.1).paths.min() < 0


@pytest.mark.parametrize("scale", ["log", "logit", "raw"])
def test_a_rate_of_one_or_nought_is_carried_on_as_it_is(scale: Scale) -> None:
    assert carried(np.array([0.0, 0.5, 1.0, 0.7, 0.9, 1.0, 0.8]), scale=scale).scale == "raw"


@pytest.mark.parametrize("level", [0.0, 1.0, 250.0, -3.0])
def test_a_constant_series_has_courses_without_width(level: float) -> None:
    found = carried(np.full(24, level))
    assert found.paths == pytest.approx(np.full(found.paths.shape, level))
    assert probability(found.paths[:, -1], level) == 1
    assert probability(found.paths[:, -1], level, increase=False) == 1
    assert probability(found.paths[:, -1], level + 0.01) == 0


@pytest.mark.parametrize(
    "values",
    [[], [1.0], [1.0] * 5, [1.0] * 5 + [np.nan], [1.0] * 6 + [np.inf], [1.0, 2, 1, -np.inf, 2, 1, 3]],
    ids=["empty", "one", "five", "gap", "infinite", "less than infinite"],
)
def test_what_cannot_be_carried_on_has_no_forecast(values: list[float]) -> None:
    assert forecast(np.array(values, float), 12, 6) is None


def test_without_a_period_ahead_there_is_nothing_to_forecast() -> None:
    assert forecast(noisy(24), 12, 0) is None


@pytest.mark.parametrize(
    "values",
    [
        [1e308, 1e307, 1.1e308, 9e307, 1e308, 1.2e308, 1e308],
        [-0.0, 1e308, 0.0, -1e308, 1e308, 0.0, 1e308],
        [5e-324, 1e-300, 1e300, 1.0, 5e-324, 2.0, 1e-10],
        [-0.0] * 8,
        [0.0] * 7 + [1e15],
    ],
    ids=["huge", "huge both ways", "from least to most", "minus zero", "one in a row of zeros"],
)
def test_extreme_numbers_give_finite_courses_or_none(values: list[float]) -> None:
    found = forecast(np.array(values), 12, 12)
    if found is not None:
        assert np.isfinite(found.paths).all()
        assert np.isfinite(found.point).all()


def test_no_course_of_amounts_explodes() -> None:
    steep = 10.0 ** np.arange(24)
    found = carried(steep, horizon=52)
    assert found.paths.max() <= steep.max() * 20 * (1 + 1e-9)


def test_the_farther_the_less_certain() -> None:
    widths = np.ptp(np.quantile(carried(noisy(40).cumsum(), horizon=9).paths, [0.1, 0.9], axis=0), axis=0)
    assert all(after > before * 0.97 for before, after in pairwise(widths))
    assert widths[-1] > 1.5 * widths[0]


@pytest.mark.parametrize(("n", "wider"), [(47, 1.1), (48, 1.0)])
def test_series_of_less_than_four_cycles_are_told_with_wider_courses(
    n: int, wider: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = np.std(np.log(carried(noisy(n)).paths[:, 0]))
    monkeypatch.setattr("sitegen.measure.forecast.WIDER", 1.0)
    assert told / np.std(np.log(carried(noisy(n)).paths[:, 0])) == pytest.approx(wider, abs=0.01)


def test_totals_are_of_whole_courses() -> None:
    """The sum of low values is lower than the low value of the sum: bad months are not all alike."""
    found = carried(noisy(24))
    low = np.quantile(found.paths, 0.1, axis=0).sum()
    assert low < np.quantile(found.paths.sum(axis=1), 0.1)


def test_a_decrease_is_reached_from_above() -> None:
    outcomes = np.array([1.0, 2.0, 3.0, 4.0])
    assert probability(outcomes, 2.0) == 0.75
    assert probability(outcomes, 2.0, increase=False) == 0.5
    assert probability(outcomes, 2.0 + 1e-12) == 0.75
