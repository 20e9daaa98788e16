"""A command in, what it took out: seconds, seconds of the processors, memory; judges nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

REPOSITORY = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(REPOSITORY), os.getenv("PYTHONPATH"))))}
EVERY = 0.1  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took. `processor` is the time of all its processes: it hardly depends on who else is at work.

    `largest` is the peak of resident memory of its largest process (MiB), `together` the sampled peak of all of them,
    what they share counted once; both None where the system does not tell.
    """

    seconds: float
    processor: float
    largest: float | None
    together: float | None


def sitegen(command: str, root: Path, *more: str) -> list[str]:
    """The command line of sitegen, as this Python runs it."""
    return [sys.executable, "-m", "sitegen", command, "--root", str(root), "--lang", "en", *more]


def run(command: Sequence[str]) -> Run:
    """Run a command to its end. Raises RuntimeError with what it said when it fails."""
    begun = time.perf_counter()
    with subprocess.Popen(
        command, cwd=REPOSITORY, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        watch = _Watch(process.pid)
        told = process.stderr.read() if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}\n{told[-2000:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, watch.largest, watch.together)


def middle(command: Sequence[str], times: int) -> Run:
    """The run of median length."""
    runs = [run(command) for _ in range(times)]
    wanted = median(each.seconds for each in runs)
    return min(runs, key=lambda each: abs(each.seconds - wanted))


@dataclass
class _Watch:
    """Looks at the memory of a process and its descendants until it is told to stop."""

    pid: int
    largest: float | None = None
    together: float | None = None
    _end: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.wait(EVERY):
            family = tuple(_family(self.pid))
            shares, peaks = _told(family, "smaps_rollup", "Pss:"), _told(family, "status", "VmHWM:")
            self.together = max([sum(shares), *filter(None, [self.together])]) if shares else self.together
            self.largest = max([*peaks, *filter(None, [self.largest])], default=None)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for told in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = told.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _told(family: Iterable[int], file: str, field: str) -> list[float]:
    """What a file of /proc tells of each process (MiB); `wait` would count what we held before the command began."""
    found = []
    for pid in family:
        try:
            lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
        except OSError:  # the process is gone
            continue
        found += [int(line.split()[1]) / 1024 for line in lines if line.startswith(field)]
    return found
