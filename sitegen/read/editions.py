"""A client's folder `editions/` in, its frozen editions out; an older format is brought to today's while it is read.

    2026-10.json    one edition: format, client, period, as_of, frozen, digest, edition
    shared.json     what the editions have in common (see `model.packed`): format, shapes, parts

Format 1 held an edition whole, as the codec writes it, and no digest; nothing was shared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from sitegen.errors import Problem
from sitegen.messages import say
from sitegen.model import codec
from sitegen.model.computed import Edition
from sitegen.model.frozen import FOLDER, FORMAT, SHELF, Frozen, ends
from sitegen.model.packed import Shelf
from sitegen.read.documents import read_text

File: TypeAlias = dict[str, Any]


def editions(root: Path, slug: str) -> tuple[tuple[Frozen, ...], tuple[Problem, ...]]:
    """The frozen editions of a client, the oldest first, and what is wrong with their files; none of them is opened."""
    folder = root / "data" / slug / FOLDER
    files = sorted(file for file in folder.glob("*.json") if file.name != SHELF)
    if not files:
        return (), ()
    on_shelf = _shelf(folder / SHELF, f"data/{slug}/{FOLDER}/{SHELF}")
    if isinstance(on_shelf, Problem):
        return (), (on_shelf,)
    found, problems = [], []
    for file in files:
        match _frozen(file, f"data/{slug}/{FOLDER}/{file.name}", slug, on_shelf):
            case Problem() as problem:
                problems.append(problem)
            case frozen:
                found.append(frozen)
    return tuple(sorted(found, key=lambda each: (each.as_of, each.period))), tuple(problems)


def shelf(root: Path, slug: str) -> Shelf | Problem:
    """What the editions of a client have in common; empty where there are none."""
    path = f"data/{slug}/{FOLDER}/{SHELF}"
    return _shelf(root / path, path)


def edition(frozen: Frozen) -> Edition | Problem:
    """The edition, opened. A Problem when it is not what was frozen: its file or the shared one was changed."""
    damaged = Problem(frozen.path, 0, 0, say("editions.damaged"), say("editions.damaged_hint"))
    try:
        plain = frozen.shelf.unpack(frozen.packed)
        if digest(plain) != frozen.digest:
            return damaged
        return codec.built(plain, Edition)
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return damaged


def digest(plain: Any) -> str:
    """SHA-256 of an edition's plain form, in hex; fields that a later version adds do not change it."""
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _shelf(file: Path, path: str) -> Shelf | Problem:
    if not file.is_file():
        return Shelf()
    told = _json(file, path)
    if isinstance(told, Problem):
        return told
    match told:
        case {"format": int(made), "shapes": list(shapes), "parts": list(parts)} if made <= FORMAT:
            return Shelf(shapes, parts)
    return _strange(told, path)


def _frozen(file: Path, path: str, slug: str, on_shelf: Shelf) -> Frozen | Problem:
    told = _json(file, path)
    if isinstance(told, Problem):
        return told
    try:
        made = told["format"]
        if not isinstance(made, int) or not 1 <= made <= FORMAT:
            return _strange(told, path)
        for older in range(made, FORMAT):
            told = STEPS[older](told)
        period, held = told["period"], told.get("whole")
        if told["client"] != slug or period != file.stem or not ends(period):
            return Problem(path, 0, 0, say("editions.misnamed", client=str(told["client"]), period=str(period)))
        packed = told["edition"] if held is None else None
        as_of, on = (date.fromisoformat(told[name]) for name in ("as_of", "frozen"))
        if held is not None:  # of a format that shared nothing
            alone = Shelf()
            packed, on_shelf = alone.pack(held), alone
        return Frozen(path, period, as_of, on, told["digest"], packed, on_shelf)
    except (KeyError, ValueError, TypeError, AttributeError):
        return _strange(told, path)


def _strange(told: Any, path: str) -> Problem:
    made = told.get("format") if isinstance(told, dict) else None
    if isinstance(made, int) and made > FORMAT:
        return Problem(path, 1, 1, say("editions.newer_format", format=made, known=FORMAT), say("editions.newer_hint"))
    return Problem(path, 1, 1, say("editions.strange"), say("editions.damaged_hint"))


def _json(file: Path, path: str) -> Any | Problem:
    text = read_text(file, path)
    if isinstance(text, Problem):
        return text
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return Problem(path, error.lineno, error.colno, say("editions.not_json"), say("editions.damaged_hint"))
    except RecursionError:
        return Problem(path, 1, 1, say("editions.strange"), say("editions.damaged_hint"))


# ---------------------------------------------------------------- older formats


def _from_1(told: File) -> File:
    """Format 1 wrote every field; today's leaves out what is as by default, and has a digest."""
    plain = codec.sparse(codec.built(told["edition"], Edition))
    day = plain["as_of"]["day"]
    return {**told, "format": 2, "as_of": day, "digest": digest(plain), "whole": plain}


STEPS: Mapping[int, Callable[[File], File]] = {1: _from_1}  # from each older format to the next one
