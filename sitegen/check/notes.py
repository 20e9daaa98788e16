"""The pages of `notes/` in, the analyst's comments out, or every Problem; does not look at their Markdown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sitegen.check import schema
from sitegen.check.hints import did_you_mean
from sitegen.errors import Problem
from sitegen.messages import say
from sitegen.model.authored import NoteHead
from sitegen.model.authored_text import NOTED_OBJECTIVE, NOTED_PAGES, Note
from sitegen.model.facts import Page

LONGEST = 6000  # characters: a comment, not a report
LANGUAGES = ("fr", "en")


def notes(pages: Sequence[Page], objectives: Collection[str]) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    """The comments in the order of their files; `objectives` are the ids that one may be about."""
    found, problems = [], []
    for page in pages:
        note, more = _note(page, [*NOTED_PAGES, *(NOTED_OBJECTIVE + id for id in objectives)])
        found.append(note)
        problems += more
    return tuple(found), tuple(problems)


def _note(page: Page, targets: Sequence[str]) -> tuple[Note, list[Problem]]:
    target, _, language = page.name.partition(".")
    head, problems = schema.model(NoteHead, page.head) if page.head else (None, ())
    head = head or NoteHead()
    note = Note(target, language, page.text, head.author, head.date, head.internal)
    return note, [*problems, *_misnamed(page, note, targets), *_mislong(page)]


def _misnamed(page: Page, note: Note, targets: Sequence[str]) -> Iterator[Problem]:
    if note.target not in targets:
        hint = did_you_mean(note.target, targets)
        yield Problem(page.path, 0, 0, say("problems.unknown_note", value=note.target), hint)
    if note.language and note.language not in LANGUAGES:
        message, hint = say("problems.unknown_note_language", value=note.language), say("problems.hint.not_a_language")
        yield Problem(page.path, 0, 0, message, hint)


def _mislong(page: Page) -> Iterator[Problem]:
    if not page.text:
        yield Problem(page.path, 0, 0, say("problems.empty_note"), say("problems.hint.empty_note"))
    elif len(page.text) > LONGEST:
        message = say("problems.note_too_long", count=len(page.text), limit=LONGEST)
        yield Problem(page.path, 0, 0, message, say("problems.hint.note_too_long"))
