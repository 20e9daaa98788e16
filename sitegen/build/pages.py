"""An edition in, its finished pages out, each rendered, proofed and kept when it is asked for; reads no client's files.

A page is made again only when its edition, its layout, its words or the articles that it shows have changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from sitegen import draw, plot, proof, render
from sitegen.build.ground import Ground, tongues
from sitegen.build.store import Store, key_of
from sitegen.build.workspace import Workspace
from sitegen.errors import Problem, ProblemsFound
from sitegen.model import codec
from sitegen.model.built import Artifact, Drawing, Entry, Figure, Issue, Manifest, PageJob
from sitegen.model.computed import Edition


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of files that are made together, for the store."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A portal's manifest, and the names under which the store keeps what it was made of."""

    manifest: Manifest
    keys: tuple[str, ...]


class Drawings(Mapping[str, Drawing]):
    """A figure's drawing when a page asks for it: from the store if the same rows were drawn by the same engine."""

    def __init__(self, figures: Mapping[str, Figure], store: Store, engine: plot.Engine) -> None:
        self._figures, self._store, self._engine = figures, store, engine
        self._drawn: dict[str, Drawing] = {}
        self._keys: dict[str, str] = {}

    def __getitem__(self, name: str) -> Drawing:
        if name not in self._drawn:
            self._drawn[name] = self._drawing(self._figures[name])
        return self._drawn[name]

    def key(self, name: str) -> str:
        """Under which name the store keeps this figure's drawing."""
        if name not in self._keys:
            self._keys[name] = drawing_key(self._figures[name])
        return self._keys[name]

    def _drawing(self, figure: Figure) -> Drawing:
        key = self.key(figure.id)
        drawing = self._store.recall_as(key, Drawing)
        if drawing is None:
            drawing = self._engine.svg(figure, draw.template(figure.template))
            self._store.remember_as(key, drawing)
        return drawing

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)


def drawing_key(figure: Figure) -> str:
    """What a drawing depends on: the template's source, the rows, the parameters, the engine."""
    told = {"data": figure.datasets, "params": figure.params}
    return key_of("drawing", _spec(figure.template), plot.VERSION, codec.digest(told))


@cache
def _spec(template: str) -> str:
    return codec.digest(draw.template(template))


def joined(portals: Sequence[Pages], store: Store) -> Made:
    """A client's reports as one portal, that of the first. Raises ProblemsFound with the faults of all of them."""
    entries: list[Entry] = []
    faults: list[Problem] = []
    for pages in portals:
        try:
            entries += pages.entries()
        except ProblemsFound as found:
            faults += found.problems
    outward, broken = proof.inside(entries, store.body) if not faults else ((), ())
    if faults or broken:
        raise ProblemsFound((*faults, *broken))
    first = portals[0]
    manifest = Manifest(first.edition.slug, outward, render.summary(first.edition, tuple(first.jobs.values())))
    return Made(manifest, tuple(key for pages in portals for key in pages.keys))


class Pages:
    """One edition's portal in the making. `digest` is that of the edition, `issue` its place among the client's others.

    A frozen one has no search and no brand of its own: it is shown with those of the portal."""

    def __init__(
        self,
        edition: Edition,
        digest: str,
        workspace: Workspace,
        ground: Ground,
        store: Store,
        engine: plot.Engine,
        press: render.Press,
        issue: Issue | None = None,
    ) -> None:
        self.edition, self.store = edition, store
        self.issue = issue or render.alone(edition)
        self._workspace, self._ground, self._press = workspace, ground, press
        self._source = (digest, codec.digest(self.issue), ground.drawing, ground.rendering)
        self._words = tongues(edition.profile.languages, edition.profile.country)
        self._engine = engine
        self._joined: tuple[str, ...] = ()  # the keys of what is made of several pages

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return draw.figures(self.edition)

    @cached_property
    def jobs(self) -> Mapping[str, PageJob]:
        """Every page to be, by its address."""
        articles = [article for article in self._workspace.articles if not article.internal]
        jobs = render.plan(self.edition, self.figures, articles, self._workspace.site, self.issue)
        return {job.address: job for job in jobs}

    @cached_property
    def _drawings(self) -> Drawings:
        return Drawings({figure.id: figure for figure in self.figures}, self.store, self._engine)

    def drawn(self, figure: Figure) -> Drawing:
        """The figure's drawing, made now whatever the store holds."""
        return self._engine.svg(figure, draw.template(figure.template))

    def page(self, address: str) -> Entry:
        """The page at this address, finished. Raises ProblemsFound for a fault of a theme or of an article."""
        key = self._key(self.jobs[address])
        known = self.store.recall_as(key, Entry)
        if known is not None and self.store.get(known.digest) is not None:  # a damaged body is made again
            return known
        entry = self._kept(render.page(self.jobs[address], self._press, self._drawings))
        self.store.remember_as(key, entry)
        return entry

    def made(self) -> Made:
        """The whole portal. Raises ProblemsFound with the faults of all its pages."""
        return joined([self], self.store)

    def entries(self) -> tuple[Entry, ...]:
        """Every file, its links not looked at yet. Raises ProblemsFound with the faults of all its pages."""
        entries: list[Entry] = []
        faults: list[Problem] = []
        for address in self.jobs:
            try:
                entries.append(self.page(address))
            except ProblemsFound as found:
                faults += found.problems
        entries += self.files()
        made = {} if faults else {entry.address: entry for entry in entries}
        joined = dict(self._prints(made)) if made else {}
        if made and not self.issue.period:
            joined |= dict(self._searches(made))
        entries += joined.values()
        if faults:
            raise ProblemsFound(faults)
        self._joined = tuple(joined)
        return tuple(entries)

    @property
    def keys(self) -> tuple[str, ...]:
        """The names under which the store keeps what the portal was made of, once it was made."""
        pages, drawings = map(self._key, self.jobs.values()), map(self._drawings.key, self._drawings)
        return (self._files_key, *self._joined, *pages, *drawings)

    def printed(self, address: str) -> Entry | None:
        """The page that prints the report in one language, if this is its address; its pages are made for it."""
        for language in self.edition.profile.languages:
            jobs = self._printed_jobs(language)
            if address == jobs[0].values["print_address"]:
                return self.print_of(language)
        return None

    def print_of(self, language: str) -> Entry:
        """The page that prints the report in this language."""
        return self._printed(language, [self.page(job.address) for job in self._printed_jobs(language)])[1]

    def _prints(self, entries: Mapping[str, Entry]) -> Iterator[tuple[str, Entry]]:
        for language in self.edition.profile.languages:
            yield self._printed(language, [entries[job.address] for job in self._printed_jobs(language)])

    def _printed_jobs(self, language: str) -> list[PageJob]:
        """The pages that a report's print is made of."""
        return [job for job in self.jobs.values() if job.language == language and job.page in render.CHAPTERS]

    def _printed(self, language: str, entries: Sequence[Entry]) -> tuple[str, Entry]:
        """The print and its key: made again only when one of its pages, `entries`, or its layout is another."""
        layout = self._ground.page("print", language, "")
        key = key_of("print", language, *self._source, *layout, *self._words.values(), *(e.digest for e in entries))
        known = self.store.recall_as(key, Entry)
        if known is None or self.store.get(known.digest) is None:
            bodies = {entry.address: self.store.body(entry.digest) for entry in entries}
            known = self._kept(render.printed(tuple(self.jobs.values()), bodies, language, self._press))
            self.store.remember_as(key, known)
        return key, known

    def search(self, address: str) -> Entry | None:
        """What the search of one language reads, if this is its address; its pages are made for it."""
        for language in () if self.issue.period else self.edition.profile.languages:
            if address == render.search_address(self.edition.slug, language):
                return self._searched(language, [self.page(job.address) for job in self._searched_jobs(language)])[1]
        return None

    def _searches(self, entries: Mapping[str, Entry]) -> Iterator[tuple[str, Entry]]:
        for language in self.edition.profile.languages:
            yield self._searched(language, [entries[job.address] for job in self._searched_jobs(language)])

    def _searched_jobs(self, language: str) -> list[PageJob]:
        return [job for job in self.jobs.values() if job.language == language and job.layout in render.SEARCHED]

    def _searched(self, language: str, entries: Sequence[Entry]) -> tuple[str, Entry]:
        """The file and its key: made again only when one of its pages, `entries`, is another."""
        key = key_of("search", language, *self._source, *(entry.digest for entry in entries))
        known = self.store.recall_as(key, Entry)
        if known is None or self.store.get(known.digest) is None:
            bodies = [self.store.body(entry.digest) for entry in entries]
            pages = zip(self._searched_jobs(language), bodies, strict=True)
            known = self._kept(render.search_index(self.edition, language, pages))
            self.store.remember_as(key, known)
        return key, known

    @cached_property
    def _files_key(self) -> str:
        return key_of("files", *self._source, *self._words.values())

    def files(self) -> tuple[Entry, ...]:
        """The downloads, and the client's brand where this is its portal."""
        known = self.store.recall_as(self._files_key, Entries)
        if known is not None and self.store.holds(entry.digest for entry in known.entries):
            return known.entries
        artifacts = render.files(self.edition, self.figures, self.issue.own.place)
        if not self.issue.period:
            artifacts += render.branding(self.edition, self._workspace.theme)
        entries = tuple(self._kept(artifact) for artifact in artifacts)
        self.store.remember_as(self._files_key, Entries(entries))
        return entries

    def _kept(self, artifact: Artifact) -> Entry:
        entry, faults = proof.examined(artifact, self.edition.canary, render.POLICY)
        if faults:
            raise ProblemsFound(faults)
        self.store.put(artifact.body)
        return entry

    def _key(self, job: PageJob) -> str:
        """What a page depends on; its layout's words come in every language, since it links to its translations."""
        article = job.values["article"].id if "article" in job.values else ""  # type: ignore[attr-defined]
        parts = self._ground.page(job.layout, job.language, article)
        return key_of("page", job.address, *self._source, *parts, *self._words.values())
