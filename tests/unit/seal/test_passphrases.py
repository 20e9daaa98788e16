"""How hard a chosen passphrase is to guess, and how one is read."""

import unicodedata

import pytest

from sitegen.model.sealed import BITS
from sitegen.seal import Weak, strength, weakness
from sitegen.seal.passphrases import LISTS, WORDS, _words, canonical


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "    ",
        "azerty123",
        "Tr0ub4dor&3",
        "correct horse battery staple",
        "Je vous salue Marie pleine de grâce",
        "aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll",
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "Rivenord Rivenord Rivenord Rivenord Rivenord Rivenord Rivenord Rivenord Rivenord Rivenord Rivenord",
    ],
)
def test_what_people_choose_is_weak(phrase: str) -> None:
    with pytest.raises(Weak) as found:
        weakness(phrase, BITS, ("Rivenord",))
    assert found.value.bits < BITS


@pytest.mark.parametrize(
    "phrase",
    [
        "k8F2-x9Qz-77hd-LmP0-v3Rt",
        "zinc ourlet kayak bravade jonquille pylone tamis goulag virelangue hublot escarpin mouette",
    ],
)
def test_long_ones_at_random_are_strong(phrase: str) -> None:
    assert weakness(phrase, BITS) >= BITS


def test_words_of_the_client_add_nothing() -> None:
    phrase = "zinc ourlet kayak bravade jonquille pylone tamis goulag virelangue hublot escarpin mouette"
    assert strength(phrase, ("zinc ourlet kayak",)) < strength(phrase)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Été--À  Œuvre ", "ete a œuvre"),
        ("ÉCLAIR’noir_3", "eclair noir 3"),
        ("ﬁn ①", "fin 1"),
        ("درهم", "درهم"),
        ("İSTANBUL", "istanbul"),
    ],
)
def test_canonical(typed: str, read: str) -> None:
    assert canonical(typed) == read


@pytest.mark.parametrize("language", LISTS)
def test_word_lists_hold_what_they_promise(language: str) -> None:
    words = _words(language)
    assert len(words) == len({canonical(word) for word in words}) == 2048
    assert all(canonical(word).isalpha() and unicodedata.is_normalized("NFC", word) for word in words)
    assert 11 * WORDS >= BITS
