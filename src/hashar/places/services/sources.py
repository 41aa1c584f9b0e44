"""The source of imported populations: one for each title of an organisation."""

import hashlib

from hashar.i18n.spelling import fold
from hashar.places.models import Import, PopulationSource

IMPORTED_PREFERENCE = 5
"""Before the shipped ones (10 and more): what an organisation imported for its own territory is nearer."""


def source_key(organisation: int, title: str) -> str:
    """Its key: the same title, however it is spelt, is the same source."""
    digest = hashlib.sha256(fold(title).encode()).hexdigest()[:16]
    return f"organisation-{organisation}-{digest}"


def source_of(row: Import) -> PopulationSource:
    """The source of an import, made when it is new."""
    found, _ = PopulationSource.objects.get_or_create(
        key=source_key(row.organisation_id, row.source),
        defaults={
            "title": row.source,
            "licence": row.licence,
            "moment": "other",
            "preference": IMPORTED_PREFERENCE,
        },
    )
    return found
