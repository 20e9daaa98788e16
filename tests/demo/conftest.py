"""A client's name in, a copy of the demo workspace with that client alone out, so that no two builds share a store."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The root of the workspace of one client; the same for all tests that ask for it."""

    @cache
    def workspace(slug: str) -> Path:
        root = tmp_path_factory.mktemp(slug)
        shutil.copy(ROOT / "config.yaml", root)
        shutil.copytree(ROOT / "data" / slug, root / "data" / slug)
        return root

    return workspace
