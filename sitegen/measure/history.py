"""Where a metric is read in, its values over the complete periods before a day out; compares nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sitegen.measure.kinds import Reading, tally
from sitegen.measure.periods import within
from sitegen.messages import Period
from sitegen.model.catalogue import Kind
from sitegen.model.computed import Grain


def periods(reading: Reading, until: date, by: Grain) -> Sequence[Period]:
    """The complete weeks or months from the first value up to `until`, in order."""
    span = reading.span
    return within(Period(span.start, until), by) if span and span.start <= until else ()


@lru_cache(maxsize=1 << 6)
def history(reading: Reading, until: date, by: Grain) -> tuple[float | None, ...]:
    """The metric in each of these periods; a flow as its mean per observed day, since months differ.

    A period that fewer files tell than the last one is a gap: a source that joins in is no growth.
    """
    flow = reading.metric.kind is Kind.FLOW
    tallies = [tally(reading, each) for each in periods(reading, until, by)]
    parts = next((found.parts for found in reversed(tallies) if found.parts), frozenset())
    return tuple((found.mean if flow else found.value) if found.parts == parts else None for found in tallies)
