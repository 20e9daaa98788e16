"""Seeds in, the CSV files of the demo and of the small test workspaces out; reads nothing.

    python -m scripts.make_demo_data [folder of the workspace]

The bytes are the same on every machine, for the reason that `demo_tables` tells.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from pathlib import Path

from scripts import demo_douala, demo_quebec
from scripts.demo_tables import Noise, Points, Row, Span, days, level, write

SEED = 20261031
FIRST, LAST = date(2024, 11, 1), date(2026, 10, 31)
MINIMAL_SEED = 17
MINIMAL_FIRST = date(2025, 6, 1)


@dataclass(frozen=True)
class Moment(Span):
    """Days that multiply visits, conversion rate and basket."""

    visits: float
    rate: float
    basket: float = 1.0


MOMENTS = tuple(
    Moment(date.fromisoformat(first), date.fromisoformat(last), *effects)
    for first, last, *effects in (
        ("2024-11-25", "2024-12-02", 1.85, 1.30, 0.95),  # Black Friday
        ("2025-11-24", "2025-12-01", 1.95, 1.32, 0.95),
        ("2025-01-08", "2025-01-31", 1.12, 1.06, 0.97),  # January sale
        ("2026-01-08", "2026-01-31", 1.12, 1.06, 0.97),
        ("2025-03-02", "2025-03-22", 0.80, 0.93),  # Ramadan, then its last week: presents
        ("2025-03-23", "2025-03-30", 1.15, 1.08),
        ("2026-02-19", "2026-03-11", 0.80, 0.93),
        ("2026-03-12", "2026-03-19", 1.15, 1.08),
        ("2025-03-31", "2025-04-02", 0.70, 0.90),  # Aïd el-Fitr
        ("2026-03-20", "2026-03-22", 0.70, 0.90),
        ("2025-06-05", "2025-06-09", 0.62, 0.88),  # Aïd al-Adha
        ("2026-05-25", "2026-05-29", 0.62, 0.88),
        ("2025-09-01", "2025-09-20", 1.18, 1.05, 0.98),  # back to the mats
        ("2026-09-01", "2026-09-20", 1.18, 1.05, 0.98),
    )
)
UNTRACKED = frozenset(
    date(2025, 5, 12) + timedelta(days) for days in range(3)
)  # the tag was missing: no rows, not zeros
PAUSED = frozenset(date(2025, 8, 16) + timedelta(days) for days in range(2))  # Meta suspended the account
SEASON = (1.10, 1.00, 0.96, 0.98, 0.97, 0.92, 0.88, 0.93, 1.10, 1.04, 1.06, 1.10)  # level on the first of each month
WEEK = (1.02, 0.98, 0.98, 1.01, 0.90, 1.03, 1.08)  # Monday to Sunday
TREND: Points = (
    (FIRST, 0.870),
    (date(2025, 1, 1), 0.900),
    (date(2026, 1, 1), 1.105),
    (date(2026, 7, 1), 1.180),
    (LAST, 1.190),
)
CONVERSION: Points = (
    (FIRST, 1.0),
    (date(2026, 7, 7), 1.0),
    (date(2026, 7, 8), 1.10),  # the new site
    (date(2026, 8, 15), 1.18),
    (date(2026, 10, 1), 1.27),
    (LAST, 1.29),
)
BASKET: Points = (
    (FIRST, 352.0),
    (date(2026, 4, 1), 362.0),
    (date(2026, 4, 20), 385.0),  # free delivery from 500 DH, sets of kimono, belt and rashguard
    (date(2026, 6, 15), 424.0),
    (date(2026, 9, 1), 466.0),
    (LAST, 474.0),
)


@dataclass(frozen=True)
class Channel:
    """Visits a day, conversion rate and basket of a channel, against the shop's own basket."""

    name: str
    visits: float
    rate: float
    basket: float


CHANNELS = (
    Channel("direct", 365, 0.0255, 1.03),
    Channel("organic_search", 430, 0.0210, 1.00),
    Channel("paid_search", 385, 0.0242, 1.00),
    Channel("paid_social", 425, 0.0122, 0.94),
    Channel("organic_social", 205, 0.0100, 0.93),
    Channel("email", 92, 0.0420, 1.07),
)


@dataclass(frozen=True)
class Visit:
    """One channel's day on the shop; money in MAD excluding VAT."""

    day: date
    channel: str
    sessions: int
    transactions: int
    revenue: float


def season(day: date) -> float:
    following = (day.replace(day=28) + timedelta(7)).replace(day=1)
    return level(((day.replace(day=1), SEASON[day.month - 1]), (following, SEASON[following.month - 1])), day)


def moment(day: date) -> Moment:
    return next((moment for moment in MOMENTS if day in moment), Moment(day, day, 1.0, 1.0))


def visits(noise: Noise) -> Iterator[Visit]:
    """The shop's two years, channel by channel."""
    for day in days(FIRST, LAST):
        now = moment(day)
        traffic = level(TREND, day) * season(day) * WEEK[day.weekday()] * now.visits
        for channel in CHANNELS:
            paused = 0.15 if channel.name == "paid_social" and day in PAUSED else 1.0
            sessions = round(noise.about(channel.visits * traffic * paused, 0.06))
            transactions = min(sessions, noise.count(sessions * channel.rate * level(CONVERSION, day) * now.rate))
            basket = level(BASKET, day) * channel.basket * now.basket
            revenue = transactions * noise.about(basket, 0.35 / sqrt(max(transactions, 1)))
            yield Visit(day, channel.name, sessions, transactions, round(revenue, 2))


# ---------------------------------------------------------------- advertising


@dataclass(frozen=True)
class Campaign:
    """How a campaign shares its platform's clicks, and what it claims: `orders` and `basket` against the shop's own."""

    name: str
    share: float
    click_price: float
    click_rate: float
    orders: float
    basket: float = 1.0
    start: date = FIRST
    moments_only: bool = False

    def runs(self, day: date) -> bool:
        return day >= self.start and (not self.moments_only or moment(day).visits > 1)


@dataclass(frozen=True)
class AdDay:
    day: date
    campaign: str
    spend: float
    impressions: int
    clicks: int
    conversions: float
    value: float


GOOGLE = (
    Campaign("Search | Marque", 0.24, 0.95, 0.115, 1.65, 1.04),
    Campaign("Shopping | Kimonos", 0.46, 2.05, 0.012, 1.12, 1.05),
    Campaign("PMax | Nouveautés", 0.30, 2.30, 0.016, 0.95, 0.96, start=date(2025, 3, 3)),
)
META = (
    Campaign("Prospection | Kimonos", 0.62, 1.45, 0.011, 1.10),
    Campaign("Reciblage | Paniers abandonnés", 0.26, 1.60, 0.019, 3.10, 1.03),
    Campaign("Offres | Temps forts", 0.22, 1.50, 0.014, 1.75, 0.96, moments_only=True),
)
TIKTOK = (Campaign("Vidéos | Techniques", 0.20, 1.35, 0.008, 0.42, 0.90, start=date(2025, 11, 1)),)


def ads(campaigns: Sequence[Campaign], site: Iterable[Visit], noise: Noise, *, whole: bool) -> Iterator[AdDay]:
    """What a platform tells for each campaign and day; `whole` when it counts orders, not fractions of them."""
    for visit in site:
        dear = 1.15 if moment(visit.day).visits > 1.5 else 1.0
        for campaign in campaigns:
            if not campaign.runs(visit.day):
                continue
            clicks = max(1, round(noise.about(visit.sessions * campaign.share * 1.08, 0.05)))
            spend = round(clicks * noise.about(campaign.click_price * dear, 0.05), 2)
            orders = noise.about(visit.transactions * campaign.share * campaign.orders, 0.10)
            conversions = max(0.0, float(noise.count(orders)) if whole else round(orders, 2))
            basket = level(BASKET, visit.day) * campaign.basket * moment(visit.day).basket
            value = round(conversions * noise.about(basket, 0.35 / sqrt(max(conversions, 1.0))), 2)
            impressions = round(noise.about(clicks / campaign.click_rate, 0.05))
            yield AdDay(visit.day, campaign.name, spend, impressions, clicks, conversions, value)


GOOGLE_TITLE = (("Campaign performance",), ("1 November 2024 - 31 October 2026",))
GOOGLE_HEADER = ("Day", "Campaign", "Currency code", "Cost", "Impr.", "Clicks", "Conversions", "Conv. value")
META_HEADER = (
    "Jour",
    "Nom de la campagne",
    "Devise",
    "Montant dépensé (MAD)",
    "Impressions",
    "Clics sur un lien",
    "Achats",
    "Valeur de conversion des achats",
)
TIKTOK_HEADER = (
    "Date",
    "Campaign name",
    "Currency",
    "Cost",
    "Impressions",
    "Clicks (destination)",
    "Conversions",
    "Total purchase value",
)


def google_table(rows: Iterable[AdDay]) -> Iterator[Row]:
    """Title lines, then numbers with a comma between thousands, as Google writes them."""
    yield from (*GOOGLE_TITLE, GOOGLE_HEADER)
    for row in rows:
        counts = (f"{row.impressions:,}", f"{row.clicks:,}", f"{row.conversions:,.2f}", f"{row.value:,.2f}")
        yield (row.day.isoformat(), row.campaign, "MAD", f"{row.spend:,.2f}", *counts)


def plain_table(header: Row, rows: Iterable[AdDay]) -> Iterator[Row]:
    """Bare numbers, whole orders: Meta and TikTok."""
    yield header
    for row in rows:
        counts = (row.impressions, row.clicks, round(row.conversions), f"{row.value:.2f}")
        yield (row.day.isoformat(), row.campaign, "MAD", f"{row.spend:.2f}", *counts)


def newest_first(rows: Iterable[AdDay]) -> list[AdDay]:
    """Meta's order, without the days on which it showed nothing."""
    return sorted((row for row in rows if row.day not in PAUSED), key=lambda row: row.day, reverse=True)


# ---------------------------------------------------------------- social networks


@dataclass(frozen=True)
class Network:
    """Followers at both ends, posts a week, impressions of a post, interactions for each of them, messages a day."""

    name: str
    followers: tuple[float, float]
    posts: float
    impressions: float
    interactions: float
    messages: float


NETWORKS = (
    Network("instagram", (8_200, 15_400), 4.5, 5_200, 0.034, 14),
    Network("facebook", (11_600, 12_300), 3.0, 2_600, 0.016, 9),
    Network("tiktok", (900, 9_800), 3.5, 6_900, 0.041, 3),
)
ANSWERED: Points = ((FIRST, 0.70), (date(2026, 1, 1), 0.76), (LAST, 0.88))


def social_table(noise: Noise) -> Iterator[Row]:
    yield (
        "date",
        "channel",
        "followers",
        "posts",
        "impressions",
        "interactions",
        "messages_received",
        "messages_answered",
    )
    for day in days(FIRST, LAST):
        for network in NETWORKS:
            growth = level(((FIRST, network.followers[0]), (LAST, network.followers[1])), day)
            posts = noise.count(network.posts / 7)
            impressions = round(noise.about(network.impressions * network.posts / 7 * (0.6 + 0.4 * posts), 0.10))
            interactions = round(noise.about(impressions * network.interactions, 0.10))
            received = noise.count(network.messages * moment(day).visits)
            answered = min(received, round(noise.about(received * level(ANSWERED, day), 0.08)))
            followers = round(growth + 3 * noise.normal())
            yield day.isoformat(), network.name, followers, posts, impressions, interactions, received, answered


# ---------------------------------------------------------------- competitors


@dataclass(frozen=True)
class Rival:
    """An invented shop on TikTok, where everybody sees how often a video was seen: views a month, interactions each."""

    name: str
    views: Points
    interactions: Points


RIVALS = (
    Rival("Rif Grappling (fictif)", ((FIRST, 41_000), (LAST, 96_000)), ((FIRST, 0.046), (LAST, 0.052))),
    Rival("Souss Kimonos (fictif)", ((FIRST, 88_000), (LAST, 74_000)), ((FIRST, 0.031), (LAST, 0.027))),
)


def competitors_table(noise: Noise) -> Iterator[Row]:
    """Each month of each competitor, counted by the same rule as the shop's own."""
    yield ("date", "competitor", "channel", "impressions", "interactions")
    for month in months(FIRST, LAST):
        for rival in RIVALS:
            views = round(noise.about(level(rival.views, month), 0.08))
            interactions = round(views * noise.about(level(rival.interactions, month), 0.05))
            yield month.isoformat(), rival.name, "tiktok", views, interactions


# ---------------------------------------------------------------- paid on delivery


CONFIRMED: Points = (
    (FIRST, 0.750),
    (date(2026, 4, 5), 0.760),
    (date(2026, 4, 6), 0.790),  # by WhatsApp instead of the telephone
    (date(2026, 6, 1), 0.835),
    (LAST, 0.850),
)
DELIVERED, COLLECTED = 0.930, 0.965


def orders_table(site: Iterable[Visit], noise: Noise) -> Iterator[Row]:
    """The courier's days: what the shop sold is what was collected, so the stages before it are counted back from it.
    It knows the days that the site's tag missed."""
    yield ("date", "orders", "orders_confirmed", "orders_delivered", "orders_collected")
    collected: Counter[date] = Counter()
    for visit in site:
        collected[visit.day] += visit.transactions
    for day, count in collected.items():
        delivered = max(count, round(count / noise.about(COLLECTED, 0.01)))
        confirmed = max(delivered, round(delivered / noise.about(DELIVERED, 0.015)))
        placed = max(confirmed, round(confirmed / noise.about(level(CONFIRMED, day), 0.025)))
        yield day.isoformat(), placed, confirmed, delivered, count


# ---------------------------------------------------------------- influencers and new customers


@dataclass(frozen=True)
class Codes:
    """A month of influencers: what they were paid and the orders with their promo codes; money in MAD."""

    month: date
    spend: int
    orders: int
    value: float


INFLUENCERS_FIRST = date(2025, 3, 1)
FEES: Points = ((INFLUENCERS_FIRST, 4_800), (LAST, 7_400))
BUSY = {1: 1.15, 3: 1.25, 9: 1.35, 11: 1.70}  # more of them when the shop itself sells more
ORDER_PRICE, CODE_BASKET = 122, 0.90  # MAD paid for each order; a code takes a tenth off the basket


def months(first: date, last: date) -> Iterator[date]:
    return (day for day in days(first, last) if day.day == 1)


def influencers(noise: Noise) -> Iterator[Codes]:
    for month in months(INFLUENCERS_FIRST, LAST):
        spend = 50 * round(noise.about(level(FEES, month) * BUSY.get(month.month, 1.0), 0.06) / 50)
        orders = noise.count(spend / ORDER_PRICE)
        value = orders * noise.about(level(BASKET, month) * CODE_BASKET, 0.35 / sqrt(orders))
        yield Codes(month, spend, orders, round(value, 2))


def influencers_table(codes: Iterable[Codes]) -> Iterator[Row]:
    yield ("date", "channel", "spend", "conversions", "conversion_value")
    for month in codes:
        yield month.month.isoformat(), "influencers", month.spend, month.orders, f"{month.value:.2f}"


TIKTOK_FIRST = TIKTOK[0].start
FIRST_ORDERS = (  # what part of a channel's orders is a customer's first
    ("direct", "direct", 0.22),
    ("organic_search", "organic_search", 0.44),
    ("organic_social", "organic_social", 0.50),
    ("email", "email", 0.06),
    ("google_ads", "paid_search", 0.47),
    ("meta_ads", "paid_social", 0.60),
    ("tiktok_ads", "paid_social", 0.055),
)
FIRST_CODES = 0.72


def customers_table(site: Sequence[Visit], codes: Sequence[Codes], noise: Noise) -> Iterator[Row]:
    """First orders of a month, each counted once, for the channel that the customer names when it is confirmed."""
    yield ("date", "channel", "new_customers")
    sold: Counter[tuple[date, str]] = Counter()
    for visit in site:
        sold[visit.day.replace(day=1), visit.channel] += visit.transactions
    by_code = {month.month: month.orders for month in codes}
    for month in months(FIRST, LAST):
        for name, channel, share in FIRST_ORDERS:
            if name != "tiktok_ads" or month >= TIKTOK_FIRST:
                yield month.isoformat(), name, round(noise.about(sold[month, channel] * share, 0.05))
        if month in by_code:
            yield month.isoformat(), "influencers", round(noise.about(by_code[month] * FIRST_CODES, 0.04))


# ---------------------------------------------------------------- files


def site_table(site: Iterable[Visit]) -> Iterator[Row]:
    yield ("date", "channel", "sessions", "transactions", "revenue")
    for visit in site:
        if visit.day not in UNTRACKED:
            yield visit.day.isoformat(), visit.channel, visit.sessions, visit.transactions, f"{visit.revenue:.2f}"


def demo() -> Mapping[str, Iterable[Row]]:
    """The tables of Atlas Jiu-Jitsu by path below its folder."""
    site = tuple(visits(Noise(SEED, 0)))
    search = [visit for visit in site if visit.channel == "paid_search"]
    social = [visit for visit in site if visit.channel == "paid_social"]
    codes = tuple(influencers(Noise(SEED, 6)))
    return {
        "metrics/site.csv": site_table(site),
        "metrics/social.csv": social_table(Noise(SEED, 1)),
        "metrics/orders.csv": orders_table(site, Noise(SEED, 5)),
        "metrics/influencers.csv": influencers_table(codes),
        "metrics/competitors.csv": competitors_table(Noise(SEED, 8)),
        "metrics/customers.csv": customers_table(site, codes, Noise(SEED, 7)),
        "exports/google_ads.csv": google_table(ads(GOOGLE, search, Noise(SEED, 2), whole=False)),
        "exports/meta_ads.csv": plain_table(META_HEADER, newest_first(ads(META, social, Noise(SEED, 3), whole=True))),
        "exports/tiktok_ads.csv": plain_table(TIKTOK_HEADER, ads(TIKTOK, social, Noise(SEED, 4), whole=True)),
    }


def minimal() -> Mapping[str, Iterable[Row]]:
    """A third of the demo's traffic in tidy files: one row a day for the shop, one a day and channel for the ads."""
    noise = Noise(MINIMAL_SEED, 0)
    shop: list[Row] = [("date", "sessions", "transactions", "revenue")]
    paid: list[Row] = [("date", "channel", "spend", "clicks", "impressions", "conversions", "conversion_value")]
    for day in days(MINIMAL_FIRST, LAST):
        traffic = level(TREND, day) * season(day) * WEEK[day.weekday()] * moment(day).visits
        sessions = round(noise.about(640 * traffic, 0.07))
        transactions = noise.count(sessions * 0.019 * level(CONVERSION, day) * moment(day).rate)
        shop.append((day.isoformat(), sessions, transactions, f"{transactions * noise.about(390, 0.08):.2f}"))
        for channel, share, price, worth in (("google_ads", 0.22, 1.9, 8.5), ("meta_ads", 0.26, 1.3, 6.5)):
            clicks = round(noise.about(sessions * share, 0.06))
            spend = round(clicks * noise.about(price, 0.05), 2)
            conversions = noise.count(spend * worth / 390)
            value = conversions * noise.about(390, 0.08)
            paid.append((day.isoformat(), channel, f"{spend:.2f}", clicks, clicks * 70, conversions, f"{value:.2f}"))
    return {"metrics/site.csv": shop, "exports/ads.csv": paid}


def main(root: Path) -> None:
    """Writes every file below `root`, the folder of the demo workspace."""
    demo_douala.main(root)
    demo_quebec.main(root)
    for path, rows in demo().items():
        encoding = (
            "utf-8-sig" if path.endswith("meta_ads.csv") else "utf-8"
        )  # Meta's files begin with a byte-order mark
        write(root / "data/atlas-jiu-jitsu" / path, rows, encoding)
    for workspace in ("minimal", "minimal-public"):
        for path, rows in minimal().items():
            write(root / "tests/sites" / workspace / "data/atlas" / path, rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
