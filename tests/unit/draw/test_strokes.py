"""What is missing stays missing."""

from __future__ import annotations

from datetime import date, timedelta

from sitegen.draw.strokes import Spot, rows


def spots(*values, incomplete=()):
    return [Spot(date(2026, 1, 1) + timedelta(i), v, complete=i not in incomplete) for i, v in enumerate(values)]


def strokes(found):
    lines = {}
    for row in found:
        lines.setdefault(row["stroke"], []).append(row["value"])
    return list(lines.values())


def test_a_missing_value_breaks_the_line_and_is_never_zero():
    found = rows("actual", spots(1.0, 2.0, None, 4.0, 5.0), ended=True)
    assert strokes(found["actual"]) == [[1.0, 2.0], [4.0, 5.0]]
    assert found["actual_dashed"] == ()


def test_a_value_between_two_gaps_is_a_point():
    found = rows("actual", spots(1.0, 2.0, None, 4.0, None, 6.0, 7.0), ended=False)
    assert [row["value"] for row in found["actual_points"]] == [4.0]


def test_zero_is_a_value():
    found = rows("actual", spots(1.0, 0.0, 2.0), ended=False)
    assert strokes(found["actual"]) == [[1.0, 0.0, 2.0]]


def test_an_incomplete_last_period_is_hollow_at_the_end_of_a_dashed_stroke():
    found = rows("actual", spots(1.0, 2.0, 3.0, incomplete=[2]), ended=True)
    assert strokes(found["actual"]) == [[1.0, 2.0]]
    assert strokes(found["actual_dashed"]) == [[2.0, 3.0]]
    assert [row["value"] for row in found["actual_hollow"]] == [3.0]
    assert [row["value"] for row in found["actual_points"]] == [2.0]


def test_an_incomplete_period_beside_a_gap_is_only_hollow():
    found = rows("actual", spots(1.0, None, 3.0, incomplete=[2]), ended=False)
    assert found["actual_dashed"] == ()
    assert [row["value"] for row in found["actual_hollow"]] == [3.0]


def test_the_last_value_is_marked_only_where_the_series_ends():
    assert [row["value"] for row in rows("a", spots(1.0, 2.0), ended=True)["a_points"]] == [2.0]
    assert rows("a", spots(1.0, 2.0), ended=False)["a_points"] == ()


def test_days_are_midnight_in_universal_time():
    assert rows("a", spots(1.0, 2.0), ended=False)["a"][0]["on"] == "2026-01-01T00:00:00Z"
