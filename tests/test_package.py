"""The wheel is enough: installed away from the checkout, it makes a workspace and a portal without a dead link."""

import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.links import dead

ROOT = Path(__file__).parents[1]
CARRIED = ("themes", "content", "rubric")  # that lie beside the package in the checkout

pytestmark = [
    pytest.mark.package,
    pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is not installed"),
]


def done(*command: object, cwd: Path, **environment: str) -> str:
    run = [str(each) for each in command]
    found = subprocess.run(run, capture_output=True, text=True, cwd=cwd, env=os.environ | environment, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check")
    done(*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index")
    done(*pip, "--no-deps", "--target", target, wheel, cwd=target)
    return target


def files(folder: Path, below: str) -> set[str]:
    """The files that git keeps in a folder of the checkout, relative to it."""
    listed = (path for path in (folder / below).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in listed if "__pycache__" not in path.parts}


def test_the_wheel_carries_every_file_that_the_checkout_has(wheel: Path) -> None:
    carried = {name.removeprefix("sitegen/") for name in zipfile.ZipFile(wheel).namelist()}
    for folder in CARRIED:
        assert files(ROOT, folder) - carried == set()
    assert {name.removeprefix("sitegen/") for name in files(ROOT, "sitegen")} - carried == set()


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    strays = {name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith(("sitegen/", "sitegen_audit-"))}
    assert strays == set()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_fresh_workspace_builds_from_the_wheel_alone(installed: Path, tmp_path: Path, language: str) -> None:
    where = {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1", "SITEGEN_LANG": language}
    told = done(sys.executable, "-c", "import sitegen; print(sitegen.__file__)", cwd=tmp_path, **where)
    assert Path(told.strip()).is_relative_to(installed)
    sitegen = (sys.executable, "-m", "sitegen")
    done(*sitegen, "new", "agency", "Agence Été & Fils", cwd=tmp_path, **where)
    workspace = tmp_path / "Agence Été & Fils"
    done(*sitegen, "check", cwd=workspace, **where)
    done(*sitegen, "build", "--strict", cwd=workspace, **where)
    done(*sitegen, "publish", "--to", tmp_path / "www", cwd=workspace, **where)
    assert len(list((tmp_path / "www").rglob("*.html"))) > 10
    assert list(dead(tmp_path / "www")) == []


def test_nothing_of_the_checkout_is_opened(installed: Path, tmp_path: Path) -> None:
    """Every file that a build opens is watched by the interpreter itself."""
    code = (
        "import sys\n"
        "def seen(event, told):\n"
        "    if event == 'open' and isinstance(told[0], str) and told[0].startswith(sys.argv[1])"
        " and not told[0].startswith(sys.prefix):\n"
        "        sys.stderr.write('opened ' + told[0] + chr(10)); sys.exit(9)\n"
        "sys.addaudithook(seen)\n"
        "from sitegen.cli import app\n"
        "app(sys.argv[2:], prog_name='sitegen')\n"
    )
    where = {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    for arguments in (("new", "agency", "x"), ("build", "--root", "x", "--jobs", "1")):
        done(sys.executable, "-c", code, f"{ROOT}{os.sep}", *arguments, cwd=tmp_path, **where)
