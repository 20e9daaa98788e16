"""Conversations in, how they are answered out: rates, the median first answer, the work that it is (METHODS §1).

A conversation without an answer is infinitely late: leaving it out would reward silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import Literal

from sitegen.measure.evidence import FEWEST, WEEK, Gauge, Part, window, within
from sitegen.messages import Period, Unit, say
from sitegen.model.authored import Event, Spans
from sitegen.model.computed import EvidenceFile, InboxChannel, InboxNumbers, Measurement
from sitegen.model.evidence import Grain, InboxSheet, Talk
from sitegen.model.facts import Dossier

SHORT, LONG = 12 * WEEK, 52 * WEEK  # days; the long period where the short one has too few
PROMISE = 240.0  # minutes, where no other promise is declared
CAMPAIGNS = frozenset({"sale", "campaign"})  # kinds of events that bring messages
DAY = 1440


def inbox(dossier: Dossier, as_of: date) -> InboxNumbers | None:
    """The numbers of the last twelve weeks, of the last year where these have too few; None without a row.

    Rows that reach beyond `as_of` do not count.
    """
    sheets = [_until(sheet, as_of) for sheet in dossier.evidence.inbox]
    lasts = [last for sheet in sheets for last in _lasts(sheet)]
    if not lasts:
        return None
    year = window(lasts, as_of, LONG)
    told = [_Row(talk, _span(sheet)) for sheet in sheets for talk in sheet.talks]
    period = window(lasts, as_of, SHORT)
    if sum(row.talk.received for row in told if row.inside(period)) < FEWEST:
        period = year
    clock = _clock(told, dossier.client.inbox.opening_hours)
    told = [replace(row, wait=clock.wait(row.talk)) for row in told]
    paths = tuple(sorted({sheet.path for sheet in sheets if sheet.talks}))
    gauge, rows = Gauge(period, dossier.thresholds, paths), [row for row in told if row.inside(period)]
    promise = dossier.client.inbox.promise or PROMISE
    settings = dossier.client.inbox
    received = sum(row.talk.received for row in rows)
    covered = _weeks(rows, period)
    per_week = gauge.count("conversations_per_week", received / len(covered)) if covered else _nothing(gauge)
    needed = _needed(gauge, per_week, settings.handling_minutes)
    available = _available(gauge, settings.hours_per_week)
    first, endless = _median(gauge, rows)
    campaigns = _campaigns(dossier.client.events)
    yearly = replace(gauge, period=year)
    return InboxNumbers(
        files=tuple(sorted(_file(sheet) for sheet in dossier.evidence.inbox)),
        period=period,
        grain=coarsest(sheet.grain for sheet in sheets if sheet.talks),
        clock=clock.name,
        hours_declared=settings.opening_hours is not None,
        promise=promise,
        promise_declared=settings.promise is not None,
        received=gauge.count("conversations_received", received),
        answered=gauge.count("conversations_answered", sum(row.talk.answered or 0 for row in rows)),
        response_rate=_answered(gauge, "response_rate", rows),
        in_time_rate=_in_time(gauge, rows, promise),
        first_response=first,
        mostly_unanswered=endless,
        weeks=_covered(gauge, len(covered)),
        negative=_negative(gauge, rows),
        campaign=_by_week(yearly, "campaign_response_rate", told, campaigns, during=True),
        outside=_by_week(yearly, "outside_response_rate", told, campaigns, during=False),
        per_week=per_week,
        handling_minutes=settings.handling_minutes,
        needed=needed,
        available=available,
        staffing=_staffing(gauge, available, needed),
        channels=tuple(_channels(gauge, rows)),
    )


# ---------------------------------------------------------------- rows


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with the days that it is about, and the minutes until the answer as the client's clock tells them."""

    talk: Talk
    days: int
    wait: float | None = None

    def inside(self, period: Period) -> bool:
        """Whether the whole row is of the period."""
        return within(self.talk.day, period) and within(self.talk.day + self.days - 1, period)


def _span(sheet: InboxSheet) -> int:
    return WEEK if sheet.grain == "week" else 1


def _until(sheet: InboxSheet, as_of: date) -> InboxSheet:
    last = as_of.toordinal() - _span(sheet) + 1
    return replace(sheet, talks=tuple(talk for talk in sheet.talks if talk.day <= last))


def _lasts(sheet: InboxSheet) -> Iterator[int]:
    """The last day of each row."""
    return (talk.day + _span(sheet) - 1 for talk in sheet.talks)


def _file(sheet: InboxSheet) -> EvidenceFile:
    days, lasts = [talk.day for talk in sheet.talks], list(_lasts(sheet))
    period = Period(date.fromordinal(min(days)), date.fromordinal(max(lasts))) if days else None
    return EvidenceFile(sheet.path, sheet.digest, "inbox", sheet.grain, len(days), sheet.left_out, period)


# ---------------------------------------------------------------- rates


def _answered(gauge: Gauge, metric: str, rows: Iterable[_Row]) -> Measurement:
    """Answered ÷ received, of the rows that tell both."""
    cases = of = untold = 0
    for row in rows:
        if row.talk.answered is None:
            untold += row.talk.received
        else:
            cases += row.talk.answered
            of += row.talk.received
    return gauge.share(metric, Part(cases, of, untold), say("evidence.reason.no_answers"), few="few_conversations")


def _in_time(gauge: Gauge, rows: Iterable[_Row], promise: float) -> Measurement:
    """Answered within the promise ÷ received, of the rows that tell it."""
    cases = of = untold = 0
    for row in rows:
        talk = row.talk
        if talk.in_time is not None:
            cases, of = cases + talk.in_time, of + talk.received
        elif talk.answered == 0:
            of += talk.received
        elif talk.received == 1 and row.wait is not None:
            cases, of = cases + (row.wait <= promise), of + 1
        else:
            untold += talk.received
    reason = say("evidence.reason.no_waits")
    return gauge.share("in_time_rate", Part(cases, of, untold), reason, few="few_conversations")


def _negative(gauge: Gauge, rows: Sequence[_Row]) -> Measurement:
    if not any(row.talk.sentiment for row in rows):
        return gauge.none("negative_response_rate", Unit.RATE, say("evidence.reason.no_tone"))
    return _answered(gauge, "negative_response_rate", (row for row in rows if row.talk.sentiment == "negative"))


def _channels(gauge: Gauge, rows: Iterable[_Row]) -> Iterator[InboxChannel]:
    grouped: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        grouped[row.talk.channel].append(row)
    counts = {channel: sum(row.talk.received for row in told) for channel, told in grouped.items()}
    for channel in sorted(grouped, key=lambda channel: (-counts[channel], channel)):
        numbers = (
            gauge.count("conversations_received", counts[channel]),
            _answered(gauge, "response_rate", grouped[channel]),
            _median(gauge, grouped[channel])[0],
        )
        yield InboxChannel(channel, *(replace(number, channel=channel) for number in numbers))


# ---------------------------------------------------------------- the first answer


def _median(gauge: Gauge, rows: Sequence[_Row]) -> tuple[Measurement, bool]:
    """The lower median of all waits, and whether it has no end; a row of several counts as often as it has some."""
    metric, waits, untold = "first_response", list[tuple[float, int]](), 0
    for row in rows:
        talk = row.talk
        if talk.answered is None:
            untold += talk.received
            continue
        if talk.received > talk.answered:
            waits.append((inf, talk.received - talk.answered))
        if row.wait is None:
            untold += talk.answered
        elif talk.answered:
            waits.append((row.wait, talk.answered))
    known = sum(weight for _, weight in waits)
    if not any(wait < inf for wait, _ in waits) and untold:
        return gauge.none(metric, Unit.MINUTES, say("evidence.reason.no_waits")), False
    if known < FEWEST:
        return gauge.few(metric, Unit.MINUTES, "few_conversations", known), False
    coverage = known / (known + untold)
    if coverage < gauge.thresholds.coverage_partial:
        return gauge.none(metric, Unit.MINUTES, say("evidence.reason.no_waits"), coverage), False
    lower, upper = middle(waits)
    if lower == inf:
        return gauge.none(metric, Unit.MINUTES, say("evidence.reason.mostly_unanswered"), coverage), True
    number = gauge.count(metric, lower, Unit.MINUTES)
    return replace(number, coverage=coverage, state=gauge.state(coverage), at_least=upper == inf), False


def middle(waits: Iterable[tuple[float, int]]) -> tuple[float, float]:
    """The lower and the upper median of values with weights, which are the same for an odd number."""
    ranked = sorted(waits)
    whole = sum(weight for _, weight in ranked)
    return _at(ranked, (whole + 1) // 2), _at(ranked, whole // 2 + 1)


def _at(ranked: Sequence[tuple[float, int]], place: int) -> float:
    """The value at a place, from 1."""
    seen = 0
    for value, weight in ranked:
        seen += weight
        if seen >= place:
            return value
    raise ValueError(place)


@dataclass(frozen=True, slots=True)
class Clock:
    """The opening hours of a week, Monday first; without any, all hours count."""

    week: tuple[Spans, ...] | None = None

    @property
    def name(self) -> Literal["opening", "all"]:
        """How minutes are counted."""
        return "opening" if self.week else "all"

    def wait(self, talk: Talk) -> float | None:
        """The minutes of a wait that count."""
        if self.week is None or talk.wait is None or talk.minute is None:
            return talk.wait
        start = DAY * (talk.day - 1) + talk.minute  # ordinal 1 is a Monday
        return self._before(start + talk.wait) - self._before(start)

    def _before(self, moment: float) -> float:
        """The open minutes from the first Monday until then."""
        assert self.week is not None  # noqa: S101 - asked by `wait` alone
        days, minute = divmod(moment, DAY)
        weeks, today = divmod(int(days), WEEK)
        lengths = [sum(until - from_ for from_, until in spans) for spans in self.week]
        opened = sum(max(0.0, min(minute, until) - from_) for from_, until in self.week[today])
        return float(weeks * sum(lengths) + sum(lengths[:today]) + opened)


def _clock(rows: Iterable[_Row], hours: tuple[Spans, ...] | None) -> Clock:
    """Opening hours only where they are declared, and every wait is of one conversation with the time of its start."""
    waited = [row.talk for row in rows if row.talk.wait is not None]
    if hours and waited and all(talk.minute is not None and talk.received == 1 for talk in waited):
        return Clock(hours)
    return Clock()


# ---------------------------------------------------------------- weeks and campaigns


def _weeks(rows: Iterable[_Row], period: Period) -> frozenset[int]:
    """The weeks of the period, counted from its start, of which a row tells."""
    start = period.start.toordinal()
    return frozenset((row.talk.day - start) // WEEK for row in rows)


def _covered(gauge: Gauge, covered: int) -> Measurement:
    whole = gauge.period.days // WEEK
    number = gauge.count("weeks_covered", covered / whole, Unit.RATE)
    return replace(number, numerator=float(covered), denominator=float(whole))


def _campaigns(events: Iterable[Event]) -> frozenset[int]:
    """The ISO weeks, by the ordinal of their Monday, in which a sale or a campaign ran."""
    mondays = set[int]()
    for event in events:
        if event.kind in CAMPAIGNS:
            first, last = event.start.toordinal(), (event.end or event.start).toordinal()
            mondays.update(_monday(day) for day in (*range(first, last, WEEK), last))
    return frozenset(mondays)


def _monday(day: int) -> int:
    return day - (day - 1) % WEEK


def _by_week(
    gauge: Gauge, metric: str, rows: Sequence[_Row], campaigns: frozenset[int], *, during: bool
) -> Measurement:
    """The response rate in the weeks with a campaign, or in the others, over a year."""
    told = [row for row in rows if row.inside(gauge.period)]
    if not any(_monday(row.talk.day) in campaigns for row in told):
        return gauge.none(metric, Unit.RATE, say("evidence.reason.no_campaign", period=gauge.period))
    return _answered(gauge, metric, (row for row in told if (_monday(row.talk.day) in campaigns) is during))


# ---------------------------------------------------------------- who answers


def _nothing(gauge: Gauge) -> Measurement:
    return gauge.few("conversations_per_week", Unit.COUNT, "few_conversations", 0)


def _needed(gauge: Gauge, per_week: Measurement, minutes: float | None) -> Measurement:
    """Hours a week that answering takes."""
    if minutes is None:
        return gauge.none("hours_needed", Unit.HOURS, say("evidence.reason.no_handling"))
    if per_week.value is None:
        return gauge.none("hours_needed", Unit.HOURS, per_week.reason or say("evidence.reason.no_handling"))
    return gauge.count("hours_needed", per_week.value * minutes / 60, Unit.HOURS)


def _available(gauge: Gauge, hours: float | None) -> Measurement:
    if hours is None:
        return gauge.none("hours_available", Unit.HOURS, say("evidence.reason.no_hours"))
    return replace(gauge.count("hours_available", hours, Unit.HOURS), sources=())


def _staffing(gauge: Gauge, available: Measurement, needed: Measurement) -> Measurement:
    if available.value is None or not needed.value:
        reason = available.reason or needed.reason or say("evidence.reason.no_handling")
        return gauge.none("staffing", Unit.RATE, reason)
    return gauge.count("staffing", available.value / needed.value, Unit.RATE)


def coarsest(grains: Iterable[Grain]) -> Grain:
    """The grain of a number that rests on files of several."""
    return max(grains, key=("each", "day", "week").index)
