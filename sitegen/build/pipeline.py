"""One client: files → edition → portal. No clock, no globals; what is slow to make is remembered in the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from sitegen import check, diagnose, draw, measure, plot, proof, read, render
from sitegen.build.store import Store
from sitegen.build.workspace import Workspace, packaged
from sitegen.errors import Problem, ProblemsFound, Severity
from sitegen.model import codec
from sitegen.model.authored import FrozenBaseline, Site
from sitegen.model.built import Artifact, Drawing, Figure, Manifest, PortalSummary, Theme
from sitegen.model.computed import Edition
from sitegen.model.facts import Dossier


def dossier(root: Path, slug: str, site: Site, theme: Theme | None = None) -> Dossier:
    """One client's files, read and checked, its colour against the `theme`.

    Raises ProblemsFound with every problem when one of them is an error.
    """
    sources = read.client(root, slug)
    found, problems = check.client(sources, site, theme.tokens if theme else None)
    if found is None:
        raise ProblemsFound(problems)
    return found


def edition(
    root: Path, slug: str, site: Site, today: date, as_of: date | None = None, theme: Theme | None = None
) -> tuple[Edition, tuple[Problem, ...]]:
    """One client's dated audit, and what its readers should know of its data.

    `as_of` asks for the state on that day. Raises ProblemsFound when the client's files have errors.
    """
    client = diagnose.without_internal_gains(dossier(root, slug, site, theme))
    day = _day(client, today, as_of)
    notices = (*client.problems, *measure.notices(client, day))
    rubric = read.rubric(packaged("rubric"))
    return diagnose.edition(client, measure.scorecard(client, day), notices, rubric), notices


def _day(client: Dossier, today: date, as_of: date | None) -> date:
    """The day of the report: the last one with data, as known today, or on the day asked for."""
    return measure.as_of(client, today if as_of is None else as_of + timedelta(client.latency_days))


def quality(client: Dossier, today: date) -> tuple[Problem, ...]:
    """What readers should know of a client's data on `today`: gaps, stopped files, broken counters."""
    return measure.notices(client, measure.as_of(client, today))


def baselines(client: Dossier, today: date, as_of: date | None = None) -> Mapping[str, FrozenBaseline]:
    """The starting values of a client's objectives as its files tell them now, frozen on `today`."""
    return measure.baselines(client, _day(client, today, as_of))


def portal(audit: Edition, workspace: Workspace, store: Store, engine: plot.Engine) -> tuple[Manifest, frozenset[str]]:
    """The pages of an edition, proofed and kept in the store, as a manifest; and the store's keys that it used.

    Raises ProblemsFound when a page has a fault: that is a defect of a theme or of an article, never published.
    """
    figures = draw.figures(audit)
    drawings, keys = _drawn(figures, store, engine)
    articles = [article for article in workspace.articles if not article.internal]
    jobs = render.plan(audit, figures, articles, workspace.site)
    press = render.environment(workspace.theme)
    pages = [render.page(job, press, drawings) for job in jobs]
    artifacts = (*pages, *render.files(audit, figures), *render.branding(audit, workspace.theme))
    faults = proof.portal(artifacts, audit.canary, render.POLICY)
    if faults:
        raise ProblemsFound(faults)
    return manifest(audit.slug, artifacts, store, render.summary(audit, jobs)), keys


def manifest(name: str, artifacts: Iterable[Artifact], store: Store, summary: PortalSummary | None = None) -> Manifest:
    """The artifacts as a list of digests; their bodies go to the store."""
    entries = []
    for artifact in artifacts:
        store.put(artifact.body)
        entries.append(proof.entry(artifact))
    return Manifest(name, tuple(entries), summary)


def _drawn(figures: Sequence[Figure], store: Store, engine: plot.Engine) -> tuple[dict[str, Drawing], frozenset[str]]:
    """Each figure's drawing, from the store when the same rows were drawn by the same template and engine before."""
    drawings, keys = {}, set()
    for figure in figures:
        spec = draw.template(figure.template)
        key = codec.digest(
            {"spec": codec.digest(spec), "data": figure.datasets, "params": figure.params, "engine": plot.VERSION}
        )
        keys.add(key)
        body = store.recall(key)
        if body is None:
            drawn = engine.svg(figure, spec)
            body = codec.encode(drawn).encode()
            store.remember(key, body)
        drawings[figure.id] = codec.decode(body.decode(), Drawing)
    return drawings, frozenset(keys)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only the problems that stop a client."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
