"""What the components' examples look like, and how a change to them is accepted.

    python -m tests.components.accept

renders them anew, tells every number and text that moved, and keeps the new ones in tests/golden/components/. Drawings
are left out: they have golden files of their own, in whole pages.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from scripts import gallery
from tests.golden.accept import files, report

GOLDEN = Path(__file__).parents[1] / "golden/components"
_DRAWING = re.compile(r"(<svg [^>]*>).*?(</svg>)", re.DOTALL)


def snapshots(shown: Iterable[gallery.Shown]) -> dict[str, bytes]:
    """One file for each component: every example in every language, each below a comment that names it."""
    return {
        f"{component}.html": "".join(
            f"<!-- {each.macro.name} · {each.example.name} · {each.language} -->\n{_undrawn(each.html)}"
            for each in group
        ).encode()
        for component, group in groupby(shown, key=lambda each: each.macro.component)
    }


def _undrawn(html: str) -> str:
    return _DRAWING.sub(r"\1\2", html)


def main() -> int:
    if os.environ.get("CI"):
        print("golden components are accepted by a person, not where changes are checked", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        new = snapshots(gallery.shown(gallery.opened(Path(folder))))
    for line in report(files(GOLDEN), new):
        print(line)
    shutil.rmtree(GOLDEN, ignore_errors=True)
    GOLDEN.mkdir(parents=True)
    for name, body in new.items():
        (GOLDEN / name).write_bytes(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
