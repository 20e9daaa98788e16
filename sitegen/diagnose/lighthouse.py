"""Series of Lighthouse in, each page judged on its last day out: scores, metrics, what to mend (METHODS §6).

A laboratory measures no INP, which takes real visits; the blocking time stands in for it. Thresholds of metrics are
those of web.dev for the 75th percentile of real visits: a laboratory's value beside them is an indication.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from itertools import groupby
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from sitegen.diagnose.audits import TOPIC_OF
from sitegen.messages import Message, Quantity, Unit, say
from sitegen.model.computed import (
    Lab,
    LabDay,
    LabDevice,
    LabFailure,
    Laboratory,
    LabPage,
    LabPoint,
    LabReading,
    LabSeries,
    Measurement,
)
from sitegen.model.lighthouse import CATEGORIES, METRICS, PASSED

ENOUGH = 3  # runs of a day that make a median
LIMITS = {  # good up to, bad from above; web.dev
    "largest-contentful-paint": (2_500.0, 4_000.0),
    "cumulative-layout-shift": (0.1, 0.25),
}
INP = (200.0, 500.0)  # milliseconds, told and never judged here
SEARCH_MOVED = 12  # the major version in which SEO was weighed anew and PWA went
OWN_NAMES = ("localhost", "test", "local", "internal")  # top levels that no visitor can reach

Verdict: TypeAlias = Literal["good", "watch", "weak"] | None


def laboratory(lab: Lab) -> Laboratory:
    """Every page that was measured, on each kind of device by the version that measured it last; nothing without runs.

    The notes tell whose the thresholds are, and why there is no INP and what it should be.
    """
    latest = [_latest(tuple(series)) for _, series in groupby(lab.series, lambda each: each.subject)]
    pages = tuple(_page(url, tuple(told)) for url, told in groupby(latest, lambda each: each[0].url))
    good, poor = (Quantity(limit, Unit.MILLISECONDS) for limit in INP)
    notes = (say("lighthouse.limits_source"), say("lighthouse.inp", good=good, poor=poor))
    return Laboratory(pages, notes) if pages else Laboratory()


def _latest(series: Sequence[LabSeries]) -> tuple[LabSeries, LabSeries | None]:
    """Of one subject the series that goes on longest, and that of the major version that was in use before."""
    last = max(series, key=lambda each: (each.days[-1].on, each.major))
    before = [each for each in series if each is not last and each.days[0].on <= last.days[0].on]
    return last, max(before, key=lambda each: each.days[-1].on, default=None)


def _page(url: str, told: Sequence[tuple[LabSeries, LabSeries | None]]) -> LabPage:
    return LabPage(url, tuple(_device(*each) for each in told), tuple(_points([series for series, _ in told])))


# ---------------------------------------------------------------- numbers


def _device(series: LabSeries, before: LabSeries | None) -> LabDevice:
    day, earlier = series.days[-1], series.days[-2] if len(series.days) > 1 else None
    return LabDevice(
        form_factor=series.form_factor,
        on=day.on,
        runs=day.runs,
        versions=day.versions,
        sentence=_sentence(day.scores),
        scores=tuple(_reading(score, earlier.scores if earlier else ()) for score in day.scores),
        metrics=tuple(_reading(metric, earlier.metrics if earlier else ()) for metric in day.metrics),
        notes=tuple(_notes(series, day, before)),
        compared=say("lighthouse.compared", day=earlier.on, count=earlier.runs) if earlier else None,
    )


def _reading(number: Measurement, others: Sequence[Measurement]) -> LabReading:
    before = next((each for each in others if each.metric == number.metric and each.value is not None), None)
    limits = LIMITS.get(number.metric)
    return LabReading(
        number=number,
        verdict=_verdict(number, limits),
        limits=_limits(number, limits) if limits else None,
        before=before,
    )


def _verdict(number: Measurement, limits: tuple[float, float] | None = None) -> Verdict:
    """A score is good from 90 up, as an audit's is; a metric by its two thresholds, none without them."""
    if number.value is None:
        return None
    if number.metric in CATEGORIES:
        return "good" if number.value >= 100 * PASSED else "watch"
    if limits is None:
        return None
    return "good" if number.value <= limits[0] else "watch" if number.value <= limits[1] else "weak"


def _limits(number: Measurement, limits: tuple[float, float]) -> Message:
    good, poor = (Quantity(limit, number.unit) for limit in limits)
    return say("lighthouse.limits", good=good, poor=poor)


def _sentence(scores: Sequence[Measurement]) -> Message:
    """What an executive takes home: all is well, or what is not."""
    low = tuple(
        say("lighthouse.low", category=category(score.metric), score=Quantity(score.value, score.unit))
        for score in scores
        if score.value is not None and _verdict(score) != "good"
    )
    if low:
        return say("lighthouse.sentence.watch", scores=low)
    without = _unscored(scores)
    if len(without) == len(scores):
        return say("lighthouse.sentence.none")
    return say("lighthouse.sentence.partly", categories=without) if without else say("lighthouse.sentence.good")


def _unscored(scores: Sequence[Measurement]) -> tuple[Message, ...]:
    return tuple(category(score.metric) for score in scores if score.value is None)


def category(id: str) -> Message:
    """As in "vitesse"."""
    return say(f"lighthouse.category.{id}")


# ---------------------------------------------------------------- what to know


def _notes(series: LabSeries, day: LabDay, before: LabSeries | None) -> Iterator[Message]:
    if _is_own(series.url):
        yield say("lighthouse.note.own_machine")
    if day.runs < ENOUGH:
        yield say("lighthouse.note.few", count=day.runs, enough=ENOUGH)
    if before is not None:
        moved = min(before.major, series.major) < SEARCH_MOVED <= max(before.major, series.major)
        numbers = {"before": str(before.major), "after": str(series.major)}
        yield say(f"lighthouse.note.{'moved' if moved else 'break'}", day=before.days[-1].on, **numbers)
    if without := _unscored(day.scores):
        yield say("lighthouse.note.no_score", categories=without)
    partly = tuple(category(score.metric) for score in day.scores if score.value is not None and score.coverage != 1)
    if partly:
        yield say("lighthouse.note.partly", categories=partly)
    if day.unscored:
        yield say("lighthouse.note.unscored", audits=day.unscored, count=len(day.unscored))
    if day.warned:
        yield say("lighthouse.note.warned", count=day.warned)
    if series.throttling in ("devtools", "provided"):
        yield say(f"lighthouse.note.{series.throttling}")


def _is_own(url: str) -> bool:
    """The page lies on a machine or a network of its makers: no visitor's connection was measured."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:  # a name
        return host.rpartition(".")[2] in OWN_NAMES


# ---------------------------------------------------------------- what to mend


def _points(told: Sequence[LabSeries]) -> Iterator[LabPoint]:
    """What failed on any device, each topic once: a page that is kept from search engines, then what costs its
    category's score most, then the worst."""
    found: dict[tuple[str | None, str], list[tuple[LabFailure, str | None]]] = {}
    for series in told:
        for failure in series.days[-1].failing:
            topic = TOPIC_OF.get(failure.id)
            if topic or failure.id not in METRICS:  # these are told as numbers
                found.setdefault((topic, topic or failure.id), []).append((failure, series.form_factor))
    for (topic, _), failures in sorted(found.items(), key=_rank):
        yield LabPoint(
            topic=topic,
            audits=tuple(sorted({failure.id for failure, _ in failures})),
            category=failures[0][0].category,
            devices=tuple(dict.fromkeys(device for _, device in failures if device)),
        )


def _rank(
    item: tuple[tuple[str | None, str], Sequence[tuple[LabFailure, str | None]]],
) -> tuple[bool, float, float, str]:
    (topic, name), failures = item
    share, score = (max(told.share for told, _ in failures), min(told.score for told, _ in failures))
    return topic != "indexing", -share, score, name
