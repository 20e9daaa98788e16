"""Findings and what was decided about them in, the plan out: each step a hypothesis with its review. Finds nothing new.

A step is reviewed after the time that it takes and a whole window of data: by default 28 days of each (our rule).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sitegen.diagnose.draft import DECISIVE, MINOR, NORMAL, WITHIN_A_DAY
from sitegen.messages import Message, Quantity, Text, Unit, say
from sitegen.model.authored import Effort, Objective, PlannedAction
from sitegen.model.computed import Action, Audit, Finding, Section, Sign

WINDOW = 28  # days of data that a review needs
TIME: Mapping[Effort, int] = {"day": 2, "week": 14, "month": 35}  # days that a step takes, until its data begin
ORDER = {"open": 0, "done": 1, "refused": 2}

# What takes several people, a purchase, a hire or a quarter of figures.
WITHIN_A_MONTH = frozenset(
    {
        *("S1.01", "S1.03", "S2.01", "S2.08", "S3.01", "S3.02", "S3.03", "S3.04", "S3.05", "T1.02", "T4.01", "T4.02"),
        *("O2.01", "O2.02", "O2.03", "O2.04", "O3.02", "A0.04", "A1.05", "A2.04", "A2.06", "A3.01", "A3.02", "E3.02"),
        *("E3.05", "E4.02", "out_of_reach", "channel_below_break_even", "communication_dearer", "service_dearer"),
        *("effect_fell", "hire_not_budgeted", "lost_on_the_way"),
    }
)

# What the rules' findings are about: one hypothesis each.
THEMES: Mapping[str, str] = {
    **dict.fromkeys(("off_track", "at_risk"), "pace"),
    **dict.fromkeys(("missed", "out_of_reach"), "target"),
    **dict.fromkeys(("none_set", "not_smart", "baseline_missing", "baseline_not_frozen", "baseline_gap"), "setting"),
    **dict.fromkeys(("implied", "contradicted"), "setting"),
    **dict.fromkeys(("no_spend", "margin_missing", "costs_incomplete", "share_unknown", "lever_unknown"), "proof"),
    **dict.fromkeys(("no_attributed_revenue", "claims_exceed_sales"), "proof"),
    **dict.fromkeys(("costs_not_covered", "channel_below_break_even", "channel_left_out", "off_plan"), "money"),
    **dict.fromkeys(("communication_dearer", "service_dearer", "effect_fell", "hire_not_budgeted"), "money"),
    **dict.fromkeys(("slow_answers", "negative_mentions"), "dialogue"),
    "lost_on_the_way": "path",
    **dict.fromkeys(("no_data", "inconclusive", "too_early", "stale", "gaps", "unanswered"), "data"),
}


def actions(
    findings: Sequence[Finding],
    planned: Sequence[PlannedAction],
    objectives: Sequence[Objective],
    signs: Sequence[Sign],
    audit: Audit,
    as_of: date,
) -> tuple[Action, ...]:
    """The whole plan; `findings` are most pressing first, and their order is kept among the open ones."""
    decided = {each.finding: each for each in planned if each.finding is not None}
    owners = {each.id or each.kpi: each.owner for each in objectives}
    parts = dict(_parts(signs, audit))
    steps = [_step(each, decided.get(each.id), parts.get(each.id), owners, as_of) for each in findings]
    standing = {each.id for each in findings}
    steps += [_settled(each, as_of) for id, each in decided.items() if id not in standing]
    own = (each for each in planned if each.finding is None)
    steps += [_own(f"own-action-{number}", each, as_of) for number, each in enumerate(own, 1)]
    return tuple(sorted(steps, key=lambda each: (ORDER[each.state], -each.weight if each.state == "open" else 0.0)))


def _parts(signs: Sequence[Sign], audit: Audit) -> Iterator[tuple[str, tuple[str, Section]]]:
    """Finding → the words of its section, and that section."""
    for sign in signs:
        yield from ((f"check-{check.id}", (f"sign.{sign.id}", sign.section)) for check in sign.section.checks)
    for panel in audit.panels:
        for part in panel.parts:
            yield from ((f"check-{check.id}", (f"part.{part.id}", part.section)) for check in part.section.checks)
    for row in audit.kpis:
        if audit.checklist is not None:
            yield from ((f"check-{check.id}", ("part.K", audit.checklist)) for check in row.section.checks)


def _step(
    found: Finding,
    told: PlannedAction | None,
    part: tuple[str, Section] | None,
    owners: Mapping[str, Text | None],
    as_of: date,
) -> Action:
    """A finding as a step; what somebody decided wins over what is proposed."""
    rule, _, about = found.id.partition("-")
    effort = (told.effort if told else None) or _effort(about if rule == "check" else rule)
    review = (told.review if told else None) or as_of + timedelta(TIME[effort] + WINDOW)
    state = told.state if told else "open"
    return Action(
        id=found.id,
        state=state,
        standing=True,
        weight=found.weight,
        what=(told.title if told else None) or found.recommendation,
        because=found.condition,
        hypothesis=(told.hypothesis if told else None) or _hypothesis(found, part),
        expected=(told.effect if told else None) or _expected(found, part),
        metric=(told.metric if told else None) or _metric(found),
        effort=effort,
        review=review,
        owner=(told.owner if told else None) or (owners.get(about) if found.subject == "progress" else None),
        overdue=state == "open" and review < as_of,
        decided=told is not None,
        quick=found.quick and effort == "day",
        article=found.article,
        objective=about if found.subject == "progress" and about in owners else None,
        on=told.date if told else None,
        told=_evidence(told),
    )


def _settled(told: PlannedAction, as_of: date) -> Action:
    """Something that was decided about a finding which is there no longer: an open one has done what it was for."""
    rule, _, about = str(told.finding).partition("-")
    advice = say(f"checks.{about}.advice") if rule == "check" else say("actions.finding", id=str(told.finding))
    state = "done" if told.state == "open" else told.state
    return _written(str(told.finding), told, told.title or advice, as_of, state)


def _own(id: str, told: PlannedAction, as_of: date) -> Action:
    return _written(id, told, told.title or say("actions.finding", id=id), as_of, told.state)


def _written(id: str, told: PlannedAction, what: Message | Text, as_of: date, state: str) -> Action:
    """An action that no finding of today stands for."""
    effort = told.effort or "week"
    review = told.review or as_of + timedelta(TIME[effort] + WINDOW)
    return Action(
        id=id,
        state=state,  # type: ignore[arg-type]  # one of three words
        standing=False,
        weight={3: DECISIVE, 2: NORMAL, 1: MINOR}[told.priority],
        what=what,
        because=told.because,
        hypothesis=told.hypothesis or say("actions.own.hypothesis"),
        expected=told.effect or say("actions.own.expected"),
        metric=told.metric or say("actions.own.metric"),
        effort=effort,
        review=review,
        owner=told.owner,
        overdue=state == "open" and review < as_of,
        decided=True,
        on=told.date,
        told=_evidence(told),
    )


def _evidence(told: PlannedAction | None) -> Text | None:
    return (told.reason if told.state == "refused" else told.evidence) if told else None


def _effort(name: str) -> Effort:
    return "day" if name in WITHIN_A_DAY else "month" if name in WITHIN_A_MONTH else "week"


# ---------------------------------------------------------------- what is believed, expected and looked at


def _hypothesis(found: Finding, part: tuple[str, Section] | None) -> Message:
    if part is not None:
        return say(f"checks.{part[0]}.hypothesis")
    return say(f"actions.{_theme(found)}.hypothesis", **_about(found))


def _expected(found: Finding, part: tuple[str, Section] | None) -> Message:
    """For a check: what its section comes to once it is in place, all else as it is."""
    if part is None:
        return say(f"actions.{_theme(found)}.expected")
    name, section = part
    id = found.id.partition("-")[2]
    lacking = sum(each.weight * (1 - each.score) for each in section.checks if each.id == id and each.score is not None)
    title = say(f"checks.{name}.{'name' if name.startswith('sign') else 'title'}")
    if section.score is None or not section.known:
        return say("actions.check.begun", section=title)
    now, then = Quantity(section.score, Unit.RATE), Quantity((section.earned + lacking) / section.known, Unit.RATE)
    return say("actions.check.expected", section=title, now=now, then=then)


def _metric(found: Finding) -> Message:
    if found.subject in ("signs", "audit"):
        return say("actions.check.metric", criteria=found.criteria)
    return say(f"actions.{_theme(found)}.metric", **_about(found))


def _theme(found: Finding) -> str:
    return "own" if found.id.startswith("own-") else THEMES[found.id.partition("-")[0]]


def _about(found: Finding) -> dict[str, Message]:
    """The KPI of a finding on an objective, as its own sentences name it."""
    the = found.recommendation.named.get("the")
    return {"the": the if isinstance(the, Message) else say("actions.result")}
