"""An earlier edition and today's in, what is another thing out; measures nothing and keeps nothing.

What a client's files tell otherwise today is told as such, so that no old number changes in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TypeVar

from sitegen.messages import Message, Period, Quantity, Text, Unit, say
from sitegen.model.changes import (
    Changes,
    CheckChange,
    FollowUp,
    Moved,
    ObjectiveChange,
    Restated,
    StateChange,
    Term,
    TermChange,
)
from sitegen.model.computed import Action, CheckResult, Comparison, Edition, Measurement, Progress, Returns, Series

DUST = 0.0005  # of a value: a smaller difference is one of rounding
RETURNS = (
    "sales",
    "media",
    "total_cost",
    "attributed_revenue",
    "roas",
    "roi_attributed",
    "roi_incremental",
    "net",
    "roi",
)
V = TypeVar("V")


def changes(previous: Edition, current: Edition) -> Changes:
    """What `current` says otherwise than the earlier edition `previous`."""
    return Changes(
        since=previous.as_of,
        period=previous.period,
        objectives=tuple(_objectives(previous, current)),
        returns=tuple(_returns(previous.scorecard.returns, current.scorecard.returns)),
        signs=tuple(_signs(previous, current)),
        checks=tuple(_checks(previous, current)),
        followups=tuple(_followups(previous, current)),
        fresh=tuple(_fresh(previous, current)),
        terms=tuple(_terms(previous, current)),
        definitions=tuple(each for each in current.scorecard.meanings if each not in previous.scorecard.meanings),
        restated=tuple(_restated(previous, current)),
    )


def _paired(before: Mapping[str, V], now: Mapping[str, V]) -> Iterator[tuple[str, V | None, V | None]]:
    """By name: those of today in their order, then those that are gone."""
    for name in dict.fromkeys((*now, *before)):
        yield name, before.get(name), now.get(name)


def _quantity(number: Measurement | None) -> Quantity | None:
    if number is None or number.value is None:
        return None
    return Quantity(number.value, number.unit, number.currency)


# ---------------------------------------------------------------- objectives and the return


def _stands(edition: Edition) -> dict[str, tuple[str, Progress]]:
    """Objective → its status and its numbers."""
    statuses = {each.objective: str(each.status) for each in edition.assessments}
    return {each.objective: (statuses[each.objective], each) for each in edition.scorecard.progress}


def _names(*editions: Edition) -> dict[str, Text | Message]:
    """How the objectives are called, by the last of these editions that has each."""
    told = (each for edition in editions for each in edition.profile.objectives)
    return {each.id: each.title or say(f"metrics.{each.kpi}.Name") for each in told}


def _objectives(previous: Edition, current: Edition) -> Iterator[ObjectiveChange]:
    names = _names(previous, current)
    for id, before, now in _paired(_stands(previous), _stands(current)):
        yield ObjectiveChange(
            id,
            names[id],
            before[0] if before else None,
            now[0] if now else None,
            _quantity(before[1].current) if before else None,
            _quantity(now[1].current) if now else None,
        )


def _returns(previous: Returns, current: Returns) -> Iterator[Moved]:
    for name in RETURNS:
        before, now = _quantity(getattr(previous, name)), _quantity(getattr(current, name))
        if before != now:
            yield Moved(say(f"changes.return.{name}"), before, now)


# ---------------------------------------------------------------- signs and checks


def _signs(previous: Edition, current: Edition) -> Iterator[StateChange]:
    before = {sign.id: sign.state for sign in previous.signs}
    for sign in current.signs:
        if sign.id in before and before[sign.id] != sign.state:
            yield StateChange(sign.id, before[sign.id], sign.state)


def _checked(edition: Edition) -> dict[str, CheckResult]:
    checks = [check for sign in edition.signs for check in sign.section.checks]
    checks += [check for panel in edition.audit.panels for part in panel.parts for check in part.section.checks]
    return {check.id: check for check in reversed(checks)}


def _checks(previous: Edition, current: Edition) -> Iterator[CheckChange]:
    """Those whose score is another one; one that the agency took in or out is none."""
    for id, before, now in _paired(_checked(previous), _checked(current)):
        if before and now and (before.score, before.state) != (now.score, now.state):
            yield CheckChange(id, before.score, before.state, now.score, now.state)


# ---------------------------------------------------------------- recommendations


def _followups(previous: Edition, current: Edition) -> Iterator[FollowUp]:
    """Every recommendation that was open, by name, with what became of it; what was settled then is not told again."""
    begun = {each.action: each.since for each in previous.changes.followups} if previous.changes else {}
    now = {action.id: action for action in current.actions}
    for old in previous.actions:
        if old.state == "open":
            yield _followup(old, now.get(old.id), begun.get(old.id, previous.as_of))


def _followup(old: Action, now: Action | None, since: date) -> FollowUp:
    if now is None:
        return FollowUp(old.id, old.what, since, "gone")
    return FollowUp(old.id, old.what, since, now.state, now.on, now.told, now.owner, now.review)


def _fresh(previous: Edition, current: Edition) -> Iterator[Message | Text]:
    known = {action.id for action in previous.actions}
    return (action.what for action in current.actions if action.state == "open" and action.id not in known)


# ---------------------------------------------------------------- what is reckoned with


def _terms(previous: Edition, current: Edition) -> Iterator[TermChange]:
    names = _names(previous, current)
    for id, before, now in _paired(_of_objectives(previous), _of_objectives(current)):
        if before and now:
            for term in ("kpi", "target", "deadline", "baseline"):
                if before[term] != now[term]:
                    yield TermChange(term, names[id], before[term], now[term])
    old, new = _of_returns(previous.scorecard.returns), _of_returns(current.scorecard.returns)
    for term in old:
        if old[term] != new[term]:
            yield TermChange(term, None, old[term], new[term])


def _of_objectives(edition: Edition) -> dict[str, dict[Term, Message | Quantity | date | str | None]]:
    """Objective → what it is reckoned with. A target in percent stays the same when its baseline moves."""
    written = {each.id: each for each in edition.profile.objectives}
    return {
        each.objective: {
            "kpi": say(f"metrics.{each.kpi}.Name"),
            "target": written[each.objective].target_text,
            "deadline": each.deadline,
            "baseline": _rounded(_quantity(each.baseline)) if each.baseline_origin != "computed" else None,
        }
        for each in edition.scorecard.progress
    }


def _rounded(number: Quantity | None) -> Quantity | None:
    return Quantity(float(f"{number.value:.9g}"), number.unit, number.currency) if number else None


def _of_returns(returns: Returns) -> dict[Term, Message | Quantity | None]:
    def share(value: float | None) -> Quantity | None:
        return None if value is None else Quantity(value, Unit.RATE)

    return {
        "margin": share(returns.margin),
        "incrementality": share(returns.incrementality),
        "tax": say(f"changes.tax.{returns.tax}"),
    }


# ---------------------------------------------------------------- restated data


def _restated(previous: Edition, current: Edition) -> Iterator[Restated]:
    """The values of shown series, whole weeks or months, that are told otherwise today; earlier ones first."""
    old = {_key(each): each.series for each in previous.scorecard.comparisons if each.series}
    for comparison in current.scorecard.comparisons:
        series, before = comparison.series, old.get(_key(comparison))
        if (
            series
            and before
            and (series.grain, series.unit, series.currency)
            == (
                before.grain,
                before.unit,
                before.currency,
            )
        ):
            yield from _of_series(before, series, previous.as_of)


def _key(comparison: Comparison) -> tuple[str, str | None]:
    return comparison.metric, comparison.series.channel if comparison.series else None


def _of_series(before: Series, now: Series, last: date) -> Iterator[Restated]:
    told, today = dict(_values(before)), dict(_values(now))
    for period in sorted(told.keys() & today.keys(), key=lambda each: each.start):
        old, new = told[period], today[period]
        if period.end <= last and _differ(old, new):
            yield Restated(
                now.metric,
                now.channel,
                period,
                None if old is None else Quantity(old, now.unit, now.currency),
                None if new is None else Quantity(new, now.unit, now.currency),
                now.sources,
            )


def _differ(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is not new
    return abs(new - old) > DUST * max(abs(old), abs(new))


def _values(series: Series) -> Iterator[tuple[Period, float | None]]:
    """Each period with its value; one that was never wholly observed tells nothing that could be restated."""
    start = series.start
    for value, complete in zip(series.values, series.complete, strict=True):
        after = _after(start, series.grain)
        if complete or value is None:
            yield Period(start, after - timedelta(1)), value
        start = after


def _after(start: date, grain: str) -> date:
    if grain == "month":
        return (start.replace(day=1) + timedelta(32)).replace(day=1)
    return start + timedelta(7 if grain == "week" else 1)
