"""A return and the weeks that it is made of in, the interval in which chance alone lets it lie out (METHODS §4.5).

It holds margin, additional share and every other assumption fixed: scenarios are told before it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sitegen.measure.arrays import Array
from sitegen.measure.daily import Daily
from sitegen.measure.kinds import reading, tally
from sitegen.measure.periods import within
from sitegen.measure.sampling import block_interval
from sitegen.messages import Period
from sitegen.model.computed import Returns
from sitegen.model.facts import Dossier

FEWEST_CONVERSIONS = 30


def roi_interval(found: Returns, dossier: Dossier, daily: Daily) -> tuple[float, ...]:
    """The low and the high end of `found.roi`, 90 %, from its whole weeks drawn again in blocks: what the platforms
    claim and what the channels cost vary together, every other cost and gain is spread evenly.

    Empty without a return, below eight weeks or thirty conversions, or where a week of a channel is not told.
    """
    named = [channel.channel for channel in found.channels if channel.included]
    sold = sum(channel.conversions.value or 0 for channel in found.channels if channel.included)
    claimed, total, gain = found.attributed_revenue.value, found.total_cost.value, found.sales_gain
    margin, benefit = (each.value if each else None for each in (gain and gain.margin, found.benefit))
    if found.period is None or not claimed or not total or margin is None or benefit is None:
        return ()
    weeks = within(found.period, "week")
    columns = [_by_week(metric, named, weeks, dossier, daily) for metric in ("conversion_value", "spend")]
    if round(sold, 6) < FEWEST_CONVERSIONS or any(column is None for column in columns):
        return ()
    told = np.array(columns, float)
    share = 7 * len(weeks) / found.period.days
    spent = sum(channel.spend.value or 0 for channel in found.channels if channel.included)
    kept, others, fixed = margin / claimed, (benefit - margin) * share, (total - spent) * share

    def returned(sums: Array) -> Array:
        cost = sums[1] + fixed
        back: Array = (sums[0] * kept + others - cost) / cost
        return back

    return block_interval(told, returned) or ()


def _by_week(
    metric: str, channels: Sequence[str], weeks: Sequence[Period], dossier: Dossier, daily: Daily
) -> list[float] | None:
    """The total of each week; None where one of them is not told."""
    read = reading(metric, daily, dossier, channels)
    values = [tally(read, week).value for week in weeks]
    return [value for value in values if value is not None] if None not in values else None
