"""Progress of a plan's measures: what each responsible body answers for a period, and where each answer came from.

A *collection* asks every responsible body of a plan for one period. Each body gets a *form* (a small file, or a page);
its *answers* come back field by field. What two sources say differently is a *conflict* for a person to decide.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from hashar.i18n import Text


class Status(StrEnum):
    """How far a measure is, in the words of official reports."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_DONE = "not_done"
    """Its deadline passed without it."""
    TAKEN_OFF = "taken_off"
    """«снято с контроля»."""


class Field(StrEnum):
    """What a body answers about a measure."""

    STATUS = "status"
    DONE_ON = "done_on"
    RESULT = "result"
    """What was done, in words."""
    EVIDENCE = "evidence"
    """Number and date of the order, letter, minutes or link that shows it."""
    SPENT = "spent"
    """Money, in the unit of the plan's costs."""
    NOTE = "note"


Value: TypeAlias = Status | dt.date | Decimal | str
"""STATUS: Status; DONE_ON: date; SPENT: Decimal ≥ 0; the others: text."""


class Origin(StrEnum):
    """How an answer came in."""

    FILE = "file"
    SITE = "site"
    DECISION = "decision"
    """A person chose among several."""


@dataclass(frozen=True)
class Period:
    """The time a collection asks about; both days belong to it."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class AskedMeasure:
    """A measure in the form of one body."""

    measure: int
    """Id of the plan's measure; the same over editions."""
    number: str
    section: str
    text: str
    form: str
    deadline: str
    due: tuple[dt.date, ...] = ()
    """Days in the period on which something is due."""
    partners: tuple[str, ...] = ()
    """The other responsible bodies."""
    known: Mapping[Field, Value] = field(default_factory=dict)
    """What stands when the form is made; the body confirms or changes it."""


@dataclass(frozen=True)
class Form:
    """What one body is asked, in one language."""

    key: str
    """Of this form alone; comes back in the file."""
    collection: int
    plan: int
    plan_title: str
    edition: str
    """Fingerprint of the plan's edition that stood when it was made."""
    body: str
    body_full: str
    period: Period
    return_by: dt.date
    language: str
    cost_unit: str
    measures: tuple[AskedMeasure, ...]


@dataclass(frozen=True)
class Place:
    """Where an answer stands in its file: «Progress!E12», or the field's name in an HTML form."""

    file: str
    where: str


@dataclass(frozen=True)
class Answer:
    """One field of one measure as it came back; an empty field is no answer."""

    measure: int
    field: Field
    value: Value
    place: Place


class TroubleKind(StrEnum):
    """What a person has to look at before, or after, a file is merged."""

    CONFLICT = "conflict"
    """Two sources say different things."""
    WRONG_DATE = "wrong_date"
    """Not a day, or after the day it was returned, or outside the period."""
    MISSING_EVIDENCE = "missing_evidence"
    """Done, and nothing shows it."""
    WRONG_VALUE = "wrong_value"
    """Not one of the words, not an amount, a formula."""
    CONTRADICTION = "contradiction"
    """Fields of one measure do not fit: a day of completion, but not started."""
    UNKNOWN_MEASURE = "unknown_measure"
    """An edited key, or a measure that is not this body's."""
    CHANGED_TEXT = "changed_text"
    """The number or wording of a measure was edited in the form."""
    UNANSWERED = "unanswered"
    """Due in the period and nothing was said."""


@dataclass(frozen=True)
class Trouble:
    """One thing to look at: a sentence (msgid with places), where, and what was written."""

    kind: TroubleKind
    sentence: str
    values: Mapping[str, object]
    measure: int | None = None
    field: Field | None = None
    place: Place | None = None
    written: str = ""
    """As it stands in the file, so that nothing is lost."""
    proposed: Value | None = None
    """What it would be if a person took it all the same."""


@dataclass(frozen=True)
class ReturnedForm:
    """A file that came back, read and checked by itself."""

    file: str
    sha256: str
    key: str
    edition: str
    returned_by: str
    """Who filled it in, if they said."""
    answers: tuple[Answer, ...]
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True)
class Standing:
    """A field of a measure for a body as it stands, with its provenance."""

    value: Value
    origin: Origin
    source: str
    """Name of the file, or empty."""
    where: str
    by: str
    """Who wrote or decided it: a person of the site, or a name in the file."""
    at: dt.datetime


@dataclass(frozen=True)
class MeasureProgress:
    """A measure in a collection: what each responsible body says."""

    measure: int
    number: str
    section: int | None
    texts: Text
    bodies: Mapping[str, Mapping[Field, Standing]]
    """Name of the body → its fields."""
    overall: Status
    """Of all its bodies together."""
    due: tuple[dt.date, ...]
    late: bool
    """Something was due in the period and is not done."""
