"""The published folder: only what changed is written, only what is ours is removed, what is somebody's stays."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from sitegen.errors import OutputRefused
from sitegen.publish import Payload, copy
from sitegen.publish.folder import RECORD


def payload(folder: Path, files: dict[str, str], cname: str = "") -> Payload:
    """Files as a build would have left them in `folder`."""
    for address, text in files.items():
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_text(text, "utf-8")
    digests = {address: sha256(text.encode()).hexdigest() for address, text in files.items()}
    return Payload(folder, digests, {"CNAME": cname.encode()} if cname else {}, "2026-10-31")


def held(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != RECORD)
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def test_holds_what_was_built_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "built").mkdir()
    (tmp_path / "built/.sitegen.json").write_text("ours", "utf-8")
    (tmp_path / "built/notes.txt").write_text("not of the build", "utf-8")
    files = {"index.html": "home", "atlas/index.html": "atlas", ".nojekyll": ""}
    copied = copy(payload(tmp_path / "built", files, "audits.example.org"), tmp_path / "www")
    assert held(tmp_path / "www") == {**files, "CNAME": "audits.example.org"}
    assert sorted(copied.written) == [".nojekyll", "CNAME", "atlas/index.html", "index.html"]


def test_writes_only_what_changed_and_removes_what_is_gone(tmp_path: Path) -> None:
    www = tmp_path / "www"
    copy(payload(tmp_path / "a", {"index.html": "home", "atlas/index.html": "a", "atlas/x.csv": "1"}), www)
    before = (www / "index.html").stat().st_mtime_ns
    copied = copy(payload(tmp_path / "b", {"index.html": "home", "zellige/index.html": "z"}), www)
    assert (copied.written, copied.unchanged) == (("zellige/index.html",), ("index.html",))
    assert copied.removed == ("atlas/index.html", "atlas/x.csv")
    assert (www / "index.html").stat().st_mtime_ns == before
    assert not (www / "atlas").exists()


def test_what_somebody_added_later_stays(tmp_path: Path) -> None:
    www = tmp_path / "www"
    copy(payload(tmp_path / "a", {"atlas/index.html": "a"}), www)
    (www / "atlas/photo.jpg").write_text("photo", "utf-8")
    copy(payload(tmp_path / "b", {"index.html": "home"}), www)
    assert held(www) == {"index.html": "home", "atlas/photo.jpg": "photo"}


def test_a_folder_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path) -> None:
    www = tmp_path / "www"
    www.mkdir()
    (www / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(OutputRefused):
        copy(payload(tmp_path / "a", {"index.html": "home"}), www)
    assert held(www) == {"thesis.txt": "years of work"}


def test_an_empty_repository_may_become_the_site(tmp_path: Path) -> None:
    (tmp_path / "www/.git").mkdir(parents=True)
    copy(payload(tmp_path / "a", {"index.html": "home"}), tmp_path / "www")
    assert held(tmp_path / "www") == {"index.html": "home"}


@pytest.mark.parametrize("obstacle", ["file", "folder", "link above"])
def test_somebody_s_file_in_the_way_is_refused_before_anything_changes(tmp_path: Path, obstacle: str) -> None:
    www = tmp_path / "www"
    copy(payload(tmp_path / "a", {"index.html": "old"}), www)
    if obstacle == "file":
        (www / "atlas").mkdir()
        (www / "atlas/index.html").write_text("mine", "utf-8")
    elif obstacle == "folder":
        (www / "atlas/index.html").mkdir(parents=True)
    else:
        (tmp_path / "elsewhere").mkdir()
        (www / "atlas").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputRefused):
        copy(payload(tmp_path / "b", {"index.html": "new", "atlas/index.html": "a"}), www)
    assert (www / "index.html").read_text("utf-8") == "old"
    assert not list((tmp_path / "elsewhere").glob("*"))


def test_the_record_tells_nobody_an_address(tmp_path: Path) -> None:
    copy(
        payload(tmp_path / "a", {"index.html": "home", "ezzlg56ljzd6lb7mnkuynmy4uy/index.html": "gate"}),
        tmp_path / "www",
    )
    record = (tmp_path / "www" / RECORD).read_text("utf-8")
    assert "ezzlg" not in record
    assert "index" not in record


def test_a_record_of_an_earlier_version_is_understood(tmp_path: Path) -> None:
    www = tmp_path / "www"
    www.mkdir()
    for name in ("index.html", "old.html", "mine.html"):
        (www / name).write_text("x", "utf-8")
    (www / RECORD).write_text(json.dumps(["index.html", "old.html"]), "utf-8")
    copied = copy(payload(tmp_path / "a", {"index.html": "home"}), www)
    assert copied.removed == ("old.html",)
    assert held(www) == {"index.html": "home", "mine.html": "x"}


def test_a_link_in_the_place_of_a_file_of_ours_is_refused(tmp_path: Path) -> None:
    www = tmp_path / "www"
    copy(payload(tmp_path / "a", {"index.html": "home", "old.html": "x"}), www)
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    (www / "old.html").unlink()
    (www / "old.html").symlink_to(tmp_path / "thesis.txt")
    with pytest.raises(OutputRefused):
        copy(payload(tmp_path / "b", {"index.html": "home"}), www)
    assert (tmp_path / "thesis.txt").exists()


@pytest.mark.parametrize("address", ["../thesis.txt", "/etc/passwd", "..\\thesis.txt", "C:/thesis.txt"])
def test_a_record_that_leads_out_of_the_folder_is_refused(tmp_path: Path, address: str) -> None:
    www = tmp_path / "www"
    www.mkdir()
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    (www / RECORD).write_text(json.dumps([address]), "utf-8")
    with pytest.raises(OutputRefused):
        copy(payload(tmp_path / "a", {"index.html": "home"}), www)
    assert (tmp_path / "thesis.txt").exists()


def test_a_file_that_was_touched_after_the_build_is_not_published(tmp_path: Path) -> None:
    given = payload(tmp_path / "a", {"index.html": "home", "z.html": "z"})
    (tmp_path / "a/z.html").write_text("altered", "utf-8")
    with pytest.raises(OutputRefused):
        copy(given, tmp_path / "www")
    assert not (tmp_path / "www").exists()


def test_an_interrupted_copy_is_finished_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen.publish import folder

    www, given = tmp_path / "www", payload(tmp_path / "a", {"a.html": "a", "b.html": "b"})
    place = folder._place

    def stopped(into: Path, address: str, body: bytes) -> None:
        if address == "b.html":
            raise KeyboardInterrupt
        place(into, address, body)

    monkeypatch.setattr(folder, "_place", stopped)
    with pytest.raises(KeyboardInterrupt):
        copy(given, www)
    monkeypatch.setattr(folder, "_place", place)
    assert copy(given, www).written == ("b.html",)
    assert held(www) == {"a.html": "a", "b.html": "b"}
