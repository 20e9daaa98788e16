"""Theme folders in, one resolved `Theme` out; renders nothing.

A theme is looked for in the workspace, then among the packaged ones; `extends` names its parent, whose tokens and files
it replaces by name. A theme may so be a dozen lines of `theme.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sitegen.errors import Problem
from sitegen.messages import Message, say
from sitegen.model.built import Theme
from sitegen.read.documents import document

CASCADE = ("reset", "base", "layout")
MODES = ("light", "dark")


def names(folders: Sequence[Path]) -> frozenset[str]:
    """The themes that can be asked for."""
    return frozenset(file.parent.name for folder in folders for file in folder.glob("*/theme.yaml"))


def theme(name: str, folders: Sequence[Path]) -> tuple[Theme | None, tuple[Problem, ...]]:
    """The theme called `name`, with its parents below it. Folders are searched in order."""
    chain: list[tuple[Path, Mapping[str, Any]]] = []
    wanted: str | None = name
    while wanted is not None:
        folder = next((parent / wanted for parent in folders if (parent / wanted / "theme.yaml").is_file()), None)
        if folder is None:
            return None, (_problem(f"themes/{wanted}", say("read.theme_missing", name=wanted)),)
        if any(folder == seen for seen, _ in chain):
            return None, (_problem(f"themes/{wanted}/theme.yaml", say("read.theme_extends_itself", name=wanted)),)
        settings, problems = document(folder, "theme.yaml")
        if settings is None or not isinstance(settings.data, dict):
            return None, problems or (_problem(f"themes/{wanted}/theme.yaml", say("read.theme_not_a_mapping")),)
        chain.append((folder, settings.data))
        wanted = settings.data.get("extends")
    return _resolved(name, list(reversed(chain))), ()


def _problem(path: str, message: Message) -> Problem:
    return Problem(path, 1, 1, message)


def _resolved(name: str, chain: Sequence[tuple[Path, Mapping[str, Any]]]) -> Theme:
    tokens: dict[str, dict[str, str]] = {mode: {} for mode in MODES}
    fonts: dict[str, str] = {}
    templates: dict[str, str] = {}
    styles: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    examples: dict[str, object] = {}
    for folder, settings in chain:
        for mode in MODES:
            tokens[mode].update(
                {key: str(value) for key, value in (settings.get("tokens", {}).get(mode) or {}).items()}
            )
        fonts.update({key: str(value) for key, value in (settings.get("fonts") or {}).items()})
        for file in sorted(folder.rglob("*")):
            if not file.is_file():
                continue
            address = file.relative_to(folder).as_posix()
            if address.endswith(".html"):
                templates[address] = file.read_text("utf-8")
            elif address.endswith(".css"):
                styles[address] = file.read_text("utf-8")
            elif address.startswith("components/") and address.endswith(".yaml"):
                examples[file.stem] = _examples(folder, address)
            elif address.startswith("assets/"):
                assets[address.removeprefix("assets/")] = file.read_bytes()
    ordered = {address: styles[address] for address in sorted(styles, key=_cascade)}
    return Theme(name, tokens, fonts, templates, ordered, assets, examples)


def _examples(folder: Path, address: str) -> object:
    read, _ = document(folder, address)
    return read.data if read else None


def _cascade(address: str) -> tuple[int, str]:
    """Reset, base and layout first, components next, print last."""
    stem = Path(address).stem
    if stem in CASCADE and address.startswith("assets/"):
        return CASCADE.index(stem), address
    return (len(CASCADE) + (stem == "print"), address)
