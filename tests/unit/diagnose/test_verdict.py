"""Does it work? What is there already, how the objectives go, what was earned; never more than is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sitegen.diagnose.draft import Draft
from sitegen.diagnose.verdict import verdict
from sitegen.formats import Words
from sitegen.messages import Period
from sitegen.model.computed import CostLine, Progress, SourceSummary, State

from .cases import (
    HIRED,
    TODAY,
    YEAR,
    client,
    costs,
    draft,
    measured,
    money,
    progress,
    ratio,
    replaced,
    returns,
    served,
    total,
    written,
)

FRENCH, ENGLISH = Words("fr", "MA"), Words("en", "MA")
NO_ROI = {"roi_incremental": ratio(None), "roi_attributed": ratio(None)}
FINE = {"pace": 1.0, "pace_low": 0.97, "pace_high": 1.03}


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


WHEN, WHEN_ENGLISH = plain(FRENCH.period(YEAR)), plain(ENGLISH.period(YEAR))


def parts(found: Draft, words: Words = FRENCH) -> list[str]:
    """Assets, objectives, returns."""
    message = verdict(found)
    assert message.key == "verdict.whole"
    assert [label for label, _ in message] == ["assets", "objectives", "returns"]
    return [plain(words.param(part)) for _, part in message]


def test_the_whole_answer_in_both_languages() -> None:
    assert parts(draft()) == [
        "Vous avez déjà 24 mois de données de ventes, un outil de mesure et un CRM.",
        "L'objectif fixé est dans les temps.",
        (
            "Tous coûts compris, chaque tranche de 10 000 DH dépensée rapporte environ 12 100 DH de marge en plus "
            f"(estimation, {WHEN}) : ces coûts sont couverts."
        ),
    ]
    assert parts(draft(), ENGLISH) == [
        "You already have 24 months of sales data, an analytics tool and a CRM.",
        "The objective set is on track.",
        (
            "All costs included, every 10,000 DH spent brings in about 12,100 DH of extra margin "
            f"(estimate, {WHEN_ENGLISH}): these costs are covered."
        ),
    ]


def test_a_return_told_in_thousands_is_told_on_a_stake_that_is_not() -> None:
    told = parts(draft(client(unit="KDH")), Words("fr", "MA", "KDH"))[-1]
    assert "chaque tranche de 1 000 DH dépensée rapporte environ 1 210 DH de marge" in told


def test_a_cost_line_that_is_known_in_part_is_told_as_such() -> None:
    lines = (*costs()[:5], CostLine("training", 9.0, "partial"))
    assert parts(draft(returns=returns(costs=lines, known_lines=5)))[-1].startswith(
        "Sans compter la formation (en partie), "
    )


def several(*found: Progress) -> Draft:
    names = [f"objective_{index}" for index in range(len(found))]
    changed = tuple(
        type(each)(**{**{slot: getattr(each, slot) for slot in each.__dataclass_fields__}, "objective": name})
        for each, name in zip(found, names, strict=True)
    )
    return draft(client(objectives=[written(id=name) for name in names]), progress=changed)


OVER = {"as_of": date(2026, 6, 30)}
ACHIEVED, MISSED = progress(met=True, **OVER), progress(**OVER)
HELD, WATCHED, LATE = progress(met=True), progress(), total()
OPEN = (progress(as_of=date(2026, 1, 9)), progress(pace=None), progress(current=measured(None)))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([LATE, ACHIEVED, HELD], "Sur 3 objectifs, 1 est atteint, 1 est dans les temps et 1 est en retard."),
        ([LATE, LATE, progress(**FINE), HELD], "Sur 4 objectifs, 2 sont dans les temps et 2 sont en retard."),
        ([MISSED, WATCHED], "Sur 2 objectifs, 1 est à surveiller et 1 n'a pas été atteint."),
        ([*OPEN, progress(as_of=date(2025, 12, 1))], "Sur 4 objectifs, 4 ne peuvent pas encore être jugés."),
    ],
)
def test_objectives_are_counted_good_news_first(found: list[Progress], expected: str) -> None:
    assert parts(several(*found))[1] == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (ACHIEVED, "L'objectif fixé est atteint."),
        (WATCHED, "L'objectif fixé est à surveiller."),
        (LATE, "L'objectif fixé est en retard."),
        (MISSED, "L'objectif fixé n'a pas été atteint."),
        (OPEN[0], "L'objectif fixé ne peut pas encore être jugé."),
    ],
)
def test_a_single_objective_is_not_counted(found: Progress, expected: str) -> None:
    assert parts(several(found))[1] == expected


def test_no_objective_is_said() -> None:
    assert parts(draft(client(objectives=[]), progress=()))[1] == (
        "Aucun objectif n'est encore fixé : les chiffres décrivent, sans juger."
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"roi_incremental": ratio(-0.192)},
            (
                "Tous coûts compris, chaque tranche de 10 000 DH dépensée rapporte environ 8 100 DH de marge en plus "
                f"(estimation, {WHEN}) : ces coûts ne sont pas encore couverts."
            ),
        ),
        (
            {"roi_incremental": ratio(-0.192), "attributed_revenue": money(3e5, state=State.PARTIAL)},
            (
                "Tous coûts compris, chaque tranche de 10 000 DH dépensée rapporte au moins 8 000 DH de marge en plus "
                f"(estimation, {WHEN}) : une partie des ventes attribuées n'est pas connue, "
                "on ne peut donc pas dire si ces coûts sont couverts."
            ),
        ),
        (
            {
                "roi_incremental": ratio(0.3),
                "attributed_revenue": money(3e5, state=State.PARTIAL),
                "media": money(4e4, state=State.PARTIAL),
            },
            (
                "Tous coûts compris, chaque tranche de 10 000 DH dépensée rapporte environ 13 000 DH de marge en plus "
                f"(estimation, {WHEN}) : une partie des ventes attribuées n'est pas connue, "
                "on ne peut donc pas dire si ces coûts sont couverts."
            ),
        ),
        (
            {"costs": costs("agency", "training"), "known_lines": 4},
            (
                "Sans compter l'agence et la formation, chaque tranche de 10 000 DH dépensée rapporte environ "
                f"12 100 DH de marge en plus (estimation, {WHEN}) : ces coûts sont couverts."
            ),
        ),
        (
            {"roi_incremental": ratio(None)},
            (
                "Tous coûts compris, chaque tranche de 10 000 DH dépensée rapporte environ 20 200 DH de marge, "
                f"selon les plateformes ({WHEN}) : ces coûts sont couverts, "
                "si toutes ces ventes sont bien dues à la publicité."
            ),
        ),
        (
            {"roi": ratio(0.5), "benefit": money(9.0), "communication": replaced(), "service": served()},
            (
                "Tous coûts compris, chaque tranche de 10 000 DH dépensée rapporte environ 15 000 DH, en comptant "
                f"la marge additionnelle et le coût de communication évité (estimation, {WHEN}) : "
                "ces coûts sont couverts."
            ),
        ),
        (
            {"roi": ratio(-0.25), "benefit": money(9.0), "service": served(**HIRED), "roi_incremental": ratio(None)},
            (
                "Tous coûts compris, chaque tranche de 10 000 DH dépensée rapporte environ 7 500 DH, en comptant "
                f"les économies du service client (estimation, {WHEN}) : ces coûts ne sont pas encore couverts."
            ),
        ),
        (
            {
                "roi": ratio(0.12),
                "benefit": money(9.0, state=State.PARTIAL),
                "attributed_revenue": money(3e5, state=State.PARTIAL),
                "roi_incremental": ratio(None),
                "communication": replaced(),
            },
            (
                "Tous coûts compris, chaque tranche de 10 000 DH dépensée rapporte environ 11 200 DH, en comptant "
                f"le coût de communication évité (estimation, {WHEN}) : ces coûts sont couverts."
            ),
        ),
        (
            {"roi": ratio(0.0), "benefit": money(9.0, state=State.PARTIAL)},
            (
                "Tous coûts compris, chaque tranche de 10 000 DH dépensée rapporte environ 10 000 DH de marge en plus "
                f"(estimation, {WHEN}) : ces coûts sont couverts."
            ),
        ),
        (
            {"roi": ratio(-0.01), "benefit": money(9.0, state=State.PARTIAL)},
            (
                "Tous coûts compris, chaque tranche de 10 000 DH dépensée rapporte environ 9 900 DH de marge en plus "
                f"(estimation, {WHEN}) : un levier déclaré n'est pas entièrement chiffré, "
                "on ne peut donc pas dire si ces coûts sont couverts."
            ),
        ),
        (
            {**NO_ROI, "roi": ratio(-1.0), "benefit": money(0.0, state=State.PARTIAL), "service": served()},
            "Le retour des dépenses n'est pas calculable sur cette période.",
        ),
        (
            {**NO_ROI, "margin": None},
            (
                f"Publicité : 40 000 DH ; ventes de toutes origines : 900 000 DH ({WHEN}). "
                "Pour savoir ce que la publicité rapporte, il manque le taux de marge."
            ),
        ),
        (
            {**NO_ROI, "margin": None, "sales": money(None), "attributed_revenue": money(None)},
            (
                "Le retour des dépenses n'est pas encore calculable : "
                "il manque les ventes attribuées à la publicité et le taux de marge."
            ),
        ),
        (
            {**NO_ROI, "media": money(None)},
            "Le retour des dépenses n'est pas encore calculable : il manque les dépenses publicitaires.",
        ),
        (
            {**NO_ROI, "media": money(0.0), "margin": None},
            "Le retour des dépenses n'est pas encore calculable : il manque le taux de marge.",
        ),
        ({**NO_ROI, "media": money(0.0)}, "Le retour des dépenses n'est pas calculable sur cette période."),
        ({"period": None}, "Le retour des dépenses n'est pas calculable sur cette période."),
    ],
)
def test_the_return_is_told_as_far_as_it_is_known(changes: dict[str, Any], expected: str) -> None:
    assert parts(draft(returns=returns(**changes)))[2] == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2026, 3, 7), "25 jours de données"),
        (date(2026, 2, 2), "58 jours de données"),
        (date(2026, 2, 1), "2 mois de données"),
        (date(2025, 10, 1), "6 mois de données"),
        (date(2025, 10, 2), "5 mois de données"),
    ],
)
def test_data_on_sales_or_on_the_kpi_are_an_asset(start: date, expected: str) -> None:
    short = SourceSummary("exports/shop.csv", "0" * 64, 9, Period(start, TODAY), (), None, (), ())
    long = SourceSummary("exports/ads.csv", "0" * 64, 9, Period(date(2019, 1, 1), TODAY), (), None, (), ())
    assert parts(draft(client(answers={}), sources=(short, long)))[0] == f"Vous avez déjà {expected} de ventes."
    unsold = {"returns": returns(sales=money(None, sources=()))}
    assert parts(draft(client(answers={}), sources=(short, long), **unsold))[0] == f"Vous avez déjà {expected}."


def test_only_a_plain_yes_is_an_asset() -> None:
    answers = {"analytics": "partly", "crm": "no", "digital_lead": "unknown", "training": "yes"}
    assert parts(draft(client(answers=answers), sources=()))[0] == "Vous avez déjà une équipe formée."


def test_having_begun_is_an_asset() -> None:
    assert parts(draft(client(answers={}), sources=()))[0] == "La démarche est lancée, et c'est un acquis."
