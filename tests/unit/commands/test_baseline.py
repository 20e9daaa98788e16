"""Starting values are written once, and changed only when somebody asks for it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from sitegen.commands import baseline
from sitegen.errors import UsageError

SITES = Path(__file__).parents[2] / "sites"
TODAY = date(2026, 11, 20)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITES / "minimal-public", tmp_path / "site"))


def test_what_is_frozen_stays_when_the_exports_change(root: Path) -> None:
    first = baseline.freeze(root, "atlas", TODAY, None, replace=False)
    file = root / "data/atlas/baselines.yaml"
    frozen = file.read_text("utf-8")
    assert "&" not in frozen
    assert (first.path, first.written) == ("data/atlas/baselines.yaml", ("conversion_rate",))
    assert frozen.startswith("# yaml-language-server:")
    assert "    frozen: 2026-11-20\n" in frozen

    rows = (root / "data/atlas/metrics/site.csv").read_text("utf-8").splitlines()
    doubled = [rows[0], *(_with_twice_the_sessions(row) for row in rows[1:])]
    (root / "data/atlas/metrics/site.csv").write_text("\n".join(doubled) + "\n", "utf-8")
    second = baseline.freeze(root, "atlas", TODAY, None, replace=False)
    assert (second.written, [line.key for line in second.told]) == ((), ["cli.baseline_differs"])
    assert file.read_text("utf-8") == frozen

    third = baseline.freeze(root, "atlas", TODAY, None, replace=True)
    assert third.written == ("conversion_rate",)
    assert file.read_text("utf-8") != frozen


def _with_twice_the_sessions(row: str) -> str:
    day, sessions, *rest = row.split(",")
    return ",".join([day, str(2 * int(sessions)), *rest])


def test_the_agency_s_comments_stay(root: Path) -> None:
    baseline.freeze(root, "atlas", TODAY, None, replace=False)
    file = root / "data/atlas/baselines.yaml"
    file.write_text(file.read_text("utf-8") + "# agreed with the client on 3 July\n", "utf-8")
    baseline.freeze(root, "atlas", date(2026, 11, 21), None, replace=True)
    text = file.read_text("utf-8")
    assert "# agreed with the client on 3 July" in text
    assert "2026-11-21" in text


def test_an_unknown_client_is_a_misuse(root: Path) -> None:
    with pytest.raises(UsageError) as fault:
        baseline.freeze(root, "atlass", TODAY, None, replace=False)
    assert fault.value.message.named["client"] == "atlass"
