"""What is known, and what each check of the five tips makes of it."""

from __future__ import annotations

from .cases import basket, followers, measured, progress, ratio, returns, source
from .known import UNTOLD, Known, against, asked, by_month, carded, crossing, done, quality, told, tracked

SALES = {"role_of_social": "sales"}
NEVER = progress(baseline=measured(None))
NO_RETURN = {
    "roi_incremental": ratio(None),
    "roi_attributed": ratio(None),
    "roas": ratio(None),
    "blended_roas": ratio(None),
    "attributed_revenue": UNTOLD,
}
SETTING = {"metric": "sessions", "date": "2026-01-01", "old": "x", "new": "y"}


def monthly(missing: int) -> tuple[object, ...]:
    """A rate that lacks the first of thirteen months; the last one is not over."""
    return (told("conversion_rate", series=by_month("conversion_rate", *[None] * missing, *[0.02] * (13 - missing))),)


CASES: Known = [
    ("T0.01", tracked(progress()), 1.0, "all"),
    ("T0.01", tracked(progress(), basket(), followers()), 0.5, "some"),
    ("T0.01", tracked(followers()), 0.0, "some"),
    ("T0.01", carded(), "unknown", "no_data"),
    ("T1.01", carded(authored=SALES), 1.0, "declared"),
    *asked("T1.01", "social_role", declared=True),
    *done("T1.02", "role_agreed"),
    ("T1.03", tracked(progress(), basket(), **SALES), 1.0, "some"),
    ("T1.03", tracked(progress(), **SALES), 0.5, "some"),
    ("T1.03", tracked(followers(), **SALES), 0.0, "none"),
    ("T1.03", tracked(progress()), "unknown", "no_data"),
    ("T2.01", tracked(progress()), 1.0, "all"),
    ("T2.01", tracked(NEVER, benchmarks=(against("competitor"),)), 1.0, "all"),
    ("T2.01", tracked(NEVER, benchmarks=(against("norm"),)), 1.0, "all"),
    ("T2.01", tracked(NEVER, benchmarks=(against("norm", old=True), against("competitor", None))), 0.0, "some"),
    ("T2.01", tracked(NEVER, benchmarks=(against("norm", objective="orders"),)), 0.0, "some"),
    ("T2.01", tracked(progress(), basket(), NEVER), 0.5, "some"),
    ("T2.01", carded(), "unknown", "no_data"),
    (
        "T2.02",
        tracked(progress(), comparisons=(told("orders"),), benchmarks=(against("norm"), against("competitor"))),
        1.0,
        "all",
    ),
    ("T2.02", tracked(progress(), comparisons=(told("share_of_voice"),)), 0.5, "some"),
    ("T2.02", tracked(NEVER, comparisons=(told("orders"),), benchmarks=(against("norm"),)), 0.0, "some"),
    ("T2.02", tracked(progress(), comparisons=(told("orders"),), benchmarks=(against("previous"),)), 0.0, "some"),
    ("T2.02", carded(), "unknown", "no_data"),
    ("T2.03", tracked(progress(), quality=(quality("transactions"),)), 1.0, "same"),
    ("T2.03", tracked(progress(), quality=(quality("transactions"),), definitions=[SETTING]), 0.5, "declared"),
    ("T2.03", tracked(progress(), quality=(quality("transactions", breaks=0.1),)), 0.0, "jump"),
    ("T2.03", tracked(progress()), "unknown", "no_data"),
    ("T2.04", tracked(progress(), comparisons=monthly(0)), 1.0, "whole"),
    ("T2.04", tracked(progress(), comparisons=monthly(2)), 0.5, "holes"),
    ("T2.04", tracked(progress(), comparisons=monthly(3)), 0.0, "holes"),
    ("T2.04", tracked(progress()), "unknown", "no_data"),
    ("T2.05", tracked(progress()), 1.0, "all"),
    ("T2.05", tracked(progress(), basket(), followers(target=None)), 0.5, "some"),
    ("T2.05", tracked(progress(target=None)), 0.0, "some"),
    ("T2.05", carded(), "unknown", "no_data"),
    ("T3.01", tracked(progress(), comparisons=(told("transactions"), told("sessions"))), 1.0, "share"),
    ("T3.01", tracked(progress(), comparisons=(told("transactions"), told("likes"))), 0.5, "share"),
    ("T3.01", tracked(progress(), comparisons=(told("likes"), told("comments"))), 0.0, "share"),
    ("T3.01", tracked(progress()), "unknown", "no_data"),
    (
        "T3.02",
        carded(comparisons=(told("net_sentiment", series=by_month("net_sentiment", 0.1, 0.2, 0.3)),)),
        1.0,
        "followed",
    ),
    ("T3.02", carded(comparisons=(told("net_sentiment"),)), 0.5, "begun"),
    ("T3.02", carded(comparisons=(told("orders"),)), 0.0, "none"),
    ("T3.02", carded(), "unknown", "no_data"),
    ("T3.02", carded(authored={"role_of_social": "service"}), "not_applicable", "not_applicable"),
    ("T3.03", carded(authored={"dropped": [{"metric": "likes", "reason": "x", "since": "2026-01-01"}]}), 1.0, "listed"),
    ("T3.03", carded(authored={"dropped": [{"metric": "likes", "reason": "x"}]}), 0.5, "undated"),
    *asked("T3.03", "dropped_metrics", declared=True),
    *(
        row
        for id, second in (("T4.01", "sessions"), ("T4.02", "revenue"))
        for row in (
            (id, carded(crossings=(crossing(second, 26),)), 1.0, "week"),
            (id, carded(crossings=(crossing(second, 25),)), 0.5, "week"),
            (id, carded(crossings=(crossing(second, 12, "month"),)), 1.0, "month"),
            (id, carded(comparisons=(told("interactions"), told(second))), 0.5, "short"),
            (id, carded(comparisons=(told(second),)), 0.0, "no_social"),
            (id, carded(comparisons=(told("interactions"),)), 0.0, "no_other"),
            (id, carded(), "unknown", "no_data"),
        )
    ),
    ("T4.03", carded(), 1.0, "complete"),
    ("T4.03", carded(returns=returns(known_lines=5)), 0.5, "partial"),
    ("T4.03", carded(returns=returns(**{**NO_RETURN, "roas": ratio(7.5)})), 0.5, "media"),
    ("T4.03", carded(returns=returns(**NO_RETURN), sources=(source(),)), 0.0, "none"),
    ("T4.03", carded(returns=returns(**NO_RETURN)), "unknown", "no_data"),
]
