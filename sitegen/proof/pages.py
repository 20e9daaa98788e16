"""A finished file in, its parts and what is wrong with them out, each with its place; follows no link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sitegen.errors import Problem
from sitegen.messages import Message, say
from sitegen.model.built import Artifact
from sitegen.model.facts import Place

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
IDREFS = frozenset(
    "aria-labelledby aria-describedby aria-controls aria-owns aria-activedescendant aria-details aria-errormessage "
    "aria-flowto for form headers list popovertarget".split()
)
PAINTS = frozenset("clip-path cursor fill filter marker-end marker-mid marker-start mask stroke".split())
MENTIONS = frozenset("alternate author canonical help license me next prev search".split())  # rel of links not fetched
VERBATIM = frozenset("code kbd pre samp".split())

ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)  # a scheme or a host: not an address of the site

CANDIDATE = re.compile(r"[,\s]*(\S*[^\s,])(?:\s+[\d.]+[wx])?\s*(?:,|$)")  # one of a srcset
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CSS_URL = re.compile(r"""url\(\s*(['"]?)(.*?)\1\s*\)|@import\s+(['"])(.*?)\3""", re.DOTALL)
REFRESH = re.compile(r"[^;,]*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
PLACEHOLDERS = ("⟦", "⟧", "{{")
PLACEHOLDER = re.compile("|".join(map(re.escape, PLACEHOLDERS)))
NOTHING = re.compile(r"\s*(?:None|(?:nan|NaN|NaT)(?:\s\S{1,4})?)\s*")  # as Python spells it, with its unit


@dataclass(frozen=True, slots=True)
class Element:
    tag: str
    attributes: Mapping[str, str]
    place: Place
    parent: str = ""  # the parent's tag

    def tokens(self, name: str) -> list[str]:
        return self.attributes.get(name, "").lower().split()


@dataclass(frozen=True, slots=True)
class Text:
    words: str
    place: Place
    parent: Element


@dataclass(frozen=True, slots=True)
class Reference:
    """A URL: fetched with the page (`loads`), or followed by its reader."""

    url: str
    place: Place
    loads: bool


@dataclass(frozen=True, slots=True)
class Page:
    address: str
    elements: tuple[Element, ...] = ()
    texts: tuple[Text, ...] = ()
    references: tuple[Reference, ...] = ()
    ids: frozenset[str] = field(default=frozenset())

    @property
    def root(self) -> Element:
        return next(iter(self.all("html")), Element("html", {}, (1, 1)))

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def problem(self, place: Place, message: Message) -> Problem:
        return Problem(self.address, *place, message)


def read(artifact: Artifact) -> Page:
    """The parts of an HTML, SVG or CSS file (UTF-8); of any other file only the address."""
    suffix = artifact.address.rpartition(".")[2]
    if suffix == "css":
        return Page(artifact.address, references=tuple(_css_references(artifact.body.decode())))
    if suffix not in {"html", "svg"}:
        return Page(artifact.address)
    reader = _Reader()
    reader.feed(artifact.body.decode())
    reader.close()
    return page_of(artifact.address, reader.elements, reader.texts)


def page_of(address: str, elements: Sequence[Element], texts: Sequence[Text]) -> Page:
    """A page of these parts, with the references and ids among them."""
    return Page(
        address,
        tuple(elements),
        tuple(texts),
        tuple(reference for element in elements for reference in references(element)),
        frozenset(name for element in elements for name in names(element)),
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.texts: list[Text] = []
        self.open = [Element("", {}, (1, 1))]

    def place(self) -> Place:
        line, offset = self.getpos()
        return line, offset + 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        first_wins = {name: value or "" for name, value in reversed(attrs)}
        self.elements.append(Element(tag, first_wins, self.place(), self.open[-1].tag))
        if tag not in VOID:
            self.open.append(self.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.texts.append(Text(data, self.place(), self.open[-1]))


def names(element: Element) -> Iterator[str]:
    """What a link can lead to in an element."""
    if "id" in element.attributes:
        yield element.attributes["id"]
    if element.tag == "a" and "name" in element.attributes:
        yield element.attributes["name"]


def references(element: Element) -> Iterator[Reference]:
    """Every URL that an element has, at the element's place."""
    for name, value in element.attributes.items():
        for url, loads in _urls(element, name, value):
            yield Reference(re.sub(r"[\t\r\n]", "", url).strip(), element.place, loads)


def _urls(element: Element, name: str, value: str) -> Iterator[tuple[str, bool]]:
    match name:
        case "href" | "xlink:href":
            mentioned = element.tag == "link" and MENTIONS.issuperset(element.tokens("rel"))
            yield value, not (mentioned or element.tag in {"a", "area"})
        case "src" | "poster":
            yield value, True
        case "data" if element.tag == "object":
            yield value, True
        case "srcset" | "imagesrcset":
            yield from ((url, True) for url in CANDIDATE.findall(value))
        case "action" | "formaction":
            yield value, False
        case "content" if element.tag == "meta" and element.tokens("http-equiv") == ["refresh"]:
            yield from ((url, False) for url in REFRESH.findall(value))
        case _ if name in PAINTS:
            yield from ((match[2] or match[4] or "", True) for match in CSS_URL.finditer(value))


def _css_references(sheet: str) -> Iterator[Reference]:
    bare = CSS_COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), sheet)
    for match in CSS_URL.finditer(bare):
        line_start = bare.rfind("\n", 0, match.start()) + 1
        place = (bare.count("\n", 0, match.start()) + 1, match.start() - line_start + 1)
        yield Reference(match[2] or match[4] or "", place, loads=True)


def identifiers(page: Page) -> Iterator[Problem]:
    """Every id stands once, and what another attribute or a drawing refers to by id is on the page."""
    seen: set[str] = set()
    for element in page.elements:
        if name := element.attributes.get("id"):
            if name in seen:
                yield page.problem(element.place, say("proof.duplicate_id", id=name))
            seen.add(name)
        for attribute, value in element.attributes.items():
            for name in value.split() if attribute in IDREFS else ():
                if name not in page.ids:
                    yield page.problem(element.place, say("proof.missing_id", id=name, attribute=attribute))
    for reference in page.references:
        if reference.loads and reference.url.startswith("#") and reference.url[1:] not in page.ids:
            yield page.problem(reference.place, say("proof.missing_id", id=reference.url[1:], attribute="url"))


def outline(page: Page) -> Iterator[Problem]:
    """A page has a language, a title and exactly one first heading, and its pictures have an alternative."""
    if not page.root.attributes.get("lang"):
        yield page.problem(page.root.place, say("proof.no_language"))
    titles = (text for text in page.texts if (text.parent.parent, text.parent.tag) == ("head", "title"))
    if not any(title.words.strip() for title in titles):
        yield page.problem(page.root.place, say("proof.no_title"))
    headings = page.all("h1")
    if not headings:
        yield page.problem(page.root.place, say("proof.no_heading"))
    for heading in headings[1:]:
        yield page.problem(heading.place, say("proof.second_heading"))
    for image in page.all("img"):
        if "alt" not in image.attributes:
            yield page.problem(image.place, say("proof.no_alternative", source=image.attributes.get("src", "")))


def leftovers(page: Page) -> Iterator[Problem]:
    """No placeholder was left unfilled, no missing value is spelled as Python does; samples of code are free."""
    for text in page.texts:
        if text.parent.tag not in VERBATIM and (PLACEHOLDER.search(text.words) or NOTHING.fullmatch(text.words)):
            yield page.problem(text.place, say("proof.leftover", words=text.words.strip()[:60]))
    told = "\n".join(value for element in page.elements for value in element.attributes.values())
    for element in page.elements if any(mark in told for mark in PLACEHOLDERS) else ():
        for value in element.attributes.values():
            if PLACEHOLDER.search(value):
                yield page.problem(element.place, say("proof.leftover", words=value[:60]))


def mark(page: Page, canary: str) -> Iterator[Problem]:
    """The page says whose it is: `data-canary` on its root is the portal's token, or absent where there is none."""
    if page.root.attributes.get("data-canary", "") != canary:
        yield page.problem(page.root.place, say("proof.wrong_canary"))
