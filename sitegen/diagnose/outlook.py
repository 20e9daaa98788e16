"""What a forecast says in, how it is told and what it decides out (METHODS §2.4, §3.1). Forecasts nothing."""

from __future__ import annotations

import math

from sitegen.diagnose.wording import in_unit
from sitegen.messages import Message, Param, say
from sitegen.model.authored import Thresholds
from sitegen.model.computed import Outlook, Progress, Status

FIGURES = (
    24  # periods from which a probability is a figure and decides; of fewer it is a word, and the pace has its say
)
STEP, LEAST, MOST = 0.05, 0.05, 0.95
WORSE = (Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK)


def told(probability: float) -> float:
    """A probability as it is told: to 5 %, rounded down, since 59 % is not the 60 % that is asked for, and never as a
    certainty."""
    return min(max(math.floor(round(probability / STEP, 6)) * STEP, LEAST), MOST)


def chance(outlook: Outlook, thresholds: Thresholds) -> Message:
    """As in "environ 45 % de chances d’atteindre la cible"; in a word where the past is short."""
    if outlook.constant:
        return say(f"outlook.constant.{'reached' if outlook.probability >= 1 / 2 else 'missed'}")
    if outlook.periods < FIGURES:
        return say(f"outlook.word.{_band(outlook, thresholds)}")
    return figure(outlook.probability)


def figure(probability: float) -> Message:
    """A probability in figures, at most or at least so much near certainty."""
    end = "most" if probability < LEAST else "least" if probability >= MOST else "about"
    return say(f"outlook.chance.{end}", chance=round(100 * told(probability)))


def standing(outlook: Outlook, thresholds: Thresholds) -> Status:
    """What the probability of reaching the target says."""
    return {"likely": Status.ON_TRACK, "uncertain": Status.AT_RISK, "unlikely": Status.OFF_TRACK}[
        _band(outlook, thresholds)
    ]


def _band(outlook: Outlook, thresholds: Thresholds) -> str:
    if outlook.probability >= thresholds.likely:
        return "likely"
    return "uncertain" if outlook.probability >= thresholds.unlikely else "unlikely"


def worse(first: Status, second: Status) -> Status:
    """The graver of two statuses of an objective that is under way."""
    return min(first, second, key=WORSE.index)


def difference(progress: Progress, outlook: Outlook, by_pace: Status, by_chance: Status) -> Message | None:
    """Why pace and probability disagree: the pace supposes a regular way where the season makes none, or looks at all
    of the time since the start where the last periods are what goes on."""
    if by_pace is by_chance:
        return None
    why = "season" if outlook.seasonal and progress.pacing != "seasonal" else "trend"
    way = "better" if worse(by_pace, by_chance) is by_pace else "worse"
    return say(f"outlook.difference.{why}_{way}")


def ahead(progress: Progress, thresholds: Thresholds) -> Message | None:
    """One sentence: where the trend leads by the deadline, and how probable the target is. None without a forecast."""
    outlook = progress.outlook
    if outlook is None:
        return None
    told: dict[str, Param] = {"chance": chance(outlook, thresholds), "deadline": progress.deadline}
    if outlook.periods < FIGURES or outlook.constant:
        return say("outlook.ahead_in_words", **told)
    return say("outlook.ahead", middle=in_unit(progress, outlook.course[-1].middle), **told)
