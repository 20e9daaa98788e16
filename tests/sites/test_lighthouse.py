"""A portal with Lighthouse reports: what its pages, its download and its register of sources say of them."""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from scripts.reports import SCORES
from scripts.reports import report as written
from sitegen.build import pipeline, site, workspace
from sitegen.build.store import Store
from sitegen.build.workshop import Workshop

SITE = Path(__file__).parent / "minimal-public"
TODAY = date(2026, 11, 20)
PAGES = {"fr": "diagnostic-et-plan-d-action.html", "en": "en/diagnosis-and-action-plan.html"}


def laid(root: Path, reports: Mapping[str, Any]) -> Path:
    """The workspace of the minimal site, with these reports."""
    shutil.copytree(SITE, root)
    folder = root / "data/atlas/audits"
    folder.mkdir()
    for name, content in reports.items():
        (folder / f"{name}.json").write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return root


def built(root: Path) -> Path:
    options = site.Options(TODAY, root / "output", root / "preview")
    assert site.build(workspace.opened(root), options, lambda message: None).failed == ()
    return root / "output/atlas"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three runs on a phone, one of them with a query; one on a computer; a damaged one; one of a version long gone."""
    reports = {
        "a": written(url="https://example.org/?email=k4v7%40example.org"),
        "b": written(fetched="2026-10-20T10:20:00.000Z", scores={**SCORES, "performance": 0.7}),
        "c": written(fetched="2026-10-20T10:25:00.000Z", scores={**SCORES, "performance": 0.5}),
        "desktop": written(form_factor="desktop", scores={**SCORES, "seo": None}),
        "old": written(version="11.4.0", fetched="2026-03-01T08:00:00.000Z", scores={**SCORES, "performance": 0.33}),
        "cut": json.dumps(written(), indent=1)[:900],
    }
    return built(laid(tmp_path_factory.mktemp("lab") / "site", reports))


def section(page: Path) -> str:
    """The words of the section on Lighthouse."""
    found = re.search(r'<section[^>]*aria-labelledby="lighthouse".*?</section>', page.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return html.unescape(re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", found[0])))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "fr",
            (
                "20 octobre 2026, médiane de 3 mesures, Lighthouse 13.3.0",
                "20 octobre 2026, une seule mesure",
                "Vitesse 62 sur 100 à améliorer",
                "4,2 s mauvais",
                "La page est interdite aux moteurs de recherche",
                "Sans note, parce qu’un contrôle n’a pas abouti : référencement naturel (SEO)",
                "Jusqu’au 1er mars 2026, la page était mesurée avec Lighthouse 11",
                "Nous n’avons pas de mots pour ce contrôle",
                "an-audit-of-tomorrow",
                "La réactivité (INP) ne se mesure pas en laboratoire",
            ),
        ),
        (
            "en",
            (
                "20 October 2026, median of 3 runs, Lighthouse 13.3.0",
                "20 October 2026, a single run",
                "Speed 62 out of 100 to improve",
                "4.2 s poor",
                "Search engines may not show the page",
                "Without a score, because an audit did not come to an end: search engines (SEO)",
                "Until 1 March 2026 the page was measured with Lighthouse 11",
                "We have no words for this audit",
                "an-audit-of-tomorrow",
                "Responsiveness (INP) cannot be measured in a laboratory",
            ),
        ),
    ],
)
def test_the_diagnosis_tells_scores_and_what_to_do(portal: Path, language: str, told: tuple[str, ...]) -> None:
    words = section(portal / PAGES[language]).replace("\u00a0", " ")
    assert [sentence for sentence in told if sentence not in words] == []


def test_nothing_of_another_language_or_of_a_visitor_is_on_any_file(portal: Path) -> None:
    for file in portal.rglob("*.*"):
        text = file.read_bytes().decode("utf-8", "replace")
        assert not re.search("Titel|k4v7", text), file


def test_scores_of_another_major_version_are_no_trend(portal: Path) -> None:
    assert "contre" not in section(portal / PAGES["fr"])
    assert "33" not in section(portal / PAGES["fr"])


def test_the_register_names_each_file_and_the_notices_the_damaged_one(portal: Path) -> None:
    page = (portal / "donnees-et-methode.html").read_text("utf-8")
    named = re.findall(r'<th scope="row">(audits/\w+\.json)', page)
    assert named == [f"audits/{name}.json" for name in ("a", "b", "c", "desktop", "old")]
    assert re.search(r"<code>audits/cut\.json:\d+</code>", page)


def test_the_download_has_every_number_with_its_files(portal: Path) -> None:
    text = (portal / "downloads/fr/numbers.csv").read_text("utf-8-sig")
    rows = [row for row in csv.reader(text.splitlines()) if row[0].startswith("lighthouse 13 mobile")]
    speed = next(row for row in rows if row[1] == "performance")
    assert speed[3:7] == ["62", "index", "2026-10-20", "2026-10-20"]
    assert speed[9] == "audits/a.json ; audits/b.json ; audits/c.json"
    assert next(row for row in rows if row[1] == "largest-contentful-paint")[3:5] == ["4210.75", "milliseconds"]


def test_without_a_report_there_is_no_section(tmp_path: Path) -> None:
    portal = built(laid(tmp_path / "site", {}))
    assert "lighthouse" not in (portal / PAGES["fr"]).read_text("utf-8").lower()
    assert "lighthouse" not in (portal / "donnees-et-methode.html").read_text("utf-8").lower()


def test_a_portal_is_made_again_until_its_last_run_counts(tmp_path: Path) -> None:
    """A run made after the data: the calendar changes the report until that day, and not beyond."""
    root = laid(tmp_path / "site", {"a": written(fetched="2026-11-22T09:00:00.000Z")})
    client = pipeline.dossier(root, "atlas", workspace.opened(root).site)
    assert pipeline.horizon(client) == date(2026, 11, 22)
    store = Store(root / ".sitegen/store.sqlite")
    counted = []
    for days in (0, 2, 9):
        workshop = Workshop(workspace.opened(root), store, TODAY + timedelta(days))
        known, audit = workshop.judged("atlas")
        assert audit is not None
        counted.append((len(audit.laboratory.pages), known.steady))
    store.close()
    assert counted == [(0, False), (1, True), (1, True)]


def test_a_day_asked_for_knows_no_later_run(tmp_path: Path) -> None:
    root = laid(tmp_path / "site", {"a": written(fetched="2026-10-20T09:00:00.000Z")})
    agreed = workspace.opened(root).site
    asked = [pipeline.edition(root, "atlas", agreed, TODAY, date(2026, 10, day))[0] for day in (10, 25)]
    assert [len(edition.laboratory.pages) for edition in asked] == [0, 1]
