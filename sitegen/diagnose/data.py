"""A Draft in, the findings on what is not known out: answers, sources, gaps. Repairs no data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen.diagnose.draft import MINOR, NORMAL, Draft, Rule, finding
from sitegen.diagnose.status import TWO_PERIODS
from sitegen.diagnose.wording import name
from sitegen.messages import Period, Quantity, Unit, say
from sitegen.model.computed import CheckResult, Finding

NAMED = 3  # open questions that are told by name


def unanswered(checks: Sequence[CheckResult]) -> Iterator[Finding]:
    """Questions that nobody answered, of all that an answer may tell: unknown, never a pass."""
    asked = [check for check in checks if check.question is not None and not check.same_as]
    unknown = sorted((check for check in asked if check.state == "unknown"), key=lambda each: -each.weight)
    if unknown:
        weight = MINOR * len(unknown) / len(asked)
        first = tuple(say("findings.unanswered.one", question=say(f"checks.{e.id}.question")) for e in unknown[:NAMED])
        yield finding("data", "unanswered", weight, "digital-maturity", questions=first, count=len(unknown))


def stale(draft: Draft) -> Iterator[Finding]:
    """Files that end more than two periods before the others (METHODS §8)."""
    as_of = draft.scorecard.as_of
    old = [source for source in draft.scorecard.sources if source.period and as_of - source.period.end > TWO_PERIODS]
    if old:
        ends = tuple(
            say("findings.stale.source", path=source.path, end=source.period.end) for source in old if source.period
        )
        yield finding("data", "stale", MINOR, "measurement-plan", sources=ends, as_of=as_of)


def gaps(draft: Draft) -> Iterator[Finding]:
    """Metrics of the last window whose days are not all observed."""
    wanted = draft.thresholds.coverage_complete
    windows = [number.current.period for number in draft.scorecard.comparisons if number.current.period]
    covered = [(number.metric, number.current.coverage) for number in draft.scorecard.comparisons]
    short = [(metric, coverage) for metric, coverage in covered if coverage is not None and coverage < wanted]
    if short:
        shares = sorted({coverage for _, coverage in short})
        metrics = tuple(
            say(
                "findings.gaps.metric",
                name=tuple(name(metric) for metric, coverage in short if coverage == share),
                coverage=Quantity(share, Unit.RATE),
            )
            for share in shares
        )
        weight = NORMAL * (1 - min(coverage for _, coverage in short))
        period = Period(min(each.start for each in windows), max(each.end for each in windows))
        yield finding("data", "gaps", weight, "measurement-plan", metrics=metrics, period=period)


RULES: tuple[Rule, ...] = (stale, gaps)
