"""A payload in, a folder that holds it out; touches no file that an earlier publication did not write there.

The folder keeps a record of what is ours in it: digests of addresses, since a sealed portal's is known to its readers
alone and a host may serve the record as well.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from sitegen.errors import OutputRefused
from sitegen.messages import say
from sitegen.publish.payload import Payload

RECORD = ".sitegen-published.json"
DRAFT = ".sitegen-draft"  # a file in the making, before it takes its place at one stroke
NAMED = re.compile("[0-9a-f]{64}")
WELCOME = frozenset({".git"})  # what an empty folder may hold: a repository that waits for its site


@dataclass(frozen=True, slots=True)
class Copied:
    """The addresses that were written, removed, and left as they stood."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


def copy(payload: Payload, folder: Path) -> Copied:
    """Make `folder` hold the payload, and nothing of what was published there before and no longer is.

    Raises OutputRefused, before anything changes, for a folder that is not ours and for somebody else's file in the
    way. An interrupted copy is finished by the next one: the record names every file before it is there.
    """
    addresses, before = payload.addresses, _recorded(folder)
    _refuse_foreign(folder)
    held = {*addresses}
    removed = sorted(a for a in _files(folder) if a not in held and _named(a) in before) if before else []
    _refuse_obstructed(folder, [*addresses, *removed], before)
    changed = [address for address in addresses if not _holds(folder / address, payload.body(address))]
    ours = {_named(address) for address in addresses}
    _record(folder, ours | before)
    for address in changed:
        _place(folder, address, payload.body(address))
    for address in removed:
        _remove(folder, address)
    _record(folder, ours)
    return Copied(tuple(changed), tuple(removed), tuple(sorted({*addresses} - {*changed})))


def _named(address: str) -> str:
    """The name of an address in the record."""
    return sha256(address.encode()).hexdigest()


def _files(folder: Path) -> Iterator[str]:
    """The address of every file and link in the folder."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in WELCOME]
        inside = [Path(place) / name for name in (*files, *folders)]
        yield from (path.relative_to(folder).as_posix() for path in inside if path.is_symlink() or path.is_file())


def _recorded(folder: Path) -> frozenset[str]:
    """The names of the addresses that are ours in the folder; a record of an earlier version has the addresses."""
    path = folder / RECORD
    if not path.is_file():
        return frozenset()
    try:
        told = json.loads(path.read_bytes())
        if all(map(_is_inside, told)):
            return frozenset(each if NAMED.fullmatch(each) else _named(each) for each in told)
    except (ValueError, TypeError):
        pass
    raise OutputRefused(say("publish.unreadable_record", path=str(path)))


def _is_inside(address: str) -> bool:
    path = PurePosixPath(address)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in address and ":" not in address


def _refuse_foreign(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OutputRefused(say("write.not_a_folder", folder=str(folder)))
    if folder.is_dir() and not (folder / RECORD).is_file() and {path.name for path in folder.iterdir()} - WELCOME:
        raise OutputRefused(say("publish.not_ours", folder=str(folder)))


def _refuse_obstructed(folder: Path, addresses: Collection[str], before: Collection[str]) -> None:
    for address in sorted(addresses):
        target = folder / address
        above = [folder / parent for parent in PurePosixPath(address).parents]
        foreign = target.is_symlink() or target.is_dir() or (target.exists() and _named(address) not in before)
        blocked = [path for path in above[:-1] if path.is_symlink() or path.is_file()] + [target] * foreign
        if blocked:
            raise OutputRefused(say("write.in_the_way", path=str(blocked[0])))


def _holds(path: Path, body: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(body) and path.read_bytes() == body


def _record(folder: Path, ours: Collection[str]) -> None:
    _place(folder, RECORD, json.dumps(sorted(ours), indent=0).encode())


def _place(folder: Path, address: str, body: bytes) -> None:
    target, draft = folder / address, folder / DRAFT
    target.parent.mkdir(parents=True, exist_ok=True)
    draft.write_bytes(body)
    draft.replace(target)


def _remove(folder: Path, address: str) -> None:
    (folder / address).unlink(missing_ok=True)
    for parent in [folder / parent for parent in PurePosixPath(address).parents][:-1]:
        if parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
