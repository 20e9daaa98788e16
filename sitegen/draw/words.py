"""What several figures say in the same words: how a metric is measured, from how many files, several remarks as one,
and the place that a row's words have among the labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

from sitegen.draw.strokes import Rows
from sitegen.draw.tips import placed
from sitegen.messages import Currency, Message, Param, Quantity, Unit, say
from sitegen.model.built import Cell
from sitegen.model.computed import Measurement, State


def measured(metric: str, unit: Unit, currency: str | None) -> Message:
    """A metric's name with its unit."""
    name = say(f"metrics.{metric}.Name")
    if unit is Unit.MONEY:
        return say("figures.measured.money", name=name, currency=Currency(currency or ""))
    return say(f"figures.measured.{unit.value}", name=name)


def sources(paths: Sequence[str]) -> Message:
    """As in "Source : 2 fichiers." """
    return say("figures.sources", count=len(paths)) if paths else say("figures.no_source")


def paths(measurements: Iterable[Measurement]) -> tuple[str, ...]:
    """Every file that they were computed from, once."""
    return tuple(sorted({path for measurement in measurements for path in measurement.sources}))


def money(value: float, currency: str) -> Quantity:
    """An amount."""
    return Quantity(value, Unit.MONEY, currency)


def amount(value: float | None, currency: str) -> Quantity | None:
    """An amount, None where it is unknown."""
    return None if value is None else money(value, currency)


def or_unknown(value: Quantity | None) -> Param:
    """What a picture writes where a table has a gap."""
    return say("figures.unknown") if value is None else value


def qualified(title: Message, *measurements: Measurement | None) -> Message:
    """A conclusion, told to rest on incomplete data where one of its numbers is partial."""
    if any(measurement and measurement.state is State.PARTIAL for measurement in measurements):
        return say("figures.incomplete", title=title)
    return title


def together(remarks: Iterable[Message]) -> Message | None:
    """Several sentences as one message, None when there is none."""
    found = tuple(remarks)
    return reduce(lambda first, rest: say("figures.note.two", first=first, rest=rest), found) if found else None


def labelled(drawn: Iterable[tuple[Mapping[str, Cell], Mapping[str, Param]]]) -> tuple[Rows, tuple[Param, ...]]:
    """Rows with their words (field to word), in order: each row with the places of its words, and all the words."""
    rows: list[Mapping[str, Cell]] = []
    labels: list[Param] = []
    for order, (row, written) in enumerate(drawn):
        rows.append({"order": order, **row, **{field: placed(len(labels) + n) for n, field in enumerate(written)}})
        labels += written.values()
    return tuple(rows), tuple(labels)
