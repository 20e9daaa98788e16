"""Keyrings made, filled, listed and renewed; a passphrase is made or asked for, shown once and kept nowhere.

Several rings may change together, when the agency's key does: what each becomes is written beside it first, the list
of them last. From then on the next command goes on where this one stopped.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sitegen import read
from sitegen.build import sealing, workspace
from sitegen.build.site import alone
from sitegen.build.workspace import Workspace
from sitegen.errors import ProblemsFound, UsageError
from sitegen.messages import Message, say
from sitegen.model.sealed import BITS, FILE, STEPS, Keyring, Master, Slot

NEXT = ".new"
LABEL = 80  # characters
_RING = re.compile(rf"(?:data/[^/\\.][^/\\]*/)?{re.escape(FILE)}")  # where one lies in a workspace


@dataclass(frozen=True, slots=True)
class Changed:
    """What is told of a change, and the passphrase that was made for it, if any, to be shown once."""

    told: tuple[Message, ...]
    passphrase: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """For whom a slot is: a label, the last day or none, and the passphrase that the person chose, if any."""

    label: str
    until: str = ""
    chosen: str | None = None


def new(root: Path, slug: str | None, person: Person, secret: Callable[[], str | None]) -> Changed:
    """A ring with its first person: the agency's without a `slug`. Raises UsageError where there is one."""
    opened, path = _opened(root, slug), _path(slug)
    given = secret() if slug and (root / FILE).is_file() else None
    with alone(root):
        _finish(root)
        if (root / path).exists():
            raise UsageError(say("keys.exists", path=path))
        agency = _agency(root, given) if slug else None
        ring, master = sealing.engine().fresh(agency.master if agency else None, slug or "")
        filled, phrase = _with(ring, master, person, opened, slug)
        _store(root, {path: filled})
    told = say("keys.made_client", path=path, address=ring.id) if slug else say("keys.made_agency", path=path)
    return Changed((told, *_next(slug)), phrase)


def add(root: Path, slug: str | None, person: Person, secret: Callable[[], str | None]) -> Changed:
    """One more person; nobody else notices."""
    opened, given = _opened(root, slug), secret()
    with alone(root):
        _finish(root)
        ring, master = _ring(root, slug, _agency(root, given))
        if any(slot.label == _label(person) for slot in ring.slots):
            raise UsageError(say("keys.label_taken", label=_label(person)))
        filled, phrase = _with(ring, master, person, opened, slug)
        _store(root, {_path(slug): filled})
    return Changed((say("keys.added", label=_label(person), path=_path(slug)), *_next(slug)), phrase)


def listed(root: Path, slug: str | None, today: date) -> tuple[Message, ...]:
    """Who may open the portal; asks for no passphrase."""
    _opened(root, slug)
    with alone(root):
        _finish(root)
        ring = _plain(root, slug)
    lines = [say("keys.address", address=ring.id)]
    lines += [_line(slot, today) for slot in ring.slots]
    lines += [say("keys.line_gone", id=each.id, label=each.label) for each in ring.gone]
    return tuple(lines)


def revoke(root: Path, slug: str | None, who: str, secret: Callable[[], str | None]) -> Changed:
    """Take a person out, by label or slot, and renew the master key, so that nothing published from now on opens."""
    _opened(root, slug)
    given = secret()
    with alone(root):
        _finish(root)
        agency = _agency(root, given)
        ring, _ = _ring(root, slug, agency)
        found = [slot for slot in ring.slots if who in (slot.id, slot.label)]
        if len(found) != 1:
            raise UsageError(say("keys.nobody", who=who, known=tuple(slot.label for slot in ring.slots)))
        if len(ring.slots) == 1 and slug is None:
            raise UsageError(say("keys.last_one", label=found[0].label))
        changed, left = _renewed(root, slug, agency, found[0].id)
        _store(root, changed)
    told = say("keys.revoked", label=found[0].label, count=len(changed))
    return Changed((told, *left, say("keys.still_has"), say("keys.commit"), say("keys.publish_now")))


def rotate(root: Path, slug: str | None, secret: Callable[[], str | None]) -> Changed:
    """A new master key for everybody; passphrases and addresses stay. The agency's own renews every client's, too; that
    of a client whose folder was renamed goes with it."""
    _opened(root, slug)
    given = secret()
    with alone(root):
        _finish(root)
        agency = _agency(root, given)
        _ring(root, slug, agency, renamed=True)
        changed, left = _renewed(root, slug, agency, None)
        _store(root, changed)
    return Changed((say("keys.rotated", count=len(changed)), *left, say("keys.commit"), say("keys.publish_now")))


# ---------------------------------------------------------------- rings and their files


def _opened(root: Path, slug: str | None) -> Workspace:
    """The workspace. Raises UsageError for an unknown client."""
    opened = workspace.opened(root)
    if slug is not None and slug not in opened.slugs:
        raise UsageError(say("cli.no_such_client", client=slug, known=opened.slugs))
    return opened


def _agency(root: Path, given: str | None) -> sealing.Agency:
    if not (root / FILE).is_file():
        raise UsageError(say("keys.no_agency"))
    found = sealing.agency(root, given)
    if found is None:
        raise UsageError(say("keys.no_passphrase"))
    return found


def _plain(root: Path, slug: str | None) -> Keyring:
    ring, problems = read.keyring(root, slug or "")
    if problems:
        raise ProblemsFound(problems)
    if ring is None:
        raise UsageError(say("keys.none", client=slug) if slug else say("keys.no_agency"))
    return ring


def _ring(root: Path, slug: str | None, agency: sealing.Agency, *, renamed: bool = False) -> tuple[Keyring, Master]:
    """A ring and its master key. Raises ProblemsFound for one that the agency's key does not open, and for another
    client's, unless that folder was `renamed` to this one."""
    if slug is None:
        return agency.ring, agency.master
    ring, sealer = _plain(root, slug), sealing.engine()
    if ring.owner != slug and (not renamed or (root / _path(ring.owner)).is_file()):
        raise ProblemsFound([sealing.of_another(slug, ring)])
    try:
        master = sealer.opened(ring, agency.master)
    except sealer.WrongKey:
        raise ProblemsFound([sealing.foreign(slug)]) from None
    return replace(ring, owner=slug), master


def _renewed(
    root: Path, slug: str | None, agency: sealing.Agency, without: str | None
) -> tuple[dict[str, Keyring], tuple[Message, ...]]:
    """A ring under a new key, and with the agency's own those of all clients. A client's that cannot be opened keeps
    nobody from being taken out: it is told, and needs a new ring anyway."""
    sealer = sealing.engine()
    if slug is not None:
        ring, master = _ring(root, slug, agency, renamed=True)
        return {_path(slug): sealer.renewed(ring, master, agency.master, without)[0]}, ()
    ring, following = sealer.renewed(agency.ring, agency.master, None, without)
    changed, left = {FILE: ring}, []
    for owner in sealing.owners(root):
        try:
            own, master = _ring(root, owner, agency)
        except ProblemsFound:
            left.append(owner)
        else:
            changed[_path(owner)] = sealer.renewed(own, master, following)[0]
    return changed, (say("keys.left_out", clients=tuple(left)),) if left else ()


def _with(
    ring: Keyring, master: Master, person: Person, opened: Workspace, slug: str | None
) -> tuple[Keyring, str | None]:
    """The ring with one more person, and the passphrase if it was made here. Raises UsageError for a weak one."""
    sealer, label = sealing.engine(), _label(person)
    if not label or len(label) > LABEL:
        raise UsageError(say("keys.label", limit=LABEL))
    told = _client(opened, slug)
    if person.chosen is None:
        languages = told.get("languages")
        language = languages[0] if isinstance(languages, list) and languages else opened.site.languages[0]
        made, bits = sealer.generated(str(language))
        return sealer.added(ring, master, label, made, bits, person.until), made
    known = (label, slug or "", str(told.get("name", "")), opened.site.agency.name)
    try:
        bits = sealer.weakness(person.chosen, BITS, known)
    except sealer.Weak as weak:
        raise UsageError(say("keys.weak", bits=weak.bits, least=BITS)) from None
    return sealer.added(ring, master, label, person.chosen, bits, person.until), None


def _label(person: Person) -> str:
    return " ".join(person.label.split())


def _client(opened: Workspace, slug: str | None) -> Mapping[str, Any]:
    """A client's file, as far as it can be read."""
    document, _ = read.document(opened.root, f"data/{slug}/client.yaml") if slug else (None, ())
    return document.data if document is not None and isinstance(document.data, dict) else {}


def _path(slug: str | None) -> str:
    return f"data/{slug}/{FILE}" if slug else FILE


def _next(slug: str | None) -> tuple[Message, ...]:
    return (say("keys.commit"), say("keys.then_build")) if slug else (say("keys.commit"), say("keys.then_clients"))


def _line(slot: Slot, today: date) -> Message:
    if not slot.until:
        return say("keys.line", id=slot.id, label=slot.label, bits=slot.bits)
    until = date.fromisoformat(slot.until)
    kind = "keys.line_expired" if until < today else "keys.line_until"
    return say(kind, id=slot.id, label=slot.label, bits=slot.bits, day=until)


def _store(root: Path, rings: Mapping[str, Keyring]) -> None:
    """Put the rings in place, all of them or none."""
    for path, ring in rings.items():
        _write(root / f"{path}{NEXT}", read.keyring_text(ring))
    _write(root / f"{STEPS}{NEXT}", json.dumps(sorted(rings)))
    (root / f"{STEPS}{NEXT}").replace(root / STEPS)
    _finish(root)


def _finish(root: Path) -> None:
    """Put in place what an interrupted change has left beside the rings."""
    steps = root / STEPS
    if steps.is_file():
        for path in _listed(steps.read_bytes()):
            if (root / f"{path}{NEXT}").is_file():
                (root / f"{path}{NEXT}").replace(root / path)
        steps.unlink()


def _listed(steps: bytes) -> list[str]:
    """The paths of rings that a list of steps names. Raises UsageError for one that names anything else."""
    try:
        paths = json.loads(steps)
    except ValueError:
        paths = None
    if not isinstance(paths, list) or not all(isinstance(path, str) and _RING.fullmatch(path) for path in paths):
        raise UsageError(say("keys.steps_damaged", path=STEPS))
    return paths


def _write(path: Path, text: str) -> None:
    """Return when the text is on the disk itself."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
