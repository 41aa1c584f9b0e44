"""Which files the SQL engines read by themselves, and how a CSV file among them is written."""

from dataclasses import dataclass
from pathlib import Path

from hashar.assess.sources.csv_text import Form, form_of
from hashar.errors import EngineError, InputError
from hashar.i18n import N_

ENCODINGS = ("utf-8", "utf-8-sig", "ascii")


@dataclass(frozen=True)
class File:
    """A Parquet file, or a CSV file with its ``form``."""

    path: Path
    form: Form | None


def look(path: Path, encoding: str | None = None) -> File:
    """Tell the format of a file by its content.

    Raises
    ------
    EngineError
        A format or encoding that only the engine ``memory`` reads.
    InputError
        A file that cannot be opened, or whose header cannot be understood.

    """
    try:
        with path.open("rb") as opened:
            head = opened.read(4)
    except OSError:
        raise InputError(N_("{file} cannot be opened; check the name and its permissions."), file=str(path)) from None
    if head == b"PAR1":
        return File(path, None)
    if head.startswith((b"$FL", b"PK", b"<sta", b"PARE")) or path.suffix.lower() == ".dta":
        raise EngineError(
            N_("{file} is neither CSV nor Parquet, which is all that this engine reads: use the engine memory."),
            file=path.name,
        )
    form = form_of(path, encoding)
    if form.encoding.lower() not in ENCODINGS:
        raise EngineError(
            N_("{file} is written in {encoding}; this engine reads only UTF-8: save it so, or use the engine memory."),
            file=path.name,
            encoding=form.encoding,
        )
    return File(path, form)
