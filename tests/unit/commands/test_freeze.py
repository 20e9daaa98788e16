"""Freezing: what is stored, when it is refused, and that what was stored stays."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from sitegen import read
from sitegen.build import pipeline
from sitegen.check import schemas
from sitegen.cli import app
from sitegen.commands import freeze
from sitegen.errors import ProblemsFound, UsageError
from sitegen.model.computed import Edition

SITES = Path(__file__).parents[2] / "sites"
TODAY = date(2026, 11, 20)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITES / "minimal-public", tmp_path / "site"))


def editions(root: Path) -> dict[str, Edition]:
    found, problems = read.editions(root, "atlas")
    assert problems == ()
    return {each.period: pipeline.opened(each) for each in found}


def change(root: Path, old: str, new: str) -> None:
    file = root / "data/atlas/client.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_without_a_period_it_is_the_last_whole_month_with_data(root: Path) -> None:
    stored = freeze.freeze(root, "atlas", None, TODAY)
    assert stored.fresh
    assert (stored.path, stored.period) == (f"data/atlas/editions/{stored.period}.json", "2026-10")
    assert editions(root)[stored.period].as_of == stored.as_of == date(2026, 10, 31)


def test_each_edition_tells_what_changed_since_the_one_before(root: Path) -> None:
    for period in ("2026-08", "2026-09", "2026-q3"):
        freeze.freeze(root, "atlas", period, TODAY)
    found = editions(root)
    assert found["2026-08"].changes is None
    assert found["2026-09"].changes is not None
    assert found["2026-09"].changes.period == "2026-08"
    assert found["2026-q3"].changes is not None
    assert found["2026-q3"].changes.period == "2026-08"  # September's is of the same day


def test_an_edition_that_would_be_the_same_is_not_written_again(root: Path) -> None:
    first = freeze.freeze(root, "atlas", "2026-09", TODAY)
    before = {file.name: file.read_bytes() for file in (root / "data/atlas/editions").iterdir()}
    again = freeze.freeze(root, "atlas", "2026-09", date(2026, 12, 24))
    assert not again.fresh
    assert [each.key for each in again.told] == ["editions.same"]
    assert {file.name: file.read_bytes() for file in (root / "data/atlas/editions").iterdir()} == before
    assert first.fresh


def test_an_edition_that_differs_is_replaced_only_when_asked_and_says_in_what(root: Path) -> None:
    freeze.freeze(root, "atlas", "2026-09", TODAY)
    change(root, "target: +50%", "target: +20%")
    change(root, "margin: 45%", "margin: 40%")
    with pytest.raises(UsageError) as refused:
        freeze.freeze(root, "atlas", "2026-09", TODAY)
    told = refused.value.message
    assert told.key == "editions.exists"
    differ = {each.key: each.named.get("count") for each in told.named["differences"]}  # type: ignore[union-attr]
    assert differ["editions.differ_terms"] == 2
    assert editions(root)["2026-09"].profile.objectives[0].target_text == "+50%"
    stored = freeze.freeze(root, "atlas", "2026-09", TODAY, replace_it=True)
    assert [each.key for each in stored.told] == list(differ)
    assert editions(root)["2026-09"].profile.objectives[0].target_text == "+20%"


def test_replacing_one_edition_leaves_the_others_as_they_were(root: Path) -> None:
    for period in ("2026-08", "2026-09"):
        freeze.freeze(root, "atlas", period, TODAY)
    before = editions(root)["2026-09"]
    change(root, "margin: 45%", "margin: 40%")
    freeze.freeze(root, "atlas", "2026-08", TODAY, replace_it=True)
    assert editions(root)["2026-09"] == before


def test_what_was_decided_or_written_after_a_period_is_not_in_its_edition(root: Path) -> None:
    with (root / "data/atlas/client.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "actions:\n  - {finding: check-S3.01, state: refused, date: 2026-11-05, reason: Trop tôt}\n"
            "  - {finding: check-S3.02, state: refused, date: 2026-09-15, reason: Trop cher}\n"
        )
    (root / "data/atlas/notes").mkdir(exist_ok=True)
    note = "---\nauthor: Analyste\ndate: 2026-11-18\n---\nLe {month} est bon.\n"
    (root / "data/atlas/notes/synthesis.md").write_text(note, "utf-8")
    freeze.freeze(root, "atlas", "2026-09", TODAY)
    found = editions(root)["2026-09"]
    states = {action.id: action.state for action in found.actions}
    assert states["check-S3.02"] == "refused"
    assert states.get("check-S3.01", "open") == "open"
    assert found.notes == ()


@pytest.mark.parametrize(
    ("period", "key"), [("2027-01", "editions.no_data"), ("soon", "editions.no_period"), ("..", "editions.no_period")]
)
def test_a_period_that_cannot_be_frozen_is_refused(root: Path, period: str, key: str) -> None:
    with pytest.raises(UsageError) as refused:
        freeze.freeze(root, "atlas", period, TODAY)
    assert refused.value.message.key == key
    assert not (root / "data/atlas/editions").exists()


def test_a_period_that_is_not_over_is_frozen_with_what_there_is(root: Path) -> None:
    stored = freeze.freeze(root, "atlas", "2026-q4", TODAY)
    assert stored.as_of == date(2026, 10, 31)
    assert [each.key for each in stored.told] == ["editions.early"]


def test_nothing_is_written_when_another_edition_is_damaged(root: Path) -> None:
    freeze.freeze(root, "atlas", "2026-08", TODAY)
    (root / "data/atlas/editions/2026-08.json").write_text("{}", "utf-8")
    with pytest.raises(ProblemsFound):
        freeze.freeze(root, "atlas", "2026-09", TODAY)
    assert not (root / "data/atlas/editions/2026-09.json").exists()


def test_the_files_are_as_their_schemas_say(root: Path) -> None:
    for period in ("2026-08", "2026-q3"):
        freeze.freeze(root, "atlas", period, TODAY)
    folder = root / "data/atlas/editions"
    for file in folder.iterdir():
        schema = schemas()["editions_shared" if file.name == "shared.json" else "edition"]
        told = json.loads(file.read_text("utf-8"))
        assert [error.message for error in Draft202012Validator(schema).iter_errors(told)] == []
    assert not Draft202012Validator(schemas()["edition"]).is_valid({**told, "format": 1})


def test_the_command_tells_where_it_wrote_and_refuses_with_its_exit_code(root: Path) -> None:
    run = CliRunner()
    first = run.invoke(app, ["freeze", "atlas", "2026-08", "--root", str(root), "--lang", "en"])
    assert first.exit_code == 0
    assert "data/atlas/editions/2026-08.json" in first.output
    change(root, "margin: 45%", "margin: 40%")
    again = run.invoke(app, ["freeze", "atlas", "2026-08", "--root", str(root), "--lang", "en"])
    assert again.exit_code == 2
    assert "--replace" in again.output
    assert "Traceback" not in again.output
