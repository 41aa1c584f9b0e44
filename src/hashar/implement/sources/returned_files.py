"""A returned file: which kind it is, and what is written in it."""

import hashlib
import io
import zipfile

from hashar.errors import InputError, TooLarge
from hashar.i18n import N_
from hashar.implement.contracts.form_files import WrittenForm
from hashar.implement.sources.returned_answers import read_answers_file
from hashar.implement.sources.returned_sheets import read_sheets
from hashar.intake.containers import damaged, locked

MOST_BYTES = 10_000_000
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old Office files, and files with a password, begin."""
PICTURES = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")


def read_returned_file(content: bytes, name: str) -> WrittenForm:
    """A form that came back, as it was written.

    Raises
    ------
    InputError
        It is no form, or cannot be read; the sentence says what to do.
    TooLarge
        It is far larger than a form.

    """
    if len(content) > MOST_BYTES:
        raise TooLarge(
            N_("{file} is larger than {size} MB, more than a form. Send the form alone."),
            file=name,
            size=MOST_BYTES // 1_000_000,
        )
    digest = hashlib.sha256(content).hexdigest()
    _check_kind(content, name)
    if content.startswith(b"PK"):
        return read_sheets(content, name, digest)
    return read_answers_file(_decoded(content, name), name, digest)


def _check_kind(content: bytes, name: str) -> None:
    if not content.strip():
        raise InputError(N_("{file} is empty. Choose the form that came back."), file=name)
    if content.startswith(PICTURES) or (content[4:8] == b"ftyp"):
        raise InputError(N_("{file} is a picture or a PDF. Ask for the form as a file, filled in."), file=name)
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise locked(name)
        raise InputError(N_("{file} is in an old format of Office. Save it as .xlsx, and choose that file."), file=name)
    if content.startswith(b"PK"):
        _check_archive(content, name)


def _check_archive(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise damaged(name) from None
    if len(set(names)) < len(names):  # two readers may take different ones of the same name
        raise damaged(name)
    if not any(each.startswith("xl/") for each in names):
        raise InputError(
            N_("{file} is not the form: it is no .xlsx, .html or .json. Fill in the file that was sent."), file=name
        )


def _decoded(content: bytes, name: str) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise InputError(
            N_("{file} is not the form: it is no .xlsx, .html or .json. Fill in the file that was sent."), file=name
        ) from None
