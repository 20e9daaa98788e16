"""Which articles are advised, at which section and why; what a region reads; how the list is ordered."""

from __future__ import annotations

from dataclasses import replace

from sitegen.formats import Words
from sitegen.messages import Message, say
from sitegen.model.authored_text import Article, Reference
from sitegen.model.computed import Finding
from sitegen.render import advice
from tests.unit.draw import editions

FRENCH, QUEBEC = Words("fr", "FR"), Words("fr", "CA")


def article(id: str, language: str = "fr", **more: object) -> Article:
    plain = Article(id, language, f"content/{language}/{id}.md", id.upper(), id, "S", "sales", "start", (), (), (), "B")
    return replace(plain, **more)  # type: ignore[arg-type]


CRM = article(
    "crm",
    topics=("crm", "handling"),
    places=(("handling", "quick"),),
    sections=(("one-list", "Une liste"), ("quick", "Vite\u202f!")),
)
ROI = article("roi", topics=("margin", "crm"))


def finding(id: str, topic: str, because: str = "pages.unknown") -> Finding:
    told = say("pages.unknown")
    return Finding(id, "signs", 1.0, told, told, told, told, told, topic, Message(because))


def test_a_topic_leads_to_the_first_article_on_it_at_its_section() -> None:
    found = advice.places([CRM, ROI])
    assert found["crm"] == advice.Place(CRM)
    assert found["handling"] == advice.Place(CRM, "quick", "Vite\u202f!")
    assert found["margin"] == advice.Place(ROI)


def test_articles_are_recommended_once_with_each_reason_and_its_section() -> None:
    findings = [finding("a", "handling"), finding("b", "nothing"), finding("c", "margin", "x.y"), finding("d", "crm")]
    findings += [finding("e", "crm", "x.z"), finding("f", "roi")]
    assert advice.recommended(findings, [CRM, ROI]) == (
        (CRM, (advice.Reason(Message("pages.unknown"), "quick", "Vite\u202f!"), advice.Reason(Message("x.z")))),
        (ROI, (advice.Reason(Message("x.y")), advice.Reason(Message("pages.unknown")))),
    )
    assert advice.anchors(findings, [CRM, ROI]) == {"a": "quick", "c": "", "d": "", "e": ""}


def test_the_findings_of_an_edition_lead_to_articles() -> None:
    plain = replace(editions.whole(), findings=(finding("a", "handling"), finding("b", "nothing")))
    assert [found.article for found in advice.advised(plain, [CRM, ROI]).findings] == ["crm", "nothing"]


def test_a_region_reads_its_own_article_in_place_of_the_language_s() -> None:
    articles = [
        article("a"),
        article("b", title="Quoi\u202f?"),
        article("b", "fr-CA", title="Icitte"),
        article("c", "en"),
    ]
    assert [each.title for each in advice.own(articles, FRENCH)] == ["A", "Quoi\u202f?"]
    assert [each.title for each in advice.own(articles, QUEBEC)] == ["A", "Icitte"]


def test_quebec_reads_no_space_before_high_marks() -> None:
    written = article(
        "a",
        title="Quoi\u202f?",
        summary="Ceci\u202f; cela",
        body="Oui\u202f! Voici\u00a0: 1\u202f000 «\u00a0j’aime\u00a0».",
        sections=(("x", "Qui\u202f?"),),
        sources=(Reference("Titre\u202f?", note="Note\u202f!"),),
    )
    (found,) = advice.own([written], QUEBEC)
    assert (found.title, found.summary, found.sections) == ("Quoi?", "Ceci; cela", (("x", "Qui?"),))
    assert found.body == "Oui! Voici\u00a0: 1\u202f000 «\u00a0j’aime\u00a0»."
    assert found.sources[0] == Reference("Titre\u202f?", note="Note!")  # a title is quoted as it stands
    assert advice.own([written], FRENCH) == (written,)


def test_themes_come_in_our_order_then_the_agency_s_and_each_begins_with_the_start() -> None:
    last, first = article("a", level="further"), article("b", level="start")
    other, own, measure = article("c", level="agency"), article("d", theme="z"), article("e", theme="measure")
    shelves = advice.shelves([other, last, first, own, measure])
    assert shelves == (("measure", (measure,)), ("sales", (first, last, other)), ("z", (own,)))
