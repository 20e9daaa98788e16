"""An Edition in, one XLSX workbook of its numbers out: typed cells, units, sources; no formula, whatever a text says.

Bytes depend on the edition alone: the day of the report stands for the time of writing.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, TypeAlias

from sitegen.formats import Words
from sitegen.messages import Message, Month, Param, Quantity, Unit, say
from sitegen.model.computed import CheckResult, Edition
from sitegen.render import numbers
from sitegen.render.templates import own

Row: TypeAlias = Sequence[Param | None]
Sheet: TypeAlias = tuple[str, Sequence[str], Iterable[Row]]  # its name, its columns (keys of words), its rows

FORMATS = {
    Unit.RATE: "0.0%",
    Unit.CHANGE: "+0.0%;-0.0%;0.0%",
    Unit.MONEY: "#,##0.00",
    Unit.COUNT: "#,##0",
    Unit.MINUTES: "0.0",
}
PLAIN = "0.00"
WIDEST, NARROWEST = 60, 10
TEXT, QUOTED = "text", "quoted"  # quoted: Excel keeps it a text when it is edited, too


def workbook(edition: Edition, words: Words) -> bytes:
    """The workbook as its readers download it, in the language of `words`."""
    import xlsxwriter

    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    for name, columns, rows in _sheets(edition):
        _write(book, words.say(say(f"workbook.sheet.{name}")), columns, rows, words)
    book.set_properties({"title": edition.profile.name, "created": datetime.combine(edition.as_of, time())})
    book.close()
    return written.getvalue()


# ---------------------------------------------------------------- what the sheets hold


def _sheets(edition: Edition) -> Iterator[Sheet]:
    """The objectives first; a sheet without a row is left out."""
    sheets: tuple[Sheet, ...] = (
        ("objectives", ("objective", "kpi", "status", "now", "target", "deadline", "owner"), _objectives(edition)),
        ("numbers", tuple(f"numbers.{name}" for name in numbers.COLUMNS), numbers.rows(edition)),
        ("costs", ("cost", "amount", "origin"), _costs(edition)),
        ("checks", ("section", "check", "score", "weight", "evidence", "reason"), _checks(edition)),
        ("actions", ("action", "state", "reason", "owner", "effort", "review", "reference"), _actions(edition)),
        ("sources", ("file", "first", "last", "rows", "digest"), _sources(edition)),
    )
    for name, columns, rows in sheets:
        told = list(rows)
        if told:
            yield name, columns, told


def _objectives(edition: Edition) -> Iterator[Row]:
    written = {each.id: each for each in edition.profile.objectives}
    for progress, judged in zip(edition.scorecard.progress, edition.assessments, strict=False):
        told, now = written[progress.objective], progress.current
        yield (
            told.title or say(f"metrics.{progress.kpi}.Name"),
            say(f"metrics.{progress.kpi}.Name"),
            say(f"status.{judged.status}"),
            None if now.value is None else Quantity(now.value, now.unit, now.currency),
            None if progress.target is None else Quantity(progress.target, progress.unit, progress.currency),
            progress.deadline,
            told.owner,
        )


def _costs(edition: Edition) -> Iterator[Row]:
    currency = edition.scorecard.returns.currency
    for line in edition.scorecard.returns.costs:
        amount = None if line.amount is None else Quantity(line.amount, Unit.MONEY, currency)
        yield say(f"pages.costs.{line.kind}"), amount, say(f"pages.costs.origin_{line.origin}")


def _checks(edition: Edition) -> Iterator[Row]:
    for sign in edition.signs:
        yield from (_check(say(f"checks.sign.{sign.id}.name"), check) for check in sign.section.checks)
    for panel in edition.audit.panels:
        for part in panel.parts:
            yield from (_check(say(f"checks.part.{part.id}.title"), check) for check in part.section.checks)
    for row in edition.audit.kpis:
        yield from (_check(say(f"metrics.{row.kpi}.Name"), check) for check in row.section.checks)


def _check(section: Message, check: CheckResult) -> Row:
    score = say(f"checks.score.{check.state}") if check.score is None else Quantity(check.score, Unit.RATE)
    weight, origin = Quantity(check.weight, Unit.RATIO), say(f"checks.origin.{check.origin}")
    return section, say(f"checks.{check.id}.question"), score, weight, origin, check.reason


def _actions(edition: Edition) -> Iterator[Row]:
    for each in edition.actions:
        state, effort = say(f"actions.state.{each.state}"), say(f"actions.effort.{each.effort}")
        yield each.what, state, each.because, each.owner, effort, each.review, each.id


def _sources(edition: Edition) -> Iterator[Row]:
    for source in edition.scorecard.sources:
        period = source.period
        first, last = (period.start, period.end) if period else (None, None)
        yield own(edition.slug, source.path), first, last, Quantity(source.rows, Unit.COUNT), source.digest


# ---------------------------------------------------------------- how they are written


def _write(book: Any, name: str, columns: Sequence[str], rows: Iterable[Row], words: Words) -> None:
    """One sheet: a header that stays in view, columns as wide as what they hold."""
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    header = [words.say(say(_title(column))) for column in columns]
    for at, title in enumerate(header):
        sheet.write_string(0, at, title, bold)
    forms: dict[str, Any] = {TEXT: None}
    longest = [max(NARROWEST, len(title)) for title in header]
    for below, row in enumerate(rows, 1):
        for at, each in enumerate(row):
            value, form = _value(each, words)
            if value is None:
                continue
            if form not in forms:
                forms[form] = book.add_format({"quote_prefix": True} if form == QUOTED else {"num_format": form})
            if isinstance(value, str):
                longest[at] = max(longest[at], len(value))
                sheet.write_string(below, at, value, forms[form])
            elif isinstance(value, date):
                sheet.write_datetime(below, at, value, forms[form])
            else:
                longest[at] = max(longest[at], len(f"{value:.2f}"))
                sheet.write_number(below, at, value, forms[form])
    for at, width in enumerate(longest):
        sheet.set_column(at, at, min(WIDEST, width) + 2)


def _title(column: str) -> str:
    return f"pages.{column}" if column.startswith("numbers.") else f"workbook.{column}"


def _value(value: Param | None, words: Words) -> tuple[Any, str]:
    """A number, a day or a text, and how a spreadsheet shows it."""
    match value:
        case None | "":
            return None, TEXT
        case Quantity():
            form = FORMATS.get(value.unit, PLAIN)
            return value.value, f'{form} "{value.currency}"' if value.currency else form
        case date():
            return value, "yyyy-mm-dd"
        case int():
            return value, "0"
        case Month():
            return date(value.year, value.month, 1), "yyyy-mm"
    text = words.param(value)
    return text, QUOTED if text.startswith(("=", "+", "-", "@")) else TEXT
