"""Keyrings: who opens what, before and after somebody is taken out."""

import base64
from dataclasses import fields, replace

import pytest

from sitegen.model.sealed import ROUNDS, Keyring, Master
from sitegen.seal import WrongKey, added, fresh, generated, opened, public, renewed, unlocked
from sitegen.seal import primitives as crypt
from sitegen.seal.rings import _base, _bound

AGENCY_PHRASE = "arlequin armature position affubler cyanure ruelle general"
ANNE, MOHA = "turkey outside accident mushroom imitate beef stove", "lampe bocal navire sablier tulipe vortex zeste"
Rings = tuple[Keyring, Master, Keyring, Master]


@pytest.fixture(scope="module")
def rings() -> Rings:
    """The agency's ring with one person, and a client's with two."""
    ring, master = fresh(None)
    ring = added(ring, master, "Agence", AGENCY_PHRASE, 77)
    client, own = fresh(master, "atlas")
    client = added(client, own, "Anne", ANNE, 77)
    return ring, master, added(client, own, "Moha", MOHA, 77, "2027-06-30"), own


def test_each_person_and_the_agency_open_a_client_s_ring(rings: Rings) -> None:
    ring, master, client, own = rings
    assert unlocked(ring, AGENCY_PHRASE) == master
    assert unlocked(client, ANNE) == unlocked(client, MOHA) == opened(client, master) == own
    assert own != master


@pytest.mark.parametrize(
    "typed",
    ["TURKEY  outside-accident, mushroom imitate beef stove ", ANNE.replace("u", "ú")],
)
def test_a_phone_s_capitals_accents_and_hyphens_do_not_matter(rings: Rings, typed: str) -> None:
    assert unlocked(rings[2], typed) == rings[3]


@pytest.mark.parametrize("typed", ["", ANNE[:-1], ANNE + " stove", AGENCY_PHRASE])
def test_nothing_else_opens_it(rings: Rings, typed: str) -> None:
    with pytest.raises(WrongKey):
        unlocked(rings[2], typed)


def test_another_agency_does_not_open_it(rings: Rings) -> None:
    with pytest.raises(WrongKey):
        opened(rings[2], fresh(None)[1])


@pytest.mark.parametrize("name", [field.name for field in fields(Keyring) if field.name != "mac"])
def test_a_ring_with_another_line_is_not_the_one_that_was_signed(rings: Rings, name: str) -> None:
    _, master, client, _ = rings
    changes = {
        "slots": tuple(replace(slot, label="Eve") for slot in client.slots),
        "rounds": ROUNDS + 1,
        "format": 2,
        "gone": renewed(client, opened(client, master), master, client.slots[0].id)[0].gone,
    }
    told = changes.get(name, base64.b64encode(bytes(32)).decode())
    with pytest.raises(WrongKey):
        opened(replace(client, **{name: told}), master)


def test_a_slot_cannot_be_moved_lengthened_or_shortened(rings: Rings) -> None:
    _, _, client, _ = rings
    anne, moha = client.slots
    for slot in (replace(moha, until="2099-12-31"), replace(moha, until=""), replace(anne, private=moha.private)):
        with pytest.raises(WrongKey):
            unlocked(replace(client, slots=(slot,)), MOHA)


def test_what_a_slot_is_bound_to_tells_its_end(rings: Rings) -> None:
    """A browser checks no signature of the ring: the slot alone must tell."""
    told = {_bound(rings[2], "slot", until) for until in ("", "2027-06-30", "2099-12-31")}
    assert len(told) == 3


def test_too_few_rounds_are_refused(rings: Rings) -> None:
    with pytest.raises(WrongKey):
        _base(replace(rings[2], rounds=ROUNDS - 1), ANNE)
    with pytest.raises(WrongKey):
        unlocked(replace(rings[2], rounds=ROUNDS - 1), ANNE)


def test_whoever_is_taken_out_opens_nothing_new_and_everybody_else_keeps_the_passphrase(rings: Rings) -> None:
    _, master, client, own = rings
    following, key = renewed(client, own, master, without=client.slots[0].id)
    assert key.key != own.key
    assert (key.names, following.id) == (own.names, client.id)
    assert unlocked(following, MOHA) == opened(following, master) == key
    with pytest.raises(WrongKey):
        unlocked(following, ANNE)
    assert [(slot.label, slot.until) for slot in following.slots] == [("Moha", "2027-06-30")]
    assert [gone.label for gone in following.gone] == ["Anne"]


def test_the_old_key_opens_no_slot_chain_or_name_of_the_new_ring(rings: Rings) -> None:
    _, master, client, own = rings
    following, _ = renewed(client, own, master)
    for kept in (client.slots[0].sealed, client.chain, client.names, client.mac):
        assert kept not in str(following)


def test_the_agency_s_own_key_changes_with_all_that_hangs_on_it(rings: Rings) -> None:
    ring, master, client, own = rings
    ring = added(ring, master, "Sortant", MOHA, 77)
    leaving = ring.slots[1].id
    after, following = renewed(ring, master, None, leaving)
    renewed_client, key = renewed(client, own, following)
    assert unlocked(after, AGENCY_PHRASE) == following
    assert opened(renewed_client, following) == unlocked(renewed_client, ANNE) == key
    for agency in (master, own):
        with pytest.raises(WrongKey):
            opened(renewed_client, agency)
    again, _ = renewed(renewed_client, key, following, renewed_client.slots[0].id)
    assert unlocked(again, MOHA)


def test_who_left_the_agency_with_the_repository_opens_nothing_that_comes_later(rings: Rings) -> None:
    """The old rings, the agency's old passphrase and all that it opens: no secret of theirs is in a new slot's way."""
    ring, master, client, own = rings
    ring = added(ring, master, "Reste", ANNE, 77)
    old = [master.key, master.names, own.key, own.names]
    after, following = renewed(ring, master, None, ring.slots[0].id)
    later, key = renewed(client, own, following)
    for each in (after, later):
        with pytest.raises(WrongKey):
            unlocked(each, AGENCY_PHRASE)
        for slot in each.slots:
            for secret in old:
                assert crypt.opened_by(secret, slot.sealed, "master", each.id, each.tag, slot.id) is None
                assert crypt.unwrapped(secret, slot.private, _bound(each, slot.id, slot.until)) is None
                derived = crypt.derived(secret, "chain")
                assert crypt.unwrapped(derived, each.chain or "AAAA", crypt.told("chain", each.id, each.tag)) is None
    assert unlocked(after, ANNE) == following
    assert opened(later, following) == unlocked(later, MOHA) == key


def test_a_slot_s_master_key_is_sealed_anew_each_time(rings: Rings) -> None:
    _, master, client, own = rings
    first, second = renewed(client, own, master)[0], renewed(client, own, master)[0]
    assert {slot.sealed for slot in first.slots}.isdisjoint({slot.sealed for slot in second.slots})
    assert [slot.private for slot in first.slots] == [slot.private for slot in client.slots]


def test_what_is_published_of_a_ring_tells_no_person(rings: Rings) -> None:
    ring, _, client, _ = rings
    told = public(client, ring).decode()
    assert told.startswith("sitegenKeys({")
    for secret in ("Anne", "Moha", "Agence", "atlas", client.mac, client.names, "77"):
        assert f'"{secret}"' not in told
    assert '"until":"2027-06-30"' in told


def test_no_key_is_shown_by_accident(rings: Rings) -> None:
    assert str(rings[3].key) not in repr(rings[3])
    assert "key=" not in repr(rings[3])


def test_two_rings_share_nothing() -> None:
    first, second = fresh(None)[0], fresh(None)[0]
    assert len({first.id, second.id, first.salt, second.salt, first.tag, second.tag, first.names, second.names}) == 8
    assert len(first.id) == 26


def test_generated_passphrases_are_strong_and_differ() -> None:
    made = {generated(language)[0] for language in ("fr", "en", "ar", "fr-CA") for _ in range(20)}
    assert len(made) == 80
    assert all(len(each.split()) == 7 and generated("fr")[1] >= 75 for each in made)
