"""The preview in a browser: a page follows its files where the reader stands, within the policy of every page."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from .conftest import ROOT
from .test_pages import DESK, opened

pytestmark = pytest.mark.browser
CLIENT, PAGE = "data/atlas/client.yaml", "atlas/objectifs-et-roi.html"
STYLE = "themes/own/assets/css/own.css"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(ROOT / "tests/sites/minimal", tmp_path / "Agence d’été"))
    write(root, "config.yaml", lambda text: text + "theme: own\n")
    write(root, "themes/own/theme.yaml", lambda _: "name: own\nextends: default\n")
    write(root, STYLE, lambda _: "")
    return root


@pytest.fixture
def origin(root: Path) -> Iterator[str]:
    from sitegen.preview import serve
    from sitegen.preview.live import Session
    from sitegen.preview.watch import Watch

    session = Session(root, date(2026, 11, 20))
    desk = serve.Desk(session, root, lambda message: None)
    watch, server = Watch(root, desk.changed), serve.opened("127.0.0.1", 4300, desk)
    watch.start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.origin
    watch.stop()
    server.shutdown()
    server.server_close()
    session.close()


@pytest.fixture
def page(browser: Any, origin: str) -> Iterator[Any]:
    page = opened(browser, viewport=DESK)
    page.goto(f"{origin}/{PAGE}")
    listening(page)
    yield page
    page.context.close()
    assert page.faults == []


def listening(page: Any) -> None:
    """Wait until a tab of the page's browser leads, and so hears."""
    page.wait_for_function(
        "async () => (await navigator.locks.query()).held.some(lock => lock.name === 'sitegen')"
        " && performance.getEntriesByType('resource').some(each => each.name.includes('/__sitegen/state'))"
    )
    page.wait_for_timeout(200)


def write(root: Path, path: str, change: Callable[[str], str]) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(change(file.read_text("utf-8") if file.exists() else ""), "utf-8")


def test_a_changed_number_is_shown_where_the_reader_stands(page: Any, root: Path) -> None:
    page.evaluate("document.querySelector('details').open = true; scrollTo(0, 700)")
    before = page.evaluate("scrollY")
    assert before > 300
    assert "+83" not in page.locator("main").inner_text()
    write(root, CLIENT, lambda text: text.replace("target: +50%", "target: +83%"))
    page.wait_for_function("() => document.querySelector('main').innerText.includes('+83')")
    page.wait_for_load_state()
    page.wait_for_function(f"() => Math.abs(scrollY - {before}) < 3")
    assert page.evaluate("document.querySelector('details').open")


def test_a_mistake_is_shown_with_its_file_and_line_until_it_is_mended(page: Any, root: Path) -> None:
    text = (root / CLIENT).read_text("utf-8")
    heading = page.locator("h1").inner_text()
    write(root, CLIENT, lambda text: text.replace("margin:", "margn:"))
    overlay = page.get_by_role("alert")
    overlay.wait_for()
    line = text[: text.index("margin:")].count("\n") + 1
    assert f"{CLIENT}:{line}:1" in overlay.inner_text()
    assert "margin" in overlay.locator(".sitegen-overlay__hint").first.inner_text()
    marked = overlay.locator(".sitegen-overlay__line--here").first
    assert marked.inner_text().startswith(f"{line}")
    assert "margn" in marked.inner_text()
    assert marked.evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(91, 42, 34)"
    assert page.locator("h1").inner_text() == heading
    page.evaluate("window.kept = true")
    write(root, CLIENT, lambda _: text)
    overlay.wait_for(state="detached")
    assert page.evaluate("window.kept")


def test_a_style_sheet_changes_without_a_reload(page: Any, root: Path) -> None:
    page.evaluate("window.kept = true")
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        write(root, STYLE, lambda _, colour=colour: f"h1 {{ color: {colour}; }}\n")
        page.wait_for_function(f"() => getComputedStyle(document.querySelector('h1')).color === '{colour}'")
    assert page.evaluate("window.kept")
    page.wait_for_function("() => document.querySelectorAll('link[href*=\"site.css\"]').length === 1")


def test_eight_tabs_all_follow_also_when_the_first_one_is_closed(page: Any, origin: str, root: Path) -> None:
    tabs = [page.context.new_page() for _ in range(7)]
    for tab in tabs:
        tab.goto(f"{origin}/{PAGE}")
    listening(tabs[-1])
    write(root, CLIENT, lambda text: text.replace("Jiu-Jitsu", "Judo"))
    for tab in (page, *tabs):
        tab.wait_for_function("() => document.title.includes('Judo')")
    page.close()
    tabs[-1].wait_for_timeout(1000)
    write(root, CLIENT, lambda text: text.replace("Judo", "Aikido"))
    for tab in tabs:
        tab.wait_for_function("() => document.title.includes('Aikido')")


def test_a_client_that_is_renamed_is_missing_until_it_is_back(page: Any, root: Path) -> None:
    title = page.title()
    page.faults.clear()
    (root / "data/atlas").rename(root / "data/hercules")
    page.wait_for_function(f"() => document.title !== {title!r}")
    (root / "data/hercules").rename(root / "data/atlas")
    page.wait_for_function(f"() => document.title === {title!r}")
    assert [fault for fault in page.faults if "404" not in fault] == []
    page.faults.clear()


def test_the_portfolio_follows_its_clients_and_keeps_what_it_is_filtered_by(page: Any, origin: str, root: Path) -> None:
    page.goto(f"{origin}/portefeuille.html")
    listening(page)
    page.get_by_label("Nom du client").fill("atlas")
    write(root, CLIENT, lambda text: text.replace("Jiu-Jitsu", "Judo"))
    page.wait_for_function("() => document.querySelector('main').innerText.includes('Atlas Judo')")
    assert page.get_by_label("Nom du client").input_value() == "atlas"
    write(root, CLIENT, lambda text: text.replace("margin:", "margn:"))
    page.wait_for_function("() => document.querySelector('main').innerText.includes('Non construit')")
