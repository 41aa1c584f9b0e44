"""The tables of the step."""

from hashar.implement.models.activities import (
    Activity,
    ActivityEdition,
    ActivityMeasure,
    ActivityPartner,
    ActivityPeople,
    DoubleDecision,
)
from hashar.implement.models.progress import BodyForm, Collection, ReturnedFile, StoredAnswer, StoredTrouble

__all__ = [
    "Activity",
    "ActivityEdition",
    "ActivityMeasure",
    "ActivityPartner",
    "ActivityPeople",
    "BodyForm",
    "Collection",
    "DoubleDecision",
    "ReturnedFile",
    "StoredAnswer",
    "StoredTrouble",
]
