"""YAML text in, plain data with the place of every key and value out; does not know what any key means.

The scalars are those of the YAML 1.2 core schema, less octal-looking numbers: `no`, `12:30`, `2025-13-01`, `0777` and
`1_000` are words. What YAML lets pass and people do not mean (a key twice, a key that is no word, a tag, `.nan`, an
alias bomb) is a problem at its place. Parsing is libyaml's where PyYAML was built with it, else PyYAML's own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, TypeAlias, TypeVar

import yaml

from sitegen.errors import Problem
from sitegen.messages import Message, say
from sitegen.model.facts import Document, Path, Place

MAX_BYTES = 2 << 20
MAX_NODES = 100_000  # after aliases are expanded
MAX_DEPTH = 64

Parsed: TypeAlias = tuple[Document | None, tuple[Problem, ...]]

_T = TypeVar("_T")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def document(root: FilePath, path: str) -> Parsed:
    """The YAML file at `root / path`, and all that is wrong with it as YAML.

    The document is None when nothing of it can be used: missing, empty, not UTF-8, a syntax error, beyond a limit.
    Otherwise it is there beside its problems, so that its content can be checked in the same run: of two equal keys
    it holds the first, and a value that was refused stands as it was written.
    """
    match read_text(root / path, path):
        case Problem() as problem:
            return None, (problem,)
        case found:
            return parsed(found, path)


def read_text(file: FilePath, path: str) -> str | Problem:
    """The characters of a UTF-8 file, without its byte order mark; `path` is the name it has in a problem."""
    try:
        if not file.is_file():
            return Problem(path, 0, 0, say("read.missing"), say("read.missing_hint"))
        with file.open("rb") as handle:
            raw = handle.read(MAX_BYTES + 1)
    except OSError as error:
        return Problem(path, 0, 0, say("read.unreadable", reason=error.strerror or str(error)))
    if len(raw) > MAX_BYTES:
        return Problem(path, 0, 0, say("read.document_too_big"), say("read.document_too_big_hint"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _end(raw[: error.start].decode("utf-8", "replace"))
        byte = f"0x{raw[error.start]:02X}"
        return Problem(path, *place, say("read.not_utf8", byte=byte), say("read.not_utf8_hint"))


def parsed(text: str, path: str, *, first_line: int = 1) -> Parsed:
    """As `document`, of a text that begins at `first_line` of the file at `path`."""
    if unprintable := _UNPRINTABLE.search(text):
        line, column = _end(text[: unprintable.start()])
        message = say("read.control_character", character=f"U+{ord(unprintable[0]):04X}")
        return None, (Problem(path, line + first_line - 1, column, message, say("read.control_character_hint")),)
    events, error = _events(text)
    tree = _Tree(path, first_line, events)
    data = None
    try:
        data = tree.root()
        if data is None:
            message, hint = say("read.empty_document"), say("read.empty_document_hint")
            tree.problems.append(Problem(path, first_line, 1, message, hint))
    except _LimitError as passed:
        tree.problems.append(passed.problem)
    except IndexError:  # the parser stopped here; what it had told so far is already in `tree`
        if error is None:
            raise
    if error is not None:
        tree.problems.append(_syntax_problem(error, text, path, first_line))
    problems = tuple(dict.fromkeys(tree.problems))
    if data is None or error is not None:
        return None, problems
    return Document(path, data, tree.keys, tree.values), problems


def _end(text: str) -> Place:
    """Where the character after `text` stands."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


# ---------------------------------------------------------------- scalars

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,299})")
_OCTAL = re.compile(r"0o[0-7]{1,20}")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]{1,16}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


def _resolved(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar; NaN for every spelling of infinity and of what is no number."""
    if _INT.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text) or _HEXADECIMAL.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else math.nan
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return text[0] in "tT"
    return math.nan if _NO_NUMBER.fullmatch(text) else text


# ---------------------------------------------------------------- structure


class _LimitError(Exception):
    """A limit was passed: the rest of the file is not looked at."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message.key)
        self.problem = problem


def _events(text: str) -> tuple[list[Any], yaml.MarkedYAMLError | None]:
    """The parser's events up to its first syntax error, or up to more nodes than a document may have."""
    events: list[Any] = []
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            events.append(event)
            if len(events) > 3 * MAX_NODES:
                break
    except yaml.MarkedYAMLError as error:
        return events, error
    return events, None


class _Tree:
    """One document's events → data; an alias is its anchor's events once more, so it counts as often as it is used."""

    def __init__(self, path: str, first_line: int, events: list[Any]) -> None:
        self.path = path
        self.first_line = first_line
        self.events = events
        self.anchors = _anchors(events)
        self.cursor = 1  # after the start of the stream
        self.nodes = 0
        self.open: set[int] = set()  # collections begun and not ended, by index of their first event
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}
        self.problems: list[Problem] = []

    def place(self, event: Any) -> Place:
        return event.start_mark.line + self.first_line, event.start_mark.column + 1

    def problem(self, event: Any, message: Message, hint: Message | None = None) -> None:
        self.problems.append(Problem(self.path, *self.place(event), message, hint))

    def root(self) -> Any:
        if isinstance(self.events[self.cursor], yaml.StreamEndEvent):
            return None
        self.cursor += 1
        data = self.value(())
        self.cursor += 1
        if isinstance(second := self.events[self.cursor], yaml.DocumentStartEvent):
            self.problem(second, say("read.several_documents"), say("read.several_documents_hint"))
        return data

    def value(self, at: Path) -> Any:
        """The value that begins at the cursor, which moves behind it."""
        index, event = self.cursor, self.events[self.cursor]
        self.values.setdefault(at, self.place(event))
        self.count(event, len(at))
        self.cursor += 1
        if isinstance(event, yaml.AliasEvent):
            return self.elsewhere(index, lambda: self.value(at))
        if event.tag is not None:
            self.problem(event, say("read.tag", tag=event.tag), say("read.tag_hint"))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        self.open.add(index)
        collection = self.sequence(at) if isinstance(event, yaml.SequenceStartEvent) else self.mapping(at)
        self.open.remove(index)
        return collection

    def count(self, event: Any, depth: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            message, hint = say("read.too_many_values", limit=MAX_NODES), say("read.too_many_values_hint")
            raise _LimitError(Problem(self.path, *self.place(event), message, hint))
        if depth > MAX_DEPTH:
            message, hint = say("read.too_deep", limit=MAX_DEPTH), say("read.too_deep_hint")
            raise _LimitError(Problem(self.path, *self.place(event), message, hint))

    def target(self, index: int) -> int | None:
        """Where the anchor is that the alias at `index` names; None when it cannot be followed."""
        alias, target = self.events[index], self.anchors[index]
        if target is None:
            self.problem(alias, say("read.unknown_alias", name=alias.anchor), say("read.unknown_alias_hint"))
        elif target in self.open:
            self.problem(alias, say("read.recursive_alias", name=alias.anchor), say("read.recursive_alias_hint"))
            return None
        return target

    def elsewhere(self, index: int, read: Callable[[], _T]) -> _T | None:
        """What `read` finds at the anchor that the alias at `index` names; the cursor stays behind the alias."""
        target, back = self.target(index), self.cursor
        if target is None:
            return None
        self.cursor = target
        found = read()
        self.cursor = back
        return found

    def scalar(self, event: Any) -> str | int | float | bool | None:
        text: str = event.value
        plain, _ = event.implicit
        value = _resolved(text) if plain else text
        if isinstance(value, float) and math.isnan(value):
            self.problem(event, say("read.not_a_number", value=text), say("read.not_a_number_hint"))
            return text
        return value

    def sequence(self, at: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(self.events[self.cursor], yaml.SequenceEndEvent):
            items.append(self.value((*at, len(items))))
        self.cursor += 1
        return items

    def mapping(self, at: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        first: dict[str, Place] = {}
        while not isinstance(event := self.events[self.cursor], yaml.MappingEndEvent):
            key = self.key()
            if key is None:
                self.skip()
                continue
            if key in first:
                message = say("read.duplicate_key", key=key, line=first[key][0])
                self.problem(event, message, say("read.duplicate_key_hint"))
            place = first.setdefault(key, self.place(event))
            self.keys.setdefault((*at, key), place)
            value = self.value((*at, key))
            data.setdefault(key, value)
        self.cursor += 1
        return data

    def key(self) -> str | None:
        """The key at the cursor as it is written, or None when it is a list or a mapping."""
        index, event = self.cursor, self.events[self.cursor]
        self.count(event, 0)
        if isinstance(event, yaml.AliasEvent):
            self.cursor += 1
            return self.elsewhere(index, self.key)
        if not isinstance(event, yaml.ScalarEvent):
            self.problem(event, say("read.key_not_a_word"), say("read.key_not_a_word_hint"))
            self.skip()
            return None
        self.cursor += 1
        key: str = event.value
        plain, _ = event.implicit
        if event.tag is not None:
            self.problem(event, say("read.tag", tag=event.tag), say("read.tag_hint"))
        elif plain and key == "<<":
            self.problem(event, say("read.merge_key"), say("read.merge_key_hint"))
        elif plain and not isinstance(_resolved(key), str):
            self.problem(event, say("read.key_not_text", key=key), say("read.key_not_text_hint", key=key))
        return key

    def skip(self) -> None:
        """The cursor behind the value that begins at it."""
        depth = 0
        while True:
            event = self.events[self.cursor]
            self.count(event, 0)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            self.cursor += 1
            if not depth:
                return


def _anchors(events: list[Any]) -> dict[int, int | None]:
    """Index of each alias → index of the last event before it that bears its anchor."""
    last: dict[str, int] = {}
    targets: dict[int, int | None] = {}
    for index, event in enumerate(events):
        if isinstance(event, yaml.AliasEvent):
            targets[index] = last.get(str(event.anchor))
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            last[str(event.anchor)] = index
    return targets


# ---------------------------------------------------------------- syntax errors


@dataclass(frozen=True, slots=True)
class _Fault:
    """What both parsers say of a fault (libyaml's words or PyYAML's), and what we say.

    `at_start`: the place to mend is where the construct began, not where it could not go on.
    """

    told: re.Pattern[str]
    message: Message
    hint: Message
    at_start: bool = False


def _fault(told: str, name: str, *, at_start: bool = False) -> _Fault:
    return _Fault(re.compile(told), say(f"read.syntax.{name}"), say(f"read.syntax.{name}_hint"), at_start)


_FAULTS = (
    _fault("mapping values are not allowed", "colon"),
    _fault("unexpected end of stream|unexpected document separator", "open_quote", at_start=True),
    _fault("expected ',' or", "open_bracket", at_start=True),
    _fault("scanning an? (?:alias|anchor|block scalar)|cannot start any token", "reserved", at_start=True),
    _fault("expected ':'", "no_colon", at_start=True),
    _fault("escape", "escape"),
    _fault("expected (?:key|<block end>|'-' indicator)|sequence entries are not allowed", "indentation"),
    _fault("", "other"),
)
_TAB = _fault("", "tab")


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    words = f"{error.context or ''} {error.problem or ''}"
    fault = next(fault for fault in _FAULTS if fault.told.search(words))
    mark = (error.context_mark if fault.at_start else None) or error.problem_mark
    line, column = (mark.line, mark.column + 1) if mark else (0, 1)
    lines = text.split("\n")
    if line < len(lines) and (tab := re.match(r" *\t", lines[line])):
        fault, column = _TAB, tab.end()
    return Problem(path, line + first_line, column, fault.message, fault.hint)
