"""Benchmarks and positions in, one figure each out: ours, its past, competitors, published figures. Judges nothing.

What a picture and its table may quote and a download may not hold is left out of the download.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.draw import words
from sitegen.draw.templates import BENCHMARK_TONES
from sitegen.messages import Message, Param, Quantity, Unit, say
from sitegen.model.benchmarks import BANDS, TECHNOLOGIES
from sitegen.model.built import Cell, Figure, FigureTable, Legend
from sitegen.model.computed import Against, Benchmark, Edition, Intensity, Measurement, Norm, Position

TONES = {"ours": "ours", "year": "past", "previous": "past", "competitor": "competitor", "norm": "norm"}


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: what it is, its number, and how far ours is from it."""

    tone: str
    name: Message
    number: Measurement
    difference: Quantity | None = None
    shared: bool = True

    @property
    def value(self) -> float:
        return self.number.value or 0.0

    @property
    def shown(self) -> Quantity:
        return Quantity(self.value, self.number.unit, self.number.currency)


def figures(edition: Edition) -> Iterator[Figure]:
    """`benchmark-<metric>[-<channel>…]` where anything is comparable, `benchmark-intensity` where both are known."""
    for each, position in zip(edition.scorecard.benchmarks, edition.positions, strict=True):
        found = tuple(rows(each))
        if len(found) > 1:
            yield _figure(each, position, found)
    told = edition.scorecard.intensity
    if told is not None and len({norm.band for norm in told.spread}) == len(BANDS):
        yield _intensity(told)


def rows(each: Benchmark) -> Iterator[Row]:
    """Ours first, then all that has a value."""
    yield Row("ours", say("benchmarks.row.ours"), each.current)
    for other in each.against:
        if other.number.value is not None:
            shared = other.norm is None or other.norm.shared
            yield Row(TONES[other.kind], _named(other), other.number, other.difference, shared)


def _named(other: Against) -> Message:
    if other.norm is not None:
        stat = say(f"benchmarks.Stat.{other.norm.stat}")
        key = "benchmarks.row.norm_old" if other.old else "benchmarks.row.norm"
        return say(key, stat=stat, source=other.norm.source)
    if other.kind == "competitor":
        return say("benchmarks.row.competitor", competitor=other.competitor)
    return say(f"benchmarks.row.{other.kind}")


def _figure(each: Benchmark, position: Position, found: Sequence[Row]) -> Figure:
    drawn, labels = words.labelled(_row(row) for row in found)
    values = [0.0, *(row.value for row in found)]
    sources = words.paths(row.number for row in found)
    told: dict[str, Param] = {
        "measured": words.measured(each.metric, each.current.unit, each.current.currency),
        "sources": words.sources(sources),
    }
    if each.current.period is not None:
        told["period"] = each.current.period
    tones = dict.fromkeys(row.tone for row in found)
    return Figure(
        id=f"benchmark-{each.id}",
        subject="benchmark",
        template="benchmark",
        datasets={"rows": drawn},
        params={"x_domain": (min(values), max(values) if any(values) else 1.0)},
        title=position.title,
        subtitle=say("benchmarks.subtitle", **told),
        description=say("benchmarks.described", title=position.title, rows=tuple(_tip(row) for row in found)),
        table=_table(found),
        unit=each.current.unit,
        currency=each.current.currency,
        legend=tuple(Legend(BENCHMARK_TONES[tone], "bar", say(f"benchmarks.legend.{tone}")) for tone in tones),
        labels=labels,
        sources=sources,
        note=words.together(position.notes),
        shared=None if all(row.shared for row in found) else _table([row for row in found if row.shared]),
    )


def _row(row: Row) -> tuple[Mapping[str, Cell], Mapping[str, Param]]:
    drawn: dict[str, Cell] = {row.tone: row.value, "zero": 0.0, "amount_at": max(row.value, 0.0)}
    return drawn, {"name": row.name, "amount": row.shown, "tip": _tip(row)}


def _tip(row: Row) -> Message:
    told: dict[str, Param] = {"mark": row.name, "value": row.shown}
    if row.difference is None:
        return say("figures.marked", **told)
    return say("benchmarks.tip", gap=row.difference, **told)


def _table(found: Sequence[Row]) -> FigureTable:
    columns = ("compared", "shown", "period", "gap")
    return FigureTable(
        tuple(say(f"benchmarks.column.{name}") for name in columns),
        tuple((row.name, row.shown, row.number.period, row.difference) for row in found),
    )


# ---------------------------------------------------------------- technologies in use


def _intensity(told: Intensity) -> Figure:
    """How enterprises are spread over the classes of the index, the client's own marked."""
    by_band = {norm.band: norm for norm in told.spread}
    spread = [(band, by_band[band]) for band in BANDS]
    drawn, labels = words.labelled(_class(band, norm, told) for band, norm in spread)
    source = spread[0][1]
    table = FigureTable(
        tuple(say(f"benchmarks.column.{name}") for name in ("class", "share", "own")),
        tuple((_class_name(band), norm.value, _own(band, told)) for band, norm in spread),
    )
    return Figure(
        id="benchmark-intensity",
        subject="benchmark",
        template="benchmark",
        datasets={"rows": drawn},
        params={"x_domain": (0.0, max(norm.value.value for _, norm in spread) or 1.0)},
        title=_intensity_title(told, spread),
        subtitle=say("benchmarks.intensity.subtitle", year=str(told.year), source=source.source),
        description=say(
            "benchmarks.intensity.described",
            rows=tuple(say("figures.marked", mark=_class_name(band), value=norm.value) for band, norm in spread),
            count=told.count,
            own=_class_name(told.band),
        ),
        table=table,
        unit=Unit.RATE,
        legend=(
            Legend(BENCHMARK_TONES["ours"], "bar", say("benchmarks.intensity.own")),
            Legend(BENCHMARK_TONES["past"], "bar", say("benchmarks.intensity.others")),
        ),
        labels=labels,
        note=words.together(_aged(told, source)),
        shared=None if all(norm.shared for _, norm in spread) else FigureTable(table.columns, ()),
    )


def _aged(told: Intensity, source: Norm) -> Iterator[Message]:
    if told.old:
        yield say("benchmarks.note.old", source=source.source)
    if source.note is not None:
        yield say("benchmarks.note.note", note=source.note)


def _intensity_title(told: Intensity, spread: Sequence[tuple[str, Norm]]) -> Message:
    """Its class, and how many enterprises are in a lower one."""
    lower = list(BANDS).index(told.band)
    below = sum(norm.value.value for _, norm in spread[:lower])
    return say(
        "benchmarks.intensity.title" if lower else "benchmarks.intensity.title_lowest",
        count=told.count,
        of=TECHNOLOGIES,
        own=say(f"benchmarks.intensity.as.{told.band}"),
        below=Quantity(below if lower else spread[0][1].value.value, Unit.RATE),
    )


def _class(band: str, norm: Norm, told: Intensity) -> tuple[Mapping[str, Cell], Mapping[str, Param]]:
    value = norm.value.value
    drawn: dict[str, Cell] = {"ours" if band == told.band else "past": value, "zero": 0.0, "amount_at": value}
    tip = say("figures.marked", mark=_class_name(band), value=norm.value)
    return drawn, {"name": _class_name(band), "amount": norm.value, "tip": tip}


def _class_name(band: str) -> Message:
    low, high = BANDS[band]
    return say(f"benchmarks.intensity.band.{band}", low=low, high=high)


def _own(band: str, told: Intensity) -> Param | None:
    return told.count if band == told.band else None
