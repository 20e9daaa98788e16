"""Daily values in, stages that follow one another out, each with its count on the same days; explains no loss."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from sitegen.measure.arrays import Array
from sitegen.measure.daily import Daily
from sitegen.measure.kinds import Reading, measurement, reading
from sitegen.measure.periods import last_year
from sitegen.messages import Period
from sitegen.model.catalogue import FUNNELS
from sitegen.model.computed import Funnel, State
from sitegen.model.facts import Dossier

FEWEST = 3  # stages; fewer are told by their rate


def funnels(dossier: Dossier, daily: Daily, period: Period | None) -> tuple[Funnel, ...]:
    """The funnels of the catalogue over `period`, that of the returns, else over the last year of their first stage.

    A stage is in when it is observed on enough days. All count the days on which every one of them is told, else a
    loss could be a day that one file lacks; a funnel with too few of these is left out.
    """
    return tuple(_funnels(dossier, daily, period))


def _funnels(dossier: Dossier, daily: Daily, period: Period | None) -> Iterator[Funnel]:
    for id, metrics in FUNNELS.items():
        readings = [reading(metric, daily, dossier) for metric in metrics]
        span = next((each.span for each in readings if each.span), None)
        if span and (found := _funnel(id, readings, period or last_year(span))):
            yield found


def _funnel(id: str, readings: list[Reading], period: Period) -> Funnel | None:
    told = [(each, found) for each in readings if (found := measurement(each, period)).value is not None]
    if len(told) < FEWEST:
        return None
    counts = np.stack([_counts(each, period) for each, _ in told])
    together = ~np.isnan(counts).any(axis=0)
    coverage, enough = float(together.mean()), readings[0].thresholds
    if coverage < enough.coverage_partial:
        return None
    state = State.COMPLETE if coverage >= enough.coverage_complete else State.PARTIAL
    stages = (
        replace(found, value=float(of.sum()), coverage=coverage, state=state)
        for (_, found), of in zip(told, counts[:, together], strict=True)
    )
    return Funnel(id, period, tuple(stages))


def _counts(reading: Reading, period: Period) -> Array:
    """The count of each day of `period`; missing when one of the files that tell some of it lacks the day."""
    values = np.sum([part.values for part in reading.parts], axis=0)
    at = np.arange(period.days) + period.start.toordinal() - reading.start
    known = (at >= 0) & (at < len(values))
    counts: Array = np.where(known, values[np.clip(at, 0, len(values) - 1)], np.nan)
    return counts
