"""Computed values ↔ canonical JSON. One text for one value: sorted keys, no spaces, shortest float.

The types come from the dataclass annotations; where an annotation is a union of dataclasses, the value says which one
it is under `is`. Serves freezing, digests and worker processes.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeAlias, TypeVar

from sitegen import messages

T = TypeVar("T")
Reader: TypeAlias = Callable[[Any], Any]
Writer: TypeAlias = Callable[[Any], Any]
_AS_THEY_ARE = frozenset({type(None), bool, int, float, str})
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_TAGGED: dict[str, type] = {
    kind.__name__: kind
    for kind in (messages.Quantity, messages.Period, messages.Month, messages.Currency, messages.Text, messages.Message)
}


def encode(value: object) -> str:
    """`value` as canonical JSON. Raises ValueError for NaN and infinities, TypeError for types that are not plain."""
    return _CANONICAL.encode(_plain(value))


def sparse(value: object) -> Any:
    """The plain form of `value` (of JSON's types alone) without the fields that are what they are by default.

    `decode` and `built` read it as well. What is written so means the same as long as no default changes.
    """
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, messages.Message):
        told = {"params": {name: sparse(param) for name, param in value.params}} if value.params else {}
        return {"is": "Message", "key": value.key, **told}
    if is_dataclass(value) and not isinstance(value, type):
        tag = {"is": type(value).__name__} if type(value).__name__ in _TAGGED else {}
        given = ((field, getattr(value, field.name)) for field in fields(value))
        return tag | {field.name: sparse(item) for field, item in given if not _by_default(field, item)}
    if isinstance(value, Mapping):
        return {str(key): sparse(item) for key, item in value.items()}
    if isinstance(value, (tuple, list, frozenset)):
        return [sparse(item) for item in (sorted(value) if isinstance(value, frozenset) else value)]
    return _plain(value)


def _by_default(field: Field[Any], item: object) -> bool:
    default = field.default if field.default_factory is MISSING else field.default_factory()
    return type(item) is type(default) and item == default


def built(plain: Any, kind: type[T]) -> T:
    """The value of type `kind` whose plain form this is. Raises KeyError, TypeError or ValueError for another one."""
    read: Callable[[Any], T] = _reader(typing.cast(Any, kind))
    return read(plain)


def decode(text: str, kind: type[T]) -> T:
    """The value of type `kind` that `encode` wrote."""
    return built(json.loads(text), kind)


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(encode(value).encode()).hexdigest()


def _plain(value: object) -> Any:
    return value if type(value) in _AS_THEY_ARE else _WRITERS[type(value)](value)


class _Writers(dict[type, Writer]):
    """What makes the plain form of a value of exactly this type; found once, as its reader is."""

    def __missing__(self, kind: type) -> Writer:
        self[kind] = _writer(kind)
        return self[kind]


_WRITERS = _Writers()


def _writer(kind: type) -> Writer:
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, tuple(_AS_THEY_ARE)):
        return _as_it_is
    if issubclass(kind, date):
        return lambda value: {"is": "date", "day": value.isoformat()}
    if is_dataclass(kind):
        return _fields_writer(kind)
    if issubclass(kind, (tuple, list)):
        return lambda value: [item if type(item) in _AS_THEY_ARE else _WRITERS[type(item)](item) for item in value]
    if issubclass(kind, frozenset):
        return lambda value: sorted(map(_plain, value))
    if issubclass(kind, Mapping):
        return lambda value: {str(key): _plain(item) for key, item in value.items()}
    raise TypeError(f"{kind.__name__} has no plain form")


def _fields_writer(kind: type) -> Writer:
    names = tuple(field.name for field in fields(kind))
    tag = {"is": kind.__name__} if kind.__name__ in _TAGGED else {}

    def write(value: object) -> Any:
        plain: dict[str, Any] = tag.copy()
        for name in names:
            item = getattr(value, name)
            plain[name] = item if type(item) in _AS_THEY_ARE else _WRITERS[type(item)](item)
        return plain

    return write


@cache
def _reader(kind: Any) -> Reader:
    """What makes a value of this kind from its plain form; found once, since an edition has tens of thousands."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(origin, type) and issubclass(origin, Mapping):  # its keys are free, "is" may be one
        value = _reader(inner[1])
        return lambda data: {key: value(item) for key, item in data.items()}
    if kind in (str, bool, int):
        return _as_it_is
    if kind is float:
        return float
    read = _untagged(kind, origin, inner)
    return lambda data: _tagged(data) if isinstance(data, dict) and "is" in data else read(data)


def _untagged(kind: Any, origin: Any, inner: tuple[Any, ...]) -> Reader:
    if origin in (typing.Union, types.UnionType):
        return _chosen(inner)
    if isinstance(kind, typing.ForwardRef):  # a parameter may hold parameters
        return _param
    if origin in (tuple, frozenset):
        return _items(origin, inner)
    if isinstance(kind, type) and is_dataclass(kind):
        return lambda data: _built(kind, data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return _as_it_is


def _as_it_is(data: Any) -> Any:
    return data


def _param(data: Any) -> Any:
    return _reader(messages.Param)(data)


def _tagged(data: Mapping[str, Any]) -> Any:
    if data["is"] == "date":
        return date.fromisoformat(data["day"])
    if isinstance(named := data.get("params"), dict):  # as `sparse` writes them
        data = {**data, "params": list(named.items())}
    return _built(_TAGGED[data["is"]], data)


def _items(container: type, kinds: tuple[Any, ...]) -> Reader:
    if container is frozenset or (len(kinds) == 2 and kinds[1] is Ellipsis):
        read = _reader(kinds[0])
        return lambda data: container([read(item) for item in data])
    each = tuple(map(_reader, kinds))
    return lambda data: tuple([read(item) for item, read in zip(data, each, strict=True)])


@cache
def _fields(kind: type) -> Mapping[str, Reader]:
    return {name: _reader(hint) for name, hint in typing.get_type_hints(kind).items()}


def _built(kind: type, data: Mapping[str, Any]) -> Any:
    readers = _fields(kind)
    return kind(**{name: readers[name](item) for name, item in data.items() if name != "is"})


def _chosen(options: tuple[Any, ...]) -> Reader:
    """The option of a union that fits: None, then lists and tables to the first container, scalars as they are."""
    table = next((_reader(option) for option in options if hasattr(option, "__dataclass_fields__")), _as_it_is)
    items = next((_reader(option) for option in options if typing.get_origin(option) is tuple), _as_it_is)
    named = next((option for option in options if isinstance(option, type) and issubclass(option, Enum)), None)
    fractions = float in options and int not in options

    def read(data: Any) -> Any:
        match data:
            case dict():
                return table(data)
            case list():
                return items(data)
            case str() if named is not None:
                return named(data)
            case int() if fractions and not isinstance(data, bool):
                return float(data)
        return data

    return read
