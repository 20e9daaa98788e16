"""Every page of the demo as a reader's browser shows it: on a phone, in the dark, printed, without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
DRAWN = """figures => figures.map(figure => [...figure.querySelectorAll("svg")].filter(svg => {
  const {width, height} = svg.getBoundingClientRect();
  return width > 0 && height > 0 && getComputedStyle(svg).visibility === "visible";
}).map(svg => svg.querySelectorAll("path, rect, line, circle").length))"""  # the marks of each drawing that is shown
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def opened(browser: Any, **settings: Any) -> Any:
    context = browser.new_context(**settings)
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: page.faults.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    return page


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_complains_asks_elsewhere_or_scrolls_sideways(
    browser: Any, origin: str, pages: list[str], viewport: dict[str, int]
) -> None:
    page = opened(browser, viewport=viewport)
    wide = []
    for address in pages:
        page.goto(f"{origin}/{address}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            wide.append((address, over))
    page.context.close()
    assert page.faults == []
    assert [url for url in page.asked if not url.startswith(origin)] == []
    assert wide == []


def test_a_page_needs_no_javascript(browser: Any, origin: str, pages: list[str]) -> None:
    page = opened(browser, java_script_enabled=False, viewport=DESK)
    for address in pages:
        page.goto(f"{origin}/{address}")
        assert page.locator("h1").is_visible(), address
        scripts = page.locator("script").evaluate_all("all => all.map(script => script.src)")
        known = {f"{origin}/assets/js/{name}.js" for name in ("tips", "search")}
        assert {script for script in scripts if "/search/" not in script} <= known, address
    page.context.close()


def test_each_figure_shows_one_drawing_and_it_has_marks(browser: Any, origin: str, pages: list[str]) -> None:
    for viewport in (PHONE, DESK):
        page = opened(browser, viewport=viewport)
        seen = 0
        for address in pages:
            page.goto(f"{origin}/{address}")
            for marks in page.locator("figure").evaluate_all(DRAWN):
                assert len(marks) == 1, address
                assert marks[0] > 2, address
                seen += 1
        page.context.close()
        assert seen > 10


def test_the_keyboard_reaches_the_content_first_and_then_every_page(browser: Any, origin: str) -> None:
    page = opened(browser, viewport=DESK)
    page.goto(f"{origin}/atlas-jiu-jitsu/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.goto(f"{origin}/atlas-jiu-jitsu/index.html")
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
    page.context.close()
    assert {"en/index.html", "objectifs-et-roi.html", "conseils.html", "donnees-et-methode.html"} <= reached


def test_the_language_switch_stays_on_the_page(browser: Any, origin: str) -> None:
    page = opened(browser, viewport=DESK)
    page.goto(f"{origin}/atlas-jiu-jitsu/objectifs-et-roi.html")
    page.click(".languages a")
    assert page.url == f"{origin}/atlas-jiu-jitsu/en/objectives-and-roi.html"
    assert page.evaluate("document.documentElement.lang") == "en"
    page.context.close()


def test_the_dark_scheme_turns_the_paper_and_the_charts(browser: Any, origin: str) -> None:
    def seen(scheme: str) -> tuple[str, str]:
        page = opened(browser, color_scheme=scheme, viewport=DESK)
        page.goto(f"{origin}/atlas-jiu-jitsu/index.html")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        mark = page.evaluate(
            "(e => getComputedStyle(e).stroke + getComputedStyle(e).fill)"
            "(document.querySelector('figure svg [stroke*=chart-1], figure svg [fill*=chart-1]'))"
        )
        page.context.close()
        return ground, mark

    (light, light_mark), (dark, dark_mark) = seen("light"), seen("dark")
    assert light != dark
    assert light_mark != dark_mark


def test_a_page_prints_on_paper(browser: Any, origin: str, tmp_path: Path) -> None:
    page = opened(browser, viewport=DESK)
    page.goto(f"{origin}/atlas-jiu-jitsu/index.html")
    page.emulate_media(media="print")
    assert not page.locator(".tabs").is_visible()
    assert all(
        len([svg for svg in f.locator("svg").all() if svg.is_visible()]) == 1 for f in page.locator("figure").all()
    )
    page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    page.context.close()
    assert (tmp_path / "page.pdf").stat().st_size > 20_000


def test_a_portal_opens_from_a_folder(browser: Any, site: Path) -> None:
    page = opened(browser, viewport=DESK)
    page.goto((site / "index.html").as_uri())
    page.click("main a >> nth=0")
    page.click(".tabs a >> nth=1")
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Public Sans"')
    page.context.close()
    assert page.faults == []
