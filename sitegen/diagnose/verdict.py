"""A Draft in, the answer to "does it work?" out. Judges nothing anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from math import floor

from sitegen.diagnose import gains
from sitegen.diagnose.draft import Draft
from sitegen.diagnose.returns import unknown_lines
from sitegen.diagnose.wording import quantity
from sitegen.messages import Message, Period, Quantity, Unit, say
from sitegen.model.computed import Returns, Scorecard, State, Status

# Good news first; the words of several statuses are one.
GROUPS: Mapping[Status, str] = {
    Status.ACHIEVED: "achieved",
    Status.REACHED_HOLD: "on_track",
    Status.ON_TRACK: "on_track",
    Status.AT_RISK: "at_risk",
    Status.OFF_TRACK: "off_track",
    Status.MISSED: "missed",
    Status.INCONCLUSIVE: "open",
    Status.TOO_EARLY: "open",
    Status.NO_DATA: "open",
    Status.NOT_STARTED: "open",
}
ASSETS_SHOWN = 3
TRIALS = frozenset({"sale", "campaign", "site"})
ASSETS = frozenset(  # answers that tell what a client owns already
    {
        *("analytics", "crm", "digital_lead", "training", "process_change", "decision_log", "kpi_definitions"),
        *("cost_tracking", "margin_known", "digital_sales", "press_reference", "service_contacts"),
    }
)
MONTHS_FROM = 2  # a shorter time is told in days
# What a return is told on: large enough for no decimals in any currency, small enough not to be told in thousands.
STAKE, UNSCALED = 10_000.0, 1_000.0


def verdict(draft: Draft) -> Message:
    """What is there already, how the objectives go, what was earned."""
    return say(
        "verdict.whole",
        assets=_assets(draft),
        objectives=_objectives(draft),
        returns=_returns(draft.scorecard.returns, UNSCALED if draft.profile.scale else STAKE),
    )


def _assets(draft: Draft) -> Message:
    owned = _owned(draft)[:ASSETS_SHOWN]
    return say("verdict.assets", assets=owned) if owned else say("verdict.started")


def assets(draft: Draft) -> tuple[Message, ...]:
    """All that is there already, trials included: having tried is one."""
    as_of = draft.scorecard.as_of
    tried = sum(event.kind in TRIALS and event.end < as_of for event in draft.profile.events)
    counted = (("trials", tried), ("objectives", len(draft.assessments)))
    return (*_owned(draft), *(say(f"checks.asset.{name}", count=count) for name, count in counted if count))


def _owned(draft: Draft) -> tuple[Message, ...]:
    data = _data(draft.scorecard)
    said = [question for question, answer in draft.profile.answers if answer == "yes" and question in ASSETS]
    answered = [say(f"verdict.asset.{question}") for question in said]
    return (*data, *_saved(draft.scorecard.returns), *answered)


def _saved(returns: Returns) -> Iterator[Message]:
    """What costs less than before, whoever had the idea."""
    communication, service = returns.communication, returns.service
    if communication and gains.cheaper(communication) and (saving := quantity(communication.saving)):
        yield say("verdict.asset.communication_saving", saving=saving)
    if service and (saving := quantity(service.saving)) and saving.value > 0:
        nature = "cash" if gains.cancelled(service) else "freed"
        yield say(f"verdict.asset.service_{nature}", saving=saving)


def _data(scorecard: Scorecard) -> list[Message]:
    """How long the sales are told, else the KPI of the objectives: the one that is told for the shortest time."""
    sales = _span(scorecard, scorecard.returns.sales.sources)
    kpis = [span for found in scorecard.progress if (span := _span(scorecard, found.current.sources))]
    span = sales or min(kpis, key=lambda each: each.days, default=None)
    if span is None:
        return []
    told, months = "sales" if sales else "data", _months(span)
    if months < MONTHS_FROM:
        return [say(f"verdict.asset.{told}_days", count=span.days)]
    return [say(f"verdict.asset.{told}_months", count=months)]


def _span(scorecard: Scorecard, paths: Collection[str]) -> Period | None:
    """From the first to the last day of these files."""
    periods = [source.period for source in scorecard.sources if source.period and source.path in paths]
    if not periods:
        return None
    return Period(min(period.start for period in periods), max(period.end for period in periods))


def _months(span: Period) -> int:
    """How many whole months it holds."""
    after = span.end + timedelta(1)
    return (after.year - span.start.year) * 12 + after.month - span.start.month - (after.day < span.start.day)


def _objectives(draft: Draft) -> Message:
    if not draft.assessments:
        return say("verdict.no_objective")
    counts = Counter(GROUPS[assessment.status] for assessment in draft.assessments)
    groups = [group for group in dict.fromkeys(GROUPS.values()) if counts[group]]
    if len(draft.assessments) == 1:
        return say(f"verdict.only.{groups[0]}")
    parts = tuple(say(f"verdict.part.{group}", count=counts[group]) for group in groups)
    return say("verdict.objectives", total=len(draft.assessments), parts=parts)


def _returns(returns: Returns, stake: float) -> Message:
    period, missing = returns.period, _missing(returns)
    proven = gains.full(returns)
    own = "earned" if gains.counted(returns) == (say("verdict.lever.sales"),) else "gained"
    for kind, roi in ((own, proven.value), ("claimed", returns.roi_attributed.value)):
        if period and roi is not None:
            return _earned(returns, period, kind, roi, stake)
    sales, media = quantity(returns.sales), quantity(returns.media)
    if period and sales and media and media.value > 0 and missing:
        return say("verdict.sales_beside_media", sales=sales, media=media, period=period, missing=missing)
    return say("verdict.not_computable", missing=missing) if missing else say("verdict.no_return")


def _earned(returns: Returns, period: Period, kind: str, roi: float, stake: float) -> Message:
    """What a round stake brought back, to the nearest hundredth of it: the figure is no more precise than that.

    It is the least that it can be while some of the attributed sales are unknown and all of the media is known.
    """
    lines = unknown_lines(returns)
    least = gains.sales_partial(returns) and returns.media.state is State.COMPLETE
    back = 100 * (1 + roi)
    return say(
        f"verdict.{kind}",
        scope=say("verdict.scope.partial", lines=lines) if lines else say("verdict.scope.complete"),
        stake=Quantity(stake, Unit.MONEY, returns.currency),
        about=say("verdict.about.least" if least else "verdict.about.estimate"),
        back=Quantity(stake / 100 * (floor(back) if least else round(back)), Unit.MONEY, returns.currency),
        period=period,
        levers=gains.counted(returns),
        balance=_balance(returns, roi),
    )


def _balance(returns: Returns, roi: float) -> Message:
    """Whether the costs are covered, which gains that are partly unknown do not tell."""
    if gains.sales_partial(returns):
        return say("verdict.balance.open")
    if roi >= 0:
        return say("verdict.balance.covered")
    return say("verdict.balance.not_covered" if gains.whole(returns) else "verdict.balance.lever_open")


def _missing(returns: Returns) -> tuple[Message, ...]:
    """What a return on investment still needs; one that would give away a withheld margin needs the other factor."""
    factor = "incrementality" if "margin" in returns.withheld else "margin"
    needed = {
        "media": returns.media.value,
        "attributed_revenue": returns.attributed_revenue.value,
        factor: getattr(returns, factor),
    }
    unknown = (name for name, value in needed.items() if value is None and name not in returns.withheld)
    return tuple(say(f"verdict.missing.{name}") for name in unknown)
