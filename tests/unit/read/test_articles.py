"""Front matter, the agency's articles over ours, and links between articles."""

from datetime import date
from pathlib import Path

import pytest

from sitegen.errors import Problem
from sitegen.model.authored_text import Article, Reference
from sitegen.read.articles import articles

FULL = """---
title: "Choisir ses KPI"
slug: bien-choisir
summary: >-
  Peu de chiffres,
  bien choisis.
theme: measure
level: start
topics: [choose-kpis, kpi-checklist]
related: [roi]
updated: 2026-11-26
sources:
  - title: Lean Analytics
    publisher: O’Reilly, 2013
    url: https://example.org/lean
    note: Sur le choix.
  - {title: Sans adresse}
internal: true
---

## Un titre

Du *texte*.
"""
SHORT = "---\ntitle: {title}\nsummary: S\ntheme: t\nlevel: start\n---\nBody\n"


def put(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


def told(problems: tuple[Problem, ...]) -> list[tuple[str, int, int, str]]:
    return [(each.path, each.line, each.column, each.message.key) for each in problems]


def one(tmp_path: Path, text: str) -> tuple[tuple[Article, ...], list[tuple[str, int, int, str]]]:
    found, problems = articles([put(tmp_path / "content", "fr/kpi.md", text)])
    return found, told(problems)


def test_every_field_of_an_article_is_read(tmp_path: Path) -> None:
    content = put(tmp_path / "content", "fr/kpi.md", FULL)
    put(content, "fr/roi.md", SHORT.format(title="ROI"))
    found, problems = articles([content])
    assert problems == ()
    assert found[0] == Article(
        id="kpi",
        language="fr",
        path="content/fr/kpi.md",
        title="Choisir ses KPI",
        slug="bien-choisir",
        summary="Peu de chiffres, bien choisis.",
        theme="measure",
        level="start",
        topics=("choose-kpis", "kpi-checklist"),
        related=("roi",),
        sources=(
            Reference("Lean Analytics", "O’Reilly, 2013", "https://example.org/lean", "Sur le choix."),
            Reference("Sans adresse"),
        ),
        body="## Un titre\n\nDu *texte*.",
        internal=True,
        updated=date(2026, 11, 26),
    )
    assert (found[1].slug, found[1].related, found[1].sources, found[1].internal) == ("roi", (), (), False)


SECTIONS = """---
title: T
summary: S
theme: t
level: start
topics: {margin: costs, roi: }
---

Before 1.

## The *six* costs {#costs}

1. Media – and agency.

### Without an anchor

#### Deeper { #deep .x }
"""


def test_a_topic_may_lead_to_a_section(tmp_path: Path) -> None:
    (found,), problems = one(tmp_path, SECTIONS)
    assert problems == []
    assert found.topics == ("margin", "roi")
    assert found.places == (("margin", "costs"),)
    assert found.sections == (("costs", "The six costs"), ("deep", "Deeper"))


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (299, 1), (301, 2), (900, 4), (1000, 5)])
def test_reading_takes_a_minute_for_two_hundred_words(tmp_path: Path, words: int, minutes: int) -> None:
    body = "## Heading {#anchor}\n\n1. – " + "word " * (words - 1)
    (found,), _ = one(tmp_path, SHORT.format(title="T").replace("Body", body))
    assert found.minutes == minutes


def test_a_section_that_is_not_there_is_told_at_its_place(tmp_path: Path) -> None:
    found, problems = one(tmp_path, SECTIONS.replace("margin: costs", "margin: cots"))
    assert (found, problems) == ((), [("content/fr/kpi.md", 6, 18, "read.no_such_section")])


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "3", "[2026]"])
def test_the_day_of_an_article_is_a_day(tmp_path: Path, day: str) -> None:
    found, problems = one(tmp_path, SECTIONS.replace("level: start", f"level: start\nupdated: {day}"))
    assert (found, problems) == ((), [("content/fr/kpi.md", 6, 10, "read.not_a_day")])


def test_the_first_folder_replaces_an_article_in_one_language_only(tmp_path: Path) -> None:
    own = put(tmp_path / "own", "fr/roi.md", SHORT.format(title="À nous"))
    ours = put(tmp_path / "content", "fr/roi.md", SHORT.format(title="Livré"))
    put(ours, "en/roi.md", SHORT.format(title="Packaged"))
    put(ours, "fr/kpi.md", SHORT.format(title="KPI"))
    found, problems = articles([own, ours])
    assert problems == ()
    assert [(each.language, each.id, each.title, each.path) for each in found] == [
        ("en", "roi", "Packaged", "content/en/roi.md"),
        ("fr", "kpi", "KPI", "content/fr/kpi.md"),
        ("fr", "roi", "À nous", "own/fr/roi.md"),
    ]


def test_a_broken_article_of_the_agency_does_not_let_ours_come_back(tmp_path: Path) -> None:
    own = put(tmp_path / "own", "fr/roi.md", "no header")
    ours = put(tmp_path / "content", "fr/roi.md", SHORT.format(title="Livré"))
    found, problems = articles([own, ours])
    assert found == ()
    assert told(problems) == [("own/fr/roi.md", 1, 1, "read.no_front_matter")]


def test_only_markdown_in_folders_of_languages_is_read(tmp_path: Path) -> None:
    content = put(tmp_path / "content", "README.md", "x")
    for name in ("images/a.md", "fr/a.txt", "fr/drafts/a.md", "FR/a.md"):
        put(content, name, "x")
    put(content, "fr-CA/a.md", SHORT.format(title="A"))
    found, problems = articles([content, tmp_path / "none"])
    assert problems == ()
    assert [each.language for each in found] == ["fr-CA"]


@pytest.mark.parametrize("text", ["Just text\n", "", "---\ntitle: never closed\n", "\n---\ntitle: x\n---\n"])
def test_an_article_needs_front_matter(tmp_path: Path, text: str) -> None:
    assert one(tmp_path, text) == ((), [("content/fr/kpi.md", 1, 1, "read.no_front_matter")])


def test_front_matter_must_be_keys_and_values(tmp_path: Path) -> None:
    assert one(tmp_path, "---\n- a\n---\nBody\n") == ((), [("content/fr/kpi.md", 2, 1, "read.not_a_mapping")])


def test_a_syntax_error_stands_at_its_line_of_the_file(tmp_path: Path) -> None:
    found, problems = one(tmp_path, SHORT.format(title="a: b"))
    assert (found, problems) == ((), [("content/fr/kpi.md", 2, 9, "read.syntax.colon")])


def test_all_that_is_wrong_with_an_article_is_told_at_once(tmp_path: Path) -> None:
    text = """---
title: 3
slug: Not A Slug
sumary: typo
theme: ""
level: start
topics: one
related: [1]
sources:
  - {title: A, url: "javascript:alert(1)"}
  - {name: B}
  - text
internal: yes
---
"""
    found, problems = one(tmp_path, text)
    assert found == ()
    assert [(line, column, key.removeprefix("read.")) for _, line, column, key in problems] == [
        (2, 1, "missing_key"),
        (2, 8, "not_words"),
        (3, 7, "bad_name"),
        (4, 1, "unknown_key"),
        (5, 8, "not_words"),
        (7, 9, "not_a_list"),
        (8, 11, "not_words"),
        (10, 21, "not_a_url"),
        (11, 5, "missing_key"),
        (11, 6, "unknown_key"),
        (12, 5, "not_a_mapping"),
        (13, 11, "not_a_flag"),
        (15, 1, "empty_article"),
    ]


def test_a_key_like_a_known_one_is_suggested(tmp_path: Path) -> None:
    text = SHORT.format(title="x").replace("Body", "").replace("summary", "sumary")
    _, problems = articles([put(tmp_path / "content", "fr/kpi.md", text)])
    hints = {each.message.key: each.hint for each in problems}
    hint = hints["read.unknown_key"]
    assert hint is not None
    assert (hint.key, hint.named) == ("read.did_you_mean", {"name": "summary"})


def test_a_related_article_must_exist_in_the_same_language(tmp_path: Path) -> None:
    text = SHORT.format(title="KPI").replace("level", "related: [roi, smrt]\nlevel")
    content = put(tmp_path / "content", "fr/kpi.md", text)
    put(content, "en/roi.md", SHORT.format(title="ROI"))
    put(content, "fr/smart.md", "broken, but there")
    found, problems = articles([content])
    assert [each.id for each in found] == ["roi", "kpi"]
    assert told(problems) == [
        ("content/fr/kpi.md", 5, 11, "read.no_such_article"),
        ("content/fr/kpi.md", 5, 16, "read.no_such_article"),
        ("content/fr/smart.md", 1, 1, "read.no_front_matter"),
    ]
    hint = problems[1].hint
    assert hint is not None
    assert hint.named == {"name": "smart"}


def test_two_articles_of_a_language_may_not_share_a_slug(tmp_path: Path) -> None:
    content = put(tmp_path / "content", "fr/a.md", SHORT.format(title="A"))
    put(content, "fr/b.md", SHORT.format(title="B\nslug: a"))
    put(content, "en/c.md", SHORT.format(title="C\nslug: a"))
    assert told(articles([content])[1]) == [("content/fr/b.md", 3, 7, "read.shared_slug")]


def test_a_file_name_must_serve_as_an_id(tmp_path: Path) -> None:
    content = put(tmp_path / "content", "fr/Mes KPI.md", SHORT.format(title="A\nslug: a"))
    assert told(articles([content])[1]) == [("content/fr/Mes KPI.md", 0, 0, "read.bad_name")]


def test_windows_line_ends_and_another_encoding(tmp_path: Path) -> None:
    content = put(tmp_path / "content", "fr/a.md", "")
    (content / "fr/a.md").write_bytes(b"\xef\xbb\xbf" + SHORT.format(title="É").replace("\n", "\r\n").encode())
    (content / "fr/b.md").write_bytes(SHORT.format(title="É").encode("latin-1"))
    found, problems = articles([content])
    assert [(each.title, each.body) for each in found] == [("É", "Body")]
    assert told(problems) == [("content/fr/b.md", 2, 8, "read.not_utf8")]


def test_a_region_s_article_may_lead_to_those_of_its_language(tmp_path: Path) -> None:
    content = put(tmp_path / "content", "fr/roi.md", SHORT.format(title="ROI"))
    own = SHORT.format(title="A").replace("level: start", "level: start\nrelated: [{id}]")
    put(content, "fr-CA/a.md", own.replace("{id}", "roi"))
    assert articles([content])[1] == ()
    put(content, "fr-CA/a.md", own.replace("{id}", "rio"))
    assert told(articles([content])[1]) == [("content/fr-CA/a.md", 6, 11, "read.no_such_article")]
