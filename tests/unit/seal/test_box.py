"""Sealing: what opens, what is refused, and that no nonce serves twice."""

import base64
import random
import zlib
from dataclasses import replace

import pytest

from sitegen.model.sealed import Master
from sitegen.seal import Box, Damaged, sealed_script
from sitegen.seal import primitives as crypt
from sitegen.seal.box import SMALLEST, padded

CLIENT = Master("portail", "cle", bytes(range(32)), bytes(range(32, 64)))
PAGE = "<!doctype html><title>Été</title><p>7 464 725 DH</p>".encode()
BOX = Box(CLIENT)


def test_what_was_sealed_opens_with_its_address() -> None:
    name = BOX.name("atlas/2026-09/index.html")
    assert BOX.open(name, BOX.seal(name, "atlas/2026-09/index.html", PAGE)) == ("atlas/2026-09/index.html", PAGE)


def test_the_same_page_is_the_same_bytes_and_another_one_shares_no_nonce() -> None:
    assert Box(CLIENT).seal("a", "a.html", PAGE) == BOX.seal("a", "a.html", PAGE)
    others = [BOX.seal("a", "a.html", PAGE + b" "), BOX.seal("b", "a.html", PAGE), BOX.seal("a", "b.html", PAGE)]
    assert len({base64.b64decode(each)[: crypt.NONCE] for each in [BOX.seal("a", "a.html", PAGE), *others]}) == 4


def test_every_byte_of_a_sealed_page_counts() -> None:
    sealed = base64.b64decode(BOX.seal("a", "a.html", PAGE))
    for at in range(len(sealed)):
        for bit in (1, 128):
            changed = bytearray(sealed)
            changed[at] ^= bit
            with pytest.raises(Damaged):
                BOX.open("a", base64.b64encode(changed).decode())


def test_every_shorter_or_longer_one_is_refused() -> None:
    sealed = base64.b64decode(BOX.seal("a", "a.html", PAGE))
    for cut in (*(sealed[:at] for at in range(len(sealed))), sealed + b"\0"):
        with pytest.raises(Damaged):
            BOX.open("a", base64.b64encode(cut).decode())


@pytest.mark.parametrize("other", [replace(CLIENT, ring="autre"), replace(CLIENT, key=bytes(32))])
def test_what_another_client_or_key_has_sealed_is_refused(other: Master) -> None:
    with pytest.raises(Damaged):
        BOX.open("a", Box(other).seal("a", "a.html", PAGE))


def test_a_page_or_an_edition_in_another_s_place_is_refused() -> None:
    names = {address: BOX.name(address) for address in ("x/index.html", "x/2026-09/index.html", "x/donnees.html")}
    assert len({*names.values()}) == 3
    for address, name in names.items():
        for other in {*names.values()} - {name}:
            with pytest.raises(Damaged):
                BOX.open(other, BOX.seal(name, address, PAGE))


def test_a_name_tells_nothing_and_is_the_client_s_own() -> None:
    name = BOX.name("atlas-jiu-jitsu/objectifs.html")
    assert len(name) == 20
    assert name.isalnum()
    assert name != Box(replace(CLIENT, names=bytes(32))).name("atlas-jiu-jitsu/objectifs.html")
    assert name != Box(replace(CLIENT, ring="autre")).name("atlas-jiu-jitsu/objectifs.html")
    assert name == Box(replace(CLIENT, key=bytes(32), tag="neuve")).name("atlas-jiu-jitsu/objectifs.html")


def test_a_hundred_thousand_edits_never_use_a_nonce_for_two_contents() -> None:
    dice = random.Random(20261127)
    nonces: dict[bytes, bytes] = {}
    content, bound = bytearray(256), crypt.told("file", "portail", "a")
    for _ in range(100_000):
        content[dice.randrange(256)] = dice.randrange(256)
        held = bytes(content)
        assert nonces.setdefault(BOX.nonce(bound, held), held) == held
    assert len(nonces) > 99_000


def test_a_nonce_depends_on_what_is_encrypted_and_not_on_what_it_was_made_of() -> None:
    """Another zlib gives other bytes for one page: they must not meet under one nonce."""
    bound = crypt.told("file", "portail", "a")
    packed = [padded(zlib.compress(PAGE, level)) for level in (0, 9)]
    assert packed[0] != packed[1]
    assert BOX.nonce(bound, packed[0]) != BOX.nonce(bound, packed[1])


@pytest.mark.parametrize("size", [0, 1, 1019, 1020, 1021, 5000, 70_000, 1_000_003])
def test_sizes_come_in_steps(size: int) -> None:
    held = padded(bytes(size))
    assert int.from_bytes(held[:4], "big") == size
    assert size + 4 <= len(held) <= size + 4 + max(SMALLEST, (size + 4) / 8)
    assert len(held) == len(padded(bytes(len(held) - 4)))
    assert len(held) % SMALLEST == 0


def test_told_parts_cannot_run_into_each_other() -> None:
    assert crypt.told("a", "bc") != crypt.told("ab", "c") != crypt.told("abc")


def test_a_script_hands_over_what_is_sealed_and_nothing_else() -> None:
    assert sealed_script("abc", "QUJD") == b'sitegenSealed("abc","QUJD");\n'
