"""Chunks of a table in, how its dates and numbers are written out, or why nobody can tell; converts nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.check.places import at_value
from sitegen.check.sources import Declaration
from sitegen.check.tables import dates, numbers
from sitegen.check.tables.cells import cells, patterns
from sitegen.check.tables.dates import Writing
from sitegen.check.tables.numbers import Mark
from sitegen.errors import Problem
from sitegen.messages import say
from sitegen.model.facts import Chunk, Document


@dataclass(frozen=True, slots=True)
class Plan:
    """How the date column and each metric's column are written."""

    writing: Writing
    marks: Mapping[str, Mark]


class Survey:
    """What the chunks tell as they come."""

    def __init__(self, declaration: Declaration, document: Document) -> None:
        self.declaration = declaration
        self.document = document
        self.dated = dates.Evidence()
        self.found = dict.fromkeys(declaration.metrics, numbers.Evidence())

    def add(self, chunk: Chunk) -> None:
        self.dated += dates.evidence(cells(chunk, self.declaration.date))
        for metric, header in self.declaration.metrics.items():
            self.found[metric] += numbers.evidence(patterns(chunk, header))

    def plan(self) -> tuple[Plan | None, tuple[Problem, ...]]:
        """By all chunks so far; None beside a problem for each column that could be read in two ways."""
        declaration = self.declaration
        writing = _writing(declaration, self.document, self.dated)
        marks: dict[str, Mark] = {}
        problems = [writing] if isinstance(writing, Problem) else []
        everything = sum(self.found.values(), numbers.Evidence())
        for metric, evidence in self.found.items():
            mark = numbers.decided(evidence, everything, declaration.locale)
            if mark is not None:
                marks[metric] = mark
            else:
                problems.append(_ambiguous_number(declaration, metric, evidence))
        return None if problems or isinstance(writing, Problem) else Plan(writing, marks), tuple(problems)


def _writing(declaration: Declaration, document: Document, found: dates.Evidence) -> Writing | Problem:
    """The declared format, else what the cells tell, else ISO dates."""
    declared = declaration.date_format
    if declared is not None and dates.is_format(declared):
        return Writing(format=declared)
    if declared is not None:
        message, hint = say("problems.not_a_date_format", value=declared), say("problems.hint.not_a_date_format")
        return at_value(document, (*declaration.at, "date_format"), message, hint)
    if found.writing is None and found.example is not None:
        line, cell = found.example
        day_first, month_first = dates.formats(cell)
        message = say("problems.ambiguous_date", value=cell, header=declaration.date)
        hint = say("problems.hint.date_format", file=declaration.file, day_first=day_first, month_first=month_first)
        return Problem(declaration.table.path, line, declaration.column(declaration.date), message, hint)
    return found.writing or Writing(dates.Shape.ISO)


def _ambiguous_number(declaration: Declaration, metric: str, found: numbers.Evidence) -> Problem:
    line, cell = found.example or (declaration.table.header_line, "")
    header = declaration.metrics[metric]
    whole, decimal = re.sub("[.,]", "", cell), cell.replace(",", ".")
    message = say("problems.ambiguous_number", value=cell, header=header, whole=whole, decimal=decimal)
    hint = say("problems.hint.locale", file=declaration.file)
    return Problem(declaration.table.path, line, declaration.column(header), message, hint)
