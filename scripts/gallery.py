"""A theme in, build/gallery/ out: one page per language with every component and figure, and the portals behind it.

    python -m scripts.gallery [--theme NAME]

Each example is shown wide and narrow, in the reader's scheme and in the dark one. Nothing in it is published.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from scripts import specimens
from scripts.examples import Example, Macro, macros
from sitegen import draw, plot, proof, read, render
from sitegen.build import pipeline, site, workspace
from sitegen.build.options import Options
from sitegen.errors import Problem, ProblemsFound
from sitegen.formats import Words
from sitegen.model.built import Artifact, Drawing, PageJob, Theme
from sitegen.render import templates, tokens

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build/gallery"
LAYOUT = Path(__file__).with_suffix(".html").read_text("utf-8")
STYLES = Path(__file__).with_suffix(".css").read_text("utf-8")
ONE = """{% import "components/" ~ component ~ "/" ~ component ~ ".html" as home with context %}
{% if inside == "table" %}<table class="table"><tbody>{{ home[macro](**arguments) }}</tbody></table>
{% elif inside == "list" %}<ol class="actions">{{ home[macro](**arguments) }}</ol>
{% elif inside == "lines" %}<ul class="sign-lines">{{ home[macro](**arguments) }}</ul>
{% else %}{{ home[macro](**arguments) }}{% endif %}
"""
COPIES = ("wide", "wide-dark", "narrow", "narrow-dark")

_NAMING = re.compile(r' (id|for|headers|popovertarget|aria-(?:labelledby|describedby|controls|details|owns))="([^"]+)"')
_POINTING = re.compile(r'(url\(#| href="#)')


@dataclass(frozen=True, slots=True)
class Shown:
    """An example as a page in `language` has it."""

    macro: Macro
    example: Example
    language: str
    html: str


def opened(root: Path, theme: str = "default") -> workspace.Workspace:
    """The workspace of the specimens, written below `root`. Raises ProblemsFound when there is no such theme."""
    specimens.workspace(root)
    found, problems = read.theme(theme, workspace.themes(ROOT))
    if found is None:
        raise ProblemsFound(problems)
    return replace(workspace.opened(root), theme=found)


def shown(space: workspace.Workspace) -> Iterator[Shown]:
    """Every example of the theme in every language, in the order of the gallery."""
    press = render.environment(_with(space.theme, "example", ONE))
    pages, drawings = _pages(space)
    for macro in macros(space.theme):
        for example in macro.examples:
            for language in space.site.languages:
                job = pages[example.client, language]
                values = {
                    "component": macro.component,
                    "macro": macro.name,
                    "inside": macro.inside,
                    "arguments": macro.arguments(example, job.values),
                }
                # Addressed like the gallery's page, so that its links lead from there.
                address = _address(space, language)
                one = replace(job, layout="example", address=address, values={**job.values, **values})
                html = render.page(one, press, drawings[example.client]).body.decode()
                yield Shown(macro, example, language, html)


def _pages(
    space: workspace.Workspace,
) -> tuple[dict[tuple[str, str], PageJob], dict[str, Mapping[str, Drawing]]]:
    """The first page of each specimen by client and language, and each one's drawings."""
    engine = plot.Engine()
    pages: dict[tuple[str, str], PageJob] = {}
    drawings: dict[str, Mapping[str, Drawing]] = {}
    for slug in space.slugs:
        audit, _ = pipeline.edition(space.root, slug, space.site, specimens.LAST, specimens.LAST)
        figures = draw.figures(audit)
        drawings[slug] = {figure.id: engine.svg(figure, draw.template(figure.template)) for figure in figures}
        jobs = render.plan(audit, figures, space.articles, space.site)
        pages |= {(slug, job.language): job for job in jobs if job.page == "synthesis"}
    return pages, drawings


def artifacts(space: workspace.Workspace, all_shown: Sequence[Shown]) -> tuple[Artifact, ...]:
    """The gallery's pages and their style sheet."""
    press = render.environment(_with(space.theme, "gallery", LAYOUT))
    languages = space.site.languages
    alternates = {language: _address(space, language) for language in languages}
    jobs = [
        PageJob(
            alternates[language],
            "gallery",
            language,
            "gallery",
            {"site": space.site, "theme": space.theme.name, "shown": tuple(_sections(all_shown, language))},
            alternates,
        )
        for language in languages
    ]
    pages = [Artifact(job.address, templates.text(press, job, Words(job.language), {}).encode()) for job in jobs]
    return (*pages, Artifact("assets/gallery.css", stylesheet(space.theme).encode()))


def stylesheet(theme: Theme) -> str:
    """The theme's sheet, the dark tokens for what is to be dark whatever the reader prefers, and the gallery's own."""
    dark = " ".join(f"--{name}: {value};" for name, value in theme.tokens["dark"].items())
    return f'{tokens.stylesheet(theme)}\n[data-scheme="dark"] {{ color-scheme: dark; {dark} }}\n{STYLES}'


def _sections(all_shown: Sequence[Shown], language: str) -> Iterator[tuple[Macro, list[dict[str, object]]]]:
    own = [each for each in all_shown if each.language == language]
    for macro, group in groupby(own, key=lambda each: each.macro):
        yield macro, [_section(each, number) for number, each in enumerate(group)]


def _section(each: Shown, number: int) -> dict[str, object]:
    return {"name": each.example.name, "copies": {copy: _copied(each, f"{number}-{copy}-") for copy in COPIES}}


def _copied(each: Shown, place: str) -> Markup:
    """The example's markup with ids of its own, since the page shows it several times."""
    prefix = f"{each.macro.name}-{place}"
    named = _NAMING.sub(
        lambda found: f' {found[1]}="{" ".join(prefix + name for name in found[2].split())}"', each.html
    )
    return Markup(_POINTING.sub(rf"\g<1>{prefix}", named))


def _with(theme: Theme, layout: str, source: str) -> Theme:
    return replace(theme, templates={**theme.templates, f"layouts/{layout}.html": source})


def _address(space: workspace.Workspace, language: str) -> str:
    return "index.html" if language == space.site.languages[0] else f"{language}/index.html"


def faults(pages: Sequence[Artifact]) -> tuple[Problem, ...]:
    """What the gallery's pages have wrong, by the rules of every page."""
    return proof.portal(pages, "", render.POLICY)


def written(target: Path, theme: str = "default") -> tuple[Problem, ...]:
    """Writes the specimens' portals to `target`, with the gallery as their home; the faults found in it."""
    with tempfile.TemporaryDirectory() as folder:
        space = opened(Path(folder), theme)
        options = Options(specimens.LAST, Path(folder, "output"), Path(folder, "preview"), as_of=specimens.LAST)
        site.build(space, options, lambda _: None)
        pages = artifacts(space, list(shown(space)))
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(options.output, target)
    for page in pages:
        (target / page.address).write_bytes(page.body)
    return faults(pages)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--theme", default="default")
    found = written(TARGET, parser.parse_args().theme)
    for problem in found:
        print(f"{problem.path}:{problem.line}: {Words('en').say(problem.message)}", file=sys.stderr)
    print(f"Open {(TARGET / 'index.html').relative_to(ROOT)} in a browser.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
