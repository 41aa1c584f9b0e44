"""Activities: what was done, where, when, for whom; entered once, counted in every plan it serves."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hashar.i18n import Text

OLDEST = 120


class State(StrEnum):
    """Where an activity stands; only what is done counts."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class Fidelity(StrEnum):
    """How far a core component was kept to."""

    DONE = "done"
    PARTLY = "partly"
    NOT = "not"


class Sex(StrEnum):
    """Whom a count is of."""

    ALL = "all"
    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, order=True)
class Ages:
    """Years of life from the first to the last, both included; ``last`` is None where there is no end."""

    first: int
    last: int | None = None

    @property
    def end(self) -> int:
        """The last year as a number."""
        return OLDEST if self.last is None else self.last

    def inside(self, other: "Ages") -> bool:
        """Whether all of these ages are among the others."""
        return other.first <= self.first and self.end <= other.end

    def meets(self, other: "Ages") -> bool:
        """Whether any of these ages is among the others."""
        return self.first <= other.end and other.first <= self.end


EVERYBODY = Ages(0)
BANDS = (Ages(0, 6), Ages(7, 11), Ages(12, 17), Ages(18, 29), Ages(30))
"""Age groups that an entry offers."""


@dataclass(frozen=True, order=True)
class PeopleCount:
    """Different people of an age group."""

    ages: Ages
    sex: Sex
    count: int


@dataclass(frozen=True)
class Component:
    """A core component of the practice, and how far it was kept to."""

    name: str
    kept: Fidelity


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An entry as a person sends it."""

    organisation: int
    """Who leads it."""
    title: str
    date: dt.date
    strategy: str
    """One of the seven strategies."""
    territory: int | None
    place: str = ""
    """School, hall, street."""
    time: dt.time | None = None
    state: State = State.DONE
    measures: tuple[int, ...] = ()
    practice: str = ""
    """Code of a practice of the registry."""
    partners: tuple[int, ...] = ()
    """Organisations that carried it out too."""
    ages: Ages = EVERYBODY
    """For whom it was; everybody: of mixed ages, or not known."""
    contacts: int | None = None
    """People at each session, added up; None: not counted."""
    people: int | None = None
    """Different people; None: not counted."""
    by_age: tuple[PeopleCount, ...] = ()
    sessions: int = 1
    minutes: int | None = None
    """Of one session."""
    group: str = ""
    """Name of a group whose same people come again and again; its sessions do not multiply its people."""
    school_class: bool = False
    """The group is a class of a school: nobody is in two of them."""
    components: tuple[Component, ...] = ()
    fidelity_note: str = ""
    note: str = ""


@dataclass(frozen=True)
class Named:
    """Something with an id and a name."""

    id: int
    name: str


@dataclass(frozen=True)
class MeasureName:
    """A measure of a plan, as an activity shows it."""

    id: int
    plan: int
    plan_titles: Text
    number: str
    texts: Text


@dataclass(frozen=True)
class ActivitySummary:
    """An activity in a list."""

    id: int
    title: str
    state: State
    date: dt.date
    time: dt.time | None
    strategy: str
    organisation: Named
    territory_names: Text
    place: str
    contacts: int | None
    """None: not counted, or fewer than may be shown (``few``)."""
    few: bool
    ages: Ages
    sessions: int
    mine: bool
    """Whoever asked belongs to an organisation concerned."""


@dataclass(frozen=True)
class PlannedActivity:
    """What is meant to be done, as others may know of it."""

    id: int
    title: str
    date: dt.date
    place: str
    ages: Ages
    organisations: tuple[int, ...]
    """Lead and partners."""


@dataclass(frozen=True)
class Photo:
    """A photo without what the camera wrote into it."""

    kind: str
    """jpeg or png."""
    size: int
    sha256: str


@dataclass(frozen=True)
class Edition:
    """How an entry stood after somebody wrote it, and what that changed."""

    number: int
    by: str
    at: dt.datetime
    changed: tuple[str, ...]
    """Names of fields of the draft; empty for the first."""


@dataclass(frozen=True)
class Activity:
    """Everything about an activity that the actor may see."""

    summary: ActivitySummary
    draft: Draft
    """Emptied of what only the organisations concerned see, for all others."""
    partners: tuple[Named, ...]
    measures: tuple[MeasureName, ...]
    """Those of plans that the actor may see."""
    practice_names: Text
    photo: Photo | None
    editions: tuple[Edition, ...]
    edition: int
    same_as: Named | None
    """The entry that counts instead of this one."""
    also: tuple[Named, ...]
    """Entries of the same event that this one counts for, by the organisation that entered them."""
    may_change: bool


@dataclass(frozen=True)
class Chosen:
    """What a person chose from lists in an entry."""

    organisation: int
    territory: int | None
    measures: tuple[int, ...]
    practice: str
    partners: tuple[int, ...]


@dataclass(frozen=True)
class Defaults:
    """What the form of a new entry begins with."""

    draft: Draft | None
    """The one to repeat; None where there is none."""
    recent: tuple[ActivitySummary, ...] = ()
    groups: tuple[str, ...] = ()
    """Names of groups that were used lately."""
    organisations: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Double:
    """Two entries that may be of one event."""

    first: ActivitySummary
    second: ActivitySummary
    reasons: tuple[str, ...]
    """title, place, time: what is alike besides the date."""
