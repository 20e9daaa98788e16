"""The advice articles are easy to read, and say nothing that a reader would have to look up elsewhere.

French: Kandel and Moles' adaptation of Flesch's index, 207 - 1.015 words a sentence - 73.6 syllables a word (1958).
English: Flesch's own, 206.835 - 1.015 words a sentence - 84.6 syllables a word (1948). Both: 60 to 70 is standard.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.locales import catalogue

CONTENT = Path(__file__).parents[2] / "content"
FILES = sorted(CONTENT.glob("??/*.md"))
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")

EASE = {"fr": 75.0, "en": 65.0}  # the least of an article
LONGEST = 40  # words of one sentence
WORD = re.compile(r"[^\W\d_]+(?:[’-][^\W\d_]+)*|\d[\d.,\u202f]*")


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence of a body; headings are none, an entry of a list is at least one."""
    text = re.sub(r"\{#[^}]*\}|^#.*$|\*+|^(?:\d+\.|-) ", "", text, flags=re.MULTILINE)
    found = [WORD.findall(part) for part in re.split(r"(?<=[.!?…])[»”)]?\s+|\n+", text)]
    return [words for words in found if words]


def syllables(word: str, language: str) -> int:
    """Groups of vowels; the last e of a word is silent, and in French also the one before a last s."""
    word = word.lower()
    silent = r"(?<=[^aeiouyàâéèêëîïôûù])es?$" if language == "fr" else r"(?<=[^aeiouyl])e$|(?<=[^aeiouytd])ed$"
    return max(1, len(re.findall(r"[aeiouyàâäéèêëîïôöùûüœ]+", re.sub(silent, "", word))))


def ease(text: str, language: str) -> float:
    told = sentences(text)
    words = [word for sentence in told for word in sentence]
    a_sentence = len(words) / len(told)
    a_word = sum(syllables(word, language) for word in words) / len(words)
    return (
        207 - 1.015 * a_sentence - 73.6 * a_word if language == "fr" else 206.835 - 1.015 * a_sentence - 84.6 * a_word
    )


def body(file: Path) -> str:
    return file.read_text(encoding="utf-8").split("---\n", 2)[2]


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("chose", "fr", 1),
        ("choses", "fr", 1),
        ("idée", "fr", 2),
        ("mesurer", "fr", 3),
        ("made", "en", 1),
        ("table", "en", 2),
    ],
)
def test_syllables_are_counted(word: str, language: str, count: int) -> None:
    assert syllables(word, language) == count


def test_longer_words_and_sentences_read_less_easily() -> None:
    short, long = (
        "Le chat dort. Il est là.",
        "L’administration départementale réglementait invariablement la comptabilité.",
    )
    assert ease(short, "fr") > 90 > 0 > ease(long, "fr")


@each_file
def test_an_article_reads_easily(file: Path) -> None:
    language = file.parent.name
    assert ease(body(file), language) >= EASE[language]


@each_file
def test_no_sentence_loses_its_reader(file: Path) -> None:
    assert [" ".join(words) for words in sentences(body(file)) if len(words) > LONGEST] == []


# What the trade says among itself. An article may use such a word where the glossary, or itself, explains it.
JARGON = re.compile(
    r"\b(?:[A-Z]{2,}s?|ROAS|funnels?|tunnels?|leads?|reach|engagement|insights?|benchmarks?|reporting|retargeting|targeting|"
    r"branding|storytelling|community manager|growth|inbound|outbound|workflows?|lookalike|persona|churn|omnichannel|"
    r"omnicanal|attribution|incremental\w*|incrémental\w*|conversions?|impressions?|KPIs?|taux de rebond|bounce rate)\b"
)
NAMES = {"PME", "DH", "FCFA", "TVA", "TPS", "TVQ", "VAT", "GST", "QST", "AC"}  # of firms, money and taxes
EXPLAINED = {  # in the article that uses it
    "CRM": {"crm-et-prospects"},
    "UX": {"quatre-audits"},
    "SEO": {"quatre-audits"},
    "community manager": {"journal-de-decisions"},  # quoted, as what one should not say
}
PLAIN = {
    "fr": {"leads", "engagement"},
    "en": {"lead", "leads", "reach", "reaches", "growth", "reporting", "attribution"},
}


@each_file
def test_no_jargon_is_left_outside_the_glossary(file: Path) -> None:
    language, text = file.parent.name, re.sub(r"\{#[^}]*\}", "", body(file))
    words = catalogue(language)
    told = " ".join(str(words[key]) for key in words if key.startswith("glossary.")).casefold()
    found = set(JARGON.findall(text)) - NAMES
    unexplained = {
        word
        for word in found
        if word.casefold().rstrip("es") not in told
        and word not in PLAIN[language]
        and file.stem not in EXPLAINED.get(word, set())
    }
    assert sorted(unexplained) == []
