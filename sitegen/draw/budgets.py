"""Budgets in, one figure out: what each channel spent and will have spent, against its plan. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sitegen.draw import words
from sitegen.messages import Currency, Message, Month, Param, Period, Quantity, Unit, say
from sitegen.model.built import Cell, Figure, FigureTable, Legend
from sitegen.model.computed import BudgetLine, Edition, Measurement

LEVEL = 0.05  # relative distance to the plan that counts as none
_LEGEND = (
    Legend("chart-2", "bar", say("figures.column.spent")),
    Legend("chart-muted", "bar", say("figures.column.projected")),
    Legend("chart-target", "rule", say("figures.budget.mark")),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A channel's four amounts, or those of all channels whose spend is known; `due` and `spent` go to `until`."""

    name: Message
    period: Period
    until: date
    planned: float
    due: float
    spent: float | None
    projected: float | None


def figures(edition: Edition) -> Iterator[Figure]:
    """`returns-budget`, when a plan is known."""
    returns = edition.scorecard.returns
    if any(plans(returns.budgets)):
        yield _figure(returns.budgets, edition, returns.currency)


def plans(lines: Sequence[BudgetLine]) -> list[Plan]:
    """The plans whose amount is known, the largest first."""
    known = (_plan(line, line.planned.value, line.due.value) for line in lines)
    return sorted((plan for plan in known if plan), key=lambda plan: -plan.planned)


def _plan(line: BudgetLine, planned: float | None, due: float | None) -> Plan | None:
    if planned is None or due is None:
        return None
    until = line.due.period.end if line.due.period else line.period.end
    name = say(f"channels.{line.channel}")
    return Plan(name, line.period, until, planned, due, line.spent.value, line.projected.value)


def whole(each: Sequence[Plan]) -> Plan | None:
    """The sum of the plans whose spend is known, so that it is compared with their budget alone; None without any."""
    known = [(plan, plan.spent) for plan in each if plan.spent is not None]
    if not known:
        return None
    among = [plan for plan, _ in known]
    ends = [plan.projected for plan in among if plan.projected is not None]
    return Plan(
        say("figures.whole" if len(known) == len(each) else "figures.whole_known"),
        _span(among),
        max(plan.until for plan in among),
        sum(plan.planned for plan in among),
        sum(plan.due for plan in among),
        sum(spent for _, spent in known),
        sum(ends) if len(ends) == len(known) else None,
    )


def _figure(lines: Sequence[BudgetLine], edition: Edition, currency: str) -> Figure:
    each = plans(lines)
    total = whole(each)
    shown = [total, *each] if total and sum(plan.spent is not None for plan in each) > 1 else each
    rows, labels = words.labelled(_row(plan, currency) for plan in shown)
    longest = max(max(plan.planned, plan.due, plan.spent or 0.0, plan.projected or 0.0) for plan in shown)
    sources = words.paths(m for line in lines for m in _measured(line))
    return Figure(
        id="returns-budget",
        subject="returns",
        template="budget",
        datasets={"rows": rows},
        params={"x_domain": (0.0, longest or 1.0)},
        title=title(lines, currency),
        subtitle=say(
            "figures.budget.subtitle",
            currency=Currency(currency),
            period=_span(each),
            day=edition.as_of,
            sources=words.sources(sources),
        ),
        description=say("figures.budget.described", channels=tuple(_told(plan, currency) for plan in shown)),
        table=_table(lines, shown, currency),
        unit=Unit.MONEY,
        currency=currency,
        legend=_LEGEND,
        labels=labels,
        sources=sources,
        note=words.together(_notes(lines, each)),
    )


def title(lines: Sequence[BudgetLine], currency: str) -> Message:
    """What was spent against what was planned up to now, on the channels whose spend is known."""
    each = plans(lines)
    total = whole(each)
    planned = words.money(sum(plan.planned for plan in each), currency)
    if not any(plan.due for plan in each):
        return say("figures.budget.ahead", planned=planned, start=_span(each).start)
    if total is None or total.spent is None or not total.due:
        return say("figures.budget.unspent", planned=planned)
    gap = total.spent / total.due - 1
    place = "level" if abs(gap) < LEVEL else "above" if gap > 0 else "below"
    spent, due = words.money(total.spent, currency), words.money(total.due, currency)
    told = say(f"figures.budget.{place}", spent=spent, due=due)
    if total.projected is not None and total.planned > total.due:
        projected, end = words.money(total.projected, currency), words.money(total.planned, currency)
        told = say("figures.budget.ending", told=told, projected=projected, planned=end)
    if any(line.spent.value is None for line in lines):
        return say("figures.incomplete", title=told)
    return words.qualified(told, *(line.spent for line in lines))


def _measured(line: BudgetLine) -> tuple[Measurement, ...]:
    return line.planned, line.due, line.spent, line.projected


def _span(each: Sequence[Plan]) -> Period:
    return Period(min(plan.period.start for plan in each), max(plan.period.end for plan in each))


def _row(plan: Plan, currency: str) -> tuple[Mapping[str, Cell], Mapping[str, Param]]:
    row: dict[str, Cell] = {
        "spent": plan.spent,
        "due": plan.due,
        "projected": plan.projected,
        "planned": plan.planned,
        "spent_words_at": max(plan.spent or 0.0, plan.due),
        "projected_words_at": max(plan.projected or 0.0, plan.planned),
    }
    share = None if plan.spent is None or not plan.due else Quantity(round(plan.spent / plan.due, 2), Unit.RATE)
    return row, {
        "name": plan.name,
        "ratio": say("figures.budget.share", share=share) if share else "",
        "spent_words": words.or_unknown(words.amount(plan.spent, currency)),
        "projected_words": words.or_unknown(words.amount(plan.projected, currency)),
        "tip": _told(plan, currency),
    }


def _told(plan: Plan, currency: str) -> Message:
    amounts = {"planned": plan.planned, "due": plan.due, "spent": plan.spent, "projected": plan.projected}
    told = {name: words.or_unknown(words.amount(value, currency)) for name, value in amounts.items()}
    return say("figures.budget.told", channel=plan.name, **told)


def _table(lines: Sequence[BudgetLine], shown: Sequence[Plan], currency: str) -> FigureTable:
    """Each plan up to now and to its end, then its months."""
    names = ("channel", "period", "planned", "spent", "projected")

    def row(name: Message, when: Param, *values: float | None) -> tuple[Param | None, ...]:
        return name, when, *(words.amount(value, currency) for value in values)

    sums = [
        line
        for plan in shown
        for line in (
            row(plan.name, say("figures.budget.until", day=plan.until), plan.due, plan.spent, None),
            row(plan.name, plan.period, plan.planned, plan.spent, plan.projected),
        )
    ]
    months = [
        row(
            say(f"channels.{month.channel}"),
            Month(month.month.year, month.month.month),
            month.planned,
            month.spent,
            month.projected,
        )
        for line in sorted(lines, key=lambda line: -(line.planned.value or 0.0))
        for month in line.months
    ]
    return FigureTable(tuple(say(f"figures.column.{name}") for name in names), (*sums, *months))


def _notes(lines: Sequence[BudgetLine], each: Sequence[Plan]) -> Iterator[Message]:
    yield say("figures.budget.projection")
    unknown = tuple(plan.name for plan in each if plan.spent is None)
    if unknown:
        yield say("figures.budget.unknown", channels=unknown)
    for line in lines:
        if line.planned.value is None and line.planned.reason:
            yield say("figures.note.missing", names=(say(f"channels.{line.channel}"),), reason=line.planned.reason)
