"""Each comparison is explained with the client's own numbers, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.formats import Words
from sitegen.messages import Quantity, Unit
from sitegen.model.computed import Benchmark
from sitegen.render.comparing import lines

from ..diagnose.test_benchmark import against, benchmark, number, published


def said(found: Benchmark, language: str) -> list[str]:
    words = Words(language, "MA")
    return [words.say(line).replace("\u202f", " ").replace("\u00a0", " ") for line in lines(found)]


def sampled() -> Benchmark:
    ours = replace(number(0.03), numerator=12.0, denominator=400.0, interval=(0.0172, 0.0517))
    return replace(benchmark(against("year", 0.02, 0.01, noise=True), published()), current=ours)


def test_quotients_periods_and_differences_are_told() -> None:
    assert said(sampled(), "fr") == [
        "Calcul : transactions ÷ sessions, sur toute la période.",
        "Maintenant : 12 ÷ 400 = 3,00 % (du 1er au 28 mars 2026) ; marge d’erreur (95 %) : de 1,72 % à 5,17 %.",
        "Un an plus tôt : 2,00 % (du 2 au 29 mars 2025).",
        "Écart, sur les valeurs non arrondies : 3,00 % − 2,00 % = +1,00 point.",
        "Cet écart est dans la marge d’erreur des deux taux : il ne prouve rien.",
        "Enquête : 2,10 % (du 1er au 28 mars 2026).",
        "Écart, sur les valeurs non arrondies : 3,00 % − 2,10 % = +0,90 point.",
        "Cet écart dépasse la marge d’erreur des deux taux.",
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_total_says_that_it_is_compared_by_day(language: str) -> None:
    orders = replace(number(30.0), metric="transactions", unit=Unit.COUNT)
    before = replace(against("year", 20.0, 0.5), number=replace(orders, value=20.0))
    before = replace(before, difference=Quantity(0.5, Unit.CHANGE), noise=None)
    found = said(Benchmark("transactions", (), None, orders, (before,)), language)
    assert (
        found[-1]
        == {
            "fr": "Écart, par jour observé : 30 comparés à 20 = +50 %.",
            "en": "Difference, by observed day: 30 compared with 20 = +50%.",
        }[language]
    )


def test_what_has_no_value_is_not_explained() -> None:
    found = said(benchmark(replace(published(), number=number(None), difference=None)), "fr")
    assert found == [
        "Calcul : transactions ÷ sessions, sur toute la période.",
        "Maintenant : 3,00 % (du 1er au 28 mars 2026).",
    ]
