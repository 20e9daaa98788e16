"""Which names no public page may say, and which of them cannot be told from the pages' own words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen.build import private, workspace

SITES = Path(__file__).parents[2] / "sites"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a public client, `atlas`."""
    return Path(shutil.copytree(SITES / "minimal-public", tmp_path / "site"))


def client(root: Path, slug: str, *lines: str) -> None:
    (root / "data" / slug).mkdir()
    (root / "data" / slug / "client.yaml").write_text("\n".join(("country: MA", *lines)) + "\n", "utf-8")


def words(root: Path) -> dict[str, tuple[str, ...]]:
    opened = workspace.opened(root)
    return private.watched(private.secret(opened), opened)


def test_the_name_and_the_folder_of_a_private_client_are_looked_for(root: Path) -> None:
    client(root, "zebu-tannery", "name: Zébu Tannerie")
    assert words(root) == {"zebu-tannery": ("zebu-tannery", "Zébu Tannerie")}
    assert private.problems(workspace.opened(root)) == ()


def test_an_ordinary_word_is_not_looked_for_and_is_told(root: Path) -> None:
    client(root, "zebu-tannery", "name: Sessions")
    client(root, "revenue", "name: Bahia Revenue")
    assert words(root) == {"zebu-tannery": ("zebu-tannery",), "revenue": ("Bahia Revenue",)}
    found = private.problems(workspace.opened(root))
    told = {problem.path: (problem.message.named["word"], problem.line) for problem in found}
    assert told == {"data/zebu-tannery/client.yaml": ("Sessions", 2), "data/revenue/client.yaml": ("revenue", 0)}


def test_where_nothing_is_public_no_name_is_told(root: Path) -> None:
    shutil.rmtree(root / "data/atlas")
    client(root, "revenue", "name: Revenue")
    assert private.problems(workspace.opened(root)) == ()


def test_the_competitors_of_a_private_client_are_looked_for(root: Path) -> None:
    client(
        root, "zebu-tannery", "name: Zébu Tannerie", "competitors: [{name: Quokka Cuirs}, {name: Wombat Peaux}, 7, {}]"
    )
    assert words(root) == {"zebu-tannery": ("zebu-tannery", "Zébu Tannerie", "Quokka Cuirs", "Wombat Peaux")}


def test_a_competitor_whom_a_public_client_has_too_is_not(root: Path) -> None:
    client(root, "zebu-tannery", "name: Zébu Tannerie", "competitors: [{name: Quokka Cuirs}, {name: Wombat Peaux}]")
    client(root, "other", "name: Other", "access: public", "competitors: [{name: quokka cuirs}]")
    client(root, "wombat", "name: Wombat Peaux", "access: public")
    assert words(root) == {"zebu-tannery": ("zebu-tannery", "Zébu Tannerie")}


def test_an_ordinary_name_of_a_competitor_is_told_at_its_place(root: Path) -> None:
    client(root, "zebu-tannery", "name: Zébu Tannerie", "competitors:", "  - {name: Sessions}")
    (found,) = private.problems(workspace.opened(root))
    assert (found.message.named["word"], found.line) == ("Sessions", 4)
