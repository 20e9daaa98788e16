"""A workspace that was built and a place in, the published site out; builds nothing and decides nothing by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sitegen import publish
from sitegen.build import workspace
from sitegen.build.options import Options
from sitegen.errors import Problem, UsageError
from sitegen.messages import Message, say
from sitegen.model.authored import Site
from sitegen.publish import branch as branches

SOURCES = ("data", "content", "themes", ".sitegen", "output", "preview")


def refusals(root: Path, today: date, branch: str | None = None, remote: str = "origin") -> tuple[Problem, ...]:
    """Every reason not to publish, to a `branch` where one is given. Raises ProblemsFound when config.yaml cannot be
    used."""
    options = Options(today, (root / "output").resolve(), root / "preview")
    found = publish.refusals(root, _site(root), options)
    return (*found, *publish.history(root, branch, remote)) if branch else found


def to_folder(root: Path, folder: Path, shown: str) -> tuple[Message, ...]:
    """Publish to a folder, told as `shown`. Raises UsageError for one of the workspace's own."""
    if any(folder.is_relative_to(root / name) or (root / name).is_relative_to(folder) for name in SOURCES):
        raise UsageError(say("publish.inside", folder=shown))
    copied = publish.copy(_payload(root), folder)
    count, removed, unchanged = (len(each) for each in (copied.written, copied.removed, copied.unchanged))
    return (say("publish.copied", folder=shown, count=count, removed=removed, unchanged=unchanged),)


def to_branch(root: Path, branch: str, remote: str, *, push: bool) -> tuple[Message, ...]:
    """Commit to a branch, and send it to `remote` when asked to."""
    made = publish.commit(root, _payload(root), branch, remote)
    told = say("publish.committed" if made.new else "publish.nothing_new", branch=branch, commit=made.commit[:10])
    if not push:
        return told, say("publish.not_pushed", remote=remote, branch=branch)
    branches.push(root, branch, remote)
    return told, say("publish.pushed", remote=remote, branch=branch)


def _payload(root: Path) -> publish.Payload:
    return publish.payload((root / "output").resolve(), _site(root).publish.cname)


def _site(root: Path) -> Site:
    return workspace.opened(root).site
