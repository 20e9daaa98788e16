"""A Case in, one Outcome for each check out; one small function for each. Sums nothing up.

The five points of each KPI are in `kpis`, since they are asked of every objective.
"""

from sitegen.diagnose.checks import (
    audits,
    content,
    finance,
    goals,
    kpis,
    measurement,
    organisation,
    replies,
    social,
    tips,
)
from sitegen.diagnose.checks.case import Case, Outcome, Rule, attested_own

RULES: dict[str, Rule] = {
    **measurement.RULES,
    **finance.RULES,
    **organisation.RULES,
    **tips.RULES,
    **goals.RULES,
    **social.RULES,
    **replies.RULES,
    **content.RULES,
    **audits.RULES,
}

__all__ = ["RULES", "Case", "Outcome", "Rule", "attested_own", "kpis"]
