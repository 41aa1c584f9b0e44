"""The field's vocabulary as frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass

Text = Mapping[str, str]


@dataclass(frozen=True)
class Factor:
    """A risk or protective factor of the reference list. ``code`` is the key: names differ between editions.

    ``domain`` is community, family, school, peer_individual, or all for a factor that runs through the four; ``type``
    is risk or protective. Names and definition are in the project's own words; ``source`` says where the factor is
    described.
    """

    code: str
    domain: str
    """community, family, school, peer_individual or all_domains."""
    type: str
    """risk or protective."""
    name: Text
    definition: Text
    """In own words."""
    where_measured: str
    source: str


@dataclass(frozen=True)
class Substance:
    """A group of substances as surveys ask about them."""

    code: str
    name: Text


@dataclass(frozen=True)
class Correspondence:
    """What an indicator is called in another system."""

    system: str
    """ESPAD, EUDA, SDG, UNODC ARQ or DFC."""
    code: str
    """The code there; empty where the system has none."""
    target: str
    match: str
    """same, or close: then ``note`` says what differs."""
    note: str
    source: str


@dataclass(frozen=True)
class Indicator:
    """What is measured, in which unit, and what kind of thing it is."""

    code: str
    kind: str
    """prevalence, attitude, availability, detection or process."""
    substance: str | None
    unit: str
    """share, count, per_100k, kg or litres."""
    direction: str
    """Which way is better: down, up, or neither (a register follows the work of services as much as the problem)."""
    name: Text
    definition: Text
    """In own words."""
    population: str
    """pupils, adults, people who inject, or empty."""
    correspondences: tuple[Correspondence, ...] = ()
    organisation: int | None = None
    """Whose own indicator it is; None for the shipped ones."""


@dataclass(frozen=True)
class Named:
    """An entry of a list: a sector, a kind of organisation."""

    code: str
    name: Text


@dataclass(frozen=True)
class Strategy:
    """One of the seven strategies for community change."""

    code: str
    name: Text
    scope: str
    """individual or environmental."""
    definition: Text


@dataclass(frozen=True)
class Slang:
    """A name of a substance as members of this site heard it."""

    id: int
    substance: str
    language: str
    name: str
    organisation: int
    organisation_name: str
    added_by: int
    """Who wrote it down: only they, or a coordinator of theirs, take it away."""
