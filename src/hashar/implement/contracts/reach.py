"""How many people were reached: contacts as a sum, different people as a range, as a share of those there are."""

from dataclasses import dataclass

from hashar.i18n import Text
from hashar.implement.contracts.activities import Ages, MeasureName, PeopleCount


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What counts of one activity that took place."""

    unit: str
    """The same for all sessions of one group; else of this activity alone."""
    ages: Ages
    contacts: int | None = None
    people: int | None = None
    by_age: tuple[PeopleCount, ...] = ()
    sessions: int = 1
    group: bool = False
    """The same people came each time."""
    class_of: str = ""
    """Organisation and school year in which nobody is in two such classes; empty: no class of a school."""
    hidden: bool = False
    """Its numbers are too small for who asks: counted as at least nobody, at most the most that is hidden."""


@dataclass(frozen=True)
class Range:
    """At least and at most so many."""

    low: int
    high: int


@dataclass(frozen=True, kw_only=True)
class Reach:
    """What activities reached, each counted once."""

    activities: int
    """Those that took place, for people of these ages among others."""
    sessions: int
    contacts: int
    """Of all of them; those of mixed ages with all who came."""
    people: Range
    """Different people of these ages."""
    uncounted: int
    """Activities at which nobody counted."""
    mixed: int
    """Activities for other ages too: at least none of those who came is of these."""
    hidden: int
    """Activities left out of the contacts because fewer than may be shown came."""
    population: int | None
    too_many: bool = False
    """More people are reported for certain than there are: a number is wrong, or people came from elsewhere."""

    @property
    def low_share(self) -> float | None:
        """The least of those there are."""
        return self.people.low / self.population if self.population else None

    @property
    def high_share(self) -> float | None:
        """The most of those there are."""
        return self.people.high / self.population if self.population else None


@dataclass(frozen=True)
class Denominator:
    """People of an age group who live in a territory, and who says so."""

    count: int
    year: int
    source: str


@dataclass(frozen=True)
class MeasureReach:
    """What was done for a measure."""

    measure: MeasureName
    reach: Reach


@dataclass(frozen=True)
class ReachReport:
    """Reach of a period, with what its shares rest on."""

    ages: Ages
    territory: int | None
    territory_names: Text
    denominator: Denominator | None
    whole: Reach
    measures: tuple[MeasureReach, ...] = ()
    """Each measure by itself; one activity may stand in several of them, so they do not add up to the whole."""
    organisations: int = 0
    """Organisations that led what was counted."""
    planned: int = 0
    """Activities of the period that were planned and not cancelled, done ones among them."""
