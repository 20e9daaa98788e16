"""Every link inside the site leads somewhere; one that does not is found, at its place when the bodies are at hand."""

from __future__ import annotations

import pytest

from sitegen import proof
from sitegen.model.built import Artifact, Manifest

SITE = {
    "index.html": '<a href="atlas/fr/index.html#goals"> <a href="atlas/fr/"> <a href="atlas/fr"> <a href=".">',
    "404.html": '<a href="/">home</a> <a href="/atlas/fr/index.html#goals"></a>',
    "atlas/fr/index.html": '<h2 id="goals"></h2> <a href="../../">home</a> <a href="#goals"></a> <a href="#top"></a>',
    "atlas/fr/data.csv": "a,b",
    "atlas/fr/été.html": '<a href="data.csv?v=2#row=3"> <a href="./index.html#goals"> <a href="%C3%A9t%C3%A9.html">',
}


def found(site: dict[str, str], base_path: str = "/") -> list[tuple[str, str, int, int]]:
    """The problems of a site of one manifest, with the bodies at hand."""
    artifacts = [Artifact(address, text.encode()) for address, text in site.items()]
    entries = tuple(proof.entry(artifact) for artifact in artifacts)
    bodies = {entry.digest: artifact.body for entry, artifact in zip(entries, artifacts, strict=True)}
    problems = proof.site([Manifest("all", entries)], base_path, bodies.__getitem__)
    return [(p.message.key, p.path, p.line, p.column) for p in problems]


def test_a_sound_site_has_no_problem() -> None:
    assert found(SITE) == []


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("proof.broken_link", "nowhere.html"),
        ("proof.broken_link", "nowhere/"),
        ("proof.broken_link", "Index.html"),
        ("proof.broken_link", "../en/index.html"),
        ("proof.broken_fragment", "#nowhere"),
        ("proof.broken_fragment", "index.html?v=1#nowhere"),
        ("proof.absolute_link", "/atlas/fr/index.html"),
        ("proof.outside_link", "../../../index.html"),
    ],
)
def test_a_broken_link_is_found_at_its_place(key: str, url: str) -> None:
    page = f'{SITE["atlas/fr/index.html"]}\n <a href="{url}"></a>'
    assert found({**SITE, "atlas/fr/index.html": page}) == [(key, "atlas/fr/index.html", 2, 2)]


def test_without_bodies_the_whole_file_is_the_place() -> None:
    entry = proof.entry(Artifact("index.html", b'<a href="nowhere.html"></a>'))
    (problem,) = proof.site([Manifest("all", (entry,))])
    assert (problem.message.key, problem.path, problem.line) == ("proof.broken_link", "index.html", 0)
    assert problem.message.named == {"target": "nowhere.html"}


def test_the_page_for_missing_pages_links_from_the_base_path() -> None:
    site = {**SITE, "404.html": '<a href="/audit/atlas/fr/#goals"></a> <a href="/audit/"></a>'}
    assert found(site, "/audit/") == []
    assert {(key, path) for key, path, *_ in found(site, "/other/")} == {("proof.outside_link", "404.html")}


def test_links_lead_from_one_manifest_into_another() -> None:
    home = Manifest("shared", (proof.entry(Artifact("index.html", b'<a href="atlas/index.html#goals"></a>')),))
    portal = Manifest("atlas", (proof.entry(Artifact("atlas/index.html", b'<p id="goals">')),))
    assert proof.site([home, portal]) == ()
    assert [problem.message.key for problem in proof.site([home])] == ["proof.broken_link"]


@pytest.mark.parametrize("address", ["a/index.html", "A/Index.html"])
def test_an_address_given_twice_is_found(address: str) -> None:
    one, two = proof.entry(Artifact("a/index.html", b"")), proof.entry(Artifact(address, b""))
    (problem,) = proof.site([Manifest("one", (one,)), Manifest("two", (two,))])
    assert (problem.message.key, problem.path) == ("proof.duplicate_address", address)
    assert problem.message.named == {"first": "one", "second": "two"}
