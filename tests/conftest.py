"""What the tests of a run share, whichever process runs them: built folders that are only read, or copied.

`pytest -n` runs tests in several processes. A session's fixture is made in each of them, and what it makes with
`shared` is made once: the process that asks first makes it, the others wait. The libraries that a build needs are
loaded by the first test that asks for one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests/sites/minimal-public"
TODAY = date(2026, 11, 20)
Shared = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """A name and what fills an empty folder in, the folder out. Nobody may write into it once it is made."""
    from sitegen.build import site

    own = tmp_path_factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own  # a worker's folder lies in that of the run

    def made(name: str, fill: Callable[[Path], None]) -> Path:
        place = run / f"shared-{name}"
        place.mkdir(exist_ok=True)
        folder, done = place / "made", place / "done"
        with site.alone(place):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a failure has left
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def small(shared: Shared) -> Callable[[Path], Path]:
    """A new folder in, a copy of the small public site there out.

    Nothing is built in it, but its store remembers the drawings and pages of a build: only what changes is made again.
    """

    def fill(root: Path) -> None:
        shutil.copytree(SMALL, root, dirs_exist_ok=True)
        built(root)
        for folder in ("output", "preview"):
            shutil.rmtree(root / folder, ignore_errors=True)
        for file in (root / ".sitegen").iterdir():
            if file.name != "store.sqlite":  # what the last build knows of its folders, and its lock
                file.unlink()

    return lambda folder: Path(shutil.copytree(shared("small", fill), folder))


def built(root: Path) -> None:
    """Build a workspace as on TODAY, in this process."""
    from sitegen.build import site, workspace

    options = site.Options(TODAY, root / "output", root / "preview", jobs=1)
    assert site.build(workspace.opened(root), options, lambda message: None).failed == ()


@pytest.fixture(scope="session")
def demo(shared: Shared) -> Path:
    """The demo's workspace, built from nothing: `output` and `preview` stand beside its data."""

    def fill(root: Path) -> None:
        shutil.copy(ROOT / "config.yaml", root)
        shutil.copytree(ROOT / "data", root / "data")
        built(root)

    return shared("demo", fill)
