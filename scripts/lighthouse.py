"""A built site in, the four scores of Lighthouse out for each client's first page, and what cost points; mends nothing.

    python -m scripts.lighthouse [output]

The site is served as GitHub Pages serves it: compressed, to be kept for ten minutes. Needs Node and Chromium.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

VERSION = "13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
GATE = '<div class="gate" id="gate">'
TEXT = (".html", ".css", ".js", ".svg", ".txt", ".xml", ".csv")


class _Host(SimpleHTTPRequestHandler):
    """Serves files as a host does: text compressed, everything to be kept for ten minutes."""

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        if path.suffix not in TEXT or not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def first_pages(folder: Path) -> Iterator[str]:
    """The addresses of each client's first page in each language; the site's own home has no mark of a client.

    What no search engine may list (prints, frozen editions) has its score lowered for that, and is left out. Gates of
    sealed portals are looked at, without asking whether they can be found: they may not.
    """
    for page in sorted(folder.glob("*/index.html")) + sorted(folder.glob("*/*/index.html")):
        markup = page.read_text("utf-8")
        first = "data-canary" in markup and '<meta name="robots" content="noindex">' not in markup
        if first or GATE in markup:
            yield page.relative_to(folder).as_posix()


def report(url: str, *, listed: bool) -> dict[str, Any]:
    """Lighthouse’s report on a page as on a mid-range phone; one not to be `listed` is not asked if it can be."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.json"
        run = ["npx", "--yes", f"lighthouse@{VERSION}", url, "--quiet", "--output=json", f"--output-path={target}"]
        run += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS} --user-data-dir={folder}/profile"]
        run += [] if listed else ["--skip-audits=is-crawlable"]
        browser = shutil.which("chromium") or shutil.which("google-chrome") or ""
        subprocess.run(run, check=True, env=os.environ | {"CHROME_PATH": browser})
        found: dict[str, Any] = json.loads(target.read_text("utf-8"))
        return found


def costly(found: dict[str, Any]) -> Iterator[str]:
    """The audits that weigh in a score and did not pass."""
    for name in CATEGORIES:
        for reference in found["categories"][name]["auditRefs"]:
            audit = found["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                told = audit.get("displayValue") or audit.get("explanation") or ""
                yield f"{name}: {audit['title']} ({audit['score']:.2f}) {told}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, nargs="?", default=Path("output"))
    folder = parser.parse_args().site
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    perfect = True
    for address in first_pages(folder):
        listed = GATE not in (folder / address).read_text("utf-8")
        found = report(f"http://127.0.0.1:{server.server_port}/{address}", listed=listed)
        scores = [round(100 * found["categories"][name]["score"]) for name in CATEGORIES]
        perfect = perfect and min(scores) == 100
        print(address, " ".join(f"{name} {score}" for name, score in zip(CATEGORIES, scores, strict=True)))
        for line in costly(found):
            print(f"  {line}")
    server.shutdown()
    return 0 if perfect else 1


if __name__ == "__main__":
    sys.exit(main())
