"""The same inputs make the same bytes anywhere; what fails, what is private and what leaks is kept from the output."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen import write
from sitegen.build import site, workspace
from sitegen.errors import ProblemsFound
from tests.golden import accept
from tests.sites import unseen

ROOT = Path(__file__).parents[1]
SEEDS = (2, 11, 23)


def run(root: Path, *options: str, cwd: Path = ROOT, **environment: str) -> tuple[int, str, str]:
    """`sitegen build` as a program of its own: exit code, stdout, stderr."""
    command = [sys.executable, "-m", "sitegen", "build", "--root", str(root), "--lang", "en", *options]
    around = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    done = subprocess.run(command, capture_output=True, cwd=cwd, env=around, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def build(root: Path, **asked: object) -> site.Outcome:
    options = site.Options(accept.AS_OF, root / "output", root / "preview", as_of=accept.AS_OF, jobs=1)
    return site.build(workspace.opened(root), replace(options, **asked), lambda _: None)  # type: ignore[arg-type]


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with a second public client and a private one, built."""
    root = tmp_path_factory.mktemp("good")
    shutil.copytree(accept.SITE, root, dirs_exist_ok=True)
    for slug, name, access in (("borel", "Borel et Fils", "public"), ("zellige-noir", "Zellige Noir", "private")):
        shutil.copytree(root / "data/atlas", root / "data" / slug)
        client = root / "data" / slug / "client.yaml"
        edit(client, "Atlas Jiu-Jitsu", name)
        edit(client, "access: public", f"access: {access}")
    outcome = build(root)
    assert (outcome.failed, outcome.built) == ((), ("atlas", "borel", "zellige-noir"))
    return root


@pytest.fixture
def root(good: Path, tmp_path: Path) -> Path:
    """A copy of the built site, to be spoiled."""
    return shutil.copytree(good, tmp_path / "workspace")


# ---------------------------------------------------------------- the same bytes


def test_the_machine_leaves_no_trace(tmp_path: Path) -> None:
    """Other time zone, language, hash seed, working folder and place on the disk; another day, since it is told one."""
    here, there = tmp_path / "here", tmp_path / "a b" / "là-bas"
    for place in (here, there):
        shutil.copytree(accept.SITE, place)
    day = ("--as-of", accept.AS_OF.isoformat())
    assert run(here, *day, TZ="America/Los_Angeles", PYTHONHASHSEED="1", LC_ALL="C")[0] == 0
    assert run(there, *day, cwd=tmp_path, TZ="Pacific/Auckland", PYTHONHASHSEED="2", LC_ALL="fr_FR.UTF-8")[0] == 0
    first, second = everything(here / "output"), everything(there / "output")
    assert first.keys() == second.keys()
    assert [address for address in first if first[address] != second[address]] == []
    assert [address for address, body in first.items() if str(tmp_path).encode() in body] == []


def test_a_second_build_writes_nothing(root: Path) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*")}
    again = build(root)
    assert again.published is not None
    assert again.previewed is not None
    assert (again.published.written, again.published.removed, again.previewed.written) == ((), (), ())
    assert {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*")} == stamps


def test_without_its_cache_a_build_makes_the_same_bytes(root: Path) -> None:
    before = everything(root / "output")
    shutil.rmtree(root / ".sitegen")
    build(root)
    assert everything(root / "output") == before


@pytest.mark.parametrize("seed", SEEDS)
def test_a_workspace_that_nobody_has_seen_builds_and_passes_proof(seed: int, tmp_path: Path) -> None:
    unseen.workspace(tmp_path, seed)
    outcome = build(tmp_path, today=unseen.today(seed), as_of=None)
    assert outcome.failed == ()
    assert outcome.built
    assert outcome.published is not None
    assert "index.html" in outcome.published.written


def test_what_a_client_writes_is_shown_and_never_run(root: Path) -> None:
    client = root / "data/atlas/client.yaml"
    edit(client, "name: Atlas Jiu-Jitsu", "name: <b>Gras</b> & <script>alert(1)</script>")
    edit(client, "owner: Responsable e-commerce", 'owner: "<img src=x onerror=alert(1)> L\'équipe"')
    assert build(root).failed == ()
    pages = [path.read_text("utf-8") for path in (root / "output").rglob("*.html")]
    assert [found for page in pages for found in ("<script>", "<b>Gras", "<img src=x") if found in page] == []
    assert any("&lt;b&gt;Gras&lt;/b&gt; &amp; &lt;script&gt;" in page for page in pages)
    assert any("&lt;img src=x" in page for page in pages)


# ---------------------------------------------------------------- a client that fails


def test_a_client_that_fails_keeps_its_last_good_portal(root: Path) -> None:
    before = everything(root / "output")
    edit(root / "data/atlas/client.yaml", "country:", "contry:")
    edit(root / "data/borel/client.yaml", "Borel et Fils", "Borel et Filles")
    code, _, told = run(root, "--as-of", accept.AS_OF.isoformat())
    after = everything(root / "output")
    assert code == 3
    assert "data/atlas/client.yaml:2:1: the key “contry” is not known here" in told
    assert {a: body for a, body in after.items() if a.startswith("atlas/")} == {
        a: body for a, body in before.items() if a.startswith("atlas/")
    }
    assert b"Borel et Filles" in after["borel/index.html"]


def test_a_client_that_fails_before_it_ever_had_a_portal_has_none(root: Path) -> None:
    shutil.copytree(root / "data/atlas", root / "data/new")
    edit(root / "data/new/client.yaml", "country:", "contry:")
    assert build(root).failed == ("new",)
    assert not (root / "output/new").exists()


def test_strict_writes_nothing_at_all(root: Path) -> None:
    edit(root / "data/atlas/client.yaml", "country:", "contry:")
    edit(root / "data/borel/client.yaml", "Borel et Fils", "Borel et Filles")
    before = everything(root / "output"), everything(root / "preview")
    code, said, _ = run(root, "--strict", "--as-of", accept.AS_OF.isoformat())
    assert (code, said) == (1, "")
    assert (everything(root / "output"), everything(root / "preview")) == before


def test_one_client_can_be_built_without_the_others_changing(root: Path) -> None:
    before = everything(root / "output")
    edit(root / "data/atlas/client.yaml", "Atlas Jiu-Jitsu", "Atlas")
    edit(root / "data/borel/client.yaml", "Borel et Fils", "Borel et Filles")
    build(root, client="atlas")
    after = everything(root / "output")
    changed = {address.split("/")[0] for address in after if after[address] != before.get(address)}
    assert "atlas" in changed
    assert "borel" not in changed
    assert after.keys() == before.keys()


# ---------------------------------------------------------------- private clients


def test_nothing_in_the_output_names_a_private_client(root: Path) -> None:
    for address, body in everything(root / "output").items():
        text = (address + body.decode(errors="replace")).lower()
        assert "zellige" not in text, address
    assert "Zellige Noir" in (root / "preview/zellige-noir/index.html").read_text("utf-8")


def test_a_client_that_does_not_say_is_private(root: Path) -> None:
    edit(root / "data/borel/client.yaml", "access: public\n", "")
    build(root)
    assert not (root / "output/borel").exists()
    assert (root / "preview/borel/index.html").is_file()


def test_a_client_that_has_become_private_leaves_the_output(root: Path) -> None:
    edit(root / "data/borel/client.yaml", "access: public", "access: private")
    build(root)
    assert [a for a, body in everything(root / "output").items() if b"orel" in body or "orel" in a] == []
    assert (root / "preview/borel/index.html").is_file()


@pytest.mark.parametrize(
    "spoilt", ["name: Borel et Fils\nacess: private\n", "name: Borel et Fils\naccess: private\nmargin: x\n"]
)
def test_a_client_that_fails_and_is_no_longer_said_to_be_public_leaves_the_output(root: Path, spoilt: str) -> None:
    (root / "data/borel/client.yaml").write_text(spoilt, "utf-8")
    assert build(root).failed == ("borel",)
    assert [a for a, body in everything(root / "output").items() if b"orel" in body or "orel" in a] == []


def test_a_client_that_is_gone_leaves_the_output(root: Path) -> None:
    shutil.rmtree(root / "data/borel")
    build(root)
    assert [a for a, body in everything(root / "output").items() if b"orel" in body or "orel" in a] == []
    assert (root / "output/atlas/index.html").is_file()


@pytest.mark.parametrize("planted", ["Zellige Noir", "zellige-noir"])
def test_a_private_name_planted_on_a_public_page_stops_the_build(root: Path, planted: str) -> None:
    before = everything(root / "output")
    edit(root / "data/atlas/client.yaml", "Responsable e-commerce", f"Équipe {planted}")
    with pytest.raises(ProblemsFound) as found:
        build(root)
    assert {problem.message.key for problem in found.value.problems} == {"proof.leaked_name"}
    assert everything(root / "output") == before


def test_a_private_client_that_fails_is_not_named_either(root: Path) -> None:
    before = everything(root / "output")
    edit(root / "data/zellige-noir/client.yaml", "margin: 45%", "margin: a lot")
    edit(root / "data/atlas/client.yaml", "Responsable e-commerce", "Zellige Noir")
    with pytest.raises(ProblemsFound):
        build(root)
    assert everything(root / "output") == before


def test_private_names_are_looked_for_when_one_client_is_built(root: Path) -> None:
    before = everything(root / "output")
    edit(root / "data/atlas/client.yaml", "Responsable e-commerce", "Zellige Noir")
    with pytest.raises(ProblemsFound):
        build(root, client="atlas")
    assert everything(root / "output") == before


def test_the_mark_of_one_portal_planted_in_another_stops_the_build(root: Path) -> None:
    before = everything(root / "output")
    marks = {manifest.name: manifest.summary.canary for manifest in write.last(root / "output") if manifest.summary}
    edit(root / "data/atlas/client.yaml", "Responsable e-commerce", marks["borel"])
    with pytest.raises(ProblemsFound) as found:
        build(root)
    assert {problem.message.key for problem in found.value.problems} == {"proof.leaked_canary"}
    assert everything(root / "output") == before


def test_no_folder_that_is_not_ours_is_written_into(root: Path, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/thesis.txt").write_text("three years of work")
    code, _, told = run(root, "--output", str(tmp_path / "documents"), "--as-of", accept.AS_OF.isoformat())
    assert code == 2
    assert "was not made by sitegen" in told
    assert everything(tmp_path / "documents") == {"thesis.txt": b"three years of work"}


def test_the_state_that_remembers_a_portal_names_no_private_one(root: Path) -> None:
    assert {manifest.name for manifest in write.last(root / "output")} == {"atlas", "borel", site.SHARED}
