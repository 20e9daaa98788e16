"""The agency's public articles: their pages, and feeds that a reader of feeds understands."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from sitegen.model.authored import Agency, Site
from sitegen.model.authored_text import Article
from sitegen.render import library

ATOM = "{http://www.w3.org/2005/Atom}"
TITLE = 'Prix & <marge> "nets"'


def article(id: str, language: str, day: date | None, title: str = "T") -> Article:
    path = f"content/{language}/{id}.md"
    return Article(
        id, language, path, title, f"{id}-{language}", "S & s", "sales", "start", (), (), (), "B", updated=day
    )


ARTICLES = (
    article("old", "fr", date(2025, 1, 31)),
    article("undated", "fr", None),
    article("new", "fr", date(2026, 2, 1), TITLE),
    article("new", "en", date(2026, 2, 1)),
)


def site(**more: object) -> Site:
    return Site(agency=Agency(name="A & B"), languages=("fr", "en"), **more)  # type: ignore[arg-type]


def feed(address: str, settings: Site) -> ET.Element:
    found = {artifact.address: artifact.body for artifact in library.feeds(ARTICLES, settings)}
    return ET.fromstring(found[address])


def test_every_article_has_its_page_and_its_translation() -> None:
    jobs = {job.address: job for job in library.jobs(ARTICLES, site())}
    assert sorted(jobs) == [
        "conseils/index.html",
        "conseils/new-fr.html",
        "conseils/old-fr.html",
        "conseils/undated-fr.html",
        "en/advice/index.html",
        "en/advice/new-en.html",
    ]
    assert jobs["conseils/new-fr.html"].alternates == {"fr": "conseils/new-fr.html", "en": "en/advice/new-en.html"}
    assert jobs["conseils/old-fr.html"].alternates == {"fr": "conseils/old-fr.html"}


def test_a_language_without_articles_has_no_list_and_no_feed() -> None:
    only = [each for each in ARTICLES if each.language == "fr"]
    assert {job.language for job in library.jobs(only, site())} == {"fr"}
    assert [each.address for each in library.feeds(only, site())] == ["conseils/feed.xml"]


def test_a_feed_has_what_atom_asks_for_newest_first() -> None:
    found = feed("conseils/feed.xml", site(base_url="https://example.org/x/"))
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert found.findtext(f"{ATOM}author/{ATOM}name") == "A & B"
    assert found.findtext(f"{ATOM}updated") == "2026-02-01T00:00:00Z"
    entries = found.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [TITLE, "T"]  # nothing of what has no day
    for each in (found, *entries):
        assert (each.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    assert entries[0].findtext(f"{ATOM}summary") == "S & s"


def links(found: ET.Element) -> list[str]:
    return [each.get("href", "") for each in found.iter(f"{ATOM}link")]


def test_links_are_absolute_where_the_site_knows_its_address_and_relative_elsewhere() -> None:
    base = "https://example.org/x"
    assert links(feed("en/advice/feed.xml", site(base_url=f"{base}/"))) == [
        f"{base}/en/advice/feed.xml",
        f"{base}/en/advice/",
        f"{base}/en/advice/new-en.html",
    ]
    assert links(feed("en/advice/feed.xml", site())) == ["feed.xml", "index.html", "new-en.html"]


def test_an_id_does_not_change_with_the_address() -> None:
    here, there = (feed("conseils/feed.xml", site(base_url=base)) for base in (None, "https://example.org/"))
    assert [each.text for each in here.iter(f"{ATOM}id")] == [each.text for each in there.iter(f"{ATOM}id")]
