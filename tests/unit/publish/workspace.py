"""A workspace in, built as the command does and remembered, or put into a git repository."""

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

from sitegen.build import site, standing, workspace
from sitegen.build.options import Options

TODAY = datetime.now(UTC).date()
WHO = ("-c", "user.name=Essai", "-c", "user.email=essai@example.org")


def rewritten(root: Path, path: str, old: str, new: str) -> None:
    """Replace a word in a file of the workspace."""
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def options(root: Path, *, strict: bool = True, today: date = TODAY) -> Options:
    return Options(today, root / "output", root / "preview", strict=strict)


def built(root: Path, *, strict: bool = True) -> site.Outcome:
    """Build as the command does, and remember it."""
    asked = options(root, strict=strict)
    before = standing.inputs(root)
    while before is None:  # files of this very moment
        before = standing.inputs(root)
    outcome = site.build(workspace.opened(root), asked, lambda _: None)
    if outcome.published is not None:
        standing.remember(root, asked, before, site.standing(outcome), steady=outcome.steady)
    return outcome


def git(root: Path, *arguments: str) -> str:
    run = subprocess.run(["git", "-C", str(root), *WHO, *arguments], check=True, capture_output=True, text=True)
    return run.stdout.strip()


def versioned(root: Path) -> None:
    """The workspace in a git repository of its own, with a name for its commits."""
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "config", "user.name", "Essai")
    git(root, "config", "user.email", "essai@example.org")
    (root / ".gitignore").write_text(".sitegen/\noutput/\npreview/\n", "utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "workspace")
