"""The stage as a whole: its day, its robustness, its determinism, its words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from sitegen import measure
from sitegen.formats import Words
from sitegen.messages import Message
from sitegen.model import codec
from sitegen.model.computed import Measurement, Scorecard, State
from sitegen.model.facts import Dossier, Records

from .cases import dossier, rowed, source

END = date(2026, 10, 31)
GOALS: list[dict[str, Any]] = [
    {"kpi": "conversion_rate", "target": "+50%", "start": "2026-07-01", "deadline": "2026-12-31"},
    {"kpi": "transactions", "target": "+30%", "start": "2026-01-01", "deadline": "2026-12-31", "pacing": "seasonal"},
    {"kpi": "average_order_value", "target": "x2", "start": "2026-10-31", "deadline": "2026-10-31"},
    {"kpi": "cost_per_conversion", "target": "-20%", "start": "2024-02-29", "deadline": "2028-02-29"},
    {"kpi": "followers", "target": "3000", "start": "2026-11-30", "deadline": "2026-12-31"},
    {"kpi": "users", "target": "+10%", "start": "2026-10-01", "deadline": "2026-12-31"},
    {"kpi": "spend", "target": "<= 0", "start": "2026-01-01", "deadline": "2026-12-31"},
    {"kpi": "response_rate", "target": "80%..90%", "start": "2026-10-01", "deadline": "2026-12-31"},
    {"kpi": "transactions", "id": "fewer", "target": "-10%", "start": "2026-10-01", "deadline": "2027-02-28"},
    {"kpi": "sessions", "target": "x100", "start": "2026-10-01", "deadline": "2026-10-31", "channels": ["radio"]},
]
METRICS = (
    "sessions transactions revenue users followers spend impressions clicks conversions conversion_value reach "
    "messages_received messages_answered interactions"
).split()


def site(first: date, values: list[float | None], channel: str = "google_ads", **more: Any) -> Records:
    """Every metric with the same values."""
    return source(first, {metric: list(values) for metric in METRICS}, channel, **more)


HOSTILE = {
    "no source at all": (),
    "one row": (site(END, [3]),),
    "one row long ago": (site(date(1900, 1, 1), [3]),),
    "one row tomorrow": (site(END + timedelta(1), [3]),),
    "an empty file": (site(END, []),),
    "only empty cells": (site(END - timedelta(400), [None] * 401),),
    "all zero": (site(END - timedelta(800), [0] * 801),),
    "all zero in gaps": (site(END - timedelta(800), [0, *[None] * 799, 0], gaps_are_zero=True),),
    "a leap day": (site(date(2024, 2, 29), [5]),),
    "two leap years": (site(date(2024, 1, 1), [5] * 1035),),
    "negative refunds": (site(END - timedelta(500), [-5] * 501),),
    "huge": (site(END - timedelta(500), [1e12] * 501),),
    "tiny": (site(END - timedelta(500), [1e-15] * 501),),
    "another currency without a rate": (site(END - timedelta(500), [5] * 501, currency="USD"),),
    "every third day": (rowed([(END - timedelta(3 * i), "x", dict.fromkeys(METRICS, 2.0)) for i in range(200)]),),
    "zero then something": (site(END - timedelta(500), [0] * 300 + [7] * 201),),
}


def measurements(value: object) -> Iterator[Measurement]:
    if isinstance(value, Measurement):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from measurements(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from measurements(item)


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("as_of", [END, date(2024, 2, 29), date(2026, 7, 1)])
def test_hostile_numbers_neither_crash_nor_publish_a_nan(case: str, as_of: date) -> None:
    client = dossier(*HOSTILE[case], objectives=GOALS, margin="45%", costs={"agency": "100/month"}, incrementality="0%")
    card = measure.scorecard(client, as_of)
    assert codec.decode(codec.encode(card), Scorecard) == card
    for found in measurements(card):
        assert (found.value is None) == (found.state is State.NOT_COMPUTABLE) == (found.reason is not None), found
    assert all(found.value == found.value for found in measure.baselines(client, as_of).values())  # no NaN


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("case", HOSTILE)
def test_every_reason_and_notice_has_its_words(case: str, language: str) -> None:
    client, words = dossier(*HOSTILE[case], objectives=GOALS), Words(language, "MA")
    reasons = [found.reason for found in measurements(measure.scorecard(client, END)) if found.reason]
    for notice in measure.notices(client, END):
        reasons += [told for told in (notice.message, notice.hint) if told]
    assert all(words.say(reason) for reason in reasons)
    assert all(isinstance(reason, Message) for reason in reasons)


def campaigns() -> list[tuple[date, str, dict[str, float | None]]]:
    """Two years of five campaigns a day in two channels, with awkward decimals and empty cells."""
    dice = random.Random(7)
    return [
        (
            END - timedelta(i),
            channel,
            {metric: None if dice.random() < 0.1 else dice.random() * 97 for metric in METRICS},
        )
        for i in range(730)
        for channel in ("google_ads", "meta_ads", "meta_ads", "meta_ads", "meta_ads")
    ]


def test_the_order_of_rows_and_of_files_changes_not_a_bit() -> None:
    rows, dice = campaigns(), random.Random(8)
    shuffled = dice.sample(rows, len(rows))
    other = source(END - timedelta(700), {"leads": [0.1] * 701}, path="leads.csv")
    one, two = (
        codec.encode(measure.scorecard(dossier(*sources, objectives=GOALS), END))
        for sources in ((rowed(rows), other), (other, rowed(shuffled)))
    )
    assert one == two


def test_the_scorecard_is_that_of_its_day() -> None:
    """What was exported after the day changes only the register of files."""
    before, after = (
        measure.scorecard(dossier(site(END - timedelta(700), [5] * days), objectives=GOALS), END) for days in (701, 720)
    )
    assert before.window.end == END
    assert before.sources != after.sources
    assert (before.progress, before.returns, before.comparisons) == (after.progress, after.returns, after.comparisons)


def test_daily_values_that_are_known_are_not_worked_out_again_and_change_nothing() -> None:
    client = dossier(rowed(campaigns()), objectives=GOALS)
    values, none = measure.daily(client, END), measure.daily(dossier(), END)
    assert measure.scorecard(client, END, values) == measure.scorecard(client, END)
    assert measure.notices(client, END, values) == measure.notices(client, END)
    assert measure.scorecard(client, END, none) != measure.scorecard(client, END)


# ---------------------------------------------------------------- the day of the report


def day(today: date, *records: Records) -> date:
    client: Dossier = dossier(*records)
    return measure.as_of(client, today)


def test_the_last_days_are_left_to_the_platforms_that_restate_them() -> None:
    assert day(END, site(END - timedelta(99), [1] * 100)) == date(2026, 10, 29)


def test_the_day_is_the_last_one_with_data_in_any_source() -> None:
    stale = site(date(2026, 1, 1), [1] * 10, path="a.csv")
    fresh = site(date(2026, 1, 1), [1] * 200, path="b.csv")
    assert day(END, stale, fresh) == date(2026, 7, 19)


def test_a_row_in_the_future_does_not_move_the_day() -> None:
    rows = [(date(2026, 6, 25), "website", {"sessions": 1.0}), (date(2099, 1, 1), "website", {"sessions": 1.0})]
    assert day(END, rowed(rows)) == date(2026, 6, 25)


def test_without_data_the_day_is_today_less_the_latency() -> None:
    assert day(END) == day(END, site(END + timedelta(5), [1])) == date(2026, 10, 29)
