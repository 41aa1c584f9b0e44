"""Decisions about uploaded files: what they may be called, which kinds are taken, how large they may be."""

import re
import unicodedata

from hashar.errors import InputError, TooLarge
from hashar.i18n import N_

KINDS = (".sav", ".zsav", ".dta", ".csv", ".tsv", ".xlsx", ".parquet")
LONGEST_NAME = 100
"""Characters; 200 bytes at most, so that any file system takes it."""
MOST_BYTES = 200
MOST_ROWS = 5_000_000
MOST_COLUMNS = 5_000
MOST_CELLS = 400_000_000
"""Rows × columns that a run may read into memory (8 bytes each)."""
AT_ONCE_CELLS = 10_000_000
AT_ONCE_BYTES = 20_000_000
"""Up to these a file is read while the person waits; larger ones are looked through by a run."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|clock\$|conin\$|conout\$)(\.|$)", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"/\\|?*]')


def safe_name(name: str) -> str:
    """A name for the data folder that says what the given one says, whatever that was.

    No folder, no letter that a file system refuses or that cannot be seen, no name that Windows keeps for itself, not
    too long; the suffix stays.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(letter if letter.isprintable() else "_" for letter in last if _can_be_written(letter))
    plain = _UNSAFE.sub("_", shown).strip(" .")
    stem, suffix = ("", f".{plain}") if f".{plain}".lower() in KINDS else _parted(plain)
    if _RESERVED.match(plain) or not stem.strip("_ "):
        stem = f"survey_{stem}" if stem.strip("_ ") else "survey"
    return _short(stem.rstrip(" ."), suffix.lower())


def _can_be_written(letter: str) -> bool:
    """Half of a pair of UTF-16 is no letter."""
    return not 0xD800 <= ord(letter) <= 0xDFFF


def _parted(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    return (stem, f".{suffix}".lower()) if dot else (name, "")


def _short(stem: str, suffix: str) -> str:
    suffix = suffix[:12]
    stem = stem[: LONGEST_NAME - len(suffix)]
    while len(f"{stem}{suffix}".encode()) > MOST_BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip(' .')}{suffix}"


def require_kind(name: str) -> str:
    """The suffix of a kind that is taken.

    Raises
    ------
    InputError
        Any other suffix, with what to do instead.

    """
    suffix = _parted(name)[1]
    if suffix in KINDS:
        return suffix
    if suffix in (".xlsm", ".xlsb", ".xltm"):
        raise InputError(N_("{file} is a workbook with macros; save it as .xlsx without macros."), file=name)
    if suffix in (".gz", ".zip", ".rar", ".7z"):
        raise InputError(N_("{file} is packed; unpack it and choose the survey file inside."), file=name)
    if suffix in (".xls", ".ods", ".por", ".sas7bdat", ".xpt", ".rds", ".rdata"):
        raise InputError(
            N_("{file}: this kind of file is not taken; save it as .sav, .dta, .csv, .xlsx or .parquet."), file=name
        )
    raise InputError(N_("{file}: only survey files are taken: {kinds}."), file=name, kinds=", ".join(KINDS))


def check_extent(file: str, rows: int, columns: int) -> None:
    """Refuse what would not fit into memory.

    Raises
    ------
    TooLarge
        Too many rows, columns or both.

    """
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise TooLarge(
            N_("{file} has {rows} rows and {columns} columns; at most {most_rows} and {most_columns} are taken."),
            file=file,
            rows=rows,
            columns=columns,
            most_rows=MOST_ROWS,
            most_columns=MOST_COLUMNS,
        )
