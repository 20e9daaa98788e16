"""What must hold whatever the numbers are (METHODS §1-§5), and hostile numbers: a value or a stated reason."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import measure
from sitegen.measure.crossing import crossed
from sitegen.measure.daily import daily
from sitegen.measure.forecast import forecast, probability
from sitegen.measure.kinds import measurement, reading, wilson
from sitegen.measure.money import factors
from sitegen.measure.returns import returns
from sitegen.messages import Period
from sitegen.model.authored import LARGEST
from sitegen.model.computed import Returns
from sitegen.model.facts import Records
from tests.unit.measure.cases import dossier, rate, rowed, source, stands

MORE = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIRST, SPRING = date(2025, 10, 1), date(2026, 3, 31)
DAYS = (SPRING - FIRST).days + 1
COUNTS = st.integers(0, 1000)
UP = {"kpi": "conversion_rate", "target": "3%", "baseline": "2%", "start": "2026-01-01", "deadline": "2026-06-30"}


def site(sold: float, sessions: float = 1000) -> Records:
    return source(FIRST, {"transactions": [sold] * DAYS, "sessions": [sessions] * DAYS})


# ---------------------------------------------------------------- progress


@MORE
@given(low=st.integers(0, 60), more=st.integers(1, 60))
def test_progress_is_monotone_in_the_actual_value(low: int, more: int) -> None:
    less, greater = (stands(UP, SPRING, site(sold)) for sold in (low, low + more))
    assert (less.progress or 0) < (greater.progress or 0)
    assert (less.pace or 0) < (greater.pace or 0)


@MORE
@given(sold=st.integers(0, 60))
def test_progress_inverts_with_the_direction(sold: int) -> None:
    """As far above 2 % as it is below on the mirrored way to 1 %."""
    up = stands(UP, SPRING, site(sold))
    down = stands(UP | {"target": "1%", "direction": "down"}, SPRING, site(40 - sold if sold <= 40 else 0))
    if sold <= 40:
        assert down.progress == pytest.approx(up.progress, abs=1e-9)


# ---------------------------------------------------------------- returns


def shop(value: float, spend: float) -> Returns:
    ads = source(FIRST, {"spend": [spend] * 31, "conversion_value": [value] * 31, "conversions": [3] * 31}, "meta_ads")
    sales = source(FIRST, {"revenue": [value * 10] * 31}, path="shop.csv")
    client = dossier(ads, sales, margin="40%", incrementality="60%")
    return returns(client, daily(client, FIRST + timedelta(30)))


@MORE
@given(value=st.integers(1, 10_000), spend=st.integers(1, 10_000))
def test_a_return_of_doubled_gains(value: int, spend: int) -> None:
    """Twice the benefit for the same cost: ROI' = 2 ROI + 1."""
    once, twice = shop(value, spend).roi.value, shop(2 * value, spend).roi.value
    assert once is not None
    assert twice == pytest.approx(2 * once + 1)


# ---------------------------------------------------------------- sums


@MORE
@given(st.lists(COUNTS, min_size=2, max_size=60), st.data())
def test_the_parts_of_an_additive_metric_make_the_whole(values: list[int], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(values) - 1))
    client = dossier(source(FIRST, {"sessions": values}))
    read = reading("sessions", daily(client, FIRST + timedelta(len(values))), client)
    middle, end = FIRST + timedelta(cut), FIRST + timedelta(len(values) - 1)
    whole, left, right = (
        measurement(read, each).value
        for each in (Period(FIRST, end), Period(FIRST, middle - timedelta(1)), Period(middle, end))
    )
    assert whole == pytest.approx((left or 0) + (right or 0)) == sum(values)


def test_persons_are_added_over_no_days_and_no_channels() -> None:
    one, other = (source(FIRST, {"users": [457, 392]}, name, f"{name}.csv") for name in ("facebook", "instagram"))
    client = dossier(one, other)
    found = measurement(reading("users", daily(client, FIRST), client), Period(FIRST, FIRST + timedelta(1)))
    assert found.value is None
    assert found.reason is not None


@MORE
@given(st.lists(COUNTS, min_size=1, max_size=5))
def test_the_channels_of_an_additive_metric_make_the_whole(spends: list[int]) -> None:
    names = ("google_ads", "meta_ads", "tiktok_ads", "linkedin_ads", "pinterest_ads")[: len(spends)]
    files = [source(FIRST, {"spend": [spend]}, name, f"{name}.csv") for name, spend in zip(names, spends, strict=True)]
    client = dossier(*files)
    values, day = daily(client, FIRST), Period(FIRST, FIRST)
    each = [measurement(reading("spend", values, client, (name,)), day).value for name in names]
    assert measurement(reading("spend", values, client), day).value == sum(each) == sum(spends)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("metric", "told", "whole"),
    [
        ("followers", {"followers": [100, 120, 130]}, 130),  # the last, not 350
        ("click_through_rate", {"clicks": [1, 30, 0], "impressions": [10, 100, 90]}, 31 / 200),  # not 0.4
        ("average_order_value", {"revenue": [100, 900, 50], "transactions": [1, 3, 1]}, 210),  # not 450
    ],
)
def test_the_parts_of_other_metrics_are_never_added(metric: str, told: Any, whole: float) -> None:
    client = dossier(source(FIRST, told))
    found = measurement(
        reading(metric, daily(client, FIRST + timedelta(2)), client), Period(FIRST, FIRST + timedelta(2))
    )
    assert found.value == pytest.approx(whole)


@MORE
@given(st.lists(st.tuples(COUNTS, st.integers(1, 1000)), min_size=1, max_size=40))
def test_a_ratio_lies_between_its_daily_ones(rows: list[tuple[int, int]]) -> None:
    pairs = [(min(top, bottom), bottom) for top, bottom in rows]
    told = {"clicks": [top for top, _ in pairs], "impressions": [bottom for _, bottom in pairs]}
    client = dossier(source(FIRST, told))
    last = FIRST + timedelta(len(rows) - 1)
    found = measurement(reading("click_through_rate", daily(client, last), client), Period(FIRST, last))
    ratios = [top / bottom for top, bottom in pairs]
    assert min(ratios) - 1e-12 <= (found.value or 0) <= max(ratios) + 1e-12
    assert found.interval
    assert found.interval[0] - 1e-12 <= (found.value or 0) <= found.interval[1] + 1e-12


@given(cases=st.integers(0, 10**9), more=st.integers(0, 10**9))
def test_a_margin_of_error_holds_its_rate(cases: int, more: int) -> None:
    found = wilson(cases, cases + more)
    if found is None:
        assert cases + more == 0
    else:
        assert 0 <= found[0] <= cases / (cases + more) + 1e-12
        assert cases / (cases + more) - 1e-12 <= found[1] <= 1


# ---------------------------------------------------------------- money


@given(st.floats(1e-3, 1e4))
def test_a_currency_there_and_back_is_the_same(worth: float) -> None:
    told = [rate("EUR", "MAD", worth, "2025-01-01")]
    there, back = (factors(*pair, FIRST.toordinal(), 3, told) for pair in (("EUR", "MAD"), ("MAD", "EUR")))
    assert there * back == pytest.approx(1)


# ---------------------------------------------------------------- files


@MORE
@given(st.randoms(use_true_random=False), st.integers(1, 39))
def test_permuted_or_split_rows_change_nothing(random: Any, cut: int) -> None:
    rows = [
        (FIRST + timedelta(i // 2), name, {"spend": 0.1 * i + 0.7, "conversions": float(i % 7)})
        for i in range(80)
        for name in (("meta_ads", "google_ads")[i % 2],)
    ]
    whole = dossier(rowed(rows, "ads.csv"))
    mixed = list(rows)
    random.shuffle(mixed)
    as_of = FIRST + timedelta(39)
    parts = [rows[: 2 * cut], rows[2 * cut :]]
    split = dossier(*(rowed(part, f"ads-{i}.csv") for i, part in enumerate(parts)))
    period = Period(FIRST, as_of)

    def told(client: Any) -> list[float | None]:
        values = daily(client, as_of)
        return [measurement(reading(name, values, client), period).value for name in ("spend", "cost_per_conversion")]

    assert told(dossier(rowed(mixed, "ads.csv"))) == told(whole)
    assert told(split) == pytest.approx(told(whole))


@MORE
@given(spend=st.integers(0, 10_000), value=st.integers(0, 10_000))
def test_another_channel_never_changes_a_channels_figures(spend: int, value: int) -> None:
    def of_google(*more: Records) -> Any:
        told = {"spend": [10] * 31, "conversion_value": [50] * 31, "conversions": [1] * 31}
        client = dossier(source(FIRST, told, "google_ads", "google.csv"), *more)
        found = returns(client, daily(client, FIRST + timedelta(30)))
        return next(each for each in found.channels if each.channel == "google_ads")

    other = {"spend": [spend] * 31, "conversion_value": [value] * 31, "conversions": [2] * 31}
    assert of_google(source(FIRST, other, "meta_ads", "meta.csv")) == of_google()


# ---------------------------------------------------------------- forecast and crossing

SERIES = st.lists(st.floats(-1e300, 1e300, allow_nan=False), min_size=0, max_size=40)


@MORE
@given(SERIES, st.sampled_from(["log", "logit", "raw"]))
def test_a_forecast_of_anything_is_finite_or_none(values: list[float], scale: Any) -> None:
    found = forecast(np.array(values, float), 12, 5, scale, paths=50)
    if found is not None:
        assert np.isfinite(found.paths).all()
        assert np.isfinite(found.point).all()
        assert 0 <= probability(found.paths[:, -1], values[-1]) <= 1


@MORE
@given(st.lists(st.floats(1, 1e6), min_size=12, max_size=40), st.floats(0.01, 100))
def test_a_forecast_does_not_depend_on_the_unit(values: list[float], unit: float) -> None:
    first, other = (forecast(np.array(values) * times, 12, 4, paths=50) for times in (1.0, unit))
    assert first is not None
    assert other is not None
    assert other.point == pytest.approx(first.point * unit, rel=1e-6)


@MORE
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=0, max_size=60))
def test_a_crossing_of_anything_is_told_or_insufficient(pairs: list[tuple[float, float]]) -> None:
    first, second = (np.array([pair[side] for pair in pairs], float) for side in (0, 1))
    if len(pairs) < 2:
        return
    found = crossed(first, second, 52, 4)
    if found.status == "insufficient":
        assert found.rho is None
    else:
        assert found.rho is not None
        assert found.p_adjusted is not None
        assert -1 <= found.rho <= 1
        assert 0 <= found.p_adjusted <= 1


# ---------------------------------------------------------------- hostile numbers, through the whole scorecard

GOALS = [
    UP | {"kpi": "conversion_rate", "target": "+50%", "baseline": None},
    {"kpi": "transactions", "target": "+30%", "start": "2026-01-01", "deadline": "2026-12-31", "pacing": "seasonal"},
    {"kpi": "average_order_value", "target": "x1.5", "start": "2026-01-01", "deadline": "2026-12-31"},
    {"id": "today", "kpi": "sessions", "target": "1000", "start": "2026-01-01", "deadline": "2026-03-31"},
    {"id": "tomorrow", "kpi": "sessions", "target": "1000", "start": "2026-03-30", "deadline": "2026-04-01"},
    {"id": "leap", "kpi": "sessions", "target": "1000", "start": "2028-02-29", "deadline": "2029-02-28"},
    {"id": "kept", "kpi": "sessions", "target": ">= 10", "start": "2026-01-01", "deadline": "2026-12-31"},
]
# A cell that is no number, infinite or larger than `LARGEST` is an error of its file and reaches no formula.
HOSTILE = {
    "empty": [],
    "one row": [5.0],
    "all zero": [0.0] * 500,
    "minus zero": [-0.0] * 500,
    "constant": [7.0] * 500,
    "as large as is read": [LARGEST, LARGEST / 10] * 250,
    "tiny": [5e-324] * 500,
    "missing": [None] * 500,
    "every other day": [3.0, None] * 250,
    "one in a row of zeros": [0.0] * 300 + [1e9] + [0.0] * 199,
    "alternating": [0.0, 1e15] * 250,
}


def numbers(value: object) -> Any:
    if isinstance(value, float):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from numbers(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from numbers(getattr(value, field.name))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_numbers_give_a_value_or_a_stated_reason(name: str) -> None:
    values: Any = HOSTILE[name]
    first = SPRING - timedelta(max(len(values) - 1, 0))
    told = dict.fromkeys(("transactions", "sessions", "revenue", "spend", "interactions"), values)
    goals = [{key: value for key, value in goal.items() if value is not None} for goal in GOALS]
    client = dossier(source(first, told, "facebook"), objectives=goals, margin="40%", incrementality="60%")
    card = measure.scorecard(client, SPRING)
    assert all(math.isfinite(number) for number in numbers(card))
    for each in card.progress:
        assert each.current.value is not None or each.current.reason is not None


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)])
def test_leap_days_and_the_nights_of_clock_changes_are_days_like_others(day: date) -> None:
    """Of values that are told by day: no hour is missing, none counts twice."""
    first = day - timedelta(40)
    client = replace(dossier(source(first, {"sessions": [10] * 81})), timezone="Europe/Paris")
    values = daily(client, first + timedelta(80))
    for at in range(-3, 4):
        on = day + timedelta(at)
        assert measurement(reading("sessions", values, client), Period(on, on)).value == 10
