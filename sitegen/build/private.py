"""A workspace in, the names that no public page may say out; searches no page.

A portal is published when its client is public and approved: `published` is the one place that says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sitegen import read
from sitegen.build.ground import code
from sitegen.build.store import Store, key_of
from sitegen.build.workspace import Workspace
from sitegen.errors import Problem, Severity
from sitegen.locales import catalogue
from sitegen.messages import say

_PUBLIC = re.compile(r"^access:\s*public\s*(#.*)?$", re.MULTILINE)
_DRAFT = re.compile(r"^status:\s*draft\b", re.MULTILINE)


def published(access: str, status: str) -> bool:
    """Whether a client's portal may leave the agency."""
    return (access, status) == ("public", "approved")


@dataclass(frozen=True, slots=True)
class _Names:
    """What must not be said of a client in public; nothing of one that is published."""

    words: tuple[str, ...]


def secret(workspace: Workspace, store: Store | None = None) -> dict[str, tuple[str, ...]]:
    """What no public page may say: slug and name of each client whose YAML, as far as it can be read, is not published.

    Private is the default, so a client that fails, or is not asked for, is among them as well; a file that is no YAML
    is taken at its line `access: public`, if it has one. The `store` remembers what each file said.
    """
    words: dict[str, tuple[str, ...]] = {}
    for slug in (*workspace.slugs, *workspace.damaged):
        names = _names(workspace.root, slug, store)
        if names.words:
            words[slug] = names.words
    return words


def _names(root: Path, slug: str, store: Store | None) -> _Names:
    file = root / "data" / slug / "client.yaml"
    content = file.read_bytes() if file.is_file() else b""
    key = key_of("secret", code("read", "build/private.py"), slug, sha256(content).hexdigest())
    names = store.recall_as(key, _Names) if store else None
    if names is None:
        names = _Names(_unpublished(root, slug, content.decode("utf-8", "replace")))
        if store and file.is_file() and file.read_bytes() == content:  # else it was saved while it was read
            store.remember_as(key, names)
    return names


def _unpublished(root: Path, slug: str, text: str) -> tuple[str, ...]:
    """Slug and name of a client that is not published; nothing of one that is."""
    document, _ = read.document(root, f"data/{slug}/client.yaml")
    data = document.data if document is not None and isinstance(document.data, dict) else {}
    guessed = document is None and _PUBLIC.search(text) and not _DRAFT.search(text)
    if guessed or published(data.get("access", "private"), data.get("status", "approved")):
        return ()
    name = data.get("name")
    return (slug, name) if isinstance(name, str) else (slug,)


def watched(words: Mapping[str, tuple[str, ...]], workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """Those of the secret words that can be looked for: that our own words and names do not use anyway.

    A client called "Revenue" or a folder `data/shop` cannot be told from the pages' own vocabulary.
    """
    ordinary = _ordinary(workspace)

    def rare(word: str) -> bool:
        return any(part not in ordinary for part in re.findall(r"\w+", word.casefold()))

    return {slug: tuple(filter(rare, each)) for slug, each in words.items()}


def problems(workspace: Workspace) -> tuple[Problem, ...]:
    """A warning for each private name or folder that is an ordinary word, and so is not looked for.

    None where no client is public: there is no page on which it could stand.
    """
    words = secret(workspace)
    if words.keys() >= {*workspace.slugs}:
        return ()
    seen = watched(words, workspace)
    return tuple(
        _problem(workspace, slug, word)
        for slug in workspace.slugs
        for word in dict.fromkeys(words.get(slug, ()))
        if word not in seen[slug]
    )


def _problem(workspace: Workspace, slug: str, word: str) -> Problem:
    path = f"data/{slug}/client.yaml"
    document, _ = read.document(workspace.root, path)
    place = document.place(("name",)) if document and word != slug else (0, 0)
    return Problem(path, *place, say("cli.ordinary", word=word), say("cli.ordinary_hint"), Severity.WARNING)


def _ordinary(workspace: Workspace) -> frozenset[str]:
    """Every word of our sentences, articles and theme, and of the agency's own settings, in small letters."""
    patterns = [item for tag in workspace.site.languages for item in catalogue(tag).items()]
    own = (
        *(key for key, _ in patterns),
        *(str(pattern) for _, pattern in patterns),
        *(article.body + article.title + article.summary for article in workspace.articles),
        *workspace.theme.templates.values(),
        *workspace.theme.styles.values(),
        workspace.site.agency.model_dump_json(),
    )
    return frozenset(re.findall(r"\w+", " ".join(own).casefold()))
