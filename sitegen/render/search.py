"""Finished pages of one language in, the file out that their search reads; ranks nothing: that is done while typing.

It is a script that the page loads, and no data that it fetches, so that a portal opened from a folder can be searched,
too. The tables of the figures are left out: their words are those of the pictures.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from sitegen.formats import Words
from sitegen.messages import say
from sitegen.model.authored_text import Article
from sitegen.model.built import Artifact, PageJob
from sitegen.model.computed import Edition
from sitegen.render import urls

Section: TypeAlias = tuple[str, str, str]  # the id it starts at, its heading, its words

SEARCHED = ("synthesis", "objectives", "diagnosis", "benchmark", "advice", "data", "glossary", "article")
ELSEWHERE = frozenset({"related", "sources"})  # sections of an article that speak of others
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_SILENT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_NUMBERS = re.compile(r'<details class="(?:details )?figure__numbers">.*?</details>', re.DOTALL)
_HEADING = re.compile(r"<h([1-3])\b([^>]*)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')
_TAG = re.compile(r"<[^>]+>")


def address(slug: str, language: str) -> str:
    """Where the file of a portal in one language lies."""
    return f"{slug}/search/{language}.js"


def of_portal(edition: Edition, language: str, pages: Iterable[tuple[PageJob, bytes]]) -> Artifact:
    """The file of one language of a portal, of its finished pages, the first one first."""
    words = Words(language, edition.profile.country, edition.profile.scale)

    def title(job: PageJob) -> str:
        article = job.values.get("article")
        return article.title if isinstance(article, Article) else words.say(say(f"pages.{job.page}.title"))

    return index(edition.slug, language, [(job.address, title(job), body) for job, body in pages])


def index(slug: str, language: str, pages: Sequence[tuple[str, str, bytes]]) -> Artifact:
    """The pages (address, title, body), each with its sections.

    Addresses are relative to the search page, which lies in the folder of the first of them.
    """
    start = pages[0][0] if pages else ""
    told = [
        {"u": urls.relative(start, place), "t": title, "s": [list(section) for section in sections(body.decode())]}
        for place, title, body in pages
    ]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    safe = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Artifact(address(slug, language), f"globalThis.sitegenPages={safe};\n".encode())


def sections(page: str) -> Iterator[Section]:
    """The words of a page's main part, from heading to heading; only one with an id begins another section.

    The page's own heading is that of the first section: what stands above it is the way to the page, no part of it.
    """
    found = _MAIN.search(page)
    body = _SILENT.sub(" ", _NUMBERS.sub(" ", _undrawn(found[1]))) if found else ""
    anchor, heading, start = "", "", 0
    for title in _HEADING.finditer(body):
        own = _ID.search(title[2])
        if title[1] == "1":
            heading, start = _text(title[3]), title.end()
        elif own:
            yield from _told(anchor, heading, body[start : title.start()])
            anchor, heading, start = own[1], _text(title[3]), title.end()
    yield from _told(anchor, heading, body[start:])


def _told(anchor: str, heading: str, body: str) -> Iterator[Section]:
    words = _text(body)
    if (words or heading) and anchor not in ELSEWHERE:
        yield anchor, heading, words


def _undrawn(markup: str) -> str:
    """Without its drawings, which are most of a page."""
    first, *others = markup.split("<svg")
    return " ".join([first, *(other.partition("</svg>")[2] for other in others)])


def _text(markup: str) -> str:
    """The words without the markup. No-break spaces stay, so that an excerpt parts no number from its unit."""
    return b" ".join(html.unescape(_TAG.sub(" ", markup)).encode().split()).decode()  # bytes: at ASCII's spaces alone
