"""Take a picture of every page of a built site, to be looked at: `python scripts/screenshots.py output shots`.

Phone and desk width, light and dark. Needs Chromium and the development requirements.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTHS = {"desk": (1280, 900), "phone": (360, 740)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("shots", type=Path)
    parser.add_argument("--only", default="", help="pages whose address contains this")
    asked = parser.parse_args()
    asked.shots.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for width, (x, y) in WIDTHS.items():
            for scheme in ("light", "dark"):
                page = browser.new_context(viewport={"width": x, "height": y}, color_scheme=scheme).new_page()
                for file in sorted(asked.site.rglob("*.html")):
                    address = file.relative_to(asked.site).as_posix()
                    if asked.only in address:
                        page.goto(file.resolve().as_uri())
                        name = address.removesuffix(".html").replace("/", "_")
                        page.screenshot(path=asked.shots / f"{name}-{width}-{scheme}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
