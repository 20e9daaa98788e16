"""Readings in, each metric against the window before and the year before, and its series, out; judges no change.

Like is compared with like: the same channels, and for totals the mean per observed day (METHODS §1, partial periods).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sitegen.measure.daily import Daily
from sitegen.measure.kinds import Reading, Tally, measurement, read_until, reading, tally
from sitegen.measure.periods import grain, longest, meeting, previous, window, year_before
from sitegen.messages import Period, Unit
from sitegen.model.catalogue import METRICS, Kind, Metric
from sitegen.model.computed import Comparison, Grain, Series, State
from sitegen.model.facts import Dossier

LONGEST = 36  # values: three years of months


def comparisons(dossier: Dossier, daily: Daily, as_of: date) -> tuple[Comparison, ...]:
    """Every metric with data over its last 28 days, in the order of the catalogue."""
    readings = (reading(metric, daily, dossier) for metric in METRICS)
    return tuple(comparison(each, as_of) for each in readings if each.span)


def comparison(reading: Reading, as_of: date) -> Comparison:
    """One metric in its last window, with its changes and its series; the window ends with the metric's own data when
    they stop up to two weeks before `as_of`."""
    now = window(read_until(reading, as_of))
    before, year = previous(now), year_before(now)
    current = tally(reading, now)
    return Comparison(
        reading.metric.id,
        reading.metric.good,
        measurement(reading, now),
        measurement(reading, before),
        measurement(reading, year),
        change(reading.metric, current, tally(reading, before)),
        change(reading.metric, current, tally(reading, year)),
        series(reading, as_of),
    )


def change(metric: Metric, now: Tally, then: Tally) -> float | None:
    """The difference of two rates, else the relative change; None where the two are not told by the same files."""
    if now.value is None or then.value is None or now.parts != then.parts:
        return None
    if metric.unit is Unit.RATE:
        return now.value - then.value
    last, first = (now.mean, then.mean) if metric.kind is Kind.FLOW else (now.value, then.value)
    if not first or last is None or last * first < 0:
        return None
    return last / first - 1


def series(reading: Reading, as_of: date, span: Period | None = None, by: Grain | None = None) -> Series | None:
    """The metric period by period over `span` (its own when None), none shorter than what a row of its files is about;
    one that `as_of` cuts short is marked incomplete, and left out while less than half of it is over."""
    span = span or reading.span
    if span is None:
        return None
    by = by or longest(grain(span), reading.grain)
    periods = _told(meeting(span, by), as_of)
    periods = periods[-LONGEST:] if by == "month" else periods
    elapsed = [Period(each.start, min(each.end, as_of)) for each in periods]
    tallies = [tally(reading, each) for each in elapsed]
    whole = [found.state is State.COMPLETE and each.end <= as_of for found, each in zip(tallies, periods, strict=True)]
    return Series(
        reading.metric.id,
        reading.metric.unit,
        by,
        periods[0].start,
        tuple(found.value for found in tallies),
        tuple(whole),
        currency=reading.currency,
        channel=reading.channel,
        sources=reading.sources,
    )


def _told(periods: Sequence[Period], as_of: date) -> Sequence[Period]:
    """Without a last one of which less than half is over on `as_of`: beside whole ones it would read as a collapse."""
    last = periods[-1]
    begun = 2 * Period(last.start, min(last.end, as_of)).days < last.days
    return periods[:-1] if begun and len(periods) > 1 else periods
