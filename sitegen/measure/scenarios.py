"""Booked gains and costs in, what they come to together and under other assumptions out (METHODS §4.1, §4.5).

Values no lever."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sitegen.measure.figures import Figures
from sitegen.messages import Unit
from sitegen.model.authored import Incrementality, Margin
from sitegen.model.computed import Measurement, Scenario

LOW, LIKELY, HIGH = 0.4, 0.6, 0.8  # shares of additional sales where nobody tells them (METHODS §4.5)


def booked(metric: str, gains: Sequence[Measurement], figures: Figures) -> Measurement:
    """The gains that are known, added; partial when another one is not. Nothing is known to be gained: zero."""
    known = [gain for gain in gains if gain.value is not None]
    return figures.of(metric, Unit.MONEY, lambda *each: sum(each), *known, whole=len(known) == len(gains))


def scenarios(
    revenue: Measurement,
    others: Measurement,
    cost: Measurement,
    share: Incrementality | None,
    margin: Margin | None,
    figures: Figures,
) -> tuple[Scenario, ...]:
    """The return at each plausible share of additional sales with each plausible margin, the `others` as booked.

    None without a margin, or where sales or costs are unknown.
    """
    if margin is None or revenue.value is None or cost.value is None:
        return ()
    return tuple(
        Scenario(
            incrementality=part,
            margin=rate,
            roi=figures.of("roi", Unit.CHANGE, _under(part, rate), revenue, others, cost),
            declared=share is not None and (part, rate) == (share.rate, margin.rate),
        )
        for part in _shares(share)
        for rate in sorted({margin.rate} | {end for end in (margin.low, margin.high) if end is not None})
    )


def _under(share: float, margin: float) -> Callable[[float, float, float], float]:
    return lambda revenue, others, cost: (revenue * share * margin + others - cost) / cost


def _shares(told: Incrementality | None) -> Sequence[float]:
    if told is None:
        return LOW, LIKELY, HIGH
    low = min(LOW, told.rate) if told.low is None else told.low
    high = max(HIGH, told.rate) if told.high is None else told.high
    return sorted({low, told.rate, high})
