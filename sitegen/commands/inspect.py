"""Files and folders in, what each of them is and what it lacks out; prints nothing, writes nothing.

Of a file's cells only sums leave this module, and of its columns their headers: no cell of a dimension, nothing of a
column with the data of persons, no label of a total, no line from above a table.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.check.exports import reading
from sitegen.check.exports.seen import seen
from sitegen.commands import declaring, laboratory
from sitegen.commands.declaring import Line
from sitegen.errors import Problem, Severity, UsageError
from sitegen.formats import Words
from sitegen.messages import Message, Period, Text, say
from sitegen.model.exports import Export, Figures, Found, Gauge, Reading, Role, Scale, TableReading, Total
from sitegen.read.client import ARCHIVE_SUFFIXES, TABLE_SUFFIXES
from sitegen.read.exports import exports

SUFFIXES = (*TABLE_SUFFIXES, *ARCHIVE_SUFFIXES, laboratory.SUFFIX)
EXPORTS = "exports"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was read. `table` counts from 1; of a column without figures there is no checksum and no count.

    `measured`: the portal takes its metric from it, as far as the file tells days and channel.
    """

    table: int
    header: str
    name: str
    role: Role
    metric: str | None = None
    gauge: Gauge | None = None
    scale: Scale | None = None
    comparison: bool = False
    part_of: str | None = None
    checksum: float | None = None
    cells: int | None = None
    missing: int | None = None
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file, or a member of an archive: what was read of it, its columns, and the lines that its file needs."""

    reading: Reading
    columns: tuple[Column, ...]
    place: Path
    file: str  # as `client.yaml` would call it
    lines: tuple[Line, ...]

    @property
    def settled(self) -> bool:
        """It was read, and nothing of it is in doubt."""
        found = self.reading
        return (
            found.refused is None
            and found.platform is not None
            and not any(problem.severity is Severity.ERROR for problem in found.problems)
        )

    @property
    def dropped(self) -> int:
        """How many columns with the data of persons were left out."""
        return sum(table.dropped for table in self.reading.tables)

    @property
    def currencies(self) -> tuple[str, ...]:
        """Those that it tells of its amounts."""
        return tuple(sorted({table.currency for table in self.reading.tables if table.currency}))


@dataclass(frozen=True, slots=True)
class _File:
    """A file to look at: below `root` at `path`, called `address`, and `file` in a client's `sources:`."""

    root: Path
    path: str
    address: str
    file: str


def look(places: Sequence[Path]) -> tuple[Inspected, ...]:
    """What lies in each file, and in each file below a folder, in order.

    Raises UsageError for a place where nothing is, or a folder without a file that may be an export.
    """
    return tuple(each for place in places for file in _files(place) for each in _inspected(file))


def _files(place: Path) -> tuple[_File, ...]:
    if place.is_file():
        return (_File(place.parent, place.name, place.as_posix(), _declared(place)),)
    if not place.is_dir():
        raise UsageError(say("inspect.no_such_file", file=place.as_posix()))
    found = tuple(_File(place, name, (place / name).as_posix(), _declared(place / name)) for name in below(place))
    if not found:
        raise UsageError(say("inspect.no_files", folder=place.as_posix(), suffixes=SUFFIXES))
    return found


def below(folder: Path) -> tuple[str, ...]:
    """The files below a folder that may be exports, relative to it, sorted; hidden ones are left out."""
    names = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return tuple(
        sorted(
            name.as_posix()
            for name in names
            if name.suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in name.parts)
        )
    )


def _declared(path: Path) -> str:
    """What `sources:` would call the file: its place below the nearest `exports/`, else as if it lay there."""
    parts = path.absolute().parts
    if EXPORTS not in parts[:-1]:
        return f"{EXPORTS}/{path.name}"
    at = len(parts) - 1 - parts[::-1].index(EXPORTS, 1)
    return "/".join(parts[at:])


def readings(root: Path, path: str, address: str) -> tuple[Reading, ...]:
    """What was read of a file: of itself, or of each member of an archive."""
    if path.lower().endswith(laboratory.SUFFIX):
        return (laboratory.reading(root / path, address),)
    return tuple(map(reading, exports(root, path, address)))


def _inspected(file: _File) -> Iterator[Inspected]:
    if file.path.lower().endswith(laboratory.SUFFIX):
        run = laboratory.reading(file.root / file.path, file.address)
        told = tuple(_figure(figures) for table in run.tables for figures in table.figures)
        yield Inspected(run, told, file.root / file.path, file.file, ())
        return
    found = tuple((export, reading(export)) for export in exports(file.root, file.path, file.address))
    plain = next((export for export, read in found if read.platform is None and read.refused is None), None)
    columns = seen(plain.blocks[0]).columns if plain is not None and plain.blocks else ()
    needed = declaring.lines(found, columns)
    for export, read in found:
        yield Inspected(read, tuple(_columns(export, read)), file.root / file.path, file.file, needed)


# ---------------------------------------------------------------- columns


def _columns(export: Export, read: Reading) -> Iterator[Column]:
    """The columns of each table in their order in the file."""
    for number, (block, table) in enumerate(zip(export.blocks, read.tables, strict=False), 1):
        figures = {each.id: each for each in table.figures}
        measured = {header for records in table.records for header in records.columns.values()}
        columns = block.columns if read.platform is not None else seen(block).columns
        for column in columns:
            yield _column(number, column, figures.get(column.id), measured)


def _column(number: int, column: Found, figures: Figures | None, measured: set[str]) -> Column:
    if column.role is not Role.METRIC:
        return Column(number, column.header, column.id, column.role)
    return Column(
        table=number,
        header=column.header,
        name=column.id,
        role=column.role,
        metric=column.metric,
        gauge=column.gauge,
        scale=column.scale,
        comparison=figures.comparison if figures else column.comparison,
        part_of=column.part_of,
        checksum=_finite(figures.total) if figures else None,
        cells=figures.cells if figures else None,
        missing=figures.missing if figures else None,
        measured=column.header in measured,
    )


def _figure(figures: Figures) -> Column:
    """A figure that stands in no table."""
    return Column(
        table=1,
        header=figures.header,
        name=figures.id,
        role=Role.METRIC,
        gauge=figures.gauge,
        scale=figures.scale,
        checksum=_finite(figures.total),
        cells=figures.cells,
        missing=figures.missing,
    )


def _finite(value: float | None) -> float | None:
    """A sum that can be written; None of one beyond all bounds."""
    return value if value is not None and math.isfinite(value) else None


# ---------------------------------------------------------------- as JSON


def as_json(found: Sequence[Inspected], words: Words) -> str:
    """The files as schemas/inspect.schema.json describes them; sentences are in the language of `words`."""
    return json.dumps([_file(each, words) for each in found], ensure_ascii=False, allow_nan=False, indent=2)


def _file(inspected: Inspected, words: Words) -> dict[str, Any]:
    read = inspected.reading
    return {
        "file": read.path,
        "platform": read.platform,
        "report": leading(read.tables),
        "language": read.language,
        "encoding": read.encoding or None,
        "delimiter": read.delimiter or None,
        "period": _period(read.period),
        "currency": inspected.currencies[0] if len(inspected.currencies) == 1 else None,
        "rows": sum(table.rows for table in read.tables),
        "columns": [_json_column(column) for column in inspected.columns],
        "totals": [_total(at, total) for at, table in enumerate(read.tables, 1) for total in table.totals],
        "problems": [_problem(problem, words) for problem in ordered(read.problems)],
        "refused": _said(read.refused, words),
        "hint": _said(read.hint, words),
        "candidates": list(read.candidates),
        "dropped": inspected.dropped,
        "tables": [_table(table, words) for table in read.tables],
        "lines": list(declaring.spelled(inspected.file, inspected.lines, words, "")) if inspected.lines else [],
    }


def leading(tables: Sequence[TableReading]) -> str | None:
    """The report of the first table with rows, else of the first one."""
    told = [table for table in tables if table.rows and table.report] or [table for table in tables if table.report]
    return told[0].report if told else None


def _table(table: TableReading, words: Words) -> dict[str, Any]:
    return {
        "report": table.report,
        "title": words.say(title(table)) if table.title else None,
        "kind": table.kind,
        "line": table.line,
        "rows": table.rows,
        "period": _period(table.period or table.span),
        "grain": table.grain,
        "currency": table.currency,
        "channel": table.channel,
        "unread": list(table.unread) if table.report else [],
        "dropped": table.dropped,
        "unmeasured": _said(table.unmeasured, words),
    }


def _json_column(column: Column) -> dict[str, Any]:
    return {
        "table": column.table,
        "header": column.header,
        "name": column.name,
        "role": column.role,
        "metric": column.metric,
        "kind": column.gauge,
        "unit": column.scale,
        "comparison": column.comparison,
        "part_of": column.part_of,
        "checksum": column.checksum,
        "cells": column.cells,
        "missing": column.missing,
        "measured": column.measured,
    }


def _total(number: int, total: Total) -> dict[str, Any]:
    return {
        "table": number,
        "line": total.line,
        "name": total.id,
        "told": _finite(total.told),
        "summed": _finite(total.summed),
        "verdict": total.verdict,
    }


def _problem(problem: Problem, words: Words) -> dict[str, Any]:
    return {
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "key": problem.message.key,
        "message": words.say(problem.message),
        "hint": _said(problem.hint, words),
    }


def _said(message: Message | None, words: Words) -> str | None:
    return words.say(message) if message is not None else None


def _period(period: Period | None) -> dict[str, str] | None:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None


def title(table: TableReading) -> Message:
    """The title of a table's report."""
    return say("inspect.as_it_is", text=Text(tuple(table.title.items())))


def ordered(problems: Sequence[Problem]) -> list[Problem]:
    """Each problem once, by its place."""
    return sorted(dict.fromkeys(problems), key=lambda each: (each.line, each.column, each.message.key))
