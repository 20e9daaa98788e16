"""Declared and undeclared files in, `Declaration`s out: which table is read, and what each of its columns is.

Looks at names of files and headers, never at rows.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Literal

from sitegen.check.declared import period
from sitegen.check.hints import closest, did_you_mean
from sitegen.check.places import at_key, at_value
from sitegen.check.schema import Draft
from sitegen.errors import Problem, Severity
from sitegen.messages import Message, say
from sitegen.model.authored import Source
from sitegen.model.catalogue import CHANNELS, METRICS, Kind
from sitegen.model.facts import Document, Path, Sources, Table

METRICS_FOLDER, EXPORTS_FOLDER = "metrics/", "exports/"
CHANNEL, DATE, DEFAULT_CHANNEL = "channel", "date", "website"
COMPETITOR = "competitor"  # a table with this column tells of competitors, and nothing of the client
_SPREADSHEETS = (".xlsx", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Declaration:
    """How one table is read. `currency` is that of its money columns, None when nobody knows it.

    `tidy`: one row for each day and channel, so that a second one is a fault; exports may split a day by campaign.
    """

    table: Table
    file: str  # as `client.yaml` names it
    metrics: Mapping[str, str]  # metric → header
    currency: str | None
    date: str = DATE
    date_format: str | None = None
    channel: str = DEFAULT_CHANNEL
    channel_column: str | None = None
    currency_column: str | None = None
    locale: Literal["fr", "en"] | None = None
    gaps_are_zero: bool = False
    tax: Literal["excluded", "included"] | None = None
    grain: Literal["day", "week", "month"] | None = None
    tidy: bool = False
    exported: dt.date | None = None
    at: Path = ()  # of its declaration in `client.yaml`

    @property
    def of_competitors(self) -> bool:
        """Whether its rows are those of competitors."""
        return COMPETITOR in self.table.header

    def column(self, header: str) -> int:
        """The position of a column in the file, from 1."""
        return self.table.header.index(header) + 1


def declarations(draft: Draft, sources: Sources) -> tuple[tuple[Declaration, ...], tuple[Problem, ...]]:
    """Each readable table of the client once for each of its declarations, and all that is wrong with these."""
    found: list[Declaration] = []
    problems: list[Problem] = []
    claimed: set[str] = set()
    for path, source in draft.sources:
        name = file_of(source.file, sources)
        problems += _file_problems(draft.document, path, source, name, sources)
        claimed.add(name or "")
        if source.period is not None and period(source.period) is None:
            message, hint = say("problems.not_a_period", value=source.period), say("problems.hint.not_a_period")
            problems.append(at_value(draft.document, (*path, "period"), message, hint))
        if name is not None and name in sources.tables:
            table = sources.tables[name]
            problems += _header_problems(draft.document, path, source, table)
            found.append(_declared(source, path, table, name, draft.currency))
    for name in sorted(sources.files - claimed):
        if name.startswith((METRICS_FOLDER, EXPORTS_FOLDER)) and (
            name in sources.tables or name not in sources.exports
        ):
            tidy = _tidy(sources.tables[name], name, draft.currency) if name in sources.tables else None
            problems += _undeclared_problems(name, tidy, sources)
            found += [tidy] if tidy else []
    return tuple(one for one in found if one.metrics and one.date in one.table.header), tuple(problems)


# ---------------------------------------------------------------- declared files


def file_of(written: str, sources: Sources) -> str | None:
    """The file that `written` means: below the client's folder, else below `exports/` or `metrics/`."""
    composed = unicodedata.normalize("NFC", written)
    candidates = (composed, EXPORTS_FOLDER + composed, METRICS_FOLDER + composed)
    return next((name for name in candidates if name in sources.files), None)


def leaves(written: str) -> bool:
    """The path is absolute or climbs, on any system: it may lead into another client's folder."""
    windows = PureWindowsPath(written)
    return bool(windows.anchor) or PurePosixPath(written).is_absolute() or ".." in windows.parts


def _file_problems(
    document: Document, path: Path, source: Source, name: str | None, sources: Sources
) -> Iterator[Problem]:
    at = (*path, "file")
    if leaves(source.file):
        yield at_value(document, at, say("problems.path_leaves", value=source.file), say("problems.hint.path_leaves"))
    elif name is None:
        hint = did_you_mean(source.file, _data_files(sources)) or say("problems.hint.no_such_file")
        yield at_value(document, at, say("problems.no_such_file", value=source.file), hint)


def _data_files(sources: Sources) -> list[str]:
    return sorted(name for name in sources.files if name.startswith((METRICS_FOLDER, EXPORTS_FOLDER)))


def _header_problems(document: Document, path: Path, source: Source, table: Table) -> Iterator[Problem]:
    written = {key: getattr(source, key) for key in ("date", "channel_column", "currency_column")}
    headers: dict[Path, str | None] = {
        **{(key,): header for key, header in written.items()},
        **{("columns", metric): header for metric, header in source.columns.items()},
    }
    for below, header in headers.items():
        if header is not None and header not in table.header:
            message = say("problems.no_such_column", value=header, file=source.file)
            hint = did_you_mean(header, [name for name in table.header if name]) or say(
                "problems.hint.no_such_column", line=str(table.header_line)
            )
            yield at_value(document, (*path, *below), message, hint)
    for metric in source.columns:
        yield from _metric_problems(document, (*path, "columns", metric), metric)
    if not _metrics(source, table):
        yield at_value(document, path, say("problems.no_columns", file=source.file), say("problems.hint.no_columns"))


def _metric_problems(document: Document, at: Path, metric: str) -> Iterator[Problem]:
    if metric not in METRICS:
        hint = did_you_mean(metric, sorted(_READ)) or say("problems.hint.unknown_metric")
        yield at_key(document, at, say("problems.unknown_metric", value=metric), hint)
    elif metric not in _READ:
        yield at_key(document, at, say("problems.computed_metric", value=metric), _parts(metric))


def _parts(metric: str) -> Message:
    ratio = METRICS[metric]
    return say("problems.hint.computed_metric", numerator=str(ratio.numerator), denominator=str(ratio.denominator))


_READ = frozenset(metric.id for metric in METRICS.values() if metric.kind is not Kind.RATIO)
_TIDY = (DATE, CHANNEL, COMPETITOR, *sorted(_READ))


def _metrics(source: Source, table: Table) -> dict[str, str]:
    """What is read of a table: the declared columns, else those whose header is a metric's id."""
    if source.columns:
        return dict(source.columns)
    return {header: header for header in table.header if header in _READ}


def _declared(source: Source, path: Path, table: Table, name: str, currency: str | None) -> Declaration:
    column = source.channel_column or (CHANNEL if source.channel is None else None)
    return Declaration(
        table=table,
        file=source.file,
        metrics={
            metric: header
            for metric, header in _metrics(source, table).items()
            if metric in _READ and header in table.header
        },
        currency=source.currency or currency,
        date=source.date,
        date_format=source.date_format,
        channel=source.channel if source.channel in CHANNELS else DEFAULT_CHANNEL,
        channel_column=column if column in table.header else None,
        currency_column=source.currency_column if source.currency_column in table.header else None,
        locale=source.locale,
        gaps_are_zero=source.gaps == "zero",
        tax=source.tax,
        grain=source.grain,
        exported=source.exported,
        tidy=name.startswith(METRICS_FOLDER),
        at=path,
    )


# ---------------------------------------------------------------- undeclared files


def _tidy(table: Table, name: str, currency: str | None) -> Declaration | None:
    """A table that needs no declaration: a `date`, perhaps a `channel`, and headers that are metrics' ids."""
    metrics = {header: header for header in table.header if header in _READ}
    if DATE not in table.header or not metrics:
        return None
    return Declaration(
        table=table,
        file=name,
        metrics=metrics,
        currency=currency,
        channel_column=CHANNEL if CHANNEL in table.header else None,
        tidy=name.startswith(METRICS_FOLDER),
    )


def _undeclared_problems(name: str, tidy: Declaration | None, sources: Sources) -> Iterator[Problem]:
    path = f"{sources.folder}/{name}"
    if tidy is not None:
        yield from _ignored(path, tidy)
    elif name in sources.tables or name.lower().endswith(_SPREADSHEETS):
        header = sources.tables[name].header if name in sources.tables else ()
        meant = {written: word for written in header if (word := _meant(written)) and word not in header}
        names = tuple(f"{written} → {word}" for written, word in meant.items())
        hint = say("problems.hint.rename_columns", names=names)
        renamed = {*meant.values(), *header}
        if not meant or DATE not in renamed or not renamed & _READ:
            hint = say("problems.hint.not_recognised", file=name)
        yield Problem(path, 0, 0, say("problems.not_recognised"), hint, Severity.WARNING)


def _meant(header: str) -> str | None:
    """The title of a tidy table that begins alike."""
    word = closest(header, _TIDY)
    return word if word is not None and word[0] == header[0].casefold() else None


def _ignored(path: str, tidy: Declaration) -> Iterator[Problem]:
    """The columns that are not read: rates, titles nearly right, and then all others together."""
    table = tidy.table
    others: list[str] = []
    for header in table.header:
        meant = _meant(header)
        if not header or header in {DATE, CHANNEL, COMPETITOR, *tidy.metrics}:
            continue
        if header in METRICS:
            message = say("problems.computed_metric", value=header)
            hint: Message = _parts(header)
        elif meant is not None and meant not in table.header:
            message = say("problems.column_unknown", value=header)
            hint = say("problems.hint.did_you_mean", word=meant)
        else:
            others.append(header)
            continue
        yield Problem(path, table.header_line, tidy.column(header), message, hint, Severity.WARNING)
    if others:
        message = say("problems.columns_ignored", columns=tuple(others), count=len(others))
        hint = say("problems.hint.columns_ignored")
        yield Problem(path, table.header_line, tidy.column(others[0]), message, hint, Severity.WARNING)
