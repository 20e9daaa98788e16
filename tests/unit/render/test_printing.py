"""A print is made of finished pages: ids and links stay good, what nobody can use on paper is gone."""

from __future__ import annotations

import re

from sitegen.model.built import PageJob
from sitegen.render import paper, printing

PAGE = """<header>not this</header><main id="main">
<h1>Heading</h1>
<p class="more"><a href="objectifs.html">More</a></p>
<p id="a" aria-labelledby="a b">See <a href="#a">here</a>, <a href="objectifs.html#returns">there</a>,
<a href="conseils/x.html">an article</a>, <a href="https://example.org/y">a source</a>,
<a href="mailto:a@b.c">a@b.c</a>: an open <b>rate</b> and what to download first</p>
<details class="details" open><summary><span>Opens</span></summary><p>inside</p></details>
<details class="details details--method"><summary>How</summary><p>method</p></details>
<details class="figure__numbers"><summary>Numbers</summary><table></table></details>
<div class="figure__drawing figure__drawing--wide" data-explore="x"><svg><g id="g" fill="url(#g)" data-tip="t"/>
</svg></div>
<div class="figure__drawing figure__drawing--narrow" data-explore="x"><svg id="small"></svg></div>
<div class="scroll" tabindex="0"></div>
<section class="block" aria-labelledby="a"><aside class="x" aria-label="y">Beside</aside></section>
<section class="block" aria-labelledby="downloads"><h2 id="downloads">Files</h2></section>
</main><footer>nor this</footer>"""


def chapters(base_url: str = "") -> tuple[printing.Chapter, ...]:
    jobs = [
        PageJob("atlas/glossaire.html", "glossary", "fr", "glossary"),
        PageJob("atlas/objectifs.html", "objectives", "fr", "objectives"),
        PageJob("atlas/index.html", "synthesis", "fr", "synthesis"),
        PageJob("atlas/conseils.html", "advice", "fr", "advice"),
    ]
    pages = [(job, job.page.title(), PAGE.encode()) for job in jobs]
    return printing.chapters("atlas/imprimer/index.html", pages, "Links", base_url)


def test_chapters_stand_in_reading_order_whatever_that_of_the_pages() -> None:
    assert [each.name for each in chapters()] == ["synthesis", "objectives", "glossary"]
    assert [each.title for each in chapters()] == ["Synthesis", "Objectives", "Glossary"]


def test_ids_are_unique_and_what_points_at_them_follows() -> None:
    whole = "".join(each.body for each in chapters())
    ids = re.findall(r' id="([^"]+)"', whole)
    assert len(ids) == len({*ids}) == 12
    first = chapters()[0].body
    assert 'aria-labelledby="synthesis-a synthesis-b"' in first
    assert 'fill="url(#synthesis-g)"' in first
    assert 'href="#synthesis-a"' in first


def test_links_lead_within_the_print_where_they_can() -> None:
    first = chapters()[0].body
    assert '<a href="#objectives-returns">there</a>' in first
    assert '<a href="../conseils/x.html">an article</a>,' in first
    mark = '<sup class="note-mark"><a href="#synthesis-note-1">1</a></sup>'
    assert f'<a href="https://example.org/y">a source</a>{mark}' in first
    assert first.endswith('Links</h3><ol><li id="synthesis-note-1">https://example.org/y</li></ol></section>')
    assert '<a href="mailto:a@b.c">a@b.c</a>: an open <b>rate</b> and what to download first</p>' in first
    public = chapters("https://audits.example/")[0].body
    assert '<li id="synthesis-note-1">https://audits.example/atlas/conseils/x.html</li>' in public
    assert '<li id="synthesis-note-2">https://example.org/y</li>' in public


def test_what_opens_is_open_and_what_is_of_no_use_on_paper_is_gone() -> None:
    first = chapters()[0].body
    assert '<div class="details"><div class="opened"><span>Opens</span></div><p>inside</p></div>' in first
    for gone in (
        "method",
        "Numbers",
        "More",
        "Files",
        "small",
        "data-explore",
        "data-tip",
        "tabindex",
        "<details",
        "not this",
    ):
        assert gone not in first
    assert first.count("<svg") == 1


def test_a_chapter_has_no_landmarks_of_its_own() -> None:
    """Two sections of two pages may have the same name, and landmarks may not."""
    first = chapters()[0].body
    assert '<section class="block">' in first
    assert '<div class="x">Beside</div>' in first


def test_headings_go_down_by_one() -> None:
    assert "<h2>Heading</h2>" in chapters()[0].body


CSS = """
@layer reset, tokens; /* order */
@font-face { font-family: F; src: url("f.woff2"); font-weight: 100 900; }
@layer tokens { :root { --a: #111; --b: var(--a); }
@media screen and (prefers-color-scheme: dark) { :root { --a: #eee; } } }
@layer base { p { color: var(--b); border-color: var(--tone); } @media print { p { margin: 0; } .x { color: red } } }
@supports (x: y) { q { z: w } }
"""


def test_a_style_sheet_for_paper_has_no_layers_and_no_dark_ground() -> None:
    css = paper.stylesheet(CSS)
    assert "@layer" not in css
    assert "dark" not in css
    assert "100 900" not in css
    assert "@supports" not in css
    assert "@media print { p { margin: 0; } .x { color: red } }" in css


def test_tokens_become_their_values_and_what_a_rule_sets_itself_stays() -> None:
    values = paper.tokens(CSS, ":root { --a: #222; }")
    assert paper.flattened(paper.stylesheet(CSS), values).count("color: #222") == 1
    assert (
        paper.flattened('<path fill="var(--a)" stroke="var(--tone)">', values)
        == '<path fill="#222" stroke="var(--tone)">'
    )
