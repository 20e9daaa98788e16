"""A workspace and what changed in it in, pages as they are asked for out; writes no folder and knows no browser.

A page is made when it is asked for, and the others of the clients that were looked at when nobody waits. While
something is wrong, the last good page stands, with the problems beside it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from sitegen import proof, render
from sitegen.build import pipeline, workspace
from sitegen.build.pages import Pages
from sitegen.build.store import Store
from sitegen.build.workshop import Judged, Workshop
from sitegen.build.workspace import Workspace
from sitegen.errors import Problem, ProblemsFound
from sitegen.messages import say
from sitegen.model.built import PortalSummary
from sitegen.model.computed import Edition
from sitegen.preview.overview import Overview

KEPT_PAGES = 128  # good pages that are kept to stand in for bad ones
KEPT_CLIENTS = 12  # clients whose edition is kept at hand
MISSING = "404.html"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as it is shown: the last good body, None if there was none, and what is wrong with it now.

    `solid` and `sheets` are digests: of all that needs the page to be loaded again, and of its style sheets.
    """

    found: bool
    body: bytes | None
    solid: str = ""
    sheets: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Client:
    """A client at hand. `pages` are the last good ones; `late` are the faults of pages that nobody asked for."""

    stale: bool
    edition: Edition | None = None
    judged: Judged | None = None
    pages: Pages | None = None
    problems: tuple[Problem, ...] = ()
    late: tuple[Problem, ...] = ()
    brand: Mapping[str, bytes] | None = None


class Session:
    """What is shown of one workspace, on one day, while it changes. Safe to be asked by several threads."""

    def __init__(self, root: Path, today: date, as_of: date | None = None) -> None:
        self._root, self._today, self._as_of = root, today, as_of
        self._store = Store(root / ".sitegen" / "store.sqlite")
        self._turn, self._count, self._waiting = threading.Lock(), threading.Lock(), 0
        self._workshop: Workshop | None = None
        self._wrong: tuple[Problem, ...] = ()
        self._clients: dict[str, _Client] = {}
        self._good: dict[str, Shown] = {}
        self._summaries: dict[str, PortalSummary | None] = {}
        self._warmed: set[str] = set()
        self._around: dict[str, bytes] = {}
        self._homes: dict[str, bytes] = {}
        self._overview = Overview(root)
        self._open(lambda: workspace.opened(root))

    @property
    def language(self) -> str:
        """The language that the site leads with."""
        return self._workshop.workspace.site.languages[0] if self._workshop else "en"

    @property
    def slugs(self) -> tuple[str, ...]:
        return self._workshop.workspace.slugs if self._workshop else ()

    @property
    def wrong(self) -> tuple[Problem, ...]:
        """What is wrong with all that the portals share."""
        return self._wrong

    @property
    def base(self) -> str:
        """The path under which the site is published."""
        return render.base_path(self._workshop.workspace.site) if self._workshop else "/"

    def shown(self, address: str) -> Shown:
        """The file at an address of the site, made now unless it is known."""
        with self._first():
            return self._shown(address)

    def changed(self, paths: Collection[str]) -> None:
        """Take note that these files of the workspace changed; nothing is made yet."""
        tops = {path.partition("/")[0] for path in paths}
        with self._first():
            for slug in {path.split("/")[1] for path in paths if path.startswith("data/")}:
                self._forget(slug)
            workshop = self._workshop
            if workshop is None or self._wrong or not tops <= {"data", "content"} or "data" in paths:
                self._open(lambda: workspace.opened(self._root))
            elif "content" in tops:
                self._open(lambda: workspace.with_clients(workspace.with_articles(workshop.workspace)))
            else:
                self._relist(workshop)

    def rest(self) -> Iterator[str]:
        """Make what nobody has asked for yet of the clients at hand, a page at each step; yields the client whose
        faults became others."""
        for slug in tuple(self._clients):
            first = self._clients.get(slug)
            pages = first.pages if first else None
            faults: list[Problem] = []
            addresses: tuple[str, ...] = ()
            with self._last():
                if pages is not None and self._current(slug, pages):
                    faults += _faults(lambda pages=pages: pages.jobs)  # type: ignore[misc]
                    addresses = () if faults else tuple(pages.jobs)
            for address in addresses:
                with self._last():
                    if pages is None or not self._current(slug, pages):
                        break
                    faults += _faults(partial(pages.page, address))
                yield ""
            news = False
            with self._last():
                client = self._clients.get(slug)
                if client is not None and pages is not None and self._current(slug, pages):
                    faults += _faults(pages.made) if not faults else ()
                    news = client.late != tuple(faults)
                    self._clients[slug] = replace(client, late=tuple(faults))
                self._store.flush()
            yield slug if news else ""
        yield from self._warm()

    def _current(self, slug: str, pages: Pages) -> bool:
        """Whether these are still the client's pages: what changed meanwhile must not be made under an old name."""
        client = self._clients.get(slug)
        return client is not None and client.pages is pages and not client.stale

    def _warm(self) -> Iterator[str]:
        """Be ready for what the client that was looked at last may change: its comments, its numbers."""
        slug = next(reversed(self._clients), "")
        client, workshop = self._clients.get(slug), self._workshop
        if workshop is None or client is None or client.stale or client.pages is None or client.problems:
            return
        with self._last():
            _faults(lambda: workshop.measured(slug))
        yield ""
        if slug in self._warmed:
            return
        self._warmed.add(slug)
        for figure in {figure.template: figure for figure in client.pages.figures}.values():
            with self._last():
                _faults(partial(client.pages.drawn, figure))
            yield ""

    def close(self) -> None:
        """Keep what was made, unless a page is being made right now."""
        if self._turn.acquire(timeout=0.5):
            self._store.close()

    # ------------------------------------------------------------ whose turn it is

    @contextmanager
    def _first(self) -> Iterator[None]:
        with self._count:
            self._waiting += 1
        try:
            with self._turn:
                yield
        finally:
            with self._count:
                self._waiting -= 1

    @contextmanager
    def _last(self) -> Iterator[None]:
        """A turn when nobody else waits for one."""
        pause = threading.Event()
        while self._waiting:
            pause.wait(0.01)
        with self._turn:
            yield

    # ------------------------------------------------------------ what changed

    def _open(self, opened: Callable[[], Workspace]) -> None:
        """Open the workspace again; what stays the same of it is not made again."""
        before = self._workshop
        try:
            space = _settled(opened)
            workshop = before.renewed(space) if before else Workshop(space, self._store, self._today, self._as_of)
            if before is None or (space.theme, space.site) != (before.workspace.theme, before.workspace.site):
                self._around = _around(workshop)
        except ProblemsFound as found:
            self._wrong = pipeline.errors(found.problems)
            return
        except Exception as bug:  # noqa: BLE001 - the preview outlives what it shows
            self._wrong = (_bug(bug),)
            return
        self._wrong, self._workshop = (), workshop
        rejudge = before is None or before.ground.judging != workshop.ground.judging
        for slug, client in self._clients.items():
            self._clients[slug] = replace(client, stale=client.stale or rejudge)
            if client.edition is not None and client.judged is not None and not rejudge:
                fresh = _at_hand(workshop, client.edition, client.judged, stale=client.stale)
                self._clients[slug] = replace(fresh, problems=client.problems)
        self._summaries.clear()
        self._homes.clear()
        self._overview.forget()

    def _relist(self, workshop: Workshop) -> None:
        try:
            workshop.workspace = workspace.with_clients(workshop.workspace)
        except ProblemsFound as found:
            self._wrong = pipeline.errors(found.problems)

    def _forget(self, slug: str) -> None:
        if slug in self._clients:
            self._clients[slug] = replace(self._clients[slug], stale=True)
        self._summaries.pop(slug, None)
        self._homes.clear()
        self._overview.forget(slug)

    # ------------------------------------------------------------ what is shown

    def _shown(self, address: str) -> Shown:
        before = self._good.pop(address, Shown(found=True, body=None))
        made, problems = None, list(self._wrong)
        if self._workshop is not None:
            try:
                made, faults = self._made(address, self._workshop)
                problems += faults
            except ProblemsFound as found:
                problems += found.problems
            except Exception as bug:  # noqa: BLE001 - the preview outlives what it shows
                problems.append(_bug(bug))
        shown = replace(made or before, problems=tuple(dict.fromkeys(problems)))
        self._good[address] = shown
        for old in tuple(self._good)[:-KEPT_PAGES]:
            del self._good[old]
        return shown

    def _made(self, address: str, workshop: Workshop) -> tuple[Shown | None, tuple[Problem, ...]]:
        """The file made now, None if it cannot be, and what is wrong. Raises ProblemsFound likewise."""
        slug = address.partition("/")[0]
        if slug in workshop.workspace.damaged:
            return None, tuple(p for p in workshop.workspace.problems if p.path == f"data/{slug}")
        if slug not in workshop.workspace.slugs:
            return self._whole(self._shared(workshop, address).get(address), {}), ()
        client = self._client(slug, workshop)
        if client.pages is None:
            return None, client.problems
        told = client.edition is not None and client.judged is not None
        pages = workshop.at(address, client.edition, client.judged) if told else None  # type: ignore[arg-type]
        body = _body(pages or client.pages, address, self._store)
        return self._whole(body, client.brand or {}), (*client.problems, *client.late)

    def _whole(self, body: bytes | None, brand: Mapping[str, bytes]) -> Shown:
        """A file with all that a browser loads beside it; the 404 page if there is none."""
        beside = {**self._around, **brand}
        sheets = [beside[name] for name in sorted(beside) if name.endswith(".css")]
        others = [beside[name] for name in sorted(beside) if not name.endswith((".css", ".html"))]
        shown = body if body is not None else self._around[MISSING]
        return Shown(body is not None, shown, _digest(shown, *others), _digest(*sheets))

    def _client(self, slug: str, workshop: Workshop) -> _Client:
        before = self._clients.pop(slug, _Client(stale=True))
        client = before
        if before.stale:
            known, edition = _settled(lambda: workshop.judged(slug))
            if edition is None:
                client = replace(before, stale=False, problems=pipeline.errors(known.judged.problems), late=())
            else:
                client = _at_hand(workshop, edition, known.judged, stale=False)
        self._clients[slug] = client
        for old in tuple(self._clients)[:-KEPT_CLIENTS]:
            del self._clients[old]
        return client

    def _shared(self, workshop: Workshop, address: str) -> Mapping[str, bytes]:
        """What belongs to no client, by address: it holds this one if there is any such."""
        if address in render.portfolio_addresses(workshop.workspace.site).values():
            return self._overview.pages(workshop, lambda slug: _settled(lambda: workshop.glance(slug)))
        return self._home(workshop) if address in _homes(self._around) else self._around

    def _home(self, workshop: Workshop) -> Mapping[str, bytes]:
        """The pages that list all clients."""
        if not self._homes:
            space = workshop.workspace
            summaries = [found for slug in space.slugs if (found := self._summary(slug, workshop))]
            made = render.artifacts(summaries, space.articles, space.site, space.theme, workshop.press, preview=True)
            wanted = _homes(self._around)
            artifacts = [artifact for artifact in made if artifact.address in wanted]
            faults = [fault for each in artifacts for fault in proof.examined(each, "", render.POLICY)[1]]
            if faults:
                raise ProblemsFound(faults)
            self._homes = {artifact.address: artifact.body for artifact in artifacts}
        return self._homes

    def _summary(self, slug: str, workshop: Workshop) -> PortalSummary | None:
        if slug not in self._summaries:
            portal = workshop.remembered(slug)
            summary = portal.manifest.summary if portal and portal.manifest else None
            if summary is None:
                _, edition = _settled(lambda: workshop.judged(slug))
                if edition is not None:
                    pages = workshop.pages(edition, "")
                    summary = render.summary(edition, tuple(pages.jobs.values()))
            self._summaries[slug] = summary
        return self._summaries[slug]


def _at_hand(workshop: Workshop, edition: Edition, judged: Judged, *, stale: bool) -> _Client:
    brand = {each.address: each.body for each in render.branding(edition, workshop.workspace.theme)}
    return _Client(stale, edition, judged, workshop.pages(edition, judged.edition, judged), brand=brand)


def _around(workshop: Workshop) -> dict[str, bytes]:
    """What belongs to no client, the lists of clients still empty. Raises ProblemsFound for a fault of the theme."""
    space = workshop.workspace
    artifacts = render.artifacts((), space.articles, space.site, space.theme, workshop.press, preview=True)
    faults = [fault for each in artifacts for fault in proof.examined(each, "", render.POLICY)[1]]
    if faults:
        raise ProblemsFound(faults)
    return {artifact.address: artifact.body for artifact in artifacts}


def _homes(around: Mapping[str, bytes]) -> frozenset[str]:
    return frozenset(address for address in around if address.endswith("index.html"))


def _body(pages: Pages, address: str, store: Store) -> bytes | None:
    """The file of a portal at this address, None where there is none."""
    if address in pages.jobs:
        return store.body(pages.page(address).digest)
    if (joined := pages.search(address) or pages.printed(address)) is not None:
        return store.body(joined.digest)
    digest = next((entry.digest for entry in pages.files() if entry.address == address), None)
    return None if digest is None else store.body(digest)


def _faults(make: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        make()
    except ProblemsFound as found:
        return found.problems
    except Exception as bug:  # noqa: BLE001 - the preview outlives what it shows
        return (_bug(bug),)
    return ()


def _bug(bug: Exception) -> Problem:
    return Problem("sitegen", 0, 0, say("preview.bug", kind=type(bug).__name__, told=str(bug)))


def _settled(read: Callable[[], T]) -> T:
    """What is read; once more where a file vanished between being seen and being read."""
    try:
        return read()
    except FileNotFoundError:
        pass
    try:
        return read()
    except OSError as fault:
        problem = Problem(str(fault.filename or ""), 0, 0, say("cli.disk", told=str(fault)))
        raise ProblemsFound([problem]) from fault


def _digest(*bodies: bytes) -> str:
    return sha256(b"".join(sha256(body).digest() for body in bodies)).hexdigest()[:16]
