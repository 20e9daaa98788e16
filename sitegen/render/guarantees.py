"""An Edition and the figures of its first page in, what these pages hold themselves to out (METHODS §7, T4.04 and T5).

No mark for the client: tests look for the same in the finished pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.messages import Message, say
from sitegen.model.built import Figure
from sitegen.model.computed import Edition

MOST_CHARTS, MOST_SERIES = 5, 4
STATING = ("figures.crossing.together", "figures.crossing.opposite")  # titles that state a link
SERIES = frozenset({"line", "dash", "area", "bar"})


@dataclass(frozen=True, slots=True)
class Guarantee:
    """One thing that is promised of every portal, and whether this one keeps it."""

    id: str
    kept: bool
    reason: Message


def guarantees(edition: Edition, figures: Sequence[Figure], headlines: Sequence[str]) -> tuple[Guarantee, ...]:
    """All four; `headlines` are the ids of the pictures of the first page."""
    first = [figure for figure in figures if figure.id in headlines]
    return (_links(edition, figures), _charts(first), _tables(), _titles(figures))


def _links(edition: Edition, figures: Sequence[Figure]) -> Guarantee:
    """A picture states a link only where the computation found one."""
    proved = {
        f"crossing-{each.first}-{each.second}" for each in edition.scorecard.crossings if each.link.status == "link"
    }
    crossings = [figure for figure in figures if figure.id.startswith("crossing-")]
    wrong = tuple(each.title for each in crossings if each.title.key in STATING and each.id not in proved)
    return _told("links", wrong, len(crossings))


def _charts(first: Sequence[Figure]) -> Guarantee:
    """Five pictures at most, four series in each; no template has a second scale."""
    crowded = tuple(each.title for each in first if _series(each) > MOST_SERIES)
    return _told("charts", crowded or tuple(each.title for each in first[MOST_CHARTS:]), len(first))


def _series(figure: Figure) -> int:
    """The curves and bars of a picture; an event is none."""
    return sum(entry.mark in SERIES and not entry.token.startswith("chart-event") for entry in figure.legend)


def _tables() -> Guarantee:
    """Every table of the first page unfolds: its layout has no other."""
    return Guarantee("tables", kept=True, reason=say("checks.guarantee.tables.kept"))


def _titles(figures: Sequence[Figure]) -> Guarantee:
    """A title is a sentence of its own, neither the name of a metric nor what the line below it says."""
    bare = tuple(each.title for each in figures if each.title.key.startswith("metrics.") or each.title == each.subtitle)
    return _told("titles", bare, len(figures))


def _told(id: str, broken: tuple[Message, ...], count: int) -> Guarantee:
    if broken:
        return Guarantee(id, kept=False, reason=say(f"checks.guarantee.{id}.broken", figures=broken))
    if not count:
        return Guarantee(id, kept=True, reason=say(f"checks.guarantee.{id}.none"))
    return Guarantee(id, kept=True, reason=say(f"checks.guarantee.{id}.kept", count=count))
