"""One client's files in, its edition out: read, check, measure, diagnose, joined. No clock, no globals."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from sitegen import check, diagnose, measure, read
from sitegen.build.stamps import files as listed
from sitegen.build.workspace import asked, rubric
from sitegen.check import lighthouse
from sitegen.check.benchmarks import carried as benchmarks_carried
from sitegen.check.notes import notes as notes_judged
from sitegen.errors import Problem, ProblemsFound, Severity
from sitegen.messages import Message
from sitegen.model.authored import Benchmark, FrozenBaseline, PlannedAction, Site
from sitegen.model.built import Theme
from sitegen.model.computed import Edition, Scorecard
from sitegen.model.facts import Dossier
from sitegen.model.frozen import Frozen
from sitegen.model.lighthouse import LabRun
from sitegen.model.portfolio import Summary
from sitegen.read.lighthouse import report as report_in
from sitegen.read.notes import notes as notes_read


def dossier(root: Path, slug: str, site: Site, theme: Theme | None = None) -> Dossier:
    """One client's files, read and checked, its colour against the `theme`.

    Raises ProblemsFound with every problem when one of them is an error.
    """
    sources = read.client(root, slug)
    found, problems = check.client(sources, site, theme.tokens if theme else None, asked())
    frozen, damaged = read.editions(root, slug)
    if found is None or damaged:
        raise ProblemsFound((*problems, *damaged))
    return replace(found, benchmarks=(*found.benchmarks, *_published()), frozen=frozen)


def opened(frozen: Frozen) -> Edition:
    """A frozen edition as it was frozen. Raises ProblemsFound when its files were changed since."""
    match read.edition(frozen):
        case Problem() as damaged:
            raise ProblemsFound((damaged,))
        case found:
            return found


@cache
def _published() -> tuple[Benchmark, ...]:
    """The published figures that every client may be compared with."""
    return benchmarks_carried(read.published())


def edition(
    root: Path, slug: str, site: Site, today: date, as_of: date | None = None, theme: Theme | None = None
) -> tuple[Edition, tuple[Problem, ...]]:
    """One client's dated audit, and what its readers should know of its data.

    `as_of` asks for the state on that day. Raises ProblemsFound when the client's files have errors.
    """
    return audited(dossier(root, slug, site, theme), today, as_of)


@dataclass(frozen=True, slots=True)
class Measured:
    """A checked client with all its numbers; `notices` are what its readers should know of its data, `asked` is what
    it has still to tell, by group."""

    client: Dossier
    card: Scorecard
    notices: tuple[Problem, ...]
    asked: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)


def audited(client: Dossier, today: date, as_of: date | None = None) -> tuple[Edition, tuple[Problem, ...]]:
    """A checked client's dated audit, and what its readers should know of its data."""
    numbers = measured(client, today, as_of)
    return judged(numbers), numbers.notices


def measured(client: Dossier, today: date, as_of: date | None = None) -> Measured:
    """A checked client's numbers on the day of the report."""
    whole, client = client, diagnose.without_internal_gains(client)  # what is internal is known, so it is not asked for
    day, known = _day(client, today, as_of), known_on(client.latency_days, today, as_of)
    client = undecided(client, known) if as_of is not None else client
    values = measure.daily(client, day)
    notices = (
        *measure.notices(client, day, values, today if as_of is None else None),
        *measure.lab_notices(client, known),
    )
    card = measure.scorecard(client, day, values, known)
    return Measured(client, card, (*client.problems, *notices), diagnose.missing(whole, notices, rubric()))


def undecided(client: Dossier, known: date) -> Dossier:
    """The client before what was decided, or written as a comment, after the day `known`."""

    def then(action: PlannedAction) -> PlannedAction:
        if action.date is None or action.date <= known:
            return action
        return action.model_copy(update={"state": "open", "date": None, "evidence": None, "reason": None})

    told = client.client.model_copy(update={"actions": tuple(map(then, client.client.actions))})
    return replace(
        client, client=told, notes=tuple(note for note in client.notes if note.date is None or note.date <= known)
    )


def judged(numbers: Measured) -> Edition:
    """The dated audit of a client. Raises ProblemsFound when the numbers themselves show that they cannot be right."""
    if errors(numbers.notices):
        raise ProblemsFound(numbers.notices)
    earlier = [frozen for frozen in numbers.client.frozen if frozen.as_of < numbers.card.as_of]
    previous = opened(earlier[-1]) if earlier else None
    return diagnose.edition(numbers.client, numbers.card, numbers.notices, rubric(), previous)


def summary(numbers: Measured, audit: Edition) -> Summary:
    """What the portfolio tells of a client."""
    return diagnose.summary(audit, numbers.asked)


def commented(numbers: Measured, root: Path) -> Measured | None:
    """The same numbers with the comments of `notes/` read again, when nothing is or was wrong with these."""
    folder = root / "data" / numbers.client.slug
    shown = f"data/{numbers.client.slug}"
    names = [f"notes/{name}" for name, _ in listed(folder / "notes")]
    pages, unread = notes_read({unicodedata.normalize("NFC", name): folder / name for name in names}, shown)
    notes, wrong = notes_judged(pages, [each.id or each.kpi for each in numbers.client.client.objectives])
    told = any(problem.path.startswith(f"{shown}/notes/") for problem in numbers.client.problems)
    return None if unread or wrong or told else replace(numbers, client=replace(numbers.client, notes=notes))


def lab_run(file: Path, path: str) -> LabRun | Problem:
    """The run that a Lighthouse report tells, or why it does not count; `path` is the file's name in the problem."""
    report = report_in(file, path)
    return report if isinstance(report, Problem) else lighthouse.run(report)


def known_on(latency_days: int, today: date, as_of: date | None) -> date:
    """The day on which the files are looked at: today, or when the day asked for was settled."""
    return today if as_of is None else as_of + timedelta(latency_days)


def _day(client: Dossier, today: date, as_of: date | None) -> date:
    """The day of the report: the last one with data, as known today, or on the day asked for."""
    return measure.as_of(client, known_on(client.latency_days, today, as_of))


def horizon(client: Dossier) -> date | None:
    """The first day from which the report no longer changes with the calendar; None without any row."""
    last, run = measure.last_day(client), measure.last_run(client)
    settled = last + timedelta(client.latency_days) if last else None
    return max(settled, run) if settled and run else settled


def quality(client: Dossier, today: date) -> tuple[Problem, ...]:
    """What readers should know of a client's data on `today`: gaps, stopped files, broken counters."""
    told = measure.notices(client, measure.as_of(client, today), today=today)
    return (*told, *measure.lab_notices(client, today))


def baselines(client: Dossier, today: date, as_of: date | None = None) -> Mapping[str, FrozenBaseline]:
    """The starting values of a client's objectives as its files tell them now, frozen on `today`."""
    return measure.baselines(client, _day(client, today, as_of))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only the problems that stop a client."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
