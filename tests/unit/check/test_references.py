"""A name that leads nowhere is told where it is written."""

from pathlib import Path

import pytest

from sitegen.errors import Severity
from sitegen.formats import Words

from .workspace import client, only, told

WORDS = Words("en")
RATES = (
    "agency: {name: Z}\nexchange_rates:\n  - {currency: EUR, to: MAD, rate: 10.8, start: 2026-02-01, source: Bank}\n"
)
DATES = "start: 2026-01-01, deadline: 2026-06-30"
EUROS = "sources:\n  - {file: ads.csv, channel: meta_ads, currency: EUR}\n"


@pytest.mark.parametrize(
    ("added", "expected", "hint"),
    [
        (
            f"objectives: [{{kpi: conversion_rte, target: 3%, {DATES}}}]",
            "3:20 unknown_metric",
            "did you mean “conversion_rate”?",
        ),
        (
            f"objectives: [{{kpi: orders, target: 9, {DATES}, channels: [emial]}}]",
            "3:91 unknown_channel",
            "did you mean “email”?",
        ),
        (
            f"objectives: [{{kpi: orders, target: 9, {DATES}, goal: sales}}]",
            "3:86 unknown_goal",
            "add it below “goals:”, with an id, a title and a category",
        ),
        ("sources: [{file: a.csv, channel: google_adds}]", "3:34 unknown_channel", "did you mean “google_ads”?"),
        ("currency: EUO", "3:11 unknown_currency", "did you mean “EUR”?"),
        ("timezone: Africa/Casablanka", "3:11 unknown_timezone", "did you mean “Africa/Casablanca”?"),
        (
            "timezone: 12:30",
            "3:11 unknown_timezone",
            "write it as Africa/Casablanca or Europe/Paris, or delete the line: the country gives it",
        ),
        ("costs: {agency: {amount: 5, currency: EUO}}", "3:39 unknown_currency", "did you mean “EUR”?"),
        ("costs: {agency: 5 EUO/month}", "3:17 unknown_currency", "did you mean “EUR”?"),
    ],
)
def test_an_unknown_name(tmp_path: Path, added: str, expected: str, hint: str) -> None:
    dossier, problems = client(tmp_path, added + "\n", exports__a_csv="date,sessions\n2026-01-01,5\n")
    assert dossier is None
    assert told(problems) == [f"client.yaml:{expected}"]
    assert WORDS.say(only(problems).hint) == hint  # type: ignore[arg-type]


def test_an_unknown_country(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, whole="name: Atlas\ncountry: UK\n")
    assert dossier is None
    assert told(problems) == ["client.yaml:2:10 unknown_country"]


def test_a_goal_with_another_fault_is_still_known(tmp_path: Path) -> None:
    goal = "goals: [{id: sales, title: Sales, category: revenu}]\n"
    _, problems = client(tmp_path, goal + f"objectives: [{{kpi: orders, target: 9, {DATES}, goal: sales}}]\n")
    assert told(problems) == ["client.yaml:3:45 unknown_value"]


def test_two_objectives_with_one_id(tmp_path: Path) -> None:
    objectives = (
        f"objectives:\n  - {{kpi: orders, target: 9, {DATES}}}\n  - {{id: orders, kpi: leads, target: 9, {DATES}}}\n"
    )
    _, problems = client(tmp_path, objectives)
    assert told(problems) == ["client.yaml:5:10 objective_twice"]
    assert only(problems).message.named == {"value": "orders", "line": "4"}


def test_two_objectives_on_one_line_with_one_id(tmp_path: Path) -> None:
    one = f"{{kpi: orders, target: 9, {DATES}}}"
    _, problems = client(tmp_path, f"objectives: [{one}, {one}]\n")
    assert [each.message.key for each in problems] == ["problems.objective_twice"]


def test_two_goals_with_one_id(tmp_path: Path) -> None:
    goal = "  - {id: sales, title: Sales, category: revenue}\n"
    _, problems = client(tmp_path, f"goals:\n{goal}{goal}")
    assert told(problems) == ["client.yaml:5:10 goal_twice"]


def test_two_objectives_on_one_kpi_with_ids_of_their_own(tmp_path: Path) -> None:
    objectives = (
        f"objectives:\n  - {{kpi: orders, target: 9, {DATES}}}\n  - {{id: more, kpi: orders, target: 9, {DATES}}}\n"
    )
    assert client(tmp_path, objectives)[1] == ()


# ---------------------------------------------------------------- baselines


def test_a_frozen_baseline_of_no_objective_is_warned_of_and_left_out(tmp_path: Path) -> None:
    window = "{value: 10, start: 2025-01-01, end: 2025-12-31, frozen: 2026-01-02}"
    dossier, problems = client(
        tmp_path,
        f"objectives: [{{kpi: orders, target: +9%, {DATES}}}]\n",
        baselines_yaml=f"baselines:\n  orders: {window}\n  ordres: {window}\n",
    )
    assert told(problems) == ["baselines.yaml:3:3 unknown_objective?"]
    assert WORDS.say(only(problems).hint) == "did you mean “orders”?"  # type: ignore[arg-type]
    assert dossier is not None
    assert list(dossier.baselines) == ["orders"]
    assert dossier.problems == problems


def test_a_baselines_file_has_its_own_misfits(tmp_path: Path) -> None:
    content = "baselines:\n  orders: {value: ten, start: 2025-01-01, end: 2025-13-01, frozn: 2026-01-02}\n"
    _, problems = client(tmp_path, f"objectives: [{{kpi: orders, target: 9, {DATES}}}]\n", baselines_yaml=content)
    assert told(problems) == [
        "baselines.yaml:2:3 missing_key",
        "baselines.yaml:2:19 wrong_type",
        "baselines.yaml:2:48 no_such_date",
        "baselines.yaml:2:60 unknown_key",
    ]
    assert WORDS.say(problems[-1].hint) == "did you mean “frozen”?"  # type: ignore[arg-type]


# ---------------------------------------------------------------- exchange rates


def test_amounts_in_another_currency_need_a_rate(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, EUROS, exports__ads_csv="date,spend\n2026-03-01,5\n")
    assert dossier is None
    assert told(problems) == ["client.yaml:4:50 no_exchange_rate"]
    assert WORDS.say(only(problems).hint).splitlines()[1:] == [  # type: ignore[arg-type]
        "  exchange_rates:",
        "    - {currency: EUR, to: MAD, rate: …, start: 2026-03-01, source: …}",
    ]


def test_a_rate_holds_from_its_day_on(tmp_path: Path) -> None:
    dossier, problems = client(
        tmp_path, EUROS, config=RATES, exports__ads_csv="date,spend\n2026-02-01,5\n2026-01-31,5\n"
    )
    assert dossier is None
    assert told(problems) == ["client.yaml:4:50 exchange_rate_too_late"]


def test_amounts_with_a_rate_keep_their_currency(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, EUROS, config=RATES, exports__ads_csv="date,spend\n2026-02-01,5\n")
    assert problems == ()
    assert dossier is not None
    assert dossier.records[0].currency == "EUR"
    assert [rate.currency for rate in dossier.rates] == ["EUR"]


def test_the_first_of_several_rates_counts(tmp_path: Path) -> None:
    config = f"{RATES}  - {{currency: EUR, to: MAD, rate: 10.9, start: 2026-06-01, source: Bank}}\n"
    assert client(tmp_path, EUROS, config=config, exports__ads_csv="date,spend\n2026-02-01,5\n")[1] == ()


def test_counts_need_no_rate(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, EUROS, exports__ads_csv="date,clicks\n2026-02-01,5\n")
    assert problems == ()
    assert dossier is not None
    assert dossier.records[0].currency is None


def test_a_cost_in_another_currency_needs_a_rate(tmp_path: Path) -> None:
    _, problems = client(tmp_path, "costs: {agency: 500 EUR/month, tools: 50 DH/month}\n")
    assert told(problems) == ["client.yaml:3:17 no_exchange_rate"]


def test_a_cost_with_a_rate(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, "costs: {agency: 500 EUR/month}\n", config=RATES)
    assert problems == ()
    assert dossier is not None


def test_an_unknown_currency_is_not_asked_for_a_rate(tmp_path: Path) -> None:
    added = EUROS.replace("EUR", "EUO")
    _, problems = client(tmp_path, added, exports__ads_csv="date,spend\n2026-03-01,5\n")
    assert told(problems) == ["client.yaml:4:50 unknown_currency"]
    assert only(problems).severity is Severity.ERROR
