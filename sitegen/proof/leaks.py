"""All manifests, their bodies and the private words in, what one client's files say of another out; mends nothing."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import AnyStr, Generic
from urllib.parse import quote

from sitegen.errors import Problem
from sitegen.messages import say
from sitegen.model.built import Entry, Manifest
from sitegen.model.facts import Place

# A word begins after anything but a letter or a digit, or after an escape of JSON or of a URL, which may end in one.
BEGINNING = r"(?:(?<![^\W_])|(?<=\\[nrt])|(?<=\\u[0-9a-f]{4})|(?<=%[0-9a-f]{2}))"
END = r"(?![^\W_])"


def canaries(
    manifests: Sequence[Manifest],
    body: Callable[[str], bytes],
    private_words: Mapping[str, Sequence[str]],
    suspects: Collection[str] | None = None,
) -> tuple[Problem, ...]:
    """Every HTML artifact of a portal has the portal's own canary, and no artifact of any type has another's.

    `body` gives the content of a digest. `private_words` are, by manifest name, the words (client's name, slug) that
    no public artifact or address of another manifest may have, however HTML, JSON or a URL spells them; inside the name
    of a public client they may stand. Tokens that begin alike (`canary-…`) are found some hundred times faster.
    Only the manifests named in `suspects` are looked into, all of them when it is left out.
    """
    tokens, names = _tokens(manifests), _names(manifests, private_words)

    def faults(manifest: Manifest, entry: Entry) -> Iterator[Problem]:
        content = body(entry.digest)
        yield from _wrong_tokens(manifest, entry, content, tokens)
        if _is_public(manifest):
            yield from _private_names(manifest, entry, content, names, private_words)

    looked = [manifest for manifest in manifests if suspects is None or manifest.name in suspects]
    return tuple(problem for manifest in looked for entry in manifest.entries for problem in faults(manifest, entry))


@dataclass(frozen=True, slots=True)
class _Watch(Generic[AnyStr]):
    """Words, whose they are, and the one expression that finds them all."""

    owners: Mapping[AnyStr, set[str]]
    pattern: re.Pattern[AnyStr]

    def first(self, content: AnyStr) -> dict[str, int]:
        """Where each owner's words stand first in the content."""
        first: dict[str, int] = {}
        for match in self.pattern.finditer(content):
            for owner in self.owners[match[0]]:
                first.setdefault(owner, match.start())
        return first


def _tokens(manifests: Iterable[Manifest]) -> _Watch[bytes]:
    portals = [(manifest.summary, manifest.name) for manifest in manifests if manifest.summary]
    owners = _owners((summary.canary.encode(), name) for summary, name in portals)
    return _Watch(owners, re.compile(b"|".join(map(re.escape, _longest_first(owners))) or b"(?!)"))


def _names(manifests: Iterable[Manifest], private_words: Mapping[str, Sequence[str]]) -> _Watch[str]:
    nobodys = [("", (m.summary.name, m.summary.slug)) for m in manifests if m.summary and _is_public(m)]
    known = (*nobodys, *private_words.items())
    owners = _owners((s, owner) for owner, words in known for word in words for s in _spellings(word))
    words = "|".join(map(re.escape, _longest_first(owners))) or "(?!)"
    return _Watch(owners, re.compile(f"{BEGINNING}(?:{words}){END}"))


def _wrong_tokens(manifest: Manifest, entry: Entry, content: bytes, tokens: _Watch[bytes]) -> Iterator[Problem]:
    first = tokens.first(content)
    if manifest.summary and entry.address.endswith(".html") and manifest.name not in first:
        yield Problem(entry.address, 0, 0, say("proof.no_canary"))
    for owner in sorted(first.keys() - {manifest.name}):
        place = _place(content[: first[owner]].decode(errors="replace"))
        yield Problem(entry.address, *place, say("proof.leaked_canary", owner=owner))


def _private_names(
    manifest: Manifest, entry: Entry, content: bytes, names: _Watch[str], private: Collection[str]
) -> Iterator[Problem]:
    strangers = {*private} - {manifest.name}
    text = content.decode(errors="replace").lower()
    first = names.first(text)
    for owner in sorted(first.keys() & strangers):
        yield Problem(entry.address, *_place(text[: first[owner]]), say("proof.leaked_name", owner=owner))
    for owner in sorted(names.first(entry.address.lower()).keys() & strangers):
        yield Problem(entry.address, 0, 0, say("proof.leaked_in_address", owner=owner))


def _is_public(manifest: Manifest) -> bool:
    return manifest.summary is None or manifest.summary.access == "public"


def _spellings(word: str) -> Iterator[str]:
    escaped = html.escape(word)
    by_templates = escaped.replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    for spelling in (word, html.escape(word, quote=False), escaped, by_templates, quote(word), json.dumps(word)[1:-1]):
        yield spelling.lower()


def _owners(words: Iterable[tuple[AnyStr, str]]) -> dict[AnyStr, set[str]]:
    owners: dict[AnyStr, set[str]] = defaultdict(set)
    for word, owner in words:
        if word:
            owners[word].add(owner)
    return owners


def _longest_first(words: Iterable[AnyStr]) -> list[AnyStr]:
    return sorted(words, key=len, reverse=True)


def _place(before: str) -> Place:
    return before.count("\n") + 1, len(before) - before.rfind("\n")
