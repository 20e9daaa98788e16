"""Exchange rates by day, direct and inverse."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sitegen.measure.money import factors

from .cases import rate

START = date(2026, 1, 1).toordinal()


def test_a_currency_is_worth_itself() -> None:
    assert list(factors("MAD", "MAD", START, 2, ())) == [1, 1]


def test_eur_to_xaf() -> None:
    worth = factors("EUR", "XAF", START, 1, [rate("EUR", "XAF", 655.957, "1999-01-01")])
    assert 1234.56 * worth[0] == pytest.approx(809_818, abs=0.5)


def test_the_inverse_pair_serves_as_well() -> None:
    assert factors("MAD", "EUR", START, 1, [rate("EUR", "MAD", 10, "2026-01-01")])[0] == pytest.approx(0.1)


def test_there_is_no_rate_before_the_first_one() -> None:
    worth = factors("EUR", "MAD", START, 3, [rate("EUR", "MAD", 10, "2026-01-02")])
    assert np.isnan(worth[0])
    assert list(worth[1:]) == [10, 10]


def test_the_rate_told_last_holds_and_the_direct_one_of_the_same_day() -> None:
    rates = [
        rate("MAD", "EUR", 0.5, "2026-01-02"),
        rate("EUR", "MAD", 11, "2026-01-02"),
        rate("EUR", "MAD", 10, "2026-01-01"),
        rate("USD", "MAD", 9, "2026-01-03"),
    ]
    assert list(factors("EUR", "MAD", START, 3, rates)) == [10, 11, 11]


def test_the_two_cfa_francs_are_at_par() -> None:
    assert factors("XOF", "XAF", START, 2, []).tolist() == [1, 1]
    assert factors("XAF", "XOF", START, 2, []).tolist() == [1, 1]
