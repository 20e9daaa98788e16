"""What an edition says otherwise than the one before: each kind of thing, and nothing that stayed the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitegen import read
from sitegen.diagnose import changes, edition
from sitegen.messages import Period, Quantity, Text, Unit, say
from sitegen.model.authored import ANSWERS, Client
from sitegen.model.changes import DefinitionChange
from sitegen.model.computed import Comparison, Edition, Series

from .cases import client, compared, dossier, measured, progress, returns, scorecard, written

RUBRIC = read.rubric(Path(__file__).parents[3] / "rubric")
NO = dict.fromkeys(ANSWERS, "no")
THEN, NOW = date(2026, 2, 28), date(2026, 3, 31)


def told(authored: Client | None = None, as_of: date = NOW, previous: Edition | None = None, **card: Any) -> Edition:
    return edition(dossier(authored), scorecard(as_of=as_of, **card), (), RUBRIC, previous)


def monthly(*values: float | None, complete: bool = True, **more: Any) -> tuple[Comparison, ...]:
    """Sessions by month from January on."""
    series = Series("sessions", Unit.COUNT, "month", date(2026, 1, 1), values, (complete,) * len(values), **more)
    return (replace(compared(), series=series),)


def test_an_edition_beside_itself_tells_nothing_but_what_is_still_open() -> None:
    before = told(as_of=THEN)
    found = changes(before, replace(before, as_of=NOW))
    assert (found.since, found.returns, found.signs, found.checks) == (THEN, (), (), ())
    assert (found.fresh, found.terms, found.definitions, found.restated) == ((), (), (), ())
    assert [(each.status_before, each.before) for each in found.objectives] == [
        (each.status_now, each.now) for each in found.objectives
    ]
    assert {each.state for each in found.followups} <= {"open"}


def test_an_edition_has_what_changed_since_the_previous_one() -> None:
    before = told(as_of=THEN)
    assert before.changes is None
    after = told(previous=before)
    assert after.changes == changes(before, replace(after, changes=None))


def test_objectives_tell_their_status_and_their_value_then_and_now() -> None:
    before = told(as_of=THEN)
    after = told(progress=(progress(current=measured(0.021), pace=0.5, pace_low=0.4, pace_high=0.6),))
    (found,) = changes(before, after).objectives
    assert (found.status_before, found.status_now) == (before.assessments[0].status, after.assessments[0].status)
    assert found.status_before != found.status_now
    assert (found.before, found.now) == (Quantity(0.024, Unit.RATE), Quantity(0.021, Unit.RATE))


def test_an_objective_that_came_and_one_that_went_are_told() -> None:
    other = replace(progress(), objective="second")
    both = client(objectives=[written(), written(id="second")])
    before, after = told(as_of=THEN), told(both, progress=(progress(), other))
    came = {each.objective: each for each in changes(before, after).objectives}["second"]
    assert (came.status_before, came.before) == (None, None)
    assert came.status_now is not None
    went = {each.objective: each for each in changes(after, before).objectives}["second"]
    assert (went.status_now, went.now) == (None, None)


def test_the_return_tells_only_the_numbers_that_are_other_ones() -> None:
    before = told(as_of=THEN)
    dearer = replace(before.scorecard.returns.media, value=99_000.0)
    found = changes(before, told(returns=returns(media=dearer))).returns
    assert [(each.name, each.now) for each in found] == [
        (say("changes.return.media"), Quantity(99_000.0, Unit.MONEY, dearer.currency))
    ]
    assert found[0].before != found[0].now


def test_a_check_that_an_answer_decides_otherwise_is_told_by_its_score() -> None:
    before = told(as_of=THEN)
    after = told(client(answers=NO))
    found = {each.id: each for each in changes(before, after).checks}
    assert found
    for each in found.values():
        assert (each.before, each.before_state) != (each.now, each.now_state)
    signs = {each.id: (each.before, each.now) for each in changes(before, after).signs}
    states = ({sign.id: sign.state for sign in one.signs} for one in (before, after))
    then, now = states
    assert signs == {id: (then[id], now[id]) for id in then if then[id] != now[id]}


@pytest.mark.parametrize("state", ["done", "refused"])
def test_a_recommendation_is_followed_up_by_name(state: str) -> None:
    asked = client(answers=NO)
    before = told(asked, as_of=THEN)
    name = next(each for each in before.actions if each.state == "open").id
    words = {"evidence" if state == "done" else "reason": "Vu en comité"}
    decided = asked.model_copy(
        update={"actions": client(actions=[{"finding": name, "state": state, "date": NOW, **words}]).actions}
    )
    after = told(decided, previous=before)
    assert after.changes is not None
    found = {each.action: each for each in after.changes.followups}
    assert (found[name].state, found[name].on, found[name].told) == (state, NOW, Text.plain("Vu en comité"))
    assert found[name].since == THEN
    assert len(found) == sum(each.state == "open" for each in before.actions)
    third = told(decided, as_of=date(2026, 4, 30), previous=after)
    assert third.changes is not None
    still = {each.action: each for each in third.changes.followups}
    assert name not in still  # it was told as settled
    assert {each.since for each in still.values() if each.action in found} == {THEN}


def test_a_recommendation_that_nobody_took_up_may_be_gone_and_another_be_new() -> None:
    poor, rich = told(client(answers={}), as_of=THEN), told()
    gone = [each.action for each in changes(poor, rich).followups if each.state == "gone"]
    assert gone
    assert not {each.id for each in rich.actions} & {*gone}
    fresh = changes(rich, poor).fresh
    assert fresh == tuple(each.what for each in poor.actions if each.id in gone)


def test_a_target_that_was_lowered_is_told_as_a_term() -> None:
    after = told(client(objectives=[written(target="+30%")]))
    (found,) = changes(told(as_of=THEN), after).terms
    assert (found.term, found.before, found.now) == ("target", "+50%", "+30%")


def test_a_margin_that_is_another_one_is_told_as_a_term() -> None:
    before = told(as_of=THEN)
    found = changes(before, told(returns=returns(margin=0.2))).terms
    assert [(each.term, each.subject, each.now) for each in found] == [("margin", None, Quantity(0.2, Unit.RATE))]


def test_a_definition_that_was_declared_since_is_told() -> None:
    new = DefinitionChange("sessions", (), date(2026, 3, 5), Text.plain("toutes"), Text.plain("avec accord"))
    assert changes(told(as_of=THEN), told(meanings=(new,))).definitions == (new,)
    assert changes(told(as_of=THEN, meanings=(new,)), told(meanings=(new,))).definitions == ()


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ((100.0, 200.0), (100.0, 200.0, 300.0), []),
        ((100.0, 200.0), (100.0, 210.0, 300.0), [(2, 200.0, 210.0)]),
        ((100.0, 200.0), (100.0, 200.05, 300.0), []),  # dust
        ((None, 200.0), (90.0, 200.0, 300.0), [(1, None, 90.0)]),  # it came late
        ((100.0, 200.0), (None, 200.0, 300.0), [(1, 100.0, None)]),
    ],
)
def test_values_that_the_files_tell_otherwise_are_named_with_both(
    then: tuple[float | None, ...], now: tuple[float | None, ...], expected: list[tuple[int, Any, Any]]
) -> None:
    before = told(as_of=THEN, comparisons=monthly(*then))
    after = told(comparisons=monthly(*now, sources=("metrics/site.csv",)))
    found = changes(before, after).restated
    assert [(each.metric, each.period.start.month) for each in found] == [
        ("sessions", month) for month, _, _ in expected
    ]
    assert [(each.before and each.before.value, each.now and each.now.value) for each in found] == [
        (old, new) for _, old, new in expected
    ]
    assert all(each.sources == ("metrics/site.csv",) for each in found)
    assert all(each.period == Period(each.period.start, THEN) for each in found if each.period.start.month == 2)


def test_a_month_that_was_not_over_is_not_restated() -> None:
    before = told(as_of=THEN, comparisons=monthly(100.0, 50.0, complete=False))
    assert changes(before, told(comparisons=monthly(100.0, 200.0))).restated == ()


def test_series_of_another_grain_or_currency_are_not_compared() -> None:
    weekly = Series("sessions", Unit.COUNT, "week", date(2026, 1, 5), (1.0, 2.0), (True, True))
    before = told(as_of=THEN, comparisons=(replace(compared(), series=weekly),))
    assert changes(before, told(comparisons=monthly(100.0, 200.0))).restated == ()
