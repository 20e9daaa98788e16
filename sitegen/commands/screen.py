"""What was inspected in, what a terminal shows of it out: rows of a label and a text, and grids; prints nothing.

A header is shown as far as it can be printed and fits; whatever else a file holds is not shown at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rich.console import Group
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from sitegen.commands import declaring
from sitegen.commands.inspect import Column, Inspected, ordered, title
from sitegen.errors import Problem, Severity
from sitegen.formats import Words
from sitegen.messages import Message, say
from sitegen.model.exports import Gauge, Reading, Role, TableReading, Verdict

Speak: TypeAlias = Callable[[Message], str]
Tone: TypeAlias = Literal["plain", "good", "doubt", "bad", "code"]

DETAILED = 6  # files that are shown one by one; more of them are listed
TABLES, COLUMNS = 6, 40  # of one file that are shown in full
HEADER = 44  # characters of a header that are shown
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_TONES = {"good": "green", "doubt": "yellow", "bad": "red", "code": "cyan", "plain": ""}
_ADDED = frozenset({Gauge.FLOW, Gauge.LEVEL})


@dataclass(frozen=True, slots=True)
class Row:
    """A text with its label; a row without one goes on with what stands above it."""

    label: str
    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells below one another; the first row is their heads. Cells at `right` are numbers."""

    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Code:
    """Entries of `sources:`, shown as they are pasted."""

    lines: tuple[str, ...]


Part: TypeAlias = Row | Grid | Code


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown of one file, or of many together, below a title."""

    title: str
    parts: tuple[Part, ...]


def sheets(found: Sequence[Inspected], words: Words) -> tuple[Sheet, ...]:
    """One sheet a file when they are few, else one that lists them."""
    if len(found) > DETAILED:
        parts: tuple[Part, ...] = (_listed(found, words), *_declared(found, words))
        return (Sheet(words.say(say("inspect.files", count=len(found))), parts),)
    return tuple(Sheet(each.reading.path, tuple(_parts(each, words))) for each in found)


# ---------------------------------------------------------------- one file


def _parts(inspected: Inspected, words: Words) -> Iterator[Part]:
    read, speak = inspected.reading, words.say
    yield _platform(read, speak)
    if read.refused is not None:
        yield Row(speak(say("inspect.label.refused")), speak(read.refused), "bad")
        if read.hint is not None:
            yield Row("", speak(say("cli.hint", hint=read.hint)))
    else:
        yield from _facts(inspected, words)
        yield from _grids(inspected, words)
        yield from _left_out(inspected, speak)
    yield from _problems(read, speak)
    yield from _declared((inspected,), words)


def _platform(read: Reading, speak: Speak) -> Row:
    label = speak(say("inspect.label.platform"))
    if read.platform is not None:
        return Row(label, f"{read.name} ({read.platform})", "good")
    return Row(label, speak(say("inspect.no_platform")), "doubt")


def _facts(inspected: Inspected, words: Words) -> Iterator[Row]:
    read, speak = inspected.reading, words.say
    reports = Counter(f"{speak(title(table))} ({table.report})" for table in read.tables if table.report)
    if reports:
        told = (name if count == 1 else f"{name} × {count}" for name, count in reports.items())
        yield Row(speak(say("inspect.label.report")), "; ".join(told))
    if read.language:
        yield Row(speak(say("inspect.label.language")), read.language)
    delimiter = _DELIMITERS.get(read.delimiter)
    parts = [read.encoding, speak(say(f"inspect.delimiter.{delimiter}")) if delimiter else ""]
    yield Row(speak(say("inspect.label.encoding")), ", ".join(part for part in parts if part))
    period = words.period(read.period) if read.period else speak(say("inspect.no_period"))
    grains = {_grain(table) for table in read.tables if table.grain and table.rows}
    grain = speak(say(f"inspect.grain.{next(iter(grains))}")) if len(grains) == 1 else ""
    yield Row(speak(say("inspect.label.period")), f"{period}, {grain}" if grain else period)
    if any(column.scale in {"money", "micros"} for column in inspected.columns):
        yield Row(speak(say("inspect.label.currency")), _currency(inspected, speak))
    yield Row(speak(say("inspect.label.rows")), words.decimal(sum(table.rows for table in read.tables), 0))
    yield from _totals(inspected, speak)


def _grain(table: TableReading) -> str:
    """What a row is about: as it is measured, else as its column is called."""
    return table.records[0].grain if table.records else str(table.grain)


def _currency(inspected: Inspected, speak: Speak) -> str:
    return ", ".join(inspected.currencies) or speak(say("inspect.no_currency"))


def _totals(inspected: Inspected, speak: Speak) -> Iterator[Row]:
    """What the total rows prove: columns by how they stand to their rows."""
    label = speak(say("inspect.label.totals"))
    names = {(column.table, column.name): _shown(column.header) for column in inspected.columns}
    found: dict[Verdict, dict[str, None]] = {verdict: {} for verdict in Verdict}
    for number, table in enumerate(inspected.reading.tables, 1):
        for total in table.totals:
            if total.verdict is Verdict.LESS and total.id in table.proved:
                continue  # one of some of the rows, beside that of all
            found[total.verdict][names.get((number, total.id), total.id)] = None
    if not any(found.values()):
        yield Row(label, speak(say("inspect.no_total")))
    for verdict, columns in found.items():
        if columns:
            tone: Tone = "good" if verdict is Verdict.EQUAL else "doubt"
            yield Row(label, speak(say(f"inspect.total.{verdict}", columns=tuple(columns))), tone)
            label = ""


def _grids(inspected: Inspected, words: Words) -> Iterator[Part]:
    """The columns of the first tables that hold any."""
    tables = inspected.reading.tables
    filled = [at for at, table in enumerate(tables, 1) if table.rows] or [1]
    for number in filled[:TABLES]:
        columns = [column for column in inspected.columns if column.table == number]
        if len(tables) > 1:
            yield Row(words.say(say("inspect.label.table")), _table(tables[number - 1], words))
        if columns:
            yield _grid(columns[:COLUMNS], words)
        if (more := len(columns) - COLUMNS) > 0:
            yield Row("", words.say(say("inspect.more_columns", count=more)))
        if (reason := tables[number - 1].unmeasured) is not None:
            yield Row(words.say(say("inspect.label.unmeasured")), words.say(reason), "doubt")
    if (more := len(filled) - TABLES) > 0:
        yield Row("", words.say(say("inspect.more_tables", count=more)))


def _table(table: TableReading, words: Words) -> str:
    name = words.say(title(table)) if table.title else words.say(say("inspect.unknown_table"))
    return words.say(say("inspect.table", name=name, line=str(table.line), count=table.rows))


def _grid(columns: Sequence[Column], words: Words) -> Grid:
    heads = tuple(words.say(say(f"inspect.head.{name}")) for name in ("column", "is", "kind", "metric", "sum", "empty"))
    return Grid((heads, *(_cells(column, words) for column in columns)), frozenset({4, 5}))


def _cells(column: Column, words: Words) -> tuple[str, ...]:
    header = _shown(column.header)
    if column.role is not Role.METRIC:
        name = column.name if column.name != column.header else ""
        return header, name, words.say(say(f"inspect.role.{column.role}")), "", "", ""
    kind = [words.say(say(f"inspect.kind.{column.gauge}")), words.say(say(f"inspect.unit.{column.scale}"))]
    if column.comparison:
        kind.append(words.say(say("inspect.comparison")))
    if column.part_of:
        kind.append(words.say(say("inspect.part_of", name=column.part_of)))
    summed = column.checksum is not None and column.gauge in _ADDED
    return (
        header,
        column.name if column.name != column.header else "",
        ", ".join(kind),
        f"→ {column.metric}"
        if column.measured
        else f"({column.metric})"
        if column.metric and not column.comparison
        else "",
        words.decimal(column.checksum or 0, 2, fixed=False) if summed else "",
        words.decimal(column.missing, 0) if column.missing else "",
    )


def _left_out(inspected: Inspected, speak: Speak) -> Iterator[Row]:
    unread = dict.fromkeys(_shown(name) for table in inspected.reading.tables if table.report for name in table.unread)
    if unread:
        names, more = tuple(unread)[:COLUMNS], max(0, len(unread) - COLUMNS)
        text = ", ".join(names) + (" …" if more else "")
        yield Row(speak(say("inspect.label.unread")), text)
    if inspected.dropped:
        text = speak(say("inspect.dropped", count=inspected.dropped))
        yield Row(speak(say("inspect.label.personal")), text)


def _problems(read: Reading, speak: Speak) -> Iterator[Row]:
    label = speak(say("inspect.label.problems"))
    for problem in ordered(read.problems):
        if problem.message == read.refused:
            continue
        yield Row(label, _problem(problem, speak), "bad" if problem.severity is Severity.ERROR else "doubt")
        label = ""
        if problem.hint is not None:
            yield Row("", "  " + speak(say("cli.hint", hint=problem.hint)))


def _problem(problem: Problem, speak: Speak) -> str:
    place = f"{problem.line}:{problem.column}: " if problem.line else ""
    grade = "" if problem.severity is Severity.ERROR else speak(say(f"cli.{problem.severity}")) + " "
    return f"{place}{grade}{speak(problem.message)}"


# ---------------------------------------------------------------- client.yaml, and many files


def _declared(found: Sequence[Inspected], words: Words) -> Iterator[Row | Code]:
    """The lines to paste; a file that needs none says so."""
    label = words.say(say("inspect.label.declare"))
    needed = {each.file: each.lines for each in found if each.lines}
    readable = [each for each in found if each.reading.refused is None]
    if needed:
        yield Row(label, words.say(say("inspect.needed")), "doubt")
        yield Code(tuple(text for file, lines in needed.items() for text in declaring.spelled(file, lines, words)))
    elif readable and all(each.reading.platform is not None for each in readable):
        yield Row(label, words.say(say("inspect.nothing_needed")), "good")
    elif readable:
        yield Row(label, words.say(say("inspect.nothing_to_place")), "doubt")


def _listed(found: Sequence[Inspected], words: Words) -> Grid:
    """A line for each of many files."""
    heads = tuple(words.say(say(f"inspect.head.{name}")) for name in ("file", "platform", "report", "period", "rows"))
    return Grid((heads, *(_line(each, words) for each in found)), frozenset({4}))


def _line(inspected: Inspected, words: Words) -> tuple[str, ...]:
    read = inspected.reading
    if read.refused is not None:
        return read.path, words.say(say("inspect.refused", reason=read.refused)), "", "", ""
    reports = dict.fromkeys(table.report or "" for table in read.tables)
    return (
        read.path,
        read.platform or words.say(say("inspect.no_platform")),
        ", ".join(name for name in reports if name),
        f"{read.period.start.isoformat()}..{read.period.end.isoformat()}" if read.period else "",
        words.decimal(sum(table.rows for table in read.tables), 0),
    )


def _shown(header: str) -> str:
    """A header on one line: what cannot be printed left out, and cut when it is long."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in header).split())
    return text if len(text) <= HEADER else text[: HEADER - 1] + "…"


# ---------------------------------------------------------------- printed


def plain(sheet: Sheet) -> str:
    """The sheet as plain text."""
    lines = [sheet.title]
    width = max((len(part.label) for part in sheet.parts if isinstance(part, Row)), default=0)
    for part in sheet.parts:
        if isinstance(part, Row):
            lines.append(f"  {part.label:<{width}}  {part.text}".rstrip())
        elif isinstance(part, Grid):
            lines += [f"    {line}".rstrip() for line in _columned(part)]
        else:
            lines += ["", "sources:", *part.lines]
    return "\n".join(lines) + "\n"


def _columned(grid: Grid) -> Iterator[str]:
    widths = [max(len(row[at]) for row in grid.rows) for at in range(len(grid.rows[0]))]
    for row in grid.rows:
        cells = (
            cell.rjust(width) if at in grid.right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells)


def rich(sheet: Sheet) -> Group:
    """The sheet for a terminal, in colours; nothing that a file says is taken for a mark-up."""
    parts: list[RichText | RichTable | Padding] = [RichText(sheet.title, style="bold")]
    rows: RichTable | None = None
    for part in sheet.parts:
        if not isinstance(part, Row):
            rows = None
            parts.append(Padding(_rich_grid(part), (0, 0, 0, 4)) if isinstance(part, Grid) else _rich_code(part))
            continue
        if rows is None:
            rows = RichTable.grid(padding=(0, 2))
            rows.add_column(
                min_width=max(len(each.label) for each in sheet.parts if isinstance(each, Row)), style="dim"
            )
            rows.add_column(overflow="fold")
            parts.append(Padding(rows, (0, 0, 0, 2)))
        rows.add_row(RichText(part.label), RichText(part.text, style=_TONES[part.tone]))
    return Group(*parts, RichText(""))


def _rich_code(code: Code) -> RichText:
    return RichText("\n".join(("", "sources:", *code.lines)), style=_TONES["code"], no_wrap=True, overflow="ignore")


def _rich_grid(grid: Grid) -> RichTable:
    table = RichTable(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for at, head in enumerate(grid.rows[0]):
        table.add_column(RichText(head, style="dim"), justify="right" if at in grid.right else "left", overflow="fold")
    for row in grid.rows[1:]:
        table.add_row(*(RichText(cell) for cell in row))
    return table
