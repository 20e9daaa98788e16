"""What the pages hold themselves to: each promise can be broken, and is then told as broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sitegen.diagnose import edition
from sitegen.messages import Unit, say
from sitegen.model.built import Figure, FigureTable, Legend
from sitegen.model.computed import Crossing, Edition, Link
from sitegen.render.guarantees import MOST_CHARTS, MOST_SERIES, Guarantee, guarantees

from ..diagnose.cases import client, dossier, scorecard

TITLE, SUBTITLE = say("figures.crossing.together"), say("figures.crossing.subtitle_week")


def told(link: str = "link") -> Edition:
    found = Link(link, 60, 40, 0, 0.6)  # type: ignore[arg-type]  # one of three words
    crossing = Crossing("interactions", "revenue", "week", date(2026, 1, 5), (1.0,), (1.0,), (None,), found, 0.5)
    return edition(dossier(client()), replace(scorecard(), crossings=(crossing,)), ())


def figure(id: str = "crossing-interactions-revenue", series: int = 2, events: int = 0, **changes: object) -> Figure:
    legend = [Legend(f"chart-{number}", "line", TITLE) for number in range(series)]
    legend += [Legend("chart-event", "area", TITLE)] * events
    made = Figure(
        id, "trends", "trend", {}, {}, TITLE, SUBTITLE, SUBTITLE, FigureTable((), ()), Unit.COUNT, legend=tuple(legend)
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def kept(told: Edition, figures: list[Figure], first: list[str]) -> dict[str, bool]:
    return {each.id: each.kept for each in guarantees(told, figures, first)}


def test_all_is_kept_where_nothing_is_promised_too_much() -> None:
    assert set(kept(told(), [figure()], ["crossing-interactions-revenue"]).values()) == {True}
    assert all(isinstance(each, Guarantee) for each in guarantees(told(), [], []))
    assert set(kept(told(), [], []).values()) == {True}


def test_a_link_that_the_computation_does_not_find_is_told() -> None:
    assert not kept(told("no_link"), [figure()], [])["links"]
    assert kept(told("no_link"), [figure(title=say("figures.crossing.no_link"))], [])["links"]


def test_too_many_pictures_or_curves_are_told_and_events_are_no_curves() -> None:
    many = [figure(f"trend-{number}") for number in range(MOST_CHARTS + 1)]
    assert not kept(told(), many, [each.id for each in many])["charts"]
    assert kept(told(), many, [each.id for each in many[1:]])["charts"]
    assert not kept(told(), [figure(series=MOST_SERIES + 1)], ["crossing-interactions-revenue"])["charts"]
    assert kept(told(), [figure(series=MOST_SERIES, events=6)], ["crossing-interactions-revenue"])["charts"]


def test_a_title_that_only_names_the_metric_is_told() -> None:
    assert not kept(told(), [figure(title=say("metrics.revenue.Name"))], [])["titles"]
    assert not kept(told(), [figure(title=SUBTITLE)], [])["titles"]
