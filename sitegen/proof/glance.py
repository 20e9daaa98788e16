"""A plainly written page in, its elements out, each distinct one once and without places; tells faults from none only.

Pages are plain as our templates write them: every `<` begins a tag, every value stands in double quotes. For such a
page a glance shows what html.parser would, at a fraction of the cost. Who finds a fault in it reads the page again.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from sitegen.model.built import Artifact
from sitegen.proof.pages import NOTHING, PLACEHOLDERS, Element, Page, Text, page_of

# None of these references spells a placeholder or what bounds a text, so that they may be resolved all over the page.
_REFERENCE = "&(?:amp|lt|gt|quot|nbsp|#34|#39);"
_VALUE = f'[^"<>&]*+(?:{_REFERENCE}[^"<>&]*+)*+'
_TEXT = f"[^<&]*+(?:{_REFERENCE}[^<&]*+)*+"
_ATTRIBUTES = f'(?:[ \\t\\n]++[a-zA-Z][a-zA-Z0-9_:.-]*+(?:="{_VALUE}")?+)*+[ \\t\\n]*+'
_OPAQUE = "(?i:iframe|noembed|noframes|noscript|plaintext|script|style|textarea|title|xmp)"  # no markup in them
_PIECES = (
    f"<(?!{_OPAQUE}\\b)[a-zA-Z][a-zA-Z0-9]*+{_ATTRIBUTES}/?>",
    "</[a-zA-Z][a-zA-Z0-9]*+>",
    *(f"<{tag}{_ATTRIBUTES}>{_TEXT}</{tag}>" for tag in ("script", "title")),
)
PLAIN = re.compile(f"<!doctype html>{_TEXT}(?:(?:{'|'.join(_PIECES)}){_TEXT})*+")
START = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)([^>]*)>")  # in a plain page, all start tags and nothing else
ATTRIBUTE = re.compile(r'[ \t\n]([a-zA-Z][^ \t\n=/]*)(?:="([^"]*)")?')
UNSPELLED = re.compile(rf">(?:{NOTHING.pattern})(?:<|\Z)")  # a missing value, or what looks so in verbatim text
TITLE = re.compile(r"<head>(?:\s*<(?:base|link|meta)\b[^<>]*>)*\s*<title>([^<]*)")

# Drawings and tables are most of a page; no check looks at such an element without any other attribute.
QUIET = frozenset(
    "abbr article body caption dd details div dl dt em figure footer g h2 h3 h4 h5 header li line main ol p path rect "
    "section span strong summary svg table tbody td text th thead tr ul".split()
)
MUTE = (
    "aria-current aria-hidden aria-label class d data-explore data-tip dx dy fill-opacity focusable font-size "
    "font-weight height opacity points role rowspan scope stroke-dasharray stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width tabindex text-anchor transform viewBox width x x1 x2 xmlns y "
    "y1 y2"
).split()
PAINTED = r'(?:fill|stroke)="(?:(?!url\()[^"&@])*+"'  # with a colour: nothing is fetched
UNMARKED = re.compile(rf'(?:[ \t\n]++(?:(?:{"|".join(MUTE)})="[^"]*+"|{PAINTED}))*+[ \t\n]*+/?')

COUNTED = frozenset({"h1", "meta"})  # with what has an id: all elements of which a second one can be a fault


def page(artifact: Artifact) -> Page | None:
    """The page with each distinct element once, in order, and of its texts the title; None if it takes a full reading.

    Elements that no check looks at are left out.

    What `pages` and `policy` find nothing wrong with in it, they would find nothing wrong with after a full reading.
    """
    source = artifact.body.decode() if artifact.address.endswith(".html") else ""
    if not PLAIN.fullmatch(source) or _unfilled(html.unescape(source)):
        return None
    elements = []
    for order, ((tag, attributes), times) in enumerate(Counter(START.findall(source)).items()):
        if tag in QUIET and UNMARKED.fullmatch(attributes):
            continue
        element = _element(tag.lower(), attributes, order)
        if element is None or (times > 1 and ("id" in element.attributes or element.tag in COUNTED)):
            return None
        elements.append(element)
    within = Element("title", {}, (1, 1), parent="head")
    titles = [Text(html.unescape(title), (1, 1), within) for title in TITLE.findall(source)]
    return page_of(artifact.address, elements, titles)


def _unfilled(source: str) -> bool:
    return any(mark in source for mark in PLACEHOLDERS) or UNSPELLED.search(source) is not None


def _element(tag: str, attributes: str, order: int) -> Element | None:
    """The element of a start tag, its order as its place; None when an attribute stands twice."""
    values = _values(attributes)
    return None if values is None else Element(tag, values, (1, order))


@lru_cache(maxsize=1 << 12)  # the pages of a portal have their heads and their navigation in common
def _values(attributes: str) -> Mapping[str, str] | None:
    found = ATTRIBUTE.findall(attributes)
    values = {name.lower(): html.unescape(value) for name, value in found}
    return values if len(values) == len(found) else None
