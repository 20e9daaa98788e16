"""The chance of weeks in a return (METHODS §4.5): its interval, and when there is none."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from sitegen.model.computed import Returns

from .cases import source
from .marketing import COSTS, found, shop

FIRST = date(2026, 8, 3)  # a Monday
TERMS = {"costs": COSTS, "margin": "45%", "incrementality": "60%"}


def weekly(values: Any) -> list[float]:
    return [float(value) / 7 for value in values for _ in range(7)]


def sold(weeks: int = 12, conversions: float = 30.0, spread: float = 1000.0, **terms: Any) -> Returns:
    claimed = 30_000 + spread * np.random.default_rng(3).standard_normal(weeks)
    told = {
        "spend": weekly([4000] * weeks),
        "conversion_value": weekly(claimed),
        "conversions": weekly([conversions] * weeks),
    }
    ads = source(FIRST, told, "google_ads", "google.csv")
    days = 7 * weeks
    as_of = date.fromordinal(FIRST.toordinal() + days - 1)
    return found(ads, shop(20_000, days, FIRST), as_of=as_of, **{**TERMS, **terms})


def test_the_interval_holds_the_return_and_widens_with_the_weeks() -> None:
    calm, wild = sold(), sold(spread=6000.0)
    low, high = calm.roi_interval
    assert calm.roi
    assert low < (calm.roi.value or 0) < high
    assert wild.roi_interval[1] - wild.roi_interval[0] > 3 * (high - low)


def test_weeks_that_are_all_alike_leave_no_doubt() -> None:
    case = sold(spread=0.0)
    assert case.roi
    assert case.roi_interval == pytest.approx((case.roi.value, case.roi.value))


def test_it_is_narrow_since_the_assumptions_are_fixed() -> None:
    case = sold()
    values = [scenario.roi.value or 0 for scenario in case.scenarios]
    assert case.roi_interval[1] - case.roi_interval[0] < max(values) - min(values)


@pytest.mark.parametrize(("weeks", "conversions"), [(7, 30.0), (12, 2.4)], ids=["seven weeks", "29 conversions"])
def test_too_little_has_no_interval(weeks: int, conversions: float) -> None:
    assert sold(weeks, conversions).roi_interval == ()


def test_eight_weeks_and_thirty_conversions_have_one() -> None:
    assert sold(8, 30 / 8).roi_interval != ()


def test_without_a_margin_there_is_none() -> None:
    assert sold(margin=None).roi_interval == ()
