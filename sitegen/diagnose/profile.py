"""A Dossier in, the client as its pages show it out. Shows no path and nothing that only the agency may see."""

from __future__ import annotations

import base64
from typing import Literal

from sitegen.model.authored import ANSWERS, COST_LINES, Client, Objective
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import (
    BrandSnapshot,
    DroppedSnapshot,
    EventSnapshot,
    GoalSnapshot,
    Logo,
    ObjectiveSnapshot,
    Profile,
    RateSnapshot,
)
from sitegen.model.facts import Dossier

SALES = frozenset({"net_sales", "revenue", "total_sales", "gross_sales"})


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
        answers=_answers(dossier),
        contact_name=client.contact.name if client.contact else None,
        contact_email=client.contact.email if client.contact else None,
        status=client.status,
        brand=_brand(dossier),
        rates=_rates(dossier),
        competitors=tuple((each.name, each.note) for each in client.competitors),
        dropped=tuple(DroppedSnapshot(each.metric, each.reason, each.since) for each in client.dropped),
    )


def _rates(dossier: Dossier) -> tuple[RateSnapshot, ...]:
    """The exchange rates of the currencies that the client's files, costs and plans are told in."""
    client = dossier.client
    costs = [cost for line in COST_LINES for cost in getattr(client.costs, line) or ()]
    costs += [budget.amount for budget in client.budgets]
    used = {records.currency for records in dossier.records} | {cost.currency for cost in costs}
    return tuple(
        RateSnapshot(each.currency, each.to, each.rate, each.start, each.source)
        for each in dossier.rates
        if each.currency in used
    )


def _brand(dossier: Dossier) -> BrandSnapshot | None:
    """The colour as it was written, and the logo with its content."""
    brand = dossier.client.brand
    if brand is None:
        return None
    logo = None
    if brand.logo and dossier.logo is not None:
        format: Literal["svg", "png"] = "svg" if brand.logo.lower().endswith("svg") else "png"
        logo = Logo(format, base64.b64encode(dossier.logo).decode())
    return BrandSnapshot(brand.accent, logo)


def _answers(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Every question with its answer, but those left open because something better than an answer is there."""
    client = dossier.client
    settled = {
        "kpi_definitions": bool(client.objectives),
        "cost_tracking": any(getattr(client.costs, line) for line in COST_LINES),
        "margin_known": client.margin is not None,
        "digital_sales": any(SALES & records.metrics.keys() for records in dossier.records),
    }
    said = ((question, getattr(client.answers, question).said) for question in ANSWERS)
    return tuple((question, word) for question, word in said if word != "unknown" or not settled.get(question))


def _objective(objective: Objective, client: Client) -> ObjectiveSnapshot:
    return ObjectiveSnapshot(
        id=objective.id or objective.kpi,
        kpi=objective.kpi,
        title=objective.title,
        target_text=objective.target.text,
        target_basis=objective.target_basis.note if objective.target_basis else None,
        owner=objective.owner,
        lever=objective.lever,
        goal=_goal(objective, client),
        channels=objective.channels,
    )


def _goal(objective: Objective, client: Client) -> str | None:
    """The goal that is written, else the first one of the KPI's category, else that category by its own name.

    One that is written and not among the client's goals was withheld.
    """
    category = METRICS[objective.kpi].goal
    if objective.goal in {goal.id for goal in client.goals}:
        return objective.goal
    if category is None:
        return None
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
