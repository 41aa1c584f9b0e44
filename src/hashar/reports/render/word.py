"""The report as a Word file that an official can go on editing: real styles, captions, fields, tables."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from hashar.i18n import Translator
from hashar.reports.content.document import (
    Bullets,
    Callout,
    Cell,
    Chart,
    DefinitionList,
    Document,
    Heading,
    KeyFigures,
    PageBreak,
    Paragraph,
    Spans,
    Statements,
    Table,
    Tone,
    Verdict,
)
from hashar.reports.render import word_parts as parts
from hashar.reports.render import word_tables as tables
from hashar.reports.render.cells import cell_text
from hashar.reports.render.charts import Gallery, shape

TEXT_WIDTH = 170
"""Millimetres between the margins."""
PICTURE_WIDTH = 158
"""Narrower than the text, so that a chart by group and its table share a page."""
PROPERTY = 255
"""Letters that a property of the file may have."""
TALLEST = 1.2
"""Height of a picture over the width of the text: what a page holds."""
VERDICT_COLOURS: Mapping[Verdict, str] = {
    Verdict.LEVEL: "accent",
    Verdict.SHOWN: "accent",
    Verdict.NOT_SHOWN: "quiet",
    Verdict.CAUTION: "warm",
}


def render_word(document: Document, gallery: Gallery | None = None) -> bytes:
    """``document`` as DOCX."""
    translator = Translator(document.language)
    writer = _Writer(document, translator, gallery or Gallery(translator))
    writer.cover()
    for block in document.blocks:
        writer.block(block)
    return writer.finish()


def _short(text: str) -> str:
    """``text`` as far as a property of a Word file, or the head of a page, has room for it."""
    return text if len(text) <= PROPERTY else text[: PROPERTY - 1] + "…"


class _Writer:
    """Writes blocks one after the other into a python-docx document."""

    def __init__(self, source: Document, translator: Translator, gallery: Gallery) -> None:
        self._source = source
        self._translator = translator
        self._gallery = gallery
        self._counts = {"Table": 0, "Figure": 0}
        self._bookmarks = 0
        self._breaks = True
        self._file = docx.Document()
        parts.set_styles(self._file)
        parts.set_language(self._file, source.language)
        self._page()
        self._properties()

    def finish(self) -> bytes:
        """The file."""
        buffer = io.BytesIO()
        self._file.save(buffer)
        return buffer.getvalue()

    def _page(self) -> None:
        section = self._file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin, section.bottom_margin = Mm(24), Mm(20)
        section.different_first_page_header_footer = True
        header = section.header.paragraphs[0]
        header.style = self._file.styles["Hashar Small"]
        header.text = f"{_short(self._source.title)} · {self._source.kind}"
        footer = section.footer.paragraphs[0]
        footer.style = self._file.styles["Hashar Small"]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        footer.add_run(f"{self._source.words.page} ")
        parts.add_field(footer, "PAGE", "2")
        footer.add_run(" / ")
        parts.add_field(footer, "NUMPAGES", "2")

    def _properties(self) -> None:
        properties = self._file.core_properties
        properties.title = _short(f"{self._source.title} – {self._source.kind}")
        properties.author = properties.last_modified_by = _short(self._source.author)
        properties.subject = _short(self._source.subtitle)
        properties.comments = ""
        properties.language = parts.LOCALES[self._source.language]
        properties.created = properties.modified = self._source.created.replace(tzinfo=None)

    def cover(self) -> None:
        """Title, what it is about, contents."""
        source = self._source
        kind = self._paragraph("Hashar Kind")
        kind.paragraph_format.space_before = Pt(60)
        kind.add_run(source.kind.upper()).bold = True
        self._paragraph("Title").add_run(source.title)
        if source.subtitle:
            self._paragraph("Subtitle").add_run(source.subtitle)
        for name, value in source.meta:
            line = self._paragraph("Normal")
            line.paragraph_format.space_after = Pt(1)
            line.add_run(f"{name}: ").font.color.rgb = parts.rgb("quiet")
            line.add_run(value).bold = True
        if source.notice:
            notice = self._paragraph("Hashar Small", source.notice)
            notice.paragraph_format.space_before = Pt(12)
        self._contents()

    def _contents(self) -> None:
        """A table of contents that Word can renew; until then it lists the chapters with links to them."""
        head = self._paragraph("Hashar Lead")
        head.paragraph_format.space_before = Pt(40)
        head.add_run(self._source.words.contents).bold = True
        chapters = [block for block in self._source.blocks if isinstance(block, Heading) and block.level == 1]
        for i, chapter in enumerate(chapters):
            line = self._paragraph("Normal")
            line.paragraph_format.space_after = Pt(3)
            if i == 0:
                parts.open_field(line, r'TOC \o "1-2" \h \z \u')
            parts.add_link(line, chapter.text, _bookmark(chapter.anchor))
            if i == len(chapters) - 1:
                parts.close_field(line)

    def _paragraph(self, style: str, text: str = "") -> WordParagraph:
        return self._file.add_paragraph(text, style=style)

    def block(self, block: object) -> None:
        """Any block."""
        WRITERS[type(block)](self, block)

    def heading(self, block: Heading) -> None:
        paragraph = self._paragraph(f"Heading {block.level}", block.text)
        if self._breaks:
            paragraph.paragraph_format.page_break_before = True
            self._breaks = False
        self._bookmarks += 1
        parts.add_bookmark(paragraph, _bookmark(block.anchor), self._bookmarks)

    def paragraph(self, block: Paragraph) -> None:
        _write(self._paragraph("Hashar Lead" if block.lead else "Normal"), block.spans)

    def bullets(self, block: Bullets) -> None:
        for item in block.items:
            _write(self._paragraph("List Bullet"), item)

    def statements(self, block: Statements) -> None:
        widths = [28.0, TEXT_WIDTH - 28]
        rows = []
        for item in block.items:
            word = tables.run(item.word, bold=True, colour=VERDICT_COLOURS[item.verdict])
            said = "".join(tables.run(span.text, bold=span.style == "strong", half_points=20) for span in item.spans)
            content = tables.paragraph(said)
            if item.grounds:
                content += tables.paragraph(tables.run(item.grounds), style="HasharSmall")
            rows.append(tables.row(tables.cell(tables.paragraph(word), widths[0]) + tables.cell(content, widths[1])))
        self._table(tables.grid(rows, widths))

    def figures(self, block: KeyFigures) -> None:
        width = TEXT_WIDTH / len(block.items)
        cells = []
        for item in block.items:
            value = tables.run(self._text(item.value), bold=True, colour="accent", half_points=48)
            label = tables.run(item.label, bold=True, half_points=20)
            grounds = tables.paragraph(tables.run(item.grounds), style="HasharSmall")
            cells.append(tables.cell(tables.paragraph(value) + tables.paragraph(label) + grounds, width))
        self._table(tables.grid([tables.row("".join(cells))], [width] * len(block.items)))

    def callout(self, block: Callout) -> None:
        style = "Hashar Caution" if block.tone is Tone.CAUTION else "Hashar Note"
        title = self._paragraph(style)
        title.paragraph_format.space_before = Pt(8)
        title.paragraph_format.keep_with_next = True
        title.add_run(block.title).bold = True
        for spans in block.paragraphs:
            _write(self._paragraph(style), spans)
        self._paragraph("Hashar Small").paragraph_format.line_spacing = Pt(4)

    def terms(self, block: DefinitionList) -> None:
        for term, meaning in block.items:
            line = self._paragraph("Normal")
            line.paragraph_format.keep_together = True
            line.add_run(term).bold = True
            line.add_run().add_break()
            _write(line, meaning)

    def page_break(self, _: PageBreak) -> None:
        """The next heading opens a page: an empty paragraph with a break would be in the way of an editor."""
        self._breaks = True

    def chart(self, block: Chart) -> None:
        self._caption("Figure", self._source.words.figure, block.title)
        paragraph = self._paragraph("Normal")
        width = Mm(PICTURE_WIDTH * min(1.0, TALLEST / shape(self._gallery.svg(block))))
        paragraph.paragraph_format.space_after = Pt(0)
        picture = paragraph.add_run().add_picture(io.BytesIO(self._gallery.png(block)), width=width)
        parts.describe_picture(picture, block.title, block.alternative)
        self.table(block.table)

    def table(self, block: Table) -> None:
        self._caption("Table", self._source.words.table, block.caption)
        made = tables.data_table(block, TEXT_WIDTH, self._translator, self._source.words)
        self._table(made, note=block.note)

    def _table(self, made: Any, note: str = "") -> None:  # noqa: ANN401  (lxml)
        """Put a table at the end, its note or a gap after it (Word needs a paragraph between two tables)."""
        after = self._paragraph("Hashar Small", note)
        after.paragraph_format.space_after = Pt(8 if note else 0)
        if not note:
            after.paragraph_format.line_spacing = Pt(3)
        after._p.addprevious(made)  # noqa: SLF001  (the XML of the paragraph)

    def _caption(self, kind: str, word: str, text: str) -> None:
        self._counts[kind] += 1
        caption = self._paragraph("Caption")
        caption.add_run(f"{word} ")
        parts.add_field(caption, f"SEQ {kind} \\* ARABIC", str(self._counts[kind]))
        caption.add_run(f". {text}")

    def _text(self, cell: Cell) -> str:
        return cell_text(cell, self._translator, self._source.words)


def _bookmark(anchor: str) -> str:
    return "_" + anchor.replace("-", "_")[:38]


def _write(paragraph: WordParagraph, spans: Spans) -> None:
    for span in spans:
        run = paragraph.add_run(span.text)
        run.bold = True if span.style == "strong" else None
        run.italic = True if span.style == "emphasis" else None


WRITERS: Mapping[type, Callable[..., None]] = {
    Heading: _Writer.heading,
    Paragraph: _Writer.paragraph,
    Bullets: _Writer.bullets,
    Statements: _Writer.statements,
    KeyFigures: _Writer.figures,
    Callout: _Writer.callout,
    DefinitionList: _Writer.terms,
    PageBreak: _Writer.page_break,
    Chart: _Writer.chart,
    Table: _Writer.table,
}
