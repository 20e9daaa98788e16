"""What a customer buys in, what he is worth and when he has paid for his acquisition out (METHODS §4.1).

Money is in one currency and excluding VAT. What he is worth is of margin, not of revenue: the goods are paid for.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from sitegen.measure.figures import Figures
from sitegen.messages import Unit, say
from sitegen.model.authored import Customer
from sitegen.model.computed import CustomerValue, Measurement


def customer_value(
    told: Customer,
    sales: Measurement,
    orders: Measurement,
    margin: Measurement,
    acquisition_cost: Measurement,
    figures: Figures,
) -> CustomerValue:
    """What a customer of average orders brings in the months that he stays, beside what he cost; a payback that these
    months do not hold is none."""
    years, times, served = told.months / 12, told.orders_per_year, told.service_cost
    order = figures.of("order_value", Unit.MONEY, lambda sold, count: sold / count, sales, orders)
    value = figures.of(
        "lifetime_value", Unit.MONEY, lambda each, rate: lifetime_value(each, times, years, rate, served), order, margin
    )
    monthly = figures.of("monthly_margin", Unit.MONEY, lambda each, rate: each * times * rate / 12, order, margin)
    ratio = figures.of("lifetime_to_cost", Unit.RATIO, lambda worth, cost: worth / cost, value, acquisition_cost)
    return CustomerValue(
        orders_per_year=times,
        months=told.months,
        order_value=order,
        lifetime_value=value,
        lifetime_to_cost=ratio,
        monthly_margin=monthly,
        payback_months=_payback(acquisition_cost, monthly, told.months, figures),
        service_cost=figures.declared("service_cost", Unit.MONEY, served) if served else None,
        source=told.source,
        on=told.date,
    )


def _payback(cost: Measurement, monthly: Measurement, stays: int, figures: Figures) -> Measurement:
    """In how many of the months that he `stays`; none where they are too few."""
    found = figures.of(
        "payback_months", Unit.RATIO, lambda cost, each: months_to_pay_back(cost, [each] * stays), cost, monthly
    )
    if found.value == inf:
        return figures.none("payback_months", Unit.RATIO, say("returns.reason.not_paid_back", count=stays))
    return found


def lifetime_value(
    order_value: float, orders_per_year: float, years: float, margin: float, service_cost: float = 0.0
) -> float:
    """Average order × orders a year × years × margin rate, less what serving him costs in that time."""
    return order_value * orders_per_year * years * margin - service_cost


def months_to_pay_back(outlay: float, monthly: Sequence[float]) -> float:
    """After how many months the net margins add up to `outlay`, each month's evenly over its days; infinity where they
    never do."""
    left = outlay
    for month, earned in enumerate(monthly):
        if left <= 0:
            return float(month)
        if earned >= left:
            return month + left / earned
        left -= earned
    return inf
