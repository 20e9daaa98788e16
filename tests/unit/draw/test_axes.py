"""Few, round, honest ticks."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from sitegen.draw import axes
from sitegen.draw.axes import of_days, of_values
from sitegen.messages import Period, Unit


@pytest.mark.parametrize(
    ("values", "unit", "ticks"),
    [
        ((0.0201, 0.0302), Unit.RATE, (0.0, 0.01, 0.02, 0.03, 0.04)),
        ((402_000.0, 359_000.0), Unit.MONEY, (0.0, 200_000.0, 400_000.0, 600_000.0)),
        ((1.0, 3.0), Unit.COUNT, (0.0, 1.0, 2.0, 3.0)),
        ((0.0, 9.0), Unit.COUNT, (0.0, 5.0, 10.0)),
        ((-805.0, 0.0), Unit.MONEY, (-1000.0, -750.0, -500.0, -250.0, 0.0)),
        ((0.0, 0.0), Unit.COUNT, (0.0, 1.0)),
        ((0.0, 0.001), Unit.COUNT, (0.0, 1.0)),
        ((1e-300, 5e-324), Unit.COUNT, (0.0, 1.0)),
    ],
)
def test_amounts_and_counts_start_at_zero_and_end_on_round_numbers(values, unit, ticks):
    axis = of_values(values, unit)
    assert axis.ticks == ticks
    assert (axis.low, axis.high) == (ticks[0], ticks[-1])
    assert axis.from_zero


def test_counts_never_have_ticks_between_whole_numbers():
    assert all(tick == int(tick) for top in range(1, 60) for tick in of_values([top], Unit.COUNT).ticks)


def test_every_axis_holds_its_values_with_two_to_five_ticks():
    for exponent in range(-3, 8):
        for digit in range(10, 100, 7):
            value = digit * 10.0**exponent
            axis = of_values([value, value * 0.93], Unit.MONEY, zero=False)
            assert axis.low <= value * 0.93 < value <= axis.high
            assert 2 <= len(axis.ticks) <= axes.MOST_VALUES


def test_a_focused_axis_leaves_room_and_says_that_it_does_not_start_at_zero():
    axis = of_values([360.0, 450.0], Unit.MONEY, zero=False)
    assert axis.low < 360 < 450 < axis.high
    assert not axis.from_zero


def test_a_focused_axis_starts_at_zero_when_its_values_come_near_it():
    assert of_values([0.002, 0.03], Unit.RATE, zero=False).low == 0


def test_a_single_value_has_room_on_both_sides():
    axis = of_values([0.02], Unit.RATE, zero=False)
    assert axis.low < 0.02 < axis.high


@pytest.mark.parametrize(
    ("start", "end", "most", "days"),
    [
        (date(2026, 6, 1), date(2026, 6, 25), 7, ("06-01", "06-08", "06-15", "06-22")),
        (date(2026, 7, 1), date(2026, 9, 30), 7, ("07-01", "07-15", "08-01", "08-15", "09-01", "09-15")),
        (date(2026, 7, 1), date(2026, 12, 31), 7, ("07-01", "08-01", "09-01", "10-01", "11-01", "12-01")),
        (date(2026, 7, 1), date(2026, 12, 31), 4, ("07-01", "09-01", "11-01")),
        (date(2026, 1, 1), date(2026, 12, 31), 4, ("01-01", "04-01", "07-01", "10-01")),
    ],
)
def test_days_are_marked_where_a_reader_looks_for_them(start, end, most, days):
    assert tuple(f"{day:%m-%d}" for day in of_days(Period(start, end), most)) == days


def test_labels_of_days_never_touch_at_either_width():
    """Two labels take 48 px at most, centred on their ticks; the time axis is 268 px wide on a telephone."""
    for length in range(20, 1200, 13):
        start = date(2025, 2, 14)
        end = start + timedelta(length)
        for name, width in (("wide", 608), ("narrow", 268)):
            days = of_days(Period(start, end), axes.MOST_DAYS[name])
            gaps = [(after - before).days * width / length for before, after in pairwise(days)]
            assert min(gaps, default=width) >= 48, (length, name, days)


def test_months_are_named_in_their_middle_and_days_on_themselves():
    monthly, grain = axes.time_params(Period(date(2025, 11, 1), date(2026, 10, 31)), "month")
    assert axes.milliseconds(date(2026, 1, 15)) in monthly["x_ticks_narrow"]
    assert grain == "month"
    daily, grain = axes.time_params(Period(date(2026, 6, 1), date(2026, 6, 25)), "day")
    assert daily["x_ticks_wide"][0] == axes.milliseconds(date(2026, 6, 1)) == 1780272000000
    assert grain == "day"
