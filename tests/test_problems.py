"""Small sites with faults: what the command says of each, word for word, and its exit code.

A file of `tests/problems/` is a command, then the files of a site, each below a line `-- path --` (`-- path cp1252 --`
where it is not UTF-8), then what goes to stderr and the exit code. `{site}` is the folder of the site; a command with
it runs as a program of its own, from elsewhere. `UPDATE_PROBLEMS=1 pytest tests/test_problems.py` writes what is said.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitegen import cli

ROOT = Path(__file__).parents[1]
FILES = sorted((Path(__file__).parent / "problems").glob("*.txt"))
CONFIG = "agency: {name: Agence Essai}\n"
SECTION = re.compile(r"^-- (\S+)(?: (\S+))? --\n", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """A problem file: its text before `-- stderr --`, and what is in it."""

    given: str
    command: str
    files: tuple[tuple[str, bytes], ...]
    stderr: str
    exit_code: int


def case(path: Path) -> Case:
    text = path.read_text("utf-8")
    head, *parts = SECTION.split(text)
    sections = list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
    files = [
        (name, body.encode(encoding or "utf-8")) for name, encoding, body in sections if name not in ("stderr", "exit")
    ]
    told = {name: body for name, _, body in sections}
    return Case(
        text.partition("-- stderr --\n")[0],
        head.removeprefix("$ sitegen ").splitlines()[0],
        tuple(files) if "config.yaml" in told else (("config.yaml", CONFIG.encode()), *files),
        told.get("stderr", ""),
        int(told.get("exit", "-1")),
    )


def write(site: Path, files: tuple[tuple[str, bytes], ...]) -> None:
    (site / "data").mkdir()
    for name, body in files:
        if (site / name).exists():
            pytest.skip("this file system does not tell capitals from small letters")
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(body)


def said(command: str, site: Path) -> tuple[str, int]:
    """What the command writes to stderr, and its exit code."""
    arguments = shlex.split(command.replace("{site}", site.as_posix()))
    if "{site}" in command:
        program = [sys.executable, "-m", "sitegen", *arguments]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        run = subprocess.run(program, capture_output=True, cwd=site.parent, env=environment, check=False)
        return run.stderr.decode().replace(site.as_posix(), "{site}"), run.returncode
    result = CliRunner().invoke(cli.app, arguments)
    return result.stderr.replace(site.as_posix(), "{site}"), result.exit_code


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_says_exactly_what_is_wrong(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, site = case(path), tmp_path / "site"
    site.mkdir()
    monkeypatch.chdir(site)
    write(site, expected.files)
    stderr, exit_code = said(expected.command, site)
    if os.environ.get("UPDATE_PROBLEMS") and not os.environ.get("CI"):
        path.write_text(f"{expected.given}-- stderr --\n{stderr}-- exit --\n{exit_code}\n", "utf-8")
        return
    assert (stderr, exit_code) == (expected.stderr, expected.exit_code)


def test_expectations_are_not_rewritten_where_changes_are_checked() -> None:
    assert not (os.environ.get("UPDATE_PROBLEMS") and os.environ.get("CI"))
