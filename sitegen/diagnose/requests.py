"""A Dossier in, what its client is asked for out, each with why it matters; computes nothing.

Objectives, costs and gains that only the agency may see are not asked for: the client answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.errors import Problem
from sitegen.messages import Message, Period, say
from sitegen.model.authored import ANSWERS, COST_LINES, Client, Objective
from sitegen.model.facts import Dossier
from sitegen.model.rubric import Rubric, applied

ELSEWHERE = frozenset({"kpi_definitions", "cost_tracking", "margin_known", "digital_sales"})  # asked for as such below
BY_LETTER = frozenset(
    {
        *("analytics", "crm", "digital_lead", "training", "process_change", "decision_log"),
        *("press_reference", "service_contacts", "social_role"),
    }
)
DOUBTS = ("stale", "gaps", "not_daily", "empty_cells", "broken_counter")


def missing(
    dossier: Dossier,
    doubts: tuple[Problem, ...],
    rubric: Rubric = Rubric(),  # noqa: B008 - a frozen value
) -> dict[str, tuple[Message, ...]]:
    """What is asked for, by group, each with why it matters; `doubts` are those of the quality of the data."""
    groups = {
        "answers": tuple(_answers(dossier.client, applied(rubric, dossier.rubric))),
        "money": tuple(_money(dossier)),
        "gains": (*_communication(dossier.client), *_service(dossier)),
        "objectives": tuple(_objectives(dossier.client)),
        "data": tuple(_data(dossier, doubts)),
    }
    return {name: asked for name, asked in groups.items() if asked}


def _answers(client: Client, rubric: Rubric) -> Iterator[Message]:
    """The questions of every audit one by one; the others together, since a letter is no questionnaire."""
    unknown = [key for key in ANSWERS if key not in ELSEWHERE and getattr(client.answers, key).said == "unknown"]
    asked = {check.question for check in rubric.checks if check.id not in rubric.off}
    told = {"social_role": client.role_of_social is not None, "business_goals": bool(client.goals)}
    for key in unknown:
        if key in BY_LETTER & asked and not told.get(key):
            yield say(f"requests.answer.{key}")
    others = sum(key in asked and key not in BY_LETTER and not told.get(key) for key in unknown)
    if others:
        yield say("requests.more_questions", count=others)


def _money(dossier: Dossier) -> Iterator[Message]:
    client = dossier.client
    if client.margin is None:
        yield say("requests.margin")
    if client.incrementality is None:
        yield say("requests.incrementality")
    exported = any("spend" in records.metrics for records in dossier.records)
    for line in COST_LINES:
        items = getattr(client.costs, line)
        unknown = items is None or any(cost.unknown and not cost.internal for cost in items)
        if unknown and not (line == "media" and exported):
            yield say("requests.cost", name=say(f"pages.costs.{line}"))
    if client.vat is None and any(records.tax == "included" for records in dossier.records):
        yield say("requests.vat")
    if not client.budgets:
        yield say("requests.budgets")


def _communication(client: Client) -> Iterator[Message]:
    """A former medium is asked for only where there was one."""
    gain = client.gains.communication
    if gain is None and client.answers.press_reference.said in ("yes", "partly"):
        yield say("requests.communication")
    elif gain is not None and gain.before.effect is None and not gain.internal:
        yield say("requests.former_effect")


def _service(dossier: Dossier) -> Iterator[Message]:
    """The cost of customer service is asked for where social media are for it, or where the client compares it."""
    gain = dossier.client.gains.service
    counted = any("contacts" in records.metrics for records in dossier.records)
    if gain is None and dossier.client.role_of_social == "service":
        yield say("requests.service")
    elif gain is not None and not counted and not gain.internal:
        yield say("requests.contacts")


def _objectives(client: Client) -> Iterator[Message]:
    if not client.objectives:
        yield say("requests.no_objective")
    for objective in client.objectives:
        lacking = [name for name in ("owner", "lever") if getattr(objective, name) is None]
        if lacking and not objective.internal:
            yield say(f"requests.{'_and_'.join(lacking)}", objective=_title(objective))


def _title(objective: Objective) -> Message:
    if objective.title is not None:
        return say("requests.titled", title=objective.title)
    return say("requests.untitled", kpi=say(f"metrics.{objective.kpi}.Name"), target=objective.target.text)


def _data(dossier: Dossier, doubts: tuple[Problem, ...]) -> Iterator[Message]:
    if not dossier.records:
        yield say("requests.no_data")
    for doubt in doubts:
        kind = doubt.message.key.removeprefix("quality.")
        if kind in DOUBTS and not _explained(doubt.message, dossier.client):
            file = doubt.path.removeprefix(f"data/{dossier.slug}/")
            yield say(f"requests.data.{kind}", file=file, told=doubt.message)


def _explained(doubt: Message, client: Client) -> bool:
    """Whether a tracking break that the client has told already covers the days in question."""
    days = doubt.named.get("longest") or doubt.named.get("period")
    breaks = [Period(event.start, event.end or event.start) for event in client.events if event.kind == "tracking"]
    return isinstance(days, Period) and any(told.meet(days) == days for told in breaks)
