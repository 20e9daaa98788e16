"""Two values of a metric in, how far apart they are and whether that may be chance out; reads no data."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

from sitegen.measure.kinds import Z95
from sitegen.messages import Message, Quantity, Unit
from sitegen.model.catalogue import Metric
from sitegen.model.computed import Measurement, State


def without(number: Measurement, reason: Message | None) -> Measurement:
    """The number without its value, and why."""
    return replace(
        number,
        value=None,
        state=State.NOT_COMPUTABLE,
        reason=reason,
        numerator=None,
        denominator=None,
        interval=None,
        at_least=False,
    )


def difference(metric: Metric, ours: float | None, other: float | None) -> Quantity | None:
    """Ours less the other: in points for a rate, plain for a balance, else relative to the other.

    None where one is missing, or where a relative change means nothing: from zero, or across it.
    """
    if ours is None or other is None:
        return None
    if metric.unit is Unit.RATE:
        return Quantity(ours - other, Unit.POINTS)
    if metric.less is not None:
        return Quantity(ours - other, Unit.RATIO)
    return Quantity(ours / other - 1, Unit.CHANGE) if other and ours * other >= 0 else None


def within_noise(ours: Measurement, other: Measurement) -> bool | None:
    """Whether the difference of two rates is within the noise of their samples (Newcombe 1998, from the Wilson
    intervals of both; 95 %): its interval holds zero. None where a rate or a sample is missing."""
    if ours.value is None or other.value is None or ours.interval is None or other.interval is None:
        return None
    gap = ours.value - other.value
    low = gap - sqrt((ours.value - ours.interval[0]) ** 2 + (other.interval[1] - other.value) ** 2)
    high = gap + sqrt((ours.interval[1] - ours.value) ** 2 + (other.value - other.interval[0]) ** 2)
    return low <= 0 <= high


def parts_within_noise(ours: Measurement, other: Measurement) -> bool | None:
    """The same of two parts of one whole, as shares of voice are: where one grows the other shrinks, so that their
    difference varies more than that of two samples (multinomial; 95 %). None where the whole is not the same."""
    whole = ours.denominator
    if ours.value is None or other.value is None or not whole or whole != other.denominator:
        return None
    gap = ours.value - other.value
    return gap**2 * whole <= Z95**2 * (ours.value + other.value - gap**2)
