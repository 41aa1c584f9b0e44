"""Plans as the site keeps them: lists, a plan with its measures, an import before it is decided on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hashar.i18n import Text
from hashar.plan.contracts.official import (
    Confidence,
    Cost,
    Deadline,
    Doubt,
    Edition,
    KnownOrganisation,
    Match,
    MeasureChange,
)


class ImportState(StrEnum):
    """Where an import stands."""

    PREVIEWED = "previewed"
    DONE = "done"
    UNDONE = "undone"


@dataclass(frozen=True)
class PlanSummary:
    """A plan in a list."""

    id: int
    titles: Text
    level: str
    language: str
    organisation: int
    organisation_name: str
    territory: int | None
    territory_path: str
    territory_names: Text
    years: tuple[int, int] | None
    languages: tuple[str, ...]
    measures: int
    changed_at: dt.datetime


@dataclass(frozen=True)
class StoredBody:
    """A responsible body of a stored measure."""

    texts: Text
    name: str
    full: str
    convenes: bool
    confidence: Confidence
    organisation: int | None


@dataclass(frozen=True)
class StoredMeasure:
    """A measure as it stands; ``id`` stays the same over editions."""

    id: int
    number: str
    section: int | None
    """Index in the plan's sections."""
    texts: Text
    forms: Text
    deadline_texts: Text
    funds: Text
    notes: Text
    bodies: tuple[StoredBody, ...]
    deadlines: tuple[Deadline, ...]
    costs: tuple[Cost, ...]
    next_due: dt.date | None
    """The next day on which something is due, from the day that was asked about."""


@dataclass(frozen=True)
class StoredImport:
    """An import in the history of a plan."""

    id: int
    file: str
    sha256: str
    language: str
    state: ImportState
    uploaded_by: str
    uploaded_at: dt.datetime
    decided_at: dt.datetime | None
    counts: Mapping[str, int]
    stands: bool
    """Its content is the one that stands, for its language."""


@dataclass(frozen=True)
class PlanDetail:
    """A plan with its measures."""

    summary: PlanSummary
    sections: tuple[Text, ...]
    measures: tuple[StoredMeasure, ...]
    """Those of the filter."""
    bodies: tuple[str, ...]
    """Names by which the measures can be filtered."""
    cost_columns: tuple[str, ...]
    cost_unit: str
    imports: tuple[StoredImport, ...]
    may_import: bool


@dataclass(frozen=True)
class BodyQuestion:
    """A name of the file, how often it stands there, and which organisation it may be."""

    name: str
    full: str
    count: int
    match: Match
    answer: int | None
    """Organisation that a person chose; 0: none of the site; None: not answered."""


@dataclass(frozen=True)
class PlanPreview:
    """An import before it is decided on."""

    id: int
    plan: int | None
    file: str
    sha256: str
    state: ImportState
    organisation: int
    edition: Edition
    before: Edition | None
    """The edition that stands, in the same language."""
    doubts: tuple[Doubt, ...]
    bodies: tuple[BodyQuestion, ...]
    organisations: tuple[KnownOrganisation, ...]
    changes: tuple[MeasureChange, ...]
    deadlines: Mapping[str, str]
    """Row → day that a person said."""
    same: Mapping[int, bool]
    repeats: bool
    """This very file stands already."""
    waiting: int
    """Questions without which it cannot be stored."""
