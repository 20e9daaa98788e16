"""A real French account whose files cut the same money four ways and tell no day: read right, and counted nowhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from scripts import site_real
from sitegen.build import pipeline, site, workspace
from sitegen.model.computed import Edition

EXPORTS = Path(__file__).parents[2].parent / "shared" / "exports"
TODAY = date(2026, 11, 20)

pytestmark = [
    pytest.mark.exports,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the private exports are not beside the repository"),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("advertiser")
    site_real.workspace(folder, EXPORTS)
    return folder


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    return pipeline.edition(root, "real-advertiser", workspace.opened(root).site, TODAY)[0]


def test_the_same_money_cut_four_ways_is_never_added(edition: Edition) -> None:
    spent = {
        table.path.rpartition("/")[2]: dict(table.figures)["Coût"].value  # type: ignore[union-attr]
        for table in edition.scorecard.unmeasured
        if "Coût" in dict(table.figures)
    }
    assert spent == pytest.approx(
        {
            "fr_campagnes_comparaison.csv": 39498.10,
            "fr_plus_fortes_variations.csv": 27520.95,
            "fr_recherches_mot.csv": 19804.96,
            "fr_recherches_requete.csv": 8335.44,
        }
    )
    assert edition.scorecard.sources == ()
    assert edition.scorecard.returns.media.value is None


def test_each_file_says_why_it_counts_nowhere(edition: Edition) -> None:
    reasons = {table.path.rpartition("/")[2]: table.reason.key for table in edition.scorecard.unmeasured}
    assert len(reasons) == 5
    assert set(reasons.values()) == {"exports.unmeasured.no_period"}


def test_the_page_tells_sums_and_reasons_and_the_first_page_no_false_freshness(root: Path) -> None:
    options = site.Options(TODAY, root / "output", root / "preview")
    assert site.build(workspace.opened(root), options, lambda message: None).failed == ()

    def text(page: str) -> str:
        html = (root / "preview/real-advertiser" / page).read_text("utf-8")
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u202f", " ").replace("\u00a0", " ")

    data = text("donnees-et-methode.html")
    assert "Google Ads · Campagnes" in data
    assert "39 498 €" in data
    assert "on ne sait pas de quels jours parlent ces chiffres" in data
    first = text("index.html")
    assert "5 tableaux ont été reçus" in first
    assert "viennent d’une source" not in first
