"""The official plan as a workbook: merged heads and sections, sums as numbers and formulas' results, ready to print."""

import io
import math
from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hashar.reports.content.official_plan import FormRow, FormRowKind, OfficialForm

CHARACTERS = 5.2
"""Characters in a column of width 1."""
LINE = 14
LETTERS = 10
"""The size that widths and heights are reckoned for."""
HIGHEST = 409
SHEETS: Mapping[str, str] = {"ru": "План", "kk": "Жоспар", "en": "Plan"}


def render_official_excel(form: OfficialForm) -> bytes:
    """``form`` as XLSX."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": form.title[:250]})
    for each in (form, *form.after):
        _Writer(book, each).write(book.add_worksheet(each.sheet or SHEETS[each.language]))
    book.close()
    return buffer.getvalue()


class _Writer:
    """Writes the form from top to bottom."""

    def __init__(self, book: xlsxwriter.Workbook, form: OfficialForm) -> None:
        self._book = book
        self._form = form
        self._last = len(form.columns) - 1
        self._widths = [column.width * CHARACTERS for column in form.columns]
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def _look(self, *, box: bool = True, **more: object) -> Format:
        properties = {
            "font_name": "Times New Roman",
            "font_size": self._form.letters,
            "valign": "top",
            "text_wrap": True,
            **more,
        }
        properties |= {"border": 1} if box else {}
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def write(self, sheet: Worksheet) -> None:
        """The whole sheet."""
        form = self._form
        for at, width in enumerate(self._widths):
            sheet.set_column(at, at, width)
        row = 0
        for line in form.head:
            self._wide(sheet, row, line, align="right")
            row += 1
        self._wide(sheet, row, form.title, bold=True, align="center", font_size=12)
        for line in form.lead:
            row += 1
            self._wide(sheet, row, line)
        top = row + 2
        first = self._heads(sheet, top)
        row = first
        heights = self._heights(form.rows)
        for at, each in enumerate(form.rows):
            self._row(sheet, row, each)
            sheet.set_row(row, heights[at])
            row += 1
        row += 1
        for note in form.notes:
            self._wide(sheet, row, note)
            row += 1
        sheet.freeze_panes(first, 0)
        sheet.repeat_rows(top, first - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P")

    def _wide(self, sheet: Worksheet, row: int, text: str, **look: object) -> None:
        sheet.merge_range(row, 0, row, self._last, "", self._look(box=False, **look))
        sheet.write_string(row, 0, text, self._look(box=False, **look))
        sheet.set_row(row, self._height([text], [sum(self._widths)]))

    def _heads(self, sheet: Worksheet, top: int) -> int:
        """One line or two; returns the row below them."""
        look = self._look(bold=True, align="center", valign="vcenter")
        for title, places in self._form.groups:
            if title:
                if len(places) > 1:
                    sheet.merge_range(top, places[0], top, places[-1], title, look)
                else:
                    sheet.write_string(top, places[0], title, look)
                for at in places:
                    sheet.write_string(top + 1, at, self._form.columns[at].title, look)
            elif self._form.grouped:
                sheet.merge_range(top, places[0], top + 1, places[0], self._form.columns[places[0]].title, look)
            else:
                sheet.write_string(top, places[0], self._form.columns[places[0]].title, look)
        narrow = [width * 0.8 for width in self._widths]
        height = self._height(["" if column.group else column.title for column in self._form.columns], narrow)
        below = self._height([column.title if column.group else "" for column in self._form.columns], narrow)
        above = max((self._group_height(*each) for each in self._form.groups if each[0]), default=0.0)
        if self._form.grouped:
            above, below = max(above, LINE * 1.3), max(below, LINE * 1.3)
            sheet.set_row(top + 1, below)
        sheet.set_row(top, max(height - below, above) if self._form.grouped else height)
        return top + 1 + self._form.grouped

    def _group_height(self, title: str, places: Sequence[int]) -> float:
        return self._height([title], [0.8 * sum(self._widths[at] for at in places)])

    def _row(self, sheet: Worksheet, row: int, source: FormRow) -> None:
        if source.kind is FormRowKind.SECTION:
            look = self._look(bold=True, align="center")
            sheet.merge_range(row, 0, row, self._last, "", look)
            sheet.write_string(row, 0, source.cells[0].text, look)
            return
        bold = source.kind is FormRowKind.TOTAL
        for at, cell in enumerate(source.cells):
            if not cell.down:
                continue  # the cell above goes down over it
            if cell.down > 1:
                sheet.merge_range(row, at, row + cell.down - 1, at, "", self._look())
            if cell.number is not None:
                digits = -int(cell.number.normalize().as_tuple().exponent)
                shape = "#,##0" + ("." + "0" * digits if digits > 0 else "")
                look = self._look(num_format=shape, align="right", bold=bold)
                sheet.write_number(row, at, float(cell.number), look)
            else:
                look = self._look(bold=bold, align=self._side(at, bold=bold))
                sheet.write_string(row, at, cell.text, look)

    def _side(self, at: int, *, bold: bool) -> str:
        return "center" if at == 0 and not bold and not self._form.columns[0].words else "left"

    def _heights(self, rows: Sequence[FormRow]) -> Sequence[float]:
        """Of every line; where a cell goes down over several and needs more, the last of them is made higher."""
        found: list[float] = []
        for row in rows:
            if row.kind is FormRowKind.SECTION:
                found.append(self._height([row.cells[0].text], [sum(self._widths)]))
            else:
                found.append(self._height([cell.text if cell.down == 1 else "" for cell in row.cells], self._widths))
        for at, row in enumerate(rows):
            for cell, width in zip(row.cells, self._widths, strict=False):
                if cell.down > 1:
                    last = at + cell.down - 1
                    needed = self._height([cell.text], [width]) - sum(found[at : last + 1])
                    found[last] = min(HIGHEST, found[last] + max(needed, 0))
        return found

    def _height(self, texts: Sequence[str], widths: Sequence[float]) -> float:
        smaller = self._form.letters / LETTERS
        lines = (
            sum(max(1, math.ceil(len(line) * 1.1 * smaller / width)) for line in text.split("\n"))
            for text, width in zip(texts, widths, strict=True)
        )
        return min(HIGHEST, LINE * smaller * max(lines, default=1) + 2)
