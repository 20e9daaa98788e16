"""The catalogue's `glossary` in, its terms in the order of the reader's alphabet out. Explains nothing itself."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.formats import Words
from sitegen.messages import say


@dataclass(frozen=True, slots=True)
class Term:
    """A word that the pages use, what it means, and the id by which a page links to it."""

    id: str
    term: str
    means: str


def terms(words: Words) -> tuple[Term, ...]:
    """All of them, sorted as a dictionary of that language is."""
    ids = [key.split(".")[1] for key in words.keys("glossary") if key.endswith(".term")]
    found = (Term(id, words.say(say(f"glossary.{id}.term")), words.say(say(f"glossary.{id}.means"))) for id in ids)
    return tuple(sorted(found, key=lambda term: words.alphabetical(term.term)))
