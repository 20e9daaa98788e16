"""Whatever somebody writes into a YAML file, what is said of it can be said in every language."""

import ast
import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen import check
from sitegen.check import schema
from sitegen.errors import Problem
from sitegen.formats import Words
from sitegen.locales import catalogue
from sitegen.model import authored
from sitegen.model import catalogue as catalogue_of_metrics
from sitegen.model.facts import Document, Sources

SITE = authored.Site.model_validate({"agency": {"name": "Zellige"}})
CLIENT: dict[str, Any] = {
    "name": "Atlas",
    "country": "MA",
    "languages": ["fr", "en"],
    "currency": "MAD",
    "unit": "KDH",
    "timezone": "Africa/Casablanca",
    "access": "public",
    "fictitious": True,
    "role_of_social": "sales",
    "goals": [{"id": "sales", "title": {"fr": "Ventes", "en": "Sales"}, "category": "revenue", "priority": 1}],
    "objectives": [
        {
            "id": "more",
            "kpi": "orders",
            "title": "More orders",
            "target": "+50%",
            "start": "2026-01-01",
            "deadline": "2026-12-31",
            "direction": "up",
            "basis": "cumulative",
            "baseline": {"value": 12.5, "source": "books"},
            "pacing": "milestones",
            "milestones": [{"on": "2026-06-30", "share": "40%"}],
            "eval_window": 28,
            "channels": ["email"],
            "owner": "Sales",
            "lever": "Mail",
            "goal": "sales",
            "business_link": "Money",
            "target_basis": {"kind": "history", "note": "Last year"},
        }
    ],
    "margin": {"rate": "45%", "source": "books", "date": "2026-01-01"},
    "incrementality": "60%",
    "costs": {
        "media": {"amount": 5, "per": "once", "on": "2026-01-01", "currency": "MAD", "hours": 2.5, "note": "x"},
        "agency": "15000/month",
        "tools": ["90/month", {"amount": 900, "per": "once", "on": "2026-01-01", "life": 36}],
        "staff": {"unknown": True},
    },
    "tax": "included",
    "vat": "20%",
    "gains": {
        "communication": {
            "medium": "The press",
            "effect": "leads",
            "before": {"cost": 18, "currency": "MAD", "effect": 4, "start": "2024-01-01", "end": "2024-12-31"},
            "now": {"cost": "9/month", "metric": "leads", "channels": ["email"], "effect": 5},
            "reused": True,
        },
        "service": {
            "before": {"start": "2024-01-01", "end": "2024-12-31"},
            "hourly_cost": 24,
            "channels": {"phone": {"minutes": 9, "concurrency": 3, "tools": 0.5}},
            "cancelled": {"kind": "hire", "amount": "9/month", "budgeted": True, "evidence": "Budget"},
            "in_costs": True,
        },
    },
    "budgets": [{"channel": "email", "amount": "9/month", "start": "2026-01-01", "end": "2026-12-31"}],
    "answers": {"crm": "no"},
    "sources": [
        {
            "file": "ads.csv",
            "channel": "meta_ads",
            "channel_column": "a",
            "date": "Day",
            "date_format": "%d/%m/%Y",
            "columns": {"spend": "Cost"},
            "locale": "fr",
            "skip": 2,
            "encoding": "utf-8",
            "delimiter": ";",
            "currency": "MAD",
            "currency_column": "c",
            "gaps": "zero",
        }
    ],
    "events": [{"label": "Ramadan", "start": "2026-02-18", "end": "2026-03-19", "kind": "religious"}],
    "contact": {"name": "Me", "email": "me@example.org"},
}
CONFIG: dict[str, Any] = {
    "agency": {"name": "Zellige", "tagline": "x", "about": "x", "url": "https://example.org", "email": "a@example.org"},
    "base_url": "https://example.org/",
    "languages": ["fr"],
    "theme": "default",
    "latency_days": 2,
    "home": {"list_clients": False},
    "thresholds": {
        "on_track": 0.95,
        "at_risk": 0.8,
        "minimum_denominator": 100,
        "compliance": 0.9,
        "baseline_gap": 0.1,
    },
    "exchange_rates": [{"currency": "EUR", "to": "MAD", "rate": 10.8, "start": "2026-01-01", "source": "Bank"}],
}
BASELINES: dict[str, Any] = {
    "baselines": {"more": {"value": 12.5, "start": "2025-01-01", "end": "2025-12-31", "frozen": "2026-01-02"}}
}
JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 3, 10**17, 0.5, -2.5, 1e300, float("nan"), float("inf")),
    *("", " ", "no", "NO", "12:30", "2025-13-01", "2026-02-30", "x", "+50%", "-120%", "3%", "9..3", "0/month"),
    *("5 EURO/month", "40 h x 120", "../a", "%Q", "a b", "é", "x" * 200, "{key}", "unknown"),
    *([], [None], [[]], ["x"], {}, {"x": 1}, {"x": {"y": []}}, {"fr": ""}),
)


def paths(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in items:
        yield from paths(below, (*at, step))


def changed(data: Any, at: tuple[str | int, ...], junk: Any) -> Any:
    if not at:
        return junk
    data = copy.deepcopy(data)
    parent = data
    for step in at[:-1]:
        parent = parent[step]
    parent[at[-1]] = junk
    return data


def document(name: str, data: Any) -> Document:
    """As reading gives it, with a place of its own for each key and value."""
    places = {at: (line, 2) for line, at in enumerate(paths(data), start=1)}
    return Document(name, data, {at: (line, 1) for at, (line, _) in places.items() if at}, places)


def said(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        for language in ("fr", "en"):
            words = Words(language)
            sentences = [words.say(part) for part in (problem.message, problem.hint) if part is not None]
            assert all(sentences)


def client(data: Any, baselines: Any = None) -> tuple[Problem, ...]:
    frozen = None if baselines is None else document("baselines.yaml", baselines)
    sources = Sources("atlas", "data/atlas", document("client.yaml", data), frozen, {}, frozenset())
    return check.client(sources, SITE)[1]


def test_the_whole_client_fits_but_for_its_file() -> None:
    assert [each.message.key for each in client(CLIENT, BASELINES)] == ["problems.no_such_file"]


def test_the_whole_site_fits() -> None:
    assert check.site(document("config.yaml", CONFIG))[1] == ()


@pytest.mark.parametrize("at", list(paths(CLIENT)), ids=str)
def test_any_junk_in_a_client_can_be_told(at: tuple[str | int, ...]) -> None:
    for junk in JUNK:
        said(client(changed(CLIENT, at, junk)))


@pytest.mark.parametrize("at", list(paths(CONFIG)), ids=str)
def test_any_junk_in_a_site_can_be_told(at: tuple[str | int, ...]) -> None:
    for junk in JUNK:
        config, problems = check.site(document("config.yaml", changed(CONFIG, at, junk)))
        said(problems)
        assert (config is None) == bool(problems)


@pytest.mark.parametrize("at", list(paths(BASELINES)), ids=str)
def test_any_junk_in_baselines_can_be_told(at: tuple[str | int, ...]) -> None:
    for junk in JUNK:
        said(client(CLIENT, changed(BASELINES, at, junk)))


def test_a_place_is_that_of_what_is_to_be_mended() -> None:
    """Each value of the client in turn is made one that fits nowhere, a list for a scalar: that line is told."""
    for line, at in enumerate(paths(CLIENT), start=1):
        scalar = len([below for below in paths(CLIENT) if below[: len(at)] == at]) == 1
        lines = {each.line for each in client(changed(CLIENT, at, [[]] if scalar else True))}
        if at[:1] == ("costs",) and len(at) == 2:
            lines |= {each - 1 for each in lines}  # a list is right there: its item, one further, is told
        assert line in lines or at[-1] in ("fr", "en"), at  # a text in several languages is one value


def faults() -> set[str]:
    tree = ast.parse(Path(authored.__file__).read_text("utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return {str(ast.literal_eval(call.args[0])) for call in calls if getattr(call.func, "id", "") == "fault"}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("fault", sorted(faults() | set(schema.PATTERNS.values())))
def test_every_fault_of_the_models_has_a_sentence_and_a_hint(language: str, fault: str) -> None:
    assert {f"problems.{fault}", f"problems.hint.{fault}"} <= catalogue(language).keys()


@pytest.mark.parametrize(
    "model", [authored.Client, authored.Site, authored.Baselines], ids=lambda model: model.__name__
)
def test_every_pattern_of_the_models_has_a_name(model: type[authored.Authored]) -> None:
    """Those that the models turn into faults of their own are not pydantic's to tell."""

    def patterns(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if "pattern" in node and not re.search("%|kpi", str(node["pattern"])):
                yield node["pattern"]
            for below in node.values():
                yield from patterns(below)
        elif isinstance(node, list):
            for below in node:
                yield from patterns(below)

    assert set(patterns(model.model_json_schema())) <= schema.PATTERNS.keys()


def test_no_sentence_of_problems_is_left_unused() -> None:
    """A key is used as it is, or its last part is a word of the code that builds keys."""
    code = "".join(file.read_text("utf-8") for file in Path(check.__file__).parent.rglob("*.py"))
    code += "".join(Path(model.__file__).read_text("utf-8") for model in (authored, catalogue_of_metrics))
    words = set(re.findall(r"[a-z_]+", code))
    keys = [key for key in catalogue("fr") if key.startswith("problems.")]
    assert [key for key in keys if key.rpartition(".")[2] not in words] == []
