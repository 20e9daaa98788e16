"""Wrong and hostile numbers, from a file to the pages: a value or a stated reason, never a crash, never NaN.

What cannot be read is told with its place, and nothing is built of it; everything else is built, and read here as a
reader would: words, drawings, tables and downloads.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from sitegen.build import site, workspace
from sitegen.model.authored import LARGEST
from tests.conftest import TODAY

AS_OF = TODAY - timedelta(2)  # platforms restate the last two days
DAYS = 500
CONFIG = "agency: {name: Agence Essai}\nlanguages: [fr, en]\nhome: {list_clients: true}\n"
CLIENT = """
name: Client {slug}
country: {country}
access: public
role_of_social: sales
objectives:
  - {{kpi: conversion_rate, target: +50%, start: {start}, deadline: {deadline}}}
  - {{kpi: transactions, target: +30%, start: {start}, deadline: {deadline}, basis: cumulative, pacing: seasonal}}
  - {{kpi: average_order_value, target: 500, start: {start}, deadline: {deadline}, baseline: 100}}
  - {{id: kept, kpi: sessions, target: ">= 10", start: {start}, deadline: {deadline}}}
margin: {{rate: 40%, low: 30%, high: 50%}}
incrementality: {{rate: 60%, low: 40%, high: 80%}}
tax: excluded
costs: {{agency: 1000/month, production: 10/year, tools: 10/year, staff: 10/year, training: 10/year}}
budgets: [{{channel: meta_ads, amount: 1000/month, start: 2026-01-01, end: 2026-12-31}}]
"""
HEADER = "date,sessions,transactions,revenue,spend,conversions,conversion_value,interactions"
Row = tuple[date, str]


def days(last: date = AS_OF, count: int = DAYS) -> Iterable[date]:
    return (last - timedelta(count - 1 - each) for each in range(count))


def rows(*values: str, last: date = AS_OF, count: int = DAYS) -> list[Row]:
    """`values` in turn, in every column."""
    return [(day, ",".join([values[at % len(values)]] * 7)) for at, day in enumerate(days(last, count))]


def usual(last: date = AS_OF, count: int = DAYS) -> list[Row]:
    return [(day, f"1000,{20 + at % 5},{2000 + at},50,{5 + at % 3},400,80") for at, day in enumerate(days(last, count))]


BUILT: Mapping[str, tuple[list[Row], Mapping[str, str]]] = {
    "one-row": (rows("5", count=1), {}),
    "two-rows": (rows("5", "7", count=2), {}),
    "all-zero": (rows("0"), {}),
    "minus-zero": (rows("-0.0"), {}),
    "constant": (rows("7"), {}),
    "largest": (rows(f"{LARGEST:.0f}", f"{LARGEST / 10:.0f}"), {}),
    "tiny": (rows("1e-300"), {}),
    "every-other-cell-empty": (rows("3", ""), {}),
    "missing-as-pandas-writes-it": (rows("3", "nan"), {}),
    "no-visits": ([(day, "0,3,300,50,0,0,80") for day in days()], {}),
    "no-spend": ([(day, "1000,20,2000,0,5,400,80") for day in days()], {}),
    "deadline-today": (usual(), {"deadline": AS_OF.isoformat()}),
    "two-days-that-end-today": (usual(), {"start": str(AS_OF - timedelta(1)), "deadline": str(AS_OF)}),
    "leap-day": (usual(), {"start": "2024-02-29", "deadline": "2028-02-29"}),
    "clock-goes-back": (usual(last=date(2026, 10, 25)), {"country": "FR", "start": "2026-03-29"}),
    "ramadan-clock": (usual(last=date(2026, 2, 15)), {"country": "MA", "start": "2026-02-15"}),
}
REFUSED: Mapping[str, str] = {
    "inf": "inf",
    "infinity": "Infinity",
    "1e308": "1e308",
    "negative": "-5",
    "words": "many",
}


def written(root: Path, slug: str, told: list[Row], **changes: str) -> None:
    folder = root / "data" / slug / "metrics"
    folder.mkdir(parents=True)
    filled = {"country": "MA", "start": "2026-07-01", "deadline": "2026-12-31", **changes}
    (folder.parent / "client.yaml").write_text(CLIENT.format(slug=slug, **filled), "utf-8")
    lines = (f"{day.isoformat()},{cells}" for day, cells in told)
    (folder / "site.csv").write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
    declared = "sources: [{file: metrics/site.csv, channel: meta_ads}]\n"
    with (folder.parent / "client.yaml").open("a", encoding="utf-8") as file:
        file.write(declared)


def build(root: Path) -> site.Outcome:
    options = site.Options(TODAY, root / "output", root / "preview", jobs=1)
    return site.build(workspace.opened(root), options, lambda message: None)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a client for each hostile table, built."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "config.yaml").write_text(CONFIG, "utf-8")
    for slug, (told, changes) in BUILT.items():
        written(root, slug, told, **changes)
    assert build(root).failed == ()
    return root / "output"


@pytest.mark.parametrize("slug", BUILT)
def test_a_hostile_table_gives_values_or_reasons_on_every_page(hostile: Path, slug: str) -> None:
    pages = sorted((hostile / slug).rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        markup = page.read_text("utf-8")
        assert not re.search(r"\b(?:nan|inf|infinity|undefined|null)\b", spoken(markup), re.IGNORECASE), page
        assert not re.search(r"NaN|Infinity", markup), page
        assert not re.search(r"<(dd|td|th|p|h[1-4])\b[^>]*>\s*</\1>", without_corners(markup)), page
    for sheet in (hostile / slug / "downloads").rglob("*.csv"):
        assert not re.search(r"(?:^|,)[-+]?(?:nan|inf)", sheet.read_text("utf-8-sig"), re.IGNORECASE | re.MULTILINE), (
            sheet
        )


def spoken(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup))


def without_corners(markup: str) -> str:
    """Without the empty paragraphs and cells that a layout may have."""
    return re.sub(r"<td>\s*</td>", "", markup)


@pytest.mark.parametrize("cell", REFUSED)
def test_a_cell_that_is_no_number_is_told_with_its_place_and_nothing_is_built(tmp_path: Path, cell: str) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    told = usual(count=60)
    told[9] = (told[9][0], f"1000,20,2000,{REFUSED[cell]},5,400,80")
    written(tmp_path, "atlas", told)
    outcome = build(tmp_path)
    assert outcome.failed == ("atlas",)
    assert {(each.path, each.line) for each in outcome.problems if each.severity == "error"} == {
        ("data/atlas/metrics/site.csv", 11)
    }
    assert not list((tmp_path / "output").rglob("atlas"))


@pytest.mark.parametrize("day", ["2026-02-30", "2026-02-29", "2026-13-01", "2026-00-10"])
def test_a_day_that_does_not_exist_is_told_with_its_place(tmp_path: Path, day: str) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    written(tmp_path, "atlas", usual(count=60))
    table = tmp_path / "data/atlas/metrics/site.csv"
    lines = table.read_text("utf-8").splitlines()
    lines[10] = day + lines[10][10:]
    table.write_text("\n".join(lines) + "\n", "utf-8")
    outcome = build(tmp_path)
    assert outcome.failed == ("atlas",)
    assert ("data/atlas/metrics/site.csv", 11) in {(each.path, each.line) for each in outcome.problems}


def test_a_table_without_a_row_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    written(tmp_path, "atlas", [])
    outcome = build(tmp_path)
    assert outcome.failed == ("atlas",)
    assert [(each.path, each.line) for each in outcome.problems] == [("data/atlas/metrics/site.csv", 1)]


def test_an_objective_that_ends_on_the_day_it_begins_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    written(tmp_path, "atlas", usual(), start="2026-12-31", deadline="2026-12-31")
    outcome = build(tmp_path)
    assert outcome.failed == ("atlas",)
    found = [(each.line, each.message.key) for each in outcome.problems if each.severity == "error"]
    assert [line for line, _ in found] == [7, 8, 9, 10]
    assert {key for _, key in found} == {"problems.deadline_before_start"}
