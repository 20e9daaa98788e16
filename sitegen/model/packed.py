"""Plain JSON values in, small ones out, and back: what repeats, in one value or from one to the next, is told once.

An object is written as its values beside the number of its shape, which lists its keys; what was told before as the
number of that part. Shapes and parts lie on a shelf that several values share. Lines are only ever added to it, so that
what was packed with it once can always be opened.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

PART = "@"  # {"@": 3}: the fourth part; {"3": [...]}: an object of the fourth shape
SHORTEST = 20  # characters of JSON, from which on it is worth while to tell something once
TAG = "is"


@dataclass(slots=True)
class Shelf:
    """What several packed values share: `shapes` are lists of keys, `parts` packed values."""

    shapes: list[list[str]] = field(default_factory=list)
    parts: list[Any] = field(default_factory=list)

    def pack(self, value: Any, seen: Iterable[Any] = ()) -> Any:
        """The value, packed; what repeats in it, or stands in one of `seen` as well, is put on the shelf."""
        return _Packing(self, value, seen).packed(value)

    def unpack(self, packed: Any) -> Any:
        """The value that was packed. Raises LookupError or ValueError when the shelf is another one."""
        opened: dict[int, Any] = {}  # a part is opened once; whoever gets it may not change it

        def value(given: Any) -> Any:
            if isinstance(given, list):
                return [value(item) for item in given]
            if not isinstance(given, dict):
                return given
            ((name, held),) = given.items()
            if name == PART:
                if held not in opened:
                    opened[held] = value(self.parts[held])
                return opened[held]
            return dict(_named(self.shapes[int(name)], map(value, held)))

        return value(packed)


class _Texts:
    """The JSON of each object within one value, written once: an object is known by where it lies while it is held."""

    def __init__(self) -> None:
        self._known: dict[int, str] = {}

    def __getitem__(self, value: Any) -> str:
        if isinstance(value, str):
            return _text(value)
        if id(value) not in self._known:
            self._known[id(value)] = _text(value)
        return self._known[id(value)]


class _Packing:
    """One value on its way onto a shelf."""

    def __init__(self, shelf: Shelf, value: Any, seen: Iterable[Any]) -> None:
        self._shelf = shelf
        self._shapes = {tuple(shape): number for number, shape in enumerate(shelf.shapes)}
        self._parts = {_text(shelf.unpack({PART: number})): number for number in range(len(shelf.parts))}
        self._texts = _Texts()
        self._count = Counter(self._worthwhile(value, self._texts))
        self._seen = {text for each in seen for text in self._worthwhile(each, _Texts())}

    @staticmethod
    def _worthwhile(value: Any, texts: _Texts) -> Iterator[str]:
        """The JSON of all that may be told once, what is inside of it left out when it was met before."""
        met: set[str] = set()
        left = [value]
        while left:
            here = left.pop()
            if isinstance(here, (dict, list, str)) and here:
                text = texts[here]
                if len(text) >= SHORTEST:
                    yield text
                if text not in met and not isinstance(here, str):
                    met.add(text)
                    left += here.values() if isinstance(here, dict) else here

    def packed(self, value: Any) -> Any:
        if not isinstance(value, (dict, list, str)):
            return value
        text = self._texts[value]
        if text not in self._parts:
            if len(text) < SHORTEST or not (self._count[text] > 1 or text in self._seen):
                return self._spelled(value)
            spelled = self._spelled(value)
            self._parts[text] = len(self._shelf.parts)
            self._shelf.parts.append(spelled)
        return {PART: self._parts[text]}

    def _spelled(self, value: Any) -> Any:
        if isinstance(value, str):
            return value
        if isinstance(value, list):
            return [self.packed(item) for item in value]
        shape = tuple(f"{TAG}:{item}" if name == TAG else name for name, item in value.items())
        if shape not in self._shapes:
            self._shapes[shape] = len(self._shelf.shapes)
            self._shelf.shapes.append([*shape])
        return {str(self._shapes[shape]): [self.packed(item) for name, item in value.items() if name != TAG]}


def _named(shape: Iterable[str], values: Iterator[Any]) -> Iterator[tuple[str, Any]]:
    """The fields of an object; the tag of its type is part of its shape."""
    for name in shape:
        yield (TAG, name.removeprefix(f"{TAG}:")) if name.startswith(f"{TAG}:") else (name, next(values))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def written(value: Any, depth: int) -> str:
    """A packed value as JSON text, each item down to that depth on a line of its own, so that a change is a line."""
    if depth and isinstance(value, list) and value:
        return "[\n" + ",\n".join(written(item, depth - 1) for item in value) + "\n]"
    if depth and isinstance(value, Mapping) and value:
        return "{\n" + ",\n".join(f"{_text(name)}: {written(item, depth - 1)}" for name, item in value.items()) + "\n}"
    return _text(value)
