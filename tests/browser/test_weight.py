"""What a first visit to a client's first page transfers: bytes, as a host that compresses sends them."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
WITHOUT_FONTS, WITH_FONTS = 30_000, 100_000
PACKED = (".woff2", ".png", ".jpg", ".webp")  # compressed as they are


def transferred(browser: Any, origin: str, address: str, site: Path) -> dict[str, int]:
    """Every file that the browser asks for, with its bytes on the way."""
    page = browser.new_context(viewport=PHONE).new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).path.lstrip("/")))
    page.goto(f"{origin}/{address}", wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => null)")  # a slow machine asks for them late
    page.context.close()
    bodies = {name: (site / name).read_bytes() for name in asked}
    return {name: len(body if name.endswith(PACKED) else gzip.compress(body, 6)) for name, body in bodies.items()}


def test_a_first_visit_is_light(browser: Any, origin: str, pages: list[str], site: Path) -> None:
    prints = ("/imprimer/index.html", "/print/index.html")  # nobody begins there, and they hold all pages
    first = [page for page in pages if page.count("/") and page.endswith("/index.html") and not page.endswith(prints)]
    first.remove("en/index.html")
    assert len(first) >= 2
    for address in first:
        sizes = transferred(browser, origin, address, site)
        fonts = sum(size for name, size in sizes.items() if name.endswith(".woff2"))
        assert fonts > 0
        assert sum(sizes.values()) - fonts <= WITHOUT_FONTS, (address, sizes)
        assert sum(sizes.values()) <= WITH_FONTS, (address, sizes)
