"""A portal's finished files and a keyring in, encrypted files out; reads no file, asks for nothing, renders nothing.

The scheme is told in docs/security.md, the reader's half of it is `assets/js/seal.js` of the theme.
"""

from sitegen.seal.box import Box, Damaged, sealed_script
from sitegen.seal.passphrases import Weak, generated, strength, weakness
from sitegen.seal.rings import (
    WrongKey,
    added,
    checked,
    fresh,
    opened,
    public,
    renewed,
    unlocked,
)

__all__ = [
    "Box",
    "Damaged",
    "Weak",
    "WrongKey",
    "added",
    "checked",
    "fresh",
    "generated",
    "opened",
    "public",
    "renewed",
    "sealed_script",
    "strength",
    "unlocked",
    "weakness",
]
