"""Whether two series go together once trend, season and events are out (METHODS §5)."""

from __future__ import annotations

import numpy as np
import pytest

from sitegen.measure.arrays import Array
from sitegen.measure.crossing import crossed, holm, needed, prewhitened, spearman, two_sided
from sitegen.model import codec
from sitegen.model.computed import Link


def steps(n: int, seed: int) -> Array:
    return np.random.default_rng(seed).standard_normal(n)


def led(n: int, lag: int, rho: float, seed: int = 0, sign: int = 1) -> tuple[Array, Array]:
    """Two walks; the steps of the second follow those of the first by `lag`."""
    first, own = steps(n + lag, seed), steps(n, seed + 1)
    echo = sign * rho * first[:n] + np.sqrt(1 - rho * rho) * own
    return np.cumsum(first[lag:]), np.cumsum(echo)


@pytest.mark.parametrize("lag", [0, 1, 3])
def test_a_link_is_found_at_its_lag(lag: int) -> None:
    found = crossed(*led(104, lag, 0.7), 52, 4)
    assert (found.status, found.lag) == ("link", lag)
    assert found.interval
    assert found.interval[0] < (found.rho or 0) < found.interval[1]


def test_a_link_may_go_the_other_way() -> None:
    found = crossed(*led(104, 1, 0.8, sign=-1), 52, 4)
    assert (found.status, found.lag) == ("link", 1)
    assert (found.rho or 0) < -0.3


def test_what_follows_is_not_what_leads() -> None:
    first, second = led(104, 2, 0.8)
    assert crossed(second, first, 52, 4).status == "no_link"


def test_a_shared_trend_is_no_link() -> None:
    line = 0.1 * np.arange(104)
    first, second = line + steps(104, 1), line + steps(104, 2)
    assert np.corrcoef(first, second)[0, 1] > 0.8
    assert crossed(first, second, 52, 4).status == "no_link"


def test_a_peak_that_both_share_is_no_link_once_it_is_told() -> None:
    peaks = np.isin(np.arange(104) % 26, (20, 21)).astype(float)
    first, second = (steps(104, seed) * 0.5 + 6 * peaks for seed in (5, 6))
    assert crossed(first, second, 52, 4).status == "link"
    assert crossed(first, second, 52, 4, peaks[:, None]).status == "no_link"


def test_an_event_that_touches_no_period_or_all_tells_nothing() -> None:
    first, second = led(60, 1, 0.6)
    idle = np.column_stack([np.zeros(60), np.ones(60)])
    assert crossed(first, second, 52, 4, idle) == crossed(first, second, 52, 4)


def test_more_pairs_ask_for_more() -> None:
    first, second = led(104, 1, 0.45, seed=4)
    alone, among = crossed(first, second, 52, 4), crossed(first, second, 52, 4, pairs=10)
    assert (among.p, among.rho) == (alone.p, alone.rho)
    assert alone.p_adjusted == pytest.approx(min(1, 5 * (alone.p or 0)))
    assert among.p_adjusted == pytest.approx(min(1, (alone.p_adjusted or 0) * 10))


def test_a_weak_correlation_is_no_link_however_certain() -> None:
    found = crossed(*led(2000, 0, 0.2, seed=2), 1, 0)
    assert found.p_adjusted is not None
    assert found.p_adjusted < 1e-6
    assert (found.status, abs(found.rho or 1) < 0.3) == ("no_link", True)


@pytest.mark.parametrize(("cycle", "lags", "fewest"), [(52, 4, 31), (12, 4, 42), (12, 2, 40)])
def test_the_shortest_series_of_which_something_is_said(cycle: int, lags: int, fewest: int) -> None:
    assert needed(cycle, lags) == fewest
    for n in range(fewest, fewest + 30):
        assert crossed(steps(n, n), steps(n, n + 1), cycle, lags).status != "insufficient"


@pytest.mark.parametrize("n", [2, 3, 5, 12, 21, 26])
def test_of_a_shorter_one_nothing_is_said(n: int) -> None:
    found = crossed(steps(n, 1), steps(n, 1), 52, 4)
    assert (found.status, found.rho, found.p, found.lag) == ("insufficient", None, None, None)
    assert found.effective < 20


@pytest.mark.parametrize("flat", [np.zeros(60), np.full(60, 7.3), np.arange(60.0)], ids=["zero", "constant", "line"])
def test_a_series_that_never_departs_from_its_course_goes_with_nothing(flat: Array) -> None:
    for pair in ((flat, steps(60, 1)), (steps(60, 1), flat), (flat, flat)):
        found = crossed(*pair, 52, 4)
        assert (found.status, found.rho, found.p) == ("no_link", 0, 1)


def test_p_values_are_adjusted_step_by_step() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]


@pytest.mark.parametrize(
    ("ratio", "degrees", "p"),
    # tables of Student's distribution
    [(12.706, 1, 0.05), (4.303, 2, 0.05), (3.182, 3, 0.05), (2.228, 10, 0.05), (1.984, 100, 0.05), (2.660, 60, 0.01)],
)
def test_students_distribution(ratio: float, degrees: int, p: float) -> None:
    assert two_sided(ratio, degrees) == pytest.approx(p, abs=5e-5)


@pytest.mark.parametrize("degrees", [1, 2, 7, 8, 500])
def test_the_ends_of_students_distribution(degrees: int) -> None:
    assert two_sided(0.0, degrees) == 1
    assert 0 <= two_sided(1e9, degrees) < 1e-8


def test_equal_values_share_their_rank() -> None:
    assert spearman(np.array([1.0, 2, 2, 3]), np.array([1.0, 2, 2, 3])) == pytest.approx(1)
    assert spearman(np.array([1.0, 2, 3, 4]), np.array([1.0, 1, 2, 2])) == pytest.approx(0.8944, abs=5e-5)
    assert spearman(np.ones(4), np.arange(4.0)) == 0


def test_what_a_series_owes_to_its_past_is_taken_out() -> None:
    noise, values = steps(400, 7), np.zeros(400)
    for t in range(1, 400):
        values[t] = 0.8 * values[t - 1] + noise[t]
    rest, order = prewhitened(values, 4)
    assert order >= 1
    assert abs(np.corrcoef(rest[1:], rest[:-1])[0, 1]) < 0.1
    assert prewhitened(noise, 4)[1] <= 1


def test_a_link_is_written_and_read_back_equal() -> None:
    for found in (crossed(*led(60, 1, 0.6), 52, 4), crossed(steps(10, 1), steps(10, 2), 52, 4)):
        assert codec.decode(codec.encode(found), Link) == found
