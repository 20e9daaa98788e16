"""The platforms' names in, what a header cell is to each of them out; looks at no table.

A word that few platforms use weighs more than one that all do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from sitegen.model.exports import Described, Names, Platform, Titled
from sitegen.read.exports.platforms import plain, platforms

_CURRENCY = r"(?P<currency>[a-z]{3}|[^\w\s().,]{1,3}|[a-z]{1,2}\$)"
_PERIOD = r"(?P<period>(?=\D*\d)\S.*?)"
LONGEST = 200  # characters of a column's name


@dataclass(frozen=True, slots=True)
class Match:
    """What one header cell is to a platform."""

    column: Described
    languages: frozenset[str]
    qualifier: str | None = None
    currency: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One platform's names, ready to be looked up."""

    platform: Platform
    names: Mapping[str, tuple[str, frozenset[str]]]  # plain name → column, languages
    patterns: tuple[tuple[re.Pattern[str], str, frozenset[str]], ...]  # with currency or period, column, languages
    qualifiers: tuple[tuple[str, str], ...]  # plain suffix, kind
    titles: Mapping[str, tuple[Titled, str]]
    keys: Mapping[str, str]  # plain key of the preamble → note
    channels: frozenset[str]  # plain cells that name a channel

    @property
    def brand(self) -> str:
        """The first word of the platform's name, as people write it in a cell."""
        return plain(self.platform.name).split()[0]


@cache
def lexicons() -> tuple[Lexicon, ...]:
    """The names of all platforms."""
    return tuple(_lexicon(platform) for platform in platforms())


@cache
def weights() -> Mapping[str, float]:
    """Of each name: one over the number of platforms that use it."""
    users = Counter(name for lexicon in lexicons() for name in lexicon.names)
    return {name: 1 / count for name, count in users.items()}


def known(cell: str) -> bool:
    """Whether some platform calls a column so."""
    return len(cell) <= LONGEST and _known(cell)


@lru_cache(maxsize=1 << 14)
def _known(cell: str) -> bool:
    name = plain(cell)
    return name in weights() or any(looked_up(name, lexicon) is not None for lexicon in lexicons())


def _lexicon(platform: Platform) -> Lexicon:
    names: dict[str, tuple[str, frozenset[str]]] = {}
    patterns: dict[tuple[str, str], frozenset[str]] = {}
    for id, column in platform.columns.items():
        for language, name in _each(column.names):
            if "{" in name:
                patterns[name, id] = patterns.get((name, id), frozenset()) | {language}
                continue
            _, before = names.get(plain(name), (id, frozenset()))
            names.setdefault(plain(name), (id, frozenset()))
            if names[plain(name)][0] == id:
                names[plain(name)] = (id, before | {language})
    return Lexicon(
        platform,
        names,
        tuple((_pattern(name), id, languages) for (name, id), languages in patterns.items()),
        tuple((plain(suffix), kind) for kind, each in platform.qualifiers.items() for _, suffix in _each(each)),
        {plain(name): (title, language) for title in platform.titles.values() for language, name in _each(title.names)},
        {plain(name): key for key, each in platform.preamble.items() for _, name in _each(each)},
        frozenset(plain(name) for each in platform.channels.values() for _, name in _each(each)),
    )


def _each(names: Names) -> Iterator[tuple[str, str]]:
    return ((language, name) for language, written in names.items() for name in written)


def _pattern(name: str) -> re.Pattern[str]:
    written = re.escape(plain(name.replace("{currency}", "\0").replace("{period}", "\1")))
    return re.compile(written.replace("\0", _CURRENCY).replace("\1", _PERIOD))


# ---------------------------------------------------------------- one header cell


def looked_up(name: str, lexicon: Lexicon) -> Match | None:
    """What a plain name is to a platform, if anything."""
    if not name or len(name) > LONGEST:
        return None
    if found := _exactly(name, lexicon):
        return found
    for suffix, kind in lexicon.qualifiers:
        if name.endswith(suffix) and (found := _exactly(name.removesuffix(suffix).strip(), lexicon)):
            return replace(found, qualifier=kind)
    return None


def _exactly(name: str, lexicon: Lexicon) -> Match | None:
    columns = lexicon.platform.columns
    if name in lexicon.names:
        id, languages = lexicon.names[name]
        return Match(columns[id], languages)
    for pattern, id, languages in lexicon.patterns:
        if found := pattern.fullmatch(name):
            told = found.groupdict()
            currency = (told.get("currency") or "").upper() or None
            return Match(columns[id], languages, None, currency, told.get("period"))
    return None
