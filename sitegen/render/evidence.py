"""Numbers of conversations and posts in, the lines that a page shows of them out; nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.messages import Message, Param, Quantity, Unit, say
from sitegen.model.computed import EvidenceFile, InboxNumbers, Measurement, PostNumbers

LONG = 120.0  # minutes from which a time is told in hours
FEWEST = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A number with its name, how a page shows it, and what it rests on."""

    name: Message
    number: Measurement
    value: Param
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page tells of one kind of files; `sentence` is what an executive takes home."""

    id: str
    about: Message
    sentence: Message
    lines: tuple[Line, ...]
    method: tuple[Message, ...]
    sources: tuple[str, ...]


def evidence(inbox: InboxNumbers | None, posts: PostNumbers | None) -> tuple[Evidence, ...]:
    """Conversations, then posts; nothing of what no file tells."""
    return (*((_inbox(inbox),) if inbox else ()), *((_posts(posts),) if posts else ()))


def wait(minutes: float) -> Quantity:
    """A time in the unit that is easy to read."""
    return Quantity(minutes / 60, Unit.HOURS) if minutes >= LONG else Quantity(minutes, Unit.MINUTES)


def value(number: Measurement) -> Param:
    """What a page shows of a number: a time in minutes or hours, "more than" where it is; else why there is none."""
    if number.value is None:
        return number.reason or say("pages.not_computable")
    if number.unit is Unit.MINUTES:
        told = wait(number.value)
        return say("evidence.inbox.more_than", wait=told) if number.at_least else told
    return Quantity(number.value, number.unit)


def _line(name: Message, number: Measurement, note: Message | None = None) -> Line:
    return Line(name, number, value(number), note if number.value is not None else None)


def _rated(name: Message, number: Measurement) -> Line:
    """A rate with its counts and its interval."""
    if number.numerator is None or number.denominator is None:
        return _line(name, number)
    counts = {"count": int(number.numerator), "of": int(number.denominator)}
    if number.interval is None:
        return _line(name, number, say("evidence.few", **counts))
    low, high = (Quantity(end, Unit.RATE) for end in number.interval)
    return _line(name, number, say("evidence.interval", **counts, low=low, high=high))


# ---------------------------------------------------------------- conversations


def _inbox(told: InboxNumbers) -> Evidence:
    return Evidence(
        "inbox",
        say("evidence.inbox.about", period=told.period, count=_whole(told.received)),
        _answered(told),
        tuple(_inbox_lines(told)),
        tuple(_inbox_method(told)),
        told.received.sources,
    )


def _whole(number: Measurement) -> int:
    return int(number.value or 0)


def _answered(told: InboxNumbers) -> Message:
    rate, first = told.response_rate, told.first_response
    if rate.value is None:
        few = _whole(told.received) < FEWEST
        return (
            say("evidence.inbox.sentence_few", count=_whole(told.received))
            if few
            else say("evidence.inbox.sentence_untold")
        )
    answered = Quantity(rate.value, rate.unit)
    if told.mostly_unanswered:
        return say("evidence.inbox.sentence_never", rate=answered)
    if first.value is None:
        return say("evidence.inbox.sentence_rate", rate=answered)
    kind = "sentence_more" if first.at_least else "sentence"
    return say(f"evidence.inbox.{kind}", rate=answered, wait=wait(first.value))


def _inbox_lines(told: InboxNumbers) -> Iterator[Line]:
    yield _rated(say("evidence.inbox.rate"), told.response_rate)
    yield _rated(say("evidence.inbox.in_time", promise=wait(told.promise)), told.in_time_rate)
    yield _line(say("evidence.inbox.first"), told.first_response, say(f"evidence.inbox.first_note_{told.clock}"))
    yield _rated(say("evidence.inbox.negative"), told.negative)
    yield _line(say("evidence.inbox.campaign"), told.campaign, _beside(told))
    weeks = {"count": int(told.weeks.numerator or 0), "of": int(told.weeks.denominator or 0)}
    yield _line(say("evidence.inbox.weeks"), told.weeks, say("evidence.inbox.weeks_note", **weeks))
    yield _line(say("evidence.inbox.per_week"), told.per_week, say("evidence.inbox.per_week_note"))
    yield _line(say("evidence.inbox.staffing"), told.staffing, _work(told))


def _beside(told: InboxNumbers) -> Message | None:
    if told.campaign.period is None:
        return None
    return say("evidence.inbox.campaign_note", outside=value(told.outside), period=told.campaign.period)


def _work(told: InboxNumbers) -> Message:
    return say("evidence.inbox.staffing_note", available=value(told.available), needed=value(told.needed))


def _inbox_method(told: InboxNumbers) -> Iterator[Message]:
    rate = told.response_rate
    if rate.value is not None:
        counts = {"count": int(rate.numerator or 0), "of": int(rate.denominator or 0)}
        yield say("evidence.inbox.how.rate", **counts, rate=Quantity(rate.value, rate.unit))
    yield say("evidence.inbox.how.median")
    untimed = told.clock == "all" and told.hours_declared
    yield say(f"evidence.inbox.how.{told.clock}{'_untimed' if untimed else ''}")
    if told.grain != "each":
        yield say(f"evidence.inbox.how.grain_{told.grain}")
    if not told.promise_declared:
        yield say("evidence.inbox.how.promise_default", promise=wait(told.promise))
    if told.needed.value is not None and told.per_week.value and told.handling_minutes:
        weekly, each = Quantity(told.per_week.value, Unit.COUNT), Quantity(told.handling_minutes, Unit.MINUTES)
        yield say("evidence.inbox.how.staffing", weekly=weekly, minutes=each, needed=value(told.needed))
    if told.campaign.value is not None and told.campaign.period is not None:
        yield say("evidence.inbox.how.campaign", period=told.campaign.period)
    if left := sum(file.left_out for file in told.files):
        yield say("evidence.inbox.how.left_out", count=left)
    yield say("evidence.inbox.how.fewest", fewest=FEWEST)


# ---------------------------------------------------------------- posts


def _posts(told: PostNumbers) -> Evidence:
    return Evidence(
        "posts",
        say("evidence.posts.about", period=told.period, count=_whole(told.posts)),
        _about(told),
        tuple(_post_lines(told)),
        tuple(_post_method(told)),
        told.posts.sources,
    )


def _about(told: PostNumbers) -> Message:
    questions, off = told.on_question.value, told.off_offer.value
    shares = {
        name: Quantity(each, Unit.RATE) for name, each in (("questions", questions), ("off", off)) if each is not None
    }
    kind = {("questions", "off"): "", ("questions",): "_questions", ("off",): "_off"}.get(tuple(shares), "_none")
    return say(f"evidence.posts.sentence{kind}", **shares)


def _post_lines(told: PostNumbers) -> Iterator[Line]:
    yield _rated(say("evidence.posts.on_question"), told.on_question)
    yield _rated(say("evidence.posts.off_offer"), told.off_offer)
    yield _rated(say("evidence.posts.with_keyword"), told.with_keyword)
    yield _line(say("evidence.posts.kept"), told.kept, _planned(told.kept))
    yield _line(say("evidence.posts.shares"), told.shares, _usual(told))


def _planned(kept: Measurement) -> Message | None:
    if kept.numerator is None or kept.denominator is None or kept.period is None:
        return None
    of = Quantity(kept.denominator, Unit.COUNT)
    return say("evidence.posts.kept_note", count=int(kept.numerator), of=of, period=kept.period)


def _usual(told: PostNumbers) -> Message:
    change, past = told.shares_change.value, told.shares_past.value
    if change is None or past is None:
        return say("evidence.posts.shares_alone")
    return say("evidence.posts.shares_note", change=Quantity(change, Unit.RATIO), past=Quantity(past, Unit.RATE))


def _post_method(told: PostNumbers) -> Iterator[Message]:
    share = told.on_question
    if share.value is not None:
        counts = {"count": int(share.numerator or 0), "of": int(share.denominator or 0)}
        yield say("evidence.posts.how.on_question", **counts, share=Quantity(share.value, share.unit))
    if told.off_offer.value is not None:
        yield say("evidence.posts.how.off_offer")
    if told.with_keyword.value is not None:
        yield say("evidence.posts.how.with_keyword")
    if told.planned_by is not None:
        yield say(f"evidence.posts.how.kept_{told.planned_by}")
    if told.shares.value is not None:
        yield say("evidence.posts.how.shares")
    yield say("evidence.posts.how.fewest", fewest=FEWEST)


def files(inbox: InboxNumbers | None, posts: PostNumbers | None) -> tuple[EvidenceFile, ...]:
    """The files of the register."""
    return (*(inbox.files if inbox else ()), *(posts.files if posts else ()))
