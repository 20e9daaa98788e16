"""Bodies by the digest of what made them; a file that may be deleted at any time. Knows nothing of pages or figures.

Several processes may use one file at once: what each of them makes is kept for itself until `flush`. Bodies lie there
as they are: packing them took more of the processor than all else here, and the folders hold as much again anyway.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TypeVar

from sitegen.model import codec

T = TypeVar("T")
_SCHEMA = """
create table if not exists body (digest text primary key, content blob not null) without rowid;
create table if not exists made (key text primary key, digest text not null) without rowid;
"""
_LAYOUT = 3
_PATIENCE = 120  # seconds that a process waits for another one to finish its writing


def key_of(*parts: str) -> str:
    """The name of what is made of these parts."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class Store:
    """A content-addressed store in one SQLite file. A body that does not match its digest is as good as absent."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._bodies: dict[str, bytes] = {}
        self._made: dict[str, str] = {}
        self._used: set[str] = set()
        self._base = self._opened()

    def _opened(self) -> sqlite3.Connection:
        """The database; a damaged or foreign one is begun anew, since everything in it can be made again."""
        if self._path.exists() and not _readable(self._path):
            discard(self._path)
        base = sqlite3.connect(self._path, timeout=_PATIENCE, check_same_thread=False)
        base.execute("pragma synchronous = off")
        if base.execute("pragma user_version").fetchone()[0] != _LAYOUT:
            base.executescript(f"pragma journal_mode = wal; {_SCHEMA} pragma user_version = {_LAYOUT};")
        return base

    def put(self, body: bytes) -> str:
        """Keep `body`; its SHA-256 in hex is its name."""
        digest = hashlib.sha256(body).hexdigest()
        self._bodies[digest] = body
        return digest

    def get(self, digest: str) -> bytes | None:
        """The body of that digest, or None when it is absent or damaged."""
        if digest in self._bodies:
            return self._bodies[digest]
        row = self._base.execute("select content from body where digest = ?", (digest,)).fetchone()
        return row[0] if row is not None and hashlib.sha256(row[0]).hexdigest() == digest else None

    def body(self, digest: str) -> bytes:
        """The body of that digest; KeyError when it is not there."""
        found = self.get(digest)
        if found is None:
            raise KeyError(digest)
        return found

    def holds(self, digests: Iterable[str]) -> bool:
        """Whether each of these bodies is here; that it is sound is seen when it is read."""
        asked = {digest for digest in digests if digest not in self._bodies}
        marks = ",".join("?" * len(asked))
        found = self._base.execute(f"select count(*) from body where digest in ({marks})", (*asked,))  # noqa: S608
        return bool(found.fetchone()[0] == len(asked))

    def remember(self, key: str, body: bytes) -> None:
        """Keep `body` as what the inputs named by `key` made."""
        self._made[key] = self.put(body)
        self._used.add(key)

    def recall(self, key: str) -> bytes | None:
        """What the inputs named by `key` made, when it is still here."""
        self._used.add(key)
        if key in self._made:
            return self.get(self._made[key])
        row = self._base.execute("select digest from made where key = ?", (key,)).fetchone()
        return self.get(row[0]) if row else None

    def remember_as(self, key: str, value: object) -> None:
        """Keep a computed value, as `codec` writes it."""
        self.remember(key, codec.encode(value).encode())

    def recall_as(self, key: str, kind: type[T]) -> T | None:
        """The value that was remembered under `key`, when it is still here."""
        body = self.recall(key)
        return codec.decode(body.decode(), kind) if body is not None else None

    def forget(self, digest: str) -> None:
        """Take a body away that turned out to be damaged, with every name that it has."""
        self.flush()
        with self._base:
            self._base.execute("delete from made where digest = ?", (digest,))
            self._base.execute("delete from body where digest = ?", (digest,))

    def keep(self, names: Collection[str]) -> None:
        """Forget every body but those whose digest is among `names`, or whose key is, or was used here."""
        self.flush()
        wanted, stale = set(names), []
        for key, digest in self._base.execute("select key, digest from made"):
            if key in names or key in self._used:
                wanted.add(digest)
            else:
                stale.append((key,))
        unnamed = [(d,) for (d,) in self._base.execute("select digest from body") if d not in wanted]
        with self._base:
            self._base.executemany("delete from made where key = ?", stale)
            self._base.executemany("delete from body where digest = ?", unnamed)

    def flush(self) -> None:
        """Write what was kept since the last time, at one stroke."""
        if not (self._bodies or self._made):
            return
        with self._base:
            self._base.executemany("insert or replace into body values (?, ?)", self._bodies.items())
            self._base.executemany("insert or replace into made values (?, ?)", self._made.items())
        self._bodies.clear()
        self._made.clear()

    def close(self) -> None:
        self.flush()
        self._base.close()


def _readable(path: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=_PATIENCE)) as base:
            return bool(base.execute("pragma user_version").fetchone()[0] in (0, _LAYOUT))  # 0: about to be made
    except sqlite3.OperationalError:  # another process is at work on it
        return True
    except sqlite3.DatabaseError:
        return False


def discard(path: Path) -> None:
    """Throw the whole store away."""
    for file in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        file.unlink(missing_ok=True)
