"""A Draft in, the answer to "does it work?" out. Judges nothing anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

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
DAYS_OF_A_MONTH = 30.4375
STAKE = 10_000.0  # what a return is told on: large enough for no decimals in any currency


def verdict(draft: Draft) -> Message:
    """What is there already, how the objectives go, what was earned."""
    return say(
        "verdict.whole",
        assets=_assets(draft),
        objectives=_objectives(draft),
        returns=_returns(draft.scorecard.returns),
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
    months = _months(draft.scorecard)
    data = [say("verdict.asset.data", count=months)] if months else []
    answered = [say(f"verdict.asset.{question}") for question, answer in draft.profile.answers if answer == "yes"]
    return (*data, *answered)


def _months(scorecard: Scorecard) -> int:
    """How many months the files cover, from the first day to the last."""
    periods = [source.period for source in scorecard.sources if source.period]
    if not periods:
        return 0
    days = (max(period.end for period in periods) - min(period.start for period in periods)).days + 1
    return round(days / DAYS_OF_A_MONTH)


def _objectives(draft: Draft) -> Message:
    if not draft.assessments:
        return say("verdict.no_objective")
    counts = Counter(GROUPS[assessment.status] for assessment in draft.assessments)
    groups = [group for group in dict.fromkeys(GROUPS.values()) if counts[group]]
    if len(draft.assessments) == 1:
        return say(f"verdict.only.{groups[0]}")
    parts = tuple(say(f"verdict.part.{group}", count=counts[group]) for group in groups)
    return say("verdict.objectives", total=len(draft.assessments), parts=parts)


def _returns(returns: Returns) -> Message:
    period, missing = returns.period, _missing(returns)
    for kind, roi in (("earned", returns.roi_incremental.value), ("claimed", returns.roi_attributed.value)):
        if period and roi is not None:
            return _earned(returns, period, kind, roi)
    sales, media = quantity(returns.sales), quantity(returns.media)
    if period and sales and media and media.value > 0 and missing:
        return say("verdict.sales_beside_media", sales=sales, media=media, period=period, missing=missing)
    return say("verdict.not_computable", missing=missing) if missing else say("verdict.no_return")


def _earned(returns: Returns, period: Period, kind: str, roi: float) -> Message:
    """What a round stake brought back, to the nearest hundred: the figure is no more precise than that."""
    lines = unknown_lines(returns)
    return say(
        f"verdict.{kind}",
        scope=say("verdict.scope.partial", lines=lines) if lines else say("verdict.scope.complete"),
        stake=Quantity(STAKE, Unit.MONEY, returns.currency),
        back=Quantity(round(STAKE * (1 + roi), -2), Unit.MONEY, returns.currency),
        period=period,
        balance=_balance(returns, roi),
    )


def _balance(returns: Returns, roi: float) -> Message:
    """Whether the costs are covered; attributed sales that are partly unknown can only prove that they are."""
    if roi >= 0:
        return say("verdict.balance.covered")
    whole = returns.attributed_revenue.state is State.COMPLETE
    return say("verdict.balance.not_covered") if whole else say("verdict.balance.open")


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
