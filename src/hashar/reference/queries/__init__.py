"""Look up the field's vocabulary: factors, substances, indicators, sectors, strategies.

What members added (slang, own indicators) is read by ``hashar.reference.queries.own``: that needs the database, and the
command line reads the vocabulary without one.
"""

from hashar.reference.queries.vocabulary import (
    factors,
    organisation_kinds,
    sectors,
    shipped_indicators,
    strategies,
    substances,
)
from hashar.reference.rules import INDICATOR_KINDS

__all__ = [
    "INDICATOR_KINDS",
    "factors",
    "organisation_kinds",
    "sectors",
    "shipped_indicators",
    "strategies",
    "substances",
]
