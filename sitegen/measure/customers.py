"""What a customer buys and costs in, what he brings and when he has paid for himself out (METHODS §4.1); reads no file.

Money is in one currency and excluding VAT. Nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def lifetime_value(
    order_value: float, orders_per_year: float, years: float, margin: float, service_cost: float = 0.0
) -> float:
    """Average order × orders a year × years × margin rate, less what serving him costs in that time. Of margin, not of
    revenue: the goods are paid for."""
    return order_value * orders_per_year * years * margin - service_cost


def months_to_pay_back(acquisition_cost: float, order_value: float, orders_per_year: float, margin: float) -> float:
    """After how many months his margin has paid for his acquisition. Raises ZeroDivisionError without any margin."""
    return acquisition_cost / (order_value * orders_per_year * margin / 12)


def payback_month(outlay: float, monthly: Sequence[float]) -> int | None:
    """The first month, from 1, by whose end the net margins add up to the outlay; None where they never do."""
    return next((month for month, sum_ in enumerate(accumulate(monthly), 1) if sum_ >= outlay), None)
