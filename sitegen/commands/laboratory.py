"""A Lighthouse report in, what `inspect` shows of it out: its scores and values, beside the tables of other exports."""

from __future__ import annotations

from pathlib import Path

from sitegen.build.pipeline import lab_run
from sitegen.errors import Problem
from sitegen.messages import Period
from sitegen.model.exports import Figures, Gauge, Reading, Scale, TableReading
from sitegen.model.lighthouse import LabRun

SUFFIX = ".json"
PLATFORM, NAME = "lighthouse", "Lighthouse"
TITLE = {"en": "One run on one page", "fr": "Un passage sur une page"}


def reading(file: Path, path: str) -> Reading:
    """What one run tells, or why it does not count; `path` is the file's name in problems."""
    match lab_run(file, path):
        case Problem() as problem:
            return Reading(
                path, "", "", "", None, None, None, (), problem.message, problem.hint, problems=(problem,)
            )  # fmt: skip
        case run:
            return Reading(path, run.digest, "utf-8", "", PLATFORM, NAME, None, (_table(run),))


def _table(run: LabRun) -> TableReading:
    day = Period(run.fetched.date(), run.fetched.date())
    scores = [(id, Scale.SCORE, score) for id, score in run.scores.items()]
    values = [
        (metric.id, Scale.MILLISECONDS if metric.unit == "millisecond" else Scale.SCORE, metric.value)
        for metric in run.metrics
    ]
    return TableReading(
        report=PLATFORM,
        title=TITLE,
        kind="list",
        line=1,
        rows=1,
        period=day,
        span=day,
        grain="date",
        dimensions=(),
        figures=tuple(_figures(*each) for each in (*scores, *values)),
        totals=(),
        unread=(),
        dropped=0,
        channel=None,
        currency=None,
    )


def _figures(id: str, scale: Scale, value: float | None) -> Figures:
    held = int(value is not None)
    return Figures(id, id.replace("-", "_"), None, Gauge.LEVEL, scale, False, None, held, 1 - held, value)  # noqa: FBT003
