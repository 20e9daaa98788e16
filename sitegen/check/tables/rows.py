"""Chunks of a table and its plan in, typed rows out, and every cell that is no day or number; adds nothing up."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from sitegen.check.hints import did_you_mean
from sitegen.check.sources import Declaration
from sitegen.check.tables import dates, numbers
from sitegen.check.tables.cells import Mask, cells
from sitegen.check.tables.survey import Plan
from sitegen.check.tables.told import Sentence, Tally, told
from sitegen.errors import Problem, Severity
from sitegen.messages import Message, Period, Unit, say
from sitegen.model.authored import LARGEST, YEARS
from sitegen.model.catalogue import CHANNELS, METRICS
from sitegen.model.facts import Chunk, Records

_MARKS = {numbers.Mark.POINT: ".", numbers.Mark.COMMA: ","}
_FIRST, _LAST = date(YEARS[0], 1, 1).toordinal(), date(YEARS[-1], 12, 31).toordinal()


class Rows:
    """The typed columns of the rows that have a day, as they grow chunk by chunk, and what was wrong on the way."""

    def __init__(self, declaration: Declaration, plan: Plan) -> None:
        self.declaration = declaration
        self.plan = plan
        self.days = array("i")
        self.lines = array("i")
        self.channels = array("i")
        self.metrics = {metric: array("d") for metric in declaration.metrics}
        self.names: dict[str, int] = {}
        self.no_dates, self.far_dates, self.totals = Tally(), Tally(), Tally()
        self.no_numbers = {metric: Tally() for metric in declaration.metrics}
        self.negatives = {metric: Tally() for metric in declaration.metrics}
        self.too_big = {metric: Tally() for metric in declaration.metrics}
        self.unknown: dict[str, int] = {}  # channel as it is written → line
        self.currencies: dict[tuple[str, str], tuple[int, str]] = {}  # header and currency → line and cell

    def add(self, chunk: Chunk) -> None:
        dated = cells(chunk, self.declaration.date)
        days = dated.taken(dates.days(dated.text, self.plan.writing), empty=0)
        kept = days > 0
        undated = dated.taken(dates.totals(dated.text), empty=True) & ~kept
        filled = np.zeros(chunk.rows, bool)
        for metric in self.declaration.metrics:
            values = self._values(chunk, metric, kept)
            filled |= ~np.isnan(values)
            _extend(self.metrics[metric], values[kept])
        self.no_dates.add(chunk, dated, ~kept & ~undated)
        self.far_dates.add(chunk, dated, kept & ((days < _FIRST) | (days > _LAST)))
        self.totals.add(chunk, dated, undated & filled)
        self._codes(chunk, kept)
        _extend(self.days, days[kept])
        _extend(self.lines, np.asarray(chunk.lines)[kept])
        _extend(self.channels, self._channels(chunk, kept))

    def _values(self, chunk: Chunk, metric: str, kept: Mask) -> numbers.Floats:
        header = self.declaration.metrics[metric]
        plain = self._plain(chunk, metric)
        if plain is not None:
            return plain
        column = cells(chunk, header)
        read = numbers.values(column.text, self.plan.marks[metric])
        values = column.taken(read.numbers, empty=np.nan)
        self.no_numbers[metric].add(chunk, column, column.taken(read.wrong, empty=False) & kept)
        self.too_big[metric].add(chunk, column, (np.abs(values) > LARGEST) & kept)
        if not METRICS[metric].signed:
            self.negatives[metric].add(chunk, column, (values < 0) & kept)
        if METRICS[metric].unit is Unit.MONEY:
            for currency, cell in read.currencies.items():
                line = int(column.lines[column.text.index(cell)])
                self.currencies.setdefault((header, currency), (line, cell))
        return values

    def _plain(self, chunk: Chunk, metric: str) -> numbers.Floats | None:
        """The column's numbers where it is written in plain digits with nothing to tell of any of them."""
        plain = chunk.plain.get(self.declaration.metrics[metric])
        if plain is None or plain.mark not in ("", _MARKS[self.plan.marks[metric]]):
            return None
        values = np.asarray(plain.values)
        lowest, highest = np.fmin.reduce(values, initial=0), np.fmax.reduce(values, initial=0)
        told = -lowest > LARGEST or highest > LARGEST or (lowest < 0 and not METRICS[metric].signed)
        return None if told else values

    def _codes(self, chunk: Chunk, kept: Mask) -> None:
        header = self.declaration.currency_column
        if header is not None:
            for cell, line in cells(chunk, header).only(kept).seen():
                if cell.strip().casefold() not in numbers.MISSING:
                    self.currencies.setdefault((header, cell.strip().upper()), (line, cell))

    def _channels(self, chunk: Chunk, kept: Mask) -> npt.NDArray[Any]:
        """The channel of each kept row, as an index into the names."""
        header, default = self.declaration.channel_column, self.declaration.channel
        if header is None:
            return np.full(np.count_nonzero(kept), self._index(default))
        column = cells(chunk, header).only(kept)
        indexes = np.zeros(len(column.text), np.int64)
        for cell, line in column.seen():
            channel = _channel(cell) or default
            if channel not in CHANNELS:
                self.unknown.setdefault(cell, line)
            indexes[column.text.index(cell)] = self._index(channel)
        blank = kept & (column.codes < 0)
        return column.taken(indexes, empty=self._index(default) if blank.any() else 0)[kept]

    def _index(self, channel: str) -> int:
        return self.names.setdefault(channel, len(self.names))

    def records(self) -> Records:
        declaration = self.declaration
        money = any(METRICS[metric].unit is Unit.MONEY for metric in declaration.metrics)
        return Records(
            path=declaration.table.path,
            digest=declaration.table.digest,
            days=self.days,
            lines=self.lines,
            channels=self.channels,
            channel_names=tuple(self.names),
            metrics=self.metrics,
            currency=declaration.currency if money else None,
            gaps_are_zero=declaration.gaps_are_zero,
            tax=declaration.tax,
            columns=dict(declaration.metrics),
            period=_period(self.days),
            exported=declaration.exported,
        )

    def problems(self) -> Iterator[Problem]:
        declaration = self.declaration
        expected = _expected_date(self.plan.writing)
        yield from self._tallied(self.no_dates, declaration.date, "not_a_date_cell", expected=expected)
        yield from self._tallied(self.far_dates, declaration.date, "far_date_cell")
        yield from self._tallied(self.totals, declaration.date, "total_row", Severity.WARNING)
        for metric, header in declaration.metrics.items():
            expected = say(f"problems.number.{self.plan.marks[metric]}")
            yield from self._tallied(self.no_numbers[metric], header, "not_a_number_cell", expected=expected)
            yield from self._tallied(self.too_big[metric], header, "too_big_cell")
            yield from self._tallied(self.negatives[metric], header, "negative", metric=metric)
        yield from self._unknown_channels()
        yield from self._other_currencies()

    def _tallied(
        self, tally: Tally, header: str, kind: str, severity: Severity = Severity.ERROR, **params: Message | str
    ) -> Iterator[Problem]:
        def sentence(at: int) -> Sentence:
            cell = tally.cells[at]
            hint = say("problems.hint.rate_cell" if cell.endswith("%") else f"problems.hint.{kind}")
            return say(f"problems.{kind}", value=cell, header=header, **params), hint

        yield from told(self.declaration, header, tally.lines, sentence, severity, tally.count)

    def _unknown_channels(self) -> Iterator[Problem]:
        unknown = list(self.unknown)

        def sentence(at: int) -> Sentence:
            hint = did_you_mean(_channel(unknown[at]), sorted(CHANNELS)) or say("problems.hint.unknown_channel")
            return say("problems.unknown_channel", value=unknown[at]), hint

        yield from told(self.declaration, self.declaration.channel_column, list(self.unknown.values()), sentence)

    def _other_currencies(self) -> Iterator[Problem]:
        """Codes and symbols of another currency than the one that holds for the file."""
        declaration = self.declaration
        for (header, currency), (line, cell) in self.currencies.items():
            if declaration.currency not in (None, currency):
                message = say("problems.two_currencies", value=cell, currency=str(declaration.currency))
                hint = say("problems.hint.two_currencies", file=declaration.file, currency=currency)
                yield Problem(declaration.table.path, line, declaration.column(header), message, hint)


def _channel(cell: str) -> str:
    """`Paid Search` and `paid-search` are `paid_search`."""
    return re.sub(r"[^a-z0-9]+", "_", cell.strip().casefold()).strip("_")


def _expected_date(writing: dates.Writing) -> Message:
    if writing.format is not None:
        return say("problems.date.declared", format=writing.format)
    return say(f"problems.date.{writing.order or writing.shape}")


def _extend(column: array[Any], values: npt.NDArray[Any]) -> None:
    column.frombytes(values.astype(column.typecode).tobytes())


def _period(days: array[int]) -> Period | None:
    return Period(date.fromordinal(min(days)), date.fromordinal(max(days))) if days else None
