"""A workspace and what its last build left in, every reason not to publish it out; publishes nothing.

Nothing here asks the network: who can read the repository is what `config.yaml` says of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from sitegen import read, write
from sitegen.build import standing
from sitegen.build.options import Options
from sitegen.build.private import published
from sitegen.build.standing import Standing
from sitegen.errors import OutputRefused, Problem, Severity
from sitegen.messages import say
from sitegen.model.authored import Site
from sitegen.publish import repository, sealing

CONFIG = "config.yaml"
BUILT = ("preview", ".sitegen")  # what a build makes of private clients, and nobody should keep in git


@dataclass(frozen=True, slots=True)
class _Described:
    """A folder of `data/` as its YAML tells it, and where it tells the status. What cannot be read is private."""

    path: str
    access: str
    status: str
    place: tuple[int, int]

    @property
    def slug(self) -> str:
        return self.path.split("/")[1]

    @property
    def sealed(self) -> bool:
        """Whether it leaves the agency sealed, where it has keys."""
        return (self.access, self.status) == ("private", "approved")


def refusals(root: Path, site: Site, options: Options) -> tuple[Problem, ...]:
    """All reasons at once; none when `options.output` may be published."""
    clients = _described(root)
    return (
        *_unbuilt(root, options),
        *_astray(root, options.output),
        *sealing.refusals(root, options.output, [client.slug for client in clients if client.sealed]),
        *_drafts(clients),
        *_exposed(root, site, clients),
        *_elsewhere(root, site),
    )


def _described(root: Path) -> tuple[_Described, ...]:
    folders = sorted(
        folder.name for folder in (root / "data").glob("*") if folder.is_dir() and not folder.name.startswith(".")
    )
    return tuple(_client(root, f"data/{name}/client.yaml") for name in folders)


def _client(root: Path, path: str) -> _Described:
    document = read.document(root, path)[0] if (root / path).is_file() else None
    data = document.data if document is not None and isinstance(document.data, dict) else {}
    place = document.place(("status",)) if document is not None else (0, 0)
    return _Described(path, data.get("access", "private"), data.get("status", "approved"), place)


def _unbuilt(root: Path, options: Options) -> Iterator[Problem]:
    """No output, one that is not of the files as they are now, or one of a build that had errors."""
    name = options.output.name
    hint = say("publish.build_hint")
    if not (options.output / write.STATE).is_file():
        yield Problem(name, 0, 0, say("publish.no_output"), hint)
        return
    known = _last_build(root, options)
    if known is None:
        yield Problem(name, 0, 0, say("publish.not_last_build"), hint)
        return
    yield from (problem for problem in known.problems if problem.severity is Severity.ERROR)
    yield from (Problem(f"data/{slug}", 0, 0, say("publish.failed"), hint) for slug in known.failed)


def _last_build(root: Path, options: Options) -> Standing | None:
    """What the last build of the whole workspace came to, strict or not, when nothing was touched since."""
    asked = [(strict, secret) for strict in (True, False) for secret in ("given", None)]  # which one is not known here
    found = (standing.recall(root, replace(options, strict=strict, passphrase=secret)) for strict, secret in asked)
    return next((known for known in found if known is not None), None)


def _astray(root: Path, output: Path) -> Iterator[Problem]:
    """Portals in the output that are not for everybody: the build writes none, so this is a second lock."""
    try:
        manifests = write.last(output)
    except OutputRefused as refused:
        yield Problem(output.name, 0, 0, refused.message)
        return
    for manifest in manifests:
        if manifest.report:
            yield Problem(output.name, 0, 0, say("publish.portfolio_in_output"), say("publish.build_hint"))
        if manifest.summary and not published(manifest.summary.access, manifest.summary.status):
            folder = (output / manifest.name).relative_to(root).as_posix()
            yield Problem(folder, 0, 0, say("publish.private_in_output"), say("publish.build_hint"))


def _drafts(clients: Sequence[_Described]) -> Iterator[Problem]:
    for client in clients:
        if (client.access, client.status) == ("public", "draft"):
            yield Problem(client.path, *client.place, say("cli.draft"), say("publish.draft_hint"))


def _exposed(root: Path, site: Site, clients: Sequence[_Described]) -> Iterator[Problem]:
    """The files of private clients in a repository that everybody can read, or of which nobody told who can: that of
    the workspace, or one that only `data/` or a client lies in."""
    hidden = [client.path.rpartition("/")[0] for client in clients if client.access != "public"]
    if not hidden or site.publish.repository == "private":
        return
    kept = repository.homes(root, (*hidden, *BUILT))
    exposing = [home for home, folders in kept.items() if repository.tracks(home, folders)]
    if not exposing:
        return
    place = _place(root, "repository")
    if site.publish.repository == "public":
        hint = say("publish.repository_public_hint")
        yield Problem(CONFIG, *place, say("publish.repository_public", count=len(hidden)), hint)
    elif any(map(repository.leaves, exposing)):
        hint = say("publish.repository_untold_hint")
        yield Problem(CONFIG, *place, say("publish.repository_untold", count=len(hidden)), hint)


def _elsewhere(root: Path, site: Site) -> Iterator[Problem]:
    """A domain that is not the one of `base_url`: the sitemap and the page for lost visitors would lead elsewhere."""
    cname = site.publish.cname
    if cname and urlsplit(site.base_url or "").hostname != cname:
        hint = say("publish.other_domain_hint", cname=cname)
        yield Problem(CONFIG, *_place(root, "cname"), say("publish.other_domain", cname=cname), hint)


def _place(root: Path, key: str) -> tuple[int, int]:
    """Line and column of a key below `publish:`, else of the whole file."""
    document, _ = read.document(root, CONFIG)
    known = document is not None and ("publish", key) in document.values
    return document.place(("publish", key)) if document is not None and known else (0, 0)
