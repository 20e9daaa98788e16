"""What a platform's export is: the platforms as they are described, a file taken apart into blocks, and what was read.

`read` fills the first two, `check` the last. Cells travel as in `model.facts`; personal columns do not travel at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from sitegen.errors import Problem
from sitegen.messages import Message, Period
from sitegen.model.tables import Records, Table

Names: TypeAlias = Mapping[str, tuple[str, ...]]  # language → ways of writing
Rows: TypeAlias = Literal["whole", "part", "breakdown", "list", "persons"]


class Role(StrEnum):
    """What a column tells of its row."""

    DATE = "date"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    PERIOD = "period"  # whatever span of days the cell tells
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    INDEX_HOUR = "index_hour"  # counted from the first day of the report
    INDEX_DAY = "index_day"
    INDEX_WEEK = "index_week"
    INDEX_MONTH = "index_month"
    HOUR = "hour"
    WEEKDAY = "weekday"
    CURRENCY = "currency"
    CHANNEL = "channel"
    DIMENSION = "dimension"
    METRIC = "metric"
    TITLED = "titled"  # a metric that the line above the table names
    PERSONAL = "personal"  # dropped at reading


class Gauge(StrEnum):
    """How a column of figures may be treated: only flows and levels are measured, and only flows compared with totals.

    The catalogue's `Kind` is of a metric of the portal; this is of a column of a file, which may be neither.
    """

    FLOW = "flow"
    LEVEL = "level"
    UNIQUE = "unique"
    RATIO = "ratio"
    AVERAGE = "average"


class Scale(StrEnum):
    """In what a column counts."""

    COUNT = "count"
    MONEY = "money"
    MICROS = "micros"  # millionths of money
    PERCENT = "percent"
    FRACTION = "fraction"
    MILLISECONDS = "milliseconds"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DURATION = "duration"  # H:MM:SS
    SCORE = "score"
    POSITION = "position"


# ---------------------------------------------------------------- platforms, as described


@dataclass(frozen=True, slots=True)
class Described:
    """A column as a platform's file describes it."""

    id: str
    role: Role
    names: Names
    metric: str | None = None  # the catalogue's id under which it is measured
    gauge: Gauge = Gauge.FLOW
    scale: Scale = Scale.COUNT
    part_of: str | None = None
    comparison: bool = False
    told_by: str | None = None  # the column whose cells say what this one counts


@dataclass(frozen=True, slots=True)
class Titled:
    """A line above a table that names its metric, and perhaps its channel."""

    id: str
    names: Names
    metric: str | None = None
    gauge: Gauge = Gauge.FLOW
    scale: Scale = Scale.COUNT
    channel: str | None = None
    comparison: bool = False
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a platform: the columns that tell it, and how its rows stand to the account."""

    id: str
    title: Mapping[str, str]
    needs: frozenset[str]
    any: frozenset[str]
    without: frozenset[str]
    rows: Rows = "whole"
    channel: str | None = None
    cap: int | None = None
    wide: str | None = None  # the column that each date of the header is one of
    descriptions: bool = False  # the row below the header explains it
    pairs: bool = False  # its rows are keys and values, which tell the period as a preamble does
    gaps_are_zero: bool = False  # a day of nothing has no row, a cell of nothing is empty
    repeated: frozenset[str] = frozenset()  # columns that tell one thing in several rows: read, never measured
    order: str | None = None  # the column that names what a row is about, so that each is counted once
    certain: bool = False  # its columns alone tell it, common as their words are


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform, as its YAML file tells."""

    id: str
    name: str
    channel: str | None
    columns: Mapping[str, Described]
    reports: tuple[Report, ...]
    totals: Names = field(default_factory=dict)
    blank_total: Literal["first", "last", "none"] = "none"
    missing: tuple[str, ...] = ()
    preamble: Mapping[str, Names] = field(default_factory=dict)
    above: bool = False  # it always writes lines above its tables
    qualifiers: Mapping[str, Names] = field(default_factory=dict)
    titles: Mapping[str, Titled] = field(default_factory=dict)
    channels: Mapping[str, Names] = field(default_factory=dict)
    told: Mapping[str, Names] = field(default_factory=dict)  # metric → cells of a `told_by` column that mean it
    uncounted: Mapping[str, Names] = field(default_factory=dict)  # column → cells of rows that do not count


@dataclass(frozen=True, slots=True)
class NoReport:
    """A file that is no report at all, such as a template for an upload."""

    id: str
    title: Mapping[str, str]
    needs: frozenset[str]
    any: frozenset[str]
    without: frozenset[str]


# ---------------------------------------------------------------- a file, taken apart


@dataclass(frozen=True, slots=True)
class Line:
    """A row that belongs to no table, or to its head: its number in the file and its cells."""

    number: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        return ",".join(cell for cell in self.cells if cell.strip()).strip()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where one table lies in a file: rows from `first` to before `last`, both line numbers.

    `above` are the lines before its header that belong to it. `pairs`: its rows are keys and values.
    """

    above: tuple[Line, ...]
    header: Line
    first: int
    last: int
    rows: int
    head: tuple[Line, ...]  # its first rows
    pairs: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A column of a block as it was recognised. `position` counts from 1 in the file.

    `id` is the described one's, with `_comparison` or `_converted` behind it where the header says so; `period` is what
    a header tells of its dates, as it is written.
    """

    position: int
    header: str  # its name in the block's table
    id: str
    role: Role
    metric: str | None = None
    gauge: Gauge = Gauge.FLOW
    scale: Scale = Scale.COUNT
    part_of: str | None = None
    comparison: bool = False
    currency: str | None = None
    period: str | None = None
    told_by: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One table of an export. `report` is None where the platform is known and the table is not.

    `notes` are the preamble's keys as written: `start`, `end`, `period`, `currency`, `timezone`; those of an earlier
    block hold until another value is told. `unread` are headers that nobody knows.
    """

    report: Report | None
    table: Table
    columns: tuple[Found, ...]
    above: tuple[Line, ...]
    notes: Mapping[str, tuple[int, str]]
    channel: str | None
    rows: int
    unread: tuple[str, ...] = ()
    dropped: int = 0  # columns with personal data
    known: int = 0  # header cells that the platform knows


@dataclass(frozen=True, slots=True)
class Export:
    """A file, or a member of an archive, as its content tells what it is.

    `platform` is None for one that is not recognised; `candidates` are then the platforms that fit equally well, or the
    only one that fits words which anybody's own table may have.
    `refused` says why it is no report.
    """

    path: str
    digest: str
    encoding: str
    delimiter: str
    platform: Platform | None
    language: str | None
    blocks: tuple[Block, ...]
    candidates: tuple[str, ...] = ()
    refused: Message | None = None
    hint: Message | None = None
    problems: tuple[Problem, ...] = ()
    spreadsheet: bool = False  # a sheet of a workbook
    no_report: bool = False  # it is something else that platforms or people write, such as a template for an upload


# ---------------------------------------------------------------- what was read of it


class Verdict(StrEnum):
    """How a total that the file tells stands to the rows."""

    EQUAL = "equal"  # but for rounding
    MORE = "more"  # the file leaves rows out
    LESS = "less"  # the rows tell something twice, or were cut


@dataclass(frozen=True, slots=True)
class Figures:
    """One column of figures: `total` is the sum of its cells as they stand, a proof of reading and no metric."""

    header: str
    id: str
    metric: str | None
    gauge: Gauge
    scale: Scale
    comparison: bool
    part_of: str | None
    cells: int
    missing: int
    total: float | None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A total row that was taken out: what it tells of a column beside what the rows add up to, all of them or those of
    its `section`."""

    line: int
    label: str
    id: str
    told: float
    summed: float
    verdict: Verdict
    section: bool = False


@dataclass(frozen=True, slots=True)
class TableReading:
    """One table of an export, read: data rows without totals and footers, and what they are about.

    `span` are the days from the first to the last date of its rows, `period` the days that the report is about as the
    file tells. `unmeasured` says why none of its figures is in the portal.
    """

    report: str | None
    title: Mapping[str, str]
    kind: Rows | None
    line: int
    rows: int
    period: Period | None
    span: Period | None
    grain: str | None
    dimensions: tuple[tuple[str, str], ...]  # header, id
    figures: tuple[Figures, ...]
    totals: tuple[Total, ...]
    unread: tuple[str, ...]
    dropped: int
    channel: str | None
    currency: str | None
    records: tuple[Records, ...] = ()
    unmeasured: Message | None = None

    @property
    def proved(self) -> frozenset[str]:
        """The columns whose rows, all together, some total row confirms."""
        return frozenset(total.id for total in self.totals if total.verdict is Verdict.EQUAL and not total.section)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, or a member of an archive, as it was read; `refused` says why nothing of it is."""

    path: str
    digest: str
    encoding: str
    delimiter: str
    platform: str | None
    name: str | None  # of the platform
    language: str | None
    tables: tuple[TableReading, ...]
    refused: Message | None = None
    hint: Message | None = None
    candidates: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def period(self) -> Period | None:
        """The days that all its tables together are about."""
        filled = [table for table in self.tables if table.rows] or self.tables
        told = [span for table in filled if (span := table.period or table.span) is not None]
        return Period(min(each.start for each in told), max(each.end for each in told)) if told else None


DATED = frozenset(
    {Role.DATE, Role.WEEK, Role.MONTH, Role.QUARTER, Role.PERIOD, Role.INDEX_DAY, Role.INDEX_WEEK, Role.INDEX_MONTH}
)


def ordinal_period(first: int, last: int) -> Period:
    """The days from one ordinal to another."""
    return Period(date.fromordinal(first), date.fromordinal(last))
