"""A name in, a new workspace or a new client's folder out, made of what lies in starter/; changes no file.

In starter/, `common` serves every language and a folder of a language has what is told in it. A name that begins with
`dot-` stands for one that begins with a dot.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import sitegen
from sitegen import read
from sitegen.commands import schema
from sitegen.errors import ProblemsFound, UsageError
from sitegen.messages import say

STARTER = Path(sitegen.__file__).parent / "starter"
EXAMPLES = {"fr": "boutique-exemple", "en": "example-shop"}
LONGEST = 80  # as `agency.name`
_NO_FOLDER = re.compile(r'[<>:"/\\|?*\x00-\x1f]|^[.\s]|[.\s]$')  # what no system, or not every one, can call a folder


@dataclass(frozen=True, slots=True)
class Made:
    """The new folder and the files in it, by their names relative to it."""

    folder: Path
    files: tuple[str, ...]


def agency(parent: Path, name: str, language: str) -> Made:
    """A workspace for an agency called `name`, in a folder of that name, with one invented client.

    Raises UsageError for a name that no folder can bear, and for a folder that is not empty.
    """
    folder = parent / name
    if not name or len(name) > LONGEST or _NO_FOLDER.search(name):
        raise UsageError(say("new.no_folder_name", name=name))
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(say("new.exists", folder=str(folder)))
    filled = {"name": name, "quoted": _quoted(name), "version": sitegen.__version__}
    files = _written("agency", folder, language, filled)
    schemas = schema.write(folder / "schemas")
    return Made(folder, (*files, *(f"schemas/{each}.schema.json" for each in schemas)))


def client(root: Path, slug: str, language: str) -> Made:
    """A client's folder in the workspace at `root`, with a `client.yaml` that explains every key that matters.

    Raises ProblemsFound for a name that no client's folder may have, UsageError where there is no workspace, or that
    client already.
    """
    if not (root / "config.yaml").is_file():
        raise UsageError(say("new.no_workspace", folder=str(root)))
    if fault := read.misnamed(slug):
        raise ProblemsFound([fault])
    folder = root / "data" / slug
    if folder.exists():
        raise UsageError(say("new.exists", folder=f"data/{slug}"))
    name = slug.replace("-", " ").title()
    return Made(folder, _written("client", folder, language, {"slug": slug, "quoted": _quoted(name)}))


def _quoted(name: str) -> str:
    """The name as YAML takes it, whatever is in it."""
    return json.dumps(name, ensure_ascii=False)


def _written(kind: str, folder: Path, language: str, filled: Mapping[str, str]) -> tuple[str, ...]:
    files = sorted(_files(kind, language))
    for address, source in files:
        text = source.read_text("utf-8")
        for word, value in filled.items():
            text = text.replace(f"⟦{word}⟧", value)
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_text(text, "utf-8", newline="\n")
    return tuple(address for address, _ in files)


def _files(kind: str, language: str) -> Iterator[tuple[str, Path]]:
    """The new files by address, and what each is made of."""
    for part in ("common", language):
        for source in (STARTER / kind / part).rglob("*"):
            if source.is_file():
                address = source.relative_to(STARTER / kind / part).as_posix()
                yield re.sub(r"(^|/)dot-", r"\1.", address).replace("EXAMPLE", EXAMPLES[language]), source
