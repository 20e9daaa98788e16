"""A seed and a number in, a workspace of that many invented clients out; the n-th client is the same in each of them.

    python -m scripts.bench.generate FOLDER CLIENTS

A client has seventeen months of daily figures in three files, one objective, comments and events: nine pages and about
eight figures, in two languages. No two clients share a value, so no drawing serves two of them. One in ten is private.
"""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import pi, sin
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SEED = 20261031
FIRST, LAST = date(2025, 6, 1), date(2026, 10, 31)
ARTICLES = ("choisir-ses-kpi",)  # of the package's: more of them are more pages, without a figure
PRIVATE = 10  # one client in so many
CONSONANTS, VOWELS = "bdfgklmnprtvz", "aeiou"
SYLLABLES = tuple(consonant + vowel for consonant in CONSONANTS for vowel in VOWELS)
STRIDE = 7_919_777  # prime to the number of words, so that each client gets a word of its own
COUNTRIES = {"MA": "MAD", "SN": "XOF", "FR": "EUR", "CI": "XOF", "BE": "EUR", "TN": "TND"}
PRICES = {"MAD": 10.0, "XOF": 600.0, "EUR": 1.0, "TND": 3.2}  # what costs one euro
KPIS = ("conversion_rate", "average_order_value")

CONFIG = """\
agency:
  name: Agence du banc d’essai
  about:
    fr: Agence et clients inventés pour mesurer ce que coûte une construction.
    en: An agency and clients invented to measure what building costs.
  email: contact@example.org
base_url: https://example.org/
languages: [fr, en]
home:
  list_clients: true
articles: own
"""

CLIENT = """\
name: {name}
country: {country}
languages: [fr, en]
access: {access}
fictitious: true
role_of_social: sales

goals:
  - id: online_sales
    title: {{fr: Développer les ventes en ligne, en: Grow online sales}}
    category: revenue
    priority: 1

objectives:
  - kpi: {kpi}
    target: +{target}%
    start: 2026-07-01
    deadline: 2026-12-31
    goal: online_sales
    owner: {{fr: Responsable e-commerce, en: E-commerce manager}}
    lever: {{fr: Nouveau parcours de commande, en: New checkout}}
    target_basis:
      kind: history
      note: {{fr: "Croissance de 2025 prolongée, {target} %", en: "Growth of 2025 continued, {target}%"}}

margin:
  rate: {margin}%
  source: {{fr: "Comptabilité, exercice 2025", en: Accounts of 2025}}
  date: 2026-02-15
costs:
  agency: {agency}/month
  staff: {hours} h x {wage}/month
  tools: {tools}/month

active_channels: [website, google_ads, meta_ads]
answers:
  analytics: yes
  crm: {crm}
  digital_lead: partly
  training: no

sources:
  - file: exports/google_ads.csv
    channel: google_ads
    date: Day
    columns:
      {{spend: Cost, impressions: Impr., clicks: Clicks, conversions: Conversions, conversion_value: Conv. value}}
    locale: en
    currency_column: Currency code
    gaps: zero
  - file: exports/meta_ads.csv
    channel: meta_ads
    date: Jour
    columns:
      spend: Montant dépensé
      impressions: Impressions
      link_clicks: Clics sur un lien
      conversions: Achats
      conversion_value: Valeur de conversion des achats
    currency_column: Devise
    gaps: zero

events:
  - {{label: Black Friday, start: 2025-11-24, end: 2025-12-01, kind: sale}}
  - {{label: {{fr: Soldes de janvier, en: January sale}}, start: 2026-01-08, end: 2026-01-31, kind: sale}}
  - {{label: {{fr: Nouveau site, en: New site}}, start: {launch}, kind: site}}

contact:
  name: {{fr: Responsable e-commerce, en: E-commerce manager}}
  email: shop@example.org
"""

NOTES = {
    "fr": (
        "Les commandes de {name} suivent la saison. **Le point à surveiller est la publicité payante**, qui coûte "
        "{share} % de ce qu’elle rapporte.\n\n1. garder le budget de Google jusqu’à décembre ;\n2. tester Meta dans "
        "deux villes en janvier.\n"
    ),
    "en": (
        "Orders at {name} follow the season. **The point to watch is paid advertising**, which costs {share}% of what "
        "it brings.\n\n1. keep the budget on Google until December;\n2. test Meta in two cities in January.\n"
    ),
}

GOOGLE = ("Day", "Campaign", "Currency code", "Cost", "Impr.", "Clicks", "Conversions", "Conv. value")
META = (
    "Jour",
    "Nom de la campagne",
    "Devise",
    "Montant dépensé",
    "Impressions",
    "Clics sur un lien",
    "Achats",
    "Valeur de conversion des achats",
)
SITE = ("date", "channel", "sessions", "transactions", "revenue")
CHANNELS = {"direct": (0.9, 1.1), "organic_search": (1.1, 0.9), "paid_search": (1.0, 1.0)}  # visits, conversion rate

Row = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Shop:
    """What an invented client is like. Money in its own currency, `visits` a day, `growth` a year."""

    slug: str
    name: str
    country: str
    currency: str
    access: str
    kpi: str
    visits: float
    rate: float
    basket: float
    growth: float
    chance: random.Random

    def about(self, mean: float, spread: float) -> float:
        """A number around `mean`, never below a tenth of it."""
        return max(mean * self.chance.gauss(1, spread), mean / 10)


def workspace(folder: Path, clients: int, seed: int = SEED) -> Path:
    """A workspace with its own theme and articles, so that both can be edited. `folder` must not exist."""
    shutil.copytree(REPOSITORY / "themes", folder / "themes")
    for language in ("fr", "en"):
        (folder / "content" / language).mkdir(parents=True)
        for name in ARTICLES:
            told = (REPOSITORY / "content" / language / f"{name}.md").read_text("utf-8")
            alone = re.sub(r"^related:.*\n", "", told, flags=re.MULTILINE)  # the others are not there
            (folder / "content" / language / f"{name}.md").write_text(alone, "utf-8")
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    for index in range(clients):
        _write(folder / "data", shop(index, seed))
    return folder


def slug(index: int, seed: int = SEED) -> str:
    """The address of a client."""
    return word(index, seed).lower()


def word(index: int, seed: int = SEED) -> str:
    """A name that means nothing, of eight letters; none is another's."""
    left = (seed + index * STRIDE) % len(SYLLABLES) ** 4
    letters = ""
    for _ in range(4):
        left, place = divmod(left, len(SYLLABLES))
        letters += SYLLABLES[place]
    return letters.capitalize()


def shop(index: int, seed: int = SEED) -> Shop:
    chance = random.Random(f"{seed} {index}")
    country = chance.choice(sorted(COUNTRIES))
    currency = COUNTRIES[country]
    return Shop(
        slug=slug(index, seed),
        name=word(index, seed),
        country=country,
        currency=currency,
        access="private" if index % PRIVATE == PRIVATE - 1 else "public",
        kpi=KPIS[index % len(KPIS)],
        visits=chance.uniform(250, 2_500),
        rate=chance.uniform(0.012, 0.035),
        basket=chance.uniform(25, 120) * PRICES[currency],
        growth=chance.uniform(-0.1, 0.5),
        chance=chance,
    )


def _write(data: Path, made: Shop) -> None:
    folder = data / made.slug
    for path, text in {**_words(made), **_tables(made)}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def _words(made: Shop) -> Mapping[str, str]:
    chance, price = made.chance, PRICES[made.currency]
    client = CLIENT.format(
        name=json.dumps(made.name),
        country=made.country,
        access=made.access,
        kpi=made.kpi,
        target=chance.randint(10, 40),
        margin=chance.randint(30, 55),
        agency=round(chance.randint(400, 1_500) * price),
        hours=chance.randint(20, 60),
        wage=round(chance.randint(9, 25) * price),
        tools=round(chance.randint(40, 200) * price),
        crm=chance.choice(("yes", "no")),
        launch=date(2026, 5, 1) + timedelta(chance.randrange(60)),
    )
    share = chance.randint(10, 60)
    head = "---\nauthor: Analyste\ndate: 2026-11-02\n---\n"
    notes = {
        f"notes/synthesis.{language}.md": head + text.format(name=made.name, share=share)
        for language, text in NOTES.items()
    }
    return {"client.yaml": client, **notes}


def _tables(made: Shop) -> Mapping[str, str]:
    site: list[Row] = [SITE]
    google: list[Row] = [GOOGLE]
    meta: list[Row] = [META]
    for day in _days():
        level = made.visits * _season(day) * (1 + made.growth * (day - FIRST).days / 365)
        basket = made.basket * (1.05 if day >= date(2026, 7, 1) else 1)
        for channel, (visits, rate) in CHANNELS.items():
            sessions = round(made.about(level * visits, 0.07))
            orders = round(made.about(sessions * made.rate * rate, 0.15))
            site.append((day.isoformat(), channel, sessions, orders, f"{orders * made.about(basket, 0.08):.2f}"))
        for table, name in ((google, "Search"), (google, "Shopping"), (meta, "Prospection"), (meta, "Reciblage")):
            table.append(_campaign(made, day, name, level, basket))
    return {
        "metrics/site.csv": _csv(site),
        "exports/google_ads.csv": _csv(google),
        "exports/meta_ads.csv": _csv(meta),
    }


def _campaign(made: Shop, day: date, name: str, level: float, basket: float) -> Row:
    clicks = round(made.about(level * 0.3, 0.06))
    spend = made.about(clicks * 0.18 * PRICES[made.currency], 0.05)
    orders = round(made.about(clicks * made.rate, 0.2))
    value = orders * made.about(basket, 0.1)
    return (day.isoformat(), name, made.currency, f"{spend:.2f}", clicks * 70, clicks, orders, f"{value:.2f}")


def _days() -> Iterator[date]:
    return (FIRST + timedelta(offset) for offset in range((LAST - FIRST).days + 1))


def _season(day: date) -> float:
    """A year's wave, a week's, and the days of a sale."""
    year = 1 + 0.12 * sin(2 * pi * day.timetuple().tm_yday / 365.25)
    sale = 1.8 if date(2025, 11, 24) <= day <= date(2025, 12, 1) else 1.0
    return year * sale * (1.08, 1.0, 0.98, 1.0, 0.95, 0.97, 1.02)[day.weekday()]


def _csv(rows: Iterable[Row]) -> str:
    lines: list[str] = []
    csv.writer(_Lines(lines), lineterminator="\n").writerows(rows)
    return "".join(lines)


class _Lines:
    """What the csv module writes to: a list of lines."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


if __name__ == "__main__":
    workspace(Path(sys.argv[1]), int(sys.argv[2]))
