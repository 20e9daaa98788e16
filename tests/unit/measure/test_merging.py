"""Several files of one source become one value a day; which one counts does not hang on names, order or duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import isnan
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sitegen.errors import Severity
from sitegen.measure import scorecard
from sitegen.measure.comparisons import comparisons
from sitegen.measure.daily import Daily, daily
from sitegen.measure.kinds import measurement, reading
from sitegen.measure.quality import notices
from sitegen.messages import Period
from sitegen.model.computed import Decision, Restated, State, Why
from sitegen.model.facts import Records

from .cases import Cell, dossier, monthly, rowed, source, weekly

MAY, END = date(2026, 5, 1), date(2026, 5, 3)
MONDAY, SUNDAY = date(2026, 8, 31), date(2026, 9, 6)
Row = tuple[date, str, dict[str, Cell]]


def found(*records: Records, on: date = END) -> Daily:
    return daily(dossier(*records), on)


def told(values: Daily, metric: str = "sessions", channel: str = "website") -> list[float | None]:
    return [None if isnan(value) else round(float(value), 6) for value in values.strands[metric][channel].values]


def reasons(values: Daily) -> list[tuple[str, str, Why, int]]:
    return [(each.left, each.kept, each.why, each.days) for each in values.decisions]


# ---------------------------------------------------------------- which file counts


def test_the_latest_export_counts_whatever_its_name() -> None:
    old = source(MAY, {"sessions": [100, 100, 100]}, path="b.csv", exported=date(2026, 5, 4))
    new = source(MAY, {"sessions": [100, 100, 90]}, path="a.csv", exported=date(2026, 5, 9))
    for one, other in ((old, new), (replace(old, path="a.csv"), replace(new, path="b.csv"))):
        values = found(one, other)
        assert told(values) == [100, 100, 90]
        (decision,) = values.decisions
        assert (decision.left, decision.kept, decision.why) == (one.path, other.path, Why.EXPORTED)
        assert decision.restated == (Restated(Period(END, END), 100, 90),)


def test_without_a_day_of_export_the_file_that_goes_further_counts() -> None:
    later = source(MAY, {"sessions": [90, 90, 90]}, path="b.csv")
    first = source(MAY, {"sessions": [100, None]}, path="a.csv")
    values = found(later, first)
    assert told(values) == [90, 90, 90]
    assert values.strands["sessions"]["website"].sources == {"b.csv"}
    assert reasons(values) == [("a.csv", "b.csv", Why.ENDS_LATER, 1)]


def test_a_day_that_only_the_older_file_tells_is_kept() -> None:
    older = source(MAY, {"sessions": [100, 50, 100]}, path="a.csv", exported=date(2026, 5, 4))
    newer = source(MAY, {"sessions": [100, None, 100]}, path="b.csv", exported=date(2026, 5, 9))
    assert told(found(older, newer)) == [100, 50, 100]


def test_a_day_of_nothing_is_weaker_than_a_row_of_another_file() -> None:
    def piece(*days: int, path: str) -> Records:
        rows = [(MAY + timedelta(day), "website", {"sessions": 5.0}) for day in days]
        return rowed(rows, path, gaps_are_zero=True)

    values = found(piece(0, 4, path="a.csv"), piece(0, 2, 5, path="b.csv"), on=MAY + timedelta(5))
    assert told(values) == [5, 0, 5, 0, 5, 5]


def test_nothing_tells_which_one_is_right_is_an_error_that_names_both() -> None:
    files = [source(MAY, {"sessions": [cells, 10, 10]}, path=path) for cells, path in ((10, "a.csv"), (20, "b.csv"))]
    assert told(found(*files)) == [10, 10, 10]
    (notice,) = notices(dossier(*files), END)
    assert (notice.path, notice.severity) == ("b.csv", Severity.ERROR)
    assert notice.hint is not None
    assert notice.hint.key == "quality.hint.undecided"
    dated = [replace(each, exported=END + timedelta(day)) for day, each in enumerate(files)]
    assert [each.severity for each in notices(dossier(*dated), END)] == [Severity.WARNING]


def test_small_corrections_are_counted_and_not_listed() -> None:
    old = source(MAY, {"sessions": [100, 100, 100]}, path="a.csv", exported=date(2026, 5, 4))
    new = source(MAY, {"sessions": [101, 100, 100]}, path="b.csv", exported=date(2026, 5, 9))
    (decision,) = found(old, new).decisions
    assert (decision.why, decision.differing, decision.restated) == (Why.EXPORTED, 0, ())


# ---------------------------------------------------------------- grains


def test_the_finest_grain_counts_and_the_coarser_one_keeps_its_total() -> None:
    days = source(MONDAY, {"contacts": [5] * 3}, path="a.csv")
    values = found(days, weekly(MONDAY, {"contacts": [70]}, path="b.csv"), on=SUNDAY)
    assert told(values, "contacts") == pytest.approx([5] * 3 + [13.75] * 4)
    assert reasons(values) == [("b.csv", "a.csv", Why.FINER, 3)]


@pytest.mark.parametrize(("week", "differing"), [(35, 0), (35.5, 0), (40, 1)])
def test_the_coarser_grain_checks_the_finer_one(week: float, differing: int) -> None:
    days = source(MONDAY, {"contacts": [5] * 7}, path="a.csv")
    values = found(days, weekly(MONDAY, {"contacts": [week]}, path="b.csv"), on=SUNDAY)
    assert told(values, "contacts") == [5] * 7
    assert values.strands["contacts"]["website"].grain == "day"
    (decision,) = values.decisions
    assert decision.differing == differing
    assert decision.restated == ((Restated(Period(MONDAY, SUNDAY), 40, 35),) if differing else ())


def test_a_week_below_what_its_days_tell_gives_the_others_nothing() -> None:
    days = source(MONDAY, {"contacts": [5] * 6}, path="a.csv")
    assert told(found(days, weekly(MONDAY, {"contacts": [20]}, path="b.csv"), on=SUNDAY), "contacts") == [5] * 6 + [0]


def test_monthly_files_side_by_side_join() -> None:
    files = [monthly([f"2026-0{month}-01"], {"leads": [month]}, path=f"{month}.csv") for month in (3, 4, 5)]
    client = dossier(*files)
    values = daily(client, date(2026, 5, 31))
    period = Period(date(2026, 3, 1), date(2026, 5, 31))
    assert measurement(reading("leads", values, client), period).value == pytest.approx(12)
    assert values.decisions == ()


# ---------------------------------------------------------------- breakdowns and parts


def broken_down(path: str, cells: Sequence[float], **more: object) -> Records:
    """Two rows a day, half each."""
    rows = [(MAY + timedelta(i), "google_ads", {"spend": cell / 2}) for i, cell in enumerate(cells) for _ in range(2)]
    return replace(rowed(rows, path), **{"rows": "breakdown", **more})


def test_a_breakdown_is_never_added_to_the_whole() -> None:
    whole = source(MAY, {"spend": [10, 20, None]}, "google_ads", "z.csv")
    values = found(whole, broken_down("a.csv", [10, 20, 30]))
    assert told(values, "spend", "google_ads") == [10, 20, 30]
    assert reasons(values) == [("a.csv", "z.csv", Why.WHOLE, 2)]


def test_two_breakdowns_of_the_same_are_never_added() -> None:
    values = found(broken_down("campaigns.csv", [10, 20, 30]), broken_down("hours.csv", [10, 20, 29]))
    assert told(values, "spend", "google_ads") == [10, 20, 30]
    assert reasons(values) == [("hours.csv", "campaigns.csv", Why.BREAKDOWN, 3)]
    assert [each.severity for each in notices(dossier(*(broken_down(p, [9] * 3) for p in "ab")), END)] == ["info"]


def test_a_part_is_used_only_where_nothing_tells_more_and_is_told_as_at_least() -> None:
    part = broken_down("a_queries.csv", [4, 5, 6], rows="part")
    client = dossier(part, broken_down("campaigns.csv", [10, 20]))
    values = daily(client, END)
    assert told(values, "spend", "google_ads") == [10, 20, 6]
    spend = reading("spend", values, client)
    sure, least = (measurement(spend, Period(MAY, day)) for day in (date(2026, 5, 2), END))
    assert (sure.state, sure.at_least) == (State.COMPLETE, False)
    assert (least.state, least.at_least, least.value) == (State.PARTIAL, True, 36)
    assert "quality.at_least" in [each.message.key for each in notices(client, END)]


def test_a_part_is_no_total_beside_channels() -> None:
    part = replace(source(MAY, {"clicks": [5, 5, 5]}, "website", "queries.csv"), rows="part")
    channel = source(MAY, {"clicks": [3, 3, 3]}, "google_ads", "ads.csv")
    client = dossier(part, channel)
    assert measurement(reading("clicks", daily(client, END), client), Period(MAY, END)).value == 9


def test_a_part_and_a_whole_make_no_ratio() -> None:
    part = replace(source(MAY, {"clicks": [5, 5, 5]}, "google_ads", "queries.csv"), rows="part")
    whole = source(MAY, {"impressions": [100, 100, 100]}, "google_ads", "days.csv")
    client = dossier(part, whole)
    assert measurement(reading("click_through_rate", daily(client, END), client), Period(MAY, END)).value is None


# ---------------------------------------------------------------- what changes nothing

DAYS = 70
many = settings(max_examples=40, deadline=None)
CHANNELS = ("email", "direct", "referral")


@some.composite
def tables(draw: some.DrawFn) -> list[Row]:
    """Ten weeks by channel. The first channel has every day; others lack some, and some of their cells are empty."""
    random, holes = Random(draw(some.integers(0, 2**32))), draw(some.floats(0, 0.9))

    def cell(channel: str, most: int) -> Cell:
        return None if channel != CHANNELS[0] and random.random() < holes / 2 else float(random.randrange(most))

    return [
        (MAY + timedelta(day), channel, {"sessions": cell(channel, 400), "leads": cell(channel, 9)})
        for day in range(DAYS)
        for channel in CHANNELS
        if channel == CHANNELS[0] or random.random() >= holes
    ]


def shuffled(rows: list[Row], seed: int) -> list[Row]:
    return Random(seed).sample(rows, len(rows))


def figures(records: Sequence[Records]) -> object:
    """All values by day and what is published of them, without the names of the files."""
    last = MAY + timedelta(DAYS - 1)
    client = dossier(*records)
    values = daily(client, last)
    strands = {
        (metric, channel): told(values, metric, channel)
        for metric in sorted(values.strands)
        for channel in sorted(values.strands[metric])
    }
    return strands, [
        (each.metric, number.value, number.coverage, number.state, number.numerator)
        for each in comparisons(client, values, last)
        for number in (each.current, each.previous)
    ]


@many
@given(tables(), some.integers(1, DAYS - 1), some.integers(1, 20), some.integers(0, 99))
def test_splitting_a_file_into_overlapping_ones_changes_nothing(
    rows: list[Row], cut: int, overlap: int, seed: int
) -> None:
    middle, after = MAY + timedelta(cut), MAY + timedelta(cut + overlap)
    pieces = [row for row in rows if row[0] < after], [row for row in rows if row[0] >= middle]
    for names in ("ab", "ba"):
        files = [rowed(shuffled(piece, seed), path) for piece, path in zip(pieces, names, strict=True)]
        assert figures(files) == figures([rowed(rows)])
        assert figures(files[::-1]) == figures([rowed(rows)])


@many
@given(tables(), some.integers(0, 99))
def test_the_order_of_rows_and_files_changes_nothing(rows: list[Row], seed: int) -> None:
    parts = rows[0::2], rows[1::2]
    files = [rowed(part, path) for part, path in zip(parts, "ab", strict=True)]
    again = [rowed(shuffled(part, seed), path) for part, path in zip(parts, "ab", strict=True)]
    assert figures(again[::-1]) == figures(files)


@many
@given(tables(), some.sampled_from(["week", "breakdown", "part"]), some.floats(0.5, 1.5))
def test_a_coarser_or_broken_down_duplicate_changes_no_figure(rows: list[Row], sort: str, factor: float) -> None:
    """Not even one that tells other values: what is finer or whole counts."""
    full = [(day, channel, {"leads": 1.0, "sessions": 2.0} | _known(cells)) for day, channel, cells in _complete(rows)]
    if sort == "week":
        weeks = [row for row in full if (row[0] - MAY).days % 7 == 0]
        copy = rowed([(day, channel, _times(cells, 7 * factor)) for day, channel, cells in weeks], "a", grain="week")
    else:
        copy = replace(rowed([(day, channel, _times(cells, factor)) for day, channel, cells in full], "a"), rows=sort)
    assert figures([rowed(full, "b"), copy]) == figures([rowed(full, "b")])


def _complete(rows: list[Row]) -> list[Row]:
    known = {(day, channel): cells for day, channel, cells in rows}
    return [
        (MAY + timedelta(day), channel, known.get((MAY + timedelta(day), channel), {}))
        for day in range(DAYS)
        for channel in CHANNELS
    ]


def _known(cells: dict[str, Cell]) -> dict[str, Cell]:
    return {metric: cell for metric, cell in cells.items() if cell is not None}


def _times(cells: dict[str, Cell], factor: float) -> dict[str, Cell]:
    return {metric: (cell or 0) * factor for metric, cell in cells.items()}


def test_a_channel_that_one_piece_lacks_is_silent_and_not_unknown() -> None:
    """Of an export cut in two, the second half has no row of a channel that had nothing: it is still one file."""
    first = [(MAY + timedelta(i), channel, {"sessions": 5.0}) for i in range(40) for channel in ("email", "direct")]
    second = [(MAY + timedelta(i), "email", {"sessions": 5.0}) for i in range(30, 70)]
    whole = [*first, *(row for row in second if row not in first)]
    assert figures([rowed(first, "a"), rowed(second, "b")]) == figures([rowed(whole)])


def test_the_scorecard_carries_each_decision() -> None:
    files = [source(MAY, {"sessions": [1, 2, 3]}, path=path) for path in ("a.csv", "b.csv")]
    card = scorecard(dossier(*files), END)
    assert card.decisions == (Decision("sessions", "website", "a.csv", "b.csv", 3, Why.SAME, 6, 6),)
