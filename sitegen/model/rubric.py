"""The rubric as values: which checks there are, in which section, with which weight. Holds no rule and no sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Check:
    """One question of the audit (METHODS §7). `weight`: 1 minor, 2 normal, 3 decisive; `advice`: an article's topic.

    `question` is the key of `answers` that tells it.
    """

    id: str
    section: str
    weight: float
    evidence: Literal["data", "answer", "both"]
    advice: str
    origin: Literal["article", "derived", "own"]
    pack: Literal["essential", "complete"] = "complete"
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Rubric:
    """The checks, in the order in which they are asked."""

    checks: tuple[Check, ...] = ()
