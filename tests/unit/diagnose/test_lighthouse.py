"""What is said of a page that Lighthouse has measured, and that it can be said in every language (METHODS §6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import sitegen
from sitegen.diagnose.audits import TOPIC_OF, TOPICS
from sitegen.diagnose.lighthouse import laboratory
from sitegen.formats import Words
from sitegen.locales import catalogue
from sitegen.messages import Message, Period, Quantity, Unit, say
from sitegen.model.computed import (
    Lab,
    LabDay,
    LabDevice,
    LabFailure,
    Laboratory,
    LabPage,
    LabSeries,
    Measurement,
    State,
)
from sitegen.model.lighthouse import CATEGORIES, METRICS

from .test_words import messages

DAY = date(2026, 10, 20)
GOOD = {"performance": 91.0, "accessibility": 94.0, "best-practices": 100.0, "seo": 100.0}


def number(metric: str, value: float | None, unit: Unit = Unit.INDEX, coverage: float = 1.0) -> Measurement:
    state = State.NOT_COMPUTABLE if value is None else State.COMPLETE
    reason = say("lighthouse.reason.unscored") if value is None else None
    return Measurement(metric, unit, value, Period(DAY, DAY), coverage=coverage, state=state, reason=reason)


def day(scores: dict[str, float | None] | None = None, on: date = DAY, **changes: object) -> LabDay:
    found = LabDay(
        on=on,
        runs=3,
        versions=("13.3.0",),
        scores=tuple(number(name, value) for name, value in (GOOD if scores is None else scores).items()),
        metrics=(number("largest-contentful-paint", 2_500.0, Unit.MILLISECONDS),),
        failing=(),
        unscored=(),
        warned=0,
        sources=("audits/a.json",),
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def series(*days: LabDay, **changes: object) -> LabSeries:
    found = LabSeries("https://example.org/", "mobile", "simulate", 13, days or (day(),))
    return replace(found, **changes)  # type: ignore[arg-type]


def pages(*told: LabSeries) -> tuple[LabPage, ...]:
    return laboratory(Lab((), told)).pages


def device(*told: LabSeries) -> LabDevice:
    ((found,),) = (page.devices for page in pages(*told))
    return found


def notes(*told: LabSeries) -> list[str]:
    return [note.key.removeprefix("lighthouse.note.") for note in device(*told).notes]


def verdict(metric: str, value: float | None, unit: Unit = Unit.INDEX) -> str | None:
    found = day({}, metrics=(number(metric, value, unit),)) if metric in METRICS else day({metric: value}, metrics=())
    (reading,) = (*(judged := device(series(found))).scores, *judged.metrics)
    return reading.verdict


# ---------------------------------------------------------------- verdicts


@pytest.mark.parametrize(
    ("score", "told"), [(100.0, "good"), (90.0, "good"), (89.5, "watch"), (0.0, "watch"), (None, None)]
)
def test_a_score_is_good_from_ninety(score: float | None, told: str | None) -> None:
    assert verdict("seo", score) == told


@pytest.mark.parametrize(
    ("metric", "value", "unit", "told"),
    [
        ("largest-contentful-paint", 2_500.0, Unit.MILLISECONDS, "good"),
        ("largest-contentful-paint", 2_500.1, Unit.MILLISECONDS, "watch"),
        ("largest-contentful-paint", 4_000.0, Unit.MILLISECONDS, "watch"),
        ("largest-contentful-paint", 4_000.1, Unit.MILLISECONDS, "weak"),
        ("cumulative-layout-shift", 0.1, Unit.RATIO, "good"),
        ("cumulative-layout-shift", 0.11, Unit.RATIO, "watch"),
        ("cumulative-layout-shift", 0.25, Unit.RATIO, "watch"),
        ("cumulative-layout-shift", 0.26, Unit.RATIO, "weak"),
        ("total-blocking-time", 5_000.0, Unit.MILLISECONDS, None),
        ("speed-index", 9_000.0, Unit.MILLISECONDS, None),
    ],
)
def test_metrics_are_judged_by_the_thresholds_of_web_dev(
    metric: str, value: float, unit: Unit, told: str | None
) -> None:
    assert verdict(metric, value, unit) == told


def test_thresholds_are_told_with_their_source_and_inp_as_not_measured() -> None:
    found = laboratory(Lab((), (series(),)))
    (reading,) = found.pages[0].devices[0].metrics
    seconds = {"good": Quantity(2_500.0, Unit.MILLISECONDS), "poor": Quantity(4_000.0, Unit.MILLISECONDS)}
    assert reading.limits is not None
    assert reading.limits.named == seconds
    source, inp = found.notes
    assert "web.dev" in Words("fr").say(source)
    assert inp.named == {"good": Quantity(200.0, Unit.MILLISECONDS), "poor": Quantity(500.0, Unit.MILLISECONDS)}
    assert "2,5\u00a0s" in Words("fr").say(reading.limits)
    assert "200\u00a0ms" in Words("en").say(inp)


def test_without_runs_there_is_nothing() -> None:
    assert laboratory(Lab()) == Laboratory()


@pytest.mark.parametrize(
    ("scores", "key"),
    [
        (GOOD, "good"),
        ({**GOOD, "seo": 66.0}, "watch"),
        ({**GOOD, "seo": None}, "partly"),
        ({**GOOD, "seo": None, "performance": 30.0}, "watch"),
        ({"seo": None}, "none"),
        ({}, "none"),
    ],
)
def test_one_sentence_says_what_is_not_good(scores: dict[str, float | None], key: str) -> None:
    assert device(series(day(scores))).sentence.key == f"lighthouse.sentence.{key}"


# ---------------------------------------------------------------- what to know


def test_fewer_than_three_runs_are_said() -> None:
    assert [notes(series(day(runs=runs))) for runs in (1, 2, 3)] == [["few"], ["few"], []]
    (note,) = device(series(day(runs=1))).notes
    assert Words("fr").say(note).startswith("Une seule mesure")


@pytest.mark.parametrize(
    ("before", "after", "key"), [(11, 13, "moved"), (11, 12, "moved"), (12, 13, "break"), (9, 11, "break")]
)
def test_another_major_version_is_a_break_and_no_trend(before: int, after: int, key: str) -> None:
    old = series(day({**GOOD, "seo": 10.0}, date(2026, 3, 1)), major=before)
    new = series(major=after)
    assert notes(old, new) == [key]
    assert device(old, new).compared is None
    assert {reading.before for reading in device(old, new).scores} == {None}


def test_days_of_one_major_version_are_compared() -> None:
    found = device(series(day({**GOOD, "performance": 48.0}, date(2026, 9, 1), runs=1), day()))
    assert found.compared == say("lighthouse.compared", day=date(2026, 9, 1), count=1)
    assert [reading.before.value for reading in found.scores if reading.before] == [48.0, 94.0, 100.0, 100.0]


def test_the_version_that_measured_last_speaks() -> None:
    """Also where a newer one was in use for a while."""
    old = series(day({"performance": 20.0}, DAY), major=12)
    new = series(day({"performance": 80.0}, date(2026, 5, 1)), major=13)
    found = device(old, new)
    assert (found.on, found.scores[0].number.value) == (DAY, 20.0)
    assert [note.named["before"] for note in found.notes] == ["13"]


def test_null_scores_are_told() -> None:
    assert notes(series(day({**GOOD, "seo": None}))) == ["no_score"]
    partly = replace(day(), scores=(number("seo", 90.0, coverage=0.5),))
    assert notes(series(partly)) == ["partly"]


def test_what_lighthouse_could_not_do_or_doubts_is_told() -> None:
    assert notes(series(day(unscored=("a", "b")))) == ["unscored"]
    assert notes(series(day(warned=1))) == ["warned"]


@pytest.mark.parametrize("method", ["devtools", "provided"])
def test_another_throttling_is_told(method: str) -> None:
    assert notes(series(throttling=method)) == [method]
    assert notes(series(throttling=None)) == []


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://localhost:4173/", True),
        ("http://127.0.0.1/", True),
        ("http://192.168.1.20/", True),
        ("http://[::1]/", True),
        ("http://shop.test/", True),
        ("https://example.org/", False),
        ("https://10.example.org/", False),
        ("https://localhost.example.org/", False),
        ("https://8.8.8.8/", False),
    ],
)
def test_a_page_that_is_not_online_is_told(url: str, *, own: bool) -> None:
    assert notes(series(url=url)) == (["own_machine"] if own else [])


# ---------------------------------------------------------------- what to mend


def failing(*failures: tuple[str, float, str | None, float]) -> LabDay:
    return day(failing=tuple(LabFailure(*each) for each in failures))


def test_what_weighs_most_comes_first_and_a_hidden_page_before_all() -> None:
    found = failing(
        ("color-contrast", 0.0, "accessibility", 0.5),
        ("hreflang", 0.0, "seo", 0.1),
        ("is-crawlable", 0.0, "seo", 0.3),
        ("bootup-time", 0.5, "performance", 0.0),
        ("unused-javascript", 0.0, "performance", 0.0),
    )
    ((points),) = (page.points for page in pages(series(found)))
    told = ["indexing", "contrast", "language_versions", "unused_code", "main_thread"]
    assert [point.topic for point in points] == told


def test_one_fault_on_two_devices_is_one_point() -> None:
    phone = failing(("render-blocking-insight", 0.0, "performance", 0.0))
    computer = failing(("render-blocking-resources", 0.5, "performance", 0.0))
    ((point,),) = (page.points for page in pages(series(phone), series(computer, form_factor="desktop")))
    assert (point.devices, point.audits) == (
        ("mobile", "desktop"),
        ("render-blocking-insight", "render-blocking-resources"),
    )


def test_an_audit_without_words_of_ours_keeps_its_id() -> None:
    """Also one whose id is the name of a topic."""
    assert "images" in TOPICS
    found = failing(("an-audit-of-tomorrow", 0.0, "seo", 0.1), ("images", 0.0, None, 0.0))
    ((points),) = (page.points for page in pages(series(found)))
    assert [(point.topic, point.audits) for point in points] == [(None, ("an-audit-of-tomorrow",)), (None, ("images",))]


def test_a_metric_is_told_as_a_number_and_not_again() -> None:
    slow = failing(("speed-index", 0.5, "performance", 0.1), ("server-response-time", 0.0, "performance", 0.0))
    assert [point.topic for point in pages(series(slow))[0].points] == ["server"]


def test_devices_that_are_not_told_are_not_named() -> None:
    found = series(failing(("hreflang", 0.0, "seo", 0.1)), form_factor=None)
    assert pages(found)[0].points[0].devices == ()


# ---------------------------------------------------------------- words

SAID = (
    *(series(day(scores)) for scores in (GOOD, {"seo": 66.0}, {**GOOD, "seo": None}, {"seo": None})),
    *(series(throttling=method) for method in ("devtools", "provided")),
    series(day(on=date(2026, 9, 1)), day(unscored=("a",), warned=1, runs=1), url="http://localhost/"),
    series(replace(day(), scores=(number("seo", 90.0, coverage=0.5),))),
)
BREAKS = tuple((series(day(on=date(2026, 1, 1)), major=major), series()) for major in (11, 12))
SHOWN = {
    key
    for file in (Path(sitegen.__file__).parent.parent / "themes/default").rglob("*.html")
    for key in catalogue("fr")
    if key.startswith("lighthouse.") and f'"{key}"' in file.read_text("utf-8")
}
BY_NAME = {
    *(f"lighthouse.topic.{topic}.{part}" for topic in TOPICS for part in ("name", "do")),
    *(f"lighthouse.{form}.{name}" for form in ("category", "Category") for name in CATEGORIES),
    *(f"lighthouse.metric.{name}" for name in METRICS),
    *(f"lighthouse.{form}.{name}" for form in ("form_factor", "on") for name in ("mobile", "desktop", "unknown")),
    *(f"lighthouse.verdict.{name}" for name in ("good", "watch", "weak")),
}


def said() -> set[Message]:
    found = [laboratory(Lab((), told)) for told in (*((each,) for each in SAID), *BREAKS)]
    return {message for each in found for message in messages(each)}


def test_no_word_is_idle_and_none_is_missing() -> None:
    told = {message.key for message in said()} | SHOWN | BY_NAME
    assert told == {key for key in catalogue("fr") if key.startswith("lighthouse.")}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_can_be_said(language: str) -> None:
    for message in said():
        assert not set("{}") & set(Words(language).say(message))


def test_every_topic_has_its_audits_and_no_audit_two_topics() -> None:
    named = [audit for audits in TOPICS.values() for audit in audits.split()]
    assert len(named) == len(set(named)) == len(TOPIC_OF)
    assert set(named) & set(METRICS) == {"server-response-time"}, "the others are told as numbers alone"
