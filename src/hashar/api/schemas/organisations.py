"""Organisations, as everyone who is signed in may know them."""

from ninja import Schema
from pydantic import Field

from hashar.i18n import Translator
from hashar.people.contracts import OrganisationSummary


class OrganisationOut(Schema):
    """A state body, NGO, school, newsroom …; its members are never given out."""

    id: int
    name: str
    kind: str
    sector: str = Field(description="One of the twelve sectors of a community coalition.")
    level: str
    place: str = Field(description="Code of the territory it answers for; empty for none.")

    @classmethod
    def of(cls, found: OrganisationSummary, translator: Translator) -> "OrganisationOut":
        """The organisation, its name in one language."""
        return cls(
            id=found.id,
            name=translator.pick({"en": found.name, **found.names}),
            kind=found.kind,
            sector=found.sector,
            level=found.level,
            place=found.territory_code,
        )
