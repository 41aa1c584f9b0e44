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
