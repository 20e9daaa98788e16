"""What is missing is asked for once, in the client's language, with its reason; what is internal is not."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitegen import cli, read
from sitegen.commands import requests
from sitegen.diagnose.requests import BY_LETTER, ELSEWHERE
from sitegen.formats import Words
from sitegen.locales import catalogue
from sitegen.messages import say
from sitegen.model.authored import ANSWERS, COST_LINES

SITES = Path(__file__).parents[2] / "sites"
RUBRIC = read.rubric(Path(__file__).parents[3] / "rubric")
TODAY = date(2026, 11, 20)
DAYS = "start: 2024-01-01, end: 2024-12-31"
SERVICE = f"before: {{{DAYS}}}, hourly_cost: 9"
FULL = {
    **{f"costs.{line}": "1000/month" for line in COST_LINES},
    **{f"answers.{question}": "yes" for question in ANSWERS},
    "margin": "45%",
    "incrementality": "60%",
    "budgets": "[{channel: email, amount: 9/month, start: 2026-01-01, end: 2026-12-31}]",
    "gains": f"{{communication: {{medium: Presse, effect: leads, before: {{cost: 9, effect: 4, {DAYS}}}}}}}",
}
OBJECTIVE = "kpi: conversion_rate, target: +50%, start: 2026-07-01, deadline: 2026-12-31"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITES / "minimal-public", tmp_path / "site"))


def asked(root: Path, objective: str = "owner: Ana, lever: Tests", **changes: str | None) -> str:
    """The letter to a client that has told everything but what `changes` takes away."""
    told = {
        key: value for key, value in {**FULL, **{k.replace("__", "."): v for k, v in changes.items()}}.items() if value
    }
    lines = ["name: Atlas", "country: MA", "languages: [fr, en]", f"objectives: [{{{OBJECTIVE}, {objective}}}]"]
    lines += [f"{key}: {value}" for key, value in told.items() if "." not in key]
    for group in ("costs", "answers"):
        parts = [f"  {key.partition('.')[2]}: {value}" for key, value in told.items() if key.startswith(f"{group}.")]
        lines += [f"{group}:", *parts]
    (root / "data/atlas/client.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    (letter,), problems = requests.letters(root, "atlas", TODAY)
    assert problems == ()
    return letter.text


def test_nothing_is_asked_of_a_client_that_has_told_everything(root: Path) -> None:
    assert asked(root) == Words("fr").say(say("requests.nothing", client="Atlas"))


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"margin": None}, "requests.margin"),
        ({"incrementality": None}, "requests.incrementality"),
        ({"budgets": None}, "requests.budgets"),
        ({"gains": None}, "requests.communication"),
        ({"gains": None, "answers__press_reference": "partly"}, "requests.communication"),
        ({"gains": FULL["gains"].replace("effect: 4, ", "")}, "requests.former_effect"),
        ({"gains": FULL["gains"][:-1] + f", service: {{{SERVICE}}}}}"}, "requests.contacts"),
        ({"role_of_social": "service"}, "requests.service"),
        ({"answers__crm": None}, "requests.answer.crm"),
        ({"answers__crm": "unknown"}, "requests.answer.crm"),
    ],
)
def test_what_is_missing_is_asked_for(root: Path, changes: dict[str, str | None], key: str) -> None:
    text = asked(root, **changes)
    assert f"1. {Words('fr').say(say(key))}" in text
    assert "2. " not in text
    assert text.endswith("Agence Essai")


def test_the_additional_share_is_asked_for_without_a_word_on_the_return(root: Path) -> None:
    """Other levers may carry it."""
    text = asked(root, incrementality=None)
    assert "attribuée à la publicité n’aurait" in text or "attribuées à la publicité n’aurait" in text
    assert "retour" not in text


@pytest.mark.parametrize("cost", [None, "unknown"])
def test_an_unknown_cost_is_asked_for_by_its_name(root: Path, cost: str | None) -> None:
    assert "« Formation »".replace(" ", "\u00a0") in asked(root, costs__training=cost)


def test_media_that_the_exports_tell_are_not_asked_for(root: Path) -> None:
    assert "1. " not in asked(root, costs__media=None)
    (root / "data/atlas/exports/ads.csv").unlink()
    assert "Dépenses publicitaires" in asked(root, costs__media=None)


@pytest.mark.parametrize(
    ("objective", "key"),
    [("lever: Tests", "owner"), ("owner: Ana", "lever"), ("title: Vendre", "owner_and_lever")],
)
def test_an_objective_without_owner_or_lever_is_named(root: Path, objective: str, key: str) -> None:
    question = str(catalogue("fr")[f"requests.{key}"]).partition("{objective}")[2]
    assert question in asked(root, objective)


def test_days_that_are_missing_are_asked_for_unless_a_break_explains_them(root: Path) -> None:
    file = root / "data/atlas/metrics/site.csv"
    rows = file.read_text("utf-8").splitlines()
    assert rows[-20].startswith("2026-10-12")
    file.write_text("\n".join([*rows[:-20], *rows[-15:]]) + "\n", "utf-8")
    text = asked(root)
    assert "metrics/site.csv" in text
    assert "du 12 au 16 octobre 2026" in text
    told = root / "data/atlas/client.yaml"
    event = "events: [{label: Panne, start: 2026-10-12, end: 2026-10-16, kind: tracking}]\n"
    told.write_text(told.read_text("utf-8") + event, "utf-8")
    (letter,), _ = requests.letters(root, "atlas", TODAY)
    assert letter.text == Words("fr").say(say("requests.nothing", client="Atlas"))


def test_what_only_the_agency_may_see_is_not_asked_for(root: Path) -> None:
    internal = "{unknown: true, internal: true}"
    assert "1. " not in asked(root, "title: Secret, internal: true", costs__training=internal)


def test_a_former_medium_is_not_asked_for_where_there_was_none(root: Path) -> None:
    assert "1. " not in asked(root, gains=None, answers__press_reference="no")
    assert "1. " not in asked(root, gains=None, answers__press_reference="{not_applicable: Jamais}")


def test_what_an_internal_gain_lacks_is_not_asked_for(root: Path) -> None:
    gains = FULL["gains"].replace("effect: 4, ", "").replace("}}}", "}, internal: true}")
    assert "1. " not in asked(root, gains=f"{gains}, service: {{{SERVICE}, internal: true}}}}")


def test_contacts_that_the_files_hold_are_not_asked_for(root: Path) -> None:
    contacts = "date,channel,contacts\n2026-10-31,phone,5\n"
    (root / "data/atlas/metrics/service.csv").write_text(contacts, "utf-8")
    assert "1. " not in asked(root, gains=FULL["gains"][:-1] + f", service: {{{SERVICE}}}}}")


def test_the_rate_of_vat_is_asked_for_where_sales_include_it(root: Path) -> None:
    question = Words("fr").say(say("requests.vat"))
    assert question in asked(root, tax="included")
    assert question not in asked(root, tax="included", vat="20%")


def test_the_letter_is_in_the_clients_leading_language(root: Path) -> None:
    asked(root, margin=None)
    file = root / "data/atlas/client.yaml"
    file.write_text(file.read_text("utf-8").replace("[fr, en]", "[en, fr]"), "utf-8")
    (letter,), _ = requests.letters(root, None, TODAY)
    assert letter.text.startswith("Hello,")
    assert "gross margin" in letter.text


def test_every_question_is_asked_here_or_as_something_else() -> None:
    written = {key.removeprefix("requests.answer.") for key in catalogue("en") if key.startswith("requests.answer.")}
    assert written == BY_LETTER
    assert written & ELSEWHERE == set()
    assert written | ELSEWHERE <= set(ANSWERS)
    essential = {check.question for check in RUBRIC.checks if check.pack == "essential" and check.question}
    assert essential <= written | ELSEWHERE


def test_the_other_questions_are_counted(root: Path) -> None:
    two: dict[str, str | None] = {"answers__visual_charter": None, "answers__consent": None}
    assert "2 autres questions" in asked(root, rubric="{pack: complete}", **two)
    assert "autre question " in asked(root, rubric="{pack: complete, off: {E1.01: Sans site}}", **two)
    assert "autres questions" not in asked(root, **two)


def test_a_question_that_is_not_asked_is_not_in_the_letter(root: Path) -> None:
    question = "Un CRM est-il en place"
    assert question in asked(root, answers__crm=None)
    assert question not in asked(root, answers__crm=None, rubric="{off: {S3.01: Hors de la mission}}")


def test_the_command_writes_the_letter_and_nothing_else_to_stdout(root: Path) -> None:
    text = asked(root, margin=None)
    result = CliRunner().invoke(cli.app, ["check", "--requests", "--lang", "en", "--root", str(root)])
    assert (result.exit_code, result.stdout) == (cli.OK, text + "\n\n")
    file = root / "data/atlas/client.yaml"
    file.write_text(file.read_text("utf-8").replace("margin", "margn").replace("country", "contry"), "utf-8")
    result = CliRunner().invoke(cli.app, ["check", "--requests", "--lang", "en", "--root", str(root)])
    assert (result.exit_code, result.stdout) == (cli.ERRORS, "")
    assert "data/atlas/client.yaml:" in result.stderr
