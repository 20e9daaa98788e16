"""A workshop in, the pages of the portfolio as the files are now out; writes no folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sitegen import render, write
from sitegen.build import portfolio
from sitegen.build.workshop import Judged, Workshop
from sitegen.errors import OutputRefused
from sitegen.model.portfolio import Row


class Overview:
    """What is told of all clients while their files change. A client is looked at again only after `forget`."""

    def __init__(self, root: Path) -> None:
        """What the last build told stands in for a client that cannot be built now."""
        self._before: Mapping[str, Row] = _recorded(root / "preview")
        self._told: dict[str, Judged] = {}
        self._pages: dict[str, bytes] = {}

    def forget(self, slug: str | None = None) -> None:
        """One client's files changed, or what all clients share."""
        self._pages.clear()
        if slug is None:
            self._told.clear()
        else:
            self._told.pop(slug, None)

    def pages(self, workshop: Workshop, judged: Callable[[str], Judged]) -> Mapping[str, bytes]:
        """The pages by address. Raises ProblemsFound for a fault of the theme."""
        if not self._pages:
            space = workshop.workspace
            for slug in space.slugs:
                if slug not in self._told:
                    self._told[slug] = judged(slug)
                    workshop.store.flush()  # else the editions of all clients would be at hand at once
            told = {slug: (each.summary, each.problems) for slug, each in self._told.items() if slug in space.slugs}
            found = portfolio.rows(space, told, self._addresses(), self._before)
            self._before = {row.slug: row for row in found.rows}
            entries = portfolio.pages(found, space, workshop.ground, workshop.store, workshop.press)
            self._pages = {entry.address: workshop.store.body(entry.digest) for entry in entries}
        return self._pages

    def _addresses(self) -> Mapping[str, Mapping[str, str]]:
        known = {slug: row.addresses for slug, row in self._before.items()}
        now = {slug: render.first_pages(slug, each.languages) for slug, each in self._told.items() if each.languages}
        return {**known, **now}


def _recorded(folder: Path) -> Mapping[str, Row]:
    try:
        return portfolio.last(write.last(folder))
    except OutputRefused:
        return {}
