"""A word that nobody knows and the words that exist in, a hint out; judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from sitegen.messages import Message, say

LISTED = 12  # a longer list helps nobody


def closest(word: str, options: Sequence[str]) -> str | None:
    """The option that `word` was probably meant to be: a slip of case or of a few letters."""
    by_folded = {option.casefold(): option for option in options}
    found = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, options: Sequence[str]) -> Message | None:
    """The closest option, else all of them when they are few, else None."""
    if best := closest(word, options):
        return say("problems.hint.did_you_mean", word=best)
    return say("problems.hint.one_of", options=tuple(options)) if 0 < len(options) <= LISTED else None
