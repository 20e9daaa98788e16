"""Events of the file system in, the files that changed out, once they are at rest; reads none of them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
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

    Of the root itself only the first level is watched: built folders and environments may lie there. A link to a folder
    is an input like any other, and what changes behind it is told by the link's name.
    """

    def __init__(self, root: Path, told: Told, beside: Mapping[str, Path] | None = None) -> None:
        self._root = root.resolve()
        self._beside = {name: folder.resolve() for name, folder in (beside or {}).items()}
        self._gathering = Gathering(told)
        self._observer = Observer()
        self._watched: dict[str, list[ObservedWatch]] = {}  # input → its folder, and those that its links lead to
        self._links: dict[str, dict[str, Path]] = {}  # input → link, by its path below the workspace → folder

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
        for path in (Path(os.fsdecode(told)) for told in (event.src_path, event.dest_path) if told):
            for name in self._names(path):
                top = name.partition("/")[0]
                if name in INPUTS or (top in INPUTS and self._leads(top, name, path)):
                    self._follow((top,))
                self._gathering.add(name)

    def _leads(self, top: str, name: str, path: Path) -> bool:
        """Whether a link to a folder came, went, or leads elsewhere now."""
        return name in self._links.get(top, {}) or (path.is_symlink() and path.is_dir())

    def _names(self, path: Path) -> Iterator[str]:
        """How a path is told: below the workspace, behind each link that leads to it, or below the name of the folder
        beside it."""
        for name, folder in self._beside.items():
            if path.is_relative_to(folder):
                inside = path.relative_to(folder).as_posix()
                if inside.endswith(_OURS):
                    yield f"{name}/{inside}"
                return
        links = [(f"{link}/", folder) for links in self._links.values() for link, folder in links.items()]
        for prefix, folder in (("", self._root), *links):
            if path.is_relative_to(folder):
                inside = prefix + path.relative_to(folder).as_posix()
                if concerns(inside):
                    yield inside

    def _follow(self, folders: Collection[str]) -> None:
        """Watch these folders of the workspace anew: one that was taken away and made again is another one."""
        for name in folders:
            for watched in self._watched.pop(name, ()):
                self._observer.unschedule(watched)
            folder = self._root / name
            self._links[name] = dict(_links(folder, name))
            held = {watch.path for watches in self._watched.values() for watch in watches}
            wanted = {str(each) for each in (folder, *self._links[name].values()) if each.is_dir()} - held
            self._watched[name] = [self._observer.schedule(self, path, recursive=True) for path in sorted(wanted)]


def _links(folder: Path, name: str, above: frozenset[Path] = frozenset()) -> Iterator[tuple[str, Path]]:
    """The links to folders below `folder`, called `name`, and below the folders that they lead to, not in rounds."""
    for here, inner, _ in os.walk(folder):
        for path in (Path(here, each) for each in inner if not each.startswith(".")):
            target = path.resolve()
            if path.is_symlink() and target not in above and not path.is_relative_to(target):
                told = f"{name}/{path.relative_to(folder).as_posix()}"
                yield told, target
                yield from _links(target, told, above | {target})
