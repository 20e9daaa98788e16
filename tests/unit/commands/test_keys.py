"""`sitegen keys`: what it asks for, shows once, writes and refuses."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitegen import cli, read, seal
from sitegen.build import sealing
from sitegen.commands import keys, secret
from sitegen.errors import ProblemsFound, UsageError
from sitegen.model.sealed import BITS
from tests.sealing import SECRET, Sealed, sealed, second_client

TODAY = date(2026, 11, 27)
STRONG = "zinc ourlet kayak bravade jonquille pylone tamis goulag virelangue hublot escarpin mouette"


@pytest.fixture
def bare(small: Callable[[Path], Path], tmp_path: Path) -> Path:
    """A workspace with a private client and no keys."""
    root = small(tmp_path / "agence")
    second_client(root)
    return root


@pytest.fixture
def own(bare: Path) -> Sealed:
    return sealed(bare)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(UsageError) as found:
        act()
    return found.value.message.key


def test_the_first_person_s_passphrase_opens_the_ring(own: Sealed) -> None:
    agency = sealing.agency(own.root, own.agency)
    assert agency is not None
    assert seal.unlocked(own.ring(), own.reader) == seal.opened(own.ring(), agency.master)
    assert len(own.reader.split()) == 7


def test_the_words_are_of_the_client_s_language(bare: Path) -> None:
    agency = keys.new(bare, None, keys.Person("Agence"), lambda: None).passphrase
    file = bare / "data" / SECRET / "client.yaml"
    file.write_text(file.read_text("utf-8") + "languages: [en]\n", "utf-8")
    english = keys.new(bare, SECRET, keys.Person("Ann"), lambda: agency).passphrase
    from sitegen.seal.passphrases import _words

    assert {*str(agency).split()} <= {*_words("fr")}
    assert {*str(english).split()} <= {*_words("en")}


def test_a_client_s_ring_needs_the_agency_s_first(bare: Path) -> None:
    assert refused(lambda: keys.new(bare, SECRET, keys.Person("Anne"), lambda: "x")) == "keys.no_agency"


def test_what_exists_is_not_made_twice(own: Sealed) -> None:
    for slug in (None, SECRET):
        assert (
            refused(lambda slug=slug: keys.new(own.root, slug, keys.Person("X"), lambda: own.agency)) == "keys.exists"
        )


def test_without_or_with_a_wrong_passphrase_nothing_changes(own: Sealed) -> None:
    before = (own.root / "data" / SECRET / "keys.json").read_bytes()
    acts = [
        lambda given: keys.add(own.root, SECRET, keys.Person("Moha"), given),
        lambda given: keys.revoke(own.root, SECRET, "Anne", given),
        lambda given: keys.rotate(own.root, SECRET, given),
    ]
    for act in acts:
        assert refused(lambda act=act: act(lambda: None)) == "keys.no_passphrase"
        assert refused(lambda act=act: act(lambda: own.reader)) == "keys.wrong_passphrase"
    assert (own.root / "data" / SECRET / "keys.json").read_bytes() == before


@pytest.mark.parametrize("label", ["", "   ", "x" * 81])
def test_a_slot_needs_a_label(own: Sealed, label: str) -> None:
    assert refused(lambda: keys.add(own.root, SECRET, keys.Person(label), lambda: own.agency)) == "keys.label"


def test_two_people_do_not_share_a_label(own: Sealed) -> None:
    assert refused(lambda: keys.add(own.root, SECRET, keys.Person(" Anne "), lambda: own.agency)) == "keys.label_taken"


def test_a_chosen_passphrase_is_taken_only_if_it_is_strong(own: Sealed) -> None:
    weak = keys.Person("Moha", chosen=" ".join(["Kestrel Laboratoires Agence Essai Moha"] * 4))
    assert refused(lambda: keys.add(own.root, SECRET, weak, lambda: own.agency)) == "keys.weak"
    changed = keys.add(own.root, SECRET, keys.Person("Moha", chosen=STRONG), lambda: own.agency)
    assert changed.passphrase is None
    assert seal.unlocked(own.ring(), STRONG)
    assert own.ring().slots[1].bits >= BITS


def test_revoking_says_what_stays_and_keeps_everybody_else(own: Sealed) -> None:
    other = str(keys.add(own.root, SECRET, keys.Person("Moha"), lambda: own.agency).passphrase)
    changed = keys.revoke(own.root, SECRET, own.ring().slots[0].id, lambda: own.agency)
    assert [message.key for message in changed.told] == [
        "keys.revoked",
        "keys.still_has",
        "keys.commit",
        "keys.publish_now",
    ]
    assert seal.unlocked(own.ring(), other)
    assert [slot.label for slot in own.ring().slots] == ["Moha"]
    assert refused(lambda: keys.revoke(own.root, SECRET, "Anne", lambda: own.agency)) == "keys.nobody"


def test_a_broken_ring_keeps_nobody_of_the_agency_from_being_taken_out(own: Sealed) -> None:
    keys.add(own.root, None, keys.Person("Reste"), lambda: own.agency)
    file = own.root / "data" / SECRET / "keys.json"
    file.write_text(file.read_text("utf-8").replace("Anne", "Eve"), "utf-8")
    changed = keys.revoke(own.root, None, "Agence", lambda: own.agency)
    assert [message.key for message in changed.told][:2] == ["keys.revoked", "keys.left_out"]
    with pytest.raises(UsageError):
        sealing.agency(own.root, own.agency)


def test_the_agency_s_last_person_stays(own: Sealed) -> None:
    assert refused(lambda: keys.revoke(own.root, None, "Agence", lambda: own.agency)) == "keys.last_one"


def test_the_agency_s_key_changes_with_every_client_s(own: Sealed) -> None:
    old = sealing.agency(own.root, own.agency)
    rings = own.ring(""), own.ring()
    keys.rotate(own.root, None, lambda: own.agency)
    following = sealing.agency(own.root, own.agency)
    assert old is not None
    assert following is not None
    assert {ring.tag for ring in rings}.isdisjoint({own.ring("").tag, own.ring().tag})
    assert seal.opened(own.ring(), following.master) == seal.unlocked(own.ring(), own.reader)
    with pytest.raises(seal.WrongKey):
        seal.opened(own.ring(), old.master)


@pytest.mark.parametrize("step", [1, 2])
def test_a_change_of_several_rings_that_is_cut_short_is_finished_by_the_next_command(
    own: Sealed, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves, replace = [], Path.replace

    def cut(self: Path, target: Path) -> Path:
        moves.append(self)
        if len(moves) > step:
            raise OSError("power cut")
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        with pytest.raises(OSError, match="power cut"):
            keys.rotate(own.root, None, lambda: own.agency)
    keys.listed(own.root, SECRET, TODAY)
    agency = sealing.agency(own.root, own.agency)
    assert agency is not None
    assert seal.opened(own.ring(), agency.master) == seal.unlocked(own.ring(), own.reader)
    assert not list(own.root.rglob("keys.json.new"))


def test_one_cut_before_the_list_of_steps_changes_nothing(own: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    before = own.ring()

    def cut(self: Path, target: Path) -> Path:
        raise OSError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        with pytest.raises(OSError, match="power cut"):
            keys.rotate(own.root, SECRET, lambda: own.agency)
    keys.listed(own.root, SECRET, TODAY)
    assert own.ring() == before


@pytest.mark.parametrize(
    "steps", ["{", '{"a": 1}', "[1]", '["config.yaml"]', '["data/../keys.json"]', '["/x/keys.json"]', "\udc80"]
)
def test_a_list_of_steps_that_names_anything_but_rings_moves_nothing(own: Sealed, steps: str) -> None:
    (own.root / "keys.steps.json").write_text(steps, "utf-8", "surrogateescape")
    (own.root / "config.yaml.new").write_text("x", "utf-8")
    before = (own.root / "config.yaml").read_text("utf-8")
    assert refused(lambda: keys.listed(own.root, SECRET, TODAY)) == "keys.steps_damaged"
    assert (own.root / "config.yaml").read_text("utf-8") == before
    assert (own.root / "keys.steps.json").exists()


def test_a_foreign_ring_is_refused_at_its_file(own: Sealed) -> None:
    file = own.root / "data" / SECRET / "keys.json"
    ring, _ = read.keyring(own.root, SECRET)
    file.write_text(file.read_text("utf-8").replace("Anne", "Eve"), "utf-8")
    assert ring is not None
    with pytest.raises(ProblemsFound) as found:
        keys.add(own.root, SECRET, keys.Person("Moha"), lambda: own.agency)
    assert [(p.path, p.message.key) for p in found.value.problems] == [(f"data/{SECRET}/keys.json", "keys.foreign")]


def test_listing_tells_who_and_until_when_and_asks_for_nothing(own: Sealed) -> None:
    keys.add(own.root, SECRET, keys.Person("Été", "2027-01-31"), lambda: own.agency)
    keys.add(own.root, SECRET, keys.Person("Hier", "2026-11-26"), lambda: own.agency)
    keys.revoke(own.root, SECRET, "Anne", lambda: own.agency)
    told = [message.key for message in keys.listed(own.root, SECRET, TODAY)]
    assert told == ["keys.address", "keys.line_until", "keys.line_expired", "keys.line_gone"]


def test_the_passphrase_may_come_of_a_file_elsewhere(own: Sealed, tmp_path: Path) -> None:
    file = tmp_path / "phrase.txt"
    file.write_text(own.agency + "\n", "utf-8")
    file.chmod(0o600)
    assert secret.passphrase(own.root, "other", file, None) == own.agency
    assert secret.passphrase(own.root, "given", None, lambda: "asked") == "given"
    assert secret.passphrase(own.root, None, None, lambda: "asked") == "asked"
    assert secret.passphrase(own.root, "", None, None) is None
    for mode in (0o640, 0o604):
        file.chmod(mode)
        assert refused(lambda: secret.passphrase(own.root, None, file, None)) == "keys.file_open"
    assert refused(lambda: secret.passphrase(own.root, None, file, None)) == "keys.file_open"
    assert refused(lambda: secret.passphrase(own.root, None, tmp_path / "no", None)) == "keys.no_file"
    (tmp_path / ".git").mkdir()  # the workspace lies in a repository, and the file in it, too
    assert refused(lambda: secret.passphrase(own.root, None, file, None)) == "keys.file_inside"
    inside = own.root / "phrase.txt"
    inside.write_text("x", "utf-8")
    assert refused(lambda: secret.passphrase(own.root, None, inside, None)) == "keys.file_inside"


# ---------------------------------------------------------------- the command line


def run(root: Path, *words: str, phrase: str | None = None) -> tuple[int, str, str]:
    environment = {"SITEGEN_PASSPHRASE": phrase, "SITEGEN_LANG": "fr"}
    result = CliRunner().invoke(cli.app, ["keys", *words, "--root", str(root)], env=environment)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_shows_the_passphrase_once_and_alone_on_stdout(bare: Path) -> None:
    code, out, told = run(bare, "new", "--label", "Agence")
    assert code == 0
    agency = out.strip()
    assert len(agency.split()) == 7
    assert agency not in told
    code, out, told = run(bare, "new", SECRET, "--label", "Anne", "--until", "2099-01-01", phrase=agency)
    assert code == 0
    assert "Anne" in told
    code, listed, _ = run(bare, "list", SECRET)
    assert code == 0
    assert "1er janvier 2099" in listed
    assert out.strip() not in listed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["revoke", SECRET], "--label"),
        (["add", SECRET, "--label", "M", "--until", "2020-01-01"], "--until"),
        (["add", SECRET, "--label", "M", "--until", "demain"], "--until"),
        (["add", SECRET, "--label", "M", "--choose"], "--choose"),
        (["list", "nobody"], "nobody"),
        (["add", SECRET, "--label", "M"], "SITEGEN_PASSPHRASE"),
    ],
)
def test_misuse_is_told_without_a_trace(own: Sealed, words: list[str], said: str) -> None:
    code, out, told = run(own.root, *words)
    assert code == 2
    assert said in told
    assert "Traceback" not in out + told


def test_no_message_ever_tells_a_passphrase(own: Sealed) -> None:
    wrong = "lampe bocal navire sablier tulipe vortex zeste"
    for words in (["rotate", SECRET], ["add", SECRET, "--label", "M", "--debug"]):
        code, out, told = run(own.root, *words, phrase=wrong)
        assert code != 0
        assert wrong not in out + told
    ring = json.loads((own.root / "keys.json").read_text("utf-8"))
    assert own.agency not in json.dumps(ring)
