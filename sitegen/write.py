"""A site's manifests and their bodies in, a folder out; does not render or judge, nor touch a folder that is not ours.

What is to change is first staged in `.sitegen-journal/`, the list of steps last and at one stroke. From then on a write
can only go forward: whoever comes next takes the steps again, and each of them may be taken twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from sitegen.errors import OutputRefused
from sitegen.messages import say
from sitegen.model.built import Entry, Manifest, PortalSummary

STATE = ".sitegen.json"  # in the site's root: marks the folder as ours and remembers every manifest in it
JOURNAL = ".sitegen-journal"
STEPS, NEW_STATE = "journal.json", "state.json"  # in the journal, beside the numbered bodies
FORMAT = 1
MANY = 50  # files, from which on one sync of the whole machine is cheaper than one of each

Step: TypeAlias = tuple[str, str | None]  # an address, and the staged file to place there; None removes what is there


@dataclass(frozen=True, slots=True)
class Written:
    """The addresses that were written, removed, and left as they stood (the kept portals' among them), in order."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


def _mkdir(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)


def _write(path: Path, body: bytes) -> None:
    path.write_bytes(body)


def _link(twin: Path, path: Path) -> bool:
    """A second name for a file: far cheaper than a second file. Whether the file system knows such names."""
    try:
        os.link(twin, path)
    except OSError:
        return False
    return True


def _sync(paths: Collection[Path]) -> None:
    """Return when the files' contents and the folders' entries are on the disk itself."""
    if sys.platform == "linux" and len(paths) > MANY:  # elsewhere sync does not wait, or is not there
        os.sync()
        return
    for path in paths:
        is_folder = path.is_dir()
        if is_folder and os.name != "posix":  # a folder cannot be opened there, and its entries are written through
            continue
        descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@dataclass(frozen=True, slots=True)
class Effects:
    """All the ways in which this stage changes the disk, so that a test can stop before or within any of them."""

    mkdir: Callable[[Path], None] = _mkdir
    write: Callable[[Path, bytes], None] = _write
    link: Callable[[Path, Path], bool] = _link
    replace: Callable[[Path, Path], None] = os.replace
    unlink: Callable[[Path], None] = os.unlink
    rmdir: Callable[[Path], None] = os.rmdir
    sync: Callable[[Collection[Path]], None] = _sync


DISK = Effects()


def site(
    manifests: Iterable[Manifest],
    body: Callable[[str], bytes],
    folder: Path,
    keep: Collection[str] = (),
    effects: Effects = DISK,
    seen: Mapping[str, str] = MappingProxyType({}),
    twins: Mapping[str, Path] = MappingProxyType({}),
) -> Written:
    """Make `folder` hold exactly the files of `manifests`, and those of the manifests named in `keep` as they stand.

    `body` gives the content of a digest. A file is believed unchanged only by its size and SHA-256, or when `seen`
    (address → digest) says that nothing has touched it since it was written. Only files that an earlier write recorded
    are removed, and the folders that this empties. Where `twins` names by a digest a file that holds just that, it gets
    a second name instead of a copy: files of ours are replaced, never written into. Raises OutputRefused before
    anything changes: for a folder that is not ours, an address outside it or given twice, a body that is not its
    digest's.
    """
    recover(folder, effects)
    _refuse_foreign(folder)
    given = tuple(manifests)
    before = last(folder)
    missing = {*keep} - {manifest.name for manifest in given}
    kept = [manifest for manifest in before if manifest.name in missing]
    entries = _by_address([*given, *kept])
    settled = {entry.address for manifest in kept for entry in manifest.entries}
    changed = [
        entry
        for a, entry in sorted(entries.items())
        if a not in settled and seen.get(a) != entry.digest and not _holds(folder / a, entry)
    ]
    removed = sorted({entry.address for manifest in before for entry in manifest.entries} - entries.keys())
    written = [entry.address for entry in changed]
    _refuse_obstructed(folder, written, removed)
    state = _encode([*given, *kept])
    if changed or removed or not (folder / STATE).is_file() or (folder / STATE).read_bytes() != state:
        _stage(folder, changed, removed, body, twins, state, effects)
        recover(folder, effects)
    return Written(tuple(written), tuple(removed), tuple(sorted(entries.keys() - {*written})))


def last(folder: Path) -> tuple[Manifest, ...]:
    """What the last finished write left in `folder`, by name; `recover` first, for one that was interrupted.

    Raises OutputRefused when the record cannot be read.
    """
    path = folder / STATE
    if not path.is_file():
        return ()
    try:
        state = json.loads(path.read_bytes())
        if state["format"] == FORMAT:
            return tuple(_manifest(data) for data in state["manifests"])
    except (ValueError, KeyError, TypeError):
        pass
    raise OutputRefused(say("write.unreadable_state", path=str(path)))


def recover(folder: Path, effects: Effects = DISK) -> None:
    """Finish an interrupted write whose list of steps is complete, else throw away what it had staged."""
    journal = folder / JOURNAL
    if folder.is_symlink() or journal.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OutputRefused(say("write.not_a_folder", folder=str(folder)))
    if (journal / STEPS).is_file():
        steps: list[Step] = json.loads((journal / STEPS).read_bytes())
        for address, staged in steps:
            _refuse_outside(address)
            if staged is None:
                _remove(folder, address, effects)
            else:
                _place(journal / staged, folder / address, effects)
        _place(journal / NEW_STATE, folder / STATE, effects)
        touched = (folder / parent for parent in sorted(_above(address for address, _ in steps)))
        effects.sync([folder, *(path for path in touched if path.is_dir())])
    _discard(journal, effects)


def _stage(
    folder: Path,
    changed: Sequence[Entry],
    removed: Sequence[str],
    body: Callable[[str], bytes],
    twins: Mapping[str, Path],
    state: bytes,
    effects: Effects,
) -> None:
    """Write the new bodies, the new state and the steps. Until the last rename nothing has happened."""
    journal = folder / JOURNAL
    try:
        effects.mkdir(journal)
        for number, entry in enumerate(changed):
            twin, staged = twins.get(entry.digest), journal / str(number)
            if twin is None or not _holds(twin, entry) or not effects.link(twin, staged):
                effects.write(staged, _sound(entry, body(entry.digest)))
        effects.write(journal / NEW_STATE, state)
        effects.write(journal / "draft", json.dumps(_steps(changed, removed)).encode())
        effects.sync([*journal.iterdir(), journal])
        effects.replace(journal / "draft", journal / STEPS)
        effects.sync([journal])
    except BaseException:
        _discard(journal, effects)
        raise


def _steps(changed: Sequence[Entry], removed: Sequence[str]) -> list[Step]:
    """What stands in the way goes first, pages come after what they load, what nobody links to any more goes last."""
    placed = {entry.address: str(number) for number, entry in enumerate(changed)}
    folders = _above(placed)
    obstacles = {r: None for r in removed if r in folders or not placed.keys().isdisjoint(_parents(r))}
    return [
        *obstacles.items(),
        *sorted(placed.items(), key=lambda step: step[0].endswith(".html")),
        *((address, None) for address in removed if address not in obstacles),
    ]


def _place(staged: Path, target: Path, effects: Effects) -> None:
    if staged.is_file():  # else it was placed before the interruption
        if not target.parent.is_dir():
            effects.mkdir(target.parent)
        effects.replace(staged, target)


def _remove(folder: Path, address: str, effects: Effects) -> None:
    target = folder / address
    if target.is_symlink() or target.is_file():
        effects.unlink(target)
    for parent in (folder / parent for parent in reversed(_parents(address))):
        if parent.is_dir():
            with os.scandir(parent) as inside:
                if any(inside):
                    return
            effects.rmdir(parent)


def _discard(journal: Path, effects: Effects) -> None:
    if (journal / STEPS).is_file():  # first of all: steps without the bodies they name would pass for taken
        effects.unlink(journal / STEPS)
        effects.sync([journal])
    if journal.is_dir():
        for file in sorted(journal.iterdir()):
            effects.unlink(file)
        effects.rmdir(journal)


def _sound(entry: Entry, content: bytes) -> bytes:
    if hashlib.sha256(content).hexdigest() != entry.digest:
        raise OutputRefused(say("write.damaged_body", address=entry.address))
    return content


def _holds(path: Path, entry: Entry) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode) or found.st_size != entry.size:
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == entry.digest


def _parents(address: str) -> list[str]:
    """The folders above an address, the outermost first."""
    parts = address.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def _above(addresses: Iterable[str]) -> set[str]:
    return {parent for address in addresses for parent in _parents(address)}


def _by_address(manifests: Iterable[Manifest]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for entry in (entry for manifest in manifests for entry in manifest.entries):
        _refuse_outside(entry.address)
        if entry.address in entries:
            raise OutputRefused(say("write.address_twice", address=entry.address))
        entries[entry.address] = entry
    for address in entries:
        for parent in _parents(address):
            if parent in entries:
                raise OutputRefused(say("write.file_and_folder", address=parent))
    return entries


def _refuse_outside(address: str) -> None:
    parts = address.split("/")
    if re.search(r"[\\:\x00-\x1f]", address) or any(
        part in {"", ".", ".."} or part.casefold().startswith(".sitegen") for part in parts
    ):
        raise OutputRefused(say("write.bad_address", address=address))


def _refuse_foreign(folder: Path) -> None:
    if folder.is_dir() and not (folder / STATE).is_file() and any(folder.iterdir()):
        raise OutputRefused(say("write.not_ours", folder=str(folder)))


def _refuse_obstructed(folder: Path, written: Sequence[str], removed: Sequence[str]) -> None:
    """Refuse a link on the way to a file of ours, and a file or folder of somebody else's where one of ours must be."""
    emptied, freed = _above(removed), {*removed}

    def is_ours(path: Path) -> bool:
        return path.relative_to(folder).as_posix() in (emptied if _is_folder(path) else freed)

    above = (folder / parent for parent in _above([*written, *removed]))
    inside = (path for address in written if _is_folder(root := folder / address) for path in (root, *root.rglob("*")))
    blocked = [path for path in above if path.is_symlink() or path.is_file()] + [*inside]
    for path in sorted(blocked):
        if not is_ours(path):
            raise OutputRefused(say("write.in_the_way", path=str(path)))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _encode(manifests: Iterable[Manifest]) -> bytes:
    """The same bytes for the same manifests, in whichever order they and their entries come."""

    def plain(value: Any) -> Any:
        if isinstance(value, frozenset):
            return sorted(value)
        return {field.name: getattr(value, field.name) for field in fields(value)}

    ordered = [replace(m, entries=tuple(sorted(m.entries, key=lambda entry: entry.address))) for m in manifests]
    state = {"format": FORMAT, "manifests": sorted(ordered, key=lambda manifest: manifest.name)}
    return json.dumps(state, default=plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _manifest(data: dict[str, Any]) -> Manifest:
    entries = (
        Entry(**entry | {"ids": frozenset(entry["ids"]), "links": frozenset(map(tuple, entry["links"]))})
        for entry in data["entries"]
    )
    summary = data["summary"] and PortalSummary(
        **data["summary"] | {"languages": tuple(data["summary"]["languages"]), "pages": tuple(data["summary"]["pages"])}
    )
    return Manifest(data["name"], tuple(entries), summary, data.get("report", ""))
