"""A workspace's folder in, what all its portals share out: the site's settings, its theme, its articles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import sitegen
from sitegen import check, read
from sitegen.errors import Problem, ProblemsFound, Severity
from sitegen.model.authored import Site
from sitegen.model.authored_text import Article
from sitegen.model.built import Theme
from sitegen.model.rubric import Rubric

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


@cache
def rubric() -> Rubric:
    """The checks that the package carries."""
    return read.rubric(packaged("rubric"))


def asked() -> tuple[str, ...]:
    """The ids of the checks that an agency may set: what tests our own pages is always asked."""
    return tuple(check.id for check in rubric().checks if check.evidence != "site")


def opened(root: Path) -> Workspace:
    """The workspace at `root`. Raises ProblemsFound when its settings, theme or articles cannot be used."""
    document, found = read.site(root)
    known = read.theme_names(themes(root))
    site, judged = check.site(document, known, found, asked()) if document else (None, found)
    problems = list(judged)
    theme = None
    if site is not None:
        theme, faults = read.theme(site.theme, themes(root))
        problems += faults
    articles, faults = _articles(root, site)
    problems += faults
    if site is None or theme is None or any(problem.severity is Severity.ERROR for problem in problems):
        raise ProblemsFound(problems)
    return with_clients(Workspace(root, site, theme, articles, (), (), tuple(problems)))


def with_articles(workspace: Workspace) -> Workspace:
    """The workspace with its articles read again. Raises ProblemsFound when one cannot be used."""
    articles, faults = _articles(workspace.root, workspace.site)
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise ProblemsFound(faults)
    return replace(workspace, articles=articles)


def with_clients(workspace: Workspace) -> Workspace:
    """The workspace with its clients' folders looked for again. Raises ProblemsFound when there is no `data/`."""
    clients, faults = read.clients(workspace.root)
    if any(fault.message.key == "read.no_data_folder" for fault in faults):
        raise ProblemsFound((*workspace.problems, *faults))  # not a workspace without clients: nothing may be emptied
    folders = {folder.name for folder in (workspace.root / "data").glob("*") if folder.is_dir()}
    others = (problem for problem in workspace.problems if problem.path.partition("/")[0] != "data")
    damaged = tuple(sorted(folders - {*clients}))
    return replace(workspace, slugs=clients, damaged=damaged, problems=(*others, *faults))


def _articles(root: Path, site: Site | None) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles that clients may read, and what is wrong with any."""
    folders = (root / "content", packaged("content"))
    found, problems = read.articles(folders[:1] if site and site.articles == "own" else folders)
    return tuple(article for article in found if not article.internal), problems
