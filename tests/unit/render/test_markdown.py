"""What comes out of Markdown is harmless, whatever went in."""

import pytest

from sitegen.render.markdown import html


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
