"""The tables of the step."""

from hashar.plan.models.official import (
    Measure,
    MeasureBody,
    MeasureCost,
    MeasureDeadline,
    Plan,
    PlanImport,
    Section,
)

__all__ = [
    "Measure",
    "MeasureBody",
    "MeasureCost",
    "MeasureDeadline",
    "Plan",
    "PlanImport",
    "Section",
]
