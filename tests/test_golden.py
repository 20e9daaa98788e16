"""The small public site builds, byte for byte, into what was last accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import accept

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    accept.built(folder)
    return folder / "output"


def test_the_whole_output_is_the_accepted_one(output: Path) -> None:
    changes = list(accept.report(accept.files(accept.GOLDEN), accept.files(output)))
    assert changes == [], "if it is meant, run `make accept`"


def test_the_fonts_are_those_of_the_theme(output: Path) -> None:
    fonts, theme = output / "assets/fonts", ROOT / "themes/default/assets/fonts"
    assert {path.name: path.read_bytes() for path in fonts.iterdir()} == {
        path.name: path.read_bytes() for path in theme.iterdir()
    }


def test_every_number_that_moves_is_told_with_its_page() -> None:
    old = {"a.html": b"<p>Rate 2.4% of 1,200</p><p>Same 5</p><p>Gone</p>", "b.csv": b"day,1\n", "c.html": b"<i>x</i>"}
    new = {
        "a.html": b"<p>Rate 2.5% of 1,200</p><p>Same 5</p>",
        "b.csv": b"day,1\n",
        "c.html": b"<b>x</b>",
        "d.txt": b"",
    }
    assert list(accept.report(old, new)) == [
        "a.html:",
        "  2.4 → 2.5   in: Rate 2.5% of 1,200",
        "  “Gone” → “”",
        "c.html:",
        "  the same words and numbers; the pictures or the markup changed",
        "d.txt: new",
    ]


def test_nothing_is_accepted_where_changes_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    before = accept.files(accept.GOLDEN)
    assert accept.main() == 1
    assert accept.files(accept.GOLDEN) == before
