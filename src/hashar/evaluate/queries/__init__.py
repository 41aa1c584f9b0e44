"""Reads of the step."""

from hashar.evaluate.queries.kept import claims_of_plan, claims_of_release, kept_claim, report, reports

__all__ = ["claims_of_plan", "claims_of_release", "kept_claim", "report", "reports"]
