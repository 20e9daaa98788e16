"""The files of `evidence/` in, their known columns out; whatever else they hold is dropped here and never told.

A cell or a header may be a person's, so that no problem of these files quotes one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files as packaged
from pathlib import Path
from typing import Any

import yaml

from sitegen.errors import Problem, Severity
from sitegen.messages import say
from sitegen.model.evidence import Evidence, Sheet
from sitegen.model.tables import Table
from sitegen.read.tables import table

FOLDER = "evidence/"
SUFFIXES = (".csv", ".tsv", ".txt")
LARGEST = 200_000  # rows of one file: conversations of years; more is better told week by week
KINDS: tuple[Evidence, ...] = ("inbox", "posts")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WEEKLY = frozenset({"week", "semaine", "week of", "semaine du"})
# Problems of a table that tell a header, or that a file which waits for its first row has none.
_UNTOLD = frozenset({"read.repeated_column", "read.no_rows"})


def evidence(files: Mapping[str, Path], shown: str) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Every file of the folder by its name; `shown` is the client's folder as problems call it."""
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for name in sorted(name for name in files if name.startswith(FOLDER)):
        address = f"{shown}/{name}"
        if not name.lower().endswith(SUFFIXES):
            message, hint = say("read.evidence_not_csv"), say("read.evidence_not_csv_hint")
            problems.append(Problem(address, 0, 0, message, hint, Severity.WARNING))
            continue
        opened, found = table(files[name].parent, files[name].name, address)
        problems += [each for each in found if each.message.key not in _UNTOLD]
        if opened is not None:
            sheet, told = _sheet(opened)
            problems += told
            sheets += [sheet] if sheet else []
    return tuple(sheets), tuple(problems)


def plain(name: str) -> str:
    """A header as it is compared: without case, accents, marks and what stands in brackets."""
    bare = unicodedata.normalize("NFKD", re.sub(r"\(.*?\)", " ", name)).casefold()
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def columns(kind: Evidence) -> tuple[str, ...]:
    """Our names of the columns of a kind."""
    return tuple(_described()[kind])


def _sheet(opened: Table) -> tuple[Sheet | None, tuple[Problem, ...]]:
    kind, doubt = _kind(opened.header)
    if kind is None:
        hint = say("read.evidence_unknown_hint")
        return None, (Problem(opened.path, opened.header_line, 1, say(f"read.evidence_{doubt}"), hint),)
    found, twice = _places(opened.header, kind)
    if twice:
        message, hint = say("read.evidence_twice", column=twice[0]), say("read.evidence_twice_hint")
        return None, (Problem(opened.path, opened.header_line, twice[1], message, hint),)
    lines: list[int] = []
    cells: dict[str, list[str]] = {column: [] for column in found}
    for chunk in opened.chunks():
        lines += chunk.lines
        for column, at in found.items():
            told = chunk.columns[opened.header[at]]
            bare = (*(cell.strip() for cell in told.cells), "")  # code -1 is the empty one
            cells[column] += [bare[code] for code in told.codes]
        if len(lines) > LARGEST:
            message, hint = say("read.evidence_too_long", limit=LARGEST), say("read.evidence_too_long_hint")
            return None, (Problem(opened.path, 0, 0, message, hint),)
    kept = [row for row in range(len(lines)) if any(column[row] for column in cells.values())]
    sheet = Sheet(
        kind=kind,
        path=opened.path,
        digest=opened.digest,
        header_line=opened.header_line,
        weekly="date" in found and plain(opened.header[found["date"]]) in _WEEKLY,
        lines=tuple(lines[row] for row in kept),
        cells={column: tuple(told[row] for row in kept) for column, told in cells.items()},
        places={column: at + 1 for column, at in found.items()},
        unread=tuple(at + 1 for at in range(len(opened.header)) if at not in found.values()),
    )
    return sheet, tuple(_dropped(sheet))


def _dropped(sheet: Sheet) -> Iterator[Problem]:
    if sheet.unread:
        message = say("read.evidence_dropped", columns=tuple(map(str, sheet.unread)), count=len(sheet.unread))
        yield Problem(sheet.path, sheet.header_line, sheet.unread[0], message, None, Severity.INFO)


def _kind(header: tuple[str, ...]) -> tuple[Evidence | None, str]:
    """What the file is about; `unknown` or `doubtful` where its header does not tell."""
    told = {kind: len(_places(header, kind)[0].keys() & set(_telling()[kind])) for kind in KINDS}
    best = max(KINDS, key=lambda kind: told[kind])
    if not told[best]:
        return None, "unknown"
    return (None, "doubtful") if len(set(told.values())) == 1 else (best, "")


def _places(header: tuple[str, ...], kind: Evidence) -> tuple[dict[str, int], tuple[str, int] | None]:
    """Our name → position from 0 of each known column, and the first one that stands twice, with its place from 1."""
    names = {plain(name): column for column, written in _described()[kind].items() for name in (column, *written)}
    found: dict[str, int] = {}
    twice = None
    for at, title in enumerate(header):
        column = names.get(plain(title))
        if column in found:
            twice = twice or (str(column), at + 1)
        elif column is not None:
            found[column] = at
    return found, twice


def _telling() -> Mapping[str, Any]:
    telling: Mapping[str, Any] = _document()["telling"]
    return telling


def _described() -> Mapping[str, Mapping[str, list[str]]]:
    return _document()


@cache
def _document() -> Mapping[str, Any]:
    text = packaged(__package__).joinpath("evidence.yaml").read_text("utf-8")
    document: Mapping[str, Any] = yaml.load(text, _LOADER)  # noqa: S506 - a safe one
    return document
