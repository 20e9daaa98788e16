"""The glossary explains some thirty words, shortly, in the order of each language's alphabet."""

import pytest

from sitegen.formats import Words
from sitegen.render.glossary import terms

LONGEST = 30  # words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_word_is_explained_shortly(language: str) -> None:
    found = terms(Words(language))
    assert 28 <= len(found) <= 40
    assert len({term.id for term in found}) == len(found)
    assert [term.id for term in found if len(term.means.split()) > LONGEST] == []
    assert {"kpi", "roas", "roi", "incrementality", "margin", "baseline", "target", "pace", "coverage", "smart"} <= {
        term.id for term in found
    }


def test_both_languages_explain_the_same_words() -> None:
    french, english = ({term.id for term in terms(Words(language))} for language in ("fr", "en"))
    assert french == english


def test_accents_and_capitals_do_not_part_what_belongs_together() -> None:
    words = ["zone", "Échéance", "œuvre", "Écart", "ecart", "offre", "Éclair", "objectif"]
    order = ["ecart", "Écart", "Échéance", "Éclair", "objectif", "œuvre", "offre", "zone"]
    assert sorted(words, key=Words("fr").alphabetical) == order


def test_french_puts_deadline_between_cover_and_engagement() -> None:
    order = [term.id for term in terms(Words("fr"))]
    assert order.index("coverage") < order.index("deadline") < order.index("engagement")
