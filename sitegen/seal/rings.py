"""Keyrings and passphrases in, keyrings and master keys out; reads and writes no file.

One PBKDF2 opens a ring, whoever knocks: the salt is the ring's, and each slot has a key of its own from what comes out.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import replace

from sitegen.model import codec
from sitegen.model.sealed import ROUNDS, Gone, Keyring, Master, Slot
from sitegen.seal import primitives as crypt
from sitegen.seal.passphrases import canonical


class WrongKey(Exception):
    """A passphrase, or a key, that does not open this ring; or a ring that was changed by somebody else."""


def fresh(agency: Master | None) -> tuple[Keyring, Master]:
    """An empty ring with a new id and a new master key; the agency's own ring when there is no `agency` yet."""
    ring_id = crypt.opaque(secrets.token_bytes(16), 26)
    ring = Keyring(ring_id, "", crypt.plain(secrets.token_bytes(16)), "", ())
    return _rekeyed(ring, secrets.token_bytes(crypt.KEY), agency)


def unlocked(ring: Keyring, passphrase: str) -> Master:
    """The master key, by a person's passphrase. Raises WrongKey."""
    base = _base(ring, passphrase)
    for slot in ring.slots:
        key = crypt.unwrapped(_slot_key(base, ring.id, slot.id), slot.wrapped, _bound(ring, slot.id, slot.until))
        if key is not None:
            return checked(ring, key)
    raise WrongKey(ring.id)


def opened(ring: Keyring, agency: Master) -> Master:
    """The master key of a client's ring, by the agency's. Raises WrongKey, too, when the ring was tampered with."""
    key = crypt.unwrapped(crypt.derived(agency.key, "chain"), ring.chain, chained(ring, agency.ring))
    if key is None:
        raise WrongKey(ring.id)
    return checked(ring, key)


def checked(ring: Keyring, key: bytes) -> Master:
    """The master of a ring whose every line is as it was signed. Raises WrongKey."""
    names = crypt.unwrapped(crypt.derived(key, "names"), ring.names, crypt.told("names", ring.id))
    if names is None or not secrets.compare_digest(_mac(ring, key).encode(), ring.mac.encode()):
        raise WrongKey(ring.id)
    return Master(ring.id, ring.tag, key, names)


def added(
    ring: Keyring, master: Master, agency: Master, label: str, passphrase: str, bits: int, until: str = ""
) -> Keyring:
    """The ring with a slot for one more person; nobody else's changes."""
    slot_id = crypt.opaque(secrets.token_bytes(5), 8)
    key = _slot_key(_base(ring, passphrase), ring.id, slot_id)
    slot = Slot(slot_id, label, "", "", bits, until)
    return _signed(replace(ring, slots=(*ring.slots, _filled(ring, slot, key, master.key, agency))), master.key)


def renewed(
    ring: Keyring,
    master: Master,
    agency: Master,
    without: str | None = None,
    next_agency: Master | None = None,
) -> tuple[Keyring, Master]:
    """The ring under a new master key, with everybody but the one whose slot is `without`; all passphrases stay.

    `next_agency` is the agency's new key where that changes, too; the agency's own ring is renewed with its master as
    `agency`. Raises WrongKey when a slot's escrow does not open.
    """
    own = ring.id == agency.ring
    escrow = crypt.derived(agency.key, "escrow")
    keys = {slot.id: crypt.unwrapped(escrow, slot.escrow, _held(ring, slot.id)) for slot in ring.slots}
    if not all(keys.values()):
        raise WrongKey(ring.id)
    left = tuple(slot for slot in ring.slots if slot.id == without)
    gone = tuple(
        Gone(s.id, s.label, crypt.wrapped(keys[s.id] or b"", b"", crypt.told("gone", ring.id, s.id))) for s in left
    )
    bare = replace(ring, gone=(*ring.gone, *gone), slots=())
    key = secrets.token_bytes(crypt.KEY)
    made, next_master = _rekeyed(bare, key, None if own else next_agency or agency, master.names)
    holder = next_master if own else next_agency or agency
    kept = (slot for slot in ring.slots if slot.id != without)
    slots = tuple(_filled(made, slot, keys[slot.id] or b"", key, holder) for slot in kept)
    return _signed(replace(made, slots=slots), key), next_master


def chained(ring: Keyring, agency: str) -> bytes:
    """What a ring's chain is bound to."""
    return crypt.told("chain", ring.id, ring.tag, agency)


def public(ring: Keyring, agency: Keyring | None) -> bytes:
    """What a gate needs to know of a ring, as a script: no label, no escrow, no day but that of an expiry."""

    def told(each: Keyring) -> dict[str, object]:
        slots = [{"id": slot.id, "wrapped": slot.wrapped, "until": slot.until} for slot in each.slots]
        gone = [{"id": slot.id, "check": slot.check} for slot in each.gone]
        return {"id": each.id, "tag": each.tag, "rounds": each.rounds, "salt": each.salt, "slots": slots, "gone": gone}

    keys = told(ring) | ({"agency": told(agency) | {"chain": ring.chain}} if agency else {})
    return f"sitegenKeys({json.dumps(keys, sort_keys=True, separators=(',', ':'))});\n".encode()


def _base(ring: Keyring, passphrase: str) -> bytes:
    if ring.rounds < ROUNDS:
        raise WrongKey(ring.id)
    return crypt.stretched(canonical(passphrase), crypt.raw(ring.salt), ring.rounds)


def _slot_key(base: bytes, ring: str, slot: str) -> bytes:
    return crypt.derived(base, "slot", ring, slot)


def _bound(ring: Keyring, slot: str, until: str) -> bytes:
    """What a slot is bound to, so that no line of it can be changed or moved."""
    return crypt.told("slot", ring.id, ring.tag, slot, str(ring.rounds), ring.salt, until)


def _held(ring: Keyring, slot: str) -> bytes:
    return crypt.told("escrow", ring.id, slot)


def _filled(ring: Keyring, slot: Slot, key: bytes, master: bytes, agency: Master) -> Slot:
    """A slot with the master key under the person's, and the person's under the agency's."""
    escrow = crypt.wrapped(crypt.derived(agency.key, "escrow"), key, _held(ring, slot.id))
    return replace(slot, wrapped=crypt.wrapped(key, master, _bound(ring, slot.id, slot.until)), escrow=escrow)


def _rekeyed(ring: Keyring, key: bytes, agency: Master | None, names: bytes | None = None) -> tuple[Keyring, Master]:
    """A ring without slots under this master key; the names stay, so that addresses do."""
    names = names or secrets.token_bytes(crypt.KEY)
    tag = crypt.opaque(secrets.token_bytes(10), 16)
    kept = crypt.wrapped(crypt.derived(key, "names"), names, crypt.told("names", ring.id))
    made = replace(ring, tag=tag, names=kept)
    if agency is not None:
        chain = crypt.wrapped(crypt.derived(agency.key, "chain"), key, chained(made, agency.ring))
        made = replace(made, chain=chain)
    return _signed(made, key), Master(ring.id, tag, key, names)


def _signed(ring: Keyring, key: bytes) -> Keyring:
    return replace(ring, mac=_mac(ring, key))


def _mac(ring: Keyring, key: bytes) -> str:
    return crypt.plain(crypt.mac(crypt.derived(key, "ring"), codec.encode(replace(ring, mac="")).encode()))
