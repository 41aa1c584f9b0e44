"""The workbook as XLSX: real numbers with formats, frozen heads, filters; a text is never a formula."""

import datetime as dt
import io
import math
from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hashar.i18n import Translator
from hashar.reports.content.document import (
    Align,
    Cell,
    EmptyCell,
    HiddenCell,
    IntervalCell,
    NumberCell,
    ShareCell,
    Sheet,
    TableRow,
    TextCell,
    Words,
    Workbook,
)
from hashar.reports.render.cells import cell_text
from hashar.reports.render.theme import LIGHT, WORD_FAMILY

HEAD_ROW = 3
"""Rows above: title, note, blank."""
CHARACTERS = 12
"""Width of a column of width 1."""
LINE = 15
"""Height of a line in points."""
HIGHEST = 409
"""Height of the highest row, in points, and letters of the longest text, that Excel allows."""
LONGEST = 32_767
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def render_excel(source: Workbook) -> bytes:
    """``source`` as XLSX."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    created = source.created.astimezone(dt.UTC).replace(tzinfo=None)
    book.set_properties({"title": source.title, "author": source.author, "created": created})
    writer = _Writer(book, Translator(source.language), source.words)
    names: set[str] = set()
    for sheet in source.sheets:
        name = _unique(sheet.name, names)
        names.add(name.casefold())
        writer.sheet(book.add_worksheet(name), sheet)
    book.close()
    return buffer.getvalue()


def _unique(name: str, taken: set[str]) -> str:
    """A sheet name that Excel accepts: at most 31 letters, none of the forbidden ones, not used yet."""
    clean = " ".join(name.translate(FORBIDDEN).split())[:31] or "1"
    number = 2
    while clean.casefold() in taken:
        clean = f"{clean[:28]} {number}"
        number += 1
    return clean


class _Writer:
    """Writes sheets with one set of formats."""

    def __init__(self, book: xlsxwriter.Workbook, translator: Translator, words: Words) -> None:
        self._book = book
        self._translator = translator
        self._words = words
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def _format(self, **more: object) -> Format:
        properties: Mapping[str, object] = {
            "font_name": WORD_FAMILY,
            "font_size": 10.5,
            "font_color": LIGHT["ink"],
            "valign": "top",
            **more,
        }
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(properties))
        return self._formats[key]

    def sheet(self, sheet: Worksheet, source: Sheet) -> None:
        """Title, note, heads, rows."""
        table = source.table
        widths = [max(10, min(70, CHARACTERS * column.width)) for column in table.columns]
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, source.title, self._format(bold=True, font_size=16, font_color=LIGHT["accent"]))
        sheet.set_row(0, 26)
        note = source.note or table.note
        if note:
            sheet.write_string(1, 0, note, self._format(font_color=LIGHT["quiet"], italic=True))
        for place, column in enumerate(table.columns):
            side = "right" if column.align is Align.END else "left"
            head = self._format(
                indent=int(place > 0 and side == "left"),
                bold=True,
                text_wrap=True,
                align=side,
                valign="bottom",
                bottom=2,
                bg_color=LIGHT["accent-soft"],
            )
            sheet.write_string(HEAD_ROW, place, column.title, head)
            sheet.set_column(place, place, widths[place])
        sheet.set_row(HEAD_ROW, 32)
        for number, row in enumerate(table.rows, start=HEAD_ROW + 1):
            for place, cell in enumerate(row.cells):
                self._cell(sheet, number, place, cell)
            sheet.set_row(number, min(HIGHEST, LINE * _lines(row, widths)))
        sheet.freeze_panes(HEAD_ROW + 1, 1)
        if source.filtered and table.rows:
            sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(table.rows), len(table.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_footer("&L" + source.title.replace("&", "&&") + "&R&P / &N")

    def _cell(self, sheet: Worksheet, row: int, place: int, cell: Cell) -> None:
        line = {"bottom": 1, "bottom_color": LIGHT["faint"]}
        if isinstance(cell, NumberCell | ShareCell) and not math.isfinite(cell.value):
            cell = EmptyCell()  # a workbook has no NaN
        match cell:
            case NumberCell():
                sheet.write_number(row, place, cell.value, self._format(num_format=_digits(cell.digits), **line))
            case ShareCell(points=True):
                sheet.write_number(row, place, cell.value * 100, self._format(num_format="+0.0;-0.0;0.0", **line))
            case ShareCell():
                sheet.write_number(row, place, cell.value, self._format(num_format=_digits(cell.digits) + "%", **line))
            case HiddenCell():
                quiet = self._format(font_color=LIGHT["quiet"], italic=True, align="right", **line)
                sheet.write_string(row, place, cell_text(cell, self._translator, self._words), quiet)
                sheet.write_comment(row, place, cell.reason, {"x_scale": 1.4, "y_scale": 0.6})
            case EmptyCell():
                sheet.write_blank(row, place, None, self._format(**line))
            case IntervalCell():
                text = cell_text(cell, self._translator, self._words)
                sheet.write_string(row, place, text, self._format(align="right", **line))
            case _:
                strong = isinstance(cell, TextCell) and cell.strong
                text = cell_text(cell, self._translator, self._words)[:LONGEST]
                sheet.write_string(
                    row, place, text, self._format(text_wrap=True, bold=strong, indent=int(place > 0), **line)
                )


def _lines(row: TableRow, widths: Sequence[float]) -> int:
    """Lines that the longest text of a row needs; programs differ in whether they find that out by themselves."""
    texts = ((cell.text, width) for cell, width in zip(row.cells, widths, strict=True) if isinstance(cell, TextCell))
    return max((math.ceil(len(text) / (width * 1.1)) or 1 for text, width in texts), default=1)


def _digits(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")
