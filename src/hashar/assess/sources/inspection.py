"""What an uploaded file is, before anything reads it in full: kind by content, traps, extent by its own account."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hashar.assess.rules.uploads import check_extent, require_kind
from hashar.assess.sources.files import check_readable, kind_of
from hashar.assess.sources.readstat import extent_of
from hashar.errors import InputError, TooLarge
from hashar.i18n import N_
from hashar.intake.containers import check_container

_CONTENT = {".sav": "sav", ".zsav": "sav", ".dta": "dta", ".csv": "csv", ".tsv": "csv", ".xlsx": "workbook"}
_SUFFIX = {"sav": ".sav", "dta": ".dta", "csv": ".csv", "workbook": ".xlsx", "parquet": ".parquet"}
MOST_UNPACKED = 8 << 30
"""Bytes that the columns of a Parquet file may unpack to."""


@dataclass(frozen=True)
class Extent:
    """Rows and columns as the file itself says; None where only reading it tells."""

    rows: int | None
    columns: int | None

    @property
    def cells(self) -> int:
        """Rows × columns, 0 where unknown."""
        return (self.rows or 0) * (self.columns or 0)


def look(path: Path) -> Extent:
    """Refuse what is not a survey file of the kind its name says, or was made to do harm; nothing is read in full.

    Raises
    ------
    InputError
        Another kind than the name says, macros, a password, damage.
    TooLarge
        More rows or columns than are taken, or it would unpack to too much.

    """
    suffix = require_kind(path.name)
    check_readable(path)
    kind = kind_of(path)
    if _CONTENT.get(suffix, "parquet") != kind:
        raise InputError(
            N_("{file} does not hold what its name says: it is a {kind} file. Rename it if it is the right one."),
            file=path.name,
            kind=_SUFFIX[kind],
        )
    extent = _EXTENT[kind](path)
    if extent.rows is not None and extent.columns is not None:
        check_extent(path.name, extent.rows, extent.columns)
    return extent


def _workbook(path: Path) -> Extent:
    check_container(path, path.name)
    with zipfile.ZipFile(path) as archive:
        inside = {name.lower(): name for name in archive.namelist()}
        types = archive.read(inside["[content_types].xml"]) if "[content_types].xml" in inside else b""
    if any("vbaproject" in name or "macrosheets/" in name for name in inside) or b"macroEnabled" in types:
        raise InputError(N_("{file} is a workbook with macros; save it as .xlsx without macros."), file=path.name)
    if "xl/workbook.xml" not in inside:
        raise InputError(N_("{file} is damaged or cut short; open it in Excel and save it again."), file=path.name)
    return Extent(None, None)


def _parquet(path: Path) -> Extent:
    try:
        about = pq.read_metadata(path)
    except (pa.ArrowException, OSError):
        raise InputError(N_("{file} is damaged or cut short; copy it again from its source."), file=path.name) from None
    unpacked = sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups))
    if unpacked > MOST_UNPACKED:
        raise TooLarge(
            N_("{file} would unpack to {size} GB, more than this site takes; split it."),
            file=path.name,
            size=f"{unpacked / 1e9:.1f}",
        )
    return Extent(about.num_rows, about.num_columns)


def _labelled(path: Path) -> Extent:
    return Extent(*extent_of(path))


def _unknown(path: Path) -> Extent:  # noqa: ARG001  (same call for all kinds)
    return Extent(None, None)


_EXTENT = {"sav": _labelled, "dta": _labelled, "csv": _unknown, "workbook": _workbook, "parquet": _parquet}
