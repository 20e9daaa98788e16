"""Cells that count days, weeks or months of a report in, the days that they are out; knows no calendar of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from sitegen.check.tables.cells import Ints
from sitegen.messages import Period
from sitegen.model.exports import Role


def indexed(texts: Sequence[str], role: Role, period: Period | None) -> tuple[Ints, Ints]:
    """The days of "Nth" cells, counted from the report's first day. A week ends on a Saturday, as analytics tools count
    them from any first day; nothing goes beyond the report's last day."""
    first, last = np.zeros(len(texts), np.int64), np.zeros(len(texts), np.int64)
    if period is None:
        return first, last
    start, end = period.start.toordinal(), period.end.toordinal()
    for at, text in enumerate(texts):
        if text.strip().isdigit() and len(text.strip()) < 7:
            begin, stop = _step(role, start, int(text))
            if begin <= end:
                first[at], last[at] = max(begin, start), min(stop, end)
    return first, last


def _step(role: Role, start: int, count: int) -> tuple[int, int]:
    if role is Role.INDEX_DAY:
        return start + count, start + count
    if role is Role.INDEX_WEEK:
        sunday = start - start % 7  # 1 January of year 1 was a Monday and is 1, so that Sundays are multiples of 7
        return sunday + 7 * count, sunday + 7 * count + 6
    year, month = divmod(date.fromordinal(start).month - 1 + count, 12)
    begin = date(date.fromordinal(start).year + year, month + 1, 1)
    following = (begin.replace(day=28) + timedelta(4)).replace(day=1)
    return begin.toordinal(), following.toordinal() - 1
