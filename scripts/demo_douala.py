"""Seeds in, the CSV files of Wouri Gaz et Solaire out: an invented distributor of bottled gas and solar kits in Douala.

Money is in XAF, which has no decimals. Two whole years of weeks, Monday to Sunday; advertising as a French export
that went through a spreadsheet: day first, semicolons, a narrow space between thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from pathlib import Path

from scripts.demo_evidence import inbox_table, posts_table
from scripts.demo_tables import Noise, Points, Row, Span, days, level, write

SEED = 237
FOLDER = "data/wouri-gaz-solaire"
FIRST, LAST = date(2024, 11, 4), date(2026, 11, 1)  # a Monday and a Sunday: 104 weeks
NEW_SITE, SHARED_INBOX = date(2025, 9, 1), date(2025, 11, 10)
UNTRACKED = frozenset(date(2026, 8, 10) + timedelta(number) for number in range(9))  # no rows, not zeros


@dataclass(frozen=True)
class Moment(Span):
    """Days that multiply visits, requests for a kit, orders and contacts."""

    visits: float = 1.0
    leads: float = 1.0
    orders: float = 1.0
    contacts: float = 1.0


MOMENTS = tuple(
    Moment(date.fromisoformat(first), date.fromisoformat(last), *effects)
    for first, last, *effects in (
        ("2024-12-09", "2025-01-01", 1.10, 0.95, 1.40, 1.15),  # Christmas and New Year: cooking gas
        ("2025-12-08", "2026-01-01", 1.10, 0.95, 1.40, 1.15),
        ("2025-02-17", "2025-03-23", 1.20, 1.22, 1.00, 1.12),  # power cuts: solar kits
        ("2026-02-16", "2026-03-22", 1.20, 1.22, 1.00, 1.12),
        ("2025-05-20", "2025-05-20", 0.75, 0.90, 0.70, 0.80),  # national day
        ("2026-05-20", "2026-05-20", 0.75, 0.90, 0.70, 0.80),
        ("2025-09-08", "2025-09-21", 0.95, 0.85, 0.92, 1.05),  # back to school: fees come first
        ("2026-09-07", "2026-09-20", 0.95, 0.85, 0.92, 1.05),
    )
)
QUIET = Moment(FIRST, LAST)
# Level on the first of each month, January first: rain from July to September, orders at the end of the year.
SUN = (1.06, 1.10, 1.10, 1.04, 1.00, 0.95, 0.84, 0.80, 0.86, 0.98, 1.06, 1.08)
KITCHEN = (1.00, 0.98, 0.98, 1.00, 1.00, 1.01, 1.02, 1.02, 1.00, 1.00, 1.02, 1.10)
WEEK = (1.06, 1.03, 1.00, 1.01, 1.04, 1.02, 0.84)  # Monday to Sunday
TREND: Points = (
    (FIRST, 0.80),
    (date(2025, 7, 1), 0.90),
    (date(2026, 1, 1), 1.08),
    (date(2026, 7, 1), 1.14),
    (LAST, 1.20),
)
LEADS: Points = ((FIRST, 0.95), (NEW_SITE - timedelta(1), 0.95), (NEW_SITE, 1.0), (LAST, 1.02))
ORDERS: Points = ((FIRST, 1.02), (date(2026, 1, 1), 0.98), (LAST, 0.97))


def moment(day: date) -> Moment:
    return next((moment for moment in MOMENTS if day in moment), QUIET)


def season(table: Sequence[float], day: date) -> float:
    following = (day.replace(day=28) + timedelta(7)).replace(day=1)
    return level(((day.replace(day=1), table[day.month - 1]), (following, table[following.month - 1])), day)


def weeks() -> Iterator[date]:
    """The Mondays."""
    return (day for day in days(FIRST, LAST) if day.weekday() == 0)


# ---------------------------------------------------------------- the site


@dataclass(frozen=True)
class Channel:
    """Visits a day; requests for a kit and orders for each of them; basket in XAF."""

    name: str
    visits: float
    leads: float
    orders: float
    basket: float


CHANNELS = (
    Channel("direct", 120, 0.024, 0.0100, 33_000),
    Channel("organic_search", 165, 0.032, 0.0075, 36_000),
    Channel("paid_social", 262, 0.0259, 0.0052, 35_000),
    Channel("organic_social", 118, 0.0250, 0.0048, 31_000),
)


@dataclass(frozen=True)
class Visit:
    """One channel's day on the site; revenue in XAF excluding VAT."""

    day: date
    channel: str
    sessions: int
    leads: int
    transactions: int
    revenue: int


def visits(noise: Noise) -> Iterator[Visit]:
    for day in days(FIRST, LAST):
        now, traffic = moment(day), level(TREND, day) * WEEK[day.weekday()] * moment(day).visits
        for channel in CHANNELS:
            sessions = round(noise.about(channel.visits * traffic, 0.07))
            asked = channel.leads * level(LEADS, day) * season(SUN, day) * now.leads
            bought = channel.orders * level(ORDERS, day) * season(KITCHEN, day) * now.orders
            leads, transactions = noise.count(sessions * asked), noise.count(sessions * bought)
            basket = noise.about(channel.basket, 0.30 / sqrt(max(transactions, 1)))
            yield Visit(day, channel.name, sessions, leads, transactions, 50 * round(transactions * basket / 50))


def site_table(site: Iterable[Visit]) -> Iterator[Row]:
    yield ("date", "channel", "sessions", "leads", "transactions", "revenue")
    for visit in site:
        if visit.day not in UNTRACKED:
            counts = (visit.sessions, visit.leads, visit.transactions, visit.revenue)
            yield (visit.day.isoformat(), visit.channel, *counts)


# ---------------------------------------------------------------- advertising


@dataclass(frozen=True)
class Campaign:
    """Its share of the visits from paid social, the price of a click in XAF, and what it claims of the orders."""

    name: str
    share: float
    click_price: float
    click_rate: float
    orders: float


META = (
    Campaign("Kits solaires | Demandes de devis", 0.64, 54, 0.012, 0.95),
    Campaign("Gaz | Livraison à domicile", 0.36, 47, 0.016, 2.10),
)
META_HEADER = (
    "Jour",
    "Nom de la campagne",
    "Devise",
    "Montant dépensé (XAF)",
    "Impressions",
    "Clics sur un lien",
    "Achats",
    "Valeur de conversion des achats",
)


def meta_table(site: Sequence[Visit], noise: Noise) -> Iterator[Row]:
    """Newest day first, as Meta writes it."""
    yield META_HEADER
    for visit in reversed([visit for visit in site if visit.channel == "paid_social"]):
        for campaign in META:
            clicks = max(1, round(noise.about(visit.sessions * campaign.share * 1.12, 0.05)))
            spend = round(clicks * noise.about(campaign.click_price, 0.06))
            impressions = round(noise.about(clicks / campaign.click_rate, 0.06))
            bought = noise.count(visit.transactions * campaign.share * campaign.orders)
            value = 50 * round(bought * noise.about(35_000, 0.30 / sqrt(max(bought, 1))) / 50)
            told = (spaced(number) for number in (spend, impressions, clicks, bought, value))
            yield (f"{visit.day:%d/%m/%Y}", campaign.name, "XAF", *told)


def spaced(number: int) -> str:
    """A narrow no-break space between thousands."""
    return f"{number:,}".replace(",", "\u202f")


RADIO = (0, 160_000, 0, 120_000, 120_000, 0, 0, 0, 140_000, 140_000, 0, 180_000)  # the first year, November first
RADIO_NOW = (150_000, 210_000, 120_000, 150_000, 150_000, 90_000, 90_000, 0, 120_000, 150_000, 180_000, 150_000)


def radio_table() -> Iterator[Row]:
    """One row a month: the station bills by the month."""
    yield ("date", "channel", "spend")
    for number, spend in enumerate((*RADIO, *RADIO_NOW), start=10):
        yield (date(2024 + number // 12, number % 12 + 1, 1).isoformat(), "radio", spend)


# ---------------------------------------------------------------- customer service


@dataclass(frozen=True)
class Desk:
    """Contacts a week and minutes for each of them, at both ends of the two years."""

    name: str
    contacts: Points
    minutes: Points
    messages: float = 0.0  # for each contact; none by phone or at the counter


def ends(first: float, last: float) -> Points:
    """Nearly level, then a move from the shared inbox on."""
    return ((FIRST, first), (SHARED_INBOX, first + (last - first) / 5), (date(2026, 5, 1), last), (LAST, last))


DESKS = (
    Desk("phone", ends(410, 255), ends(9.2, 8.8)),
    Desk("shop", ends(180, 140), ends(7.5, 7.2)),
    Desk("email", ends(64, 46), ends(11.5, 10.5), 1.0),
    Desk("whatsapp", ends(135, 395), ends(7.0, 6.2), 1.0),
    Desk("facebook", ends(72, 98), ends(6.5, 6.0), 1.0),
)
CONTACTS_PER_CASE: Points = ((FIRST, 1.47), (date(2025, 12, 1), 1.41), (date(2026, 1, 1), 1.40), (LAST, 1.24))
ANSWERED: Points = ((FIRST, 0.88), (SHARED_INBOX, 0.91), (date(2026, 1, 1), 0.965), (LAST, 0.98))
IN_TIME: Points = (  # within the promise of four hours; the network itself fails during the power cuts of March
    (FIRST, 0.62),
    (SHARED_INBOX, 0.72),
    (date(2025, 12, 15), 0.90),
    (date(2026, 2, 23), 0.925),
    (date(2026, 3, 2), 0.865),
    (date(2026, 3, 23), 0.875),
    (date(2026, 4, 1), 0.92),
    (LAST, 0.945),
)
MINUTES: Points = ((FIRST, 265), (SHARED_INBOX, 205), (date(2026, 1, 1), 112), (LAST, 74))


@dataclass(frozen=True)
class Week:
    """One channel's week at the desk."""

    monday: date
    desk: Desk
    contacts: int
    minutes: int
    resolved: int


def service(noise: Noise) -> Iterator[Week]:
    for monday in weeks():
        busy = moment(monday + timedelta(3)).contacts * sqrt(sqrt(level(TREND, monday)))
        for desk in DESKS:
            contacts = round(noise.about(level(desk.contacts, monday) * busy, 0.05))
            minutes = round(contacts * noise.about(level(desk.minutes, monday), 0.03))
            resolved = round(contacts / noise.about(level(CONTACTS_PER_CASE, monday), 0.012))
            yield Week(monday, desk, contacts, minutes, resolved)


def contacts_table(served: Iterable[Week]) -> Iterator[Row]:
    yield ("date", "channel", "contacts", "handling_minutes", "resolved_cases")
    for week in served:
        yield (week.monday.isoformat(), week.desk.name, week.contacts, week.minutes, week.resolved)


def messages_table(served: Iterable[Week], noise: Noise) -> Iterator[Row]:
    """Written channels alone: a promise of four opening hours is for messages."""
    yield ("date", "channel", "messages_received", "messages_answered", "answered_in_time", "response_minutes")
    for week in served:
        if week.desk.messages:
            received = round(week.contacts * week.desk.messages)
            answered = min(received, round(received * noise.about(level(ANSWERED, week.monday), 0.01)))
            in_time = min(answered, round(received * noise.about(level(IN_TIME, week.monday), 0.012)))
            minutes = round(answered * noise.about(level(MINUTES, week.monday), 0.06))
            yield (week.monday.isoformat(), week.desk.name, received, answered, in_time, minutes)


# ---------------------------------------------------------------- reputation

MENTIONS: Points = ((FIRST, 58), (LAST, 92))
# Three of them, invented: mentions a week, the share of them that is positive and negative.
COMPETITORS: tuple[tuple[str, Points, float, float], ...] = (
    ("Sanaga Gaz (fictif)", ((FIRST, 104.0), (LAST, 98.0)), 0.34, 0.22),
    ("Solaire du Littoral (fictif)", ((FIRST, 71.0), (LAST, 79.0)), 0.52, 0.12),
    ("Énergie Bonapriso (fictif)", ((FIRST, 38.0), (LAST, 45.0)), 0.40, 0.20),
)
POSITIVE: Points = ((FIRST, 0.36), (LAST, 0.47))
NEGATIVE: Points = ((FIRST, 0.24), (LAST, 0.15))


@dataclass(frozen=True)
class Heard:
    """A week's mentions: ours, the positive and the negative ones among them, and those of each competitor."""

    monday: date
    ours: int
    positive: int
    negative: int
    others: tuple[int, ...]


def heard(noise: Noise) -> Iterator[Heard]:
    for monday in weeks():
        strained = 1.35 if moment(monday + timedelta(3)).leads > 1 else 1.0  # power cuts: impatient customers
        ours = noise.count(level(MENTIONS, monday))
        positive = round(ours * noise.about(level(POSITIVE, monday) / sqrt(strained), 0.08))
        negative = round(ours * noise.about(level(NEGATIVE, monday) * strained, 0.10))
        yield Heard(
            monday, ours, positive, negative, tuple(noise.count(level(each[1], monday)) for each in COMPETITORS)
        )


SENTIMENT = ("mentions", "mentions_positive", "mentions_neutral", "mentions_negative")


def mentions_table(told: Iterable[Heard]) -> Iterator[Row]:
    """Our own mentions by sentiment; `market_mentions` are ours and those of the three competitors."""
    yield ("date", *SENTIMENT, "market_mentions")
    for week in told:
        sides = (week.ours, week.positive, week.ours - week.positive - week.negative, week.negative)
        yield (week.monday.isoformat(), *sides, week.ours + sum(week.others))


def competitors_table(told: Iterable[Heard], noise: Noise) -> Iterator[Row]:
    """The competitors' mentions of the same weeks, by the same query."""
    yield ("date", "competitor", *SENTIMENT)
    for week in told:
        for (name, _, positive, negative), count in zip(COMPETITORS, week.others, strict=True):
            good = round(count * noise.about(positive, 0.08))
            bad = round(count * noise.about(negative, 0.10))
            yield (week.monday.isoformat(), name, count, good, count - good - bad, bad)


# ---------------------------------------------------------------- files


def tables() -> Mapping[str, Iterable[Row]]:
    """The tidy tables by path below the client's folder."""
    served = tuple(service(Noise(SEED, 2)))
    told = tuple(heard(Noise(SEED, 4)))
    messages = tuple(messages_table(served, Noise(SEED, 3)))
    return {
        "metrics/site.csv": site_table(visits(Noise(SEED, 0))),
        "metrics/radio.csv": radio_table(),
        "metrics/contacts.csv": contacts_table(served),
        "metrics/messages.csv": messages,
        "metrics/mentions.csv": mentions_table(told),
        "metrics/competitors.csv": competitors_table(told, Noise(SEED, 5)),
        "evidence/inbox.csv": inbox_table(messages[1:], LAST, Noise(SEED, 5)),
        "evidence/posts.csv": posts_table(LAST, Noise(SEED, 6)),
    }


def main(root: Path) -> None:
    """Writes every file of the client below `root`, the folder of the demo workspace."""
    for path, rows in tables().items():
        write(root / FOLDER / path, rows)
    export = meta_table(tuple(visits(Noise(SEED, 0))), Noise(SEED, 1))
    write(root / FOLDER / "exports/meta_ads.csv", export, "utf-8-sig", ";")  # the spreadsheet's byte-order mark
