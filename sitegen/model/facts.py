"""What was read of a client: documents, tables and exports as they lie in the files, and what `check` makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sitegen.errors import Problem
from sitegen.model.authored import AsFound, Benchmark, Client, ExchangeRate, FrozenBaseline, Rubric, Thresholds
from sitegen.model.authored_text import Note
from sitegen.model.evidence import Evidences, Sheet
from sitegen.model.exports import Export, Reading
from sitegen.model.frozen import Frozen
from sitegen.model.lighthouse import LabRun, Report
from sitegen.model.tables import Chunk, Column, Records, Table

__all__ = [
    "LOGO_LIMIT",
    "Chunk",
    "Column",
    "Document",
    "Dossier",
    "Page",
    "Path",
    "Place",
    "Records",
    "Sources",
    "Table",
]

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
    exports: Mapping[str, tuple[Export, ...]] = field(
        default_factory=dict
    )  # by file, one for each member of an archive
    reports: tuple[Report, ...] = ()  # of Lighthouse
    evidence: tuple[Sheet, ...] = ()  # conversations and posts, without what may be of a person


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
    readings: tuple[Reading, ...] = ()  # of the platforms' exports, measured or not
    lab_runs: tuple[LabRun, ...] = ()  # of Lighthouse, in the order of their files
    rubric: Rubric = field(default=Rubric())  # as the agency sets it, then the client
    benchmarks: tuple[Benchmark, ...] = ()  # of the client, then of the site, then those that the package carries
    competitors: Mapping[str, tuple[Records, ...]] = field(default_factory=dict)  # name → what was seen of it
    evidence: Evidences = field(default=Evidences())  # conversations and posts
    frozen: tuple[Frozen, ...] = ()  # its frozen editions, the oldest first
