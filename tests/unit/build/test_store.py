"""A store that may be lost, damaged or stale, and never gives a wrong body."""

import sqlite3
from pathlib import Path

import pytest

from sitegen.build.store import Store


def test_a_body_comes_back_by_its_digest_and_after_reopening(tmp_path: Path) -> None:
    store = Store(tmp_path / "s" / "store.sqlite")
    digest = store.put(b"body")
    store.remember("key", b"made")
    store.close()
    again = Store(tmp_path / "s" / "store.sqlite")
    assert (again.get(digest), again.recall("key"), again.recall("other")) == (b"body", b"made", None)


def test_a_damaged_body_is_as_good_as_absent(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    first, second = store.put(b"first"), store.put(b"second")
    store.close()
    with sqlite3.connect(tmp_path / "store.sqlite") as base:
        base.execute("update body set content = ? where digest = ?", (b"junk", first))
        (other,) = base.execute("select content from body where digest = ?", (second,)).fetchone()
        base.execute("insert into body values (?, ?)", ("0" * 64, other))
    again = Store(tmp_path / "store.sqlite")
    assert (again.get(first), again.get("0" * 64), again.get(second)) == (None, None, b"second")
    with pytest.raises(KeyError):
        again.body(first)


def test_a_file_that_is_no_store_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    store = Store(tmp_path / "store.sqlite")
    assert store.get(store.put(b"x")) == b"x"


def test_what_nobody_names_is_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    wanted, stale = store.put(b"wanted"), store.put(b"stale")
    store.remember("used", b"drawn")
    store.remember("unused", b"old drawing")
    store.close()
    store = Store(tmp_path / "store.sqlite")
    store.keep({wanted, "used"})
    assert (store.get(wanted), store.get(stale)) == (b"wanted", None)
    assert (store.recall("used"), store.recall("unused")) == (b"drawn", None)


def test_a_store_that_another_process_is_writing_is_not_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    first = Store(path)
    first.remember("key", b"made")
    first.flush()
    with sqlite3.connect(path) as busy:
        busy.execute("begin immediate")
        assert Store(path).recall("key") == b"made"
    first.close()
