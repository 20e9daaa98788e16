"""Bodies by the digest of what made them; a file that may be deleted at any time. Knows nothing of pages or figures."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import zlib
from collections.abc import Collection
from pathlib import Path

_SCHEMA = """
create table if not exists body (digest text primary key, packed blob not null) without rowid;
create table if not exists made (key text primary key, digest text not null) without rowid;
"""
_LAYOUT = 1


class Store:
    """A content-addressed store in one SQLite file. A body that does not match its digest is as good as absent."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._base = self._opened()

    def _opened(self) -> sqlite3.Connection:
        """The database; a damaged or foreign one is begun anew, since everything in it can be made again."""
        if self._path.exists() and not _readable(self._path):
            self._path.unlink()
        base = sqlite3.connect(self._path)
        base.executescript(_SCHEMA + f"pragma user_version = {_LAYOUT}; pragma synchronous = off;")
        return base

    def put(self, body: bytes) -> str:
        """Keep `body`; its SHA-256 in hex is its name."""
        digest = hashlib.sha256(body).hexdigest()
        self._base.execute("insert or replace into body values (?, ?)", (digest, zlib.compress(body, 1)))
        return digest

    def get(self, digest: str) -> bytes | None:
        """The body of that digest, or None when it is absent or damaged."""
        row = self._base.execute("select packed from body where digest = ?", (digest,)).fetchone()
        if row is None:
            return None
        try:
            body = zlib.decompress(row[0])
        except zlib.error:
            return None
        return body if hashlib.sha256(body).hexdigest() == digest else None

    def body(self, digest: str) -> bytes:
        """The body of that digest; KeyError when it is not there."""
        found = self.get(digest)
        if found is None:
            raise KeyError(digest)
        return found

    def remember(self, key: str, body: bytes) -> None:
        """Keep `body` as what the inputs named by `key` made."""
        self._base.execute("insert or replace into made values (?, ?)", (key, self.put(body)))

    def recall(self, key: str) -> bytes | None:
        """What the inputs named by `key` made, when it is still here."""
        row = self._base.execute("select digest from made where key = ?", (key,)).fetchone()
        return self.get(row[0]) if row else None

    def keep(self, digests: Collection[str], keys: Collection[str]) -> None:
        """Forget every body but those, and those that the keys made."""
        wanted = set(digests)
        for key, digest in self._base.execute("select key, digest from made").fetchall():
            if key in keys:
                wanted.add(digest)
            else:
                self._base.execute("delete from made where key = ?", (key,))
        stale = [(d,) for (d,) in self._base.execute("select digest from body").fetchall() if d not in wanted]
        self._base.executemany("delete from body where digest = ?", stale)

    def close(self) -> None:
        self._base.commit()
        self._base.close()


def _readable(path: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(path)) as base:
            return bool(base.execute("pragma user_version").fetchone()[0] == _LAYOUT)
    except sqlite3.DatabaseError:
        return False
