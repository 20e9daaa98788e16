"""Arguments in, exit code out; what is told, in which language, and what never is."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitegen import cli


@pytest.fixture
def root(small: Callable[[Path], Path], tmp_path: Path) -> Path:
    return small(tmp_path / "Agence d’été")


def run(*arguments: object, env: dict[str, str] | None = None):
    return CliRunner(env={"SITEGEN_LANG": "en", **(env or {})}).invoke(cli.app, [str(each) for each in arguments])


def test_a_build_says_where_the_site_is(root: Path) -> None:
    result = run("build", "--root", root, "--as-of", "2026-10-31")
    assert result.exit_code == cli.OK
    assert "files written, 0 unchanged." in result.stdout
    assert (root / "output/atlas/index.html").is_file()
    assert (root / "preview/portefeuille.html").is_file()


def test_the_output_may_lie_elsewhere(root: Path, tmp_path: Path) -> None:
    assert run("build", "--root", root, "--output", tmp_path / "www").exit_code == cli.OK
    assert (tmp_path / "www/atlas/index.html").is_file()
    assert not (root / "output").exists()


def test_a_folder_that_is_not_ours_is_left_alone(root: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/cat.jpg").write_bytes(b"cat")
    result = run("build", "--root", root, "--output", tmp_path / "photos")
    assert result.exit_code == cli.MISUSE
    assert [file.name for file in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_errors_are_told_with_their_place_and_nothing_is_written(root: Path) -> None:
    file = root / "data/atlas/client.yaml"
    file.write_text(file.read_text("utf-8").replace("margin:", "margn:"), "utf-8")
    for command in ("check", "build"):
        result = run(command, "--root", root)
        assert result.exit_code == cli.ERRORS
        assert "data/atlas/client.yaml:" in result.stderr
        assert "margin" in result.stderr
        assert "Traceback" not in result.stderr + result.stdout
    assert not (root / "output/atlas").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["build", "--client", "nobody"], "There is no client “nobody”"),
        (["check", "--client", "nobody"], "There is no client “nobody”"),
        (["baseline", "nobody"], "There is no client “nobody”"),
        (["build", "--as-of", "31/10/2026"], "“31/10/2026” is not a day"),
    ],
)
def test_a_misuse_is_told_without_a_trace(root: Path, arguments: list[str], told: str) -> None:
    result = run(*arguments, "--root", root)
    assert result.exit_code == cli.MISUSE
    assert told in result.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {"SITEGEN_LANG": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_MA.UTF-8"}, "client vérifié"),
        ([], {"SITEGEN_LANG": "", "LC_ALL": "C", "LC_MESSAGES": "", "LANG": ""}, "client checked"),
        (["--lang", "fr"], {"SITEGEN_LANG": "en"}, "client vérifié"),
        ([], {"SITEGEN_LANG": "fr", "LANG": "en_GB.UTF-8"}, "client vérifié"),
    ],
)
def test_the_terminal_s_language_is_spoken(
    root: Path, arguments: list[str], environment: dict[str, str], expected: str
) -> None:
    assert expected in run("check", "--root", root, *arguments, env=environment).stdout


def test_a_bug_says_that_it_is_one_and_shows_its_trace_only_when_asked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a bug of ours")

    monkeypatch.setattr(cli, "_today", broken)
    result = run("build", "--root", root)
    assert result.exit_code == cli.BUG
    assert "bug in sitegen" in result.stderr
    assert "a bug of ours" in result.stderr
    assert "Traceback" not in result.stderr
    assert isinstance(run("build", "--root", root, "--debug").exception, ZeroDivisionError)


def test_a_bar_is_drawn_on_a_terminal_and_lines_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    from sitegen.formats import Words
    from sitegen.messages import say

    for terminal in (True, False):
        with cli.Reporter(Words("en"), 2, terminal=terminal) as report:
            report(say("cli.built", client="atlas"))
    assert capsys.readouterr().err.strip().splitlines()[-1] == "atlas built"


def test_the_command_and_the_module_are_the_same() -> None:
    done = subprocess.run([sys.executable, "-m", "sitegen", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("sitegen 0.")
