"""A clean table of so many rows in, what reading it costs beside `pandas.read_csv` out: processor time and memory.

    python -m scripts.bench.reader pandas|sitegen FILE

Reading is `read.tables` and `check.tables` up to typed records. Each run is a process of its own that has loaded its
libraries and read a small file before the clock starts, so that only what grows with the file is told.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from scripts.bench.processes import ENVIRONMENT, REPOSITORY
from sitegen.check.sources import Declaration
from sitegen.check.tables import records
from sitegen.model.facts import Document
from sitegen.read.tables import table

ROWS, DAYS, CAMPAIGNS = 1_000_000, 730, 400
RUNS = 3
COLUMNS = {
    "impressions": "Impressions",
    "clicks": "Clicks",
    "spend": "Cost",
    "conversions": "Conversions",
    "revenue": "Revenue",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """The least processor time of some runs (s), and how much the peak of resident memory grew (MiB)."""

    seconds: float
    memory: float


def write(file: Path, rows: int) -> None:
    """A campaign report by day, the same at each run: date, campaign, device and five numbers."""
    chance = np.random.default_rng(7)
    days = pd.date_range("2024-01-01", periods=DAYS).strftime("%Y-%m-%d").to_numpy()
    campaigns = np.array([f"Search | Brand {number} - Été" for number in range(CAMPAIGNS)])
    clicks = chance.poisson(12, rows)
    frame = {
        "Day": days[np.sort(chance.integers(0, DAYS, rows))],
        "Campaign": campaigns[chance.integers(0, CAMPAIGNS, rows)],
        "Device": np.array(["desktop", "mobile", "tablet"])[chance.integers(0, 3, rows)],
        "Impressions": clicks * chance.integers(5, 200, rows),
        "Clicks": clicks,
        "Cost": (clicks * chance.gamma(2, 0.4, rows)).round(2),
        "Conversions": (clicks * chance.beta(1, 30, rows)).round(2),
        "Revenue": (clicks * chance.gamma(1, 3, rows)).round(2),
    }
    pd.DataFrame(frame).to_csv(file, index=False)


def by_pandas(file: Path) -> None:
    """The measure: pandas with all its defaults."""
    pd.read_csv(file)


def by_sitegen(file: Path) -> None:
    """The file as typed records. Raises RuntimeError where it is not read whole."""
    found, problems = table(file.parent, file.name, file.name)
    if found is None or problems:
        raise RuntimeError(f"{file}: {problems}")
    declaration = Declaration(found, file.name, COLUMNS, "EUR", "Day")
    read, problems = records(declaration, Document("client.yaml", {}))
    if read is None or problems:
        raise RuntimeError(f"{file}: {problems}")


WAYS: Mapping[str, Callable[[Path], None]] = {"pandas": by_pandas, "sitegen": by_sitegen}


def spent(way: str, file: Path) -> Cost:
    """What one way of reading costs in a process of its own."""
    command = [sys.executable, "-m", "scripts.bench.reader", way, str(file)]
    told = [subprocess.check_output(command, cwd=REPOSITORY, env=ENVIRONMENT, text=True) for _ in range(RUNS)]
    runs = [Cost(**json.loads(line)) for line in told]
    return Cost(min(run.seconds for run in runs), min(run.memory for run in runs))


def _clocked(way: str, file: Path) -> Cost:
    with TemporaryDirectory() as folder:
        small = Path(folder) / "small.csv"
        write(small, 1_000)
        WAYS[way](small)
    gc.collect()
    before, begun = _peak(), time.process_time()
    WAYS[way](file)
    return Cost(time.process_time() - begun, _peak() - before)


def _peak() -> float:
    """The peak of this process's resident memory (MiB); `getrusage` would tell its parent's where that is higher."""
    told = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmHWM:"))


if __name__ == "__main__":
    print(json.dumps(asdict(_clocked(sys.argv[1], Path(sys.argv[2])))))
