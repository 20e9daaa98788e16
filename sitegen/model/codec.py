"""Computed values ↔ canonical JSON. One text for one value: sorted keys, no spaces, shortest float.

The types come from the dataclass annotations; where an annotation is a union of dataclasses, the value says which one
it is under `is`. Serves freezing, digests and worker processes.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from sitegen import messages

T = TypeVar("T")
_TAGGED: dict[str, type] = {
    kind.__name__: kind
    for kind in (messages.Quantity, messages.Period, messages.Month, messages.Currency, messages.Text, messages.Message)
}


def encode(value: object) -> str:
    """`value` as canonical JSON. Raises ValueError for NaN and infinities, TypeError for types that are not plain."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def decode(text: str, kind: type[T]) -> T:
    """The value of type `kind` that `encode` wrote."""
    return typing.cast(T, _typed(json.loads(text), kind))


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(encode(value).encode()).hexdigest()


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, date):
        return {"is": "date", "day": value.isoformat()}
    if is_dataclass(value) and not isinstance(value, type):
        plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__} | plain if type(value).__name__ in _TAGGED else plain
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no plain form")


@cache
def _annotations(kind: type) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)


def _typed(data: Any, kind: Any) -> Any:
    origin = typing.get_origin(kind)
    mapping = isinstance(origin, type) and issubclass(origin, Mapping)  # its keys are free, "is" may be one
    if isinstance(data, dict) and "is" in data and not mapping:
        return date.fromisoformat(data["day"]) if data["is"] == "date" else _built(_TAGGED[data["is"]], data)
    if origin in (typing.Union, types.UnionType):
        return _chosen(data, typing.get_args(kind))
    if isinstance(kind, typing.ForwardRef) or kind is messages.Param:
        return _chosen(data, typing.get_args(messages.Param))
    if origin in (tuple, frozenset):
        return _items(data, origin, typing.get_args(kind))
    if mapping:
        return {key: _typed(item, typing.get_args(kind)[1]) for key, item in data.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        return _built(kind, data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is float:
        return float(data)
    return data


def _items(data: Any, container: type, kinds: tuple[Any, ...]) -> Any:
    if container is frozenset or (len(kinds) == 2 and kinds[1] is Ellipsis):
        return container(_typed(item, kinds[0]) for item in data)
    return tuple(_typed(item, inner) for item, inner in zip(data, kinds, strict=True))


def _built(kind: type, data: Mapping[str, Any]) -> Any:
    hints = _annotations(kind)
    return kind(**{name: _typed(item, hints[name]) for name, item in data.items() if name != "is"})


def _chosen(data: Any, options: tuple[Any, ...]) -> Any:
    """The option of a union that fits: None, then lists and tables to the first container, scalars as they are."""
    if data is None:
        return None
    if isinstance(data, (list, dict)):
        for option in options:
            if isinstance(option, type) and is_dataclass(option) and isinstance(data, dict):
                return _typed(data, option)
            if typing.get_origin(option) is tuple and isinstance(data, list):
                return _typed(data, option)
    for option in options:
        if isinstance(option, type) and issubclass(option, Enum) and isinstance(data, str):
            return option(data)
    if isinstance(data, int) and not isinstance(data, bool) and float in options and int not in options:
        return float(data)
    return data
