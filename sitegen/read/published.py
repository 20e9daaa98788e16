"""The published figures that the package carries, unjudged, out."""

from __future__ import annotations

from pathlib import Path

from sitegen.model.facts import Document
from sitegen.read.documents import document

_FILE = "published.yaml"


def published() -> Document:
    """`benchmarks:` as in a `config.yaml`. It is our own data: a file that cannot be read is a bug, and raises."""
    found, problems = document(Path(__file__).parent, _FILE)
    if found is None:
        raise ValueError(str(problems))
    return found
