"""Theme folders in, one resolved `Theme` out; renders nothing.

A theme is looked for in the workspace, then among the packaged ones; `extends` names its parent, whose tokens and files
it replaces by name. A theme may so be a dozen lines of `theme.yaml`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from sitegen.errors import Problem
from sitegen.messages import say
from sitegen.model.built import Theme
from sitegen.model.facts import Document
from sitegen.read.documents import document, parsed, read_text

CASCADE = ("reset", "base", "layout")
MODES = ("light", "dark")
KEYS = ("name", "extends", "tokens", "fonts")

Names: TypeAlias = tuple[str, ...]

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")  # the one form that contrasts can be computed of
_FONTS = re.compile(r"[^;{}<>\\\n]+")  # nothing that closes a rule


def names(folders: Sequence[Path]) -> frozenset[str]:
    """The themes that can be asked for."""
    return frozenset(file.parent.name for folder in folders for file in folder.glob("*/theme.yaml"))


def theme(name: str, folders: Sequence[Path]) -> tuple[Theme | None, tuple[Problem, ...]]:
    """The theme called `name`, with its parents below it; None beside a problem. Folders are searched in order."""
    chain: list[tuple[Path, Document]] = []
    wanted: str | None = name
    while wanted is not None:
        path = f"themes/{wanted}/theme.yaml"
        folder = next((parent / wanted for parent in folders if (parent / wanted / "theme.yaml").is_file()), None)
        if folder is None:
            return None, (Problem(f"themes/{wanted}", 1, 1, say("read.theme_missing", name=wanted)),)
        if any(folder == seen for seen, _ in chain):
            return None, (Problem(path, 1, 1, say("read.theme_extends_itself", name=wanted)),)
        text = read_text(folder / "theme.yaml", path)
        settings, problems = (None, (text,)) if isinstance(text, Problem) else parsed(text, path)
        if settings is None or problems:
            return None, problems
        if not isinstance(settings.data, dict):
            return None, (Problem(path, 1, 1, say("read.theme_not_a_mapping")),)
        chain.append((folder, settings))
        parent = settings.data.get("extends")
        if parent is not None and not (isinstance(parent, str) and _NAME.fullmatch(parent)):
            message = say("read.theme_bad_name", value=str(parent))
            place = settings.place(("extends",))
            return None, (Problem(path, *place, message, say("read.theme_bad_name_hint")),)
        wanted = parent
    chain.reverse()
    unreadable = tuple(problem for folder, settings in chain for problem in _unreadable(folder, settings))
    if found := (*_misfits([settings for _, settings in chain]), *unreadable):
        return None, found
    return _resolved(name, [(folder, settings.data) for folder, settings in chain]), ()


# ---------------------------------------------------------------- what does not fit


def _misfits(chain: Sequence[Document]) -> Iterator[Problem]:
    """The keys, names and values that no theme can have, parents first: a theme only sets what its parent has."""
    known: dict[Names, set[str]] = {}
    for settings in chain:
        yield from _groups(settings, (), KEYS)
        tokens = ("tokens",)
        yield from _groups(settings, tokens, MODES)
        for at in (*((*tokens, mode) for mode in MODES), ("fonts",)):
            kind = at[:1]
            inherited = known.get(kind, set())
            group = _group(settings, at)
            for name, value in group.items():
                if inherited and name not in inherited:
                    close = difflib.get_close_matches(name, sorted(inherited), 1)
                    message = say("read.theme_unknown_name", name=name, key=at[-1])
                    hint = say("read.did_you_mean", name=close[0]) if close else None
                    yield Problem(settings.path, *settings.keys[(*at, name)], message, hint)
                elif problem := (_font if kind == ("fonts",) else _colour)(settings, (*at, name), value):
                    yield problem
        for kind in (tokens, ("fonts",)):
            below = [(*kind, mode) for mode in MODES] if kind == tokens else [kind]
            names = {name for at in below for name in _group(settings, at)}
            known[kind] = known.get(kind) or names


def _groups(settings: Document, at: Names, allowed: Sequence[str]) -> Iterator[Problem]:
    """The keys of a group that are not allowed, and those that must be groups themselves and are not."""
    for key, value in _group(settings, at).items():
        if key not in allowed:
            close = difflib.get_close_matches(key, allowed, 1)
            hint = say("read.did_you_mean", name=close[0]) if close else say("read.known_names", names=tuple(allowed))
            yield Problem(settings.path, *settings.keys[(*at, key)], say("read.theme_unknown_key", key=key), hint)
        elif key not in ("name", "extends") and value is not None and not isinstance(value, dict):
            yield Problem(settings.path, *settings.place((*at, key)), say("read.theme_group", key=key))


def _group(settings: Document, at: Names) -> Mapping[str, Any]:
    """The mapping at a path; empty where none is written."""
    group: Any = settings.data
    for key in at:
        group = group.get(key) if isinstance(group, dict) else None
    return group if isinstance(group, dict) else {}


def _colour(settings: Document, at: Names, value: object) -> Problem | None:
    if isinstance(value, str) and _COLOUR.fullmatch(value):
        return None
    name = at[-1]
    message = say("read.theme_not_a_colour", value=str(value))
    if value is None:  # an unquoted #0b5563 is a comment
        message = say("read.theme_no_colour", name=name)
    return Problem(settings.path, *settings.place(at), message, say("read.theme_colour_hint", name=name))


def _font(settings: Document, at: Names, value: object) -> Problem | None:
    if isinstance(value, str) and _FONTS.fullmatch(value):
        return None
    message, hint = say("read.theme_not_a_font", name=at[-1]), say("read.theme_font_hint")
    return Problem(settings.path, *settings.place(at), message, hint)


def _unreadable(folder: Path, settings: Document) -> Iterator[Problem]:
    """The templates and styles that are no UTF-8."""
    for file in _files(folder):
        if file.suffix in (".html", ".css"):
            shown = f"{settings.path.rpartition('/')[0]}/{file.relative_to(folder).as_posix()}"
            if isinstance(problem := read_text(file, shown), Problem):
                yield problem


def _files(folder: Path) -> Iterator[Path]:
    """The files of a theme; hidden ones are an editor's or a system's own, and are never published."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file


# ---------------------------------------------------------------- what fits


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
                {key: str(value) for key, value in ((settings.get("tokens") or {}).get(mode) or {}).items()}
            )
        fonts.update({key: str(value) for key, value in (settings.get("fonts") or {}).items()})
        for file in _files(folder):
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
