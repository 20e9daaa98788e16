"""A glance may take a sound page for a doubtful one, never a faulty page for a sound one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import proof
from sitegen.model.built import Artifact
from sitegen.proof import glance, pages
from tests.unit.proof.test_pages import LACKING, PLANTED, POLICY, SOUND, UNFILLED

PLAIN = SOUND.replace("{{campaign.name}}", "campaign").replace("[null]", "&#34;&#34;")


# What any check looks at in elements of all kinds; `fill` and `stroke` only where they lead somewhere.
SPOKEN = pages.IDREFS | pages.PAINTS - {"fill", "stroke"} | {"id", "name", "href", "src", "srcset", "style", "onclick"}


def read(page: str) -> Artifact:
    return Artifact("atlas/index.html", page.encode())


def is_clean(page: pages.Page) -> bool:
    return not any(proof._faults(page, "canary-1", POLICY))


def agrees(artifact: Artifact) -> bool:
    """Whether the page was plain; if so, a glance shows the same parts of it and overlooks no fault."""
    seen, whole = glance.page(artifact), pages.read(artifact)
    if seen is None:
        return False
    shown, real = ({(e.tag, *sorted(e.attributes.items())) for e in page.elements} for page in (seen, whole))
    assert shown <= real
    assert all(tag in glance.QUIET and SPOKEN.isdisjoint(name for name, _ in told) for tag, *told in real - shown)
    assert seen.ids == whole.ids
    assert {(r.url, r.loads) for r in seen.references} == {(r.url, r.loads) for r in whole.references}
    assert is_clean(whole) or not is_clean(seen)
    return True


def test_a_plain_and_sound_page_needs_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = proof._entry(read(PLAIN), pages.read(read(PLAIN)))
    assert is_clean(pages.read(read(PLAIN)))
    monkeypatch.delattr(pages, "read")
    assert proof.examined(read(PLAIN), "canary-1", POLICY) == (whole, ())


FAULTS = [
    *(PLAIN.replace("</body>", f"{markup}</body>") for _, markup in PLANTED),
    *(PLAIN.replace("</body>", f"{markup}{markup}</body>") for _, markup in PLANTED),
    *(PLAIN.replace(">12<", f">{words}<") for words in UNFILLED),
    *(PLAIN.replace(">12<", f"><b class='a'>{words}<") for words in UNFILLED),
    PLAIN.replace(">12<", ">&nbsp;NaN &lt;a&gt;<"),
    *(PLAIN.replace(sound, broken) for *_, sound, broken in LACKING),
]


@pytest.mark.parametrize("page", FAULTS)
def test_no_fault_is_overlooked(page: str) -> None:
    expected = tuple(proof._faults(pages.read(read(page)), "canary-1", POLICY))
    assert expected
    assert proof.examined(read(page), "canary-1", POLICY) == (
        proof._entry(read(page), pages.read(read(page))),
        expected,
    )
    agrees(read(page))


@pytest.mark.parametrize(
    "markup",
    [
        "<!-- <p> -->",
        "<p title='a'>",
        "<p title=a>",
        '<p title="a > b">',
        '<p title="a < b">',
        '<p title="a" TITLE="b">',
        "<p title>a & b",
        "<p>&eacute;</p>",
        "<p>&#123;&#123; name",
        "a < b",
        '<script>"<p>"</script>',
        '<script type="application/json"><p id="a"></script>',
        '<title><p id="a"></title>',
        '<textarea><p id="a"></textarea>',
        '<STYLE><p id="a"></STYLE>',
        '<p id="twice"><p id="twice">',
        "<h2></h2><h1></h1>",
        "<?p?>",
        "<![CDATA[a]]>",
        "</p/>",
        "<p",
    ],
)
def test_a_page_that_is_not_plain_is_read(markup: str) -> None:
    page = read(PLAIN.replace("</body>", f"{markup}</body>"))
    assert not agrees(page) or not is_clean(pages.read(page))


TAGS = [
    "p",
    "g",
    "td",
    "a",
    "h1",
    "img",
    "path",
    "clipPath",
    "meta",
    "style",
    "script",
    "title",
    "head",
    "html",
    "base",
    "code",
]
NAMES = [
    "id",
    "ID",
    "name",
    "href",
    "src",
    "style",
    "onclick",
    "for",
    "fill",
    "stroke",
    "class",
    "width",
    "role",
    "alt",
    "data-x",
    "rel",
    "srcset",
    "target",
]
VALUES = [
    "a",
    "b",
    "#a",
    "",
    "u.png 2x",
    "//h",
    "url(#b)",
    "url(&#34;#a&#34;)",
    "var(--a, url(#b))",
    "@import &#34;//h&#34;",
    "_blank",
    "&amp;nbsp;",
    "⟦",
    "{&#39;{",
    ">",
]
WORDS = ["", " ", "a", "None", "NaN", "NaN &lt;", "&nbsp;", "\u202f%", "{{", "&amp;", "&", "'", '"', "é"]
ATTRIBUTES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)), max_size=3).map(
    lambda found: "".join(f' {name}="{value}"' for name, value in found)
)
MARKUP = st.one_of(
    st.tuples(st.sampled_from(TAGS), ATTRIBUTES, st.sampled_from(["", "/", " /"])).map(
        lambda t: f"<{t[0]}{t[1]}{t[2]}>"
    ),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(WORDS),
    st.sampled_from(["<", ">", "<!--", "-->", "<p hidden>", "<p\n id=a>", "<p id='a'>", "<title>a</title>"]),
)


@given(st.lists(MARKUP, max_size=12).map("".join))
def test_a_glance_sees_what_a_reading_sees(markup: str) -> None:
    agrees(read(PLAIN.replace("</body>", f"{markup}</body>")))
    agrees(read(PLAIN.replace("<head>", f"<head>{markup}")))
