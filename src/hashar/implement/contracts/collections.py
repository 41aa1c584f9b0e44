"""A plan's progress as the site keeps it: collections, forms, files, answers with their history, decisions."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from hashar.i18n import Text
from hashar.implement.contracts.progress import Field, MeasureProgress, Origin, Period, Status, TroubleKind, Value


class CollectionState(StrEnum):
    """Whether answers still come in."""

    OPEN = "open"
    CLOSED = "closed"


class FileState(StrEnum):
    """Where a returned file stands."""

    MERGED = "merged"
    UNDONE = "undone"


class AnswerState(StrEnum):
    """What became of an answer."""

    STANDS = "stands"
    AGREES = "agrees"
    """It says what stands."""
    WAITS = "waits"
    """Another source says something else; a person decides."""
    REPLACED = "replaced"
    """A later one took its place."""
    DECLINED = "declined"
    """A person chose another one."""
    UNDONE = "undone"
    """Its file was taken back."""


class TroubleState(StrEnum):
    """What became of a trouble."""

    OPEN = "open"
    DECIDED = "decided"
    SETTLED = "settled"
    """It went away by itself: a later answer, or its file was taken back."""


@dataclass(frozen=True)
class CollectionSummary:
    """A collection in a list."""

    id: int
    plan: int
    plan_titles: Text
    period: Period
    return_by: dt.date
    state: CollectionState
    whole: bool
    made_by: str
    made_at: dt.datetime
    closed_at: dt.datetime | None
    bodies: int
    answered: int
    """Bodies that said something on each of their measures."""
    troubles: int
    """Still to be decided."""


@dataclass(frozen=True)
class BodyState:
    """One body of a collection: what it was asked, and how much it answered."""

    form: int
    name: str
    texts: Text
    organisation: int | None
    asked: int
    answered: int
    troubles: int
    sent_at: dt.datetime | None
    last_at: dt.datetime | None
    """Its last answer."""
    may_answer: bool


@dataclass(frozen=True)
class StoredFile:
    """A returned file."""

    id: int
    collection: int
    file: str
    sha256: str
    body: str
    state: FileState
    uploaded_by: str
    uploaded_at: dt.datetime
    returned_by: str
    answers: int
    troubles: int


@dataclass(frozen=True)
class AnswerRecord:
    """One answer with its provenance."""

    id: int
    body: str
    field: Field
    value: Value | None
    """None: it was taken away."""
    state: AnswerState
    origin: Origin
    file: str
    where: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class TroubleRecord:
    """Something to decide, or that was decided: what several sources say, side by side."""

    id: int
    collection: int
    body: str
    measure: int | None
    number: str
    text: Text
    field: Field | None
    kind: TroubleKind
    sentence: str
    values: Mapping[str, object]
    written: str
    proposed: str
    """What was probably meant."""
    file: str
    where: str
    state: TroubleState
    decided_by: str
    decided_at: dt.datetime | None
    reason: str
    choices: tuple[AnswerRecord, ...] = ()
    """What stands first, then what waits."""
    may_decide: bool = False


@dataclass(frozen=True)
class BodyReport:
    """What one body says on a measure."""

    name: str
    texts: Text
    answers: Mapping[Field, Value]
    troubles: int
    """Still to be decided."""

    @property
    def status(self) -> Status | None:
        """How far it is; None: it said nothing."""
        said = self.answers.get(Field.STATUS)
        return said if isinstance(said, Status) else None


@dataclass(frozen=True)
class ReportMeasure:
    """One measure of the report of a period."""

    measure: int
    number: str
    section: int | None
    texts: Text
    forms: Text
    deadlines: Text
    bodies: tuple[BodyReport, ...]
    overall: Status | None
    """None: no body said anything."""
    due: tuple[dt.date, ...]
    late: bool
    planned: Decimal | None
    spent: Decimal | None


@dataclass(frozen=True)
class ProgressReport:
    """All of a period, for the report in the official form."""

    plan: int
    plan_titles: Text
    organisation: str
    period: Period
    made: dt.date
    state: CollectionState
    return_by: dt.date
    sections: tuple[Text, ...]
    measures: tuple[ReportMeasure, ...]
    cost_units: Text
    """The unit of its costs in each of the plan's languages."""
    planned_year: int | None
    """The year that the planned sums are for; None: for the whole plan."""
    done_before: int
    """Measures of the plan that are not asked any more: done, or taken off, in an earlier period."""
    not_yet: int
    """Measures of the plan for which nothing falls into this period."""
    troubles: tuple[TroubleRecord, ...]
    """Still to be decided."""
    languages: tuple[str, ...]


@dataclass(frozen=True)
class CollectionDetail:
    """A collection with its bodies, troubles and measures."""

    summary: CollectionSummary
    bodies: tuple[BodyState, ...]
    troubles: tuple[TroubleRecord, ...]
    decided: tuple[TroubleRecord, ...]
    files: tuple[StoredFile, ...]
    measures: tuple[MeasureProgress, ...]
    languages: tuple[str, ...]
    outdated: bool
    """The plan has a newer edition than the forms."""
    may_manage: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    """Measures by status; ``""``: no answer."""


@dataclass(frozen=True)
class FormMeasure:
    """A measure on the page of a body's form."""

    measure: int
    number: str
    section: Text
    text: Text
    form: Text
    deadline: Text
    due: tuple[dt.date, ...]
    partners: tuple[str, ...]
    answers: Mapping[Field, AnswerRecord]
    waiting: int
    """Answers of other sources that wait for a decision."""
    known: Mapping[Field, Value] = field(default_factory=dict)

    @property
    def status(self) -> Status | None:
        """How far it is; None: nothing said."""
        said = self.answers.get(Field.STATUS)
        return said.value if said and isinstance(said.value, Status) else None


@dataclass(frozen=True)
class FormPage:
    """A body's form on the site."""

    id: int
    collection: int
    plan: int
    plan_titles: Text
    body: str
    texts: Text
    full: str
    period: Period
    return_by: dt.date
    state: CollectionState
    cost_units: Text
    measures: tuple[FormMeasure, ...]
    may_answer: bool
    sees_plan: bool


@dataclass(frozen=True)
class FormInvitation:
    """A form that waits for an organisation's answers."""

    form: int
    plan_titles: Text
    body: Text
    period: Period
    return_by: dt.date
    asked: int
    answered: int


@dataclass(frozen=True)
class MeasureHistory:
    """All that was ever said on a measure in a collection, the latest first."""

    measure: int
    number: str
    texts: Text
    records: tuple[AnswerRecord, ...]
    troubles: tuple[TroubleRecord, ...]


@dataclass(frozen=True)
class MergeOutcome:
    """What became of one uploaded file."""

    file: str
    body: str = ""
    answers: int = 0
    """Taken in."""
    troubles: int = 0
    repeated: bool = False
    """This very file was merged before; nothing changed."""
    refused: Mapping[str, object] | None = None
    """The sentence that refuses it, and its values, as :meth:`hashar.errors.HasharError.stored` gives it."""


@dataclass(frozen=True)
class MeasureStatus:
    """How far a measure is by its latest collection."""

    collection: int
    status: Status | None
    late: bool
    period: Period


Outcomes = Sequence[MergeOutcome]
