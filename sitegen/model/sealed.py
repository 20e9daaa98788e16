"""Keyrings and what is sealed with them, as plain values; encrypts nothing. All bytes are told as base64."""

from __future__ import annotations

from dataclasses import dataclass, field

FORMAT = 1
FILE = "keys.json"  # in a client's folder, and in the workspace for the agency
STEPS = "keys.steps.json"  # beside the agency's: the rings that an interrupted change has still to put in place
ROUNDS = 600_000  # of PBKDF2-HMAC-SHA256, at least (OWASP's figure for it)
BITS = 75  # a passphrase's strength, at least: seven words of 2,048 have 77


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's way in: a key pair. `private` is its secret half under a key made from the passphrase, `sealed` the
    master key for whoever holds that half. So a new master key reaches everybody but the one who left, by `public`
    alone, and nobody but its owner can ever open a slot: the agency's key neither, nor an older one of it.

    `until` is the last day, ISO 8601, empty for none; `bits` is how strong the passphrase was when it was made.
    """

    id: str
    label: str
    public: str
    private: str
    sealed: str
    bits: int
    until: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """A person who was taken out. `private` still opens with the passphrase, so that the gate can say why it does not;
    nothing is sealed for it any more."""

    id: str
    label: str
    private: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Who may open a portal, or the agency's portfolio. Nothing in it opens anything without a passphrase.

    `owner` is the client's folder, empty for the agency; `id` is the portal's opaque name and folder; `tag` names the
    master key and changes with it; `chain` is the master key under the agency's, empty in the agency's own ring;
    `names` is what names files, under the master key; `mac` authenticates all the rest, labels too.
    """

    owner: str
    id: str
    tag: str
    salt: str
    names: str
    slots: tuple[Slot, ...]
    gone: tuple[Gone, ...] = ()
    chain: str = ""
    rounds: int = ROUNDS
    format: int = FORMAT
    mac: str = ""


@dataclass(frozen=True, slots=True)
class Master:
    """A master key and the key of the names, out of a keyring. Never written, never shown."""

    ring: str
    tag: str
    key: bytes = field(repr=False)
    names: bytes = field(repr=False)
