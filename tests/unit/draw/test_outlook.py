"""The fan of a forecast: it opens from the last value and ends on the deadline, beside the target."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sitegen import draw
from sitegen.draw import outlook as drawn
from sitegen.draw.progress import timeline_title
from sitegen.formats import Words
from sitegen.messages import Quantity, Unit
from sitegen.model.built import Figure
from sitegen.model.computed import Point, Status

from .editions import edition, outlook, progress

EARLY = tuple(Point(date(2026, 1 + i, 28), 0.018) for i in range(6))


def fan(**more: object) -> Figure:
    (figure,) = drawn.figures(edition(progresses=[progress(**{"outlook": outlook(), **more})]))
    return figure


def test_the_fan_opens_from_the_last_value_and_ends_on_the_deadline() -> None:
    rows = fan().datasets["band"]
    assert [row["on"] for row in rows] == [f"2026-{day}T00:00:00Z" for day in ("10-31", "11-30", "12-31")]
    assert rows[0]["low"] == rows[0]["high"] == 0.0258
    assert (rows[-1]["low"], rows[-1]["high"]) == (0.0249, 0.0289)
    assert [row["value"] for row in fan().datasets["middle"]] == [0.0258, 0.0262, 0.0268]


def test_without_a_known_value_it_begins_with_the_first_to_come() -> None:
    found = fan(history=())
    assert [row["low"] for row in found.datasets["band"]] == [0.0251, 0.0249]
    assert found.datasets["actual"] == ()
    assert [entry.mark for entry in found.legend[:3]] == ["dash", "area", "rule"]


def test_the_history_is_twice_as_long_as_what_is_to_come() -> None:
    """61 days to come: what lies before 1 July is left to the timeline."""
    found = fan(history=(*EARLY, *progress().history))
    assert found.datasets["actual"][0]["on"] == "2026-07-28T00:00:00Z"


def test_near_the_deadline_eight_weeks_are_shown() -> None:
    found = fan(deadline=date(2026, 11, 2), history=(*EARLY, *progress().history))
    assert found.datasets["actual"][0]["on"] == "2026-09-22T00:00:00Z"


@pytest.mark.parametrize(("periods", "count"), [(23, 0), (24, 1)])
def test_a_short_past_is_told_in_words_and_not_drawn(periods: int, count: int) -> None:
    assert len(list(drawn.figures(edition(progresses=[progress(outlook=outlook(periods))])))) == count


def test_without_a_forecast_or_a_target_there_is_no_fan() -> None:
    assert list(drawn.figures(edition(progresses=[progress(), progress(outlook=outlook(), target=None)]))) == []


def test_its_table_tells_the_same_numbers() -> None:
    rows = fan().table.rows
    assert rows[-1] == (
        date(2026, 12, 31),
        None,
        *(Quantity(value, Unit.RATE) for value in (0.0249, 0.0268, 0.0289)),
    )
    assert rows[0][1] == Quantity(0.0204, Unit.RATE)
    assert all(len(row) == len(fan().table.columns) for row in rows)


def test_its_text_alternative_tells_where_it_ends() -> None:
    told = Words("en", "MA").say(fan().description)
    assert told == (
        "Conversion rate. By 31 December 2026, if the trend continues, without new action: 2.68%, 2.49% to 2.89% in "
        "eight cases out of ten. Target: 3.02%."
    )


def test_what_is_pointed_at_is_told_for_each_day() -> None:
    found = fan()
    assert len(found.datasets["tips"]) == len(found.labels) == len(progress().history) + 2


def test_fans_are_drawn_after_their_timelines() -> None:
    ids = [figure.id for figure in draw.figures(edition(progresses=[progress(outlook=outlook())]))]
    assert ids == [f"objective-conversion_rate-{kind}" for kind in ("bullet", "timeline", "fan")]


def test_its_title_is_where_the_trend_leads() -> None:
    found = edition(progresses=[progress(outlook=outlook())])
    (figure,) = drawn.figures(found)
    assert figure.title == found.assessments[0].outlook
    silent = replace(found, assessments=(replace(found.assessments[0], outlook=None),))
    assert list(drawn.figures(silent)) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"pace": 0.928}, "Conversion rate: 2.58%, 92.8% of the way expected by now"),
        ({"pace": 0.928, "uplift": 0.928}, "Conversion rate: 2.58%, 92.8% of the rise expected by now"),
        ({"pace": -0.1}, "Conversion rate: 2.58%, far from the expected pace"),
        (
            {"pace": 0.928, "direction": "decrease", "basis": "cumulative"},
            "Conversion rate: 2.58% used by now (at most 3.02%)",
        ),
    ],
)
def test_where_the_forecast_decides_a_timeline_tells_the_pace_as_it_is(more: dict[str, Any], words: str) -> None:
    found = progress(outlook=outlook(), **more)
    assert Words("en", "MA").say(timeline_title(found, Status.OFF_TRACK)) == words
