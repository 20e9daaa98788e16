"""Seeds in, the CSV files of Cabinet Rivenord CPA out; reads nothing.

An invented accounting firm in Québec: tax season from February to 30 April, 15 June for the self-employed, quiet weeks
in July and at the end of the year. Its CRM is older than its measured site. Google bills in US dollars.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from scripts.demo_tables import Noise, Points, Row, days, level, write

SEED = 20260430
CRM_FIRST, FIRST, LAST = date(2024, 1, 1), date(2024, 11, 1), date(2026, 10, 31)

TREND: Points = (
    (CRM_FIRST, 0.62),
    (date(2025, 1, 1), 0.80),
    (date(2026, 1, 1), 1.07),
    (LAST, 1.42),
)
SEASON: Points = tuple(  # on the days of 2024, a leap year
    (date(2024, month, day), height)
    for month, day, height in (
        (1, 1, 0.80), (1, 15, 1.10), (2, 15, 1.45), (3, 15, 1.70), (4, 20, 1.85), (4, 30, 1.75), (5, 1, 0.80),
        (6, 1, 0.85), (6, 15, 1.05), (6, 20, 0.70), (7, 15, 0.60), (8, 15, 0.70), (9, 10, 1.00), (10, 15, 1.05),
        (11, 15, 1.05), (12, 15, 0.85), (12, 31, 0.80),
    )
)  # fmt: skip
WEEK = (1.30, 1.35, 1.30, 1.25, 1.05, 0.35, 0.40)  # Monday to Sunday
QUIET = tuple(
    (date.fromisoformat(first), date.fromisoformat(last), share)
    for first, last, share in (
        ("2024-07-21", "2024-08-03", 0.60),  # construction holiday
        ("2025-07-20", "2025-08-02", 0.60),
        ("2026-07-19", "2026-08-01", 0.60),
        ("2024-06-24", "2024-06-24", 0.30),  # Fête nationale
        ("2025-06-24", "2025-06-24", 0.30),
        ("2026-06-24", "2026-06-24", 0.30),
        ("2024-12-22", "2025-01-04", 0.55),  # end of the year
        ("2025-12-22", "2026-01-04", 0.55),
    )
)


@dataclass(frozen=True)
class Channel:
    """Visits and contacts a day, then what share of contacts qualifies, gets a proposal and signs, and for how much."""

    name: str
    visits: float
    contacts: float
    qualified: float
    proposed: float
    signed: float
    fees: float


CHANNELS = (
    Channel("direct", 24, 0.14, 0.55, 0.68, 0.52, 3_900),
    Channel("organic_search", 38, 0.29, 0.62, 0.68, 0.52, 3_900),
    Channel("google_ads", 11.3, 0.57, 0.50, 0.66, 0.50, 4_200),
    Channel("linkedin_ads", 13.1, 0.42, 0.46, 0.68, 0.50, 6_000),
    Channel("referral", 9, 0.24, 0.78, 0.74, 0.62, 5_200),
    Channel("email", 6, 0.13, 0.66, 0.70, 0.55, 3_600),
)


def activity(day: date) -> float:
    """How busy a day is, against a day of the end of 2025 without season."""
    quiet = next((share for first, last, share in QUIET if first <= day <= last), 1.0)
    return level(TREND, day) * level(SEASON, day.replace(year=2024)) * WEEK[day.weekday()] * quiet


# ---------------------------------------------------------------- the site and the CRM


@dataclass(frozen=True)
class Day:
    """One channel's day in the CRM; fees in CAD excluding taxes."""

    day: date
    channel: str
    contacts: int
    qualified: int
    proposals: int
    customers: int
    fees: float


def site_table(noise: Noise) -> Iterator[Row]:
    yield ("date", "channel", "sessions")
    for day in days(FIRST, LAST):
        for channel in CHANNELS:
            yield day.isoformat(), channel.name, max(0, round(noise.about(channel.visits * activity(day), 0.15)))


def passed(cases: Iterable[int], share: float, noise: Noise) -> Iterator[int]:
    """The cases that go on to the next stage, whole ones: a part of a case waits for a later day."""
    waiting = 0.0
    for each in cases:
        waiting += each * max(0.0, noise.about(share, 0.30))
        yield int(waiting)
        waiting -= int(waiting)


def crm(noise: Noise) -> Iterator[Day]:
    """Every channel's days, one channel after the other."""
    calendar = list(days(CRM_FIRST, LAST))
    for channel in CHANNELS:
        contacts = [noise.count(channel.contacts * activity(day)) for day in calendar]
        qualified = list(passed(contacts, channel.qualified, noise))
        proposals = list(passed(qualified, channel.proposed, noise))
        customers = list(passed(proposals, channel.signed, noise))
        for stages in zip(calendar, contacts, qualified, proposals, customers, strict=True):
            fees = sum(max(600.0, noise.about(channel.fees, 0.35)) for _ in range(stages[-1]))
            yield Day(stages[0], channel.name, *stages[1:], round(fees, 2))


def crm_table(rows: Iterable[Day]) -> Iterator[Row]:
    """As a CRM in French writes it: semicolons, a decimal comma, no row for a day of nothing."""
    yield ("Date", "Source", "Contacts", "Contacts qualifiés", "Propositions", "Nouveaux clients", "Honoraires signés")
    for row in sorted(rows, key=lambda row: (row.day, row.channel)):
        stages = (row.contacts, row.qualified, row.proposals, row.customers)
        if any(stages) or row.day == LAST:
            source = row.channel.replace("_", " ").capitalize()
            yield row.day.isoformat(), source, *stages, f"{row.fees:.2f}".replace(".", ",")


# ---------------------------------------------------------------- advertising


@dataclass(frozen=True)
class Campaign:
    """How a campaign shares its platform's clicks, and the months and days of the year in which it runs."""

    name: str
    share: float
    click_price: float
    click_rate: float
    season: tuple[tuple[int, int], tuple[int, int]] = ((1, 1), (12, 31))

    def runs(self, day: date) -> bool:
        return self.season[0] <= (day.month, day.day) <= self.season[1]


LINKEDIN = (
    Campaign("Dirigeants de PME | Montréal", 0.58, 6.90, 0.0062),
    Campaign("Relève d’entreprise | Québec", 0.42, 6.50, 0.0055),
)
GOOGLE = (  # clicks are in US dollars
    Campaign("Recherche | CPA pour PME", 0.62, 4.40, 0.061),
    Campaign("Recherche | Marque", 0.20, 1.30, 0.190),
    Campaign("Recherche | Travailleurs autonomes", 0.30, 5.10, 0.055, ((2, 1), (6, 15))),
)
USD = 1.39  # CAD for one US dollar, as the platform's own import of signed fees assumes
CLAIMED = 1.12  # both platforms claim more than the CRM gives them


@dataclass(frozen=True)
class AdDay:
    day: date
    campaign: str
    spend: float
    impressions: int
    clicks: int
    conversions: int
    value: float


def ads(channel: Channel, campaigns: Sequence[Campaign], signed: Iterable[Day], noise: Noise) -> Iterator[AdDay]:
    """What a platform tells for each campaign and day, its claims after the CRM's own count."""
    for row in signed:
        running = [campaign for campaign in campaigns if campaign.runs(row.day)]
        whole = sum(campaign.share for campaign in running)
        for campaign in running:
            clicks = round(noise.about(channel.visits * 1.05 * campaign.share * activity(row.day), 0.15))
            share = campaign.share / whole * CLAIMED
            yield AdDay(
                row.day,
                campaign.name,
                round(max(0, clicks) * noise.about(campaign.click_price, 0.08), 2),
                max(0, round(noise.about(clicks / campaign.click_rate, 0.08))),
                max(0, clicks),
                noise.count(row.contacts * share),
                round(row.fees * max(0.0, noise.about(share, 0.10)), 2),
            )


LINKEDIN_HEADER = (
    "Start Date (in UTC)",
    "Campaign Name",
    "Currency",
    "Total Spent",
    "Impressions",
    "Clicks",
    "Leads",
    "Total Conversion Value",
)
GOOGLE_HEADER = ("Day", "Campaign", "Currency code", "Cost", "Impr.", "Clicks", "Conversions", "Conv. value")


def linkedin_table(rows: Iterable[AdDay]) -> Iterator[Row]:
    """Month first, commas between thousands, Canadian dollars."""
    yield LINKEDIN_HEADER
    for row in rows:
        counts = (f"{row.impressions:,}", row.clicks, row.conversions, f"{row.value:,.2f}")
        yield f"{row.day:%m/%d/%Y}", row.campaign, "CAD", f"{row.spend:,.2f}", *counts


def google_table(rows: Iterable[AdDay]) -> Iterator[Row]:
    """Two title lines, then US dollars."""
    yield from (("Campaign performance",), ("November 1, 2024 - October 31, 2026",), GOOGLE_HEADER)
    for row in rows:
        counts = (f"{row.impressions:,}", row.clicks, f"{row.conversions:.2f}", f"{row.value / USD:,.2f}")
        yield row.day.isoformat(), row.campaign, "USD", f"{row.spend:,.2f}", *counts


# ---------------------------------------------------------------- LinkedIn


def social_table(noise: Noise) -> Iterator[Row]:
    yield ("date", "channel", "followers", "posts", "impressions", "interactions")
    for day in days(FIRST, LAST):
        followers = round(level(((FIRST, 318), (LAST, 431)), day) + noise.normal())
        posts = noise.count(2.2 / 7 * WEEK[day.weekday()])
        impressions = max(0, round(noise.about(160 * (0.5 + posts), 0.20)))
        interactions = max(0, round(noise.about(impressions * 0.031, 0.25)))
        yield day.isoformat(), "linkedin", followers, posts, impressions, interactions


# ---------------------------------------------------------------- competitors

FIRMS: tuple[tuple[str, Points], ...] = (  # invented; what anybody can read on their LinkedIn pages
    ("Cabinet Boréal (fictif)", ((FIRST, 540), (LAST, 612))),
    ("Comptables du Fjord (fictif)", ((FIRST, 296), (LAST, 377))),
)


def competitors_table(noise: Noise) -> Iterator[Row]:
    """Followers, read on the last day of each month."""
    yield ("date", "competitor", "channel", "followers")
    for day in (day for day in days(FIRST, LAST) if (day + timedelta(1)).day == 1):
        for name, points in FIRMS:
            yield day.isoformat(), name, "linkedin", round(level(points, day) + noise.normal())


# ---------------------------------------------------------------- files


def tables() -> Mapping[str, Iterable[Row]]:
    """The tables by path below the client's folder."""
    told = list(crm(Noise(SEED, 1)))
    by_name = {channel.name: channel for channel in CHANNELS}

    def platform(name: str, campaigns: Sequence[Campaign], stream: int) -> Iterator[AdDay]:
        signed = (row for row in told if row.channel == name and row.day >= FIRST)
        return ads(by_name[name], campaigns, signed, Noise(SEED, stream))

    return {
        "metrics/site.csv": site_table(Noise(SEED, 0)),
        "metrics/social.csv": social_table(Noise(SEED, 2)),
        "metrics/competitors.csv": competitors_table(Noise(SEED, 5)),
        "exports/crm.csv": crm_table(told),
        "exports/linkedin_ads.csv": linkedin_table(platform("linkedin_ads", LINKEDIN, 4)),
        "exports/google_ads.csv": google_table(platform("google_ads", GOOGLE, 3)),
    }


def main(root: Path) -> None:
    """Writes the firm's files below `root`, the folder of the demo workspace."""
    for path, rows in tables().items():
        written = ("utf-8-sig", ";") if path.endswith("crm.csv") else ("utf-8", ",")
        write(root / "data/rivenord-cpa" / path, rows, *written)
