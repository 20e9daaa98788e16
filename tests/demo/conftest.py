"""A client's name in, a copy of the demo workspace with that client alone out, so that no two builds share a store.

A test module names its client in `CLIENT`; `root`, `edition` and `portal` are that client's.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sitegen.build import pipeline, site, workspace
from sitegen.model.computed import Edition

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The root of the workspace of one client; the same for all tests that ask for it."""

    @cache
    def copied(slug: str) -> Path:
        root = tmp_path_factory.mktemp(slug)
        shutil.copy(ROOT / "config.yaml", root)
        shutil.copytree(ROOT / "data" / slug, root / "data" / slug)
        return root

    return copied


@pytest.fixture(scope="module")
def root(request: pytest.FixtureRequest, alone: Callable[[str], Path]) -> Path:
    return alone(request.module.CLIENT)


@pytest.fixture(scope="module")
def edition(root: Path, request: pytest.FixtureRequest) -> Edition:
    return pipeline.edition(root, request.module.CLIENT, workspace.opened(root).site, TODAY)[0]


@pytest.fixture(scope="module")
def portal(root: Path, request: pytest.FixtureRequest) -> Path:
    """The folder of the client's built portal."""
    options = site.Options(TODAY, root / "output", root / "preview")
    assert site.build(workspace.opened(root), options, lambda message: None).failed == ()
    return root / "output" / request.module.CLIENT
