"""A client as `check` leaves it, built from plain numbers: one source is a first day and daily values by metric."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sitegen.measure.daily import daily
from sitegen.measure.progress import progress
from sitegen.messages import Message
from sitegen.model.authored import Client, ExchangeRate, FrozenBaseline, Objective, Thresholds
from sitegen.model.computed import Progress
from sitegen.model.facts import Dossier, Records

NAN = float("nan")
Cell = float | None


def source(
    first: date, metrics: Mapping[str, Sequence[Cell]], channel: str = "website", path: str = "site.csv", **more: Any
) -> Records:
    """One row a day from `first`; None is an empty cell."""
    length = len(next(iter(metrics.values())))
    rows = [(first + timedelta(i), channel, {name: cells[i] for name, cells in metrics.items()}) for i in range(length)]
    return rowed(rows, path, **more)


def rowed(rows: Sequence[tuple[date, str, Mapping[str, Cell]]], path: str = "site.csv", **more: Any) -> Records:
    """Rows as they stand in a file: day, channel, cells."""
    channels = tuple(sorted({channel for _, channel, _ in rows}))
    names = sorted({name for _, _, cells in rows for name in cells})
    return Records(
        path=path,
        digest="0" * 64,
        days=array("q", [day.toordinal() for day, _, _ in rows]),
        lines=array("q", range(2, len(rows) + 2)),
        channels=array("q", [channels.index(channel) for _, channel, _ in rows]),
        channel_names=channels,
        metrics={name: array("d", [_cell(cells.get(name)) for _, _, cells in rows]) for name in names},
        **{"currency": None, **more},
    )


def _cell(value: Cell) -> float:
    return NAN if value is None else float(value)


def dossier(
    *records: Records,
    rates: Sequence[ExchangeRate] = (),
    baselines: Mapping[str, FrozenBaseline] | None = None,
    **client: Any,
) -> Dossier:
    """A Moroccan client, in MAD, with these records; keywords are keys of its `client.yaml`."""
    return Dossier(
        slug="atlas",
        client=Client.model_validate({"name": "Atlas", "country": "MA", **client}),
        languages=("fr", "en"),
        country="MA",
        currency="MAD",
        timezone="Africa/Casablanca",
        baselines=baselines or {},
        records=tuple(records),
        rates=tuple(rates),
        thresholds=Thresholds(),
        latency_days=2,
    )


def rate(currency: str, to: str, value: float, start: str) -> ExchangeRate:
    given = {"currency": currency, "to": to, "rate": value, "start": start, "source": "Bank Al-Maghrib"}
    return ExchangeRate.model_validate(given)


def stands(goal: Mapping[str, Any], as_of: date, *records: Records, **more: Any) -> Progress:
    """Where the objective `goal` stands."""
    client = dossier(*records, objectives=[dict(goal)], **more)
    objective: Objective = client.client.objectives[0]
    return progress(objective, client, daily(client, as_of), as_of)


def days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


def key(message: Message | None) -> str | None:
    return message.key if message else None


def weekly(
    first: date, metrics: Mapping[str, Sequence[Cell]], channel: str = "website", path: str = "site.csv", **more: Any
) -> Records:
    """One row a week from `first`; None is an empty cell."""
    length = len(next(iter(metrics.values())))
    rows = [
        (first + timedelta(7 * i), channel, {name: cells[i] for name, cells in metrics.items()}) for i in range(length)
    ]
    return rowed(rows, path, **{"grain": "week", **more})


def monthly(
    firsts: Sequence[str],
    metrics: Mapping[str, Sequence[Cell]],
    channel: str = "website",
    path: str = "site.csv",
    **more: Any,
) -> Records:
    """One row for each of the months that begin on `firsts`."""
    rows = [
        (date.fromisoformat(first), channel, {name: cells[i] for name, cells in metrics.items()})
        for i, first in enumerate(firsts)
    ]
    return rowed(rows, path, **{"grain": "month", **more})
