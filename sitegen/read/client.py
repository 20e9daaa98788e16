"""A workspace's folders in, `Sources` out: everything that lies in one client's folder, opened and unjudged.

Does not know what a key of `client.yaml` is for, except those that say how a file is written.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sitegen.errors import Problem, Severity
from sitegen.messages import say
from sitegen.model.exports import Export
from sitegen.model.facts import LOGO_LIMIT, Document, Sources, Table
from sitegen.read.documents import document
from sitegen.read.evidence import evidence
from sitegen.read.exports import exports
from sitegen.read.lighthouse import lighthouse
from sitegen.read.notes import notes
from sitegen.read.tables import table

DATA = "data"
SITE = "config.yaml"
TABLE_FOLDERS = ("exports", "metrics")
TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
ARCHIVE_SUFFIXES = (".zip", ".xlsx", ".xlsm")
MAX_FOLDERS = 5_000

_BY_HAND = frozenset({"columns", "skip", "encoding", "delimiter"})  # keys of a source whose file is told, not found
RESERVED = frozenset({"assets", "fr", "en", "conseils", "advice"})  # addresses of the site's own
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def site(root: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    """`config.yaml`, as `documents.document` reads it."""
    if not (root / SITE).is_file():
        return None, (Problem(SITE, 0, 0, say("read.missing"), say("read.no_config_hint")),)
    return document(root, SITE)


def clients(root: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The slugs of the clients that can be built, sorted, and what is wrong with the other folders of `data/`."""
    if not (root / DATA).is_dir():
        return (), (Problem(DATA, 0, 0, say("read.no_data_folder"), say("read.no_data_folder_hint")),)
    slugs, problems = [], []
    first: dict[str, str] = {}
    for name in _client_folders(root):
        shown = f"{DATA}/{name}"
        likeness = _slug(name)
        if likeness in first:
            message = say("read.same_slug", name=name, other=first[likeness])
            problems.append(Problem(shown, 0, 0, message, say("read.same_slug_hint")))
        elif fault := misnamed(name):
            problems.append(fault)
        elif not (root / shown / "client.yaml").is_file():
            other = (root / shown / "client.yml").is_file()
            hint = say("read.client_yml_hint") if other else say("read.no_client_file_hint")
            problems.append(Problem(shown, 0, 0, say("read.no_client_file"), hint))
        else:
            slugs.append(name)
        first.setdefault(likeness, name)
    return tuple(slugs), tuple(problems)


def misnamed(name: str) -> Problem | None:
    """What is wrong with `name` as the name of a client's folder, with a better one; None when nothing is."""
    shown = f"{DATA}/{name}"
    if not _SLUG.fullmatch(name):
        return _bad_slug(shown, name)
    if name in RESERVED:
        return Problem(shown, 0, 0, say("read.reserved_slug", name=name), say("read.reserved_slug_hint"))
    return None


def client(root: Path, slug: str) -> Sources:
    """All that lies in `data/<slug>`: `client.yaml`, `baselines.yaml`, `notes/`, the tables of `metrics/`, `exports/`,
    the Lighthouse reports of `audits/`, the conversations and posts of `evidence/`.

    What is wrong with a table of `exports/` that `client.yaml` does not name is only information: any file may lie
    there. Names are in Unicode's composed form, whatever the file system's.
    """
    folder = f"{DATA}/{slug}"
    if not _SLUG.fullmatch(slug):
        return Sources(slug, folder, None, None, {}, frozenset(), (_bad_slug(DATA, slug),))
    if not (root / folder).is_dir():
        close = difflib.get_close_matches(slug, clients(root)[0], 1)
        hint = say("read.did_you_mean", name=close[0]) if close else say("read.no_such_client_hint")
        problem = Problem(DATA, 0, 0, say("read.no_such_client", slug=slug), hint)
        return Sources(slug, folder, None, None, {}, frozenset(), (problem,))
    files, problems = _files(root / folder, folder)
    description, found = document(root, f"{folder}/client.yaml")
    problems += found
    baselines = None
    if "baselines.yaml" in files:
        baselines, found = document(root, f"{folder}/baselines.yaml")
        problems += found
    arrival = None
    if "as_found.yaml" in files:
        arrival, found = document(root, f"{folder}/as_found.yaml")
        problems += found
    declared = _declared(description, files)
    tables: dict[str, Table] = {}
    recognised: dict[str, tuple[Export, ...]] = {}
    for name, file in sorted(files.items()):
        path, address = file.relative_to(root).as_posix(), f"{folder}/{name}"
        if _is_export(name) and not declared.get(name, {}).keys() & _BY_HAND:
            found_in = exports(root, path, address, declared.get(name, {}).get("platform"))
            if not _is_table(name) or any(each.platform or each.candidates or each.no_report for each in found_in):
                recognised[name] = found_in
                continue
        if name in declared or _is_table(name):
            opened, found = table(root, path, address, **_form(declared.get(name, {})))
            if opened is not None:
                tables[name] = opened
            anything = name not in declared and not name.startswith("metrics/")
            problems += [replace(each, severity=Severity.INFO) for each in found] if anything else found
    pages, found = notes(files, folder)
    problems += found
    logo, found = _logo(description, files, folder)
    problems += found
    reports, found = lighthouse(files, folder)
    problems += found
    sheets, found = evidence(files, folder)
    problems += found
    names = frozenset(files)
    return Sources(
        slug,
        folder,
        description,
        baselines,
        tables,
        names,
        tuple(problems),
        pages,
        arrival,
        logo,
        recognised,
        reports,
        sheets,
    )


def _client_folders(root: Path) -> Iterator[str]:
    """The folders of `data/`, hidden ones left out, those with a proper slug first so that they keep their place."""
    names = (child.name for child in (root / DATA).iterdir() if child.is_dir() and not child.name.startswith("."))
    return iter(sorted(names, key=lambda name: (not _SLUG.fullmatch(name), name)))


def _bad_slug(shown: str, name: str) -> Problem:
    proper = _slug(name)
    hint = say("read.bad_slug_hint", name=proper) if proper else say("read.bad_name_hint")
    return Problem(shown, 0, 0, say("read.bad_slug", name=name), hint)


def _slug(name: str) -> str:
    """The proper slug that is most like `name`: "Café_Noir" → "cafe-noir"; empty when nothing is left of it."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain))


def _files(folder: Path, shown: str) -> tuple[dict[str, Path], list[Problem]]:
    """Every file below `folder` by its name relative to it, but hidden ones; links are followed, but not in rounds."""
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    left = [(folder, "", frozenset[tuple[int, int]]())]
    for _ in range(MAX_FOLDERS):
        if not left:
            return files, problems
        here, prefix, above = left.pop()
        try:
            state, children = here.stat(), [child for child in here.iterdir() if not child.name.startswith(".")]
        except OSError as error:
            message = say("read.unreadable", reason=error.strerror or str(error))
            problems.append(Problem(f"{shown}/{prefix}", 0, 0, message))
            continue
        identity = (state.st_dev, state.st_ino)
        if identity in above:
            continue
        for child in children:
            name = prefix + unicodedata.normalize("NFC", child.name)
            if child.is_dir():
                left.append((child, f"{name}/", above | {identity}))
            elif child.is_file():
                files[name] = child
    message, hint = say("read.too_many_folders", limit=MAX_FOLDERS), say("read.too_many_folders_hint")
    return files, [*problems, Problem(shown, 0, 0, message, hint)]


def _is_export(name: str) -> bool:
    """Whether a platform's export may lie in the file."""
    return name.startswith("exports/") and name.lower().endswith((*TABLE_SUFFIXES, *ARCHIVE_SUFFIXES))


def _is_table(name: str) -> bool:
    top, _, rest = name.partition("/")
    return top in TABLE_FOLDERS and rest.lower().endswith(TABLE_SUFFIXES)


def _logo(
    description: Document | None, files: Mapping[str, Path], folder: str
) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The picture that `client.yaml` names, when it lies in the folder; of one that is too large, the beginning."""
    brand = description.data.get("brand") if description and isinstance(description.data, dict) else None
    written = brand.get("logo") if isinstance(brand, dict) else None
    name = unicodedata.normalize("NFC", written) if isinstance(written, str) else ""
    if name not in files:
        return None, ()
    try:
        with files[name].open("rb") as file:
            return file.read(LOGO_LIMIT + 1), ()
    except OSError as error:
        message = say("read.unreadable", reason=error.strerror or str(error))
        return None, (Problem(f"{folder}/{name}", 0, 0, message),)


def _declared(description: Document | None, files: Mapping[str, Path]) -> dict[str, dict[str, Any]]:
    """How `client.yaml` says that each file is written; the first mention of a file counts."""
    data = description.data if description else None
    sources = data.get("sources") if isinstance(data, dict) else None
    declared: dict[str, dict[str, Any]] = {}
    for source in sources if isinstance(sources, list) else ():
        if isinstance(source, dict) and isinstance(file := source.get("file"), str):
            candidates = (unicodedata.normalize("NFC", f"{below}{file}") for below in ("", "exports/", "metrics/"))
            name = next((name for name in candidates if name in files), None)
            if name is not None:
                declared.setdefault(name, _written(source))
    return declared


def _written(source: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a source that say how its file is written, of the right type: `check` says which are not."""
    kinds = {"skip": int, "encoding": str, "delimiter": str, "columns": dict, "platform": str}
    return {key: source[key] for key, kind in kinds.items() if type(source.get(key)) is kind}


def _form(written: Mapping[str, Any]) -> dict[str, Any]:
    """Those that the reader of a table takes."""
    return {key: written[key] for key in ("skip", "encoding", "delimiter") if key in written}
