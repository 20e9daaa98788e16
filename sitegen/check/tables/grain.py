"""Typed rows in, what a row is about out: the day, the week or the month that begins on its date. Changes no cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal, TypeAlias

import numpy as np

from sitegen.check.sources import Declaration
from sitegen.errors import Problem, Severity
from sitegen.messages import say
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.facts import Records

Grain: TypeAlias = Literal["day", "week", "month"]

WEEKS, MONTHS = 4, 3  # rows of one channel, at least, before their rhythm tells anything


def grained(declaration: Declaration, found: Records) -> tuple[Records, tuple[Problem, ...]]:
    """The rows with their grain: as declared, else as the dates tell, which is said."""
    if declaration.grain is not None:
        return replace(found, grain=declaration.grain), ()
    grain = seen(found)
    return replace(found, grain=grain), tuple(_seen(declaration, grain))


def seen(found: Records) -> Grain:
    """`month` when every row is of a first of the month and a channel has three of them, `week` when every row is of
    one weekday and a channel has four; else `day`. Stocks and persons alone have days: nothing is spread of them."""
    if not any(METRICS[metric].kind is Kind.FLOW for metric in found.metrics):
        return "day"
    days = np.unique(np.asarray(found.days))
    rows = _most_rows(found)
    if rows >= MONTHS and all(date.fromordinal(int(day)).day == 1 for day in days):
        return "month"
    if rows >= WEEKS and (days % 7 == days[0] % 7).all():
        return "week"
    return "day"


def _most_rows(found: Records) -> int:
    """The dates of the channel that has most of them."""
    names = len(found.channel_names) + 1
    pairs = np.unique(np.asarray(found.days, np.int64) * names + np.asarray(found.channels))
    return int(np.bincount(pairs % names).max(initial=0))


def _seen(declaration: Declaration, grain: Grain) -> Iterator[Problem]:
    if grain != "day":
        hint = say("problems.hint.grain_seen", file=declaration.file, grain=grain)
        yield Problem(declaration.table.path, 0, 0, say(f"problems.grain_seen.{grain}"), hint, Severity.INFO)
