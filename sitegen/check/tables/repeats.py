"""Typed rows in, those that tell a day and channel twice out."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sitegen.check.sources import Declaration
from sitegen.check.tables.cells import Mask
from sitegen.check.tables.told import Sentence, told
from sitegen.errors import Problem, Severity
from sitegen.messages import say
from sitegen.model.facts import Records


def without_repeats(declaration: Declaration, found: Records) -> tuple[Records, tuple[Problem, ...]]:
    """Of rows with one day and channel the first; other values in a later one are an error, the same ones a warning."""
    lines = np.asarray(found.lines)
    days, channels = np.asarray(found.days), np.asarray(found.channels)
    if len(np.unique(days.astype(np.int64) * len(found.channel_names) + channels)) == len(days):
        return found, ()
    keys = pd.DataFrame({"day": days, "channel": channels})
    rows = keys.assign(**{metric: np.asarray(column) for metric, column in found.metrics.items()})
    again = keys.duplicated().to_numpy()
    same = rows.duplicated().to_numpy()
    firsts = pd.Series(lines).groupby([keys["day"], keys["channel"]]).transform("first").to_numpy()

    def repeated(chosen: Mask, kind: str, severity: Severity) -> Iterator[Problem]:
        at = np.flatnonzero(chosen)

        def sentence(index: int) -> Sentence:
            row = int(at[index])
            message = say(
                f"problems.{kind}",
                day=date.fromordinal(found.days[row]),
                channel=found.channel_names[found.channels[row]],
                line=str(firsts[row]),
            )
            return message, say(f"problems.hint.{kind}")

        yield from told(declaration, declaration.date, lines[at].tolist(), sentence, severity)

    problems = (
        *repeated(again & ~same, "row_twice", Severity.ERROR),
        *repeated(again & same, "row_repeated", Severity.WARNING),
    )
    return _chosen(found, ~again), problems


def _chosen(found: Records, rows: Mask) -> Records:
    def taken(column: array[Any]) -> array[Any]:
        return array(column.typecode, np.asarray(column)[rows].tobytes())

    return replace(
        found,
        days=taken(found.days),
        lines=taken(found.lines),
        channels=taken(found.channels),
        metrics={metric: taken(column) for metric, column in found.metrics.items()},
    )
