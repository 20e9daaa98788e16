"""A workspace's folder in, what all its portals share out: the site's settings, its theme, its articles."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sitegen
from sitegen import check, read
from sitegen.errors import Problem, ProblemsFound, Severity
from sitegen.model.authored import Site
from sitegen.model.authored_text import Article
from sitegen.model.built import Theme

_PACKAGE = Path(sitegen.__file__).parent


@dataclass(frozen=True, slots=True)
class Workspace:
    """What every portal of a workspace is made with."""

    root: Path
    site: Site
    theme: Theme
    articles: tuple[Article, ...]
    slugs: tuple[str, ...]
    damaged: tuple[str, ...]  # folders of data/ that are no client, for instance for want of a client.yaml
    problems: tuple[Problem, ...]  # of single clients' folders, and warnings; an error of the site itself was raised


def packaged(name: str) -> Path:
    """A folder that the package carries: beside the modules when installed, beside the package in a checkout."""
    return _PACKAGE / name if (_PACKAGE / name).is_dir() else _PACKAGE.parent / name


def themes(root: Path) -> tuple[Path, ...]:
    """Where themes are looked for: the workspace first, so that an agency's theme replaces ours."""
    return (root / "themes", packaged("themes"))


def slugs(root: Path) -> tuple[str, ...]:
    """The clients of the workspace at `root` that can be looked at."""
    return read.clients(root)[0]


def opened(root: Path) -> Workspace:
    """The workspace at `root`. Raises ProblemsFound when its settings, theme or articles cannot be used."""
    document, found = read.site(root)
    known = read.theme_names(themes(root))
    site, judged = check.site(document, known, found) if document else (None, found)
    problems = list(judged)
    theme = None
    if site is not None:
        theme, faults = read.theme(site.theme, themes(root))
        problems += faults
    found_articles, faults = read.articles((root / "content", packaged("content")))
    articles = tuple(article for article in found_articles if not article.internal)
    problems += faults
    if site is None or theme is None or any(problem.severity is Severity.ERROR for problem in problems):
        raise ProblemsFound(problems)
    clients, faults = read.clients(root)
    if any(fault.message.key == "read.no_data_folder" for fault in faults):
        raise ProblemsFound((*problems, *faults))  # not a workspace without clients: nothing may be emptied for it
    folders = {folder.name for folder in (root / "data").glob("*") if folder.is_dir()}
    return Workspace(root, site, theme, articles, clients, tuple(sorted(folders - {*clients})), (*problems, *faults))
