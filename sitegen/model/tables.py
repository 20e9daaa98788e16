"""Tables as they lie in files, and the typed columns that `check` makes of them.

Nothing of pandas or numpy crosses a stage: cells travel as codes into a tuple of distinct strings, numbers as `array`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sitegen.messages import Period


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chunk: `codes[row]` is an index into the distinct `cells`; -1 is an empty cell."""

    codes: array[int]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """One column of a chunk whose cells are all numbers in plain digits: `values[row]`, NaN for an empty cell.

    `mark` is what stands before the decimals, a point or a comma; empty when no cell has any. `patterns` is the column
    with each cell replaced by the first one with the same sign and as many digits before and behind the mark.
    """

    values: array[float]
    mark: str
    patterns: Column


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive rows of a table: `lines[row]` is the line where the row begins in the file.

    `plain` has the columns of `columns` that are plain numbers, a second time.
    """

    lines: array[int]
    columns: Mapping[str, Column]
    plain: Mapping[str, Plain] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited text file: how it is written, its header, and its rows again each time `chunks()` is called."""

    path: str
    digest: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_line: int
    chunks: Callable[[], Iterator[Chunk]]


@dataclass(frozen=True, slots=True)
class Records:
    """One source's typed rows: `days` are proleptic ordinals, NaN in `metrics` is a missing cell.

    `channels[row]` is an index into `channel_names`; `lines[row]` is the line in the file at `path`.
    """

    path: str
    digest: str
    days: array[int]
    lines: array[int]
    channels: array[int]
    channel_names: tuple[str, ...]
    metrics: Mapping[str, array[float]]
    currency: str | None  # of the money columns
    gaps_are_zero: bool = False  # the source exports a day of nothing as a missing row
    columns: Mapping[str, str] = field(default_factory=dict)  # metric → header in the file
    period: Period | None = None  # what the file covers, when declared; else first to last row
    tax: Literal["excluded", "included"] | None = None  # do its sales include VAT? None when nobody says
    grain: Literal["day", "week", "month"] = "day"  # a row is about the one that begins on its day
    lasts: array[int] | None = None  # the last day that each row is about, where its grain alone does not tell
    # `breakdown`: its rows add up to the whole and tell it again; `part`: they are only some of the rows
    rows: Literal["whole", "part", "breakdown"] = "whole"
    exported: date | None = None  # when the platform gave the file, as it says itself or as is declared
    platform: str | None = None  # what gave the file, where its content tells: ga4, universal_analytics, …
    report: str | None = None  # and which of its reports
    table: int = 0  # the line of the table's header, where one file holds several or one table several currencies
    # metric → share of its total in rows that the platform could not name: `(not set)`, `(other)`
    unnamed: Mapping[str, float] = field(default_factory=dict)
