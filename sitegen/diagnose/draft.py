"""What every rule sees, and the shape of what it says. Holds no rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sitegen.messages import Param, say
from sitegen.model.authored import Thresholds
from sitegen.model.computed import Assessment, Finding, Profile, Progress, Scorecard

DECISIVE, NORMAL, MINOR = 3.0, 2.0, 1.0

CHOOSING_KPIS, SMART_OBJECTIVES, FULL_COSTS = "choisir-ses-kpi", "objectifs-smart", "roi-tous-couts"


@dataclass(frozen=True, slots=True)
class Draft:
    """An Edition before its findings. `assessments` are in the order of `scorecard.progress`."""

    profile: Profile
    scorecard: Scorecard
    assessments: tuple[Assessment, ...]
    thresholds: Thresholds

    @property
    def objectives(self) -> Iterator[tuple[Progress, Assessment]]:
        return zip(self.scorecard.progress, self.assessments, strict=True)


Rule: TypeAlias = Callable[[Draft], Iterator[Finding]]


def finding(subject: str, rule: str, weight: float, article: str, *, about: str = "", **params: Param) -> Finding:
    """A rule's six sentences, from the catalogue `findings`. `about` tells apart the findings of one rule."""
    return Finding(
        id=f"{rule}-{about}" if about else rule,
        subject=subject,
        weight=weight,
        criteria=say(f"findings.{rule}.criteria", **params),
        condition=say(f"findings.{rule}.condition", **params),
        cause=say(f"findings.{rule}.cause", **params),
        effect=say(f"findings.{rule}.effect", **params),
        recommendation=say(f"findings.{rule}.recommendation", **params),
        article=article,
        article_reason=say(f"findings.{rule}.reason", **params),
    )
