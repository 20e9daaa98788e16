"""What a comparison comes to, in words: no difference where none is established, the good way by the metric's own."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.diagnose.benchmark import place, positions
from sitegen.formats import Words
from sitegen.messages import Message, Period, Quantity, Text, Unit, say
from sitegen.model.catalogue import Direction
from sitegen.model.computed import Against, Benchmark, EventSnapshot, Measurement, Norm, State

NOW = Period(date(2026, 3, 1), date(2026, 3, 28))
YEAR = Period(date(2025, 3, 2), date(2025, 3, 29))
UP, DOWN = Direction.UP, Direction.DOWN


def number(value: float | None, period: Period | None = NOW, reason: Message | None = None) -> Measurement:
    state = State.COMPLETE if value is not None else State.NOT_COMPUTABLE
    return Measurement("conversion_rate", Unit.RATE, value, period, state=state, reason=reason)


def against(kind: str, value: float, gap: float, *, noise: bool = False, name: str = "") -> Against:
    return Against(kind, number(value, YEAR), Quantity(gap, Unit.POINTS), noise, name)  # type: ignore[arg-type]


def norm(**changed: object) -> Norm:
    told: dict[str, object] = {
        "metric": "conversion_rate",
        "definition": "conversion_rate",
        "defined": None,
        "channel": None,
        "industry": Text.plain("Boutiques"),
        "region": None,
        "stat": "median",
        "value": Quantity(0.021, Unit.RATE),
        "band": None,
        "period": Period(date(2025, 1, 1), date(2025, 12, 31)),
        "published": date(2026, 3, 10),
        "source": Text.plain("Enquête"),
        "url": None,
        "licence": Text.plain("CC0"),
        "shared": True,
        "retrieved": None,
        "note": None,
    }
    return Norm(**(told | changed))  # type: ignore[arg-type]


def published(gap: float = 0.009, *, old: bool = False, **changed: object) -> Against:
    return Against("norm", number(0.021), Quantity(gap, Unit.POINTS), False, norm=norm(**changed), old=old)


def benchmark(*others: Against, good: Direction | None = UP, rivals: tuple[str, ...] = ()) -> Benchmark:
    return Benchmark("conversion_rate", (), good, number(0.03), others, ("goal",), rivals)


def told(message: Message, language: str = "fr") -> str:
    text = Words(language, "MA").say(message)
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def title(*others: Against, language: str = "fr", **more: object) -> str:
    (position,) = positions([benchmark(*others, **more)], ())  # type: ignore[arg-type]
    return told(position.title, language)


@pytest.mark.parametrize(
    ("gap", "other", "noise", "good", "where"),
    [
        (0.01, 0.02, False, UP, "better"),
        (-0.01, 0.04, False, UP, "worse"),
        (0.01, 0.02, False, DOWN, "worse"),
        (-0.01, 0.04, False, DOWN, "better"),
        (0.01, 0.02, False, None, "more"),
        (-0.01, 0.04, False, None, "less"),
        (0.01, 0.02, True, UP, "noise"),
        (0.0003, 0.02, False, UP, "level"),  # 1.5 % of it
        (0.0004, 0.02, False, UP, "better"),
        (0.0, 0.0, None, UP, "level"),
    ],
)
def test_where_ours_stands(gap: float, other: float, noise: bool | None, good: Direction | None, where: str) -> None:
    found = Against("year", number(other), Quantity(gap, Unit.POINTS), noise)
    assert place(found, good) == where


def test_what_has_no_value_stands_nowhere() -> None:
    assert place(Against("year", number(None)), UP) is None


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ((against("year", 0.02, 0.01),), "mieux qu'un an plus tôt"),
        ((against("previous", 0.04, -0.01),), "moins bien que la période d'avant"),
        ((against("year", 0.02, 0.01), against("previous", 0.04, -0.01)), "mieux qu'un an plus tôt"),
        ((against("competitor", 0.04, -0.01, name="Rival"),), "derrière Rival"),
        (
            (against("competitor", 0.02, 0.01, name="A"), against("competitor", 0.04, -0.01, name="B")),
            "devant 1 des 2 concurrents suivis",
        ),
        (
            (against("competitor", 0.02, 0.01, name="A"), against("competitor", 0.01, 0.02, name="B")),
            "devant les 2 concurrents suivis",
        ),
        (
            (against("competitor", 0.04, -0.01, name="A"), against("competitor", 0.05, -0.02, name="B")),
            "derrière les 2 concurrents suivis",
        ),
        (
            (against("competitor", 0.04, -0.01, name="A"), against("competitor", 0.03, 0.0, noise=True, name="B")),
            "devant aucun des 2 concurrents suivis",
        ),
        ((published(),), "mieux que la médiane publiée"),
        ((published(old=True, stat="p75"), published(-0.01, stat="mean")), "moins bien que la moyenne publiée"),
        (
            (against("year", 0.02, 0.01, noise=True), published()),
            "pas d'écart net avec l'an dernier et mieux que la médiane publiée",
        ),
    ],
)
def test_the_conclusion(others: tuple[Against, ...], words: str) -> None:
    assert title(*others) == f"Taux de conversion : {words}"


def test_the_conclusion_in_english() -> None:
    found = title(against("year", 0.02, 0.01), published(), language="en")
    assert found == "Conversion rate: better than a year before and better than the published median"


def test_nothing_comparable_is_said_so() -> None:
    apart = Against("norm", number(None, reason=say("measure.apart.definition")), norm=norm())
    (position,) = positions([benchmark(apart)], ())
    assert told(position.title) == "Taux de conversion : pas encore de point de comparaison"
    assert [told(each) for each in position.apart] == [
        "Enquête, médiane de 2,10 % : pas comparable, la source définit cette mesure autrement."
    ]


def test_the_line_of_an_objective_has_the_values() -> None:
    others = (against("year", 0.02, 0.01), against("competitor", 0.04, -0.01, name="Rival"), published())
    (position,) = positions([benchmark(*others)], ())
    line = "3,00 % du 1er au 28 mars 2026 ; 2,00 % un an plus tôt, 4,00 % pour Rival et 2,10 % (médiane, Enquête)."
    assert told(position.line) == line


def test_a_feast_that_moved_is_told() -> None:
    """Ramadan of 2026 ends on 19 March, that of 2025 began on 1 March: 19 of the days against 28."""
    ramadan = [
        EventSnapshot(Text.plain("Ramadan"), date(2025, 3, 1), date(2025, 3, 30), "religious"),
        EventSnapshot(Text.plain("Ramadan"), date(2026, 2, 18), date(2026, 3, 19), "religious"),
        EventSnapshot(Text.plain("Soldes"), date(2026, 3, 1), date(2026, 3, 5), "sale"),
    ]
    (position,) = positions([benchmark(against("year", 0.02, 0.01))], ramadan)
    (note,) = position.notes
    assert told(note).startswith("Ramadan : 19 jours dans la période récente, 28 dans l'autre (l'an dernier).")
    ((still,),) = [each.notes for each in positions([benchmark(against("year", 0.02, 0.01))], ramadan[:2])]
    assert still == note
    assert positions([benchmark(against("year", 0.02, 0.01))], ramadan[2:])[0].notes == ()


def test_the_notes_say_where_a_figure_comes_from_and_that_it_is_old() -> None:
    (position,) = positions([benchmark(published(old=True, note=Text.plain("Grandes boutiques.")))], ())
    source, old, note = (told(each) for each in position.notes)
    assert source == (
        "Enquête : médiane, Boutiques, de janvier à décembre 2025, publication le 10 mars 2026. Licence : CC0."
    )
    assert (old, note) == ("Chiffre ancien : Enquête.", "Grandes boutiques.")


def test_the_set_of_a_share_of_voice_is_named() -> None:
    (position,) = positions([benchmark(against("year", 0.02, 0.01), rivals=("A", "B"))], ())
    assert "A et B" in told(position.notes[0])


def test_what_is_within_the_noise_is_named() -> None:
    (position,) = positions([benchmark(against("year", 0.029, 0.001, noise=True))], ())
    assert told(position.notes[0]) == "Dans la marge d'erreur, donc sans écart établi : l'an dernier."
