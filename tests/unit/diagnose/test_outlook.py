"""How a forecast is told (METHODS §3.1): to 5 %, never as a certainty, in words where the past is short."""

from __future__ import annotations

import pytest

from sitegen.diagnose.outlook import ahead, chance, difference, standing, told, worse
from sitegen.diagnose.sentence import sentence
from sitegen.diagnose.status import status
from sitegen.formats import Words
from sitegen.messages import Message
from sitegen.model.computed import Status

from .cases import LIMITS, outlook, progress, total


def plain(message: Message | None) -> str:
    assert message
    return Words("fr", "MA").say(message).replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(0.0, 0.05), (0.05, 0.05), (0.2499, 0.20), (0.25, 0.25), (0.5999, 0.55), (0.60, 0.60), (0.95, 0.95), (1.0, 0.95)],
)
def test_a_probability_is_told_rounded_down_and_never_as_certain(probability: float, shown: float) -> None:
    assert told(probability) == pytest.approx(shown)


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.049, "au plus 5 %"), (0.05, "environ 5 %"), (0.474, "environ 45 %"), (0.95, "au moins 95 %")],
)
def test_near_certainty_it_is_a_limit(probability: float, words: str) -> None:
    assert plain(chance(outlook(probability), LIMITS)) == f"{words} de chances d'atteindre la cible"


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.24, "peu de chances"), (0.25, "des chances incertaines"), (0.60, "plutôt de bonnes chances")],
)
def test_of_a_short_past_it_is_a_word(probability: float, words: str) -> None:
    assert plain(chance(outlook(probability, 23), LIMITS)).startswith(words)
    assert "%" in plain(chance(outlook(probability, 24), LIMITS))


def test_a_constant_past_says_so() -> None:
    assert plain(chance(outlook(1.0, constant=True), LIMITS)) == "la cible est atteinte (le passé est constant)"
    assert plain(chance(outlook(0.0, constant=True), LIMITS)) == "la cible n'est pas atteinte (le passé est constant)"


def test_where_the_trend_leads_is_one_sentence() -> None:
    assert plain(ahead(progress(outlook=outlook(0.474)), LIMITS)) == (
        "Si la tendance continue, sans action nouvelle : 2,80 % au 30 juin 2026, soit environ "
        "45 % de chances d'atteindre la cible."
    )
    assert plain(ahead(progress(outlook=outlook(0.474, 20)), LIMITS)) == (
        "Si la tendance continue, sans action nouvelle : des chances incertaines d'atteindre la cible au 30 juin 2026."
    )
    assert ahead(progress(), LIMITS) is None


def test_the_sentence_of_an_objective_tells_what_decided() -> None:
    by_chance, by_pace = progress(outlook=outlook(0.1)), total(outlook=outlook(0.9, 20))
    told = plain(sentence(by_chance, status(by_chance, LIMITS)[0], LIMITS))
    assert told.endswith(
        "En retard : si la tendance continue, sans action nouvelle, environ 10 % de chances d'atteindre la cible."
    )
    told = plain(sentence(by_pace, status(by_pace, LIMITS)[0], LIMITS))
    assert told.endswith("de la hausse prévue à ce jour est faite.")


def test_the_worse_of_two_opinions() -> None:
    assert worse(Status.ON_TRACK, Status.AT_RISK) is Status.AT_RISK
    assert worse(Status.OFF_TRACK, Status.AT_RISK) is Status.OFF_TRACK
    assert worse(Status.ON_TRACK, Status.ON_TRACK) is Status.ON_TRACK


@pytest.mark.parametrize(
    ("pacing", "seasonal", "p", "key"),
    [
        ("linear", True, 0.9, "season_better"),
        ("linear", True, 0.1, "season_worse"),
        ("linear", False, 0.9, "trend_better"),
        ("seasonal", True, 0.1, "trend_worse"),
    ],
)
def test_where_pace_and_chance_disagree_it_is_said_why(pacing: str, seasonal: bool, p: float, key: str) -> None:
    found, ahead = progress(pacing=pacing), outlook(p, seasonal=seasonal)
    because = difference(found, ahead, Status.AT_RISK, standing(ahead, LIMITS))
    assert because is not None
    assert because.key == f"outlook.difference.{key}"
    assert difference(found, ahead, Status.AT_RISK, Status.AT_RISK) is None
