"""Which mandates allow to import territories and populations."""

from collections.abc import Iterable

from hashar.people.contracts import Mandate, Role

IMPORTERS = frozenset({Role.COORDINATOR, Role.OFFICIAL, Role.ANALYST})


def importing(mandates: Iterable[Mandate]) -> dict[int, str]:
    """Organisations for which these mandates allow imports, by id with their names."""
    return {m.organisation: m.organisation_name for m in mandates if m.role in IMPORTERS}
