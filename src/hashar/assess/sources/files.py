"""Read a survey file of any format. The file is only ever opened for reading."""

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hashar.assess.contracts.table import Fingerprint, Note, SurveyTable
from hashar.assess.sources.raw import Raw
from hashar.errors import InputError, UsageError
from hashar.i18n import N_
from hashar.intake.containers import locked
from hashar.late import late

if TYPE_CHECKING:
    from hashar.assess.sources import csv_files, parquet, readstat, xlsx
else:  # each brings a library of its own; a file is of one format
    csv_files, parquet = late("hashar.assess.sources.csv_files"), late("hashar.assess.sources.parquet")
    readstat, xlsx = late("hashar.assess.sources.readstat"), late("hashar.assess.sources.xlsx")

CHUNK = 1 << 20
SUFFIXES = {
    "sav": (".sav", ".zsav"),
    "dta": (".dta",),
    "csv": (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"),
    "workbook": (".xlsx", ".xlsm", ".xls", ".ods"),
    "parquet": (".parquet", ".pq"),
}
_NAMES = {"sav": "SPSS", "dta": "Stata", "csv": "CSV", "workbook": "Excel", "parquet": "Parquet"}
_OLD_STATA = frozenset({104, 105, 108, 110, 111, 112, 113, 114, 115})


def read_survey(
    path: str | Path, *, columns: Sequence[str] | None = None, encoding: str | None = None, sheet: str | None = None
) -> SurveyTable:
    """Read a survey file, or the columns asked for.

    The format is told by the content, not by the suffix. Nothing is dropped: user-defined missing codes stay in the
    values and are listed with the column.

    Parameters
    ----------
    path
        .sav, .zsav, .dta, .csv, .tsv (also packed with gzip), .xlsx (also .xls, .ods) or .parquet.
    columns
        Names of the columns to read; all when ``None``.
    encoding
        Encoding of a .csv, .sav or .dta whose own is unknown or wrongly declared.
    sheet
        Sheet of a workbook with several.

    Raises
    ------
    InputError
        For anything that stops it, in one sentence with the remedy.

    """
    path = Path(path)
    size = check_readable(path)
    kind = kind_of(path)
    if sheet is not None and kind != "workbook":
        raise InputError(N_('{file} is not a workbook, it has no sheets; leave out "--sheet".'), file=path.name)
    if encoding is not None:
        _check_encoding(path, encoding)
    raw = _reader(kind, sheet)(path, columns=columns, encoding=encoding)
    fingerprint = Fingerprint(name_of(path), sha256_of(path), size, raw.rows, len(raw.columns))
    notes = [*_surprise(path, kind), *raw.notes]
    return SurveyTable(raw.columns, raw.rows, fingerprint, raw.file_label, notes)


def _reader(kind: str, sheet: str | None) -> Callable[..., Raw]:
    match kind:
        case "sav":
            return readstat.read_sav
        case "dta":
            return readstat.read_dta
        case "csv":
            return csv_files.read_csv
        case "parquet":
            return parquet.read_parquet
        case _:
            return partial(xlsx.read_xlsx, sheet=sheet)


def _check_encoding(path: Path, encoding: str) -> None:
    try:
        "".encode(encoding)  # refuses also codecs that are not of text, such as hex
    except (LookupError, ValueError):
        raise InputError(
            N_('{file}: "{encoding}" is not an encoding; use for example utf-8, cp1251 or cp1252.'),
            file=path.name,
            encoding=encoding,
        ) from None


def name_of(path: Path) -> str:
    """The name of a file as text that can be written, with “?” for what the system cannot name in letters."""
    return path.name.encode(errors="replace").decode()


def sha256_of(path: Path) -> str:
    """SHA-256 of a file of any size, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_different(path: Path, other: Path) -> None:
    """Refuse one file under two names, which would be compared with itself.

    Raises
    ------
    InputError
        One of them cannot be read.
    UsageError
        Both hold the same bytes.

    """
    if check_readable(path) == check_readable(other) and sha256_of(path) == sha256_of(other):
        raise UsageError(
            N_("{file} and {other} are the same file (equal SHA-256); name the files of two different waves."),
            file=name_of(path),
            other=name_of(other),
        )


def check_readable(path: Path) -> int:
    """Size in bytes of a file that exists, is a file, may be read and holds something.

    Raises
    ------
    InputError
        It is not, or does not.

    """
    try:
        if path.is_dir():
            raise InputError(N_("{file} is a folder; name the survey file inside it."), file=str(path))
        with path.open("rb") as file:
            file.read(1)
        size = path.stat().st_size
    except FileNotFoundError:
        raise InputError(N_("{file} was not found; check the name and the folder."), file=str(path)) from None
    except (OSError, ValueError):
        raise InputError(N_("{file} may not be read; check its permissions."), file=str(path)) from None
    if size == 0:
        raise InputError(N_("{file} is empty (0 bytes); copy it again from its source."), file=path.name)
    return size


def kind_of(path: Path) -> str:
    """The format by the first bytes, whatever the suffix says."""
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith((b"$FL2", b"$FL3")):
        return "sav"
    if b"ENCRYPTEDSAV" in head[:64]:
        raise locked(path.name)
    if head.startswith(b"<stata_dta>") or (
        path.suffix.lower() == ".dta" and head[0] in _OLD_STATA and head[1] in (1, 2)
    ):
        return "dta"
    if head.startswith((b"PAR1", b"PARE")):
        return _parquet(path, head)
    if head.startswith(b"PK"):
        return _zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole(path)
    return _text(path, head)


def _parquet(path: Path, head: bytes) -> str:
    if head.startswith(b"PARE"):
        raise locked(path.name)
    return "parquet"


def _zip(path: Path) -> str:
    """A ZIP container is a workbook, or something that has to be unpacked first."""
    try:
        with zipfile.ZipFile(path) as archive:
            inside = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise InputError(
            N_("{file} is damaged or cut short; open it in Excel and save it again."), file=path.name
        ) from None
    if any(name.startswith("xl/") for name in inside) or "content.xml" in inside:
        return "workbook"
    raise InputError(
        N_("{file} is a ZIP archive or another document, not a workbook; unpack it and name the survey file inside."),
        file=path.name,
    )


def _ole(path: Path) -> str:
    """The old container of Office: a workbook locked with a password, or an .xls."""
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise locked(path.name)
    return "workbook"


def _text(path: Path, head: bytes) -> str:
    """What is left is text; formats that look like text or whose suffix claims another format are refused."""
    if b"SPSS PORT" in head.upper() or path.suffix.lower() in (".por", ".sas7bdat", ".xpt", ".rds", ".rdata"):
        raise InputError(
            N_("{file}: this format is not read, since it loses the missing codes; save it as .sav, .dta or .csv."),
            file=path.name,
        )
    claimed = next((kind for kind, suffixes in SUFFIXES.items() if path.name.lower().endswith(suffixes)), "csv")
    if claimed != "csv" and not _looks_like_rows(head):
        raise InputError(
            N_("{file} is not in {format} format, or its beginning is damaged; copy it again from its source."),
            file=path.name,
            format=_NAMES[claimed],
        )
    return "csv"


def _looks_like_rows(head: bytes) -> bool:
    """Whether these bytes are lines of separated cells rather than a damaged binary file."""
    return b"\0" not in head and any(separator in head.split(b"\n")[0] for separator in (b",", b";", b"\t"))


def _surprise(path: Path, kind: str) -> list[Note]:
    """A note where the content is not what the suffix says."""
    if path.name.lower().endswith(SUFFIXES[kind]):
        return []
    return [Note(N_("{file} is in {format} format and was read so."), {"file": path.name, "format": _NAMES[kind]})]
