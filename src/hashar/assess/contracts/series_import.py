"""A file on its way into a series: what was read, what its columns are said to be, and what would be stored."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from hashar.assess.contracts.series import Breakdown, Flag
from hashar.assess.contracts.table import Note

Cell = str | float | dt.date
"""Text, a number, or a date of a workbook; nothing else leaves the reader. An empty cell is ``""``."""


class Use(StrEnum):
    """What a column is used for."""

    IGNORE = "ignore"
    TERRITORY = "territory"
    PERIOD = "period"
    PART = "part"
    """The month or quarter, where the year stands in a column of its own."""
    VALUE = "value"
    BREAKDOWN = "breakdown"
    FLAG = "flag"
    NOTE = "note"
    ONLY = "only"
    """Rows count only where this column says ``ColumnUse.text``."""


class Dash(StrEnum):
    """What a lone dash in a cell of numbers means."""

    MISSING = "missing"
    ZERO = "zero"


class Totals(StrEnum):
    """What a row of totals is."""

    WHOLE = "whole"
    """The number for the whole territory of the series."""
    LEAVE_OUT = "leave_out"


class Decimal(StrEnum):
    """Which mark stands before the decimals."""

    AUTO = "auto"
    COMMA = "comma"
    POINT = "point"


class Change(StrEnum):
    """What a row would do to what is stored."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Grid:
    """One sheet of a file as it is: rows of cells, numbered from 1 as the file's own program shows them."""

    file: str
    sha256: str
    size: int
    sheets: tuple[str, ...]
    sheet: str
    rows: Sequence[Sequence[Cell]]
    notes: tuple[Note, ...] = ()

    @cached_property
    def width(self) -> int:
        """How many columns the widest row has; counted once, since every row asks for it."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """The cell in ``row`` (from 1) and ``column`` (from 0); empty beyond the end of a short row."""
        cells = self.rows[row - 1]
        return cells[column] if column < len(cells) else ""


@dataclass(frozen=True)
class ColumnUse:
    """What one column is said to be."""

    header: str
    use: Use = Use.IGNORE
    key: str = ""
    """Name of the breakdown (``Use.BREAKDOWN``)."""
    period: str = ""
    """The period of all values in this column, where years stand side by side (``Use.VALUE``)."""
    level: str = ""
    """The level of :attr:`Mapping.level_key` of all values in this column (``Use.VALUE``)."""
    text: str = ""
    """What the cell has to say (``Use.ONLY``)."""


@dataclass(frozen=True)
class FileMapping:
    """How one sheet becomes observations; remembered for the next file of the series."""

    sheet: str = ""
    header_row: int = 1
    header_rows: int = 1
    first_row: int = 2
    columns: tuple[ColumnUse, ...] = ()
    territory: str = ""
    """Code of the one territory of all rows, where no column says it."""
    period: str = ""
    """The one period of all rows, where neither a column nor a header says it."""
    level_key: str = ""
    """Name of the breakdown whose levels are columns side by side."""
    decimal: Decimal = Decimal.AUTO
    dash: Dash = Dash.MISSING
    totals: Totals = Totals.WHOLE
    fractions: bool = False
    """Shares stand as 0–1 (a workbook keeps 12 % as 0.12), and are stored as percentages."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Name as the file writes it → code of the territory that a person said it is; ``"-"``: leave these rows out."""


@dataclass(frozen=True)
class Place:
    """A territory as rows refer to it."""

    id: int
    code: str
    path: str
    level: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """Why one cell cannot be taken: where, what and what to do. ``message`` is a msgid with ``values``."""

    row: int
    column: str
    content: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One number of the file that could be stored."""

    row: int
    column: str
    territory: int
    period: str
    breakdown: Breakdown
    value: float
    flag: Flag
    note: str


@dataclass(frozen=True)
class ReadRows:
    """A sheet read by a mapping."""

    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...]
    rows: int
    """Rows of data in the sheet."""
    empty: int
    left_out: int
    dashes: int
    unknown: Mapping[str, int] = field(default_factory=dict)
    """Names of territories that were not found → rows."""


@dataclass(frozen=True)
class Planned:
    """One candidate beside what is stored."""

    candidate: Candidate
    change: Change
    before: float | None = None


@dataclass(frozen=True)
class Suggestion:
    """A territory that a name not found may mean."""

    code: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class UnknownName:
    """A name of a territory that was not found."""

    name: str
    rows: int
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True)
class Waiting:
    """An uploaded file with the mapping as it stands, for the page on which the mapping is corrected."""

    import_id: int
    series: int
    grid: Grid
    mapping: FileMapping
    remembered: bool
    """The mapping comes from the last file of this series."""
    samples: tuple[tuple[str, ...], ...]
    """For each column the first different contents."""


@dataclass(frozen=True)
class Preview:
    """What would happen."""

    import_id: int
    series: int
    file: str
    sheet: str
    new: int
    changed: int
    same: int
    rejected: int
    """Rows with at least one problem."""
    empty: int
    left_out: int
    dashes: int
    rows: int
    sample: tuple[Planned, ...]
    """The changed ones first."""
    problems: tuple[Problem, ...]
    """The first ones; all of them are in the file of rejected rows."""
    problem_count: int
    unknown: tuple[UnknownName, ...]
    choices: tuple[Suggestion, ...]
    """All territories that a name may mean; none where there are too many for a list."""
    places: Mapping[int, Place]
    digest: str
    """Stands for everything above: storing is refused if it would now do something else."""
    repeats: str = ""
    """Name of the earlier import of the very same file, if there was one."""
