"""The conclusion of each figure, word for word, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sitegen.draw import progress as progress_figures
from sitegen.draw import returns as returns_figures
from sitegen.draw import trends
from sitegen.formats import Words
from sitegen.model.computed import State, Status

from .editions import channel, comparison, measurement, progress, returns


def told(message):
    """The sentence in French and English, its no-break spaces made plain."""
    return tuple(
        Words(language, "MA").say(message).replace("\u00a0", " ").replace("\u202f", " ") for language in ("fr", "en")
    )


@pytest.mark.parametrize(
    ("metric", "current", "year", "sentences"),
    [
        (
            "net_sales",
            112.0,
            100.0,
            ("Ventes nettes en hausse : +12 % en un an", "Net sales up: +12% in a year"),
        ),
        (
            "net_sales",
            88.0,
            100.0,
            ("Ventes nettes en baisse : −12 % en un an", "Net sales down: −12% in a year"),
        ),
        (
            "net_sales",
            101.5,
            100.0,
            (
                "Ventes nettes : presque pas de changement en un an (+1,5 %)",
                "Net sales: almost no change in a year (+1.5%)",
            ),
        ),
        (
            "net_sales",
            None,
            100.0,
            ("Ventes nettes : pas de valeur récente", "Net sales: no recent value"),
        ),
        (
            "net_sales",
            100.0,
            None,
            (
                "Ventes nettes : pas encore d’année précédente à comparer",
                "Net sales: no previous year to compare with yet",
            ),
        ),
        (
            "conversion_rate",
            0.0258,
            0.0222,
            ("Taux de conversion en hausse : +0,36 point en un an", "Conversion rate up: +0.36 points in a year"),
        ),
        (
            "conversion_rate",
            0.0222,
            0.0258,
            ("Taux de conversion en baisse : −0,36 point en un an", "Conversion rate down: −0.36 points in a year"),
        ),
        (
            "conversion_rate",
            0.02203,
            0.02200,
            (
                "Taux de conversion : presque pas de changement en un an (0,00 point)",
                "Conversion rate: almost no change in a year (0.00 points)",
            ),
        ),
        (
            "cost_per_click",
            2.9,
            3.6,
            (
                "Coût par clic en baisse : −19 % en un an, dans le bon sens",
                "Cost per click down: −19% in a year, in the right direction",
            ),
        ),
        (
            "cost_per_click",
            3.6,
            2.9,
            (
                "Coût par clic en hausse : +24 % en un an, dans le mauvais sens",
                "Cost per click up: +24% in a year, in the wrong direction",
            ),
        ),
        (
            "spend",
            40.0,
            30.0,
            ("Dépenses publicitaires en hausse : +33 % en un an", "Advertising spend up: +33% in a year"),
        ),
    ],
)
def test_a_trend_tells_its_year(metric, current, year, sentences):
    assert told(trends.title(comparison(metric, current, year))) == sentences


def test_a_first_year_is_compared_with_the_days_before():
    assert told(trends.title(comparison("sessions", 110.0, None, 100.0))) == (
        "Sessions : +10 % par rapport aux 28 jours précédents, pas encore d’année à comparer",
        "Sessions: +10% against the 28 days before, no year to compare with yet",
    )


def test_a_year_of_other_sources_is_not_compared():
    spend = replace(comparison("spend", 40.0, 30.0), change_year=None)
    assert told(trends.title(spend)) == (
        "Dépenses publicitaires : comparaison impossible avec l’année précédente, les sources ne sont pas les mêmes",
        "Advertising spend: cannot be compared with the previous year, since the sources differ",
    )


@pytest.mark.parametrize(
    ("more", "sentences"),
    [
        ({}, ("Taux de conversion : 2,58 %, cible 3,02 %", "Conversion rate: 2.58%, target 3.02%")),
        (
            {"met": True, "current": measurement("conversion_rate", 0.031)},
            (
                "Taux de conversion : 3,10 %, cible atteinte (3,02 %)",
                "Conversion rate: 3.10%, target reached (3.02%)",
            ),
        ),
        (
            {"progress": -0.1, "current": measurement("conversion_rate", 0.019)},
            (
                "Taux de conversion : 1,90 %, plus loin de la cible (3,02 %) qu’au départ (2,01 %)",
                "Conversion rate: 1.90%, further from the target (3.02%) than at the start (2.01%)",
            ),
        ),
        (
            {"current": measurement("conversion_rate")},
            (
                "Taux de conversion : pas de valeur à comparer à la cible (3,02 %)",
                "Conversion rate: no value to compare with the target (3.02%)",
            ),
        ),
        (
            {"direction": "maintain_above", "inside": True, "target": 0.025},
            (
                "Taux de conversion : 2,58 %, dans la zone visée (au moins 2,50 %)",
                "Conversion rate: 2.58%, within the target zone (at least 2.50%)",
            ),
        ),
        (
            {"direction": "range", "inside": False, "target": 0.03, "target_upper": 0.04},
            (
                "Taux de conversion : 2,58 %, hors de la zone visée (entre 3,00 % et 4,00 %)",
                "Conversion rate: 2.58%, outside the target zone (between 3.00% and 4.00%)",
            ),
        ),
    ],
)
def test_a_bullet_tells_the_value_and_its_target(more, sentences):
    found = progress(**more)
    assert told(progress_figures.bullet_title(found, found.target)) == sentences


def test_a_cost_that_falls_to_its_target_has_reached_it():
    found = progress(
        "cost", "cost_per_lead", direction="decrease", current=measurement("cost_per_lead", 78.0), target=80.0, met=True
    )
    assert told(progress_figures.bullet_title(found, 80.0)) == (
        "Coût par demande de contact : 78,00 DH, cible atteinte (80,00 DH)",
        "Cost per lead: 78.00 DH, target reached (80.00 DH)",
    )


def test_a_budget_that_is_not_used_up_has_reached_nothing_yet():
    found = progress(
        "spend",
        "spend",
        direction="maintain_below",
        basis="cumulative",
        current=measurement("spend", 30_000.0),
        target=40_000.0,
        met=True,
        inside=True,
    )
    assert told(progress_figures.bullet_title(found, 40_000.0))[0] == (
        "Dépenses publicitaires : 30 000 DH, dans la zone visée (au plus 40 000 DH)"
    )
    assert told(progress_figures.timeline_title(found, Status.AT_RISK)) == (
        "Dépenses publicitaires : 30 000 DH, un peu au-dessus du rythme prévu (au plus 40 000 DH)",
        "Advertising spend: 30,000 DH, a little above the expected pace (at most 40,000 DH)",
    )


TIMELINES = {
    Status.NOT_STARTED: (
        "Taux de conversion : le suivi commence le 1er juillet 2026",
        "Conversion rate: tracking starts on 1 July 2026",
    ),
    Status.NO_DATA: (
        "Taux de conversion : pas de valeur récente pour juger du chemin parcouru",
        "Conversion rate: no recent value to judge progress by",
    ),
    Status.TOO_EARLY: (
        "Taux de conversion : trop tôt pour juger, échéance le 31 décembre 2026",
        "Conversion rate: too early to judge, due on 31 December 2026",
    ),
    Status.INCONCLUSIVE: (
        "Taux de conversion : 2,58 %, trop peu de données pour trancher",
        "Conversion rate: 2.58%, too little data to decide",
    ),
    Status.ON_TRACK: ("Taux de conversion : 2,58 %, au rythme prévu", "Conversion rate: 2.58%, at the expected pace"),
    Status.AT_RISK: (
        "Taux de conversion : 2,58 %, un peu en retard sur le rythme prévu",
        "Conversion rate: 2.58%, a little behind the expected pace",
    ),
    Status.OFF_TRACK: (
        "Taux de conversion : 2,58 %, loin du rythme prévu",
        "Conversion rate: 2.58%, far from the expected pace",
    ),
    Status.REACHED_HOLD: (
        "Taux de conversion : 2,58 %, cible atteinte (3,02 %), à tenir jusqu’au 31 décembre 2026",
        "Conversion rate: 2.58%, target reached (3.02%), to be held until 31 December 2026",
    ),
    Status.ACHIEVED: (
        "Taux de conversion : 2,58 %, cible atteinte (3,02 %)",
        "Conversion rate: 2.58%, target reached (3.02%)",
    ),
    Status.MISSED: ("Taux de conversion : cible manquée (3,02 %)", "Conversion rate: target missed (3.02%)"),
}


@pytest.mark.parametrize("status", Status)
def test_a_timeline_speaks_in_the_terms_of_its_status(status):
    assert told(progress_figures.timeline_title(progress(), status)) == TIMELINES[status]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.ON_TRACK, "Taux de réponse : 93 %, dans la zone visée (au moins 90 %)"),
        (Status.AT_RISK, "Taux de réponse : 93 %, dans la zone visée, mais pas toujours (au moins 90 %)"),
        (Status.OFF_TRACK, "Taux de réponse : 93 %, hors de la zone visée (au moins 90 %)"),
    ],
)
def test_a_value_to_keep_has_no_pace(status, sentence):
    found = progress(
        "response_rate",
        "response_rate",
        direction="maintain_above",
        current=measurement("response_rate", 0.93),
        target=0.9,
    )
    assert told(progress_figures.timeline_title(found, status))[0] == sentence


def test_statuses_without_a_value_need_none():
    nothing = progress(current=measurement("conversion_rate"), target=None)
    for status in (Status.NOT_STARTED, Status.NO_DATA, Status.TOO_EARLY):
        assert told(progress_figures.timeline_title(nothing, status)) == TIMELINES[status]


WORTH = (
    "Les ventes attribuées valent 3,00 fois la dépense publicitaire",
    "Attributed sales are worth 3.00 times the advertising spend",
)
META = channel("meta_ads", 100.0, 300.0)


@pytest.mark.parametrize(
    ("found", "sentences"),
    [
        (
            returns(META),
            (
                f"{WORTH[0]}, au-dessus du seuil de rentabilité de la publicité seule (2,22 fois)",
                f"{WORTH[1]}, above the break-even point for advertising alone (2.22 times)",
            ),
        ),
        (
            returns(META, break_even=4.0),
            (
                f"{WORTH[0]}, au-dessous du seuil de rentabilité de la publicité seule (4,00 fois)",
                f"{WORTH[1]}, below the break-even point for advertising alone (4.00 times)",
            ),
        ),
        (
            returns(META, break_even=3.03),
            (
                f"{WORTH[0]}, au niveau du seuil de rentabilité de la publicité seule (3,03 fois)",
                f"{WORTH[1]}, level with the break-even point for advertising alone (3.03 times)",
            ),
        ),
        (
            returns(META, break_even=None),
            (
                f"{WORTH[0]} ; sans marge déclarée, le seuil de rentabilité est inconnu",
                f"{WORTH[1]}; with no declared margin, the break-even point is unknown",
            ),
        ),
        (
            replace(returns(META), attributed_revenue=replace(returns(META).attributed_revenue, state=State.PARTIAL)),
            (
                (
                    "Les ventes attribuées connues valent 3,00 fois la dépense des canaux qui les donnent ; "
                    "les autres ventes manquent pour dire si la publicité est rentable"
                ),
                (
                    "The attributed sales that are known are worth 3.00 times the spend of the channels that tell "
                    "them; the others are needed to say whether advertising pays"
                ),
            ),
        ),
        (
            returns(channel("meta_ads", 100.0, None)),
            (
                "Dépenses publicitaires : 100,00 DH ; pas de valeur de ventes à comparer",
                "Advertising spend: 100.00 DH; no sales value to compare with",
            ),
        ),
    ],
)
def test_returns_are_told_against_the_break_even_point(found, sentences):
    assert told(returns_figures.title(found)) == sentences


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 2, 1)])
def test_a_deadline_that_has_come_leaves_only_the_target(day):
    assert progress_figures.expected_now(progress(as_of=day)) is None
