"""What python-docx has no call for: fields, bookmarks, captions, borders, repeated heads, the language."""

from collections.abc import Mapping
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Pt, RGBColor
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph as WordParagraph

from hashar.reports.render.theme import LIGHT, WORD_FAMILY

LOCALES: Mapping[str, str] = {
    "en": "en-GB",
    "ru": "ru-RU",
    "kk": "kk-KZ",
    "ky": "ky-KG",
    "uz": "uz-Latn-UZ",
    "tg": "tg-Cyrl-TJ",
    "tk": "tk-TM",
}
TABLE_STYLE = "Hashar Table"


def element(tag: str, attributes: Mapping[str, str] | None = None, *children: object) -> Any:  # noqa: ANN401  (lxml)
    """A WordprocessingML element with ``w:`` attributes and children."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    for child in children:
        made.append(child)
    return made


def plain_colour(name: str) -> str:
    """A colour of the theme as Word writes it."""
    return LIGHT[name].lstrip("#").upper()


def rgb(name: str) -> object:
    """A colour of the theme for python-docx."""
    return RGBColor.from_string(plain_colour(name))


def add_field(paragraph: WordParagraph, code: str, shown: str) -> None:
    """A field with the value it had when written; Word renews it on request."""
    open_field(paragraph, code)
    paragraph.add_run(shown)
    close_field(paragraph)


def open_field(paragraph: WordParagraph, code: str) -> None:
    """Begin a field; what is written until :func:`close_field` is its present value."""
    instruction = element("w:instrText", {"xml:space": "preserve"})
    instruction.text = f" {code} "
    for child in (element("w:fldChar", {"w:fldCharType": "begin"}), instruction):
        paragraph.add_run()._r.append(child)  # noqa: SLF001  (python-docx's documented way to the XML)
    paragraph.add_run()._r.append(element("w:fldChar", {"w:fldCharType": "separate"}))  # noqa: SLF001  (as above)


def close_field(paragraph: WordParagraph) -> None:
    """End a field."""
    paragraph.add_run()._r.append(element("w:fldChar", {"w:fldCharType": "end"}))  # noqa: SLF001  (as above)


def add_bookmark(paragraph: WordParagraph, name: str, number: int) -> None:
    """A place that the contents point to."""
    start = element("w:bookmarkStart", {"w:id": str(number), "w:name": name})
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)  # noqa: SLF001  (the XML of the paragraph)
    paragraph._p.append(element("w:bookmarkEnd", {"w:id": str(number)}))  # noqa: SLF001  (as above)


def add_link(paragraph: WordParagraph, text: str, bookmark: str) -> None:
    """A link inside the document."""
    words = element("w:t", {"xml:space": "preserve"})
    words.text = text
    link = element("w:hyperlink", {"w:anchor": bookmark, "w:history": "1"}, element("w:r", None, words))
    paragraph._p.append(link)  # noqa: SLF001  (the XML of the paragraph)


def border(side: str, name: str, eighths: int, style: str = "single", space: int = 0) -> object:
    """One border of a paragraph, cell or table; width in eighths of a point."""
    attributes = {"w:val": style, "w:sz": str(eighths), "w:space": str(space), "w:color": plain_colour(name)}
    return element(f"w:{side}", attributes)


def shading(name: str) -> object:
    """A ground colour."""
    return element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": plain_colour(name)})


def describe_picture(inline: InlineShape, title: str, alternative: str) -> None:
    """Alternative text of a picture."""
    properties = inline._inline.docPr  # noqa: SLF001  (the XML of the picture)
    properties.set("descr", alternative)
    properties.set("title", title)


def set_language(document: WordDocument, language: str) -> None:
    """The language of all text, for spelling and for screen readers."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    locale = LOCALES[language]
    defaults.append(element("w:lang", {"w:val": locale, "w:eastAsia": locale, "w:bidi": "ar-SA"}))


def set_styles(document: WordDocument) -> None:
    """Word's own styles in our type scale, so that an official can restyle the report in one place."""
    base = document.styles["Normal"]
    base.font.size = Pt(10)
    base.paragraph_format.space_after = Pt(6)
    base.paragraph_format.line_spacing = 1.12
    sizes = {
        "Title": (34, "accent", 2, 4),
        "Subtitle": (14, "quiet", 0, 18),
        "Heading 1": (19, "ink", 24, 8),
        "Heading 2": (14, "accent", 16, 6),
        "Heading 3": (11.5, "ink", 14, 4),
        "Caption": (9.5, "ink", 10, 4),
    }
    for name, (size, colour, before, after) in sizes.items():
        _restyle(document.styles[name], size, colour, before, after)
    lines = element("w:pBdr", None, border("top", "accent", 18, space=6))
    document.styles["Heading 1"].element.get_or_add_pPr().append(lines)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    document.styles["Caption"].paragraph_format.space_before = Pt(7)
    for name, size, colour in (
        ("Hashar Kind", 9, "quiet"),
        ("Hashar Small", 8.5, "quiet"),
        ("Hashar Lead", 11.5, "ink"),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = base
        style.font.size = Pt(size)
        style.font.color.rgb = rgb(colour)
    document.styles["Hashar Lead"].paragraph_format.space_after = Pt(10)
    cell = document.styles.add_style("Hashar Cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = base
    cell.font.size = Pt(9)
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(1)
    cell.paragraph_format.line_spacing = 1.0
    group = document.styles.add_style("Hashar Group", WD_STYLE_TYPE.PARAGRAPH)
    group.base_style = cell
    group.paragraph_format.space_before = Pt(6)
    _note_style(document, "Hashar Note", "accent", "ground")
    _note_style(document, "Hashar Caution", "warm", "warm-soft")
    _table_style(document)
    _fonts(document)


def _restyle(style: BaseStyle, size: float, colour: str, before: float, after: float) -> None:
    style.font.size = Pt(size)
    style.font.bold = style.name != "Subtitle"
    style.font.italic = False
    style.font.color.rgb = rgb(colour)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)


def _note_style(document: WordDocument, name: str, edge: str, ground: str) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.left_indent = Pt(9)
    style.paragraph_format.keep_together = True
    properties = style.element.get_or_add_pPr()
    properties.append(element("w:pBdr", None, border("left", edge, 24, space=8)))
    properties.append(shading(ground))


def _fonts(document: WordDocument) -> None:
    for style in document.styles:
        properties = style.element.find(qn("w:rPr"))
        if properties is not None:
            for old in properties.findall(qn("w:rFonts")):
                properties.remove(old)
    names = dict.fromkeys(("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"), WORD_FAMILY)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:rFonts")):
        defaults.remove(old)
    defaults.insert(0, element("w:rFonts", names))


def _table_style(document: WordDocument) -> None:
    style = document.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    made = style.element
    margins = element(
        "w:tblCellMar",
        None,
        element("w:left", {"w:w": "60", "w:type": "dxa"}),
        element("w:right", {"w:w": "60", "w:type": "dxa"}),
    )
    borders = element(
        "w:tblBorders",
        None,
        border("top", "line", 4),
        border("bottom", "line", 6),
        border("insideH", "faint", 4),
    )
    made.append(element("w:tblPr", None, borders, margins))
    head = element(
        "w:tcPr",
        None,
        element("w:tcBorders", None, border("bottom", "ink", 8)),
        element("w:vAlign", {"w:val": "bottom"}),
    )
    made.append(element("w:tblStylePr", {"w:type": "firstRow"}, element("w:rPr", None, element("w:b")), head))
