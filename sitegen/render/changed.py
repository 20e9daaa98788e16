"""What an edition says of the one before it in, what its pages tell of that out: lines and rows, nothing compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.messages import Message, Param, say
from sitegen.model import frozen
from sitegen.model.changes import Changes, DefinitionChange, TermChange


@dataclass(frozen=True, slots=True)
class Told:
    """The changes of an edition in sentences: `report` names the one before, `lines` are for the first page, `terms`
    are what is counted otherwise with what it was and is."""

    report: Message
    lines: tuple[Message, ...]
    terms: tuple[tuple[Message, Param, Param], ...]
    definitions: tuple[Message, ...]


def told(changes: Changes | None) -> Told | None:
    """The changes in sentences, None where there is no earlier edition."""
    if changes is None:
        return None
    return Told(
        frozen.label(changes.period) if changes.period else say("editions.day", day=changes.since),
        tuple(_lines(changes)),
        tuple((_term(each), _value(each.before), _value(each.now)) for each in changes.terms),
        tuple(map(_definition, changes.definitions)),
    )


def _lines(changes: Changes) -> Iterator[Message]:
    """What the first page tells: objectives that are judged otherwise by name, all else by its number."""
    kept = 0
    for each in changes.objectives:
        if each.status_before == each.status_now:
            kept += 1
        else:
            before, now = (_status(status, absent) for status, absent in _sides(each.status_before, each.status_now))
            yield say("changes.moved_status", name=each.name, before=before, now=now)
    states = [each.state for each in changes.followups]
    counts = {
        "same_status": kept,
        "few_done": states.count("done"),
        "few_refused": states.count("refused"),
        "few_open": states.count("open"),
        "few_fresh": len(changes.fresh),
        "few_terms": len(changes.terms) + len(changes.definitions),
        "few_restated": len(changes.restated),
    }
    yield from (say(f"changes.{name}", count=count) for name, count in counts.items() if count)


def _sides(before: str | None, now: str | None) -> tuple[tuple[str | None, str], tuple[str | None, str]]:
    return (before, "appeared"), (now, "vanished")


def _status(status: str | None, absent: str) -> Message:
    return say(f"changes.{absent}") if status is None else say(f"status.{status}")


def _term(change: TermChange) -> Message:
    if change.subject is None:
        return say(f"changes.term_of.{change.term}")
    return say(f"changes.term_of.{change.term}", subject=change.subject)


def _value(value: Param | None) -> Param:
    return say("changes.no_value") if value is None else value


def _definition(change: DefinitionChange) -> Message:
    params = {"metric": say(f"metrics.{change.metric}.Name"), "old": change.old, "new": change.new, "day": change.date}
    if not change.channels:
        return say("changes.definition", **params)
    channels = tuple(say(f"channels.{channel}") for channel in change.channels)
    return say("changes.definition_on", channels=channels, **params)
