"""What a record's licence lets be told is on the pages, in the downloads, or nowhere; a page of comparisons is there
when it has something to say, in each language."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import pipeline, site, workspace
from sitegen.model import codec

MINIMAL = Path(__file__).parent / "minimal-public"
TODAY = date(2026, 11, 20)
PAGES = {"fr": "benchmark-et-analyse-croisee.html", "en": "en/benchmark-and-cross-analysis.html"}
RECORD = (
    "  - {{metric: conversion_rate, definition_id: {definition}, stat: {stat}, value: {value}, source: ZZ{name}source, "
    "url: 'https://example.org/ZZ{name}url', licence: ZZ{name}licence, note: ZZ{name}note, published: 2026-01-17, "
    "industry: ZZ{name}industry, region: ZZ{name}region, redistribute: {right}}}\n"
)


def record(name: str, right: str, value: str, definition: str = "conversion_rate", stat: str = "median") -> str:
    return RECORD.format(name=name, right=right, value=value, definition=definition, stat=stat)


RECORDS = (
    record("open", "yes", "1.9173%")
    + record("quoted", "cite", "2.4519%", stat="mean")
    + record("secret", "no", "3.7331%", stat="p75")
    + record("apart", "no", "4.6177%", "buyers")
)
CLIENT = """name: Atlas
country: {country}
currency: MAD
languages: [fr, en]
access: public
objectives:
  - {{kpi: conversion_rate, target: +50%, start: 2026-07-01, deadline: 2026-12-31}}
"""
SECRET = ("ZZsecret", "ZZapart", "0.037331", "3,73\u00a0%", "3.73%", "0.046177", "4,62\u00a0%", "4.62%")


def workspace_with(root: Path, client: str, config: str = "") -> Path:
    shutil.copytree(MINIMAL, root)
    (root / "data/atlas/client.yaml").write_text(client, "utf-8")
    settings = (root / "config.yaml").read_text("utf-8")
    (root / "config.yaml").write_text(settings + config, "utf-8")
    return root


def build(root: Path) -> Path:
    options = site.Options(TODAY, root / "output", root / "preview")
    outcome = site.build(workspace.opened(root), options, lambda _: None)
    assert outcome.built == ("atlas",), outcome.problems
    return root / "output/atlas"


@pytest.fixture(scope="module", params=["config", "client"])
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal whose records are the agency's, or the client's own."""
    folder = tmp_path_factory.mktemp("benchmarks") / "site"
    records = f"benchmarks:\n{RECORDS}"
    own, shared = (records, "") if request.param == "client" else ("", records)
    build(workspace_with(folder, CLIENT.format(country="MA") + own, shared))
    return folder


def test_what_may_be_told_nowhere_is_in_no_byte(root: Path) -> None:
    """Not in a page, a picture, a download, an edition, nor in what is remembered of the build."""
    files = [file for file in (root / "output").rglob("*") if file.is_file()]
    assert {".html", ".csv", ".css"} <= {file.suffix for file in files}
    for file in files:
        content = file.read_bytes().decode("utf-8", "replace")
        found = [mark for mark in SECRET[:2] if mark in content]
        if file.suffix in (".html", ".csv"):
            found += [mark for mark in SECRET[2:] if mark in content]
        assert found == [], file
    edition, _ = pipeline.edition(root, "atlas", workspace.opened(root).site, TODAY)
    written = codec.encode(edition)
    assert [mark for mark in SECRET if mark in str(written)] == []
    with sqlite3.connect(root / ".sitegen/store.sqlite") as store:
        names = [name for (name,) in store.execute("select name from sqlite_master where type = 'table'")]
        kept = [cell for name in names for row in store.execute(f"select * from {name}") for cell in row]
    assert kept
    for cell in kept:
        text = opened(cell)
        assert [mark for mark in SECRET[:2] if mark in text] == []


def opened(cell: object) -> str:
    """What a cell of the store says, unpacked where it is packed."""
    if not isinstance(cell, bytes):
        return str(cell)
    try:
        return zlib.decompress(cell).decode("utf-8", "replace")
    except zlib.error:
        return cell.decode("utf-8", "replace")


@pytest.mark.parametrize("language", PAGES)
def test_what_may_be_quoted_is_on_the_page_with_its_source_and_in_no_download(root: Path, language: str) -> None:
    page = (root / "output/atlas" / PAGES[language]).read_text("utf-8")
    for name in ("open", "quoted"):
        for mark in ("source", "url", "licence", "note", "industry", "region"):
            assert f"ZZ{name}{mark}" in page, mark
    files = list((root / "output/atlas/downloads" / language).glob("*.csv"))
    downloads = {file.name: file.read_text("utf-8-sig") for file in files}
    assert "benchmark-conversion_rate.csv" in downloads
    told = [name for name, text in downloads.items() if "ZZopensource" in text]
    assert sorted(told) == ["benchmark-conversion_rate.csv", "numbers.csv"]
    assert [name for name, text in downloads.items() if "ZZquoted" in text or "0.024519" in text] == []


def test_the_objective_tells_its_comparison_in_a_line(root: Path) -> None:
    page = (root / "output/atlas/en/objectives-and-roi.html").read_text("utf-8")
    assert "1.92% (median, ZZopensource)" in page
    assert 'href="benchmark-and-cross-analysis.html#compared-conversion_rate"' in page


def test_no_page_where_nothing_is_to_be_compared(tmp_path: Path) -> None:
    folder = workspace_with(tmp_path / "site", "name: Atlas\ncountry: MA\naccess: public\n")
    portal = build(folder)
    assert not (portal / PAGES["fr"]).exists()
    for page in portal.rglob("*.html"):
        assert PAGES["fr"] not in page.read_text("utf-8"), page


def test_a_page_for_dropped_metrics_alone(tmp_path: Path) -> None:
    client = "name: Atlas\ncountry: CA\naccess: public\nlanguages: [fr, en]\ncurrency: MAD\n"
    client += "dropped:\n  - {metric: likes, reason: {fr: ZZraison, en: ZZreason}}\n"
    client += "  - {metric: views, reason: ZZhidden, internal: true}\n"
    portal = build(workspace_with(tmp_path / "site", client))
    pages = {language: (portal / page).read_text("utf-8") for language, page in PAGES.items()}
    assert ("ZZraison" in pages["fr"], "ZZreason" in pages["en"]) == (True, True)
    assert [page for page in portal.rglob("*.html") if "ZZhidden" in page.read_text("utf-8")] == []


def test_an_internal_competitor_is_nowhere(tmp_path: Path) -> None:
    client = CLIENT.format(country="MA") + "competitors: [{name: ZZrival, internal: true}, {name: Autre}]\n"
    folder = workspace_with(tmp_path / "site", client)
    rows = "".join(f"2026-10-{day:02},{name},1000,25\n" for day in range(1, 32) for name in ("ZZrival", "Autre"))
    table = folder / "data/atlas/metrics/competitors.csv"
    table.write_text(f"date,competitor,sessions,transactions\n{rows}", "utf-8")
    portal = build(folder)
    files = [file.read_bytes() for file in portal.rglob("*") if file.is_file()]
    assert any(b"Autre" in content for content in files)
    assert not any(b"ZZrival" in content for content in files)
