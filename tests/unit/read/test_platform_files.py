"""The files that describe platforms hold to their schema, and the schema to what the reader of these files knows."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from scripts import export_schemas
from sitegen.read.exports import platforms

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "sitegen/read/exports").glob("*.yaml"))
SCHEMAS = {
    name: json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")) for name in export_schemas.schemas()
}


def loaded(name: str) -> dict[str, Any]:
    file = next(file for file in FILES if file.stem == name)
    return dict(yaml.safe_load(file.read_text("utf-8")))


def faults(name: str, data: dict[str, Any]) -> list[str]:
    schema = SCHEMAS.get(name, SCHEMAS["platform"])
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{each.json_path}: {each.message}"[:200] for each in validator.iter_errors(data)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_file_holds_to_its_schema(file: Path) -> None:
    assert faults(file.stem, loaded(file.stem)) == []


def test_the_schemas_are_what_the_code_writes_now() -> None:
    assert export_schemas.schemas() == SCHEMAS, "run `make schemas`"
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_the_schema_knows_the_keys_that_the_reader_knows() -> None:
    platform = SCHEMAS["platform"]["properties"]
    known = {
        "platform": platform,
        "column": platform["columns"]["additionalProperties"]["properties"],
        "title": platform["titles"]["additionalProperties"]["properties"],
        "report": platform["reports"]["items"]["properties"],
        "refusal": SCHEMAS["not_reports"]["properties"]["refusals"]["items"]["properties"],
    }
    assert {kind: set(keys) for kind, keys in known.items()} == platforms._KEYS


def test_the_schemas_are_strict_and_describe_each_key() -> None:
    def walk(node: object) -> None:
        if isinstance(node, dict):
            if "properties" in node and "type" in node:
                assert node["additionalProperties"] is False
                assert [key for key, each in node["properties"].items() if not each.get("description")] in (
                    [],
                    LANGUAGES,
                )
            for each in node.values():
                walk(each)

    walk(SCHEMAS)


LANGUAGES = ["en", "fr"]  # of a title

WRONG = {
    "an unknown key": lambda data: data.update(colour="blue"),
    "a column without names": lambda data: data["columns"]["day"].pop("names"),
    "a column that is nothing": lambda data: data["columns"]["day"].update({"is": "days"}),
    "a column with an unknown key": lambda data: data["columns"]["day"].update(format="%d"),
    "a dimension with a unit": lambda data: data["columns"]["campaign"].update(unit="money"),
    "an unknown metric": lambda data: data["columns"]["spend"].update(metric="cost"),
    "a metric that is computed": lambda data: data["columns"]["ctr"].update(metric="ctr"),
    "an unknown unit": lambda data: data["columns"]["spend"].update(unit="euros"),
    "an unknown kind": lambda data: data["columns"]["spend"].update(kind="sum"),
    "a language that is none": lambda data: data["columns"]["day"]["names"].update(english="Day"),
    "a name that is no text": lambda data: data["columns"]["day"]["names"].update(en=[2026]),
    "a name twice": lambda data: data["columns"]["day"]["names"].update(en=["Day", "Day"]),
    "an unknown channel": lambda data: data.update(channel="adwords"),
    "a report without a French title": lambda data: data["reports"][0]["title"].pop("fr"),
    "a report with rows of no kind": lambda data: data["reports"][0].update(rows="all"),
    "a report that needs one text": lambda data: data["reports"][0].update(needs="day"),
    "no report": lambda data: data.update(reports=[]),
    "no columns": lambda data: data.pop("columns"),
    "a total that is no text": lambda data: data.update(totals={"en": [1]}),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_fails(name: str) -> None:
    data = copy.deepcopy(loaded("google_ads"))
    assert faults("google_ads", data) == []
    WRONG[name](data)
    assert len(faults("google_ads", data)) > 0


@pytest.mark.parametrize(("name", "key"), [("not_reports", "refusals"), ("personal", "cells")])
def test_a_wrong_list_fails(name: str, key: str) -> None:
    data = loaded(name)
    assert faults(name, data | {key: []}) != []
    assert faults(name, data | {"more": {}}) != []
    assert faults("personal", loaded("personal") | {"cells": ["("]}) != []


def test_every_file_says_what_it_describes() -> None:
    for file in FILES:
        assert re.match(r"# \S.{20,}", file.read_text("utf-8")), file.name
