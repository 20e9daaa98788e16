"""A block's rows in, the `Records` that can be measured out, or why there are none; adds nothing up.

Measured are flows, levels and persons that the catalogue knows, of the current period, each once. A row needs to know
its days, a block its channel, an amount its currency.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from sitegen.check.declared import Declared
from sitegen.check.exports.above import exported
from sitegen.check.exports.labels import plain
from sitegen.check.exports.rows import Rows
from sitegen.check.tables.cells import Ints, Mask
from sitegen.messages import Message, Period, Unit, say
from sitegen.model.catalogue import CHANNELS, METRICS, Kind
from sitegen.model.countries import CURRENCIES
from sitegen.model.exports import Block, Export, Found, Gauge, Report, Role, Scale, ordinal_period
from sitegen.model.tables import Records

LONGEST = 31  # days that one row may be about: a longer one does not tell how they went
UNASSIGNED = "unassigned"

_KINDS = {Gauge.FLOW: Kind.FLOW, Gauge.LEVEL: Kind.LEVEL, Gauge.UNIQUE: Kind.UNIQUE}
_MINUTES = {Scale.SECONDS: 1 / 60, Scale.DURATION: 1 / 60, Scale.HOURS: 60.0, Scale.MINUTES: 1.0}


@dataclass(frozen=True, slots=True)
class Series:
    """What of a block is measured; `reason` says why nothing is. `unknown` are channels as written, with a line."""

    records: tuple[Records, ...] = ()
    reason: Message | None = None
    unknown: Mapping[str, int] | None = None


def series(export: Export, block: Block, rows: Rows, period: Period | None, declared: Declared) -> Series:
    """The records of a block, one for each currency."""
    report = block.report
    assert report is not None  # noqa: S101  # the caller's own condition
    if report.rows == "list":
        return Series(reason=say("exports.unmeasured.list"))
    columns = measured(export, block, rows)
    if not columns:
        return Series(reason=say("exports.unmeasured.no_metric"))
    chosen = rows.data & ~_uncounted(export, rows, block)
    if not chosen.any():
        return Series(reason=say("exports.unmeasured.empty"))
    spans = _spans(rows, period, chosen)
    if isinstance(spans, Message):
        return Series(reason=spans)
    chosen, first, last = spans
    channels, unknown = _channels(export, block, rows, declared, chosen)
    if channels is None:
        return Series(reason=say("exports.unmeasured.no_channel"))
    made = tuple(
        _records(export, block, rows, columns, part, (first, last), channels, currency, period, declared)
        for currency, part in _by_currency(block, rows, columns, chosen, declared)
    )
    return Series(made, unknown=unknown)


@dataclass(frozen=True, slots=True)
class Measured:
    """A column that tells a metric, on all rows or on those that another column says."""

    metric: str
    columns: tuple[Found, ...]
    rows: Mask | None = None  # of which it tells; None: of all
    once: bool = False  # each distinct cell counts one


def measured(export: Export, block: Block, rows: Rows) -> tuple[Measured, ...]:
    """The columns that tell a metric of the catalogue, each metric once: by a column of its own, else by one whose
    cells another column explains."""
    present = {column.id for column in block.columns}
    chosen: dict[str, Measured] = {}
    for column in block.columns:
        known = METRICS.get(column.metric or "")
        if known is None or _KINDS.get(column.gauge) is not known.kind or not _is_current(block, rows, column):
            continue
        if column.part_of is None:
            chosen.setdefault(known.id, Measured(known.id, (column,)))
        elif column.part_of not in present:
            parts = chosen[known.id].columns if known.id in chosen else ()
            if all(part.part_of == column.part_of for part in parts):
                chosen[known.id] = Measured(known.id, (*parts, column))
    for column in block.columns:
        for metric, held in _explained(export, block, rows, column):
            chosen.setdefault(metric, Measured(metric, (column,), held))
        if block.report is not None and column.id == block.report.order:
            chosen.setdefault("orders", Measured("orders", (column,), once=True))
    return tuple(chosen.values())


def _is_current(block: Block, rows: Rows, column: Found) -> bool:
    """Whether the figures of a column are whole, of this period, and each told once."""
    repeated = block.report.repeated if block.report else frozenset[str]()
    if column.role is not Role.METRIC or column.comparison or column.id in repeated:
        return False
    return column.header in rows.figures and not rows.damaged[column.header].any()


def _uncounted(export: Export, rows: Rows, block: Block) -> Mask:
    """The rows that the platform lists and that do not count, such as orders that were cancelled."""
    found = np.zeros(len(rows.lines), bool)
    for id, names in (export.platform.uncounted if export.platform else {}).items():
        meant = {plain(name) for written in names.values() for name in written}
        for column in block.columns:
            if column.id == id and column.header in rows.codes:
                texts, codes = rows.codes[column.header]
                found |= np.isin(codes, [code for code, text in enumerate(texts) if plain(text) in meant])
    return found


def _explained(export: Export, block: Block, rows: Rows, column: Found) -> Iterator[tuple[str, Mask]]:
    """What a column counts where another one says it, with the rows on which it does."""
    teller = next((each for each in block.columns if column.told_by and each.id == column.told_by), None)
    if teller is None or export.platform is None or column.header not in rows.figures:
        return
    texts, codes = rows.codes[teller.header]
    for metric, names in export.platform.told.items():
        meant = {plain(name) for written in names.values() for name in written}
        held = np.isin(codes, [code for code, text in enumerate(texts) if plain(text) in meant])
        if held.any() and metric in METRICS:
            yield metric, held


def _spans(rows: Rows, period: Period | None, chosen: Mask) -> tuple[Mask, Ints, Ints] | Message:
    """The rows that know their days, and these days: their own, or those of the whole report when it is short."""
    first, last = rows.first, rows.last
    if not (first[chosen] > 0).any():
        if rows.dated:
            return say("exports.unmeasured.no_year")
        if period is None:
            return say("exports.unmeasured.no_period")
        if period.days > LONGEST:
            return say("exports.unmeasured.long_period", period=period, count=period.days)
        first = np.where(chosen, period.start.toordinal(), 0)
        last = np.where(chosen, period.end.toordinal(), 0)
    short = chosen & (first > 0) & (last - first < LONGEST)
    if not short.any():
        return say("exports.unmeasured.long_rows", count=int((last - first)[chosen & (first > 0)].max()) + 1)
    return short, first, last


def _channels(
    export: Export, block: Block, rows: Rows, declared: Declared, chosen: Mask
) -> tuple[tuple[tuple[str, ...], Ints] | None, Mapping[str, int]]:
    """Names of channels and the index of each row's among them; None when nothing tells one."""
    column = next((each for each in block.columns if each.role is Role.CHANNEL), None)
    fixed = declared.channel or block.channel
    if column is None:
        return (((fixed,), np.zeros(len(rows.lines), np.int64)) if fixed in CHANNELS else None), {}
    texts, codes = rows.codes[column.header]
    mapping = {
        plain(name): channel
        for channel, names in (export.platform.channels if export.platform else {}).items()
        for written in names.values()
        for name in written
    }
    names: dict[str, int] = {}
    unknown: dict[str, int] = {}
    index = np.zeros(len(texts) + 1, np.int64)
    for code, text in enumerate((*texts, "")):
        channel = mapping.get(plain(text), UNASSIGNED)
        if text and plain(text) not in mapping and (held := chosen & (codes == code)).any():
            unknown[text] = int(rows.lines[held][0])
        index[code] = names.setdefault(channel, len(names))
    return (tuple(names), index[codes]), unknown


def _by_currency(
    block: Block, rows: Rows, columns: Sequence[Measured], chosen: Mask, declared: Declared
) -> Iterator[tuple[str | None, Mask]]:
    """The rows of each currency; all of them together where no column tells it."""
    column = next((each for each in block.columns if each.role is Role.CURRENCY), None)
    money = [column for each in columns for column in each.columns if _money(column)]
    if column is None or not money:
        yield currency(block, rows, money, declared), chosen
        return
    texts, codes = rows.codes[column.header]
    usual = currency(block, rows, money, declared) or ""
    names = [text.upper() if text.upper() in CURRENCIES else usual for text in (*texts, "")]  # the last one of none
    for each in sorted({names[code] for code in np.unique(codes[chosen]).tolist()}):
        yield each or None, chosen & np.array([name == each for name in names])[codes]


def currency(block: Block, rows: Rows, columns: Sequence[Found], declared: Declared) -> str | None:
    """The currency that headers, cells or the preamble tell, else the declared one, else the client's.

    These columns tell it themselves, or else the other amounts of the table: none of another period or converted.
    """
    by_row = next((each for each in block.columns if each.role is Role.CURRENCY), None)
    told = [each.currency for each in columns if _money(each) and each.currency in CURRENCIES]
    if by_row is not None:
        texts, codes = rows.codes[by_row.header]
        held = {texts[code].upper() for code in np.unique(codes[rows.data]).tolist() if code >= 0}
        told += sorted(held & CURRENCIES) if len(held) == 1 else []
    others = [each for each in block.columns if not each.comparison and each not in columns]
    for column in filter(_money, (*columns, *others)):
        told += rows.currencies.get(column.header, {})
        told += [column.currency] if column.currency in CURRENCIES else []
    noted = block.notes.get("currency", (0, ""))[1].strip().upper()
    told += [noted] if noted in CURRENCIES else []
    return next((each for each in told if each), None) or declared.currency or declared.client_currency


def _money(column: Found) -> bool:
    return column.scale in {Scale.MONEY, Scale.MICROS}


def _records(
    export: Export,
    block: Block,
    rows: Rows,
    columns: Sequence[Measured],
    chosen: Mask,
    spans: tuple[Ints, Ints],
    channels: tuple[tuple[str, ...], Ints],
    currency: str | None,
    period: Period | None,
    declared: Declared,
) -> Records:
    report = block.report
    first, last = (each[chosen] for each in spans)
    lengths = last - first + 1
    names, index = channels
    used, codes = np.unique(index[chosen], return_inverse=True)
    return Records(
        path=export.path,
        digest=export.digest,
        days=_packed("i", first),
        lines=_packed("i", rows.lines[chosen]),
        channels=_packed("i", codes),
        channel_names=tuple(names[at] for at in used.tolist()),
        metrics={each.metric: _packed("d", _values(rows, each)[chosen]) for each in columns},
        currency=currency if any(METRICS[each.metric].unit is Unit.MONEY for each in columns) else None,
        gaps_are_zero=declared.gaps_are_zero or (report is not None and report.gaps_are_zero),
        tax=declared.tax,
        columns={each.metric: " + ".join(column.header for column in each.columns) for each in columns},
        period=period if period and first.min() >= period.start.toordinal() else _period(first, last),
        grain=_grain(lengths),
        lasts=None if (lengths == 1).all() else _packed("i", last),
        rows=_completeness(report),
        platform=export.platform.id if export.platform else None,
        report=report.id if report else None,
        table=block.table.header_line,
        exported=exported(block, declared),
        unnamed=_unnamed(rows, columns, chosen),
    )


def _unnamed(rows: Rows, columns: Sequence[Measured], chosen: Mask) -> Mapping[str, float]:
    """Of each flow, the share of its total that stands in rows without a name. METHODS §8."""
    if rows.unnamed is None:
        return {}
    flows = [each for each in columns if METRICS[each.metric].kind is Kind.FLOW]
    found: dict[str, float] = {}
    for each in flows:
        values = np.nan_to_num(_values(rows, each))
        whole, nameless = float(values[chosen].sum()), float(values[chosen & rows.unnamed].sum())
        if 0 < nameless <= whole:
            found[each.metric] = nameless / whole
    return found


def _completeness(report: Report | None) -> Literal["whole", "part", "breakdown"]:
    """How the rows stand to all there is."""
    match report.rows if report else "whole":
        case "part":
            return "part"
        case "breakdown":
            return "breakdown"
        case _:
            return "whole"


def _values(rows: Rows, measured: Measured) -> npt.NDArray[np.float64]:
    """A metric's values by row, in its unit: minutes for all that lasts. Missing where the row is of something else."""
    if measured.once:
        return _once(rows, measured.columns[0])
    column = measured.columns[0]
    values = rows.figures[column.header]
    for part in measured.columns[1:]:
        more = rows.figures[part.header]
        values = np.where(np.isnan(values), more, np.where(np.isnan(more), values, values + more))
    if METRICS[measured.metric].unit is Unit.MINUTES:
        values = values * _MINUTES.get(column.scale, 1.0)
    return values if measured.rows is None else np.where(measured.rows, values, np.nan)


def _once(rows: Rows, column: Found) -> npt.NDArray[np.float64]:
    """One where a cell of the column stands first among the rows that count, nothing elsewhere."""
    _, codes = rows.codes[column.header]
    counted = np.flatnonzero(rows.data & (codes >= 0))
    _, first = np.unique(codes[counted], return_index=True)
    values = np.full(len(codes), np.nan)
    values[counted[first]] = 1.0
    return values


def _grain(lengths: Ints) -> Literal["day", "week", "month"]:
    usual = int(np.median(lengths))
    return "day" if usual == 1 else "week" if usual <= 7 else "month"


def _period(first: Ints, last: Ints) -> Period | None:
    return ordinal_period(int(first.min()), int(last.max())) if len(first) else None


def _packed(kind: str, values: npt.NDArray[Any]) -> array[Any]:
    return array(kind, values.astype(kind).tobytes())
