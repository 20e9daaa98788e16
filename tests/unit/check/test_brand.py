"""A client's logo may not harm who opens it, and its colour must be read; both are told at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import check, read
from sitegen.check.brand import foreign

from .workspace import CLIENT, FOLDER, client, only, site, told

TOKENS = {"light": {"bg": "#fbfaf6", "surface": "#ffffff"}, "dark": {"bg": "#14161b", "surface": "#1b1e25"}}
PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9Z" fill="#0b5563"/></svg>'
INKSCAPE = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made elsewhere -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:s="http://sodipodi.example/">
<s:namedview zoom="1"/><defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>
<style>.b { fill: url(#a) }</style><use xlink:href="#a"/><image href="data:image/png;base64,AAAA"/></svg>"""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


def within(body: str, root: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {root}>{body}</svg>'.encode()


def logo(root: Path, content: bytes, name: str = "brand/logo.svg") -> list[str]:
    file = root / FOLDER / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return told(client(root, f"brand: {{logo: {name}}}\n")[1])


@pytest.mark.parametrize("svg", [PLAIN, INKSCAPE], ids=["plain", "inkscape"])
def test_a_plain_logo_is_carried_along(tmp_path: Path, svg: str) -> None:
    assert logo(tmp_path, svg.encode()) == []
    dossier, _ = client(tmp_path, "brand: {logo: brand/logo.svg}\n")
    assert dossier is not None
    assert dossier.logo == svg.encode()


def test_a_png_is_taken_by_its_content(tmp_path: Path) -> None:
    assert logo(tmp_path, PNG, "brand/logo.png") == []
    assert logo(tmp_path, PLAIN.encode(), "brand/logo.png") == ["client.yaml:3:15 not_a_picture"]


@pytest.mark.parametrize(
    ("svg", "found"),
    [
        (within("<script>alert(1)</script>"), "<script>"),
        (within("", 'onload="alert(1)"'), "onload"),
        (within("<foreignObject/>"), "<foreignObject>"),
        (within('<p xmlns="http://www.w3.org/1999/xhtml"/>'), "<p>"),
        (within('<animate attributeName="href" to="javascript:1"/>'), "<animate>"),
        (within('<image href="https://example.org/a.png"/>'), "href"),
        (within('<image href="//example.org/a.png"/>'), "href"),
        (within('<image href="data:image/svg+xml;base64,AAAA"/>'), "href"),
        (within('<a href="https://example.org/">x</a>'), "<a>"),
        (within('<use href="other.svg#a"/>'), "href"),
        (within('<filter><feImage href="a.png"/></filter>'), "<feImage>"),
        (within('<path fill="url(https://example.org/a.svg#b)"/>'), "fill"),
        (within('<path style="fill:u\\72l(a.svg)"/>'), "style"),
        (within("<style>@import 'a.css';</style>"), "<style>"),
        (within("<style>@font-face { src: url(a.woff2) }</style>"), "<style>"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + within("&a;"), "<!"),
        (b'<?xml-stylesheet href="a.css"?>' + within(""), "<?"),
    ],
)
def test_a_logo_that_could_run_or_fetch_something_is_refused(tmp_path: Path, svg: bytes, found: str) -> None:
    assert foreign(svg) == found
    assert logo(tmp_path, svg) == ["client.yaml:3:15 logo_foreign"]


@pytest.mark.parametrize("content", [b"", b"hello", b"<svg", b"<html/>", b"<svg><path/></svg>"])
def test_what_is_no_svg_is_no_logo(tmp_path: Path, content: bytes) -> None:
    assert logo(tmp_path, content) == ["client.yaml:3:15 not_a_picture"]


def test_a_logo_has_a_format_that_browsers_show(tmp_path: Path) -> None:
    assert logo(tmp_path, b"GIF89a", "brand/logo.gif") == ["client.yaml:3:15 logo_format"]


def test_a_logo_is_at_most_two_hundred_kilobytes(tmp_path: Path) -> None:
    assert logo(tmp_path, PNG + b"\0" * (200 * 1024 - len(PNG)), "brand/logo.png") == []
    assert logo(tmp_path, PNG + b"\0" * 200 * 1024, "brand/logo.png") == ["client.yaml:3:15 logo_too_large"]


@pytest.mark.parametrize("path", ["../other/logo.svg", "/etc/logo.svg", "C:\\logo.svg"])
def test_a_logo_lies_in_the_clients_folder(tmp_path: Path, path: str) -> None:
    assert told(client(tmp_path, f"brand: {{logo: '{path}'}}\n")[1]) == ["client.yaml:3:15 path_leaves"]


def test_a_logo_that_is_not_there_is_looked_for(tmp_path: Path) -> None:
    (tmp_path / FOLDER / "brand").mkdir(parents=True)
    (tmp_path / FOLDER / "brand/logo.svg").write_text(PLAIN)
    problem = only(client(tmp_path, "brand: {logo: brand/Logo.svg}\n")[1])
    assert problem.message.key == "problems.no_such_file"
    assert problem.hint is not None
    assert "brand/logo.svg" in str(problem.hint.params)


def test_a_colour_is_six_digits(tmp_path: Path) -> None:
    assert told(client(tmp_path, "brand: {accent: teal}\n")[1]) == ["client.yaml:3:17 not_a_colour"]


def coloured(root: Path, accent: str) -> tuple[check.Problem, ...]:
    (root / FOLDER).mkdir(parents=True)
    (root / FOLDER / "client.yaml").write_text(f'{CLIENT}brand: {{accent: "{accent}"}}\n')
    agreed, _ = site()
    assert agreed is not None
    return check.client(read.client(root, "atlas"), agreed, TOKENS)[1]


def test_a_colour_that_is_hard_to_read_is_told_with_what_is_shown_for_it(tmp_path: Path) -> None:
    problem = only(coloured(tmp_path, "#f5c518"))
    assert told([problem]) == ["client.yaml:3:17 accent_light?"]
    assert problem.message.named["value"] == "#f5c518"
    assert problem.message.named["shown"] == "#8c700e"
    assert problem.internal, "a reader of the pages has no use for it"


def test_a_colour_that_is_hard_to_read_in_the_dark_is_told_as_well(tmp_path: Path) -> None:
    assert told(coloured(tmp_path, "#0b5563")) == ["client.yaml:3:17 accent_dark?"]
