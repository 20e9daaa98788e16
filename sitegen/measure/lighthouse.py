"""Runs of Lighthouse in, the median of each page's runs of a day out, major version by major version (METHODS §6).

A score varies from one run to the next, so that the runs of one day are one measure. Majors score otherwise: they are
series of their own. Judges nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, pairwise
from statistics import median
from zoneinfo import ZoneInfo

from sitegen.errors import Problem, Severity
from sitegen.messages import Period, Unit, say
from sitegen.model.computed import Lab, LabDay, LabFailure, LabFile, LabSeries, Measurement, State
from sitegen.model.facts import Dossier
from sitegen.model.lighthouse import CATEGORIES, METRICS, PASSED, UNITLESS, LabAudit, LabRun

WHOLE = 100  # scores are told out of a hundred
DIGITS = 9  # behind the point: less is the dust of a median


def lab(dossier: Dossier, known: date) -> Lab:
    """The client's runs up to `known`, the day on which its files are looked at; days are those of its time zone.

    A run is final when it is made, so that one made after the last day of the data counts too.
    """
    runs = [(run, day) for run, day in _dated(dossier) if day <= known]
    files = sorted(_file(run, day) for run, day in runs)
    return Lab(tuple(files), tuple(_series(runs)))


def last_run(dossier: Dossier) -> date | None:
    """The day of the last run; None without any."""
    return max((day for _, day in _dated(dossier)), default=None)


def lab_notices(dossier: Dossier, known: date) -> tuple[Problem, ...]:
    """Runs after `known`, which do not count; pages whose series breaks where another major version begins."""
    later = (
        Problem(run.path, 0, 0, say("quality.lighthouse_later", day=day, known=known), None, Severity.INFO)
        for run, day in _dated(dossier)
        if day > known
    )
    return (*later, *_breaks(lab(dossier, known).series))


def _breaks(series: Sequence[LabSeries]) -> Iterator[Problem]:
    """Where a page is measured by another major version than before."""
    for before, after in pairwise(series):
        if before.subject == after.subject:
            first = after.days[0]
            message = say(
                "quality.lighthouse_break",
                url=after.url,
                before=str(before.major),
                after=str(after.major),
                day=first.on,
            )
            hint = say("quality.hint.lighthouse_break")
            yield Problem(first.sources[0], 0, 0, message, hint, Severity.WARNING)


def _dated(dossier: Dossier) -> Iterator[tuple[LabRun, date]]:
    zone = ZoneInfo(dossier.timezone)
    return ((run, run.fetched.astimezone(zone).date()) for run in dossier.lab_runs)


def _file(run: LabRun, day: date) -> LabFile:
    return LabFile(run.path, run.digest, run.url, run.form_factor, run.version, day)


def _series(runs: Iterable[tuple[LabRun, date]]) -> Iterator[LabSeries]:
    """By page, form factor, throttling and major version, sorted; the first page is the one with the shortest path."""
    grouped: dict[tuple[str, str, str, int], dict[date, list[LabRun]]] = defaultdict(lambda: defaultdict(list))
    for run, day in runs:
        grouped[run.url, run.form_factor or "", run.throttling or "", run.major][day].append(run)
    for (url, form_factor, throttling, major), days in sorted(grouped.items(), key=lambda item: _rank(*item[0])):
        told = tuple(_day(day, days[day]) for day in sorted(days))
        yield LabSeries(url, form_factor or None, throttling or None, major, told)


def _rank(url: str, form_factor: str, throttling: str, major: int) -> tuple[int, str, int, str, int]:
    """Mobile before desktop before what is not told."""
    return url.count("/"), url, ("mobile", "desktop", "").index(form_factor), throttling, major


def _day(day: date, runs: Sequence[LabRun]) -> LabDay:
    """The medians of the runs of one day; a null score is left out, and an audit that failed in half of them fails."""
    scores = [_score(name, runs, day) for name in CATEGORIES if any(name in run.scores for run in runs)]
    metrics = [_metric(id, runs, day) for id in METRICS]
    return LabDay(
        on=day,
        runs=len(runs),
        versions=tuple(sorted({run.version for run in runs}, key=_version)),
        scores=tuple(scores),
        metrics=tuple(metric for metric in metrics if metric is not None),
        failing=tuple(_failing(runs)),
        unscored=tuple(sorted({id for run in runs for id in run.unscored})),
        warned=sum(run.warnings > 0 for run in runs),
        sources=tuple(sorted(run.path for run in runs)),
    )


def _version(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _score(category: str, runs: Sequence[LabRun], day: date) -> Measurement:
    """The median score of a category, 0..100, over the runs that have one; `coverage` is their share."""
    told = [score for run in runs if (score := run.scores.get(category)) is not None]
    return _median(category, Unit.INDEX, [WHOLE * score for score in told], runs, day)


def _metric(id: str, runs: Sequence[LabRun], day: date) -> Measurement | None:
    """The median of a metric over the runs that tell it; None where none does."""
    told = [metric.value for run in runs for metric in run.metrics if metric.id == id]
    unit = Unit.RATIO if id == UNITLESS else Unit.MILLISECONDS
    return _median(id, unit, told, runs, day) if told else None


def _median(name: str, unit: Unit, told: Sequence[float], runs: Sequence[LabRun], day: date) -> Measurement:
    state = State.COMPLETE if len(told) == len(runs) else State.PARTIAL if told else State.NOT_COMPUTABLE
    return Measurement(
        metric=name,
        unit=unit,
        value=round(median(told), DIGITS) if told else None,
        period=Period(day, day),
        coverage=len(told) / len(runs),
        state=state,
        reason=None if told else say("lighthouse.reason.unscored"),
        sources=tuple(sorted(run.path for run in runs)),
    )


def _failing(runs: Sequence[LabRun]) -> Iterator[LabFailure]:
    """The audits whose median score is below 0.9, in the order of their ids."""
    audits: dict[str, list[LabAudit]] = defaultdict(list)
    for audit in chain.from_iterable(run.audits for run in runs):
        audits[audit.id].append(audit)
    for id, told in sorted(audits.items()):
        score = round(median(audit.score for audit in told), DIGITS)
        if score < PASSED and told[-1].listed:
            yield LabFailure(id, score, told[-1].category, max(audit.share for audit in told))
