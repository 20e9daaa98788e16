"""The parts of a client that fit in, every name in them that leads nowhere or stands twice out; opens no file.

Metrics, channels, goals, objectives, countries, currencies, time zones, themes and exchange rates are looked up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache
from zoneinfo import available_timezones

from sitegen.check.hints import did_you_mean
from sitegen.check.places import at_key, at_value
from sitegen.check.schema import Draft
from sitegen.errors import Problem, Severity
from sitegen.messages import say
from sitegen.model.authored import ExchangeRate
from sitegen.model.catalogue import CHANNELS, METRICS
from sitegen.model.countries import CFA, COUNTRIES, CURRENCIES
from sitegen.model.facts import Document, Path

_BEFORE: Path = ("gains", "communication", "before")


def client(draft: Draft) -> Iterator[Problem]:
    """All names in `client.yaml`."""
    yield from _place_on_earth(draft)
    yield from _ids(draft)
    yield from _marks(draft.document)
    yield from _twice(draft.document, "value_twice", _words(("languages",), draft.data.get("languages")))
    yield from _twice(draft.document, "event_twice", ((path, event.model_dump_json()) for path, event in draft.events))
    yield from _twice(draft.document, "source_twice", ((path, one.model_dump_json()) for path, one in draft.sources))
    goals = {goal for _, goal in draft.goals}
    for path, objective in draft.objectives:
        channels = (*path, "channels")
        yield from _twice(draft.document, "value_twice", _words(channels, list(objective.channels)))
        yield from _one_of(draft.document, (*path, "kpi"), "unknown_metric", objective.kpi, METRICS)
        for index, channel in enumerate(objective.channels):
            yield from _one_of(draft.document, (*channels, index), "unknown_channel", channel, CHANNELS)
        if objective.goal is not None:
            yield from _one_of(draft.document, (*path, "goal"), "unknown_goal", objective.goal, goals)
    active = draft.data.get("active_channels")
    for index, channel in enumerate(active if isinstance(active, list) else ()):
        if isinstance(channel, str):
            yield from _one_of(draft.document, ("active_channels", index), "unknown_channel", channel, CHANNELS)
    for path, source in draft.sources:
        if source.channel is not None:
            yield from _one_of(draft.document, (*path, "channel"), "unknown_channel", source.channel, CHANNELS)
    yield from _definitions(draft)
    yield from _gains(draft)
    for path, budget in draft.budgets:
        yield from _one_of(draft.document, (*path, "channel"), "unknown_channel", budget.channel, CHANNELS)


def _definitions(draft: Draft) -> Iterator[Problem]:
    """The metrics whose meaning changed, and on which channels."""
    for path, change in draft.definitions:
        yield from _one_of(draft.document, (*path, "metric"), "unknown_metric", change.metric, METRICS)
        for index, channel in enumerate(change.channels):
            yield from _one_of(draft.document, (*path, "channels", index), "unknown_channel", channel, CHANNELS)


def _gains(draft: Draft) -> Iterator[Problem]:
    """The metric and the channels that a gain is read from."""
    if draft.communication is not None:
        now, at = draft.communication.now, ("gains", "communication", "now")
        if now.metric is not None:
            yield from _one_of(draft.document, (*at, "metric"), "unknown_metric", now.metric, METRICS)
        channels = (*at, "channels")
        yield from _twice(draft.document, "value_twice", _words(channels, list(now.channels)))
        for index, channel in enumerate(now.channels):
            yield from _one_of(draft.document, (*channels, index), "unknown_channel", channel, CHANNELS)
    for channel in draft.service.channels if draft.service else ():
        if channel not in CHANNELS:
            hint = did_you_mean(channel, sorted(CHANNELS)) or say("problems.hint.unknown_channel")
            path = ("gains", "service", "channels", channel)
            yield at_key(draft.document, path, say("problems.unknown_channel", value=channel), hint)


def site(document: Document, themes: Collection[str]) -> Iterator[Problem]:
    """All names in `config.yaml`; `themes` are those that can be built with."""
    data = document.data if isinstance(document.data, dict) else {}
    yield from _marks(document)
    yield from _twice(document, "value_twice", _words(("languages",), data.get("languages")))
    if isinstance(theme := data.get("theme"), str):
        yield from _one_of(document, ("theme",), "unknown_theme", theme, themes)
    written = data.get("exchange_rates")
    rates = [
        (("exchange_rates", index), rate)
        for index, rate in enumerate(written if isinstance(written, list) else ())
        if isinstance(rate, dict)
    ]
    for path, rate in rates:
        for key in ("currency", "to"):
            yield from _currency(document, (*path, key), rate.get(key))
    days = ((path, repr([rate.get(key) for key in ("currency", "to", "start")])) for path, rate in rates)
    yield from _twice(document, "rate_twice", days)


def baselines(document: Document, objectives: Collection[str]) -> Iterator[Problem]:
    """Baselines of objectives that `client.yaml` does not have: they are left out, with a warning."""
    frozen = document.data.get("baselines") if isinstance(document.data, dict) else None
    for name in frozen if isinstance(frozen, dict) else ():
        if name not in objectives:
            message, hint = say("problems.unknown_objective", value=name), did_you_mean(name, sorted(objectives))
            yield at_key(document, ("baselines", name), message, hint, Severity.WARNING)


def exchange_rate(
    document: Document,
    path: Path,
    currency: str | None,
    to: str | None,
    first: date | None,
    rates: Collection[ExchangeRate],
) -> Iterator[Problem]:
    """Amounts in `currency` cannot be told in `to` from their `first` day on; `path` is where that is written."""
    if currency is None or to is None or currency == to or not {currency, to} <= CURRENCIES or {currency, to} == CFA:
        return
    starts = [rate.start for rate in rates if (rate.currency, rate.to) == (currency, to)]
    if not starts:
        message = say("problems.no_exchange_rate", currency=currency, to=to)
    elif first is not None and first < min(starts):
        message = say("problems.exchange_rate_too_late", currency=currency, to=to, first=first, start=min(starts))
    else:
        return
    start = first.isoformat() if first is not None else "2026-01-01"
    yield at_value(document, path, message, say("problems.hint.exchange_rate", currency=currency, to=to, start=start))


def costs(draft: Draft, rates: Collection[ExchangeRate]) -> Iterator[Problem]:
    """Costs, and what gains and budgets are told in, need a rate too."""
    for path, cost in draft.costs:
        yield from exchange_rate(
            draft.document, (*path, "currency"), cost.currency, draft.currency, cost.on or cost.start, rates
        )
    if draft.communication is not None:
        before = draft.communication.before
        yield from exchange_rate(
            draft.document, (*_BEFORE, "currency"), before.currency, draft.currency, before.start, rates
        )


def _place_on_earth(draft: Draft) -> Iterator[Problem]:
    document, data = draft.document, draft.data
    if isinstance(country := data.get("country"), str) and re.fullmatch("[A-Z]{2}", country):
        yield from _one_of(document, ("country",), "unknown_country", country, COUNTRIES)
    if isinstance(zone := data.get("timezone"), str):
        yield from _one_of(document, ("timezone",), "unknown_timezone", zone, _timezones())
    yield from _currency(document, ("currency",), data.get("currency"))
    for path, source in draft.sources:
        yield from _currency(document, (*path, "currency"), source.currency)
    for path, cost in draft.costs:
        yield from _currency(document, (*path, "currency"), cost.currency)
    if draft.communication is not None:
        yield from _currency(document, (*_BEFORE, "currency"), draft.communication.before.currency)


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def _ids(draft: Draft) -> Iterator[Problem]:
    """Two objectives, or two goals, with one id."""
    yield from _twice(draft.document, "objective_twice", draft.names)
    yield from _twice(draft.document, "goal_twice", draft.goals)


def _twice(document: Document, kind: str, values: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    """Each value that stands further up too."""
    first: dict[str, Path] = {}
    for path, value in values:
        if first.setdefault(value, path) != path:
            line, _ = document.place(first[value])
            message = say(f"problems.{kind}", value=value, line=str(line))
            yield at_value(document, path, message, say(f"problems.hint.{kind}"))


def _words(path: Path, written: object) -> Iterator[tuple[Path, str]]:
    """The words of a list, each with its path."""
    for index, word in enumerate(written if isinstance(written, list) else ()):
        if isinstance(word, str):
            yield (*path, index), word


def _marks(document: Document) -> Iterator[Problem]:
    """Texts with signs that templates and the proof of the pages read as their own."""
    for path, text in _texts((), document.data):
        if found := re.search(r"\{\{|\}\}|[⟦⟧]", text):
            message = say("problems.reserved_mark", key=_name(path), mark=found[0])
            yield at_value(document, path, message, say("problems.hint.reserved_mark"))


def _texts(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, (dict, list)):
        for step, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts((*path, step), below)


def _name(path: Path) -> str:
    """The innermost key of a path; one language's text goes by the name of all of them."""
    return next((step for step in reversed(path) if isinstance(step, str) and step not in ("fr", "en")), "")


def _currency(document: Document, path: Path, code: object) -> Iterator[Problem]:
    if isinstance(code, str) and re.fullmatch("[A-Z]{3}", code):
        yield from _one_of(document, path, "unknown_currency", code, CURRENCIES)


def _one_of(document: Document, path: Path, kind: str, word: str, options: Collection[str]) -> Iterator[Problem]:
    if word not in options:
        hint = did_you_mean(word, sorted(options)) or say(f"problems.hint.{kind}")
        yield at_value(document, path, say(f"problems.{kind}", value=word), hint)
