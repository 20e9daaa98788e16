"""Benchmarks in, what each comes to in words out: a conclusion, what to know first, why others are not compared.

A difference within the noise, or below two percent, is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Literal, TypeAlias

from sitegen.diagnose.wording import channel, quantity
from sitegen.messages import Message, Param, Period, Unit, say
from sitegen.model.catalogue import Direction
from sitegen.model.computed import Against, Benchmark, EventSnapshot, Intensity, Norm, Position, State

LEVEL = 0.02  # a relative difference below it is none; of a rate, relative to the other rate
RELIGIOUS = "religious"

Place: TypeAlias = Literal["better", "worse", "level", "noise", "more", "less"]


def positions(benchmarks: Sequence[Benchmark], events: Sequence[EventSnapshot]) -> tuple[Position, ...]:
    """One for each benchmark, in their order."""
    return tuple(
        Position(
            each.id,
            _title(each),
            _line(each),
            tuple(_notes(each, events)),
            tuple(apart(other) for other in each.against if other.number.value is None),
        )
        for each in benchmarks
    )


def place(against: Against, good: Direction | None) -> Place | None:
    """Where ours stands against the other; None where there is no difference to tell."""
    gap, other = against.difference, against.number.value
    if gap is None or other is None:
        return None
    if against.noise:
        return "noise"
    relative = gap.value if gap.unit is Unit.CHANGE else gap.value / abs(other) if other else gap.value
    if abs(relative) < LEVEL:
        return "level"
    if good is None:
        return "more" if gap.value > 0 else "less"
    return "better" if (gap.value > 0) == (good is Direction.UP) else "worse"


# ---------------------------------------------------------------- the conclusion


def _title(each: Benchmark) -> Message:
    told = tuple(_clauses(each))
    shown = {"name": _named(each)}
    return say("benchmarks.title", clauses=told, **shown) if told else say("benchmarks.alone", **shown)


def _named(each: Benchmark) -> Message:
    """As in "Taux d'engagement (Instagram)"."""
    called = say(f"metrics.{each.metric}.Name")
    if not each.channels:
        return called
    return say("benchmarks.on", name=called, channels=tuple(channel(one) for one in each.channels))


def _clauses(each: Benchmark) -> Iterator[Message]:
    """Its past (a year before, else the window before), its competitors, one published figure."""
    past = {other.kind: found for other in each.against if (found := place(other, each.good))}
    for kind in ("year", "previous"):
        if kind in past:
            yield say(f"benchmarks.past.{past[kind]}_{kind}")
            break
    yield from _among(each)
    known = [(other, found) for other in each.against if other.kind == "norm" and (found := place(other, each.good))]
    for other, found in sorted(known, key=lambda pair: pair[0].old)[:1]:
        if other.norm is not None:
            yield say(f"benchmarks.norm.{found}", stat=say(f"benchmarks.the_stat.{other.norm.stat}"))


def _among(each: Benchmark) -> Iterator[Message]:
    """How many competitors it is ahead of."""
    found = [(other.competitor, place(other, each.good)) for other in each.against if other.kind == "competitor"]
    placed = [(named, where) for named, where in found if where is not None]
    if len(placed) == 1:
        ((named, where),) = placed
        yield say(f"benchmarks.rival.{where}", competitor=named)
    elif placed:
        tally = [where for _, where in placed]
        ahead = sum(where in ("better", "more") for where in tally)
        behind = sum(where in ("worse", "less") for where in tally)
        way = "ahead" if ahead == len(placed) else "behind" if behind == len(placed) else "among" if ahead else "none"
        yield say(f"benchmarks.rivals.{way}", ahead=ahead, count=len(placed))


def _line(each: Benchmark) -> Message:
    """The values themselves, for the objective whose KPI it is."""
    told = tuple(item for other in each.against if (item := _item(other)) is not None)
    value = quantity(each.current)
    if not told or value is None or each.current.period is None:
        return say("benchmarks.line_none")
    return say("benchmarks.line", value=value, period=each.current.period, items=told)


def _item(other: Against) -> Message | None:
    value = quantity(other.number)
    if value is None:
        return None
    if other.norm is not None:
        stat = say(f"benchmarks.stat.{other.norm.stat}")
        return say("benchmarks.item.norm", stat=stat, value=value, source=other.norm.source)
    if other.kind == "competitor":
        return say("benchmarks.item.competitor", competitor=other.competitor, value=value)
    return say(f"benchmarks.item.{other.kind}", value=value)


# ---------------------------------------------------------------- what to know


def _notes(each: Benchmark, events: Sequence[EventSnapshot]) -> Iterator[Message]:
    if each.rivals:
        yield say("benchmarks.note.voice", rivals=each.rivals)
    noisy = tuple(_called(other) for other in each.against if other.noise)
    if noisy:
        yield say("benchmarks.note.noise", others=noisy)
    for other in each.against:
        if other.kind in ("year", "previous") and other.number.period and each.current.period:
            yield from _moved(other, each.current.period, events)
    partial = tuple(_called(other) for other in each.against if other.number.state is State.PARTIAL)
    if partial:
        yield say("benchmarks.note.partial", others=partial)
    for other in each.against:
        if other.norm is not None and other.number.value is not None:
            yield described(other.norm)
            if other.old:
                yield say("benchmarks.note.old", source=other.norm.source)
            if other.norm.note is not None:
                yield say("benchmarks.note.note", note=other.norm.note)


def _moved(other: Against, now: Period, events: Sequence[EventSnapshot]) -> Iterator[Message]:
    """The feasts that take up more days of one window than of the other: they move, the calendar does not."""
    then = other.number.period
    labels = list(dict.fromkeys(event.label for event in events if event.kind == RELIGIOUS))
    for label in labels:
        days = [
            sum(
                met.days
                for event in events
                if event.label == label and (met := Period(event.start, event.end).meet(window))
            )
            for window in (now, then)
            if window is not None
        ]
        if len(set(days)) > 1:
            told: dict[str, Param] = {"event": label, "now": days[0], "then": days[1], "other": _called(other)}
            yield say("benchmarks.note.moved", **told)


def _called(other: Against) -> Message:
    """As in "l'an dernier", "Rival", "la médiane publiée"."""
    if other.norm is not None:
        return say("benchmarks.called.norm", stat=say(f"benchmarks.stat.{other.norm.stat}"), source=other.norm.source)
    if other.kind == "competitor":
        return say("benchmarks.called.competitor", competitor=other.competitor)
    return say(f"benchmarks.called.{other.kind}")


def described(norm: Norm) -> Message:
    """Source, what it is of whom, when, and on what terms."""
    facts = reduce(lambda first, then: say("benchmarks.facts", first=first, then=then), _facts(norm))
    return say("benchmarks.source", source=norm.source, facts=facts, licence=norm.licence)


def spread(told: Intensity | None) -> Message | None:
    """Where the spread beside the client's technologies comes from."""
    return described(told.spread[0]) if told is not None and told.spread else None


def _facts(norm: Norm) -> Iterator[Param]:
    yield say(f"benchmarks.stat.{norm.stat}")
    yield from (part for part in (norm.industry, norm.region) if part is not None)
    if norm.channel is not None:
        yield channel(norm.channel)
    if norm.period is not None:
        yield norm.period
    if norm.published is not None:
        yield say("benchmarks.published", day=norm.published)
    elif norm.retrieved is not None:
        yield say("benchmarks.retrieved", day=norm.retrieved)


def apart(other: Against) -> Message:
    """One that is not compared, and why."""
    reason = other.number.reason or say("pages.not_computable")
    if other.norm is not None:
        stat = say(f"benchmarks.stat.{other.norm.stat}")
        return say("benchmarks.apart.norm", source=other.norm.source, stat=stat, value=other.norm.value, reason=reason)
    return say("benchmarks.apart.other", other=_called(other), reason=reason)
