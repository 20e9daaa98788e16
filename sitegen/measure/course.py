"""An objective in, how it is read out: basis, window, the KPI's value on any day. Judges nothing (METHODS §2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sitegen.measure.daily import Daily
from sitegen.measure.kinds import Reading, measurement, read_until, reading
from sitegen.measure.periods import DAY, months_on, window
from sitegen.messages import Period
from sitegen.model.authored import Basis, Objective, TargetForm
from sitegen.model.catalogue import METRICS, Kind, Metric
from sitegen.model.computed import Measurement
from sitegen.model.facts import Dossier

LONG = 3  # months: from here on a flow is followed as a total
KEPT = frozenset({TargetForm.AT_LEAST, TargetForm.RANGE})


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """An objective with every default resolved. `window` is in days, and never longer than the objective.

    `today` is the last day that counts: that of the report or the deadline, or of the KPI's files when they end up to
    two weeks earlier.
    """

    id: str
    objective: Objective
    reading: Reading
    basis: Basis
    window: int
    as_of: date
    today: date

    @property
    def metric(self) -> Metric:
        return self.reading.metric

    @property
    def period(self) -> Period:
        return Period(self.objective.start, self.objective.deadline)

    @property
    def elapsed(self) -> int:
        """Days from the start to `today`, both included; 0 before the start."""
        return max(0, (self.today - self.objective.start).days + 1)

    @property
    def long(self) -> bool:
        return lasts(self.objective, LONG)

    def on(self, day: date) -> Measurement:
        """The KPI as the objective reads it on `day`: the total since the start, or the value of its window."""
        if self.basis is Basis.CUMULATIVE:
            return measurement(self.reading, Period(self.objective.start, max(day, self.objective.start)))
        return measurement(self.reading, window(day, self.window))


def course(objective: Objective, dossier: Dossier, daily: Daily, as_of: date) -> Course:
    """How `objective` is read on `as_of`."""
    days = Period(objective.start, objective.deadline).days
    read = reading(objective.kpi, daily, dossier, objective.channels)
    return Course(
        objective.id or objective.kpi,
        objective,
        read,
        basis(objective),
        min(objective.eval_window, days),
        as_of,
        read_until(read, min(as_of, objective.deadline)),
    )


def basis(objective: Objective) -> Basis:
    """The declared basis; else total for a flow followed over three months or more, unless a level is to be kept.

    Only a flow can be totalled, and a range is always kept window by window.
    """
    if METRICS[objective.kpi].kind is not Kind.FLOW or objective.target.form is TargetForm.RANGE:
        return Basis.RATE
    if objective.basis is not None:
        return objective.basis
    kept = objective.target.form in KEPT
    return Basis.CUMULATIVE if lasts(objective, LONG) and not kept else Basis.RATE


def lasts(objective: Objective, months: int) -> bool:
    """Whether the objective runs for `months` months or more."""
    return objective.deadline + DAY >= months_on(objective.start, months)
