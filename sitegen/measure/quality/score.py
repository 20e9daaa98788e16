"""Daily values in, how far each series can be trusted out: 1 less penalties of at most 0.3 each (METHODS §8).

The weights are ours: gaps cost the share of missing days; outliers ten times their share of the days; each unexplained
break, jump or change of meaning 0.1; each period that the series ends too early, beyond two, 0.1.
"""

from __future__ import annotations

from math import ceil

import numpy as np

from sitegen.measure.arrays import Indexes
from sitegen.measure.daily import Daily
from sitegen.measure.merging import Strand
from sitegen.measure.periods import LENGTHS
from sitegen.measure.quality.curves import Course, courses
from sitegen.measure.quality.days import LATE
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.computed import SeriesQuality
from sitegen.model.facts import Dossier

MOST, EACH, OUTLIERS = 0.3, 0.1, 10.0


def scores(dossier: Dossier, values: Daily) -> tuple[SeriesQuality, ...]:
    """The quality of every metric in every channel, up to the day of the report."""
    return tuple(
        _score(course, values.strands[course.metric][course.channel], _told(course, values), values.days)
        for course in courses(dossier, values)
    )


def _told(course: Course, values: Daily) -> Indexes:
    """The days on which the files of the series tell the metric: a channel without anything has no row."""
    channels = values.strands[course.metric]
    alike = [strand for strand in channels.values() if strand.family == channels[course.channel].family]
    return np.flatnonzero(np.logical_or.reduce([~np.isnan(strand.values) for strand in alike]))


def _score(course: Course, strand: Strand, told: Indexes, days: int) -> SeriesQuality:
    # A stock has a value for each row, not for each day: its own rhythm is what it can be held to.
    step = int(np.median(np.diff(told))) if len(told) > 1 and METRICS[course.metric].kind is Kind.LEVEL else 1
    first, last = (int(told[0]), int(told[-1])) if told.size else (0, -1)
    expected = max(1, (last - first) // step + 1)
    length = max(step, LENGTHS[strand.grain])
    late = (days - 1 - last) / length - LATE
    return SeriesQuality(
        course.metric,
        course.channel,
        gaps=min(MOST, max(0.0, 1 - len(told) / expected)),
        outliers=min(MOST, OUTLIERS * len(course.outliers) * length / max(length, last - first + 1)),
        breaks=min(MOST, EACH * (len(course.breaks) + len(course.jumps) + len(course.changes))),
        staleness=min(MOST, EACH * max(0, ceil(late))),
    )
