"""CSV files that people import: encoding, separator and header found out, every cell kept as text."""

import codecs
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashar.errors import InputError, TooLarge
from hashar.i18n import N_

LARGEST_TABLE = 5_000_000
MOST_ROWS = 20_000
LONGEST_CELL = 2_000
SEPARATORS = ";,\t|"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Record:
    """One row: its number as a spreadsheet counts, its cells by column name."""

    row: int
    cells: Mapping[str, str]
    geometry: object = None
    """The unchecked geometry of a GeoJSON feature."""


def read_table(content: bytes, name: str) -> list[Record]:
    """The rows of a CSV file.

    Raises
    ------
    TooLarge
        More bytes or rows than an import takes.
    InputError
        It is not a text file, has no header, or rows cannot be told apart.

    """
    if len(content) > LARGEST_TABLE:
        raise TooLarge(
            N_("{file} is larger than {limit} MB. Split it and import the parts one after another."),
            file=name,
            limit=LARGEST_TABLE // 1_000_000,
        )
    text = _decode(content, name)
    lines = text.splitlines(keepends=True)
    skip = 1 if lines and lines[0].strip().lower().startswith("sep=") else 0
    separator = lines[0].strip()[4:5] if skip else _separator(lines[0] if lines else "")
    return _records(lines[skip:], separator or ",", name, skip)


def _decode(content: bytes, name: str) -> str:
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "")
    if not encoding and b"\0" in content[:4096]:
        raise InputError(N_("{file} is not a text file. Save the table as CSV (UTF-8) and upload that."), file=name)
    for attempt in [encoding] if encoding else ["utf-8", "cp1251"]:
        try:
            return content.decode(attempt)
        except UnicodeDecodeError:
            continue
    raise InputError(N_("The letters of {file} cannot be read. Save it as CSV (UTF-8) and upload that."), file=name)


def _separator(header: str) -> str:
    return max(SEPARATORS, key=header.count)


def _records(lines: Sequence[str], separator: str, name: str, skipped: int) -> list[Record]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    header: list[str] = []
    found: list[Record] = []
    try:
        for number, cells in enumerate(reader, start=1 + skipped):
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = _header(cells, name)
                continue
            _fits(cells, header, name, number)
            found.append(Record(number, dict(zip(header, (cell.strip() for cell in cells), strict=False))))
    except csv.Error:
        raise InputError(
            N_("{file}, line {line}: a quotation mark is not closed. Correct that line."),
            file=name,
            line=reader.line_num + skipped,
        ) from None
    if not found:
        raise InputError(
            N_("{file} has no rows under its header. The first row names the columns, each next row is one entry."),
            file=name,
        )
    return found


def _header(cells: Sequence[str], name: str) -> list[str]:
    header = [cell.strip().casefold() for cell in cells]
    twice = next((column for column in header if column and header.count(column) > 1), "")
    if twice:
        raise InputError(
            N_("{file} has two columns called “{column}”. Remove or rename one."), file=name, column=twice[:40]
        )
    return header


def _fits(cells: Sequence[str], header: Sequence[str], name: str, row: int) -> None:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise InputError(
            N_("{file}, row {row}: more cells than columns in the header. Put text that holds {separators} in quotes."),
            file=name,
            row=row,
            separators="; ,",
        )
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise InputError(
            N_("{file}, row {row}: a cell has more than {limit} letters; perhaps a quotation mark is not closed."),
            file=name,
            row=row,
            limit=LONGEST_CELL,
        )
    if row > MOST_ROWS:
        raise TooLarge(
            N_("{file} has more than {limit} rows. Split it and import the parts one after another."),
            file=name,
            limit=MOST_ROWS,
        )
