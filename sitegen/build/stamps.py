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
from pathlib import Path
from stat import S_ISREG
from typing import TypeAlias

UNFORGED = os.name == "posix"  # there is a time of change, which nobody can set
TICK = 20_000_000  # ns: the coarsest clock of the file systems that matter writes a new time every 10 ms

Stamp: TypeAlias = tuple[int, int, int, int]  # size, modified and changed (ns), inode


@dataclass(frozen=True, slots=True)
class Look:
    """The digest of all names and stamps, and the time of the youngest (ns)."""

    digest: str
    youngest: int


def files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below `folder` by its name relative to it, in any order, hidden ones left out; links are followed, not
    in rounds."""
    for name, found in _walk(folder):
        if found is not None:
            yield name, found


def _walk(folder: Path) -> Iterator[tuple[str, os.stat_result | None]]:
    """Files as `files` tells them, and folders, without a state, their names ending in `/`.

    A portal is thirty small files in a dozen folders: here each call of the system counts.
    """
    left = [(str(folder), "")]
    while left:
        here, prefix = left.pop()
        try:
            entries = list(os.scandir(here))
        except OSError:
            continue
        if prefix:
            yield prefix, None
        for entry in entries:
            name = entry.name
            if name[0] == "." or name == "__pycache__":
                continue
            try:
                if entry.is_dir():
                    if not (entry.is_symlink() and _is_round(Path(entry.path), folder)):
                        left.append((entry.path, f"{prefix}{name}/"))
                elif S_ISREG((found := entry.stat()).st_mode):
                    yield prefix + name, found
            except OSError:  # gone meanwhile, or a link that leads nowhere
                continue


def _is_round(link: Path, folder: Path) -> bool:
    """Whether a link leads to one of the folders that it lies in, up to `folder`."""
    above = [parent for parent in link.parents if parent.is_relative_to(folder)]
    return any(link.samefile(parent) for parent in above)


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
        lines = []
        for name, state in _walk(path) if path.is_dir() and path not in shallow else _single(path):
            if state is None:
                lines.append(name)
                continue
            size, modified, changed, inode = stamp(state)
            lines.append(f"{name}\0{size} {modified} {changed} {inode}")
            touched = changed if UNFORGED else max(modified, changed)
            if touched > youngest:
                youngest = touched
        lines.sort()
        told.update("\0".join((str(path), *lines, "")).encode(errors="surrogateescape"))
    return Look(told.hexdigest(), youngest)


def everything(folders: Iterable[Path]) -> Iterator[str]:
    """The paths of some folders, there or not, and of all that lies in them."""
    for folder in folders:
        yield str(folder)
        yield from (f"{folder}/{name}" for name, _ in _walk(folder))


def stamped(paths: Iterable[str]) -> str:
    """The digest of the stamps of files and folders that are known by path: a third cheaper than to look for them.

    A folder's own stamp tells of a file that came or went.
    """
    told = []
    for path in paths:
        try:
            size, modified, changed, inode = stamp(os.stat(path))  # noqa: PTH116 - much faster
        except OSError:
            told.append(f"{path}\0gone")
        else:
            told.append(f"{path}\0{size} {modified} {changed} {inode}")
    return hashlib.sha256("\0".join(told).encode(errors="surrogateescape")).hexdigest()


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
