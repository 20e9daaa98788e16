"""A draft is marked on every page, and leaves the preview only when it is approved."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import site, workspace
from sitegen.build.private import published

TODAY = date(2026, 11, 20)
SECOND = "name: Bahia\ncountry: MA\naccess: public\n"


@pytest.fixture
def root(small: Callable[[Path], Path], tmp_path: Path) -> Path:
    """Two public clients, of whom `atlas` is a draft."""
    root = small(tmp_path / "site")
    set_status(root, "draft")
    (root / "data/bahia").mkdir()
    (root / "data/bahia/client.yaml").write_text(SECOND, "utf-8")
    return root


def set_status(root: Path, status: str) -> None:
    file = root / "data/atlas/client.yaml"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("status:")]
    file.write_text("\n".join([*lines, f"status: {status}"]) + "\n", "utf-8")


def build(root: Path, *, strict: bool = False) -> site.Outcome:
    options = site.Options(TODAY, root / "output", root / "preview", strict=strict)
    return site.build(workspace.opened(root), options, lambda message: None)


@pytest.mark.parametrize(
    ("access", "status", "out"),
    [
        ("public", "approved", True),
        ("public", "draft", False),
        ("private", "approved", False),
        ("private", "draft", False),
    ],
)
def test_what_is_public_and_approved_is_published(access: str, status: str, out: bool) -> None:
    assert published(access, status) is out


def test_a_draft_goes_to_the_preview_only_and_is_named_nowhere_else(root: Path) -> None:
    assert build(root).failed == ()
    assert sorted(
        folder.name for folder in (root / "output").iterdir() if folder.is_dir() and folder.name[0] != "."
    ) == [
        "assets",
        "bahia",
        "en",
    ]
    for name in ("sitemap.xml", "index.html", "en/index.html"):
        text = (root / "output" / name).read_text("utf-8")
        assert "tlas" not in text, name
    assert "bahia" in (root / "output/sitemap.xml").read_text("utf-8")
    assert "brouillon" in (root / "preview/index.html").read_text("utf-8")


def test_every_page_of_a_draft_says_so_and_no_other(root: Path) -> None:
    build(root)
    drafts = list((root / "preview/atlas").rglob("*.html"))
    assert len(drafts) >= 10
    for page in drafts:
        text = page.read_text("utf-8")
        english = "en" in page.relative_to(root / "preview/atlas").parts
        assert re.search(r"<title>(.*?) · ", text)[1] == ("Draft" if english else "Brouillon"), page
        assert '<meta name="robots" content="noindex">' in text
        assert 'class="banner banner--draft"' in text
    for page in (root / "preview/bahia").rglob("*.html"):
        told = "banner--draft|Draft|Brouillon" + ("" if page.parent.name in ("imprimer", "print") else "|noindex")
        assert not re.search(told, page.read_text("utf-8")), page


def test_a_strict_build_publishes_nothing_while_there_is_a_draft(root: Path) -> None:
    outcome = build(root, strict=True)
    assert (outcome.published, outcome.previewed, outcome.failed) == (None, None, ("atlas",))
    (problem,) = [each for each in outcome.problems if each.message.key == "cli.draft"]
    lines = (root / "data/atlas/client.yaml").read_text("utf-8").splitlines()
    assert (problem.path, lines[problem.line - 1]) == ("data/atlas/client.yaml", "status: draft")
    assert not (root / "output").exists()


def test_a_portal_that_becomes_a_draft_again_is_taken_back(root: Path) -> None:
    set_status(root, "approved")
    build(root, strict=True)
    assert (root / "output/atlas/index.html").is_file()
    set_status(root, "draft")
    build(root)
    assert not (root / "output/atlas").exists()
    assert "tlas" not in (root / "output/sitemap.xml").read_text("utf-8")


def test_a_private_draft_does_not_stop_a_strict_build(root: Path) -> None:
    file = root / "data/atlas/client.yaml"
    file.write_text(file.read_text("utf-8").replace("access: public", "access: private"), "utf-8")
    outcome = build(root, strict=True)
    assert outcome.failed == ()
    assert (root / "output/bahia/index.html").is_file()
    assert not (root / "output/atlas").exists()
