"""Periods of frozen editions: their first and last day, their name, the last whole month."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.formats import Words
from sitegen.model import frozen

PERIODS = [
    ("2026-10", date(2026, 10, 1), date(2026, 10, 31), "octobre 2026", "October 2026"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "février 2024", "February 2024"),
    ("2026-q1", date(2026, 1, 1), date(2026, 3, 31), "1er trimestre 2026", "first quarter 2026"),
    ("2026-q4", date(2026, 10, 1), date(2026, 12, 31), "4e trimestre 2026", "fourth quarter 2026"),
    ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026", "2026"),
    ("2026-10-07", date(2026, 10, 7), date(2026, 10, 7), "7 octobre 2026", "7 October 2026"),
]


@pytest.mark.parametrize(("period", "first", "last", "french", "english"), PERIODS)
def test_a_period_has_its_days_and_its_name(period: str, first: date, last: date, french: str, english: str) -> None:
    assert (frozen.begins(period), frozen.ends(period)) == (first, last)
    assert Words("fr").say(frozen.label(period)) == french
    assert Words("en").say(frozen.label(period)) == english


@pytest.mark.parametrize(
    "written", ["", "2026-13", "2026-0", "2026-q5", "2026-Q1", "26-10", "2026-02-30", "0000", "2026-10 ", "../2026"]
)
def test_anything_else_is_no_period(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        frozen.ends(written)


@pytest.mark.parametrize(
    ("as_of", "month"),
    [(date(2026, 10, 31), "2026-10"), (date(2026, 10, 30), "2026-09"), (date(2026, 1, 5), "2025-12")],
)
def test_the_last_whole_month(as_of: date, month: str) -> None:
    assert frozen.whole_month(as_of) == month
