"""Folders in, what lies in them out: the files, their contents as one digest, their stamps; judges nothing.

A stamp is what the file system tells of a file without opening it. One that is as young as the moment of looking is
not to be trusted: the file may be written again within the same tick of the clock.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from operator import attrgetter
from pathlib import Path
from stat import S_ISREG
from typing import TypeAlias

TICK = 20_000_000  # ns: the coarsest clock of the file systems that matter writes a new time every 10 ms

Stamp: TypeAlias = tuple[int, int, int, int]  # size, modified and changed (ns), inode


@dataclass(frozen=True, slots=True)
class Look:
    """The digest of all names and stamps, and the time of the youngest (ns)."""

    digest: str
    youngest: int


def files(folder: Path, *, folders: bool = False) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below `folder` by its name relative to it, hidden ones left out; links are followed, not in rounds.

    With `folders` these are told too, their names ending in `/`.
    """
    left = [(str(folder), "", frozenset[tuple[int, int]]())]
    while left:
        here, prefix, above = left.pop()
        try:
            state, entries = os.stat(here), sorted(os.scandir(here), key=attrgetter("name"))  # noqa: PTH116 - much faster
        except OSError:
            continue
        identity = (state.st_dev, state.st_ino)
        if identity in above:
            continue
        if folders and prefix:
            yield prefix, state
        for entry in entries:
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            try:
                if entry.is_dir():
                    left.append((entry.path, f"{prefix}{entry.name}/", above | {identity}))
                elif S_ISREG((found := entry.stat()).st_mode):
                    yield prefix + entry.name, found
            except OSError:  # gone meanwhile, or a link that leads nowhere
                continue


def contents(folder: Path, without: str | None = None) -> str:
    """The digest of all files below `folder`, names and bytes; of those whose name fits `without` (`notes/*.md`),
    nothing."""
    told = hashlib.sha256()
    for name in sorted(name for name, _ in files(folder)):
        if without and fnmatchcase(name, without):
            continue
        try:
            with (folder / name).open("rb") as opened:
                digest = hashlib.file_digest(opened, "sha256").digest()
        except OSError:
            digest = b"unreadable"
        told.update(os.fsencode(name) + b"\0" + digest)
    return told.hexdigest()


def look(paths: Iterable[Path], shallow: Collection[Path] = ()) -> Look:
    """The stamps of some files and folders, at one glance; of a `shallow` folder only its own."""
    told, youngest = hashlib.sha256(), 0
    for path in paths:
        found = files(path, folders=True) if path.is_dir() and path not in shallow else _single(path)
        lines = []
        for name, state in found:
            if name.endswith("/"):
                lines.append(name)
            else:
                lines.append(f"{name}\0{stamp(state)}")
                youngest = max(youngest, _touched(state))
        told.update("\0".join((str(path), *sorted(lines), "")).encode(errors="surrogateescape"))
    return Look(told.hexdigest(), youngest)


def _touched(state: os.stat_result) -> int:
    """When a file was last touched (ns). Nobody can set the time of a change, where there is one."""
    return state.st_ctime_ns if os.name == "posix" else max(state.st_mtime_ns, state.st_ctime_ns)


def stamp(state: os.stat_result) -> Stamp:
    """What tells that a file was written again."""
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino


def now(folder: Path) -> int:
    """The time of the file system that `folder` lies on (ns), as it stamps a file that is written now."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / "now"
    mark.write_bytes(b"")
    return mark.stat().st_mtime_ns


def _single(path: Path) -> Iterable[tuple[str, os.stat_result]]:
    try:
        return (("", path.stat()),)
    except OSError:
        return ()


def known(folder: Path) -> Mapping[str, Stamp]:
    """The stamps of a folder's files by name."""
    return {name: stamp(state) for name, state in files(folder)}
