"""What an edition says of the one before it; compares nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sitegen.messages import Message, Period, Quantity, Text

Term = Literal["kpi", "target", "deadline", "baseline", "margin", "incrementality", "tax"]


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """From `date` on, `metric` means `new`; no `channels`: on all of them."""

    metric: str
    channels: tuple[str, ...]
    date: date
    old: Text | Message
    new: Text | Message


@dataclass(frozen=True, slots=True)
class ObjectiveChange:
    """An objective then and now; a status is None where the objective was not there, a value where it is not known."""

    objective: str
    name: Text | Message
    status_before: str | None
    status_now: str | None
    before: Quantity | None
    now: Quantity | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A number of the return then and now; at least one of them is known."""

    name: Message
    before: Quantity | None
    now: Quantity | None


@dataclass(frozen=True, slots=True)
class StateChange:
    """A sign whose state is another one."""

    id: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class CheckChange:
    """A check that comes to something else; a score is None where there was or is none: then the state tells why."""

    id: str
    before: float | None
    before_state: str
    now: float | None
    now_state: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What became of a recommendation that was open in an earlier edition, the first of them on `since`.

    `gone`: what it answered is no longer found, and nobody said that it was done.
    """

    action: str
    what: Message | Text
    since: date
    state: Literal["done", "refused", "open", "gone"]
    on: date | None = None
    told: Text | None = None
    owner: Text | None = None
    review: date | None = None


@dataclass(frozen=True, slots=True)
class TermChange:
    """What an objective, or the return, is reckoned with then and now; `subject` is None for the return."""

    term: Term
    subject: Text | Message | None
    before: Message | Text | Quantity | date | str | None
    now: Message | Text | Quantity | date | str | None


@dataclass(frozen=True, slots=True)
class Restated:
    """A value of an earlier edition that the files tell otherwise today; None where they told none then, or now."""

    metric: str
    channel: str | None
    period: Period
    before: Quantity | None
    now: Quantity | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """All that is another thing than in the edition `period` of the day `since`."""

    since: date
    period: str
    objectives: tuple[ObjectiveChange, ...] = ()
    returns: tuple[Moved, ...] = ()
    signs: tuple[StateChange, ...] = ()
    checks: tuple[CheckChange, ...] = ()
    followups: tuple[FollowUp, ...] = ()
    fresh: tuple[Message | Text, ...] = ()  # recommended now for the first time
    terms: tuple[TermChange, ...] = ()
    definitions: tuple[DefinitionChange, ...] = ()
    restated: tuple[Restated, ...] = ()
