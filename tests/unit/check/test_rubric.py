"""What an agency and a client set of the rubric: whose word counts, and names that lead nowhere."""

from pathlib import Path

import pytest

from .workspace import client, site, told

AGENCY = "agency: {name: Zellige}\n"
OWN = "{id: stock_feed, question: Le stock est-il à jour ?, advice: Relier le stock}"


def test_a_client_wins_over_the_agency(tmp_path: Path) -> None:
    config = (
        f"{AGENCY}rubric:\n  pack: complete\n  off: {{S2.07: Non}}\n  weights: {{S1.08: 3, A0.01: 1}}\n  own: [{OWN}]\n"
    )
    added = "rubric: {pack: essential, off: {S1.08: Ici}, weights: {A0.01: 2.5}}\nanswers: {own: {stock_feed: yes}}\n"
    dossier, problems = client(tmp_path, added, config=config)
    assert problems == ()
    assert dossier is not None
    rubric = dossier.rubric
    assert (rubric.pack, dict(rubric.weights), [*rubric.off]) == (
        "essential",
        {"S1.08": 3, "A0.01": 2.5},
        ["S2.07", "S1.08"],
    )
    assert [each.id for each in rubric.own] == ["stock_feed"]
    assert dossier.client.answers.own["stock_feed"].said == "yes"


def test_own_checks_of_both_are_asked_and_the_client_s_words_count(tmp_path: Path) -> None:
    config = f"{AGENCY}rubric: {{own: [{OWN}]}}\n"
    other = "{id: shelf, question: La vitrine est-elle à jour ?, advice: La refaire}"
    again = OWN.replace("Relier le stock", "Compter le stock")
    dossier, _ = client(tmp_path, f"rubric: {{own: [{other}, {again}]}}\n", config=config)
    assert dossier is not None
    assert [(each.id, each.advice.in_language("fr")) for each in dossier.rubric.own] == [
        ("stock_feed", "Compter le stock"),
        ("shelf", "La refaire"),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("rubric: {off: {S2.7: Non}}\n", "client.yaml:3:16 unknown_check"),
        ("rubric: {weights: {S9.01: 3}}\n", "client.yaml:3:20 unknown_check"),
        ("rubric: {weights: {S1.08: 6}}\n", "client.yaml:3:27 less_than_equal"),
        ("rubric: {pack: whole}\n", "client.yaml:3:16 unknown_value"),
        ("answers: {own: {shelf: yes}}\n", "client.yaml:3:17 unknown_check"),
        (f"rubric:\n  own:\n    - {OWN}\n    - {OWN}\n", "client.yaml:6:12 check_twice"),
    ],
)
def test_what_leads_nowhere_is_told_at_its_place(tmp_path: Path, written: str, expected: str) -> None:
    dossier, problems = client(tmp_path, written)
    assert dossier is None
    assert told(problems) == [expected]


def test_a_misspelt_check_has_a_hint_in_the_settings_too() -> None:
    agreed, (problem,) = site(f"{AGENCY}rubric: {{off: {{S1.O8: Non}}}}\n")
    assert agreed is None
    assert (problem.message.key, problem.line, problem.column) == ("problems.unknown_check", 2, 16)
    assert problem.hint is not None
    assert "S1.08" in repr(problem.hint)
