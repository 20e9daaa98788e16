"""A whole report on one page, and as a PDF: everything is there, in order, and nothing is cut."""

from __future__ import annotations

import builtins
import io
import os
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sitegen.build import options, site, workspace
from sitegen.cli import app
from sitegen.commands import freeze, pdf

SITE = Path(__file__).parent / "minimal-public"
TODAY = date(2026, 11, 20)
ORDER = ["synthesis", "changes", "objectives", "diagnosis", "benchmark", "data", "glossary"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("print") / "site"
    shutil.copytree(SITE, root)
    freeze.freeze(root, "atlas", "2026-09", TODAY)
    asked = options.Options(TODAY, root / "output", root / "preview", jobs=1)
    assert site.build(workspace.opened(root), asked, lambda _: None).failed == ()
    return root


@pytest.fixture(scope="module")
def engine() -> Any:
    """WeasyPrint with its libraries; a machine may lack them, CI may not."""
    try:
        import weasyprint
    except (ImportError, OSError) as missing:
        if os.environ.get("CI"):
            pytest.fail(f"CI has no WeasyPrint: {missing}")
        pytest.skip(f"WeasyPrint cannot be used: {missing}")
    return weasyprint


def page(root: Path, name: str) -> str:
    return (root / "output" / "atlas" / name).read_text("utf-8")


def chapters(markup: str) -> list[str]:
    return re.findall(r'<article class="chapter" id="([a-z]+)"', markup)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("imprimer/index.html", ORDER),
        ("2026-09/imprimer/index.html", [each for each in ORDER if each not in ("changes", "glossary")]),
    ],
)
def test_a_report_prints_whole_and_in_order(root: Path, name: str, expected: list[str]) -> None:
    markup = page(root, name)
    assert chapters(markup) == expected
    ids = re.findall(r' id="([^"]+)"', markup)
    assert len(ids) == len({*ids})
    inside = re.findall(r'href="#([^"]+)"', markup)
    assert {*inside} <= {*ids}
    assert [f"#{each}" for each in expected] == re.findall(r'<li><a href="(#[a-z]+)">', markup)
    assert "<details" not in markup.partition("<main")[2]


def test_every_figure_of_the_pages_is_in_the_print(root: Path) -> None:
    printed = page(root, "imprimer/index.html")
    for name, chapter in (("index.html", "synthesis"), ("objectifs-et-roi.html", "objectives")):
        figures = re.findall(r'<figure class="figure[^"]*" id="([^"]+)"', page(root, name))
        assert figures
        for figure in figures:
            assert f'id="{chapter}-{figure}"' in printed


def test_every_page_leads_to_the_print_and_no_robot_to_it(root: Path) -> None:
    for name in ("index.html", "objectifs-et-roi.html", "en/index.html", "conseils.html"):
        assert re.search(r'href="(\.\./)*(en/)?(imprimer|print)/index.html"', page(root, name))
    assert '<meta name="robots" content="noindex">' in page(root, "imprimer/index.html")
    assert "imprimer" not in (root / "output/sitemap.xml").read_text("utf-8")


def test_the_pdf_is_tagged_has_its_title_language_outline_and_all_figures(root: Path, engine: Any) -> None:
    import pypdf

    found = pdf.pdf(root, "atlas", None, "", root / "a.pdf", TODAY)
    read = pypdf.PdfReader(found.path)
    assert engine.__version__
    assert len(read.pages) == found.pages > 8
    catalog: Any = read.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "fr"
    assert read.metadata is not None
    assert "Atlas" in str(read.metadata.title)
    assert read.outline
    text = re.sub(r"\s+", "", "".join(each.extract_text() for each in read.pages))
    markup = page(root, "imprimer/index.html")
    loud = markup.split('<figure class="figure" id=')[1:]  # the title of a quiet one is that of its card
    titles = [found[1] for each in loud if (found := re.search(r'class="figure__title" id="[^"]+">([^<]+)<', each))]
    assert titles
    for title in titles:
        assert re.sub(r"\s+", "", title.replace("&#39;", "'")) in text


def test_no_figure_is_cut_by_the_end_of_a_page(root: Path, engine: Any) -> None:
    """Every drawing lies on one page, wholly within its margins."""
    with pytest.MonkeyPatch.context() as patch:
        documents: list[Any] = []
        render = engine.HTML.render

        def kept(html: Any, *more: Any, **named: Any) -> Any:
            documents.append(render(html, *more, **named))
            return documents[-1]

        patch.setattr(engine.HTML, "render", kept)
        pdf.pdf(root, "atlas", "en", "", root / "en.pdf", TODAY)
    drawings = 0
    for sheet in documents[0].pages:
        for box in sheet._page_box.descendants():
            if box.element_tag == "img" and "drawings/" in box.element.get("src"):
                assert box.element.get("alt").strip()
                drawings += 1
                assert box.position_y + box.height <= sheet.height - 40
    shown = page(root, "en/print/index.html").count("<svg")
    assert drawings == shown > 0


def test_the_same_report_gives_the_same_bytes(root: Path, engine: Any) -> None:
    assert engine
    twice = [pdf.pdf(root, "atlas", "fr", "", root / f"{n}.pdf", TODAY).path.read_bytes() for n in range(2)]
    assert twice[0] == twice[1]


def test_a_frozen_edition_has_its_pdf(root: Path, engine: Any) -> None:
    import pypdf

    assert engine
    found = pdf.pdf(root, "atlas", "fr", "2026-09", None, TODAY)
    assert found.path == root / "pdf" / "atlas-2026-09-fr.pdf"
    cover = pypdf.PdfReader(io.BytesIO(found.path.read_bytes())).pages[0].extract_text()
    assert "septembre 2026" in cover.replace("\x00", "")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["zenith"], "zenith"),
        (["atlas", "--language", "ar"], "ar"),
        (["atlas", "--edition", "2026-01"], "2026-09"),
    ],
)
def test_what_cannot_be_printed_is_told_without_a_trace(root: Path, engine: Any, asked: list[str], told: str) -> None:
    assert engine
    result = CliRunner().invoke(app, ["pdf", *asked, "--root", str(root), "--lang", "en"])
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("fault", "told"),
    [(ImportError("no module"), "sitegen-audit[pdf]"), (OSError("cannot load library 'pango'"), "libpango")],
)
def test_without_its_engine_the_command_says_how_to_get_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, told: str
) -> None:
    imported = builtins.__import__

    def refused(name: str, *args: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise fault
        return imported(name, *args, **named)

    monkeypatch.setattr(builtins, "__import__", refused)
    result = CliRunner().invoke(app, ["pdf", "atlas", "--root", str(root), "--lang", "en"])
    assert result.exit_code == 2
    assert told in result.output
