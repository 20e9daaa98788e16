"""Objectives and where they stand in, what they ask for together out (METHODS §2.8); judges nothing.

Of transactions = sessions × conversion rate, two objectives fix the third factor; a ratio of the catalogue is such a
product: numerator = denominator × ratio.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sitegen.model.authored import Objective
from sitegen.model.catalogue import METRICS, Metric
from sitegen.model.computed import Implied, Progress


def implied(objectives: Sequence[Objective], progress: Sequence[Progress]) -> tuple[Implied, ...]:
    """For each two objectives on the same channels that belong to one ratio, what they ask for of its third part.

    Each is taken at the first of the deadlines, on the straight way from its baseline to its target. An objective to
    keep a limit asks for no change and enters none.
    """
    moving = [
        (frozenset(each.channels), found)
        for each, found in zip(objectives, progress, strict=True)
        if found.multiplier is not None and found.direction in ("increase", "decrease")
    ]
    found = []
    for channels in sorted({channels for channels, _ in moving}, key=sorted):
        # The first objective on a KPI is meant.
        by_kpi = {each.kpi: each for where, each in reversed(moving) if where == channels}
        found += [each for metric in METRICS.values() for each in _of(metric, by_kpi)]
    return tuple(found)


def _of(ratio: Metric, by_kpi: Mapping[str, Progress]) -> Iterator[Implied]:
    """What the objectives on two parts of a ratio ask for of its third: its denominator where all three have one."""
    top, bottom = ratio.numerator, ratio.denominator
    if top is None or bottom is None or ratio.less is not None:
        return
    parts = (top, ratio.id, bottom)
    missing = next((part for part in parts if part not in by_kpi), bottom)
    known = [by_kpi[part] for part in parts if part != missing and part in by_kpi]
    if len(known) < 2:
        return
    told = [*known, by_kpi[missing]] if missing in by_kpi else known
    on = min(each.deadline for each in told)
    asked = {each.kpi: at(each, on) for each in told}
    if missing == top:
        factor = asked[bottom] * asked[ratio.id]
    else:
        factor = asked[top] / asked[bottom if missing == ratio.id else ratio.id]
    yield Implied(tuple(each.objective for each in told), missing, factor, on, asked.get(missing))


def at(progress: Progress, on: date) -> float:
    """Target over baseline on a day up to the deadline, if the way is straight."""
    share = min(1.0, max(0.0, ((on - progress.start).days + 1) / progress.total_days))
    return 1 + ((progress.multiplier or 1.0) - 1) * share
