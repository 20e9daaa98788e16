"""Markdown in, safe HTML out: what a client or an agency wrote cannot bring scripts, styles or foreign resources."""

from __future__ import annotations

import markdown
import nh3
from markupsafe import Markup

_TAGS = frozenset(
    "a abbr blockquote code dd dl dt em h2 h3 h4 hr li ol p pre strong sub sup table tbody td th thead tr ul".split()
)
_ATTRIBUTES = {"*": {"id"}, "a": {"href", "title"}, "th": {"align"}, "td": {"align"}, "abbr": {"title"}}


def html(text: str) -> Markup:
    """The HTML of a Markdown text, sanitised; headings keep their `{#anchor}`s."""
    parsed = markdown.markdown(text, extensions=["attr_list", "tables", "def_list", "sane_lists"], output_format="html")
    clean = nh3.clean(
        parsed, tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes={"https", "http", "mailto"}, link_rel="noopener"
    )
    return Markup(clean)  # noqa: S704 - nh3 has just cleaned it
