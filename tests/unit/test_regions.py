"""Canada's own words: a regional catalogue says what the base says, in the region's terms, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.formats import Words
from sitegen.locales import FOLDER, Pattern, catalogue
from sitegen.messages import Text, say

CONTENT = Path(__file__).parents[2] / "content"

# What a region says otherwise: a pattern of the base, its own term.
TERMS = {
    "fr-CA": (
        (r"réseaux sociaux", "médias sociaux"),
        (r"Réseaux sociaux", "Médias sociaux"),
        (r"réseau social", "média social"),
        (r"\be-mail", "courriel"),
        (r"\bE-mail", "Courriel"),
        (r"\bdigita(?:ux|les|ls)\b", "numériques"),
        (r"\bdigitale?\b", "numérique"),
        (r"newsletter", "infolettre"),
        (r"hashtag", "mot-clic"),
        (r"week-end", "fin de semaine"),
        (r"Discussion en direct", "Clavardage"),
        (r"Tickets d’assistance", "Billets d’assistance"),
        (r"hors TVA", "hors taxes"),
        (r"\bTVA\b", "taxe de vente"),
    ),
    "en-CA": (
        (r"rganisation", "rganization"),
        (r"ecognis", "ecogniz"),
        (r"riticis", "riticiz"),
        (r"\bVAT\b", "sales tax"),
    ),
}
BANNED = {
    "fr-CA": re.compile(
        r"(?i:réseaux? socia|e-mail|\bdigita(?:l|le|les|ls|ux)\b|newsletter|hashtag|week-end|\bchats?\b)|\bTVA\b"
    ),
    "en-CA": re.compile(r"(?i:rganis(?:ation|e)|ecognis|riticis)|\bVAT\b"),
}

region = pytest.mark.parametrize("tag", TERMS)


def own(tag: str) -> dict[str, Pattern]:
    """The entries of a regional catalogue that are in its files."""
    base = catalogue(tag[:2])
    return {key: pattern for key, pattern in catalogue(tag).items() if pattern is not base.get(key)}


def forms(pattern: Pattern) -> dict[str, str]:
    return {"": pattern} if isinstance(pattern, str) else dict(pattern)


def in_terms(tag: str, pattern: Pattern) -> dict[str, str]:
    """The sentences of the base with the region's terms."""
    found = forms(pattern)
    for term, other in TERMS[tag]:
        found = {form: re.sub(term, other, text) for form, text in found.items()}
    return found


@region
def test_a_region_says_only_what_its_language_says_and_otherwise(tag: str) -> None:
    base = catalogue(tag[:2])
    assert own(tag)
    assert own(tag).keys() <= base.keys()
    assert [key for key, pattern in own(tag).items() if forms(pattern) == forms(base[key])] == []


@region
def test_a_region_keeps_placeholders_and_plural_forms(tag: str) -> None:
    for key, pattern in own(tag).items():
        before, after = forms(catalogue(tag[:2])[key]), forms(pattern)
        assert before.keys() == after.keys(), key
        for form, text in after.items():
            assert sorted(re.findall(r"\{(\w+)\}", text)) == sorted(re.findall(r"\{(\w+)\}", before[form])), key


@region
def test_a_region_s_sentence_is_the_one_of_its_language_in_its_own_terms(tag: str) -> None:
    """It breaks when the base is rewritten and the region is not, or when a term of the base comes in."""
    base = catalogue(tag[:2])
    stale = {key for key in base if forms(catalogue(tag)[key]) != in_terms(tag, base[key])}
    assert stale == set()


@region
def test_no_sentence_of_a_region_has_a_word_that_it_does_not_say(tag: str) -> None:
    said = {key: text for key, pattern in catalogue(tag).items() for text in forms(pattern).values()}
    assert {key: text for key, text in said.items() if BANNED[tag].search(text)} == {}


def test_every_region_has_its_files() -> None:
    assert {folder.name for folder in FOLDER.iterdir() if "-" in folder.name} == set(TERMS)


@pytest.mark.parametrize(
    ("tag", "article"),
    [(tag, file) for tag in BANNED for file in sorted((CONTENT / tag[:2]).glob("*.md"))],
    ids=lambda value: getattr(value, "stem", value),
)
def test_articles_are_shared_so_their_words_serve_every_region(tag: str, article: Path) -> None:
    worded = re.sub(r"^(?:topics|related|slug|theme): .*$", "", article.read_text("utf-8"), flags=re.MULTILINE)
    told = BANNED[tag].findall(worded)
    assert set(told) <= {"TVA", "VAT"}  # the tax of Morocco and Cameroon, named as theirs


def test_quebec_puts_no_space_before_high_marks_and_keeps_the_others() -> None:
    """Office québécois de la langue française: nothing before ; ! ? and a no-break space before : and inside « »."""
    plain = {key: text for key, text in catalogue("fr-CA").items() if isinstance(text, str) and "{" not in text}
    told = {key: Words("fr", "CA").say(say(key)) for key in plain}
    assert any("\u202f?" in text for text in plain.values())
    assert {key for key, text in told.items() if re.search(r"\s[;!?]", text)} == set()
    for mark in ("\u00a0:", "«\u00a0", "\u00a0»"):
        assert sum(text.count(mark) for text in told.values()) == sum(text.count(mark) for text in plain.values()) > 0
    asked = next(key for key, text in plain.items() if "\u202f?" in text)
    assert "\u202f?" in Words("fr", "FR").say(say(asked))


def test_the_client_s_own_words_are_left_as_they_are() -> None:
    text = Text.plain("Notre infolettre arrive\u202f!")
    assert Words("fr", "CA").param(text) == "Notre infolettre arrive\u202f!"
