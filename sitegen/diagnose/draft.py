"""What every rule sees, and the shape of what it says. Holds no rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sitegen.messages import Param, say
from sitegen.model.authored import Thresholds
from sitegen.model.computed import Assessment, Finding, Profile, Progress, Scorecard

DECISIVE, NORMAL, MINOR = 3.0, 2.0, 1.0

# What one person does within a day: to look up, to ask for, to export, to write down or to name. To install, to measure
# over weeks, to train or to hire is none of it, nor is what several people have to agree on.
WITHIN_A_DAY = frozenset(
    {
        "S1.02",  # exports of channels that are in use
        "S1.05",  # a few KPIs, each with its definition
        "S1.06",  # the link with business, in a sentence
        "S2.03",  # the margin rate, asked for
        "S2.04",  # the last press budget, looked up
        "T1.01",  # the role, chosen
        "T3.03",  # a list of what is no longer looked at
        "O1.03",  # which objective each channel serves
        "A0.02",  # the reason of each platform, in a sentence
        "A0.07",  # the reasons of a choice that was made
        "A1.02",  # on what a target was set
        "A1.06",  # the cause of a delay, dated
        "A2.07",  # what to do with negative comments, on a page
        "K1",  # the goal of a KPI and what moves it
        "K3",  # who answers for a KPI
        "E1.03",  # one way of writing tags
        "E2.02",  # profiles, completed
        "E4.03",  # the local listing, completed
        "E4.05",  # an export of a search console
        "margin_missing",
        "no_spend",
        "baseline_missing",
        "slow_answers",
        "negative_mentions",
    }
)

# Topics of advice, as the rubric names them: an article says which it is on.
CHOOSING_KPIS, SMART_OBJECTIVES, FULL_COSTS = "choose-kpis", "smart-objectives", "roi-full-cost"


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


def quick(rule: str, weight: float) -> bool:
    """Worth doing, and done within a day. `rule` is a rule's name or a check's id."""
    return rule in WITHIN_A_DAY and weight >= NORMAL


def about(found: Finding) -> tuple[str, str]:
    """What a finding is about: one objective, orders or messages, the returns, the data, a sign, a section."""
    if found.subject in ("signs", "audit"):
        return found.subject, found.criteria.key.split(".")[1]
    return found.subject, found.id.partition("-")[2] if found.subject == "progress" else ""


def finding(subject: str, rule: str, weight: float, topic: str, *, about: str = "", **params: Param) -> Finding:
    """A rule's six sentences, from the catalogue `findings`. `about` tells apart the findings of one rule,
    `topic` is that of its advice."""
    return Finding(
        id=f"{rule}-{about}" if about else rule,
        subject=subject,
        weight=weight,
        criteria=say(f"findings.{rule}.criteria", **params),
        condition=say(f"findings.{rule}.condition", **params),
        cause=say(f"findings.{rule}.cause", **params),
        effect=say(f"findings.{rule}.effect", **params),
        recommendation=say(f"findings.{rule}.recommendation", **params),
        article=topic,
        article_reason=say(f"findings.{rule}.reason", **params),
        quick=quick(rule, weight),
    )
