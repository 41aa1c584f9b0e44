"""Tables of the Word report, written as XML at one go (cell by cell through python-docx is far too slow)."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from hashar.i18n import Translator
from hashar.reports.content.document import (
    Align,
    Cell,
    HiddenCell,
    Mark,
    MarkCell,
    RowKind,
    Table,
    TableRow,
    TextCell,
    Words,
)
from hashar.reports.render.cells import cell_text
from hashar.reports.render.word_parts import TABLE_STYLE, plain_colour

TWIPS = 56.6929
"""Twentieths of a point in a millimetre."""
MARKS: Mapping[Mark, str] = {Mark.RELIABLE: "●", Mark.REVIEW: "○", Mark.UNRELIABLE: "◇", Mark.NOT_RATED: "□"}


def run(text: str, *, bold: bool = False, italic: bool = False, colour: str = "", half_points: int = 0) -> str:
    """A run of text."""
    style = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    style += f'<w:color w:val="{plain_colour(colour)}"/>' if colour else ""
    style += f'<w:sz w:val="{half_points}"/>' if half_points else ""
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, *, style: str = "HasharCell", end: bool = False, keep: bool = False) -> str:
    """A paragraph around runs."""
    extra = ("<w:keepNext/>" if keep else "") + ('<w:jc w:val="right"/>' if end else "")
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{extra}</w:pPr>{content}</w:p>"


def cell(content: str, width: float, span: int = 1) -> str:
    """A cell around paragraphs."""
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/>{merged}</w:tcPr>{content}</w:tc>'


def row(cells: str, *, head: bool = False) -> str:
    """A row that stays on one page; a head is repeated on each."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def grid(rows: Sequence[str], widths: Sequence[float], *, style: str = "", description: str = "") -> Any:  # noqa: ANN401  (lxml)
    """A table of fixed column widths (millimetres)."""
    columns = "".join(f'<w:gridCol w:w="{round(width * TWIPS)}"/>' for width in widths)
    total = round(sum(widths) * TWIPS)
    look = '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:noHBand="1" w:noVBand="1"/>'
    properties = (
        (f"<w:tblStyle w:val={quoteattr(style)}/>" if style else "")
        + f'<w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        + (look if style else "")
        + (f"<w:tblCaption w:val={quoteattr(description)}/>" if description else "")
    )
    xml = (
        f"<w:tbl {nsdecls('w')}><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    return parse_xml(xml)


def data_table(table: Table, width: float, translator: Translator, words: Words) -> Any:  # noqa: ANN401  (lxml)
    """A table of the report."""
    total = sum(column.width for column in table.columns)
    widths = [width * column.width / total for column in table.columns]
    heads = [
        cell(
            paragraph(
                run(column.title, bold=True, colour="quiet", half_points=16), end=column.align is Align.END, keep=True
            ),
            size,
        )
        for column, size in zip(table.columns, widths, strict=True)
    ]
    rows = [row("".join(heads), head=True)]
    rows += [_data_row(table, line, widths, translator, words) for line in table.rows]
    return grid(rows, widths, style=TABLE_STYLE.replace(" ", ""), description=table.caption)


def _data_row(table: Table, line: TableRow, widths: Sequence[float], translator: Translator, words: Words) -> str:
    if line.kind is RowKind.GROUP:
        text = cell_text(line.cells[0], translator, words)
        return row(cell(paragraph(run(text, bold=True), style="HasharGroup", keep=True), sum(widths), len(widths)))
    written, place = [], 0
    for item in line.cells:
        span = item.span if isinstance(item, HiddenCell) else 1
        end = span == 1 and table.columns[place].align is Align.END
        content = _content(item, cell_text(item, translator, words), strong=line.kind is RowKind.TOTAL)
        written.append(cell(paragraph(content, end=end), sum(widths[place : place + span]), span))
        place += span
    return row("".join(written))


def _content(item: Cell, text: str, *, strong: bool) -> str:
    match item:
        case MarkCell():
            return run(f"{MARKS[item.mark]} ", colour="mark") + run(text, bold=strong)
        case HiddenCell():
            return run(text, italic=True, colour="quiet")
        case TextCell() if item.detail:
            detail = run(item.detail, colour="quiet", half_points=15)
            return run(text, bold=strong or item.strong) + "<w:r><w:br/></w:r>" + detail
        case TextCell():
            return run(text, bold=strong or item.strong)
        case _:
            return run(text, bold=strong)
