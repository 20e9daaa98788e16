"""Frozen editions as they lie in a client's folder: what was stored is what is read, or it is told why not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitegen import read
from sitegen.build import options, pipeline, site, workspace
from sitegen.commands import check, freeze
from sitegen.errors import Problem
from sitegen.model import codec
from sitegen.model.computed import Edition

SITES = Path(__file__).parents[2] / "sites"
TODAY = date(2026, 11, 20)
FILE, SHELF = "data/atlas/editions/2026-09.json", "data/atlas/editions/shared.json"


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("frozen") / "site"
    shutil.copytree(SITES / "minimal-public", root)
    freeze.freeze(root, "atlas", "2026-09", TODAY)
    return root


@pytest.fixture
def root(frozen: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(frozen, tmp_path / "site"))


def opened(root: Path) -> Edition:
    (one,), problems = read.editions(root, "atlas")
    assert problems == ()
    found = read.edition(one)
    assert isinstance(found, Edition)
    return found


def change(root: Path, path: str, edit: Callable[[dict[str, Any]], object]) -> None:
    file = root / path
    told = json.loads(file.read_text("utf-8"))
    edit(told)
    file.write_text(json.dumps(told), "utf-8")


def told(root: Path) -> str:
    """What is wrong, when the edition is read and opened."""
    found, problems = read.editions(root, "atlas")
    wrong = [*problems, *(each for each in map(read.edition, found) if isinstance(each, Problem))]
    (problem,) = wrong
    assert problem.path in (FILE, SHELF)
    return problem.message.key


def test_an_edition_is_read_as_it_was_frozen(root: Path) -> None:
    found = opened(root)
    audit, _ = pipeline.edition(root, "atlas", workspace.opened(root).site, TODAY, date(2026, 9, 30))
    assert (found.slug, found.period) == ("atlas", "2026-09")
    assert found.scorecard == audit.scorecard
    assert found.actions == audit.actions
    assert found.findings == audit.findings


def test_a_client_without_editions_has_none(tmp_path: Path) -> None:
    assert read.editions(tmp_path, "atlas") == ((), ())


def test_the_first_format_is_still_read(root: Path) -> None:
    """Format 1 held the edition as the codec writes it, and nothing was shared."""
    now = opened(root)
    old = {"format": 1, "client": "atlas", "period": "2026-09", "frozen": "2026-10-05"}
    whole = {**old, "edition": json.loads(codec.encode(now))}
    (root / FILE).write_text(json.dumps(whole), "utf-8")
    (root / SHELF).unlink()
    assert opened(root) == now


@pytest.mark.parametrize(
    ("path", "edit", "key"),
    [
        (FILE, lambda told: told.update(format=99), "editions.newer_format"),
        (SHELF, lambda told: told.update(format=99), "editions.newer_format"),
        (FILE, lambda told: told.update(format="2"), "editions.strange"),
        (FILE, lambda told: told.pop("digest"), "editions.strange"),
        (FILE, lambda told: told.update(as_of="soon"), "editions.strange"),
        (SHELF, lambda told: told.pop("parts"), "editions.strange"),
        (FILE, lambda told: told.update(client="zenith"), "editions.misnamed"),
        (FILE, lambda told: told.update(period="2026-08"), "editions.misnamed"),
        (FILE, lambda told: told.update(digest="0" * 64), "editions.damaged"),
        (FILE, lambda told: told.update(edition={"@": 10**6}), "editions.damaged"),
        (FILE, lambda told: told.update(edition=7), "editions.damaged"),
        (SHELF, lambda told: told["parts"].reverse(), "editions.damaged"),
        (SHELF, lambda told: told.update(shapes=[]), "editions.damaged"),
    ],
)
def test_what_is_no_edition_any_more_is_told(
    root: Path, path: str, edit: Callable[[dict[str, Any]], object], key: str
) -> None:
    change(root, path, edit)
    assert told(root) == key


def test_a_file_that_is_no_json_is_told_at_its_place(root: Path) -> None:
    (root / FILE).write_text('{\n"format": 2,,\n}', "utf-8")
    _, (problem,) = read.editions(root, "atlas")
    assert (problem.message.key, problem.line, problem.column) == ("editions.not_json", 2, 13)


def test_a_damaged_edition_stops_its_client_and_leaves_the_last_good_portal(root: Path) -> None:
    asked = options.Options(TODAY, root / "output", root / "preview", jobs=1)

    def built() -> site.Outcome:
        return site.build(workspace.opened(root), asked, lambda _: None)

    assert built().failed == ()
    before = {file: file.read_bytes() for file in (root / "output").rglob("*.html")}
    change(root, FILE, lambda told: told.update(digest="0" * 64))
    outcome = built()
    assert outcome.failed == ("atlas",)
    assert [each.message.key for each in outcome.problems] == ["editions.damaged"]
    assert {file: file.read_bytes() for file in (root / "output").rglob("*.html")} == before
    told, _ = check.problems(root, "atlas", TODAY)
    assert "editions.damaged" in {each.message.key for each in told}
