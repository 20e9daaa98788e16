"""Records in, the register of sources out: what was read of each file, so that anybody can check it."""

from __future__ import annotations

from math import fsum

import numpy as np

from sitegen.measure.daily import covered
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.computed import SourceSummary
from sitegen.model.facts import Dossier, Records


def register(dossier: Dossier) -> tuple[SourceSummary, ...]:
    """Every source with the totals of its file as it stands; persons and stocks have none."""
    return tuple(
        SourceSummary(
            records.path,
            records.digest,
            len(records.days),
            covered(records),
            tuple(sorted(records.channel_names)),
            records.currency,
            tuple(_total(metric, records) for metric in sorted(records.metrics)),
            tuple(sorted(records.columns.items())),
        )
        for records in sorted(dossier.records, key=lambda records: records.path)
    )


def _total(metric: str, records: Records) -> tuple[str, float | None, int]:
    """Metric, exact sum of the present cells whatever their order (None where adding up means nothing), empty ones."""
    cells = np.asarray(records.metrics[metric], dtype=np.float64)
    told = cells[~np.isnan(cells)].tolist()
    return metric, fsum(told) if METRICS[metric].kind is Kind.FLOW else None, len(cells) - len(told)
