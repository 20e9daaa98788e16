"""What comes out of Markdown is harmless, whatever went in."""

import pytest

from sitegen.render.markdown import comment, html


def test_headings_keep_their_anchors() -> None:
    assert '<h2 id="steps">Faire</h2>' in html("## Faire {#steps}\n\ntexte")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="https://elsewhere.example/x.png">',
        '<p style="color:red" onclick="x()">a</p>',
        "[a](javascript:alert(1))",
        "<style>p{}</style>",
        '<iframe src="https://elsewhere.example"></iframe>',
        "![image](https://elsewhere.example/x.png)",
    ],
)
def test_scripts_styles_and_foreign_resources_are_dropped(hostile: str) -> None:
    out = str(html(f"before\n\n{hostile}\n\nafter")).lower()
    assert not any(word in out for word in ("script", "<img", "style", "onclick", "iframe"))
    assert "before" in out
    assert "after" in out


def test_links_to_other_sites_do_not_hand_over_the_window() -> None:
    assert 'rel="noopener"' in html("[site](https://example.org)")


@pytest.mark.parametrize(("level", "written", "shown"), [(3, "# A", "h3"), (3, "### A", "h5"), (4, "A\n=", "h4")])
def test_the_headings_of_a_comment_begin_where_they_stand(level: int, written: str, shown: str) -> None:
    assert f"<{shown}>A</{shown}>" in comment(written, level)


def test_no_heading_of_a_comment_is_higher_or_lower_than_there_is() -> None:
    out = comment("<h1>A</h1>\n\n###### B\n\n`<h1>`", 4)
    assert "<h4>A</h4>" in out
    assert "<h6>B</h6>" in out
    assert "<code>&lt;h1&gt;</code>" in out


def test_a_comment_has_no_anchor_that_could_be_one_of_the_page() -> None:
    assert "id=" not in comment("# A {#returns}\n\n<p id='main'>b</p>", 3)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<h1 onclick='x()'>a</h1>",
        "![a](https://elsewhere.example/x.png)",
        "<h1><img src=x onerror=alert(1)></h1>",
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "<svg><script>alert(1)</script></svg>",
        "<a href='vbscript:x' style='x'>a</a>",
        "<form action='https://elsewhere.example'><input></form>",
    ],
)
def test_a_comment_brings_neither_scripts_nor_pictures(hostile: str) -> None:
    out = comment(f"before\n\n{hostile}\n\nafter", 3).lower()
    assert not any(word in out for word in ("script", "<img", "<svg", "onclick", "onerror", "style", "data:", "<form"))
    assert "before" in out
    assert "after" in out
