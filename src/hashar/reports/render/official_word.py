"""The official plan as a Word file: A4 landscape, the head repeated on every page, sections over the whole width."""

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from hashar.reports.content.official_plan import FormCell, FormRow, FormRowKind, OfficialForm
from hashar.reports.render import word_parts as parts
from hashar.reports.render.word_tables import TWIPS

WIDTH = 267
"""Millimetres between the margins."""
FAMILY = "Times New Roman"
CELL = "Cell"
"""The style of paragraphs in tables."""
PROPERTY = 255


def render_official_word(form: OfficialForm) -> bytes:
    """``form`` as DOCX."""
    file = docx.Document()
    _set_page(file, form)
    for line in form.head:
        paragraph = file.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _part(file, form)
    for each in form.after:
        _part(file, each)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _part(file: Any, form: OfficialForm) -> None:  # noqa: ANN401  (python-docx has no types)
    """A title, its paragraphs, a table and its notes."""
    title = file.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(10)
    title.paragraph_format.keep_with_next = True
    title.add_run(form.title).bold = True
    for line in form.lead:
        paragraph = file.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
        paragraph.paragraph_format.space_after = Pt(4)
    after = file.add_paragraph()
    if form.rows:
        after._p.addprevious(_table(form))  # noqa: SLF001  (the XML of the paragraph)
    for note in form.notes:
        file.add_paragraph(note).paragraph_format.space_before = Pt(2)


def _set_page(file: Any, form: OfficialForm) -> None:  # noqa: ANN401  (python-docx has no types)
    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(20), Mm(15)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = FAMILY, Pt(12)
    fonts = normal.element.rPr.rFonts
    for side in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(side), FAMILY)
    normal.paragraph_format.space_after = Pt(0)
    cell = file.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.font.size = normal, Pt(form.letters)
    parts.set_language(file, form.language)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    parts.add_field(footer, "PAGE", "1")
    properties = file.core_properties
    properties.title = form.title.replace("\n", " ")[:PROPERTY]
    properties.author, properties.comments = "", ""
    properties.language = parts.LOCALES[form.language]


def _table(form: OfficialForm) -> Any:  # noqa: ANN401  (lxml)
    whole = sum(column.width for column in form.columns)
    widths = [round(column.width / whole * WIDTH * TWIPS) for column in form.columns]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join([*_heads(form, widths), *(_row(form, row, widths) for row in form.rows)])
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _heads(form: OfficialForm, widths: Sequence[int]) -> list[str]:
    """One line of heads, or two where years stand below a common head."""
    numbers = [_cell(str(at), widths[at - 1], align="center") for at in range(1, len(widths) + 1)]
    if not form.grouped:
        cells = [
            _cell(column.title, width, bold=True, align="center")
            for column, width in zip(form.columns, widths, strict=True)
        ]
        return [_line("".join(cells), head=True), _line("".join(numbers), head=True)]
    upper, lower = [], []
    for title, places in form.groups:
        span = sum(widths[at] for at in places)
        if title:
            upper.append(_cell(title, span, span=len(places), bold=True, align="center"))
            lower += [_cell(form.columns[at].title, widths[at], bold=True, align="center") for at in places]
        else:
            upper.append(_cell(form.columns[places[0]].title, span, merge="restart", bold=True, align="center"))
            lower.append(_cell("", span, merge="continue"))
    return [_line("".join(cells), head=True) for cells in (upper, lower, numbers)]


def _row(form: OfficialForm, row: FormRow, widths: Sequence[int]) -> str:
    if row.kind is FormRowKind.SECTION:
        text = row.cells[0].text
        return _line(_cell(text, sum(widths), span=len(widths), bold=True, align="center", keep=True))
    bold = row.kind is FormRowKind.TOTAL
    cells = list(row.cells)
    start, first = 0, ""
    if bold:
        start = next((at for at, cell in enumerate(cells) if at and cell.text), len(cells))
        first = _cell(cells[0].text, sum(widths[:start]), span=start, bold=True)
    made = []
    while start < len(cells):
        span = _alike(form, cells, start)
        width = sum(widths[start : start + span])
        align = _align(form, start, cells[start])
        made.append(_cell(cells[start].text, width, span=span, merge=_down(cells[start]), bold=bold, align=align))
        start += span
    return _line(first + "".join(made))


def _alike(form: OfficialForm, cells: Sequence[FormCell], at: int) -> int:
    """Over how many years the same words stand: they are written once, in a merged cell."""
    last = at
    words = bool(cells[at].text) and not any(map(str.isdigit, cells[at].text))
    while words and form.columns[at].group and last + 1 < len(cells) and cells[last + 1] == cells[at]:
        last += 1 if form.columns[last + 1].group == form.columns[at].group else len(cells)
    return (last if last < len(cells) else at) - at + 1


def _down(cell: FormCell) -> str:
    """How a cell is merged with its neighbours above and below."""
    return "" if cell.down == 1 else "restart" if cell.down else "continue"


def _align(form: OfficialForm, at: int, cell: FormCell) -> str:
    if form.columns[at].end:
        return "right" if cell.number is not None else "center"
    return "center" if at == 0 and not form.columns[0].words else ""


def _line(cells: str, *, head: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _cell(
    text: str,
    width: int,
    *,
    span: int = 1,
    merge: str = "",
    bold: bool = False,
    align: str = "",
    keep: bool = False,
) -> str:
    about = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    about += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    about += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    content = "".join(_paragraph(line, bold=bold, align=align, keep=keep) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{content}</w:tc>"


def _paragraph(text: str, *, bold: bool, align: str, keep: bool) -> str:
    about = f'<w:pStyle w:val="{CELL}"/>' + ("<w:keepNext/>" if keep else "")
    about += f'<w:jc w:val="{align}"/>' if align else ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{about}</w:pPr>{run}</w:p>"
