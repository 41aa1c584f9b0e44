"""Tables of numbers for other programs: CSV, JSON, Parquet and XLSX, at full precision."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.late import late
from hashar.reports.render.files import write_bytes

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq
    import xlsxwriter
else:
    pa = late("pyarrow")
    pq = late("pyarrow.parquet")
    xlsxwriter = late("xlsxwriter")

Columns = Mapping[str, Sequence[object]]
"""Column name → its values, all of one length: ``str``, ``int``, ``bool``, ``None``, ``float`` (NaN: not defined)."""
About = Mapping[str, str]
"""How the table was computed: setting → value."""


def write_table(path: Path, columns: Columns, about: About = MappingProxyType({}), *, title: str = "estimates") -> None:
    """Write ``columns`` in the format that the suffix of ``path`` names, whole or not at all.

    Floats keep all their digits (the shortest text that reads back as the same number). ``about`` goes to the key
    ``about`` of JSON, the metadata of Parquet and a second sheet of XLSX; CSV holds the rows alone.

    Raises
    ------
    UsageError
        Unknown suffix.
    OutputError
        The file cannot be written.

    """
    write_bytes(path, table_writer(path)(columns, about, title))


def table_writer(path: Path) -> Callable[[Columns, About, str], bytes]:
    """The writer for ``path``'s suffix; raises :class:`~hashar.errors.UsageError` when there is none."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageError(
            N_("“{path}” has no known ending. Use one of: {endings}."), path=path, endings=", ".join(sorted(WRITERS))
        )
    return writer


def csv_text(columns: Columns) -> str:
    """The rows as CSV (RFC 4180, but lines end in a plain newline): NaN as ``NaN``, infinity as ``Inf``."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_csv_value(value) for value in row] for row in zip(*columns.values(), strict=True))
    return buffer.getvalue()


def defused(value: object) -> object:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; anything else as it is."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def _csv_value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(float(value)) if math.isfinite(value) else _nonfinite(value)
    return str(value)


def _nonfinite(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "Inf" if value > 0 else "-Inf"


def _csv(columns: Columns, about: About, title: str) -> bytes:  # noqa: ARG001  (one signature for all writers)
    return csv_text(columns).encode()


def _json(columns: Columns, about: About, title: str) -> bytes:
    """JSON has no NaN or infinity: NaN is ``null``, infinity the text ``"Inf"``."""
    rows = [
        {name: _json_value(value) for name, value in zip(columns, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]
    document = {"about": dict(about), title: rows}
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _json_value(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else _nonfinite(value)
    return value


def _parquet(columns: Columns, about: About, title: str) -> bytes:  # noqa: ARG001  (one signature for all writers)
    table = pa.table({name: pa.array(list(values)) for name, values in columns.items()})
    table = table.replace_schema_metadata({f"hashar.{key}": value for key, value in about.items()})
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def _xlsx(columns: Columns, about: About, title: str) -> bytes:
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    bold = workbook.add_format({"bold": True})
    sheet = workbook.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for position, (name, values) in enumerate(columns.items()):
        sheet.write_string(0, position, name, bold)
        sheet.set_column(position, position, max(10, min(len(name) + 2, 30)))
        for row, value in enumerate(values, start=1):
            _write_cell(sheet, row, position, value)
    if about:
        notes = workbook.add_worksheet("about")
        notes.set_column(0, 1, 40)
        for row, (key, text) in enumerate(about.items()):
            notes.write_string(row, 0, key, bold)
            notes.write_string(row, 1, text)
    workbook.close()
    return buffer.getvalue()


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object) -> None:
    if value is None:
        return
    if isinstance(value, float) and not math.isfinite(value):
        sheet.write_string(row, column, _nonfinite(value))
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))


WRITERS: Mapping[str, Callable[[Columns, About, str], bytes]] = {
    ".csv": _csv,
    ".json": _json,
    ".parquet": _parquet,
    ".xlsx": _xlsx,
}
