"""Events are numbered in their order and their numbers never touch."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from sitegen.draw import events
from sitegen.messages import Period, Text
from sitegen.model.computed import EventSnapshot

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def event(start, days=1, label="Soldes"):
    return EventSnapshot(Text.plain(label), start, start + timedelta(days - 1), "sale")


def test_only_events_of_the_period_are_marked_in_the_order_of_their_place():
    marks = events.marks(
        [event(date(2026, 9, 1), label="B"), event(date(2026, 3, 1), label="A"), event(date(2025, 3, 1), label="no")],
        YEAR,
    )
    assert [row["number"] for row in marks.rows["events"]] == [1, 2]
    assert [entry.label.named["label"] for entry in marks.legend] == [Text.plain("A"), Text.plain("B")]


def test_a_day_is_a_rule_and_several_days_are_a_span():
    marks = events.marks([event(date(2026, 3, 1)), event(date(2026, 6, 1), days=30)], YEAR)
    assert [row["on"] for row in marks.rows["event_days"]] == ["2026-03-01T00:00:00Z"]
    assert marks.rows["event_spans"] == ({"start": "2026-06-01T00:00:00Z", "end": "2026-07-01T00:00:00Z"},)
    assert [entry.mark for entry in marks.legend] == ["rule", "area"]


def test_an_event_that_overlaps_the_period_is_cut_to_it_but_told_whole():
    marks = events.marks([event(date(2025, 12, 20), days=20)], YEAR)
    assert marks.rows["event_spans"][0]["start"] == "2026-01-01T00:00:00Z"
    assert marks.legend[0].label.named["period"] == Period(date(2025, 12, 20), date(2026, 1, 8))


def test_numbers_of_one_lane_are_apart_on_a_telephone():
    crowd = [event(date(2026, 1, 1) + timedelta(4 * n)) for n in range(40)]
    rows = events.marks(crowd, YEAR).rows["events"]
    assert {row["number"] for row in rows} == set(range(1, 41))
    for lane in {row["lane"] for row in rows}:
        places = [date.fromisoformat(row["on"][:10]) for row in rows if row["lane"] == lane]
        gaps = [(b - a).days * events.NARROWEST / YEAR.days for a, b in pairwise(places)]
        assert min(gaps, default=99) >= events.NUMBER


def test_without_events_no_lane_is_kept_free():
    assert events.marks([], YEAR).lanes == 0
