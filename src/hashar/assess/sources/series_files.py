"""Register files: a sheet of a workbook or a CSV file as it is, title rows, gaps and all. Nothing in them is run."""

import csv
import datetime as dt
import io
import itertools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import python_calamine as calamine

from hashar.assess.contracts.series_import import Cell, Grid
from hashar.assess.contracts.table import Note
from hashar.assess.sources.csv_text import damaged, guess_encoding, open_bytes, unclosed
from hashar.assess.sources.files import check_readable, kind_of, sha256_of
from hashar.errors import InputError, TooLarge
from hashar.i18n import N_
from hashar.intake.containers import check_container, has_macros, locked

MOST_ROWS = 100_000
"""A register of more rows than this is many registers in one file."""
MOST_COLUMNS = 300
MOST_CELLS = 3_000_000
LONGEST_CELL = 1_000
SEPARATORS = (",", ";", "\t", "|")
SNIFFED = 200

RawCell = str | float | bool | dt.date | dt.time | dt.timedelta


def read_grid(path: Path, *, sheet: str = "") -> Grid:
    """One sheet of a .csv, .tsv, .xlsx, .xlsm, .xls or .ods; the first sheet with data if none is named.

    Raises
    ------
    InputError
        The file is damaged, locked, of another format, holds nothing, or has no such sheet.
    TooLarge
        It unpacks to too much, or has more rows or columns than an import takes.

    """
    size = check_readable(path)
    kind = kind_of(path)
    if kind == "workbook":
        sheets, name, rows, notes = _workbook(path, sheet)
    elif kind == "csv":
        sheets, name, rows, notes = _text(path)
    else:
        raise InputError(
            N_("{file} is not a table that registers come in; save it as .xlsx or .csv, and choose that file."),
            file=path.name,
        )
    rows = _trimmed(path, rows)
    if not any(cell != "" for row in rows for cell in row):
        raise InputError(N_("{file} holds no data; choose the file with the table."), file=path.name)
    return Grid(path.name, sha256_of(path), size, sheets, name, rows, tuple(notes))


def _trimmed(path: Path, rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Rows without empty cells at their end, checked for size."""
    found: list[list[Cell]] = []
    for row in rows:
        last = next((at for at in range(len(row), 0, -1) if row[at - 1] != ""), 0)
        found.append([_shortened(cell) for cell in row[:last]])
    while found and not found[-1]:
        found.pop()
    width = max(map(len, found), default=0)
    if len(found) > MOST_ROWS or width > MOST_COLUMNS or len(found) * width > MOST_CELLS:
        raise too_many(path)
    return found


def too_many(path: Path) -> TooLarge:
    """The sentence for a file that is too long or too wide."""
    return TooLarge(
        N_("{file} has more than {rows} rows or {columns} columns; split it, or keep only what the series needs."),
        file=path.name,
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
    )


def _shortened(cell: Cell) -> Cell:
    return cell[:LONGEST_CELL] if isinstance(cell, str) else cell


def _workbook(path: Path, wanted: str) -> tuple[tuple[str, ...], str, list[list[Cell]], list[Note]]:
    check_container(path, path.name)
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            names = list(book.sheet_names)
            if wanted and wanted not in names:
                raise InputError(
                    N_('{file}: there is no sheet "{sheet}"; choose one of {sheets}.'),
                    file=path.name,
                    sheet=wanted,
                    sheets=", ".join(f'"{name}"' for name in names),
                )
            chosen = next((name for name in ([wanted] if wanted else names) if _filled(path, book, name)), "")
            if not chosen:
                raise InputError(N_("{file} holds no data; choose the file with the table."), file=path.name)
            rows = _sheet(book.get_sheet_by_name(chosen))
    except calamine.PasswordError:
        raise locked(path.name) from None
    except (calamine.CalamineError, OSError, ValueError, IndexError):
        raise InputError(
            N_("{file} is damaged or cut short; open it in Excel and save it again."), file=path.name
        ) from None
    notes = [Note(N_("The workbook holds macros. They were not run."))] if has_macros(path) else []
    return tuple(names), chosen, rows, notes


def _filled(path: Path, book: calamine.CalamineWorkbook, name: str) -> bool:
    """Whether a sheet holds anything; a sheet that is far too large is refused before its cells are made."""
    sheet = book.get_sheet_by_name(name)
    if sheet.height > MOST_ROWS * 2 or sheet.height * sheet.width > MOST_CELLS * 2:
        raise too_many(path)
    return sheet.start is not None


def _sheet(sheet: calamine.CalamineSheet) -> list[list[Cell]]:
    """All rows from the first one of the sheet, so that numbers of rows are Excel's; merged cells down are filled."""
    rows = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if left == right and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    return rows


def _cell(cell: RawCell) -> Cell:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return float(cell)
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.time | dt.timedelta):
        return str(cell)
    return cell.strip() if isinstance(cell, str) else cell


def _text(path: Path) -> tuple[tuple[str, ...], str, list[list[Cell]], list[Note]]:
    encoding = guess_encoding(path)
    separator, skip = _separator(path, encoding)
    rows: list[list[Cell]] = []
    with open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text:
        reader = csv.reader(text, delimiter=separator)
        try:
            for cells in reader:
                while len(rows) < reader.line_num - 1 - _lines(cells):
                    rows.append([])
                rows.append([cell.strip().strip("\ufeff") for cell in cells])
                if len(rows) > MOST_ROWS + SNIFFED:
                    raise too_many(path)
        except csv.Error:
            raise unclosed(path, reader.line_num) from None
        except (EOFError, OSError):
            raise damaged(path) from None
    for at in range(min(skip, len(rows))):
        rows[at] = []
    notes = []
    if encoding not in ("utf-8", "utf-8-sig"):
        notes.append(Note(N_("The encoding was guessed as {encoding}."), {"encoding": encoding}))
    return (), "", rows, notes


def _lines(cells: Sequence[str]) -> int:
    """Line breaks inside the cells of a record."""
    return sum(cell.count("\n") for cell in cells)


def _separator(path: Path, encoding: str) -> tuple[str, int]:
    """The separator that makes most rows equally wide, and how many lines ("sep=;" of Excel) only tell it."""
    with open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text:
        lines = list(itertools.islice(text, SNIFFED))
    first = lines[0].strip().strip("\ufeff") if lines else ""
    if first.casefold().startswith("sep=") and len(first) == len("sep=;"):
        return first[-1], 1
    return max(SEPARATORS, key=lambda separator: _regular(lines, separator)), 0


def _regular(lines: Sequence[str], separator: str) -> tuple[float, int]:
    """Share of rows of the most frequent width above one, and that width."""
    try:
        widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=separator) if cells)
    except csv.Error:
        return (0.0, 0)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return (0.0, 0)
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return (count / widths.total(), width)
