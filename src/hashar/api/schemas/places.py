"""Territories and how many people live in them."""

from typing import Any

from ninja import Schema
from pydantic import Field

from hashar.i18n import Translator
from hashar.places.contracts import Place, Population


class PlaceOut(Schema):
    """A country, region, district or city."""

    code: str
    name: str
    level: str = Field(description="country, region, district or city.")
    kind: str
    path: str = Field(description="Codes from the country down, each with a slash.")
    parent: str | None = Field(description="Code of the territory that holds it.")
    former_codes: list[str]
    lon: float | None
    lat: float | None
    source: str
    licence: str

    @classmethod
    def of(cls, found: Place, translator: Translator) -> "PlaceOut":
        """The place in one language."""
        return cls(**_common(found, translator))


class WholePlaceOut(PlaceOut):
    """A place with its names in all languages."""

    names: dict[str, str]
    other_names: list[str] = Field(description="Former names and spellings.")
    other_codes: dict[str, str] = Field(description="Codes of national classifications, by their name.")

    @classmethod
    def of(cls, found: Place, translator: Translator) -> "WholePlaceOut":
        """The place with all its names."""
        return cls(
            **_common(found, translator),
            names=dict(found.names),
            other_names=list(found.other_names),
            other_codes=dict(found.other_codes),
        )


def _common(found: Place, translator: Translator) -> dict[str, Any]:
    same = ("code", "level", "kind", "path", "lon", "lat", "source", "licence")
    return {
        **{name: getattr(found, name) for name in same},
        "name": translator.pick(found.names),
        "parent": found.parent_code,
        "former_codes": list(found.former_codes),
    }


class PopulationOut(Schema):
    """People of a place in a year, by sex and ages, from one source."""

    place: str
    year: int
    sex: str = Field(description="all, female or male.")
    age_from: int
    age_to: int | None = Field(description="Last age; null without an end.")
    count: int
    moment: str = Field(description="january (1 January), middle (of the year) or other.")
    includes: list[str] = Field(description="Codes of places counted in here because they were a part of it that year.")
    source: str
    source_title: str
    licence: str

    @classmethod
    def of(cls, found: Population) -> "PopulationOut":
        """The count with its source."""
        return cls(
            place=found.code,
            year=found.year,
            sex=found.sex,
            age_from=found.age_from,
            age_to=found.age_to,
            count=found.count,
            moment=found.source.moment,
            includes=list(found.includes),
            source=found.source.key,
            source_title=found.source.title,
            licence=found.source.licence,
        )
