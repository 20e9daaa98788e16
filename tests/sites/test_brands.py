"""A site in another theme, a portal in its client's colours, and what a shared link shows of either."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import site as building
from sitegen.build import workspace

SITE = Path(__file__).parent / "minimal-public"
THEMES = Path(__file__).parents[2] / "themes"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 4"><path d="M0 0h12v4Z"/></svg>'
BRAND = 'brand: {accent: "#f5c518", logo: brand/logo.svg}\n'
SHARED = re.compile(r'<meta property="og:([\w:]+)" content="([^"]*)">')


def built(root: Path, *, theme: str = "default", client: str = "", access: str = "public", url: bool = True) -> Path:
    """The output of the site in `root`, or its preview when its only client is private."""
    shutil.copytree(SITE, root)
    config, described = root / "config.yaml", root / "data/atlas/client.yaml"
    text = config.read_text("utf-8") + f"theme: {theme}\n"
    config.write_text(text if url else re.sub(r"^base_url:.*\n", "", text, flags=re.MULTILINE), "utf-8")
    described.write_text(described.read_text("utf-8").replace("access: public", f"access: {access}") + client, "utf-8")
    (root / "data/atlas/brand").mkdir()
    (root / "data/atlas/brand/logo.svg").write_text(LOGO, "utf-8")
    options = building.Options(date(2026, 11, 20), root / "output", root / "preview")
    outcome = building.build(workspace.opened(root), options, lambda message: None)
    assert outcome.failed == ()
    return root / ("output" if access == "public" else "preview")


def page(folder: Path, address: str = "atlas/index.html") -> str:
    return (folder / address).read_text("utf-8")


def shared(folder: Path, address: str = "atlas/index.html") -> dict[str, str]:
    return dict(SHARED.findall(page(folder, address)))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("plain") / "site")


@pytest.fixture(scope="module")
def branded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("branded") / "site", theme="ink", client=BRAND)


def test_a_child_theme_dresses_the_site(plain: Path, branded: Path) -> None:
    assert "--bg: #fbfaf6;" in page(plain, "assets/site.css")
    assert "--bg: #f6f8fb;" in page(branded, "assets/site.css")
    assert '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f6f8fb">' in page(branded)
    assert '<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#10141d">' in page(branded)


def test_a_portal_without_a_brand_has_no_sheet_of_its_own(plain: Path) -> None:
    assert not list((plain / "atlas").glob("brand*"))
    assert "brand.css" not in page(plain)


def test_a_portal_wears_its_clients_colour_and_logo_on_every_page(branded: Path) -> None:
    pages = sorted((branded / "atlas").rglob("*.html"))
    assert len(pages) > 8
    for file in pages:
        text, up = file.read_text("utf-8"), "../" * (len(file.relative_to(branded / "atlas").parts) - 1)
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]*)">', text)
        assert sheets == [f"{up}../assets/site.css", f"{up}brand.css"]
        assert f'<img class="masthead__logo" src="{up}brand/logo.svg" alt="Atlas Jiu-Jitsu">' in text
    assert (branded / "atlas/brand/logo.svg").read_text("utf-8") == LOGO
    assert "brand.css" not in page(branded, "index.html")


def test_a_shared_link_shows_a_title_and_a_picture_and_no_number_of_the_clients(plain: Path) -> None:
    told = shared(plain)
    assert told["title"].startswith("Atlas Jiu-Jitsu")
    assert told["url"] == "https://example.org/atlas/"
    assert told["image"] == "https://example.org/assets/og.png"
    assert told["locale"] == "fr_FR"
    assert not re.search(r"\d", told["description"])
    assert shared(plain, "atlas/en/index.html")["locale"] == "en_GB"
    assert shared(plain, "index.html")["title"] == "Agence Essai"
    assert shared(plain, "404.html") == {}


def test_the_picture_has_the_size_that_is_told_and_is_light() -> None:
    body = (THEMES / "default/assets/og.png").read_bytes()
    assert (int.from_bytes(body[16:20]), int.from_bytes(body[20:24])) == (1200, 630)
    assert len(body) < 40 * 1024


def test_without_an_address_of_the_site_a_link_promises_no_picture(tmp_path: Path) -> None:
    told = shared(built(tmp_path / "site", url=False))
    assert "title" in told
    assert not {"url", "image"} & told.keys()


def test_a_private_portal_says_nothing_to_who_shares_its_link(tmp_path: Path) -> None:
    preview = built(tmp_path / "site", access="private", client=BRAND)
    assert shared(preview) == {}
    assert not (tmp_path / "site/output/atlas").exists()
