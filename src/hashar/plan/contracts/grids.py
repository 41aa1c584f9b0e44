"""A Word or Excel file as tables of text, before anybody says what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class GridCell:
    """One cell; ``start`` and ``span`` are columns of the table, counted from 0."""

    text: str
    start: int
    span: int = 1
    below: bool = False
    """It only continues the cell above it (merged downwards); its text is that one's."""


@dataclass(frozen=True)
class GridRow:
    """One row, with its number in the table (Word) or on the sheet (Excel), from 1."""

    number: int
    cells: Sequence[GridCell]
    header: bool = False
    """The file says that this row is repeated at the head of each page."""

    def at(self, column: int) -> GridCell | None:
        """The cell over a column."""
        return next((cell for cell in self.cells if cell.start <= column < cell.start + cell.span), None)

    def text(self, column: int) -> str:
        """The text over a column, whether it is merged or not."""
        cell = self.at(column)
        return cell.text if cell else ""

    @property
    def filled(self) -> Sequence[GridCell]:
        """Cells with a text of their own."""
        return [cell for cell in self.cells if cell.text and not cell.below]


@dataclass(frozen=True)
class Grid:
    """One table of a Word file or one sheet of a workbook."""

    number: int
    name: str
    """The sheet; empty in Word."""
    rows: Sequence[GridRow]

    @property
    def width(self) -> int:
        """Columns."""
        return max((cell.start + cell.span for row in self.rows for cell in row.cells), default=0)


@dataclass(frozen=True)
class GridFile:
    """All that was read of a file."""

    name: str
    sha256: str
    size: int
    flow: Sequence[str | Grid]
    """Paragraphs and tables in their order."""
    footnotes: Sequence[tuple[str, str]] = ()
    """Mark, as it stands in the text, and note."""
    pictures: int = 0
    tracked: bool = False
    """It holds changes that nobody accepted or refused yet; it was read as if all were accepted."""

    @property
    def grids(self) -> Sequence[Grid]:
        """Its tables or sheets."""
        return [part for part in self.flow if isinstance(part, Grid)]
