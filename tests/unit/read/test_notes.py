"""Comments come with or without front matter; what is wrong with a file is told at its line."""

from pathlib import Path

import pytest

from sitegen.read import client


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data/atlas/notes").mkdir(parents=True)
    (tmp_path / "data/atlas/client.yaml").write_text("name: Atlas\ncountry: MA\n", "utf-8")
    return tmp_path


def test_front_matter_is_parted_from_the_text(root: Path) -> None:
    (root / "data/atlas/notes/synthesis.fr.md").write_bytes(b"---\r\nauthor: Ana\r\n---\r\n\r\nTout va.\r\n")
    (root / "data/atlas/notes/advice.md").write_text("# All well\n\n---\n\nReally.\n", "utf-8")
    (root / "data/atlas/notes/ignored.txt").write_text("no comment", "utf-8")
    sources = client(root, "atlas")
    assert sources.problems == ()
    assert [(page.name, page.head and page.head.data, page.text) for page in sources.notes] == [
        ("advice", None, "# All well\n\n---\n\nReally."),
        ("synthesis.fr", {"author": "Ana"}, "Tout va."),
    ]


def test_a_fault_in_front_matter_has_its_line_in_the_file(root: Path) -> None:
    (root / "data/atlas/notes/synthesis.md").write_text("---\nauthor: Ana\nauthor: Eva\n---\nAll well.\n", "utf-8")
    (problem,) = client(root, "atlas").problems
    assert (problem.path, problem.line, problem.message.key) == (
        "data/atlas/notes/synthesis.md",
        3,
        "read.duplicate_key",
    )


def test_a_comment_that_is_not_utf8_is_a_problem(root: Path) -> None:
    (root / "data/atlas/notes/synthesis.md").write_bytes("déjà".encode("cp1252"))
    sources = client(root, "atlas")
    assert [problem.message.key for problem in sources.problems] == ["read.not_utf8"]
    assert sources.notes == ()
