"""How conversations are answered and what posts are about (METHODS §1, §7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import inf
from typing import Any

import pytest

from sitegen.measure.inbox import Clock, inbox, middle
from sitegen.measure.posts import posts
from sitegen.model.authored import Client
from sitegen.model.evidence import Evidences, InboxSheet, Post, PostSheet, Talk
from sitegen.model.facts import Dossier

from .cases import dossier

AS_OF = date(2026, 10, 31)
LAST = AS_OF.toordinal()


def talk(day: int = LAST, wait: float | None = 30.0, **changes: Any) -> Talk:
    """A conversation with its first answer after `wait` minutes, without one when that is None."""
    told = Talk(day, 600, "whatsapp", 1, 0 if wait is None else 1, None, wait, None)
    return replace(told, **changes)


def client(*talks: Talk, published: tuple[Post, ...] = (), grain: Any = "each", **authored: Any) -> Dossier:
    base = dossier()
    told = Client.model_validate({"name": "Atlas", "country": "MA", **authored})
    evidence = Evidences(
        (InboxSheet("data/atlas/evidence/inbox.csv", "0", grain, talks),) if talks else (),
        (PostSheet("data/atlas/evidence/posts.csv", "0", published),) if published else (),
        tuple(each.question for each in told.content.questions),
    )
    return replace(base, client=told, evidence=evidence)


def test_an_unanswered_message_is_infinitely_late() -> None:
    """The vector of METHODS §1: five answers and three without one, the median is "more than 120 min"."""
    waits = [(float(minutes), 1) for minutes in (10, 45, 53, 120, 1200)]
    assert middle([*waits, (inf, 3)]) == (120.0, 1200.0)
    assert middle(waits) == (53.0, 53.0)
    assert middle([*waits[:4], (inf, 4)]) == (120.0, inf)


def test_a_rate_has_its_interval_and_none_below_thirty() -> None:
    told = inbox(client(*[talk(LAST - day) for day in range(27)], *[talk(LAST - day, None) for day in range(3)]), AS_OF)
    assert told is not None
    assert told.response_rate.value == pytest.approx(0.9)
    low, high = told.response_rate.interval or (0, 0)
    assert low == pytest.approx(0.7438, abs=1e-3)
    assert high == pytest.approx(0.9654, abs=1e-3)
    few = inbox(client(*[talk(LAST - day) for day in range(29)]), AS_OF)
    assert few is not None
    assert few.response_rate.value is None
    assert few.first_response.value is None
    assert few.received.value == 29


def test_more_than_half_without_an_answer_has_no_median() -> None:
    told = inbox(
        client(*[talk(LAST - day, None) for day in range(40)], *[talk(LAST - day) for day in range(20)]), AS_OF
    )
    assert told is not None
    assert told.mostly_unanswered
    assert told.first_response.value is None


def test_half_without_an_answer_is_more_than_the_last_one() -> None:
    told = inbox(
        client(*[talk(LAST - day, None) for day in range(20)], *[talk(LAST - day) for day in range(20)]), AS_OF
    )
    assert told is not None
    assert told.first_response.value == 30
    assert told.first_response.at_least


def test_rows_after_the_report_do_not_count() -> None:
    told = inbox(client(*[talk(LAST - day) for day in range(30)], talk(LAST + 1, None)), AS_OF)
    assert told is not None
    assert told.received.value == 30
    assert told.response_rate.value == 1


def test_unknown_answers_are_no_failures_and_too_many_leave_no_rate() -> None:
    some = [talk(LAST - day, answered=None, wait=None) for day in range(4)]
    told = inbox(client(*[talk(LAST - day) for day in range(36)], *some), AS_OF)
    assert told is not None
    assert told.response_rate.value == 1
    assert told.response_rate.coverage == pytest.approx(0.9)
    many = [talk(LAST - day, answered=None, wait=None) for day in range(30)]
    told = inbox(client(*[talk(LAST - day) for day in range(36)], *many), AS_OF)
    assert told is not None
    assert told.response_rate.value is None


def test_only_opening_hours_count_when_they_are_declared() -> None:
    """From Friday 17:00, two hours within 09:00-18:00 end on Monday at 10:00."""
    friday = date(2026, 10, 30).toordinal()
    clock = Clock((((540, 1080),),) * 5 + ((), ()))
    monday_at_ten = 65 * 60.0
    assert clock.wait(talk(friday, monday_at_ten, minute=17 * 60)) == 120
    assert clock.wait(talk(friday, 30.0, minute=3 * 60)) == 0
    hours = {"opening_hours": {"mon-fri": "09:00-18:00"}}
    told = inbox(
        client(*[talk(friday - 7 * week, monday_at_ten, minute=1020) for week in range(40)], inbox=hours), AS_OF
    )
    assert told is not None
    assert told.clock == "opening"
    assert told.first_response.value == 120
    untimed = inbox(client(*[talk(friday - week, 90.0, minute=None) for week in range(40)], inbox=hours), AS_OF)
    assert untimed is not None
    assert untimed.clock == "all"
    assert untimed.first_response.value == 90


def test_campaign_weeks_stand_against_the_others() -> None:
    monday = date(2026, 10, 12)
    during = [talk((monday + timedelta(day % 7)).toordinal(), None if day % 2 else 5.0) for day in range(40)]
    before = [talk((monday - timedelta(1 + day)).toordinal()) for day in range(40)]
    events = [{"label": "Soldes", "start": "2026-10-14", "end": "2026-10-15", "kind": "sale"}]
    told = inbox(client(*during, *before, events=events), AS_OF)
    assert told is not None
    assert told.campaign.value == 0.5
    assert told.outside.value == 1
    without = inbox(client(*during, *before), AS_OF)
    assert without is not None
    assert without.campaign.value is None


def test_the_work_is_set_against_the_hours() -> None:
    weekly = [talk(LAST - 6 - 7 * week, received=100, answered=90, wait=20.0) for week in range(12)]
    told = inbox(client(*weekly, grain="week", inbox={"hours_per_week": 5, "handling_minutes": 6}), AS_OF)
    assert told is not None
    assert told.grain == "week"
    assert told.per_week.value == 100
    assert told.needed.value == 10
    assert told.staffing.value == 0.5
    assert told.weeks.numerator == 12
    assert told.weeks.value == 1


def post(day: int, **changes: Any) -> Post:
    told = Post(
        day, None, "instagram", -1, off_offer=False, keyword=False, format="image", placement=None, shares=1, reach=100
    )
    return replace(told, **changes)


def test_posts_are_told_by_what_they_are_about() -> None:
    published = tuple(post(LAST - 3 * at, question=0 if at % 2 else -1, off_offer=at % 4 == 0) for at in range(40))
    told = posts(client(published=published, content={"questions": ["Prix ?"], "posts_per_week": 4}), AS_OF)
    assert told is not None
    assert told.on_question.value == 0.5
    assert told.off_offer.value == 0.25
    assert told.questions[0].posts == 20
    assert told.planned_by == "declared"
    assert told.kept.value == pytest.approx(19 / 32)
    assert told.shares_change.value == pytest.approx(1)
    few = posts(client(published=published[:29]), AS_OF)
    assert few is not None
    assert few.on_question.value is None
    assert few.posts.value == 29


def test_planned_days_tell_how_the_calendar_is_kept() -> None:
    done = tuple(post(LAST - at, planned=LAST - at) for at in range(8))
    missed = tuple(replace(post(LAST), day=None, planned=LAST - at) for at in range(2))
    told = posts(client(published=(*done, *missed)), AS_OF)
    assert told is not None
    assert told.planned_by == "file"
    assert told.kept.value == 0.8


def test_without_a_file_there_is_nothing() -> None:
    assert inbox(client(), AS_OF) is None
    assert posts(client(), AS_OF) is None
