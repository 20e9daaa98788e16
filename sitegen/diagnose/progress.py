"""Progress and authored objectives in, one Assessment each and the findings on objectives out. Measures nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sitegen.diagnose import smart
from sitegen.diagnose.draft import CHOOSING_KPIS, DECISIVE, MINOR, NORMAL, SMART_OBJECTIVES, Draft, Rule, finding
from sitegen.diagnose.outlook import ahead
from sitegen.diagnose.realism import realism
from sitegen.diagnose.sentence import sentence
from sitegen.diagnose.status import HOLDING, status
from sitegen.diagnose.wording import in_unit, the
from sitegen.messages import Quantity, Unit
from sitegen.model.authored import Objective, Thresholds
from sitegen.model.catalogue import METRICS, Direction
from sitegen.model.computed import Assessment, Finding, Implied, Progress, Realism, Status

# How pressing a status is: its weight times what it lacks. The statuses that need nothing done are not here.
PRESSING: Mapping[Status, float] = {
    Status.MISSED: DECISIVE,
    Status.OFF_TRACK: DECISIVE * 0.8,
    Status.AT_RISK: DECISIVE * 0.4,
    Status.NO_DATA: NORMAL,
    Status.INCONCLUSIVE: MINOR * 0.5,
    Status.TOO_EARLY: MINOR * 0.25,
}
OFF = 0.05  # of what objectives imply for a third KPI: less is no contradiction
REACHED = frozenset({Status.ACHIEVED, Status.REACHED_HOLD})


def assessments(
    progresses: Sequence[Progress], objectives: Sequence[Objective], thresholds: Thresholds
) -> tuple[Assessment, ...]:
    """The verdict on each objective, in the order of `progresses`."""
    authored = {objective.id or objective.kpi: objective for objective in objectives}
    return tuple(_assessment(progress, authored[progress.objective], thresholds) for progress in progresses)


def _assessment(progress: Progress, objective: Objective, thresholds: Thresholds) -> Assessment:
    reached, reason = status(progress, thresholds)
    likely, realism_reason = realism(progress, objective)
    letters = smart.criteria(objective, progress, likely)
    return Assessment(
        objective=progress.objective,
        status=reached,
        sentence=sentence(progress, reached, thresholds),
        reason=reason,
        realism=likely,
        realism_reason=realism_reason,
        smart=letters,
        smart_score=smart.score(letters),
        outlook=ahead(progress, thresholds),
    )


# ---------------------------------------------------------------- rules


def none_set(draft: Draft) -> Iterator[Finding]:
    """No objective at all."""
    if not draft.assessments:
        yield finding("progress", "none_set", DECISIVE, CHOOSING_KPIS)


def standing(draft: Draft) -> Iterator[Finding]:
    """One finding for each objective whose status asks for something."""
    for progress, assessment in draft.objectives:
        if assessment.status in PRESSING:
            yield finding(
                "progress",
                assessment.status,
                PRESSING[assessment.status],
                "gap-analysis",
                about=progress.objective,
                the=the(progress.kpi),
                sentence=assessment.sentence,
                because=assessment.reason,
            )


def out_of_reach(draft: Draft) -> Iterator[Finding]:
    """Unrealistic targets; one that was reached all the same is no longer so."""
    for progress, assessment in draft.objectives:
        if assessment.realism is Realism.UNREALISTIC and assessment.status not in REACHED:
            yield finding(
                "progress",
                "out_of_reach",
                NORMAL,
                "realism",
                about=progress.objective,
                the=the(progress.kpi),
                because=assessment.realism_reason,
            )


def not_smart(draft: Draft) -> Iterator[Finding]:
    """What each objective lacks to be SMART (METHODS §2.7)."""
    for progress, assessment in draft.objectives:
        missing = tuple(message for letter in assessment.smart for message in letter.missing)
        if missing:
            yield finding(
                "progress",
                "not_smart",
                NORMAL * (1 - assessment.smart_score),
                SMART_OBJECTIVES,
                about=progress.objective,
                the=the(progress.kpi),
                missing=missing,
            )


def baseline_missing(draft: Draft) -> Iterator[Finding]:
    """Objectives that start from nowhere."""
    concerned = _with_baseline(draft, "missing")
    if concerned:
        kpis = tuple(the(progress.kpi) for progress in concerned)
        yield finding("progress", "baseline_missing", NORMAL, "baseline", kpis=kpis)


def baseline_not_frozen(draft: Draft) -> Iterator[Finding]:
    """Baselines that move when an export is restated (METHODS §2.2)."""
    concerned = _with_baseline(draft, "computed")
    if concerned:
        kpis = tuple(the(progress.kpi) for progress in concerned)
        yield finding("progress", "baseline_not_frozen", MINOR, "baseline", kpis=kpis)


def baseline_gap(draft: Draft) -> Iterator[Finding]:
    """A stated baseline that the data do not confirm (METHODS §2.2)."""
    for progress in draft.scorecard.progress:
        gap, baseline = progress.baseline_gap, progress.baseline.value
        if gap is not None and baseline is not None and abs(gap) > draft.thresholds.baseline_gap:
            yield finding(
                "progress",
                "baseline_gap",
                MINOR,
                "baseline",
                about=progress.objective,
                the=the(progress.kpi),
                baseline=in_unit(progress, baseline),
                gap=Quantity(abs(gap), Unit.RATE),
            )


def incoherent(draft: Draft) -> Iterator[Finding]:
    """Objectives that ask together for what nobody wants, or for other than a third one does (METHODS §2.8)."""
    for each in draft.scorecard.implied:
        change = (each.factor / each.aimed if each.aimed else each.factor) - 1
        if not _speaks(each, change):
            continue
        yield finding(
            "progress",
            "contradicted" if each.aimed else "implied",
            MINOR,
            "objective-coherence",
            about=each.objectives[0],
            the=the(each.kpi),
            kpis=tuple(the(p.kpi) for p in draft.scorecard.progress if p.objective in each.objectives),
            change=Quantity(each.factor - 1, Unit.CHANGE),
            aimed=Quantity((each.aimed or each.factor) - 1, Unit.CHANGE),
            on=each.on,
        )


def _speaks(implied: Implied, change: float) -> bool:
    """Whether it is more than a rounding, and, where no objective tells what is wanted, the wrong way."""
    if implied.aimed is not None:
        return abs(change) > OFF
    good = METRICS[implied.kpi].good
    return change < -OFF if good is Direction.UP else change > OFF if good is Direction.DOWN else False


def _with_baseline(draft: Draft, origin: str) -> list[Progress]:
    """The objectives that need a baseline and have one of this origin; to hold a limit needs none."""
    return [
        progress
        for progress in draft.scorecard.progress
        if progress.baseline_origin == origin and progress.direction not in HOLDING
    ]


RULES: tuple[Rule, ...] = (
    none_set,
    standing,
    out_of_reach,
    baseline_missing,
    not_smart,
    baseline_not_frozen,
    baseline_gap,
    incoherent,
)
