"""A customer service by cheaper channels: what it saves, and what of it is cash (METHODS §4.2, lever 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sitegen.model.computed import Returns, ServiceSaving, State
from sitegen.model.facts import Records

from .cases import key, rowed, source
from .marketing import OCTOBER, channel, found, shop

AUGUST = date(2026, 8, 1)
CHANNELS = {  # at 120 an hour: 18, 9, 12 and 4 for one contact
    "phone": {"minutes": 9},
    "email": {"minutes": 4.5},
    "tickets": {"minutes": 6},
    "facebook": {"minutes": 3, "concurrency": 2, "tools": 1},
}
BEFORE = {"phone": 2000, "email": 1000, "tickets": 500}
NOW = {"phone": 1400, "email": 800, "tickets": 300, "facebook": 1200}
GAIN = {"before": {"start": "2026-08-01", "end": "2026-08-31"}, "hourly_cost": 120, "channels": CHANNELS}


def desk(before: Mapping[str, float] = BEFORE, now: Mapping[str, float] = NOW, **more: Any) -> Records:
    """One file of contacts, by day and channel: `before` over August, `now` over October."""
    rows = [
        (
            start.replace(day=day),
            name,
            {"contacts": count / 31, **{key: count / 31 * each for key, each in more.items()}},
        )
        for start, contacts in ((AUGUST, before), (OCTOBER, now))
        for day in range(1, 32)
        for name, count in contacts.items()
    ]
    return rowed(rows, "desk.csv")


def served(*files: Records, **gain: Any) -> tuple[Returns, ServiceSaving]:
    case = found(*(files or (desk(),)), channel("google_ads", 10, 50), shop(900), gains={"service": {**GAIN, **gain}})
    assert case.service
    return case, case.service


# ---------------------------------------------------------------- the vector


def test_service_costs_less_by_cheaper_channels() -> None:
    """V:service, contacts of October against those of August."""
    _, gain = served()
    assert (gain.cost_before.value, gain.cost_now.value) == (pytest.approx(51_000), pytest.approx(40_800))
    assert gain.saving.value == pytest.approx(10_200)
    assert gain.per_contact_before.value == pytest.approx(14.571, abs=5e-4)
    assert gain.per_contact_now.value == pytest.approx(11.027, abs=5e-4)
    assert gain.constant.value == pytest.approx(12_405, abs=1)
    assert (gain.saving.state, gain.saving.sources, gain.saving.currency) == (State.COMPLETE, ("desk.csv",), "MAD")


def test_each_channel_has_its_contacts_and_its_price() -> None:
    _, gain = served()
    assert [each.channel for each in gain.lines] == ["email", "facebook", "phone", "tickets"]
    assert [each.unit_now.value for each in gain.lines] == pytest.approx([9, 4, 18, 12])
    assert [each.contacts_before.value for each in gain.lines] == pytest.approx([1000, 0, 2000, 500])
    assert [each.contacts_now.value for each in gain.lines] == pytest.approx([800, 1200, 1400, 300])


def test_freed_time_is_no_cash() -> None:
    case, gain = served()
    assert (gain.nature, gain.cancelled, gain.booked.value) == ("freed", None, 0)
    assert case.benefit
    assert case.roi
    assert {key(each.reason) for each in (case.benefit, case.roi)} == {"returns.reason.no_incrementality"}


def test_a_reference_of_another_length_is_brought_to_the_period() -> None:
    half = {"start": "2026-08-01", "end": "2026-08-15"}
    _, gain = served(before=half)
    assert gain.contacts_before.value == pytest.approx(3_500)
    assert gain.cost_before.value == pytest.approx(51_000)


# ---------------------------------------------------------------- what was cancelled


@pytest.mark.parametrize(
    ("cancelled", "nature", "booked"),
    [
        ({"kind": "hire", "amount": "9000/month", "budgeted": True}, "cash", 9_000),  # instead of the saving
        ({"kind": "hire", "amount": "12000/month", "budgeted": True}, "cash", 12_000),
        ({"kind": "hire", "amount": "9000/month"}, "freed", 0),
        ({"kind": "overtime", "amount": "3000/month"}, "cash", 3_000),
        ({"kind": "outsourcing", "amount": "30000/month"}, "cash", 10_200),  # never more than was saved
    ],
)
def test_only_what_was_really_cancelled_is_booked(cancelled: dict[str, Any], nature: str, booked: float) -> None:
    _, gain = served(cancelled=cancelled)
    assert (gain.nature, gain.cancelled) == (nature, cancelled["kind"])
    assert gain.booked.value == pytest.approx(booked)


def test_a_service_among_the_costs_is_not_charged_twice() -> None:
    """Cash alone changes the net: the present cost is in the costs, and so it is added to what is booked."""
    _, freed = served(in_costs=True)
    assert freed.booked.value == pytest.approx(40_800)
    _, cash = served(in_costs=True, cancelled={"kind": "overtime", "amount": "3000/month"})
    assert cash.booked.value == pytest.approx(43_800)


def test_a_dearer_service_books_no_cash() -> None:
    _, gain = served(desk(now={"phone": 9_000}), cancelled={"kind": "overtime", "amount": "3000/month"})
    assert gain.saving.value is not None
    assert (gain.saving.value < 0, gain.booked.value) == (True, 0)


def test_an_amount_in_a_currency_without_a_rate_has_a_reason() -> None:
    _, gain = served(cancelled={"kind": "overtime", "amount": "3000 EUR/month"})
    assert (gain.booked.value, key(gain.booked.reason)) == (None, "returns.reason.no_cancelled_amount")


# ---------------------------------------------------------------- what the files tell


def test_minutes_are_those_of_the_files_where_none_are_declared() -> None:
    _, gain = served(desk(handling_minutes=5), channels={"facebook": {"concurrency": 2}})
    assert [each.unit_now.value for each in gain.lines] == pytest.approx([10, 5, 10, 10])


def test_a_channel_without_a_contact_needs_no_price() -> None:
    """Nobody wrote on Facebook in August: no minutes tell its price, and it costs nothing."""
    _, gain = served(desk(handling_minutes=5), channels={})
    assert gain.lines[1].unit_before.value is None
    assert gain.cost_before.value == pytest.approx(35_000)


def test_a_file_that_tells_the_total_is_not_added_to_those_by_channel() -> None:
    total = source(AUGUST, {"contacts": [100] * 92}, path="total.csv")
    _, gain = served(desk(), total)
    assert [each.channel for each in gain.lines] == ["email", "facebook", "phone", "tickets"]
    _, alone = served(total, channels={"website": {"minutes": 1}})
    assert (alone.contacts_now.value, alone.saving.value) == (3_100, pytest.approx(0))


def test_without_minutes_there_is_no_cost() -> None:
    _, gain = served(channels={})
    assert (gain.cost_now.value, gain.saving.value, gain.contacts_now.value) == (None, None, pytest.approx(3_700))
    assert gain.saving.reason


def test_a_channel_that_falls_silent_leaves_no_saving() -> None:
    """The e-mails of October are in a file that is missing: they are not free."""
    mails = source(AUGUST, {"contacts": [1000 / 31] * 31}, "email", "mails.csv")
    _, gain = served(desk({"phone": 2000}, {"phone": 1400}), mails)
    assert (gain.cost_before.value, gain.cost_now.value) == (pytest.approx(45_000), None)
    assert (gain.saving.value, gain.booked.value) == (None, 0)


def test_a_channel_of_which_the_reference_tells_nothing_makes_the_saving_partial() -> None:
    chats = source(OCTOBER, {"contacts": [1200 / 31] * 31}, "facebook", "chats.csv")
    _, gain = served(desk(now={"phone": 1400, "email": 800, "tickets": 300}), chats)
    assert (gain.saving.value, gain.saving.state) == (pytest.approx(10_200), State.PARTIAL)


def test_without_contacts_the_saving_has_a_reason() -> None:
    _, gain = served(channel("meta_ads", 1, 2))
    assert (gain.lines, gain.saving.value, key(gain.saving.reason)) == ((), None, "returns.reason.no_contacts")


def test_contacts_are_counted_for_each_resolved_case() -> None:
    _, gain = served(desk(resolved_cases=0.5))
    assert gain.per_case_now.value == pytest.approx(2)


def test_what_a_dearer_service_costs_more_is_no_gain() -> None:
    """Among the costs already: only what it would have cost before is taken off again."""
    _, gain = served(desk(now={"phone": 9_000}), in_costs=True)
    assert gain.cost_now.value is not None
    assert gain.cost_now.value > 51_000
    assert gain.booked.value == pytest.approx(51_000)
