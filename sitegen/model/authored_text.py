"""What the agency writes as text: articles and comments, as immutable values. Knows nothing of files or of Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sitegen.messages import Text

NOTED_PAGES = ("synthesis", "objectives", "diagnosis", "benchmark", "advice", "data")
NOTED_OBJECTIVE = "objective-"


@dataclass(frozen=True, slots=True)
class Reference:
    """What an article leans on: a publication or a page, and why it is named. Empty where it was not told."""

    title: str
    publisher: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """Advice in one language. `id` is shared by its translations, `slug` is its address in this language."""

    id: str
    language: str
    path: str  # of its file, as problems show it
    title: str
    slug: str
    summary: str
    theme: str
    level: str
    topics: tuple[str, ...]  # what a finding asks advice about: the `advice` ids of the rubric
    related: tuple[str, ...]  # ids of articles in the same language
    sources: tuple[Reference, ...]
    body: str  # Markdown
    internal: bool = False  # only the agency may see it
    places: tuple[tuple[str, str], ...] = ()  # topic, anchor of the section on it; other topics mean the whole article
    sections: tuple[tuple[str, str], ...] = ()  # anchor, heading, in order
    minutes: int = 1  # to read it
    updated: date | None = None  # when it was written or last rewritten; the feed tells of no other


@dataclass(frozen=True, slots=True)
class Note:
    """The analyst's comment on a page (`synthesis`) or on an objective (`objective-<id>`).

    `language` is empty where one text serves all; `text` is Markdown.
    """

    target: str
    language: str
    text: str
    author: Text | None = None
    date: date | None = None
    internal: bool = False  # only the agency may see it; no Edition holds such a note
