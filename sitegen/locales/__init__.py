"""Every word the product says: one folder per language, one TOML file per subject.

`catalogue("fr")` is a flat mapping `file.table.key` → pattern. A regional catalogue (`fr-CA`) holds only what differs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

Pattern: TypeAlias = str | Mapping[str, str]
FOLDER = Path(__file__).parent
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})


@cache
def catalogue(tag: str) -> Mapping[str, Pattern]:
    """The patterns of a language tag over those of its base language."""
    base, _, region = tag.partition("-")
    patterns = dict(catalogue(base)) if region else {}
    for file in sorted((FOLDER / tag).glob("*.toml")):
        patterns.update(_flat(file.stem, tomllib.loads(file.read_text("utf-8"))))
    return patterns


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Pattern]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, str) or (value.keys() <= PLURALS and "other" in value):
            yield key, value
        else:
            yield from _flat(key, value)
