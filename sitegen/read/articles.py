"""Folders of Markdown with YAML front matter in, `Article` values out; of the Markdown, only its headings and length.

An article is `<folder>/<language>/<id>.md`. The first folder that has a (language, id) wins, so that an agency's file
replaces ours.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from sitegen.errors import Problem
from sitegen.messages import Message, say
from sitegen.model.authored_text import Article, Reference
from sitegen.model.facts import Document, Path
from sitegen.read.documents import parsed, read_text

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_URL = re.compile(r"https?://[^\s<>\"]+")
_SECTION = re.compile(r"^#{2,6}[ \t]+(.+?)[ \t]*\{[^}]*#([A-Za-z][\w-]*)[^}]*\}[ \t]*$", re.MULTILINE)
WORDS_A_MINUTE = 200  # our choice: unhurried reading on a phone
_MARKS = re.compile(r"\{[^}]*\}|\]\([^)]*\)|^\d+\. ", re.MULTILINE)  # anchors, addresses, list numbers: no words
FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def articles(folders: Sequence[FilePath]) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles of all folders by language and id, and all that is wrong with them.

    An article with a problem of its own is left out. A file is named from its folder's name on:
    `content/fr/choose-kpis.md`.
    """
    files: dict[tuple[str, str], tuple[FilePath, str]] = {}
    for folder in folders:
        for file in sorted(folder.glob("*/*.md")):
            if _LANGUAGE.fullmatch(file.parent.name):
                shown = file.relative_to(folder.parent).as_posix()
                files.setdefault((file.parent.name, file.stem), (file, shown))
    sheets = [_sheet(file, shown) for _, (file, shown) in sorted(files.items())]
    problems = [problem for sheet in sheets for problem in sheet.problems]
    problems += [*_lost_relations(sheets, files.keys()), *_shared_slugs(sheets)]
    problems.sort(key=lambda problem: (problem.path, problem.line, problem.column))
    return tuple(sheet.article for sheet in sheets if sheet.article), tuple(problems)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One file as far as it could be read."""

    problems: tuple[Problem, ...]
    document: Document | None = None
    article: Article | None = None


def _sheet(file: FilePath, shown: str) -> _Sheet:
    content = read_text(file, shown)
    if isinstance(content, Problem):
        return _Sheet((content,))
    content = content.replace("\r\n", "\n")
    front = FRONT_MATTER.match(content)
    if front is None:
        return _Sheet((Problem(shown, 1, 1, say("read.no_front_matter"), say("read.no_front_matter_hint")),))
    document, found = parsed(front[1], shown, first_line=2)
    if document is None:
        return _Sheet(found)
    if not isinstance(document.data, dict):
        place = document.place(())
        return _Sheet((*found, Problem(shown, *place, say("read.not_a_mapping"), say("read.not_a_mapping_hint"))))
    problems = list(found)
    fields = _Fields(document, (), document.data, problems)
    body = content[front.end() :].strip("\n")
    sections = tuple((anchor, re.sub(r"[*_`]", "", heading)) for heading, anchor in _SECTION.findall(body))
    topics, places = fields.topics({anchor for anchor, _ in sections})
    article = Article(
        id=file.stem,
        language=file.parent.name,
        path=shown,
        title=fields.words("title"),
        slug=fields.words("slug", file.stem),
        summary=fields.words("summary"),
        theme=fields.words("theme"),
        level=fields.words("level"),
        topics=topics,
        related=fields.names("related"),
        sources=tuple(_reference(source) for source in fields.each("sources")),
        body=body,
        internal=fields.flag("internal"),
        updated=fields.day("updated"),
        places=places,
        sections=sections,
        minutes=_minutes(body),
    )
    fields.nothing_else()
    for name, at in ((article.id, None), (article.slug, ("slug",))):
        if not _NAME.fullmatch(name):
            place = document.place(at) if at else (0, 0)
            problems.append(Problem(shown, *place, say("read.bad_name", name=name), say("read.bad_name_hint")))
    if not article.body:
        line = content.count("\n", 0, front.end()) + 1
        problems.append(Problem(shown, line, 1, say("read.empty_article"), say("read.empty_article_hint")))
    return _Sheet(tuple(problems), document, None if problems else article)


def _minutes(body: str) -> int:
    """Reading time in whole minutes, at least one."""
    words = sum(any(map(str.isalnum, word)) for word in _MARKS.sub("", body).split())
    return max(1, round(words / WORDS_A_MINUTE))


def _reference(fields: _Fields) -> Reference:
    reference = Reference(
        title=fields.words("title"),
        publisher=fields.words("publisher", ""),
        url=fields.words("url", ""),
        note=fields.words("note", ""),
    )
    if reference.url and not _URL.fullmatch(reference.url):
        fields.problem(("url",), say("read.not_a_url", value=reference.url), say("read.not_a_url_hint"))
    fields.nothing_else()
    return reference


def _lost_relations(sheets: Sequence[_Sheet], known: Collection[tuple[str, str]]) -> Iterator[Problem]:
    for sheet in sheets:
        if not sheet.article or not sheet.document:
            continue
        here = {sheet.article.language, sheet.article.language.partition("-")[0]}
        ids = sorted({id for language, id in known if language in here})
        for index, id in enumerate(sheet.article.related):
            if id not in ids:
                message = say("read.no_such_article", id=id, language=sheet.article.language)
                place = sheet.document.place(("related", index))
                yield Problem(sheet.article.path, *place, message, _did_you_mean(id, ids))


def _shared_slugs(sheets: Sequence[_Sheet]) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for sheet in sheets:
        if not sheet.article or not sheet.document:
            continue
        other = first.setdefault((sheet.article.language, sheet.article.slug), sheet.article.path)
        if other != sheet.article.path:
            message = say("read.shared_slug", slug=sheet.article.slug, other=other)
            yield Problem(sheet.article.path, *sheet.document.place(("slug",)), message, say("read.shared_slug_hint"))


def _did_you_mean(word: str, known: Collection[str]) -> Message:
    close = difflib.get_close_matches(word, known, 1)
    return say("read.did_you_mean", name=close[0]) if close else say("read.known_names", names=tuple(sorted(known)))


class _Fields:
    """A mapping of a document, read key by key; what does not fit is gathered in `problems` and read as nothing."""

    def __init__(self, document: Document, at: Path, data: dict[str, Any], problems: list[Problem]) -> None:
        self.document = document
        self.at = at
        self.data = data
        self.problems = problems
        self.asked: list[str] = []

    def problem(self, at: Path, message: Message, hint: Message) -> None:
        self.problems.append(Problem(self.document.path, *self.document.place((*self.at, *at)), message, hint))

    def words(self, key: str, default: str | None = None) -> str:
        """A text on one line or many; required when there is no default."""
        self.asked.append(key)
        value = self.data.get(key, default)
        if isinstance(value, str) and (value.strip() or key not in self.data):
            return value.strip()
        if key in self.data:
            self.problem((key,), say("read.not_words", key=key), say("read.not_words_hint", key=key))
        else:
            self.problem((), say("read.missing_key", key=key), say("read.missing_key_hint", key=key))
        return default or ""

    def names(self, key: str) -> tuple[str, ...]:
        names = self.listed(key)
        for index, name in names:
            if not isinstance(name, str):
                self.problem((key, index), say("read.not_words", key=key), say("read.not_words_hint", key=key))
        return tuple(name for _, name in names if isinstance(name, str))

    def topics(self, anchors: Collection[str]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """The topics, as a list or each with the anchor of its section (`margin: six-costs`), and those sections."""
        told = self.data.get("topics")
        if not isinstance(told, dict):
            return self.names("topics"), ()
        self.asked.append("topics")
        for topic, anchor in told.items():
            if anchor is not None and anchor not in anchors:
                message = say("read.no_such_section", anchor=str(anchor))
                self.problem(("topics", topic), message, _did_you_mean(str(anchor), anchors))
        return tuple(map(str, told)), tuple((str(topic), str(anchor)) for topic, anchor in told.items() if anchor)

    def each(self, key: str) -> list[_Fields]:
        items = self.listed(key)
        for index, item in items:
            if not isinstance(item, dict):
                self.problem((key, index), say("read.not_a_mapping"), say("read.not_a_mapping_hint"))
        return [
            _Fields(self.document, (*self.at, key, index), item, self.problems)
            for index, item in items
            if isinstance(item, dict)
        ]

    def listed(self, key: str) -> list[tuple[int, object]]:
        self.asked.append(key)
        value = self.data.get(key, [])
        if isinstance(value, list):
            return list(enumerate(value))
        self.problem((key,), say("read.not_a_list", key=key), say("read.not_a_list_hint", key=key))
        return []

    def flag(self, key: str) -> bool:
        self.asked.append(key)
        value = self.data.get(key, False)
        if isinstance(value, bool):
            return value
        self.problem((key,), say("read.not_a_flag", key=key), say("read.not_a_flag_hint", key=key))
        return False

    def day(self, key: str) -> date | None:
        self.asked.append(key)
        value = self.data.get(key)
        try:
            return None if value is None else date.fromisoformat(str(value))
        except ValueError:
            self.problem((key,), say("read.not_a_day", key=key), say("read.not_a_day_hint", key=key))
            return None

    def nothing_else(self) -> None:
        """To be called last: a key that nobody asked for is a problem."""
        for key in self.data:
            if key not in self.asked:
                line, column = self.document.keys[(*self.at, key)]
                message, hint = say("read.unknown_key", key=key), _did_you_mean(key, self.asked)
                self.problems.append(Problem(self.document.path, line, column, message, hint))
