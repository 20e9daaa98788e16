"""The schemas let an editor complete and underline what `check` accepts and refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sitegen import read
from sitegen.check import schemas
from sitegen.model.catalogue import CHANNELS, METRICS

from .test_words import BASELINES, CLIENT, CONFIG

ROOT = Path(__file__).parents[3]
WINDOW = {"start": "2024-01-01", "end": "2024-12-31"}
OLD = {"cost": 9, **WINDOW}
DATES: dict[str, Any] = {"start": "2026-01-01", "deadline": "2026-12-31"}


def fits(name: str, data: Any) -> bool:
    return bool(Draft202012Validator(schemas()[name]).is_valid(data))


def with_client(**more: Any) -> dict[str, Any]:
    return {"name": "Atlas", "country": "MA", **more}


@pytest.mark.parametrize("name", ["client", "config", "baselines", "as_found"])
def test_a_schema_is_one_of_2020_12_and_has_a_name(name: str) -> None:
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:sitegen:schema:{name}"
    assert schema["title"] == f"{name}.yaml"
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize(("name", "data"), [("client", CLIENT), ("config", CONFIG), ("baselines", BASELINES)])
def test_what_check_accepts_fits(name: str, data: Any) -> None:
    assert [error.message for error in Draft202012Validator(schemas()[name]).iter_errors(data)] == []


@pytest.mark.parametrize("file", sorted(ROOT.glob("data/*/client.yaml")), ids=lambda file: file.parent.name)
def test_the_demo_clients_fit(file: Path) -> None:
    document, problems = read.document(file.parent, file.name)
    assert problems == ()
    assert document is not None
    assert [error.message for error in Draft202012Validator(schemas()["client"]).iter_errors(document.data)] == []


@pytest.mark.parametrize(
    "more",
    [
        {"margin": "45%"},
        {"answers": {"crm": {"answer": "yes", "date": "2026-03-01"}, "press_reference": {"not_applicable": "Never"}}},
        {"strategy_start": "2025-01-01", "active_channels": ["instagram"]},
        {"margin": 0.45},
        {"incrementality": "60%"},
        {"costs": {"agency": "15000/month", "tools": "unknown", "staff": {"amount": 5, "per": "year"}}},
        {"objectives": [{"kpi": "orders", "target": 3000, "baseline": "2%", **DATES}]},
        {"objectives": [{"kpi": "orders", "target": "+50%", "baseline": 12, **DATES}]},
        {"sources": [{"file": "ads.csv", "columns": {"spend": "Cost"}}]},
        {"costs": {"tools": ["90/month", {"amount": 5, "per": "year"}]}},
        {"budgets": [{"channel": "google_ads", "amount": "9/month", "start": "2026-01-01", "end": "2026-12-31"}]},
    ],
    ids=str,
)
def test_short_and_long_forms_fit(more: dict[str, Any]) -> None:
    assert fits("client", with_client(**more))


@pytest.mark.parametrize(
    "more",
    [
        {"currencyy": "EUR"},
        {"currency": "EUO"},
        {"country": "UK"},
        {"answers": {"crm": "maybe"}},
        {"answers": {"crm": {"not_applicable": 9}}},
        {"answers": {"own": {"stock_feed": "maybe"}}},
        {"rubric": {"pack": "whole"}},
        {"rubric": {"weights": {"S1.08": 0}}},
        {"rubric": {"own": [{"id": "Stock feed", "question": "x", "advice": "y"}]}},
        {"active_channels": ["myspace"]},
        {"objectives": [{"kpi": "ordres", "target": 3000, **DATES}]},
        {"objectives": [{"kpi": "orders", "target": 3000, "channels": ["emial"], **DATES}]},
        {"objectives": [{"kpi": "orders", **DATES}]},
        {"sources": [{"file": "ads.csv", "channel": "meta"}]},
        {"sources": [{"file": "ads.csv", "columns": {"spnd": "Cost"}}]},
        {"sources": [{"file": "ads.csv", "columns": {"roas": "ROAS"}}]},
        {"costs": {"agency": {"amount": 5, "currency": "EUO"}}},
        {"costs": {"tools": ["90/month", {"amount": 5, "currency": "EUO"}]}},
        {"costs": {"tools": []}},
        {"budgets": [{"channel": "gogle", "amount": "9/month", "start": "2026-01-01", "end": "2026-12-31"}]},
        {"gains": {"service": {"before": WINDOW, "hourly_cost": 9, "channels": {"phoen": {"minutes": 9}}}}},
        {"gains": {"communication": {"medium": "x", "effect": "leads", "before": OLD, "now": {"metric": "lead_rate"}}}},
    ],
    ids=str,
)
def test_what_check_refuses_is_underlined(more: dict[str, Any]) -> None:
    assert not fits("client", with_client(**more))


def test_an_editor_completes_metrics_channels_and_answers() -> None:
    models = schemas()["client"]["$defs"]
    assert models["Objective"]["properties"]["kpi"]["enum"] == list(METRICS)
    assert set(models["Objective"]["properties"]["channels"]["items"]["enum"]) == CHANNELS
    assert models["Answer"]["anyOf"][0]["enum"] == ["yes", "partly", "no", "unknown"]
    assert set(models["Answer"]["anyOf"][1]["properties"]) == {"answer", "date", "evidence", "note", "not_applicable"}
