"""A workspace in, how long each kind of edit takes until the preview serves the page with it out.

The clock runs from before the file is written until the page is here: watching, waiting for quiet, making the page,
telling the tab, serving it again.
"""

from __future__ import annotations

import json
import queue
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from scripts.bench.processes import ENVIRONMENT, REPOSITORY, sitegen

TIMES = 7
PAUSE = 1.5  # seconds between two edits: an author looks at the page
PATIENCE = 120  # seconds after which an edit is taken to be lost
SHEET = "/assets/site.css"


@dataclass(frozen=True, slots=True)
class Edit:
    """A file, how to change it for the n-th time, the page that is looked at, and what is fetched to see the change.

    `mark` gives what the fetched body must have; None when it must only be another one.
    """

    name: str
    file: Path
    change: Callable[[str, int], str]
    page: str
    mark: Callable[[int], str] | None
    fetched: str = ""


def edits(root: Path, slug: str) -> tuple[Edit, ...]:
    """One edit of each kind, all seen on pages of one client."""
    data, theme, home = root / "data" / slug, root / "themes" / "default", f"{slug}/index.html"
    return (
        Edit(
            "article",
            root / "content/fr/choisir-ses-kpi.md",
            _paragraph,
            f"{slug}/conseils/choisir-ses-kpi.html",
            _word,
        ),
        Edit("comment", data / "notes/synthesis.fr.md", _paragraph, home, _word),
        Edit("client's CSV", data / "metrics/site.csv", _another_value, home, None),
        Edit("client's YAML", data / "client.yaml", another_lever, f"{slug}/objectifs-et-roi.html", _lever),
        Edit("template", theme / "layouts/synthesis.html", another_template, home, _word),
        Edit("CSS", theme / "assets/css/base.css", _another_rule, home, lambda turn: f"repere-{turn}", SHEET),
    )


def _word(turn: int) -> str:
    return f"Repère {turn}."


def _paragraph(text: str, turn: int) -> str:
    return re.sub(r"\s+(Repère \d+\.\n)?$", "", text) + f"\n\n{_word(turn)}\n"


def _lever(turn: int) -> str:
    return f"Parcours de commande {turn}."


def another_lever(text: str, turn: int) -> str:
    return re.sub(r"lever: {fr: [^,]*,", f"lever: {{fr: {_lever(turn)},", text)


def another_template(text: str, turn: int) -> str:
    return re.sub(r"(?:<p>Repère \d+\.</p>)?\n</header>", f"<p>{_word(turn)}</p>\n</header>", text, count=1)


def _another_rule(text: str, turn: int) -> str:
    return re.sub(r"\s+(\.repere.*\n)?$", "", text) + f"\n.repere-{turn} {{ color: inherit; }}\n"


def _another_value(text: str, turn: int) -> str:
    """The last day's visits, sales and revenue become others."""
    head, last, _ = text.rsplit("\n", 2)
    day, channel, *_ = last.split(",")
    return f"{head}\n{day},{channel},{5_000 + 900 * turn},{60 + 9 * turn},{9_000 + 700 * turn}.00\n"


class Tab:
    """A page as a browser has it open: what it was told last, and the news that come."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._news: queue.SimpleQueue[Mapping[str, str]] = queue.SimpleQueue()
        self._seen: dict[str, str] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def get(self, path: str) -> bytes:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        connection.request("GET", path)
        with connection.getresponse() as answer:
            return answer.read()

    def open(self, page: str) -> None:
        """Ask for the page's state, as its script does when it was loaded."""
        state = json.loads(self.get(f"/__sitegen/state?page={page}"))
        if state["trouble"]:
            raise RuntimeError(f"{page}: {state['trouble']}")
        self._seen[page] = state["seen"]

    def told(self, page: str) -> None:
        """Wait until this page is told to be another one. Raises queue.Empty when it never is."""
        while (news := self._news.get(timeout=PATIENCE))["page"] != page or news["seen"] == self._seen[page]:
            pass

    def _listen(self) -> None:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        connection.request("GET", "/__sitegen/events")
        answer = connection.getresponse()
        while line := answer.readline():
            if line.startswith(b"data: "):
                self._news.put(json.loads(line.removeprefix(b"data: ")))


@contextmanager
def preview(root: Path, *more: str) -> Iterator[int]:
    """The port of a preview of `root`, stopped at the end. Raises RuntimeError when none begins."""
    with subprocess.Popen(
        sitegen("preview", root, *more),
        cwd=REPOSITORY,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        lines = queue.SimpleQueue[str]()
        reader = threading.Thread(target=_read, args=(process.stderr, lines), daemon=True)
        reader.start()
        try:
            yield _port(lines)
        finally:
            process.send_signal(signal.SIGINT)
            reader.join()


def _read(told: Iterable[str] | None, lines: queue.SimpleQueue[str]) -> None:
    """Hand on what a preview says, and an empty line at its end: one that nobody listened to would stop."""
    for line in told or ():
        lines.put(line)
    lines.put("")


def _port(lines: queue.SimpleQueue[str]) -> int:
    """The port that a preview says it listens at."""
    told = ""
    while line := lines.get(timeout=PATIENCE):
        told += line
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
            return int(found[1])
    raise RuntimeError(f"no preview: {told[-2000:]}")


def edit_to_served(root: Path, slug: str, *more: str, times: int = TIMES) -> Mapping[str, float]:
    """Kind of edit → median seconds until it is served; and how long the first page took from the start."""
    begun = time.perf_counter()
    with preview(root, *more) as port:
        tab = Tab(port)
        tab.get(f"/{slug}/index.html")
        found = {"first page": time.perf_counter() - begun}
        time.sleep(4 * PAUSE)
        for edit in edits(root, slug):
            found[edit.name] = median(_served(tab, edit, turn) for turn in range(1, times + 1))
    return found


def _served(tab: Tab, edit: Edit, turn: int) -> float:
    """The seconds that one edit takes. Raises RuntimeError when the page comes without it."""
    fetched = edit.fetched or f"/{edit.page}"
    before = tab.get(fetched)
    tab.open(edit.page)
    time.sleep(PAUSE)
    text = edit.change(edit.file.read_text("utf-8"), turn)
    begun = time.perf_counter()
    edit.file.write_text(text, "utf-8")
    tab.told(edit.page)
    body = tab.get(fetched)
    seconds = time.perf_counter() - begun
    if body == before or (edit.mark and edit.mark(turn).encode() not in body):
        raise RuntimeError(f"{edit.name}: the page came without the change")
    return seconds
