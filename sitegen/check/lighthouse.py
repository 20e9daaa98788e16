"""Lighthouse reports in, one typed `LabRun` for each out, or why it is none (METHODS §6); computes nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, get_args
from urllib.parse import urlsplit

from sitegen.errors import Problem, Severity
from sitegen.messages import Message, say
from sitegen.model.lighthouse import (
    CATEGORIES,
    METRICS,
    UNITLESS,
    Audit,
    FormFactor,
    LabAudit,
    LabMetric,
    LabRun,
    Report,
    Throttling,
)

OLDEST = 3  # the first major version whose report is told like this
COUNTED = frozenset({"numeric", "binary", "metricSavings"})  # the modes in which a score counts
LONGEST = 2_000  # characters of an address
HIGHEST = 1e9  # milliseconds: more was never measured
YEARS = range(2016, 2200)  # in which a run may have been made

_VERSION = re.compile(r"(\d{1,4})\.\d+(?:\.[\w.+-]{1,40})?", re.ASCII)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_CODE = re.compile(r"[A-Z0-9_]{1,60}")


def runs(reports: Iterable[Report]) -> tuple[tuple[LabRun, ...], tuple[Problem, ...]]:
    """The runs in the order of their files, each once, and all that is wrong with the reports."""
    found: dict[tuple[object, ...], LabRun] = {}
    problems: list[Problem] = []
    for report in reports:
        told = run(report)
        if isinstance(told, Problem):
            problems.append(told)
            continue
        problems += _impossible(report)
        same = (told.fetched, told.url, told.form_factor, told.version)
        if same in found:
            message = say("problems.lighthouse_twice", path=found[same].path.split("/", 2)[-1])
            problems.append(_problem(report, "fetchTime", message, say("problems.hint.lighthouse_twice")))
        found.setdefault(same, told)
    return tuple(found.values()), tuple(problems)


def run(report: Report) -> LabRun | Problem:
    """The run of a report, or why it does not count: it failed, is no navigation, is too old, lacks page or day."""
    version = _VERSION.fullmatch(report.version)
    fetched = _moment(report.fetched)
    requested = _address(report.requested)
    url = _address(report.final) or requested
    if version is None or int(version[1]) < OLDEST:
        message = say("problems.lighthouse_too_old", oldest=OLDEST)
        return _problem(report, "lighthouseVersion", message, say("problems.hint.lighthouse_too_old"))
    if report.error not in (None, "NO_ERROR"):  # versions 3 and 4 tell that there was none
        code = _text(report.error, _CODE) or "?"
        message, hint = say("problems.lighthouse_failed", code=code), say("problems.hint.lighthouse_failed")
        return _problem(report, "runtimeError", message, hint)
    if report.gathering not in (None, "navigation"):  # older versions know no other mode and do not tell it
        message, hint = say("problems.lighthouse_no_navigation"), say("problems.hint.lighthouse_no_navigation")
        return _problem(report, "gatherMode", message, hint)
    if fetched is None:
        message, hint = say("problems.lighthouse_no_day"), say("problems.hint.lighthouse_incomplete")
        return _problem(report, "fetchTime", message, hint)
    if url is None:
        message, hint = say("problems.lighthouse_no_page"), say("problems.hint.lighthouse_no_page")
        return _problem(report, "requestedUrl", message, hint)
    return _typed(report, version, fetched, requested or url, url)


def _typed(report: Report, version: re.Match[str], fetched: datetime, requested: str, url: str) -> LabRun:
    audits = [audit for audit in report.audits if _ID.fullmatch(audit.id) and len(audit.id) <= LONGEST]
    return LabRun(
        path=report.path,
        digest=report.digest,
        version=version[0],
        major=int(version[1]),
        fetched=fetched,
        requested=requested,
        url=url,
        form_factor=report.form_factor if report.form_factor in get_args(FormFactor) else None,
        throttling=report.throttling if report.throttling in get_args(Throttling) else None,
        locale=_text(report.locale, _LOCALE),
        scores={name: _score(report.scores[name]) for name in CATEGORIES if name in report.scores},
        metrics=tuple(_metrics(audits)),
        audits=tuple(_counted(audits, whole=not report.scores)),
        unscored=tuple(audit.id for audit in audits if _is_unscored(audit)),
        warnings=report.warnings,
    )


def _impossible(report: Report) -> Iterator[Problem]:
    """Scores that are there and are none: they count as unknown."""
    wrong = [name for name in CATEGORIES if (told := report.scores.get(name)) is not None and _score(told) is None]
    if wrong:
        names = tuple(say(f"lighthouse.category.{name}") for name in wrong)
        message, hint = say("problems.lighthouse_score", names=names), say("problems.hint.lighthouse_incomplete")
        yield _problem(report, "categories", message, hint)


def _problem(report: Report, key: str, message: Message, hint: Message) -> Problem:
    """At a key of the report; the portal is built without what is wrong."""
    return Problem(report.path, *report.places.get(key, (0, 0)), message, hint, Severity.WARNING)


# ---------------------------------------------------------------- values


def _text(value: Any, form: re.Pattern[str]) -> str | None:
    return value if isinstance(value, str) and form.fullmatch(value) else None


def _number(value: Any) -> float | None:
    """A finite number: what is infinite, or a word, is unknown."""
    return value if isinstance(value, float) and math.isfinite(value) else None


def _score(value: Any) -> float | None:
    number = _number(value)
    return number if number is not None and 0 <= number <= 1 else None


def _moment(value: Any) -> datetime | None:
    """A moment in UTC; one that does not tell its zone is in UTC, as Lighthouse writes it."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    if moment.year not in YEARS:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _address(value: Any) -> str | None:
    """A web address without credentials, query or fragment, which may tell who visited; None for any other."""
    if not isinstance(value, str) or not value.isprintable():
        return None
    try:
        parts = urlsplit(value)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(value) > LONGEST:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}{parts.path or '/'}"


# ---------------------------------------------------------------- audits


def _metrics(audits: Iterable[Audit]) -> Iterator[LabMetric]:
    """The metrics that there are, in the order of `METRICS`; one in a unit of its own, or beyond reason, is unknown."""
    by_id = {audit.id: audit for audit in audits}
    for id in METRICS:
        unit = "unitless" if id == UNITLESS else "millisecond"
        audit = by_id.get(id)
        value = _number(audit.value) if audit else None
        if audit and value is not None and 0 <= value <= HIGHEST and audit.unit in (None, unit):
            yield LabMetric(id, value, unit)  # type: ignore[arg-type]


def _counted(audits: Iterable[Audit], *, whole: bool) -> Iterator[LabAudit]:
    """The audits whose score counts. `whole`: the report has no categories, so every audit is listed."""
    for audit in audits:
        score = _score(audit.score)
        if audit.mode in COUNTED and score is not None:
            shares = {name: audit.shares[name] for name in CATEGORIES if name in audit.shares}
            category = max(shares, key=shares.__getitem__, default=None)
            yield LabAudit(
                audit.id, score, category, shares[category] if category else 0.0, listed=whole or category is not None
            )


def _is_unscored(audit: Audit) -> bool:
    """Lighthouse should have scored it and could not."""
    return audit.mode == "error" or (audit.mode in COUNTED and _score(audit.score) is None)
