"""Keyrings and passphrases in, keyrings and master keys out; reads and writes no file.

One PBKDF2 opens a ring, whoever knocks: the salt is the ring's, and each slot has a key of its own from what comes out.
A new master key is sealed to each slot's public key, so it asks for no passphrase, and no older key leads to it.
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


def fresh(agency: Master | None, owner: str = "") -> tuple[Keyring, Master]:
    """An empty ring with a new id and master key: the client `owner`'s, or the agency's own without an `agency`."""
    ring_id = crypt.opaque(secrets.token_bytes(16), 26)
    ring = Keyring(owner, ring_id, "", crypt.plain(secrets.token_bytes(16)), "", ())
    return _rekeyed(ring, agency, secrets.token_bytes(crypt.KEY))


def unlocked(ring: Keyring, passphrase: str) -> Master:
    """The master key, by a person's passphrase. Raises WrongKey."""
    base = _base(ring, passphrase)
    for slot in ring.slots:
        private = crypt.unwrapped(_slot_key(base, ring.id, slot.id), slot.private, _bound(ring, slot.id, slot.until))
        key = crypt.opened_by(private, slot.sealed, *_sealed(ring, slot.id)) if private is not None else None
        if key is not None:
            return checked(ring, key)
    raise WrongKey(ring.id)


def opened(ring: Keyring, agency: Master) -> Master:
    """The master key of a client's ring, by the agency's. Raises WrongKey, too, when the ring was tampered with."""
    key = crypt.unwrapped(crypt.derived(agency.key, "chain"), ring.chain, _chained(ring, agency.ring))
    if key is None:
        raise WrongKey(ring.id)
    return checked(ring, key)


def checked(ring: Keyring, key: bytes) -> Master:
    """The master of a ring whose every line is as it was signed. Raises WrongKey."""
    names = crypt.unwrapped(crypt.derived(key, "names"), ring.names, crypt.told("names", ring.id))
    if names is None or not secrets.compare_digest(_mac(ring, key).encode(), ring.mac.encode()):
        raise WrongKey(ring.id)
    return Master(ring.id, ring.tag, key, names)


def added(ring: Keyring, master: Master, label: str, passphrase: str, bits: int, until: str = "") -> Keyring:
    """The ring with a slot for one more person; nobody else's changes."""
    slot_id = crypt.opaque(secrets.token_bytes(5), 8)
    key = _slot_key(_base(ring, passphrase), ring.id, slot_id)
    private, public = crypt.pair()
    wrapped = crypt.wrapped(key, private, _bound(ring, slot_id, until))
    slot = Slot(slot_id, label, crypt.plain(public), wrapped, "", bits, until)
    return _signed(replace(ring, slots=(*ring.slots, _filled(ring, slot, master.key))), master.key)


def renewed(ring: Keyring, master: Master, agency: Master | None, without: str | None = None) -> tuple[Keyring, Master]:
    """The ring under a new master key, for everybody but the one whose slot is `without`; all passphrases stay.

    `agency` is whose key is to open it from now on; None for the agency's own ring.
    """
    left = tuple(Gone(slot.id, slot.label, slot.private, slot.until) for slot in ring.slots if slot.id == without)
    bare = replace(ring, gone=(*ring.gone, *left), slots=())
    made, following = _rekeyed(bare, agency, secrets.token_bytes(crypt.KEY), master.names)
    slots = tuple(_filled(made, slot, following.key) for slot in ring.slots if slot.id != without)
    return _signed(replace(made, slots=slots), following.key), following


def public(ring: Keyring, agency: Keyring | None) -> bytes:
    """What a gate needs to know of a ring, as a script: no label, and no day but that of an expiry."""

    def told(each: Keyring) -> dict[str, object]:
        slots = [
            {"id": s.id, "public": s.public, "private": s.private, "sealed": s.sealed, "until": s.until}
            for s in each.slots
        ]
        gone = [{"id": s.id, "private": s.private, "until": s.until} for s in each.gone]
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
    """What a person's private key is bound to, so that no line of the slot can be changed or moved."""
    return crypt.told("slot", ring.id, slot, str(ring.rounds), ring.salt, until)


def _sealed(ring: Keyring, slot: str) -> tuple[str, ...]:
    """What the master key in a slot is bound to."""
    return ("master", ring.id, ring.tag, slot)


def _chained(ring: Keyring, agency: str) -> bytes:
    return crypt.told("chain", ring.id, ring.tag, agency)


def _filled(ring: Keyring, slot: Slot, master: bytes) -> Slot:
    """A slot with the ring's master key for the person whose it is."""
    return replace(slot, sealed=crypt.sealed_to(crypt.raw(slot.public), master, *_sealed(ring, slot.id)))


def _rekeyed(ring: Keyring, agency: Master | None, key: bytes, names: bytes | None = None) -> tuple[Keyring, Master]:
    """A ring without slots under this master key; the names stay, so that addresses do."""
    names = names or secrets.token_bytes(crypt.KEY)
    tag = crypt.opaque(secrets.token_bytes(10), 16)
    kept = crypt.wrapped(crypt.derived(key, "names"), names, crypt.told("names", ring.id))
    made = replace(ring, tag=tag, names=kept)
    if agency is not None:
        made = replace(made, chain=crypt.wrapped(crypt.derived(agency.key, "chain"), key, _chained(made, agency.ring)))
    return _signed(made, key), Master(ring.id, tag, key, names)


def _signed(ring: Keyring, key: bytes) -> Keyring:
    return replace(ring, mac=_mac(ring, key))


def _mac(ring: Keyring, key: bytes) -> str:
    return crypt.plain(crypt.mac(crypt.derived(key, "ring"), codec.encode(replace(ring, mac="")).encode()))
