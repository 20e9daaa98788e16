"""The firm's CSV files in, ten headline numbers out, by the csv module and arithmetic alone; uses nothing of sitegen.

The literals are what the portal has to say on 2026-10-31, in CAD excluding taxes. METHODS §2.3, §4.1 and §4.3.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

RIVENORD = Path(__file__).parents[2] / "data/rivenord-cpa"
YEAR = "2025-11-01", "2026-10-31"  # the last twelve complete months
STAGES = ("Contacts", "Contacts qualifiés", "Propositions", "Nouveaux clients")
CHANNELS = {"google_ads": "Google ads", "linkedin_ads": "Linkedin ads"}
MARGIN = 0.55


def usd(day: str) -> float:
    """CAD for one US dollar, as config.yaml tells it."""
    return 1.38 if day < "2026-01-01" else 1.40


def crm(column: str, start: str, end: str, *sources: str) -> float:
    """The total of a column of the CRM from `start` to `end`, both included, over all sources or the named ones."""
    with (RIVENORD / "exports/crm.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if start <= row["Date"] <= end]
    return sum(float(row[column].replace(",", ".")) for row in rows if not sources or row["Source"] in sources)


def platform(channel: str) -> Iterator[tuple[str, float, float]]:
    """Each row's day, spend and conversion value, in CAD."""
    google = channel == "google_ads"
    with (RIVENORD / f"exports/{channel}.csv").open(encoding="utf-8", newline="") as file:
        for _ in range(2 if google else 0):
            next(file)
        for row in csv.DictReader(file):
            if google:
                day, rate, names = row["Day"], usd(row["Day"]), ("Cost", "Conv. value")
            else:
                day = datetime.strptime(row["Start Date (in UTC)"], "%m/%d/%Y").date().isoformat()  # noqa: DTZ007
                rate, names = 1.0, ("Total Spent", "Total Conversion Value")
            spend, value = (float(row[name].replace(",", "")) * rate for name in names)
            yield day, spend, value


def spend(channel: str, start: str = YEAR[0], end: str = YEAR[1]) -> float:
    return sum(amount for day, amount, _ in platform(channel) if start <= day <= end)


def claimed() -> float:
    """What both platforms claim over the last twelve months."""
    return sum(value for name in CHANNELS for day, _, value in platform(name) if YEAR[0] <= day <= YEAR[1])


def total_cost() -> float:
    """Media, agency (its fee rose in January), staff and two tools in USD; production and training are unknown."""
    agency, staff = 2 * 2_900 + 10 * 3_400, 12 * 45 * 52
    tools = (210 + 85) * (2 * 1.38 + 10 * 1.40)
    return sum(map(spend, CHANNELS)) + agency + staff + tools


def funnel() -> list[float]:
    return [crm(stage, *YEAR) for stage in STAGES]


def cost_per_lead() -> float:
    """Over the twelve weeks on which the objective is read."""
    start = (date.fromisoformat(YEAR[1]) - timedelta(83)).isoformat()
    media = sum(spend(channel, start) for channel in CHANNELS)
    return media / crm("Contacts", start, YEAR[1], *CHANNELS.values())


def acquisition_cost(channel: str) -> float:
    return spend(channel) / crm("Nouveaux clients", *YEAR, CHANNELS[channel])


def planned(channel: str) -> float:
    """The budget from January to October 2026."""
    january, season, spring, autumn = {
        "google_ads": (1_800, 4_000, 1_600, 2_000),
        "linkedin_ads": (3_000, 5_400, 2_700, 4_200),
    }[channel]
    return january + 3 * season + 4 * spring + 2 * autumn


def followers(day: str) -> int:
    with (RIVENORD / "metrics/social.csv").open(encoding="utf-8", newline="") as file:
        return next(int(row["followers"]) for row in csv.DictReader(file) if row["date"] == day)


def test_leads_and_the_stages_after_them() -> None:
    stages = funnel()
    assert stages == [884, 507, 358, 188]
    assert [after / before for before, after in pairwise(stages)] == pytest.approx(
        [0.57353, 0.70611, 0.52514], abs=5e-6
    )


def test_signed_fees() -> None:
    assert crm("Honoraires signés", *YEAR) == pytest.approx(882_053.13, abs=0.005)


def test_spend_in_canadian_dollars() -> None:
    """Google bills in US dollars: each day at its own rate."""
    assert spend("google_ads") == pytest.approx(28_571.01, abs=0.005)
    assert spend("linkedin_ads") == pytest.approx(42_422.17, abs=0.005)


def test_total_cost_of_what_is_known() -> None:
    assert total_cost() == pytest.approx(143_817.38, abs=0.005)


def test_cost_of_a_new_customer_with_all_known_costs() -> None:
    assert total_cost() / funnel()[-1] == pytest.approx(764.99, abs=0.005)


def test_acquisition_cost_by_channel() -> None:
    assert acquisition_cost("google_ads") == pytest.approx(634.91, abs=0.005)
    assert acquisition_cost("linkedin_ads") == pytest.approx(1_285.52, abs=0.005)


def test_cost_per_lead_stays_below_its_limit() -> None:
    assert cost_per_lead() == pytest.approx(129.00, abs=0.005)


def test_share_of_claimed_fees_that_has_to_be_additional_to_break_even() -> None:
    assert claimed() == pytest.approx(424_267.98, abs=0.005)
    assert total_cost() / (claimed() * MARGIN) == pytest.approx(0.61632, abs=5e-6)


def test_followers_are_far_from_three_thousand() -> None:
    assert (followers("2026-09-30"), followers("2026-10-31")) == (425, 432)


def test_budget_to_the_end_of_october_and_what_was_spent() -> None:
    assert {channel: planned(channel) for channel in CHANNELS} == {"google_ads": 24_200, "linkedin_ads": 38_400}
    assert spend("google_ads", "2026-01-01") == pytest.approx(25_824.11, abs=0.005)
    assert spend("linkedin_ads", "2026-01-01") == pytest.approx(37_526.98, abs=0.005)


def test_leads_are_on_track_for_a_quarter_more() -> None:
    """The two years before give the season, each its share done by the end of October."""
    whole = {year: crm("Contacts", f"{year}-01-01", f"{year}-12-31") for year in (2024, 2025)}
    october = {year: crm("Contacts", f"{year}-01-01", f"{year}-10-31") for year in (2024, 2025, 2026)}
    assert (whole, october) == ({2024: 538, 2025: 710}, {2024: 457, 2025: 610, 2026: 784})
    share = sum(october[year] / whole[year] for year in whole) / 2
    attained = october[2026] / (1.25 * whole[2025]) / share
    uplift = (october[2026] - share * whole[2025]) / (share * 0.25 * whole[2025])
    assert (share, min(attained, uplift)) == pytest.approx((0.8543, 1.0340), abs=5e-5)


def test_fees_of_the_fiscal_years_that_begin_in_may() -> None:
    assert crm("Honoraires signés", "2025-05-01", "2026-04-30") == pytest.approx(813_366.0, abs=0.5)
    assert crm("Honoraires signés", "2026-05-01", "2026-10-31") == pytest.approx(378_435.0, abs=0.5)
    assert crm("Honoraires signés", "2025-05-01", "2025-10-31") == pytest.approx(309_748.0, abs=0.5)
