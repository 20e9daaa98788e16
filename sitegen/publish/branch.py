"""A payload in, one commit on a branch out; touches neither the work tree nor the index, nor a branch of other origin.

`git fast-import` takes the bytes as they are: no filter of the repository's, such as one of line ends, alters them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from sitegen.errors import UsageError
from sitegen.messages import say
from sitegen.publish.payload import Payload
from sitegen.publish.repository import commit_of, git, is_kept

SUBJECT = "sitegen: publish"  # how a commit of ours begins: tells a branch that we may write to
DRAFT = "refs/sitegen/publish"  # the commit in the making
NOTHING = "0" * 40  # what git calls a reference that does not exist yet


@dataclass(frozen=True, slots=True)
class Committed:
    """The commit at the tip of the branch, and whether it is new: the same files make none."""

    commit: str
    new: bool


def commit(root: Path, payload: Payload, branch: str, remote: str) -> Committed:
    """Commit the payload to `branch`, on top of what was published there before, here or at `remote`.

    Raises UsageError when there is no repository, for a branch that is checked out, and for one that holds other work.
    """
    if not is_kept(root):
        raise UsageError(say("publish.no_repository"))
    reference = f"refs/heads/{branch}"
    git(root, "check-ref-format", reference)
    git(root, "check-ref-format", "--branch", branch)  # stricter of how a name begins, but takes `@{-1}` for one
    local = commit_of(root, reference)
    parent = local or commit_of(root, f"refs/remotes/{remote}/{branch}")
    _refuse_others(root, branch, parent)
    made = _made(root, payload, parent)
    new = parent is None or _tree(root, made) != _tree(root, parent)
    tip = made if new else str(parent)
    if tip != local:
        git(root, "update-ref", "-m", SUBJECT, reference, tip, local or NOTHING)
    git(root, "update-ref", "-d", DRAFT)
    return Committed(tip, new)


def push(root: Path, branch: str, remote: str) -> None:
    """Send the branch to `remote`, never by force."""
    git(root, "push", "--quiet", "--", remote, f"refs/heads/{branch}:refs/heads/{branch}")


def _refuse_others(root: Path, branch: str, parent: str | None) -> None:
    checked_out = git(root, "worktree", "list", "--porcelain").splitlines()
    if f"branch refs/heads/{branch}" in checked_out:
        raise UsageError(say("publish.branch_checked_out", branch=branch))
    if parent and not git(root, "log", "-1", "--format=%s", parent).startswith(SUBJECT):
        raise UsageError(say("publish.branch_of_others", branch=branch))


def _made(root: Path, payload: Payload, parent: str | None) -> str:
    """The new commit, held by the draft reference only."""
    who = git(root, "var", "GIT_COMMITTER_IDENT")  # name, address and moment, as git would write them
    git(root, "update-ref", "-d", DRAFT)
    with TemporaryFile() as stream:
        for part in _stream(payload, who, parent):
            stream.write(part)
        stream.seek(0)
        git(root, "fast-import", "--quiet", stdin=stream)
    return str(commit_of(root, DRAFT))


def _stream(payload: Payload, who: str, parent: str | None) -> Iterator[bytes]:
    """The language of `git fast-import`: the bodies, then a commit that holds them and nothing else."""
    for number, (_, body) in enumerate(payload, 1):
        yield b"blob\nmark :%d\ndata %d\n%b\n" % (number, len(body), body)
    subject = f"{SUBJECT} {payload.as_of}".strip().encode()
    yield b"commit %b\ncommitter %b\ndata %d\n%b\n" % (DRAFT.encode(), who.encode(), len(subject), subject)
    if parent:
        yield b"from %b\n" % parent.encode()
    yield b"deleteall\n"
    for number, address in enumerate(payload.addresses, 1):
        yield b"M 100644 :%d %b\n" % (number, address.encode())


def _tree(root: Path, commit: str) -> str:
    return git(root, "rev-parse", f"{commit}^{{tree}}")
