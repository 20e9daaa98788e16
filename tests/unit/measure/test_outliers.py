"""Values far from the others, in a spread that they do not widen themselves (METHODS §8)."""

from __future__ import annotations

import numpy as np
import pytest

from sitegen.measure.outliers import robust_scores


def test_where_most_values_are_alike_the_quartiles_tell_the_spread() -> None:
    scores = robust_scores(np.array([5.0] * 7 + [4.0, 6.0, 6.0, 6.0, 90.0]))
    assert scores is not None
    assert scores[-1] > 100
    assert scores[0] == 0


@pytest.mark.parametrize("values", [[], [3.0], [3.0] * 9, [3.0] * 9 + [100.0]])
def test_without_a_spread_nothing_is_far(values: list[float]) -> None:
    assert robust_scores(np.array(values)) is None
