"""Addresses that hold on a domain, under a sub-path and in a folder."""

import posixpath

from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import Words
from sitegen.render import urls

FRENCH, ENGLISH = Words("fr", "MA"), Words("en", "MA")


def test_the_leading_language_lies_at_the_portal_s_root() -> None:
    assert urls.page("atlas", FRENCH, ("fr", "en"), "synthesis") == "atlas/index.html"
    assert urls.page("atlas", ENGLISH, ("fr", "en"), "synthesis") == "atlas/en/index.html"
    assert urls.page("atlas", ENGLISH, ("en", "fr"), "synthesis") == "atlas/index.html"
    assert urls.page("atlas", FRENCH, ("fr", "en"), "objectives") == "atlas/objectifs-et-roi.html"
    assert urls.article("atlas", ENGLISH, ("fr", "en"), "kpi") == "atlas/en/advice/kpi.html"


def test_links_are_relative_and_name_the_file() -> None:
    assert urls.relative("atlas/en/advice/kpi.html", "assets/site.css") == "../../../assets/site.css"
    assert urls.relative("index.html", "atlas/index.html") == "atlas/index.html"
    assert urls.relative("atlas/index.html", "atlas/en/index.html") == "en/index.html"


ADDRESSES = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map("/".join)


@given(ADDRESSES, ADDRESSES)
def test_links_lead_back_to_their_target(start: str, target: str) -> None:
    link = urls.relative(f"{start}.html", f"{target}.html")
    assert link == posixpath.relpath(f"/{target}.html", posixpath.dirname(f"/{start}.html"))


def test_a_public_address_drops_index_html() -> None:
    assert urls.public("https://example.org/repo/", "atlas/index.html") == "https://example.org/repo/atlas/"
    assert urls.public("https://example.org", "index.html") == "https://example.org/"
    assert urls.public("https://example.org", "a/not-index.html") == "https://example.org/a/not-index.html"
