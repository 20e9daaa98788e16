"""Daily values in, what stands out in their course out: outliers, jumps of a whole factor, levels that broke, stocks
that dropped or stood still, metrics whose meaning changed (METHODS §8). Removes and repairs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from sitegen.errors import Problem, Severity
from sitegen.measure import definitions
from sitegen.measure.arrays import Array, Indexes
from sitegen.measure.daily import Daily
from sitegen.measure.merging import Strand
from sitegen.measure.periods import DAY, within
from sitegen.measure.quality import shapes
from sitegen.measure.quality.told import Place, names, notice, place, series
from sitegen.measure.silence import silences
from sitegen.messages import Message, Period, Quantity, Unit, say
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.changes import DefinitionChange
from sitegen.model.computed import Grain
from sitegen.model.facts import Dossier

DECIDED = frozenset({"spend", "posts"})  # the client's own doing: its breaks need no explanation
NEAR = timedelta(14)  # an event this close explains a break
SHOWN = 3  # outliers of one file in a sentence
SCALES = (10.0, 100.0, 1000.0)
PEGGED = (655.957, 10.8)  # EUR in XAF or XOF (fixed), EUR in MAD (about): the currencies that are taken for each other
DROP, STILL, FEW_ROWS = 0.05, 14, 3  # of followers: share lost in a day, days without a change, values that are equal


@dataclass(frozen=True, slots=True)
class Course:
    """What stands out in one metric and channel, by first day; `breaks` are those that nothing explains."""

    metric: str
    channel: str
    outliers: tuple[date, ...]
    jumps: tuple[tuple[date, float], ...]
    breaks: tuple[tuple[date, float], ...]
    changes: tuple[DefinitionChange, ...]


def curves_told(dossier: Dossier, values: Daily) -> Iterator[Problem]:
    """One notice for each sort and file: a reader wants the days, not the series one by one."""
    found = courses(dossier, values)
    yield from _jumped(found, dossier, values)
    yield from _changed(found, values)
    yield from _broke(found, dossier, values)
    yield from _outlying(found, dossier, values)
    yield from _stocks(dossier, values)


def courses(dossier: Dossier, values: Daily) -> tuple[Course, ...]:
    """What stands out in every series of flows."""
    events = tuple(Period(each.start, each.end or each.start) for each in dossier.client.events)
    rates = tuple(sorted({max(rate.rate, 1 / rate.rate) for rate in dossier.rates if rate.rate > 0}))
    return _courses(values, events, definitions.changes(dossier), rates)


@lru_cache(maxsize=1)
def _courses(
    values: Daily, events: tuple[Period, ...], changes: tuple[DefinitionChange, ...], rates: tuple[float, ...]
) -> tuple[Course, ...]:
    """Asked for twice of each client, by the notices and by the scores."""
    return tuple(
        _course(metric, channel, strand, values, events, changes, rates)
        for metric, channels in sorted(values.strands.items())
        for channel, strand in sorted(channels.items())
    )


def _course(
    metric: str,
    channel: str,
    strand: Strand,
    values: Daily,
    events: tuple[Period, ...],
    changes: tuple[DefinitionChange, ...],
    rates: tuple[float, ...],
) -> Course:
    crossed = tuple(_crossed(metric, channel, strand, values, changes))
    if METRICS[metric].kind is not Kind.FLOW:
        return Course(metric, channel, (), (), (), crossed)
    scale = _scale(metric, strand)
    told = [*events, *(Period(change.date, change.date) for change in crossed)]
    grain = strand.grain
    own, starts = rhythm(strand, values, grain)
    free = metric not in DECIDED or grain == "day"  # a budget by month is what somebody wrote
    outlying = shapes.outliers(own, scale, weekdays=grain == "day") if free else ()
    spend = values.strands.get("spend", {}).get(channel)
    jumps = _jumps(metric, strand, values, told, rates)
    broken: tuple[tuple[date, float], ...] = ()
    if metric not in DECIDED:
        by: Grain = "week" if grain == "day" else grain
        level, firsts = (own, starts) if by == grain else rhythm(strand, values, by)
        broken = tuple(_breaks(level, firsts, by, scale, told, spend, values))
    return Course(
        metric,
        channel,
        tuple(_unexplained([starts[int(at)] for at in outlying], strand, spend, values, events)),
        jumps,
        tuple(each for each in broken if not any(abs(each[0] - day) <= NEAR for day, _ in jumps)),
        crossed,
    )


def _unexplained(
    days: Sequence[date], strand: Strand, spend: Strand | None, values: Daily, events: tuple[Period, ...]
) -> Iterator[date]:
    """Those of the `days` that neither silence nor an event explains."""
    if not days:
        return
    silent = set((_silent(strand, spend) + values.start).tolist())
    yield from (day for day in days if day.toordinal() not in silent and not _explained(day, events, DAY))


def _silent(strand: Strand, spend: Strand | None) -> Indexes:
    """The days at zero that are told as a broken counter, or on which the channel is paused."""
    paused = np.flatnonzero(spend.values == 0) if spend is not None else np.empty(0, np.int64)
    return np.concatenate([paused, *silences(strand, spend)])


def rhythm(strand: Strand, values: Daily, grain: Grain) -> tuple[Array, tuple[date, ...]]:
    """The values of the strand by day, by the weeks that its first day begins (ISO weeks of a daily one) or by month,
    each with its first day; missing when one of its days is."""
    first = date.fromordinal(values.start)
    if grain == "day":
        return strand.values, _days(first, values.days, 1)
    known = np.flatnonzero(~np.isnan(strand.values))
    if not known.size:
        return np.empty(0), ()
    if grain == "month":
        months = within(Period(first, first + timedelta(values.days - 1)), "month")
        bounds = [((m.start - first).days, (m.end - first).days + 1) for m in months]
        return np.asarray([strand.values[start:stop].sum() for start, stop in bounds]), tuple(m.start for m in months)
    begin = int(known[0]) if strand.grain == "week" else -first.weekday() % 7
    weeks = max(0, values.days - begin) // 7
    table = strand.values[begin : begin + 7 * weeks].reshape(weeks, 7)
    return table.sum(axis=1), _days(first + timedelta(begin), weeks, 7)


@lru_cache(maxsize=1 << 5)
def _days(first: date, count: int, step: int) -> tuple[date, ...]:
    """Every `step`-th day from the first on; those of all series of a client are the same."""
    return tuple(first + timedelta(step * place) for place in range(count))


def _crossed(
    metric: str, channel: str, strand: Strand, values: Daily, changes: tuple[DefinitionChange, ...]
) -> Iterator[DefinitionChange]:
    """The changes of meaning that the series has days on both sides of."""
    known = np.flatnonzero(~np.isnan(strand.values))
    for change in changes:
        at = change.date.toordinal() - values.start
        meant = change.metric == metric and (not change.channels or channel in change.channels)
        if meant and known.size and known[0] < at <= known[-1]:
            yield change


# ---------------------------------------------------------------- jumps


def _scale(metric: str, strand: Strand) -> shapes.Scale:
    if (strand.values < 0).any():
        return "signed"
    return "amount" if METRICS[metric].unit is Unit.MONEY else "count"


def _jumps(
    metric: str, strand: Strand, values: Daily, told: list[Period], rates: tuple[float, ...]
) -> tuple[tuple[date, float], ...]:
    money = METRICS[metric].unit is Unit.MONEY
    factors = (*SCALES, *PEGGED, *rates) if money else SCALES
    found = ((date.fromordinal(values.start + jump.at), jump.factor) for jump in shapes.jumps(strand.values, factors))
    return tuple((day, factor) for day, factor in found if not _explained(day, told, timedelta(shapes.SHARP)))


def _explained(day: date, told: Iterable[Period], near: timedelta) -> bool:
    """Whether an event is going on, or begins or ends about then."""
    return any(period.start - near <= day <= period.end + near for period in told)


def _jumped(found: Iterable[Course], dossier: Dossier, values: Daily) -> Iterator[Problem]:
    jumps: dict[tuple[Place, date, float, bool], list[str]] = defaultdict(list)
    for course in found:
        money = METRICS[course.metric].unit is Unit.MONEY
        for day, factor in course.jumps:
            at = _place(course, day, dossier, values)
            jumps[at, day, factor, money].append(course.metric)
    for (at, day, factor, money), metrics in sorted(jumps.items()):
        currency = money and factor not in SCALES[:2]  # ×1000 is KDH for MAD
        message = say(
            "quality.currency_jump" if currency else "quality.scale_jump",
            metrics=names(metrics),
            day=day,
            factor=Quantity(factor, Unit.RATIO),
        )
        yield notice(at, message, Severity.ERROR if currency else Severity.WARNING, "jump")


# ---------------------------------------------------------------- levels


def _breaks(
    level: Array,
    firsts: tuple[date, ...],
    grain: Grain,
    scale: shapes.Scale,
    told: list[Period],
    spend: Strand | None,
    values: Daily,
) -> Iterator[tuple[date, float]]:
    """Breaks that no event, no change of meaning and no change of the channel's spend explains."""
    found = shapes.breaks(level, scale, year=shapes.YEAR_PERIODS[grain])
    if found and spend is not None:
        paid, days = rhythm(spend, values, grain)
        moved = shapes.breaks(paid, "amount", year=shapes.YEAR_PERIODS[grain])
        told = [*told, *(Period(days[each.at], days[each.at]) for each in moved)]
    for each in found:
        if not _explained(firsts[each.at], told, NEAR):
            yield firsts[each.at], each.shift


def _broke(found: Iterable[Course], dossier: Dossier, values: Daily) -> Iterator[Problem]:
    """The breaks of one file, the latest first."""
    files: dict[str, list[tuple[date, Course, float, int]]] = defaultdict(list)
    for course in found:
        for day, shift in course.breaks:
            path, line = _place(course, day, dossier, values)
            files[path].append((day, course, shift, line))
    for path, broken in sorted(files.items()):
        latest = sorted(broken, key=lambda each: (-each[0].toordinal(), each[1].metric, each[1].channel))
        told = tuple(
            say(
                "quality.break_value",
                series=series(course.metric, course.channel),
                day=day,
                change=Quantity(shift - 1, Unit.CHANGE),
            )
            for day, course, shift, _ in latest[:SHOWN]
        )
        message = say("quality.level_break", values=told, count=len(broken))
        yield notice((path, latest[0][3]), message, Severity.INFO, "level_break")


def _changed(found: Iterable[Course], values: Daily) -> Iterator[Problem]:
    groups: dict[tuple[str, date, str], DefinitionChange] = {}
    for course in found:
        sources = values.strands[course.metric][course.channel].sources
        for change in course.changes:
            groups[min(sources), change.date, change.metric] = change
    for (path, day, metric), change in sorted(groups.items(), key=lambda each: each[0]):
        message = say(
            "quality.definition", metric=say(f"metrics.{metric}.name"), day=day, old=change.old, new=change.new
        )
        yield notice(path, message, hint="definition")


def _outlying(found: Iterable[Course], dossier: Dossier, values: Daily) -> Iterator[Problem]:
    """The days of one file that are out of the ordinary, those of the latest year first."""
    files: dict[str, list[tuple[date, Course, int]]] = defaultdict(list)
    for course in found:
        for day in course.outliers:
            path, line = _place(course, day, dossier, values)
            files[path].append((day, course, line))
    for path, outliers in sorted(files.items()):
        latest = sorted(outliers, key=lambda each: (-each[0].toordinal(), each[1].metric, each[1].channel))
        told = tuple(_outlier(day, course, dossier, values) for day, course, _ in latest[:SHOWN])
        message = say("quality.outliers", count=len(outliers), values=told)
        yield notice((path, latest[0][2]), message, Severity.INFO, "outliers")


def _outlier(day: date, course: Course, dossier: Dossier, values: Daily) -> Message:
    strand, unit = values.strands[course.metric][course.channel], METRICS[course.metric].unit
    own, starts = rhythm(strand, values, strand.grain)
    value = Quantity(float(own[starts.index(day)]), unit, dossier.currency if unit is Unit.MONEY else None)
    return say("quality.outlier_value", series=series(course.metric, course.channel), day=day, value=value)


def _place(course: Course, day: date, dossier: Dossier, values: Daily) -> Place:
    sources = values.strands[course.metric][course.channel].sources
    return place(dossier, sources, course.metric, course.channel, day.toordinal())


# ---------------------------------------------------------------- stocks


def _stocks(dossier: Dossier, values: Daily) -> Iterator[Problem]:
    """Followers that a network removed, and those that nobody looked up again."""
    for channel, strand in sorted(values.strands.get("followers", {}).items()):
        known = np.flatnonzero(~np.isnan(strand.values))
        yield from _drops(channel, strand, known, dossier, values)
        yield from _still(channel, strand, known, dossier, values)


def _drops(channel: str, strand: Strand, known: Indexes, dossier: Dossier, values: Daily) -> Iterator[Problem]:
    before, after = strand.values[known[:-1]], strand.values[known[1:]]
    fell = np.flatnonzero((np.diff(known) == 1) & (before > 0) & (after < (1 - DROP) * before))
    for at in fell.tolist():
        day = values.start + int(known[at + 1])
        message = say(
            "quality.followers_drop",
            channel=say(f"channels.{channel}"),
            day=date.fromordinal(day),
            before=Quantity(float(before[at]), Unit.COUNT),
            after=Quantity(float(after[at]), Unit.COUNT),
        )
        at_line = place(dossier, strand.sources, "followers", channel, day)
        yield notice(at_line, message, Severity.INFO, "followers_drop")


def _still(channel: str, strand: Strand, known: Indexes, dossier: Dossier, values: Daily) -> Iterator[Problem]:
    """The longest time without any change, when it is too long to be true."""
    changes = np.flatnonzero(np.diff(strand.values[known]) != 0) + 1
    longest = max(np.split(known, changes), key=len) if known.size else known
    if len(longest) >= FEW_ROWS and longest[-1] - longest[0] + 1 >= STILL:
        first, last = (values.start + int(day) for day in (longest[0], longest[-1]))
        period = Period(date.fromordinal(first), date.fromordinal(last))
        message = say("quality.followers_still", channel=say(f"channels.{channel}"), period=period, count=period.days)
        at_line = place(dossier, strand.sources, "followers", channel, first)
        yield notice(at_line, message, Severity.INFO, "followers_still")
