"""A Dossier in, the client as its pages show it out. Shows no path and nothing that only the agency may see."""

from __future__ import annotations

from sitegen.model.authored import ANSWERS, Client, Objective
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import EventSnapshot, GoalSnapshot, ObjectiveSnapshot, Profile
from sitegen.model.facts import Dossier


def profile(dossier: Dossier) -> Profile:
    """The snapshot; an objective without a goal serves the goal that its KPI implies."""
    client = dossier.client
    return Profile(
        slug=dossier.slug,
        name=client.name,
        country=dossier.country,
        currency=dossier.currency,
        scale=client.unit,
        languages=dossier.languages,
        access=client.access,
        fictitious=client.fictitious,
        role=client.role_of_social,
        goals=_goals(client),
        objectives=tuple(_objective(objective, client) for objective in client.objectives),
        events=tuple(EventSnapshot(day.label, day.start, day.end or day.start, day.kind) for day in client.events),
        answers=tuple((question, getattr(client.answers, question)) for question in ANSWERS),
        contact_name=client.contact.name if client.contact else None,
        contact_email=client.contact.email if client.contact else None,
    )


def _objective(objective: Objective, client: Client) -> ObjectiveSnapshot:
    return ObjectiveSnapshot(
        id=objective.id or objective.kpi,
        kpi=objective.kpi,
        title=objective.title,
        target_text=objective.target.text,
        owner=objective.owner,
        lever=objective.lever,
        goal=_goal(objective, client),
        channels=objective.channels,
    )


def _goal(objective: Objective, client: Client) -> str | None:
    """The goal that is written, else the first one of the KPI's category, else that category by its own name."""
    category = METRICS[objective.kpi].goal
    if objective.goal or category is None:
        return objective.goal
    return next((goal.id for goal in client.goals if goal.category is category), category.value)


def _goals(client: Client) -> tuple[GoalSnapshot, ...]:
    """The written goals by priority, then those that KPIs imply, without a title."""
    linked: dict[str, list[str]] = {}
    implied = {}
    for objective in client.objectives:
        goal = _goal(objective, client)
        if goal is not None:
            linked.setdefault(goal, []).append(objective.id or objective.kpi)
            implied[goal] = METRICS[objective.kpi].goal
    written = sorted(client.goals, key=lambda goal: goal.priority)
    known = {goal.id for goal in written}
    return (
        *(GoalSnapshot(goal.id, goal.title, goal.category, tuple(linked.get(goal.id, ()))) for goal in written),
        *(
            GoalSnapshot(goal, None, category, tuple(linked[goal]))
            for goal, category in implied.items()
            if goal not in known and category is not None
        ),
    )
