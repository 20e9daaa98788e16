"""A workspace and our own modules in, the digests of what all portals are made of out; looks at no client.

A digest stands for everything that a step reads beside the client's own files, so that a change makes stale what it
must and nothing else.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import sitegen
from sitegen import locales
from sitegen.build.workspace import Workspace, packaged
from sitegen.formats import Words
from sitegen.model import codec
from sitegen.model.authored_text import Article
from sitegen.render import POLICY, parts

PACKAGE = Path(sitegen.__file__).parent
VALUES = ("model", "messages.py", "errors.py")  # what every stage is made of


@dataclass(frozen=True, slots=True)
class Ground:
    """What each step depends on, beside what the step before it made."""

    judging: str  # a client's files → its edition
    drawing: str  # an edition → its figures and their drawings
    rendering: str  # edition and figures → pages, except layout, words and articles
    layouts: Mapping[str, str]  # layout → its templates
    cards: str  # what other pages than its own tell of each article
    articles: Mapping[tuple[str, str], str]  # language, id → the whole article

    def page(self, layout: str, language: str, article: str) -> tuple[str, ...]:
        """What one page depends on beside its edition: its layout, and of the articles its own, and all their cards."""
        own = [told for (tag, id), told in self.articles.items() if id == article and tag.partition("-")[0] == language]
        return (self.layouts[layout], self.cards, *own)


def ground(workspace: Workspace) -> Ground:
    """The digests of a workspace as it was opened."""
    site, theme = workspace.site, workspace.theme
    settings = site.model_dump(mode="json")
    closures = parts(theme)
    return Ground(
        judging=_joined(
            code("read", "check", "measure", "diagnose", "build/pipeline.py", "build/workshop.py", *VALUES),
            _versions("numpy", "pandas", "pydantic", "pyyaml"),
            _folder(packaged("rubric")),
            codec.digest({name: settings[name] for name in ("languages", "latency_days", "rubric", "thresholds")}),
            codec.digest(settings["exchange_rates"]),
            codec.digest(settings["benchmarks"]),
            codec.digest(theme.tokens),  # a client's colour is judged against them
        ),
        drawing=_joined(code("draw", "plot", *VALUES), _versions("altair", "vl-convert-python")),
        rendering=_joined(
            code("render", "proof", "formats.py", "locales/__init__.py", "build/pages.py", *VALUES),
            _versions("babel", "jinja2", "markdown", "markupsafe", "nh3"),
            codec.digest({name: settings[name] for name in ("agency", "base_url", "languages")}),
            codec.digest(theme.tokens),
            POLICY,
        ),
        layouts={
            layout: codec.digest({name: theme.templates[name] for name in sorted(names)})
            for layout, names in closures.items()
        },
        cards=codec.digest([_card(article) for article in workspace.articles]),
        articles={(article.language, article.id): codec.digest(article) for article in workspace.articles},
    )


def tongues(languages: Iterable[str], country: str) -> dict[str, str]:
    """Language → digest of the words that a portal for readers in `country` is written in."""
    return {language: words(Words(language, country).tag) for language in languages}


@cache
def words(tag: str) -> str:
    """The digest of a catalogue."""
    return codec.digest(locales.catalogue(tag))


def _card(article: Article) -> dict[str, object]:
    """An article as lists, links and recommendations show it."""
    told = {name: getattr(article, name) for name in article.__dataclass_fields__ if name not in {"body", "path"}}
    return {name: codec.encode(value) for name, value in told.items()}


@cache
def code(*names: str) -> str:
    """The digest of our own modules; a name is a folder, or a file, of the package."""
    return _joined(*(_folder(PACKAGE / name) for name in names))


def _folder(path: Path) -> str:
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.suffix in {".py", ".yaml"})
    told = hashlib.sha256()
    for file in files:
        told.update(f"{file.relative_to(path).as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return told.hexdigest()


@cache
def _versions(*libraries: str) -> str:
    return _joined(sys.version, *(f"{name} {version(name)}" for name in libraries))


def _joined(*digests: str) -> str:
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
