"""Private portals and the agency's passphrase in, sealed portals out, for the folder that is published.

Here and nowhere else do manifests of private clients become manifests of the output: every file under an opaque name,
each page behind a gate. What was sealed lies in `.sitegen/sealed/` by its digest and is used again as long as the
client's files, its keys and the gate are the same; it tells no more than what is published.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from sitegen import proof, read, render
from sitegen.build.ground import code
from sitegen.build.store import Store, key_of
from sitegen.build.workspace import Workspace
from sitegen.errors import Problem, ProblemsFound, Severity, UsageError
from sitegen.messages import say
from sitegen.model.built import Artifact, Entry, Manifest
from sitegen.model.sealed import FILE, STEPS, Keyring, Master

if TYPE_CHECKING:
    from sitegen import seal

FOLDER = Path(".sitegen") / "sealed"
MAP, KEYS = "map", "keys.js"
INDEX = "index"
STAND_IN, NO_TAG = "0" * 26, "1" * 16  # for the folder of a portal and the tag of its key: none has these signs


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency's ring, opened."""

    ring: Keyring
    master: Master


@dataclass(frozen=True, slots=True)
class Sealed:
    """What sealing gave: manifests named by opaque ids, where their bodies lie, and for the search after leaks the same
    files with nothing behind the gates."""

    manifests: tuple[Manifest, ...] = ()
    bare: tuple[Manifest, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    addresses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # client → language → its first page

    def with_(self, other: Sealed) -> Sealed:
        """Both of them."""
        return Sealed(
            (*self.manifests, *other.manifests),
            (*self.bare, *other.bare),
            {**self.files, **other.files},
            (*self.problems, *other.problems),
            {**self.addresses, **other.addresses},
        )


NOTHING = Sealed()


@dataclass(frozen=True, slots=True)
class _Made:
    """A sealed portal, for the store."""

    entries: tuple[Entry, ...]


def agency(root: Path, passphrase: str | None) -> Agency | None:
    """The agency's keys; None without a ring or a passphrase. Raises UsageError for a passphrase that is not its own,
    ProblemsFound for a ring that cannot be read."""
    ring, faults = read.keyring(root)
    if faults:
        raise ProblemsFound(faults)
    if ring is None or not passphrase:
        return None
    sealing = engine()
    try:
        return Agency(ring, sealing.unlocked(ring, passphrase))
    except sealing.WrongKey:
        raise UsageError(say("keys.wrong_passphrase")) from None


def ready(root: Path, passphrase: str | None) -> Agency | None:
    """The agency's keys, as `agency` has them, for a build: when all rings are sound and they open each. Raises
    ProblemsFound otherwise, since half of the rings could publish under the wrong key, or take a portal away."""
    if found := problems(root):
        raise ProblemsFound(found)
    keys = agency(root, passphrase)
    if keys is not None and (found := unopened(root, keys)):
        raise ProblemsFound(found)
    return keys


def engine() -> ModuleType:
    """The stage that encrypts. Raises UsageError where its libraries are not installed."""
    try:
        from sitegen import seal
    except ModuleNotFoundError:
        raise UsageError(say("keys.no_engine")) from None
    return seal


def rings(root: Path, slugs: Iterable[str]) -> dict[str, Keyring]:
    """The keyrings of those clients that have one."""
    found = ((slug, read.keyring(root, slug)[0]) for slug in slugs)
    return {slug: ring for slug, ring in found if ring is not None}


def owners(root: Path) -> tuple[str, ...]:
    """The clients that have a file of keys, whatever else their folders hold."""
    return tuple(sorted(file.parent.name for file in root.glob(f"data/*/{FILE}")))


def problems(root: Path) -> tuple[Problem, ...]:
    """What is wrong with the keyrings, as far as it is seen without a passphrase: a change of several that was
    interrupted, files that cannot be read, rings of another client's, clients' rings without the agency's."""
    if (root / STEPS).is_file():
        return (Problem(STEPS, 0, 0, say("keys.interrupted"), say("keys.interrupted_hint"), internal=True),)
    found: list[Problem] = []
    slugs = owners(root)
    for slug in ("", *slugs):
        ring, faults = read.keyring(root, slug)
        found += faults
        if ring is not None and ring.owner != slug:
            found.append(of_another(slug, ring))
    if slugs and not (root / FILE).is_file():
        found.append(Problem(FILE, 0, 0, say("keys.lost"), say("keys.damaged_hint"), internal=True))
    return tuple(found)


def unopened(root: Path, keys: Agency) -> tuple[Problem, ...]:
    """The rings that the agency's key does not open."""
    return tuple(foreign(slug) for slug, ring in rings(root, owners(root)).items() if not _opens(ring, keys))


def _opens(ring: Keyring, keys: Agency) -> bool:
    sealing = engine()
    try:
        sealing.opened(ring, keys.master)
    except sealing.WrongKey:
        return False
    return True


def sealable(portal: Manifest) -> bool:
    """Whether a portal leaves the agency sealed: a private one that somebody has approved."""
    return portal.summary is not None and (portal.summary.access, portal.summary.status) == ("private", "approved")


@dataclass(frozen=True, slots=True)
class _Lot:
    """What is sealed under one master key: the files of a portal, its first page and its languages, the leading one
    first, and what everybody may know of its keys."""

    master: Master
    entries: tuple[Entry, ...]
    first: str
    languages: Sequence[str]
    public: bytes

    def name(self, box: seal.Box, address: str) -> str:
        """The file's opaque name; the first page is found in its folder."""
        return INDEX if address == self.first else box.name(address)

    def language(self, address: str) -> str:
        """The language of a page: each but the leading one has a folder."""
        parts = address.split("/")
        return next((language for language in self.languages[1:] if language in parts), self.languages[0])


class Sealer:
    """Seals the portals of one build. Without the agency's keys it tells which portals stay at home for want of it."""

    def __init__(self, workspace: Workspace, keys: Agency | None, store: Store, press: render.Press) -> None:
        self.keys, self.press = keys, press
        self._workspace, self._store = workspace, store
        self._root = workspace.root / FOLDER
        self._bare: dict[str, tuple[Entry, bytes]] = {}

    def portals(self, portals: Sequence[Manifest], body: Callable[[str], bytes]) -> Sealed:
        """Every private portal that has keys, sealed."""
        asked = [portal for portal in portals if sealable(portal)]
        found = rings(self._workspace.root, (portal.name for portal in asked))
        if self.keys is None:
            return Sealed(problems=tuple(locked(slug) for slug in found))
        made = NOTHING
        for portal in asked:
            if portal.name in found:
                made = made.with_(self._client(portal, found[portal.name], body))
        return made

    def portfolio(self, pages: Sequence[Entry], body: Callable[[str], bytes]) -> Sealed:
        """The agency's own pages over all clients, under its own ring."""
        if self.keys is None or not pages:
            return Sealed()
        ring, languages = self.keys.ring, self._workspace.site.languages
        first = render.portfolio_addresses(self._workspace.site)[languages[0]]
        return self._sealed(_Lot(self.keys.master, tuple(pages), first, languages, engine().public(ring, None)), body)

    def _client(self, portal: Manifest, ring: Keyring, body: Callable[[str], bytes]) -> Sealed:
        sealing, keys = engine(), self.keys
        if keys is None or portal.summary is None:
            return Sealed()
        master = sealing.opened(ring, keys.master)
        languages, firsts = portal.summary.languages, portal.summary.addresses
        lot = _Lot(master, portal.entries, firsts[languages[0]], languages, sealing.public(ring, keys.ring))
        names = sealing.Box(master)
        pages = {tag: f"{ring.id}/{lot.name(names, address)}.html" for tag, address in firsts.items()}
        return replace(self._sealed(lot, body), addresses={portal.name: pages})

    def _sealed(self, lot: _Lot, body: Callable[[str], bytes]) -> Sealed:
        place = lot.master.ring
        gates = {language: self._gate(lot.master, language) for language in lot.languages}
        told = [f"{entry.address} {entry.digest}" for entry in lot.entries]
        bare = [sha256(page).hexdigest() for _, page in gates.values()]
        looking = code("seal", "build/sealing.py", "model/sealed.py")
        key = key_of("sealed", looking, place, lot.master.tag, lot.first, sha256(lot.public).hexdigest(), *bare, *told)
        made = self._store.recall_as(key, _Made)
        if made is None or not all((self._root / entry.digest).is_file() for entry in made.entries):
            made = _Made(tuple(self._files(lot, body, gates)))
            self._store.remember_as(key, made)
        shown = [replace(entry, address=f"{place}/{n}.html") for n, (entry, _) in enumerate(gates.values())]
        shown.append(Entry(f"{place}/{KEYS}", self._store.put(lot.public), len(lot.public)))
        for _, page in gates.values():
            self._store.put(page)
        files = {entry.digest: self._root / entry.digest for entry in made.entries}
        return Sealed((Manifest(place, made.entries),), (Manifest(place, tuple(shown)),), files)

    def _files(
        self, lot: _Lot, body: Callable[[str], bytes], gates: Mapping[str, tuple[Entry, bytes]]
    ) -> Iterator[Entry]:
        sealing, place = engine(), lot.master.ring
        box = sealing.Box(lot.master)
        self._root.mkdir(parents=True, exist_ok=True)
        names = {entry.address: lot.name(box, entry.address) for entry in lot.entries}
        pages = {address: name for address, name in names.items() if address.endswith(".html")}
        sheets: dict[str, str] = {}  # the client's colours: small, and needed by every page at once
        for entry in lot.entries:
            name, content = names[entry.address], body(entry.digest)
            sealed = box.seal(name, entry.address, content)
            if entry.address.endswith(".css"):
                sheets[entry.address] = content.decode()
            if entry.address in pages:
                gate, page = gates[lot.language(entry.address)]
                yield self._kept(Artifact(f"{place}/{name}.html", render.gate_filled(page, name, sealed)), gate)
            else:
                yield self._kept(Artifact(f"{place}/{name}.js", sealing.sealed_script(name, sealed)))
        files = {address: name for address, name in names.items() if address not in pages}
        listed = {"pages": pages, "files": files, "sheets": sheets}
        chart = json.dumps(listed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        yield self._kept(Artifact(f"{place}/{MAP}.js", sealing.sealed_script(MAP, box.seal(MAP, MAP, chart))))
        yield self._kept(Artifact(f"{place}/{KEYS}", lot.public))

    def _kept(self, artifact: Artifact, like: Entry | None = None) -> Entry:
        """A sealed file on the disk; a page has the ids and links of its bare gate."""
        digest = sha256(artifact.body).hexdigest()
        path = self._root / digest
        if not path.is_file():
            draft = path.with_suffix(".new")
            draft.write_bytes(artifact.body)
            draft.replace(path)
        if like is None:
            return Entry(artifact.address, digest, len(artifact.body))
        links = frozenset((artifact.address if to == like.address else to, part) for to, part in like.links)
        return Entry(artifact.address, digest, len(artifact.body), like.ids, links)

    def _gate(self, master: Master, language: str) -> tuple[Entry, bytes]:
        """The gate of a portal in a language. Folder and tag alone tell one from another's, so it is made once."""
        place = master.ring
        if language not in self._bare:
            artifact = render.gate(STAND_IN, NO_TAG, language, self._workspace.site, self.press)
            entry, faults = proof.examined(artifact, "", render.POLICY)
            if faults:
                raise ProblemsFound(faults)
            self._bare[language] = entry, artifact.body
        entry, body = self._bare[language]
        links = frozenset((to.replace(STAND_IN, place), part) for to, part in entry.links)
        own = body.replace(STAND_IN.encode(), place.encode()).replace(NO_TAG.encode(), master.tag.encode())
        address, digest = entry.address.replace(STAND_IN, place), sha256(own).hexdigest()
        return Entry(address, digest, len(own), entry.ids, links), own

    def prune(self, used: Iterable[str]) -> None:
        """Forget what is sealed and no longer published."""
        if self._root.is_dir():
            wanted = {*used}
            for file in self._root.iterdir():
                if file.name not in wanted:
                    file.unlink(missing_ok=True)


def missing(root: Path, portals: Sequence[Manifest], keys: Agency | None) -> tuple[Problem, ...]:
    """Portals that a strict build cannot seal, though it promises that each that has keys is published."""
    found = rings(root, (portal.name for portal in portals if sealable(portal)))
    return tuple(replace(locked(slug), severity=Severity.ERROR) for slug in found if keys is None)


def locked(slug: str) -> Problem:
    """What is told of a portal that has keys and was built without the agency's passphrase."""
    return Problem(_path(slug), 0, 0, say("keys.locked"), say("keys.locked_hint"), Severity.WARNING, internal=True)


def foreign(slug: str) -> Problem:
    """What is told of a ring that the agency's key does not open, or that somebody has changed."""
    return Problem(_path(slug), 0, 0, say("keys.foreign"), say("keys.foreign_hint"), internal=True)


def of_another(slug: str, ring: Keyring) -> Problem:
    """What is told of a ring that was made for another folder: its readers are not this client's."""
    hint = say("keys.other_owner_hint", client=slug)
    return Problem(_path(slug), 0, 0, say("keys.other_owner", owner=ring.owner), hint, internal=True)


def _path(slug: str) -> str:
    return f"data/{slug}/{FILE}" if slug else FILE
