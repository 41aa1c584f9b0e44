"""The forms of all bodies of a collection in one archive, each named after its body."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence

from hashar.implement.contracts.progress import Form
from hashar.reports.progress_forms import form_file

LONGEST_NAME = 80
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The same forms make the same archive."""


def form_archive(forms: Sequence[Form], kind: str) -> bytes:
    """A ZIP with a form for each body.

    Raises
    ------
    UsageError
        There is no such format.

    """
    buffer = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for form in forms:
            name = _name(form.body, taken)
            archive.writestr(zipfile.ZipInfo(f"{name}.{kind}", EARLIEST), form_file(form, kind))
    return buffer.getvalue()


def archive_name(forms: Sequence[Form]) -> str:
    """What the archive is called: the period and the language."""
    first = forms[0]
    return f"{first.period.start:%Y-%m}–{first.period.end:%Y-%m}.{first.language}.zip"


def _name(body: str, taken: set[str]) -> str:
    """The body's name as a file's name; a second one of the same letters gets a number."""
    plain = re.sub(r"[^\w-]+", " ", unicodedata.normalize("NFC", body)).strip()[:LONGEST_NAME].strip() or "form"
    found, number = plain, 2
    while found.casefold() in taken:
        found, number = f"{plain} {number}", number + 1
    taken.add(found.casefold())
    return found
