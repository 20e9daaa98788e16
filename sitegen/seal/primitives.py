"""Keys and bytes in, bytes out: the few operations that all of sealing is made of, each as WebCrypto has it too."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

SCHEME = "sitegen/1"
NONCE = 12  # bytes, as AES-GCM takes them
KEY = 32  # bytes
POINT = 65  # bytes of a public key: a point of P-256, not compressed
CURVE = ec.SECP256R1()


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


def pair() -> tuple[bytes, bytes]:
    """A new key pair of P-256, which every WebCrypto has: the private half as PKCS 8, the public one as a point."""
    private = ec.generate_private_key(CURVE)
    return private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), _point(private.public_key())


def sealed_to(public: bytes, content: bytes, *bound: str) -> str:
    """The content for whoever holds the private half of `public`: by a fresh key pair, whose point comes first."""
    private = ec.generate_private_key(CURVE)
    own = _point(private.public_key())
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public))
    nonce = secrets.token_bytes(NONCE)
    held = AESGCM(_agreed(shared, own, public)).encrypt(nonce, content, told(*bound))
    return plain(own + nonce + held)


def opened_by(private: bytes, content: str, *bound: str) -> bytes | None:
    """What was sealed to the public half; None for another key, other bound data, or a changed byte."""
    try:
        key = load_der_private_key(private, None)
        held = raw(content)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            return None
        other = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, held[:POINT])
        agreed = _agreed(key.exchange(ec.ECDH(), other), held[:POINT], _point(key.public_key()))
        return AESGCM(agreed).decrypt(held[POINT : POINT + NONCE], held[POINT + NONCE :], told(*bound))
    except (InvalidTag, ValueError):
        return None


def _agreed(shared: bytes, own: bytes, public: bytes) -> bytes:
    """The key that both sides of an ECDH come to, bound to both public halves."""
    return derived(shared, "agreed", plain(own), plain(public))


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


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
