"""The packaged folder `rubric/` in, the checks out. It is our own data: what does not fit is a bug, and raises."""

from __future__ import annotations

from pathlib import Path

from sitegen.model.rubric import Check, Rubric
from sitegen.read.documents import document


def rubric(folder: Path) -> Rubric:
    """The checks of `signs.yaml`, in its order."""
    read, _ = document(folder, "signs.yaml")
    checks = read.data["checks"] if read else ()
    return Rubric(tuple(Check(**{**each, "weight": float(each["weight"])}) for each in checks))
