"""Events of the file system in, the files that changed out, once they are at rest; reads none of them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

QUIET = 0.04  # seconds without an event after which a change is taken to be whole
LONGEST = 1.0  # seconds after which it is told all the same
INPUTS = ("data", "content", "themes")
SETTINGS = "config.yaml"
KINDS = frozenset({"created", "modified", "moved", "deleted"})  # opening and closing a file is no change
_SCRATCH = ("~", ".swp", ".swx", ".tmp", ".bak", ".part", "___jb_tmp___", "___jb_old___")
_OURS = (".py", ".toml", ".yaml", ".js", ".css", ".html")

Told = Callable[[frozenset[str], float], None]


def concerns(path: str) -> bool:
    """Whether a file, by its path below the workspace, is an input: no editor's scratch file, nothing hidden."""
    parts = path.split("/")
    if parts[0] not in INPUTS and path != SETTINGS:
        return False
    name = parts[-1]
    hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
    return not (hidden or name.endswith(_SCRATCH) or name.startswith("#") or name == "4913")  # vim asks for leave so


class Gathering:
    """Paths that are told together as soon as none has come for a while; `told` runs in one thread of its own."""

    def __init__(self, told: Told, quiet: float = QUIET, longest: float = LONGEST) -> None:
        self._told, self._quiet, self._longest = told, quiet, longest
        self._paths: set[str] = set()
        self._first = self._last = 0.0
        self._news = threading.Condition()
        threading.Thread(target=self._run, daemon=True).start()

    def add(self, path: str) -> None:
        with self._news:
            self._last = time.perf_counter()
            if not self._paths:
                self._first = self._last
                self._news.notify()
            self._paths.add(path)

    def _run(self) -> None:
        while True:
            with self._news:
                while not self._paths:
                    self._news.wait()
                while (left := self._left()) > 0:
                    self._news.wait(left)
                paths, first = frozenset(self._paths), self._first
                self._paths.clear()
            self._told(paths, first)

    def _left(self) -> float:
        """The seconds until the paths may be told."""
        return min(self._last + self._quiet, self._first + self._longest) - time.perf_counter()


class Watch(FileSystemEventHandler):
    """The inputs of the workspace at `root`, and folders beside it, each under a name that its paths begin with.

    Of the root itself only the first level is watched: built folders and environments may lie there.
    """

    def __init__(self, root: Path, told: Told, beside: Mapping[str, Path] | None = None) -> None:
        self._root = root.resolve()
        self._beside = {name: folder.resolve() for name, folder in (beside or {}).items()}
        self._gathering = Gathering(told)
        self._observer = Observer()
        self._watched: dict[str, ObservedWatch] = {}

    def start(self) -> None:
        self._observer.schedule(self, str(self._root))
        for folder in self._beside.values():
            self._observer.schedule(self, str(folder), recursive=True)
        self._observer.start()
        self._follow(INPUTS)

    def stop(self) -> None:
        self._observer.stop()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in KINDS or (event.is_directory and event.event_type == "modified"):
            return
        for told in (event.src_path, event.dest_path):
            path = self._named(Path(os.fsdecode(told))) if told else None
            if path is None:
                continue
            if path in INPUTS:
                self._follow((path,))
            self._gathering.add(path)

    def _named(self, path: Path) -> str | None:
        """How a path is told: below the workspace, or below the name of the folder beside it; None when it is none."""
        for name, folder in self._beside.items():
            if path.is_relative_to(folder):
                inside = path.relative_to(folder).as_posix()
                return f"{name}/{inside}" if inside.endswith(_OURS) else None
        if not path.is_relative_to(self._root):
            return None
        inside = path.relative_to(self._root).as_posix()
        return inside if concerns(inside) else None

    def _follow(self, folders: Collection[str]) -> None:
        """Watch these folders of the workspace anew: one that was taken away and made again is another one."""
        for name in folders:
            if name in self._watched:
                self._observer.unschedule(self._watched.pop(name))
            if (self._root / name).is_dir():
                self._watched[name] = self._observer.schedule(self, str(self._root / name), recursive=True)
