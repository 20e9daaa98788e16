"""The decision table of METHODS §2.4, row by row and at its boundaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from sitegen.diagnose.status import judged_from, recent, status, told
from sitegen.messages import Unit
from sitegen.model.authored import Thresholds
from sitegen.model.computed import Progress, State, Status

from .cases import (
    DECIDED_BY_MISSING_DAYS,
    LIMITS,
    SHORT,
    TODAY,
    UNKNOWN,
    basket,
    budget,
    followers,
    kept,
    measured,
    outlook,
    progress,
    total,
)

OVER = {"as_of": date(2026, 6, 30)}
FEW, ENOUGH = measured(0.024, denominator=99.0), measured(0.024, denominator=100.0)
WIDE = {"pace_low": 0.79, "pace_high": 0.95}

ROWS = {
    # not started
    "the day before the start": (progress(as_of=date(2025, 12, 31)), Status.NOT_STARTED, "not_started"),
    "the first day": (progress(as_of=date(2026, 1, 1)), Status.TOO_EARLY, "too_early"),
    # no data
    "no value in the window": (progress(current=measured(None)), Status.NO_DATA, "progress.reason.no_baseline"),
    "no value ever": (progress(last_value_on=None), Status.NO_DATA, "no_value"),
    "a value of 14 days ago": (progress(last_value_on=TODAY - timedelta(14)), Status.AT_RISK, "pace"),
    "a value of 15 days ago": (progress(last_value_on=TODAY - timedelta(15)), Status.NO_DATA, "stale"),
    "no target": (progress(target=None), Status.NO_DATA, "no_target"),
    "a percentage of a start of zero": (
        progress(target=None, baseline=measured(0.0), multiplier=None, need=None, untouched=None),
        Status.NO_DATA,
        "target_of_nothing",
    ),
    "a value as old as a deadline long past": (
        progress(as_of=date(2026, 12, 31), last_value_on=date(2026, 6, 30), met=True),
        Status.ACHIEVED,
        "final",
    ),
    # totals
    "a total at its target, before the deadline": (
        total(current=measured(15_600.0, Unit.COUNT), met=True),
        Status.ACHIEVED,
        "total_reached",
    ),
    "a total reached in the first days": (
        total(as_of=date(2026, 1, 2), current=measured(16_000.0, Unit.COUNT), met=True),
        Status.ACHIEVED,
        "total_reached",
    ),
    "a total just under its target": (total(current=measured(15_599.0, Unit.COUNT)), Status.OFF_TRACK, "pace"),
    "a ceiling used up to the last coin": (budget(current=measured(120_000.0, Unit.MONEY)), Status.ON_TRACK, "capped"),
    "a ceiling burst before the deadline": (
        budget(current=measured(120_001.0, Unit.MONEY), met=False),
        Status.MISSED,
        "ceiling_exceeded",
    ),
    "a ceiling held to the end": (budget(as_of=date(2026, 12, 31)), Status.ACHIEVED, "final"),
    "a ceiling followed by its pace": (budget(pace=0.79), Status.OFF_TRACK, "capped"),
    "a total that falls short": (total(as_of=date(2026, 12, 31)), Status.MISSED, "final"),
    # too early
    "the day before a whole window": (progress(as_of=date(2026, 1, 27)), Status.TOO_EARLY, "too_early"),
    "a whole window, t = w": (progress(as_of=date(2026, 1, 28)), Status.AT_RISK, "pace"),
    "the day before a tenth of a year": (total(as_of=date(2026, 2, 5)), Status.TOO_EARLY, "too_early"),
    "a tenth of a year": (total(as_of=date(2026, 2, 6)), Status.OFF_TRACK, "pace"),
    "13 days of a short total": (
        total(deadline=date(2026, 3, 31), as_of=date(2026, 1, 13)),
        Status.TOO_EARLY,
        "too_early",
    ),
    "14 days of a short total": (total(deadline=date(2026, 3, 31), as_of=date(2026, 1, 14)), Status.OFF_TRACK, "pace"),
    "a level needs no whole window": (
        followers(as_of=date(2026, 3, 14)),
        Status.AT_RISK,
        "pace",
    ),
    "a window as long as the objective": (
        progress(deadline=date(2026, 1, 20), as_of=date(2026, 1, 20), window_days=20, met=True),
        Status.ACHIEVED,
        "final",
    ),
    "too early, target met": (progress(as_of=date(2026, 1, 27), met=True), Status.TOO_EARLY, "too_early"),
    # too few cases
    "99 cases": (progress(current=FEW), Status.INCONCLUSIVE, "too_few"),
    "100 cases": (progress(current=ENOUGH), Status.AT_RISK, "pace"),
    "99 cases in the first days": (progress(current=FEW, as_of=date(2026, 1, 9)), Status.TOO_EARLY, "too_early"),
    "99 cases at the deadline": (progress(current=FEW, met=True, **OVER), Status.INCONCLUSIVE, "too_few"),
    "99 cases of a rate to keep": (kept(current=FEW), Status.INCONCLUSIVE, "too_few"),
    "99 cases of an amount": (basket(), Status.AT_RISK, "pace"),
    # the deadline
    "met on the deadline": (progress(met=True, **OVER), Status.ACHIEVED, "final"),
    "met on the eve": (progress(met=True, as_of=date(2026, 6, 29)), Status.REACHED_HOLD, "reached"),
    "not met on the deadline": (progress(**OVER), Status.MISSED, "final"),
    "met once and lost": (progress(reached_on=date(2026, 5, 9), **OVER), Status.MISSED, "lost"),
    "met within the margin of error": (
        progress(met=True, current=measured(0.031, denominator=4e4, interval=(0.029, 0.033)), **OVER),
        Status.ACHIEVED,
        "final_within_margin",
    ),
    "met beyond the margin of error": (
        progress(met=True, current=measured(0.034, denominator=4e4, interval=(0.032, 0.036)), **OVER),
        Status.ACHIEVED,
        "final",
    ),
    "not met, beyond the margin of error": (
        progress(current=measured(0.024, denominator=4e4, interval=(0.022, 0.026)), **OVER),
        Status.MISSED,
        "final",
    ),
    # reached, to hold
    "met before the deadline": (progress(met=True), Status.REACHED_HOLD, "reached"),
    "met before the deadline, within the margin": (
        progress(met=True, current=measured(0.031, denominator=4e4, interval=(0.029, 0.033))),
        Status.REACHED_HOLD,
        "reached_within_margin",
    ),
    # to keep
    "inside, often enough": (kept(compliance=0.9), Status.ON_TRACK, "inside"),
    "inside, too rarely": (kept(compliance=0.89), Status.AT_RISK, "inside_too_rarely"),
    "outside today": (kept(inside=False, met=False), Status.OFF_TRACK, "outside"),
    "inside, no whole period yet": (kept(compliance=None), Status.INCONCLUSIVE, "no_period"),
    "kept to the end": (kept(**OVER), Status.ACHIEVED, "inside"),
    "kept too rarely to the end": (kept(compliance=0.89, **OVER), Status.MISSED, "inside_too_rarely"),
    "outside at the end": (kept(inside=False, met=False, **OVER), Status.MISSED, "outside"),
    "no whole period to the end": (kept(compliance=None, **OVER), Status.INCONCLUSIVE, "no_period"),
    # inconclusive
    "margin from off track to on track": (progress(**WIDE), Status.INCONCLUSIVE, "uncertain"),
    "margin that stays at risk or better": (progress(pace_low=0.80, pace_high=1.2), Status.AT_RISK, "pace"),
    "margin that stays at risk or worse": (progress(pace_low=0.2, pace_high=0.9499), Status.AT_RISK, "pace"),
    "margin told from its high end": (progress(pace_low=0.95, pace_high=0.79), Status.INCONCLUSIVE, "uncertain"),
    "no pace": (progress(pace=None, pace_low=None, pace_high=None), Status.INCONCLUSIVE, "no_pace"),
    # the forecast decides, from 24 periods on
    "P 0.60": (progress(outlook=outlook(0.60)), Status.ON_TRACK, "and"),
    "P just under 0.60": (progress(outlook=outlook(0.5999)), Status.AT_RISK, "foreseen_week"),
    "P 0.25": (progress(outlook=outlook(0.25)), Status.AT_RISK, "foreseen_week"),
    "P just under 0.25": (progress(outlook=outlook(0.2499)), Status.OFF_TRACK, "and"),
    "P of months": (progress(outlook=outlook(0.30, grain="month")), Status.AT_RISK, "foreseen_month"),
    "P against the pace": (total(outlook=outlook(0.70)), Status.ON_TRACK, "and"),
    "P of 24 periods": (progress(outlook=outlook(0.70, 24)), Status.ON_TRACK, "and"),
    "P settles what a margin of error leaves open": (
        progress(**WIDE, outlook=outlook(0.30)),
        Status.AT_RISK,
        "foreseen_week",
    ),
    "P of a ceiling": (budget(outlook=outlook(0.10)), Status.OFF_TRACK, "and"),
    # 12 to 23 periods: the worse of the two
    "P of 23 periods, pace is worse": (progress(outlook=outlook(0.70, 23)), Status.AT_RISK, "and"),
    "P of 12 periods, P is worse": (total(pace=1.2, outlook=outlook(0.1, 12)), Status.OFF_TRACK, "and"),
    "P of 12 periods, both alike": (progress(outlook=outlook(0.59, 12)), Status.AT_RISK, "foreseen_week"),
    # where P does not come in
    "P in the first days": (progress(as_of=date(2026, 1, 9), outlook=outlook(0.9)), Status.TOO_EARLY, "too_early"),
    "P of a target that is met": (progress(met=True, outlook=outlook(0.1)), Status.REACHED_HOLD, "reached"),
    "P of too few cases": (progress(current=FEW, outlook=outlook(0.9)), Status.INCONCLUSIVE, "too_few"),
    "P at the deadline": (progress(outlook=outlook(0.9), **OVER), Status.MISSED, "final"),
    "P without a pace": (
        progress(pace=None, pace_low=None, pace_high=None, outlook=outlook(0.9)),
        Status.INCONCLUSIVE,
        "no_pace",
    ),
    # pace
    "pace 0.95": (total(pace=0.95), Status.ON_TRACK, "pace"),
    "pace just under 0.95": (total(pace=0.9499), Status.AT_RISK, "pace"),
    "pace 0.80": (total(pace=0.80), Status.AT_RISK, "pace"),
    "pace just under 0.80": (total(pace=0.7999), Status.OFF_TRACK, "pace"),
    "going backwards": (progress(pace=-0.2, pace_low=-0.3, pace_high=-0.1, progress=-0.1), Status.OFF_TRACK, "pace"),
    "METHODS: conversion rate at 0.879": (progress(), Status.AT_RISK, "pace"),
    "METHODS: orders at 0.556": (total(), Status.OFF_TRACK, "pace"),
    "METHODS: seasonal orders at 1.010": (total(pace=1.010), Status.ON_TRACK, "pace"),
}


@pytest.mark.parametrize(("found", "expected", "reason"), ROWS.values(), ids=ROWS.keys())
def test_the_first_row_that_matches_decides(found: Progress, expected: Status, reason: str) -> None:
    reached, why = status(found, LIMITS)
    assert (reached, why.key.removeprefix("status.reason.")) == (expected, reason)


def test_the_thresholds_are_the_sites() -> None:
    strict = Thresholds(on_track=1.0, at_risk=0.9, compliance=1.0, minimum_denominator=50_000)
    assert status(total(pace=0.95), strict)[0] is Status.AT_RISK
    assert status(total(pace=0.85), strict)[0] is Status.OFF_TRACK
    assert status(kept(unit=Unit.COUNT, compliance=0.99), strict)[0] is Status.AT_RISK
    assert status(progress(), strict)[0] is Status.INCONCLUSIVE


def test_the_limits_of_a_probability_are_the_sites() -> None:
    strict = Thresholds(likely=0.8, unlikely=0.5)
    assert status(progress(outlook=outlook(0.70)), strict)[0] is Status.AT_RISK
    assert status(progress(outlook=outlook(0.40)), strict)[0] is Status.OFF_TRACK


def test_the_first_opinion_is_given_on_the_day_that_is_announced() -> None:
    found = progress(as_of=date(2026, 1, 10))
    first = judged_from(found)
    assert first == date(2026, 1, 28)
    assert status(progress(as_of=first), LIMITS)[0] is not Status.TOO_EARLY
    assert status(progress(as_of=first - timedelta(1)), LIMITS)[0] is Status.TOO_EARLY
    assert status(found, LIMITS)[1].named["first"] == first


def test_the_first_opinion_comes_at_the_deadline_at_the_latest() -> None:
    assert judged_from(progress(deadline=date(2026, 1, 20))) == date(2026, 1, 20)


def test_a_value_is_recent_for_two_weeks() -> None:
    assert recent(progress(last_value_on=TODAY - timedelta(14)))
    assert not recent(progress(last_value_on=TODAY - timedelta(15)))
    assert not recent(progress(last_value_on=None))


@pytest.mark.parametrize(
    ("pace", "low", "high", "more"),
    [
        # 1 000 cases; the half of the margin that crosses a limit must shrink to its distance from that limit
        (1.00, 0.60, 1.40, 3_000),  # 0.40 → 0.20: four times the cases
        (0.70, 0.20, 1.20, 3_000),  # 0.50 → 0.25
        (0.875, 0.725, 1.025, 3_000),  # 0.15 → 0.075, on either side
        (0.90, 0.70, 1.10, 3_000),  # staying above 0.80 asks for less than staying under 0.95
        (0.94, 0.60, 1.20, 4_900),  # (0.34 / 0.14)² = 5.898, to two digits
        (0.70, 0.70, 0.95, 1),  # nothing below: the margin ends on the limit itself
    ],
)
def test_an_open_question_says_how_many_more_cases_would_settle_it(
    pace: float, low: float, high: float, more: int
) -> None:
    found = progress(pace=pace, pace_low=low, pace_high=high, current=measured(0.024, denominator=1000.0))
    reached, why = status(found, LIMITS)
    assert reached is Status.INCONCLUSIVE
    assert why.named["more"] == more
    assert why.named["counted"].key == "metrics.sessions.name"  # type: ignore[union-attr]


def test_a_missing_value_is_explained_by_its_own_reason() -> None:
    assert status(progress(current=measured(None)), LIMITS)[1] == UNKNOWN


def ended(**changes: Any) -> Progress:
    return replace(DECIDED_BY_MISSING_DAYS, **changes)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (ended(), Status.INCONCLUSIVE),
        (ended(attainment=0.99), Status.MISSED),
        (ended(met=True), Status.ACHIEVED),
        (ended(current=replace(SHORT, state=State.COMPLETE)), Status.MISSED),
        (ended(attainment=0.97, elapsed=0.96, current=replace(SHORT, state=State.COMPLETE)), Status.INCONCLUSIVE),
        (ended(direction="maintain_below", met=True), Status.INCONCLUSIVE),
        (ended(direction="maintain_below", met=True, attainment=0.9), Status.ACHIEVED),
        (ended(direction="maintain_below", met=False), Status.MISSED),
    ],
)
def test_missing_days_that_would_decide_leave_a_total_open_at_the_deadline(found: Progress, expected: Status) -> None:
    assert status(found, LIMITS)[0] is expected


def test_the_first_verdict_waits_for_data_that_are_late() -> None:
    """The 28 days of the window are over, but not in the data, which end five days before."""
    found = progress(as_of=date(2026, 1, 30), elapsed_days=25, last_value_on=date(2026, 1, 25))
    assert (judged_from(found), status(found, LIMITS)[0]) == (date(2026, 2, 2), Status.TOO_EARLY)


@pytest.mark.parametrize(("pace", "shown"), [(0.9496, 0.949), (1.034, 1.034), (0.00474, 0.0047)])
def test_a_pace_is_told_rounded_down_with_the_digits_that_are_shown(pace: float, shown: float) -> None:
    assert told(pace) == shown
