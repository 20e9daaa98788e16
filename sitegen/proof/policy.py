"""A page and the one content security policy in, whatever breaks it out; does not read pages or follow links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.errors import Problem
from sitegen.messages import say
from sitegen.proof.pages import ELSEWHERE, Page

DATA_BLOCKS = frozenset({"application/json", "application/ld+json"})
CODE_URL = re.compile(r"(?:javascript|vbscript):", re.IGNORECASE)


def declared(page: Page, policy: str) -> Iterator[Problem]:
    """The policy stands on the page once, word for word, before anything that it is to govern."""
    metas = [meta for meta in page.all("meta") if meta.tokens("http-equiv") == ["content-security-policy"]]
    if not metas:
        yield page.problem((1, 1), say("proof.no_policy"))
        return
    for meta in metas[1:]:
        yield page.problem(meta.place, say("proof.second_policy"))
    if metas[0].attributes.get("content") != policy:
        yield page.problem(metas[0].place, say("proof.other_policy", policy=policy))
    for element in page.all("script", "link", "style"):
        if element.place < metas[0].place:
            yield page.problem(element.place, say("proof.before_policy", tag=element.tag))


def inline(page: Page) -> Iterator[Problem]:
    """No style and no code inside the page; blocks of JSON are data."""
    for element in page.elements:
        if element.tag == "style" or "style" in element.attributes:
            yield page.problem(element.place, say("proof.inline_style", tag=element.tag))
        for name in element.attributes:
            if name.startswith("on"):
                yield page.problem(element.place, say("proof.handler", attribute=name))
    for script in page.all("script"):
        if "src" not in script.attributes and DATA_BLOCKS.isdisjoint(script.tokens("type")):
            yield page.problem(script.place, say("proof.inline_script"))
    for reference in page.references:
        if CODE_URL.match(reference.url):
            yield page.problem(reference.place, say("proof.code_url", url=reference.url))


def hosts(page: Page) -> Iterator[Problem]:
    """Nothing is fetched from another host, no base is set, and a page opened in a new window cannot reach back."""
    for reference in page.references:
        if reference.loads and ELSEWHERE.match(reference.url) and not reference.url.startswith("data:"):
            yield page.problem(reference.place, say("proof.other_host", url=reference.url))
    for element in page.all("base"):
        yield page.problem(element.place, say("proof.base"))
    for element in page.all("a", "area", "form"):
        if element.tokens("target") == ["_blank"] and "noopener" not in element.tokens("rel"):
            yield page.problem(element.place, say("proof.opener"))
