"""The rubric as values: which checks there are, in which section, with which weight. Holds no rule and no sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from sitegen.messages import Text
from sitegen.model.authored import OwnCheck
from sitegen.model.authored import Rubric as Settings

SIGNS = ("S1", "S2", "S3")
# The panels beside the three signs, and the sections of each, as the pages show them. K is shown KPI by KPI.
PANELS: dict[str, tuple[str, ...]] = {
    "tips": ("T0", "T1", "T2", "T3", "T4"),
    "goals": ("O1", "O2", "O3", "O4"),
    "kpis": ("K",),
    "audits": ("E1", "E2", "E3", "E4"),
    "social": ("A0", "A1", "A2", "A3"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One question of the audit (METHODS §7). `weight`: 1 minor, 2 normal, 3 decisive; `advice`: an article's topic.

    `question` is the key of `answers` that tells it; `same_as` are the checks whose lowest score it repeats.
    """

    id: str
    section: str
    weight: float
    evidence: Literal["data", "answer", "both", "site"]
    advice: str
    origin: Literal["article", "derived", "own"]
    pack: Literal["essential", "complete"] = "complete"
    question: str | None = None
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rubric:
    """The checks, in the order in which they are asked, and how an agency set them.

    `off` are those that it does not ask, `reweighed` those that it weighs otherwise; `own` its own ones.
    """

    checks: tuple[Check, ...] = ()
    own: tuple[OwnCheck, ...] = ()
    off: Mapping[str, Text] = field(default_factory=dict)
    reweighed: frozenset[str] = frozenset()
    complete: bool = True

    def section(self, *names: str) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.section in names)


def merged(agency: Settings, client: Settings) -> Settings:
    """What a client says over what the agency says; own checks of both, each id once, the client's last."""
    own = {each.id: each for each in (*agency.own, *client.own)}
    told = {
        "pack": client.pack or agency.pack,
        "off": {**agency.off, **client.off},
        "weights": {**agency.weights, **client.weights},
        "own": tuple(own.values()),
    }
    return agency.model_copy(update=told)  # they are checked already


def applied(rubric: Rubric, settings: Settings) -> Rubric:
    """The checks of the pack with the weights of these settings. One that is off stays, to be told as such."""
    complete = settings.pack == "complete"
    asked: Iterable[Check] = (check for check in rubric.checks if complete or check.pack == "essential")
    checks = tuple(replace(check, weight=settings.weights.get(check.id, check.weight)) for check in asked)
    before = {check.id: check.weight for check in rubric.checks}
    changed = frozenset(id for id, weight in settings.weights.items() if before.get(id) not in (None, weight))
    return Rubric(checks, settings.own, dict(settings.off), changed, complete)
