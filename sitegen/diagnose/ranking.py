"""Returns in, the channels in the order of their return out, or every reason why they have none (METHODS §4.3, §4.5).

A return on a part of the costs flatters whoever costs most in what is missing, and a return on few orders is chance:
so channels are ranked where all six cost lines are known and each has enough data, and not at all otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.diagnose.returns import unknown_lines
from sitegen.diagnose.wording import channel
from sitegen.messages import Message, say
from sitegen.model.computed import ChannelReturn, Ranking, Returns, State

FEWEST_CONVERSIONS = 30
FEWEST_DAYS = 56  # eight weeks


def channel_ranking(returns: Returns) -> Ranking:
    """The channels from the highest return on advertising to the lowest; where that is not told, the reasons and, with
    them, the channels from the most spent to the least. Nothing for fewer than two channels."""
    if len(returns.channels) < 2:
        return Ranking()
    reasons = tuple(_reasons(returns))
    if reasons:
        spent = sorted(returns.channels, key=lambda each: (-(each.spend.value or 0.0), each.channel))
        return Ranking(tuple(each.channel for each in spent), reasons)
    ranked = sorted(returns.channels, key=lambda each: (-(each.roas.value or 0.0), each.channel))
    return Ranking(tuple(each.channel for each in ranked))


def _reasons(returns: Returns) -> Iterator[Message]:
    if missing := unknown_lines(returns):
        yield say("ranking.costs", missing=missing)
    for each in returns.channels:
        yield from _lacking(each)


def _lacking(each: ChannelReturn) -> Iterator[Message]:
    """The first thing that a channel lacks to be ranked."""
    name, sold = channel(each.channel), each.conversions.value
    if each.roas.value is None:
        yield say("ranking.no_sales", channel=name)
    elif not each.included or State.PARTIAL in (each.spend.state, each.conversion_value.state, each.roas.state):
        yield say("ranking.partial", channel=name)
    elif each.roas.period is None or each.roas.period.days < FEWEST_DAYS:
        yield say("ranking.short", channel=name, weeks=FEWEST_DAYS // 7)
    elif sold is None:
        yield say("ranking.uncounted", channel=name, fewest=FEWEST_CONVERSIONS)
    elif round(sold, 6) < FEWEST_CONVERSIONS:
        yield say("ranking.few", channel=name, count=int(sold), fewest=FEWEST_CONVERSIONS)
