"""What a search reads: the words of each section of each page, by its id, and nothing that a reader does not see."""

from __future__ import annotations

import json

from sitegen.render.search import address, index, sections

PAGE = """<html><body><nav>Menu</nav><main id="main">
<p><a href="../index.html">Atlas</a></p><h1 id="top">Où en est-on&nbsp;?</h1><p>Trois objectifs &amp; un retard.</p>
<h2 id="plan">Le <em>plan</em></h2><p>Former l’équipe.</p><svg><text>caché</text></svg>
<h3>Sans ancre</h3><p>Suite du plan.</p>
<details class="details figure__numbers"><summary>Les chiffres</summary><table><tr><td>42</td></tr></table></details>
<h2 id="vide">Vide</h2>
<h2 id="related">À lire ensuite</h2><p>Un autre conseil</p>
</main><footer>Pied</footer></body></html>"""


def test_sections_begin_at_headings_with_an_id() -> None:
    assert list(sections(PAGE)) == [
        ("", "Où en est-on\xa0?", "Trois objectifs & un retard."),
        ("plan", "Le plan", "Former l’équipe. Sans ancre Suite du plan."),
        ("vide", "Vide", ""),
    ]


def test_a_page_without_a_main_part_has_none() -> None:
    assert list(sections("<html></html>")) == []


def told(body: bytes) -> list[dict[str, object]]:
    prefix, suffix = b"globalThis.sitegenPages=", b";\n"
    assert body.startswith(prefix)
    assert body.endswith(suffix)
    return json.loads(body[len(prefix) : -len(suffix)])  # type: ignore[no-any-return]


def test_addresses_are_relative_to_the_folder_of_the_first_page() -> None:
    pages = [("atlas/en/index.html", "Summary", b"<main>a</main>"), ("atlas/en/advice/b.html", "B", b"<main>b</main>")]
    made = index("atlas", "en", pages)
    assert made.address == address("atlas", "en") == "atlas/search/en.js"
    assert [page["u"] for page in told(made.body)] == ["index.html", "advice/b.html"]
    assert index("atlas", "en", pages).body == made.body


def test_no_break_spaces_stay_between_a_number_and_its_unit_and_before_a_sign() -> None:
    page = '<main><h1 id="top">Où en\u202f?</h1>\n<p>50&nbsp;%\tde\n plus</p></main>'
    assert list(sections(page)) == [("", "Où en\u202f?", "50\xa0% de plus")]


def test_no_text_can_end_the_script() -> None:
    made = index("atlas", "fr", [("atlas/index.html", "T", "<main>&lt;/script&gt; \u2028 fin</main>".encode())])
    assert b"<" not in made.body
    assert "\u2028" not in made.body.decode()
    (page,) = told(made.body)
    assert page["s"] == [["", "", "</script> \u2028 fin"]]


def test_without_a_page_there_is_nothing_to_find() -> None:
    assert told(index("atlas", "fr", []).body) == []
