"""The YAML files beside this module in, typed `Platform`s out; reads no export.

A file describes one platform: its columns with their names by language, what may stand above and below a table, and its
reports. A fault in one of them is a fault of ours, so it is raised with its place in the file, never shown to a user.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from sitegen.model.exports import Described, Gauge, Names, NoReport, Platform, Report, Role, Scale, Titled

NOT_REPORTS, PERSONAL = "not_reports", "personal"

_KEYS = {
    "platform": {"platform", "name", "channel", "totals", "blank_total", "missing", "preamble", "above", "columns",
                 "gaps", "told", "uncounted", "qualifiers", "titles", "channels", "reports"},
    "column": {"is", "metric", "kind", "unit", "part_of", "comparison", "told_by", "names"},
    "title": {"metric", "kind", "unit", "channel", "part_of", "comparison", "names"},
    "report": {"id", "title", "needs", "any", "without", "rows", "channel", "cap", "wide", "descriptions", "pairs",
               "gaps", "order", "repeated", "certain"},
    "refusal": {"id", "title", "needs", "any", "without"},
}  # fmt: skip
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SPACES = re.compile(r"\s+")


class PlatformFault(Exception):
    """A platform's file says something that it may not say."""


@dataclass(frozen=True, slots=True)
class Personal:
    """How columns with the data of persons are known: by their header, or by what most of their cells look like."""

    names: frozenset[str]
    cells: tuple[re.Pattern[str], ...]


def plain(name: str) -> str:
    """A header as it is compared: one kind of space, apostrophe and case, nothing around it."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("’", "'").replace("‘", "'")
    return _SPACES.sub(" ", folded).strip(" \t\ufeff")


@cache
def platforms() -> tuple[Platform, ...]:
    """Every platform that is described, by id."""
    return tuple(_platform(name, data) for name, data in _documents() if name not in {NOT_REPORTS, PERSONAL})


@cache
def refusals() -> tuple[tuple[NoReport, ...], Mapping[str, frozenset[str]]]:
    """What is no report, and the names that its conditions speak of."""
    data = dict(_documents())[NOT_REPORTS]
    names = {id: frozenset(map(plain, _flat(_names(written)))) for id, written in data["columns"].items()}
    return tuple(_refusal(each, set(names)) for each in data["refusals"]), names


@cache
def personal() -> Personal:
    """What tells a column with the data of persons."""
    data = dict(_documents())[PERSONAL]
    names = frozenset(plain(name) for written in data["columns"].values() for name in _flat(_names(written)))
    return Personal(names, tuple(re.compile(each) for each in data["cells"]))


def _documents() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            yield file.name.removesuffix(".yaml"), yaml.load(file.read_text("utf-8"), _LOADER)  # noqa: S506


def _platform(name: str, data: Mapping[str, Any]) -> Platform:
    try:
        _only(data, "platform")
        columns = {id: _column(id, each) for id, each in data["columns"].items()}
        gaps = data.get("gaps", "unknown")
        reports = tuple(_report({"gaps": gaps, **each}, set(columns)) for each in data["reports"])
        titles = {id: _title(id, each) for id, each in data.get("titles", {}).items()}
        return Platform(
            id=data["platform"],
            name=data["name"],
            channel=data.get("channel"),
            columns=columns,
            reports=reports,
            totals=_names(data.get("totals", {})),
            blank_total=data.get("blank_total", "none"),
            missing=tuple(map(plain, data.get("missing", ()))),
            preamble={key: _names(each) for key, each in data.get("preamble", {}).items()},
            above=data.get("above") == "always",
            qualifiers={key: _names(each) for key, each in data.get("qualifiers", {}).items()},
            titles=titles,
            channels={key: _names(each) for key, each in data.get("channels", {}).items()},
            told={key: _names(each) for key, each in data.get("told", {}).items()},
            uncounted={key: _names(each) for key, each in data.get("uncounted", {}).items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PlatformFault(f"{name}.yaml: {error!r}") from error


def _column(id: str, data: Mapping[str, Any]) -> Described:
    _only(data, "column", id)
    return Described(
        id=id,
        role=Role(data["is"]),
        names=_names(data["names"]),
        metric=data.get("metric"),
        gauge=Gauge(data.get("kind", "flow")),
        scale=Scale(data.get("unit", "count")),
        part_of=data.get("part_of"),
        comparison=bool(data.get("comparison", False)),
        told_by=data.get("told_by"),
    )


def _title(id: str, data: Mapping[str, Any]) -> Titled:
    _only(data, "title", id)
    return Titled(
        id=id,
        names=_names(data["names"]),
        metric=data.get("metric"),
        gauge=Gauge(data.get("kind", "flow")),
        scale=Scale(data.get("unit", "count")),
        channel=data.get("channel"),
        comparison=bool(data.get("comparison", False)),
        part_of=data.get("part_of"),
    )


def _report(data: Mapping[str, Any], columns: set[str]) -> Report:
    _only(data, "report")
    return Report(
        id=data["id"],
        title=data["title"],
        needs=_ids(data, "needs", columns),
        any=_ids(data, "any", columns),
        without=_ids(data, "without", columns),
        rows=data.get("rows", "whole"),
        channel=data.get("channel"),
        cap=data.get("cap"),
        wide=data.get("wide"),
        descriptions=bool(data.get("descriptions")),
        pairs=bool(data.get("pairs")),
        gaps_are_zero=data["gaps"] == "zero",
        repeated=_ids(data, "repeated", columns),
        order=data.get("order"),
        certain=bool(data.get("certain")),
    )


def _refusal(data: Mapping[str, Any], columns: set[str]) -> NoReport:
    _only(data, "refusal")
    conditions = (_ids(data, key, columns) for key in ("needs", "any", "without"))
    return NoReport(data["id"], data["title"], *conditions)


def _ids(data: Mapping[str, Any], key: str, columns: set[str]) -> frozenset[str]:
    ids = frozenset(data.get(key, ()))
    if unknown := ids - columns:
        raise ValueError(f"report {data['id']}: {key} speaks of {sorted(unknown)}")
    return ids


def _names(data: Mapping[str, Any]) -> Names:
    return {
        language: tuple(map(str, written if isinstance(written, list) else [written]))
        for language, written in data.items()
    }


def _flat(names: Names) -> Iterator[str]:
    for written in names.values():
        yield from written


def _only(data: Mapping[str, Any], kind: str, id: str = "") -> None:
    if unknown := set(data) - _KEYS[kind]:
        raise ValueError(f"{kind} {id or data.get('id', '')}: unknown {sorted(unknown)}")
