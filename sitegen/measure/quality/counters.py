"""Daily values in, counters that are probably broken out: zeros that are no chance (METHODS §8, tracking loss)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from sitegen.errors import Problem, Severity
from sitegen.measure.arrays import Array, present, together, total
from sitegen.measure.daily import Daily
from sitegen.measure.merging import Strand
from sitegen.measure.quality.told import names, notice
from sitegen.measure.silence import UNLIKELY, probability, runs, silences
from sitegen.messages import Period, Quantity, Unit, say
from sitegen.model.catalogue import METRICS, Kind

# The least that is usual, so that a healthy counter is hardly ever accused: one visit for two clicks, one sale or
# contact for two hundred visits, one conversion for a hundred clicks.
VISITS, SALES, CONVERSIONS = 0.5, 0.005, 0.01
DAYS = 28  # that a counter must have been zero on, when it never told anything else


def counters_told(values: Daily) -> Iterator[Problem]:
    """Runs of zeros too long to be chance, those that are declared, clicks without visits, visits without sales."""
    yield from _silent(values)
    yield from _declared(values)
    yield from _visits(values)
    yield from _never(values)


def _silent(values: Daily) -> Iterator[Problem]:
    found: dict[tuple[str, Period], set[str]] = defaultdict(set)
    for metric, channels in values.strands.items():
        if METRICS[metric].kind is not Kind.FLOW or METRICS[metric].unit is not Unit.COUNT:
            continue
        for channel, strand in channels.items():
            for run in silences(strand, values.strands.get("spend", {}).get(channel)):
                found[min(strand.sources), _period(values, int(run[0]), int(run[-1]))].add(metric)
    for (path, period), metrics in sorted(found.items()):
        message = say("quality.broken_counter", metrics=names(metrics), period=period, count=period.days)
        yield notice(path, message, hint="broken_counter")


def _declared(values: Daily) -> Iterator[Problem]:
    """Days at zero that the client declared broken: they count as missing."""
    found: dict[tuple[str, Period], set[str]] = defaultdict(set)
    for broken in values.broken:
        found[min(broken.sources), broken.period].add(broken.metric)
    for (path, period), metrics in sorted(found.items()):
        message = say("quality.declared_broken", metrics=names(metrics), period=period, count=period.days)
        yield notice(path, message, Severity.INFO)


def _visits(values: Daily) -> Iterator[Problem]:
    """Days on which advertisements were clicked and the site counted no visit at all."""
    clicked, visited = _all(values, "clicks", "link_clicks"), _all(values, "sessions")
    if clicked is None or visited is None:
        return
    channels = values.strands["sessions"].values()
    lost = np.zeros(len(visited), dtype=bool)
    for strand in channels:
        for run in silences(strand, None):
            lost[run] = True  # told already
    chance = np.exp(-VISITS * np.where(np.isnan(clicked), 0.0, clicked))
    for run in runs(np.flatnonzero((visited == 0) & ~lost & (chance < UNLIKELY))):
        if run.size:
            period = _period(values, int(run[0]), int(run[-1]))
            message = say(
                "quality.clicks_without_visits",
                clicks=Quantity(total(clicked[run]), Unit.COUNT),
                period=period,
                count=period.days,
            )
            yield notice(_path(channels), message, hint="broken_counter")


def _never(values: Daily) -> Iterator[Problem]:
    """A counter of sales or contacts that never told anything but zero, for all the visits there were."""
    visited = _all(values, "sessions")
    for metric in ("transactions", "leads", "conversions"):
        counted = _all(values, metric) if metric != "conversions" else None
        if counted is not None and visited is not None and _hardly(counted, visited, SALES):
            path = _path(values.strands[metric].values())
            yield _nothing(path, metric, "sessions", counted, visited)
    for channel, strand in sorted(values.strands.get("conversions", {}).items()):
        for clicks in ("clicks", "link_clicks"):
            clicked = values.strands.get(clicks, {}).get(channel)
            if clicked is not None and _hardly(strand.values, clicked.values, CONVERSIONS):
                yield _nothing(min(strand.sources), "conversions", clicks, strand.values, clicked.values)


def _hardly(counted: Array, tried: Array, least: float) -> bool:
    """Whether a counter that works would have told something by now."""
    known = ~np.isnan(counted) & ~np.isnan(tried)
    if known.sum() < DAYS or counted[known].any():
        return False
    return probability(least * float(tried[known].sum())) < UNLIKELY


def _nothing(path: str, metric: str, of: str, counted: Array, tried: Array) -> Problem:
    known = ~np.isnan(counted) & ~np.isnan(tried)
    message = say(
        "quality.never_counted",
        metric=say(f"metrics.{metric}.name"),
        tried=Quantity(float(tried[known].sum()), Unit.COUNT),
        of=say(f"metrics.{of}.name"),
        count=int(known.sum()),
    )
    return notice(path, message, hint="never_counted")


def _all(values: Daily, *metrics: str) -> Array | None:
    """The sum over the channels, and over the metrics in the channels that tell only one of them."""
    rows: dict[str, Array] = {}
    for metric in metrics:
        for channel, strand in values.strands.get(metric, {}).items():
            rows.setdefault(channel, strand.values)
    known = [row for row in rows.values() if present(row)]
    return together(known) if known else None


def _path(strands: Iterable[Strand]) -> str:
    return min(path for strand in strands for path in strand.sources)


def _period(values: Daily, first: int, last: int) -> Period:
    return Period(date.fromordinal(values.start + first), date.fromordinal(values.start + last))
