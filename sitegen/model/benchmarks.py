"""What may be compared although no file of a client tells it, and the definitions that published figures follow.

A definition that is not one of ours is told by what it divides (METHODS §1, §6), so that a page can say why two figures
of one name are not comparable.
"""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.messages import Unit
from sitegen.model.catalogue import METRICS

INTENSITY = "digital_intensity"  # the client tells it in an answer
# In order, with the least and the most of the twelve technologies (Eurostat isoc_e_dii).
BANDS: dict[str, tuple[int, int]] = {"very_low": (0, 3), "low": (4, 6), "high": (7, 9), "very_high": (10, 12)}
TECHNOLOGIES = 12


@dataclass(frozen=True, slots=True)
class Definition:
    """What a rate divides: `of` by `by`; `each`: taken post by post before it is summed up."""

    id: str
    of: str
    by: str
    each: bool = False


FOREIGN: dict[str, Definition] = {
    each.id: each
    for each in (
        Definition("er_reach", "interactions", "reach"),
        Definition("er_followers", "interactions", "followers", each=True),
        Definition("er_views", "interactions", "views"),
    )
}


def unit_of(metric: str) -> Unit | None:
    """The unit of a record's metric; None for one that cannot be compared."""
    if metric == INTENSITY:
        return Unit.RATE  # the share of enterprises in a class
    return METRICS[metric].unit if metric in METRICS else None


def band_of(count: int) -> str:
    """The class of so many technologies."""
    return next(name for name, (_, most) in BANDS.items() if count <= most)


def intensity_of(year: int) -> str:
    """The id of one year's index."""
    return f"dii_{year}"
