"""Pooled events in, their median out; what never came is infinite, not absent (METHODS §1). Knows no metric."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple


class Median(NamedTuple):
    """The middle of pooled events; where it is not known exactly, it is `beyond` the `value`."""

    value: float
    beyond: bool = False


def median(told: Sequence[float], unanswered: int = 0) -> Median | None:
    """The median of `told` and as many infinite ones as are `unanswered`: a case that is ignored improves no figure.

    Of an even number of events some of which are infinite, no mean of the middle two is told: the median is beyond the
    lower one. None without any event; beyond the largest one, or beyond 0, where the middle is infinite.
    """
    events = [*sorted(told), *[inf] * unanswered]
    if not events:
        return None
    lower, upper = events[(len(events) - 1) // 2], events[len(events) // 2]
    if lower == inf:
        return Median(max(told, default=0.0), beyond=True)
    if unanswered and upper > lower:
        return Median(lower, beyond=True)
    return Median(lower / 2 + upper / 2)
