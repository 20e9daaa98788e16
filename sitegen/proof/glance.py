"""A plainly written page in, its elements out, each distinct one once and without places; tells faults from none only.

Pages are plain as our templates write them: every `<` begins a tag, every value stands in double quotes. For such a
page a glance shows what html.parser would, at a fraction of the cost. Who finds a fault in it reads the page again.

A page is taken apart at each `<`. Most pieces stand on it many times, on other pages and in the print too: each is
judged by itself, once.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sitegen.model.built import Artifact
from sitegen.proof.pages import NOTHING, PLACEHOLDERS, Element, Page, Reference, Text, names, references

# None of these references spells a placeholder or what bounds a text, so that they may be resolved all over the page.
_REFERENCE = "&(?:amp|lt|gt|quot|nbsp|#34|#39);"
_VALUE = f'[^"<>&]*+(?:{_REFERENCE}[^"<>&]*+)*+'
_TEXT = f"[^<&]*+(?:{_REFERENCE}[^<&]*+)*+"
_ATTRIBUTES = f'(?:[ \\t\\n]++[a-zA-Z][a-zA-Z0-9_:.-]*+(?:="{_VALUE}")?+)*+[ \\t\\n]*+'
_OPAQUE = "(?i:iframe|noembed|noframes|noscript|plaintext|script|style|textarea|title|xmp)"  # no markup in them
_FIRST = re.compile(f"!doctype html>({_TEXT})")
_START = re.compile(f"(?!{_OPAQUE}\\b)([a-zA-Z][a-zA-Z0-9]*+)({_ATTRIBUTES}/?)>({_TEXT})")
_CLOSED = re.compile(f"(script|title)({_ATTRIBUTES})>({_TEXT})")  # nothing but its end may follow
ATTRIBUTE = re.compile(r'[ \t\n]([a-zA-Z][^ \t\n=/]*)(?:="([^"]*)")?')
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
PAINTED = r'(?:fill|stroke)="[^"<>&@u]*+(?:u(?!rl\()[^"<>&@u]*+)*+"'  # with a colour: nothing is fetched
_MUTED = f'[ \\t\\n]++(?:(?:{"|".join(MUTE)})="{_VALUE}"|{PAINTED})'
_QUIET = re.compile(f"(?:/[a-zA-Z][a-zA-Z0-9]*+|(?:{'|'.join(sorted(QUIET))})(?:{_MUTED})*+[ \\t\\n]*+/?)>({_TEXT})")

COUNTED = frozenset({"h1", "meta"})  # with what has an id: all elements of which a second one can be a fault
KNOWN = 1 << 13  # other pieces that are remembered: those of several portals
_PASSED: set[str] = set()  # quiet pieces, most of every page: looking them up in a set is the least that can be done
PASSED = 1 << 15  # how many of them are remembered


@dataclass(frozen=True, slots=True)
class _Piece:
    """A start tag that a check looks at; a second one can be a fault where it is to stand `once`; `end` must follow."""

    told: tuple[str, str]  # its tag and attributes, as written
    tag: str
    values: Mapping[str, str]
    once: bool = False
    end: str = ""
    references: tuple[Reference, ...] = ()
    names: tuple[str, ...] = ()


def page(artifact: Artifact) -> Page | None:
    """The page with each distinct element once, in order, and of its texts the title; None if it takes a full reading.

    Elements that no check looks at are left out.

    What `pages` and `policy` find nothing wrong with in it, they would find nothing wrong with after a full reading.
    """
    source = artifact.body.decode() if artifact.address.endswith(".html") else ""
    first, *pieces = source.split("<")[1:] or [""]
    begun = _FIRST.fullmatch(first) if source.startswith("<") else None
    if begun is None or _is_missing(begun[1]) or any(mark in source for mark in PLACEHOLDERS):
        return None
    elements: dict[tuple[str, str], Element] = {}
    linked: list[Reference] = []
    ids: list[str] = []
    for written, times in Counter([piece for piece in pieces if piece not in _PASSED]).items():
        piece = _piece(written)
        if piece is QUIET_ONE:
            _pass(written)
            continue
        if piece is None or (piece.end and source.count(f"<{written}{piece.end}") != times):
            return None
        known = piece.told in elements
        if piece.once and (times > 1 or known):
            return None
        if not known:
            elements[piece.told] = Element(piece.tag, piece.values, (1, len(elements)))
            linked += piece.references
            ids += piece.names
    within = Element("title", {}, (1, 1), parent="head")
    titles = tuple(Text(html.unescape(title), (1, 1), within) for title in TITLE.findall(source))
    return Page(artifact.address, (*elements.values(),), titles, (*linked,), frozenset(ids))


def _pass(written: str) -> None:
    """Remember a quiet piece; all are forgotten when they have become too many."""
    if len(_PASSED) >= PASSED:
        _PASSED.clear()
    _PASSED.add(written)


@lru_cache(maxsize=KNOWN)
def _piece(written: str) -> _Piece | None:
    """What follows a `<` up to the next one: QUIET_ONE if no check looks at it, None if it takes a full reading."""
    if quiet := _QUIET.fullmatch(written):
        return None if _is_missing(quiet[1]) else QUIET_ONE
    start = _START.fullmatch(written)
    found = start or _CLOSED.fullmatch(written)
    values = _values(found[2]) if found else None
    if found is None or values is None or _is_missing(found[3]):
        return None
    tag = found[1].lower()
    once, end = "id" in values or tag in COUNTED, "" if start else f"</{tag}>"
    element = Element(tag, values, (1, 1))
    return _Piece((tag, found[2]), tag, values, once, end, (*references(element),), (*names(element),))


QUIET_ONE = _Piece(("", ""), "", {})


def _is_missing(text: str) -> bool:
    """Whether a text is what Python spells for a missing value, or looks so where it stands verbatim."""
    return NOTHING.fullmatch(html.unescape(text)) is not None


def _values(attributes: str) -> Mapping[str, str] | None:
    """The attributes of a tag; None when one stands twice."""
    found = ATTRIBUTE.findall(attributes)
    values = {name.lower(): html.unescape(value) for name, value in found}
    return values if len(values) == len(found) else None
