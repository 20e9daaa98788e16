"""What `make methods` prints is what it measured, and a gate that fails is told."""

from __future__ import annotations

import numpy as np
import pytest

from scripts import methods
from sitegen.measure.arrays import Array


def monthly(seed: int, n: int = 48) -> tuple[Array, Array]:
    """A made-up series and the year after it."""
    random, t = np.random.default_rng(seed), np.arange(n + 12)
    values = 100 * np.exp(0.2 * np.sin(2 * np.pi * t / 12) + 0.005 * t + 0.05 * random.standard_normal(n + 12))
    return values[:n], values[n:]


def test_a_series_is_scored_on_what_came() -> None:
    known, came = monthly(0)
    found = methods.scored(known, came[:6], 36)
    assert found
    assert 0 < found.smape < 15
    assert 0 < found.mase < 1.5
    worse = methods.scored(known, came[:6] * 2, 36)
    assert worse
    assert (worse.smape > 50, worse.within95, worse.total80) == (True, 0, 0)
    assert len(found.chances) == 2 * len(methods.STEPS)


def test_a_series_that_is_too_short_has_no_score() -> None:
    assert methods.scored(*monthly(1), 5) is None


def test_told_probabilities_are_held_against_what_came() -> None:
    told = np.array([0.95, 0.95, 0.05, 0.05])
    assert methods.calibration_error(told, np.array([1.0, 1.0, 0.0, 0.0])) == pytest.approx(0.05)
    assert methods.calibration_error(told, np.array([0.0, 0.0, 1.0, 1.0])) == pytest.approx(0.95)
    assert methods.calibration_error(np.ones(4), np.ones(4)) == 0


def test_each_gate_is_of_a_row_and_lets_its_published_figure_pass() -> None:
    rows = {row.name: row for row in methods.ROWS}
    assert set(methods.GATES) <= set(rows)
    for name, row in rows.items():
        assert methods.failures(row, row.told) == []
        if name in methods.GATES:
            assert len(methods.failures(row, dict.fromkeys(row.told, 99.0))) == len(methods.GATES[name])


def test_a_figure_agrees_but_for_chance() -> None:
    assert methods.agrees("cov80", 0.823 + 0.0308, 0.823, 1428)
    assert not methods.agrees("cov80", 0.823 + 0.0310, 0.823, 1428)
    assert methods.agrees("sMAPE", 13.384, 13.38, 1428)
    assert not methods.agrees("sMAPE", 13.39, 13.38, 1428)


@pytest.mark.parametrize("name", methods.PROCESSES)
def test_every_process_makes_pairs_of_any_length(name: str) -> None:
    pair, told = methods.PROCESSES[name]
    assert len(told) == len(methods.SIZES)
    first, second = pair(np.random.default_rng(0), 60, 52)
    assert (first.shape, second.shape) == ((60,), (60,))
    assert not np.array_equal(first, second)


def test_a_true_effect_is_found_more_often_than_none() -> None:
    effect, none = (methods.PROCESSES[name][0] for name in ("true effect 0.7", "random walks"))
    assert methods.share_linked(effect, 78, 52, 4, 20) > 0.8
    assert methods.share_linked(none, 78, 52, 4, 20) < 0.3


def test_the_exit_status_is_that_of_the_gates(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On three made-up series whose errors are not those of M3; the shares of links are printed whatever they are."""
    monkeypatch.setattr(methods, "series", lambda _: map(monthly, range(3)))
    monkeypatch.setattr(methods, "PAIRS", 10)
    passing = {name: {"sMAPE": (0.0, 50.0)} for name in methods.GATES}
    monkeypatch.setattr(methods, "GATES", passing)
    assert methods.main(["--quick"]) == 0
    monkeypatch.setattr(methods, "GATES", {name: {"sMAPE": (0.0, 0.0)} for name in passing})
    assert methods.main(["--quick"]) == 1
    printed = capsys.readouterr()
    assert "OUTSIDE" in printed.out
    assert printed.err.count("gate of METHODS") == len(passing)
