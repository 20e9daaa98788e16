"""The shell completes commands and clients, by folder names alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SITEGEN = "from sitegen.cli import app; app(prog_name='sitegen')"
HEAVY = {"pandas", "numpy", "altair", "vl_convert", "jinja2", "yaml", "babel"}


def python(code: str, *arguments: str, cwd: Path = ROOT, **environment: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(ROOT), **environment}
    run = [sys.executable, "-c", code, *arguments]
    return subprocess.run(run, capture_output=True, text=True, cwd=cwd, env=environment, check=False).stdout


def completed(line: str, cwd: Path) -> set[str]:
    """What bash is offered for the last word of a command line."""
    words = line.split(" ")
    asked = {"_SITEGEN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    return set(python(SITEGEN, cwd=cwd, **asked).split())


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for slug in ("atlas", "argan", "zellige"):
        (tmp_path / "data" / slug).mkdir(parents=True)
    (tmp_path / "data/aaa.txt").write_text("no client", "utf-8")
    return tmp_path


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str) -> None:
    told = python(SITEGEN, "--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert "_SITEGEN_COMPLETE" in told
    assert {"bash": "complete -o", "zsh": "#compdef sitegen", "fish": "complete --command sitegen"}[shell] in told


@pytest.mark.parametrize("line", ["sitegen build --client a", "sitegen check --client a", "sitegen baseline a"])
def test_a_client_is_completed(workspace: Path, line: str) -> None:
    assert completed(line, workspace) == {"argan", "atlas"}


def test_the_clients_are_those_of_the_workspace_that_the_line_names(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    assert completed(f"sitegen build --root {workspace} --client z", tmp_path / "elsewhere") == {"zellige"}
    assert completed("sitegen build --client z", tmp_path / "elsewhere") == set()


def test_what_can_be_made_is_completed(workspace: Path) -> None:
    assert completed("sitegen new ", workspace) == {"agency", "client"}


def test_completion_loads_nothing_heavy(workspace: Path) -> None:
    code = (
        "import sys; from sitegen.cli import app\n"
        "try: app(prog_name='sitegen')\n"
        "finally: print(*{name.partition('.')[0] for name in sys.modules})"
    )
    line = "sitegen build --client a"
    told = python(code, cwd=workspace, _SITEGEN_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD="3").split()
    assert "argan" in told
    assert HEAVY & {*told} == set()
