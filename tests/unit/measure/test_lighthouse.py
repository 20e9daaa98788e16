"""The median of a page's runs of a day, and where a series breaks (METHODS §6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import measure
from sitegen.errors import Severity
from sitegen.measure.lighthouse import lab, lab_notices, last_run
from sitegen.messages import Period, Unit
from sitegen.model import codec
from sitegen.model.computed import Lab, LabDay, LabSeries, Measurement, State
from sitegen.model.facts import Dossier
from sitegen.model.lighthouse import LabAudit, LabMetric, LabRun

from .cases import dossier

DAY = date(2026, 10, 20)
LATER = date(2026, 12, 31)


def run(path: str = "a.json", day: date = DAY, **changes: Any) -> LabRun:
    found = LabRun(
        path=path,
        digest="0" * 64,
        version="13.3.0",
        major=13,
        fetched=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        requested="https://example.org/",
        url="https://example.org/",
        form_factor="mobile",
        throttling="simulate",
        locale="fr",
        scores={"performance": 0.62, "seo": 1.0},
        metrics=(LabMetric("largest-contentful-paint", 2_400.0, "millisecond"),),
        audits=(LabAudit("hreflang", 0.0, "seo", 0.1),),
    )
    return replace(found, **changes)


def speeds(*scores: float | None) -> tuple[LabRun, ...]:
    return tuple(run(f"{i}.json", scores={"performance": score}) for i, score in enumerate(scores))


def client(*runs: LabRun, timezone: str = "Africa/Casablanca") -> Dossier:
    return replace(dossier(), lab_runs=runs, timezone=timezone)


def series(*runs: LabRun, known: date = LATER) -> tuple[LabSeries, ...]:
    return lab(client(*runs), known).series


def day(*runs: LabRun) -> LabDay:
    ((found,),) = (each.days for each in series(*runs))
    return found


def number(found: LabDay, metric: str) -> Measurement:
    return next(each for each in (*found.scores, *found.metrics) if each.metric == metric)


# ---------------------------------------------------------------- medians


@pytest.mark.parametrize(
    ("scores", "median"),
    [((0.62,), 62.0), ((0.62, 0.66), 64.0), ((0.3, 0.62, 0.61), 61.0), ((0.1, 0.2, 0.9, 1.0), 55.0)],
)
def test_the_runs_of_a_day_are_one_measure(scores: tuple[float, ...], median: float) -> None:
    found = day(*speeds(*scores))
    assert found.runs == len(scores)
    assert number(found, "performance").value == median
    assert number(found, "performance").unit is Unit.INDEX


def test_a_number_has_its_day_and_its_files() -> None:
    found = number(day(*speeds(0.5, 0.6)), "performance")
    assert (found.period, found.sources) == (Period(DAY, DAY), ("0.json", "1.json"))
    assert (found.state, found.coverage) == (State.COMPLETE, 1.0)


def test_a_null_score_is_left_out_and_never_zero() -> None:
    partly = number(day(*speeds(0.5, None, 0.7)), "performance")
    assert (partly.value, partly.state, partly.coverage) == (60.0, State.PARTIAL, pytest.approx(2 / 3))
    none = number(day(*speeds(None, None)), "performance")
    assert (none.value, none.state, none.reason and none.reason.key) == (
        None, State.NOT_COMPUTABLE, "lighthouse.reason.unscored",
    )  # fmt: skip


def test_a_category_that_nobody_asked_for_is_not_there() -> None:
    assert [score.metric for score in day(run()).scores] == ["performance", "seo"]


def test_metrics_keep_their_units() -> None:
    shifts = LabMetric("cumulative-layout-shift", 0.12, "unitless")
    found = day(run(metrics=(shifts, LabMetric("speed-index", 4_000.0, "millisecond"))))
    assert [(metric.metric, metric.value, metric.unit) for metric in found.metrics] == [
        ("cumulative-layout-shift", 0.12, Unit.RATIO),
        ("speed-index", 4_000.0, Unit.MILLISECONDS),
    ]


@pytest.mark.parametrize(
    ("scores", "fails"), [((0.0, 1.0, 1.0), False), ((0.0, 0.0, 1.0), True), ((0.89, 0.9), True), ((0.9,), False)]
)
def test_an_audit_fails_by_its_median(scores: tuple[float, ...], *, fails: bool) -> None:
    runs = [run(f"{i}.json", audits=(LabAudit("hreflang", score, "seo", 0.2),)) for i, score in enumerate(scores)]
    assert [(failure.id, failure.share) for failure in day(*runs).failing] == ([("hreflang", 0.2)] if fails else [])


def test_audits_of_other_categories_are_not_told() -> None:
    assert day(run(audits=(LabAudit("service-worker", 0.0, None, 0.0, listed=False),))).failing == ()


def test_what_could_not_be_scored_and_what_lighthouse_doubts_is_counted() -> None:
    found = day(run("a.json", unscored=("b", "a"), warnings=2), run("b.json", unscored=("a",)))
    assert (found.unscored, found.warned) == (("a", "b"), 1)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=7), st.randoms())
def test_the_order_of_files_changes_nothing(scores: list[float], random: Any) -> None:
    runs = list(speeds(*scores))
    before = lab(client(*runs), LATER)
    random.shuffle(runs)
    assert lab(client(*runs), LATER) == before
    assert 0 <= (number(before.series[0].days[0], "performance").value or 0) <= 100


# ---------------------------------------------------------------- series


@pytest.mark.parametrize(
    "change",
    [
        {"url": "https://example.org/a"},
        {"form_factor": "desktop"},
        {"form_factor": None},
        {"throttling": "provided"},
        {"major": 12},
    ],
)
def test_what_cannot_be_compared_is_a_series_of_its_own(change: dict[str, Any]) -> None:
    assert len(series(run("a.json"), run("b.json", **change))) == 2
    assert len(series(run("a.json"), run("b.json", version="13.0.1"))) == 1, "a minor version goes on"


def test_days_of_one_major_version_are_a_trend() -> None:
    (found,) = series(run("b.json", date(2026, 9, 1)), run("a.json"), run("c.json", date(2026, 8, 1)))
    assert [each.on for each in found.days] == [date(2026, 8, 1), date(2026, 9, 1), DAY]


def test_pages_come_by_depth_and_phones_first() -> None:
    deep, desktop = run("a.json", url="https://example.org/a/b"), run("b.json", form_factor="desktop")
    told = series(deep, desktop, run("c.json", form_factor=None), run("d.json"))
    assert [(each.url.removeprefix("https://example.org"), each.form_factor) for each in told] == [
        ("/", "mobile"), ("/", "desktop"), ("/", None), ("/a/b", "mobile"),
    ]  # fmt: skip


def test_a_day_is_the_client_s() -> None:
    late = run(fetched=datetime(2026, 10, 20, 23, 30, tzinfo=UTC))
    days = [lab(client(late, timezone=zone), LATER).files[0].on.day for zone in ("America/Toronto", "Europe/Paris")]
    assert days == [20, 21]


@pytest.mark.parametrize(
    ("fetched", "on"),
    [
        ("2026-02-12T23:30", "2026-02-13"),  # UTC+1
        ("2026-02-25T23:30", "2026-02-25"),  # Ramadan 1447, UTC+0
        ("2026-04-25T23:30", "2026-04-26"),
        ("2025-03-10T23:30", "2025-03-10"),  # Ramadan 1446
    ],
)
def test_morocco_leaves_its_hour_during_ramadan(fetched: str, on: str) -> None:
    run_late = run(fetched=datetime.fromisoformat(fetched).replace(tzinfo=UTC))
    assert lab(client(run_late), LATER).files[0].on.isoformat() == on


# ---------------------------------------------------------------- the day of the report


def test_runs_count_up_to_the_day_on_which_the_files_are_looked_at() -> None:
    runs = (run("a.json"), run("b.json", date(2026, 10, 21)))
    assert [len(lab(client(*runs), day).files) for day in (date(2026, 10, 19), DAY, date(2026, 10, 21))] == [0, 1, 2]
    assert lab(client(), DAY) == Lab()
    assert last_run(client(*runs)) == date(2026, 10, 21)
    assert last_run(client()) is None


def test_a_scorecard_carries_them_and_comes_back_equal() -> None:
    card = measure.scorecard(client(run("a.json"), run("b.json", major=12, version="12.0.0")), DAY)
    assert len(card.lab.series) == len(card.lab.files) == 2
    assert codec.decode(codec.encode(card), type(card)) == card
    before = date(2026, 10, 1)
    assert measure.scorecard(client(run()), before).lab == Lab()
    assert measure.scorecard(client(run()), before, known=DAY).lab.files, "made after the data, before today"


# ---------------------------------------------------------------- notices


def notices(*runs: LabRun, known: date = LATER) -> list[tuple[str, str]]:
    return [(each.path, each.message.key.removeprefix("quality.")) for each in lab_notices(client(*runs), known)]


def test_another_major_version_breaks_a_series() -> None:
    old = run("old.json", date(2026, 3, 1), major=11, version="11.4.0")
    assert notices(old, run("new.json")) == [("new.json", "lighthouse_break")]
    (told,) = lab_notices(client(old, run("new.json")), LATER)
    assert (told.severity, told.message.named["before"], told.message.named["day"]) == (Severity.WARNING, "11", DAY)
    assert notices(old, run("new.json", form_factor="desktop")) == []
    assert notices(run("a.json", version="13.0.0"), run("b.json")) == []


def test_a_run_of_tomorrow_is_told_and_does_not_count() -> None:
    assert notices(run(), known=date(2026, 10, 19)) == [("a.json", "lighthouse_later")]
    assert notices(run(), known=DAY) == []
