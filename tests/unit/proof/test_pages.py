"""A sound page has no problem; each fault that is planted in it is found at its place."""

from __future__ import annotations

import hashlib

import pytest

from sitegen import proof
from sitegen.model.built import Artifact

POLICY = "default-src 'none'; style-src 'self'"
SOUND = f"""<!doctype html>
<html lang="fr" data-canary="canary-1">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<link rel="stylesheet" href="../assets/site.css">
<link rel="canonical" href="https://agency.example/atlas/">
<title>Atlas</title>
<script src="../assets/tips.js" defer></script>
</head>
<body>
<h1 id="start">Atlas</h1>
<p>None of it is missing: <code>{{{{campaign.name}}}}</code></p>
<figure aria-labelledby="name">
<svg role="img" aria-labelledby="name said"><title id="name">Sales</title><desc id="said">They rise.</desc>
<clipPath id="clip-1"><path d="M0,0"/></clipPath><g clip-path="url(#clip-1)"><use href="#mark"/><path id="mark"/></g>
</svg>
</figure>
<label for="filter">Filter</label><input id="filter" list="choices"><datalist id="choices"></datalist>
<table><tr><th id="h">Month</th></tr><tr><td headers="h">12</td></tr></table>
<img src="a.png" srcset="a.png 1x, b.png 2x" alt=""><img src="data:image/png;base64,AAAA" alt="A dot">
<a href="https://example.org/" target="_blank" rel="external noopener">Out</a> <a href="#start">Up</a>
<script type="application/json">{{"rows": [null]}}</script>
</body>
</html>
"""
PLANTED = [
    ("proof.duplicate_id", '<p id="start">'),
    ("proof.missing_id", '<p aria-labelledby="name nowhere">'),
    ("proof.missing_id", '<p aria-describedby="nowhere">'),
    ("proof.missing_id", '<button aria-controls="nowhere" aria-owns="start" type="button">'),
    ("proof.missing_id", '<p aria-activedescendant="nowhere">'),
    ("proof.missing_id", '<label for="nowhere">'),
    ("proof.missing_id", '<div headers="h nowhere">'),
    ("proof.missing_id", '<g fill="url(#nowhere)">'),
    ("proof.missing_id", '<use xlink:href="#nowhere">'),
    ("proof.second_heading", "<h1>"),
    ("proof.no_alternative", '<img src="a.png">'),
    ("proof.leftover", '<p aria-label="⟦q:3⟧">'),
    ("proof.leftover", '<p title="{{ name }}">'),
    ("proof.inline_style", '<p style="color: red">'),
    ("proof.inline_style", "<style></style>"),
    ("proof.inline_script", "<script>alert(1)</script>"),
    ("proof.inline_script", '<script type="module">alert(1)</script>'),
    ("proof.handler", '<button type="button" onclick="go()">'),
    ("proof.code_url", '<a href="javascript:go()">'),
    ("proof.code_url", '<a href=" Java&#10;Script:go()">'),
    ("proof.other_host", '<img alt="" src="https://cdn.example/a.png">'),
    ("proof.other_host", '<img alt="" src="https://cdn.example/a.png" src="a.png">'),
    ("proof.other_host", '<img alt="" src="//cdn.example/a.png">'),
    ("proof.other_host", '<g fill="@import &#34;//cdn.example/a.css&#34;">'),
    ("proof.other_host", '<img alt="" src="file:///home/a.png">'),
    ("proof.other_host", '<img alt="" srcset="a.png 1x, https://cdn.example/b.png 2x">'),
    ("proof.other_host", '<video poster="https://cdn.example/a.png"></video>'),
    ("proof.other_host", '<object data="https://cdn.example/a"></object>'),
    ("proof.other_host", '<image href="https://cdn.example/a.png">'),
    ("proof.other_host", '<g mask="url(https://cdn.example/a.svg#m)">'),
    ("proof.other_host", '<link rel="preload" href="https://cdn.example/a.woff2">'),
    ("proof.other_host", '<link rel="alternate stylesheet" href="https://cdn.example/a.css">'),
    ("proof.base", '<base href="/">'),
    ("proof.opener", '<a href="https://example.org" target="_blank" rel="nofollow">'),
    ("proof.second_policy", f'<meta http-equiv="content-security-policy" content="{POLICY}">'),
]
UNFILLED = ["None", " nan ", "NaN\u202f%", "⟦d:2026-10-01⟧", "a ⟧ DH", "Hello {{ name }}"]
LACKING = [
    ("proof.no_language", (2, 1), ' lang="fr"', ""),
    ("proof.no_title", (2, 1), "<title>Atlas</title>", "<title> </title>"),
    ("proof.no_heading", (2, 1), '<h1 id="start">Atlas</h1>', '<h2 id="start">Atlas</h2>'),
    ("proof.wrong_canary", (2, 1), "canary-1", "canary-2"),
    ("proof.wrong_canary", (2, 1), ' data-canary="canary-1"', ""),
    ("proof.no_policy", (1, 1), "Content-Security-Policy", "Refresh-Policy"),
    ("proof.other_policy", (5, 1), POLICY, f"{POLICY}; script-src *"),
    ("proof.before_policy", (4, 1), '<meta charset="utf-8">', '<script src="a.js"></script>'),
    ("proof.before_policy", (4, 1), '<meta charset="utf-8">', '<link rel="icon" href="a.svg">'),
]


def problems(page: str, address: str = "atlas/index.html") -> list[tuple[str, int, int]]:
    found = proof.portal([Artifact(address, page.encode())], "canary-1", POLICY)
    assert {problem.path for problem in found} <= {address}
    return [(problem.message.key, problem.line, problem.column) for problem in found]


def test_a_sound_page_has_no_problem() -> None:
    assert problems(SOUND) == []


@pytest.mark.parametrize(("key", "markup"), PLANTED)
def test_a_planted_element_is_found_at_its_place(key: str, markup: str) -> None:
    line = SOUND.count("\n", 0, SOUND.index("</body>")) + 1
    assert problems(SOUND.replace("</body>", f"<!-- --> {markup}</body>")) == [(key, line, 10)]


@pytest.mark.parametrize("words", UNFILLED)
def test_what_was_never_filled_is_found_in_a_cell(words: str) -> None:
    line = SOUND.count("\n", 0, SOUND.index("<table>")) + 1
    column = len('<table><tr><th id="h">Month</th></tr><tr><td headers="h">') + 1
    assert problems(SOUND.replace(">12<", f">{words}<")) == [("proof.leftover", line, column)]


@pytest.mark.parametrize(("key", "place", "sound", "broken"), LACKING)
def test_what_a_page_lacks_is_found(key: str, place: tuple[int, int], sound: str, broken: str) -> None:
    assert sound in SOUND
    assert problems(SOUND.replace(sound, broken)) == [(key, *place)]


def test_pages_of_no_portal_carry_no_canary() -> None:
    public = Artifact("index.html", SOUND.replace(' data-canary="canary-1"', "").encode())
    assert proof.portal([public], "", POLICY) == ()
    assert [p.message.key for p in proof.portal([Artifact("index.html", SOUND.encode())], "", POLICY)] == [
        "proof.wrong_canary"
    ]


def test_a_style_sheet_fetches_nothing_from_another_host() -> None:
    sheet = "/* url(https://said.example/) */\n@font-face { src: url(fonts/a.woff2) }\na { mask: url('data:,x') }\n"
    assert problems(sheet, "assets/site.css") == []
    assert problems(f'{sheet}b {{ src: url("https://cdn.example/a.woff2") }}', "a.css") == [("proof.other_host", 4, 10)]
    assert problems(f"{sheet} @import '//cdn.example/a.css';", "a.css") == [("proof.other_host", 4, 2)]


def test_a_drawing_fetches_nothing_from_another_host() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg">\n <image href="{}"/></svg>'
    assert problems(drawing.format("a.png"), "a.svg") == []
    assert problems(drawing.format("https://cdn.example/a.png"), "a.svg") == [("proof.other_host", 2, 2)]


def test_other_files_are_left_alone() -> None:
    assert problems("None,⟦x⟧,https://cdn.example/", "atlas/data.csv") == []
    assert proof.portal([Artifact("a.png", b"\x89PNG\xff")], "canary-1", POLICY) == ()


def test_an_entry_has_the_digest_the_ids_and_the_links_of_its_artifact() -> None:
    body = (
        b'<p id="a"><a name="b" href="../x%20y.html?q=1#caf%C3%A9">1</a> <a href="#a">2</a> <a href="sub/">3</a>'
        b'<a href="https://example.org/">4</a> <a href="mailto:a@example.org">5</a> <a href="/deep/../top.html">6</a>'
        b'<a href="../../up.html">7</a> <img srcset="s.png 1x, t.png 2x"> <use href="#a"/> <use href="i.svg#b"/>'
        b'<form action="go.html"></form> <meta http-equiv="refresh" content="0; url=fr/index.html">'
    )
    entry = proof.entry(Artifact("fr/page.html", body))
    assert (entry.address, entry.digest, entry.size) == ("fr/page.html", hashlib.sha256(body).hexdigest(), len(body))
    assert entry.ids == {"a", "b"}
    assert entry.links == {
        ("x y.html", "café"),
        ("fr/page.html", "a"),
        ("fr/sub/index.html", ""),
        ("/top.html", ""),
        ("../up.html", ""),
        ("fr/s.png", ""),
        ("fr/t.png", ""),
        ("fr/i.svg", "b"),
        ("fr/go.html", ""),
        ("fr/fr/index.html", ""),
    }


def test_an_entry_of_a_style_sheet_has_its_links() -> None:
    entry = proof.entry(Artifact("assets/site.css", b"a{src:url(../fonts/a.woff2)} b{mask:url(#m)}"))
    assert entry.links == {("fonts/a.woff2", "")}
