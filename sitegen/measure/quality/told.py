"""What the checks share in telling: notices at a file, names, and the line that a day of a series stands on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np

from sitegen.errors import Problem, Severity
from sitegen.measure.daily import ends
from sitegen.messages import Message, say
from sitegen.model.facts import Dossier

Place: TypeAlias = tuple[str, int]  # path and line, 0 for the whole file


def notice(
    place: str | Place, message: Message, severity: Severity = Severity.WARNING, hint: str | None = None
) -> Problem:
    """A problem at a file or at a line of it; `hint` is a key of `quality.hint`."""
    path, line = (place, 0) if isinstance(place, str) else place
    return Problem(path, line, min(line, 1), message, say(f"quality.hint.{hint}") if hint else None, severity)


def names(metrics: Iterable[str]) -> tuple[Message, ...]:
    """The metrics as they are named within a sentence."""
    return tuple(say(f"metrics.{metric}.name") for metric in sorted(set(metrics)))


def series(metric: str, channel: str) -> Message:
    """One metric in one channel, within a sentence."""
    return say("quality.series", metric=say(f"metrics.{metric}.name"), channel=say(f"channels.{channel}"))


def place(dossier: Dossier, sources: Iterable[str], metric: str, channel: str, day: int) -> Place:
    """The first row of these files that tells the metric and channel on the ordinal `day`; else the first file."""
    paths = sorted(sources)
    for records in sorted(dossier.records, key=lambda records: records.path):
        if records.path not in paths or metric not in records.metrics or channel not in records.channel_names:
            continue
        days, channels = np.asarray(records.days, dtype=np.int64), np.asarray(records.channels)
        tells = (days <= day) & (day <= ends(records)) & (channels == records.channel_names.index(channel))
        rows = np.flatnonzero(tells & ~np.isnan(np.asarray(records.metrics[metric], dtype=np.float64)))
        if rows.size:
            return records.path, int(records.lines[int(rows[0])])
    return paths[0], 0


def file(dossier: Dossier, path: str) -> str:
    """A file as the client's people know it: within their folder."""
    return path.removeprefix(f"data/{dossier.slug}/")
