"""An objective that could not be judged is refused where it is written."""

from pathlib import Path

import pytest

from sitegen.formats import Words

from .workspace import client, only, told

WORDS = Words("en")
RATE = "write “basis: rate”: the value of the last weeks is compared with the target"
DATES = "start: 2026-01-01, deadline: 2026-06-30"


def objective(text: str) -> str:
    return f"objectives:\n  - {{{text}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        f"kpi: conversion_rate, target: +50%, {DATES}",
        f"kpi: conversion_rate, target: 3%, {DATES}",
        f"kpi: conversion_rate, target: 0.03, {DATES}",
        f"kpi: conversion_rate, target: +1.5 points, {DATES}",
        f"kpi: conversion_rate, target: 2%..3%, {DATES}",
        f"kpi: response_rate, target: '>= 90%', {DATES}",
        f"kpi: response_rate, target: 100%, {DATES}, baseline: 100%",
        f"kpi: orders, target: 3000, {DATES}",
        f"kpi: orders, target: x3, {DATES}, basis: cumulative",
        f"kpi: spend, target: '<= 40000', {DATES}, basis: cumulative",
        f"kpi: orders, target: '>= 90', {DATES}, basis: rate",
        f"kpi: cost_per_lead, target: -20%, {DATES}",
        f"kpi: orders, target: 12, {DATES}, baseline: 0",
        f"kpi: spend, target: -20%, {DATES}",
        f"kpi: messages_received, target: -20%, {DATES}",
        f"kpi: orders, target: -20%, {DATES}, direction: down",
        f"kpi: orders, target: 9, {DATES}, pacing: milestones, milestones: [{{on: 2026-03-31, share: 40%}}]",
    ],
)
def test_what_can_be_judged_passes(tmp_path: Path, text: str) -> None:
    dossier, problems = client(tmp_path, objective(text))
    assert problems == ()
    assert dossier is not None


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    [
        ("kpi: orders, target: 9, start: 2026-01-01, deadline: 2025-12-31", "4:59 deadline_before_start", None),
        ("kpi: orders, target: 9, start: 2026-01-01, deadline: 2026-01-01", "4:59 deadline_before_start", None),
        (
            f"kpi: orders, target: 3%, {DATES}",
            "4:27 percent_of_no_rate",
            "write +3% for an increase, or a number without %",
        ),
        (
            f"kpi: roas, target: '>= 400%', {DATES}",
            "4:25 percent_of_no_rate",
            "write +400% for an increase, or a number without %",
        ),
        (
            f"kpi: orders, target: +1.5 points, {DATES}",
            "4:27 points_of_no_rate",
            "write +50% for an increase, or a number to reach",
        ),
        (f"kpi: conversion_rate, target: 3, {DATES}", "4:36 rate_without_percent", "write 3%"),
        (f"kpi: conversion_rate, target: 1, {DATES}", "4:36 rate_without_percent", "write 1%"),
        (f"kpi: conversion_rate, target: 2..3, {DATES}", "4:36 rate_without_percent", "write 2%..3%"),
        (f"kpi: response_rate, target: '>= 90', {DATES}", "4:34 rate_without_percent", "write >= 90%"),
        (f"kpi: response_rate, target: 120%, {DATES}", "4:34 rate_over_one", None),
        (f"kpi: conversion_rate, target: +50%, {DATES}, baseline: 2", "4:93 rate_without_percent", "write 2%"),
        (
            f"kpi: conversion_rate, target: +50%, {DATES}, baseline: {{value: 2, source: 2% said}}",
            "4:93 rate_without_percent",
            "write 2%",
        ),
        (f"kpi: conversion_rate, target: +50%, {DATES}, baseline: 200%", "4:93 rate_over_one", None),
        (
            f"kpi: leads, target: +50%, {DATES}, baseline: 0",
            "4:26 baseline_of_zero",
            "give an absolute target: a number to reach",
        ),
        (
            f"kpi: leads, target: x3, {DATES}, baseline: 0",
            "4:26 baseline_of_zero",
            "give an absolute target: a number to reach",
        ),
        (f"kpi: conversion_rate, target: +50%, {DATES}, basis: cumulative", "4:90 no_total.ratio", RATE),
        (f"kpi: followers, target: +50%, {DATES}, basis: cumulative", "4:84 no_total.level", RATE),
        (f"kpi: reach, target: +50%, {DATES}, basis: cumulative", "4:80 no_total.unique", RATE),
        (f"kpi: orders, target: '>= 90', {DATES}, basis: cumulative", "4:84 maintained_total", RATE),
        (f"kpi: orders, target: 80..90, {DATES}, basis: cumulative", "4:83 maintained_total", RATE),
        (
            f"kpi: orders, target: 90, {DATES}, pacing: milestones",
            "4:80 no_milestones",
            "write at least one:\n  milestones:\n    - {on: 2026-06-30, share: 100%}",
        ),
    ],
)
def test_what_cannot_be_judged_is_an_error(tmp_path: Path, text: str, expected: str, hint: str | None) -> None:
    dossier, problems = client(tmp_path, objective(text))
    assert dossier is None
    assert told(problems) == [f"client.yaml:{expected}"]
    found = only(problems).hint
    assert (WORDS.say(found) if found else None) == hint


def test_a_rate_without_percent_says_what_it_would_mean(tmp_path: Path) -> None:
    _, problems = client(tmp_path, objective(f"kpi: conversion_rate, target: 3, {DATES}"))
    assert WORDS.say(only(problems).message) == "“conversion_rate” is a rate: 3 without % means 300%"


def test_a_frozen_baseline_of_zero_counts_too(tmp_path: Path) -> None:
    window = "{value: 0, start: 2025-01-01, end: 2025-12-31, frozen: 2026-01-02}"
    text = objective(f"kpi: leads, target: +50%, {DATES}")
    _, problems = client(tmp_path, text, baselines_yaml=f"baselines:\n  leads: {window}\n")
    assert told(problems) == ["client.yaml:4:26 baseline_of_zero"]


@pytest.mark.parametrize(
    ("milestones", "expected"),
    [
        ("[{on: 2025-12-31, share: 40%}]", "5:24 milestone_outside"),
        ("[{on: 2026-07-01, share: 40%}]", "5:24 milestone_outside"),
        ("[{on: 2026-03-01, share: 40%}, {on: 2026-02-01, share: 50%}]", "5:54 milestones_unordered"),
        ("[{on: 2026-03-01, share: 40%}, {on: 2026-03-01, share: 50%}]", "5:54 milestones_unordered"),
        ("[{on: 2026-03-01, share: 40%}, {on: 2026-04-01, share: 40%}]", "5:73 milestones_fall"),
    ],
)
def test_milestones_rise_from_start_to_deadline(tmp_path: Path, milestones: str, expected: str) -> None:
    text = (
        f"objectives:\n  - {{kpi: orders, target: 90, {DATES}, pacing: milestones,\n     milestones: {milestones}}}\n"
    )
    dossier, problems = client(tmp_path, text)
    assert dossier is None
    assert told(problems) == [f"client.yaml:{expected}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"kpi: orders, target: -20%, {DATES}", "4:27 wrong_way.up?"),
        (f"kpi: conversion_rate, target: -1 points, {DATES}", "4:36 wrong_way.up?"),
        (f"kpi: orders, target: x0.5, {DATES}", "4:27 wrong_way.up?"),
        (f"kpi: sessions, target: '<= 4', {DATES}", "4:29 wrong_way.up?"),
        (f"kpi: orders, target: 50, {DATES}, baseline: 80", "4:27 wrong_way.up?"),
        (f"kpi: cost_per_lead, target: +20%, {DATES}", "4:34 wrong_way.down?"),
        (f"kpi: orders, target: +20%, {DATES}, direction: down", "4:27 wrong_way.down?"),
    ],
)
def test_a_target_the_wrong_way_is_only_warned_of(tmp_path: Path, text: str, expected: str) -> None:
    dossier, problems = client(tmp_path, objective(text))
    assert dossier is not None
    assert told(problems) == [f"client.yaml:{expected}"]


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("events: [{label: x, start: 2026-02-01, end: 2026-01-31}]", "3:45 end_before_start"),
        ("costs: {tools: {amount: 5, start: 2026-02-01, end: 2026-01-31}}", "3:52 end_before_start"),
    ],
)
def test_an_end_is_not_before_its_start(tmp_path: Path, added: str, expected: str) -> None:
    _, problems = client(tmp_path, added + "\n")
    assert told(problems) == [f"client.yaml:{expected}"]


def test_an_objective_is_judged_although_another_part_does_not_fit(tmp_path: Path) -> None:
    text = objective(f"kpi: conversion_rate, target: 3, {DATES}") + "currencyy: EUR\n"
    _, problems = client(tmp_path, text)
    assert told(problems) == ["client.yaml:4:36 rate_without_percent", "client.yaml:5:1 unknown_key"]
