"""A folder of real exports in, the portal of the real shop out; skips, and says so, where the folder is absent.

    python scripts/site_real.py [--exports ../shared/exports]

The workspace is made anew in build/real-shop, which git ignores: the files of examples/real-shop, and a link to each
export that its client.yaml names.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples/real-shop"
WORKSPACE = ROOT / "build/real-shop"
CLIENT = Path("data/real-shop")


def workspace(exports: Path) -> None:
    """The example with links to its exports, in build/real-shop. Only the inputs are replaced, never a built site."""
    shutil.rmtree(WORKSPACE / CLIENT, ignore_errors=True)
    shutil.copytree(EXAMPLE, WORKSPACE, dirs_exist_ok=True)
    for name in re.findall(r"file: exports/(\S+)", (EXAMPLE / CLIENT / "client.yaml").read_text(encoding="utf-8")):
        link = WORKSPACE / CLIENT / "exports" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(exports / name)


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the portal of the real shop.")
    parser.add_argument(
        "--exports", type=Path, default=ROOT.parent / "shared/exports", help="folder of the real exports"
    )
    exports = parser.parse_args().exports.resolve()
    if not exports.is_dir():
        print(f"skipped: there is no folder {exports}")
        return 0
    workspace(exports)
    build = [sys.executable, "-m", "sitegen", "build", "--root", str(WORKSPACE)]
    return subprocess.run(build, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
