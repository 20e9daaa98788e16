"""Measured numbers in, parameters of messages out. Knows no language and spells nothing."""

from __future__ import annotations

from sitegen.messages import Message, Quantity, say
from sitegen.model.computed import Measurement, Progress


def quantity(number: Measurement) -> Quantity | None:
    """A published number with its unit; None where it is not computable."""
    return None if number.value is None else Quantity(number.value, number.unit, number.currency)


def in_unit(progress: Progress, value: float) -> Quantity:
    """A value of the objective's KPI, such as its target."""
    return Quantity(value, progress.unit, progress.currency)


def the(metric: str) -> Message:
    """As in "le taux de conversion"."""
    return say(f"metrics.{metric}.the")


def name(metric: str) -> Message:
    """As in "taux de conversion"."""
    return say(f"metrics.{metric}.name")


def channel(id: str) -> Message:
    """As in "Google Ads"."""
    return say(f"channels.{id}")
