"""A document in, its typed model or every way in which it does not fit out; knows nothing of other files.

Each pydantic error becomes one `Problem` at the place of the key or value that is to be mended. What is right in a
document with faults is still handed on as a `Draft`, so that one run tells everything that is wrong.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sitegen.check.hints import closest, did_you_mean
from sitegen.errors import Problem
from sitegen.messages import Message, say
from sitegen.model.authored import (
    COST_LINES,
    NUMBER,
    Authored,
    Brand,
    Budget,
    CommunicationGain,
    Cost,
    Costs,
    Definition,
    Event,
    Objective,
    ServiceGain,
    Source,
    number,
)
from sitegen.model.countries import COUNTRIES, CURRENCIES
from sitegen.model.facts import Document, Path

Sentence: TypeAlias = tuple[Message, Message | None]
Node: TypeAlias = Mapping[str, Any]

M = TypeVar("M", bound=Authored)


def model(kind: type[M], document: Document) -> tuple[M | None, tuple[Problem, ...]]:
    """The document as `kind`; None beside at least one error when it does not fit."""
    try:
        return kind.model_validate(document.data), ()
    except ValidationError as error:
        found = error.errors(include_url=False)
        return None, tuple(_problem(document, kind, each) for each in found if not _follows(each, found))


def _follows(error: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    """A list is empty only because each of its items is refused."""
    loc = error["loc"]
    return error["type"] == "too_short" and any(
        len(each["loc"]) > len(loc) and each["loc"][: len(loc)] == loc for each in errors
    )


# ---------------------------------------------------------------- what holds although something else does not


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of a `client.yaml` that fit, each with its path; what does not fit is absent.

    `goals` and `names` are the ids of goals and objectives as they are written, whether the rest of them fits or not.
    """

    document: Document
    data: Mapping[str, Any]
    country: str | None
    currency: str | None  # declared, else the country's
    objectives: tuple[tuple[Path, Objective], ...]
    sources: tuple[tuple[Path, Source], ...]
    events: tuple[tuple[Path, Event], ...]
    definitions: tuple[tuple[Path, Definition], ...]
    costs: tuple[tuple[Path, Cost], ...]  # of the six lines, then those in gains and budgets
    communication: CommunicationGain | None
    service: ServiceGain | None
    budgets: tuple[tuple[Path, Budget], ...]
    goals: tuple[tuple[Path, str], ...]
    names: tuple[tuple[Path, str], ...]
    brand: Brand | None

    def written(self, path: Path) -> Any:
        """What stands at `path`, as plain data; None where nothing does."""
        value: Any = self.data
        for step in path[:-1]:
            value = value[step]
        return value.get(path[-1])


def draft(document: Document) -> Draft:
    """All of `client.yaml` that can be judged further."""
    data = document.data if isinstance(document.data, dict) else {}
    country = _known(data.get("country"), COUNTRIES)
    currency = data.get("currency") or (COUNTRIES[country].currency if country else None)
    gains = data["gains"] if isinstance(data.get("gains"), dict) else {}
    communication = _fitting(CommunicationGain, gains.get("communication"))
    service = _fitting(ServiceGain, gains.get("service"))
    budgets = tuple(items(data, "budgets", Budget))
    return Draft(
        document,
        data,
        country,
        _known(currency, CURRENCIES),
        tuple(items(data, "objectives", Objective)),
        tuple(items(data, "sources", Source)),
        tuple(items(data, "events", Event)),
        tuple(items(data, "definitions", Definition)),
        (*_costs(data), *_elsewhere(communication, service, budgets)),
        communication,
        service,
        budgets,
        tuple(_ids(data, "goals", "id")),
        tuple(_ids(data, "objectives", "id", "kpi")),
        _fitting(Brand, data.get("brand")),
    )


def _known(word: object, words: Container[str]) -> str | None:
    return word if isinstance(word, str) and word in words else None


def items(data: Mapping[str, Any], name: str, kind: type[M]) -> Iterator[tuple[Path, M]]:
    """The items of the list `name` that fit, each with its path."""
    for path, raw in _list(data, name):
        if (item := _fitting(kind, raw)) is not None:
            yield path, item


def _list(data: Mapping[str, Any], name: str) -> Iterator[tuple[Path, Any]]:
    items = data.get(name)
    for index, raw in enumerate(items if isinstance(items, list) else ()):
        yield (name, index), raw


def _fitting(kind: type[M], raw: object) -> M | None:
    try:
        return kind.model_validate(raw)
    except ValidationError:
        return None


def _costs(data: Mapping[str, Any]) -> Iterator[tuple[Path, Cost]]:
    lines = data.get("costs")
    written = lines if isinstance(lines, dict) else {}
    for line in COST_LINES:
        raw = written.get(line)
        costs = _fitting(Costs, {line: raw})
        for index, cost in enumerate((costs and getattr(costs, line)) or ()):
            yield ("costs", line, index) if isinstance(raw, list) else ("costs", line), cost


def _elsewhere(
    communication: CommunicationGain | None, service: ServiceGain | None, budgets: Sequence[tuple[Path, Budget]]
) -> Iterator[tuple[Path, Cost]]:
    """The amounts of gains and budgets, which are written as costs are."""
    if communication and communication.now.cost:
        yield ("gains", "communication", "now", "cost"), communication.now.cost
    if service and service.cancelled:
        yield ("gains", "service", "cancelled", "amount"), service.cancelled.amount
    for path, budget in budgets:
        yield (*path, "amount"), budget.amount


def _ids(data: Mapping[str, Any], name: str, *keys: str) -> Iterator[tuple[Path, str]]:
    """The first of `keys` that each item has, with its path."""
    for path, raw in _list(data, name):
        written = (key for key in keys if isinstance(raw, dict) and isinstance(raw.get(key), str))
        if (key := next(written, None)) is not None:
            yield (*path, key), raw[key]


# ---------------------------------------------------------------- one pydantic error → one problem


@dataclass(frozen=True, slots=True)
class _Fault:
    """A pydantic error beside the document it is about; `at` is the nearest path that the document has."""

    document: Document
    kind: type[Authored]
    loc: Path
    at: Path
    value: Any
    context: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The name of the value as its author knows it: its key, or that of the list it is in, or the file."""
        named = [step for step in self.at if isinstance(step, str)]
        return named[-1] if named else self.document.path.rpartition("/")[2]

    @property
    def options(self) -> tuple[str, ...]:
        """The words that may stand here."""
        return tuple(str(word) for node in _nodes(self.kind, self.loc) for word in node.get("enum", ()))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that may stand beside the one at `loc`."""
        return tuple(key for node in _nodes(self.kind, self.loc[:-1]) for key in node.get("properties", ()))


def _problem(document: Document, kind: type[Authored], details: ErrorDetails) -> Problem:
    type_, loc = details["type"], tuple(details["loc"])
    written = at = _written_at(document, loc)
    while at and at not in document.values:
        at = at[:-1]
    fault = _Fault(document, kind, loc, at, details["input"], details.get("ctx", {}))
    place = document.place(at)
    if type_ == "extra_forbidden":
        place = document.keys.get(written, place)
    elif type_ == "missing":
        place = document.keys.get(written[:-1], place)
    message, hint = _sentence(type_, fault)
    return Problem(document.path, *place, message, hint)


def _written_at(document: Document, loc: Path) -> Path:
    """The path without the indexes of what is written alone where a list may stand."""
    written: Path = ()
    for step in loc:
        if not isinstance(step, int) or (*written, step) in document.values:
            written = (*written, step)
    return written


def _sentence(type_: str, fault: _Fault) -> Sentence:
    if fault.value is None and (type_ in _EXPECTED or type_.startswith("problems.")):
        return say("problems.nothing_written", key=fault.key), None
    if type_.startswith("problems."):
        name = type_.removeprefix("problems.")
        return say(type_, key=fault.key, **fault.context), say(f"problems.hint.{name}")
    return _SENTENCES[type_](type_, fault)


def _unknown_key(_: str, fault: _Fault) -> Sentence:
    key = str(fault.loc[-1])
    return say("problems.unknown_key", key=key), did_you_mean(key, fault.keys)


def _missing_key(_: str, fault: _Fault) -> Sentence:
    key = str(fault.loc[-1])
    return say("problems.missing_key", key=key), say("problems.hint.missing_key", key=key)


def _wrong_type(type_: str, fault: _Fault) -> Sentence:
    expected = _SHORT_FORMS.get(fault.context.get("class_name", ""), _EXPECTED[type_])
    message = say(
        "problems.wrong_type", key=fault.key, expected=say(f"problems.expected.{expected}"), seen=_seen(fault.value)
    )
    return message, _type_hint(expected, fault)


def _type_hint(expected: str, fault: _Fault) -> Message | None:
    value = fault.value
    if expected == "text" and not isinstance(value, (dict, list)):
        return say("problems.hint.quotes", key=fault.key, value=_written(value))
    if expected in ("number", "integer") and isinstance(value, str) and re.fullmatch(NUMBER, value):
        return say("problems.hint.plain_number", value=f"{number(value):.15g}")
    if expected == "list" and isinstance(value, (str, int, float)):
        return say("problems.hint.brackets", key=fault.key, value=_written(value))
    if fault.context.get("class_name") == "Costs" and isinstance(value, (str, int, float)):
        return say("problems.hint.cost_lines")
    return say(f"problems.hint.{expected}") if expected in ("boolean", "list", "mapping", "percentage") else None


def _unknown_value(_: str, fault: _Fault) -> Sentence:
    options = fault.options
    message = say("problems.unknown_value", key=fault.key, value=_written(fault.value))
    if isinstance(fault.value, bool) and "yes" in options:
        return message, say("problems.hint.yes_no", word="yes" if fault.value else "no", options=options)
    if best := closest(str(fault.value), options):
        return message, say("problems.hint.did_you_mean_among", word=best, options=options)
    return message, say("problems.hint.one_of", options=options)


def _pattern(_: str, fault: _Fault) -> Sentence:
    name = PATTERNS[fault.context["pattern"]]
    return say(f"problems.{name}", key=fault.key, value=_written(fault.value)), say(f"problems.hint.{name}")


def _limit(type_: str, fault: _Fault) -> Sentence:
    (limit,) = fault.context.values()
    return say(f"problems.{type_}", key=fault.key, value=_written(fault.value), limit=f"{limit:g}"), None


def _too_long(_: str, fault: _Fault) -> Sentence:
    return say("problems.too_long", key=fault.key, count=fault.context["max_length"]), None


def _empty(_: str, fault: _Fault) -> Sentence:
    return say("problems.nothing_written", key=fault.key), None


def _not_finite(_: str, fault: _Fault) -> Sentence:
    return say("problems.not_finite", key=fault.key), say("problems.hint.not_finite")


_EXPECTED = {
    "string_type": "text",
    "bool_type": "boolean",
    "int_type": "integer",
    "float_type": "number",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
}
_SHORT_FORMS = {
    "Margin": "percentage",
    "Incrementality": "percentage",
    "DeclaredBaseline": "baseline",
    "Answer": "answer",
    "Exemption": "answer",
}
_SENTENCES: dict[str, Callable[[str, _Fault], Sentence]] = {
    **dict.fromkeys(_EXPECTED, _wrong_type),
    **dict.fromkeys(("greater_than", "greater_than_equal", "less_than_equal"), _limit),
    **dict.fromkeys(("literal_error", "enum"), _unknown_value),
    **dict.fromkeys(("string_too_short", "too_short"), _empty),
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "string_pattern_mismatch": _pattern,
    "string_too_long": _too_long,
    "finite_number": _not_finite,
}
PATTERNS = {
    r"^#[0-9a-fA-F]{6}$": "not_a_colour",
    r"^[A-Z]{2}$": "not_a_country_code",
    r"^[A-Z]{3}$": "not_a_currency_code",
    r"^(fr|en)$": "not_a_language",
    r"^[a-z0-9]+(_[a-z0-9]+)*$": "not_an_id",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "not_a_folder_name",
    r"^[^@\s<>]+@[^@\s<>]+\.[a-z]{2,}$": "not_an_email",
    r"^[A-Za-z0-9_.-]+$": "not_a_reference",
    r"^https://": "not_a_secure_address",
    r"^https?://[^\s]+$": "not_an_address",
    r"^\d{4}-\d{2}(-\d{2}\.\.\d{4}-\d{2}-\d{2})?$": "not_a_period",
    r"^[KM](DH|MAD|FCFA|XAF|XOF|EUR|€|CAD|AUD|USD|\$)$": "not_a_scale",
}


def _seen(value: Any) -> Message:
    if isinstance(value, (dict, list)):
        return say("problems.seen.mapping" if isinstance(value, dict) else "problems.seen.list")
    kind = "text" if isinstance(value, str) else "boolean" if isinstance(value, bool) else "number"
    return say(f"problems.seen.{kind}", value=_written(value))


def _written(value: Any) -> str:
    """A scalar as YAML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}" if math.isfinite(value) else f".{value}"
    return "null" if value is None else str(value) if not isinstance(value, (dict, list)) else "…"


# ---------------------------------------------------------------- what a model allows at a path


@cache
def _schema(kind: type[Authored]) -> Node:
    return kind.model_json_schema()


def _nodes(kind: type[Authored], path: Path) -> tuple[Node, ...]:
    """The alternatives that the model has for the value at `path`, as JSON Schema nodes."""
    root = _schema(kind)
    nodes = tuple(_alternatives(root, root))
    for step in path:
        below = (child for node in nodes if (child := _child(node, step)))
        nodes = tuple(alternative for node in below for alternative in _alternatives(root, node))
    return nodes


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(step, int):
        return node.get("items")
    return node.get("properties", {}).get(step) or (node.get("additionalProperties") or None)


def _alternatives(root: Node, node: Node) -> Iterator[Node]:
    if "$ref" in node:
        yield from _alternatives(root, root["$defs"][node["$ref"].rpartition("/")[2]])
    elif "anyOf" in node:
        for alternative in node["anyOf"]:
            yield from _alternatives(root, alternative)
    else:
        yield node
