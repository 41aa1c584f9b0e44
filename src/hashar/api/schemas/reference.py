"""The field's vocabulary."""

from typing import Any

from ninja import Schema
from pydantic import Field

from hashar.i18n import Translator
from hashar.reference.contracts import Factor, Indicator, Substance


class FactorOut(Schema):
    """A risk or protective factor; the code is the key, names differ between editions."""

    code: str
    name: str
    definition: str
    domain: str = Field(description="community, family, school, peer_individual or all_domains.")
    type: str = Field(description="risk or protective.")
    where_measured: str
    source: str

    @classmethod
    def of(cls, found: Factor, translator: Translator) -> "FactorOut":
        """The factor in one language."""
        return cls(
            code=found.code,
            name=translator.pick(found.name),
            definition=translator.pick(found.definition),
            domain=found.domain,
            type=found.type,
            where_measured=found.where_measured,
            source=found.source,
        )


class SubstanceOut(Schema):
    """A group of substances as surveys ask about them."""

    code: str
    name: str

    @classmethod
    def of(cls, found: Substance, translator: Translator) -> "SubstanceOut":
        """The group in one language."""
        return cls(code=found.code, name=translator.pick(found.name))


class CorrespondenceOut(Schema):
    """What an indicator is called in another system."""

    system: str
    code: str
    target: str
    match: str = Field(description="same or close.")
    note: str
    source: str


class IndicatorOut(Schema):
    """What is measured, in which unit, and what kind of thing it is."""

    code: str
    name: str
    definition: str
    kind: str = Field(description="prevalence, attitude, availability, detection or process.")
    substance: str | None
    unit: str = Field(description="share, count, per_100k, kg or litres.")
    direction: str = Field(description="Which way is better: down, up or neither.")
    population: str
    organisation: int | None = Field(description="Whose own indicator it is; null for the shipped ones.")

    @classmethod
    def of(cls, found: Indicator, translator: Translator) -> "IndicatorOut":
        """The indicator in one language."""
        return cls(**_common(found, translator))


class WholeIndicatorOut(IndicatorOut):
    """An indicator with what it is called elsewhere."""

    correspondences: list[CorrespondenceOut]

    @classmethod
    def of(cls, found: Indicator, translator: Translator) -> "WholeIndicatorOut":
        """The indicator in one language."""
        elsewhere = [CorrespondenceOut(**vars(each)) for each in found.correspondences]
        return cls(**_common(found, translator), correspondences=elsewhere)


def _common(found: Indicator, translator: Translator) -> dict[str, Any]:
    same = ("code", "kind", "substance", "unit", "direction", "population", "organisation")
    return {
        **{name: getattr(found, name) for name in same},
        "name": translator.pick(found.name),
        "definition": translator.pick(found.definition),
    }
