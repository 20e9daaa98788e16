"""A file `keys.json` in, a keyring out; opens nothing."""

from __future__ import annotations

import json
from pathlib import Path

from sitegen.errors import Problem
from sitegen.messages import say
from sitegen.model import codec
from sitegen.model.sealed import FILE, FORMAT, ROUNDS, Keyring


def keyring(root: Path, slug: str = "") -> tuple[Keyring | None, tuple[Problem, ...]]:
    """The ring of a client, or of the agency without a `slug`; None where there is none, or it cannot be used."""
    path = f"data/{slug}/{FILE}" if slug else FILE
    if not (root / path).is_file():
        return None, ()
    try:
        plain = json.loads((root / path).read_bytes())
        if plain.get("format") != FORMAT:
            return None, (Problem(path, 0, 0, say("keys.other_format"), say("keys.damaged_hint")),)
        ring = codec.decode(json.dumps(plain), Keyring)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, (Problem(path, 0, 0, say("keys.damaged"), say("keys.damaged_hint")),)
    if ring.rounds < ROUNDS:
        return None, (Problem(path, 0, 0, say("keys.few_rounds", count=ring.rounds), say("keys.damaged_hint")),)
    return ring, ()


def written(ring: Keyring) -> str:
    """The ring as its file has it: one line a value, so that a change is one line of a diff."""
    return json.dumps(json.loads(codec.encode(ring)), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
