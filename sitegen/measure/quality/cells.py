"""The cells of each file in, those that cannot be right out: empty ones, no exchange rate, more parts than the whole.

Each row is judged by itself, so that the line is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from sitegen.errors import Problem, Severity
from sitegen.measure import money
from sitegen.measure.daily import covered, ends
from sitegen.measure.quality.told import notice
from sitegen.messages import Quantity, Unit, say
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.facts import Dossier, Records

UNNAMED = 0.10  # share of what the platform could not name, from which a breakdown says little
# A part and its whole, counted in the same row. Of the first ones platforms count some otherwise (a click that needs no
# impression, a conversion of an earlier visit): told. The others leave no doubt once they are more than a few.
DOUBTFUL = (
    ("clicks", "impressions"),
    ("link_clicks", "impressions"),
    ("conversions", "sessions"),
    ("transactions", "sessions"),
    ("leads", "sessions"),
)
CERTAIN = (
    ("reach", "impressions"),
    ("answered_in_time", "messages_answered"),
    ("mentions_positive", "mentions"),
    ("mentions_neutral", "mentions"),
    ("mentions_negative", "mentions"),
    ("mentions", "market_mentions"),
)
FEW = 0.05  # share of impossible rows up to which they are told only; beyond it the columns are taken for each other


def cells_told(dossier: Dossier) -> Iterator[Problem]:
    """Columns too often empty, amounts without a rate, rows that cannot be, too much without a name."""
    yield from _empty(dossier)
    yield from _without_rate(dossier)
    for records in dossier.records:
        for part, whole in (*DOUBTFUL, *CERTAIN):
            yield from _impossible(records, part, whole)
    yield from _unnamed(dossier)


def _empty(dossier: Dossier) -> Iterator[Problem]:
    """Columns that are empty on so many days with rows that no total can be published."""
    for records in dossier.records:
        if records.gaps_are_zero or not len(records.days):
            continue
        slots = np.asarray(records.days, dtype=np.int64) * len(records.channel_names) + np.asarray(records.channels)
        _, first, row_of = np.unique(slots, return_index=True, return_inverse=True)
        days = (ends(records) - np.asarray(records.days) + 1)[first]
        for metric, cells in sorted(records.metrics.items()):
            told = np.bincount(row_of, ~np.isnan(np.asarray(cells, dtype=np.float64))) > 0
            if METRICS[metric].kind is Kind.FLOW and told.any() and told.mean() < dossier.thresholds.coverage_partial:
                message = say(
                    "quality.empty_cells",
                    column=records.columns.get(metric, metric),
                    count=int(days[~told].sum()),
                    days=int(days.sum()),
                )
                yield notice(records.path, message, hint="gaps_zero")


def _without_rate(dossier: Dossier) -> Iterator[Problem]:
    """Amounts in another currency, on days without an exchange rate: they are missing from every total."""
    for records in dossier.records:
        span = covered(records)
        amounts = [metric for metric in records.metrics if METRICS[metric].unit is Unit.MONEY]
        if span is None or not amounts or records.currency is None:
            continue
        worth = money.factors(records.currency, dossier.currency, span.start.toordinal(), span.days, dossier.rates)
        if count := int(np.isnan(worth).sum()):
            message = say("quality.no_rate", currency=records.currency, to=dossier.currency, count=count)
            yield notice(records.path, message, hint="no_rate")


def _impossible(records: Records, part: str, whole: str) -> Iterator[Problem]:
    """Rows in which the part is more than the whole, at the first of them."""
    if part not in records.metrics or whole not in records.metrics:
        return
    some, all_ = (np.asarray(records.metrics[metric], dtype=np.float64) for metric in (part, whole))
    told = ~np.isnan(some) & ~np.isnan(all_)
    rows = np.flatnonzero(told & (some > all_))
    if not rows.size:
        return
    first = int(rows[0])
    message = say(
        "quality.impossible",
        part=say(f"metrics.{part}.name"),
        whole=say(f"metrics.{whole}.name"),
        more=Quantity(float(some[first]), METRICS[part].unit),
        less=Quantity(float(all_[first]), METRICS[whole].unit),
        day=date.fromordinal(records.days[first]),
        count=int(rows.size),
    )
    certain = (part, whole) in CERTAIN and rows.size > FEW * told.sum()
    severity = Severity.ERROR if certain else Severity.WARNING
    yield notice((records.path, records.lines[first]), message, severity, "impossible")


def _unnamed(dossier: Dossier) -> Iterator[Problem]:
    """Too much in rows that the platform could not name: what the others tell by name is then not the whole."""
    for records in dossier.records:
        for metric, share in sorted(records.unnamed.items()):
            if share > UNNAMED:
                message = say("quality.unnamed", metric=say(f"metrics.{metric}.name"), share=Quantity(share, Unit.RATE))
                yield notice(records.path, message, hint="unnamed")
