"""The manifests of a whole site in, links that lead nowhere and addresses given twice out; does not look at policy."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import unquote

from sitegen.errors import Problem
from sitegen.messages import Message, say
from sitegen.model.built import Artifact, Entry, Manifest
from sitegen.model.facts import Place
from sitegen.proof import pages

INDEX = "index.html"

Link: TypeAlias = tuple[str, str]  # target address and fragment, as in `Entry.links`


def resolve(address: str, url: str) -> Link | None:
    """Where `url` on the page at `address` leads inside the site, its query left out; None when it leads elsewhere."""
    if pages.ELSEWHERE.match(url):
        return None
    if url.startswith("#"):  # most of them
        return posixpath.normpath(address), unquote(url[1:])
    path, _, fragment = url.partition("#")
    path = unquote(path.partition("?")[0])
    joined = posixpath.join(posixpath.dirname(address), path) if path else address
    target = posixpath.normpath(joined + INDEX if joined.endswith("/") else joined)
    return target, unquote(fragment)


def of(page: pages.Page) -> Iterator[tuple[Link, Place]]:
    """The page's links into the site. What it loads by `#id` from itself is a matter of the page alone."""
    for reference in page.references:
        own_part = reference.loads and reference.url.startswith("#")
        if not own_part and (link := resolve(page.address, reference.url)):
            yield link, reference.place


def site(
    manifests: Sequence[Manifest], base_path: str = "/", body: Callable[[str], bytes] | None = None
) -> tuple[Problem, ...]:
    """Every address stands once and every internal link and fragment leads somewhere.

    `base_path` is the path under which the site is served; only 404.html, which a host shows at any depth, may use it.
    With `body` (digest → content) the problems tell line and column; without, they speak of the whole file.
    """
    owners: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for manifest in manifests:
        for entry in manifest.entries:
            owners[entry.address.casefold()].append((entry.address, manifest.name))
    twice = [
        Problem(address, 0, 0, say("proof.duplicate_address", first=first, second=second))
        for (_, first), *others in owners.values()
        for address, second in others
    ]
    ids = {entry.address: entry.ids for manifest in manifests for entry in manifest.entries}
    broken = [
        problem
        for manifest in manifests
        for entry in manifest.entries
        for link in sorted(entry.links)
        if (message := _fault(link, entry.address, ids, base_path))
        for problem in _placed(entry, link, message, body)
    ]
    return tuple(twice + broken)


def inside(entries: Sequence[Entry], body: Callable[[str], bytes]) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """One portal's entries with only the links that leave it, and the fragments inside it that lead nowhere.

    What is left is small: nobody outside may link to a part of a portal's page, so its ids are left out too.
    """
    ids = {entry.address: entry.ids for entry in entries}
    broken = [
        problem
        for entry in entries
        for link in sorted(entry.links)
        if link[0] in ids and (message := _fault(link, entry.address, ids, "/"))
        for problem in _placed(entry, link, message, body)
    ]
    outward = tuple(
        replace(entry, ids=frozenset(), links=frozenset(link for link in entry.links if link[0] not in ids))
        for entry in entries
    )
    return outward, tuple(broken)


def _fault(link: Link, address: str, ids: Mapping[str, frozenset[str]], base_path: str) -> Message | None:
    target, fragment = link
    if target.startswith("/"):
        if posixpath.basename(address) != "404.html":
            return say("proof.absolute_link", target=target)
        if not target.startswith(base_path):
            return say("proof.outside_link", target=target)
        target = target.removeprefix(base_path)
    if target.split("/")[0] == "..":
        return say("proof.outside_link", target=target)
    if target not in ids:
        target = posixpath.normpath(posixpath.join(target, INDEX))
    if target not in ids:
        return say("proof.broken_link", target=link[0])
    if fragment in {"", "top"} or fragment in ids[target] or not target.endswith((".html", ".svg")):
        return None
    return say("proof.broken_fragment", target=target, fragment=fragment)


def _placed(entry: Entry, link: Link, message: Message, body: Callable[[str], bytes] | None) -> Iterator[Problem]:
    page = pages.read(Artifact(entry.address, body(entry.digest))) if body else pages.Page(entry.address)
    for place in [place for found, place in of(page) if found == link] or [(0, 0)]:
        yield Problem(entry.address, *place, message)
