"""The advice of a whole workspace: the agency's files over ours, public pages and feeds, and no link that is dead."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sitegen.build import site, workspace
from tests import links

MINIMAL = Path(__file__).parent / "minimal-public"
OWN = """---
title: Notre façon de choisir
slug: notre-facon
summary: Ce que nous faisons.
theme: Nos méthodes
level: maison
topics: [choose-kpis]
---

## Une section {#section}

Texte de l’agence.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(MINIMAL, tmp_path / "site")
    return tmp_path / "site"


def built(root: Path) -> Path:
    options = site.Options(date(2026, 11, 20), root / "output", root / "preview", as_of=date(2026, 10, 31))
    outcome = site.build(workspace.opened(root), options, lambda _: None)
    assert outcome.failed == ()
    return root / "output"


def publish_advice(root: Path) -> None:
    config = root / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("home:\n", "home:\n  advice: true\n"), "utf-8")


def test_nothing_is_public_unless_it_is_asked_for(root: Path) -> None:
    output = built(root)
    assert not (output / "conseils").exists()
    assert "conseils/" not in (output / "index.html").read_text("utf-8")


def test_the_articles_are_public_with_a_feed_and_every_link_leads_somewhere(root: Path) -> None:
    publish_advice(root)
    output = built(root)
    ours = len(list((MINIMAL.parents[2] / "content/fr").glob("*.md")))
    for folder in ("conseils", "en/advice"):
        assert len(list((output / folder).glob("*.html"))) == ours + 1
        feed = ET.parse(output / folder / "feed.xml").getroot()
        told = [each.get("href", "") for each in feed.iter("{http://www.w3.org/2005/Atom}link")]
        assert len(told) == ours + 2
        for address in told:
            path = address.removeprefix("https://example.org/")
            assert (output / (f"{path}index.html" if path.endswith("/") else path)).is_file()
    assert 'href="conseils/index.html"' in (output / "index.html").read_text("utf-8")
    assert "https://example.org/conseils/choisir-ses-kpi.html" in (output / "sitemap.xml").read_text("utf-8")
    assert list(links.dead(output)) == []


def test_a_public_article_names_no_client(root: Path) -> None:
    publish_advice(root)
    pages = [file.read_text("utf-8") for file in (built(root) / "conseils").iterdir()]
    assert [page for page in pages if re.search("Atlas|Recommandé", page)] == []


def test_the_agency_replaces_translates_and_adds_by_a_file_of_that_name(root: Path) -> None:
    publish_advice(root)
    for name in ("fr/choisir-ses-kpi.md", "fr/a-nous.md"):
        file = root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(OWN if "kpi" in name else OWN.replace("notre-facon", "a-nous").replace("choose-kpis", "ours"))
    output = built(root)
    assert "Texte de l’agence." in (output / "atlas/conseils/notre-facon.html").read_text("utf-8")
    assert "Texte de l’agence." in (output / "conseils/a-nous.html").read_text("utf-8")
    assert not (output / "atlas/conseils/choisir-ses-kpi.html").exists()
    assert (output / "atlas/en/advice/choosing-kpis.html").is_file()  # the other language keeps ours
    listed = (output / "atlas/conseils.html").read_text("utf-8")
    assert "Nos méthodes" in listed
    assert "maison" in listed
    assert list(links.dead(output)) == []


def test_readers_in_quebec_have_their_own_article_and_it_is_made_again_when_it_changes(root: Path) -> None:
    client = root / "data/atlas/client.yaml"
    client.write_text(client.read_text("utf-8").replace("country: MA", "country: CA\ncurrency: MAD"), "utf-8")
    own = root / "content/fr-CA/choisir-ses-kpi.md"
    own.parent.mkdir(parents=True)
    for told in ("Texte d’ici.", "Autre texte."):
        own.write_text(OWN.replace("Texte de l’agence.", told), "utf-8")
        assert told in (built(root) / "atlas/conseils/notre-facon.html").read_text("utf-8")
    assert not (root / "output/atlas/conseils/choisir-ses-kpi.html").exists()
