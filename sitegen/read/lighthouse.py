"""A client's Lighthouse reports in (JSON), one `Report` for each out, or why a file is none; judges no run.

A report is known by its content: Lighthouse's own JSON, or PageSpeed Insights' answer around it. Of many megabytes,
screenshots and traces among them, only scores, metrics and settings are kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sitegen.errors import Problem, Severity
from sitegen.messages import Message, say
from sitegen.model.lighthouse import Audit, Place, Report

FOLDER, EXPORTS, SUFFIX = "audits/", "exports/", ".json"
MAX_BYTES = 32 << 20
HEAVIEST = 1_000.0  # weight of an audit in its category
MAX_VALUES = 2_000_000  # a real report has some ten thousand; pictures in it are one each

_WRAPPER, _VERSION = "lighthouseResult", "lighthouseVersion"
_MARKS = tuple(_VERSION.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_BETWEEN = re.compile(r"[\s,:]*")
# No integer is so long that Python refuses to make it; NaN and infinities, which JSON has not, are no values.
_DECODER = json.JSONDecoder(parse_int=float, parse_constant=lambda _: None)


def lighthouse(files: Mapping[str, Path], folder: str) -> tuple[tuple[Report, ...], tuple[Problem, ...]]:
    """The reports of `audits/` and those in `exports/`, and what is wrong with the others.

    `files` are all that lie in the client's `folder`. In `exports/` any file may lie: one that does not even mention
    Lighthouse is left alone.
    """
    found: list[Report] = []
    problems: list[Problem] = []
    for name, file in sorted(files.items()):
        if not name.startswith((FOLDER, EXPORTS)):
            continue
        if not name.lower().endswith(SUFFIX):
            if name.startswith(FOLDER):
                message, hint = say("read.lighthouse_not_json"), say("read.lighthouse_not_json_hint")
                problems.append(_problem(f"{folder}/{name}", message, hint))
            continue
        raw = _raw(file, f"{folder}/{name}")
        if name.startswith(EXPORTS) and (isinstance(raw, Problem) or not any(mark in raw for mark in _MARKS)):
            continue
        match raw if isinstance(raw, Problem) else _report(raw, f"{folder}/{name}"):
            case Problem() as problem:
                problems.append(problem)
            case report:
                found.append(report)
    return tuple(found), tuple(problems)


def report(file: Path, path: str) -> Report | Problem:
    """The report in a file, or why there is none; `path` is the name that the file has in problems."""
    raw = _raw(file, path)
    return raw if isinstance(raw, Problem) else _report(raw, path)


def recognised(data: object) -> bool:
    """Whether decoded JSON is a Lighthouse report, or PageSpeed Insights' answer with one in it."""
    return _inner(data) is not None


def _inner(data: object) -> dict[str, Any] | None:
    """The report in decoded JSON."""
    found = data.get(_WRAPPER, data) if isinstance(data, dict) else None
    told = isinstance(found, dict) and isinstance(found.get(_VERSION), str) and isinstance(found.get("audits"), dict)
    return found if told else None


def _problem(path: str, message: Message, hint: Message | None = None, place: Place = (0, 0)) -> Problem:
    """None of these stops a client: its portal is built without the file."""
    return Problem(path, *place, message, hint, Severity.WARNING)


def _too_big(path: str) -> Problem:
    message = say("read.lighthouse_too_big", limit=MAX_BYTES >> 20)
    return _problem(path, message, say("read.lighthouse_too_big_hint"))


def _damaged(path: str, place: Place) -> Problem:
    return _problem(path, say("read.lighthouse_damaged"), say("read.lighthouse_damaged_hint"), place)


# ---------------------------------------------------------------- bytes → JSON


def _raw(file: Path, path: str) -> bytes | Problem:
    try:
        with file.open("rb") as handle:
            raw = handle.read(MAX_BYTES + 1)
    except OSError as error:
        return _problem(path, say("read.unreadable", reason=error.strerror or str(error)))
    return _too_big(path) if len(raw) > MAX_BYTES or sum(map(raw.count, b",[{")) > MAX_VALUES else raw


def _report(raw: bytes, path: str) -> Report | Problem:
    encoding = json.detect_encoding(raw)
    try:
        text = raw.decode(encoding).removeprefix("\ufeff")
        data = _DECODER.decode(text)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(encoding, "replace")
        return _damaged(path, _place(before, len(before)))
    except json.JSONDecodeError as error:
        return _damaged(path, (error.lineno, error.colno))
    except RecursionError:  # nested as no report is
        return _too_big(path)
    found = _inner(data)
    if found is None:
        return _problem(path, say("read.lighthouse_no_report"), say("read.lighthouse_no_report_hint"), (1, 1))
    return _kept(found, path, hashlib.sha256(raw).hexdigest(), _places(text))


def _place(text: str, offset: int) -> Place:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _places(text: str) -> dict[str, Place]:
    """The place of each of the report's own keys."""
    members = _members(text, text.index("{"))
    if _WRAPPER in members:
        members = _members(text, members[_WRAPPER][1])
    return {key: _place(text, at) for key, (at, _) in members.items()}


def _members(text: str, start: int) -> dict[str, tuple[int, int]]:
    """Key → offsets of key and value, for the object that begins at `start` of a text that was read already."""
    found = {}
    at = _after(text, start + 1)
    while text[at] != "}":
        key, end = _DECODER.raw_decode(text, at)
        value = _after(text, end)
        found[key] = at, value
        at = _after(text, _DECODER.raw_decode(text, value)[1])
    return found


def _after(text: str, offset: int) -> int:
    """The offset behind spaces and punctuation."""
    between = _BETWEEN.match(text, offset)
    return between.end() if between else offset


# ---------------------------------------------------------------- JSON → what is kept


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _kept(data: Mapping[str, Any], path: str, digest: str, places: Mapping[str, Place]) -> Report:
    settings, categories = _table(data.get("configSettings")), _table(data.get("categories"))
    warnings = data.get("runWarnings")
    return Report(
        path=path,
        digest=digest,
        version=data[_VERSION],
        fetched=data.get("fetchTime"),
        requested=data.get("requestedUrl"),
        final=data.get("finalDisplayedUrl", data.get("finalUrl")),  # `finalUrl` in older versions
        gathering=data.get("gatherMode"),
        error=_table(data.get("runtimeError")).get("code"),
        warnings=len(warnings) if isinstance(warnings, list) else 0,
        form_factor=settings.get("formFactor", settings.get("emulatedFormFactor")),
        throttling=settings.get("throttlingMethod"),
        locale=settings.get("locale"),
        scores={name: _table(category).get("score") for name, category in categories.items()},
        audits=tuple(_audits(_table(data["audits"]), _shares(categories))),
        places=places,
    )


def _audits(audits: Mapping[str, Any], shares: Mapping[str, Mapping[str, float]]) -> Iterator[Audit]:
    for id, told in audits.items():
        audit = _table(told)
        value = audit.get("numericValue", audit.get("rawValue"))  # `rawValue` up to version 4
        yield Audit(
            id, audit.get("score"), audit.get("scoreDisplayMode"), value, audit.get("numericUnit"), shares.get(id, {})
        )


def _shares(categories: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Audit → category → its weight in the whole weight of that category."""
    shares: dict[str, dict[str, float]] = {}
    for name, category in categories.items():
        listed = _table(category).get("auditRefs")
        weights = dict(map(_weight, listed)) if isinstance(listed, list) else {}
        whole = sum(weights.values())
        for id, weight in weights.items():
            shares.setdefault(id, {})[name] = weight / whole if whole else 0.0
    return shares


def _weight(reference: object) -> tuple[str, float]:
    told = _table(reference)
    weight = told.get("weight")
    return str(told.get("id")), weight if isinstance(weight, float) and 0 <= weight <= HEAVIEST else 0.0
