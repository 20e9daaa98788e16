"""One master key, files in, sealed files out. What is sealed twice alike is alike, byte for byte.

A nonce is made from exactly what is encrypted under it, compressed and padded, with what it is bound to: the same nonce
comes twice for the same bytes only. Names are keyed hashes of client and address, so whatever is bound to a name is
bound to the client, the edition and the page.
"""

from __future__ import annotations

import base64
import json
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sitegen.model.sealed import Master
from sitegen.seal import primitives as crypt

NAME = 20  # characters of five bits: two of 2^32 files share one in less than one of 2^36 portals
LEVEL = 4  # of zlib: what another zlib makes of a page is another ciphertext under another nonce
SMALLEST = 1024  # bytes of the smallest step


class Damaged(Exception):
    """Sealed bytes that are not what was sealed under this key and name."""


class Box:
    """Seals the files of one portal."""

    def __init__(self, master: Master) -> None:
        self.ring = master.ring
        self._page = AESGCM(crypt.derived(master.key, "page"))
        self._nonce = crypt.derived(master.key, "nonce")
        self._names = master.names

    def name(self, address: str) -> str:
        """The opaque name of the file at this address of the site; the same after every change of the master key."""
        return crypt.opaque(crypt.mac(self._names, crypt.told("name", self.ring, address)), NAME)

    def seal(self, name: str, address: str, body: bytes) -> str:
        """A file, with its true address, under its name; base64 of nonce, ciphertext and tag."""
        head = json.dumps({"address": address}, ensure_ascii=False).encode()
        content = padded(zlib.compress(head + b"\n" + body, LEVEL))
        bound = crypt.told("file", self.ring, name)
        nonce = self.nonce(bound, content)
        return base64.b64encode(nonce + self._page.encrypt(nonce, content, bound)).decode()

    def nonce(self, bound: bytes, content: bytes) -> bytes:
        """96 bits of a keyed hash of all that goes into the cipher."""
        return crypt.mac(self._nonce, len(bound).to_bytes(8, "big") + bound + content)[: crypt.NONCE]

    def open(self, name: str, sealed: str) -> tuple[str, bytes]:
        """The address and body that were sealed under this name. Raises Damaged for anything else."""
        try:
            held = base64.b64decode(sealed, validate=True)
            content = self._page.decrypt(held[: crypt.NONCE], held[crypt.NONCE :], crypt.told("file", self.ring, name))
        except (InvalidTag, ValueError):
            raise Damaged(name) from None
        length = int.from_bytes(content[:4], "big")
        head, _, body = zlib.decompress(content[4 : 4 + length]).partition(b"\n")
        return json.loads(head)["address"], body


def padded(content: bytes) -> bytes:
    """The content with its length before it and zeros after it, up to the next of eight steps to each doubling."""
    held = len(content).to_bytes(4, "big") + content
    step = max(SMALLEST, 1 << max(0, len(held).bit_length() - 4))
    return held + bytes(-len(held) % step)


def sealed_script(name: str, sealed: str) -> bytes:
    """A sealed file that is no page: a script that hands it over, which a page opened from a folder can load, too."""
    return f'sitegenSealed("{name}","{sealed}");\n'.encode()
