"""A word that nobody knows and the words that exist in, a hint out; judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from sitegen.messages import Message, say

LISTED = 12  # a longer list helps nobody
MEANT = 3  # fewer letters may begin anything


def closest(word: str, options: Sequence[str]) -> str | None:
    """The option that `word` was probably meant to be: cut short, with two letters changed over, or nearly the same."""
    by_folded = {option.casefold(): option for option in options}
    meant = word.casefold()
    cut = [option for option in by_folded if len(meant) >= MEANT and option.startswith(meant)]
    turned = [option for option in by_folded if option[:1] == meant[:1] and sorted(option) == sorted(meant)]
    found = cut or turned or get_close_matches(meant, by_folded, n=1, cutoff=0.65)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, options: Sequence[str]) -> Message | None:
    """The closest option, else all of them when they are few, else None."""
    if best := closest(word, options):
        return say("problems.hint.did_you_mean", word=best)
    return say("problems.hint.one_of", options=tuple(options)) if 0 < len(options) <= LISTED else None
