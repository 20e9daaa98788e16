"""Open questions are counted, the most decisive told by name; one that is asked elsewhere counts once."""

from __future__ import annotations

from dataclasses import replace

from sitegen.diagnose.data import NAMED, unanswered
from sitegen.formats import Words

from .test_actions import check


def test_open_questions_are_told_by_number_and_the_most_decisive_by_name() -> None:
    asked = [check("S1.04", 2, None), check("S3.01", 3, None), check("S3.02", 1, None), check("S3.03", 1, None)]
    asked = [replace(each, question=each.id) for each in [*asked, check("S2.03", 3, 1.0)]]
    (found,) = unanswered(asked)
    told = found.condition.named
    assert told["count"] == 4
    names = told["questions"]
    assert isinstance(names, tuple)
    assert [str(name.named["question"].key) for name in names] == [  # type: ignore[union-attr]
        "checks.S3.01.question",
        "checks.S1.04.question",
        "checks.S3.02.question",
    ]
    assert len(names) == NAMED
    assert found.weight == 4 / 5
    assert "4 questions" in Words("fr", "MA").say(found.condition)


def test_what_is_answered_asked_elsewhere_or_told_by_data_alone_is_no_open_question() -> None:
    once = replace(check("S1.05", 3, None), question="kpi_definitions", same_as=("S1.01",))
    assert list(unanswered([once, replace(check("S3.01", 3, 0.0), question="crm"), check("S2.09", 3, None)])) == []
