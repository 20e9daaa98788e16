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
UNESCAPED = r"(?<![^\W_])(?<![\\%])"  # where no escape can end within what follows
END = r"(?![^\W_])"
RUN = r"[^\W_]+"  # of letters and digits, as long as it can be: a spelling that begins with one has it whole
LETTERS = bytes(byte if chr(byte).isalpha() else ord(" ") for byte in range(256))
SMALL = bytes(  # of text in UTF-8: small Latin letters, and what belongs to any other sign as it is
    byte if byte >= 0x80 else ord(chr(byte).lower() if chr(byte).isalpha() else " ") for byte in range(256)
)
TELLING = 3  # letters, from which on a run is rare enough to tell something
AFTER_ESCAPE = {  # what begins an escape, and the run that may follow its other signs: no less of it than there is
    b"\\": re.compile(rb"(?:[nrt]|u[0-9a-f]{4})([0-9a-z\x80-\xff]+)", re.IGNORECASE),
    b"%": re.compile(rb"[0-9a-f]{2}([0-9a-z\x80-\xff]+)", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Gist:
    """What tells that nothing of another client stands in a portal's files, without a look into them: their runs of
    letters, parted by spaces, and every canary in them. `marked`: each page has the portal's own."""

    runs: str
    canaries: tuple[str, ...]
    marked: bool


def gist(entries: Sequence[Entry], body: Callable[[str], bytes], own: str, form: re.Pattern[bytes]) -> Gist:
    """The gist of these files; `own` is the portal's canary, and all have that `form`."""
    found: set[bytes] = set()
    marked = True
    bodies = [body(entry.digest) for entry in entries]
    for entry, content in zip(entries, bodies, strict=True):
        here = {*form.findall(content)}
        marked = marked and (own.encode() in here or not entry.address.endswith(".html"))
        found |= here
    runs = b" ".join(sorted(_all_runs(bodies))).decode("latin-1")
    return Gist(runs, tuple(sorted(canary.decode() for canary in found)), marked)


def canaries(
    manifests: Sequence[Manifest],
    body: Callable[[str], bytes],
    private_words: Mapping[str, Sequence[str]],
    suspects: Collection[str] | None = None,
    elsewhere: Sequence[Manifest] = (),
    gists: Callable[[Manifest], Gist | None] = lambda _: None,
) -> tuple[Problem, ...]:
    """Every HTML artifact of a portal has the portal's own canary, and no artifact of any type has another's.

    `body` gives the content of a digest. `private_words` are, by manifest name, the words (client's name, slug) that
    no public artifact or address of another manifest may have, however HTML, JSON or a URL spells them; inside the name
    of a public client they may stand. The work on a file grows with its length and with that of the longest word, not
    with the number of words; tokens that begin alike (`canary-…`) are found some hundred times faster.
    Only the manifests named in `suspects` are looked into, all of them when it is left out; of those that lie
    `elsewhere` the canaries are looked for, too. Of a manifest whose gist is known the files are read only if that
    leaves a doubt.
    """
    tokens, names = _tokens([*manifests, *elsewhere]), _names(manifests, private_words)
    traces = _Traces.of(private_words)

    def faults(manifest: Manifest) -> Iterator[Problem]:
        sought = bool(traces.words) and _is_public(manifest)
        known = gists(manifest)
        if known is None or _strange(known, manifest, tokens):
            bodies = [body(entry.digest) for entry in manifest.entries]
            told = [[*_wrong_tokens(manifest, *each, tokens)] for each in zip(manifest.entries, bodies, strict=True)]
            runs = _all_runs(bodies) if sought else set()
        else:
            told = [[] for _ in manifest.entries]
            runs = {*known.runs.encode("latin-1").split()} if sought else set()
        doubtful = sought and traces.among(runs, but=manifest.name)
        spelled = sought and traces.in_text(" ".join(entry.address for entry in manifest.entries), but=manifest.name)
        for entry, problems in zip(manifest.entries, told, strict=True):
            yield from problems
            if doubtful or spelled:
                yield from _private_names(manifest, entry, body(entry.digest) if doubtful else b"", names, traces)

    looked = [manifest for manifest in manifests if suspects is None or manifest.name in suspects]
    return tuple(problem for manifest in looked for problem in faults(manifest))


@dataclass(frozen=True, slots=True)
class _Watch(Generic[AnyStr]):
    """Words and whose they are; found by how they begin, then looked up by each length that such words have."""

    owners: Mapping[AnyStr, Collection[str]]
    lengths: Mapping[AnyStr, Sequence[int]]  # beginning → lengths of the words that begin so, the longest first
    begin: re.Pattern[AnyStr]  # matches wherever a word may begin; the group that took part is the beginning
    end: re.Pattern[AnyStr]

    def first(self, content: AnyStr) -> dict[str, int]:
        """Where each owner's words stand first in the content, the longest at each place; words do not overlap."""
        first: dict[str, int] = {}
        free = 0
        for match in self.begin.finditer(content):
            start = match.start()
            for length in self.lengths.get(match[match.lastindex or 0], ()) if start >= free else ():
                stop = start + length
                if (owners := self.owners.get(content[start:stop])) and self.end.match(content, stop):
                    for owner in owners:
                        first.setdefault(owner, start)
                    free = stop
                    break
        return first


@dataclass(frozen=True, slots=True)
class _Traces:
    """The runs of letters of each word, by the longest one; an empty one stands for a word that has none.

    A word can only stand where all its runs do: so most texts are known to have none, at the price of parting them.
    No run holds a `<`, so all runs of a portal are in the pieces of its files between these, each distinct one once.
    Digits part as well as signs do, since a page of drawings is full of them; so do letters beyond Latin-1.
    """

    words: Mapping[bytes, Sequence[tuple[str, frozenset[bytes]]]]  # longest run → owner and all its runs

    @classmethod
    def of(cls, private_words: Mapping[str, Sequence[str]]) -> _Traces:
        words: dict[bytes, list[tuple[str, frozenset[bytes]]]] = defaultdict(list)
        for owner, each in private_words.items():
            for spelling in {spelling for word in each for spelling in _spellings(word) if spelling}:
                runs = _runs(spelling)
                telling = frozenset(run for run in runs if len(run) >= TELLING) or frozenset(runs)
                words[max(sorted(telling), key=len, default=b"")].append((owner, telling))
        return cls(words)

    def in_text(self, text: str, but: str) -> bool:
        """Whether a word of anybody but this owner may stand in the text."""
        return bool(self.words) and self.among(_all_runs([text.encode()]), but)

    def among(self, runs: set[bytes], but: str) -> bool:
        """The same of a text with these runs."""
        found = [*(self.words.keys() & runs), b""]
        return any(owner != but and told <= runs for run in found for owner, told in self.words.get(run, ()))


def _strange(known: Gist, manifest: Manifest, tokens: _Watch[bytes]) -> bool:
    """Whether a portal may lack its own canary or have another's."""
    owners = {owner for canary in known.canaries for owner in tokens.owners.get(canary.encode(), ())}
    return not known.marked or owners != {manifest.name}


def _all_runs(contents: Iterable[bytes]) -> set[bytes]:
    """The runs of letters in these files, and those that come straight after an escape.

    They are parted as bytes, several times faster than as texts: what is beyond ASCII stays together at first.
    """
    pieces: set[bytes] = set()
    for content in contents:
        pieces.update(content.split(b"<"))  # most stand on several pages
    whole = b"<".join(pieces)
    runs = {*whole.translate(SMALL).split()}
    others = [run for run in runs if not run.isascii()]
    runs.difference_update(others)
    for sign, rest in AFTER_ESCAPE.items():
        found = (rest.match(piece) for piece in whole.split(sign)[1:])
        others += [match[1] for match in found if match]
    return runs | _runs(b" ".join(others).decode(errors="replace").lower())


def _runs(text: str) -> set[bytes]:
    """The runs of letters in a small text, as bytes."""
    return {*text.encode("latin-1", "replace").translate(LETTERS).split()}


def _tokens(manifests: Iterable[Manifest]) -> _Watch[bytes]:
    portals = [(manifest.summary, manifest.name) for manifest in manifests if manifest.summary]
    owners = _owners((summary.canary.encode(), name) for summary, name in portals)
    beginning = _common(owners)
    overlaps = any(beginning.startswith(beginning[at:]) for at in range(1, len(beginning))) or not beginning
    begin = re.compile((b"(?=(%b))" if overlaps else b"(%b)") % re.escape(beginning))
    return _Watch(owners, _lengths((beginning, token) for token in owners), begin, re.compile(b""))


def _names(manifests: Iterable[Manifest], private_words: Mapping[str, Sequence[str]]) -> _Watch[str]:
    nobodys = [("", (m.summary.name, m.summary.slug)) for m in manifests if m.summary and _is_public(m)]
    known = (*nobodys, *private_words.items())
    owners = _owners((s, owner) for owner, words in known for word in words for s in _spellings(word))
    signs = sorted({spelling[0] for spelling in owners if not spelling[0].isalnum()})
    beginning = "|".join([RUN, *map(re.escape, signs)])
    lengths = _lengths((re.findall(beginning, spelling)[0], spelling) for spelling in owners)
    begin = f"{UNESCAPED}({RUN})|{BEGINNING}(?=({beginning}))"  # the first part is the second's common case
    return _Watch(owners, lengths, re.compile(begin), re.compile(END))


def _wrong_tokens(manifest: Manifest, entry: Entry, content: bytes, tokens: _Watch[bytes]) -> Iterator[Problem]:
    first = tokens.first(content)
    if manifest.summary and entry.address.endswith(".html") and manifest.name not in first:
        yield Problem(entry.address, 0, 0, say("proof.no_canary"))
    for owner in sorted(first.keys() - {manifest.name}):
        place = _place(content[: first[owner]].decode(errors="replace"))
        yield Problem(entry.address, *place, say("proof.leaked_canary", owner=owner))


def _private_names(
    manifest: Manifest, entry: Entry, content: bytes, names: _Watch[str], traces: _Traces
) -> Iterator[Problem]:
    def strangers(text: str) -> Iterator[tuple[str, int]]:
        found = sorted(names.first(text).items()) if traces.in_text(text, but=manifest.name) else ()
        return ((owner, start) for owner, start in found if owner and owner != manifest.name)

    text = _text(content)
    for owner, start in strangers(text):
        yield Problem(entry.address, *_place(text[:start]), say("proof.leaked_name", owner=owner))
    for owner, _ in strangers(entry.address.lower()):
        yield Problem(entry.address, 0, 0, say("proof.leaked_in_address", owner=owner))


def _text(content: bytes) -> str:
    return content.decode(errors="replace").lower()


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


def _lengths(words: Iterable[tuple[AnyStr, AnyStr]]) -> dict[AnyStr, list[int]]:
    lengths: dict[AnyStr, set[int]] = defaultdict(set)
    for beginning, word in words:
        lengths[beginning].add(len(word))
    return {beginning: sorted(found, reverse=True) for beginning, found in lengths.items()}


def _common(words: Collection[bytes]) -> bytes:
    """How all the words begin: as far as the first and the last of them in order agree."""
    first, last = min(words, default=b""), max(words, default=b"")
    agree = (depth for depth in range(len(first), 0, -1) if last.startswith(first[:depth]))
    return first[: next(agree, 0)]


def _place(before: str) -> Place:
    return before.count("\n") + 1, len(before) - before.rfind("\n")
