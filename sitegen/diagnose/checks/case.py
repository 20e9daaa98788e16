"""What every check sees, and the shapes of what it finds. Holds no rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from sitegen.messages import Message, Text, say
from sitegen.model.authored import Answer, Answers, Client, Objective
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Assessment, CheckResult, Comparison, Measurement, Progress, Scorecard

TOLD = {"yes": 1.0, "partly": 0.5, "no": 0.0}
DECLARED = 0.5  # the best score of a statement that data should confirm


@dataclass(frozen=True, slots=True)
class Case:
    """What was authored and what was measured of one client.

    `noted` are the objectives that an analyst's comment explains; `results` what the other checks came to, for those
    that look at them.
    """

    client: Client
    scorecard: Scorecard
    assessments: tuple[Assessment, ...] = ()
    noted: frozenset[str] = frozenset()
    results: Mapping[str, CheckResult] = field(default_factory=dict)

    @property
    def answers(self) -> Answers:
        return self.client.answers

    @property
    def as_of(self) -> date:
        return self.scorecard.as_of

    def comparison(self, metric: str) -> Comparison | None:
        return next((each for each in self.scorecard.comparisons if each.metric == metric), None)

    @property
    def objectives(self) -> Iterator[tuple[Objective, Progress]]:
        """What is written of each objective, and how it goes."""
        return zip(self.client.objectives, self.scorecard.progress, strict=False)

    def told(self, *metrics: str) -> bool:
        """Whether any of these metrics has a value in its last window."""
        return any((found := self.comparison(metric)) and found.current.value is not None for metric in metrics)


def parts(metric: str) -> frozenset[str]:
    """The metric and what it is made of."""
    known = METRICS[metric]
    return frozenset(filter(None, (metric, known.numerator, known.denominator, known.less)))


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
    against = (told == "yes" and score < 1) or (told == "no" and score > 0) or told == "not_applicable"
    conflict = say("checks.conflict", answer=say(f"answers.is_{told}")) if against else None
    return Outcome(score, "scored", "data", reason, conflict, answer.evidence if answer else None, tuple(sources))


def answered(id: str, answer: Answer, *, at_most: float = 1.0) -> Outcome:
    """A score that only the answer gives; `at_most` where data should show it."""
    if answer.not_applicable:
        return exempt(answer.not_applicable)
    if answer.said not in TOLD:
        return unknown(id)
    return stated(min(TOLD[answer.said], at_most), say(f"checks.{id}.answer_{answer.said}"), answer)


def stated(score: float, reason: Message, answer: Answer | None = None) -> Outcome:
    """A score that rests on what somebody wrote."""
    return Outcome(score, "scored", "answer", reason, evidence=answer.evidence if answer else None)


def attested(id: str, answer: Answer, *, at_most: float = 1.0) -> Outcome:
    """The same, where a yes and silence are told in the same words for every check."""
    if answer.not_applicable:
        return exempt(answer.not_applicable)
    if answer.said not in TOLD:
        return untold()
    if answer.said != "yes":
        return stated(min(TOLD[answer.said], at_most), say(f"checks.{id}.answer_{answer.said}"), answer)
    return stated(at_most, say(f"checks.said.{'yes' if at_most == 1 else 'declared'}"), answer)


def attested_own(answer: Answer) -> Outcome:
    """What a check of the agency's own came to, which only an answer tells."""
    if answer.not_applicable:
        return exempt(answer.not_applicable)
    if answer.said not in TOLD:
        return untold()
    return stated(TOLD[answer.said], say(f"checks.own.answer_{answer.said}"), answer)


def dated(id: str, answer: Answer, as_of: date, days: int) -> Outcome:
    """A yes counts fully when what it tells of was done in the last so many days, and half when it is older, or when
    nobody says when it was. What is still to come is not known yet."""
    if answer.said != "yes":
        return attested(id, answer)
    if answer.date is None:
        return stated(DECLARED, say("checks.said.undated"), answer)
    age = (as_of - answer.date).days
    if age < 0:
        return untold()
    if age > days:
        return stated(DECLARED, say("checks.said.old", on=answer.date), answer)
    return stated(1.0, say("checks.said.dated", on=answer.date), answer)


def untold() -> Outcome:
    """Nobody has said it yet."""
    return Outcome(None, "unknown", "none", say("checks.said.unknown"))


def no_data() -> Outcome:
    """The files do not tell it."""
    return Outcome(None, "unknown", "none", say("checks.said.no_data"))


def unmeasured(number: Measurement | None) -> Outcome:
    """A number that has no value, and why; of one that there is not, the files do not tell it."""
    if number is None or number.reason is None:
        return no_data()
    return Outcome(None, "unknown", "none", say("checks.said.unmeasured", reason=number.reason), sources=number.sources)


def unknown(id: str) -> Outcome:
    """Nobody told and nothing shows it: never a pass."""
    return Outcome(None, "unknown", "none", say(f"checks.{id}.unknown"))


def exempt(reason: Text | Message) -> Outcome:
    """The question does not apply, for this reason: somebody's words, or ours for what the files show."""
    origin: Literal["data", "answer"] = "answer" if isinstance(reason, Text) else "data"
    return Outcome(None, "not_applicable", origin, say("checks.not_applicable", reason=reason))


def graded(share: float, whole: float, part: float) -> float:
    """1 from `whole` on, 0.5 from `part` on, else 0."""
    return 1.0 if share >= whole else 0.5 if share >= part else 0.0
