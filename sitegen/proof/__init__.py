"""Finished pages in, problems with their places out; mends, writes and fetches nothing.

`examined` looks at one file, where it was made; `inside` at the links of one portal, `site` and `canaries` at all
manifests together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sitegen.errors import Problem
from sitegen.model.built import Artifact, Entry
from sitegen.proof import glance, links, pages
from sitegen.proof import policy as policies
from sitegen.proof.leaks import Gist, canaries, gist
from sitegen.proof.links import inside, site

__all__ = ["Gist", "canaries", "entry", "examined", "gist", "inside", "portal", "site"]


def examined(artifact: Artifact, canary: str, policy: str) -> tuple[Entry, tuple[Problem, ...]]:
    """The artifact as `entry` has it, and what is wrong inside it: HTML wholly, SVG and CSS for what they fetch.

    `canary` is the portal's token, empty for pages that belong to none; `policy` the content of the one CSP `<meta>`.
    """
    page = glance.page(artifact)
    if page is None or any(_faults(page, canary, policy)):  # a glance tells no places
        page = pages.read(artifact)
        return _entry(artifact, page), tuple(_faults(page, canary, policy))
    return _entry(artifact, page), ()


def entry(artifact: Artifact) -> Entry:
    """The artifact without its body: SHA-256 in hexadecimal, size in bytes, ids, and where its links lead.

    Links are resolved against the address and lose their query; an absolute one keeps its first `/`, one that would
    leave the site its `..`, for `site` to judge.
    """
    return _entry(artifact, pages.read(artifact))


def portal(artifacts: Sequence[Artifact], canary: str, policy: str) -> tuple[Problem, ...]:
    """What is wrong inside each of these files, as `examined` has it."""
    return tuple(problem for artifact in artifacts for problem in examined(artifact, canary, policy)[1])


def _entry(artifact: Artifact, page: pages.Page) -> Entry:
    return Entry(
        artifact.address,
        hashlib.sha256(artifact.body).hexdigest(),
        len(artifact.body),
        page.ids,
        frozenset(link for link, _ in links.of(page)),
    )


def _faults(page: pages.Page, canary: str, policy: str) -> Iterator[Problem]:
    yield from policies.hosts(page)
    if page.address.endswith(".html"):
        yield from policies.declared(page, policy)
        yield from policies.inline(page)
        yield from pages.identifiers(page)
        yield from pages.outline(page)
        yield from pages.leftovers(page)
        yield from pages.mark(page, canary)
