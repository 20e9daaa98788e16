"""Posts in, what they are about and how far they are shared out (METHODS §7, A3). No reach is ever told as a sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from statistics import median
from typing import Literal

from sitegen.measure.evidence import FEWEST, WEEK, Gauge, Part, window, within
from sitegen.messages import Message, Period, Unit, say
from sitegen.model.computed import EvidenceFile, Measurement, PostGroup, PostNumbers, QuestionPosts
from sitegen.model.evidence import Post, PostSheet
from sitegen.model.facts import Dossier

SHORT, LONG = 26 * WEEK, 52 * WEEK  # days; the long period where the short one has too few
CALENDAR = 8 * WEEK  # days in which a calendar is kept or not
BLOCK, PAST, FEWEST_PAST = 4 * WEEK, 12, 3  # days of a share rate; how many before, at most and at least
BLOCK_POSTS, GROUP_POSTS = 3, 10  # posts of a share rate, at least


def posts(dossier: Dossier, as_of: date) -> PostNumbers | None:
    """The numbers of the last half year, of the last year where it has too few posts; None without a row."""
    sheets, content = dossier.evidence.posts, dossier.client.content
    known = [post for sheet in sheets for post in sheet.posts]
    days = [day for post in known for day in (post.day, post.planned) if day is not None]
    if not any(day <= as_of.toordinal() for day in days):
        return None
    period = window(days, as_of, SHORT)
    if sum(_published(post, period) for post in known) < FEWEST:
        period = window(days, as_of, LONG)
    gauge = Gauge(period, dossier.thresholds, tuple(sorted({sheet.path for sheet in sheets if sheet.posts})))
    told = [post for post in known if _published(post, period)]
    kept, planned_by = _kept(replace(gauge, period=window(days, as_of, CALENDAR)), known, content.posts_per_week)
    now, past, change = _shares(replace(gauge, period=window(days, as_of, BLOCK)), known)
    questioned = say(f"evidence.reason.{'no_question_column' if content.questions else 'no_question_list'}")
    worded = say(f"evidence.reason.{'no_keyword_column' if content.keywords else 'no_keyword_list'}")
    return PostNumbers(
        files=tuple(sorted(_file(sheet) for sheet in sheets)),
        period=period,
        posts=gauge.count("posts_published", len(told)),
        on_question=_share(gauge, "posts_on_question", told, _answers, questioned),
        off_offer=_share(gauge, "posts_off_offer", told, lambda post: post.off_offer, say("evidence.reason.no_tags")),
        with_keyword=_share(gauge, "posts_with_keyword", told, lambda post: post.keyword, worded),
        kept=kept,
        planned_by=planned_by,
        shares=now,
        shares_past=past,
        shares_change=change,
        questions=tuple(
            QuestionPosts(question, sum(post.question == at for post in told))
            for at, question in enumerate(dossier.evidence.questions)
        ),
        groups=tuple(_groups(gauge, told)),
    )


def _published(post: Post, period: Period) -> bool:
    return post.day is not None and within(post.day, period)


def _answers(post: Post) -> bool | None:
    return None if post.question is None else post.question >= 0


def _file(sheet: PostSheet) -> EvidenceFile:
    days = [day for post in sheet.posts for day in (post.day, post.planned) if day is not None]
    period = Period(date.fromordinal(min(days)), date.fromordinal(max(days))) if days else None
    return EvidenceFile(sheet.path, sheet.digest, "posts", "each", len(sheet.posts), 0, period)


def _share(
    gauge: Gauge, metric: str, told: Iterable[Post], of: Callable[[Post], bool | None], untold: Message
) -> Measurement:
    """The share of posts of which `of` is true, of those that tell it."""
    said = [of(post) for post in told]
    known = [each for each in said if each is not None]
    return gauge.share(metric, Part(sum(known), len(known), len(said) - len(known)), untold, few="few_posts")


# ---------------------------------------------------------------- the calendar


def _kept(
    gauge: Gauge, known: Sequence[Post], per_week: float | None
) -> tuple[Measurement, Literal["file", "declared"] | None]:
    """Published ÷ planned: post by post where the file tells the planned days, else against the declared number."""
    end = gauge.period.end.toordinal()
    planned = [post for post in known if post.planned is not None and within(post.planned, gauge.period)]
    if planned:
        done = sum(post.day is not None and post.day <= end for post in planned)
        return _ratio(gauge, done, len(planned)), "file"
    if per_week is not None:
        done = sum(_published(post, gauge.period) for post in known)
        return _ratio(gauge, done, per_week * gauge.period.days / WEEK), "declared"
    return gauge.none("posts_kept", Unit.RATE, say("evidence.reason.no_plan", period=gauge.period)), None


def _ratio(gauge: Gauge, done: int, planned: float) -> Measurement:
    number = gauge.count("posts_kept", done / planned, Unit.RATE)
    return replace(number, numerator=float(done), denominator=float(planned))


# ---------------------------------------------------------------- shares


def _shares(gauge: Gauge, known: Sequence[Post]) -> tuple[Measurement, Measurement, Measurement]:
    """Shares ÷ reach of the last four weeks, the median of those before, and the one over the other."""
    now = _rate(gauge, "shares_per_reach", [post for post in known if _published(post, gauge.period)], BLOCK_POSTS)
    before = [gauge.period.shifted(-BLOCK * step) for step in range(1, PAST + 1)]
    rates = [
        _rate(replace(gauge, period=each), "", [post for post in known if _published(post, each)], BLOCK_POSTS).value
        for each in before
    ]
    told = [rate for rate in rates if rate is not None]
    past_gauge = replace(gauge, period=Period(before[-1].start, before[0].end))
    if len(told) < FEWEST_PAST:
        reason = say("evidence.reason.no_past_shares", count=len(told), fewest=FEWEST_PAST)
        past = past_gauge.none("shares_per_reach_past", Unit.RATE, reason)
    else:
        past = past_gauge.count("shares_per_reach_past", median(told), Unit.RATE)
    if now.value is None or not past.value:
        reason = now.reason or past.reason or say("evidence.reason.never_shared")
        return now, past, gauge.none("shares_change", Unit.RATIO, reason)
    return now, past, gauge.count("shares_change", now.value / past.value, Unit.RATIO)


def _rate(gauge: Gauge, metric: str, told: Sequence[Post], fewest: int) -> Measurement:
    """Shares ÷ reach of the posts that tell both."""
    both = [(post.shares, post.reach) for post in told if post.shares is not None and post.reach]
    if len(both) < fewest:
        reason = say("evidence.reason.few_shared", count=len(both), fewest=fewest, period=gauge.period)
        return gauge.none(metric, Unit.RATE, reason)
    shared, reached = sum(shares for shares, _ in both), sum(reach or 0 for _, reach in both)
    coverage = len(both) / len(told)
    number = gauge.count(metric, shared / reached, Unit.RATE)
    return replace(number, numerator=shared, denominator=reached, coverage=coverage, state=gauge.state(coverage))


def _groups(gauge: Gauge, told: Iterable[Post]) -> Iterator[PostGroup]:
    """Formats, then placements, those with most posts first."""
    grouped: dict[tuple[Literal["format", "placement"], str], list[Post]] = defaultdict(list)
    for post in told:
        if post.format:
            grouped["format", post.format].append(post)
        if post.placement:
            grouped["placement", post.placement].append(post)
    for (axis, name), posts_of in sorted(grouped.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1])):
        yield PostGroup(axis, name, len(posts_of), _rate(gauge, f"shares_per_reach_{name}", posts_of, GROUP_POSTS))
