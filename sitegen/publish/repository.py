"""A folder and a git command in, what git says out; never tells an address with its password."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import IO

from sitegen.errors import UsageError
from sitegen.messages import say

_ELSEWHERE = re.compile(r"(?!file:)(?:[a-z+]{2,}://|[\w.@-]{2,}:)")  # https://…, git@host:…; not C:\… nor /srv/…


def git(root: Path, *arguments: str, stdin: IO[bytes] | None = None) -> str:
    """What `git` prints. Raises UsageError with its own words when it refuses, or is not installed."""
    command = ["git", "-C", str(root), "--literal-pathspecs", *arguments]
    try:
        run = subprocess.run(command, stdin=stdin or subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise UsageError(say("publish.no_git")) from None
    if run.returncode:
        raise UsageError(say("publish.git_refused", told=discreet(run.stderr.decode("utf-8", "replace").strip())))
    return run.stdout.decode("utf-8", "replace").strip()


def discreet(text: str) -> str:
    """The text without what stands before the host in its addresses: `https://name:password@host` → `https://host`."""
    return re.sub(r"(?<=://)[^/\s]*@", "", text)


def is_kept(root: Path) -> bool:
    """Whether the workspace lies in a git repository."""
    return any((folder / ".git").exists() for folder in (root, *root.parents))


def homes(root: Path, folders: Collection[str]) -> Mapping[Path, Collection[str]]:
    """Repository → those of the folders (relative to `root`) that lie in it, relative to it. A folder may be a
    repository of its own, a part of one below the workspace's, or a link into one."""
    found: dict[Path, list[str]] = {}
    for folder in ((root / name).resolve() for name in folders):
        home = next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)
        if home is not None:
            found.setdefault(home, []).append(folder.relative_to(home).as_posix())
    return found


def leaves(root: Path) -> bool:
    """Whether the repository is also kept elsewhere, where others may read it."""
    addresses = (line.partition("\t")[2] for line in git(root, "remote", "-v").splitlines())
    return any(_ELSEWHERE.match(address) for address in addresses)


def tracks(root: Path, folders: Collection[str]) -> bool:
    """Whether a file below one of the folders (relative to `root`) is in the repository."""
    return bool(folders and git(root, "ls-files", "--", *sorted(folders)))


def commit_of(root: Path, reference: str) -> str | None:
    """The commit that a full reference (`refs/heads/…`) names, or None when there is no such reference."""
    lines = git(root, "for-each-ref", "--format=%(objectname) %(refname)", reference).splitlines()
    return next((line.partition(" ")[0] for line in lines if line.endswith(f" {reference}")), None)
