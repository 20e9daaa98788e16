"""Where the agency's passphrase comes from; light, since each build asks. It is kept and shown nowhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from sitegen.errors import UsageError
from sitegen.messages import say


def passphrase(root: Path, given: str | None, file: Path | None, ask: Callable[[], str] | None) -> str | None:
    """The agency's passphrase: of a file outside the workspace, else `given` by the environment, else asked for.

    Raises UsageError for a file inside the workspace or its git repository, or one that others may read.
    """
    if file is not None:
        path = file.resolve()
        home = next((place for place in (root, *root.parents) if (place / ".git").exists()), root)
        if path.is_relative_to(root) or path.is_relative_to(home):
            raise UsageError(say("keys.file_inside", path=str(file)))
        if not path.is_file():
            raise UsageError(say("keys.no_file", path=str(file)))
        if os.name == "posix" and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            raise UsageError(say("keys.file_open", path=str(file)))
        return path.read_text("utf-8", "replace").strip() or None
    return given or (ask() if ask else None)
