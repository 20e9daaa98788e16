"""Demo clients in, what measuring each of them costs out: daily values and scorecard, nothing read, checked or drawn.

Processor time, in one process. The clients take turns, so that what slows the machine down meets them alike.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sitegen import diagnose, measure
from sitegen.build import pipeline, workspace

TODAY = date(2026, 11, 20)
TURNS = 9


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the processor, the middle and the least of all turns, and the rows that the client's tables have."""

    median: float
    least: float
    rows: int


def costs(root: Path, turns: int = TURNS) -> Mapping[str, Cost]:
    """Slug → cost, for every client of the workspace at `root`; the first turn, which fills caches, does not count."""
    site = workspace.opened(root)
    clients = {
        slug: diagnose.without_internal_gains(pipeline.dossier(root, slug, site.site, site.theme))
        for slug in site.slugs
    }
    spent: dict[str, list[float]] = {slug: [] for slug in clients}
    for _ in range(turns + 1):
        for slug, client in clients.items():
            day = measure.as_of(client, TODAY)
            begun = time.process_time()
            measure.scorecard(client, day, measure.daily(client, day))
            spent[slug].append(time.process_time() - begun)
    return {
        slug: Cost(
            statistics.median(spent[slug][1:]),
            min(spent[slug][1:]),
            sum(len(records.days) for records in client.records),
        )
        for slug, client in clients.items()
    }
