"""A client's `notes/` in, one `Page` for each Markdown file out; knows neither which pages there are nor Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sitegen.errors import Problem
from sitegen.model.facts import Page
from sitegen.read.articles import FRONT_MATTER
from sitegen.read.documents import parsed, read_text

FOLDER, SUFFIX = "notes/", ".md"


def notes(files: Mapping[str, Path], folder: str) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """The pages by name, and what is wrong with them as files; `files` are all that lie in the client's `folder`."""
    pages: list[Page] = []
    problems: list[Problem] = []
    for name, file in sorted(files.items()):
        if name.startswith(FOLDER) and name.endswith(SUFFIX):
            page, found = _page(file, f"{folder}/{name}", name[len(FOLDER) : -len(SUFFIX)])
            pages += page
            problems += found
    return tuple(pages), tuple(problems)


def _page(file: Path, shown: str, name: str) -> tuple[list[Page], tuple[Problem, ...]]:
    text = read_text(file, shown)
    if isinstance(text, Problem):
        return [], (text,)
    text = text.replace("\r\n", "\n")
    front = FRONT_MATTER.match(text)
    if front is None:
        return [Page(shown, name, None, text.strip())], ()
    head, problems = parsed(front[1], shown, first_line=2)
    return [Page(shown, name, head, text[front.end() :].strip())] if head else [], problems
