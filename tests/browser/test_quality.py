"""What tools that others wrote find in every page: axe for assistive technology, html-validate for the standard.

The demo's pages and the gallery of components. html-validate is a program of Node: looked for in build/node and on the
path; where there is none these tests skip, except under CI.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from scripts import gallery
from tests.browser.conftest import serving

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
DESK: Mapping[str, int] = {"width": 1280, "height": 900}
SCHEMES = ("light", "dark")
PARTS = 4  # of the pages, so that they can be looked at at the same time
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
FOUND = """off => axe.run(document, {
  resultTypes: ["violations"],
  rules: Object.fromEntries(off.map(rule => [rule, {enabled: false}])),
}).then(found => found.violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`)))"""
# Contrast is judged cell by cell, and a row looks like another one of its kind: an odd, an even and the last one stay.
THINNED = """document.querySelectorAll("tbody").forEach(body => {
  const seen = {};
  [...body.rows].slice(0, -1).forEach(row => {
    const parts = [row, ...row.querySelectorAll("*")];
    const kind = parts.map(part => `${part.tagName}.${part.getAttribute("class")}`).join(" ");
    seen[kind] = (seen[kind] ?? 0) + 1;
    if (seen[kind] > 2) row.remove();
  });
})"""
CONTRAST = "color-contrast"
# The gallery shows each example four times: the rule by its name in axe, and in html-validate.
REPEATED_AXE, REPEATED_HTML = ("landmark-unique",), ("unique-landmark",)
RULES: dict[str, Any] = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:document"],
    "rules": {
        "require-sri": "off",  # everything comes from the same host
        "doctype-style": "off",  # a matter of taste
    },
}


@pytest.fixture(scope="module")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("gallery") / "gallery"
    assert gallery.written(target) == ()
    return target


@pytest.fixture(scope="module")
def gallery_origin(specimens: Path) -> Iterator[str]:
    with serving(specimens) as origin:
        yield origin


def violations(
    browser: Any,
    addresses: Sequence[str],
    *,
    opened: bool = True,
    off: Sequence[str] = (),
    viewport: Mapping[str, int] = DESK,
) -> list[str]:
    """What axe and the console tell of each page: as it is, then with its colours in both schemes."""
    page = browser.new_context(viewport=viewport).new_page()
    found: list[str] = []
    page.on("console", lambda message: found.append(f"{page.url} {message.type}: {message.text}"))
    for address in addresses:
        page.goto(address)
        if opened:
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate(AXE)
        found += [f"{address} {fault}" for fault in page.evaluate(FOUND, [*off, CONTRAST])]
        page.evaluate(THINNED)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [f"{address} {scheme} {fault}" for fault in page.evaluate(FOUND, list(off))]
    page.context.close()
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page(browser: Any, origin: str, pages: list[str], part: int) -> None:
    mine = pages[part::PARTS]
    assert mine
    assert violations(browser, [f"{origin}/{page}" for page in mine]) == []


@pytest.mark.parametrize("page", ["index.html", "en/index.html"])
def test_axe_finds_nothing_on_any_component(browser: Any, gallery_origin: str, page: str) -> None:
    assert violations(browser, [f"{gallery_origin}/{page}"], opened=False, off=REPEATED_AXE) == []


def test_axe_sees_the_colours_of_each_scheme(browser: Any, tmp_path: Path) -> None:
    """A page that can be read by day only is told for the night only."""
    style = "p {color: #000; background: #fff} @media (prefers-color-scheme: dark) {p {background: #111}}"
    body = "<main><h1>Day</h1><p>Night</p></main>"
    page = f"<!doctype html><html lang=en><title>a</title><style>{style}</style>{body}</html>"
    (tmp_path / "a.html").write_text(page, "utf-8")
    address = (tmp_path / "a.html").as_uri()
    assert [fault.split()[1:3] for fault in violations(browser, [address])] == [["dark", "color-contrast:"]]


def test_axe_finds_what_is_wrong(browser: Any, origin: str) -> None:
    page = browser.new_context(viewport=DESK).new_page()
    page.goto(f"{origin}/index.html")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    page.evaluate(AXE)
    found = page.evaluate(FOUND, [])
    page.context.close()
    assert [fault for fault in found if fault.startswith("button-name")]


def invalid(validator: str, folder: Path, settings: Path, off: Sequence[str] = ()) -> list[str]:
    """What html-validate finds in the pages below `folder`, a line each."""
    config = settings / ".htmlvalidate.json"
    config.write_text(json.dumps({**RULES, "rules": RULES["rules"] | dict.fromkeys(off, "off")}), "utf-8")
    pages = sorted(str(page) for page in folder.rglob("*.html"))
    assert pages
    run = [validator, "--config", str(config), "--formatter", "text", *pages]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0 or done.stdout, done.stderr
    return [line for line in done.stdout.splitlines() if line]


def test_every_page_is_valid_html(validator: str, site: Path, tmp_path: Path) -> None:
    assert invalid(validator, site, tmp_path) == []


def test_every_component_is_valid_html(validator: str, specimens: Path, tmp_path: Path) -> None:
    assert invalid(validator, specimens, tmp_path, off=REPEATED_HTML) == []


def test_the_validator_finds_what_is_wrong(validator: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<!doctype html><html lang=en><title>a</title><p><div>b</div></p></html>", "utf-8")
    assert any("no-implicit-close" in fault for fault in invalid(validator, tmp_path, tmp_path))
