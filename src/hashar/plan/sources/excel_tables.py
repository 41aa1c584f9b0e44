"""Workbooks (.xlsx, also .xls and .ods) as tables of text: merged cells, days, numbers. Nothing in them is run."""

import datetime as dt
import io

import python_calamine as calamine

from hashar.errors import InputError, TooLarge
from hashar.i18n import N_
from hashar.intake.containers import check_container, damaged, has_macros, locked
from hashar.plan.contracts.grids import Grid, GridCell, GridRow
from hashar.plan.rules.texts import tidy

UNPACKED_LIMIT = 200_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 60
RawCell = str | float | bool | dt.date | dt.time | dt.timedelta
Area = tuple[tuple[int, int], tuple[int, int]]


def read_sheets(content: bytes, name: str) -> list[Grid]:
    """Every sheet that holds something.

    Raises
    ------
    InputError
        The workbook is damaged, locked, a trap, or holds macros.
    TooLarge
        A sheet is far larger than a plan.

    """
    file = io.BytesIO(content)
    check_container(file, name, limit=UNPACKED_LIMIT)
    if has_macros(file):
        raise InputError(N_("{file} is a workbook with macros; save it as .xlsx without macros."), file=name)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [(each, book.get_sheet_by_name(each)) for each in book.sheet_names]
            filled = [(each, sheet) for each, sheet in sheets if sheet.start is not None]
            return [Grid(number, each, _rows(name, sheet)) for number, (each, sheet) in enumerate(filled, start=1)]
    except calamine.PasswordError:
        raise locked(name) from None
    except (calamine.CalamineError, OSError, ValueError, IndexError):
        raise damaged(name) from None


def _rows(name: str, sheet: calamine.CalamineSheet) -> list[GridRow]:
    if sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS:
        raise TooLarge(
            N_("{file}: sheet “{sheet}” has {rows} rows and {columns} columns, more than a plan. Keep only its table."),
            file=name,
            sheet=sheet.name,
            rows=sheet.height,
            columns=sheet.width,
        )
    texts = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merged: dict[tuple[int, int], Area] = {}
    for area in sheet.merged_cell_ranges or []:
        (top, left), (bottom, right) = area
        for row in range(top, min(bottom, len(texts) - 1) + 1):
            for column in range(left, right + 1):
                merged[row, column] = area
    return [GridRow(number + 1, _cells(number, row, texts, merged)) for number, row in enumerate(texts)]


def _cells(number: int, row: list[str], texts: list[list[str]], merged: dict[tuple[int, int], Area]) -> list[GridCell]:
    cells, column = [], 0
    while column < len(row):
        (top, left), (_, right) = merged.get((number, column), ((number, column), (number, column)))
        cells.append(GridCell(texts[top][left], column, right - column + 1, below=top < number))
        column = right + 1
    return cells


def _text(cell: RawCell) -> str:
    """A cell as its reader sees it: whole numbers without a point, days as 31.12.2026."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() and abs(cell) < 1e15 else repr(round(float(cell), 6))
    if isinstance(cell, dt.date):
        return cell.strftime("%d.%m.%Y")
    return tidy(str(cell))
