"""Practices as frozen records: what leaves this app."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from hashar.i18n import Text


@dataclass(frozen=True)
class PracticeSummary:
    """A practice in a list."""

    code: str
    names: Text
    lane: str
    """tested (a programme that registries looked at) or community (an organisation of this site defined it)."""
    state: str
    """draft, shared or withdrawn; what comes with the program is shared."""
    organisation: int | None
    organisation_name: str
    settings: tuple[str, ...]
    levels: tuple[str, ...]
    age_from: int | None
    age_to: int | None
    cost: str
    """low, medium, high or empty (not known): a judgement."""
    languages: tuple[str, ...]
    """Languages of its materials, as far as known."""
    evidence: str
    """shown, some, mixed, none, own or against; see the table of rules in the documentation."""
    used_in: tuple[str, ...]


@dataclass(frozen=True)
class Rating:
    """What one registry says, in its own words. Ratings are never merged."""

    registry: str
    registry_name: str
    scale: str
    rating: str
    year: int | None
    """None: no date was seen."""
    reading: str
    """Our reading of the words, only to notice contradictions."""
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Confirmation:
    """An expert confirmed that a practice works on a factor."""

    organisation: int
    organisation_name: str
    at: dt.datetime
    grounds: str


@dataclass(frozen=True)
class Link:
    """A practice works on a factor."""

    id: int
    factor: str
    """The code of the factor, or ``ALL``: a way of working that chooses practices for whichever factors are raised."""
    basis: str
    """source, or inferred: a judgement, until an expert confirms it."""
    confirmation: Confirmation | None


@dataclass(frozen=True)
class Practice:
    """Everything about a practice."""

    about: PracticeSummary
    summary: Text
    tier: str
    facts: Mapping[str, str]
    ratings: tuple[Rating, ...]
    contradictions: tuple[tuple[Rating, Rating], ...]
    not_rated: tuple[str, ...]
    """Names of registries in which no rating was seen."""
    links: tuple[Link, ...]
    sources: tuple[str, ...]
    changed_at: dt.datetime
    may_change: bool
    may_share: bool
    may_confirm: bool


@dataclass(frozen=True)
class Draft:
    """What somebody tells of a practice of their own."""

    language: str
    name: str
    summary: str
    settings: tuple[str, ...]
    age_from: int | None
    age_to: int | None
    cost: str
    languages: tuple[str, ...]
    factors: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True)
class Wanted:
    """What a community asks of practices; empty: anything."""

    age_from: int | None = None
    age_to: int | None = None
    setting: str = ""
    language: str = ""
    cost: str = ""
    """The highest class that can be paid: low, medium or high."""


@dataclass(frozen=True)
class Reason:
    """Why a practice is suggested, or what is not known of it; ``key`` names the sentence."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Suggestion:
    """A practice for one factor, with its reasons. There is no score."""

    practice: PracticeSummary
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class FactorSuggestions:
    """What is known for one factor."""

    factor: str
    suggestions: tuple[Suggestion, ...]
    left_out: int
    """Practices for this factor that do not fit what was asked."""
    against: tuple[PracticeSummary, ...]
    """Practices for this factor that were found to have no effect or to do harm: named, not suggested."""


@dataclass(frozen=True)
class KnownPractice:
    """What a plan asks of a practice that it names."""

    code: str
    names: Text
    factors: frozenset[str]
    ineffective: bool
    """A registry found no effect or harm somewhere."""
    evidence: bool
    """Outcome evidence was seen."""
