"""Keyrings made, filled, listed and renewed; a passphrase is made or asked for, shown once and kept nowhere.

Several rings may change together, when the agency's key does: what each becomes is written beside it first, the list
of them last. From then on the next command goes on where this one stopped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sitegen import read
from sitegen.build import sealing, workspace
from sitegen.build.workspace import Workspace
from sitegen.errors import ProblemsFound, UsageError
from sitegen.messages import Message, say
from sitegen.model.sealed import BITS, FILE, Keyring, Master, Slot

NEXT = ".new"
STEPS = Path(".sitegen") / "keys.json"  # the rings that a change has still to put in place
LABEL = 80  # characters


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
    opened = _opened(root, slug)
    path = _path(slug)
    if (root / path).exists():
        raise UsageError(say("keys.exists", path=path))
    agency = _agency(root, secret) if slug else None
    sealer = sealing.engine()
    ring, master = sealer.fresh(agency.master if agency else None)
    filled, phrase = _with(ring, master, agency.master if agency else master, person, _language(opened, slug))
    _store(root, {path: filled})
    told = say("keys.made_client", path=path, address=ring.id) if slug else say("keys.made_agency", path=path)
    return Changed((told, *_next(slug)), phrase)


def add(root: Path, slug: str | None, person: Person, secret: Callable[[], str | None]) -> Changed:
    """One more person; nobody else notices."""
    opened, agency = _opened(root, slug), _agency(root, secret)
    ring, master = _ring(root, slug, agency)
    if any(slot.label == " ".join(person.label.split()) for slot in ring.slots):
        raise UsageError(say("keys.label_taken", label=person.label))
    filled, phrase = _with(ring, master, agency.master, person, _language(opened, slug))
    _store(root, {_path(slug): filled})
    return Changed((say("keys.added", label=person.label, path=_path(slug)), *_next(slug)), phrase)


def listed(root: Path, slug: str | None, today: date) -> tuple[Message, ...]:
    """Who may open the portal; asks for no passphrase."""
    _opened(root, slug)
    ring = _plain(root, slug)
    lines = [say("keys.address", address=ring.id)]
    lines += [_line(slot, today) for slot in ring.slots]
    lines += [say("keys.line_gone", id=each.id, label=each.label) for each in ring.gone]
    return tuple(lines)


def revoke(root: Path, slug: str | None, who: str, secret: Callable[[], str | None]) -> Changed:
    """Take a person out, by label or slot, and renew the master key, so that nothing published from now on opens."""
    _opened(root, slug)
    agency = _agency(root, secret)
    ring, _ = _ring(root, slug, agency)
    found = [slot for slot in ring.slots if who in (slot.id, slot.label)]
    if len(found) != 1:
        raise UsageError(say("keys.nobody", who=who, known=tuple(slot.label for slot in ring.slots)))
    if len(ring.slots) == 1 and slug is None:
        raise UsageError(say("keys.last_one", label=found[0].label))
    count = _renew(root, slug, agency, found[0].id)
    told = say("keys.revoked", label=found[0].label, count=count)
    return Changed((told, say("keys.still_has"), say("keys.commit"), say("keys.publish_now")))


def rotate(root: Path, slug: str | None, secret: Callable[[], str | None]) -> Changed:
    """A new master key for everybody; passphrases and addresses stay. The agency's own renews every client's, too."""
    _opened(root, slug)
    agency = _agency(root, secret)
    _ring(root, slug, agency)
    return Changed(
        (say("keys.rotated", count=_renew(root, slug, agency, None)), say("keys.commit"), say("keys.publish_now"))
    )


# ---------------------------------------------------------------- rings and their files


def _opened(root: Path, slug: str | None) -> Workspace:
    """The workspace; a change that was interrupted is finished first. Raises UsageError for an unknown client."""
    opened = workspace.opened(root)
    if slug is not None and slug not in opened.slugs:
        raise UsageError(say("cli.no_such_client", client=slug, known=opened.slugs))
    _finish(root)
    return opened


def _agency(root: Path, secret: Callable[[], str | None]) -> sealing.Agency:
    if not (root / FILE).is_file():
        raise UsageError(say("keys.no_agency"))
    found = sealing.agency(root, secret())
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


def _ring(root: Path, slug: str | None, agency: sealing.Agency) -> tuple[Keyring, Master]:
    """A ring and its master key. Raises ProblemsFound for one that the agency's key does not open."""
    if slug is None:
        return agency.ring, agency.master
    ring, sealer = _plain(root, slug), sealing.engine()
    try:
        return ring, sealer.opened(ring, agency.master)
    except sealer.WrongKey:
        raise ProblemsFound([sealing.foreign(slug)]) from None


def _renew(root: Path, slug: str | None, agency: sealing.Agency, without: str | None) -> int:
    """Renew a ring, and with the agency's own those of all clients; gives how many rings there are new keys for."""
    sealer = sealing.engine()
    if slug is not None:
        ring, master = _ring(root, slug, agency)
        _store(root, {_path(slug): sealer.renewed(ring, master, agency.master, without)[0]})
        return 1
    ring, following = sealer.renewed(agency.ring, agency.master, agency.master, without)
    changed = {FILE: ring}
    for folder in sorted((root / "data").iterdir()):
        if (folder / FILE).is_file():
            own, master = _ring(root, folder.name, agency)
            changed[_path(folder.name)] = sealer.renewed(own, master, agency.master, next_agency=following)[0]
    _store(root, changed)
    return len(changed)


def _with(ring: Keyring, master: Master, agency: Master, person: Person, language: str) -> tuple[Keyring, str | None]:
    """The ring with one more person, and the passphrase if it was made here. Raises UsageError for a weak one."""
    sealer = sealing.engine()
    label = " ".join(person.label.split())
    if not label or len(label) > LABEL:
        raise UsageError(say("keys.label", limit=LABEL))
    if person.chosen is None:
        made, bits = sealer.generated(language)
        return sealer.added(ring, master, agency, label, made, bits, person.until), made
    try:
        bits = sealer.weakness(person.chosen, BITS, (label,))
    except sealer.Weak as weak:
        raise UsageError(say("keys.weak", bits=weak.bits, least=BITS)) from None
    return sealer.added(ring, master, agency, label, person.chosen, bits, person.until), None


def _language(opened: Workspace, slug: str | None) -> str:
    """The leading language of a client, as far as its file tells it, else the site's."""
    document, _ = read.document(opened.root, f"data/{slug}/client.yaml") if slug else (None, ())
    data = document.data if document is not None and isinstance(document.data, dict) else {}
    told = data.get("languages")
    return str(told[0]) if isinstance(told, list) and told else opened.site.languages[0]


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
        (root / f"{path}{NEXT}").write_text(read.keyring_text(ring), "utf-8")
    steps = root / STEPS
    steps.parent.mkdir(exist_ok=True)
    draft = steps.with_suffix(NEXT)
    draft.write_text(json.dumps(sorted(rings)), "utf-8")
    draft.replace(steps)
    _finish(root)


def _finish(root: Path) -> None:
    """Put in place what a change has left beside the rings."""
    steps = root / STEPS
    if steps.is_file():
        for path in json.loads(steps.read_text("utf-8")):
            if (root / f"{path}{NEXT}").is_file():
                (root / f"{path}{NEXT}").replace(root / path)
        steps.unlink()
