"""The generator of unseen workspaces keeps its promise: valid, varied, and the same for the same seed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sitegen.model.authored import Client, Site, TargetForm
from sitegen.read.documents import document
from tests.sites import unseen

SEEDS = range(32)


def _clients(root: Path) -> list[Client]:
    clients = []
    for path in sorted(root.glob("data/*/client.yaml")):
        found, problems = document(root, path.relative_to(root).as_posix())
        assert found is not None
        assert problems == ()
        clients.append(Client.model_validate(found.data))
    return clients


def _files(root: Path) -> dict[Path, bytes]:
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    root = tmp_path_factory.mktemp("unseen")
    for seed in SEEDS:
        unseen.workspace(root / str(seed), seed)
    return {seed: root / str(seed) for seed in SEEDS}


def test_every_workspace_is_valid(workspaces: dict[int, Path]) -> None:
    for root in workspaces.values():
        found, problems = document(root, "config.yaml")
        assert found is not None
        assert problems == ()
        Site.model_validate(found.data)
        assert 1 <= len(_clients(root)) <= 3


def test_the_workspaces_differ_in_all_that_matters(workspaces: dict[int, Path]) -> None:
    clients = [client for root in workspaces.values() for client in _clients(root)]
    assert {client.country for client in clients} == {country.code for country in unseen.COUNTRIES}
    assert {client.access for client in clients} == {"private", "public"}
    assert {objective.target.form for client in clients for objective in client.objectives} == set(TargetForm)
    assert set("<>&'’\"{}é") <= {letter for client in clients for letter in client.name}
    assert {unseen.today(seed).year for seed in range(200)} == set(range(2021, 2032))


def test_no_row_lies_after_the_day_of_the_build(workspaces: dict[int, Path]) -> None:
    for seed, root in workspaces.items():
        for path in root.glob("data/*/metrics/site.csv"):
            days = [date.fromisoformat(line.partition(",")[0]) for line in path.read_text().splitlines()[1:]]
            assert date(2019, 1, 1) <= min(days) <= max(days) < unseen.today(seed)


def test_a_seed_gives_the_same_bytes_again(workspaces: dict[int, Path], tmp_path: Path) -> None:
    unseen.workspace(tmp_path, 3)
    assert _files(tmp_path) == _files(workspaces[3])
    assert _files(tmp_path).keys() != _files(workspaces[4]).keys()
