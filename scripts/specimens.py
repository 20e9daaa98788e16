"""A folder in, a workspace of seven invented clients out: numbers that rise, fall, are flat, missing, reversed,
and returns in full that leave a gain or a loss.

What a component or a figure can be asked to show is shown with them, in the gallery and in the tests of the components.
Every number follows from a formula; nothing is drawn by chance.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from scripts.reports import SCORES, report

FIRST, LAST = date(2024, 10, 1), date(2026, 10, 31)
SILENCES = ((date(2026, 2, 10), date(2026, 3, 8)), (date(2026, 8, 20), LAST))  # when `missing` reads nothing
RHYTHM = (1.02, 0.96, 0.94, 0.98, 1.06, 1.1, 0.94)  # Monday to Sunday
CONFIG = """agency: {name: Agence Essai}
base_url: https://example.org/
languages: [fr, en]
home: {list_clients: true}
"""


@dataclass(frozen=True)
class Specimen:
    """`growth` is the yearly factor of sales, `price` that of a click; `worth` is claimed sales for one of spend."""

    name: str
    growth: float
    target: str = "+25%"
    kpi: str = "conversion_rate"
    price: float = 1.0
    worth: float | None = 3.1
    margin: str | None = "45%"
    silent: bool = False
    note: str | None = None
    measured: bool = False  # has Lighthouse measured its site?
    compared: bool = False  # with competitors and published figures?
    written_to: int = 0  # conversations and posts that it has
    complete: bool = False  # is all of the method asked of it?
    cancelled: bool | None = None  # with every lever: was what the service no longer costs really cancelled?


SPECIMENS = (
    Specimen(
        "rising",
        1.3,
        target="+18%",
        note="---\nauthor: Salma\ndate: 2026-11-02\n---\n**+18 %**\n\n1. A\n2. B\n",
        measured=True,
        compared=True,
        written_to=120,
    ),
    Specimen("falling", 0.8, worth=1.4, note="**−20 %** : *site* > *ads*\n", written_to=12, complete=True),
    Specimen("flat", 1.0, worth=1 / 0.45),
    Specimen("missing", 1.1, worth=None, silent=True),
    Specimen("reversed", 1.1, kpi="cost_per_click", target="-10%", price=0.85, margin=None),
    Specimen("gaining", 1.2, cancelled=True),
    Specimen("losing", 0.9, worth=1.4, cancelled=False),
)


def workspace(folder: Path) -> None:
    """Writes `config.yaml` and the clients below `folder`."""
    _write(folder / "config.yaml", CONFIG)
    for specimen in SPECIMENS:
        own = folder / "data" / specimen.name
        _write(own / "client.yaml", "\n".join(_client(specimen)) + "\n")
        if specimen.note:
            _write(own / "notes/synthesis.md", specimen.note)
        _table(own / "metrics/site.csv", ("date", "sessions", "transactions", "revenue"), _visits(specimen))
        columns = ("date", "channel", "spend", "clicks", "impressions", "conversions", "conversion_value")
        _table(own / "exports/ads.csv", columns, _advertising(specimen))
        if specimen.compared:
            _table(own / "metrics/competitors.csv", ("date", "competitor", "sessions", "transactions"), _rivals())
        if specimen.measured:
            for number, told in enumerate(_reports()):
                _write(own / f"audits/{number}.json", json.dumps(told))
        if specimen.written_to:
            _table(
                own / "evidence/inbox.csv", ("date", "channel", "answered", "minutes", "sentiment"), _inbox(specimen)
            )
            asked = ("date", "tags", "keywords", "question", "format", "shares", "reach")
            _table(own / "evidence/posts.csv", asked, _posts(specimen))
        if specimen.cancelled is not None:
            stages = ("date", "orders", "orders_confirmed", "orders_delivered", "orders_collected")
            _table(own / "metrics/orders.csv", stages, _orders(specimen))
            _table(own / "metrics/service.csv", ("date", "channel", "contacts"), _contacts())


def _client(specimen: Specimen) -> Iterator[str]:
    yield f"name: {specimen.name.title()}"
    yield "country: MA\naccess: public\nfictitious: true\nrole_of_social: sales"
    yield f"objectives:\n  - id: goal\n    kpi: {specimen.kpi}\n    target: {specimen.target}"
    yield "    start: 2026-05-01\n    deadline: 2026-12-31"
    if not specimen.silent:
        yield "    owner: Salma\n    lever: {fr: paiement simplifié, en: simpler checkout}"
    if specimen.margin:
        yield f"margin: {specimen.margin}"
    yield "costs: {agency: 1500/month, staff: 10 h x 120/month}"
    if specimen.written_to:
        yield "inbox: {hours_per_week: 2, handling_minutes: 6}"
        yield "content: {questions: [{id: size, question: {fr: Quelle taille ?, en: Which size?}}], keywords: [kimono]}"
    if specimen.cancelled is not None:
        yield from _levers(cancelled=specimen.cancelled)
    if specimen.compared:
        yield from _comparisons()
    if specimen.complete:
        yield from _complete()
    answers = "analytics: yes, crm: no, digital_lead: partly" + (
        ", own: {stock_feed: partly}" if specimen.complete else ""
    )
    yield f"answers: {{{answers}}}"
    yield "events:\n  - {label: Ramadan, start: 2026-02-18, end: 2026-03-19, kind: religious}"
    yield "  - {label: {fr: Nouveau site, en: New site}, start: 2026-09-14, kind: site}"


def _complete() -> Iterator[str]:
    """All checks of the method, one of the agency's own, and what was decided about the plan."""
    yield "rubric:\n  pack: complete\n  off: {A3.06: Essai}\n  weights: {S1.08: 3}"
    yield "  own: [{id: stock_feed, question: {fr: Stock relié ?, en: Stock connected?}, advice: Essai}]"
    yield "actions:\n  - {title: Essai, because: Essai, owner: Salma, review: 2026-10-01}"
    yield "  - {finding: check-S3.02, state: done, date: 2026-09-01, evidence: Essai}"
    yield "  - {finding: check-S3.01, state: refused, date: 2026-09-02, reason: Essai}"


def _levers(*, cancelled: bool) -> Iterator[str]:
    """A press that advertising replaced, a customer service that costs less, a plan for two channels and one more."""
    yield "incrementality: {rate: 60%, method: estimate, source: Agence Essai, date: 2026-01-15}"
    yield "gains:\n  communication:\n    medium: {fr: La presse, en: The press}\n    effect: qualified_visits"
    yield "    before: {cost: 900000, effect: 4000000, start: 2024-11-01, end: 2025-10-31}"
    yield f"    now: {{metric: sessions}}\n    reused: {str(not cancelled).lower()}"
    yield "  service:\n    before: {start: 2024-11-01, end: 2025-10-31}\n    hourly_cost: 60"
    yield "    channels: {phone: {minutes: 9}, whatsapp: {minutes: 6, concurrency: 3}}"
    if cancelled:
        yield "    cancelled: {kind: overtime, amount: 9000/month}"
    yield "budgets:"
    for channel, planned in (("google_ads", 33_000), ("meta_ads", 20_000), ("influencers", 3_000)):
        yield f"  - {{channel: {channel}, amount: {planned}/month, start: 2026-01-01, end: 2026-12-31}}"


def _comparisons() -> Iterator[str]:
    """Two competitors, a published median and one of another definition; a metric that is followed no more."""
    yield "competitors: [{name: Rival, note: Essai}, {name: Autre}]"
    published = "published: 2026-03-10, source: Essai, licence: CC BY 4.0"
    yield "benchmarks:"
    yield f"  - {{metric: conversion_rate, definition_id: conversion_rate, stat: median, value: 2.4%, {published}, "
    yield "     url: 'https://example.org/essai', redistribute: cite}"
    yield f"  - {{metric: conversion_rate, definition_id: buyers, stat: mean, value: 4%, {published}, "
    yield "     redistribute: yes}"
    yield "dropped: [{metric: likes, reason: Essai, since: 2026-01-01}]"
    yield "digital_intensity: {count: 5, year: 2023, date: 2026-09-01, source: Essai}"


def _rivals() -> Iterator[tuple[object, ...]]:
    for day, years, factor in _days():
        yield day, "Rival", round(9_000 * factor), round(200 * 1.1**years * factor)
        yield day, "Autre", round(15_000 * factor), round(520 * factor)


def _days() -> Iterator[tuple[date, float, float]]:
    """Each day, the years since the first one, and the day's own factor."""
    for offset in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(offset)
        yield day, offset / 365, RHYTHM[day.weekday()] * (1 + 0.01 * (offset * 7 % 5 - 2))


def _silent(specimen: Specimen, day: date) -> bool:
    return specimen.silent and any(start <= day <= end for start, end in SILENCES)


def _visits(specimen: Specimen) -> Iterator[tuple[object, ...]]:
    for day, years, factor in _days():
        orders = round(400 * specimen.growth**years * factor)
        yield (day, "", "", "") if _silent(specimen, day) else (day, round(20_000 * factor), orders, orders * 400)


def _advertising(specimen: Specimen) -> Iterator[tuple[object, ...]]:
    for day, years, factor in _days():
        for channel, share in (("google_ads", 0.6), ("meta_ads", 0.4)):
            clicks = round(900 * factor * share)
            spend = round(clicks * 2 * specimen.price**years, 2)
            value = "" if specimen.worth is None else round(spend * specimen.worth, 2)
            yield day, channel, spend, clicks, clicks * 50, clicks // 40, value


def _inbox(specimen: Specimen) -> Iterator[tuple[object, ...]]:
    """The last conversations, of which every ninth got no answer."""
    for number in range(specimen.written_to):
        answered = ("no", "") if number % 9 == 0 else ("yes", 5 + number * 13 % 90)
        tone = ("positive", "neutral", "negative")[number % 3]
        yield LAST - timedelta(number // 2), ("whatsapp", "instagram")[number % 2], *answered, tone


def _posts(specimen: Specimen) -> Iterator[tuple[object, ...]]:
    """A post every other day."""
    for number in range(specimen.written_to):
        tag, word, question = (("advice", "kimono", "size"), ("quote", "", ""))[number % 4 == 0]
        form = ("image", "reel", "carousel")[number % 3]
        yield LAST - timedelta(2 * number), tag, word, question, form, 4 + number % 5, 800 + number


def _orders(specimen: Specimen) -> Iterator[tuple[object, ...]]:
    """Cash on delivery: fewer orders are confirmed, delivered, paid."""
    for day, years, factor in _days():
        orders = round(400 * specimen.growth**years * factor)
        yield day, orders, *(round(orders * share) for share in (0.72, 0.58, 0.55))


def _contacts() -> Iterator[tuple[object, ...]]:
    """Calls that messages replace."""
    for day, years, factor in _days():
        yield day, "phone", round(60 * 0.8**years * factor)
        yield day, "whatsapp", round(20 * 1.9**years * factor)


def _reports() -> Iterator[dict[str, object]]:
    """One page on phones, three times after once, and on computers; another page once, without a score for speed."""
    better = {**SCORES, "performance": 0.91, "seo": 1}
    yield report(fetched="2026-09-15T09:00:00.000Z", scores={**SCORES, "performance": 0.48})
    for minute, speed in enumerate((0.62, 0.66, 0.59)):
        yield report(fetched=f"2026-10-20T10:1{minute}:00.000Z", scores={**SCORES, "performance": speed})
    fast = {
        "largest-contentful-paint": (0.95, 1_450.0, "millisecond"),
        "cumulative-layout-shift": (1, 0.02, "unitless"),
    }
    audits: dict[str, tuple[float | None, str]] = {"color-contrast": (0, "binary"), "hreflang": (0, "binary")}
    yield report(form_factor="desktop", scores=better, metrics=fast, audits=audits)
    unscored: dict[str, float | None] = {**better, "performance": None}
    yield report(url="https://example.org/shop/", scores=unscored, metrics={}, audits={"speed-index": (None, "error")})


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _table(path: Path, header: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((header, *rows))
