"""A workspace in, its folders written out: published portals into the output, every portal into the preview.

A client that fails keeps its last good portal and the others are built; with `strict`, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from sitegen import plot, proof, read, render, write
from sitegen.build import pipeline, private
from sitegen.build.store import Store
from sitegen.build.workspace import Workspace
from sitegen.errors import Problem, ProblemsFound, Severity, UsageError
from sitegen.messages import Message, say
from sitegen.model.built import Manifest

SHARED = "·site"  # the manifest of what belongs to no client; no slug can be spelled so


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line may ask of a build."""

    today: date
    output: Path
    preview: Path
    client: str | None = None
    as_of: date | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a build: the clients built, those that failed, all problems, and what was written where."""

    built: tuple[str, ...]
    failed: tuple[str, ...]
    problems: tuple[Problem, ...]
    published: write.Written | None
    previewed: write.Written | None


def build(workspace: Workspace, options: Options, report: Callable[[Message], None]) -> Outcome:
    """Build the clients and write both folders. `report` is told of each client as it begins.

    Raises UsageError for an unknown client, ProblemsFound when the finished site as a whole has a fault.
    """
    slugs = _wanted(workspace, options.client)
    _refuse_sources(workspace.root, options)
    store = Store(workspace.root / ".sitegen" / "store.sqlite")
    try:
        portals, failed, problems, keys = _portals(workspace, slugs, options, store, report)
        drafts = _drafts(workspace, portals) if options.strict else ()
        if (options.strict and (drafts or pipeline.errors((*problems, *workspace.problems)))) or (
            failed and not portals
        ):
            held = tuple(problem.path.split("/")[1] for problem in drafts)
            return Outcome((), (*failed, *held), (*problems, *drafts), None, None)
        report(say("cli.writing"))
        published = _published(workspace, portals, failed, options, store)
        previewed = _previewed(workspace, portals, failed, options, store)
        if options.client is None:
            store.keep({entry.digest for manifest in portals for entry in manifest.entries}, keys)
        return Outcome(tuple(manifest.name for manifest in portals), failed, problems, published, previewed)
    finally:
        store.close()


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
    workspace: Workspace, slugs: Sequence[str], options: Options, store: Store, report: Callable[[Message], None]
) -> tuple[list[Manifest], tuple[str, ...], tuple[Problem, ...], set[str]]:
    engine = plot.Engine()
    portals, failed, problems, keys = [], [], list(workspace.problems), set[str]()
    for slug in slugs:
        report(say("cli.building", client=slug))
        try:
            audit, notices = pipeline.edition(
                workspace.root, slug, workspace.site, options.today, options.as_of, workspace.theme
            )
            portal, used = pipeline.portal(audit, workspace, store, engine)
        except ProblemsFound as found:
            problems += found.problems
            failed.append(slug)
            continue
        problems += notices
        portals.append(portal)
        keys |= used
    return portals, tuple(failed), tuple(problems), keys


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


def _published(
    workspace: Workspace, portals: Sequence[Manifest], failed: Sequence[str], options: Options, store: Store
) -> write.Written:
    """The output folder: published portals, and of those that failed or were not asked for, the last good ones."""
    public = [portal for portal in portals if _is_published(portal)]
    secret = private.secret(workspace)
    keep = _kept(workspace, failed, options) - secret.keys()
    return _written(workspace, options.output, public, secret, keep, store, preview=False)


def _previewed(
    workspace: Workspace, portals: Sequence[Manifest], failed: Sequence[str], options: Options, store: Store
) -> write.Written | None:
    """The preview folder, when a portal is not published: every portal, for the agency's eyes."""
    if all(map(_is_published, portals)) and not options.preview.exists():
        return None
    return _written(workspace, options.preview, portals, {}, _kept(workspace, failed, options), store, preview=True)


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
    *,
    preview: bool,
) -> write.Written:
    """One folder, whole: proofed as a site first, then written with its journal."""
    write.recover(folder)
    names = {portal.name for portal in portals}
    kept = [m for m in write.last(folder) if m.name in keep - names]
    present = sorted([*portals, *kept], key=lambda manifest: manifest.name)
    summaries = [manifest.summary for manifest in present if manifest.summary]
    press = render.environment(workspace.theme)
    around = render.artifacts(summaries, workspace.site, workspace.theme, press, preview=preview)
    faults = proof.portal(around, "", render.POLICY)
    shared = pipeline.manifest(SHARED, around, store)
    manifests = [*present, shared]
    body = _bodies(store, folder, kept)
    base = render.base_path(workspace.site)
    astray = proof.site(manifests, base) and proof.site(manifests, base, body)  # bodies only to tell the places
    faults = (*faults, *astray, *proof.canaries(manifests, body, private.watched(secret, workspace)))
    if faults:
        raise ProblemsFound(faults)
    return write.site([*portals, shared], body, folder, frozenset(manifest.name for manifest in kept))


def _bodies(store: Store, folder: Path, kept: Sequence[Manifest]) -> Callable[[str], bytes]:
    """Bodies by digest: from the store, or from the files of a portal that is kept."""
    files = {entry.digest: folder / entry.address for manifest in kept for entry in manifest.entries}

    def body(digest: str) -> bytes:
        found = store.get(digest)
        if found is None and digest in files:
            found = files[digest].read_bytes()
        if found is None or sha256(found).hexdigest() != digest:
            raise ProblemsFound(
                [Problem(str(files.get(digest, folder)), 0, 0, say("cli.body_lost"), severity=Severity.ERROR)]
            )
        return found

    return body
