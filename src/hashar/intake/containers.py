"""Packed containers (.xlsx, .ods, .docx): whether they may be unpacked at all. Nothing in them is run."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import TypeAlias

from hashar.errors import InputError
from hashar.i18n import N_
from hashar.intake.extents import check_extent_of_sheets

UNPACKED_LIMIT = 1 << 30
"""A container that unpacks to more than this (bytes) is a trap or has to become a CSV or Parquet file."""
RATIO_LIMIT = 250
RATIO_FROM = 50 << 20
"""Above this unpacked size a member that shrinks by more than the ratio was made to exhaust the memory."""
MACROS = ("xl/vbaProject.bin", "xl/macrosheets/", "word/vbaProject.bin")

Content: TypeAlias = Path | io.BytesIO


def locked(name: str) -> InputError:
    """The sentence for a file with a password."""
    return InputError(N_("{file} is password-protected; save it without a password."), file=name)


def damaged(name: str) -> InputError:
    """The sentence for a workbook that cannot be read."""
    return InputError(N_("{file} is damaged or cut short; open it in Excel and save it again."), file=name)


def check_container(content: Content, name: str, *, limit: int = 0) -> None:
    """Refuse a ZIP container that is broken, or made to unpack without end, before anything unpacks it.

    Parameters
    ----------
    content
        The file, or its bytes.
    name
        What it is called in the sentence.
    limit
        Bytes it may unpack to; 0: as many as a workbook with data may.

    Raises
    ------
    InputError
        It may not be unpacked.

    """
    if not zipfile.is_zipfile(content):
        if _begin(content) == b"PK":
            raise damaged(name)
        return
    try:
        with zipfile.ZipFile(content) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            packed = max(1, sum(member.compress_size for member in members))
            if total > (limit or UNPACKED_LIMIT) or (total > RATIO_FROM and total / packed > RATIO_LIMIT):
                raise InputError(_too_much(limit), file=name, size=total // 1_000_000)
            if archive.testzip() is not None:
                raise damaged(name)
            check_extent_of_sheets(name, archive)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise damaged(name) from None


def _too_much(limit: int) -> str:
    if limit:
        return N_("{file} would unpack to {size} MB, too much for a plan; keep only its text and tables.")
    return N_("{file} would unpack to {size} MB, too much for a workbook; save the data as CSV or Parquet.")


def has_macros(content: Content) -> bool:
    """Whether a container carries programs of its own."""
    if not zipfile.is_zipfile(content):
        return False
    with zipfile.ZipFile(content) as archive:
        return any(name.startswith(MACROS) for name in archive.namelist())


def _begin(content: Content) -> bytes:
    if isinstance(content, Path):
        with content.open("rb") as file:
            return file.read(2)
    return content.getvalue()[:2]
