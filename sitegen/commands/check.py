"""Every problem of a workspace, gathered; builds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sitegen import read
from sitegen.build import pipeline, private, sealing, workspace
from sitegen.errors import Problem, ProblemsFound, Severity, UsageError
from sitegen.messages import say
from sitegen.model.authored import Agency, Site
from sitegen.model.built import Theme
from sitegen.model.facts import Dossier

PLAIN = Site(agency=Agency(name="–"))  # what clients are checked by when config.yaml cannot be used …
SHARED = ("problems.no_exchange_rate", "problems.exchange_rate_too_late")  # … and what it cannot judge


def problems(root: Path, client: str | None, today: date) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """The problems of the site and of its clients (or of one), and the clients that were looked at."""
    try:
        opened = workspace.opened(root)
    except ProblemsFound as found:
        slugs = workspace.slugs(root)
        told = [problem for slug in slugs for problem in _client(root, slug, PLAIN, today)]
        return (*found.problems, *(each for each in told if each.message.key not in SHARED)), slugs
    if client is not None and client not in opened.slugs:
        raise UsageError(say("cli.no_such_client", client=client, known=opened.slugs))
    slugs = (client,) if client else opened.slugs
    told = [problem for slug in slugs for problem in _client(root, slug, opened.site, today, opened.theme)]
    names = (each for each in private.problems(opened) if client is None or each.path.split("/")[1] == client)
    return (*opened.problems, *told, *names, *sealing.problems(root)), slugs


def _client(root: Path, slug: str, site: Site, today: date, theme: Theme | None = None) -> tuple[Problem, ...]:
    try:
        dossier = pipeline.dossier(root, slug, site, theme)
    except ProblemsFound as found:
        return found.problems
    return (*dossier.problems, *pipeline.quality(dossier, today), *_unfrozen(dossier), *_damaged(dossier))


def _damaged(client: Dossier) -> Iterator[Problem]:
    """Frozen editions that are no longer what was frozen."""
    return (found for found in map(read.edition, client.frozen) if isinstance(found, Problem))


def _unfrozen(client: Dossier) -> Iterator[Problem]:
    """Objectives whose starting value is computed anew at each build, so that a restated export would move them."""
    path = f"data/{client.slug}/client.yaml"
    loose = [
        objective.id or objective.kpi
        for objective in client.client.objectives
        if objective.baseline is None and (objective.id or objective.kpi) not in client.baselines
    ]
    if loose:
        message = say("cli.not_frozen", objectives=tuple(loose))
        yield Problem(path, 0, 0, message, say("cli.not_frozen_hint", client=client.slug), Severity.INFO)
