"""The tables of the step."""

from hashar.plan.models.commitments import Commitment, CommitmentStep, MeasurePost
from hashar.plan.models.logic_models import LogicModelOrigin, LogicModelVersion, StoredLogicModel
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
    "Commitment",
    "CommitmentStep",
    "LogicModelOrigin",
    "LogicModelVersion",
    "Measure",
    "MeasureBody",
    "MeasureCost",
    "MeasureDeadline",
    "MeasurePost",
    "Plan",
    "PlanImport",
    "Section",
    "StoredLogicModel",
]
