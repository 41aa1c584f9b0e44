"""Practices with what is known of them."""

from typing import Any

from ninja import Schema
from pydantic import Field

from hashar.exchange.contracts import Link, Practice, PracticeSummary, Rating
from hashar.i18n import Translator


class PracticeOut(Schema):
    """A practice in the list."""

    code: str
    name: str
    lane: str = Field(description="tested (a programme) or community (an organisation of this site defined it).")
    evidence: str = Field(description="shown, some, mixed, none, own or against.")
    state: str = Field(description="draft, shared or withdrawn.")
    settings: list[str]
    levels: list[str]
    age_from: int | None
    age_to: int | None
    cost: str = Field(description="low, medium, high or empty: a judgement.")
    languages: list[str] = Field(description="Languages of its materials, as far as known.")
    used_in: list[str] = Field(description="Countries of Central Asia where it was used.")
    organisation: int | None = Field(description="Whose own practice it is; null for what comes with the program.")

    @classmethod
    def of(cls, found: PracticeSummary, translator: Translator) -> "PracticeOut":
        """The practice in one language."""
        return cls(**_common(found, translator))


class RatingOut(Schema):
    """What one registry says, in its own words; ratings are never merged."""

    registry: str
    registry_name: str
    scale: str
    rating: str
    year: int | None = Field(description="null: no date was seen.")
    sources: list[str]

    @classmethod
    def of(cls, found: Rating) -> "RatingOut":
        """The rating."""
        same = ("registry", "registry_name", "scale", "rating", "year")
        return cls(**{name: getattr(found, name) for name in same}, sources=list(found.sources))


class LinkOut(Schema):
    """A practice works on a factor."""

    factor: str = Field(description="Code of the factor; ALL for a way of working that chooses from local data.")
    basis: str = Field(description="source or inferred (a judgement).")
    confirmed: bool = Field(description="An expert confirmed what was inferred.")
    confirmed_by: str = Field(description="Organisation of the expert.")
    grounds: str

    @classmethod
    def of(cls, found: Link) -> "LinkOut":
        """The link."""
        told = found.confirmation
        return cls(
            factor=found.factor,
            basis=found.basis,
            confirmed=told is not None,
            confirmed_by=told.organisation_name if told else "",
            grounds=told.grounds if told else "",
        )


class WholePracticeOut(PracticeOut):
    """Everything about a practice."""

    names: dict[str, str]
    summary: str
    facts: dict[str, str] = Field(description="Facts in English, in our own words.")
    ratings: list[RatingOut]
    contradictions: list[list[RatingOut]] = Field(description="Pairs of ratings that contradict each other.")
    not_rated: list[str] = Field(description="Registries in which no rating was seen.")
    factors: list[LinkOut]
    sources: list[str]

    @classmethod
    def of_whole(cls, found: Practice, translator: Translator) -> "WholePracticeOut":
        """The practice in one language, with its names in all."""
        return cls(
            **_common(found.about, translator),
            names=dict(found.about.names),
            summary=translator.pick(found.summary),
            facts=dict(found.facts),
            ratings=[RatingOut.of(each) for each in found.ratings],
            contradictions=[[RatingOut.of(one), RatingOut.of(other)] for one, other in found.contradictions],
            not_rated=list(found.not_rated),
            factors=[LinkOut.of(each) for each in found.links],
            sources=list(found.sources),
        )


def _common(found: PracticeSummary, translator: Translator) -> dict[str, Any]:
    same = ("code", "lane", "evidence", "state", "age_from", "age_to", "cost", "organisation")
    lists = ("settings", "levels", "languages", "used_in")
    return {
        **{name: getattr(found, name) for name in same},
        **{name: list(getattr(found, name)) for name in lists},
        "name": translator.pick(found.names),
    }
