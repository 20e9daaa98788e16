"""What was read: documents and tables as they lie in the files, and the typed columns that `check` makes of them.

Nothing of pandas or numpy crosses a stage: cells travel as codes into a tuple of distinct strings, numbers as `array`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from sitegen.errors import Problem
from sitegen.messages import Period
from sitegen.model.authored import AsFound, Client, ExchangeRate, FrozenBaseline, Thresholds
from sitegen.model.authored_text import Note
from sitegen.model.lighthouse import LabRun, Report

Place: TypeAlias = tuple[int, int]  # line and column, from 1
Path: TypeAlias = tuple[str | int, ...]  # keys and indexes from a document's root


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain data, with the place of every key (`keys`) and of every value (`values`), by path."""

    path: str
    data: Any
    keys: Mapping[Path, Place] = field(default_factory=dict)
    values: Mapping[Path, Place] = field(default_factory=dict)

    def place(self, at: Path) -> Place:
        """The place of the value at `at`, else of its nearest parent that has one, else (1, 1)."""
        while at:
            if at in self.values:
                return self.values[at]
            at = at[:-1]
        return self.values.get((), (1, 1))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chunk: `codes[row]` is an index into the distinct `cells`; -1 is an empty cell."""

    codes: array[int]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive rows of a table: `lines[row]` is the line where the row begins in the file."""

    lines: array[int]
    columns: Mapping[str, Column]

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
class Page:
    """A Markdown file of `notes/`, unjudged: its front matter where it has one, and the text below it."""

    path: str
    name: str  # without folder and `.md`
    head: Document | None
    text: str


LOGO_LIMIT = 200 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Sources:
    """All that lies in one client's folder, unjudged. `tables` has an entry for each path that could be opened."""

    slug: str
    folder: str  # relative to the workspace
    client: Document | None
    baselines: Document | None
    tables: Mapping[str, Table]  # by path relative to the client's folder
    files: frozenset[str]  # everything in the folder, relative to it
    problems: tuple[Problem, ...] = ()
    notes: tuple[Page, ...] = ()
    as_found: Document | None = None
    logo: bytes | None = None  # of the file that `brand.logo` names, at most one byte beyond LOGO_LIMIT
    reports: tuple[Report, ...] = ()  # of Lighthouse


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


@dataclass(frozen=True, slots=True)
class Dossier:
    """A client as `check` leaves it: what was authored, with every default resolved, and its typed records."""

    slug: str
    client: Client
    languages: tuple[str, ...]
    country: str
    currency: str
    timezone: str
    baselines: Mapping[str, FrozenBaseline]
    records: tuple[Records, ...]
    rates: tuple[ExchangeRate, ...]
    thresholds: Thresholds
    latency_days: int
    problems: tuple[Problem, ...] = ()  # warnings and infos; an error would have stopped the client
    notes: tuple[Note, ...] = ()
    as_found: AsFound | None = None
    logo: bytes | None = None
    lab_runs: tuple[LabRun, ...] = ()  # of Lighthouse, in the order of their files
