"""The customer service in, one figure out: its contacts by channel now and before, and their cost. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.draw import words
from sitegen.messages import Message, Param, Period, Quantity, Unit, say
from sitegen.model.built import Cell, Figure, FigureTable, Legend
from sitegen.model.computed import Edition, Measurement, ServiceSaving, State

LEVEL = 0.02  # relative change of the cost of a contact that counts as none
_LEGEND = (
    Legend("chart-muted", "bar", say("figures.service.before")),
    Legend("chart-1", "bar", say("figures.service.now")),
)


@dataclass(frozen=True, slots=True)
class Channel:
    """Contacts through one channel or all of them, and the cost of one, before and now."""

    name: Message
    before: Measurement
    now: Measurement
    unit_before: Measurement
    unit_now: Measurement


def figures(edition: Edition) -> Iterator[Figure]:
    """`service-contacts`, when the contacts of a channel are known."""
    returns = edition.scorecard.returns
    service = returns.service
    if service and returns.period and any(_known(channel) for channel in channels(service)):
        yield _figure(service, returns.period, returns.currency)


def channels(service: ServiceSaving) -> tuple[Channel, ...]:
    """All of them together first, when there are several."""
    each = [
        Channel(
            say(f"channels.{line.channel}"),
            line.contacts_before,
            line.contacts_now,
            line.unit_before,
            line.unit_now,
        )
        for line in service.lines
    ]
    together = Channel(
        say("figures.whole"),
        service.contacts_before,
        service.contacts_now,
        service.per_contact_before,
        service.per_contact_now,
    )
    return (together, *each) if len(each) > 1 else tuple(each)


def _known(channel: Channel) -> bool:
    return channel.before.value is not None or channel.now.value is not None


def _partial(channel: Channel) -> bool:
    """Whether days or channels are missing on one side, so that the two are not compared."""
    return State.PARTIAL in (channel.before.state, channel.now.state)


def _figure(service: ServiceSaving, period: Period, currency: str) -> Figure:
    found = channels(service)
    rows, labels = words.labelled(_row(channel, currency) for channel in found)
    longest = max(max(channel.before.value or 0.0, channel.now.value or 0.0) for channel in found)
    sources = words.paths(m for each in found for m in (each.before, each.now, each.unit_before, each.unit_now))
    return Figure(
        id="service-contacts",
        subject="returns",
        template="service",
        datasets={"rows": rows},
        params={"x_domain": (0.0, longest or 1.0)},
        title=title(service, currency),
        subtitle=say("figures.service.subtitle", period=period, sources=words.sources(sources)),
        description=say("figures.service.described", channels=tuple(_told(each, currency) for each in found)),
        table=_table(found, currency),
        unit=Unit.COUNT,
        legend=_LEGEND,
        labels=labels,
        sources=sources,
        note=words.together(_notes(service, period)),
    )


def title(service: ServiceSaving, currency: str) -> Message:
    """The cost of a contact now and before, and what that makes: a service that costs less, or time that is free."""
    before, now = service.per_contact_before, service.per_contact_now
    if before.value is None or now.value is None:
        return _contacts(service)
    change = now.value / before.value - 1 if before.value else 0.0
    place = "level" if abs(change) < LEVEL else "dearer" if change > 0 else "cheaper"
    told: dict[str, Param] = {"now": words.money(now.value, currency)}
    if place != "level":
        told["before"] = words.money(before.value, currency)
    sentence = say(f"figures.service.{place}", **told)
    saving = service.saving
    if saving.value is not None and saving.value > 0:
        amount = words.money(saving.value, currency)
        sentence = say(f"figures.service.{service.nature}", told=sentence, amount=amount)
    return words.qualified(sentence, before, now, saving)


def _contacts(service: ServiceSaving) -> Message:
    counts = {"before": service.contacts_before, "now": service.contacts_now}
    told = {name: words.or_unknown(_count(measured)) for name, measured in counts.items()}
    return words.qualified(say("figures.service.no_cost", **told), *counts.values())


def _row(channel: Channel, currency: str) -> tuple[Mapping[str, Cell], Mapping[str, Param]]:
    before, now = channel.before.value, channel.now.value
    row: dict[str, Cell] = {
        "before": before,
        "now": now,
        "before_words_at": before or 0.0,
        "now_words_at": now or 0.0,
    }
    return row, {
        "name": channel.name,
        "ratio": Quantity(now / before - 1, Unit.CHANGE)
        if before and now is not None and not _partial(channel)
        else "",
        "before_words": words.or_unknown(_count(channel.before)),
        "now_words": words.or_unknown(_count(channel.now)),
        "tip": _told(channel, currency),
    }


def _count(measured: Measurement) -> Quantity | None:
    return None if measured.value is None else Quantity(measured.value, Unit.COUNT)


def _told(channel: Channel, currency: str) -> Message:
    return say(
        "figures.service.told",
        channel=channel.name,
        before=words.or_unknown(_count(channel.before)),
        now=words.or_unknown(_count(channel.now)),
        unit_before=words.or_unknown(words.amount(channel.unit_before.value, currency)),
        unit_now=words.or_unknown(words.amount(channel.unit_now.value, currency)),
    )


def _table(found: Sequence[Channel], currency: str) -> FigureTable:
    names = ("channel", "contacts_before", "contacts_now", "unit_before", "unit_now")
    return FigureTable(
        tuple(say(f"figures.column.{name}") for name in names),
        tuple(
            (
                channel.name,
                _count(channel.before),
                _count(channel.now),
                words.amount(channel.unit_before.value, currency),
                words.amount(channel.unit_now.value, currency),
            )
            for channel in found
        ),
    )


def _notes(service: ServiceSaving, period: Period) -> Iterator[Message]:
    same = service.reference.days == period.days
    yield say(f"figures.service.{'reference' if same else 'scaled'}", period=service.reference)
    partial = tuple(each.name for each in channels(service) if _partial(each))
    if partial:
        yield say("figures.service.partial", channels=partial)
    if service.nature == "freed" and (service.saving.value or 0.0) > 0:
        yield say("figures.service.freed_means")
    reason = service.per_contact_now.reason or service.per_contact_before.reason
    if reason:
        yield reason
