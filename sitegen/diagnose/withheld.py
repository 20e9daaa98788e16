"""A Dossier and its Scorecard in, both without what only the agency may see out. Judges nothing.

The first step of a diagnosis: what is taken out here is in no Edition, so that no page, figure or download can tell it.
Costs, margin and share count although they are internal; gains and budgets do not, so they go before they are measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, Protocol, TypeVar

from sitegen.messages import say
from sitegen.model.authored import COST_LINES, Benchmark, Budget, Client, Gains
from sitegen.model.authored_text import NOTED_OBJECTIVE, Note
from sitegen.model.computed import CostLine, Measurement, Returns, SalesGain, Scorecard, State
from sitegen.model.facts import Dossier

# What tells nothing of the margin or of the additional share. The returns on additional margin are among them: they are
# on the product of the two, which gives neither away as long as both are withheld. Whatever is not here is withheld.
APART = frozenset(
    "period currency sales_metric sales channels costs known_lines media total_cost attributed_revenue roas "
    "blended_roas cost_per_conversion roi_incremental withheld tax vat new_customers acquisition_cost communication "
    "service benefit net roi budgets".split()
)
ON_MEDIA = frozenset("media roas blended_roas cost_per_conversion break_even_roas break_even_roas_incremental".split())


class Authored(Protocol):
    @property
    def internal(self) -> bool: ...


A = TypeVar("A", bound=Authored)


def disclosed(dossier: Dossier, scorecard: Scorecard) -> tuple[Dossier, Scorecard]:
    """What readers may know. Internal costs count in the total, as one line; an internal margin in the return."""
    client = dossier.client
    hidden = {objective.id or objective.kpi for objective in client.objectives if objective.internal}
    seen = client.model_copy(
        update={
            "goals": _open(client.goals),
            "objectives": _open(client.objectives),
            "events": _open(client.events),
            "actions": _open(client.actions),
            **{name: _unless_internal(getattr(client, name)) for name in ("margin", "incrementality", "contact")},
            "costs": client.costs.model_copy(
                update={line: _open(getattr(client.costs, line) or ()) or None for line in COST_LINES}
            ),
        }
    )
    return (
        replace(
            dossier, client=seen, notes=tuple(note for note in _open(dossier.notes) if _subject(note) not in hidden)
        ),
        replace(
            scorecard,
            progress=tuple(progress for progress in scorecard.progress if progress.objective not in hidden),
            implied=tuple(each for each in scorecard.implied if hidden.isdisjoint(each.objectives)),
            returns=_factors(_costs(scorecard.returns), client),
        ),
    )


# ---------------------------------------------------------------- gains and budgets


def without_internal_gains(dossier: Dossier) -> Dossier:
    """Before anything is measured: the client without the gains, budgets, customer, competitors and published figures
    that only the agency may see.

    A benefit that holds a gain which no page explains could not be checked, so it does not hold it; a comparison with a
    figure that may not be told would tell it.
    """
    client = dossier.client
    gains = Gains(
        communication=None if _communication_internal(client) else client.gains.communication,
        service=None if _service_internal(client.gains) else client.gains.service,
    )
    budgets = tuple(budget for budget in client.budgets if not _budget_internal(budget))
    competitors, published = _open(client.competitors), _published(client.benchmarks)
    told = {
        "gains": gains,
        "budgets": budgets,
        "customer": _unless_internal(client.customer),
        "competitors": competitors,
        "benchmarks": published,
        "dropped": _open(client.dropped),
        "digital_intensity": _unless_internal(client.digital_intensity),
    }
    names = {each.name for each in competitors}
    return replace(
        dossier,
        client=client.model_copy(update=told),
        competitors={name: rows for name, rows in dossier.competitors.items() if name in names},
        benchmarks=_published(dossier.benchmarks),
    )


def _published(records: Sequence[Benchmark]) -> tuple[Benchmark, ...]:
    """Those that may be told somewhere."""
    return tuple(each for each in records if each.redistribute != "no")


def _communication_internal(client: Client) -> bool:
    """Also where the new mix costs what an internal media line tells: the saving would give it away."""
    gain = client.gains.communication
    if gain is None:
        return False
    media = () if gain.now.channels else client.costs.media or ()
    costs = (gain.now.cost,) if gain.now.cost else media
    return gain.internal or any(cost.internal for cost in costs)


def _service_internal(gains: Gains) -> bool:
    gain = gains.service
    return gain is not None and (gain.internal or bool(gain.cancelled and gain.cancelled.amount.internal))


def _budget_internal(budget: Budget) -> bool:
    return budget.internal or budget.amount.internal


# ---------------------------------------------------------------- what is measured and not told


def _open(items: Sequence[A]) -> tuple[A, ...]:
    return tuple(item for item in items if not item.internal)


def _unless_internal(item: A | None) -> A | None:
    return item if item is not None and not item.internal else None


def _subject(note: Note) -> str | None:
    """The objective that the note is about; None when it is about a page."""
    return note.target.removeprefix(NOTED_OBJECTIVE) if note.target.startswith(NOTED_OBJECTIVE) else None


# ---------------------------------------------------------------- costs


def _costs(returns: Returns) -> Returns:
    """Internal lines as one, those that nobody knows as another; media among them is no longer told apart."""
    hidden = [line for line in returns.costs if line.internal]
    named = (line for line in returns.costs if not line.internal)
    told = replace(returns, costs=(*named, *_merged(hidden)))
    return _without(told, ON_MEDIA, "media") if any(line.kind == "media" for line in hidden) else told


def _merged(lines: Sequence[CostLine]) -> Iterator[CostLine]:
    known = [line.amount for line in lines if line.amount is not None]
    if known:
        partial = any(line.origin == "partial" for line in lines)
        yield CostLine("other", sum(known), "partial" if partial else "declared")
    if len(known) < len(lines):
        yield CostLine("other", None, "unknown")


# ---------------------------------------------------------------- margin and additional share


def _factors(returns: Returns, client: Client) -> Returns:
    """Without margin and additional share when either is internal: with the costs and the attributed sales on the page,
    the return and one of the two would give the other."""
    if not any(told and told.internal for told in (client.margin, client.incrementality)):
        return returns
    known = tuple(name for name in ("margin", "incrementality") if getattr(client, name))
    return _without(returns, frozenset(field.name for field in fields(Returns)) - APART, *known)


def _without(returns: Returns, names: frozenset[str], *withheld: str) -> Returns:
    hidden: dict[str, Any] = {name: _hidden(getattr(returns, name)) for name in names}
    return replace(returns, **hidden, withheld=(*returns.withheld, *withheld))


def _hidden(value: object) -> object:
    """Nothing, but for numbers; of the gain from sales, what the platforms claim and how much was sold is told."""
    if isinstance(value, SalesGain):
        return replace(value, additional=_valueless(value.additional), margin=_valueless(value.margin), method=None)
    if isinstance(value, Measurement):
        return _valueless(value)
    return () if isinstance(value, tuple) else None


def _valueless(number: Measurement) -> Measurement:
    """A number without its value; one that cannot be computed keeps its own reason."""
    if number.value is None:
        return number
    reason = say("returns.reason.withheld")
    return replace(
        number, value=None, coverage=None, state=State.NOT_COMPUTABLE, reason=reason, numerator=None, denominator=None
    )
