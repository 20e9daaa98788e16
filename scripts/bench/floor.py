"""The figures that sitegen drew in, as many trivial pages with the same drawings out: the least that building can cost.

    python -m scripts.bench.floor FIGURES TARGET PROCESSES

Nothing is read, checked, measured, proofed or remembered: rows are poured into the same templates by the same engine,
set into pages without words, and written.
"""

from __future__ import annotations

import multiprocessing
import pickle
import re
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import jinja2

from scripts.bench.generate import LAST
from sitegen import draw, plot
from sitegen.build import workspace
from sitegen.build.store import Store
from sitegen.build.workshop import Workshop
from sitegen.model.built import Drawing, Figure

PAGE = (
    "<!doctype html><title>{{ address }}</title>{% for each in drawings %}{{ each.wide }}{{ each.narrow }}{% endfor %}"
)


@dataclass(frozen=True, slots=True)
class Portal:
    """The figures of one client, and how many of them each page shows."""

    figures: tuple[Figure, ...]
    pages: Mapping[str, int]


def keep(root: Path, built: Path, folder: Path) -> int:
    """Write the figures of a workspace that was built into the folder `built`; gives their number."""
    folder.mkdir(parents=True)
    store = Store(root / ".sitegen" / "store.sqlite")
    workshop = Workshop(workspace.opened(root), store, LAST, LAST)
    count = 0
    for slug in workshop.workspace.slugs:
        known, audit = workshop.judged(slug)
        if audit is None:
            raise RuntimeError(f"{slug} cannot be built")
        pages = workshop.pages(audit, known.judged.edition)
        shown = {address: _pictures((built / address).read_text("utf-8")) for address in pages.jobs}
        (folder / slug).write_bytes(pickle.dumps(Portal(pages.figures, shown)))
        count += len(pages.figures)
    store.close()
    return count


def _pictures(html: str) -> int:
    """How many figures a page shows; each is drawn at two widths."""
    return len(re.findall("<svg", html)) // len(plot.WIDTHS)


def drawings(figures: tuple[Figure, ...]) -> list[Drawing]:
    """The figures, drawn."""
    return [_engine().svg(figure, draw.template(figure.template)) for figure in figures]


def portal(path: Path, target: Path) -> None:
    """One client's pages, written."""
    told: Portal = pickle.loads(path.read_bytes())
    drawn = drawings(told.figures)
    for address, count in told.pages.items():
        shown = [drawn[place % len(drawn)] for place in range(count)]
        file = target / address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_page().render(address=address, drawings=shown), "utf-8")


@cache
def _engine() -> plot.Engine:
    return plot.Engine()


@cache
def _page() -> jinja2.Template:
    return jinja2.Environment(autoescape=True).from_string(PAGE.replace("}}", "|safe }}"))


def main(figures: Path, target: Path, processes: int) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        list(pool.map(partial(portal, target=target), sorted(figures.iterdir())))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
