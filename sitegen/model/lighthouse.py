"""Lighthouse reports (LHR) as they lie in their files, and the runs that `check` makes of them (METHODS §6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

Place: TypeAlias = tuple[int, int]  # line and column, from 1
FormFactor: TypeAlias = Literal["mobile", "desktop"]
Throttling: TypeAlias = Literal["simulate", "devtools", "provided"]

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")  # those that every version has
METRICS = (
    "largest-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
    "first-contentful-paint",
    "speed-index",
    "server-response-time",
)
UNITLESS = "cumulative-layout-shift"  # the others are milliseconds
PASSED = 0.9  # an audit with a lower score has failed


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit as the report has it. `shares`: category → the part of that category's score that hangs on it, 0..1."""

    id: str
    score: Any
    mode: Any
    value: Any
    unit: Any
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What is kept of one report, unjudged: values as they stand, None for what it does not have.

    `scores` has the categories that the report has. `places` are those of the report's own keys.
    """

    path: str
    digest: str
    version: Any
    fetched: Any
    requested: Any
    final: Any
    gathering: Any
    error: Any  # the code of its runtimeError
    warnings: int
    form_factor: Any
    throttling: Any
    locale: Any
    scores: Mapping[str, Any]
    audits: tuple[Audit, ...]
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LabMetric:
    """One of `METRICS`: milliseconds, or without a unit."""

    id: str
    value: float
    unit: Literal["millisecond", "unitless"]


@dataclass(frozen=True, slots=True)
class LabAudit:
    """An audit that counts, with its score 0..1. `category` is the one whose score hangs on it most, by `share`.

    `listed`: it is in one of `CATEGORIES`, or the report has no categories.
    """

    id: str
    score: float
    category: str | None
    share: float
    listed: bool = True


@dataclass(frozen=True, slots=True)
class LabRun:
    """One run of Lighthouse on one page.

    `url` is the page that was measured, `requested` the one that was asked for, both without query. A category's score
    is 0..1, None where Lighthouse gave none; `scores` has only those that the report has. `unscored` are the audits
    that count and could not be scored.
    """

    path: str
    digest: str
    version: str
    major: int
    fetched: datetime  # in UTC
    requested: str
    url: str
    form_factor: FormFactor | None
    throttling: Throttling | None
    locale: str | None
    scores: Mapping[str, float | None]
    metrics: tuple[LabMetric, ...]
    audits: tuple[LabAudit, ...]
    unscored: tuple[str, ...] = ()
    warnings: int = 0

    @property
    def failing(self) -> tuple[str, ...]:
        """The ids of the audits that failed."""
        return tuple(audit.id for audit in self.audits if audit.score < PASSED)
