"""A language in, a passphrase out; and how hard one is to guess. Keeps none."""

from __future__ import annotations

import math
import secrets
import unicodedata
from functools import cache
from importlib.resources import files

WORDS = 7
LISTS = {"fr": "french", "en": "english"}  # of BIP 39: 2,048 words, no two alike in their first four letters
CHOSEN = 7  # bits that a word is worth which a person chose
LONGEST = 72  # characters that are judged: what is longer is as strong as its beginning


class Weak(Exception):
    """A passphrase that can be guessed; `bits` tells how hard."""

    def __init__(self, bits: int) -> None:
        super().__init__(bits)
        self.bits = bits


def generated(language: str) -> tuple[str, int]:
    """Seven random words of a language, French where there is no list of its own, and their strength in bits."""
    words = _words(language)
    chosen = [secrets.choice(words) for _ in range(WORDS)]
    return " ".join(chosen), int(WORDS * math.log2(len(words)))


def canonical(passphrase: str) -> str:
    """What is stretched: a phone's capitals, accents, hyphens and double spaces make no difference.

    `assets/js/seal.js` does the same.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", passphrase) if unicodedata.category(c)[0] != "M").lower()
    return " ".join("".join(c if unicodedata.category(c)[0] in "LN" else " " for c in bare).split())


def strength(passphrase: str, known: tuple[str, ...] = ()) -> int:
    """How many bits of guessing a chosen passphrase is worth, in its canonical form; `known` are words of the client.

    zxcvbn knows English and patterns. Words that a person chose follow one another as language does, so each counts as
    one of 128 at most: eleven of them are strong, or sixteen signs at random.
    """
    from zxcvbn import zxcvbn  # its lists take longer to load than a client to seal

    said = canonical(passphrase)
    if not said:
        return 0
    judged = zxcvbn(said[:LONGEST], user_inputs=[canonical(word) for word in known], max_length=LONGEST)
    by_patterns = math.log2(float(judged["guesses"]))
    own = {part for word in known for part in canonical(word).split()}
    parts = {part for part in said.split() if part not in own}
    by_parts = sum(min(CHOSEN, 2 * len({*part})) if part.isalpha() else 5 * len({*part}) for part in parts)
    return int(min(by_patterns, by_parts))


def weakness(passphrase: str, least: int, known: tuple[str, ...] = ()) -> int:
    """The strength of a chosen passphrase. Raises Weak for less than `least` bits."""
    bits = strength(passphrase, known)
    if bits < least:
        raise Weak(bits)
    return bits


@cache
def _words(language: str) -> tuple[str, ...]:
    listed = LISTS.get(language.partition("-")[0], LISTS["fr"])
    text = (files("mnemonic") / "wordlist" / f"{listed}.txt").read_text("utf-8")
    return tuple(unicodedata.normalize("NFC", line.strip()) for line in text.split() if line.strip())
