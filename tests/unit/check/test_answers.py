"""Answers in short and at length, what does not fit in them, and what was found on arrival."""

from pathlib import Path

import pytest

from sitegen.model.authored import ANSWERS, Answers

from .workspace import client, told


def answers(root: Path, written: str) -> Answers:
    dossier, problems = client(root, f"answers:\n  {written}\n")
    assert problems == ()
    assert dossier is not None
    return dossier.client.answers


def test_a_word_and_a_whole_answer_say_the_same(tmp_path: Path) -> None:
    assert answers(tmp_path, "crm: yes").crm == answers(tmp_path, "crm: {answer: yes}").crm


def test_an_answer_has_its_day_its_evidence_and_its_reason(tmp_path: Path) -> None:
    crm = answers(tmp_path, "crm: {answer: yes, date: 2026-03-01, evidence: Facture, note: À revoir}").crm
    assert (crm.said, str(crm.date), crm.evidence is not None, crm.note is not None) == (
        "yes",
        "2026-03-01",
        True,
        True,
    )
    assert (
        answers(tmp_path, "press_reference: {not_applicable: Jamais de presse}").press_reference.said
        == "not_applicable"
    )


def test_a_question_left_out_is_unknown(tmp_path: Path) -> None:
    left = answers(tmp_path, "crm: no")
    others = [name for name in ANSWERS if name != "crm"]
    assert {name: getattr(left, name).said for name in others} == dict.fromkeys(others, "unknown")
    assert left.own == {}


@pytest.mark.parametrize("question", ANSWERS)
def test_every_question_may_not_apply_and_says_why(tmp_path: Path, question: str) -> None:
    told = getattr(answers(tmp_path, f"{question}: {{not_applicable: Trop petit, date: 2026-03-01}}"), question)
    assert (told.said, told.not_applicable.in_language("fr")) == ("not_applicable", "Trop petit")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("crm: maybe", "client.yaml:4:8 unknown_value"),
        ("crm: {answer: maybe}", "client.yaml:4:17 unknown_value"),
        ("crm: [yes]", "client.yaml:4:8 wrong_type"),
        ("crm: {answer: yes, day: 2026-03-01}", "client.yaml:4:22 unknown_key"),
        ("crm: {answer: yes, date: 2026-02-30}", "client.yaml:4:28 no_such_date"),
        ("crm: {not_applicable: [a]}", "client.yaml:4:25 not_a_text"),
        ("press_reference: {answer: no, not_applicable: Never}", "client.yaml:4:20 answer_and_not_applicable"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(tmp_path: Path, written: str, expected: str) -> None:
    dossier, problems = client(tmp_path, f"answers:\n  {written}\n")
    assert dossier is None
    assert told(problems) == [expected]


def test_an_active_channel_is_looked_up(tmp_path: Path) -> None:
    _, problems = client(tmp_path, "active_channels: [instagram, instagrm]\n")
    assert told(problems) == ["client.yaml:3:30 unknown_channel"]


def test_what_was_found_is_read(tmp_path: Path) -> None:
    found = "date: 2026-01-05\nsigns: {S1: absent}\nchecks:\n  S1.01: 1\n  S1.02: unknown\n"
    dossier, problems = client(tmp_path, as_found_yaml=found)
    assert problems == ()
    assert dossier is not None
    assert dossier.as_found is not None
    assert dossier.as_found.checks == {"S1.01": 1.0, "S1.02": "unknown"}


def test_a_fault_in_what_was_found_stops_the_client(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, as_found_yaml="date: 2026-01-05\nsigns: {S1: maybe}\n")
    assert dossier is None
    assert told(problems) == ["as_found.yaml:2:13 unknown_value"]
