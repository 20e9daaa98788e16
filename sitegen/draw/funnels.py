"""Funnels in, one figure each out: how many reach each stage, and where most are lost. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sitegen.draw import words
from sitegen.messages import Message, Param, Quantity, Unit, say
from sitegen.model.built import Cell, Figure, FigureTable
from sitegen.model.computed import Edition, Funnel, Measurement, State


@dataclass(frozen=True, slots=True)
class Stage:
    """How many reached it; its shares of the first stage and of the one before, None where either is unknown."""

    measured: Measurement
    of_first: float | None
    of_before: float | None

    @property
    def name(self) -> Message:
        return say(f"metrics.{self.measured.metric}.Name")

    @property
    def count(self) -> Quantity | None:
        return None if self.measured.value is None else Quantity(self.measured.value, self.measured.unit)


def figures(edition: Edition) -> Iterator[Figure]:
    """`funnel-<id>` for each funnel with two known stages."""
    for funnel in edition.scorecard.funnels:
        if sum(stage.value is not None for stage in funnel.stages) > 1:
            yield _figure(funnel, list(stages(funnel)))


def stages(funnel: Funnel) -> Iterator[Stage]:
    """Every stage in order, with its shares."""
    first = funnel.stages[0].value
    yield Stage(funnel.stages[0], None, None)
    for before, stage in pairwise(funnel.stages):
        yield Stage(stage, _share(stage.value, first), _share(stage.value, before.value))


def _share(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


def _figure(funnel: Funnel, found: Sequence[Stage]) -> Figure:
    rows, labels = words.labelled(_row(stage) for stage in found)
    sources = words.paths(funnel.stages)
    return Figure(
        id=f"funnel-{funnel.id}",
        subject="returns",
        template="funnel",
        datasets={"rows": rows},
        params={"x_domain": (0.0, max(stage.value or 0.0 for stage in funnel.stages) or 1.0)},
        title=title(funnel),
        subtitle=say(
            "figures.funnel.subtitle",
            first=_named(funnel.stages[0]),
            last=_named(funnel.stages[-1]),
            period=funnel.period,
            sources=words.sources(sources),
        ),
        description=say("figures.funnel.described", stages=tuple(_told(stage) for stage in found)),
        table=FigureTable(
            tuple(say(f"figures.column.{name}") for name in ("stage", "count", "of_before", "of_first")),
            tuple((stage.name, stage.count, _rate(stage.of_before), _rate(stage.of_first)) for stage in found),
        ),
        unit=Unit.COUNT,
        labels=labels,
        sources=sources,
        note=words.together(_notes(found)),
    )


def title(funnel: Funnel) -> Message:
    """The step between two known stages that loses most, by number."""
    known = [(stage, stage.value) for stage in funnel.stages if stage.value is not None]
    steps = [(before - after, before, left, reached) for (left, before), (reached, after) in pairwise(known)]
    lost, before, left, reached = max(steps, key=lambda step: step[0])
    if lost <= 0:
        return words.qualified(say("figures.funnel.kept"), *funnel.stages)
    told = say(
        "figures.funnel.lost",
        left=_named(left),
        reached=_named(reached),
        lost=Quantity(lost, left.unit),
        before=Quantity(before, left.unit),
        share=Quantity(lost / before, Unit.RATE),
    )
    return words.qualified(told, *funnel.stages)


def _named(stage: Measurement) -> Message:
    return say(f"metrics.{stage.metric}.name")


def _row(stage: Stage) -> tuple[Mapping[str, Cell], Mapping[str, Param]]:
    value = stage.measured.value
    return {"count": value, "count_words_at": value or 0.0}, {
        "name": stage.name,
        "count_words": words.or_unknown(stage.count),
        "shares": _shares(stage) or "",
        "tip": _told(stage),
    }


def _shares(stage: Stage) -> Message | None:
    """Its shares; only that of the first stage where the one before is the first, or unknown."""
    if stage.of_first is None:
        return None
    first = Quantity(stage.of_first, Unit.RATE)
    if stage.of_before is None or stage.of_before == stage.of_first:
        return say("figures.funnel.share", first=first)
    return say("figures.funnel.shares", before=Quantity(stage.of_before, Unit.RATE), first=first)


def _told(stage: Stage) -> Message:
    shares = _shares(stage)
    told = say("figures.marked", mark=stage.name, value=words.or_unknown(stage.count))
    return say("figures.funnel.told", told=told, shares=shares) if shares else told


def _rate(share: float | None) -> Quantity | None:
    return None if share is None else Quantity(share, Unit.RATE)


def _notes(found: Sequence[Stage]) -> Iterator[Message]:
    yield say("figures.funnel.period")
    if any(stage.measured.state is State.PARTIAL for stage in found):
        yield say("figures.funnel.partial")
    for stage in found:
        if stage.measured.value is None and stage.measured.reason:
            yield say("figures.note.missing", names=(stage.name,), reason=stage.measured.reason)
