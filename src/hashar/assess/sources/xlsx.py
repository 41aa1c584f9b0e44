"""Workbooks (.xlsx, also .xls and .ods): one sheet, its first filled row the column names. Nothing in them is run."""

import datetime as dt
import difflib
from collections.abc import Sequence
from pathlib import Path

import python_calamine as calamine

from hashar.assess.contracts.table import Column, Note
from hashar.assess.sources.raw import Raw, choose, no_rows, unique_names
from hashar.assess.sources.words import column_of_words, numbers
from hashar.errors import InputError
from hashar.i18n import N_
from hashar.intake.containers import check_container, damaged, locked

Cell = str | float | bool | dt.date | dt.time | dt.timedelta


def read_xlsx(path: Path, *, columns: Sequence[str] | None, encoding: str | None, sheet: str | None = None) -> Raw:  # noqa: ARG001  (same call for all formats)
    """The one sheet with data, or the sheet named."""
    check_container(path, path.name)
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            name, rows, first, notes = _sheet(path, book, sheet)
    except calamine.PasswordError:
        raise locked(path.name) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise damaged(path.name) from None
    names = [_word(cell).strip() for cell in rows[0]]
    if sum(not each for each in names) > len(names) / 2 or numbers(each for each in names if each) is not None:
        raise InputError(
            N_('{file}, sheet "{sheet}", row {row}: these are not column names; put names into the first row.'),
            file=path.name,
            sheet=name,
            row=first,
        )
    complete = [each or f"column_{position}" for position, each in enumerate(names, start=1)]
    unique_names(path.name, complete)
    if len(rows) == 1:
        raise no_rows(path.name)
    chosen = choose(path.name, complete, columns)
    found = {each: _column(rows, complete.index(each), each) for each in chosen}
    return Raw(columns=found, rows=len(rows) - 1, notes=notes)


def _sheet(
    path: Path, book: calamine.CalamineWorkbook, wanted: str | None
) -> tuple[str, list[list[Cell]], int, list[Note]]:
    """Name, rows, number of the first row, notes."""
    names = list(book.sheet_names)
    if wanted is not None and wanted not in names:
        close = difflib.get_close_matches(wanted, names, n=1, cutoff=0)
        raise InputError(
            N_('{file}: there is no sheet "{sheet}"; the workbook has {sheets}.'),
            file=path.name,
            sheet=wanted,
            sheets=", ".join(f'"{name}"' for name in close + [name for name in names if name not in close]),
        )
    sheets = {name: book.get_sheet_by_name(name) for name in ([wanted] if wanted else names)}
    filled = [name for name, sheet in sheets.items() if sheet.start is not None]
    if len(filled) > 1:
        raise InputError(
            N_('{file} has several sheets with data: {sheets}; name one with "--sheet".'),
            file=path.name,
            sheets=", ".join(f'"{name}"' for name in filled),
        )
    if not filled:
        raise InputError(N_("{file} holds no data; choose the file with the questionnaires."), file=path.name)
    sheet = sheets[filled[0]]
    empty = [name for name in sheets if name not in filled]
    note = Note(N_("Empty sheets were passed over: {sheets}."), {"sheets": ", ".join(empty)})
    start = sheet.start
    return filled[0], sheet.to_python(), (start[0] if start else 0) + 1, [note] if empty else []


def _column(rows: Sequence[Sequence[Cell]], position: int, name: str) -> Column:
    return column_of_words(name, [_word(row[position]) for row in rows[1:]])


def _word(cell: Cell) -> str:
    """A cell as text, whole numbers without a decimal point, yes/no cells as 1 and 0."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
