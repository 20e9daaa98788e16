"""Bytes and where the cells of a column stand in them in, the column as codes or as numbers out; knows no header.

Cells are compared and converted eight bytes at a time, all rows at once. A Python object is made per distinct cell
only, and none at all for a column of plain numbers.
"""

from __future__ import annotations

import io
import re
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from sitegen.model.tables import Column, Plain

Ints: TypeAlias = npt.NDArray[np.int64]
Words: TypeAlias = npt.NDArray[np.uint64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Made = TypeVar("Made")

_WORD = 8  # bytes
_LONG = 64  # bytes of a cell that are compared as words; of a longer one the whole as a Python object
_FIGURE = 24  # bytes of a plain number without its sign, at most
_EXACT = 15  # digits that a float holds exactly
_QUOTE, _MINUS, _ZERO, _NINE = 0x22, 0x2D, 0x30, 0x39
_POWER = re.compile(rb"[0-9]+\.[0-9]+[eE][+-]?[0-9]+")
_QUOTED = re.compile(r'"((?:[^"]+|"")*+)"(.*)', re.DOTALL)

_ONES, _HIGHS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_ZEROS = np.uint64(0x3030303030303030)  # the characters 00000000
_BEYOND_NINE = np.uint64(0x7676767676767676)  # takes every byte above 9 to a high bit
_POWERS = 10 ** np.arange(_EXACT + 1, dtype=np.int64)


@dataclass(frozen=True)
class Spans:
    """The cells of one column: the i-th is `text[starts[i]:ends[i]]`, with its quotes where it has them."""

    text: bytes
    data: npt.NDArray[np.uint8]  # the text with `_FIGURE + _WORD` bytes more behind it
    starts: Ints
    ends: Ints

    @cached_property
    def words(self) -> Words:
        """The eight bytes from each position on, as one number; the first byte counts least."""
        return np.ndarray((len(self.data) - _WORD + 1,), "<u8", self.data, strides=(1,))


def padded(text: bytes) -> npt.NDArray[np.uint8]:
    """The text as `Spans.data`."""
    return np.frombuffer(text + bytes(_FIGURE + _WORD), np.uint8)


def packed(numbers: npt.NDArray[Any], kind: str = "i") -> array[Any]:
    """The numbers as they cross stages."""
    return array(kind, numbers.astype(kind).tobytes())


class Lazy(Mapping[str, Made]):
    """What `make` makes of each name, made when it is asked for, once; a name of which it makes None is not there."""

    def __init__(self, names: tuple[str, ...], make: Callable[[int], Made | None]) -> None:
        self._places = {name: at for at, name in enumerate(names)}
        self._make = make
        self._made: dict[str, Made | None] = {}

    def __getitem__(self, name: str) -> Made:
        if name not in self._made:
            self._made[name] = self._make(self._places[name])
        made = self._made[name]
        if made is None:
            raise KeyError(name)
        return made

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._places if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


# ---------------------------------------------------------------- texts


def column(spans: Spans) -> Column:
    """The column as codes into its distinct cells, numbered as they appear; a quoted cell without its quotes."""
    codes, firsts = _codes(spans)
    cells = zip(spans.starts[firsts].tolist(), spans.ends[firsts].tolist(), strict=True)
    return _column(codes, [spans.text[begin:end].decode() for begin, end in cells])


def _column(codes: Ints, texts: Sequence[str]) -> Column:
    """Codes into texts as they stand in the file → codes into what these say, -1 where it is nothing."""
    numbers: dict[str, int] = {}
    places = np.empty(len(texts), np.int64)
    for at, text in enumerate(texts):
        cell = unquoted(text)
        places[at] = numbers.setdefault(cell, len(numbers)) if cell else -1
    return Column(packed(places[codes]), tuple(numbers))


def unquoted(cell: str) -> str:
    """A quote opens a cell only at its start, and is doubled to stand for itself; what follows its end is text."""
    found = _QUOTED.fullmatch(cell) if cell.startswith('"') else None
    return found[1].replace('""', '"') + found[2] if found else cell


def _codes(spans: Spans) -> tuple[Ints, Ints]:
    """The number of each row's bytes among the distinct ones, and the row where each of these stands first."""
    sizes = spans.ends - spans.starts
    codes = np.zeros(len(sizes), np.int64)
    rows = np.arange(len(sizes))
    for at in range(0, _LONG, _WORD):
        rows = rows[sizes[rows] > at]
        if not len(rows):
            break
        words = _masked(spans.words[spans.starts[rows] + at], sizes[rows] - at)
        found = pd.factorize(words)[0] + 1
        codes *= int(found.max()) + 1
        codes[rows] += found
        codes = pd.factorize(codes)[0]
    long = np.flatnonzero(sizes > _LONG)
    if len(long):
        known: dict[bytes, int] = {}
        cells = zip(spans.starts[long].tolist(), spans.ends[long].tolist(), strict=True)
        codes[long] = [-1 - known.setdefault(spans.text[begin:end], len(known)) for begin, end in cells]
    codes, distinct = pd.factorize(codes)
    return codes, _firsts(codes, len(distinct))


def _firsts(codes: Ints, distinct: int) -> Ints:
    """The first row of each code; rows of -1 have none."""
    rows = np.flatnonzero(codes >= 0)[::-1]
    firsts = np.zeros(distinct, np.int64)
    firsts[codes[rows]] = rows  # the last one written is the first one
    return firsts


def _masked(words: Words, sizes: Ints) -> Words:
    """The words with what lies behind so many bytes, at least one, set to zero."""
    unused = _bits(np.maximum(_WORD - sizes, 0))
    return (words << unused) >> unused


def _bits(sizes: Ints) -> Words:
    return sizes.astype(np.uint64) * np.uint64(8)


# ---------------------------------------------------------------- numbers


def plain(spans: Spans) -> Plain | None:
    """The column as numbers when each of its cells is one, written in digits with one kind of mark, or is empty."""
    starts, ends = spans.starts, spans.ends
    first = spans.data[starts]
    filled = ends > starts
    if ((first > _NINE) & filled).any():  # words, mostly
        return None
    if (quoted := (first == _QUOTE) & (ends > starts + 1)).any():
        starts, ends = starts + quoted, ends - (quoted & (spans.data[ends - 1] == _QUOTE))
        first, filled = spans.data[starts], ends > starts
    if (minus := (first == _MINUS) & filled).any():
        starts = starts + minus
        first = spans.data[starts]
    sizes = ends - starts
    points = _points(spans, starts, sizes)
    mark = None if points is None else _mark(spans, starts + points, points < sizes)
    if points is None or mark is None:
        return None
    behind = np.maximum(sizes - points - 1, 0)
    whole, _ = _digits(spans, starts, points)
    part, odd = _digits(spans, starts + points + 1, behind)
    odd |= ((points == 0) & (filled | minus)) | ((behind == 0) & (points < sizes))
    if odd.any() and (mark == "," or not _scientific(spans, starts[odd], ends[odd])):
        return None
    power = _POWERS[np.minimum(behind, _EXACT)]
    values = (whole * power + part) / power
    inexact = odd | (points + behind > _EXACT)
    if inexact.any():
        values[inexact] = _parsed(spans, starts[inexact], ends[inexact], mark)
    if minus.any():
        values = np.where(minus, -values, values) + 0.0  # no zero has a sign
    values[~filled] = np.nan
    keys = ((points * (_FIGURE + 1) + behind) * 2 + (first == _ZERO)) * 2 + minus
    keys[odd] = -1 - np.flatnonzero(odd)
    return Plain(packed(values, "d"), mark, _patterns(spans, keys))


def _points(spans: Spans, starts: Ints, sizes: Ints) -> Ints | None:
    """How many digits each cell begins with; None when a cell is too long for a number."""
    points, longest = sizes, int(sizes.max(initial=0))
    if longest > _FIGURE:
        return None
    for at in reversed(range(0, longest, _WORD)):
        digits = spans.words[starts + at] ^ _ZEROS
        others = (digits | (digits + _BEYOND_NINE)) & _HIGHS  # the lowest bit is true, higher ones may be carried
        lowest = others & (~others + np.uint64(1))
        before = np.frexp(lowest.astype(np.float64))[1] // 8 + (at - 1)
        points = np.where((others != 0) & (before < sizes), before, points)
    return points


def _mark(spans: Spans, places: Ints, marked: Mask) -> str | None:
    """The one character behind the digits of the marked cells, empty of none; None when it marks no decimals."""
    marks = spans.data[places[marked]]
    if not len(marks):
        return ""
    return chr(marks[0]) if marks[0] in b".," and (marks == marks[0]).all() else None


def _digits(spans: Spans, starts: Ints, sizes: Ints) -> tuple[Ints, Mask]:
    """The numbers that so many bytes are, 0 of none, and where one of these is no digit. Right up to 18 digits."""
    values, odd = np.zeros(len(starts), np.int64), np.zeros(len(starts), bool)
    for at in range(0, int(sizes.max(initial=0)), _WORD):
        here = np.clip(sizes - at, 0, _WORD)
        digits = (spans.words[starts + at] ^ _ZEROS) << _bits(_WORD - here)  # the last one counts most, zeros before
        odd |= ((digits | (digits + _BEYOND_NINE)) & _HIGHS) != 0
        digits = (digits * np.uint64(10) + (digits >> np.uint64(8))) & np.uint64(0x00FF00FF00FF00FF)
        digits = (digits * np.uint64(100) + (digits >> np.uint64(16))) & np.uint64(0x0000FFFF0000FFFF)
        digits = (digits * np.uint64(10_000) + (digits >> np.uint64(32))) & np.uint64(0x00000000FFFFFFFF)
        values = values * _POWERS[here] + digits.astype(np.int64)
    return values, odd


def _scientific(spans: Spans, starts: Ints, ends: Ints) -> bool:
    """Whether each cell is digits with a point and a power of ten."""
    cells = zip(starts.tolist(), ends.tolist(), strict=True)
    return all(_POWER.fullmatch(spans.text, begin, end) for begin, end in cells)


def _parsed(spans: Spans, starts: Ints, ends: Ints, mark: str) -> npt.NDArray[np.float64]:
    """Numbers with more digits than a float holds or with a power of ten, as pandas reads them."""
    cells = zip(starts.tolist(), ends.tolist(), strict=True)
    text = io.BytesIO(b"\n".join([spans.text[begin:end] for begin, end in cells]))
    frame = pd.read_csv(text, sep="\t", header=None, dtype=np.float64, decimal=mark or ".")
    numbers: npt.NDArray[np.float64] = frame[0].to_numpy()
    return numbers


def _patterns(spans: Spans, keys: Ints) -> Column:
    """Each cell with the first one of its key in its place."""
    codes, distinct = pd.factorize(keys)
    firsts = _firsts(codes, len(distinct))
    cells = zip(spans.starts[firsts].tolist(), spans.ends[firsts].tolist(), strict=True)
    return _column(codes, [spans.text[begin:end].decode() for begin, end in cells])
