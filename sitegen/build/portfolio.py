"""What became of each client in, the pages of the agency's portfolio out; for the preview folder only.

A client that failed keeps what was told of it when it was last good: the record of the preview folder holds that, and
so it lives as long as the portal that is kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from sitegen import diagnose, proof, read, render
from sitegen.build import pipeline
from sitegen.build.ground import Ground, words
from sitegen.build.store import Store, key_of
from sitegen.build.workshop import Portal
from sitegen.build.workspace import Workspace
from sitegen.errors import Problem, ProblemsFound
from sitegen.model import codec
from sitegen.model.built import Entry, Manifest, PageJob
from sitegen.model.portfolio import Row, Rows, Summary

Judgement: TypeAlias = tuple[Summary | None, tuple[Problem, ...]]


def last(manifests: Iterable[Manifest]) -> Mapping[str, Row]:
    """What the portfolio in a folder tells, by client; nothing where it tells nothing that can be read."""
    for report in (manifest.report for manifest in manifests if manifest.report):
        try:
            return {row.slug: row for row in codec.decode(report, Rows).rows}
        except (ValueError, KeyError, TypeError, AttributeError):  # another version of ours wrote it
            return {}
    return {}


def outcomes(portals: Iterable[Portal]) -> Mapping[str, Judgement]:
    """What became of the clients of a build: one whose pages failed is no better than one whose files did."""
    return {portal.slug: (portal.summary if portal.manifest else None, portal.problems) for portal in portals}


def rows(
    workspace: Workspace,
    outcomes: Mapping[str, Judgement],
    addresses: Mapping[str, Mapping[str, str]],
    before: Mapping[str, Row],
) -> Rows:
    """Every client of the workspace, what needs attention first.

    `outcomes` are those of the clients asked for, `before` what was told until now of all others; `addresses` are those
    of all portals that are there.
    """

    def row(slug: str) -> Row:
        told, known = before.get(slug), addresses.get(_kept_as(slug), {})
        if slug in workspace.damaged:
            problems = tuple(p for p in workspace.problems if p.path.split("/")[:2] == ["data", slug])
            return _failed(workspace, slug, problems, told, known)
        if slug not in outcomes:
            return replace(told, addresses=known) if told else Row(slug, _name(workspace, slug), "unbuilt")
        summary, problems = outcomes[slug]
        if summary is None:
            return _failed(workspace, slug, problems, told, known)
        return Row(slug, summary.name, "built", summary, (), known)

    found = (row(slug) for slug in (*workspace.slugs, *workspace.damaged))
    return Rows(tuple(sorted(found, key=diagnose.pressing)))


def _failed(
    workspace: Workspace, slug: str, problems: Iterable[Problem], told: Row | None, addresses: Mapping[str, str]
) -> Row:
    """A client that could not be built; its last good summary goes with its last good portal."""
    summary = told.summary if told and addresses else None
    return Row(slug, _name(workspace, slug), "failed", summary, pipeline.errors(problems), addresses)


def _kept_as(slug: str) -> str:
    """The name of the portal of a folder whose own name is none."""
    return slug.casefold().replace("_", "-")


def _name(workspace: Workspace, slug: str) -> str:
    """The client's name as far as its YAML can be read."""
    path = f"data/{slug}/client.yaml"
    document = read.document(workspace.root, path)[0] if (workspace.root / path).is_file() else None
    name = document.data.get("name") if document is not None and isinstance(document.data, dict) else None
    return name if isinstance(name, str) else slug


def pages(found: Rows, workspace: Workspace, ground: Ground, store: Store, press: render.Press) -> Sequence[Entry]:
    """The pages, made again only when what they tell, their layout or their words have changed.

    Raises ProblemsFound for a fault of a theme.
    """
    told = codec.digest(found)

    def key(job: PageJob) -> str:
        return key_of("portfolio", told, ground.rendering, ground.layouts[job.layout], words(job.language))

    return tuple(_page(job, key(job), store, press) for job in render.portfolio_jobs(found, workspace.site))


def _page(job: PageJob, key: str, store: Store, press: render.Press) -> Entry:
    body, entry = store.recall(key), store.recall_as(key_of(key, "entry"), Entry)
    if body is None or entry is None:
        artifact = render.shared_page(job, press)
        entry, faults = proof.examined(artifact, "", render.POLICY)
        if faults:
            raise ProblemsFound(faults)
        store.remember(key, artifact.body)
        store.remember_as(key_of(key, "entry"), entry)
    return entry
