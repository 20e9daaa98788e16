"""Declared costs and the daily values in, what marketing cost and earned out (METHODS §4.1-4.3); tells no scenario.

Every figure is over one period: the one on which the shop's sales and the channels' spend are both observed. Each is a
number or the reason why there is none; what is unknown is left out, and the figure is then partial.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from math import isnan
from typing import Any

from sitegen.measure import money
from sitegen.measure.daily import Daily
from sitegen.measure.kinds import measurement, reading
from sitegen.measure.periods import DAY, meeting, within, years_back
from sitegen.messages import Message, Period, Unit, say
from sitegen.model.authored import COST_LINES, Client, Cost, ExchangeRate, Incrementality, Margin, Per
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import ChannelReturn, CostLine, Measurement, Returns, State
from sitegen.model.facts import Dossier

SALES = ("net_sales", "revenue", "total_sales", "gross_sales")  # the first that is there is the shop's own figure
MONTHS = 12


def returns(dossier: Dossier, daily: Daily) -> Returns:
    """Costs, sales and returns up to the last day of `daily`."""
    metric = next((name for name in SALES if daily.strands.get(name)), None)
    period = observed(metric, dossier, daily)
    line = partial(_line, period=period, currency=dossier.currency)
    channels = _channels(dossier, daily, period) if period else ()
    sales = _sales(metric, dossier, daily, period)
    costs, media = _costs(dossier, channels, period)
    known = [cost.amount for cost in costs if cost.amount is not None]
    total = line("total_cost", Unit.MONEY, lambda _: sum(known), media, whole=len(known) == len(costs))
    revenue = _sum("conversion_value", [each.conversion_value for each in channels if each.included], dossier, period)
    conversions = _sum("conversions", [each.conversions for each in channels if each.included], dossier, period)
    paid, earned = _paired(media, revenue, [each.roas for each in channels if each.included])
    had, cost = _paired(conversions, media, [each.cost_per_conversion for each in channels if each.included])
    rate = _declared("margin", dossier.client.margin)
    share = _declared("incrementality", dossier.client.incrementality)
    return Returns(
        period=period,
        currency=dossier.currency,
        sales_metric=metric,
        sales=sales,
        channels=channels,
        costs=costs,
        known_lines=len(known),
        media=media,
        total_cost=total,
        attributed_revenue=revenue,
        margin=rate.value,
        incrementality=share.value,
        **_told_by(dossier.client),
        roas=line("roas", Unit.RATIO, lambda value, cost: value / cost, earned, paid),
        blended_roas=line("blended_roas", Unit.RATIO, lambda value, cost: value / cost, sales, media),
        cost_per_conversion=line("cost_per_conversion", Unit.MONEY, lambda c, count: c / count, cost, had),
        roi_attributed=line("roi_attributed", Unit.CHANGE, lambda v, m, c: (v * m - c) / c, revenue, rate, total),
        roi_incremental=line(
            "roi_incremental", Unit.CHANGE, lambda v, s, m, c: (v * s * m - c) / c, revenue, share, rate, total
        ),
        break_even_roas_media=line("break_even_roas_media", Unit.RATIO, lambda m: 1 / m, rate),
        break_even_roas=line("break_even_roas", Unit.RATIO, lambda c, m, media: c / (m * media), total, rate, media),
        break_even_incrementality=line(
            "break_even_incrementality", Unit.RATE, lambda c, v, m: c / (v * m), total, revenue, rate
        ),
        break_even_roas_incremental=line(
            "break_even_roas_incremental",
            Unit.RATIO,
            lambda c, s, m, media: c / (m * s * media),
            total,
            share,
            rate,
            media,
        ),
    )


def _told_by(client: Client) -> dict[str, Any]:
    """Who says how large the margin and the additional share are, and since when."""
    told = {"margin": client.margin, "incrementality": client.incrementality}
    return {f"{name}_source": each.source for name, each in told.items() if each} | {
        f"{name}_on": each.date for name, each in told.items() if each
    }


def _sales(metric: str | None, dossier: Dossier, daily: Daily, period: Period | None) -> Measurement:
    if metric is None or period is None:
        return _unknown(SALES[0], dossier, "no_sales", period)
    return measurement(reading(metric, daily, dossier), period)


def observed(metric: str | None, dossier: Dossier, daily: Daily) -> Period | None:
    """The days on which sales and spend are both told, or what is told of either: the last twelve complete months if
    they are there, else at most the last twelve months. None without sales and without spend."""
    sold, spent = (reading(name, daily, dossier).span if name else None for name in (metric, "spend"))
    span = (sold.meet(spent) or spent) if sold and spent else (sold or spent)
    if span is None:
        return None
    months = within(span, "month")
    if len(months) >= MONTHS:
        return Period(months[-MONTHS].start, months[-1].end)
    return Period(max(span.start, years_back(span.end) + DAY), span.end)


# ---------------------------------------------------------------- channels


def _channels(dossier: Dossier, daily: Daily, period: Period) -> tuple[ChannelReturn, ...]:
    """Every channel with spend. One whose spend is observed on too few days of the period stays out of the totals, and
    is told over its own days, with its coverage of the period."""
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


def _sum(
    metric: str, parts: Sequence[Measurement], dossier: Dossier, period: Period | None, *, left_out: int = 0
) -> Measurement:
    """What the channels tell, added; those that tell nothing or are left out make the sum partial."""
    told = [part for part in parts if part.value is not None]
    if not told:
        return _unknown(metric, dossier, "no_spend" if not parts else f"no_{metric}", period)
    whole = not left_out and len(told) == len(parts) and all(part.state is State.COMPLETE for part in told)
    coverages = [part.coverage for part in told if part.coverage is not None]
    return Measurement(
        metric,
        told[0].unit,
        sum(part.value for part in told if part.value is not None),
        period,
        currency=told[0].currency,
        coverage=sum(coverages) / len(coverages) if coverages else None,
        state=State.COMPLETE if whole else State.PARTIAL,
        sources=tuple(sorted({path for part in told for path in part.sources})),
    )


def _paired(bottom: Measurement, top: Measurement, ratios: Sequence[Measurement]) -> tuple[Measurement, Measurement]:
    """`bottom` and `top` on the channels and days that tell both: an unknown side is no zero (METHODS §1)."""
    told = [each for each in ratios if each.value is not None]
    if not told:
        return bottom, top
    whole = len(told) == len(ratios) and all(each.state is State.COMPLETE for each in (bottom, top, *told))
    state = State.COMPLETE if whole else State.PARTIAL
    numerators, denominators = (each.numerator or 0 for each in told), (each.denominator or 0 for each in told)
    return replace(bottom, value=sum(denominators), state=state), replace(top, value=sum(numerators), state=state)


# ---------------------------------------------------------------- costs


def _costs(
    dossier: Dossier, channels: Sequence[ChannelReturn], period: Period | None
) -> tuple[tuple[CostLine, ...], Measurement]:
    """The six lines, and the spend on media: as exported, else as declared."""
    included = [each.spend for each in channels if each.included]
    spend = _sum("spend", included, dossier, period, left_out=len(channels) - len(included))
    declared = {kind: _cost(kind, getattr(dossier.client.costs, kind), dossier, period) for kind in COST_LINES}
    if spend.value is not None:
        declared["media"] = CostLine("media", spend.value, "export")
    elif declared["media"].amount is not None:
        spend = Measurement("spend", Unit.MONEY, declared["media"].amount, period, currency=dossier.currency)
    return tuple(declared.values()), spend


def _cost(kind: str, items: Sequence[Cost] | None, dossier: Dossier, period: Period | None) -> CostLine:
    """One declared line over the period; unknown when nobody told it, or when its currency has no rate."""
    cost = items[0] if items else None
    if cost is None or cost.amount is None or period is None:
        return CostLine(kind, None, "unknown", cost.note if cost else None)
    if cost.amount == 0:
        return CostLine(kind, 0.0, "zero", cost.note)
    amount = amounts(cost, period, dossier.currency, dossier.rates)
    return CostLine(kind, amount, "unknown" if amount is None else "declared", cost.note)


def amounts(cost: Cost, period: Period, currency: str, rates: Sequence[ExchangeRate]) -> float | None:
    """What a declared cost comes to over `period`, in `currency`: a month's or a year's amount by its days, each at its
    own rate; an amount paid once on its day. None without a rate."""
    active = Period(cost.start or period.start, cost.end or period.end).meet(period)
    if active is None or cost.amount is None:
        return 0.0
    if cost.per is Per.ONCE:
        shares = [(Period(cost.on, cost.on), 1.0)] if cost.on and cost.on in active else []
    else:
        shares = [(days, days.days / whole.days) for whole in _wholes(active, cost.per) if (days := whole.meet(active))]
    told_in = cost.currency or currency
    factors = (money.factors(told_in, currency, days.start.toordinal(), days.days, rates) for days, _ in shares)
    total = cost.amount * sum(share * float(each.mean()) for (_, share), each in zip(shares, factors, strict=True))
    return None if isnan(total) else total


def _wholes(period: Period, per: Per) -> Sequence[Period]:
    if per is Per.MONTH:
        return meeting(period, "month")
    return [Period(date(year, 1, 1), date(year, 12, 31)) for year in range(period.start.year, period.end.year + 1)]


# ---------------------------------------------------------------- figures


def _line(
    metric: str,
    unit: Unit,
    formula: Callable[..., float],
    *needs: Measurement,
    period: Period | None,
    currency: str,
    whole: bool = True,
) -> Measurement:
    """`formula` of the values of `needs`; the reason of the first that has none, or that a divisor is zero."""
    missing = next((each.reason for each in needs if each.value is None), None)
    money_of = currency if unit is Unit.MONEY else None
    if missing is None:
        try:
            value = formula(*(each.value for each in needs))
        except ZeroDivisionError:
            missing = say("returns.reason.zero")
        else:
            complete = whole and all(each.state is State.COMPLETE for each in needs)
            sources = tuple(sorted({path for each in needs for path in each.sources}))
            state = State.COMPLETE if complete else State.PARTIAL
            return Measurement(metric, unit, value, period, currency=money_of, state=state, sources=sources)
    return _none(metric, unit, period, money_of, missing)


def _declared(metric: str, told: Margin | Incrementality | None) -> Measurement:
    if told is None:
        return _none(metric, Unit.RATE, None, None, say(f"returns.reason.no_{metric}"))
    return Measurement(metric, Unit.RATE, told.rate, None)


def _unknown(metric: str, dossier: Dossier, reason: str, period: Period | None = None) -> Measurement:
    unit = METRICS[metric].unit
    currency = dossier.currency if unit is Unit.MONEY else None
    return _none(metric, unit, period, currency, say(f"returns.reason.{reason}"))


def _none(metric: str, unit: Unit, period: Period | None, currency: str | None, reason: Message) -> Measurement:
    return Measurement(metric, unit, None, period, currency=currency, state=State.NOT_COMPUTABLE, reason=reason)
