"""A comment is about a page or an objective that there is, in a language of ours, and is short."""

from datetime import date

import pytest

from sitegen.check.notes import LONGEST, notes
from sitegen.messages import Text, say
from sitegen.model.authored_text import Note
from sitegen.model.facts import Page
from sitegen.read.documents import parsed


def page(name: str, text: str = "All well.", head: str = "") -> Page:
    return Page(f"data/atlas/notes/{name}.md", name, parsed(head, "notes", first_line=2)[0] if head else None, text)


def test_a_comment_says_what_it_is_about_who_wrote_it_and_when() -> None:
    head = "author: {fr: Analyste, en: Analyst}\ndate: 2026-11-18\ninternal: true\n"
    found, problems = notes([page("synthesis.fr"), page("objective-orders", head=head)], ["orders"])
    assert problems == ()
    author = Text((("en", "Analyst"), ("fr", "Analyste")))
    assert found == (
        Note("synthesis", "fr", "All well."),
        Note("objective-orders", "", "All well.", author, date(2026, 11, 18), internal=True),
    )


@pytest.mark.parametrize(
    ("name", "key", "meant"),
    [
        ("sinthesis.fr", "unknown_note", "synthesis"),
        ("objective-order", "unknown_note", "objective-orders"),
        ("glossary", "unknown_note", None),
        ("synthesis.de", "unknown_note_language", None),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(name: str, key: str, meant: str | None) -> None:
    _, (problem,) = notes([page(name)], ["orders"])
    assert (problem.path, problem.message.key) == (f"data/atlas/notes/{name}.md", f"problems.{key}")
    if meant:
        assert problem.hint == say("problems.hint.did_you_mean", word=meant)


@pytest.mark.parametrize(("text", "keys"), [("", ["empty_note"]), ("x" * LONGEST, []), ("x" * 6001, ["note_too_long"])])
def test_a_comment_is_neither_empty_nor_a_report(text: str, keys: list[str]) -> None:
    _, problems = notes([page("data", text)], [])
    assert [problem.message.key for problem in problems] == [f"problems.{key}" for key in keys]


def test_an_unknown_key_of_the_front_matter_is_told_with_its_place() -> None:
    _, (problem,) = notes([page("data", head="autor: Ana\n")], [])
    assert (problem.line, problem.message) == (2, say("problems.unknown_key", key="autor"))
