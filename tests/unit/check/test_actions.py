"""Decisions about the plan: what they lack and what leads nowhere is told at its place."""

from pathlib import Path

import pytest

from .workspace import client, told

CHECKS = ("S1.04", "S2.01")
DATED = "date: 2026-03-01"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{owner: Salma}", ["client.yaml:4:5 action_untitled"]),
        ("{title: A, state: done}", ["client.yaml:4:16 action_done", "client.yaml:4:16 action_done"]),
        (f"{{title: A, state: done, {DATED}}}", ["client.yaml:4:16 action_done"]),
        (f"{{title: A, state: refused, {DATED}, evidence: x}}", ["client.yaml:4:16 action_refused"]),
        ("{finding: check-S1.99}", ["client.yaml:4:15 unknown_action"]),
        ("{title: A, state: later}", ["client.yaml:4:23 unknown_value"]),
        (f"{{title: A, state: refused, {DATED}, reason: x}}", []),
        ("{finding: check-S1.04, review: 2026-04-01}", []),
        ("{finding: off_track-goal}", []),
    ],
)
def test_what_a_decision_lacks_is_told(tmp_path: Path, written: str, expected: list[str]) -> None:
    _, problems = client(tmp_path, f"actions:\n  - {written}\n", checks=CHECKS)
    assert told(problems) == expected


def test_a_recommendation_is_decided_once(tmp_path: Path) -> None:
    _, problems = client(tmp_path, "actions:\n" + 2 * "  - {finding: check-S1.04}\n", checks=CHECKS)
    assert told(problems) == ["client.yaml:5:15 action_twice"]
