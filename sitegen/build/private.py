"""A workspace in, the names that no public page may say out; searches no page.

A portal is published when its client is public and approved: `published` is the one place that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from sitegen import read
from sitegen.build.ground import code
from sitegen.build.store import Store, key_of
from sitegen.build.workspace import Workspace
from sitegen.errors import Problem, Severity
from sitegen.locales import catalogue
from sitegen.messages import say
from sitegen.model.facts import Document

_PUBLIC = re.compile(r"^access:\s*public\s*(#.*)?$", re.MULTILINE)
_DRAFT = re.compile(r"^status:\s*draft\b", re.MULTILINE)


def published(access: str, status: str) -> bool:
    """Whether a client's portal may leave the agency."""
    return (access, status) == ("public", "approved")


@dataclass(frozen=True, slots=True)
class _Names:
    """What must not be said of a client in public; nothing of one that is published. `rivals` are its competitors, whom
    a client that is published may say."""

    words: tuple[str, ...]
    rivals: tuple[str, ...] = ()


def secret(workspace: Workspace, store: Store | None = None) -> dict[str, tuple[str, ...]]:
    """What no public page may say: slug and name of each client whose YAML, as far as it can be read, is not published,
    and its competitors unless one that is published has the same.

    Private is the default, so a client that fails, or is not asked for, is among them as well; a file that is no YAML
    is taken at its line `access: public`, if it has one. The `store` remembers what each file said.
    """
    names = {slug: _names(workspace.root, slug, store) for slug in (*workspace.slugs, *workspace.damaged)}
    said = {rival.casefold() for each in names.values() if not each.words for rival in each.rivals}
    return {
        slug: (*each.words, *(rival for rival in each.rivals if rival.casefold() not in said))
        for slug, each in names.items()
        if each.words
    }


def _names(root: Path, slug: str, store: Store | None) -> _Names:
    file = root / "data" / slug / "client.yaml"
    content = file.read_bytes() if file.is_file() else b""
    key = key_of("secret", code("read", "build/private.py"), slug, sha256(content).hexdigest())
    names = store.recall_as(key, _Names) if store else None
    if names is None:
        names = _read(root, slug, content.decode("utf-8", "replace"))
        if store and file.is_file() and file.read_bytes() == content:  # else it was saved while it was read
            store.remember_as(key, names)
    return names


def _read(root: Path, slug: str, text: str) -> _Names:
    """Slug and name of a client that is not published, and the competitors of any."""
    document, _ = read.document(root, f"data/{slug}/client.yaml")
    data = document.data if document is not None and isinstance(document.data, dict) else {}
    guessed = document is None and _PUBLIC.search(text) and not _DRAFT.search(text)
    name, rivals = data.get("name"), tuple(_rivals(data))
    if guessed or published(data.get("access", "private"), data.get("status", "approved")):
        own = (name,) if isinstance(name, str) else ()
        return _Names((), (*own, *rivals))
    return _Names((slug, name) if isinstance(name, str) else (slug,), rivals)


def _rivals(data: Mapping[str, Any]) -> Iterator[str]:
    written = data.get("competitors")
    for each in written if isinstance(written, list) else ():
        if isinstance(each, dict) and isinstance(name := each.get("name"), str) and name.strip():
            yield name.strip()


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
    place = _place(document, word) if document and word != slug else (0, 0)
    return Problem(path, *place, say("cli.ordinary", word=word), say("cli.ordinary_hint"), Severity.WARNING)


def _place(document: Document, word: str) -> tuple[int, int]:
    """Where the client's name stands, or the competitor's that it is."""
    data = document.data if isinstance(document.data, dict) else {}
    names = list(_rivals(data))
    if word != data.get("name") and word in names:
        return document.place(("competitors", names.index(word), "name"))
    return document.place(("name",))


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
