"""What every check sees, and the shapes of what it finds. Holds no rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from sitegen.messages import Message, Text, say
from sitegen.model.authored import Answer, Answers, Client
from sitegen.model.computed import Comparison, Scorecard

TOLD = {"yes": 1.0, "partly": 0.5, "no": 0.0}
DECLARED = 0.5  # the best score of a statement that data should confirm


@dataclass(frozen=True, slots=True)
class Case:
    """What was authored and what was measured of one client."""

    client: Client
    scorecard: Scorecard

    @property
    def answers(self) -> Answers:
        return self.client.answers

    @property
    def as_of(self) -> date:
        return self.scorecard.as_of

    def comparison(self, metric: str) -> Comparison | None:
        return next((each for each in self.scorecard.comparisons if each.metric == metric), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check's score (1, 0.5, 0; None when there is none) and why, in one sentence."""

    score: float | None
    state: Literal["scored", "unknown", "not_applicable"]
    origin: Literal["data", "answer", "none"]
    reason: Message
    conflict: Message | None = None
    evidence: Text | None = None
    sources: tuple[str, ...] = ()


Rule: TypeAlias = Callable[[Case], Outcome]


def shown(score: float, reason: Message, answer: Answer | None = None, sources: tuple[str, ...] = ()) -> Outcome:
    """A score that data give. An answer that says otherwise loses, and that is said."""
    told = answer.said if answer else ""
    against = (told == "yes" and score < 1) or (told == "no" and score > 0)
    conflict = say("checks.conflict", answer=say(f"answers.is_{told}")) if against else None
    return Outcome(score, "scored", "data", reason, conflict, answer.evidence if answer else None, tuple(sources))


def answered(id: str, answer: Answer, *, at_most: float = 1.0) -> Outcome:
    """A score that only the answer gives; `at_most` where data should show it."""
    if answer.said not in TOLD:
        return unknown(id)
    return stated(min(TOLD[answer.said], at_most), say(f"checks.{id}.answer_{answer.said}"), answer)


def stated(score: float, reason: Message, answer: Answer | None = None) -> Outcome:
    """A score that rests on what somebody wrote."""
    return Outcome(score, "scored", "answer", reason, evidence=answer.evidence if answer else None)


def unknown(id: str) -> Outcome:
    """Nobody told and nothing shows it: never a pass."""
    return Outcome(None, "unknown", "none", say(f"checks.{id}.unknown"))


def exempt(reason: Text | Message) -> Outcome:
    """The question does not apply, for this reason."""
    return Outcome(None, "not_applicable", "answer", say("checks.not_applicable", reason=reason))


def graded(share: float, whole: float, part: float) -> float:
    """1 from `whole` on, 0.5 from `part` on, else 0."""
    return 1.0 if share >= whole else 0.5 if share >= part else 0.0
