"""A Draft in, the findings on what was spent and what it returned out (METHODS §4). Computes no return."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.diagnose import gains
from sitegen.diagnose.draft import DECISIVE, FULL_COSTS, MINOR, NORMAL, Draft, Rule, finding
from sitegen.diagnose.wording import channel, quantity
from sitegen.messages import Message, Quantity, Unit, say
from sitegen.model.authored import COST_LINES
from sitegen.model.computed import CostLine, Finding, Returns, State


def unknown_lines(returns: Returns) -> tuple[Message, ...]:
    """The names of the cost lines that are not wholly known, once each."""
    return tuple(dict.fromkeys(_unknown(line) for line in returns.costs if not line.known))


def _unknown(line: CostLine) -> Message:
    name = say(f"findings.cost.{line.kind}")
    return say("findings.costs_incomplete.partly", name=name) if line.origin == "partial" else name


def no_spend(draft: Draft) -> Iterator[Finding]:
    """Nothing tells what was spent on media, not even a zero."""
    returns = draft.scorecard.returns
    if returns.media.value is None and "media" not in returns.withheld:
        yield finding("returns", "no_spend", NORMAL, "cost-tracking")


def margin_missing(draft: Draft) -> Iterator[Finding]:
    """No return on investment without a margin (METHODS §4.1)."""
    returns, media = draft.scorecard.returns, quantity(draft.scorecard.returns.media)
    if returns.margin is None and "margin" not in returns.withheld and media and returns.period:
        yield finding("returns", "margin_missing", DECISIVE, "margin", media=media, period=returns.period)


def no_attributed_revenue(draft: Draft) -> Iterator[Finding]:
    """Media without the sales that platforms claim for it."""
    returns, media = draft.scorecard.returns, quantity(draft.scorecard.returns.media)
    if returns.attributed_revenue.value is None and media and returns.period:
        yield finding(
            "returns", "no_attributed_revenue", NORMAL, "digital-sales-channel", media=media, period=returns.period
        )


def costs_incomplete(draft: Draft) -> Iterator[Finding]:
    """The lines that are unknown beside the media: without media there is no return to complete."""
    returns = draft.scorecard.returns
    missing = unknown_lines(returns)
    if returns.media.value is not None and missing:
        yield finding(
            "returns",
            "costs_incomplete",
            NORMAL * len(missing) / len(COST_LINES),
            "cost-tracking",
            missing=missing,
            known=returns.known_lines,
            lines=len(COST_LINES),
        )


def share_unknown(draft: Draft) -> Iterator[Finding]:
    """Nobody said which share of the attributed sales would not have happened otherwise."""
    returns, revenue = draft.scorecard.returns, quantity(draft.scorecard.returns.attributed_revenue)
    if returns.incrementality is None and "incrementality" not in returns.withheld and revenue and returns.period:
        yield finding(
            "returns",
            "share_unknown",
            MINOR,
            "roi-sales",
            revenue=revenue,
            period=returns.period,
            limit=_limit(returns),
        )


def _limit(returns: Returns) -> Message:
    """From which additional share on the costs are covered, where that can happen at all and the sales are known."""
    share, whole = quantity(returns.break_even_incrementality), returns.attributed_revenue.state is State.COMPLETE
    if share is None or share.value > 1 or not whole:
        return say("findings.share_unknown.open")
    return say("findings.share_unknown.limit", share=share)


def costs_not_covered(draft: Draft) -> Iterator[Finding]:
    """A negative return: with every lever, else on additional sales where their share is known, else on all that
    platforms claim.

    Gains that are partly unknown prove nothing; costs that are would only make it worse.
    """
    returns, cost = draft.scorecard.returns, quantity(draft.scorecard.returns.total_cost)
    number = gains.full(returns)
    known = number.value is not None
    roi = number.value if known else returns.roi_attributed.value
    if roi is not None and roi < 0 and gains.whole(returns) and cost and returns.period:
        yield finding(
            "returns",
            "costs_not_covered",
            DECISIVE,
            FULL_COSTS,
            basis=say(
                f"findings.costs_not_covered.{'additional' if known else 'claimed'}", levers=gains.counted(returns)
            ),
            roi=Quantity(roi, Unit.CHANGE),
            cost=cost,
            period=returns.period,
        )


def channel_below_break_even(draft: Draft) -> Iterator[Finding]:
    """A channel whose claimed sales, all known, do not pay for its media, even if every one of them is due to it."""
    returns = draft.scorecard.returns
    needed = quantity(returns.break_even_roas_media)
    for line in returns.channels:
        roas, spend, revenue = quantity(line.roas), quantity(line.spend), quantity(line.conversion_value)
        if not (line.included and needed and roas and spend and revenue and returns.period and returns.margin):
            continue
        if roas.value < needed.value and line.conversion_value.state is State.COMPLETE:
            yield finding(
                "returns",
                "channel_below_break_even",
                DECISIVE * (1 - roas.value / needed.value),
                FULL_COSTS,
                about=line.channel,
                channel=channel(line.channel),
                roas=roas,
                needed=needed,
                spend=spend,
                revenue=revenue,
                margin=Quantity(returns.margin, Unit.RATE),
                period=returns.period,
            )


def claims_exceed_sales(draft: Draft) -> Iterator[Finding]:
    """Platforms that claim more sales than the shop made: each counts the same orders (METHODS §4.4)."""
    returns = draft.scorecard.returns
    claimed, sales = quantity(returns.attributed_revenue), quantity(returns.sales)
    whole = returns.sales.state is State.COMPLETE
    if claimed and sales and whole and returns.period and claimed.value > sales.value > 0:
        yield finding(
            "returns",
            "claims_exceed_sales",
            DECISIVE * (1 - sales.value / claimed.value),
            "roi-sales",
            claimed=claimed,
            sales=sales,
            period=returns.period,
        )


def channel_left_out(draft: Draft) -> Iterator[Finding]:
    """Channels whose spend is observed on too few days to enter the totals."""
    returns, wanted = draft.scorecard.returns, draft.thresholds.coverage_partial
    for line in returns.channels:
        coverage = line.spend.coverage
        if not line.included and coverage is not None and returns.period:
            yield finding(
                "returns",
                "channel_left_out",
                NORMAL * (1 - coverage),
                "measurement-frequency",
                about=line.channel,
                channel=channel(line.channel),
                coverage=Quantity(coverage, Unit.RATE),
                wanted=Quantity(wanted, Unit.RATE),
                period=returns.period,
            )


RULES: tuple[Rule, ...] = (
    costs_not_covered,
    margin_missing,
    claims_exceed_sales,
    channel_below_break_even,
    no_spend,
    no_attributed_revenue,
    costs_incomplete,
    share_unknown,
    channel_left_out,
)
