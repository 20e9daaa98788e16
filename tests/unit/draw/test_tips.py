"""What a mark tells who points at it: the number of the table, in the reader's words, and a place to point at."""

from __future__ import annotations

import re
from datetime import date

import pytest

from sitegen import draw, plot
from sitegen.draw import tips
from sitegen.formats import Words
from sitegen.messages import Month, Period, Quantity

from .editions import whole

FIGURES = {figure.id: figure for figure in draw.figures(whole())}
ENGINE = plot.Engine()
FRENCH = Words("fr", "MA")
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def known(row):
    return any(isinstance(cell, Quantity) for cell in row)


def placed(figure, words=FRENCH):
    """Every tip of the wide drawing, filled in, in order."""
    svg = ENGINE.svg(figure, draw.template(figure.template)).wide
    filled = words.picture(svg, figure.unit, figure.grain, figure.labels)
    return re.findall(r'data-tip="([^"]*)"', filled)


def test_a_trend_tells_name_period_and_value_beside_those_of_a_year_earlier() -> None:
    told = placed(FIGURES["trend-revenue"])
    assert len(told) == 12
    pattern = r"Chiffre d’affaires, octobre 2026\u00a0: [\d\u202f]+\u00a0DH\. Un an plus tôt\u00a0: [\d\u202f]+\u00a0DH"
    assert re.fullmatch(pattern, told[-1])


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())
def test_every_number_of_a_table_is_told(figure) -> None:
    """By a tip, except the path of what was expected between the days that were measured, and a budget's months."""
    drawn = [row for row in figure.table.rows if not isinstance(row[1], Month)]
    numbers = [next(cell for cell in row if isinstance(cell, Quantity)) for row in drawn if known(row)]
    told = " ".join(placed(figure))
    assert numbers
    assert [number for number in numbers if FRENCH.quantity(number) not in told] == []


def test_an_incomplete_value_is_told_as_one() -> None:
    assert placed(FIGURES["trend-sessions"])[-1].count("(données incomplètes)") == 1
    assert "(données incomplètes)" not in placed(FIGURES["trend-sessions"])[0]


def test_a_timeline_tells_what_was_expected_and_the_target_on_its_day() -> None:
    told = placed(FIGURES["objective-conversion_rate-timeline"], Words("en", "MA"))
    assert told[1] == "Conversion rate, 25 August 2026: 2.21%. Expected: 2.26%"
    assert told[-1] == "Target, 31 December 2026: 3.02%"


def test_a_channel_tells_what_would_pay_it_back() -> None:
    told = placed(FIGURES["returns-channels"])
    assert "Pour rembourser la publicité seule\u00a0: 471\u202f528\u00a0DH" in told[0]
    assert "Pour rembourser" not in told[-1]


def test_strips_meet_between_their_days_and_stay_on_the_axis() -> None:
    rows = tips.strips([date(2026, 1, 1), date(2026, 1, 11), date(2026, 1, 21)], YEAR)
    assert [(row["start"], row["end"]) for row in rows] == [
        ("2026-01-01T00:00:00+00:00", "2026-01-06T00:00:00+00:00"),
        ("2026-01-06T00:00:00+00:00", "2026-01-16T00:00:00+00:00"),
        ("2026-01-16T00:00:00+00:00", "2026-01-26T00:00:00+00:00"),
    ]


def test_a_strip_does_not_reach_into_a_long_silence() -> None:
    rows = tips.strips([date(2026, 1, 5), date(2026, 1, 15), date(2026, 1, 25), date(2026, 9, 1)], YEAR)
    assert rows[2]["end"] == "2026-01-30T00:00:00+00:00"
    assert rows[3]["start"] == "2026-08-27T00:00:00+00:00"


def test_a_single_day_has_a_strip_that_a_finger_finds() -> None:
    (row,) = tips.strips([date(2026, 7, 1)], YEAR)
    assert str(row["start"])[:10] < "2026-06-20"
    assert str(row["end"])[:10] > "2026-07-10"


def test_no_day_has_no_strip() -> None:
    assert tips.strips([], YEAR) == ()


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())
def test_a_mark_is_found_eight_pixels_away(figure) -> None:
    """At the edge of an axis on one side only. Where many weeks or days share it, the finger slides over them."""
    svg = ENGINE.svg(figure, draw.template(figure.template)).narrow
    widths = [float(width) for width in re.findall(r'data-tip="[^"]*" d="M[\d.,-]+h([\d.]+)v', svg)]
    assert len(widths) == len(placed(figure))
    if len(widths) <= 12:
        assert min(widths) >= 8
