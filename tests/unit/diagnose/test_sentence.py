"""The sentence that an executive reads, word for word."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.diagnose.sentence import sentence
from sitegen.diagnose.status import status
from sitegen.formats import Words
from sitegen.messages import Period, Unit
from sitegen.model.computed import Progress

from .cases import LIMITS, QUARTER_BEFORE, SHORT, basket, budget, kept, measured, progress, total

FRENCH, ENGLISH = Words("fr", "MA"), Words("en", "MA")
HALF = ENGLISH.period(Period(date(2026, 1, 1), date(2026, 6, 30)))
YEAR_BEFORE = Period(date(2025, 1, 1), date(2025, 12, 31))


def spoken(found: Progress, words: Words) -> str:
    """With plain spaces, so that the expected sentences can be read."""
    text = words.say(sentence(found, status(found, LIMITS)[0], LIMITS))
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def last(found: Progress, words: Words = FRENCH) -> str:
    return spoken(found, words).partition("2026. ")[2]


def test_the_kpi_its_value_its_baseline_its_target_and_where_it_stands() -> None:
    found = progress(baseline=measured(0.02, period=None), current=measured(0.024, denominator=4e4))
    assert spoken(found, FRENCH) == (
        "Taux de conversion : 2,40 % (du 4 au 31 mars 2026), contre 2,00 % au départ (valeur déclarée, sans date). "
        "Cible : 3,00 % au 30 juin 2026. À surveiller : 87,9 % du chemin prévu à ce jour est parcouru."
    )
    assert spoken(found, ENGLISH) == (
        "Conversion rate: 2.40% (4 to 31 March 2026), from 2.00% at the start (stated value, undated). "
        "Target: 3.00% by 30 June 2026. Needs watching: 87.9% of the progress expected by now has been made."
    )


def test_the_baseline_comes_with_its_dates() -> None:
    assert f"contre 240,00 DH au départ ({FRENCH.period(QUARTER_BEFORE)})" in FRENCH.say(
        sentence(basket(), status(basket(), LIMITS)[0], LIMITS)
    ).replace("\u00a0", " ")


def test_a_total_is_told_as_a_total() -> None:
    assert spoken(total(), ENGLISH) == (
        f"Orders: 7,000 in total ({HALF}); starting point: 12,000 ({ENGLISH.period(YEAR_BEFORE)}). "
        "Target: 15,600 in total by 31 December 2026. Behind: 55.6% of the rise expected by now has been made."
    )
    assert "Commandes : 7 000 en tout" in spoken(total(), FRENCH)


def test_partial_data_are_said() -> None:
    short = total(current=SHORT)
    french = spoken(short, FRENCH)
    assert "Données partielles : 83 % des jours observés, jugés sur leur moyenne par jour. Cible" in french
    assert "Partial data: 83% of the days observed, judged on their daily average. Target" in spoken(short, ENGLISH)
    assert "artial" not in spoken(total(), ENGLISH)


def test_a_budget_is_told_as_a_ceiling() -> None:
    assert spoken(budget(pace=0.79), ENGLISH) == (
        f"Advertising spend: 62,000 DH in total ({HALF}). "
        "Ceiling: 120,000 DH in total until 31 December 2026. "
        "Too fast: 51.7% of the ceiling used, against 49.6% expected by now."
    )
    assert last(budget()).startswith("Dans les temps : 51,7 % du plafond utilisé")
    assert last(budget(current=measured(121_000.0, Unit.MONEY), met=False)) == "Le plafond est dépassé."


@pytest.mark.parametrize(
    ("found", "aim"),
    [
        (basket(), "Cible : 300,00 DH au 30 juin 2026."),
        (basket(direction="decrease", target=200.0), "Cible : descendre à 200,00 DH au 30 juin 2026."),
        (kept(), "Cible : rester au moins à 90 % jusqu'au 30 juin 2026."),
        (kept(direction="maintain_below"), "Cible : rester au plus à 90 % jusqu'au 30 juin 2026."),
        (
            kept(direction="range", target_upper=0.95),
            "Cible : rester entre 90 % et 95 % jusqu'au 30 juin 2026.",
        ),
        (total(), "Cible : 15 600 en tout au 31 décembre 2026."),
        (total(direction="decrease", target=20_000.0, met=True), "Plafond : 20 000 en tout jusqu'au 31 décembre 2026."),
        (
            progress(target=None, baseline=measured(0.0)),
            "une cible en pourcentage ne veut rien dire, il faut une cible chiffrée au 30 juin 2026.",
        ),
        (progress(target=None), "La cible au 30 juin 2026 ne peut pas être calculée, faute de point de départ."),
    ],
)
def test_each_direction_has_its_words(found: Progress, aim: str) -> None:
    assert aim in spoken(found, FRENCH)


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        (progress(as_of=date(2025, 12, 1)), "L'objectif commence le 1er janvier 2026."),
        (progress(current=measured(None)), "Les données manquent pour dire où il en est."),
        (progress(as_of=date(2026, 1, 9)), "Il est trop tôt pour juger : premier avis le 28 janvier 2026."),
        (progress(pace_low=0.1, pace_high=1.4), "Les données ne permettent pas encore de conclure."),
        (total(pace=1.01), "Dans les temps : 101 % du chemin prévu à ce jour est parcouru."),
        (total(pace=0.9499), "À surveiller : 94,9 % du chemin prévu à ce jour est parcouru."),
        (total(pace=0.79), "En retard : 79 % du chemin prévu à ce jour est parcouru."),
        (basket(pace=-0.1), "En retard : la valeur s'est éloignée de la cible depuis le départ."),
        (total(pace=-0.1), "En retard : à ce jour, le total est moins bon que celui du point de départ."),
        (progress(met=True), "Cible atteinte ; reste à la tenir jusqu'au 30 juin 2026."),
        (progress(met=True, as_of=date(2026, 6, 30)), "Objectif atteint."),
        (progress(as_of=date(2026, 6, 30)), "Objectif non atteint à l'échéance."),
        (
            progress(as_of=date(2026, 6, 30), reached_on=date(2026, 5, 1)),
            "Objectif atteint le 1er mai 2026, mais pas à l'échéance.",
        ),
        (kept(), "Objectif tenu : 100 % des périodes dans la limite."),
        (
            kept(compliance=0.75),
            "À surveiller : dans la limite aujourd'hui, mais 75 % des périodes seulement l'ont été.",
        ),
        (kept(inside=False, met=False), "Hors de la limite aujourd'hui."),
        (kept(inside=False, met=False, compliance=None), "Hors de la limite aujourd'hui."),
    ],
)
def test_each_status_has_its_words(found: Progress, standing: str) -> None:
    assert spoken(found, FRENCH).endswith(standing)


def test_a_missing_value_is_never_told_as_zero() -> None:
    found = progress(current=measured(None))
    assert spoken(found, FRENCH).startswith("Taux de conversion : valeur inconnue à ce jour.")


def test_a_missing_baseline_is_left_out() -> None:
    assert "au départ" not in spoken(progress(baseline=measured(None, period=None)), FRENCH)
