"""Workbooks (.xlsx, also .xls and .ods): one sheet, its first filled row the column names. Nothing in them is run."""

import datetime as dt
import difflib
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import python_calamine as calamine

from hashar.assess.contracts.table import Column, Note
from hashar.assess.sources.raw import Raw, choose, no_rows, unique_names
from hashar.assess.sources.words import column_of_words, numbers
from hashar.assess.sources.xlsx_extent import check_extent_of_sheets
from hashar.errors import InputError
from hashar.i18n import N_

UNPACKED_LIMIT = 1 << 30
"""A workbook that unpacks to more than this (bytes) is a trap or has to become a CSV or Parquet file."""
RATIO_LIMIT = 250
RATIO_FROM = 50 << 20
"""Above this unpacked size a member that shrinks by more than the ratio was made to exhaust the memory."""

Cell = str | float | bool | dt.date | dt.time | dt.timedelta


def read_xlsx(path: Path, *, columns: Sequence[str] | None, encoding: str | None, sheet: str | None = None) -> Raw:  # noqa: ARG001  (same call for all formats)
    """The one sheet with data, or the sheet named."""
    check_container(path)
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            name, rows, first, notes = _sheet(path, book, sheet)
    except calamine.PasswordError:
        raise locked(path) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise _damaged(path) from None
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


def locked(path: Path) -> InputError:
    """The sentence for a file with a password."""
    return InputError(N_("{file} is password-protected; save it without a password."), file=path.name)


def _damaged(path: Path) -> InputError:
    return InputError(N_("{file} is damaged or cut short; open it in Excel and save it again."), file=path.name)


def check_container(path: Path) -> None:
    """Refuse a ZIP container that is broken, or made to unpack without end, before anything unpacks it."""
    if not zipfile.is_zipfile(path):
        if path.read_bytes()[:2] == b"PK":
            raise _damaged(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            packed = max(1, sum(member.compress_size for member in members))
            if total > UNPACKED_LIMIT or (total > RATIO_FROM and total / packed > RATIO_LIMIT):
                raise InputError(
                    N_("{file} would unpack to {size} MB, too much for a workbook; save the data as CSV or Parquet."),
                    file=path.name,
                    size=total // 1_000_000,
                )
            if archive.testzip() is not None:
                raise _damaged(path)
            check_extent_of_sheets(path, archive)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error):
        raise _damaged(path) from None


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
