"""The official plan: sections, measures, deadlines, responsible bodies, costs, and what its reader was unsure of.

Nothing of the file is lost: every understanding stands beside the words it was read from.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class DeadlineKind(StrEnum):
    """What a deadline says."""

    DATE = "date"
    """Until a day (``end``)."""
    PERIOD = "period"
    """Within ``start`` … ``end``; due on the last day."""
    REPEATED = "repeated"
    """Again and again (``every``), by the ``days`` if it names any."""
    ALWAYS = "always"
    AS_NEEDED = "as_needed"


class Every(StrEnum):
    """How often."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True)
class Deadline:
    """One deadline of a measure."""

    kind: DeadlineKind
    start: dt.date | None = None
    end: dt.date | None = None
    every: Every | None = None
    days: tuple[tuple[int, int], ...] = ()
    """Month and day by which it is due each time; month 0: of the month after the period."""


@dataclass(frozen=True)
class DeadlineReading:
    """A cell understood; ``rest`` are the words that were not."""

    deadlines: tuple[Deadline, ...]
    rest: str = ""
    assumed_year: bool = False
    """It names no year, and the plan's own years were taken."""
    no_year: bool = False
    """It names no year, and the plan does not say which."""


class Confidence(StrEnum):
    """How sure it is which organisation a name means."""

    EXACT = "exact"
    CLOSE = "close"
    """A person has to say."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Body:
    """One responsible body as written («МЗ (созыв)») and by its ``name`` alone («МЗ»)."""

    text: str
    name: str
    full: str = ""
    """What its abbreviation stands for, by the note of the plan."""
    convenes: bool = False
    """Brings the others' work together: «созыв», «свод», «жинақтау»."""


@dataclass(frozen=True)
class KnownOrganisation:
    """An organisation of the site, for matching."""

    id: int
    name: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """Which organisation a body may be."""

    confidence: Confidence
    organisation: int | None = None
    name: str = ""


class CostKind(StrEnum):
    """What a cell of costs says."""

    AMOUNT = "amount"
    WITHIN_MEANS = "within_means"
    """«в пределах выделенных средств»: of what there is anyway."""
    NONE = "none"
    """«не требуется»."""
    UNSTATED = "unstated"
    """The cell is empty."""
    UNKNOWN = "unknown"


class Fund(StrEnum):
    """Where the money comes from."""

    NATIONAL = "national"
    LOCAL = "local"
    OWN = "own"
    EXTRABUDGETARY = "extrabudgetary"
    DONORS = "donors"


@dataclass(frozen=True)
class Cost:
    """One cell of costs; ``amounts`` are year (None: as a whole) and sum in the plan's unit."""

    text: str
    kind: CostKind
    amounts: tuple[tuple[int | None, Decimal], ...] = ()

    @property
    def total(self) -> Decimal:
        """All its amounts together."""
        return sum((amount for _, amount in self.amounts), Decimal(0))


@dataclass(frozen=True)
class Measure:
    """One point of the plan."""

    number: str
    text: str
    form: str = ""
    deadline: str = ""
    bodies: tuple[Body, ...] = ()
    costs: tuple[Cost, ...] = ()
    """One for each cost column of the plan."""
    funds: str = ""
    fund_kinds: tuple[Fund, ...] = ()
    note: str = ""
    deadlines: tuple[Deadline, ...] = ()
    section: int | None = None
    """Index of its section."""
    row: int = field(default=0, compare=False)
    """Where it stands in the file."""


@dataclass(frozen=True)
class Section:
    """A heading that spans the table; ``depth`` 0 is the outermost."""

    title: str
    depth: int = 0


class Column(StrEnum):
    """What a column of the form holds."""

    NUMBER = "number"
    MEASURE = "measure"
    FORM = "form"
    DEADLINE = "deadline"
    BODIES = "bodies"
    COST = "cost"
    FUNDS = "funds"
    NOTE = "note"


@dataclass(frozen=True)
class Doubt:
    """Something for a person to decide or to correct in the file: a sentence (msgid with places) and where."""

    code: str
    sentence: str
    values: Mapping[str, object]
    row: int = 0
    number: str = ""
    """Of the measure; empty for the plan as a whole."""


@dataclass(frozen=True)
class Edition:
    """One file of a plan, understood."""

    language: str
    title: str
    sections: tuple[Section, ...]
    measures: tuple[Measure, ...]
    cost_columns: tuple[str, ...] = ()
    """Year (``2027``), ``total``, or empty for one column of costs."""
    cost_unit: str = ""
    """«тыс. тенге», as the head says."""
    has_form: bool = True
    has_funds: bool = True
    has_note: bool = False
    head: tuple[str, ...] = ()
    """Lines above the table before the title: who approved it."""
    notes: tuple[str, ...] = ()
    """Lines under the table, footnotes with their marks."""
    abbreviations: tuple[tuple[str, str], ...] = ()
    years: tuple[int, int] | None = None
    totals: tuple[Decimal | None, ...] = field(default=(), compare=False)
    """What the plan's own last line says for each cost column."""


@dataclass(frozen=True)
class PlanReading:
    """A file read: the edition, and what was unsure."""

    file: str
    sha256: str
    size: int
    edition: Edition
    doubts: tuple[Doubt, ...]


class ChangeKind(StrEnum):
    """What became of a measure in a new edition."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    """One field, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class MeasureChange:
    """One measure over two editions; indices into their measures."""

    kind: ChangeKind
    before: int | None
    after: int | None
    fields: tuple[FieldChange, ...] = ()
    similarity: float = 1.0
    sure: bool = True
    """False: a person has to say whether it is the same measure."""


Known = Sequence[KnownOrganisation]
