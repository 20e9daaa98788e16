"""The print of a whole report, as a browser prints it."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from tests.browser.test_pages import opened

pytestmark = pytest.mark.browser
CLIENT = "atlas-jiu-jitsu"


@pytest.mark.parametrize(
    ("address", "words"),
    [("imprimer/index.html", ("Sommaire", "Tonalité")), ("en/print/index.html", ("Contents", "Vanity metric"))],
)
def test_a_browser_prints_the_whole_report(browser: Any, origin: str, address: str, words: tuple[str, str]) -> None:
    page = opened(browser, viewport={"width": 1280, "height": 900})
    page.goto(f"{origin}/{CLIENT}/{address}")
    body = page.pdf(prefer_css_page_size=True)
    read = pypdf.PdfReader(io.BytesIO(body))
    texts = [each.extract_text() for each in read.pages]
    assert "Atlas Jiu-Jitsu" in texts[0]
    assert words[0] in "".join(texts[:3])
    assert words[1] in "".join(texts[-8:])
    assert 20 < len(texts) < 120
    page.context.close()


def test_the_print_fits_a_phone_before_it_is_printed(browser: Any, origin: str) -> None:
    page = opened(browser, viewport={"width": 360, "height": 740})
    page.goto(f"{origin}/{CLIENT}/imprimer/index.html")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.context.close()
