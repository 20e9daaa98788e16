"""Files of conversations and posts: what is read of them, and what is told where a cell does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.check.evidence import evidence as checked
from sitegen.errors import Problem, Severity
from sitegen.model.authored import Client
from sitegen.model.evidence import Evidences
from sitegen.read.evidence import evidence as read


def told(tmp_path: Path, text: str, **content: object) -> tuple[Evidences, list[Problem]]:
    """The file as `check` leaves it, and all problems."""
    file = tmp_path / "file.csv"
    file.write_text(text, "utf-8")
    sheets, found = read({"evidence/file.csv": file}, "data/atlas")
    client = Client.model_validate({"name": "Atlas", "country": "MA", **({"content": content} if content else {})})
    typed, problems = checked(sheets, client, "MA")
    return typed, [*found, *problems]


def places(problems: list[Problem]) -> list[tuple[int, int, str]]:
    return [(p.line, p.column, p.message.key.split(".")[-1]) for p in problems if p.severity is not Severity.INFO]


def test_a_row_of_one_conversation(tmp_path: Path) -> None:
    found, problems = told(
        tmp_path,
        "Reçu le;Canal;Répondu;Délai de première réponse (min);Tonalité;Spam\n"
        "31/10/2026 09:05;WhatsApp;oui;2 h 05;négatif;\n"
        "30/10/2026 23:00;Messenger;non;;;\n29/10/2026;courriel;oui;4;;oui\n",
    )
    first, second = found.inbox[0].talks
    assert (first.channel, first.minute, first.wait, first.answered, first.sentiment) == (
        "whatsapp",
        545,
        125,
        1,
        "negative",
    )
    assert (second.channel, second.wait, second.answered, second.sentiment) == ("facebook", None, 0, None)
    assert found.inbox[0].left_out == 1
    assert places(problems) == []


def test_answers_may_be_dated_in_another_zone(tmp_path: Path) -> None:
    found, _ = told(
        tmp_path, "received_at,answered_at\n2026-10-31T09:05:00Z,2026-10-31T12:05:00+02:00\n2026-10-31 10:00,\n"
    )
    first, second = found.inbox[0].talks
    assert first.wait == 60
    assert first.answered == 1
    assert second.answered == 0


def test_a_row_of_a_week(tmp_path: Path) -> None:
    found, problems = told(
        tmp_path, "semaine,canal,reçus,répondus,délai\n2026-W41,whatsapp,50,45,30\n2026-W42,whatsapp,60,,\n"
    )
    assert found.inbox[0].grain == "week"
    assert [(talk.received, talk.answered, talk.wait) for talk in found.inbox[0].talks] == [
        (50, 45, 30),
        (60, None, None),
    ]
    assert places(problems) == []


def test_every_cell_that_does_not_fit_is_told_by_its_place(tmp_path: Path) -> None:
    _, problems = told(
        tmp_path,
        "date,channel,answered,first_response_minutes,sentiment\nJean Dupont,whatsapp,yes,4,\n"
        "2026-10-31,Jean Dupont,peut-être,Jean,Jean\n2026-10-30,,no,12,\n,phone,yes,1,\n",
    )
    assert sorted(places(problems)) == [
        (2, 1, "no_day"),
        (3, 2, "channel"),
        (3, 3, "yes_or_no"),
        (3, 4, "minutes"),
        (3, 5, "sentiment"),
        (4, 3, "answered_and_not"),
        (5, 1, "undated"),
    ]
    assert "Dupont" not in repr(problems)
    assert "Jean" not in repr(problems)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("channel,answered\nwhatsapp,yes\n", "no_date"),
        ("date,answered\n01/02/2026,yes\n02/03/2026,no\n", "two_dates"),
        ("Jean Dupont,0661009988\n2026-10-31,yes\n", "evidence_unknown"),
        ("date,received,tags\n2026-10-31,1,a\n", "evidence_doubtful"),
        ("date,answered,répondu\n2026-10-31,yes,yes\n", "evidence_twice"),
        ("date,received,answered\n2026-10-31,4,5\n", "answered_more"),
        ("date,channel,sentiment\n2026-10-31,whatsapp,positive\n", "no_answers"),
        ("answered_at,received_at\n2026-10-30 10:00,2026-10-31 10:00\n", "answered_before"),
    ],
)
def test_what_leaves_a_file_unread(tmp_path: Path, text: str, fault: str) -> None:
    _, problems = told(tmp_path, text)
    assert fault in [place[2] for place in places(problems)]
    assert "Dupont" not in repr(problems)
    assert "0661009988" not in repr(problems)


def test_posts_keep_neither_text_nor_tags(tmp_path: Path) -> None:
    found, problems = told(
        tmp_path,
        "date,étiquettes,mots-clés,question,format,text\n"
        "2026-10-31,Citation; inspiration,judo,prix,photo,Un Kimôno tout neuf\n2026-10-30,conseil,,2,clip,kimonos\n"
        "2026-10-29,,,Jean,,\n",
        questions=[{"id": "prix", "question": "Combien ?"}, "Livrez-vous ?"],
        keywords=["kimono"],
    )
    first, second, third = found.posts[0].posts
    assert (first.off_offer, first.keyword, first.question, first.format) == (True, True, 0, "image")
    assert (second.off_offer, second.keyword, second.question, second.format) == (False, False, 1, "other")
    assert (third.off_offer, third.keyword, third.question, third.format) == (None, False, -1, None)
    assert places(problems) == [(4, 4, "question")]
    assert "neuf" not in repr(found)
    assert "Jean" not in repr(found)


def test_a_file_that_waits_for_its_first_row_is_no_fault(tmp_path: Path) -> None:
    found, problems = told(tmp_path, "date,channel,answered\n")
    assert (found.inbox, problems) == ((), [])


def test_a_header_that_stands_twice_is_told_nowhere(tmp_path: Path) -> None:
    found, problems = told(tmp_path, "date,Jean Dupont,Jean Dupont,answered\n2026-10-31,a,b,yes\n")
    assert len(found.inbox[0].talks) == 1
    assert "Dupont" not in repr(problems)
    assert [p.message.named["columns"] for p in problems] == [("2", "3")]


def test_an_answer_that_nobody_tells_is_unknown(tmp_path: Path) -> None:
    found, problems = told(tmp_path, "date,answered\n2026-10-31,\n2026-10-30,no\n")
    assert [talk.answered for talk in found.inbox[0].talks] == [None, 0]
    assert problems == []
