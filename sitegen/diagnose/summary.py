"""An Edition and its data request in, the few values that the agency's portfolio tells out. Judges nothing anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from sitegen.diagnose import gains
from sitegen.diagnose.status import judged_from
from sitegen.diagnose.wording import quantity
from sitegen.messages import Message, say
from sitegen.model.computed import Action, Assessment, CostLine, Edition, Progress, Returns, Status
from sitegen.model.portfolio import Counting, Earned, Kind, ObjectiveLine, Review, Row, SignLine, Standing, Summary

STANDINGS: Mapping[Status, Standing] = {  # the most pressing first
    Status.MISSED: "late",
    Status.OFF_TRACK: "late",
    Status.AT_RISK: "risk",
    Status.NO_DATA: "open",
    Status.INCONCLUSIVE: "open",
    Status.TOO_EARLY: "open",
    Status.NOT_STARTED: "open",
    Status.ON_TRACK: "well",
    Status.REACHED_HOLD: "well",
    Status.ACHIEVED: "well",
}
Pairs: TypeAlias = tuple[tuple[Progress, Assessment], ...]
ENDED = frozenset({Status.ACHIEVED, Status.MISSED})
STOPPED = "quality.stale"


def summary(edition: Edition, asked: Mapping[str, tuple[Message, ...]]) -> Summary:
    """One client at a glance; `asked` is what its data request asks for, by group."""
    profile, card, pairs = edition.profile, edition.scorecard, _pairs(edition)
    stopped = (notice.path for notice in edition.notices if notice.message.key == STOPPED)
    return Summary(
        slug=edition.slug,
        name=profile.name,
        country=profile.country,
        access=profile.access,
        status=profile.status,
        fictitious=profile.fictitious,
        data_until=edition.as_of if any(source.period for source in card.sources) else None,
        stopped=tuple(dict.fromkeys(path.removeprefix(f"data/{edition.slug}/") for path in stopped)),
        objectives=tuple(_objectives(edition, pairs)),
        earned=earned(card.returns),
        signs=tuple(SignLine(sign.id, sign.state, sign.section.verdict) for sign in edition.signs),
        missing=tuple(asked.items()),
        reviews=reviews(pairs, edition.actions),
    )


def _pairs(edition: Edition) -> Pairs:
    """Each objective with its verdict, those that need attention first."""
    judged = {assessment.objective: assessment for assessment in edition.assessments}
    pairs = [(each, judged[each.objective]) for each in edition.scorecard.progress if each.objective in judged]
    ranked = tuple(STANDINGS)
    return tuple(sorted(pairs, key=lambda pair: ranked.index(pair[1].status)))


def _objectives(edition: Edition, pairs: Pairs) -> Iterator[ObjectiveLine]:
    authored = {objective.id: objective for objective in edition.profile.objectives}
    for progress, assessment in pairs:
        told, status = authored[progress.objective], assessment.status
        yield ObjectiveLine(told.title, progress.kpi, told.target_text, status, STANDINGS[status], progress.deadline)


# ---------------------------------------------------------------- returns


def earned(returns: Returns) -> Earned:
    """The return that the first page tells: proven where that is known, else on what platforms claim."""
    own, claimed = gains.full(returns), returns.roi_attributed
    if own.value is None and claimed.value is None:
        return Earned(None, "claimed", None, reason=own.reason or claimed.reason)
    number = claimed if own.value is None else own
    alone = gains.counted(returns) == (say("verdict.lever.sales"),)
    counting: Counting = "claimed" if own.value is None else "earned" if alone else "gained"
    return Earned(quantity(number), counting, number.period or returns.period, tuple(_without(returns)))


def _without(returns: Returns) -> Iterator[Message]:
    """What a return leaves out: costs that nobody told, gains that are known in part."""
    unknown = (_line(line) for line in returns.costs if not line.known)
    yield from dict.fromkeys(unknown)
    if gains.sales_partial(returns):
        yield say("portfolio.part_of_sales")
    elif not gains.whole(returns):
        yield say("portfolio.part_of_gains")


def _line(line: CostLine) -> Message:
    name = say(f"portfolio.cost.{line.kind}")
    return say("portfolio.partly", name=name) if line.origin == "partial" else name


# ---------------------------------------------------------------- reviews


def reviews(pairs: Pairs, actions: Sequence[Action] = ()) -> tuple[Review, ...]:
    """The days on which objectives are to be looked at again, after the report's: when they can first be judged, and
    when they end; and those of the open actions about which something was decided, past ones too."""
    found = [
        Review(day, kind, line)
        for line, (progress, judged) in enumerate(pairs)
        for day, kind in _days(progress, judged.status)
        if day > progress.as_of
    ]
    found += [
        Review(each.review, "action", None, each.what) for each in actions if each.state == "open" and each.decided
    ]
    return tuple(sorted(found, key=lambda review: (review.on, -1 if review.line is None else review.line)))


def _days(progress: Progress, status: Status) -> Iterator[tuple[date, Kind]]:
    if status in (Status.TOO_EARLY, Status.NOT_STARTED):
        yield judged_from(progress), "judged_from"
    if status not in ENDED:
        yield progress.deadline, "deadline"


# ---------------------------------------------------------------- order


def pressing(row: Row) -> tuple[int | str, ...]:
    """By what rows are sorted, what needs attention first: a client that could not be built, then objectives that are
    late, signs that are present, objectives at risk, what is not known, the oldest data, the longest data request."""
    told = row.summary
    standings = [line.standing for line in told.objectives] if told else []
    states = [sign.state for sign in told.signs] if told else []
    return (
        {"failed": 0, "unbuilt": 1, "built": 2}[row.state],
        -standings.count("late"),
        -states.count("present"),
        -standings.count("risk"),
        -standings.count("open") - states.count("unknown"),
        told.data_until.toordinal() if told and told.data_until else 0,
        -sum(len(asked) for _, asked in told.missing) if told else 0,
        row.name.casefold(),
        row.slug,
    )
