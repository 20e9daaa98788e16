"""Whatever happens during a write, every file is whole, and the next write makes the folder what it was to be."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from pathlib import Path

import pytest

from sitegen import write
from sitegen.errors import OutputRefused
from sitegen.model.built import Entry, Manifest, PortalSummary

Portals = Mapping[str, Mapping[str, str]]  # manifest name → address → content

OLD: Portals = {
    "shared": {"assets/site.1.css": "old css", "index.html": "old home"},
    "atlas": {
        "atlas/index.html": "old start",
        "atlas/same.html": "same",
        "atlas/gone/deep/page.html": "gone",
        "atlas/file": "a file that becomes a folder",
        "atlas/folder/page.html": "a page whose folder becomes a file",
    },
}
NEW: Portals = {
    "shared": {"assets/site.2.css": "new css", "index.html": "new home"},
    "atlas": {
        "atlas/index.html": "new start",
        "atlas/same.html": "same",
        "atlas/twin.html": "same",
        "atlas/file/page.html": "in the new folder",
        "atlas/folder": "the new file",
    },
}


class Killed(BaseException):
    pass


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def manifests(portals: Portals) -> list[Manifest]:
    return [
        Manifest(name, tuple(Entry(address, digest(text), len(text.encode())) for address, text in files.items()))
        for name, files in portals.items()
    ]


def store(*sites: Portals) -> Callable[[str], bytes]:
    texts = (text for site in sites for files in site.values() for text in files.values())
    return {digest(text): text.encode() for text in texts}.__getitem__


def publish(portals: Portals, folder: Path, **options: object) -> write.Written:
    return write.site(manifests(portals), store(portals), folder, **options)  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, bytes | None]:
    """Everything in the folder, but for the journal; None is a folder."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
        if write.JOURNAL not in path.parts
    }


def contents(*portals: Portals) -> dict[str, set[bytes]]:
    """What may stand at each address, in any of these sites."""
    found: dict[str, set[bytes]] = {}
    for address, text in (item for site in portals for each in site.values() for item in each.items()):
        found.setdefault(address, set()).add(text.encode())
    return found


def killed_at(operation: int, torn: bool) -> write.Effects:
    """The disk until the given operation, which is not done, or torn: a file half written, anything else just done."""
    turns = itertools.count()

    def dying(name: str) -> Callable[..., None]:
        real = getattr(write.DISK, name)

        def effect(*arguments: object) -> None:
            turn = next(turns)
            if turn < operation:
                return real(*arguments)  # type: ignore[no-any-return]
            if turn == operation and torn:
                if name == "write":
                    path, body = arguments
                    path.write_bytes(body[: len(body) // 2])  # type: ignore[attr-defined,index,arg-type]
                else:
                    real(*arguments)
            raise Killed

        return effect

    return write.Effects(**{field.name: dying(field.name) for field in fields(write.Effects)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    publish(OLD, tmp_path / "site")
    return tmp_path / "site"


def test_a_site_is_written_and_changed_into_the_next(folder: Path) -> None:
    assert {path: body for path, body in files(folder).items() if body is not None and path != write.STATE} == {
        address: text.encode() for each in OLD.values() for address, text in each.items()
    }
    result = publish(NEW, folder)
    assert files(folder).keys() == {
        *(address for each in NEW.values() for address in each),
        *("assets", "atlas", "atlas/file", write.STATE),
    }
    assert result.unchanged == ("atlas/same.html",)
    assert result.removed == ("assets/site.1.css", "atlas/file", "atlas/folder/page.html", "atlas/gone/deep/page.html")
    assert {*result.written} == {address for each in NEW.values() for address in each} - {"atlas/same.html"}
    assert not (folder / write.JOURNAL).exists()


def test_nothing_is_touched_when_nothing_changed(folder: Path) -> None:
    result = publish(OLD, folder, effects=killed_at(0, torn=False))
    assert (result.written, result.removed, len(result.unchanged)) == ((), (), 7)


@pytest.mark.parametrize("damage", ["OLD HOME", "longer than the old home"])
def test_a_file_is_believed_by_its_digest_alone(folder: Path, damage: str) -> None:
    (folder / "index.html").write_text(damage)
    assert publish(OLD, folder).written == ("index.html",)
    assert (folder / "index.html").read_text() == "old home"


def test_the_state_does_not_depend_on_any_order(tmp_path: Path) -> None:
    backwards = {name: dict(reversed([*each.items()])) for name, each in reversed([*OLD.items()])}
    publish(OLD, tmp_path / "one")
    publish(backwards, tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_manifests_come_back_as_they_were_written(tmp_path: Path) -> None:
    summary = PortalSummary(
        "atlas", "Atlas été", "public", ("fr", "en"), {"fr": "a.html"}, ({"fr": "a.html"},), "2026-10-31", True, "c-1"
    )
    entry = Entry("a.html", digest("a"), 1, frozenset({"goals", "top"}), frozenset({("b.html", ""), ("a.html", "top")}))
    other = Manifest("shared", (Entry("b.html", digest("b"), 1),))
    write.site([other, Manifest("atlas", (entry,), summary)], store({"": {"": "a", "b": "b"}}), tmp_path / "site")
    assert write.last(tmp_path / "site") == (Manifest("atlas", (entry,), summary), other)
    assert write.last(tmp_path / "nowhere") == ()


def test_the_last_good_portal_of_a_failing_client_is_kept(folder: Path) -> None:
    result = publish({"shared": NEW["shared"]}, folder, keep={"atlas", "never seen"})
    assert all((folder / address).read_text() == text for address, text in {**OLD["atlas"], **NEW["shared"]}.items())
    assert result.removed == ("assets/site.1.css",)
    assert "atlas/same.html" in result.unchanged
    assert [manifest.name for manifest in write.last(folder)] == ["atlas", "shared"]
    publish({"shared": NEW["shared"]}, folder)
    assert not (folder / "atlas").exists()


def test_a_kept_file_is_not_asked_for_again(folder: Path) -> None:
    (folder / "atlas/same.html").write_text("mended by hand")
    assert publish({"shared": OLD["shared"]}, folder, keep={"atlas"}).written == ()


def test_a_portal_that_was_built_is_not_kept_as_it_was(folder: Path) -> None:
    publish(NEW, folder, keep={"atlas"})
    assert (folder / "atlas/index.html").read_text() == "new start"


def test_somebody_elses_files_stay(folder: Path) -> None:
    (folder / "CNAME").write_text("example.org")
    (folder / "atlas/gone/notes.txt").write_text("mine")
    publish(NEW, folder)
    assert (folder / "CNAME").exists()
    assert (folder / "atlas/gone/notes.txt").exists()
    assert not (folder / "atlas/gone/deep").exists()


def test_a_page_comes_after_what_it_loads_and_before_what_it_no_longer_loads_goes(folder: Path) -> None:
    order: list[str] = []

    def replace(source: Path, target: Path) -> None:
        order.append(target.relative_to(folder).as_posix())
        source.replace(target)

    def unlink(path: Path) -> None:
        order.append(path.relative_to(folder).as_posix())
        path.unlink()

    publish(NEW, folder, effects=write.Effects(replace=replace, unlink=unlink))
    journal = f"{write.JOURNAL}/{write.STEPS}"
    assert order == [
        *(journal, "atlas/file", "atlas/folder/page.html"),
        *("assets/site.2.css", "atlas/folder"),
        *("atlas/file/page.html", "atlas/index.html", "atlas/twin.html", "index.html"),
        *("assets/site.1.css", "atlas/gone/deep/page.html"),
        *(write.STATE, journal),
    ]


def twins(folder: Path, portals: Portals) -> dict[str, Path]:
    return {digest(text): folder / address for each in portals.values() for address, text in each.items()}


def test_a_twin_is_another_name_for_the_same_file_until_one_of_them_changes(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    publish(OLD, one)
    publish(OLD, other, twins=twins(one, OLD))
    assert files(other) == files(one)
    assert (other / "index.html").samefile(one / "index.html")
    publish(NEW, other, twins=twins(one, OLD))
    assert (one / "index.html").read_text() == "old home"
    assert (other / "index.html").read_text() == "new home"
    publish(NEW, one)
    publish(NEW, other, twins=twins(one, NEW))
    assert files(other) == files(one)


def test_a_twin_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    publish(OLD, one)
    (one / "index.html").write_text("old h0me", "utf-8")
    (one / "atlas/same.html").unlink()
    publish(OLD, other, twins=twins(one, OLD))
    assert (other / "index.html").read_text() == "old home"
    assert (other / "atlas/same.html").read_text() == "same"


def test_where_there_are_no_second_names_the_body_is_written(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    publish(OLD, one)
    publish(OLD, other, twins=twins(one, OLD), effects=write.Effects(link=lambda _, path: path.name == "no such file"))
    assert files(other) == files(one)
    assert not (other / "index.html").samefile(one / "index.html")
    absent = tmp_path / "absent"
    assert not write.DISK.link(absent, tmp_path / "name")


@pytest.mark.parametrize("torn", [False, True])
def test_killed_after_every_step_beside_a_twin(tmp_path: Path, torn: bool) -> None:
    publish(NEW, tmp_path / "clean")
    after = files(tmp_path / "clean")
    for operation in itertools.count():
        folder = tmp_path / str(operation)
        publish(OLD, folder)
        start = files(folder)
        try:
            publish(NEW, folder, effects=killed_at(operation, torn), twins=twins(tmp_path / "clean", NEW))
            break
        except Killed:
            write.recover(folder)
        assert files(folder) in (start, after)
        assert files(tmp_path / "clean") == after
    assert operation > 20
    assert files(folder) == after


@pytest.mark.parametrize("torn", [False, True])
@pytest.mark.parametrize("before", [OLD, {}], ids=["over an old site", "into an empty folder"])
def test_killed_after_every_step(tmp_path: Path, before: Portals, torn: bool) -> None:
    publish(NEW, tmp_path / "clean")
    after = files(tmp_path / "clean")
    allowed = contents(before, NEW)
    for operation in itertools.count():
        folder = tmp_path / str(operation)
        if before:
            publish(before, folder)
        start = files(folder)
        try:
            publish(NEW, folder, effects=killed_at(operation, torn))
            break
        except Killed:
            found = files(folder)
        for address, body in found.items():
            if body is not None and address != write.STATE:
                assert body in allowed[address], f"{address} is not whole after operation {operation}"
        if not (folder / write.JOURNAL / write.STEPS).exists():
            assert found in (start, after)
        write.recover(folder)
        assert files(folder) in (start, after)
        assert not (folder / write.JOURNAL).exists()
        publish(NEW, folder)
        assert files(folder) == after
    assert operation > 20
    assert files(folder) == after


def power_lost_at(operation: int) -> tuple[write.Effects, Callable[[], None]]:
    """The disk until the given operation, and the loss of all that was written but not synced until then."""
    disk = killed_at(operation, torn=False)
    unsafe: set[Path] = set()

    def written(path: Path, body: bytes) -> None:
        unsafe.add(path)
        disk.write(path, body)

    def replaced(source: Path, target: Path) -> None:
        disk.replace(source, target)
        if source in unsafe:
            unsafe.add(target)

    def synced(paths: Collection[Path]) -> None:
        disk.sync(paths)
        unsafe.difference_update(paths)

    def lose() -> None:
        for path in unsafe:
            if path.is_file():
                path.write_bytes(b"")

    return replace(disk, write=written, replace=replaced, sync=synced), lose


def test_the_power_is_lost_after_every_step(tmp_path: Path) -> None:
    publish(NEW, tmp_path / "clean")
    after = files(tmp_path / "clean")
    for operation in itertools.count():
        folder = tmp_path / str(operation)
        publish(OLD, folder)
        start = files(folder)
        effects, lose = power_lost_at(operation)
        try:
            publish(NEW, folder, effects=effects)
            break
        except Killed:
            lose()
        write.recover(folder)
        assert files(folder) in (start, after)
    assert operation > 20


def test_names_are_on_the_disk_before_the_list_of_steps_gets_or_loses_its_own(folder: Path) -> None:
    synced: set[Path] = set()
    listed: list[set[Path]] = []

    def replaced(source: Path, target: Path) -> None:
        source.replace(target)
        if target.name == write.STEPS:
            listed.append({*synced})
            synced.clear()

    def unlinked(path: Path) -> None:
        if path.name == write.STEPS:
            listed.append({*synced})
        path.unlink()

    publish(NEW, folder, effects=write.Effects(replace=replaced, unlink=unlinked, sync=synced.update))
    journal = folder / write.JOURNAL
    before, after = listed
    assert before == {journal, journal / "draft", journal / write.NEW_STATE, *(journal / str(n) for n in range(6))}
    assert after == {journal, folder, folder / "assets", folder / "atlas", folder / "atlas/file"}


@pytest.mark.parametrize("many", [0, write.MANY])
def test_files_and_folders_are_synced_one_by_one_or_at_once(
    many: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "MANY", many)
    monkeypatch.setattr(sys, "platform", "linux")
    calls: list[str] = []
    monkeypatch.setattr(os, "sync", lambda: calls.append("sync"))
    monkeypatch.setattr(os, "fsync", lambda descriptor: calls.append("fsync"))
    (tmp_path / "a").write_text("a")
    write.DISK.sync([tmp_path / "a", tmp_path])
    assert calls == (["fsync", "fsync"] if many else ["sync"])


def test_killed_again_and_again_while_recovering(folder: Path, tmp_path: Path) -> None:
    def only_the_journal(source: Path, target: Path) -> None:
        if target.name != write.STEPS:
            raise Killed
        source.replace(target)

    publish(NEW, tmp_path / "clean")
    with pytest.raises(Killed):
        publish(NEW, folder, effects=write.Effects(replace=only_the_journal))
    for attempt in itertools.count():
        try:
            write.recover(folder, killed_at(attempt, torn=attempt % 2 == 0))
            break
        except Killed:
            continue
    assert attempt > 4
    assert files(folder) == files(tmp_path / "clean")


def test_killed_for_good(folder: Path, tmp_path: Path) -> None:
    script = """
import os, sys
sys.path[:] = sys.argv[2].split(os.pathsep)
from pathlib import Path
from test_write import NEW, publish
from sitegen import write

left = iter(range(3))
def replace(source, target):
    if next(left, None) is None:
        os._exit(9)
    os.replace(source, target)

publish(NEW, Path(sys.argv[1]), effects=write.Effects(replace=replace))
"""
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    assert subprocess.run([sys.executable, "-c", script, str(folder), path], check=False).returncode == 9
    assert (folder / write.JOURNAL / write.STEPS).exists()
    publish(NEW, folder)
    publish(NEW, tmp_path / "clean")
    assert files(folder) == files(tmp_path / "clean")


def test_a_failure_before_the_journal_is_complete_changes_nothing(folder: Path) -> None:
    before = files(folder)
    with pytest.raises(KeyError):
        write.site(manifests(NEW), store({"": {"": "new home"}}), folder)
    assert files(folder) == before
    assert not (folder / write.JOURNAL).exists()


def test_a_write_that_is_given_up_may_be_killed_as_well(folder: Path, tmp_path: Path) -> None:
    def full_disk(paths: Collection[Path]) -> None:
        if any((path / write.STEPS).exists() for path in paths):
            raise OSError

    start = files(folder)
    for operation in itertools.count():
        effects = replace(killed_at(operation, torn=False), sync=full_disk, write=write.DISK.write)
        try:
            publish(NEW, folder, effects=effects)
        except Killed:
            write.recover(folder)
            assert files(folder) == start or publish(NEW, folder).written == ()
            publish(OLD, folder)
        except OSError:
            break
    assert operation > 5
    assert files(folder) == start
    assert not (folder / write.JOURNAL).exists()


def refused(key: str, portals: Portals, folder: Path) -> None:
    before = files(folder)
    with pytest.raises(OutputRefused) as caught:
        publish(portals, folder)
    assert caught.value.message.key == key
    assert files(folder) == before


def test_a_body_that_is_not_its_digest_is_refused(folder: Path) -> None:
    before = files(folder)
    with pytest.raises(OutputRefused) as caught:
        write.site(manifests(NEW), lambda digest: b"something else", folder)
    assert caught.value.message.key == "write.damaged_body"
    assert files(folder) == before


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work")
    refused("write.not_ours", OLD, tmp_path)


def test_a_link_or_a_file_is_not_a_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    refused("write.not_a_folder", NEW, tmp_path / "link")
    refused("write.not_a_folder", NEW, folder / "index.html")


@pytest.mark.parametrize(
    "address",
    [
        *("../a.html", "a/../../b.html", "/etc/a", "a\\b", "C:/a", "C:a", "a//b", "a/", "", ".", "./a", "a\0b"),
        *(".sitegen.json", ".sitegen-journal/0", "a/.Sitegen.json"),
    ],
)
def test_an_address_that_leaves_the_folder_or_is_reserved_is_refused(folder: Path, address: str) -> None:
    refused("write.bad_address", {"atlas": {address: "x"}}, folder)


def test_an_address_that_clashes_is_refused(folder: Path) -> None:
    refused("write.address_twice", {"atlas": {"a": "x"}, "other": {"a": "x"}}, folder)
    refused("write.file_and_folder", {"atlas": {"a": "x", "a/b/c": "y"}}, folder)


def test_what_stands_in_the_way_and_is_not_ours_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "foreign").write_text("mine")
    refused("write.in_the_way", {"atlas": {"foreign/page.html": "x"}}, folder)
    (folder / "atlas/folder/mine.txt").write_text("mine")
    refused("write.in_the_way", NEW, folder)
    (folder / "elsewhere").symlink_to(tmp_path)
    refused("write.in_the_way", {"atlas": {"elsewhere/page.html": "x"}}, folder)


def test_nothing_is_removed_through_a_link(folder: Path, tmp_path: Path) -> None:
    (folder / "atlas").rename(tmp_path / "moved")
    (folder / "atlas").symlink_to(tmp_path / "moved")
    refused("write.in_the_way", {"shared": OLD["shared"]}, folder)
    assert (tmp_path / "moved/index.html").exists()


@pytest.mark.parametrize("state", ["{", "[]", '{"format": 99, "manifests": []}', '{"format": 1}'])
def test_a_state_that_cannot_be_read_is_told(folder: Path, state: str) -> None:
    (folder / write.STATE).write_text(state)
    refused("write.unreadable_state", NEW, folder)
