"""The report as one HTML file: styles, fonts and pictures inside, no script, nothing fetched."""

import base64
import re
from collections.abc import Iterator

import jinja2
import markupsafe

from hashar.i18n import Translator
from hashar.reports.content.document import Block, Cell, Chart, Document, EmptyCell, HiddenCell, Mark, MarkCell, Table
from hashar.reports.render.cells import cell_text
from hashar.reports.render.charts import Gallery
from hashar.reports.render.theme import DARK, LIGHT, fonts_folder

WOFF2 = (("Inter-Regular.woff2", 400), ("Inter-SemiBold.woff2", 600))


def render_html(document: Document, gallery: Gallery | None = None) -> bytes:
    """``document`` as UTF-8 HTML."""
    translator = Translator(document.language)
    environment = _environment()
    view = _View(document, translator, gallery or Gallery(translator))
    page = environment.get_template("report.html").render(document=document, view=view, style=_style(environment))
    return page.encode()


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("hashar.reports.render", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _style(environment: jinja2.Environment) -> markupsafe.Markup:
    source = environment.get_template("report.css").render(
        light=LIGHT, dark=DARK, fonts=[(_data(name), weight) for name, weight in WOFF2]
    )
    return markupsafe.Markup(source)  # noqa: S704  (our own style sheet; nothing of a user's is in it)


def _data(name: str) -> str:
    return base64.b64encode((fonts_folder() / name).read_bytes()).decode("ascii")


class _View:
    """What the template asks while it walks over the blocks."""

    def __init__(self, document: Document, translator: Translator, gallery: Gallery) -> None:
        self._document = document
        self._translator = translator
        self._gallery = gallery
        self._counts = {"table": 0, "figure": 0}

    def kind(self, block: Block) -> str:
        """Name of the block's macro."""
        return type(block).__name__

    def chapters(self) -> Iterator[tuple[int | None, list[Block]]]:
        """Blocks by chapter, so that each can be a section of the page."""
        chapter: list[Block] = []
        for block in self._document.blocks:
            if getattr(block, "level", 0) == 1 and chapter:
                yield None, chapter
                chapter = []
            chapter.append(block)
        if chapter:
            yield None, chapter

    def number(self, what: str) -> int:
        """The next table's or figure's number."""
        self._counts[what] += 1
        return self._counts[what]

    def text(self, cell: Cell) -> str:
        """A cell's words."""
        return cell_text(cell, self._translator, self._document.words)

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

    def heads(self, table: Table, cells: list[Cell]) -> list[tuple[Cell, int]]:
        """Each cell with the number of its (first) column."""
        placed, column = [], 0
        for cell in cells:
            placed.append((cell, column))
            column += self.span(cell)
        if column != len(table.columns):
            message = f"a row of “{table.caption}” has {column} cells for {len(table.columns)} columns"
            raise ValueError(message)
        return placed

    def picture(self, chart: Chart, *, narrow: bool) -> markupsafe.Markup:
        """The chart as inline SVG, hidden from screen readers because the frame around it carries the alternative text.

        Ids are made its own; namespaces are dropped (HTML does not need them).
        """
        prefix = f"c{self._counts['figure']}{'n' if narrow else 'w'}-"
        svg = self._gallery.svg(chart, narrow=narrow)
        svg = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", svg)
        svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}\1"', svg)
        svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}\1)", svg)
        svg = re.sub(r' aria-[a-z]+="[^"]*"| role="[^"]*"', "", svg)
        svg = svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
        return markupsafe.Markup(svg)  # noqa: S704  (drawn by vl-convert, which escapes every text)
