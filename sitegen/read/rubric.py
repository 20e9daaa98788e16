"""The packaged folder `rubric/` in, the checks out. It is our own data: what does not fit is a bug, and raises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sitegen.model.rubric import Check, Rubric
from sitegen.read.documents import document

FILES = ("signs", "tips", "goals", "social", "audits")


def rubric(folder: Path) -> Rubric:
    """The checks of all files, in their order."""
    return Rubric(tuple(_check(each) for name in FILES for each in _listed(folder, f"{name}.yaml")))


def _listed(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    read, problems = document(folder, name)
    if read is None:
        raise ValueError(problems)
    yield from read.data["checks"]


def _check(told: dict[str, Any]) -> Check:
    return Check(**{**told, "weight": float(told["weight"]), "same_as": tuple(told.get("same_as", ()))})
