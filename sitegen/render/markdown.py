"""Markdown in, safe HTML out: what a client or an agency wrote cannot bring scripts, styles or foreign resources."""

from __future__ import annotations

import re
from functools import lru_cache

import markdown
import nh3
from markupsafe import Markup

_TAGS = frozenset(
    "a abbr blockquote code dd dl dt em h2 h3 h4 hr li ol p pre strong sub sup table tbody td th thead tr ul".split()
)
_ATTRIBUTES = {"*": {"id"}, "a": {"href", "title"}, "th": {"align"}, "td": {"align"}, "abbr": {"title"}}
_LOWEST = 6
_HEADING = re.compile(r"(</?h)([1-6])(?=[\s>])", re.IGNORECASE)


@lru_cache(maxsize=512)  # the articles are those of all clients
def html(text: str) -> Markup:
    """The HTML of a Markdown text, sanitised; headings keep their `{#anchor}`s."""
    return _clean(_parsed(text), _TAGS, _ATTRIBUTES)


def comment(text: str, level: int) -> Markup:
    """The HTML of a text that stands inside a page: its headings begin at `level`, and it has no anchors."""
    lowered = _HEADING.sub(lambda found: f"{found[1]}{min(int(found[2]) + level - 1, _LOWEST)}", _parsed(text))
    return _clean(lowered, _TAGS | {"h5", "h6"}, {tag: names - {"id"} for tag, names in _ATTRIBUTES.items()})


def _parsed(text: str) -> str:
    return markdown.markdown(text, extensions=["attr_list", "tables", "def_list", "sane_lists"], output_format="html")


def _clean(parsed: str, tags: frozenset[str], attributes: dict[str, set[str]]) -> Markup:
    clean = nh3.clean(
        parsed, tags=set(tags), attributes=attributes, url_schemes={"https", "http", "mailto"}, link_rel="noopener"
    )
    return Markup(clean)  # noqa: S704 - nh3 has just cleaned it
