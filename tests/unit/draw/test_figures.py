"""An edition's figures: which there are, and that words, rows and tables tell the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from sitegen import draw
from sitegen.draw import templates
from sitegen.formats import Words
from sitegen.messages import Message, Month, Period, Quantity, Unit
from sitegen.model import codec
from sitegen.model.built import Figure
from sitegen.model.computed import Point

from .editions import channel, comparison, edition, measurement, months, progress, series, whole

FIGURES = draw.figures(whole())


def named(figures=FIGURES):
    return {figure.id: figure for figure in figures}


def test_ids_say_what_they_show():
    assert list(named()) == [
        *(
            f"objective-{objective}-{kind}"
            for objective in ("conversion_rate", "transactions", "response_rate", "cost")
            for kind in ("bullet", "timeline")
        ),
        "objective-conversion_rate-fan",
        "returns-channels",
        "returns-net",
        "returns-budget",
        "funnel-orders",
        "funnel-leads",
        "service-contacts",
        *(
            f"trend-{metric}"
            for metric in (
                "revenue", "sessions", "conversion_rate", "messages_received", "spend",
            )
        ),
        "crossing-interactions-revenue",
    ]  # fmt: skip


def test_an_edition_without_numbers_has_no_figures():
    empty = progress(history=(), expected_path=(), target=None, current=measurement("conversion_rate"))
    assert draw.figures(edition(progresses=[empty], comparisons=[comparison("revenue")])) == ()


@pytest.mark.parametrize(("values", "drawn"), [((1.0, None, 3.0), 0), ((1.0, None, 3.0, 4.0), 1)])
def test_a_trend_needs_three_values(values, drawn):
    found = draw.figures(edition(comparisons=[comparison("revenue", shown=series("revenue", values))]))
    assert len(found) == drawn


def test_a_trend_that_ended_long_ago_is_not_drawn():
    ended = series("revenue", [*months(248_000, 0.012, 0.2, count=12), *[None] * 12])
    assert draw.figures(edition(comparisons=[comparison("revenue", shown=ended)])) == ()


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_figure_fits_its_template(figure):
    spec = templates.template(figure.template)
    data = {layer["data"]["name"] for layer in spec["layer"]}
    assert figure.datasets.keys() == data
    params = {name.removesuffix("_wide").removesuffix("_narrow") for name in figure.params}
    assert params == {param["name"] for param in spec["params"]}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_figure_survives_the_codec(figure):
    assert codec.decode(codec.encode(figure), Figure) == figure


def messages(value: object) -> Iterator[Message]:
    if isinstance(value, Message):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from messages(item)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_word_of_a_figure_can_be_said(figure, language):
    words = Words(language, "MA")
    parts = (figure.title, figure.subtitle, figure.description, figure.note, figure.labels)
    table = (figure.table.columns, figure.table.rows)
    for message in messages((*parts, *table, tuple(entry.label for entry in figure.legend))):
        assert words.say(message)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_a_table_has_a_cell_for_every_column(figure):
    assert {len(row) for row in figure.table.rows} == {len(figure.table.columns)}


def test_a_trend_lays_the_year_before_under_the_last_year():
    revenue = named()["trend-revenue"]
    values = months(248_000, 0.012, 0.2)
    assert [row["value"] for row in revenue.datasets["actual"]] == values[12:]
    assert [row["value"] for row in revenue.datasets["before"]] == values[:12]
    assert [row["on"] for row in revenue.datasets["actual"]] == [row["on"] for row in revenue.datasets["before"]]
    assert revenue.datasets["actual"][0]["on"] == "2025-11-15T00:00:00Z"
    assert revenue.table.rows[0] == (
        Month(2025, 11),
        Quantity(values[12], Unit.MONEY, "MAD"),
        Quantity(values[0], Unit.MONEY, "MAD"),
    )


def test_a_shorter_year_before_stands_under_its_own_months():
    eighteen = series("revenue", [float(n) for n in range(1, 19)], start=date(2025, 5, 1))
    (figure,) = draw.figures(edition(comparisons=[comparison("revenue", 18.0, 6.0, None, eighteen)]))
    assert [(row["on"][:7], row["value"]) for row in figure.datasets["before"]] == [
        (f"2026-{month:02}", float(month - 4)) for month in range(5, 11)
    ]
    assert [row[2] for row in figure.table.rows[:6]] == [None] * 6
    assert figure.table.rows[6] == (
        Month(2026, 5),
        Quantity(13.0, Unit.MONEY, "MAD"),
        Quantity(1.0, Unit.MONEY, "MAD"),
    )


def test_weeks_are_compared_with_the_same_week_364_days_before():
    weekly = series("sessions", [float(n) for n in range(104)], grain="week", start=date(2024, 11, 4))
    (figure,) = draw.figures(edition(comparisons=[comparison("sessions", 1.0, 1.0, None, weekly)]))
    assert figure.datasets["actual"][0] == {"stroke": 0, "on": "2025-11-06T00:00:00Z", "value": 52.0}
    assert figure.datasets["before"][0] == {"stroke": 0, "on": "2025-11-06T00:00:00Z", "value": 0.0}
    assert figure.table.rows[0][0] == Period(date(2025, 11, 3), date(2025, 11, 9))


def test_a_year_of_other_sources_is_not_drawn():
    shown = series("spend", months(30_000, 0.01, 0.1))
    spend = replace(comparison("spend", 40.0, 30.0, None, shown), change_year=None)
    (figure,) = draw.figures(edition(comparisons=[spend]))
    assert figure.datasets["before"] == ()
    assert len(figure.table.columns) == 2


def test_incomplete_periods_are_hollow_and_named():
    sessions = named()["trend-sessions"]
    assert [row["on"][:7] for row in sessions.datasets["actual_hollow"]] == ["2026-10"]
    note = Words("fr", "MA").say(sessions.note)
    assert "En pointillé, une période aux données incomplètes\u00a0: octobre 2026." in note


def test_gaps_are_told():
    followers = named()["trend-messages_received"]
    assert len({row["stroke"] for row in followers.datasets["actual"]}) == 2
    assert "Le trait s’interrompt où une valeur manque." in Words("fr", "MA").say(followers.note)
    assert [row[1] for row in followers.table.rows].count(None) == 3


def test_an_axis_that_does_not_start_at_zero_says_so():
    for figure in FIGURES:
        if "y_domain" in figure.params:
            told = figure.note is not None and "ne part pas de zéro" in Words("fr", "MA").say(figure.note)
            assert told == (figure.params["y_domain"][0] > 0), figure.id


def test_amounts_and_counts_start_at_zero():
    assert {
        figure.params["y_domain"][0] for figure in FIGURES if figure.id in ("trend-revenue", "trend-messages_received")
    } == {0}


def test_a_bullet_starts_at_zero_and_shows_every_mark():
    bullet = named()["objective-conversion_rate-bullet"]
    assert bullet.params["x_domain"][0] == 0
    assert bullet.datasets["actual"] == ({"start": 0.0, "end": 0.0258},)
    assert bullet.datasets["target"] == ({"value": 0.0302},)
    assert bullet.datasets["baseline"] == ({"value": 0.0201},)
    expected = bullet.datasets["expected"][0]["value"]
    assert expected == pytest.approx(0.0201 + (0.0302 - 0.0201) * 109 / 170)
    assert [entry.mark for entry in bullet.legend] == ["bar", "rule", "rule", "point"]


def test_the_baseline_of_a_running_total_is_no_place_on_its_way():
    assert named()["objective-transactions-bullet"].datasets["baseline"] == ()


def test_a_range_has_two_ends_and_a_band():
    bullet, timeline = named()["objective-cost-bullet"], named()["objective-cost-timeline"]
    assert bullet.datasets["target_band"] == ({"start": 80.0, "end": 110.0},)
    assert timeline.datasets["target_band"] == ({"low": 80.0, "high": 110.0},)


def test_a_value_to_keep_has_a_limit_and_no_expected_path():
    kept = progress(direction="maintain_above", inside=True)
    bullet, timeline = draw.figures(edition(progresses=[kept]))
    assert timeline.datasets["expected"] == timeline.datasets["goal"] == bullet.datasets["expected"] == ()


def test_days_without_a_reading_break_the_history():
    weekly = [Point(date(2026, 7, 7 * week), 0.02) for week in range(1, 5)]
    late = [Point(date(2026, 9, 7 * week), 0.02) for week in range(1, 5)]
    _, timeline = draw.figures(edition(progresses=[progress(history=(*weekly, *late))]))
    assert [row["stroke"] for row in timeline.datasets["actual"]] == [0] * 4 + [1] * 4


def test_a_first_short_step_does_not_break_the_history():
    history = [Point(date(2026, 7, day), 0.02) for day in (1, 3, 10, 17, 24)]
    _, timeline = draw.figures(edition(progresses=[progress(history=tuple(history))]))
    assert {row["stroke"] for row in timeline.datasets["actual"]} == {0}


def test_channels_are_in_the_order_of_their_spend_with_the_value_that_pays_it_back():
    rows = named()["returns-channels"].datasets["rows"]
    assert [row["spend"] for row in rows] == [212_400.0, 148_000.0, 31_000.0, 9_800.0]
    assert rows[0]["break_even"] == pytest.approx(212_400 * 2.22)
    assert rows[2]["value_words_at"] == rows[2]["break_even"] > rows[2]["value"]


def test_a_channel_without_a_value_has_no_bar_and_no_zero():
    figure = named()["returns-channels"]
    row = figure.datasets["rows"][3]
    assert row["value"] is row["break_even"] is None
    assert figure.table.rows[3][2] is None
    label = figure.labels[int(row["value_words"].strip("⟦w:⟧"))]
    assert Words("en").param(label) == "value unknown"


def test_a_channel_without_spend_is_left_out():
    found = draw.figures(edition(channels=[channel("meta_ads", None, 300.0)]))
    assert found == ()


def test_without_a_margin_there_is_no_break_even_mark():
    (figure,) = draw.figures(edition(channels=[channel("meta_ads", 100.0, 300.0)], break_even=None))
    assert figure.datasets["rows"][0]["break_even"] is None
    assert [entry.token for entry in figure.legend] == ["chart-2", "chart-3"]
