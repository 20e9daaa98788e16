"""Searching a portal: what is typed is found whatever its accents, marked, walked through with keys, and opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_pages import DESK, PHONE, opened

pytestmark = pytest.mark.browser
FRENCH, ENGLISH = "atlas-jiu-jitsu/recherche.html", "atlas-jiu-jitsu/en/search.html"


def results(page: Any) -> list[str]:
    return list(page.locator("#results .result__title").all_inner_texts())


def typed(page: Any, text: str) -> list[str]:
    page.locator("#query").fill(text)
    return results(page)


@pytest.fixture
def french(browser: Any, origin: str) -> Any:
    page = opened(browser, viewport=DESK)
    page.goto(f"{origin}/{FRENCH}")
    yield page
    assert page.faults == []
    assert [url for url in page.asked if not url.startswith(origin)] == []
    page.context.close()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("régularité", "REGULARITE"),
        ("l’équipe", "equipe"),
        ("objectif", "objectifs"),
        ("d'avance", "avance"),
        ("coût", "couts"),
        ("cœur", "coeur"),
    ],
)
def test_accents_capitals_elision_and_a_plural_make_no_difference(french: Any, one: str, other: str) -> None:
    assert typed(french, one)[:5] == typed(french, other)[:5]


def test_what_is_found_is_marked_and_leads_to_its_section(french: Any, origin: str) -> None:
    found = typed(french, "maturite")
    assert found
    marks = french.locator("#results mark").all_inner_texts()
    assert marks
    assert all(mark.lower().startswith(("maturité", "maturités")) for mark in marks)
    link = french.locator("#results a").filter(has_text="maturité, axe par axe").first
    link.click()
    assert french.url == f"{origin}/atlas-jiu-jitsu/diagnostic-et-plan-d-action.html#maturity"


def test_a_result_tells_the_title_of_its_page_once(french: Any) -> None:
    typed(french, "chiffre seul")
    title = "Un chiffre seul ne dit rien"  # a colon follows, after a no-break space
    counts = [text.count(title) for text in french.locator("#results .result").all_inner_texts()]
    assert max(counts) == 1


def test_every_word_must_be_there_and_nothing_is_told(french: Any) -> None:
    both, one = typed(french, "tiktok budget"), typed(french, "tiktok")
    assert len(both) <= len(one)
    assert typed(french, "xyzzy") == []
    assert "Rien ne correspond" in french.locator("#found").inner_text()
    assert typed(french, "") == []
    assert "flèches" in french.locator("#found").inner_text()


def test_the_keyboard_alone_is_enough(french: Any) -> None:
    assert french.evaluate("document.activeElement.id") == "query"
    french.keyboard.type("objectif")
    french.keyboard.press("ArrowDown")
    assert french.evaluate("document.activeElement.closest('.result') === document.querySelector('.result')")
    french.keyboard.press("ArrowDown")
    french.keyboard.press("ArrowUp")
    french.keyboard.press("ArrowUp")
    assert french.evaluate("document.activeElement.id") == "query"
    french.keyboard.press("ArrowDown")
    french.keyboard.press("Escape")
    assert french.locator("#query").input_value() == ""
    assert results(french) == []


def test_an_address_with_a_question_shows_its_answers(browser: Any, origin: str) -> None:
    page = opened(browser, viewport=PHONE)
    page.goto(f"{origin}/{ENGLISH}?q=training")
    assert results(page)
    assert "training" in " ".join(page.locator("#results mark").all_inner_texts()).lower()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.context.close()


def test_markup_that_is_typed_stays_text(french: Any) -> None:
    typed(french, "<img src=x onerror=alert(1)> objectif")
    assert french.locator("#results img").count() == 0


def test_a_portal_opened_from_a_folder_is_searched_too(browser: Any, site: Path) -> None:
    page = opened(browser, viewport=DESK)
    page.goto((site / FRENCH).as_uri())
    assert typed(page, "panier")
    page.context.close()


def test_without_javascript_the_contents_lead_to_every_page(browser: Any, origin: str) -> None:
    page = opened(browser, java_script_enabled=False, viewport=DESK)
    page.goto(f"{origin}/{FRENCH}")
    links = page.locator(".contents a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert {"index.html", "objectifs-et-roi.html", "diagnostic-et-plan-d-action.html", "glossaire.html"} <= set(links)
    assert sum(link.startswith("conseils/") for link in links) > 20
    assert "JavaScript" in page.locator("#found").inner_text()
    page.context.close()
