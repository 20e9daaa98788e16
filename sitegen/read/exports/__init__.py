"""A platform's export in, its tables with the role of each column out; judges no cell and adds nothing up.

    platforms   the YAML files beside this one → typed platforms
    archives    a zip or a workbook → the text files in it
    layout      a file's records → the tables that lie in it
    recognise   a table's header → platform, report, roles
    persons     a table's header and first rows → columns of persons, and what is no report at all

Only columns that a platform describes are read at all, and of these none with the data of persons: their cells never
become text in memory beyond the few rows that tell what the file is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sitegen.errors import Problem, Severity
from sitegen.messages import Text, say
from sitegen.model.catalogue import METRICS
from sitegen.model.exports import Block, Export, Found, Layout, Role
from sitegen.read.encodings import TableError, TextFile, text_file
from sitegen.read.exports import archives, persons, recognise, records
from sitegen.read.exports import layout as laid
from sitegen.read.exports.lexicon import Lexicon, known
from sitegen.read.exports.recognise import Fit
from sitegen.read.exports.records import Body

__all__ = ["export", "exports", "of_text"]

_SAMPLE_ROWS = 60
_DELIMITERS = "\t;,|"


def export(root: Path, path: str, address: str, platform: str | None = None) -> Export:
    """The text file at `root / path`, called `address` in problems; `platform` when it is declared."""
    try:
        source = text_file(root / path, address, None)
    except TableError as refused:
        return _unreadable(Export(address, "", "", "", None, None, ()), refused.problem)
    return of_text(source, platform)


def exports(root: Path, path: str, address: str, platform: str | None = None) -> tuple[Export, ...]:
    """What lies in a file: itself, or each text file of an archive and each sheet of a workbook."""
    if not archives.is_archive(path):
        return (export(root, path, address, platform),)
    members, problems = archives.members(root / path, address)
    found = tuple(_of_member(member, platform) for member in members)
    if leader := _leader(found):
        found = tuple(
            _of_member(member, leader) if leader in each.candidates else each
            for member, each in zip(members, found, strict=True)
        )
    if not found:
        nothing = Export(address, "", "", "", None, None, ())
        return tuple(_unreadable(nothing, problem) for problem in problems[:1])
    found = tuple(_sharing(found))
    return (replace(found[0], problems=(*problems, *found[0].problems)), *found[1:])


def _of_member(member: archives.Member, platform: str | None) -> Export:
    return replace(of_text(member.source, platform), spreadsheet=archives.is_sheet(member.name))


def _leader(found: Sequence[Export]) -> str | None:
    """The one platform of the members of an archive that tell theirs: it is that of the others too."""
    told = {export.platform.id for export in found if export.platform is not None}
    return told.pop() if len(told) == 1 else None


def _sharing(found: Sequence[Export]) -> Iterator[Export]:
    """The members of one archive, each with what a table of keys and values in another one says of them all."""
    said: dict[str, tuple[int, str]] = {}
    for export in found:
        for block in export.blocks:
            if block.report is not None and block.report.pairs:
                said |= block.notes
    for export in found:
        yield replace(export, blocks=tuple(replace(block, notes={**said, **block.notes}) for block in export.blocks))


def of_text(source: TextFile, platform: str | None = None) -> Export:
    """What a text file is, by its content."""
    whole = Export(source.address, source.digest, source.encoding, "", None, None, ())
    try:
        return _export(source, whole, platform)
    except TableError as refused:
        return _unreadable(whole, refused.problem)


def _unreadable(whole: Export, problem: Problem) -> Export:
    told = replace(problem, severity=Severity.WARNING)  # nobody declared the file: it stops no client
    return replace(whole, refused=problem.message, hint=problem.hint, problems=(told,))


def _export(source: TextFile, whole: Export, platform: str | None) -> Export:
    offset, line, told = records.beginning(source)
    delimiter = told or _delimiter(source, offset)
    body = records.body(source, delimiter, offset, line)
    found, _ = laid.layouts(laid.runs(body(), delimiter), known)
    cut = tuple(records.cut_short(body, found[-1], source)) if found else ()
    fits, candidates = (recognise.of(platform, found), ()) if platform else recognise.best(found)
    whole = replace(whole, delimiter=delimiter, candidates=candidates, problems=(*source.problems, *cut))
    if not any(_tells_figures(fit) for fit in fits):
        refused = next((each for layout in found if (each := persons.refusal(layout))), None)
        if refused is not None:
            what = Text(tuple(refused.title.items()))
            message, hint = say("exports.no_report", what=what), say("exports.hint.no_report")
            return replace(whole, refused=message, hint=hint, no_report=True)
    leader = next((fit.lexicon for fit in fits if fit and fit.report), None)
    if platform is None and any(map(_is_ours, found)):
        leader, whole = None, replace(whole, candidates=())
    if leader is None:
        return replace(whole, blocks=tuple(_unknown(layout, body, source, delimiter) for layout in found))
    return replace(
        whole,
        platform=leader.platform,
        language=recognise.language(fits),
        blocks=tuple(_blocks(found, fits, leader, body, source, delimiter)),
    )


def _is_ours(layout: Layout) -> bool:
    """Whether a table is written as those of `metrics/` are: a `date`, perhaps a `channel`, and ids of metrics."""
    names = {cell.strip() for cell in layout.header.cells}
    return "date" in names and len(names) > 1 and names <= {"date", "channel", *METRICS}


def _tells_figures(fit: Fit | None) -> bool:
    return (
        fit is not None
        and fit.report is not None
        and any(match.column.role in {Role.METRIC, Role.TITLED} for match in fit.matches.values())
    )


def _delimiter(source: TextFile, offset: int) -> str:
    """The delimiter that makes a row of most words that platforms use as headers, else most rows alike."""

    def score(delimiter: str) -> tuple[int, float, int]:
        rows = records.sample(source, offset, delimiter, _SAMPLE_ROWS)
        words = max((sum(map(known, row)) for row in rows), default=0)
        widths = [len(row) for row in rows if len(row) > 1]
        width = max(widths, key=lambda width: (widths.count(width), width), default=1)
        alike = widths.count(width) / len(rows) if rows else 0.0
        return (words if words > 1 else 0), round(alike, 1), width

    return max(_DELIMITERS, key=lambda delimiter: (score(delimiter), -_DELIMITERS.index(delimiter)))


# ---------------------------------------------------------------- blocks


def _blocks(
    found: Sequence[Layout], fits: Sequence[Fit | None], leader: Lexicon, body: Body, source: TextFile, delimiter: str
) -> Iterator[Block]:
    """The tables of a platform that is known."""
    notes: dict[str, tuple[int, str]] = {}
    for layout, fit in zip(found, fits, strict=True):
        notes = notes | recognise.notes(layout.above, leader)
        if fit is not None and fit.report is not None and fit.report.pairs:
            notes = notes | recognise.notes(layout.head, leader)
        if fit is None:
            yield replace(_unknown(layout, body, source, delimiter), notes=notes)
        else:
            yield _block(_below_descriptions(layout, fit), fit, notes, body, source, delimiter)


def _block(
    layout: Layout, fit: Fit, notes: Mapping[str, tuple[int, str]], body: Body, source: TextFile, delimiter: str
) -> Block:
    headers = records.headers(layout)
    columns, dropped = recognise.columns(layout, fit, headers)
    platform, report = fit.lexicon.platform, fit.report
    return Block(
        report=report,
        table=records.table(body, layout, source, delimiter, [column.position - 1 for column in columns]),
        columns=columns,
        above=layout.above,
        notes=notes,
        channel=(fit.title and fit.title.channel) or (report and report.channel) or platform.channel,
        rows=layout.rows,
        unread=recognise.unread(layout, fit),
        dropped=dropped,
        known=len(fit.matches),
    )


def _below_descriptions(layout: Layout, fit: Fit) -> Layout:
    """The table without a first row that explains its columns."""
    metrics = [at for at, match in fit.matches.items() if match.column.role is Role.METRIC]
    if not layout.head or not metrics:
        return layout
    cells = [layout.head[0].cells[at] for at in metrics if at < len(layout.head[0].cells)]
    explains = [cell for cell in cells if len(cell.split()) > 2 and not any(char.isdigit() for char in cell[:1])]
    if len(explains) < max(1, len(metrics) / 2):
        return layout
    first = layout.head[1].number if len(layout.head) > 1 else layout.last
    return replace(layout, first=first, rows=layout.rows - 1, head=layout.head[1:])


def _unknown(layout: Layout, body: Body, source: TextFile, delimiter: str) -> Block:
    """A table that no platform explains, with its columns as they are called; those of persons are left out."""
    headers = records.headers(layout)
    dropped = set(persons.persons_columns(layout))
    kept = [at for at in range(len(headers)) if at not in dropped]
    columns = tuple(Found(at + 1, headers[at], headers[at], Role.DIMENSION) for at in kept)
    return Block(
        report=None,
        table=records.table(body, layout, source, delimiter, kept),
        columns=columns,
        above=layout.above,
        notes={},
        channel=None,
        rows=layout.rows,
        unread=tuple(headers[at] for at in kept),
        dropped=len(dropped),
    )
