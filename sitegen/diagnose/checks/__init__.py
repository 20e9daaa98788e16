"""A Case in, one Outcome for each check of the three signs out; one small function for each. Sums nothing up."""

from sitegen.diagnose.checks import finance, measurement, organisation
from sitegen.diagnose.checks.case import Case, Outcome, Rule

RULES: dict[str, Rule] = {**measurement.RULES, **finance.RULES, **organisation.RULES}

__all__ = ["RULES", "Case", "Outcome", "Rule"]
