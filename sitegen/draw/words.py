"""What several figures say in the same words: how a metric is measured, from how many files, several remarks as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from sitegen.messages import Currency, Message, Unit, say


def measured(metric: str, unit: Unit, currency: str | None) -> Message:
    """A metric's name with its unit."""
    name = say(f"metrics.{metric}.Name")
    if unit is Unit.MONEY:
        return say("figures.measured.money", name=name, currency=Currency(currency or ""))
    return say(f"figures.measured.{unit.value}", name=name)


def sources(paths: Sequence[str]) -> Message:
    """As in "Source : 2 fichiers." """
    return say("figures.sources", count=len(paths)) if paths else say("figures.no_source")


def together(remarks: Iterable[Message]) -> Message | None:
    """Several sentences as one message, None when there is none."""
    found = tuple(remarks)
    return reduce(lambda first, rest: say("figures.note.two", first=first, rest=rest), found) if found else None
