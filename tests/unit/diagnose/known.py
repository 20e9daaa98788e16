"""Clients of whom one thing is known, for the cases of the checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sitegen import read
from sitegen.diagnose.checks import Case
from sitegen.diagnose.progress import assessments
from sitegen.messages import Period, Unit, say
from sitegen.model.authored import Client
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import (
    Against,
    Benchmark,
    Comparison,
    Crossing,
    Decision,
    InboxNumbers,
    Lab,
    LabDay,
    LabFailure,
    LabSeries,
    Link,
    Measurement,
    PostNumbers,
    Scorecard,
    Series,
    SeriesQuality,
    SourceSummary,
    State,
)

from .cases import (
    HIRED,
    LIMITS,
    TODAY,
    YEAR,
    channel,
    client,
    costs,
    measured,
    money,
    progress,
    ratio,
    replaced,
    returns,
    sales_gain,
    scenarios,
    scorecard,
    served,
    source,
    written,
)

RUBRIC = read.rubric(Path(__file__).parents[3] / "rubric")
UNTOLD = money(None)
NO_MONEY: dict[str, Any] = {"sales": UNTOLD, "attributed_revenue": UNTOLD}
BOTH_YEARS = Period(TODAY - timedelta(700), TODAY)


def case(card: Scorecard | None = None, answers: dict[str, Any] | None = None, **authored: Any) -> Case:
    """A client that answered nothing but `answers`."""
    return Case(client(answers=answers or {}, **authored), card or scorecard(comparisons=(), sources=()))


def said(**answers: Any) -> Case:
    return case(answers=answers)


def site(end: date = TODAY, channels: tuple[str, ...] = ()) -> SourceSummary:
    totals = (("sessions", 9.0, 0),)
    return replace(
        source(), path="metrics/site.csv", period=Period(BOTH_YEARS.start, end), channels=channels, totals=totals
    )


def files(*found: SourceSummary, **authored: Any) -> Case:
    return case(scorecard(comparisons=(), sources=found), **authored)


def earned(answers: dict[str, Any] | None = None, authored: dict[str, Any] | None = None, **changes: Any) -> Case:
    card = scorecard(comparisons=(), sources=(), returns=returns(**changes))
    return case(card, answers, **(authored or {}))


def counted(metric: str, value: float | None, change: float | None = None, **more: Any) -> Case:
    now = measured(value, Unit.COUNT)
    told = Comparison(metric, None, now, now, now, change, None)
    card = scorecard(comparisons=(told,), sources=(), returns=returns(**NO_MONEY))
    return case(card, **more)


def rising(metric: str, value: float, change: float | None) -> Case:
    """Leads that rise, and replies that changed over the same time."""
    leads, now = measured(12.0, Unit.COUNT), measured(value, METRICS[metric].unit)
    told = (
        Comparison("leads", None, leads, leads, leads, 0.2, None),
        Comparison(metric, None, now, now, now, change, None),
    )
    return case(scorecard(comparisons=told, sources=()))


def kpis(*ids: str, **more: Any) -> Case:
    objectives = [written(kpi=id, **more) for id in ids]
    tracked = tuple(progress(objective=id, kpi=id) for id in ids)
    return case(scorecard(progress=tracked), objectives=objectives)


def since(question: str, day: str | None, began: str | None = "2025-01-01") -> Case:
    answer = {"answer": "yes", "date": day} if day else "yes"
    return case(answers={question: answer}, **({"strategy_start": began} if began else {}))


def event(start: str, end: str | None = None, kind: str = "sale") -> dict[str, str]:
    return {"label": "Sale", "start": start, "kind": kind, **({"end": end} if end else {})}


NOT_ASKED = {"not_applicable": "Jamais de presse"}
OPEN_FIELDS = {"roi_incremental": ratio(None)}
MONTHLY_MEDIA = channel(spend=money(9.0, coverage=0.033))
TOTAL_MEDIA = channel(spend=money(9.0, coverage=0.01))
ACTIVE_ALL = ("website", "instagram", "facebook")
ACTIVE = {"active_channels": list(ACTIVE_ALL)}
VAIN = ("orders", "revenue", "sessions", "leads", "transactions", "likes")

FORMER = {"cost": 200_000, "effect": 500_000, "start": "2024-01-01", "end": "2024-12-31", "source": "Factures"}
PRESS = {"medium": "La presse", "effect": "contacts", "before": FORMER}
NO_EFFECT = {**PRESS, "before": {key: value for key, value in FORMER.items() if key != "effect"}}
UNPRICED = replace(served().lines[1], unit_now=money(None))
OVERTIME = {**HIRED, "cancelled": "overtime", "booked": money(40_000.0), "evidence": None}
TESTED = {"sales_gain": sales_gain(method="test"), "scenarios": scenarios()}


def replacing(answer: Any = "yes", **authored: Any) -> Case:
    return case(answers={"press_reference": answer}, gains={"communication": authored})


def communication(saving: float | None = 150_000.0, **changes: Any) -> Case:
    return earned(communication=replaced(saving, **changes))


def service(answers: dict[str, Any] | None = None, **changes: Any) -> Case:
    return earned(answers, service=served(**changes))


def per_case(now: float | None) -> Case:
    return service(per_case_before=ratio(2.0), per_case_now=ratio(now))


def with_levers(roi: float | None, partial: bool = False, **changes: Any) -> Case:
    whole = State.PARTIAL if partial else State.COMPLETE
    return earned(roi=ratio(roi), benefit=money(81_000.0, state=whole), **changes)


def nothing(authored: Client) -> Case:
    """Of whom nothing is measured."""
    money = {"roi_incremental": ratio(None), "roi_attributed": ratio(None), "roas": ratio(None), **NO_MONEY}
    told = returns(channels=(), costs=costs(), known_lines=0, blended_roas=ratio(None), **money)
    return Case(authored, scorecard(comparisons=(), sources=(), progress=(), returns=told))


# ---------------------------------------------------------------- beyond the signs


def judged(found: Case, **changes: Any) -> Case:
    """The same with its objectives judged."""
    told = assessments(found.scorecard.progress, found.client.objectives, LIMITS)
    return replace(found, assessments=tuple(replace(each, **changes) for each in told))


def tracked(*shown_: Any, objectives: list[dict[str, Any]] | None = None, **more: Any) -> Case:
    """Objectives measured as `shown_`, each written as it is measured."""
    own = objectives or [written(id=each.objective, kpi=each.kpi) for each in shown_]
    card = {key: more.pop(key) for key in tuple(more) if key in Scorecard.__slots__}
    return judged(
        case(scorecard(**{"progress": shown_, "sources": (), "comparisons": (), **card}), objectives=own, **more)
    )


def carded(answers: dict[str, Any] | None = None, authored: dict[str, Any] | None = None, **changes: Any) -> Case:
    """A scorecard with these parts alone."""
    card = scorecard(**{"comparisons": (), "sources": (), "progress": (), **changes})
    return case(card, answers, **{"objectives": [], **(authored or {})})


def told(metric: str, value: float | None = 0.5, out_of: float = 400.0, **more: Any) -> Comparison:
    """A metric in its last window, with the series of `more`."""
    now = replace(measured(value, METRICS[metric].unit, denominator=out_of), metric=metric)
    past = {"year_before": measured(None)} | more
    return Comparison(metric, None, now, now, past["year_before"], None, None, past.get("series"))


def by_month(
    metric: str, *values: float | None, start: date = date(2025, 4, 1), complete: bool | None = None
) -> Series:
    whole = tuple(value is not None if complete is None else complete for value in values)
    return Series(metric, METRICS[metric].unit, "month", start, values, whole, sources=("metrics/messages.csv",))


def quality(metric: str, gaps: float = 0.0, breaks: float = 0.0, channel: str = "website") -> SeriesQuality:
    return SeriesQuality(metric, channel, gaps, 0.0, breaks, 0.0)


def against(kind: str, value: float | None = 0.02, old: bool = False, objective: str = "conversion_rate") -> Benchmark:
    other = Against(kind, measured(value), old=old)  # type: ignore[arg-type]
    return Benchmark(objective, (), None, measured(0.024), (other,), (objective,))


def crossing(second: str, periods: int, grain: str = "week") -> Crossing:
    values = tuple(float(each) for each in range(periods))
    link = Link("no_link", periods, periods)
    return Crossing("interactions", second, grain, date(2025, 4, 7), values, values, values, link, 0.1)  # type: ignore[arg-type]


def share(value: float | None, unit: Unit = Unit.RATE, reason: str = "no_tone", **more: Any) -> Measurement:
    """A number of evidence/, or why it has none."""
    own = {"reason": say(f"evidence.reason.{reason}")} if value is None else {}
    return measured(value, unit, YEAR, **{"sources": ("evidence/inbox.csv",), **own, **more})


def inbox(answers: dict[str, Any] | None = None, **changes: Any) -> Case:
    """Conversations that are well answered, but for `changes`."""
    nothing = share(None)
    found = InboxNumbers(
        files=(),
        period=YEAR,
        grain="each",
        clock="all",
        hours_declared=False,
        promise=240.0,
        promise_declared=True,
        received=share(400.0, Unit.COUNT),
        answered=share(380.0, Unit.COUNT),
        response_rate=share(0.95),
        in_time_rate=share(0.8),
        first_response=share(30.0, Unit.MINUTES),
        mostly_unanswered=False,
        weeks=share(1.0),
        negative=nothing,
        campaign=nothing,
        outside=nothing,
        per_week=share(8.0, Unit.COUNT),
        handling_minutes=6.0,
        needed=share(10.0, Unit.HOURS),
        available=share(12.0, Unit.HOURS),
        staffing=share(1.2),
        channels=(),
    )
    return carded(answers, inbox=replace(found, **changes))


def posts(answers: dict[str, Any] | None = None, **changes: Any) -> Case:
    """Posts of which nothing is told, but for `changes`."""
    nothing = share(None, reason="no_tags")
    found = PostNumbers(
        files=(),
        period=YEAR,
        posts=share(60.0, Unit.COUNT),
        on_question=nothing,
        off_offer=nothing,
        with_keyword=nothing,
        kept=nothing,
        planned_by=None,
        shares=nothing,
        shares_past=nothing,
        shares_change=share(None, Unit.RATIO, "never_shared"),
        questions=(),
        groups=(),
    )
    return carded(answers, posts=replace(found, **changes))


def lab(
    *days: dict[str, float],
    on: date = TODAY,
    failing: tuple[str, ...] = (),
    device: str = "mobile",
    answers: dict[str, Any] | None = None,
) -> Case:
    """Pages measured by Lighthouse, each with its scores; `failing` on the first one."""

    def page(scores: dict[str, float], failed: tuple[str, ...]) -> LabDay:
        numbers = tuple(replace(measured(value, Unit.INDEX), metric=name) for name, value in scores.items())
        failures = tuple(LabFailure(id, 0.0, "seo", 0.1) for id in failed)
        return LabDay(on, 1, ("13",), numbers, (), failures, (), 0, ("audits/a.json",))

    found = tuple(
        LabSeries(f"https://example.org/{at}", device, "simulate", 13, (page(scores, () if at else failing),))
        for at, scores in enumerate(days)
    )
    return carded(answers, lab=Lab((), found))


def decided(kept: float, left: float, answers: dict[str, Any] | None = None) -> Case:
    return carded(answers, decisions=(Decision("orders", "website", "a.csv", "b.csv", 90, "order", left, kept),))  # type: ignore[arg-type]


def export(
    path: str, *metrics: str, channels: tuple[str, ...] = (), platform: str | None = None, **more: Any
) -> SourceSummary:
    totals = tuple((metric, 9.0, 0) for metric in metrics)
    return replace(source(**more), path=path, channels=channels, platform=platform, totals=totals)


# ---------------------------------------------------------------- what an answer alone makes of a check

Known = list[tuple[str, Case, float | str, str]]


def asked(id: str, question: str, *, declared: bool = False) -> Known:
    """A check that somebody's word decides; `declared` where data should show it."""
    return [
        (id, said(**{question: "yes"}), *((0.5, "declared") if declared else (1.0, "yes"))),
        (id, said(**{question: "partly"}), 0.5, "answer_partly"),
        (id, said(**{question: "no"}), 0.0, "answer_no"),
        (id, said(), "unknown", "unknown"),
        (id, said(**{question: {"not_applicable": "Trop petit"}}), "not_applicable", "not_applicable"),
    ]


def done(id: str, question: str, days: int = 365) -> Known:
    """A check of what was done within so many days."""

    def on(day: date) -> Case:
        return said(**{question: {"answer": "yes", "date": day.isoformat()}})

    return [
        (id, on(TODAY - timedelta(days)), 1.0, "dated"),
        (id, on(TODAY - timedelta(days + 1)), 0.5, "old"),
        (id, on(TODAY + timedelta(1)), "unknown", "unknown"),
        (id, said(**{question: "yes"}), 0.5, "undated"),
        *asked(id, question)[1:],
    ]
