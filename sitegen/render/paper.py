"""A print's HTML and its style sheets in, both as a printing engine without cascade layers understands them out.

Layers are unwrapped in their order, tokens become the values that they stand for (drawings have them as attributes),
and what is only for screens or for dark grounds is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+);?")
_USE = re.compile(r"var\(--([\w-]+)(?:\s*,\s*([^()]*))?\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ORDER = re.compile(r"@layer[^{};]*;")
_WEIGHTS = re.compile(r"font-weight:\s*\d+\s+\d+;?")  # a range, which is not understood; its font varies anyway
DEPTH = 8  # tokens that stand for tokens


def stylesheet(css: str) -> str:
    """The rules of a style sheet for paper: no layers, no dark ground; `@media print` and the like stay."""
    return "\n".join(_unwrapped(_WEIGHTS.sub("", _ORDER.sub("", _COMMENT.sub("", css)))))


def tokens(*sheets: str) -> Mapping[str, str]:
    """The value of each token on paper, a later sheet's over an earlier one's; those of `:root` alone."""
    return {
        name: value.strip()
        for css in map(stylesheet, sheets)
        for rule in re.findall(r":root\s*\{([^}]*)\}", css)
        for name, value in _TOKEN.findall(rule)
    }


def flattened(text: str, values: Mapping[str, str]) -> str:
    """HTML or CSS with each token as its value; what a rule sets for itself (`--tone`) stays as it is."""
    for _ in range(DEPTH):
        found = _USE.sub(lambda use: values.get(use[1], use[0]), text)
        if found == text:
            break
        text = found
    return text


def _unwrapped(css: str) -> Iterator[str]:
    for head, body in _blocks(css):
        name = head.split("(")[0].split()[0] if head.startswith("@") else ""
        if name == "@layer":
            yield from _unwrapped(body)
        elif name == "@media" and ("dark" in head or "screen" in head or "min-width" in head or "max-width" in head):
            continue
        elif name == "@media":
            yield f"{head} {{ {' '.join(_unwrapped(body))} }}"
        elif name in {"@supports", "@container", "@keyframes"}:
            continue
        else:
            yield f"{head} {{ {body} }}"


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each rule as what stands before its braces and within them."""
    start = at = 0
    while (opening := css.find("{", at)) >= 0:
        depth, end = 1, opening + 1
        while depth and end < len(css):
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[start:opening].strip(), css[opening + 1 : end - 1].strip()
        start = at = end
