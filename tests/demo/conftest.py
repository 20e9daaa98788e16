"""A client's name in, its edition and its built portal out.

A test module names its client in `CLIENT`; `edition` and `portal` are that client's.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build import pipeline, workspace
from sitegen.model.computed import Edition
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def edition(demo: Path, request: pytest.FixtureRequest) -> Edition:
    return pipeline.edition(demo, request.module.CLIENT, workspace.opened(demo).site, TODAY)[0]


@pytest.fixture(scope="module")
def portal(demo: Path, request: pytest.FixtureRequest) -> Path:
    """The folder of the client's built portal."""
    return demo / "output" / request.module.CLIENT
