"""A plan as it came: which kind of file it is, and its tables."""

import hashlib
import io
import zipfile

from hashar.errors import InputError
from hashar.i18n import N_
from hashar.intake.containers import locked
from hashar.plan.contracts.grids import GridFile
from hashar.plan.sources.excel_tables import read_sheets
from hashar.plan.sources.word_tables import WordFile

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old Word and Excel files, and files with a password, begin."""


def read_plan_file(content: bytes, name: str) -> GridFile:
    """The tables of a plan.

    Raises
    ------
    InputError
        It is no Word or Excel file, or one that cannot be read; the sentence says what to do.

    """
    digest = hashlib.sha256(content).hexdigest()
    kind = _kind(content, name)
    if kind == "word":
        word = WordFile(content, name)
        return GridFile(name, digest, len(content), word.flow, word.footnotes, word.pictures, word.tracked)
    return GridFile(name, digest, len(content), read_sheets(content, name))


def _kind(content: bytes, name: str) -> str:
    """``word`` or ``excel``, by what the file is and not by what it is called."""
    if not content:
        raise InputError(N_("{file} is empty; choose the file with the plan."), file=name)
    if content.startswith(b"%PDF"):
        raise InputError(
            N_("{file} is a PDF; ask for the plan as Word or Excel, or copy its table into Word."), file=name
        )
    if content.startswith(OLE):
        return _old(content, name)
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
        if any(each.startswith("xl/") for each in names) or b"opendocument.spreadsheet" in content[:200]:
            return "excel"
        if b"opendocument.text" in content[:200]:
            raise InputError(N_("{file} is an OpenDocument text; save it as .docx, and choose that file."), file=name)
        return "word"
    if content.startswith(b"PK"):
        return "word" if name.lower().endswith(".docx") else "excel"
    raise InputError(N_("{file} is no Word or Excel file; choose the plan as .docx or .xlsx."), file=name)


def _old(content: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise locked(name)
    if "WordDocument".encode("utf-16-le") in content:
        raise InputError(N_("{file} is in an old format of Word; save it as .docx, and choose that file."), file=name)
    return "excel"
