"""The models in, JSON Schemas for editors out, so that YAML is completed and underlined while it is written.

The models say what fits; this adds what `check` looks up elsewhere: the ids of metrics and channels, the countries and
currencies, and the short forms (`15000/month`, `45%`) that the models understand beside their long ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.model.authored import AsFound, Authored, Baselines, Client, Site
from sitegen.model.catalogue import CHANNELS, METRICS, Kind
from sitegen.model.countries import COUNTRIES, CURRENCIES
from sitegen.model.frozen import FORMAT, PERIOD

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_METRIC: Schema = {"enum": list(METRICS)}
_READ: Schema = {"enum": [metric.id for metric in METRICS.values() if metric.kind is not Kind.RATIO]}
_COUNTED: Schema = {"enum": [metric.id for metric in METRICS.values() if metric.kind is Kind.FLOW]}
_CHANNEL: Schema = {"enum": sorted(CHANNELS)}
_COUNTRY: Schema = {"enum": sorted(COUNTRIES)}
_CURRENCY: Schema = {"enum": sorted(CURRENCIES)}
_SCALAR: Schema = {"type": ["string", "number"]}

_ENUMS: Mapping[tuple[str, str], Schema] = {
    ("Client", "country"): _COUNTRY,
    ("Client", "currency"): _CURRENCY,
    ("Objective", "kpi"): _METRIC,
    ("Definition", "metric"): _METRIC,
    ("Source", "channel"): _CHANNEL,
    ("Source", "currency"): _CURRENCY,
    ("Cost", "currency"): _CURRENCY,
    ("FormerMedium", "currency"): _CURRENCY,
    ("NewMix", "metric"): _COUNTED,
    ("Budget", "channel"): _CHANNEL,
    ("ExchangeRate", "currency"): _CURRENCY,
    ("ExchangeRate", "to"): _CURRENCY,
}
_SHORT_FORMS = ("Cost", "Margin", "Incrementality", "DeclaredBaseline")


def schemas() -> dict[str, Schema]:
    """The JSON Schema (draft 2020-12) of each kind of YAML file: `client`, `config`, `baselines`, `as_found`.

    Beside them those of what only `sitegen freeze` writes: `edition`, `editions_shared`.
    """
    return {
        "client": _published("client", "client.yaml", Client),
        "config": _published("config", "config.yaml", Site),
        "baselines": _published("baselines", "baselines.yaml", Baselines),
        "as_found": _published("as_found", "as_found.yaml", AsFound),
        **_frozen(),
    }


def _frozen() -> dict[str, Schema]:
    """A packed value is a plain one, a list of packed ones, a part of the shelf (`@`), or an object by its shape."""
    day = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    packed: Schema = {
        "anyOf": [
            {"type": ["string", "number", "boolean", "null"]},
            {"type": "array", "items": {"$ref": "#/$defs/packed"}},
            {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "properties": {"@": {"type": "integer", "minimum": 0, "description": "The number of a part."}},
                "patternProperties": {"^[0-9]+$": {"type": "array", "items": {"$ref": "#/$defs/packed"}}},
                "additionalProperties": False,
                "description": "A part of editions/shared.json, or the values of an object by the number of its shape.",
            },
        ]
    }

    def schema(name: str, title: str, words: str, properties: Schema) -> Schema:
        return {
            "$schema": _DIALECT,
            "$id": f"urn:sitegen:schema:{name}",
            "title": title,
            "description": words,
            "type": "object",
            "properties": {"format": {"const": FORMAT, "description": "Of this file."}, **properties},
            "required": ["format", *properties],
            "additionalProperties": False,
            "$defs": {"packed": packed},
        }

    return {
        "edition": schema(
            "edition",
            "A frozen edition",
            "`editions/<period>.json`: a client's report of a period, as `sitegen freeze` stored it.",
            {
                "client": {"type": "string", "description": "The client's folder."},
                "period": {"type": "string", "pattern": PERIOD, "description": "2026-10, 2026-q3, 2026 or a day."},
                "as_of": {**day, "description": "The last day of its data."},
                "frozen": {**day, "description": "When it was frozen."},
                "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256 of what it says."},
                "edition": {"$ref": "#/$defs/packed", "description": "All that its pages say."},
            },
        ),
        "editions_shared": schema(
            "editions_shared",
            "What frozen editions have in common",
            "`editions/shared.json`: only ever added to.",
            {
                "shapes": {
                    "type": "array",
                    "items": {"type": "array", "items": {"type": "string"}},
                    "description": "The keys of each kind of object.",
                },
                "parts": {
                    "type": "array",
                    "items": {"$ref": "#/$defs/packed"},
                    "description": "What several places say.",
                },
            },
        ),
    }


def _published(name: str, file: str, kind: type[Authored]) -> Schema:
    schema = kind.model_json_schema()
    models = {kind.__name__: schema, **schema.get("$defs", {})}
    for (model, key), words in _ENUMS.items():
        if model in models:
            _narrow(models[model]["properties"][key], words)
    if "Objective" in models:
        models["Objective"]["properties"]["channels"]["items"] = _CHANNEL
        models["Source"]["properties"]["columns"]["propertyNames"] = _READ
        models["Definition"]["properties"]["channels"]["items"] = _CHANNEL
        models["NewMix"]["properties"]["channels"]["items"] = _CHANNEL
        models["ServiceGain"]["properties"]["channels"]["propertyNames"] = _CHANNEL
        schema["properties"]["active_channels"]["items"] = _CHANNEL
        for line in models["Costs"]["properties"].values():
            line["anyOf"] = [line["anyOf"][0]["items"], *line["anyOf"]]
    for model in ("Answer", "Exemption"):
        if model in models:
            short = models[model]["properties"]["answer"]["enum"]
            schema["$defs"][model] = {
                "anyOf": [{"enum": short}, models[model]],
                "description": models[model]["description"],
            }
    for model in _SHORT_FORMS:
        if model in models:
            schema["$defs"][model] = {"anyOf": [_SCALAR, models[model]], "description": models[model]["description"]}
    return {**schema, "$schema": _DIALECT, "$id": f"urn:sitegen:schema:{name}", "title": file}


def _narrow(node: Schema, words: Schema) -> None:
    """Allows these words only, where the model allows any that look right."""
    alternatives = node.get("anyOf", [node])
    for alternative in alternatives:
        if alternative.get("type") == "string":
            alternative.pop("pattern", None)
            alternative.update(words)
