"""Documents as data: what a report says, without a word on how a format shows it.

Renderers (``hashar.reports.render``) know only this model. Texts in it are already in the document's language; numbers
stay numbers, so that Excel gets real ones and every other format writes them as the language does.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Mark(StrEnum):
    """How far a number may be relied on; every format writes the word beside it, never a colour alone."""

    RELIABLE = "reliable"
    REVIEW = "review"
    UNRELIABLE = "unreliable"
    NOT_RATED = "not_rated"


class Verdict(StrEnum):
    """What kind of sentence a statement is."""

    LEVEL = "level"
    """How things are: an estimate with its interval."""
    SHOWN = "shown"
    """The data show it."""
    NOT_SHOWN = "not_shown"
    """The data do not show it, which is not the same as showing the opposite."""
    CAUTION = "caution"
    """Something the reader has to know before believing the numbers."""


class Tone(StrEnum):
    """What a callout is for."""

    NOTE = "note"
    CAUTION = "caution"
    READING = "reading"


class Align(StrEnum):
    """Side a column is set to."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class TextCell:
    """Words; ``detail`` is a second, quieter line."""

    text: str
    strong: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number with its decimals; ``signed`` writes the plus."""

    value: float
    digits: int = 0
    signed: bool = False


@dataclass(frozen=True, slots=True)
class ShareCell:
    """A share (0–1), shown as a percentage. ``points`` marks a difference of shares in percentage points."""

    value: float
    digits: int = 1
    points: bool = False


@dataclass(frozen=True, slots=True)
class IntervalCell:
    """Confidence limits in the unit of the column beside it."""

    low: float
    high: float
    digits: int = 1
    share: bool = True
    points: bool = False


@dataclass(frozen=True, slots=True)
class MarkCell:
    """A reliability mark and its word."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class HiddenCell:
    """Not shown, and why. It stands for ``span`` columns; in a single one the ``brief`` word has to do."""

    reason: str
    span: int = 1
    brief: str = ""


@dataclass(frozen=True, slots=True)
class EmptyCell:
    """Nothing to say here."""


Cell: TypeAlias = TextCell | NumberCell | ShareCell | IntervalCell | MarkCell | HiddenCell | EmptyCell


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head; ``width`` is its share of the table relative to the others."""

    title: str
    align: Align = Align.START
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Reference:
    """Which number of the findings a line shows, so that a format with links can lead to where it comes from."""

    subject: str
    """``indicator`` or ``factor``."""
    name: str
    wave: str = ""
    group: str = ""
    level: str = ""
    change: bool = False
    """The difference between the two waves compared, not a level."""


class RowKind(StrEnum):
    """What a row is to its neighbours."""

    BODY = "body"
    TOTAL = "total"
    GROUP = "group"
    """A heading inside the table: one text cell over all columns."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells of one line; the first is the row's head."""

    cells: Sequence[Cell]
    kind: RowKind = RowKind.BODY
    about: Reference | None = None


@dataclass(frozen=True)
class Table:
    """A table with its caption. ``folded`` lets a format with an open/close control start it closed."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[TableRow]
    note: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words in one style: ``""``, ``strong`` or ``emphasis``."""

    text: str
    style: str = ""


Spans: TypeAlias = Sequence[Span]


@dataclass(frozen=True)
class Heading:
    """Level 1 opens a chapter, 2 a section, 3 a part of it. ``anchor`` is unique in the document."""

    text: str
    level: int
    anchor: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``lead`` is the opening paragraph of a chapter."""

    spans: Spans
    lead: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list without order."""

    items: Sequence[Spans]


@dataclass(frozen=True, slots=True)
class Statement:
    """One typed sentence: the verdict, its word, what is said and on what grounds."""

    verdict: Verdict
    word: str
    spans: Spans
    grounds: str = ""


@dataclass(frozen=True)
class Statements:
    """Typed sentences, in the order they matter."""

    items: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number to remember, with its label and what it rests on (interval, n, reliability)."""

    value: Cell
    label: str
    grounds: str
    about: Reference | None = None


@dataclass(frozen=True)
class KeyFigures:
    """A row of key figures."""

    items: Sequence[KeyFigure]


@dataclass(frozen=True)
class Chart:
    """A picture of the table beside it, as Vega-Lite, wide (print, desktop) and narrow (telephone)."""

    title: str
    alternative: str
    wide: Mapping[str, object]
    narrow: Mapping[str, object]
    table: Table


@dataclass(frozen=True)
class Callout:
    """A box beside the text."""

    tone: Tone
    title: str
    paragraphs: Sequence[Spans]


@dataclass(frozen=True)
class DefinitionList:
    """Terms and what they mean."""

    items: Sequence[tuple[str, Spans]]


@dataclass(frozen=True)
class PageBreak:
    """Start a new page where the format has pages."""


Block: TypeAlias = (
    Heading | Paragraph | Bullets | Statements | KeyFigures | Table | Chart | Callout | DefinitionList | PageBreak
)


@dataclass(frozen=True)
class Words:
    """The few words a format adds by itself, in the document's language."""

    contents: str
    skip: str
    table: str
    figure: str
    page: str
    show_table: str
    points: str
    up_to: str
    """``up to {high}``, for a one-sided interval."""
    from_on: str
    """``from {low}``."""


@dataclass(frozen=True)
class Document:
    """A whole report. ``created`` is the moment its numbers were computed (never the clock)."""

    language: str
    kind: str
    """What it is: "Community prevention profile"."""
    title: str
    subtitle: str
    meta: Sequence[tuple[str, str]]
    author: str
    created: dt.datetime
    blocks: Sequence[Block]
    words: Words
    notice: str = ""
    """Foot of the cover: what the reader must know about this edition."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook. ``name`` has at most 31 letters."""

    name: str
    title: str
    note: str
    table: Table
    filtered: bool = True


@dataclass(frozen=True)
class Workbook:
    """The same findings for someone who calculates on."""

    language: str
    title: str
    author: str
    created: dt.datetime
    words: Words
    sheets: Sequence[Sheet]


@dataclass(frozen=True)
class Records:
    """One tidy table: a row is a number with what it is about; None stands for not shown."""

    columns: Mapping[str, type]
    rows: Sequence[Mapping[str, object]]
    meta: Mapping[str, object] = field(default_factory=dict)
