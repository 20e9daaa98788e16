"""Events and a time axis in, numbered marks above the plot and their legend out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sitegen.draw.axes import moment
from sitegen.draw.strokes import Rows
from sitegen.messages import Period, say
from sitegen.model.built import Legend
from sitegen.model.computed import EventSnapshot

NARROWEST = 268  # px of the time axis in the narrow drawing
NUMBER = 18  # px that a number takes with its circle


@dataclass(frozen=True, slots=True)
class Marks:
    """The events of one picture: rows for the templates, rows of numbers above the plot, legend."""

    rows: dict[str, Rows]
    lanes: int
    legend: tuple[Legend, ...]


def marks(events: Sequence[EventSnapshot], axis: Period) -> Marks:
    """Numbers for the events that touch `axis`, in as many lanes as keeps them apart in the narrow drawing."""
    met = ((axis.meet(Period(event.start, event.end)), event) for event in events)
    shown = sorted(((_middle(span), span, event) for span, event in met if span), key=lambda found: found[:2])
    lanes = _lanes([NARROWEST * (place - axis.start).days / axis.days for place, _, _ in shown])
    return Marks(
        rows={
            "events": tuple(
                {"on": moment(place), "number": number, "lane": lane}
                for number, ((place, _, _), lane) in enumerate(zip(shown, lanes, strict=True), 1)
            ),
            "event_days": tuple({"on": moment(place)} for place, span, _ in shown if span.days == 1),
            "event_spans": tuple(
                {"start": moment(span.start), "end": moment(span.end + timedelta(1))}
                for _, span, _ in shown
                if span.days > 1
            ),
        },
        lanes=max(lanes, default=-1) + 1,
        legend=tuple(
            Legend(
                "chart-event",
                "rule" if span.days == 1 else "area",
                say("figures.event", number=number, label=event.label, period=Period(event.start, event.end)),
            )
            for number, (_, span, event) in enumerate(shown, 1)
        ),
    )


def _middle(span: Period) -> date:
    return span.start + timedelta(span.days // 2)


def _lanes(places: Sequence[float]) -> list[int]:
    """For each place in px, the first lane whose last number is far enough away."""
    lanes: list[int] = []
    ends: list[float] = []
    for place in places:
        free = next((lane for lane, end in enumerate(ends) if place - end >= NUMBER), len(ends))
        ends[free : free + 1] = [place]
        lanes.append(free)
    return lanes
