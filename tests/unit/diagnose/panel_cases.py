"""Cases of the checks beside the three signs: check → what is known, its score (or state), the end of its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeAlias

from sitegen.diagnose.checks import Case
from sitegen.messages import Period, Unit, say
from sitegen.model.computed import (
    Against,
    Assessment,
    Benchmark,
    CheckResult,
    Comparison,
    Crossing,
    Decision,
    EvidenceFile,
    Implied,
    InboxNumbers,
    Lab,
    LabDay,
    LabFailure,
    LabSeries,
    Link,
    Measurement,
    PostNumbers,
    Realism,
    Series,
    SeriesQuality,
    SourceSummary,
    Status,
)

from .cases import (
    TODAY,
    YEAR,
    channel,
    client,
    measured,
    money,
    progress,
    rated,
    ratio,
    returns,
    scorecard,
    source,
    written,
)

Expected: TypeAlias = tuple[str, Case, float | str, str]

NOT_ASKED = {"not_applicable": "Pas ici"}
LONG_AGO = str(TODAY - timedelta(366))
GOAL = {"id": "sell", "title": "Vendre", "category": "revenue"}


def case(authored: dict[str, Any] | None = None, noted: tuple[str, ...] = (), judged: Any = (), **card: Any) -> Case:
    """A client that answered nothing, and that has nothing measured but `card`."""
    told = {"comparisons": (), "sources": (), "progress": (), **card}
    return Case(
        client(**{"answers": {}, "objectives": [], **(authored or {})}),
        scorecard(**told),
        tuple(judged),
        frozenset(noted),
    )


def said(**answers: Any) -> Case:
    return case({"answers": answers})


# ---------------------------------------------------------------- what only answers tell

# Question of a check; a yes is the whole of it, or half of it where data should show it.
WHOLE = {
    "T3.03": "dropped_metrics",
    "O3.02": "tools_plan",
    "A0.02": "platform_reasons",
    "A0.03": "editorial_line",
    "A0.06": "audit_scope",
    "A0.07": "provider_choice",
    "A1.05": "advice_followed",
    "A2.04": "responder",
    "A2.05": "responder_informed",
    "A2.07": "negative_protocol",
    "A2.09": "reply_guide",
    "A3.04": "visual_charter",
    "A3.05": "brand_identity",
    "E1.01": "consent",
    "E1.03": "campaign_tags",
    "E2.01": "account_ownership",
    "E2.02": "profiles_complete",
    "E3.03": "forms_tested",
    "E4.02": "non_brand_search",
}
HALF = {
    "T1.01": "social_role",
    "O1.01": "business_goals",
    "O1.03": "paid_owned",
    "A0.04": "content_calendar",
    "A2.01": "inbox_tracking",
    "A2.06": "peak_plan",
    "A3.01": "content_questions",
    "A3.02": "content_mix",
    "A3.03": "keywords",
    "E1.02": "event_tracking",
    "E1.04": "figures_reconciled",
    "E4.03": "local_listing",
    "E4.05": "search_console",
}
DATED = {
    "T1.02": ("role_agreed", 365),
    "O2.01": ("audit_analytics", 365),
    "O2.02": ("audit_social", 365),
    "O2.03": ("audit_ux", 365),
    "O2.04": ("audit_seo", 365),
    "O3.01": ("maturity_assessed", 365),
    "E3.02": ("checkout_tested", 92),
    "E3.05": ("user_tests", 365),
}


def answered() -> Iterator[Expected]:
    for id, question in {**WHOLE, **HALF}.items():
        yield id, said(**{question: "yes"}), *((1.0, "yes") if id in WHOLE else (0.5, "declared"))
    for id, question in {**WHOLE, **HALF, **{id: question for id, (question, _) in DATED.items()}}.items():
        yield id, said(**{question: "partly"}), 0.5, "answer_partly"
        yield id, said(**{question: "no"}), 0.0, "answer_no"
        yield id, said(), "unknown", "unknown"
        yield id, said(**{question: NOT_ASKED}), "not_applicable", "not_applicable"
    for id, (question, days) in DATED.items():
        for ago, score, reason in ((days, 1.0, "dated"), (days + 1, 0.5, "old")):
            yield id, said(**{question: {"answer": "yes", "date": str(TODAY - timedelta(ago))}}), score, reason
        yield id, said(**{question: "yes"}), 0.5, "undated"
        yield id, said(**{question: {"answer": "yes", "date": str(TODAY + timedelta(1))}}), "unknown", "unknown"


# ---------------------------------------------------------------- objectives and their KPIs


def kpis(*ids: str, authored: dict[str, Any] | None = None, card: dict[str, Any] | None = None, **more: Any) -> Case:
    """Objectives on these metrics; `more` is written of each."""
    goals = {"goals": [GOAL]} if more.get("goal") else {}
    objectives = [written(kpi=id, **more) for id in ids]
    tracked = tuple(progress(objective=id, kpi=id) for id in ids)
    return case({"objectives": objectives, **goals, **(authored or {})}, **{"progress": tracked, **(card or {})})


def told(*metrics: str, value: float | None = 12.0, **changes: Any) -> tuple[Comparison, ...]:
    """Comparisons of metrics that a file tells."""
    now = measured(value, Unit.COUNT)
    found = (Comparison(id, None, replace(now, metric=id), now, measured(None), None, None) for id in metrics)
    return tuple(replace(each, **changes) for each in found)


def assessment(objective: str = "conversion_rate", **changes: Any) -> Assessment:
    found = Assessment(
        objective=objective,
        status=Status.ON_TRACK,
        reason=say("checks.said.yes"),
        sentence=say("checks.said.yes"),
        realism=Realism.REALISTIC,
        realism_reason=say("checks.said.yes"),
        smart=(),
        smart_score=1.0,
    )
    return replace(found, **changes)


def judged(*realism: Realism) -> Case:
    ids = ("conversion_rate", "orders", "revenue")[: len(realism)]
    return replace(
        kpis(*ids), assessments=tuple(assessment(id, realism=each) for id, each in zip(ids, realism, strict=True))
    )


def late(*statuses: Status, noted: tuple[str, ...] = (), **answers: Any) -> Case:
    ids = ("conversion_rate", "orders", "revenue")[: len(statuses)]
    found = kpis(*ids, authored={"answers": answers})
    return replace(
        found,
        assessments=tuple(assessment(id, status=each) for id, each in zip(ids, statuses, strict=True)),
        noted=frozenset(noted),
    )


def quality(metric: str = "sessions", score: float = 1.0, breaks: float = 0.0) -> SeriesQuality:
    """One series, as sound as `score` but for its breaks."""
    return SeriesQuality(metric, "", 1 - score, 0.0, breaks, 0.0)


def series(values: tuple[float | None, ...], grain: str = "week", start: date = date(2025, 4, 1)) -> Series:
    complete = tuple(value is not None for value in values)
    return Series("conversion_rate", Unit.RATE, grain, start, values, complete, sources=("metrics/x.csv",))  # type: ignore[arg-type]


def steady(whole: int, of: int = 52) -> Case:
    found = told("conversion_rate", series=series((1.0,) * whole + (None,) * (of - whole) + (1.0,)))
    return kpis("conversion_rate", card={"comparisons": found})


HOLED = told("conversion_rate", series=series((None,) * 52))


def against(kind: str, value: float | None = 0.02) -> Against:
    return Against(kind, measured(value))  # type: ignore[arg-type]


def compared(*kinds: str, value: float | None = 0.02, objectives: tuple[str, ...] = ("conversion_rate",)) -> Benchmark:
    others = tuple(against(kind, value) for kind in kinds)
    return Benchmark("conversion_rate", (), None, measured(0.02), others, objectives)


ALONE = measured(None)


def beside(*benchmarks: Benchmark, past: bool = False) -> Case:
    """One KPI without its past, unless asked for, and two that have theirs."""
    first = progress() if past else progress(baseline=ALONE)
    return case(
        {"objectives": [written()]}, progress=(first,), benchmarks=benchmarks, comparisons=told("conversion_rate")
    )


def crossing(second: str, periods: int, grain: str = "week") -> Crossing:
    values = (1.0,) * periods
    link = Link("no_link", periods, periods)
    return Crossing("interactions", second, grain, date(2025, 1, 6), values, values, (None,) * periods, link, 0.0)  # type: ignore[arg-type]


def crossed(second: str, periods: int, grain: str = "week") -> Case:
    return case(crossings=(crossing(second, periods, grain),), comparisons=told("interactions"))


def spent(*shares: tuple[str, float], channels: tuple[str, ...] = ("meta_ads",)) -> Case:
    paid = tuple(channel(id, spend=money(amount)) for id, amount in shares)
    return case({"objectives": [written(channels=list(channels))]}, returns=returns(channels=paid))


def implied(factor: float, aimed: float | None = None) -> Case:
    found = Implied(("conversion_rate",), "sessions", factor, TODAY, aimed)
    return case({"objectives": [written()]}, implied=(found,), progress=(progress(),))


TIPS: list[Expected] = [
    ("T0.01", kpis("conversion_rate"), 1.0, "all"),
    ("T0.01", kpis("orders", "revenue", "likes"), 0.5, "some"),
    ("T0.01", kpis("likes"), 0.0, "some"),
    ("T0.01", kpis("likes", goal="sell"), 1.0, "all"),
    ("T0.01", case(), "unknown", "no_data"),
    ("T1.01", case({"role_of_social": "sales"}), 1.0, "declared"),
    ("T1.03", kpis("orders", "revenue", authored={"role_of_social": "sales"}), 1.0, "some"),
    ("T1.03", kpis("orders", "sessions", authored={"role_of_social": "sales"}), 0.5, "some"),
    ("T1.03", kpis("sessions", authored={"role_of_social": "service"}), 0.0, "none"),
    ("T1.03", kpis("orders"), "unknown", "no_data"),
    ("T2.01", beside(past=True), 1.0, "all"),
    ("T2.01", beside(compared("norm")), 1.0, "all"),
    ("T2.01", beside(compared("competitor")), 1.0, "all"),
    ("T2.01", beside(compared("norm", value=None)), 0.0, "some"),
    ("T2.01", beside(compared("norm", objectives=())), 0.0, "some"),
    (
        "T2.01",
        case(progress=(progress(), progress(objective="b"), progress(objective="c", baseline=ALONE))),
        0.5,
        "some",
    ),
    ("T2.01", case(), "unknown", "no_data"),
    ("T2.02", beside(compared("year", "competitor", "norm")), 1.0, "all"),
    ("T2.02", beside(compared("norm"), past=True), 0.5, "some"),
    ("T2.02", beside(past=True), 0.0, "some"),
    ("T2.02", case(), "unknown", "no_data"),
    ("T2.03", kpis("conversion_rate", card={"quality": (quality(),)}), 1.0, "same"),
    (
        "T2.03",
        kpis(
            "conversion_rate",
            authored={"definitions": [{"metric": "sessions", "date": "2026-01-01", "old": "x", "new": "y"}]},
            card={"quality": (quality(),)},
        ),
        0.5,
        "declared",
    ),
    ("T2.03", kpis("conversion_rate", card={"quality": (quality(breaks=0.1),)}), 0.0, "jump"),
    ("T2.03", kpis("conversion_rate", card={"quality": (quality("likes", breaks=0.1),)}), 1.0, "same"),
    ("T2.03", kpis("conversion_rate"), "unknown", "no_data"),
    ("T2.04", steady(50), 1.0, "whole"),
    ("T2.04", steady(42), 0.5, "holes"),
    ("T2.04", steady(41), 0.0, "holes"),
    ("T2.04", kpis("conversion_rate"), "unknown", "no_data"),
    ("T2.04", kpis("conversion_rate", channels=["email"], card={"comparisons": HOLED}), "unknown", "no_data"),
    ("T2.05", case(progress=(progress(),)), 1.0, "all"),
    ("T2.05", case(progress=(progress(), progress(objective="b"), progress(objective="c", target=None))), 0.5, "some"),
    ("T2.05", case(progress=(progress(target=None),)), 0.0, "some"),
    ("T2.05", case(), "unknown", "no_data"),
    ("T3.01", kpis("orders", card={"comparisons": told("orders", "spend")}), 1.0, "share"),
    ("T3.01", kpis("orders", card={"comparisons": told("orders", "likes")}), 0.5, "share"),
    ("T3.01", kpis("orders", card={"comparisons": told("orders", "likes", "pageviews", "reach")}), 0.0, "share"),
    ("T3.01", kpis("orders"), "unknown", "no_data"),
    (
        "T3.02",
        case(comparisons=told("net_sentiment", series=series((1.0, 1.0, 1.0)))),
        1.0,
        "followed",
    ),
    ("T3.02", case(comparisons=told("net_sentiment", series=series((1.0, 1.0)))), 0.5, "begun"),
    ("T3.02", case(comparisons=told("sessions")), 0.0, "none"),
    ("T3.02", case({"role_of_social": "sales"}, comparisons=told("sessions")), "not_applicable", "not_applicable"),
    ("T3.02", case(), "unknown", "no_data"),
    ("T3.03", case({"dropped": [{"metric": "likes", "reason": "x", "since": "2026-01-01"}]}), 1.0, "listed"),
    ("T3.03", case({"dropped": [{"metric": "likes", "reason": "x"}]}), 0.5, "listed"),
    ("T4.01", crossed("sessions", 26), 1.0, "week"),
    ("T4.01", crossed("sessions", 25), 0.5, "week"),
    ("T4.01", crossed("sessions", 12, "month"), 1.0, "month"),
    ("T4.01", case(comparisons=told("interactions", "sessions")), 0.5, "short"),
    ("T4.01", case(comparisons=told("sessions")), 0.0, "no_social"),
    ("T4.01", case(comparisons=told("interactions")), 0.0, "no_other"),
    ("T4.01", case(), "unknown", "no_data"),
    ("T4.02", crossed("revenue", 26), 1.0, "week"),
    ("T4.02", crossed("leads", 25), 0.5, "week"),
    ("T4.02", crossed("revenue", 12, "month"), 1.0, "month"),
    ("T4.02", case(comparisons=told("interactions", "revenue")), 0.5, "short"),
    ("T4.02", case(comparisons=told("revenue")), 0.0, "no_social"),
    ("T4.02", crossed("sessions", 26), 0.0, "no_other"),
    ("T4.02", case(), "unknown", "no_data"),
    ("T4.03", case(returns=returns()), 1.0, "complete"),
    ("T4.03", case(returns=returns(known_lines=5)), 0.5, "partial"),
    ("T4.03", case(returns=returns(roi_incremental=ratio(None))), 0.5, "media"),
    (
        "T4.03",
        case(
            sources=(source(),),
            returns=returns(
                **dict.fromkeys(("roi_incremental", "roi_attributed", "roas", "blended_roas"), ratio(None))
            ),
        ),
        0.0,
        "none",
    ),
    (
        "T4.03",
        case(
            returns=returns(**dict.fromkeys(("roi_incremental", "roi_attributed", "roas", "blended_roas"), ratio(None)))
        ),
        "unknown",
        "no_data",
    ),
]


def results(section: str, *states: str) -> dict[str, CheckResult]:
    """Checks of a section that are scored or unknown, of equal weight."""
    return {
        f"{section}.{at:02}": CheckResult(
            f"{section}.{at:02}",
            1.0,
            "topic",
            1.0 if state == "scored" else None,
            state,  # type: ignore[arg-type]
            "answer",
            say("checks.said.yes"),
        )
        for at, state in enumerate(states)
    }


def known(section: str, *states: str) -> Case:
    return replace(case(), results=results(section, *states))


def lab(
    *scores: tuple[str, float | None], failing: tuple[str, ...] = (), on: date = TODAY, device: str = "mobile"
) -> Case:
    """One page on one device, measured on one day."""
    numbers = tuple(Measurement(name, Unit.INDEX, value, None) for name, value in scores)
    faults = tuple(LabFailure(id, 0.0, "seo", 0.1) for id in failing)
    day = LabDay(on, 3, ("13.0.0",), numbers, (), faults, (), 0, ("audits/a.json",))
    return case(lab=Lab(series=(LabSeries("https://example.org/", device, "simulate", 13, (day,)),)))


TOGETHER = written(kpi="orders", channels=["meta_ads"])

GOALS: list[Expected] = [
    ("O1.01", case({"goals": [GOAL]}), 1.0, "written"),
    ("O1.02", spent(("meta_ads", 90.0), ("google_ads", 10.0)), 1.0, "share"),
    ("O1.02", spent(("meta_ads", 60.0), ("google_ads", 40.0)), 0.5, "share"),
    ("O1.02", spent(("meta_ads", 50.0), ("google_ads", 50.0)), 0.0, "share"),
    ("O1.02", case(returns=returns(channels=())), "unknown", "no_data"),
    ("O1.03", case({"active_channels": ["meta_ads"], "objectives": [TOGETHER]}), 1.0, "all"),
    ("O1.03", case({"active_channels": ["meta_ads", "direct"], "objectives": [TOGETHER]}), 1.0, "all"),
    ("O1.03", case({"active_channels": ["meta_ads", "email"], "objectives": [TOGETHER]}), 0.0, "some"),
    (
        "O1.03",
        case(
            {
                "active_channels": ["meta_ads", "google_ads", "email"],
                "objectives": [written(kpi="orders", channels=["meta_ads", "google_ads"])],
            }
        ),
        0.5,
        "some",
    ),
    ("O2.01", known("E1", "scored", "scored", "scored", "unknown", "unknown"), 1.0, "done"),
    ("O2.01", known("E1", "scored", "unknown"), "unknown", "unknown"),
    ("O2.02", known("A0", "scored", "scored", "scored", "not_applicable"), 1.0, "done"),
    ("O2.02", known("A3", "scored", "unknown"), "unknown", "unknown"),
    ("O2.03", lab(("performance", 90.0), ("accessibility", 90.0)), 1.0, "lab"),
    ("O2.03", lab(("performance", 36.0), ("accessibility", 54.0)), 0.5, "lab"),
    ("O2.03", lab(("performance", 90.0)), "unknown", "unknown"),
    ("O2.03", lab(("performance", 90.0), ("accessibility", 90.0), on=TODAY - timedelta(91)), "unknown", "unknown"),
    ("O2.04", lab(("seo", 90.0)), 1.0, "lab"),
    ("O2.04", lab(("seo", 50.0)), 0.5, "lab"),
    ("O2.04", lab(("seo", 49.0)), 0.0, "lab"),
    ("O2.04", lab(("seo", 95.0), failing=("is-crawlable",)), 0.0, "hidden"),
    ("O4.01", case(judged=(assessment(),)), 1.0, "mean"),
    ("O4.01", case(judged=(assessment(), assessment(smart_score=0.5))), 0.75, "mean"),
    ("O4.01", case(judged=(assessment(smart_score=0.0),)), 0.0, "mean"),
    ("O4.01", case(), "unknown", "no_data"),
    ("O4.02", kpis("orders", "revenue"), 1.0, "share"),
    (
        "O4.02",
        case(
            {"objectives": [written(kpi="orders"), written(kpi="revenue"), written(kpi="leads")]},
            progress=(
                progress(objective="orders"),
                progress(objective="revenue"),
                progress(objective="leads", current=measured(None, sources=())),
            ),
        ),
        0.5,
        "share",
    ),
    (
        "O4.02",
        case(
            {"objectives": [written(id="a"), written(id="b")]},
            progress=(progress(objective="a"), progress(objective="b")),
        ),
        0.0,
        "share",
    ),
    ("O4.02", case(), "unknown", "no_data"),
    ("O4.03", kpis("orders", card={"comparisons": told("orders", "likes", "sessions")}), 1.0, "count"),
    ("O4.03", kpis("orders", card={"comparisons": told("orders", "likes")}), 0.5, "count"),
    ("O4.03", kpis("orders", card={"comparisons": told("orders")}), 0.0, "count"),
    ("O4.03", kpis("orders"), "unknown", "no_data"),
    ("O4.04", kpis("orders", card={"comparisons": told("orders", "likes", "sessions", "clicks")}), 1.0, "count"),
    ("O4.04", kpis("orders", card={"comparisons": told("orders", "likes")}), 0.5, "count"),
    ("O4.04", kpis("orders", card={"comparisons": told("orders")}), 0.0, "count"),
    ("O4.04", case(), "unknown", "no_data"),
    ("O4.05", implied(1.05), 1.0, "coherent"),
    ("O4.05", implied(0.89), 0.5, "fall"),
    ("O4.05", implied(1.2, aimed=1.0), 0.0, "contradicted"),
    ("O4.05", implied(1.05, aimed=1.0), 1.0, "coherent"),
    ("O4.05", case({"objectives": [written()]}), "not_applicable", "not_applicable"),
    ("O4.05", case(), "unknown", "unknown"),
]


def objectives(**more: Any) -> dict[str, Any]:
    return {"objectives": [written(**more)]}


BASED = {"kind": "history", "note": "Trois années de ventes"}
REALISM = {
    Realism.REALISTIC: (1.0, "all"),
    Realism.AMBITIOUS: (1.0, "all"),
    Realism.VERY_AMBITIOUS: (0.5, "least"),
    Realism.NEEDS_ACTION: (0.5, "least"),
    Realism.UNREALISTIC: (0.0, "least"),
}
INBOX_FILE = EvidenceFile("evidence/inbox.csv", "0" * 64, "inbox", "each", 100, 0, YEAR)
POSTS_FILE = replace(INBOX_FILE, path="evidence/posts.csv", kind="posts")
NONE = measured(None)


def inbox(unanswered: bool = False, answers: dict[str, Any] | None = None, **rates: float) -> Case:
    """Conversations of which these are known."""
    numbers: dict[str, Any] = dict.fromkeys(
        (
            *("received", "answered", "response_rate", "in_time_rate", "first_response", "weeks", "negative"),
            *("campaign", "outside", "per_week", "needed", "available", "staffing"),
        ),
        NONE,
    )
    numbers |= {name: measured(value) for name, value in rates.items()}
    found = InboxNumbers(
        files=(INBOX_FILE,),
        period=YEAR,
        grain="each",
        clock="all",
        hours_declared=False,
        promise=240.0,
        promise_declared=False,
        mostly_unanswered=unanswered,
        handling_minutes=None,
        channels=(),
        **numbers,
    )
    return case({"answers": answers or {}}, inbox=found)


def posts(answers: dict[str, Any] | None = None, **rates: float) -> Case:
    numbers: dict[str, Any] = dict.fromkeys(
        (
            *("posts", "on_question", "off_offer", "with_keyword", "kept"),
            *("shares", "shares_past", "shares_change"),
        ),
        NONE,
    )
    numbers |= {name: measured(value) for name, value in rates.items()}
    found = PostNumbers(files=(POSTS_FILE,), period=YEAR, planned_by=None, questions=(), groups=(), **numbers)
    return case({"answers": answers or {}}, posts=found)


def decided(*states: str) -> Case:
    """Recommendations by what became of them: `due` is open and was to be looked at by now, `open` is not yet."""
    more = {
        "done": {"state": "done", "evidence": "x", "date": "2026-01-01"},
        "refused": {"state": "refused", "reason": "x", "date": "2026-01-01"},
        "due": {"review": str(TODAY)},
        "open": {"review": str(TODAY + timedelta(1))},
    }
    return case({"actions": [{"finding": f"check-S1.0{at}", **more[each]} for at, each in enumerate(states, 1)]})


def replies(metric: str, value: float, out_of: float = 400.0, **changes: Any) -> Case:
    return case(comparisons=(replace(rated(metric, value, out_of), **changes),))


def wait(minutes: float) -> Case:
    now = replace(measured(minutes, Unit.MINUTES), metric="response_time")
    return case(comparisons=(Comparison("response_time", None, now, now, now, None, None),))


SALE = {"label": "Soldes", "start": "2026-01-05", "end": "2026-01-18", "kind": "sale"}


def peaks(during: float, outside: float) -> Case:
    """Two weeks of a sale among eight."""
    values = (outside,) * 3 + (during,) * 2 + (outside,) * 3
    found = replace(rated("in_time_rate", 0.9), series=series(values, start=date(2025, 12, 15)))
    return case({"events": [SALE]}, comparisons=(found,))


SOCIAL: list[Expected] = [
    *(
        ("A0.01", case({"answers": {"target_audience": told}, **more}, **card), score, reason)
        for told, more, card, score, reason in (
            ("yes", {**objectives(), "costs": {"media": "1000/month"}}, {}, 1.0, "all"),
            ("yes", objectives(), {"returns": returns(known_lines=1)}, 1.0, "all"),
            ("yes", objectives(), {"returns": returns(known_lines=0)}, 0.5, "some"),
            ("no", objectives(), {"returns": returns(known_lines=0)}, 0.0, "some"),
        )
    ),
    ("A0.01", said(), "unknown", "unknown"),
    ("A0.01", said(target_audience=NOT_ASKED), "not_applicable", "not_applicable"),
    ("A0.04", posts(kept=0.8), 1.0, "kept"),
    ("A0.04", posts(kept=0.5), 0.5, "kept"),
    ("A0.04", posts(kept=0.49), 0.0, "kept"),
    ("A0.04", posts({"content_calendar": "yes"}), 0.5, "declared"),
    ("A1.01", case(progress=(progress(), progress(objective="b"))), 1.0, "count"),
    ("A1.01", case(progress=(progress(baseline_origin="declared"),)), 0.5, "count"),
    ("A1.01", case(progress=(progress(baseline_origin="missing"),)), 0.0, "count"),
    ("A1.01", case(progress=(progress(direction="maintain_above"),)), "not_applicable", "not_applicable"),
    ("A1.01", case(), "unknown", "no_data"),
    ("A1.02", case(objectives(target_basis=BASED)), 1.0, "count"),
    ("A1.02", case(objectives(target_basis={"kind": "history"})), 0.5, "count"),
    ("A1.02", case(objectives()), 0.0, "count"),
    ("A1.02", case(), "unknown", "no_data"),
    *(("A1.03", judged(each), score, reason) for each, (score, reason) in REALISM.items()),
    ("A1.03", judged(Realism.REALISTIC, Realism.UNREALISTIC), 0.0, "least"),
    ("A1.03", case(), "unknown", "no_data"),
    ("A1.05", decided("done", "done", "done", "due", "open", "refused"), 1.0, "count"),
    ("A1.05", decided("done", "due", "refused"), 0.5, "count"),
    ("A1.05", decided("due", "open"), 0.0, "count"),
    ("A1.05", decided("refused", "open"), "unknown", "unknown"),
    ("A1.06", late(Status.OFF_TRACK, Status.MISSED, noted=("conversion_rate", "orders")), 1.0, "noted"),
    ("A1.06", late(Status.OFF_TRACK, Status.MISSED, noted=("orders",)), 0.5, "noted"),
    ("A1.06", late(Status.OFF_TRACK, gap_causes="yes"), 1.0, "yes"),
    ("A1.06", late(Status.OFF_TRACK, gap_causes="partly"), 0.5, "answer_partly"),
    ("A1.06", late(Status.OFF_TRACK, gap_causes="no"), 0.0, "answer_no"),
    ("A1.06", late(Status.ON_TRACK), "not_applicable", "not_applicable"),
    ("A1.06", late(Status.OFF_TRACK), "unknown", "unknown"),
    ("A1.06", case(), "unknown", "no_data"),
    ("A2.01", inbox(weeks=0.9), 1.0, "weeks"),
    ("A2.01", inbox(weeks=0.89), 0.5, "weeks"),
    ("A2.01", replies("response_rate", 0.9, series=series((0.9,) * 52)), 1.0, "share"),
    ("A2.01", replies("response_rate", 0.9, series=series((0.9,) * 40 + (None,) * 12)), 0.5, "share"),
    ("A2.02", inbox(response_rate=0.9), 1.0, "rate"),
    ("A2.02", inbox(response_rate=0.7), 0.5, "rate"),
    ("A2.02", inbox(response_rate=0.69), 0.0, "rate"),
    ("A2.02", replies("response_rate", 0.9), 1.0, "rate"),
    ("A2.02", replies("response_rate", 0.9, 29.0), "unknown", "no_data"),
    ("A2.02", case(), "unknown", "no_data"),
    ("A2.03", inbox(first_response=240.0), 1.0, "median"),
    ("A2.03", inbox(first_response=1440.0), 0.5, "median"),
    ("A2.03", inbox(first_response=1441.0), 0.0, "median"),
    ("A2.03", inbox(unanswered=True), 0.0, "unanswered"),
    ("A2.03", replies("in_time_rate", 0.5), 1.0, "in_time"),
    ("A2.03", wait(240.0), 1.0, "mean"),
    ("A2.03", wait(241.0), 0.5, "mean"),
    ("A2.03", wait(1441.0), 0.0, "mean"),
    ("A2.03", case(), "unknown", "no_data"),
    ("A2.04", inbox(staffing=1.0), 1.0, "hours"),
    ("A2.04", inbox(staffing=0.7), 0.5, "hours"),
    ("A2.04", inbox(staffing=0.69), 0.0, "hours"),
    ("A2.06", inbox(campaign=0.85, outside=0.9), 1.0, "rates"),
    ("A2.06", inbox(campaign=0.75, outside=0.9), 0.5, "rates"),
    ("A2.06", inbox(campaign=0.74, outside=0.9), 0.0, "rates"),
    ("A2.06", peaks(0.85, 0.9), 1.0, "rates"),
    ("A2.06", peaks(0.8, 0.9), 0.5, "rates"),
    ("A2.06", peaks(0.5, 0.9), 0.0, "rates"),
    ("A2.08", inbox(negative=0.8), 1.0, "rate"),
    ("A2.08", inbox(negative=0.5), 0.5, "rate"),
    ("A2.08", inbox(negative=0.49), 0.0, "rate"),
    ("A2.08", case(), "unknown", "no_data"),
    *(
        (id, posts(**{name: value}), score, "share")
        for id, name, values in (
            ("A3.01", "on_question", (0.5, 0.25, 0.24)),
            ("A3.02", "off_offer", (0.3, 0.6, 0.61)),
            ("A3.03", "with_keyword", (0.5, 0.25, 0.24)),
        )
        for value, score in zip(values, (1.0, 0.5, 0.0), strict=True)
    ),
    ("A3.06", posts(shares_change=1.0), 1.0, "change"),
    ("A3.06", posts(shares_change=0.7), 0.5, "change"),
    ("A3.06", posts(shares_change=0.69), 0.0, "change"),
    ("A3.06", posts(), "unknown", "no_data"),
    ("A3.06", case(), "not_applicable", "not_applicable"),
]


def file(*metrics: str, channels: tuple[str, ...] = (), end: date = TODAY, **changes: Any) -> SourceSummary:
    totals = tuple((metric, 9.0, 0) for metric in metrics)
    period = Period(date(2025, 4, 1), end)
    return replace(source(), path="exports/x.csv", totals=totals, channels=channels, period=period, **changes)


def files(*found: SourceSummary, **more: Any) -> Case:
    return case(more or None, sources=found)


def gap(left: float, kept: float = 100.0) -> Case:
    found = Decision("sessions", "", "a.csv", "b.csv", 30, "order", total_left=left, total_kept=kept)  # type: ignore[arg-type]
    return case(decisions=(found,))


def funnel(begun: float, placed: float) -> Case:
    return case(comparisons=(*told("checkouts", value=begun), *told("transactions", value=placed)))


STALE = TODAY - timedelta(63)
ACCOUNTS = {"active_channels": ["facebook", "instagram", "website"]}

AUDITS: list[Expected] = [
    ("E1.02", files(file("sessions", "transactions")), 1.0, "recorded"),
    ("E1.02", files(file("transactions")), 1.0, "recorded"),
    ("E1.02", files(file("sessions")), "unknown", "unknown"),
    ("E1.04", gap(110.0), 1.0, "gap"),
    ("E1.04", gap(70.0), 0.5, "gap"),
    ("E1.04", gap(131.0), 0.0, "gap"),
    ("E1.04", gap(5.0, 0.0), "unknown", "unknown"),
    ("E1.05", case(quality=(quality(score=0.9),)), 1.0, "quality"),
    ("E1.05", case(quality=(quality(score=0.7), quality("transactions", 1.0))), 0.5, "quality"),
    ("E1.05", case(quality=(quality(score=0.69),)), 0.0, "quality"),
    ("E1.05", case(quality=(quality("likes", 0.1),)), "unknown", "no_data"),
    ("E2.03", files(file("sessions", channels=("organic_social",))), 1.0, "apart"),
    ("E2.03", files(file("sessions", channels=("direct",))), 0.0, "together"),
    ("E2.03", case(), "unknown", "no_data"),
    ("E2.04", files(file("likes", channels=("facebook", "instagram")), **ACCOUNTS), 1.0, "all"),
    ("E2.04", files(file("likes", channels=("facebook",)), **ACCOUNTS), 0.5, "some"),
    ("E2.04", files(file("likes", channels=("facebook",), end=STALE), **ACCOUNTS), 0.0, "some"),
    ("E2.04", case({"active_channels": ["website"]}), "not_applicable", "not_applicable"),
    ("E2.04", case(), "unknown", "no_data"),
    ("E3.01", lab(("performance", 90.0)), 1.0, "score"),
    ("E3.01", lab(("performance", 50.0)), 0.5, "score"),
    ("E3.01", lab(("performance", 49.0)), 0.0, "score"),
    ("E3.01", lab(("performance", 99.0), device="desktop"), "unknown", "no_data"),
    ("E3.02", funnel(100.0, 50.0), 1.0, "share"),
    ("E3.02", funnel(100.0, 30.0), 0.5, "share"),
    ("E3.02", funnel(100.0, 29.0), 0.0, "share"),
    ("E3.04", lab(("accessibility", 90.0), device="desktop"), 1.0, "score"),
    ("E3.04", lab(("accessibility", 50.0)), 0.5, "score"),
    ("E3.04", lab(("accessibility", 49.0)), 0.0, "score"),
    ("E3.04", case(), "unknown", "no_data"),
    ("E4.01", lab(("seo", 90.0)), 1.0, "open"),
    ("E4.01", lab(("seo", 90.0), failing=("is-crawlable",)), 0.0, "hidden"),
    ("E4.01", case(), "unknown", "no_data"),
    ("E4.03", files(file("views", channels=("google_business_profile",))), 1.0, "fresh"),
    ("E4.03", files(file("views", channels=("google_business_profile",), end=STALE)), 0.5, "stale"),
    ("E4.04", lab(("seo", 90.0)), 1.0, "both"),
    ("E4.04", lab(("seo", 90.0), failing=("meta-description",)), 0.5, "no_description"),
    ("E4.04", lab(("seo", 90.0), failing=("document-title", "meta-description")), 0.0, "no_title"),
    ("E4.04", case(), "unknown", "no_data"),
    ("E4.05", files(file("clicks", platform="google_search_console")), 1.0, "fresh"),
    ("E4.05", files(file("clicks", platform="google_search_console", end=STALE)), 0.5, "stale"),
]
