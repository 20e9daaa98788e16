"""Crossings in panels: the words of METHODS §5, one time axis, the spend under them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from sitegen.draw import crossing as drawn
from sitegen.formats import Words
from sitegen.locales import catalogue
from sitegen.messages import Month, Quantity, Unit
from sitegen.model.built import Figure
from sitegen.model.computed import Crossing, Edition, Link

from .editions import crossing, edition

LINK = Link("link", 30, 24, 1, 0.42, (0.1, 0.7), 0.001, 0.01)
NONE = replace(LINK, status="no_link", rho=0.1)
FEW = Link("insufficient", 26, 15)


def crossed(found: Crossing) -> Edition:
    plain = edition()
    return replace(plain, scorecard=replace(plain.scorecard, crossings=(found,)))


def figure(found: Crossing | None = None) -> Figure:
    (only,) = drawn.figures(crossed(found or crossing()))
    return only


def told(found: Crossing, language: str = "fr") -> str:
    text = Words(language, "MA").say(drawn.title(found))
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize(
    ("link", "alike", "words"),
    [
        (
            LINK,
            0.9,
            (
                "Une hausse inhabituelle des interactions s'accompagne en général d'une hausse du chiffre d'affaires, "
                "une semaine après (lien modéré)"
            ),
        ),
        (
            replace(LINK, rho=-0.51, lag=3),
            0.0,
            (
                "Une hausse inhabituelle des interactions s'accompagne en général d'une baisse du chiffre d'affaires, "
                "3 semaines après (lien fort)"
            ),
        ),
        (
            replace(LINK, lag=0),
            0.0,
            (
                "Une hausse inhabituelle des interactions s'accompagne en général d'une hausse du chiffre d'affaires, "
                "dans la même période (lien modéré)"
            ),
        ),
        (
            NONE,
            0.5,
            (
                "Les deux courbes se ressemblent surtout parce qu'elles montent ensemble : pas de lien entre les "
                "interactions et le chiffre d'affaires une fois tendance et saison retirées"
            ),
        ),
        (
            NONE,
            0.49,
            "Pas de lien entre les interactions et le chiffre d'affaires une fois tendance et saison retirées",
        ),
        (FEW, 0.9, "Il manque 5 semaines pour conclure sur les interactions et le chiffre d'affaires"),
    ],
)
def test_the_title_is_what_was_found(link: Link, alike: float, words: str) -> None:
    assert told(crossing(link=link, alike=alike, missing=5)) == words


def test_a_link_is_said_to_prove_nothing_and_the_spend_to_move_both() -> None:
    note = Words("en", "MA").say(figure(crossing(link=LINK)).note)  # type: ignore[arg-type]
    assert note.endswith("This is no proof of cause. An advertising budget can move both curves at once.")
    assert "rank correlation of 0.42 (0.10 to 0.70)" in note
    assert "cause" not in Words("en", "MA").say(figure(crossing(link=NONE)).note)  # type: ignore[arg-type]
    assert figure(crossing(link=FEW, spend=())).note is None


def test_no_other_word_speaks_of_causes() -> None:
    for language in ("fr", "en"):
        keys = {
            key
            for key, words in catalogue(language).items()
            if key.startswith("figures.crossing.") and re.search(r"\bcaus|grâce à|thanks to|drives|entraîn", str(words))
        }
        assert keys == {"figures.crossing.no_proof"}


def test_the_panels_lie_over_each_other_without_touching() -> None:
    found = figure()
    heights = {name: [row["value"] for row in found.datasets[name]] for name in ("first", "second")}
    assert 2 <= min(heights["first"]) < max(heights["first"]) <= 2 + drawn.ROOM
    assert 1 <= min(heights["second"]) < max(heights["second"]) <= 1 + drawn.ROOM
    bars = found.datasets["spend"]
    assert {row["low"] for row in bars} == {0.0}
    assert all(0 <= float(row["high"] or 0) <= drawn.ROOM for row in bars)
    assert found.params["y_domain"] == (0.0, 3.0)


def test_what_nobody_tells_of_the_spend_has_no_bar() -> None:
    found = crossing()
    assert len(figure(found).datasets["spend"]) == len(found.spend) - 1
    rows = figure(found).table.rows
    assert (rows[0][3], rows[1][3]) == (None, Quantity(1010.0, Unit.MONEY, "MAD"))


def test_without_any_spend_there_are_two_panels() -> None:
    found = figure(crossing(spend=()))
    assert found.params["y_domain"] == (0.0, 2.0)
    assert found.datasets["spend"] == ()
    assert len(found.datasets["names"]) == 2
    assert all(len(row) == len(found.table.columns) == 3 for row in found.table.rows)


def test_every_label_is_at_its_place() -> None:
    found = figure()
    places = [row["words"] for name in ("ticks", "names") for row in found.datasets[name]]
    tips = [row["tip"] for row in found.datasets["tips"]]
    assert [*tips, *places] == [f"⟦w:{place}⟧" for place in range(len(found.labels))]
    assert found.labels[len(tips)] == Quantity(0.0, Unit.COUNT)


def test_months_are_called_by_their_names() -> None:
    found = figure(crossing(grain="month", start=date(2024, 11, 1)))
    words = Words("en", "MA")
    assert words.say(found.labels[0]).startswith("November 2024: Interactions: 100")  # type: ignore[arg-type]
    assert [row[0] for row in found.table.rows][:3] == [Month(2024, 11), Month(2024, 12), Month(2025, 1)]
    assert "by month" in words.say(found.subtitle)


def test_its_text_alternative_tells_both_curves() -> None:
    words = Words("en", "MA").say(figure().description)
    assert "Interactions: from 100 to 129, at most 129." in words
    assert "Revenue: from 1,000" in words
