"""A seed in, a whole valid workspace nobody has seen out: other names, countries, currencies, years, objectives, gaps.

Files are written as their owners would: tidy ones, and exports as platforms give them. Every workspace is valid by
`sitegen/model/authored.py`; warnings (a gap, a private client, a baseline that differs) are part of it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

NAMES = (
    "L’Étoile & Fils",
    'O\'Hara "Gi" Co',
    "Zoë <Kimonos> d’Abidjan",
    "Ça & Là — l'Atelier",
    "Ñandú, Œuf & Cie",
    "<b>Gras</b> & <i>Fin</i>",
    "{name} 100 % {0}",
    "Fjällräven’s </title> Shop",
    "Café \\ Crème",
    "Maison Sèvres–Babylone",
)
WORDS = (
    {"fr": "Vendre davantage, l’été aussi", "en": "Sell more, in summer too"},
    {"fr": "Clients < 25 ans & familles", "en": "Customers < 25 & families"},
    {"fr": "Équipe « boutique »", "en": 'The "shop" team'},
    "Directrice générale",
    "O’Neill & Partners",
    "Livraison offerte <dès 2 articles>",
)


@dataclass(frozen=True)
class Country:
    """`basket`: what an order is worth there. `symbol`: of its currency. `scale`: a display unit, if there is one."""

    code: str
    currency: str
    symbol: str
    basket: float
    scale: str | None
    zone: str


COUNTRIES = (
    Country("MA", "MAD", "DH", 400, "KDH", "Africa/Casablanca"),
    Country("CM", "XAF", "FCFA", 25_000, "KFCFA", "Africa/Douala"),
    Country("FR", "EUR", "€", 60, "K€", "Europe/Paris"),
    Country("CA", "CAD", "CAD", 90, "KCAD", "America/Vancouver"),
    Country("AU", "AUD", "AUD", 95, "KAUD", "Australia/Perth"),
    Country("CI", "XOF", "XOF", 25_000, "KXOF", "Africa/Abidjan"),
    Country("TN", "TND", "TND", 120, None, "Africa/Tunis"),
)
DOLLARS = {"MAD": 10.1, "XAF": 605.5, "EUR": 0.92, "CAD": 1.37, "AUD": 1.52, "XOF": 605.5, "TND": 3.12}
HISTORY = 900  # days of data: a year before the earliest start, and more


@dataclass(frozen=True)
class Shop:
    """What a client's files are drawn from. `step`: days between two rows. `orders` and `rate` are of one day."""

    chance: Random
    country: Country
    last: date
    step: int
    orders: float
    rate: float
    missing: float

    @property
    def first(self) -> date:
        return self.last - timedelta(HISTORY)

    def rows(self) -> Iterator[date]:
        """Days (or Mondays of whole weeks) that have a row; the first and the last one always do."""
        first = self.first - timedelta(self.first.weekday() if self.step == 7 else 0)
        days = [first + timedelta(offset) for offset in range(0, (self.last - first).days + 2 - self.step, self.step)]
        hole = self.chance.randrange(30, len(days) - 30) if self.missing else 0
        for position, day in enumerate(days):
            inside = 0 < position < len(days) - 1
            if inside and (self.chance.random() < self.missing or 0 < hole <= position < hole + 2):
                continue
            yield day

    def around(self, mean: float, spread: float = 0.15) -> float:
        return mean * self.chance.uniform(1 - spread, 1 + spread)

    def money(self, amount: float) -> str:
        return f"{amount:.0f}" if self.country.basket > 1_000 else f"{amount:.2f}"


def today(seed: int) -> date:
    """The day on which the workspace of `seed` is to be built: no row lies after it."""
    return date(2021, 7, 1) + timedelta(Random(seed).randrange(3_700))


def workspace(folder: Path, seed: int) -> None:
    """Writes `config.yaml` and one to three clients below `folder`."""
    chance = Random(f"unseen {seed}")
    names = chance.sample(NAMES, 4)
    shops = [_shop(chance, today(seed)) for _ in range(chance.randint(1, 3))]
    for number, (shop, name) in enumerate(zip(shops, names, strict=False)):
        slug = f"{chance.choice(('boutique', 'shop', 'client'))}-{chance.randrange(16**6):06x}"
        _client(folder / "data" / slug, shop, name, public=number == 0 or chance.random() < 0.5)
    _write(folder / "config.yaml", yaml(_config(chance, names[3], shops)))


def yaml(value: Any, depth: int = 0) -> str:
    """Block-style YAML of plain data; every string is quoted, so that none is taken for something else."""
    if not isinstance(value, (dict, list)) or not value:
        return " " + json.dumps(value, ensure_ascii=False) + "\n"
    keys = [f"{key}:" for key in value] if isinstance(value, dict) else ["-"] * len(value)
    items = value.values() if isinstance(value, dict) else value
    lines = (f"{'  ' * depth}{key}{yaml(item, depth + 1)}" for key, item in zip(keys, items, strict=True))
    return ("\n" if depth else "") + "".join(lines)


def _write(path: Path, text: str, encoding: str = "utf-8") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def _table(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()


# ---------------------------------------------------------------- the site


def _shop(chance: Random, day: date) -> Shop:
    return Shop(
        chance=chance,
        country=chance.choice(COUNTRIES),
        last=day - timedelta(chance.randint(1, 9)),
        step=chance.choice((1, 1, 1, 7)),
        orders=chance.choice((3.0, 18.0, 60.0, 400.0)),
        rate=chance.choice((0.008, 0.021, 0.034)),
        missing=chance.choice((0.0, 0.0, 0.004, 0.012)),
    )


def _config(chance: Random, name: str, shops: Sequence[Shop]) -> dict[str, Any]:
    currencies = {shop.country.currency for shop in shops}
    return {
        "agency": {"name": name, "about": chance.choice(WORDS), "email": "bonjour@example.org"},
        "base_url": chance.choice(("https://example.org/", "https://example.org/audits/")),
        "languages": chance.choice((["fr", "en"], ["en", "fr"])),
        "latency_days": chance.randint(0, 3),
        "home": {"list_clients": chance.random() < 0.5},
        "exchange_rates": [
            {
                "currency": "USD",
                "to": currency,
                "rate": DOLLARS[currency],
                "start": "2015-01-01",
                "source": chance.choice(WORDS),
            }
            for currency in sorted(currencies)
        ],
    }


# ---------------------------------------------------------------- a client


def _client(folder: Path, shop: Shop, name: str, *, public: bool) -> None:
    chance, country = shop.chance, shop.country
    _shop_table(folder, shop)
    _social_table(folder, shop)
    sources = _exports(folder, shop)
    goals = [
        {
            "id": "growth_1",
            "title": chance.choice(WORDS),
            "category": chance.choice(("revenue", "growth", "satisfaction")),
        }
    ]
    client = {
        "name": name,
        "country": country.code,
        "languages": chance.choice((["fr"], ["en"], ["fr", "en"], ["en", "fr"])),
        "access": "public" if public else "private",
        "fictitious": chance.random() < 0.5,
        "role_of_social": chance.choice(("sales", "leads", "service", "reputation")),
        "goals": goals,
        "objectives": _objectives(shop),
        "costs": _costs(shop),
        "answers": {
            question: chance.choice(("yes", "partly", "no", "unknown"))
            for question in ("analytics", "crm", "digital_lead", "training", "process_change")
            if chance.random() < 0.8
        },
        "sources": sources,
        "events": _events(shop),
    }
    extras: Mapping[str, Any] = {
        "unit": country.scale,
        "timezone": country.zone,
        "margin": chance.choice(
            ("45%", "37,5 %", 0.3, {"rate": "52%", "source": chance.choice(WORDS), "date": "2019-01-31"})
        ),
        "incrementality": chance.choice(("60%", {"rate": 0.4, "source": chance.choice(WORDS)})),
        "contact": {"name": chance.choice(WORDS), "email": "contact@example.org"},
    }
    kept = {key: value for key, value in extras.items() if value is not None and chance.random() < 0.6}
    _write(folder / "client.yaml", yaml(client | kept))


def _costs(shop: Shop) -> dict[str, Any]:
    chance, basket = shop.chance, shop.country.basket
    choices: Sequence[Callable[[], object]] = (
        lambda: f"{round(basket * 40)}/month",
        lambda: f"{round(basket * 90)} {shop.country.symbol}/year",
        lambda: f"{chance.randint(4, 60)} h x {round(basket / 3)}/month",
        lambda: {"amount": round(basket * 15), "per": "once", "on": (shop.last - timedelta(100)).isoformat()},
        lambda: {"amount": 0, "note": chance.choice(WORDS)},
        lambda: "unknown",
    )
    lines = [line for line in ("agency", "production", "tools", "staff", "training") if chance.random() < 0.7]
    return {line: chance.choice(choices)() for line in lines}


def _events(shop: Shop) -> list[dict[str, Any]]:
    chance = shop.chance
    events = []
    for _ in range(chance.randint(0, 5)):
        start = shop.first + timedelta(chance.randrange(HISTORY + 60))
        event = {
            "label": chance.choice(WORDS),
            "start": start.isoformat(),
            "kind": chance.choice(("religious", "sale", "campaign", "site", "tracking", "other")),
        }
        if chance.random() < 0.7:
            event["end"] = (start + timedelta(chance.randint(0, 40))).isoformat()
        events.append(event)
    return events


# ---------------------------------------------------------------- objectives


def _objectives(shop: Shop) -> list[dict[str, Any]]:
    """None to four, each on another KPI, in any form of target that suits it."""
    chance = shop.chance
    kpis = sorted(_targets(shop, 1))
    return [_objective(shop, kpi) for kpi in chance.sample(kpis, chance.randint(0, 4))]


def _targets(shop: Shop, days: int) -> dict[str, tuple[str | float, ...]]:
    """KPI → targets that go the good way; totals are those of so many `days`."""
    rate, basket = shop.rate * 100, shop.country.basket
    orders = shop.orders * days
    return {
        "conversion_rate": (
            "+50%",
            "x1,4",
            "×1.5",
            "+0.4 points",
            "+1 pt",
            f"{rate * 1.3:.1f}%",
            f">= {rate * 0.9:.1f}%",
            f"{rate * 0.8:.1f}%..{rate * 1.4:.1f} %",
        ),
        "response_rate": (">= 80%", "+5 points", "85 %", "+10 %"),
        "average_order_value": ("+25%", "x1.2", round(basket * 1.3), f">={round(basket * 0.9)}"),
        "cost_per_click": ("-20%", "x0.8", f"<= {basket / 150:.2f}", f"<{basket / 100:.1f}"),
        "roas": (">= 3", "2..9", "+10%", 5.5),
        "transactions": ("+30%", "x1.25", round(orders * 1.3), f"{round(orders * 1.2):,}".replace(",", "\u202f")),
        "revenue": ("+20 %", "x2", round(orders * basket * 1.4)),
        "sessions": ("+15%", round(orders / shop.rate * 1.1)),
        "followers": ("x2", "+50%", 9_000),
    }


def _objective(shop: Shop, kpi: str) -> dict[str, Any]:
    """Its start is after a year and a half of data, its deadline before or after the last day."""
    chance = shop.chance
    days = chance.randint(100, 400)
    start = shop.last - timedelta(chance.randint(0, 330))
    deadline = start + timedelta(days - 1)
    target = chance.choice(_targets(shop, days)[kpi])
    objective: dict[str, Any] = {
        "kpi": kpi,
        "target": target,
        "start": start.isoformat(),
        "deadline": deadline.isoformat(),
    }
    maintained = isinstance(target, str) and (target[0] in "<>" or ".." in target)
    if kpi in ("transactions", "revenue", "sessions"):
        objective |= {"basis": "cumulative", "pacing": chance.choice(("linear", "seasonal"))}
    elif not maintained and chance.random() < 0.3:
        objective["pacing"] = "milestones"
        objective["milestones"] = [
            {"on": (start + timedelta(days // 3)).isoformat(), "share": "25%"},
            {"on": (start + timedelta(days // 2)).isoformat(), "share": 0.6},
        ]
    if kpi == "conversion_rate" and chance.random() < 0.3:
        objective["baseline"] = {"value": round(shop.rate, 4), "source": chance.choice(WORDS)}
    if kpi == "followers":
        objective |= {"channels": ["instagram"], "business_link": chance.choice(WORDS)}
    extras = {
        "id": f"{kpi}_{chance.randint(2, 9)}",
        "title": chance.choice(WORDS),
        "owner": chance.choice(WORDS),
        "lever": chance.choice(WORDS),
        "goal": "growth_1",
        "eval_window": chance.choice((28, 56, 84)),
        "target_basis": {"kind": chance.choice(("history", "benchmark", "capacity", "model"))},
    }
    return objective | {key: value for key, value in extras.items() if chance.random() < 0.6}


# ---------------------------------------------------------------- tidy files


def _shop_table(folder: Path, shop: Shop) -> None:
    """By channel or not; a day of sales in the country's own decimals."""
    channels = shop.chance.choice(((), ("direct", "email"), ("organic_search", "paid_search", "paid_social")))
    rows: list[tuple[object, ...]] = [
        ("date", *(["channel"] if channels else []), "sessions", "transactions", "revenue")
    ]
    for day in shop.rows():
        for channel in channels or ("",):
            orders = max(1, round(shop.around(shop.orders * shop.step / max(1, len(channels)), 0.4)))
            sessions = round(shop.around(orders / shop.rate, 0.2))
            revenue = shop.money(orders * shop.around(shop.country.basket))
            rows.append((day, *([channel] if channels else []), sessions, orders, revenue))
    _write(folder / "metrics/site.csv", _table(rows))


def _social_table(folder: Path, shop: Shop) -> None:
    rows: list[tuple[object, ...]] = [
        ("date", "channel", "followers", "impressions", "interactions", "messages_received", "messages_answered")
    ]
    for position, day in enumerate(shop.rows()):
        for channel in ("instagram", "whatsapp"):
            seen, received = round(shop.around(2_000 * shop.step)), shop.chance.randint(1, 20 * shop.step)
            answered = round(received * shop.chance.uniform(0.6, 1))
            rows.append((day, channel, 3_000 + 4 * position, seen, seen // 30, received, answered))
    _write(folder / "metrics/social.csv", _table(rows))


# ---------------------------------------------------------------- exports


@dataclass(frozen=True)
class AdRow:
    day: date
    campaign: str
    spend: float
    clicks: int
    impressions: int
    conversions: int
    value: float


def _ad_rows(shop: Shop, dollars: float) -> Iterator[AdRow]:
    """One or two campaigns a day, in the client's currency divided by `dollars`."""
    for day in shop.rows():
        for campaign in ("Été | Promo, 20 %", "Marque")[: shop.chance.randint(1, 2)]:
            clicks = max(5, round(shop.around(shop.orders * shop.step * 6)))
            spend = shop.around(clicks * shop.country.basket / 200) / dollars
            conversions = round(clicks * shop.chance.uniform(0.005, 0.04))
            value = conversions * shop.around(shop.country.basket) / dollars
            yield AdRow(day, campaign, spend, clicks, clicks * 60, conversions, value)


def _exports(folder: Path, shop: Shop) -> list[dict[str, Any]]:
    """Writes up to three exports; returns the declarations of those whose headers do not speak for themselves."""
    writers = (_tidy_export, _english_export, _french_export)
    chosen = shop.chance.sample(writers, shop.chance.randint(0, 3))
    return [declared for writer in chosen if (declared := writer(folder, shop))]


def _tidy_export(folder: Path, shop: Shop) -> None:
    rows: list[tuple[object, ...]] = [
        ("date", "channel", "spend", "clicks", "impressions", "conversions", "conversion_value")
    ]
    for row in _ad_rows(shop, 1):
        if row.campaign != "Marque":
            money = shop.money(row.spend), shop.money(row.value)
            rows.append((row.day, "microsoft_ads", money[0], row.clicks, row.impressions, row.conversions, money[1]))
    _write(folder / "exports/ads.csv", _table(rows))


def _english_export(folder: Path, shop: Shop) -> dict[str, Any]:
    """Title lines, a comma between thousands, a currency column; at times in dollars."""
    foreign = shop.chance.random() < 0.4
    currency = "USD" if foreign else shop.country.currency
    rows: list[tuple[object, ...]] = [
        ("Campaign report",),
        (f"{shop.first} - {shop.last}",),
        ("Day", "Campaign", "Currency code", "Cost", "Clicks", "Impr.", "Conversions", "Conv. value"),
    ]
    for row in _ad_rows(shop, DOLLARS[shop.country.currency] if foreign else 1):
        counts = (f"{row.clicks:,}", f"{row.impressions:,}", f"{row.conversions:.2f}", f"{row.value:,.2f}")
        rows.append((row.day, row.campaign, currency, f"{row.spend:,.2f}", *counts))
    _write(folder / "exports/google/report 1.csv", _table(rows), shop.chance.choice(("utf-8", "utf-8-sig", "utf-16")))
    return {
        "file": "exports/google/report 1.csv",
        "channel": "google_ads",
        "skip": 2,
        "date": "Day",
        "columns": {
            "spend": "Cost",
            "clicks": "Clicks",
            "impressions": "Impr.",
            "conversions": "Conversions",
            "conversion_value": "Conv. value",
        },
        "locale": "en",
        "currency_column": "Currency code",
        "gaps": "zero",
    }


def _french_export(folder: Path, shop: Shop) -> dict[str, Any]:
    """As Excel saves it again in French: semicolons, decimal commas, day first, an older encoding."""

    def number(value: float) -> str:
        return f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")

    rows: list[tuple[object, ...]] = [
        ("Jour", "Nom de la campagne", "Montant dépensé", "Clics sur un lien", "Impressions", "Achats", "Valeur")
    ]
    for row in _ad_rows(shop, 1):
        counts = (row.clicks, row.impressions, row.conversions, number(row.value))
        rows.append((row.day.strftime("%d/%m/%Y"), row.campaign, number(row.spend), *counts))
    _write(folder / "exports/méta.csv", _table(rows, ";"), "cp1252")
    return {
        "file": "méta.csv",
        "channel": "meta_ads",
        "date": "Jour",
        "date_format": "%d/%m/%Y",
        "columns": {
            "spend": "Montant dépensé",
            "link_clicks": "Clics sur un lien",
            "impressions": "Impressions",
            "conversions": "Achats",
            "conversion_value": "Valeur",
        },
        "locale": "fr",
        "encoding": "cp1252",
        "delimiter": ";",
        "currency": shop.country.currency,
    }
