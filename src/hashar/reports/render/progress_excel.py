"""The form of a responsible body as a workbook: locked but for its answers, with lists and checks, ready to print."""

import io
import math
from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hashar.implement.contracts.form_files import (
    FORM_MARK,
    HEADS,
    KEY_SHEET,
    RETURNED_BY,
    Fact,
    Printed,
    column_tag,
    row_tag,
)
from hashar.implement.contracts.progress import Field
from hashar.reports.content.progress_form import FormLine, ProgressForm

WIDTHS: Mapping[Printed | Field, float] = {
    Printed.NUMBER: 6,
    Printed.TEXT: 38,
    Printed.FORM: 16,
    Printed.DEADLINE: 17,
    Printed.KNOWN: 24,
    Field.STATUS: 15,
    Field.DONE_ON: 12,
    Field.RESULT: 38,
    Field.EVIDENCE: 24,
    Field.SPENT: 13,
    Field.NOTE: 18,
}
FIRST = 1
"""Column 0 holds the hidden keys."""
COLUMN = {part: FIRST + at for at, part in enumerate(WIDTHS)}
LAST = FIRST + len(WIDTHS) - 1
TEXT_SHAPE, MONEY_SHAPE = 49, 4
"""Numbers of Excel's own formats for text and for 1 250,50."""
LINE, HIGHEST, LOWEST = 13.5, 400, 30
INPUT, HEAD, SECTION = "#FFF8DC", "#E7EDF3", "#F4F6F8"
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
PROTECTION = {"format_rows": True, "format_columns": True, "select_locked_cells": True, "select_unlocked_cells": True}


def render_form(document: ProgressForm) -> bytes:
    """``document`` as XLSX."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, dict(SAFE))
    book.set_properties({"title": document.title, "subject": document.form.plan_title[:250]})
    sheet = book.add_worksheet(_sheet_name(document.title))
    _Writer(book, sheet, document).write()
    _keys(book.add_worksheet(KEY_SHEET), document)
    book.close()
    return buffer.getvalue()


def _sheet_name(title: str) -> str:
    """A title as Excel takes it: 31 letters, no brackets, slashes, question marks or apostrophes."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'’")[:31].strip()


def _keys(sheet: Worksheet, document: ProgressForm) -> None:
    """The hidden sheet: what the file is, and which measures it asks."""
    sheet.write_string(0, 0, FORM_MARK)
    for at, fact in enumerate(Fact, start=1):
        sheet.write_string(at, 0, fact)
        sheet.write_string(at, 1, document.keys[fact])
    for at, line in enumerate(document.lines):
        sheet.write_string(at, 3, str(line.asked.measure))
        sheet.write_string(at, 4, line.asked.number)
    sheet.protect()
    sheet.hide()


class _Writer:
    """Writes the form from top to bottom."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Worksheet, document: ProgressForm) -> None:
        self._book, self._sheet, self._document = book, sheet, document
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def _look(self, **more: object) -> Format:
        properties = {"font_name": "Times New Roman", "font_size": 10, "valign": "top", "text_wrap": True, **more}
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def write(self) -> None:
        """The whole sheet."""
        sheet = self._sheet
        for part, width in WIDTHS.items():
            sheet.set_column(COLUMN[part], COLUMN[part], width)
        sheet.set_column(0, 0, 2, None, {"hidden": True})
        heads = self._top()
        row = heads + 1
        for line in self._document.lines:
            row = self._line(row, line)
        self._checks(heads + 1, max(row - 1, heads + 1))
        sheet.freeze_panes(heads + 1, COLUMN[Printed.FORM])
        sheet.repeat_rows(heads)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.print_area(0, FIRST, max(row - 1, heads), LAST)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L {self._document.form.body.replace('&', '&&')[:100]}&C&P / &N")
        sheet.protect("", PROTECTION)

    def _top(self) -> int:
        """Title, facts and guidance; returns the row of the heads."""
        document = self._document
        self._wide(0, document.title, bold=True, font_size=14, align="center")
        self._wide(1, document.form.plan_title, bold=True, font_size=11, align="center")
        row = 3
        for name, value in document.facts:
            self._pair(row, name, value)
            row += 1
        self._pair(row, document.filled_by, "", entry=True)
        self._sheet.write_string(row, 0, RETURNED_BY)
        row += 2
        for at, line in enumerate(document.guidance, start=1):
            self._wide(row, f"{at}. {line}")
            row += 1
        row += 1
        for part, column in COLUMN.items():
            self._sheet.write_string(row, column, column_tag(part))
        self._sheet.set_row(row, None, None, {"hidden": True})
        self._heads(row + 1)
        return row + 1

    def _heads(self, row: int) -> None:
        look = {"bold": True, "align": "center", "valign": "vcenter", "border": 1}
        for part, column in COLUMN.items():
            colour = INPUT if isinstance(part, Field) else HEAD
            self._sheet.write_string(row, column, self._document.heads[part], self._look(bg_color=colour, **look))
        self._sheet.write_string(row, 0, HEADS)
        texts = [self._document.heads[part] for part in WIDTHS]
        self._sheet.set_row(row, self._height(texts, [width * 0.8 for width in WIDTHS.values()]))

    def _wide(self, row: int, text: str, **look: object) -> None:
        self._sheet.merge_range(row, FIRST, row, LAST, "", self._look(**look))
        self._sheet.write_string(row, FIRST, text, self._look(**look))
        size = float(str(look.get("font_size", 10))) / 10
        self._sheet.set_row(row, self._height([text], [sum(WIDTHS.values()) / size]) * size)

    def _pair(self, row: int, name: str, value: str, *, entry: bool = False) -> None:
        """A fact, or the field for the writer's name, in two merged cells."""
        label, field = self._look(bold=True), self._look()
        if entry:
            field = self._look(bg_color=INPUT, border=1, locked=False, num_format=TEXT_SHAPE)
        first, last = COLUMN[Printed.FORM], COLUMN[Printed.KNOWN]
        self._sheet.merge_range(row, FIRST, row, COLUMN[Printed.TEXT], "", label)
        self._sheet.write_string(row, FIRST, name, label)
        self._sheet.merge_range(row, first, row, last if entry else LAST, "", field)
        if value:
            self._sheet.write_string(row, first, value, field)
        self._sheet.set_row(row, 18 if entry else self._height([value], [sum(WIDTHS.values()) - 44]))

    def _line(self, row: int, line: FormLine) -> int:
        """A measure, below its section's heading where a new one begins; returns the row after it."""
        if line.section:
            look: dict[str, object] = {"bold": True, "align": "center", "bg_color": SECTION, "border": 1}
            self._wide(row, line.section, **look)
            row += 1
        asked = line.asked
        printed = {
            Printed.NUMBER: asked.number,
            Printed.TEXT: asked.text,
            Printed.FORM: asked.form,
            Printed.DEADLINE: asked.deadline,
            Printed.KNOWN: "\n".join(line.known),
        }
        self._sheet.write_string(row, 0, row_tag(self._document.form.key, asked.measure))
        for part, text in printed.items():
            look = {"border": 1, "align": "center" if part is Printed.NUMBER else "left"}
            self._sheet.write_string(row, COLUMN[part], text, self._look(**look))
        for which in Field:
            self._sheet.write_blank(row, COLUMN[which], None, self._input(which))
        height = self._height(list(printed.values()), [WIDTHS[part] for part in printed])
        self._sheet.set_row(row, max(height, LOWEST))
        return row + 1

    def _input(self, which: Field) -> Format:
        """Days and money are numbers; everything else is text, so that nothing typed becomes a formula."""
        shape = {Field.DONE_ON: "dd.mm.yyyy", Field.SPENT: MONEY_SHAPE}.get(which, TEXT_SHAPE)
        return self._look(bg_color=INPUT, border=1, locked=False, num_format=shape)

    def _checks(self, first: int, last: int) -> None:
        words, period = self._document.words, self._document.form.period
        plain = {"ignore_blank": True, "error_title": self._document.title[:32]}
        rules: Mapping[Field, dict[str, object]] = {
            Field.STATUS: {
                "validate": "list",
                "source": list(self._document.statuses.values()),
                "error_message": words["choose"],
            },
            Field.DONE_ON: {
                "validate": "date",
                "criteria": "between",
                "minimum": period.start,
                "maximum": period.end,
                "error_message": words["day"],
                "input_message": words["day"],
            },
            Field.SPENT: {
                "validate": "decimal",
                "criteria": ">=",
                "value": 0,
                "error_message": words["amount"],
            },
        }
        for which, rule in rules.items():
            column = COLUMN[which]
            self._sheet.data_validation(first, column, last, column, {**plain, **rule})

    def _height(self, texts: Sequence[str], widths: Sequence[float]) -> float:
        lines = (
            sum(max(1, math.ceil(len(line) * 1.05 / width)) for line in text.split("\n"))
            for text, width in zip(texts, widths, strict=True)
        )
        return min(HIGHEST, LINE * max(lines, default=1) + 3)
