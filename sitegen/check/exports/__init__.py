"""An export's blocks in, what was read of them out: rows, sums, totals, and the `Records` that can be measured.

    amounts  distinct cells → numbers, in each column's unit
    shapes   cells → groups that differ in their digits only
    labels   cells of labels → as they are compared, and which name a total
    dating   distinct cells → days
    above    lines above a table → the days that it is about, and the one on which it was exported
    plans    a block → how each column is written
    rows     a block → its rows, with totals and footers told apart
    totals   total rows → beside what the others add up to
    series   rows → records of one platform, or why there are none
    seen     a table of no known report → what its columns look like
    told     what was read → what is wrong with it

A platform's file is described where it is read; here it is only taken at its word, and what it does not tell (a period,
a currency, a network) is asked for, never guessed. METHODS §8.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from sitegen.check.declared import NOTHING, Declared
from sitegen.check.exports import above, dating, told
from sitegen.check.exports.plans import Hints
from sitegen.check.exports.rows import Rows, rows
from sitegen.check.exports.seen import seen
from sitegen.check.exports.series import Series, currency, series
from sitegen.check.exports.totals import totals
from sitegen.errors import Problem
from sitegen.messages import Message, Period, say
from sitegen.model.exports import (
    DATED,
    Block,
    Export,
    Figures,
    Found,
    Reading,
    Role,
    Scale,
    TableReading,
    Total,
    ordinal_period,
)

__all__ = ["Declared", "reading"]

_AS_WRITTEN = {Scale.PERCENT: 100.0, Scale.MICROS: 1e6}  # a sum is told in the unit of the cells


def reading(export: Export, declared: Declared = NOTHING) -> Reading:
    """What was read of an export. Nothing of it is measured where its tables say why."""
    platform = export.platform
    if export.refused is not None or platform is None:
        return _not_recognised(export)
    tables: list[TableReading] = []
    problems: list[Problem] = list(export.problems)
    for block in export.blocks:
        if block.report is None:
            tables.append(
                _reading(_dated_by_headers(block), None, None, None, declared, say("exports.unmeasured.unknown"))
            )
            continue
        table, more = _table(export, _dated_by_headers(block), declared)
        tables.append(table)
        problems += more
    return replace(
        _named(export), platform=platform.id, name=platform.name, tables=tuple(tables), problems=tuple(problems)
    )


def _named(export: Export) -> Reading:
    return Reading(
        path=export.path,
        digest=export.digest,
        encoding=export.encoding,
        delimiter=export.delimiter,
        platform=None,
        name=None,
        language=export.language,
        tables=(),
        candidates=export.candidates,
        problems=export.problems,
    )


def _not_recognised(export: Export) -> Reading:
    """A file of no platform that is known: its tables, with what can be seen of their columns, or why it is refused."""
    found = _named(export)
    if export.refused is not None:
        return replace(found, refused=export.refused, hint=export.hint)
    if export.candidates:
        first, *others = export.candidates
        if not others:
            hint = say("exports.hint.perhaps", platform=first)
            return replace(found, refused=say("exports.perhaps", platform=first), hint=hint)
        hint = say("exports.hint.several", platform=first)
        return replace(found, refused=say("exports.several", platforms=export.candidates), hint=hint)
    tables = tuple(_plain_table(block) for block in export.blocks)
    if not any(table.figures for table in tables):
        return replace(found, refused=say("exports.no_figures"), hint=say("exports.hint.no_figures"))
    return replace(found, tables=tables)


def _plain_table(block: Block) -> TableReading:
    """A table whose columns may be declared: those of figures, and one of dates where there is one."""
    block = seen(block)
    found = rows(block, None, Hints())
    return _reading(block, found, None, None, NOTHING, say("exports.unmeasured.undeclared"))


# ---------------------------------------------------------------- one table


def _table(export: Export, block: Block, declared: Declared) -> tuple[TableReading, tuple[Problem, ...]]:
    period, doubt = above.period(block, declared)
    hints = Hints(
        date_format=declared.date_format,
        locale=declared.locale,
        year=period.end.year if period else None,
        spreadsheet=export.spreadsheet,
        period=period,
    )
    found = rows(block, export.platform, hints)
    if period is None and found.bounds is not None:
        period = ordinal_period(*found.bounds)
    if period is not None and (span := _span(found)) is not None and span.meet(period) is None:
        period = None  # the date above the table was that of something else
    series_ = (
        Series(reason=say("exports.unmeasured.doubt"))
        if found.doubts
        else series(export, block, found, period, declared)
    )
    sums = totals(found, block.columns)
    table = _reading(block, found, period, series_, declared, series_.reason, sums)
    problems = (
        *told.cells(export.path, block, found),
        *told.undated(export.path, block, found),
        *told.doubts(export.path, found, doubt),
        *told.totals(export, block, table),
        *told.series(export, block, table, series_),
        *told.currency(export.path, block, found, declared),
    )
    return table, problems


def _dated_by_headers(block: Block) -> Block:
    """The block whose headers tell two periods: the later one is the current, the other a comparison.

    Where they are called after each other, as the last and the previous 28 days, the one called so comes before. Of two
    that nothing sets in order neither is the current one.
    """
    if block.report is not None and block.report.wide:
        return _wide(block)
    periods = {column.period: dating.period(column.period) for column in block.columns if column.period}
    if len(periods) < 2:
        return block
    known = {text: period for text, period in periods.items() if isinstance(period, Period)}
    notes, current = block.notes, None
    if len(known) == len(periods):
        current = max(known, key=lambda text: known[text])
        notes = {**notes, "period": (block.table.header_line, current)}
    elif len(later := [text for text in periods if not dating.is_before(text)]) == 1:
        current = later[0]
    return replace(
        block,
        notes=notes,
        columns=tuple(
            column if column.period in (None, current)
            else replace(column, id=f"{column.id}_comparison", comparison=True)
            for column in block.columns
        ),
    )  # fmt: skip


def _wide(block: Block) -> Block:
    """The block whose headers tell a day each, with the days from the first to the last as its period."""
    days = [
        found for column in block.columns if column.period and isinstance(found := dating.period(column.period), Period)
    ]
    if not days:
        return block
    told = f"{min(days).start.isoformat()} - {max(days).end.isoformat()}"
    return replace(block, notes={**block.notes, "period": (block.table.header_line, told)})


def _reading(
    block: Block,
    found: Rows | None,
    period: Period | None,
    made: Series | None,
    declared: Declared,
    reason: Message | None,
    sums: tuple[Total, ...] = (),
) -> TableReading:
    money = [column for column in block.columns if column.scale in {Scale.MONEY, Scale.MICROS}]
    report = block.report
    code = currency(block, found, money, declared) if found is not None and money else None
    return TableReading(
        report=report.id if report else None,
        title=report.title if report else {},
        kind=report.rows if report else None,
        line=block.table.header_line,
        rows=int(found.data.sum()) if found is not None else block.rows,
        period=period,
        span=_span(found) if found is not None else None,
        grain=_grain(block),
        dimensions=tuple((each.header, each.id) for each in block.columns if each.role is Role.DIMENSION),
        figures=tuple(_figures(found, each, code) for each in block.columns if found and each.header in found.figures),
        totals=sums,
        unread=block.unread,
        dropped=block.dropped,
        channel=block.channel or declared.channel,
        currency=code,
        records=made.records if made else (),
        unmeasured=reason,
    )


def _grain(block: Block) -> str | None:
    roles = {column.role for column in block.columns} & DATED
    return next((role.value for role in Role if role in roles), None)


def _span(found: Rows) -> Period | None:
    dated = found.data & (found.first > 0)
    return ordinal_period(int(found.first[dated].min()), int(found.last[dated].max())) if dated.any() else None


def _figures(found: Rows, column: Found, currency: str | None) -> Figures:
    values = found.figures[column.header][found.data]
    held = int((~np.isnan(values)).sum())
    return Figures(
        header=re.sub(r" \(\d+\)$", "", column.header),
        id=column.id,
        metric=column.metric,
        gauge=column.gauge,
        scale=column.scale,
        comparison=column.comparison,
        part_of=column.part_of,
        cells=held,
        missing=len(values) - held,
        total=float(np.nansum(values)) * _AS_WRITTEN.get(column.scale, 1.0) if held else None,
        currency=currency if column.scale in {Scale.MONEY, Scale.MICROS} else None,
    )
