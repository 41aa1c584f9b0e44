"""What a site shows of a profile: parts as HTML, charts as files, documents kept once they are made."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from hashar.assess.contracts.profile import Profile
from hashar.errors import NotFound
from hashar.i18n import N_, Translator
from hashar.reports.content import parts
from hashar.reports.content.document import Chart
from hashar.reports.content.wording import words
from hashar.reports.ground import ground_of
from hashar.reports.render.files import write_bytes
from hashar.reports.render.fragments import Addresses, render_fragment
from hashar.reports.render.pictures import key_of, picture
from hashar.reports.render.pictures import specification as picture_specification
from hashar.reports.services import FORMATS, Progress, write_profile

LOOKS: Mapping[str, tuple[bool, bool]] = {
    "wide-light": (False, False),
    "wide-dark": (False, True),
    "narrow-light": (True, False),
    "narrow-dark": (True, True),
}
"""Look → whether narrow, whether dark."""
NO_CHART = N_("There is no such chart (any more). Load the page again.")
QUICK = ("csv", "json", "parquet", "xlsx")
"""Formats that are made while one waits; the others draw every chart and take seconds."""
TYPES: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}


@dataclass(frozen=True)
class PartPage:
    """One part of a profile, ready to stand in a page."""

    name: str
    title: str
    body: Markup
    """HTML in which every text is escaped."""
    charts: tuple[Chart, ...]


def part_page(
    profile: Profile, *, language: str, name: str, subject: str = "", addresses: Addresses, look: str = ""
) -> PartPage:
    """One part of ``profile`` as HTML; ``look`` is ``light``, ``dark``, or empty for what the device says.

    Raises
    ------
    NotFound
        The profile has no such part, indicator or factor.

    """
    translator = Translator(language)
    ground = ground_of(profile) if subject else None
    part = parts.profile_part(profile, language, name, subject, ground)
    body = render_fragment(part.blocks, translator, words(translator), addresses, look)
    return PartPage(name, part.title, body, tuple(block for block in part.blocks if isinstance(block, Chart)))


def kept_picture(folder: Path, key: str, look: str) -> Path:
    """Where the picture of that key and look is, or will be."""
    return folder / f"{key}-{look}.svg"


def draw(page: PartPage, *, language: str, at: int, look: str, folder: Path) -> Path:
    """Draw a chart of a part as :func:`draw_chart` does.

    Raises
    ------
    NotFound
        The part has no such chart.

    """
    return draw_chart(_chart(page, at), Translator(language), look=look, folder=folder)


def draw_chart(chart: Chart, translator: Translator, *, look: str, folder: Path) -> Path:
    """Draw a chart unless its picture is in ``folder`` already, and return its file.

    Raises
    ------
    NotFound
        There is no such look.
    OutputError
        The disk is full, or the folder may not be written.

    """
    if look not in LOOKS:
        raise NotFound(NO_CHART)
    narrow, dark = LOOKS[look]
    target = kept_picture(folder, key_of(chart, translator.language), look)
    if not target.exists():
        write_bytes(target, picture(chart, translator, narrow=narrow, dark=dark))
    return target


def specification(page: PartPage, *, language: str, at: int, narrow: bool) -> bytes:
    """A chart of a part as compiled Vega JSON.

    Raises
    ------
    NotFound
        The part has no such chart.

    """
    return picture_specification(_chart(page, at), Translator(language), narrow=narrow)


def _chart(page: PartPage, at: int) -> Chart:
    if not 0 <= at < len(page.charts):
        raise NotFound(NO_CHART)
    return page.charts[at]


def document_path(folder: Path, *, key: str, language: str, kind: str) -> Path:
    """Where the document of a release is kept; ``key`` tells one release from any other."""
    name = hashlib.sha256(key.encode()).hexdigest()[:24]
    return folder / name / f"profile.{language}.{kind}"


def make_document(
    profile: Profile, *, folder: Path, key: str, language: str, kind: str, pictures: Progress | None = None
) -> Path:
    """Make a document unless it is there already, whole or not at all, and return its file.

    Raises
    ------
    NotFound
        A format that does not exist.
    OutputError
        The disk is full, or the folder may not be written.

    """
    if kind not in FORMATS:
        raise NotFound(N_("There is no such format. Go back and choose another."))
    target = document_path(folder, key=key, language=language, kind=kind)
    if not target.exists():
        write_profile(profile, folder=target.parent, language=language, formats=[kind], pictures=pictures)
    return target
