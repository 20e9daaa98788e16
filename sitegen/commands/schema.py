"""The JSON Schemas as text or as files; judges nothing."""

from __future__ import annotations

import json
from pathlib import Path

from sitegen.check import schemas


def text() -> str:
    """All schemas as one JSON object by name."""
    return json.dumps(schemas(), ensure_ascii=False, indent=2, sort_keys=True)


def write(folder: Path) -> tuple[str, ...]:
    """Write `<name>.schema.json` for each; returns their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        body = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        (folder / f"{name}.schema.json").write_text(body, "utf-8")
    return tuple(schemas())
