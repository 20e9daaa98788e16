"""What several files tell of the same in, the decision on each pair of them out, in one sentence (METHODS §8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sitegen.errors import Problem, Severity
from sitegen.measure.daily import Daily
from sitegen.measure.merging import RESTATED
from sitegen.measure.parts import WHOLE
from sitegen.measure.quality.told import file, names, notice
from sitegen.messages import Message, Quantity, Unit, say
from sitegen.model.catalogue import METRICS, Kind
from sitegen.model.computed import Decision, Restated, Why
from sitegen.model.facts import Dossier

SHOWN = 3  # restated values in a sentence
BY_DESIGN = frozenset({Why.BREAKDOWN, Why.PART})  # two extracts of the same need not agree


def files_told(dossier: Dossier, values: Daily) -> Iterator[Problem]:
    """Which file counts where two tell the same; totals beside their channels; files of which only a part is known."""
    pairs: dict[tuple[str, str, Why], list[Decision]] = defaultdict(list)
    for decision in values.decisions:
        pairs[decision.left, decision.kept, decision.why].append(decision)
    for (left, kept, why), decisions in sorted(pairs.items()):
        yield _decided(left, kept, why, decisions, dossier)
    yield from _wholes(values)
    yield from _parts(values)


def _decided(left: str, kept: str, why: Why, decisions: Sequence[Decision], dossier: Dossier) -> Problem:
    days = max(decision.days for decision in decisions)
    message = say(
        f"quality.merged.{why}", kept=file(dossier, kept), metrics=names(each.metric for each in decisions), count=days
    )
    apart = [decision for decision in decisions if decision.differing and why not in BY_DESIGN]
    if not apart:
        hint = "undecided" if why is Why.UNDECIDED else None
        return notice(left, message, Severity.WARNING if hint else Severity.INFO, hint)
    told = sorted(
        ((decision, restated) for decision in apart for restated in decision.restated),
        key=lambda pair: (-_apart(pair[1]), pair[1].period, pair[0].metric, pair[0].channel),
    )
    message = say(
        "quality.restated",
        merged=message,
        count=sum(decision.differing for decision in apart),
        values=tuple(_value(decision, restated, dossier) for decision, restated in told[:SHOWN]),
    )
    if why is Why.UNDECIDED and any(_far(decision) for decision in apart):
        return notice(left, message, Severity.ERROR, "undecided")
    return notice(left, message, hint="undecided" if why is Why.UNDECIDED else "restated")


def _apart(restated: Restated) -> float:
    return abs(restated.kept - restated.left) / max(abs(restated.left), abs(restated.kept))


def _far(decision: Decision) -> bool:
    """Whether the two files differ as a whole, so that the choice between them would move a total."""
    return abs(decision.total_kept - decision.total_left) > RESTATED * abs(decision.total_left)


def _value(decision: Decision, restated: Restated, dossier: Dossier) -> Message:
    unit = METRICS[decision.metric].unit
    currency = dossier.currency if unit is Unit.MONEY else None
    return say(
        "quality.restated_value",
        period=restated.period,
        left=Quantity(restated.left, unit, currency),
        kept=Quantity(restated.kept, unit, currency),
        metric=say(f"metrics.{decision.metric}.name"),
    )


def _wholes(values: Daily) -> Iterator[Problem]:
    """A total beside its channels: it stands alone."""
    whole: dict[str, set[str]] = defaultdict(set)
    for metric, channels in values.strands.items():
        beside = len(channels) > 1 and METRICS[metric].kind is Kind.FLOW
        if beside and WHOLE in channels and channels[WHOLE].partial is None:
            whole[min(channels[WHOLE].sources)].add(metric)
    for path, told in sorted(whole.items()):
        yield notice(path, say("quality.whole", metrics=names(told)), Severity.INFO)


def _parts(values: Daily) -> Iterator[Problem]:
    """Figures that rest on some of the rows only: the whole is at least that."""
    parts: dict[str, set[str]] = defaultdict(set)
    for metric, channels in values.strands.items():
        for strand in channels.values():
            if strand.partial is not None:
                parts[min(strand.sources)].add(metric)
    for path, told in sorted(parts.items()):
        yield notice(path, say("quality.at_least", metrics=names(told)), hint="at_least")
