"""Values and the days they stand on in, what a reader is told who points at them out; draws nothing.

A tip is a transparent mark over what it tells. Over time it is a strip as high as the plot, so that a finger finds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import median

from sitegen.draw.strokes import Rows
from sitegen.messages import Message, Period


def placed(place: int) -> str:
    """The tip `labels[place]` as a row carries it."""
    return f"⟦w:{place}⟧"


def strips(days: Sequence[date], axis: Period) -> Rows:
    """For each of `days` (ascending) a strip to the middle between it and its neighbours, and its tip's place.

    Where the next day is farther away than usual, the strip is no wider than usual; no strip leaves the `axis`.
    """
    gaps = [after - before for before, after in pairwise(days)]
    usual = timedelta(median(gap.days for gap in gaps)) if gaps else timedelta(axis.days / 12)
    reaches = [min(gap, usual) / 2 for gap in gaps]
    before, after = (usual / 2, *reaches), (*reaches, usual / 2)
    first, last = _midnight(axis.start), _midnight(axis.end)
    return tuple(
        {
            "start": max(_midnight(day) - back, first).isoformat(),
            "end": min(_midnight(day) + ahead, last).isoformat(),
            "tip": placed(place),
        }
        for place, (day, back, ahead) in enumerate(zip(days, before, after, strict=False))
    )


def spans(tips: Sequence[tuple[float, float, Message]]) -> Rows:
    """The tips of marks on a value axis, each from its lower to its upper value."""
    return tuple(
        {"start": min(start, end), "end": max(start, end), "tip": placed(place)}
        for place, (start, end, _) in enumerate(tips)
    )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
