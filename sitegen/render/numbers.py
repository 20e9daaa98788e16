"""An Edition in, each of its measurements as a row of the download out; explains and rounds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from sitegen.messages import Param, Quantity, Text, Unit
from sitegen.model.computed import Edition, Lab, Measurement, Returns, Scorecard
from sitegen.render.templates import own

COLUMNS = ("subject", "metric", "channel", "value", "unit", "start", "end", "coverage", "state", "sources")


def rows(edition: Edition) -> Iterator[list[Param | None]]:
    """The columns of each are `COLUMNS`; a part of a lever has the part's name in its subject.

    A published figure that may only be quoted is none of them, nor how far ours is from it.
    """
    for subject, number, source in (*_measured(edition.scorecard), *_compared(edition.scorecard)):
        yield [
            subject,
            number.metric,
            number.channel or "",
            None if number.value is None else Quantity(number.value, number.unit, number.currency),
            number.currency or str(number.unit),
            number.period.start if number.period else None,
            number.period.end if number.period else None,
            None if number.coverage is None else Quantity(number.coverage, Unit.RATE),
            str(number.state),
            source or " ; ".join(own(edition.slug, path) for path in number.sources),
        ]


def _measured(card: Scorecard) -> Iterator[tuple[str, Measurement, Text | None]]:
    yield from ((subject, number, None) for subject, number in _numbers(card))


def _compared(card: Scorecard) -> Iterator[tuple[str, Measurement, Text | None]]:
    """Each benchmark's own number, then what it is compared with: a published figure with its source."""
    for each in card.benchmarks:
        yield f"benchmark {each.id} now", each.current, None
        for other in each.against:
            if other.norm is None:
                told = f"{other.kind} {other.competitor}".strip()
                yield f"benchmark {each.id} {told}", other.number, None
            elif other.norm.shared:
                yield f"benchmark {each.id} {other.norm.stat}", other.number, other.norm.source


def _numbers(card: Scorecard) -> Iterator[tuple[str, Measurement]]:
    for comparison in card.comparisons:
        yield from (("comparison", each) for each in (comparison.current, comparison.previous, comparison.year_before))
    for progress in card.progress:
        yield f"{progress.objective} baseline", progress.baseline
        yield f"{progress.objective} now", progress.current
    yield from _returns(card.returns)
    for funnel in card.funnels:
        yield from ((f"funnel {funnel.id}", stage) for stage in funnel.stages)
    for year in card.years:
        for figure in year.figures:
            yield from ((f"fiscal year {year.whole.start.year}", each) for each in (figure.now, figure.before))
    yield from _lab(card.lab)
    yield from _evidence(card)


def _evidence(card: Scorecard) -> Iterator[tuple[str, Measurement]]:
    """Conversations and posts; a format's or a placement's name stands in its subject."""
    for name in ("inbox", "posts"):
        yield from ((name, number) for _, number in _parts(getattr(card, name)))
    for channel in card.inbox.channels if card.inbox else ():
        yield from (("inbox channel", number) for _, number in _parts(channel))
    for group in card.posts.groups if card.posts else ():
        yield f"posts {group.axis} {group.name}", group.shares


def _lab(lab: Lab) -> Iterator[tuple[str, Measurement]]:
    for series in lab.series:
        told = ("lighthouse", str(series.major), series.form_factor, series.throttling, series.url)
        subject = " ".join(part for part in told if part)
        for day in series.days:
            yield from ((subject, number) for number in (*day.scores, *day.metrics))


def _returns(returns: Returns) -> Iterator[tuple[str, Measurement]]:
    yield from (("returns", number) for _, number in _parts(returns))
    for channel in returns.channels:
        yield from (("channel", number) for _, number in _parts(channel))
    for lever in ("customer", "sales_gain", "communication", "service"):
        yield from ((f"{lever} {part}", number) for part, number in _parts(getattr(returns, lever)))
    for line in returns.service.lines if returns.service else ():
        yield from ((f"service {part}", replace(number, channel=line.channel)) for part, number in _parts(line))
    for scenario in returns.scenarios:
        assumed = f"incrementality {scenario.incrementality:g}, margin {scenario.margin:g}"
        yield f"scenario {assumed}", scenario.roi
    for budget in returns.budgets:
        yield from ((f"budget {part}", replace(number, channel=budget.channel)) for part, number in _parts(budget))


def _parts(of: Any) -> Iterator[tuple[str, Measurement]]:
    """The fields that are measurements, with their names; nothing of what is not there."""
    named = ((field.name, getattr(of, field.name)) for field in fields(of)) if of is not None else ()
    yield from ((name, value) for name, value in named if isinstance(value, Measurement))
