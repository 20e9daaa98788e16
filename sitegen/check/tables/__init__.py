"""A table and its declaration in, typed `Records` out, or every cell that does not fit; adds nothing up.

How numbers and dates are written is found once for each column, from all its cells. They are converted in the same pass
as the first chunk tells, and in a second one when the others tell otherwise. The distinct cells of each chunk are
converted and taken by code, so that no Python object is made per cell. METHODS §8.
"""

from __future__ import annotations

from sitegen.check.sources import Declaration
from sitegen.check.tables.grain import grained
from sitegen.check.tables.repeats import without_repeats
from sitegen.check.tables.rows import Rows
from sitegen.check.tables.survey import Survey
from sitegen.errors import Problem
from sitegen.model.facts import Document, Records

__all__ = ["records"]


def records(declaration: Declaration, document: Document) -> tuple[Records | None, tuple[Problem, ...]]:
    """The table's rows by day and channel; None when a column cannot be understood as a whole.

    `document` is the `client.yaml` that declares it. Empty cells are NaN, never 0. Rows without a date are left out:
    silently when they are empty, with a warning when they hold numbers, since they are totals.
    """
    rows, problems = _rows(declaration, document)
    if rows is None:
        return None, problems
    found, more = rows.records(), tuple(rows.problems())
    repeated: tuple[Problem, ...] = ()
    if declaration.tidy:
        found, repeated = without_repeats(declaration, found)
    found, seen = grained(declaration, found)
    return found, (*problems, *more, *repeated, *seen)


def _rows(declaration: Declaration, document: Document) -> tuple[Rows | None, tuple[Problem, ...]]:
    survey = Survey(declaration, document)
    rows: Rows | None = None
    for number, chunk in enumerate(declaration.table.chunks()):
        survey.add(chunk)
        if number == 0 and (likely := survey.plan()[0]) is not None:
            rows = Rows(declaration, likely)
        if rows is not None:
            rows.add(chunk)
    plan, problems = survey.plan()
    if plan is not None and (rows is None or rows.plan != plan):
        rows = Rows(declaration, plan)
        for chunk in declaration.table.chunks():
            rows.add(chunk)
    return (rows if plan is not None else None), problems
