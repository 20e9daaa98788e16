"""Pages in, addresses and relative links out.

Links are relative and name the file (`index.html`), so that a portal works on a domain, under a sub-path and from a
folder opened in a browser.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from sitegen.formats import Words
from sitegen.messages import say

PAGES = ("synthesis", "objectives", "diagnosis", "benchmark", "advice", "data")  # the tabs of a portal
BESIDE = ("changes", "glossary", "search")  # pages that others lead to
LIVE = ("advice", "glossary", "search")  # pages that every report of a client leads to, and that are there once


def folder(slug: str, language: str, languages: Sequence[str]) -> str:
    """Where a portal's pages in one language lie, the leading one at its root; an empty slug is the site itself."""
    parts = [slug] if slug else []
    return "/".join(parts if language == languages[0] else [*parts, language])


def first_pages(slug: str, languages: Sequence[str]) -> dict[str, str]:
    """Language → the first page of a portal; with an empty slug, of the site itself."""
    return {language: posixpath.join(folder(slug, language, languages), "index.html") for language in languages}


def page(slug: str, words: Words, languages: Sequence[str], name: str) -> str:
    """The address of a portal's page (`synthesis`, `objectives`, …) in the language of `words`."""
    file = "index" if name == "synthesis" else words.say(say(f"pages.{name}.slug"))
    return posixpath.join(folder(slug, words.language, languages), f"{file}.html")


def printed(slug: str, words: Words, languages: Sequence[str]) -> str:
    """The address of the page that prints a whole report: a folder of its own."""
    return posixpath.join(folder(slug, words.language, languages), words.say(say("pages.print.slug")), "index.html")


def article(slug: str, words: Words, languages: Sequence[str], name: str) -> str:
    """The address of an advice article called `name` inside a portal."""
    return posixpath.join(folder(slug, words.language, languages), words.say(say("pages.advice.slug")), f"{name}.html")


def download(slug: str, language: str, name: str) -> str:
    """The address of a CSV file of a portal."""
    return f"{slug}/downloads/{language}/{name}.csv"


def workbook(slug: str, language: str) -> str:
    """The address of a portal's numbers as one workbook."""
    return f"{slug}/downloads/{language}/{slug.replace('/', '-')}.xlsx"


def issue(slug: str, period: str) -> str:
    """The folder of a client's report of a period; that of the report which follows the files is the client's own."""
    return f"{slug}/{period}" if period else slug


def relative(start: str, target: str) -> str:
    """The link from the page at `start` to the file at `target`."""
    here, there = start.split("/")[:-1], target.split("/")
    shared = len(posixpath.commonprefix([here, there[:-1]]))
    return "/".join([".."] * (len(here) - shared) + there[shared:])


def resolved(start: str, link: str) -> str:
    """The address of the file that a relative link on the page at `start` leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(start), link))


def public(base_url: str, address: str) -> str:
    """The absolute address of a page: `index.html` is its folder."""
    path = address.removesuffix("index.html") if posixpath.basename(address) == "index.html" else address
    return f"{base_url.rstrip('/')}/{path}"
