"""The parts of a client that fit in, every name in them that leads nowhere out; opens no file.

Metrics, channels, goals, objectives, countries, currencies, time zones, themes and exchange rates are looked up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
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


def client(draft: Draft) -> Iterator[Problem]:
    """All names in `client.yaml`."""
    yield from _place_on_earth(draft)
    yield from _ids(draft)
    goals = {goal for _, goal in draft.goals}
    for path, objective in draft.objectives:
        yield from _one_of(draft.document, (*path, "kpi"), "unknown_metric", objective.kpi, METRICS)
        for index, channel in enumerate(objective.channels):
            yield from _one_of(draft.document, (*path, "channels", index), "unknown_channel", channel, CHANNELS)
        if objective.goal is not None:
            yield from _one_of(draft.document, (*path, "goal"), "unknown_goal", objective.goal, goals)
    active = draft.data.get("active_channels")
    for index, channel in enumerate(active if isinstance(active, list) else ()):
        if isinstance(channel, str):
            yield from _one_of(draft.document, ("active_channels", index), "unknown_channel", channel, CHANNELS)
    for path, source in draft.sources:
        if source.channel is not None:
            yield from _one_of(draft.document, (*path, "channel"), "unknown_channel", source.channel, CHANNELS)


def site(document: Document, themes: Collection[str]) -> Iterator[Problem]:
    """All names in `config.yaml`; `themes` are those that can be built with."""
    data = document.data if isinstance(document.data, dict) else {}
    if isinstance(theme := data.get("theme"), str):
        yield from _one_of(document, ("theme",), "unknown_theme", theme, themes)
    rates = data.get("exchange_rates")
    for index, rate in enumerate(rates if isinstance(rates, list) else ()):
        for key in ("currency", "to") if isinstance(rate, dict) else ():
            yield from _currency(document, ("exchange_rates", index, key), rate.get(key))


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
    """Costs in another currency need a rate too."""
    for path, cost in draft.costs:
        yield from exchange_rate(
            draft.document, (*path, "currency"), cost.currency, draft.currency, cost.on or cost.start, rates
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


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def _ids(draft: Draft) -> Iterator[Problem]:
    """Two objectives, or two goals, with one id."""
    for kind, ids in (("objective_twice", draft.names), ("goal_twice", draft.goals)):
        first: dict[str, Path] = {}
        for path, name in ids:
            if first.setdefault(name, path) != path:
                line, _ = draft.document.place(first[name])
                message = say(f"problems.{kind}", value=name, line=str(line))
                yield at_value(draft.document, path, message, say(f"problems.hint.{kind}"))


def _currency(document: Document, path: Path, code: object) -> Iterator[Problem]:
    if isinstance(code, str) and re.fullmatch("[A-Z]{3}", code):
        yield from _one_of(document, path, "unknown_currency", code, CURRENCIES)


def _one_of(document: Document, path: Path, kind: str, word: str, options: Collection[str]) -> Iterator[Problem]:
    if word not in options:
        hint = did_you_mean(word, sorted(options)) or say(f"problems.hint.{kind}")
        yield at_value(document, path, say(f"problems.{kind}", value=word), hint)
