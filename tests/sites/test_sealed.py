"""A private client's portal as it is published: what it tells, what it keeps, and when it is refused."""

import base64
import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen import read, seal
from sitegen.build import sealing, standing, workspace
from sitegen.build.sealing import FOLDER
from sitegen.commands import keys
from sitegen.commands import publish as publishing
from sitegen.errors import ProblemsFound, UsageError
from sitegen.publish import history, refusals
from tests.sealing import NAME, SECRET, TODAY, Sealed, sealed, second_client
from tests.unit.publish.workspace import built, git, options, versioned

NUMBER = re.compile(r"\d+(?:[\u202f\u00a0,.]\d+)+")  # as a page tells an amount: no run of base64
OPAQUE = re.compile(r"[a-z2-7]{20}|index|map|keys")


@pytest.fixture(scope="module")
def told(small: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """A workspace built once with its keys; only read."""
    root = small(tmp_path_factory.mktemp("sealed") / "agence")
    second_client(root)
    made = sealed(root)
    assert made.build().failed == ()
    return made


@pytest.fixture
def own(told: Sealed, tmp_path: Path) -> Sealed:
    """The same workspace, to be changed."""
    return Sealed(Path(shutil.copytree(told.root, tmp_path / "agence")), told.agency, told.reader)


def canary(root: Path, slug: str) -> str:
    state = json.loads((root / "preview/.sitegen.json").read_text("utf-8"))
    return str(next(m["summary"]["canary"] for m in state["manifests"] if m["name"] == slug))


def test_nothing_that_is_published_tells_of_the_client(told: Sealed) -> None:
    portal = told.root / "preview" / SECRET
    page = (portal / "objectifs-et-roi.html").read_text("utf-8")
    public = "".join(body.decode("utf-8", "replace") for name, body in told.bodies().items() if "atlas" in name)
    numbers = {number for number in NUMBER.findall(page) if number not in public and len(number) > 4}
    words = {NAME, SECRET, "Kestrel", canary(told.root, SECRET), told.agency, told.reader, *numbers}
    assert canary(told.root, SECRET) in page
    assert len(numbers) > 3
    assert "Anne" not in (told.place / "keys.js").read_text("utf-8")  # too short to be looked for in base64
    for address, body in told.bodies().items():
        text = address + "\n" + body.decode("utf-8", "replace")
        assert not [word for word in words if word in text], address


def test_git_objects_of_the_published_branch_tell_nothing(own: Sealed) -> None:
    versioned(own.root)
    publishing.to_branch(own.root, "gh-pages", "origin", push=False)
    objects = git(own.root, "rev-list", "--objects", "gh-pages").splitlines()
    batch = subprocess.run(
        ["git", "-C", str(own.root), "cat-file", "--batch"],
        input="".join(f"{line.split()[0]}\n" for line in objects).encode(),
        capture_output=True,
        check=True,
    )
    held = batch.stdout.decode("utf-8", "replace")
    assert held.count(" blob ") > 40
    names = "\n".join(objects)
    for word in (NAME, SECRET, canary(own.root, SECRET), own.agency, own.reader):
        assert word not in held
        assert word not in names
    assert git(own.root, "grep", "-l", "-e", canary(own.root, "atlas"), "gh-pages", "--").count("atlas/") > 5
    assert history(own.root, "gh-pages", "origin") == ()


def test_every_file_of_the_preview_is_sealed_and_opens_to_its_very_bytes(told: Sealed) -> None:
    portal = told.root / "preview" / SECRET
    clear = {f"{SECRET}/{file.relative_to(portal).as_posix()}": file.read_bytes() for file in portal.rglob("*.*")}
    found = dict(told.opened().values())
    chart = json.loads(found.pop("map"))
    assert found == clear
    assert {*chart["pages"], *chart["files"]} == {*clear}
    assert any(address.endswith(".xlsx") for address in clear)
    assert any("/search/" in address for address in clear)
    assert any("imprimer" in address for address in clear)


def test_names_and_folders_are_opaque(told: Sealed) -> None:
    assert len(told.place.name) == 26
    assert all(OPAQUE.fullmatch(file.stem) for file in told.place.iterdir())
    assert {folder.name for folder in told.output.iterdir() if folder.is_dir()} == {
        *("assets", "atlas", "en"),
        told.ring().id,
        told.ring("").id,
    }


def test_the_gate_names_the_agency_alone_and_asks_not_to_be_found(told: Sealed) -> None:
    page = (told.place / "index.html").read_text("utf-8")
    assert "Agence Essai" in page
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in page
    assert "og:" not in page
    assert "<noscript>" in page
    for address in ("sitemap.xml", "robots.txt", "index.html", "404.html"):
        assert told.ring().id not in (told.output / address).read_text("utf-8")


def test_no_passphrase_or_key_is_written_anywhere(told: Sealed) -> None:
    agency = sealing.agency(told.root, told.agency)
    assert agency is not None
    secrets = [told.agency.encode(), told.reader.encode(), agency.master.key, agency.master.names]
    secrets += [seal.opened(told.ring(), agency.master).key]
    for file in told.root.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not [secret for secret in secrets if secret in content or secret.hex().encode() in content], file


def test_an_unchanged_page_keeps_its_bytes_in_another_workspace_too(told: Sealed, own: Sealed) -> None:
    shutil.rmtree(own.root / ".sitegen")
    shutil.rmtree(own.output)
    own.build()
    assert own.bodies() == told.bodies()


def test_an_edited_article_or_figure_changes_its_own_pages(own: Sealed) -> None:
    before = own.held()
    file = own.root / "data" / SECRET / "client.yaml"
    file.write_text(file.read_text("utf-8").replace("margin: 37.3%", "margin: 36%"), "utf-8")
    own.build()
    after = own.held()
    same = {name for name in before if before[name] == after[name]}
    addresses = {name: address for name, (address, _) in own.opened().items()}
    assert f"{SECRET}/objectifs-et-roi.html" not in {addresses[name] for name in same}
    assert any("/conseils/" in addresses[name] for name in same)
    nonces = [held[:16] for held in (*before.values(), *(after[name] for name in after if name not in same))]
    assert len({*nonces}) == len(nonces)


def test_a_page_of_another_client_edition_or_address_is_refused(own: Sealed) -> None:
    box, held = own.box(), own.held()
    for name, other in zip(held, reversed(held), strict=True):
        if name != other:
            with pytest.raises(seal.Damaged):
                box.open(name, held[other])


def test_a_small_page_with_a_byte_changed_is_refused(own: Sealed) -> None:
    box = own.box()
    name, held = min(own.held().items(), key=lambda each: len(each[1]))
    for at in range(0, len(held) - 4, 4):
        changed = held[:at] + ("A" if held[at] != "A" else "B") + held[at + 1 :]
        with pytest.raises(seal.Damaged):
            box.open(name, changed)


def test_who_is_taken_out_cannot_open_what_is_published_next(own: Sealed) -> None:
    second = keys.add(own.root, SECRET, keys.Person("Moha"), lambda: own.agency).passphrase
    before, names = own.ring(), {*own.held()}
    own.build()
    assert {*own.held()} == names
    old = seal.unlocked(before, own.reader)
    keys.revoke(own.root, SECRET, "Anne", lambda: own.agency)
    own.build()
    assert {*own.held()} == names
    with pytest.raises(seal.WrongKey):
        seal.unlocked(own.ring(), own.reader)
    for name, held in own.held().items():
        with pytest.raises(seal.Damaged):
            seal.Box(old).open(name, held)
    box = seal.Box(seal.unlocked(own.ring(), str(second)))
    assert all(box.open(name, held) for name, held in own.held().items())


def test_without_the_passphrase_nothing_private_is_published_and_it_is_said(own: Sealed) -> None:
    outcome = own.build(passphrase=None)
    assert [p.message.key for p in outcome.problems if p.path.endswith("keys.json")] == ["keys.locked"]
    assert not own.place.exists()
    strict = own.build(passphrase=None, strict=True)
    assert strict.published is None
    assert "keys.locked" in {problem.message.key for problem in strict.problems}


def test_a_wrong_passphrase_stops_the_build_and_leaves_the_site(own: Sealed) -> None:
    before = own.bodies()
    with pytest.raises(UsageError) as refused:
        own.build(passphrase="lampe bocal navire sablier tulipe vortex zeste")
    assert refused.value.message.key == "keys.wrong_passphrase"
    assert own.bodies() == before


def test_a_client_that_fails_keeps_its_last_sealed_portal(own: Sealed) -> None:
    before = own.held()
    file = own.root / "data" / SECRET / "client.yaml"
    file.write_text(file.read_text("utf-8").replace("country:", "contry:"), "utf-8")
    assert own.build().failed == (SECRET,)
    assert own.held() == before


def test_another_client_s_build_leaves_it_where_it_is(own: Sealed) -> None:
    before = own.bodies()
    own.build(client="atlas")
    portfolio = own.ring("").id
    changed = {name for name, body in own.bodies().items() if before.get(name) != body}
    assert not [name for name in changed if not name.startswith(portfolio)]


def test_a_client_that_becomes_public_is_sealed_no_more(own: Sealed) -> None:
    place = own.place
    file = own.root / "data" / SECRET / "client.yaml"
    file.write_text(file.read_text("utf-8").replace("access: private", "access: public"), "utf-8")
    own.build()
    assert not place.exists()
    assert (own.output / SECRET / "index.html").is_file()


def test_a_draft_is_not_published_even_sealed(own: Sealed) -> None:
    file = own.root / "data" / SECRET / "client.yaml"
    file.write_text(file.read_text("utf-8") + "status: draft\n", "utf-8")
    own.build()
    assert not own.place.exists()


def refused(own: Sealed, passphrase: str | None = "") -> set[str]:
    """What a build says that refuses; the site stays as it was."""
    before = own.bodies()
    with pytest.raises(ProblemsFound) as found:
        own.build(passphrase=passphrase)
    assert own.bodies() == before
    return {problem.message.key for problem in found.value.problems}


def test_a_ring_that_somebody_changed_stops_the_build_and_leaves_the_site(own: Sealed) -> None:
    file = own.root / "data" / SECRET / "keys.json"
    file.write_text(file.read_text("utf-8").replace("Anne", "Eve"), "utf-8")
    assert refused(own) == {"keys.foreign"}


def test_a_copied_folder_does_not_share_its_readers(own: Sealed) -> None:
    """With the first client gone, too: the second one would be sealed for the first one's readers."""
    shutil.copytree(own.root / "data" / SECRET, own.root / "data/other")
    assert refused(own) == {"keys.other_owner"}
    assert refused(own, None) == {"keys.other_owner"}
    shutil.rmtree(own.root / "data" / SECRET)
    assert refused(own) == {"keys.other_owner"}
    assert "keys.other_owner" in reasons(own)


def test_a_renamed_folder_takes_its_keys_along_when_it_is_told_to(own: Sealed) -> None:
    place = own.ring().id
    (own.root / "data" / SECRET).rename(own.root / "data/renamed")
    assert refused(own) == {"keys.other_owner"}
    keys.rotate(own.root, "renamed", lambda: own.agency)
    own.build()
    assert own.ring("renamed").id == place
    assert (own.output / place / "index.html").is_file()


def test_rings_without_the_agency_s_or_half_changed_stop_the_build(own: Sealed) -> None:
    (own.root / "keys.json").rename(own.root / "away.json")
    assert refused(own) == {"keys.lost"}
    assert "keys.lost" in reasons(own)
    (own.root / "away.json").rename(own.root / "keys.json")
    (own.root / "keys.steps.json").write_text("[]", "utf-8")
    assert refused(own) == {"keys.interrupted"}
    keys.listed(own.root, SECRET, TODAY)
    assert own.build().failed == ()


def test_another_client_s_mark_in_a_sealed_portal_stops_it_before_anything_is_written(own: Sealed) -> None:
    before = own.bodies()
    note = own.root / "data" / SECRET / "notes/synthesis.fr.md"
    note.parent.mkdir(exist_ok=True)
    note.write_text(f"Vu chez {canary(own.root, 'atlas')}.\n", "utf-8")
    assert refused(own) == {"proof.leaked_canary"}
    assert own.bodies() == before


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"rounds": 600000', '"rounds": 1000', "keys.few_rounds"),
        ('"format": 1', '"format": 9', "keys.other_format"),
        ('"slots"', '"slits"', "keys.damaged"),
    ],
)
def test_a_damaged_ring_is_told_by_check(own: Sealed, old: str, new: str, key: str) -> None:
    from sitegen.commands import check

    file = own.root / "data" / SECRET / "keys.json"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    problems, _ = check.problems(own.root, None, TODAY)
    assert key in {problem.message.key for problem in problems}


def test_the_portfolio_is_sealed_with_the_agency_s_key(told: Sealed) -> None:
    agency = sealing.agency(told.root, told.agency)
    assert agency is not None
    page = (told.output / agency.ring.id / "index.html").read_text("utf-8")
    held = json.loads(page.partition('id="sealed">')[2].partition("</script>")[0])
    address, body = seal.Box(agency.master).open("index", held["sealed"])
    assert address == "portefeuille.html"
    assert NAME in body.decode()
    assert f'href="{told.ring().id}/index.html"' in body.decode()
    assert (told.output / "assets/portfolio/portfolio.js").is_file()


def test_what_is_sealed_and_no_longer_published_is_forgotten(own: Sealed) -> None:
    held = {file.name for file in (own.root / FOLDER).iterdir()}
    file = own.root / "data" / SECRET / "client.yaml"
    file.write_text(file.read_text("utf-8").replace("margin: 37.3%", "margin: 36%"), "utf-8")
    own.build()
    left = {file.name for file in (own.root / FOLDER).iterdir()}
    assert held - left
    assert len(left) == sum(1 for file in own.output.rglob("*") if file.is_file() and len(file.parent.name) == 26)


def test_a_lost_or_damaged_sealed_file_is_made_again(own: Sealed) -> None:
    before = own.bodies()
    for number, file in enumerate(sorted((own.root / FOLDER).iterdir())):
        if number % 3 == 0:
            file.unlink()
        elif number % 3 == 1:
            file.write_bytes(b"clear")
    shutil.rmtree(own.output)
    own.build()
    assert own.bodies() == before


# ---------------------------------------------------------------- publishing


def reasons(own: Sealed) -> set[str]:
    found = refusals(own.root, workspace.opened(own.root).site, options(own.root))
    return {problem.message.key for problem in found} - {"publish.not_last_build"}


def test_sealed_portals_may_be_published(own: Sealed) -> None:
    assert reasons(own) == set()


def test_publishing_refuses_a_portal_that_has_keys_and_is_not_sealed(own: Sealed) -> None:
    own.build(passphrase=None)
    assert reasons(own) == {"publish.unsealed"}


def test_publishing_refuses_a_weak_passphrase(own: Sealed) -> None:
    file = own.root / "data" / SECRET / "keys.json"
    file.write_text(file.read_text("utf-8").replace('"bits": 77', '"bits": 40'), "utf-8")
    assert "publish.weak_passphrase" in reasons(own)


def test_publishing_refuses_a_public_data_repository(own: Sealed) -> None:
    config = own.root / "config.yaml"
    config.write_text(config.read_text("utf-8") + "publish: {repository: public}\n", "utf-8")
    versioned(own.root)
    assert "publish.repository_public" in reasons(own)


@pytest.mark.parametrize("address", ["{ring}/index.html", "{ring}/keys.js", "atlas/donnees-et-methode.html"])
def test_publishing_refuses_a_name_in_the_clear_wherever_it_stands(own: Sealed, address: str) -> None:
    file = own.output / address.format(ring=own.ring().id)
    file.write_text(file.read_text("utf-8") + f"<!-- {NAME} -->", "utf-8")
    assert "proof.leaked_name" in reasons(own)


def test_publishing_sees_what_was_packed_and_not_sealed(own: Sealed) -> None:
    file = own.place / "index.html"
    clear = base64.b64encode(b"\0\0\0\0" + zlib.compress(f"<h1>{NAME}</h1>".encode())).decode()
    text = file.read_text("utf-8")
    held = text.partition('"sealed":"')[2].partition('"')[0]
    file.write_text(text.replace(held, clear), "utf-8")
    assert "proof.leaked_name" in reasons(own)


def test_publishing_refuses_a_branch_that_once_held_the_client_in_the_clear(own: Sealed) -> None:
    file = own.root / "data" / SECRET / "client.yaml"
    file.write_text(file.read_text("utf-8").replace("access: private", "access: public"), "utf-8")
    versioned(own.root)
    own.build()
    publishing.to_branch(own.root, "gh-pages", "origin", push=False)
    file.write_text(file.read_text("utf-8").replace("access: public", "access: private"), "utf-8")
    own.build()
    publishing.to_branch(own.root, "gh-pages", "origin", push=False)
    found = history(own.root, "gh-pages", "origin")
    assert [problem.message.key for problem in found] == ["publish.clear_in_history"]
    assert history(own.root, "pages", "origin") == ()


def test_rings_are_read_as_they_are_written(told: Sealed) -> None:
    ring = told.ring()
    text = (told.root / "data" / SECRET / "keys.json").read_text("utf-8")
    assert read.keyring_text(ring) == text
    assert read.keyring_text(replace(ring, tag="x")) != text


def test_a_build_without_the_passphrase_does_not_stand_for_one_with_it(own: Sealed) -> None:
    built(own.root, strict=False)
    asked = options(own.root, strict=False)
    assert standing.recall(own.root, asked) is not None
    assert standing.recall(own.root, replace(asked, passphrase=own.agency)) is None
