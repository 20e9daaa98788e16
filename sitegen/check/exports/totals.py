"""A block's rows in, its total rows beside what the others add up to out; knows no metric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sitegen.check.exports.rows import Floats, Rows, adds_up, section
from sitegen.model.exports import Found, Gauge, Total, Verdict


def totals(rows: Rows, columns: Sequence[Found]) -> tuple[Total, ...]:
    """Each figure of each total row that can be added up: flows, those of other periods too."""
    added = [column for column in columns if column.gauge is Gauge.FLOW and column.header in rows.figures]
    return tuple(
        total for at in np.flatnonzero(rows.total).tolist() for column in added for total in _total(rows, at, column)
    )


def _total(rows: Rows, at: int, column: Found) -> Iterator[Total]:
    values = rows.figures[column.header]
    told = float(values[at])
    parts = values[rows.data]
    if np.isnan(told) or np.isnan(parts).all():
        return
    summed = float(np.nansum(parts))
    if not adds_up(parts, told) and (some := _of_a_section(rows, at, values)) is not None:
        yield Total(int(rows.lines[at]), rows.names.get(at, ""), column.id, told, some, Verdict.EQUAL, section=True)
        return
    verdict = Verdict.EQUAL if adds_up(parts, told) else Verdict.MORE if told > summed else Verdict.LESS
    yield Total(int(rows.lines[at]), rows.names.get(at, ""), column.id, told, summed, verdict)


def _of_a_section(rows: Rows, at: int, values: Floats) -> float | None:
    """What the rows between a total and the next one, above or below it, come to, where that is what it tells."""
    for below in (False, True):
        part = section(at, rows.total, below=below)
        parts = values[part[rows.data[part]]]
        if parts.size and not np.isnan(parts).all() and adds_up(parts, float(values[at])):
            return float(np.nansum(parts))
    return None
