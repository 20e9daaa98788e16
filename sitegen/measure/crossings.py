"""Dossier and daily values in, what social media and the business have to do with each other out (METHODS §5).

Chooses the pairs and lays them on one calendar; `crossing` compares them. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from sitegen.measure.arrays import Array
from sitegen.measure.crossing import crossed, needed
from sitegen.measure.daily import Daily
from sitegen.measure.history import history, periods
from sitegen.measure.kinds import Reading, read_until, reading, tally
from sitegen.measure.returns import SALES
from sitegen.messages import Period
from sitegen.model.authored import Event
from sitegen.model.computed import Crossing, Grain
from sitegen.model.facts import Dossier

LEADING = "interactions"  # what people do with posts; followers and impressions are bought or given
FOLLOWING = (("sessions",), (*SALES, "leads", "transactions"))  # of each the first that is there
CYCLES: Mapping[Grain, int] = {"week": 52, "month": 12}
LAGS: Mapping[Grain, int] = {"week": 4, "month": 2}
DRAWN: Mapping[Grain, int] = {"week": 26, "month": 12}  # the fewest periods that are shown at all
LONGEST: Mapping[Grain, int] = {"week": 156, "month": 60}


def crossings(dossier: Dossier, daily: Daily, as_of: date) -> tuple[Crossing, ...]:
    """Interactions beside visits and beside sales, on the complete weeks that both tell without a gap.

    Files of months are laid on months. None without interactions, or where fewer than half a year of weeks (a year of
    months) is told.
    """
    seconds = [next((name for name in names if daily.strands.get(name)), None) for names in FOLLOWING]
    if not daily.strands.get(LEADING):
        return ()
    first = reading(LEADING, daily, dossier)
    pairs = [(first, reading(name, daily, dossier)) for name in seconds if name is not None]
    laid = [_laid(*pair, as_of) for pair in pairs]
    shown = [(pair, *found) for pair, found in zip(pairs, laid, strict=True) if found]
    spend = reading("spend", daily, dossier) if daily.strands.get("spend") else None
    return tuple(_crossing(*pair, by, days, spend, dossier.client.events, len(shown)) for pair, by, days in shown)


def _laid(first: Reading, second: Reading, as_of: date) -> tuple[Grain, Sequence[Period]] | None:
    """The grain, and the periods at the end that both tell without a gap; None where they are too few to be shown."""
    by: Grain = "month" if "month" in (first.grain, second.grain) else "week"
    until = min(read_until(first, as_of), read_until(second, as_of))
    known = [_values(each, until, by) for each in (first, second)]
    days: list[Period] = []
    for period in reversed(periods(first, until, by)):
        if any(period.start not in values for values in known) or len(days) == LONGEST[by]:
            break
        days.append(period)
    return (by, days[::-1]) if len(days) >= DRAWN[by] else None


def _values(reading: Reading, until: date, by: Grain) -> Mapping[date, float]:
    """The total of each complete period that is known, by its first day."""
    told = zip(periods(reading, until, by), history(reading, until, by), strict=True)
    return {period.start: mean * period.days for period, mean in told if mean is not None}


def _crossing(
    first: Reading,
    second: Reading,
    by: Grain,
    days: Sequence[Period],
    spend: Reading | None,
    events: Sequence[Event],
    pairs: int,
) -> Crossing:
    read = [each for each in (first, second, spend) if each is not None]
    known = [_values(each, days[-1].end, by) for each in (first, second)]
    left, right = (np.array([each[period.start] for period in days]) for each in known)
    columns = _columns(events, days)
    link = crossed(_even(left), _even(right), CYCLES[by], LAGS[by], columns, pairs)
    missing = needed(CYCLES[by], LAGS[by], columns.shape[1]) - len(days) if link.status == "insufficient" else 0
    return Crossing(
        first=first.metric.id,
        second=second.metric.id,
        grain=by,
        start=days[0].start,
        first_values=tuple(left.tolist()),
        second_values=tuple(right.tolist()),
        spend=tuple(_spent(spend, period) for period in days) if spend else (),
        link=link,
        alike=_alike(left, right),
        missing=max(missing, 1) if link.status == "insufficient" else 0,
        currency=second.currency or (spend.currency if spend else None),
        sources=tuple(sorted({path for each in read for path in each.sources})),
    )


def _spent(spend: Reading, period: Period) -> float | None:
    """What was spent, by those files that tell it: a channel that joins in is spent more."""
    mean = tally(spend, period).mean
    return None if mean is None else mean * period.days


def _columns(events: Sequence[Event], days: Sequence[Period]) -> Array:
    """A column for each kind of event, 1 in the periods that one of them touches: sales and feasts that come back are
    one event, so that few periods are spent on them."""
    kinds = sorted({event.kind for event in events})
    touched = [
        [any(event.kind == kind and _touches(event, period) for event in events) for period in days] for kind in kinds
    ]
    columns: Array = np.array(touched, float).reshape(len(kinds), len(days)).T
    return columns


def _touches(event: Event, period: Period) -> bool:
    return Period(event.start, event.end or event.start).meet(period) is not None


def _even(values: Array) -> Array:
    """On a scale on which growths are alike; as they are where refunds exceed sales."""
    return np.log1p(values) if values.min() >= 0 else values


def _alike(first: Array, second: Array) -> float:
    """Correlation of the curves as they are drawn; 0 where one of them is flat."""
    left, right = (each / (np.abs(each).max() or 1.0) for each in (first, second))
    left, right = left - left.mean(), right - right.mean()
    spread = float(np.sqrt((left @ left) * (right @ right)))
    return float(left @ right) / spread if spread > 0 else 0.0
