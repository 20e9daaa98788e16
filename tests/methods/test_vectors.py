"""Every worked number of METHODS.md, by the name of its vector. Where the text was corrected the text holds (pace)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from math import inf, log
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sitegen.measure.coherence import implied
from sitegen.measure.comparisons import comparison
from sitegen.measure.crossing import crossed
from sitegen.measure.customers import lifetime_value, months_to_pay_back
from sitegen.measure.daily import daily
from sitegen.measure.forecast import forecast, probability
from sitegen.measure.kinds import measurement, reading, wilson
from sitegen.measure.pacing import linear
from sitegen.measure.periods import enclosing
from sitegen.measure.progress import progress, uplift
from sitegen.measure.quality import notices
from sitegen.measure.quality.shapes import FAR, robust_z
from sitegen.measure.realism import compared, growth, growths
from sitegen.measure.sampling import block_interval
from sitegen.messages import Period
from sitegen.model.computed import Measurement
from tests.unit.measure.cases import dossier, rate, source, stands
from tests.unit.measure.marketing import channel, shop
from tests.unit.measure.marketing import found as found_returns
from tests.unit.measure.marketing import vector as shop_vector
from tests.unit.measure.test_gains import press, saved
from tests.unit.measure.test_pacing import MONTHS, by_month
from tests.unit.measure.test_service import served

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "methods" / "vectors.json"
MAY = date(2026, 5, 1)


def over(days: int, metric: str, *records: Any, rates: Any = ()) -> Measurement:
    client = dossier(*records, rates=rates)
    found = reading(metric, daily(client, MAY + timedelta(days - 1)), client)
    return measurement(found, Period(MAY, MAY + timedelta(days - 1)))


def test_ctr() -> None:
    two = source(MAY, {"clicks": [50, 1000], "impressions": [1000, 100_000]})
    assert over(2, "click_through_rate", two).value == pytest.approx(0.010396, abs=5e-7)


def test_aov() -> None:
    two = source(MAY, {"transactions": [10, 100], "revenue": [1000, 20_000]})
    assert over(2, "average_order_value", two).value == pytest.approx(190.909, abs=5e-4)


def test_wilson() -> None:
    assert wilson(12, 400) == pytest.approx((0.0172, 0.0517), abs=5e-5)
    assert wilson(0, 50) == pytest.approx((0.0, 0.0713), abs=5e-5)


def test_response() -> None:
    """No file tells single answers, so no median is told: the mean of those that were given, beside their share."""
    minutes = [10, 45, 53, 120, 1200]
    asked = source(MAY, {"messages_received": [8], "messages_answered": [5], "response_minutes": [sum(minutes)]})
    assert over(1, "response_time", asked).value == 285.6
    assert over(1, "response_rate", asked).value == 0.625


def test_median_of_medians() -> None:
    """Nine answers in 5 minutes, one in 600 the day after: no day's middle is averaged, all answers are pooled."""
    asked = source(MAY, {"messages_answered": [9, 1], "response_minutes": [9 * 5, 600]})
    assert over(2, "response_time", asked).value == 64.5  # of days it would be 302.5


def test_sentiment() -> None:
    told = {"mentions": [200], "mentions_positive": [80], "mentions_neutral": [100], "mentions_negative": [20]}
    assert over(1, "net_sentiment", source(MAY, told)).value == pytest.approx(0.30)


def test_sov() -> None:
    """The set of competitors is part of the definition: another one moves the share without any change of the brand."""
    for market, share in ((200, 0.25), (300, 0.1667)):
        told = source(MAY, {"mentions": [50], "market_mentions": [market]})
        assert over(1, "share_of_voice", told).value == pytest.approx(share, abs=5e-5)


def test_partial() -> None:
    """620 in June, 300 by 15 July: not -51.6 % but -3.2 % a day."""
    first, day = date(2026, 6, 1), date(2026, 7, 15)
    client = dossier(source(first, {"transactions": [620 / 30] * 30 + [20.0] * 15}))
    read = reading("transactions", daily(client, day), client)
    june, july = (measurement(read, each) for each in (Period(first, date(2026, 6, 30)), Period(date(2026, 7, 1), day)))
    assert (july.value or 0) / (june.value or 1) - 1 == pytest.approx(-0.5161, abs=5e-5)
    assert (july.value or 0) / 15 / ((june.value or 1) / 30) - 1 == pytest.approx(-0.0323, abs=5e-5)
    # Windows of as many days of each weekday are compared, so that no part of a month meets a whole one.
    found = comparison(read, day)
    assert found.current.period
    assert found.previous.period
    assert found.current.period.days == found.previous.period.days == 28


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2024-12-30", "2025-W01"),
        ("2025-12-29", "2026-W01"),
        ("2026-01-01", "2026-W01"),
        ("2026-12-31", "2026-W53"),
        ("2027-01-03", "2026-W53"),
        ("2027-01-04", "2027-W01"),
        ("2021-01-03", "2020-W53"),
    ],
)
def test_iso(day: str, label: str) -> None:
    week = enclosing(date.fromisoformat(day), "week")
    assert (week.start.weekday(), week.days, week.start.strftime("%G-W%V")) == (0, 7, label)


def test_fx() -> None:
    sold = source(date(2026, 1, 31), {"revenue": [1000, 2000]}, currency="EUR")
    rates = [rate("EUR", "MAD", 10.80, "2026-01-01"), rate("EUR", "MAD", 10.95, "2026-02-01")]
    client = dossier(sold, rates=rates)
    found = measurement(
        reading("revenue", daily(client, date(2026, 2, 1)), client), Period(date(2026, 1, 31), date(2026, 2, 1))
    )
    assert (found.value, found.currency) == (pytest.approx(32_700), "MAD")
    assert pytest.approx(809_818, abs=0.5) == 1234.56 * 655.957


def test_goal_cr() -> None:
    sales = [20.0] * 92 + [24.0] * 90
    goal = {"kpi": "conversion_rate", "target": "+50%", "start": "2026-01-01", "deadline": "2026-06-30"}
    site = source(date(2025, 10, 1), {"sessions": [1000] * 182, "transactions": sales})
    found = stands(goal, date(2026, 3, 31), site)
    assert (found.target, found.progress) == (pytest.approx(0.03), pytest.approx(0.40))
    assert (found.elapsed, found.expected) == (pytest.approx(0.4972, abs=5e-5), pytest.approx(76 / 167))
    assert found.pace == pytest.approx(0.879, abs=5e-4)
    assert (found.progress or 0) / found.elapsed == pytest.approx(0.8044, abs=5e-5)  # what the naive E = f would say


def test_goal_decrease() -> None:
    goal = {"kpi": "cost_per_lead", "target": "80", "baseline": 120, "start": "2026-01-01", "deadline": "2026-06-30"}
    costs = source(date(2025, 10, 1), {"spend": [9500] * 182, "leads": [100] * 182})
    assert stands(goal, date(2026, 3, 31), costs).progress == 0.625


@pytest.mark.parametrize(
    ("factor", "periods", "rate_needed"),
    [(1.30, 12, 0.0221), (1.50, 6, 0.06991), (1.25, 6, 0.03789), (100.0, 1, 99.0), (7.5, 1, 6.5)],
)
def test_cmgr(factor: float, periods: int, rate_needed: float) -> None:
    need = growth(400.0, 400.0 * factor, difference=False)
    assert np.expm1((need or 0) / periods) == pytest.approx(rate_needed, abs=5e-5)


def test_goal_flow() -> None:
    assert uplift(7000, 12_000, 15_600, 0.5) == pytest.approx(0.5556, abs=5e-5)
    assert pytest.approx(0.4487, abs=5e-5) == 7000 / 15_600
    assert 7000 / 15_600 / float(linear(365, 0)[180]) == pytest.approx(0.905, abs=5e-4)
    assert pytest.approx(0.769, abs=5e-4) == 12_000 / 15_600


def test_goal_seasonal() -> None:
    """Done 6,300 by June: 0.808 of the straight way, a false alarm, 1.010 of last year's."""
    goal = {"kpi": "transactions", "target": "15600", "start": "2026-01-01", "deadline": "2026-12-31"}
    done = [6300 / 181] * 181
    before = by_month(2025, MONTHS)
    sold = source(date(2025, 1, 1), {"transactions": before + done})
    flat, paced = (stands(goal | {"pacing": way}, date(2026, 6, 30), sold) for way in ("linear", "seasonal"))
    assert (flat.attainment or 0) / 0.5 == pytest.approx(0.8077, abs=5e-5)
    assert paced.expected == pytest.approx(0.40, abs=5e-4)
    assert (paced.attainment or 0) / (paced.expected or 1) == pytest.approx(1.0096, abs=1e-3)


def test_coherence() -> None:
    """Conversion rate × 1.5 with transactions × 1.3 takes 13 % fewer sessions; with baskets × 1.25, revenue × 1.625."""
    days = {"start": "2026-01-01", "deadline": "2026-12-31", "basis": "rate"}
    goals = [
        {"kpi": "conversion_rate", "target": "x1.5", "start": "2026-01-01", "deadline": "2026-12-31"},
        {"kpi": "transactions", "target": "x1.3", **days},
        {"kpi": "average_order_value", "target": "x1.25", "start": "2026-01-01", "deadline": "2026-12-31"},
    ]
    site = source(date(2025, 9, 1), {"sessions": [1000] * 200, "transactions": [20] * 200, "revenue": [8000] * 200})
    client = dossier(site, objectives=goals)
    values, day = daily(client, date(2026, 3, 1)), date(2026, 3, 1)
    stand = [progress(goal, client, values, day) for goal in client.client.objectives]
    found = {each.kpi: each.factor for each in implied(client.client.objectives, stand)}
    assert found == {"sessions": pytest.approx(0.8667, abs=5e-5), "revenue": pytest.approx(1.625)}


HISTORY = [0.031, 0.022, 0.045, 0.018, 0.027, 0.039, 0.012, 0.033, 0.025, 0.041, 0.029]


@pytest.mark.parametrize(
    ("factor", "months", "need", "best", "share"),
    [(7.5, 1, 2.0149, 0.045, 0.0), (100.0, 1, 4.6052, 0.045, 0.0), (1.10, 3, 0.0953, 0.099, 0.222)],
)
def test_realism(factor: float, months: int, need: float, best: float, share: float) -> None:
    past = np.exp(np.cumsum([0.0, *HISTORY])).tolist()
    assert log(factor) == pytest.approx(need, abs=5e-5)
    found = compared(log(factor), growths(past, months, difference=False))
    assert found == (pytest.approx(best, abs=5e-4), pytest.approx(share, abs=5e-4))


Y = [861, 829, 994, 1068, 1070, 1094, 972, 1035, 1090, 1307, 1377, 1274]
Y += [984, 996, 1183, 1116, 1326, 1226, 1157, 1081, 1391, 1480, 1543, 1531]


def test_forecast() -> None:
    found = forecast(np.array(Y, float), 12, 6)
    assert found
    assert found.point == pytest.approx([1153.1, 1138.6, 1336.4, 1319.2, 1449.6, 1388.7], abs=0.5)
    assert found.strength == pytest.approx(0.930, abs=5e-4)
    told = {"ses": 0.198, "theta": 0.198, "damped": 0.198, "naive": 0.198, "seasonal_difference": 0.208}
    assert found.weights == {name: pytest.approx(weight, abs=5e-4) for name, weight in told.items()}
    totals = found.paths.sum(axis=1)
    assert probability(found.paths[:, -1], 1400) == pytest.approx(0.474, abs=0.03)
    assert probability(totals, 7500) == pytest.approx(0.759, abs=0.03)
    assert np.quantile(totals, 0.1) == pytest.approx(7121, abs=80)
    low, high = np.quantile(found.paths, [0.1, 0.9], axis=0)
    assert low == pytest.approx([1040, 1015, 1183, 1155, 1260, 1205], rel=0.02)
    assert high == pytest.approx([1275, 1273, 1507, 1488, 1661, 1587], rel=0.02)
    assert low.sum() == pytest.approx(6857, abs=80)  # which is no quantile of the total


def test_roi() -> None:
    case = shop_vector()
    assert case.total_cost.value == pytest.approx(66_800)
    assert case.roas.value == pytest.approx(7.5)
    assert case.break_even_roas_media.value == pytest.approx(2.222, abs=5e-4)
    assert case.break_even_roas.value == pytest.approx(3.711, abs=5e-4)
    assert case.roi_attributed.value == pytest.approx(1.021, abs=5e-4)
    assert case.roi_incremental.value == pytest.approx(0.2126, abs=5e-5)
    assert case.break_even_incrementality.value == pytest.approx(0.4948, abs=5e-5)


@pytest.mark.parametrize(
    ("contacts", "equal", "saving"), [(500_000, 50_000, 150_000), (400_000, 62_500, 137_500)], ids=["equal", "fewer"]
)
def test_press(contacts: float, equal: float, saving: float) -> None:
    found = saved(press(contacts))
    assert found.equal_cost.value == pytest.approx(equal)
    assert found.saving_high.value == pytest.approx(saving)
    assert found.share.value == pytest.approx(saving / 200_000)


def test_service() -> None:
    _, found = served()
    assert (found.cost_before.value, found.cost_now.value) == (pytest.approx(51_000), pytest.approx(40_800))
    assert found.per_contact_before.value == pytest.approx(14.571, abs=5e-4)
    assert found.per_contact_now.value == pytest.approx(11.027, abs=5e-4)
    assert (found.saving.value, found.constant.value) == (pytest.approx(10_200), pytest.approx(12_405, abs=1))


def test_cac_ltv() -> None:
    cost = 66_800 / 167
    value = lifetime_value(400, 3, 2, 0.45)
    assert cost == pytest.approx(400, abs=0.5)
    assert (value, value / cost) == (pytest.approx(1080), pytest.approx(2.7, abs=5e-3))
    assert months_to_pay_back(cost, [400 * 3 * 0.45 / 12] * 24) == pytest.approx(8.89, abs=5e-3)


def test_payback() -> None:
    monthly = [2000.0, 4000.0, 6000.0, *[8000.0] * 9]
    assert months_to_pay_back(60_000, monthly) == 9
    assert sum(monthly[:9]) == 60_000
    assert months_to_pay_back(84_001, monthly) == inf


REVENUE = [5200, 6100, 4300, 7800, 5000, 3900, 8200, 5600, 6400, 4700, 5900, 7100]
COST = [2500, 2600, 2500, 2700, 2500, 2400, 2900, 2600, 2700, 2500, 2600, 2800]


def test_roi_ci() -> None:
    weeks = np.array([REVENUE, COST], float)
    assert 0.54 * weeks[0].sum() / weeks[1].sum() - 1 == pytest.approx(0.2111, abs=5e-5)
    low, high = block_interval(weeks, lambda sums: 0.54 * sums[0] / sums[1] - 1) or (0, 0)
    assert (low, high) == (pytest.approx(0.17, abs=0.01), pytest.approx(0.26, abs=0.01))


def test_double_count() -> None:
    """The platforms claim 60 and 55 orders, the shop has 90: what each claims is scaled by 0.783."""
    ads = (channel("meta_ads", 1, 60), channel("google_ads", 1, 55))
    case = found_returns(*ads, shop(90), margin="50%", incrementality="60%")
    assert case.sales_gain
    scale = case.sales_gain.scale.value or 0
    assert scale == pytest.approx(0.7826, abs=5e-5)
    scaled = {each.channel: round((each.conversion_value.value or 0) / 31 * scale) for each in case.channels}
    assert scaled == {"meta_ads": 47, "google_ads": 43}


OVERLAY = {
    "independent_random_walks": ("no_link", 1, 0.177, 0.112, 0.561, 82),
    "shared_trend_only": ("no_link", 3, -0.166, 0.142, 0.708, 80),
    "true_link_lag1": ("link", 1, 0.551, 0.0, 0.0, 82),
}


@pytest.mark.parametrize("name", OVERLAY)
def test_overlay(name: str) -> None:
    series = json.loads((HERE / "overlay.json").read_text())[name]
    x, y = np.array(series["x"]), np.array(series["y"])
    status, lag, rho, p, adjusted, effective = OVERLAY[name]
    found = crossed(x, y, 52, 4)
    assert (found.status, found.lag, found.periods, found.effective) == (status, lag, 104, effective)
    assert (found.rho, found.p) == (pytest.approx(rho, abs=5e-4), pytest.approx(p, abs=5e-4))
    assert found.p_adjusted == pytest.approx(adjusted, abs=5e-4)
    if name == "true_link_lag1":
        assert found.interval == pytest.approx((0.379, 0.686), abs=5e-4)
    else:
        assert abs(np.corrcoef(x, y)[0, 1]) > 0.9  # what the two curves look like


def test_outlier() -> None:
    """410 among values near 100: far out by the median, hidden by the mean."""
    values = np.array([102.0, 98.0, 105.0, 99.0, 101.0, 97.0, 103.0, 100.0, 410.0, 96.0])
    scores = robust_z(values)
    assert scores is not None
    assert (np.median(values), scores[8]) == (100.5, pytest.approx(83.5, abs=0.05))
    assert 1 / (scores[1] - scores[5]) == pytest.approx(3.706, abs=5e-4)
    assert (values[8] - values.mean()) / values.std(ddof=1) == pytest.approx(2.84, abs=5e-3)
    assert (np.abs(scores) > FAR).sum() == 1


@pytest.mark.parametrize(("usual", "p", "broken"), [(20, 8.8e-27, True), (0.4, 0.301, False)])
def test_tracking_loss(usual: float, p: float, broken: bool) -> None:
    """Three silent days at 20 a day are a broken counter, at 0.4 a day they are chance."""
    assert np.exp(-3 * usual) == pytest.approx(p, rel=0.01)
    counts = [20] * 60 if usual == 20 else [1, 0, 1, 0, 0] * 12
    silent = source(MAY, {"sessions": [*counts, 0, 0, 0, *counts[:5]]})
    client = dossier(silent)
    told = [each.message.key for each in notices(client, MAY + timedelta(67))]
    assert ("quality.broken_counter" in told) is broken


@pytest.mark.skipif(not SHARED.exists(), reason="the file of vectors is private")
def test_no_vector_is_left_out() -> None:
    """Every key of the file has a test of its name here."""
    names = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    assert set(json.loads(SHARED.read_text())) <= names
