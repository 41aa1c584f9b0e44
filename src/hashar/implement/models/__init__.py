"""The tables of the step."""

from hashar.implement.models.activities import (
    Activity,
    ActivityEdition,
    ActivityMeasure,
    ActivityPartner,
    ActivityPeople,
    DoubleDecision,
)

__all__ = [
    "Activity",
    "ActivityEdition",
    "ActivityMeasure",
    "ActivityPartner",
    "ActivityPeople",
    "DoubleDecision",
]
