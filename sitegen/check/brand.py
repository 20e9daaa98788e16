"""A client's brand in, what is wrong with its logo and its colour out; changes neither.

A logo is opened by its address too, where no page's policy holds: an SVG may neither run nor fetch anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from sitegen.check.hints import did_you_mean
from sitegen.check.places import at_value
from sitegen.check.schema import Draft
from sitegen.check.sources import leaves
from sitegen.errors import Problem, Severity
from sitegen.messages import Message, say
from sitegen.model import colours
from sitegen.model.facts import LOGO_LIMIT, Path, Sources

FORMATS = (".svg", ".png")
_AT: Path = ("brand", "logo")
_HARD = {"light": "accent_light", "dark": "accent_dark"}
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}"
_DECLARED = re.compile(rb"<!(?!--|\[CDATA\[)|<\?(?!xml\s)", re.IGNORECASE)
_DRAWN = frozenset(
    "svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text tspan textPath "
    "linearGradient radialGradient stop pattern clipPath mask marker filter style switch".split()
)
_INSIDE = re.compile(r"#|data:image/(?:png|jpeg);base64,")
_FETCHED = re.compile(r"url\(\s*['\"]?(?!#)|@import|\\|expression\(|javascript:", re.IGNORECASE)


def logo(draft: Draft, sources: Sources) -> Iterator[Problem]:
    """The file is there, is an SVG or PNG of at most 200 KB, and an SVG keeps to itself."""
    written = draft.brand.logo if draft.brand else None
    if written is None:
        return
    name, suffix = unicodedata.normalize("NFC", written), PurePosixPath(written).suffix.lower()
    if leaves(written):
        yield _problem(draft, say("problems.path_leaves", value=written), say("problems.hint.logo_leaves"))
    elif suffix not in FORMATS:
        yield _problem(draft, say("problems.logo_format", value=written), say("problems.hint.logo_format"))
    elif name not in sources.files:
        pictures = sorted(file for file in sources.files if file.lower().endswith(FORMATS))
        hint = did_you_mean(written, pictures) or say("problems.hint.no_such_logo")
        yield _problem(draft, say("problems.no_such_file", value=written), hint)
    elif sources.logo is not None and len(sources.logo) > LOGO_LIMIT:
        message = say("problems.logo_too_large", value=written, limit=LOGO_LIMIT // 1024)
        yield _problem(draft, message, say("problems.hint.logo_too_large"))
    elif sources.logo is not None and not (_svg(sources.logo) if suffix == ".svg" else sources.logo.startswith(_PNG)):
        message = say("problems.not_a_picture", value=written, format=suffix[1:].upper())
        yield _problem(draft, message, say("problems.hint.logo_format"))
    elif sources.logo is not None and suffix == ".svg" and (found := foreign(sources.logo)):
        message = say("problems.logo_foreign", value=written, found=found)
        yield _problem(draft, message, say("problems.hint.logo_foreign"))


def accent(draft: Draft, tokens: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """The modes of the theme in which the client's colour cannot be read, and what stands there in its stead."""
    written = draft.brand.accent if draft.brand else None
    if written is None:
        return
    for mode, shown in colours.accents(written, tokens).items():
        if shown != written:
            ratio = min(colours.contrast(written, tokens[mode][ground]) for ground in colours.GROUNDS)
            message = say(f"problems.{_HARD[mode]}", value=written, shown=shown, ratio=f"{ratio:.1f}")
            problem = at_value(draft.document, ("brand", "accent"), message, say("problems.hint.accent"))
            yield replace(problem, severity=Severity.WARNING, internal=True)


def foreign(svg: bytes) -> str | None:
    """The first thing in an SVG that could run or fetch something: a tag, an attribute, a declaration; else None."""
    if found := _DECLARED.search(svg):
        return found[0].decode()
    for element in _parsed(svg).iter():
        namespace, _, name = element.tag.rpartition("}")
        ours = namespace + "}" == _SVG
        if (ours and name not in _DRAWN and not _harmless(element)) or "xhtml" in namespace:
            return f"<{name}>"
        if ours and name == "style" and _FETCHED.search("".join(element.itertext())):
            return "<style>"
        for attribute, value in element.attrib.items():
            local = attribute.rpartition("}")[2].lower()
            outside = local == "href" and not _INSIDE.match(value.strip())
            if outside or local.startswith("on") or (local != "href" and _FETCHED.search(value)):
                return local
    return None


def _harmless(element: ET.Element) -> bool:
    """A picture within the picture, which must be carried along, or an effect."""
    name = element.tag.removeprefix(_SVG)
    return name == "image" or (name.startswith("fe") and name != "feImage")


def _svg(content: bytes) -> bool:
    if _DECLARED.search(content):
        return b"<svg" in content
    try:
        return _parsed(content).tag == f"{_SVG}svg"
    except ET.ParseError:
        return False


def _parsed(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - a document type, and so every entity, was refused before


def _problem(draft: Draft, message: Message, hint: Message) -> Problem:
    return at_value(draft.document, _AT, message, hint)
