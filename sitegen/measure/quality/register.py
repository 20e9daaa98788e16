"""Records in, the register of sources out: what was read of each file, so that anybody can check it."""

from __future__ import annotations

from math import fsum

import numpy as np

from sitegen.measure.daily import covered
from sitegen.messages import Quantity, Text, Unit
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.computed import SourceSummary, UnmeasuredTable
from sitegen.model.exports import Figures, Gauge, Scale, TableReading
from sitegen.model.facts import Dossier, Records

_ADDED = {Scale.COUNT, Scale.MONEY}


def register(dossier: Dossier) -> tuple[SourceSummary, ...]:
    """Every source with the totals of its file as it stands; persons and stocks have none."""
    return tuple(_summary(records, dossier) for records in sorted(dossier.records, key=lambda records: records.path))


def observed(dossier: Dossier) -> tuple[tuple[str, SourceSummary], ...]:
    """What was read of each competitor, beside its name."""
    return tuple((name, _summary(records, dossier)) for name, files in dossier.competitors.items() for records in files)


def _summary(records: Records, dossier: Dossier) -> SourceSummary:
    return SourceSummary(
        records.path,
        records.digest,
        len(records.days),
        covered(records),
        tuple(sorted(records.channel_names)),
        records.currency,
        tuple(_total(metric, records) for metric in sorted(records.metrics)),
        tuple(sorted(records.columns.items())),
        *_origin(records, dossier),
    )


def _total(metric: str, records: Records) -> tuple[str, float | None, int]:
    """Metric, exact sum of the present cells whatever their order (None where adding up means nothing), empty ones."""
    cells = np.asarray(records.metrics[metric], dtype=np.float64)
    told = cells[~np.isnan(cells)].tolist()
    return metric, fsum(told) if METRICS[metric].kind is Kind.FLOW else None, len(cells) - len(told)


def _origin(records: Records, dossier: Dossier) -> tuple[str | None, Text | None]:
    """The platform and the report of an export that was recognised."""
    for reading in dossier.readings:
        for table in reading.tables:
            if (reading.path, table.line) == (records.path, records.table):
                return reading.name, _title(table)
    return None, None


def unmeasured(dossier: Dossier) -> tuple[UnmeasuredTable, ...]:
    """The tables of the client's exports that were read and count in no number, with what they tell and why not."""
    return tuple(
        UnmeasuredTable(
            reading.path,
            reading.name,
            _title(table),
            table.rows,
            table.period or table.span,
            table.unmeasured,
            tuple((figures.header, _sum(figures)) for figures in table.figures if figures.cells),
        )
        for reading in sorted(dossier.readings, key=lambda reading: reading.path)
        for table in reading.tables
        if table.unmeasured is not None and table.rows
    )


def _title(table: TableReading) -> Text | None:
    return Text(tuple(sorted(table.title.items()))) if table.title else None


def _sum(figures: Figures) -> Quantity | None:
    """The sum of a column as it stands, where it has a meaning."""
    if figures.gauge is not Gauge.FLOW or figures.total is None or figures.scale not in _ADDED:
        return None
    if figures.scale is Scale.MONEY and figures.currency:
        return Quantity(figures.total, Unit.MONEY, figures.currency)
    return Quantity(figures.total, Unit.COUNT)
