"""A year of monthly editions of a demo client, made from its data, with what happens in a year: two restatements, a
definition that changed, a recommendation that was refused. Each is seen where it must be, and nowhere before."""

from __future__ import annotations

import html
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import options, site, workspace
from sitegen.commands import freeze

DEMO = Path(__file__).parents[2]
SLUG = "atlas-jiu-jitsu"
TODAY = date(2026, 11, 20)
MONTHS = [f"2025-{month:02}" for month in (11, 12)] + [f"2026-{month:02}" for month in range(1, 11)]
ROOM = 2**20  # bytes that twelve editions may take


def corrected(root: Path, file: str, start: str, channel: str, column: int, factor: float) -> None:
    """The platform tells otherwise what it told of the days that begin so."""
    path = root / "data" / SLUG / file
    lines = path.read_text("utf-8").split("\n")
    touched = 0
    for at, line in enumerate(lines):
        cells = line.split(",")
        if line.startswith(start) and cells[1] == channel:
            value = float(cells[column]) * factor
            cells[column] = f"{value:.2f}" if "." in cells[column] else str(round(value))
            lines[at], touched = ",".join(cells), touched + 1
    assert touched > 20
    path.write_text("\n".join(lines), "utf-8")


def happened(root: Path, month: str) -> None:
    """What happens before the report of that month is frozen."""
    yaml = root / "data" / SLUG / "client.yaml"
    text = yaml.read_text("utf-8")
    if month == "2026-03":
        corrected(root, "metrics/site.csv", "2026-01", "organic_search", 2, 1.5)
    if month == "2026-06":
        corrected(root, "metrics/site.csv", "2026-04", "direct", 4, 0.5)
    if month == "2026-09":
        text += (
            "\ndefinitions:\n  - metric: sessions\n    date: 2026-09-05\n"
            "    old: {fr: Toutes les visites, en: All visits}\n"
            "    new: {fr: Visites avec accord, en: Visits with consent}\n"
        )
    yaml.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("year")
    shutil.copy(DEMO / "config.yaml", root)
    shutil.copytree(DEMO / "content", root / "content")
    shutil.copytree(DEMO / "data" / SLUG, root / "data" / SLUG)
    shutil.rmtree(root / "data" / SLUG / "editions", ignore_errors=True)
    for month in MONTHS:
        happened(root, month)
        freeze.freeze(root, SLUG, month, TODAY)
    built(root)
    return root


def built(root: Path) -> None:
    asked = options.Options(TODAY, root / "output", root / "preview", jobs=1)
    outcome = site.build(workspace.opened(root), asked, lambda _: None)
    assert outcome.failed == ()


def page(root: Path, month: str, name: str = "ce-qui-a-change") -> str:
    """The words of a page, as a reader sees them; an empty month is the report of today."""
    folder = root / "output" / SLUG / month if month else root / "output" / SLUG
    markup = (folder / f"{name}.html").read_text("utf-8")
    return re.sub(r"[ \n]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup.partition("<main")[2])))


def test_twelve_editions_take_at_most_a_megabyte(root: Path) -> None:
    files = [*(root / "data" / SLUG / "editions").iterdir()]
    assert len(files) == len(MONTHS) + 1
    assert sum(file.stat().st_size for file in files) <= ROOM


def test_every_edition_has_its_pages_at_its_address_in_both_languages(root: Path) -> None:
    for month in MONTHS:
        folder = root / "output" / SLUG / month
        for name in ("index", "objectifs-et-roi", "diagnostic-et-plan-d-action", "donnees-et-methode"):
            assert (folder / f"{name}.html").is_file()
        assert (folder / "en" / "index.html").is_file()
        assert (folder / "ce-qui-a-change.html").is_file() == (month != MONTHS[0])
        assert not (folder / "conseils.html").exists()


def test_an_old_report_says_that_a_newer_one_exists_and_the_newest_does_not(root: Path) -> None:
    link = "Voir le rapport le plus récent"
    for month in MONTHS[:-1]:
        markup = (root / "output" / SLUG / month / "index.html").read_text("utf-8")
        assert link in markup
        assert '<meta name="robots" content="noindex">' in markup
    for month in ("", MONTHS[-1]):
        assert link not in (root / "output" / SLUG / month / "index.html").read_text("utf-8")


def test_every_report_leads_to_all_the_others(root: Path) -> None:
    markup = (root / "output" / SLUG / "2026-04" / "objectifs-et-roi.html").read_text("utf-8")
    switch = markup.partition('<details class="issues">')[2].partition("</details>")[0]
    hrefs = re.findall(r'href="([^"]+)"', switch)
    assert hrefs[0] == "../objectifs-et-roi.html"
    assert hrefs[1:] == [
        "objectifs-et-roi.html" if month == "2026-04" else f"../{month}/objectifs-et-roi.html"
        for month in reversed(MONTHS)
    ]


@pytest.mark.parametrize(
    ("month", "metric", "period"),
    [("2026-03", "Sessions", "janvier 2026"), ("2026-06", "Chiffre d’affaires", "avril 2026")],
)
def test_a_restatement_is_named_with_both_values_in_the_report_that_follows_it(
    root: Path, month: str, metric: str, period: str
) -> None:
    told = page(root, month).partition("Les données corrigées depuis")[2]
    found = re.search(rf"{metric} {period} ([\d\u202f]+)(?:\xa0DH)? ([\d\u202f]+)(?:\xa0DH)? metrics/site.csv", told)
    assert found
    assert found[1] != found[2]
    before, after = MONTHS[MONTHS.index(month) - 1], MONTHS[MONTHS.index(month) + 1]
    for other in (before, after):
        assert "Les données corrigées depuis" not in page(root, other)


def test_the_definition_that_changed_is_told_once(root: Path) -> None:
    told = "Sessions\xa0: «\xa0Toutes les visites\xa0», et depuis le 5 septembre 2026 «\xa0Visites avec accord\xa0»"
    assert [month for month in MONTHS[1:] if told in page(root, month)] == ["2026-09"]


def test_the_refused_recommendation_is_followed_up_by_name_after_it_was_refused(root: Path) -> None:
    """It was refused on 12 October, for the reason that the demo gives."""
    reason = "L’outil choisi change en 2027"
    assert [month for month in MONTHS[1:] if reason in page(root, month)] == ["2026-10"]
    told = page(root, "2026-10").partition("Refusées")[2]
    assert reason in told
    assert reason in page(root, "", "diagnostic-et-plan-d-action")
    assert reason not in page(root, "2026-09", "diagnostic-et-plan-d-action")


def test_a_frozen_report_stays_as_it_is_when_the_data_and_the_client_change(root: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(root, tmp_path / "year"))
    corrected(copy, "metrics/site.csv", "2026-0", "direct", 4, 3.0)
    yaml = copy / "data" / SLUG / "client.yaml"
    yaml.write_text(yaml.read_text("utf-8").replace("target: +50%", "target: +60%"), "utf-8")
    built(copy)
    for month in MONTHS:
        for name in ("index", "objectifs-et-roi", "donnees-et-methode"):
            assert page(copy, month, name) == page(root, month, name)
    assert page(copy, "") != page(root, "")
    assert page(copy, "", "objectifs-et-roi") != page(root, "", "objectifs-et-roi")


def test_only_the_report_of_today_is_in_the_sitemap_and_in_the_search(root: Path) -> None:
    assert "2026-09" not in (root / "output/sitemap.xml").read_text("utf-8")
    assert "2026-09/" not in (root / "output" / SLUG / "search/fr.js").read_text("utf-8")
