"""What the templates ask while they walk over blocks, whatever page the blocks stand on."""

from collections.abc import Iterator, Mapping, Sequence

import jinja2
import markupsafe

from hashar.i18n import Translator
from hashar.reports.content.document import (
    Block,
    Cell,
    Chart,
    EmptyCell,
    HiddenCell,
    Mark,
    MarkCell,
    Reference,
    Table,
    Words,
)
from hashar.reports.render.cells import cell_text


def environment() -> jinja2.Environment:
    """The templates of this package: strict and escaping."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("hashar.reports.render", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class BlockView:
    """Cells as words, and nothing that needs addresses or pictures: formats add theirs."""

    numbers = True
    """Whether tables and figures are counted."""
    styled = True
    """Whether elements may carry a style of their own (a page under a strict policy may not)."""
    why_word = ""
    why_brief = ""
    """The same where there is a link in every line."""

    def __init__(self, translator: Translator, words: Words) -> None:
        self._translator = translator
        self.words: Mapping[str, str] = {
            "table": words.table,
            "figure": words.figure,
            "show_table": words.show_table,
        }
        self._own = words
        self._counts = {"table": 0, "figure": 0}

    def kind(self, block: Block) -> str:
        """Name of the block's macro."""
        return type(block).__name__

    def number(self, what: str) -> int:
        """The next table's or figure's number."""
        self._counts[what] += 1
        return self._counts[what]

    def text(self, cell: Cell) -> str:
        """A cell's words."""
        return cell_text(cell, self._translator, self._own)

    def span(self, cell: Cell) -> int:
        """Columns a cell stands over."""
        return cell.span if isinstance(cell, HiddenCell) else 1

    def style(self, cell: Cell) -> str:
        """The cell's class."""
        if isinstance(cell, HiddenCell):
            return "hidden"
        if isinstance(cell, MarkCell):
            return "rated"
        return "empty" if isinstance(cell, EmptyCell) else ""

    def mark(self, cell: Cell) -> Mark | None:
        """The reliability mark to draw before the word."""
        return cell.mark if isinstance(cell, MarkCell) else None

    def heads(self, table: Table, cells: Sequence[Cell]) -> list[tuple[Cell, int]]:
        """Each cell with the number of its (first) column."""
        placed, column = [], 0
        for cell in cells:
            placed.append((cell, column))
            column += self.span(cell)
        if column != len(table.columns):
            message = f"a row of “{table.caption}” has {column} cells for {len(table.columns)} columns"
            raise ValueError(message)
        return placed

    def why(self, about: Reference | None) -> str:  # noqa: ARG002  (formats with addresses use it)
        """Address of the page on where a number comes from; empty where the format has none."""
        return ""

    def page(self, about: Reference | None) -> str:  # noqa: ARG002  (formats with addresses use it)
        """Address of the page on what a row is about; empty where the format has none."""
        return ""

    def explains(self, table: Table) -> bool:
        """Whether any row of a table leads to where its number comes from."""
        return any(self.why(row.about) for row in table.rows)

    def frame(self, chart: Chart) -> markupsafe.Markup:
        """The picture of a chart, wide and narrow."""
        raise NotImplementedError

    def chapters(self, blocks: Sequence[Block]) -> Iterator[list[Block]]:
        """Blocks by chapter, so that each can be a section of the page."""
        chapter: list[Block] = []
        for block in blocks:
            if getattr(block, "level", 0) == 1 and chapter:
                yield chapter
                chapter = []
            chapter.append(block)
        if chapter:
            yield chapter
