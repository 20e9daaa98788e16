"""A workspace in, its folders written out: published portals into the output; every portal, and the portfolio over
all clients, into the preview.

A client that fails keeps its last good portal and the others are built; with `strict`, nothing is written. When all
fail, only the portfolio is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from sitegen import proof, read, render, write
from sitegen.build import executors, pipeline, portfolio, private, sealing
from sitegen.build.ground import code, ground
from sitegen.build.options import Options
from sitegen.build.sealing import NOTHING, Agency, Sealed, Sealer
from sitegen.build.seen import Seen
from sitegen.build.standing import Standing
from sitegen.build.store import Store, discard, key_of
from sitegen.build.workshop import Portal, Workshop, gist
from sitegen.build.workspace import Workspace
from sitegen.errors import Problem, ProblemsFound, UsageError
from sitegen.messages import Message, say
from sitegen.model import codec
from sitegen.model.built import Artifact, Manifest

PATIENCE = 900  # seconds that a build waits for another one of the same workspace
SHARED = "·site"  # the manifest of what belongs to no client; no slug can be spelled so


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a build: the clients built, those that failed, all problems, and what was written where."""

    built: tuple[str, ...]
    failed: tuple[str, ...]
    problems: tuple[Problem, ...]
    published: write.Written | None
    previewed: write.Written | None
    steady: bool = False  # the same on every later day


class BodyLost(Exception):
    """A body that a manifest names is damaged or gone."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest)
        self.digest = digest


def build(workspace: Workspace, options: Options, report: Callable[[Message], None]) -> Outcome:
    """Build the clients and write both folders. `report` is told of each client as it is finished.

    Raises UsageError for an unknown client or a wrong passphrase, ProblemsFound when the finished site as a whole has a
    fault.
    """
    slugs = _wanted(workspace, options.client)
    _refuse_sources(workspace.root, options)
    path = workspace.root / ".sitegen" / "store.sqlite"
    with alone(workspace.root):
        keys = sealing.ready(workspace.root, options.passphrase)
        try:
            return _mended(workspace, slugs, options, path, report, keys)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # the store is damaged: everything in it can be made again
            discard(path)
            return _mended(workspace, slugs, options, path, report, keys)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """One build of a workspace at a time; the next one waits. Raises UsageError when it has waited long enough."""
    (root / ".sitegen").mkdir(exist_ok=True)
    lock = sqlite3.connect(root / ".sitegen" / "lock.sqlite", timeout=PATIENCE)
    try:
        lock.execute("begin exclusive")
    except sqlite3.OperationalError:
        raise UsageError(say("cli.busy")) from None
    else:
        yield
    finally:
        lock.close()


def _mended(
    workspace: Workspace,
    slugs: Sequence[str],
    options: Options,
    path: Path,
    report: Callable[[Message], None],
    keys: Agency | None,
) -> Outcome:
    """A build; a body that was damaged on the disk is forgotten and made again."""
    store, gone = Store(path), set[str]()
    try:
        while True:
            try:
                return _built(workspace, slugs, options, store, path, report, keys)
            except BodyLost as lost:
                if lost.digest in gone:  # it was made again, and is another one
                    raise
                gone.add(lost.digest)
                store.forget(lost.digest)
    finally:
        store.close()


def _built(
    workspace: Workspace,
    slugs: Sequence[str],
    options: Options,
    store: Store,
    path: Path,
    report: Callable[[Message], None],
    keys: Agency | None,
) -> Outcome:
    found = _portals(workspace, slugs, options, store, path, report)
    portals = [portal.manifest for portal in found if portal.manifest]
    failed = tuple(portal.slug for portal in found if portal.manifest is None)
    problems = (*workspace.problems, *(problem for portal in found for problem in portal.problems))
    drafts = (*_drafts(workspace, portals), *sealing.missing(workspace.root, portals, keys)) if options.strict else ()
    if options.strict and (drafts or pipeline.errors(problems)):
        held = tuple(problem.path.split("/")[1] for problem in drafts)
        return Outcome((), (*failed, *held), (*problems, *drafts), None, None)
    press = render.environment(workspace.theme)  # one for all that belongs to no client: it compiles each template once
    if failed and not portals:
        if not options.preview.exists():  # else its portfolio tells of them
            return Outcome((), failed, problems, None, None)
        told = _previewed(workspace, found, failed, options, store, press)
        told.remember()
        return Outcome((), failed, problems, None, told.written)
    report(say("cli.writing"))
    sealer = Sealer(workspace, keys, store, press)
    sealed = _sealed(workspace, found, options, store, sealer)
    published = _published(workspace, portals, failed, options, store, press, sealed)
    problems = (*problems, *sealed.problems)
    twins = {digest: options.output / address for address, digest in published.digests.items()}
    previewed = _previewed(workspace, found, failed, options, store, press, twins)
    for folder in (published, previewed):  # both, and only now: a second name changes the stamp of a file
        folder.remember()
    if options.client is None:
        digests = {entry.digest for manifest in portals for entry in manifest.entries}
        store.keep(digests.union(*(portal.keys for portal in found)))
        sealer.prune(sealed.files)
    steady = all(portal.steady for portal in found)
    names = tuple(manifest.name for manifest in portals)
    return Outcome(names, failed, problems, published.written, previewed.written, steady)


def standing(outcome: Outcome) -> Standing:
    """What the folders hold after a build, for one that finds nothing changed."""

    def held(written: write.Written) -> int:
        return len(written.written) + len(written.unchanged)

    published, previewed = outcome.published, outcome.previewed
    return Standing(
        outcome.failed,
        outcome.problems,
        held(published) if published else 0,
        held(previewed) if previewed else None,
    )


def _wanted(workspace: Workspace, client: str | None) -> tuple[str, ...]:
    if client is None:
        return workspace.slugs
    if client not in workspace.slugs:
        raise UsageError(say("cli.no_such_client", client=client, known=tuple(workspace.slugs)))
    return (client,)


def _refuse_sources(root: Path, options: Options) -> None:
    """The output may not be, hold or lie in a folder that something else lives in. Raises UsageError."""
    others = (*(root / name for name in ("data", "content", "themes", ".sitegen")), options.preview)
    output = options.output
    if any(output.is_relative_to(other) or other.is_relative_to(output) for other in others):
        raise UsageError(say("cli.output_taken", folder=str(output)))


def _portals(
    workspace: Workspace,
    slugs: Sequence[str],
    options: Options,
    store: Store,
    path: Path,
    report: Callable[[Message], None],
) -> list[Portal]:
    """The portals in the order of `slugs`: those that are remembered, then the others as they are finished."""
    workshop = Workshop(workspace, store, options.today, options.as_of)
    portals = {slug: portal for slug in slugs if (portal := workshop.remembered(slug))}
    stale = [slug for slug in slugs if slug not in portals]
    task = executors.Task(workspace.root, path, options.today, options.as_of)
    jobs = executors.processes(options.jobs, len(stale))
    for portal in executors.made(stale, task, workshop, jobs):
        portals[portal.slug] = portal
        report(say("cli.built", client=portal.slug))
    return [portals[slug] for slug in slugs]


def _drafts(workspace: Workspace, portals: Sequence[Manifest]) -> tuple[Problem, ...]:
    """Public portals that nobody has approved: a strict build promises that each of them is published."""
    found = []
    for portal in portals:
        if portal.summary and portal.summary.access == "public" and portal.summary.status == "draft":
            path = f"data/{portal.name}/client.yaml"
            document, _ = read.document(workspace.root, path)
            place = document.place(("status",)) if document else (0, 0)
            found.append(Problem(path, *place, say("cli.draft"), say("cli.draft_hint")))
    return tuple(found)


def _sealed(workspace: Workspace, found: Sequence[Portal], options: Options, store: Store, sealer: Sealer) -> Sealed:
    """The private portals and the portfolio as they are published."""
    body = _bodies(store, options.output, ())
    portals = [portal.manifest for portal in found if portal.manifest]
    sealed = sealer.portals(portals, body)
    if sealer.keys is None:
        return sealed
    summaries = [portal.summary for portal in portals if portal.summary and _is_published(portal)]
    addresses = {**{summary.slug: summary.addresses for summary in summaries}, **sealed.addresses}
    before = portfolio.last(write.last(options.preview))
    rows = portfolio.rows(workspace, portfolio.outcomes(found), addresses, before)
    pages = portfolio.pages(rows, workspace, ground(workspace), store, sealer.press)
    return sealed.with_(sealer.portfolio(pages, body))


def _published(
    workspace: Workspace,
    portals: Sequence[Manifest],
    failed: Sequence[str],
    options: Options,
    store: Store,
    press: render.Press,
    sealed: Sealed,
) -> _Folder:
    """The output folder: published and sealed portals, and of those that failed or were not asked for, the last good
    ones."""
    public = [portal for portal in portals if _is_published(portal)]
    secret = private.secret(workspace, store)
    kept = _kept(workspace, failed, options)
    rings = sealing.rings(workspace.root, kept & {*workspace.slugs})
    keep = (kept - secret.keys()) | {ring.id for ring in rings.values()}
    return _written(workspace, options.output, public, secret, keep, store, press, others=portals, sealed=sealed)


def _previewed(
    workspace: Workspace,
    found: Sequence[Portal],
    failed: Sequence[str],
    options: Options,
    store: Store,
    press: render.Press,
    twins: Mapping[str, Path] = MappingProxyType({}),
) -> _Folder:
    """The preview folder: every portal and the portfolio, for the agency's eyes."""
    portals = [portal.manifest for portal in found if portal.manifest]
    keep = _kept(workspace, failed, options)
    return _written(workspace, options.preview, portals, {}, keep, store, press, found, twins)


def _is_published(portal: Manifest) -> bool:
    return portal.summary is not None and private.published(portal.summary.access, portal.summary.status)


def _kept(workspace: Workspace, failed: Sequence[str], options: Options) -> frozenset[str]:
    """The clients whose last good portal stays: those that failed, and all others when one was asked for."""
    others = workspace.slugs if options.client else ()
    renamed = (name.casefold().replace("_", "-") for name in workspace.damaged)
    return frozenset({*failed, *others, *workspace.damaged, *renamed})


def _written(
    workspace: Workspace,
    folder: Path,
    portals: Sequence[Manifest],
    secret: Mapping[str, tuple[str, ...]],
    keep: frozenset[str],
    store: Store,
    press: render.Press,
    overview: Sequence[Portal] | None = None,
    twins: Mapping[str, Path] = MappingProxyType({}),
    others: Sequence[Manifest] = (),
    sealed: Sealed = NOTHING,
) -> _Folder:
    """One folder, whole: proofed as a site first, then written with its journal. A preview has an `overview` of what
    became of each client, and shares with the output, as `twins`, what both hold. `others` lie in another folder; they
    may be in this one `sealed`."""
    write.recover(folder)
    names, before = {portal.name for portal in (*portals, *sealed.manifests)}, write.last(folder)
    kept = [m for m in before if m.name in keep - names]
    present = sorted([*portals, *sealed.manifests, *kept], key=lambda manifest: manifest.name)
    summaries = [manifest.summary for manifest in present if manifest.summary]
    site, theme = workspace.site, workspace.theme
    preview, listed = overview is not None, bool(sealed.manifests)
    around = render.artifacts(summaries, workspace.articles, site, theme, press, preview=preview, overview=listed)
    shared, faults = _shared(around, store)
    if overview is not None:
        addresses = {summary.slug: summary.addresses for summary in summaries}
        rows = portfolio.rows(workspace, portfolio.outcomes(overview), addresses, portfolio.last(before))
        pages = portfolio.pages(rows, workspace, ground(workspace), store, press)
        shared = replace(shared, entries=(*shared.entries, *pages), report=codec.encode(rows))
    manifests = [*present, shared]
    body = _bodies(store, folder, kept, sealed.files)
    base = render.base_path(workspace.site)
    astray = proof.site(manifests, base) and proof.site(manifests, base, body)  # bodies only to tell the places
    elsewhere = [portal for portal in others if portal.name not in {manifest.name for manifest in present}]
    told = [*portals, *(m for m in kept if m.summary), *sealed.bare, shared]  # what is sealed tells nothing,
    told += [portal for portal in others if portal.name in sealed.addresses]  # but to its readers: as it was before
    faults = (*faults, *astray, *_leaks(told, elsewhere, body, private.watched(secret, workspace), store))
    if faults:
        raise ProblemsFound(faults)
    seen = Seen(workspace.root / ".sitegen" / f"seen-{sha256(str(folder).encode()).hexdigest()[:12]}.json", folder)
    kept_names = frozenset(manifest.name for manifest in kept)
    made = [*portals, *sealed.manifests, shared]
    twins = {**twins, **sealed.files}
    written = write.site(made, body, folder, kept_names, seen=seen.digests(), twins=twins)
    digests = {entry.address: entry.digest for manifest in made for entry in manifest.entries}
    return _Folder(written, seen, digests)


def _leaks(
    manifests: Sequence[Manifest],
    elsewhere: Sequence[Manifest],
    body: Callable[[str], bytes],
    watched: Mapping[str, tuple[str, ...]],
    store: Store,
) -> tuple[Problem, ...]:
    """What one client's files say of another. A portal that was found clean stays so until it, or what is looked for
    in it, changes; one that has nobody's canary in the output needs no second look in the preview."""
    looking = code("proof", "build/site.py")
    summaries = [m.summary for m in (*manifests, *elsewhere) if m.summary]
    tokens = codec.digest(sorted((told.slug, told.canary) for told in summaries))
    words = codec.digest([sorted((told.slug, told.name, told.access) for told in summaries), sorted(watched.items())])
    clean = {}
    for m in manifests:
        held = [f"{entry.address} {entry.digest}" for entry in m.entries]
        clean[m.name] = [key_of("clean", looking, sought, *held) for sought in (tokens, words)[: 1 + bool(watched)]]
    suspects = [name for name, keys in clean.items() if any(store.recall(key) is None for key in keys)]
    found = proof.canaries(manifests, body, watched, suspects, elsewhere, partial(gist, store=store))
    if not found:
        for key in (key for name in suspects for key in clean[name]):
            store.remember(key, b"")
    return found


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that was written, and the digests of what it holds by address, kept portals left out."""

    written: write.Written
    seen: Seen
    digests: Mapping[str, str]

    def remember(self) -> None:
        """Record how its files lie there."""
        self.seen.keep(self.digests)


def _shared(artifacts: Iterable[Artifact], store: Store) -> tuple[Manifest, tuple[Problem, ...]]:
    """What belongs to no client, as a manifest, and what is wrong with it."""
    found = [(artifact, *proof.examined(artifact, "", render.POLICY)) for artifact in artifacts]
    for artifact, _, _ in found:
        store.put(artifact.body)
    return Manifest(SHARED, tuple(entry for _, entry, _ in found)), tuple(p for *_, faults in found for p in faults)


def _bodies(
    store: Store, folder: Path, kept: Sequence[Manifest], sealed: Mapping[str, Path] = MappingProxyType({})
) -> Callable[[str], bytes]:
    """Bodies by digest: from the store, or from the files of a portal that is kept, or sealed."""
    files = {entry.digest: folder / entry.address for manifest in kept for entry in manifest.entries} | {**sealed}

    def body(digest: str) -> bytes:
        found = store.get(digest)
        if found is None and digest in files:
            found = files[digest].read_bytes()
        if found is None:
            raise BodyLost(digest)
        if sha256(found).hexdigest() != digest:
            if digest in sealed:  # it can be made again
                sealed[digest].unlink()
                raise BodyLost(digest)
            raise ProblemsFound([Problem(str(files[digest]), 0, 0, say("cli.body_lost"))])
        return found

    return body
