"""How far the cells of a workbook's sheets reach, told without unpacking a sheet into memory.

A sheet is read into a full rectangle: two cells, one in the last corner, would ask for hundreds of gigabytes.
"""

import re
import zipfile
from collections.abc import Iterator

from hashar.errors import InputError
from hashar.i18n import N_

MOST_CELLS = 100_000_000
"""Cells of the rectangle that the filled cells of a sheet span."""
BLOCK = 1 << 20

_TAG = re.compile(rb'<(?:\w+:)?(row|c)(?=[\s>])(?:[^>]*?\sr="([A-Z]{0,3})([0-9]{1,7})")?[^>]*?(?<!/)>')
"""The opening tag of a row or a cell, with its place where it says one; an empty cell closes itself."""


def check_extent_of_sheets(file: str, archive: zipfile.ZipFile) -> None:
    """Refuse a workbook in which a sheet's filled cells span more than can be read.

    Raises
    ------
    InputError
        They do; it names the part of the workbook.

    """
    for name in archive.namelist():
        if not name.lower().startswith("xl/worksheets/") or not name.lower().endswith(".xml"):
            continue
        rows, columns = _reach(archive, name)
        if rows * columns > MOST_CELLS:
            raise InputError(
                N_("{file}: the cells of {sheet} reach to row {rows} and column {columns}; delete what lies far out."),
                file=file,
                sheet=name.rpartition("/")[2],
                rows=rows,
                columns=columns,
            )


def _reach(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    """Last row and column with content; a row or cell that does not say its place follows the one before."""
    row = column = rows = columns = 0
    for tag, letters, number in _tags(archive, name):
        if tag == b"row":
            row, column = int(number or row + 1), 0
        else:
            row = int(number or row)
            column = column_number(letters) if letters else column + 1
            rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _tags(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[bytes, bytes | None, bytes | None]]:
    """Kind, column letters and row number of every row and every cell that has content."""
    rest = b""
    with archive.open(name) as sheet:
        while block := sheet.read(BLOCK):
            text = rest + block
            whole = text.rfind(b">") + 1
            for found in _TAG.finditer(text, 0, whole):
                yield found[1], found[2], found[3]
            rest = text[whole:][-BLOCK:]


def column_number(letters: bytes) -> int:
    """``A`` is 1, ``XFD`` is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
