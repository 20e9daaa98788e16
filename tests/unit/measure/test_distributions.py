"""Medians of pooled events, in which a case without an answer counts (METHODS §1)."""

from __future__ import annotations

import pytest

from sitegen.measure.distributions import Median, median


@pytest.mark.parametrize(
    ("told", "unanswered", "found"),
    [
        ([3.0, 1.0, 2.0], 0, Median(2.0)),
        ([1.0, 2.0, 3.0, 10.0], 0, Median(2.5)),
        ([1.0, 2.0, 3.0], 1, Median(2.0, beyond=True)),
        ([1.0, 2.0, 2.0], 1, Median(2.0)),
        ([1.0, 2.0], 1, Median(2.0)),
        ([1.0, 2.0], 3, Median(2.0, beyond=True)),
        ([], 3, Median(0.0, beyond=True)),
        ([5.0], 0, Median(5.0)),
        ([1e308, 1e308], 0, Median(1e308)),
    ],
)
def test_the_middle_of_all_that_was_asked(told: list[float], unanswered: int, found: Median) -> None:
    assert median(told, unanswered) == found


def test_without_an_event_there_is_no_middle() -> None:
    assert median([]) is None


def test_ignoring_a_case_never_improves_the_median() -> None:
    told = [10.0, 45.0, 53.0, 120.0, 1200.0]
    found = [median(told, ignored) for ignored in range(8)]
    values = [each.value for each in found if each]
    assert values == sorted(values)
