"""Channels are ranked by return only where every cost is known and each has enough data (METHODS §4.3, §4.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from sitegen.diagnose import ranking as module
from sitegen.diagnose.ranking import channel_ranking
from sitegen.formats import Words
from sitegen.measure import sampling, uncertainty
from sitegen.messages import Period, Unit, say
from sitegen.model.computed import ChannelReturn, Ranking, State
from tests.unit.diagnose.cases import channel, costs, measured, money, ratio, returns

FIRST = date(2026, 1, 1)
# Most was spent on the one that returns least.
BIG = channel("google_ads", 2.0, spend=money(90_000.0, coverage=1.0))
MIDDLE = channel("meta_ads", 4.0)
SMALL = channel("tiktok_ads", 8.0, spend=money(5_000.0, coverage=1.0))


def ranked(*channels: ChannelReturn, **changes: Any) -> Ranking:
    return channel_ranking(returns(channels=channels, **changes))


def test_the_highest_return_leads_where_all_costs_are_known_and_each_channel_has_enough_data() -> None:
    found = ranked(BIG, SMALL, MIDDLE)
    assert found.order == ("tiktok_ads", "meta_ads", "google_ads")
    assert found.reasons == ()


def test_no_channel_is_ranked_where_a_cost_line_is_unknown() -> None:
    found = ranked(BIG, SMALL, MIDDLE, costs=costs("production"), known_lines=5)
    assert found.order == ("google_ads", "meta_ads", "tiktok_ads")  # by what was spent
    assert found.reasons == (say("ranking.costs", missing=(say("findings.cost.production"),)),)


def lasting(days: int) -> ChannelReturn:
    return replace(SMALL, roas=replace(ratio(8.0), period=Period(FIRST, FIRST + timedelta(days - 1))))


@pytest.mark.parametrize(
    ("lacking", "reason"),
    [
        (replace(SMALL, roas=ratio(None)), "no_sales"),
        (replace(SMALL, included=False), "partial"),
        (replace(SMALL, spend=replace(SMALL.spend, state=State.PARTIAL)), "partial"),
        (replace(SMALL, conversion_value=replace(SMALL.conversion_value, state=State.PARTIAL)), "partial"),
        (lasting(55), "short"),
        (lasting(56), None),
        (replace(SMALL, conversions=measured(None, Unit.COUNT)), "uncounted"),
        (replace(SMALL, conversions=measured(29.0, Unit.COUNT)), "few"),
        (replace(SMALL, conversions=measured(30.0, Unit.COUNT)), None),
    ],
)
def test_one_channel_that_lacks_something_keeps_all_from_being_ranked(
    lacking: ChannelReturn, reason: str | None
) -> None:
    found = ranked(BIG, MIDDLE, lacking)
    assert [each.key for each in found.reasons] == ([f"ranking.{reason}"] if reason else [])
    assert found.order[0] == ("google_ads" if reason else "tiktok_ads")


def test_every_reason_is_told() -> None:
    found = ranked(replace(BIG, included=False), lasting(7), costs=costs("tools"), known_lines=5)
    assert [each.key for each in found.reasons] == ["ranking.costs", "ranking.partial", "ranking.short"]
    told = Words("en", "MA").say(say("ranking.not_ranked", reasons=found.reasons))
    assert told == (
        "Channels go from the most spent to the least. They are not ranked by return: not all costs are known "
        "(missing: tools), the data of Google Ads are incomplete and TikTok Ads has less than 8 weeks."
    )


def test_one_channel_has_nothing_to_be_compared_with() -> None:
    assert ranked(BIG) == Ranking()


def test_enough_is_what_an_interval_needs() -> None:
    assert module.FEWEST_DAYS == 7 * sampling.FEWEST_WEEKS
    assert module.FEWEST_CONVERSIONS == uncertainty.FEWEST_CONVERSIONS
