"""A series in, the rows of its strokes and points out; what is missing is never drawn, bridged or taken for zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import TypeAlias

from sitegen.draw.axes import moment
from sitegen.model.built import Cell

Rows: TypeAlias = tuple[Mapping[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """One value of a series and the day it stands on; `value` is None where it is missing."""

    on: date
    value: float | None
    complete: bool = True


def rows(name: str, spots: Sequence[Spot], *, ended: bool) -> dict[str, Rows]:
    """The datasets of one series (template layers `name`, `name_dashed`, `name_points`, `name_hollow`).

    Whole strokes join neighbouring complete values, dashed ones lead to and from an incomplete value, which is a hollow
    point. A complete value without a complete neighbour would leave no stroke: it is a point, and so is the last one
    of a series that is `ended`.
    """
    whole = [list(run) for joined, run in groupby(spots, key=_whole) if joined]
    dashed = [pair for pair in pairwise(spots) if _present(pair) and not all(spot.complete for spot in pair)]
    alone = [run[0] for run in whole if len(run) == 1]
    last = [run[-1] for run in whole[-1:] if ended and len(run) > 1]
    return {
        name: _numbered([run for run in whole if len(run) > 1]),
        f"{name}_dashed": _numbered(dashed),
        f"{name}_points": tuple(_row(spot) for spot in (*alone, *last)),
        f"{name}_hollow": tuple(_row(spot) for spot in spots if spot.value is not None and not spot.complete),
    }


def path(spots: Sequence[Spot]) -> Rows:
    """The rows of one unbroken stroke."""
    return _numbered([spots])


def _whole(spot: Spot) -> bool:
    return spot.value is not None and spot.complete


def _present(spots: Sequence[Spot]) -> bool:
    return all(spot.value is not None for spot in spots)


def _numbered(strokes: Sequence[Sequence[Spot]]) -> Rows:
    return tuple({"stroke": number, **_row(spot)} for number, stroke in enumerate(strokes) for spot in stroke)


def _row(spot: Spot) -> Mapping[str, Cell]:
    return {"on": moment(spot.on), "value": spot.value}
