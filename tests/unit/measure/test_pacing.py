"""How much of the way is expected on each day (METHODS §2.3)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from sitegen.measure.arrays import Array
from sitegen.measure.course import course
from sitegen.measure.daily import daily
from sitegen.measure.pacing import by_milestones, expected, linear
from sitegen.messages import Period
from sitegen.model.authored import Milestone, Pacing
from sitegen.model.facts import Records

from .cases import dossier, source

YEAR = {"kpi": "transactions", "target": "+30%", "start": "2026-01-01", "deadline": "2026-12-31", "pacing": "seasonal"}
MONTHS = (700, 720, 800, 820, 900, 860, 780, 760, 1000, 1160, 1600, 1900)  # of goal_seasonal


def shares(*records: Records, goal: dict[str, object], **more: object) -> tuple[Pacing, Array]:
    client = dossier(*records, objectives=[goal], **more)
    as_of = date(2026, 6, 30)
    run = course(client.client.objectives[0], client, daily(client, as_of), as_of)
    paced, shares, _ = expected(run, client.client.events)
    return paced, shares


def by_month(year: int, totals: tuple[int, ...]) -> list[float]:
    """Every day of `year`, each month's total spread over its days."""
    days = [date(year, 1, 1) + timedelta(i) for i in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    lengths = [sum(1 for day in days if day.month == month) for month in range(1, 13)]
    return [totals[day.month - 1] / lengths[day.month - 1] for day in days]


def test_a_window_lags_behind_by_half_of_it() -> None:
    found = linear(181, 28)
    assert found[89] == pytest.approx(76 / 167)
    assert (found[0], found[-1]) == (0, 1)


def test_without_a_window_the_share_is_that_of_the_days() -> None:
    assert linear(365, 0)[180] == pytest.approx(181 / 365)
    assert list(linear(1, 0)) == [1]
    assert linear(1, 1)[0] == 1


def test_milestones_are_joined_by_straight_lines() -> None:
    period = Period(date(2026, 1, 1), date(2026, 1, 10))
    middle = Milestone.model_validate({"on": "2026-01-04", "share": "20%"})
    outside = Milestone.model_validate({"on": "2026-02-04", "share": "90%"})
    found = by_milestones(period, [middle, outside])
    assert found[[1, 3, 6, 9]] == pytest.approx([0.1, 0.2, 0.6, 1.0])


def test_the_season_of_the_year_before_is_followed() -> None:
    paced, found = shares(source(date(2025, 1, 1), {"transactions": by_month(2025, MONTHS)}), goal=YEAR)
    assert paced is Pacing.SEASONAL
    assert found[180] == pytest.approx(0.40)
    assert found[-1] == 1


def test_two_years_are_averaged() -> None:
    late = tuple(reversed(MONTHS))
    values = by_month(2024, late) + by_month(2025, MONTHS)
    _, found = shares(source(date(2024, 1, 1), {"transactions": values}), goal=YEAR)
    assert found[180] == pytest.approx((0.40 + 0.60) / 2, abs=0.005)


def test_dates_meet_the_same_dates_of_a_leap_year() -> None:
    """Ten a day, a hundred on 31 December 2024: by 31 October 2026, 305 of its 366 days, 29 February among them."""
    first = date(2024, 1, 1)
    values = [10] * 365 + [100]
    goal = YEAR | {"start": "2025-01-01", "deadline": "2025-12-31"}
    client = dossier(source(first, {"transactions": values}), objectives=[goal])
    run = course(client.client.objectives[0], client, daily(client, date(2025, 6, 30)), date(2025, 6, 30))
    found = expected(run, ()).shares
    assert found[303] == pytest.approx(3050 / 3750)
    assert (found[58], found[-1]) == (pytest.approx(600 / 3750), 1)


def test_a_leap_day_to_come_waits_for_the_day_after() -> None:
    """Days 59 and 60 of 2028 are 28 and 29 February, day 61 meets 1 March 2027."""
    goal = YEAR | {"start": "2028-01-01", "deadline": "2028-12-31"}
    client = dossier(source(date(2027, 1, 1), {"transactions": [10] * 365}), objectives=[goal])
    run = course(client.client.objectives[0], client, daily(client, date(2028, 6, 30)), date(2028, 6, 30))
    found = expected(run, ()).shares
    assert found[[58, 59, 60, -1]] == pytest.approx([59 / 365, 59 / 365, 60 / 365, 1])


def test_a_feast_within_another_counts_its_days_once() -> None:
    night = [
        {"label": "Nuit du destin", "start": "2025-03-27", "kind": "religious"},
        {"label": "Nuit du destin", "start": "2026-03-16", "kind": "religious"},
    ]
    _, alone = shares(fasting(), goal=YEAR, events=RAMADAN)
    _, both = shares(fasting(), goal=YEAR, events=[*RAMADAN, *night])
    assert both == pytest.approx(alone)


def test_the_years_that_give_the_season_are_counted() -> None:
    for first, count in ((date(2025, 1, 1), 1), (date(2024, 1, 1), 2)):
        client = dossier(source(first, {"transactions": [10] * 900}), objectives=[YEAR])
        run = course(client.client.objectives[0], client, daily(client, date(2026, 6, 30)), date(2026, 6, 30))
        assert expected(run, ()).seasons == count


def test_without_a_whole_year_before_the_pace_is_linear_and_says_so() -> None:
    paced, found = shares(source(date(2025, 4, 1), {"transactions": [10] * 400}), goal=YEAR)
    assert paced is Pacing.LINEAR
    assert found[180] == pytest.approx(181 / 365)


def test_a_year_without_a_single_sale_has_no_season() -> None:
    assert shares(source(date(2025, 1, 1), {"transactions": [0] * 500}), goal=YEAR)[0] is Pacing.LINEAR


def test_a_rate_is_paced_on_its_window_whatever_the_season() -> None:
    goal = YEAR | {"kpi": "conversion_rate", "deadline": "2026-06-30"}
    paced, found = shares(source(date(2025, 1, 1), {"transactions": [2] * 500, "sessions": [100] * 500}), goal=goal)
    assert paced is Pacing.LINEAR
    assert found[89] == pytest.approx(76 / 167)


def test_a_stock_does_not_lag() -> None:
    goal = {"kpi": "followers", "target": "3000", "start": "2026-01-01", "deadline": "2026-06-30"}
    assert shares(source(date(2025, 1, 1), {"followers": [2] * 500}), goal=goal)[1][89] == pytest.approx(90 / 181)


RAMADAN = [
    {"label": "Ramadan 1446", "start": "2025-03-01", "end": "2025-03-30", "kind": "religious"},
    {"label": "Ramadan 1447", "start": "2026-02-18", "end": "2026-03-19", "kind": "religious"},
]


def fasting() -> Records:
    """Ten sales a day in 2025, five during Ramadan."""
    first = date(2025, 1, 1)
    fast = Period(date(2025, 3, 1), date(2025, 3, 30))
    return source(first, {"transactions": [5 if first + timedelta(i) in fast else 10 for i in range(365)]})


def test_ramadan_meets_ramadan_not_the_same_dates() -> None:
    """By 28 February 2026: 48 ordinary days and 11 of Ramadan, out of 335 ordinary days and 30 of Ramadan."""
    _, found = shares(fasting(), goal=YEAR, events=RAMADAN)
    assert found[58] == pytest.approx((48 * 10 + 11 * 5) / (335 * 10 + 30 * 5))
    assert found[-1] == 1
    assert np.all(np.diff(found) > 0)


def test_a_feast_that_does_not_move_stays_on_its_dates() -> None:
    fixed = [{**event, "kind": "sale"} for event in RAMADAN]
    _, found = shares(fasting(), goal=YEAR, events=fixed)
    assert found[58] == pytest.approx(59 * 10 / (335 * 10 + 30 * 5))


def test_an_objective_that_begins_in_ramadan_meets_the_same_days_of_it() -> None:
    """From 10 March 2026, the 21st day of Ramadan: ten days of it are left, as from 21 March 2025."""
    goal = YEAR | {"start": "2026-03-10", "deadline": "2026-06-30"}
    _, found = shares(fasting(), goal=goal, events=RAMADAN)
    assert found[9] == pytest.approx(10 * 5 / (10 * 5 + 103 * 10))
