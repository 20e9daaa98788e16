"""The advice articles as they lie in `content/`: the same article in both languages, whole and well set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.render import advice

CONTENT = Path(__file__).parents[2] / "content"
LANGUAGES = ("fr", "en")
KEYS = {"title", "slug", "summary", "theme", "level", "topics", "related", "updated", "sources"}
THEMES, LEVELS = set(advice.THEMES), set(advice.LEVELS)

NARROW = "\u202f"
NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Article:
    """One file: its front matter, its Markdown, and the text of it all."""

    matter: dict[str, Any]
    body: str

    @property
    def anchors(self) -> list[str]:
        return re.findall(r"^## .+ \{#([a-z][a-z0-9-]*)\}$", self.body, re.MULTILINE)

    @property
    def prose(self) -> str:
        """Every sentence a reader sees: the body without anchors or addresses, and the worded front matter."""
        sources = [source.get(key, "") for source in self.matter["sources"] for key in ("title", "publisher", "note")]
        body = re.sub(r"\{#[^}]*\}|\]\([^)]*\)", "", self.body)
        return "\n".join([self.matter["title"], self.matter["summary"], *sources, body])

    @property
    def own(self) -> str:
        """What we wrote ourselves: the title of a source is set as in its own language."""
        notes = [source["note"] for source in self.matter["sources"]]
        return "\n".join([self.matter["title"], self.matter["summary"], *notes, self.prose.partition("\n\n")[2]])

    @property
    def words(self) -> int:
        """Words of the body; a lone sign or list number is none."""
        body = re.sub(r"\{#[^}]*\}|^\d+\. ", "", self.body, flags=re.MULTILINE)
        return sum(bool(re.search(r"\w", word)) for word in body.split())


def load(path: Path) -> Article:
    _, matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Article(yaml.safe_load(matter), body)


FOLDERS = {language: sorted((CONTENT / language).glob("*.md")) for language in LANGUAGES}
ARTICLES = {language: {path.stem: load(path) for path in paths} for language, paths in FOLDERS.items()}
IDS = sorted({article for folder in ARTICLES.values() for article in folder})

each_id = pytest.mark.parametrize("name", IDS)
each_article = pytest.mark.parametrize(
    ("language", "name"), [(language, name) for language, folder in ARTICLES.items() for name in folder]
)
each_french = pytest.mark.parametrize("name", sorted(ARTICLES["fr"]))


def test_the_three_articles_are_there() -> None:
    assert {"choisir-ses-kpi", "objectifs-smart", "roi-tous-couts"} <= set(IDS)


def test_there_are_enough_articles_for_every_subject() -> None:
    assert len(IDS) >= 24
    assert {ARTICLES["fr"][name].matter["theme"] for name in IDS} == THEMES


def test_both_languages_hold_the_same_articles() -> None:
    assert set(ARTICLES["fr"]) == set(ARTICLES["en"])


@each_id
def test_both_languages_have_the_same_sections(name: str) -> None:
    assert ARTICLES["fr"][name].anchors == ARTICLES["en"][name].anchors


@each_id
@pytest.mark.parametrize("key", ["theme", "level", "topics", "related", "updated"])
def test_both_languages_are_filed_alike(name: str, key: str) -> None:
    assert ARTICLES["fr"][name].matter[key] == ARTICLES["en"][name].matter[key]


@each_id
def test_both_languages_name_the_same_number_of_sources(name: str) -> None:
    assert len(ARTICLES["fr"][name].matter["sources"]) == len(ARTICLES["en"][name].matter["sources"])


@each_id
def test_both_languages_give_the_same_figures(name: str) -> None:
    french, english = ARTICLES["fr"][name].body, ARTICLES["en"][name].body
    assert figures(french, thousands=NARROW, decimal=",") == figures(english, thousands=",", decimal=".")


def figures(text: str, *, thousands: str, decimal: str) -> list[float]:
    """Every number of a text, in order of size, since a clause may stand elsewhere in a translation."""
    text = re.sub(r"\{#[^}]*\}", "", text).replace("1er", "1")
    text = re.sub(rf"(?<=\d){thousands}(?=\d{{3}})", "", text)
    numbers = re.findall(rf"\d+(?:{re.escape(decimal)}\d+)?", text)
    return sorted(float(number.replace(decimal, ".")) for number in numbers)


@each_article
def test_the_front_matter_is_whole(language: str, name: str) -> None:
    matter = ARTICLES[language][name].matter
    assert set(matter) == KEYS
    assert all(matter.values())
    assert matter["theme"] in THEMES
    assert matter["level"] in LEVELS
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", matter["slug"])
    assert len(matter["summary"]) <= 160
    assert len(matter["topics"]) == len(set(matter["topics"]))


@each_article
def test_each_source_can_be_found_and_says_what_it_is_for(language: str, name: str) -> None:
    for source in ARTICLES[language][name].matter["sources"]:
        assert set(source) <= {"title", "url", "publisher", "note"}
        assert source["title"]
        assert source["note"]
        assert source.get("url", "https://").startswith("https://")
        assert "url" in source or "publisher" in source


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_articles_share_an_address(language: str) -> None:
    slugs = [article.matter["slug"] for article in ARTICLES[language].values()]
    assert len(slugs) == len(set(slugs))


@each_article
def test_related_articles_exist(language: str, name: str) -> None:
    related = ARTICLES[language][name].matter["related"]
    assert set(related) <= set(ARTICLES[language]) - {name}


@each_article
def test_every_section_has_its_own_anchor(language: str, name: str) -> None:
    article = ARTICLES[language][name]
    headings = re.findall(r"^#+ ", article.body, re.MULTILINE)
    assert set(headings) == {"## "}
    assert len(article.anchors) == len(headings)
    assert len(set(article.anchors)) == len(article.anchors)


@each_article
def test_an_article_is_neither_a_note_nor_a_treatise(language: str, name: str) -> None:
    assert 400 <= ARTICLES[language][name].words <= 1200


@each_article
def test_no_straight_quote_or_apostrophe(language: str, name: str) -> None:
    assert not re.search(r"['\"]", ARTICLES[language][name].prose)


@each_french
def test_french_punctuation_keeps_its_spaces(name: str) -> None:
    prose = ARTICLES["fr"][name].own
    assert not re.search(rf"[^{NARROW}][;!?]", prose)
    assert not re.search(rf"[^{NO_BREAK}]:", prose)
    assert not re.search(rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»", prose)


@each_french
def test_french_numbers_keep_their_spaces(name: str) -> None:
    prose = ARTICLES["fr"][name].prose
    assert not re.search(r"\d[ \u00a0]\d{3}\b", prose)
    assert not re.search(rf"[^{NO_BREAK}]%", prose)
    assert not re.search(rf"\d[^{NO_BREAK}](DH|FCFA)\b", prose)


ENDING = ["example", "steps", "worked", "when-not"]


@each_article
def test_an_article_ends_with_what_to_do_how_to_see_it_and_when_not_to(language: str, name: str) -> None:
    article = ARTICLES[language][name]
    assert [anchor for anchor in article.anchors if anchor in ENDING] in (ENDING, ["example", *ENDING[1:]])
    assert article.anchors[-3:] == ENDING[1:]
    section = re.split(r"^## ", article.body, flags=re.MULTILINE)
    example = next(each for each in section if "{#example}" in each.partition("\n")[0])
    assert re.search("fictif" if language == "fr" else "fictitious", example)
    assert len(re.findall(r"\d", example)) >= 10
    steps = next(each for each in section if "{#steps}" in each.partition("\n")[0])
    assert steps.startswith("Lundi, à deux" if language == "fr" else "On Monday, for two people")
    assert len(re.findall(r"^\d\. ", steps, re.MULTILINE)) >= 5


def test_every_topic_has_one_article_alone() -> None:
    told = [topic for name in IDS for topic in ARTICLES["fr"][name].matter["topics"]]
    assert len(told) == len(set(told))


def test_every_topic_of_the_rubric_leads_to_a_section() -> None:
    rubric = yaml.safe_load((CONTENT.parent / "rubric/signs.yaml").read_text(encoding="utf-8"))
    wanted = {check["advice"] for check in rubric["checks"]} | COMPLETE
    assert len(COMPLETE) == 72
    for language in LANGUAGES:
        places = {
            topic: (name, anchor)
            for name, article in ARTICLES[language].items()
            for topic, anchor in article.matter["topics"].items()
        }
        assert wanted - places.keys() == set()
        assert [at for at in places.values() if at[1] not in ARTICLES[language][at[0]].anchors] == []


# All the topics that the complete rubric asks advice about (METHODS §7); the essential one asks about some of them.
COMPLETE = set(
    """
    analytics-setup measurement-plan before-during-after decision-log choose-kpis vanity-metrics
    measurement-frequency cost-tracking digital-sales-channel roi-sales margin press-baseline
    reallocate-press-social service-contacts contact-points social-customer-service roi-full-cost crm
    digital-lead training process-change lead-handling executive-kpis role-of-social kpi-by-role context
    stable-definitions smart-objectives discard-metrics keep-metrics cross-data correlation-wording
    executive-visuals business-goals budget-by-goal paid-owned audit-analytics audit-social audit-ux audit-seo
    digital-maturity tools-roadmap objective-kpi kpi-vs-metric supporting-metrics objective-coherence
    kpi-checklist strategy-basics platforms editorial-line content-calendar audit-scope inhouse-or-provider
    baseline target-setting realism follow-advice gap-analysis inbox-tracking response-rate response-time
    staffing inform-responder peak-plan negative-comments reply-guide content-questions content-mix keywords
    visual-charter brand-identity shareable-content
    """.split()
)
