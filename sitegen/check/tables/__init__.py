"""A table and its declaration in, typed `Records` out, or every cell that does not fit; adds nothing up.

Two passes over the chunks. The first finds how numbers and dates are written, once for each column; the second converts
the distinct cells of each chunk and takes them by code, so that no Python object is made per cell. METHODS §8.
"""

from __future__ import annotations

from sitegen.check.sources import Declaration
from sitegen.check.tables.grain import grained
from sitegen.check.tables.repeats import without_repeats
from sitegen.check.tables.rows import converted
from sitegen.check.tables.survey import survey
from sitegen.errors import Problem
from sitegen.model.facts import Document, Records

__all__ = ["records"]


def records(declaration: Declaration, document: Document) -> tuple[Records | None, tuple[Problem, ...]]:
    """The table's rows by day and channel; None when a column cannot be understood as a whole.

    `document` is the `client.yaml` that declares it. Empty cells are NaN, never 0. Rows without a date are left out:
    silently when they are empty, with a warning when they hold numbers, since they are totals.
    """
    plan, problems = survey(declaration, document)
    if plan is None:
        return None, problems
    found, more = converted(declaration, plan)
    repeated: tuple[Problem, ...] = ()
    if declaration.tidy:
        found, repeated = without_repeats(declaration, found)
    found, seen = grained(declaration, found)
    return found, (*problems, *more, *repeated, *seen)
