"""Finished pages of one language in, the one page out that prints a whole edition; writes no word of its own.

Each page's main part becomes a chapter: its ids get the chapter's name, its links lead within the print where they can,
what opens is open, what nobody can use on paper is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sitegen.model.built import PageJob
from sitegen.render import urls

CHAPTERS = ("synthesis", "changes", "objectives", "diagnosis", "benchmark", "data", "glossary")  # in reading order
LAYOUT = "print"

_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_DRAWING, _DRAWN = '<div class="figure__drawing figure__drawing--', "</svg></div>"  # what begins and ends each of them
_KEPT = re.compile(r'wide"[^>]*>(?=<svg\b)')
_PLACE = re.compile(r"<!--drawing (\d+)-->")  # where one stood; no text can hold a comment
_ASIDE = re.compile(r'<details class="figure__numbers[^"]*">.*?</details>', re.DOTALL)  # nothing opens inside of them
_METHOD = re.compile(r'<details class="[^"]*\bdetails--method\b[^"]*">.*?</details>', re.DOTALL)
_UNUSABLE = re.compile(
    r'<p class="(?:more|files)">.*?</p>|<span class="hidden">.*?</span>'
    r'|<section class="block" aria-labelledby="downloads">.*?</section>',
    re.DOTALL,
)
_OPENING = re.compile(r"<(/?)(details|summary)\b([^>]*)>")
_LANDMARK = re.compile(r'(<section\b[^>]*?) aria-labelledby="[^"]*"')  # of a page; two of them may have one name here
_BESIDE = re.compile(r'<(/?)(?:aside|nav)\b((?: (?!aria-label)[\w-]+="[^"]*")*)(?: aria-label(?:ledby)?="[^"]*")?')
_HEADING = re.compile(r"(</?h)([1-5])\b")
_IDS = re.compile(r' (id|for|aria-labelledby|aria-describedby|aria-controls)="([^"]+)"')
_PAINT = re.compile(r"url\(#([^)]+)\)")
_LINK = re.compile(r'<a\b([^>]*?) href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_STATE = re.compile(  # the last two are words as well: only within a tag
    r' (?:(?:data-explore|aria-current|accesskey)="[^"]*"|tabindex="0"|(?:download|open)(?=[\s>][^<>]*>|>))'
)
_SVG_LABEL = re.compile(r' data-tip="[^"]*"')


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page as a part of the print: `name` is its id, `title` what the contents say."""

    name: str
    title: str
    body: Markup


def chapters(
    printed: str, pages: Sequence[tuple[PageJob, str, bytes]], notes: str, base_url: str = ""
) -> tuple[Chapter, ...]:
    """The pages (job, title, body) as chapters of the page at the address `printed`, in reading order.

    A link that leads out of the print keeps its words, and has the number of its address in the list at the chapter's
    end, headed by `notes`; one to a file of the site only where this has a public address.
    """
    order = {name: at for at, name in enumerate(CHAPTERS)}
    chosen = sorted((page for page in pages if page[0].page in order), key=lambda page: order[page[0].page])
    names = {job.address: job.page for job, _, _ in chosen}
    return tuple(
        Chapter(job.page, title, Markup(_Chapter(job, printed, names, base_url).of(body.decode(), notes)))  # noqa: S704 - ours
        for job, title, body in chosen
    )


class _Chapter:
    """One page on its way into the print."""

    def __init__(self, job: PageJob, printed: str, names: Mapping[str, str], base_url: str) -> None:
        self._job, self._printed, self._names, self._base_url = job, printed, names, base_url
        self._notes: dict[str, int] = {}  # address → its number

    def of(self, page: str, notes: str) -> str:
        found = _MAIN.search(page)
        body, drawings = _undrawn(found[1] if found else "")
        for unused in (_ASIDE, _METHOD, _UNUSABLE):
            body = unused.sub("", body)
        body = _BESIDE.sub(r"<\1div\2", _LANDMARK.sub(r"\1", body))
        body = _LINK.sub(self._link, self._still(body))
        body = _HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", body)
        body = _OPENING.sub(_opened, body) + self._listed(notes)
        return _PLACE.sub(
            lambda place: f'<div class="figure__drawing">{self._still(drawings[int(place[1])])}</div>', body
        )

    def _listed(self, title: str) -> str:
        if not self._notes:
            return ""
        heading = f'<h3 id="{self._own("notes")}">{title}</h3>'
        lines = (f'<li id="{self._own(f"note-{number}")}">{told}</li>' for told, number in self._notes.items())
        return f'<section class="block notes">{heading}<ol>{"".join(lines)}</ol></section>'

    def _note(self, address: str) -> str:
        """The number of an address in the list at the chapter's end."""
        number = self._notes.setdefault(address, len(self._notes) + 1)
        return f'<sup class="note-mark"><a href="#{self._own(f"note-{number}")}">{number}</a></sup>'

    def _own(self, id: str) -> str:
        return f"{self._job.page}-{id}"

    def _ids(self, told: re.Match[str]) -> str:
        return f' {told[1]}="{" ".join(map(self._own, told[2].split()))}"'

    def _still(self, markup: str) -> str:
        """Without what only a reader at a screen can use, and with the chapter's own ids."""
        markup = _IDS.sub(self._ids, _SVG_LABEL.sub("", _STATE.sub("", markup)))
        return _PAINT.sub(lambda name: f"url(#{self._own(name[1])})", markup)

    def _link(self, link: re.Match[str]) -> str:
        before, href, after, words = link.groups()
        if href.startswith("#"):
            return f'<a{before} href="#{self._own(href[1:])}"{after}>{words}</a>'
        if re.match(r"[a-z]+:", href):
            told = href.removeprefix("mailto:").removeprefix("tel:")
            note = "" if told == words.strip() else self._note(told)
            return f'<a{before} href="{href}"{after}>{words}</a>{note}'
        target, _, fragment = href.partition("#")
        address = urls.resolved(self._job.address, target)
        if address in self._names:
            name = self._names[address]
            return f'<a{before} href="#{name}{"-" + fragment if fragment else ""}"{after}>{words}</a>'
        away = urls.relative(self._printed, address) + (f"#{fragment}" if fragment else "")
        note = self._note(urls.public(self._base_url, address)) if self._base_url else ""
        return f'<a{before} href="{away}"{after}>{words}</a>{note}'


def _undrawn(body: str) -> tuple[str, list[str]]:
    """The body with places for its drawings, and these: they are most of a page, and little in them changes.

    Paper is as wide as the wide drawing; the narrow one has the same words.
    """
    first, *others = body.split(_DRAWING)
    told, drawings = [first], list[str]()
    for other in others:
        drawn, end, rest = other.partition(_DRAWN)
        if kept := _KEPT.match(drawn):
            told.append(f"<!--drawing {len(drawings)}-->")
            drawings.append(drawn[kept.end() :] + end.removesuffix("</div>"))
        told.append(rest)
    return "".join(told), drawings


def _opened(tag: re.Match[str]) -> str:
    end, name, more = tag.groups()
    if name == "details":
        return f"<{end}div{more}>"
    return "</div>" if end else '<div class="opened">'
