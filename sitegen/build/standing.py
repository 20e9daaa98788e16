"""A workspace's folders in, what its last build came to out, if nothing was touched since; builds nothing.

Only stamps are looked at, never contents: a build that finds everything as it was reads no file and loads no library.
"""

from __future__ import annotations

import json
import sys
import sysconfig
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sitegen
from sitegen.build.options import Options
from sitegen.build.stamps import TICK, Look, everything, look, now, stamped
from sitegen.errors import Problem
from sitegen.model import codec

PACKAGE = Path(sitegen.__file__).parent
INPUTS = ("config.yaml", "keys.json", "keys.steps.json", "content", "themes", "data")
GLANCES = 3
RECORD = Path(".sitegen") / "standing.json"
WRITTEN = Path(".sitegen") / "standing.txt"  # the paths of all that lies in the folders written, NUL between them


@dataclass(frozen=True, slots=True)
class Standing:
    """What a build came to: the clients that failed, all problems, and how many files lie in each folder."""

    failed: tuple[str, ...]
    problems: tuple[Problem, ...]
    published: int
    previewed: int | None


@dataclass(frozen=True, slots=True)
class _Record:
    """A Standing, and all that it holds for. `steady`: for every later day too."""

    inputs: str
    outputs: str | None
    asked: str
    day: date
    steady: bool
    standing: Standing


def inputs(root: Path) -> Look | None:
    """All that a build reads, at one glance; None while files are so young that they may be written again unseen."""
    libraries = [Path(sysconfig.get_paths()[name]) for name in ("purelib", "platlib")]
    for _ in range(GLANCES):
        found = look((*(root / name for name in INPUTS), *_ours(), *libraries), shallow=libraries)
        if found.youngest < now(root / ".sitegen") - TICK:
            return found
        time.sleep(2 * TICK / 1e9)
    return None


def recall(root: Path, options: Options) -> Standing | None:
    """What the last build came to, when the next one would come to the same and write nothing."""
    try:
        record = codec.decode((root / RECORD).read_text("utf-8"), _Record)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if record.asked != _asked(options) or not (
        record.day == options.today or (record.steady and record.day < options.today)
    ):
        return None
    seen = inputs(root)
    if seen is None or seen.digest != record.inputs:
        return None
    outputs = _outputs(root)
    if outputs is None or outputs != record.outputs:
        return None
    return record.standing


def remember(root: Path, options: Options, before: Look | None, standing: Standing, *, steady: bool) -> None:
    """Keep what a build came to, unless something was touched since `before`, when it began."""
    after = inputs(root)
    if before is None or after is None or before.digest != after.digest:
        (root / RECORD).unlink(missing_ok=True)
        return
    written = "\0".join(everything((options.output, options.preview)))
    (root / WRITTEN).write_bytes(written.encode(errors="surrogateescape"))
    record = _Record(after.digest, _outputs(root), _asked(options), options.today, steady, standing)
    (root / RECORD).write_text(codec.encode(record), "utf-8")


def _ours() -> Sequence[Path]:
    """The package and what it carries; in a checkout that lies beside it."""
    beside = [PACKAGE.parent / name for name in ("themes", "content", "rubric")]
    return (PACKAGE, *(path for path in beside if not (PACKAGE / path.name).is_dir()))


def _outputs(root: Path) -> str | None:
    """The stamps of all that was written; None when it is not known what that was."""
    try:
        told = (root / WRITTEN).read_bytes().decode(errors="surrogateescape")
    except (OSError, ValueError):
        return None
    return stamped(told.split("\0"))


def _asked(options: Options) -> str:
    return json.dumps(
        [
            str(options.output),
            str(options.client),
            str(options.as_of),
            options.strict,
            bool(options.passphrase),
            sys.version,
        ]
    )
