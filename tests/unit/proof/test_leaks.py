"""What belongs to one client and is planted in another's files, of any type, is found at its place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sitegen import proof
from sitegen.model.built import Artifact, Manifest, PortalSummary

NAMES = {"atlas": "Atlas Jiu-Jitsu", "oreal": "L'Oréal & Fils"}
PRIVATE = {"oreal": ("L'Oréal & Fils", "oreal"), "zenith": ("Zénith",), "atlas": ("Kasbah",)}
SITE = {
    "shared": {"index.html": "<html>Agency</html>", "sitemap.xml": "<url>atlas/index.html</url>"},
    "atlas": {
        "atlas/index.html": '<html data-canary="canary-atlas">Atlas Jiu-Jitsu, Kasbah, floréal</html>',
        "atlas/data.csv": "month;sales",
        "atlas/logo.png": "\x89PNG",
    },
    "oreal": {"oreal/index.html": "<html data-canary='canary-oreal'>L&#39;Oréal &amp; Fils</html>"},
}


def found(
    site: Mapping[str, Mapping[str, str]], names: Mapping[str, str] = NAMES, tokens: Mapping[str, str] | None = None
) -> list[tuple[str, str, int, int]]:
    bodies: dict[str, bytes] = {}
    manifests = []
    for name, files in site.items():
        entries = tuple(proof.entry(Artifact(address, text.encode())) for address, text in files.items())
        bodies |= {entry.digest: text.encode() for entry, text in zip(entries, files.values(), strict=True)}
        token = (tokens or {}).get(name, f"canary-{name}")
        access = "private" if name == "oreal" else "public"
        summary = PortalSummary(name, names.get(name, ""), access, ("fr",), {}, (), "2026-10-31", canary=token)
        manifests.append(Manifest(name, entries, summary if name in names else None))
    problems = proof.canaries(manifests, bodies.__getitem__, PRIVATE)
    return [(p.message.key, p.path, p.line, p.column) for p in problems]


def planted(owner: str, address: str, text: str) -> dict[str, dict[str, str]]:
    """The sound site with one more file, or the file at that address with more text."""
    files = dict(SITE[owner])
    files[address] = files.get(address, "") + text
    return {**SITE, owner: files}


def test_a_sound_site_has_no_leak() -> None:
    assert found(SITE) == []


@pytest.mark.parametrize("address", ["index.html", "feed.xml", "search.json", "chart.svg", "robots.txt", "data.csv"])
@pytest.mark.parametrize("owner", ["shared", "oreal"])
def test_a_canary_in_another_manifest_is_found(owner: str, address: str) -> None:
    address = address if owner == "shared" else f"oreal/{address}"
    assert found(planted(owner, address, '\n  "été": "canary-atlas"')) == [("proof.leaked_canary", address, 2, 11)]


def test_a_page_without_its_own_canary_is_found() -> None:
    assert found(planted("atlas", "atlas/en.html", "<html>")) == [("proof.no_canary", "atlas/en.html", 0, 0)]


def test_a_portal_without_a_canary_is_found() -> None:
    assert found(SITE, tokens={"atlas": ""}) == [("proof.no_canary", "atlas/index.html", 0, 0)]


def test_two_portals_with_one_canary_are_found() -> None:
    assert ("proof.leaked_canary", "oreal/index.html", 1, 20) in found(SITE, tokens={"atlas": "canary-oreal"})


@pytest.mark.parametrize(
    "text",
    [
        "L'Oréal & Fils",
        "L'ORÉAL & FILS",
        "L&#39;Oréal &amp; Fils",
        "L&#x27;Oréal &amp; Fils",
        "L'Oréal &amp; Fils",
        "L'Or\\u00e9al & Fils",
        "L%27Or%C3%A9al%20%26%20Fils",
        "oreal",
        "../oreal/index.html",
        "ads_oreal_2026.csv",
        "«\u00a0Oreal\u00a0»",
        "d’Oreal",
        "first\\nOreal",
        "first\\u00a0Oreal",
        "%20oreal",
    ],
)
@pytest.mark.parametrize("owner", ["shared", "atlas"])
def test_a_private_name_on_a_public_page_is_found(owner: str, text: str) -> None:
    address = "index.html" if owner == "shared" else "atlas/index.html"
    ((key, path, line, _),) = found(planted(owner, address, f"\n{text}"))
    assert (key, path, line) == ("proof.leaked_name", address, 2)


def test_a_private_name_in_a_public_address_is_found() -> None:
    assert found(planted("shared", "logos/oreal.svg", "<svg>")) == [
        ("proof.leaked_in_address", "logos/oreal.svg", 0, 0)
    ]


def test_names_are_looked_for_on_public_pages_only() -> None:
    assert found(planted("oreal", "oreal/index.html", "Zénith")) == []
    assert found(planted("atlas", "atlas/index.html", "\nZénith")) == [("proof.leaked_name", "atlas/index.html", 2, 1)]


@pytest.mark.parametrize("text", ["floréal", "orealis", "Boréal 12"])
def test_a_word_that_only_contains_a_private_one_is_none(text: str) -> None:
    assert found(planted("shared", "index.html", text)) == []


def test_a_public_client_whose_name_contains_a_private_one_may_be_named() -> None:
    names = {**NAMES, "atlas": "Oreal Sport"}
    assert found(planted("shared", "index.html", "\nOreal Sport"), names) == []
    assert found(planted("shared", "index.html", "\nOreal Sport and Oreal"), names) == [
        ("proof.leaked_name", "index.html", 2, 17)
    ]
