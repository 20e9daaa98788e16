"""What the agency's portfolio tells of each client: a small value beside the Edition, kept when that is long gone.

Frozen dataclasses of plain values, as in `computed`. Money of one client is never beside that of another here: a return
is a ratio, and an amount that a message tells has its own currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from sitegen.errors import Problem
from sitegen.messages import Message, Period, Quantity, Text
from sitegen.model.computed import Status

Standing: TypeAlias = Literal["late", "risk", "open", "well"]
Counting: TypeAlias = Literal["earned", "gained", "claimed"]
Kind: TypeAlias = Literal["judged_from", "deadline", "action"]


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """One objective: what it is about, where it stands, and `standing`, the few words that statuses share."""

    title: Text | None
    kpi: str
    target: str  # as it was written
    status: Status
    standing: Standing
    deadline: date


@dataclass(frozen=True, slots=True)
class Earned:
    """The return on investment: a relative value, or the reason why there is none.

    `counting` says of what: the margin on additional sales, every lever, or the sales that platforms claim. `without`
    names what it leaves out: an empty one is whole.
    """

    value: Quantity | None
    counting: Counting
    period: Period | None
    without: tuple[Message, ...] = ()
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class SignLine:
    """One of the three signs, by its state and by how far that is known."""

    id: str
    state: Literal["present", "absent", "unknown"]
    verdict: Literal["good", "watch", "weak", "unverifiable"]


@dataclass(frozen=True, slots=True)
class Review:
    """A day to look at something again: an objective, by its place among the objectives, or an action."""

    on: date
    kind: Kind
    line: int | None
    what: Message | Text | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """One client at a glance. `data_until` is the last day that its data tell, None where there are none; `stopped` are
    the files that end earlier. `missing` is the data request, by group."""

    slug: str
    name: str
    country: str
    access: Literal["private", "public"]
    status: Literal["draft", "approved"]
    fictitious: bool
    data_until: date | None
    stopped: tuple[str, ...]
    objectives: tuple[ObjectiveLine, ...]
    earned: Earned
    signs: tuple[SignLine, ...]
    missing: tuple[tuple[str, tuple[Message, ...]], ...]
    reviews: tuple[Review, ...]  # the next ones first


@dataclass(frozen=True, slots=True)
class Row:
    """A client in the portfolio. One that failed has its problems, and its last good summary where there was one.

    `unbuilt`: nothing was ever built of it. `addresses` lead to its portal: language → first page.
    """

    slug: str
    name: str
    state: Literal["built", "failed", "unbuilt"]
    summary: Summary | None = None
    problems: tuple[Problem, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rows:
    """All clients of a workspace, what needs attention first."""

    rows: tuple[Row, ...]
