"""The committed CSV files are what the script writes, on any machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_script_writes_the_committed_bytes_whatever_the_clock_and_the_language(tmp_path: Path) -> None:
    elsewhere = os.environ | {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    script = [sys.executable, "-m", "scripts.make_demo_data", str(tmp_path)]
    subprocess.run(script, check=True, env=elsewhere, cwd=tmp_path)
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv")}
    committed = {path.relative_to(ROOT) for path in (ROOT / "data").rglob("*.csv")}
    assert {path for path in written if path.parts[0] == "data"} == committed
    assert [path for path in written if (tmp_path / path).read_bytes() != (ROOT / path).read_bytes()] == []
