"""The channels that spend money in, what each cost and says it brought out, and their sums; knows no other cost.

Every channel tells its own period: a sum holds the channels that are observed on enough days of the returns' period,
and a ratio those that tell both of its sides (METHODS §1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sitegen.measure.daily import Daily
from sitegen.measure.figures import Figures
from sitegen.measure.kinds import measurement, reading
from sitegen.messages import Period
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import ChannelReturn, Measurement, State
from sitegen.model.facts import Dossier


def channels(dossier: Dossier, daily: Daily, period: Period | None) -> tuple[ChannelReturn, ...]:
    """Every channel with spend. One whose spend is observed on too few days of the period stays out of the totals, and
    is told over its own days, with its coverage of the period."""
    if period is None:
        return ()
    return tuple(_channel(name, dossier, daily, period) for name in sorted(daily.strands.get("spend", {})))


def _channel(name: str, dossier: Dossier, daily: Daily, period: Period) -> ChannelReturn:
    spent = reading("spend", daily, dossier, (name,))
    whole = measurement(spent, period)
    included = whole.value is not None
    own = period if included else (spent.span and spent.span.meet(period)) or period

    def told(metric: str) -> Measurement:
        return measurement(reading(metric, daily, dossier, (name,)), own)

    return ChannelReturn(
        channel=name,
        spend=whole if included else _aside(told("spend"), whole),
        impressions=told("impressions"),
        clicks=told("clicks"),
        conversions=told("conversions"),
        conversion_value=told("conversion_value"),
        roas=told("roas"),
        cost_per_conversion=told("cost_per_conversion"),
        included=included,
        new_customers=told("new_customers"),
        acquisition_cost=told("acquisition_cost"),
    )


def _aside(own: Measurement, whole: Measurement) -> Measurement:
    """What a channel spent on its own days, marked with how little of the period that is."""
    return own if own.value is None else replace(own, coverage=whole.coverage, state=State.PARTIAL)


def added(metric: str, parts: Sequence[Measurement], figures: Figures, *, left_out: int = 0) -> Measurement:
    """What the channels tell, added; those that tell nothing or are left out make the sum partial."""
    told = [part for part in parts if part.value is not None]
    if not told:
        return figures.unknown(metric, METRICS[metric].unit, f"no_{metric}" if parts else "no_spend")
    whole = not left_out and len(told) == len(parts)
    total = figures.of(metric, told[0].unit, lambda *values: sum(values), *told, whole=whole)
    coverages = [part.coverage for part in told if part.coverage is not None]
    return replace(total, coverage=sum(coverages) / len(coverages) if coverages else None)


def paired(bottom: Measurement, top: Measurement, ratios: Sequence[Measurement]) -> tuple[Measurement, Measurement]:
    """`bottom` and `top` on the channels and days that tell both: an unknown side is no zero (METHODS §1)."""
    told = [each for each in ratios if each.value is not None]
    if not told:
        return bottom, top
    whole = len(told) == len(ratios) and all(each.state is State.COMPLETE for each in (bottom, top, *told))
    state = State.COMPLETE if whole else State.PARTIAL
    numerators, denominators = (each.numerator or 0 for each in told), (each.denominator or 0 for each in told)
    return replace(bottom, value=sum(denominators), state=state), replace(top, value=sum(numerators), state=state)
