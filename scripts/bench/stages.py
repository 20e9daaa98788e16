"""A few clients in, where the time of one goes out, stage by stage: each stage's own, without those that it calls.

Processor time, in one process that has already made two clients: libraries are loaded, templates are compiled.
"""

from __future__ import annotations

import cProfile
import io
import pstats
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from scripts.bench.generate import LAST
from sitegen import check, diagnose, draw, measure, plot, proof, read, render
from sitegen.build import pages, workshop, workspace
from sitegen.build.store import Store
from sitegen.model import codec

WARM = 2  # clients made before the clock starts
OTHER = "other"
STAGES: Mapping[str, tuple[tuple[object, str], ...]] = {
    "read": ((read, "client"), (workshop, "contents")),
    "check": ((check, "client"),),
    "measure": ((measure, "scorecard"), (measure, "notices"), (measure, "as_of")),
    "diagnose": ((diagnose, "edition"),),
    "draw": ((draw, "figures"), (draw, "template")),
    "keys of drawings": ((pages, "drawing_key"),),
    "plot": ((plot.Engine, "svg"),),
    "render: pages": ((render, "page"), (render, "plan")),
    "render: downloads": ((render, "files"), (render, "branding")),
    "proof": ((proof, "examined"), (proof, "inside")),
    "codec": ((codec, "encode"), (codec, "decode")),
    "store": tuple((Store, name) for name in ("put", "get", "holds", "recall", "remember", "flush")),
}


class Clock:
    """Adds up the time of each stage, its own only."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._stack, self._since = [OTHER], time.process_time()

    def turn(self, stage: str | None) -> None:
        """Enter a stage, or leave it."""
        now = time.process_time()
        self.spent[self._stack[-1]] += now - self._since
        self._since = now
        if stage is None:
            self._stack.pop()
        else:
            self._stack.append(stage)

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def inside(*args: Any, **more: Any) -> Any:
            self.turn(stage)
            try:
                return function(*args, **more)
            finally:
                self.turn(None)

        return inside

    @contextmanager
    def watching(self) -> Iterator[None]:
        patches = [
            patch.object(home, name, self.timed(stage, getattr(home, name)))
            for stage, functions in STAGES.items()
            for home, name in functions
        ]
        for each in patches:
            each.start()
        self.turn(OTHER)
        self.spent.clear()
        try:
            yield
        finally:
            self.turn(None)
            for each in patches:
                each.stop()


def by_stage(root: Path) -> Mapping[str, float]:
    """Stage → seconds of one client of the workspace, the longest first. Its store must be empty."""
    with _warmed(root) as (shop, slugs):
        clock = Clock()
        with clock.watching():
            for slug in slugs:
                shop.portal(slug)
                shop.store.flush()
    return {stage: spent / len(slugs) for stage, spent in sorted(clock.spent.items(), key=lambda one: -one[1])}


def profiled(root: Path, lines: int = 30) -> str:
    """The functions in which most of the time is spent, with those that they call. The store must be empty."""
    with _warmed(root) as (shop, slugs):
        profile = cProfile.Profile(time.process_time)
        profile.enable()
        for slug in slugs:
            shop.portal(slug)
            shop.store.flush()
        profile.disable()
    told = io.StringIO()
    pstats.Stats(profile, stream=told).strip_dirs().sort_stats("cumulative").print_stats(lines)
    return told.getvalue()


@contextmanager
def _warmed(root: Path) -> Iterator[tuple[workshop.Workshop, tuple[str, ...]]]:
    store = Store(root / ".sitegen" / "store.sqlite")
    shop = workshop.Workshop(workspace.opened(root), store, LAST, LAST)
    for slug in shop.workspace.slugs[:WARM]:
        shop.portal(slug)
    yield shop, shop.workspace.slugs[WARM:]
    store.close()
