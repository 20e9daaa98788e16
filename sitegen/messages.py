"""Sentences as data: a catalogue key and its typed parameters, with no language in it.

Every stage says what it has to say as a `Message`; only `formats` turns one into words. A number in a sentence is a
`Quantity`, so that it is spelled the same in a sentence, a table and a figure, in every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias


class Unit(StrEnum):
    """What a number counts; `formats` gives each one spelling."""

    COUNT = "count"
    MONEY = "money"
    RATE = "rate"  # a fraction 0..1, shown as a percentage
    CHANGE = "change"  # a relative change, shown as a signed percentage
    POINTS = "points"  # a difference of two rates, a fraction, shown in signed points
    RATIO = "ratio"  # revenue for one unit of money, pace: shown as a plain factor
    MILLISECONDS = "milliseconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. `currency` is an ISO 4217 code and is set exactly when the unit is money."""

    value: float
    unit: Unit
    currency: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole days, both ends included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def shifted(self, days: int) -> Period:
        return Period(self.start + timedelta(days), self.end + timedelta(days))

    def meet(self, other: Period) -> Period | None:
        """The days in both periods, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month as a parameter: "octobre 2026"."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency as a parameter, by its ISO 4217 code: spelled as beside an amount ("DH", "FCFA", "$")."""

    code: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words that the client or the agency wrote, by language; the empty language serves all the others."""

    versions: tuple[tuple[str, str], ...]

    @classmethod
    def plain(cls, words: str) -> Text:
        return cls((("", words),))

    def in_language(self, language: str) -> str:
        """The version for `language` (a tag such as `fr-CA`), else for its base, else the shared or first one."""
        versions = dict(self.versions)
        base = language.partition("-")[0]
        for candidate in (language, base, ""):
            if candidate in versions:
                return versions[candidate]
        return self.versions[0][1] if self.versions else ""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be: `key` is in every catalogue, `params` fill its placeholders."""

    key: str
    params: tuple[tuple[str, Param], ...] = ()

    def __iter__(self) -> Iterator[tuple[str, Param]]:
        return iter(self.params)

    @property
    def named(self) -> Mapping[str, Param]:
        return dict(self.params)


Param: TypeAlias = Quantity | Period | Month | Currency | Text | Message | date | str | int | tuple["Param", ...]


def say(key: str, /, **params: Param) -> Message:
    """A `Message`, written as a call: `say("progress.late", kpi=..., days=3)`."""
    return Message(key, tuple(params.items()))
