"""The rules of the house that a machine can hold: who may import whom, what a module says, what nobody may do."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "sitegen"
FILES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("read", "check", "measure", "diagnose", "draw", "plot", "render", "proof", "write.py")
HEAVY = {"pandas", "numpy", "scipy", "altair", "vl_convert", "jinja2", "pydantic", "yaml", "babel", "markdown", "nh3"}

EACH_ALONE = """
import importlib, sys
for name in sys.argv[1:]:
    for loaded in [m for m in sys.modules if m.partition(".")[0] == "sitegen"]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except Exception as error:
        print(f"{name}: {error!r}")
"""
HELP = """
import sys
from typer.testing import CliRunner
from sitegen import cli
assert CliRunner().invoke(cli.app, sys.argv[1:]).exit_code == 0
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def name(file: Path) -> str:
    """A module's dotted name, which its package bears for `__init__`."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def python(code: str, *arguments: str) -> str:
    """What a fresh interpreter prints."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-c", code, *arguments]
    return subprocess.run(run, check=True, capture_output=True, text=True, cwd=ROOT, env=environment).stdout


def where(pattern: str, files: list[Path]) -> list[str]:
    """Every line of the files in which the pattern is found."""
    lines = (
        (file, number, line) for file in files for number, line in enumerate(file.read_text("utf-8").split("\n"), 1)
    )
    return [
        f"{file.relative_to(ROOT)}:{number} {line.strip()}" for file, number, line in lines if re.search(pattern, line)
    ]


def attributes(file: Path) -> Iterator[tuple[str, int]]:
    """Every `a.b` in a module, with its line."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}", node.lineno


def test_imports_go_down_only_and_each_library_has_one_home() -> None:
    run = [sys.executable, "-c", "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports())"]
    linted = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, check=False)
    assert linted.returncode == 0, linted.stdout


def test_every_module_can_be_imported_first() -> None:
    """Third parties stay loaded from one to the next; nothing of ours does, so that no import leans on another."""
    assert python(EACH_ALONE, *map(name, FILES)) == ""


def test_no_folder_of_tests_is_passed_by(pytestconfig: pytest.Config) -> None:
    """Left to itself pytest goes into no folder called `build` or `dist`, and says nothing."""
    passed_by = pytestconfig.getini("norecursedirs")
    folders = {part for file in (ROOT / "tests").rglob("test_*.py") for part in file.relative_to(ROOT).parts[:-1]}
    assert "build" in folders
    assert [folder for folder in folders for pattern in passed_by if fnmatch(folder, pattern)] == []


def test_help_loads_nothing_heavy() -> None:
    assert HEAVY & set(python(HELP, "--help").split()) == set()


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["build", "--help"], ["check", "--help"], ["inspect", "--help"], ["baseline", "--help"]],
)
def test_the_help_of_a_command_loads_nothing_heavy_of_ours(arguments: list[str]) -> None:
    """Typer itself may load pydantic to read options."""
    assert (HEAVY - {"pydantic"}) & set(python(HELP, *arguments).split()) == set()


def test_no_module_is_a_drawer_for_anything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "constants", "misc", "tools"}
    assert [name(file) for file in FILES if drawers & set(name(file).split("."))] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [name(file) for file in FILES if not ast.get_docstring(ast.parse(file.read_text("utf-8")))] == []


def test_no_file_of_a_stage_is_too_long_to_be_read() -> None:
    staged = [file for file in FILES if file.relative_to(PACKAGE).parts[0] in STAGES]
    assert len(staged) > 40
    assert [(name(file), lines) for file in staged if (lines := file.read_text("utf-8").count("\n")) > 400] == []


def test_only_the_command_line_asks_for_the_day_and_the_folder() -> None:
    asking = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "Path.cwd", "os.getcwd", "time.time"}
    asking |= {"locale.getlocale", "locale.setlocale", "os.environ", "os.getenv", "Path.home"}
    found = {(name(file), used) for file in FILES for used, _ in attributes(file) if used in asking}
    assert {(module, used) for module, used in found if module != "sitegen.cli"} == {
        ("sitegen.plot", "os.environ"),  # the engine's time zone
        ("sitegen.commands.pdf", "os.environ"),  # the day that a PDF says it was made on
    }


def test_nothing_is_passed_to_a_page_unescaped() -> None:
    templates = sorted((ROOT / "themes").rglob("*.html"))
    assert where(r"\|\s*safe\b|autoescape", templates) == []
    assert where(r"autoescape\s*=\s*False|select_autoescape", FILES) == []
    assert {line.partition(":")[0] for line in where(r"\bMarkup\(", FILES)} <= {
        "sitegen/render/gate.py",  # JSON of our own words
        "sitegen/render/markdown.py",
        "sitegen/render/printing.py",  # of pages that are finished
        "sitegen/render/templates.py",
    }


def test_nothing_in_the_project_names_a_machine() -> None:
    """No path of a developer's, in the code or in the pages about it."""
    files = [path for folder in ("sitegen", "scripts", "docs", "tests") for path in (ROOT / folder).rglob("*.*")]
    texts = [
        path for path in files if path.suffix in (".py", ".md", ".toml", ".yaml", ".html") and path != Path(__file__)
    ]
    assert where(r"/home/\w+/|/work/|/Users/|/root/|/tmp/", texts) == []
