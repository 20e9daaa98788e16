"""What belongs to one client and is planted in another's files, of any type, is found at its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import proof
from sitegen.errors import Problem
from sitegen.model.built import Artifact, Entry, Manifest, PortalSummary
from sitegen.proof import leaks

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


# Texts and words of few pieces, so that they meet: letters, what bounds words, and what escapes of JSON and URLs end in
PIECES = ["a", "b", "é", "20", "0", "n", "u00e9", "u0", "_", " ", "-", "'", "&", "%", "\\", "&#39;", "%20", "\\n", "★"]
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def one_by_one(owners: Mapping[str, set[str]], text: str, before: str = "", after: str = "") -> dict[str, int]:
    """The plain reference: every word tried at every place, the longest first."""
    words = "|".join(re.escape(word) for word in sorted(owners, key=len, reverse=True)) or "(?!)"
    first: dict[str, int] = {}
    for match in re.finditer(f"{before}(?:{words}){after}", text):
        for owner in owners[match[0]]:
            first.setdefault(owner, match.start())
    return first


def summary(canary: str) -> PortalSummary:
    return PortalSummary(canary, "", "private", ("fr",), {}, (), "2026-10-31", canary=canary)


@given(names=st.dictionaries(st.sampled_from("klmnop"), st.lists(WORDS, max_size=3), max_size=6), text=TEXTS)
def test_names_are_found_where_trying_each_of_them_finds_them(names: dict[str, list[str]], text: str) -> None:
    owners: dict[str, set[str]] = {}
    for owner, words in names.items():
        for spelling in (spelling for word in words for spelling in leaks._spellings(word)):
            owners.setdefault(spelling, set()).add(owner)
    assert leaks._names([], names).first(text) == one_by_one(owners, text, leaks.BEGINNING, leaks.END)


@given(names=st.dictionaries(st.sampled_from("kl"), st.lists(WORDS, max_size=2), max_size=2), text=TEXTS)
def test_no_text_with_a_name_is_passed_over(names: dict[str, list[str]], text: str) -> None:
    traces = leaks._Traces.of(names)
    for owner in leaks._names([], names).first(text):
        assert traces.in_text(text, but="")
        assert owner != "k" or traces.in_text(text, but="l")


@given(
    names=st.dictionaries(st.sampled_from("kl"), st.lists(WORDS, max_size=2), max_size=2),
    texts=st.lists(st.lists(st.sampled_from([*PIECES, "<", "Σ"]), max_size=12).map("".join), max_size=4, unique=True),
)
def test_a_portal_is_passed_over_only_if_each_of_its_files_is(names: dict[str, list[str]], texts: list[str]) -> None:
    bodies = {str(at): text.encode() for at, text in enumerate(texts)}
    manifest = Manifest("m", tuple(Entry(f"{at}.txt", at, 0) for at in bodies))
    watch, traces = leaks._names([manifest], names), leaks._Traces.of(names)
    each = [
        problem
        for entry in manifest.entries
        for problem in leaks._private_names(manifest, entry, bodies[entry.digest], watch, traces)
    ]
    assert list(proof.canaries([manifest], bodies.__getitem__, names)) == each


FORM = re.compile(rb"canary-[a-z]+")


def gist_of(files: Mapping[str, str], own: str = "canary-atlas") -> leaks.Gist:
    bodies = {str(at): text.encode() for at, text in enumerate(files.values())}
    entries = [Entry(address, digest, 0) for address, digest in zip(files, bodies, strict=True)]
    return proof.gist(entries, bodies.__getitem__, own, FORM)


@given(
    names=st.dictionaries(st.sampled_from("kl"), st.lists(WORDS, max_size=2), max_size=2),
    texts=st.lists(st.lists(st.sampled_from([*PIECES, "<", "Σ"]), max_size=12).map("".join), max_size=4, unique=True),
    marks=st.lists(st.sampled_from(["canary-m", "canary-k", ""]), min_size=4, max_size=4),
)
def test_a_gist_hides_nothing_that_a_look_into_the_files_finds(
    names: dict[str, list[str]], texts: list[str], marks: list[str]
) -> None:
    files = {f"{at}.html": f"{text} {mark}" for at, (text, mark) in enumerate(zip(texts, marks, strict=False))}
    bodies = {address: text.encode() for address, text in files.items()}
    told = replace(summary("canary-m"), access="public")
    manifest = Manifest("m", tuple(Entry(address, address, 0) for address in files), told)
    other = Manifest("k", (), summary("canary-k"))
    known = gist_of(files, "canary-m")

    def found(**more: object) -> tuple[Problem, ...]:
        return proof.canaries([manifest, other], bodies.__getitem__, names, **more)  # type: ignore[arg-type]

    assert found(gists=lambda each: known if each is manifest else None) == found()


def test_no_file_is_read_of_a_portal_whose_gist_leaves_no_doubt() -> None:
    files = {"atlas/index.html": "<html data-canary=canary-atlas>L'été, d’hiver 7UP", "atlas/a.csv": "jour;été"}
    told = PortalSummary("atlas", "Atlas", "public", ("fr",), {}, (), "2026-10-31", canary="canary-atlas")
    manifest = Manifest("atlas", tuple(Entry(address, address, 0) for address in files), told)
    known = gist_of(files)
    assert known == leaks.Gist(known.runs, ("canary-atlas",), marked=True)
    assert set(known.runs.split()) >= {"été", "hiver", "up", "jour"}
    read: list[str] = []

    def body(digest: str) -> bytes:
        read.append(digest)
        return files[digest].encode()

    def problems(words: str) -> list[str]:
        names = {"zenith": (words,)}
        return [p.message.key for p in proof.canaries([manifest], body, names, gists=lambda _: known)]

    assert (problems("Le Zénith"), read) == ([], [])
    assert problems("Hiver") == ["proof.leaked_name"]
    assert read == [*files]


def test_another_s_mark_beside_the_own_one_is_found_by_the_gist_too() -> None:
    files = {"m/index.html": "canary-m", "m/a.csv": "\ncanary-k"}
    known = gist_of(files, "canary-m")
    manifest = Manifest("m", tuple(Entry(address, address, 0) for address in files), summary("canary-m"))
    other = Manifest("k", (), summary("canary-k"))
    found = proof.canaries([manifest], lambda name: files[name].encode(), {}, None, [other], lambda _: known)
    assert known.marked
    assert [(p.message.key, p.path, p.line) for p in found] == [("proof.leaked_canary", "m/a.csv", 2)]


def test_a_gist_knows_a_page_without_the_own_canary_and_one_with_another_s() -> None:
    assert not gist_of({"a/index.html": "canary-atlas", "a/b.html": ""}).marked
    assert gist_of({"a/index.html": "canary-atlas", "a/b.csv": ""}).marked
    assert gist_of({"a/index.html": "canary-atlas canary-oreal"}).canaries == ("canary-atlas", "canary-oreal")


def test_a_text_without_a_name_is_passed_over() -> None:
    traces = leaks._Traces.of({"zenith": ("Le Salon du Zénith",), "atlas": ("Atlas",)})
    assert not traces.in_text("le salon du grand hôtel de dakar; atlas", but="atlas")
    assert not leaks._Traces.of({}).in_text("le salon du zénith", but="")
    assert traces.in_text("le salon du zénith", but="atlas")
    assert not traces.in_text("le salon du zénith", but="zenith")
    assert leaks._Traces.of({"sept": ("7UP",), "zenith": ("Zénith",)}).in_text("un 7up", but="zenith")
    assert not leaks._Traces.of({"sept": ("7UP",), "zenith": ("Zénith",)}).in_text("le 7 mai", but="")


@given(tokens=st.sets(WORDS, max_size=6), text=TEXTS)
def test_tokens_are_found_where_trying_each_of_them_finds_them(tokens: set[str], text: str) -> None:
    found = leaks._tokens([Manifest(token, (), summary(token)) for token in tokens]).first(text.encode())
    expected = one_by_one({token: {token} for token in tokens}, text)
    assert found == {token: len(text[:start].encode()) for token, start in expected.items()}


class Counted(dict[str, Sequence[str]]):
    """Owners by word, that count how often they are asked."""

    asked = 0

    def get(self, word: str, default: object = None) -> object:  # type: ignore[override]
        self.asked += 1
        return super().get(word, default)  # type: ignore[arg-type]


def test_the_work_on_a_page_does_not_grow_with_the_number_of_names() -> None:
    text = "le salon de l’été, le salon d’hiver %c3%a9 le salon 4 " * 50

    def asked(clients: int) -> int:
        names = {f"client-{n:04}": (f"Le Salon {n:04}", f"Été {n:04}", f"client-{n:04}") for n in range(clients)}
        watch = leaks._names([], names)
        counted = Counted(watch.owners)
        assert replace(watch, owners=counted).first(text) == {}
        return counted.asked

    assert 0 < asked(10) == asked(1000) < len(text)
