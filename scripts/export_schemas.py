"""The models and catalogues in, JSON Schemas of the files of `sitegen/read/exports/` out, into schemas/.

python -m scripts.export_schemas

`platform` is that of the platforms' files, `not_reports` and `personal` those of the two files of these names. They say
what a key is for while it is written; what only holds together (a report speaks of columns that there are) is checked
when the files are read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sitegen.model.catalogue import CHANNELS, METRICS, Kind
from sitegen.model.exports import Gauge, Role, Scale

FOLDER = Path(__file__).resolve().parent.parent / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

ID: Schema = {"type": "string", "pattern": r"^[a-z0-9]+(_[a-z0-9]+)*$"}
TEXT: Schema = {"type": "string", "minLength": 1}
WRITTEN: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True}]}
NAMES: Schema = {
    "type": "object", "propertyNames": {"pattern": "^[a-z]{2}$"}, "additionalProperties": WRITTEN, "minProperties": 1,
}  # fmt: skip
IDS: Schema = {"type": "array", "items": ID, "minItems": 1, "uniqueItems": True}
CHANNEL: Schema = {"enum": sorted(CHANNELS)}
METRIC: Schema = {"enum": [metric.id for metric in METRICS.values() if metric.kind is not Kind.RATIO]}
TRUE: Schema = {"const": True}
ROWS = ("whole", "part", "breakdown", "list", "persons")
TITLE: Schema = {
    "type": "object", "properties": {"en": TEXT, "fr": TEXT}, "required": ["en", "fr"], "additionalProperties": False,
}  # fmt: skip


def schemas() -> dict[str, Schema]:
    """Each schema by its name."""
    return {"platform": platform(), "not_reports": not_reports(), "personal": personal()}


def write(folder: Path = FOLDER) -> tuple[str, ...]:
    """Write each schema to `<name>.schema.json`; returns their names."""
    found = schemas()
    for name, schema in found.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        (folder / f"{name}.schema.json").write_text(text, "utf-8")
    return tuple(found)


# ---------------------------------------------------------------- platforms


def platform() -> Schema:
    """The file of one platform."""
    return published("platform", "A platform and its exports.", ("platform", "name", "columns", "reports"), {
        "platform": told(ID, "Its id, and the name of this file."),
        "name": told(TEXT, "What readers call it."),
        "channel": told(CHANNEL, "The channel of its figures; left out when a report, a title or a column tells it."),
        "totals": told(NAMES, "Regular expressions of what stands in the label of a total row, by language."),
        "blank_total": told({"enum": ["first", "last", "none"]},
                            "Where a row of figures without any label is the total."),
        "missing": told({"type": "array", "items": {"type": "string"}},
                        "Cells that mean “no value”, beyond the usual ones."),
        "preamble": told(keyed(NAMES, names=["start", "end", "period", "currency", "timezone", "account", "property"]),
                         "The keys of lines above a table, such as “Start date: …”."),
        "above": told({"const": "always"}, "Lines stand above each of its tables."),
        "columns": told(keyed(column(), names=ID), "Every column that it may write, by our name for it."),
        "gaps": told({"enum": ["zero", "unknown"]}, "What a day without a row means."),
        "told": told(keyed(NAMES, names=METRIC["enum"]),
                     "Cells of a `told_by` column, by the metric that they mean."),
        "uncounted": told(keyed(NAMES, names=ID), "Cells, by column, of rows that do not count."),
        "qualifiers": told(keyed(NAMES, names=["comparison", "converted", "change"]),
                           "What, at the end of any header, makes it tell another period or currency, or a change."),
        "titles": told(keyed(title(), names=ID), "Lines above a table that say what its `titled` column counts."),
        "channels": told(keyed(NAMES, names=CHANNEL["enum"]), "Cells of a `channel` column, by our channel."),
        "reports": told({"type": "array", "items": report(), "minItems": 1},
                        "Its reports; the first one whose conditions hold is taken."),
    })  # fmt: skip


def column() -> Schema:
    """A column of a platform: what it tells, and how it is called."""
    others = [str(role) for role in Role if role not in {Role.METRIC, Role.TITLED}]
    schema = strict(("is", "names"), {
        "is": told({"enum": [str(role) for role in Role]}, "What it tells of its row."),
        **figures(),
        "told_by": told(ID, "The column whose cells say what this one counts."),
        "names": told(NAMES, "Its headers, by language; {currency} and {period} stand for what varies."),
    })  # fmt: skip
    of_figures = dict.fromkeys((*figures(), "told_by"), False)
    return schema | {"if": {"properties": {"is": {"enum": others}}}, "then": {"properties": of_figures}}


def title() -> Schema:
    """A line above a table that names its metric."""
    channel = {"channel": told(CHANNEL, "The channel that the line tells.")}
    return strict(("names",), {**figures(), **channel, "names": told(NAMES, "The line, by language.")})


def figures() -> dict[str, Schema]:
    """What is said of a column of figures."""
    return {
        "metric": told(METRIC, "The metric under which the portal measures it; left out when it is only read."),
        "kind": told({"enum": [str(gauge) for gauge in Gauge]}, "How it may be treated; flow when left out."),
        "unit": told({"enum": [str(scale) for scale in Scale]}, "In what it counts; count when left out."),
        "part_of": told(ID, "The column that it is a share of: measured only when that one is not in the file."),
        "comparison": told(TRUE, "It tells another period or currency: read, never measured."),
    }


def report() -> Schema:
    """One report: its conditions, and how its rows stand to the account."""
    return strict(("id", "title"), {
        "id": told(ID, "Its id."),
        "title": told(TITLE, "What readers call it."),
        **conditions(),
        "rows": told({"enum": list(ROWS)},
                     "whole: they add up to the account. part: some are missing by design. breakdown: the same figures"
                     " cut another way. list: no figures of a period. persons: one a person or order."),
        "channel": told(CHANNEL, "The channel of its figures, when it is not the platform's."),
        "cap": told({"type": "integer", "minimum": 1}, "After how many rows the platform stops."),
        "wide": told(ID, "Dates stand in the header: the column that each of these is one of."),
        "descriptions": told(TRUE, "The row below the header explains it."),
        "pairs": told(TRUE, "Its rows are keys and values, which tell the period as a preamble does."),
        "gaps": told({"enum": ["zero", "unknown"]}, "What a day without a row means, when not as for the platform."),
        "order": told(ID, "The column that names what a row is about, so that each is counted once."),
        "repeated": told(IDS, "Columns that tell one thing in several rows: read, never measured."),
        "certain": told(TRUE, "Its columns, with none beside them, tell it, common as their words are."),
    })  # fmt: skip


def conditions() -> dict[str, Schema]:
    """By which columns a table is known."""
    return {
        "needs": told(IDS, "Columns that must be there, all of them."),
        "any": told(IDS, "Columns of which one must be there."),
        "without": told(IDS, "Columns of which none may be there."),
    }


# ---------------------------------------------------------------- the two other files


def not_reports() -> Schema:
    """`not_reports.yaml`: what is no report."""
    refusal = strict(("id", "title"), {
        "id": told(ID, "Its id."), "title": told(TITLE, "What the refusal calls it."), **conditions(),
    })  # fmt: skip
    return published("not_reports", "What is no report, although a platform reads or writes it.", (
        "columns", "refusals",
    ), {
        "columns": told(keyed(NAMES, names=ID), "Headers by which such files are known."),
        "refusals": told({"type": "array", "items": refusal, "minItems": 1},
                         "Such files; the first one whose conditions hold is told."),
    })  # fmt: skip


def personal() -> Schema:
    """`personal.yaml`: columns with the data of persons."""
    return published("personal", "Columns with the data of persons, which are dropped at reading.", (
        "columns", "cells",
    ), {
        "columns": told(keyed(NAMES, names=ID), "Their headers."),
        "cells": told({"type": "array", "items": {"type": "string", "format": "regex"}, "minItems": 1},
                      "Regular expressions of a whole cell that is personal whatever its header."),
    })  # fmt: skip


# ---------------------------------------------------------------- parts of schemas


def published(name: str, about: str, required: tuple[str, ...], properties: dict[str, Schema]) -> Schema:
    head = {"$schema": DIALECT, "$id": f"urn:sitegen:schema:{name}", "title": f"{name}.yaml", "description": about}
    return {**head, **strict(required, properties)}


def strict(required: tuple[str, ...], properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def told(schema: Schema, about: str) -> Schema:
    return {**schema, "description": about}


def keyed(values: Schema, names: Schema | list[str]) -> Schema:
    """An object whose keys are ids, or one of these names."""
    keys = {"enum": names} if isinstance(names, list) else names
    return {"type": "object", "propertyNames": keys, "additionalProperties": values, "minProperties": 1}


if __name__ == "__main__":
    write()
