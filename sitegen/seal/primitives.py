"""Keys and bytes in, bytes out: the few operations that all of sealing is made of, each as WebCrypto has it too."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SCHEME = "sitegen/1"
NONCE = 12  # bytes, as AES-GCM takes them
KEY = 32  # bytes


def told(*parts: str) -> bytes:
    """Texts as bytes that no other texts give: each with its length before it, the scheme's name first."""
    encoded = (part.encode() for part in (SCHEME, *parts))
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def stretched(passphrase: str, salt: bytes, rounds: int) -> bytes:
    """PBKDF2-HMAC-SHA256, 32 bytes; slow on purpose."""
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, rounds, KEY)


def derived(key: bytes, *purpose: str) -> bytes:
    """HKDF-SHA256 without salt: a key of 32 bytes for one purpose."""
    return HKDF(SHA256(), KEY, None, told(*purpose)).derive(key)


def wrapped(key: bytes, content: bytes, bound: bytes) -> str:
    """AES-256-GCM under a random nonce, which comes first; base64. For few things under one key only."""
    nonce = secrets.token_bytes(NONCE)
    return plain(nonce + AESGCM(key).encrypt(nonce, content, bound))


def unwrapped(key: bytes, content: str, bound: bytes) -> bytes | None:
    """What was wrapped; None for another key, other bound data, or a changed byte."""
    try:
        raw = base64.b64decode(content, validate=True)
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], bound)
    except (InvalidTag, ValueError):
        return None


def mac(key: bytes, content: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    return hmac.new(key, content, hashlib.sha256).digest()


def plain(raw: bytes) -> str:
    """Base64."""
    return base64.b64encode(raw).decode()


def raw(text: str) -> bytes:
    """The bytes of base64. Raises ValueError for anything else."""
    return base64.b64decode(text, validate=True)


def opaque(raw_name: bytes, length: int) -> str:
    """A name for an address: letters and digits that no two file systems read differently."""
    return base64.b32encode(raw_name).decode().lower().rstrip("=")[:length]
