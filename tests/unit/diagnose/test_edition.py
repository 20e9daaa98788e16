"""The Edition: the client's snapshot, its mark, its notices; one value that JSON carries unchanged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sitegen.diagnose import CANARY, canary, edition
from sitegen.diagnose.profile import profile
from sitegen.messages import Text
from sitegen.model import codec
from sitegen.model.authored import ANSWERS
from sitegen.model.catalogue import GoalCategory
from sitegen.model.computed import Edition, GoalSnapshot, Status

from .cases import (
    TODAY,
    channel,
    client,
    costs,
    dossier,
    followers,
    kept,
    progress,
    returns,
    scorecard,
    source,
    total,
    warning,
    written,
)


def crowded() -> Edition:
    """Every kind of parameter: money, rates, dates, periods, lists, texts in two languages, messages in messages."""
    authored = client(
        objectives=[
            written(),
            written(kpi="orders", owner=None),
            written(kpi="followers", target_basis={"kind": "model"}),
            written(kpi="response_rate", target=">= 90%"),
        ],
        answers={"crm": "no"},
        contact={"name": {"fr": "Salma", "en": "Salma"}, "email": "salma@example.com"},
        events=[{"label": "Ramadan", "start": "2026-02-18", "end": "2026-03-19", "kind": "religious"}],
    )
    card = scorecard(
        progress=(progress(pace_low=0.2, pace_high=1.3), total(baseline_origin="computed"), followers(), kept()),
        returns=returns(costs=costs("agency"), incrementality=None, channels=(channel(roas=1.0),)),
        sources=(source(), source(date(2026, 1, 1))),
    )
    return edition(dossier(authored), card, (warning(), warning("problems.gaps")))


def test_an_edition_comes_back_equal_from_json() -> None:
    made = crowded()
    assert codec.decode(codec.encode(made), Edition) == made


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert codec.encode(crowded()) == codec.encode(crowded())


def test_an_edition_carries_its_facts() -> None:
    made = crowded()
    assert (made.schema, made.slug, made.as_of, made.canary) == (1, "atlas", TODAY, canary("atlas"))
    assert [each.objective for each in made.assessments] == ["conversion_rate", "orders", "followers", "response_rate"]
    assert made.assessments[0].status is Status.INCONCLUSIVE
    assert made.thresholds["on_track"] == 0.95
    assert made.thresholds["minimum_denominator"] == 100.0


def test_a_canary_is_the_slugs_own() -> None:
    assert canary("atlas") == "c-3cab7c2a20c32a8a"
    assert canary("atlas") != canary("atlas-2")
    assert CANARY.fullmatch(canary("atlas").encode())


def test_notices_are_what_readers_should_know_in_their_order() -> None:
    made = edition(dossier(), scorecard(), (warning(), warning("problems.gaps")))
    assert [(notice.severity, notice.line, notice.message.key) for notice in made.notices] == [
        ("warning", 12, "problems.stale"),
        ("warning", 12, "problems.gaps"),
    ]


def test_the_profile_shows_what_was_authored() -> None:
    shown = crowded().profile
    assert (shown.slug, shown.name, shown.access, shown.fictitious) == ("atlas", "Atlas", "private", False)
    told = ("no" if question == "crm" else "unknown" for question in ANSWERS)
    asked = (pair for pair in zip(ANSWERS, told, strict=True) if pair[0] != "kpi_definitions")  # the objectives tell
    assert shown.answers == tuple(asked)
    assert shown.contact_email == "salma@example.com"
    first = shown.objectives[0]
    assert (first.id, first.target_text, first.owner) == ("conversion_rate", "+50%", Text.plain("Salma"))
    assert first.lever == Text((("en", "simpler checkout"), ("fr", "paiement simplifié")))


def test_an_event_of_one_day_ends_on_that_day() -> None:
    shown = profile(dossier(client(events=[{"label": "Soldes", "start": "2026-01-07"}])))
    assert (shown.events[0].start, shown.events[0].end) == (date(2026, 1, 7), date(2026, 1, 7))


GROW = {"id": "grow", "title": "Grandir", "category": "growth", "priority": 2}
SELL = {"id": "sell", "title": "Vendre", "category": "revenue", "priority": 1}


@pytest.mark.parametrize(
    ("goals", "objectives", "expected"),
    [
        (
            [],
            [written(), written(kpi="sessions"), written(kpi="orders"), written(kpi="followers")],
            [
                ("revenue", None, GoalCategory.REVENUE, ("conversion_rate", "orders")),
                ("growth", None, GoalCategory.GROWTH, ("sessions",)),
            ],
        ),
        (
            [GROW, SELL],
            [written(), written(kpi="followers", goal="grow")],
            [
                ("sell", "Vendre", GoalCategory.REVENUE, ("conversion_rate",)),
                ("grow", "Grandir", GoalCategory.GROWTH, ("followers",)),
            ],
        ),
        ([GROW], [], [("grow", "Grandir", GoalCategory.GROWTH, ())]),
    ],
    ids=["implied by the KPIs", "written ones of the category, by priority", "without objectives"],
)
def test_objectives_serve_the_goals_that_are_written_or_implied(
    goals: list[dict[str, Any]], objectives: list[dict[str, Any]], expected: list[tuple[Any, ...]]
) -> None:
    shown = profile(dossier(client(goals=goals, objectives=objectives)))
    assert shown.goals == tuple(
        GoalSnapshot(id, Text.plain(title) if title else None, category, served)
        for id, title, category, served in expected
    )
    served_by = {objective: goal.id for goal in shown.goals for objective in goal.objectives}
    assert all(objective.goal == served_by.get(objective.id) for objective in shown.objectives)


def test_a_question_that_the_files_settle_is_not_asked() -> None:
    asked = {question for question, _ in profile(dossier(client(answers={}))).answers}
    told = client(answers={"margin_known": "no"}, margin="45%", costs={"agency": "1500/month"})
    settled = {question for question, _ in profile(dossier(told)).answers}
    assert asked - settled == {"cost_tracking"}  # what was answered stays
