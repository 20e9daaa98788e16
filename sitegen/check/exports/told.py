"""What was read of a block in, what is wrong with it out, each with its place; echoes no cell.

A cell of an export may hold anything, names of persons too, so that a problem tells its line and its header only.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sitegen.check.declared import Declared
from sitegen.check.exports import dating
from sitegen.check.exports.rows import Rows
from sitegen.check.exports.series import Series
from sitegen.check.tables.cells import Mask
from sitegen.errors import Problem, Severity
from sitegen.messages import Quantity, Unit, say
from sitegen.model.catalogue import METRICS
from sitegen.model.exports import DATED, Block, Export, Found, Role, Scale, TableReading, Verdict

SHARED = {
    "$": frozenset("USD CAD AUD NZD HKD SGD MXN CLP COP ARS TWD".split()),
    "FCFA": frozenset({"XAF", "XOF"}),
    "CFA": frozenset({"XAF", "XOF"}),
    "KR": frozenset({"DKK", "NOK", "SEK", "ISK"}),
    "¥": frozenset({"JPY", "CNY"}),
}  # signs and the currencies that are written with them


def cells(path: str, block: Block, found: Rows) -> Iterator[Problem]:
    """Cells that are no number, that a spreadsheet has turned into dates, or that may not be negative."""
    for column in block.columns:
        if column.header not in found.figures:
            continue
        damaged = found.damaged[column.header] & found.data
        wrong = found.wrong[column.header] & found.data & ~damaged
        yield from _counted(path, column, found, damaged, "damaged", Severity.ERROR)
        yield from _counted(path, column, found, wrong, "not_a_number", Severity.WARNING)
        known = METRICS.get(column.metric or "")
        if known is not None and not known.signed:
            negative = found.data & (np.nan_to_num(found.figures[column.header]) < 0)
            yield from _counted(path, column, found, negative, "negative", Severity.WARNING)


def _counted(path: str, column: Found, found: Rows, rows: Mask, kind: str, severity: Severity) -> Iterator[Problem]:
    if count := int(rows.sum()):
        line = int(found.lines[rows][0])
        message = say(f"exports.{kind}", header=column.header, count=count)
        yield Problem(path, line, column.position, message, say(f"exports.hint.{kind}"), severity)


def doubts(path: str, found: Rows, period: dating.Ambiguous | None) -> Iterator[Problem]:
    """Columns, or the period, that could be read in two ways: asked about, never guessed."""
    for doubt in found.doubts:
        kind = "ambiguous_date" if doubt.date else "ambiguous_number"
        message = say(f"exports.{kind}", header=doubt.column.header, value=doubt.cell)
        yield Problem(path, doubt.line, doubt.column.position, message, say(f"exports.hint.{kind}"))
    if period is not None:
        message = say("exports.ambiguous_period", value=period.cell)
        yield Problem(path, period.line, 1, message, say("exports.hint.ambiguous_period"), Severity.WARNING)


def totals(export: Export, block: Block, table: TableReading) -> Iterator[Problem]:
    """Columns whose total no total row confirms; those that leave rows out by design are only listed."""
    report = block.report
    confirmed = table.proved
    by_design = report is not None and (report.rows != "whole" or report.cap is not None)
    seen: set[str] = set()
    for total in table.totals:
        if total.id in seen:
            continue
        more = total.verdict is Verdict.MORE
        if total.verdict is Verdict.EQUAL or (total.id in confirmed and not more):
            continue
        seen.add(total.id)
        kind = "total_more" if more else "total_less"
        quiet = more and (by_design or total.id in confirmed)
        column = next(each for each in block.columns if each.id == total.id)
        amount = Unit.MONEY if column.scale in {Scale.MONEY, Scale.MICROS} and table.currency else Unit.COUNT
        code = table.currency if amount is Unit.MONEY else None
        message = say(
            f"exports.{kind}",
            header=column.header,
            told=Quantity(total.told, amount, code),
            summed=Quantity(total.summed, amount, code),
        )
        severity = Severity.INFO if quiet else Severity.WARNING
        hint = say("exports.hint.total_by_design" if quiet else f"exports.hint.{kind}")
        yield Problem(export.path, total.line, column.position, message, hint, severity)


def undated(path: str, block: Block, found: Rows) -> Iterator[Problem]:
    """Rows with figures and without a day that can be read, where a column tells days: they are in no period. Where it
    is only in doubt how these are written, that is asked instead."""
    dates = next((column for column in block.columns if column.role in DATED), None)
    rows = found.data & (found.first == 0)
    listed = block.report is not None and block.report.rows == "list"
    if dates is None or listed or not rows.any() or any(doubt.date for doubt in found.doubts):
        return
    if (found.first[found.data] > 0).any() or (dates.role is Role.DATE and found.unread):
        count = int(rows.sum())
        message = say("exports.undated", header=dates.header, count=count)
        line = int(found.lines[rows][0])
        yield Problem(path, line, dates.position, message, say("exports.hint.undated"), Severity.WARNING)


def series(export: Export, block: Block, table: TableReading, made: Series) -> Iterator[Problem]:
    """Why a table is not measured, and channels that nobody knows."""
    if made.reason is not None and table.rows:
        key = made.reason.key.rpartition(".")[2]
        severity = Severity.INFO if key in {"list", "no_metric", "doubt"} else Severity.WARNING
        quiet = key in {"list", "no_metric", "doubt"}
        hint = None if quiet else say(f"exports.hint.{key}", file=_below_client(export.path))
        yield Problem(export.path, table.line, 1, made.reason, hint, severity, internal=True)  # the register tells it
    elif not table.rows:
        yield Problem(export.path, table.line, 1, say("exports.empty"), say("exports.hint.empty"), Severity.INFO)
    for line in sorted((made.unknown or {}).values())[:1]:
        count = len(made.unknown or {})
        column = next(each for each in block.columns if each.role is Role.CHANNEL)
        message = say("exports.unknown_channel", header=column.header, count=count)
        yield Problem(export.path, line, column.position, message, say("exports.hint.unknown_channel"), Severity.INFO)


def _below_client(path: str) -> str:
    """The file as `sources:` names it: `exports/…`, without the client's folder."""
    return path[at:] if (at := path.find("exports/")) > 0 else path


def currency(path: str, block: Block, found: Rows, declared: Declared) -> Iterator[Problem]:
    """Two currencies in one file, another one than declared, or none at all."""
    money = [
        each for each in block.columns if each.scale in {Scale.MONEY, Scale.MICROS} and each.header in found.figures
    ]
    current = [each for each in money if not each.comparison]
    if not current:
        return
    told: dict[str, tuple[int, Found]] = {}
    for column in current:
        for code, line in found.currencies.get(column.header, {}).items():
            told.setdefault(code, (line, column))
        if column.currency:
            told.setdefault(column.currency, (block.table.header_line, column))
    if len(told) > 1:
        line, column = list(told.values())[1]
        message = say("exports.two_currencies", currencies=tuple(told))
        yield Problem(path, line, column.position, message, say("exports.hint.two_currencies"))
    elif told and declared.currency and declared.currency not in told:
        line, column = next(iter(told.values()))
        message = say("exports.other_currency", currency=next(iter(told)), declared=declared.currency)
        yield Problem(path, line, column.position, message, say("exports.hint.other_currency"))
    elif not told and declared.currency is None and (sign := _foreign_sign(current, found, declared)):
        column, name, line = sign
        message = say("exports.shared_sign", value=name, currency=str(declared.client_currency))
        yield Problem(path, line, column.position, message, say("exports.hint.shared_sign"))
    elif not told and declared.currency is None and declared.client_currency and not _has_currency(block):
        message = say("exports.no_currency", currency=declared.client_currency)
        hint = say("exports.hint.no_currency")
        yield Problem(path, block.table.header_line, current[0].position, message, hint, Severity.INFO)


def _foreign_sign(current: list[Found], found: Rows, declared: Declared) -> tuple[Found, str, int] | None:
    """A sign that several currencies share, and that the client's is not among."""
    for column in current:
        for name, line in found.symbols.get(column.header, {}).items():
            if declared.client_currency and declared.client_currency not in SHARED.get(name, frozenset()):
                return column, name, line
    return None


def _has_currency(block: Block) -> bool:
    return "currency" in block.notes or any(column.role is Role.CURRENCY for column in block.columns)
