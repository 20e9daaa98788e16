"""Dossier and daily values in, what helps to judge beside its past, its competitors and published figures out.

Like with like (METHODS §6): the same days, the same channels, the same definition. What is not has no difference but a
reason. Judges nothing: which way is good is only handed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sitegen.measure.daily import Daily, daily
from sitegen.measure.definitions import breaks
from sitegen.measure.differences import difference, parts_within_noise, within_noise, without
from sitegen.measure.kinds import Reading, measurement, read_until, reading, tally, wilson
from sitegen.measure.norms import attached, followed, norms
from sitegen.measure.parts import WHOLE
from sitegen.measure.periods import previous, window, year_before
from sitegen.messages import Message, Period, Unit, say
from sitegen.model.catalogue import METRICS, Kind, Metric
from sitegen.model.computed import Against, Benchmark, Measurement, State
from sitegen.model.facts import Dossier

VOICE = "share_of_voice"
ALWAYS = ("engagement_rate_impressions", "net_sentiment", VOICE)  # told when there are data (article 001, tip 2)


@dataclass(frozen=True)
class _Rival:
    """A competitor by the days on which something of it was seen."""

    name: str
    values: Daily


@dataclass(frozen=True)
class _Subject:
    """What is compared: a metric on some channels (all: `()`), and the objectives that ask for it."""

    metric: Metric
    channels: tuple[str, ...]
    objectives: tuple[str, ...] = ()


def benchmarks(dossier: Dossier, values: Daily, as_of: date) -> tuple[Benchmark, ...]:
    """The KPIs of the objectives, then engagement, sentiment and share of voice, then what a published figure is about.

    Only what has a value of its own and something known to be compared with, or a reason why a published figure is not
    comparable.
    """
    rivals = tuple(_rivals(dossier, as_of))
    subjects = tuple(_subjects(dossier, values, rivals))
    found = (_benchmark(subject, subjects, dossier, values, rivals, as_of) for subject in subjects)
    return tuple(each for each in found if each.current.value is not None and each.against)


def _rivals(dossier: Dossier, as_of: date) -> Iterator[_Rival]:
    """Each competitor with rows. The client's own tracking breaks are none of theirs."""
    client = dossier.client.model_copy(update={"events": ()})
    for name, records in dossier.competitors.items():
        if records:
            yield _Rival(name, daily(replace(dossier, client=client, records=records), as_of))


# ---------------------------------------------------------------- what is compared


def _subjects(dossier: Dossier, values: Daily, rivals: Sequence[_Rival]) -> Iterator[_Subject]:
    """Each metric and its channels once; an internal objective makes none."""
    asked: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for objective in dossier.client.objectives:
        if not objective.internal:
            key = (objective.kpi, tuple(sorted(objective.channels)))
            asked.setdefault(key, []).append(objective.id or objective.kpi)
    kpis = tuple(dict.fromkeys(metric for metric, _ in asked))
    for metric in (*kpis, *(each for each in ALWAYS if each not in kpis)):
        scope = _shared(METRICS[metric], values, rivals)
        if scope or metric not in kpis:
            asked.setdefault((metric, scope), [])
    for norm in norms(dossier):
        if norm.metric in METRICS and norm.definition == followed(dossier, norm.metric):
            told = _told_on(METRICS[norm.metric], values)
            if norm.channel in told and told != {norm.channel}:
                asked.setdefault((norm.metric, (norm.channel,)), [])
            elif not any(metric == norm.metric for metric, _ in asked):
                asked[norm.metric, ()] = []
    for (metric, channels), objectives in asked.items():
        yield _Subject(METRICS[metric], channels, tuple(objectives))


def _told_on(metric: Metric, values: Daily) -> frozenset[str]:
    """The channels on which every part of the metric is told."""
    parts = [part for part in (metric.numerator, metric.less, metric.denominator) if part] or [metric.id]
    return frozenset.intersection(*(frozenset(values.strands.get(part, {})) for part in parts))


def _shared(metric: Metric, values: Daily, rivals: Sequence[_Rival]) -> tuple[str, ...]:
    """The channels that the client shares with its competitors, in their order as long as any is left; `()` where
    these are all of its own, or where nothing is told by channel. A ratio is on channels that tell both its sides."""
    scope = _told_on(metric, values) - {WHOLE}
    for rival in rivals:
        scope = scope & _told_on(metric, rival.values) or scope
    return () if scope == values.strands.get(metric.denominator or metric.id, {}).keys() else tuple(sorted(scope))


# ---------------------------------------------------------------- one benchmark


def _benchmark(
    subject: _Subject,
    subjects: Sequence[_Subject],
    dossier: Dossier,
    values: Daily,
    rivals: Sequence[_Rival],
    as_of: date,
) -> Benchmark:
    read = reading(subject.metric.id, values, dossier, subject.channels)
    voice = subject.metric.id == VOICE
    seen = [rival for rival in rivals if _told_on(METRICS["mentions"] if voice else subject.metric, rival.values)]
    others = [(rival, _seen(subject, values, rival, dossier)) for rival in seen]
    until = min(
        [read_until(read, as_of), *(read_until(found, as_of) for _, found in others if isinstance(found, Reading))]
    )
    now = window(until)
    if voice:
        current, against = _voice(dossier, values, others, now)
    else:
        current = measurement(read, now)
        against = [*_past(read, now, dossier), *_competitors(current, others, now)]
    whole = subject.channels or tuple(sorted(_told_on(subject.metric, values) - {WHOLE}))
    first = next(each for each in subjects if each.metric is subject.metric) is subject
    published = attached(dossier, subject.metric, subject.channels, whole, current, as_of, first=first)
    return Benchmark(
        subject.metric.id,
        subject.channels,
        subject.metric.good,
        current,
        (*against, *published),
        subject.objectives,
        tuple(rival.name for rival in seen) if voice else (),
    )


def _past(read: Reading, now: Period, dossier: Dossier) -> Iterator[Against]:
    """The window before and the same weekdays a year before; nothing where no row goes so far back."""
    then: dict[str, Period] = {"year": year_before(now), "previous": previous(now)}
    current = measurement(read, now)
    for kind, period in then.items():
        if read.span is None or read.span.meet(period) is None:
            continue
        number = measurement(read, period)
        changed = [day for day in breaks(dossier, read.metric.id, _channels(read)) if period.start < day <= now.end]
        if changed:
            number = without(number, say("measure.reason.redefined", day=changed[-1]))
        elif number.value is not None and tally(read, now).parts != tally(read, period).parts:
            number = without(number, say("measure.reason.other_sources"))
        found = difference(read.metric, *(_daily(read, each) for each in (now, period)))
        told = found if number.value is not None else None
        yield Against(kind, number, told, within_noise(current, number))  # type: ignore[arg-type]


def _channels(read: Reading) -> tuple[str, ...]:
    return (read.channel,) if read.channel else ()


def _daily(read: Reading, period: Period) -> float | None:
    """What two windows are compared by: of a total the mean of an observed day, else the value."""
    found = tally(read, period)
    return found.mean if read.metric.kind is Kind.FLOW else found.value


def _seen(subject: _Subject, values: Daily, rival: _Rival, dossier: Dossier) -> Reading | Message:
    """A competitor's metric on the subject's channels, or why it is not told on them."""
    metric = METRICS["mentions"] if subject.metric.id == VOICE else subject.metric
    told, own = _told_on(metric, rival.values), _told_on(metric, values)
    wanted = frozenset(subject.channels) or own
    if told == {WHOLE} or wanted == {WHOLE}:
        channels: tuple[str, ...] = ()
        fits = not subject.channels
    else:
        channels, fits = tuple(sorted(wanted)), wanted <= told
    if not fits:
        names = tuple(say(f"channels.{name}") for name in sorted(told))
        return say("measure.reason.seen_elsewhere", channels=names)
    return reading(metric.id, rival.values, dossier, channels)


def _competitors(
    current: Measurement, others: Iterable[tuple[_Rival, Reading | Message]], now: Period
) -> Iterator[Against]:
    for rival, found in others:
        if isinstance(found, Message):
            number = replace(current, value=None, interval=None, numerator=None, denominator=None, sources=())
            yield Against("competitor", without(number, found), competitor=rival.name)
            continue
        number = measurement(found, now)
        told = difference(METRICS[current.metric], current.value, number.value)
        yield Against("competitor", number, told, within_noise(current, number), rival.name)


# ---------------------------------------------------------------- share of voice


def _voice(
    dossier: Dossier, values: Daily, others: Sequence[tuple[_Rival, Reading | Message]], now: Period
) -> tuple[Measurement, list[Against]]:
    """Mentions of the brand and of each competitor over those of all (METHODS §1).

    All is what the files count as the market, or the brand and its named competitors where no file does; then a window
    in which one of these is not told has no share.
    """
    own = reading("mentions", values, dossier)
    market = reading("market_mentions", values, dossier) if values.strands.get("market_mentions") else None
    known = [(rival, found) for rival, found in others if isinstance(found, Reading)]

    def shares(period: Period) -> tuple[Measurement, ...]:
        counts = [measurement(each, period) for each in (own, *(found for _, found in known))]
        if market is None:
            whole = _together(counts) if known else without(counts[0], say("measure.reason.no_competitors"))
        else:
            whole = measurement(market, period)
        return tuple(_share(count, whole) for count in counts)

    current, *rivals = shares(now)
    metric = METRICS[VOICE]
    against = []
    for kind, period in (("year", year_before(now)), ("previous", previous(now))):
        if own.span is not None and own.span.meet(period):
            then = shares(period)[0]
            told = difference(metric, current.value, then.value)
            against.append(Against(kind, then, told, within_noise(current, then)))  # type: ignore[arg-type]
    for (rival, _), number in zip(known, rivals, strict=True):
        told = difference(metric, current.value, number.value)
        against.append(Against("competitor", number, told, parts_within_noise(current, number), rival.name))
    return current, against


def _together(counts: Sequence[Measurement]) -> Measurement:
    """All counts added; the reason of the first one that is unknown."""
    missing = next((each for each in counts if each.value is None), None)
    if missing is not None:
        return missing
    state = State.PARTIAL if any(each.state is State.PARTIAL for each in counts) else State.COMPLETE
    paths = tuple(sorted({path for each in counts for path in each.sources}))
    return replace(counts[0], value=sum(each.value or 0.0 for each in counts), state=state, sources=paths)


def _share(count: Measurement, whole: Measurement) -> Measurement:
    missing = next((each for each in (count, whole) if each.value is None), None)
    told = Measurement(VOICE, Unit.RATE, None, count.period, coverage=count.coverage)
    if missing is not None:
        return without(told, missing.reason)
    top, bottom = count.value or 0.0, whole.value or 0.0
    if bottom <= 0:
        return without(told, say("measure.reason.no_mentions"))
    partial = State.PARTIAL in (count.state, whole.state)
    return replace(
        told,
        value=top / bottom,
        state=State.PARTIAL if partial else State.COMPLETE,
        numerator=top,
        denominator=bottom,
        interval=wilson(top, bottom),
        sources=tuple(sorted({*count.sources, *whole.sources})),
    )
