"""Records of published figures, competitors and dropped metrics that fit in, what is wrong with them out.

site, client  benchmarks → names that lead nowhere, values that cannot be, records that stand twice
competitors   tables with a column `competitor` → the rows of each competitor that `client.yaml` names
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sitegen.check.hints import did_you_mean
from sitegen.check.places import at_key, at_value
from sitegen.check.schema import Draft, items
from sitegen.check.sources import COMPETITOR, Declaration
from sitegen.check.tables import records
from sitegen.check.tables.competitors import by_competitor
from sitegen.errors import Problem, Severity
from sitegen.messages import Unit, say
from sitegen.model.authored import Benchmark, Competitor, DroppedMetric
from sitegen.model.benchmarks import BANDS, INTENSITY, unit_of
from sitegen.model.catalogue import CHANNELS, METRICS
from sitegen.model.countries import CURRENCIES
from sitegen.model.facts import Document, Path, Records

COMPARED = (*sorted(METRICS), INTENSITY)


def carried(document: Document) -> tuple[Benchmark, ...]:
    """The records that the package carries. They are our own data: what does not fit is a bug, and raises."""
    found = _written(document)
    wrong = [*_records(document, found)]
    if wrong or len(found) != len(document.data["benchmarks"]):
        raise ValueError(f"{document.path}: {wrong}")
    return tuple(each for _, each in found)


def site(document: Document) -> Iterator[Problem]:
    """The records of `config.yaml`."""
    yield from _records(document, _written(document))


def client(draft: Draft) -> Iterator[Problem]:
    """The records, competitors, definitions and dropped metrics of `client.yaml`."""
    yield from _records(draft.document, _written(draft.document))
    yield from _competitors(draft)
    measured = draft.data.get("measured_as")
    for metric in measured if isinstance(measured, dict) else ():
        if metric not in METRICS:
            hint = did_you_mean(str(metric), sorted(METRICS)) or say("problems.hint.unknown_metric")
            at = ("measured_as", metric)
            yield at_key(draft.document, at, say("problems.unknown_metric", value=str(metric)), hint)
    yield from _dropped(draft)


# ---------------------------------------------------------------- published figures


def _written(document: Document) -> tuple[tuple[Path, Benchmark], ...]:
    """The records that fit; `client.yaml` and `config.yaml` have the same key."""
    data = document.data if isinstance(document.data, dict) else {}
    return tuple(items(data, "benchmarks", Benchmark))


def _records(document: Document, found: Sequence[tuple[Path, Benchmark]]) -> Iterator[Problem]:
    first: dict[Benchmark, Path] = {}
    for path, each in found:
        yield from _record(document, path, each)
        if first.setdefault(each, path) != path:
            line = str(document.place(first[each])[0])
            message = say("problems.benchmark_twice", line=line)
            yield at_value(document, path, message, say("problems.hint.benchmark_twice"))


def _record(document: Document, path: Path, each: Benchmark) -> Iterator[Problem]:
    if each.metric not in COMPARED:
        hint = did_you_mean(each.metric, COMPARED) or say("problems.hint.unknown_metric")
        yield at_value(document, (*path, "metric"), say("problems.unknown_metric", value=each.metric), hint)
    if each.channel is not None and each.channel not in CHANNELS:
        hint = did_you_mean(each.channel, sorted(CHANNELS)) or say("problems.hint.unknown_channel")
        yield at_value(document, (*path, "channel"), say("problems.unknown_channel", value=each.channel), hint)
    unit = unit_of(each.metric)
    if unit is not None:
        yield from _value(document, path, each, unit)
    yield from _band(document, path, each)
    if each.period is not None and each.period.start > each.period.end:
        message = say("problems.end_before_start", end=each.period.end, start=each.period.start)
        yield at_value(document, (*path, "period", "end"), message)


def _value(document: Document, path: Path, each: Benchmark, unit: Unit) -> Iterator[Problem]:
    """Its unit and range are the metric's, and money has a currency."""
    if each.unit is not None and each.unit != unit.value:
        message = say("problems.benchmark_unit", metric=each.metric, unit=unit.value, value=each.unit)
        yield at_value(document, (*path, "unit"), message, say("problems.hint.benchmark_unit", unit=unit.value))
    if unit is Unit.RATE and not 0 <= each.value <= 1:
        message = say("problems.benchmark_rate", metric=each.metric, value=f"{each.value:g}")
        yield at_value(document, (*path, "value"), message, say("problems.hint.benchmark_rate"))
    if unit is Unit.MONEY and each.currency is None:
        message = say("problems.benchmark_currency", metric=each.metric)
        yield at_value(document, path, message, say("problems.hint.benchmark_currency"))
    if each.currency is not None and each.currency not in CURRENCIES:
        hint = did_you_mean(each.currency, sorted(CURRENCIES)) or say("problems.hint.unknown_currency")
        yield at_value(document, (*path, "currency"), say("problems.unknown_currency", value=each.currency), hint)


def _band(document: Document, path: Path, each: Benchmark) -> Iterator[Problem]:
    """A share is of one class of the index, and of nothing else."""
    if (each.stat == "share") != (each.metric == INTENSITY):
        message, hint = say("problems.benchmark_share"), say("problems.hint.benchmark_share", metric=INTENSITY)
        yield at_value(document, (*path, "stat"), message, hint)
    elif each.stat == "share" and each.band not in BANDS:
        message = say("problems.benchmark_band", value=each.band or "")
        yield at_value(document, (*path, "band"), message, say("problems.hint.one_of", options=tuple(BANDS)))


# ---------------------------------------------------------------- competitors


def _competitors(draft: Draft) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path, each in items(draft.data, "competitors", Competitor):
        at, name = (*path, "name"), each.name.strip().casefold()
        if name == str(draft.data.get("name", "")).strip().casefold():
            hint = say("problems.hint.competitor_itself")
            yield at_value(draft.document, at, say("problems.competitor_itself", value=each.name), hint)
        if first.setdefault(name, at) != at:
            line = str(draft.document.place(first[name])[0])
            message = say("problems.competitor_twice", value=each.name, line=line)
            yield at_value(draft.document, at, message, say("problems.hint.competitor_twice"))


def competitors(
    declarations: Iterable[Declaration], draft: Draft
) -> tuple[Mapping[str, tuple[Records, ...]], tuple[Problem, ...]]:
    """Name → what the tables tell of it, for every competitor of `client.yaml`; and every row that tells of another."""
    names = {each.name.strip(): each.name for _, each in items(draft.data, "competitors", Competitor)}
    found: dict[str, list[Records]] = {name: [] for name in names.values()}
    problems: list[Problem] = []
    for declaration in declarations:
        column = declaration.column(COMPETITOR)
        for name, rows in by_competitor(declaration.table).items():
            if name not in names:
                problems.append(_unknown(declaration, name, rows.line, column, list(names)))
                continue
            read, told = records(replace(declaration, table=rows.table), draft.document)
            problems += told
            if read is not None:
                found[names[name]].append(read)
    return {name: tuple(rows) for name, rows in found.items()}, tuple(problems)


def _unknown(declaration: Declaration, name: str, line: int, column: int, names: Sequence[str]) -> Problem:
    path = declaration.table.path
    if not name:
        return Problem(path, line, column, say("problems.no_competitor"), say("problems.hint.no_competitor"))
    hint = did_you_mean(name, names) if names else None
    message = say("problems.unknown_competitor", value=name)
    return Problem(path, line, column, message, hint or say("problems.hint.unknown_competitor", value=name))


# ---------------------------------------------------------------- dropped metrics


def _dropped(draft: Draft) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    kpis = {objective.kpi for _, objective in draft.objectives}
    for path, each in items(draft.data, "dropped", DroppedMetric):
        at = (*path, "metric")
        if each.metric not in METRICS:
            hint = did_you_mean(each.metric, sorted(METRICS)) or say("problems.hint.unknown_metric")
            yield at_value(draft.document, at, say("problems.unknown_metric", value=each.metric), hint)
        elif first.setdefault(each.metric, at) != at:
            line = str(draft.document.place(first[each.metric])[0])
            message = say("problems.value_twice", value=each.metric, line=line)
            yield at_value(draft.document, at, message, say("problems.hint.value_twice"))
        elif each.metric in kpis:
            message, hint = say("problems.dropped_kpi", value=each.metric), say("problems.hint.dropped_kpi")
            yield at_value(draft.document, at, message, hint, Severity.WARNING)
