"""Records and daily values in, what a reader should know of them out: notices at their place, the register of sources,
the quality of each series (METHODS §8).

    days      ahead of today, ended, missing        counters  zeros that are no chance
    cells     empty, no rate, impossible rows       curves    outliers, jumps, breaks, stocks, changed meanings
    files     which one counts, restated values     across    two sources of the same thing

Reports only: no value is changed, no day removed. An `error` stops the client; a hint says what to do.
"""

from __future__ import annotations

from datetime import date

from sitegen.errors import Problem
from sitegen.measure.daily import Daily, daily
from sitegen.measure.quality.across import across_told
from sitegen.measure.quality.cells import cells_told
from sitegen.measure.quality.counters import counters_told
from sitegen.measure.quality.curves import curves_told
from sitegen.measure.quality.days import days_told
from sitegen.measure.quality.files import files_told
from sitegen.measure.quality.register import observed, register, unmeasured
from sitegen.measure.quality.score import scores
from sitegen.model.facts import Dossier

__all__ = ["notices", "observed", "register", "scores", "unmeasured"]


def notices(
    dossier: Dossier, as_of: date, values: Daily | None = None, today: date | None = None
) -> tuple[Problem, ...]:
    """All that is doubtful in the data up to `as_of`, each at its file; `values` are its `daily` if known, `today` is
    the day on which the files are looked at."""
    values = values or daily(dossier, as_of)
    return (
        *days_told(dossier, as_of, today),
        *cells_told(dossier),
        *files_told(dossier, values),
        *counters_told(values),
        *across_told(dossier, values),
        *curves_told(dossier, values),
    )
