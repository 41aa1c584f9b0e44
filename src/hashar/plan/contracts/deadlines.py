"""Deadlines that come near or have passed: of measures by their plan, and of what organisations promised."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hashar.i18n import Text


class Urgency(StrEnum):
    """How a deadline stands on a day, the most urgent first."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True)
class Occurrence:
    """One day on which something is due, and since when there was time for it."""

    start: dt.date
    due: dt.date
    counts_from: dt.date
    """What was done on this day or later is done for it; what is due once may be done early."""


@dataclass(frozen=True)
class Handled:
    """What is known to be done of a measure: everything, or what was due until a day and the time after it began."""

    finished: bool = False
    """Done for good, or taken off: nothing warns any more."""
    days: Sequence[dt.date] = ()
    """Days on which something was done."""


@dataclass(frozen=True)
class DueLine:
    """Something that is due: of a measure, or of a promise for it."""

    plan: int
    plan_titles: Text
    measure: int
    number: str
    texts: Text
    due: dt.date
    urgency: Urgency
    notice: int
    """So many days before it a warning begins."""
    mine: bool
    """An organisation in whose name the actor acts is responsible, or promised it."""
    own_plan: bool
    """Of a plan of such an organisation."""
    repeats: bool = False
    bodies: tuple[str, ...] = ()
    """Responsible bodies, for a deadline of the plan."""
    commitment: int | None = None
    """The promise it is the day of; None for a deadline of the plan."""
    organisation_name: str = ""
    """Who promised."""
    promise: str = ""


@dataclass(frozen=True)
class BodyChoice:
    """A responsible body for whom deadlines can be listed: an organisation of the site, or a name."""

    key: str
    name: str
    mine: bool


@dataclass(frozen=True)
class DueList:
    """Deadlines, the most urgent first."""

    lines: tuple[DueLine, ...]
    bodies: tuple[BodyChoice, ...]

    def of(self, *urgencies: Urgency) -> tuple[DueLine, ...]:
        """Only those that stand so."""
        return tuple(line for line in self.lines if line.urgency in urgencies)


@dataclass(frozen=True)
class Matter:
    """Something that waits for a decision: an offer, or an invitation."""

    plan: int
    plan_titles: Text
    measure: int
    number: str
    organisation: int
    organisation_name: str
    invited: bool
    """True: the organisation was invited and has not answered. False: it offers something."""
    lead: bool
    since: dt.datetime
