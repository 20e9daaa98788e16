"""Dossier and daily values in, what marketing cost and earned out (METHODS §4.1-4.5); knows how no lever is valued.

Every figure is over one period: the one on which the shop's sales and the channels' spend are both observed. Each is a
number or the reason why there is none; what is unknown is left out, and the figure is then partial.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, Literal

from sitegen.measure.advertising import added, channels, paired
from sitegen.measure.costs import costs, known_lines
from sitegen.measure.customers import customer_value
from sitegen.measure.daily import Daily
from sitegen.measure.figures import Figures
from sitegen.measure.gains import communication, sales_gain
from sitegen.measure.kinds import measurement, reading
from sitegen.measure.periods import last_year
from sitegen.measure.scenarios import booked, scenarios
from sitegen.measure.service import service
from sitegen.measure.uncertainty import roi_interval
from sitegen.messages import Period, Unit
from sitegen.model.authored import COST_LINES, Client, Incrementality, Margin
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Measurement, Returns, SalesGain
from sitegen.model.facts import Dossier

ORDERS = ("transactions", "orders")
SALES = ("net_sales", "revenue", "total_sales", "gross_sales")  # the first that is there is the shop's own figure


def returns(dossier: Dossier, daily: Daily) -> Returns:
    """Costs, sales, gains and returns up to the last day of `daily`, over the period of `observed`.

    `roi_attributed` and `roi_incremental` are of sales alone; `roi` is of every lever. Money is in the client's
    currency and, where the VAT rate of the sales is known, excludes it.
    """
    client = dossier.client
    metric = next((name for name in SALES if daily.strands.get(name)), None)
    period = observed(metric, dossier, daily)
    figures = Figures(period, dossier.currency)
    each = channels(dossier, daily, period)
    counted = [channel for channel in each if channel.included]
    sales = _measured(metric or SALES[0], "no_sales", dossier, daily, figures)
    spend = added("spend", [one.spend for one in counted], figures, left_out=len(each) - len(counted))
    lines, media = costs(dossier, spend, figures)
    known = known_lines(lines)
    amount = sum(line.amount for line in lines if line.amount is not None)
    total = figures.of("total_cost", Unit.MONEY, lambda _: amount, media, whole=known == len(COST_LINES))

    revenue = added("conversion_value", [one.conversion_value for one in counted], figures)
    conversions = added("conversions", [one.conversions for one in counted], figures)
    paid, earned = paired(media, revenue, [one.roas for one in counted])
    had, cost = paired(conversions, media, [one.cost_per_conversion for one in counted])
    customers = _measured("new_customers", "no_new_customers", dossier, daily, figures)

    tax, vat = _vat(dossier, {*sales.sources, *revenue.sources})
    rate, share = (_declared(name, getattr(client, name), figures) for name in ("margin", "incrementality"))
    # A margin rate is excluding VAT: it holds for no sales that include it.
    taxed = tax == "included" and revenue.value is not None
    claimed = figures.unknown(revenue.metric, Unit.MONEY, "tax_included") if taxed else revenue
    gain = sales_gain(claimed, sales, share, rate, client.incrementality, figures)
    replaced = client.gains.communication
    saving = communication(replaced, media, dossier, daily, period) if replaced and period else None
    helped = client.gains.service
    cheaper = service(helped, dossier, daily, period) if helped and period else None
    others = [lever for lever in (saving and saving.avoided, cheaper and cheaper.booked) if lever]
    beside = booked("other_gains", others, figures)
    benefit = _benefit(gain.margin, others, figures)
    net = figures.of("net", Unit.MONEY, lambda earned, spent: earned - spent, benefit, total)
    acquired = figures.of("acquisition_cost", Unit.MONEY, lambda c, n: c / n, total, customers)
    sold = figures.unknown(sales.metric, Unit.MONEY, "tax_included") if tax == "included" else sales
    orders = next((name for name in ORDERS if daily.strands.get(name)), ORDERS[0])
    ordered = _measured(orders, "no_orders", dossier, daily, figures)

    found = Returns(
        period=period,
        currency=dossier.currency,
        sales_metric=metric,
        sales=sales,
        channels=each,
        costs=lines,
        known_lines=known,
        media=media,
        total_cost=total,
        attributed_revenue=revenue,
        margin=rate.value,
        incrementality=share.value,
        **_told_by(client),
        roas=figures.of("roas", Unit.RATIO, lambda value, media: value / media, earned, paid),
        blended_roas=figures.of("blended_roas", Unit.RATIO, lambda value, media: value / media, sales, media),
        cost_per_conversion=figures.of("cost_per_conversion", Unit.MONEY, lambda c, n: c / n, cost, had),
        **_on_sales(claimed, gain, rate, share, media, total, beside, figures),
        tax=tax,
        vat=vat,
        new_customers=customers,
        acquisition_cost=acquired,
        customer=customer_value(client.customer, sold, ordered, rate, acquired, figures) if client.customer else None,
        sales_gain=gain,
        communication=saving,
        service=cheaper,
        benefit=benefit,
        net=net,
        roi=figures.of("roi", Unit.CHANGE, lambda left, spent: left / spent, net, total),
        scenarios=scenarios(gain.revenue, beside, total, client.incrementality, client.margin, figures),
    )
    return replace(found, roi_interval=roi_interval(found, dossier, daily))


def _on_sales(
    claimed: Measurement,
    gain: SalesGain,
    rate: Measurement,
    share: Measurement,
    media: Measurement,
    total: Measurement,
    others: Measurement,
    figures: Figures,
) -> dict[str, Any]:
    """The returns on sales alone, and what they would have to be for a return of zero (METHODS §4.1). The gains of the
    `others` lower the additional share that this takes."""

    def ratio(metric: str, formula: Callable[..., float], *needs: Measurement) -> Measurement:
        return figures.of(metric, Unit.RATIO, formula, *needs)

    return {
        "roi_attributed": figures.of(
            "roi_attributed", Unit.CHANGE, lambda v, m, c: (v * m - c) / c, claimed, rate, total
        ),
        "roi_incremental": figures.of("roi_incremental", Unit.CHANGE, lambda v, c: (v - c) / c, gain.margin, total),
        "break_even_roas_media": ratio("break_even_roas_media", lambda m: 1 / m, rate),
        "break_even_roas": ratio("break_even_roas", lambda c, m, media: c / (m * media), total, rate, media),
        "break_even_roas_incremental": ratio(
            "break_even_roas_incremental", lambda c, s, m, media: c / (m * s * media), total, share, rate, media
        ),
        "break_even_incrementality": figures.of(
            "break_even_incrementality",
            Unit.RATE,
            lambda c, gained, v, m: max(0.0, c - gained) / (v * m),
            total,
            others,
            gain.revenue,
            rate,
        ),
    }


def _told_by(client: Client) -> dict[str, Any]:
    """Who says how large the margin and the additional share are, and since when."""
    told = {"margin": client.margin, "incrementality": client.incrementality}
    return {f"{name}_source": each.source for name, each in told.items() if each} | {
        f"{name}_on": each.date for name, each in told.items() if each
    }


def _benefit(margin: Measurement, others: Sequence[Measurement], figures: Figures) -> Measurement:
    """What every lever books, as far as it is known. Where sales are unknown and no other lever books anything, it is
    unknown for the reason of sales: nothing known to be gained is no loss of all costs."""
    if margin.value is None and not any(lever.value for lever in others):
        return replace(margin, metric="benefit")
    return booked("benefit", (margin, *others), figures)


def _declared(metric: str, told: Margin | Incrementality | None, figures: Figures) -> Measurement:
    return figures.told(metric, Unit.RATE, told.rate if told else None, f"no_{metric}")


def _measured(metric: str, reason: str, dossier: Dossier, daily: Daily, figures: Figures) -> Measurement:
    """What the files tell of `metric` over the period; `returns.reason.<reason>` when they tell nothing of it."""
    if figures.period is None or not daily.strands.get(metric):
        return figures.unknown(metric, METRICS[metric].unit, reason)
    return measurement(reading(metric, daily, dossier), figures.period)


def observed(metric: str | None, dossier: Dossier, daily: Daily) -> Period | None:
    """The days on which sales and spend are both told, or what is told of either: the last twelve complete months if
    they are there, else at most the last twelve months. None without sales and without spend."""
    sold, spent = (reading(name, daily, dossier).span if name else None for name in (metric, "spend"))
    span = (sold.meet(spent) or spent) if sold and spent else (sold or spent)
    return last_year(span) if span else None


# ---------------------------------------------------------------- VAT


def _vat(dossier: Dossier, paths: Collection[str]) -> tuple[Literal["excluded", "included", "unknown"], float | None]:
    """Whether the sales of these files, as they are told here, include VAT, and the rate that was taken out of them."""
    told = {records.tax for records in dossier.records if records.path in paths}
    rate = dossier.client.vat if "included" in told else None
    if "included" in told and rate is None:
        return "included", None
    return "unknown" if None in told or not told else "excluded", rate
