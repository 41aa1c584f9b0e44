"""Write a profile: every asked format into one folder, all of them or none."""

import datetime as dt
import json
import math
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from hashar.assess.contracts.plain import plain
from hashar.assess.contracts.profile import Profile
from hashar.errors import UsageError
from hashar.i18n import N_, Translator
from hashar.late import late
from hashar.reports.content.document import Chart, Document, Records
from hashar.reports.content.profile import profile_document
from hashar.reports.content.tidy import profile_records
from hashar.reports.content.workbook import profile_workbook
from hashar.reports.render.charts import Gallery
from hashar.reports.render.files import staged, write_bytes
from hashar.reports.render.results import Columns, defused, table_writer

if TYPE_CHECKING:
    from hashar.reports.render import excel, html, pdf, word
else:  # each brings a library of its own; most processes write one format, or none
    excel, html = late("hashar.reports.render.excel"), late("hashar.reports.render.html")
    pdf, word = late("hashar.reports.render.pdf"), late("hashar.reports.render.word")

FORMATS = ("html", "pdf", "docx", "xlsx", "csv", "parquet", "json")
SCHEMA = "hashar.profile/1"

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is being done (a msgid), the files made and the files asked for."""


def write_profile(
    profile: Profile,
    *,
    folder: Path,
    language: str,
    formats: Sequence[str],
    progress: Progress | None = None,
    pictures: Progress | None = None,
) -> list[Path]:
    """Write ``profile`` as ``profile.<language>.<format>`` into ``folder`` and return the paths in the order asked.

    Everything is made in a folder beside and moved in at the end, so that a full disk or an error leaves nothing
    half-written. Nothing is fetched from a network.

    Parameters
    ----------
    profile
        What to report; only ``Published`` numbers are in it.
    folder
        Made if there is none; files of the same names are replaced, others stay.
    language
        One of :data:`hashar.i18n.LANGUAGES`.
    formats
        Any of :data:`FORMATS`; asked twice is written once.
    progress
        Told before each file and at the end (then with an empty text).
    pictures
        Told after each chart that was drawn, which is what takes the time.

    Raises
    ------
    UsageError
        A format that does not exist.
    OutputError
        The disk is full, the folder may not be written, a file is in its way.

    """
    asked = list(dict.fromkeys(formats))
    unknown = [name for name in asked if name not in FORMATS]
    if unknown:
        raise UsageError(
            N_("There is no format “{format}”. Use any of: {formats}."), format=unknown[0], formats=", ".join(FORMATS)
        )
    maker = _Maker(profile, language, pictures or _untold)
    names = [f"profile.{language}.{name}" for name in asked]
    tell = progress or _untold
    with staged(folder) as stage:
        for done, (name, kind) in enumerate(zip(names, asked, strict=True)):
            tell(N_("Writing the documents"), done, len(asked))
            write_bytes(stage / name, maker.make(kind))
    tell("", len(asked), len(asked))
    return [folder / name for name in names]


def _untold(step: str, done: int, whole: int) -> None:
    """Nobody wants to know."""


class _Maker:
    """Makes formats; the document and its pictures are made once for all of them."""

    def __init__(self, profile: Profile, language: str, pictures: Progress) -> None:
        self._profile = profile
        self._language = language
        self._pictures = pictures
        self._drawn = 0
        self._gallery = Gallery(Translator(language), self._drew)
        self._document: Document | None = None
        self._records: Records | None = None

    def make(self, kind: str) -> bytes:
        """One format."""
        match kind:
            case "html":
                return html.render_html(self._whole(), self._gallery)
            case "pdf":
                return pdf.render_pdf(self._whole(), self._gallery)
            case "docx":
                return word.render_word(self._whole(), self._gallery)
            case "xlsx":
                return excel.render_excel(profile_workbook(self._profile, self._language))
            case "json":
                return profile_json(self._profile)
            case _:
                return self._table(kind)

    def _drew(self) -> None:
        self._drawn += 1
        charts = sum(isinstance(block, Chart) for block in self._whole().blocks)
        self._pictures(N_("Drawing the charts"), self._drawn, max(self._drawn, charts))

    def _whole(self) -> Document:
        if self._document is None:
            self._document = profile_document(self._profile, self._language)
        return self._document

    def _table(self, kind: str) -> bytes:
        if self._records is None:
            self._records = profile_records(self._profile, self._language)
        columns = record_columns(self._records, for_spreadsheets=kind == "csv")
        return table_writer(Path(f"profile.{kind}"))(columns, about(self._profile), "profile")


def about(profile: Profile) -> dict[str, str]:
    """Provenance as flat texts, for the metadata of a table."""
    origin = profile.provenance
    return {
        "version": origin.version,
        "computed_at": origin.computed_at.isoformat(),
        "operator": origin.operator,
        **{f"source.{file.name}": file.sha256 for file in (*origin.sources, origin.codebook)},
        **{f"method.{name}": value for name, value in origin.methods.items()},
        **{f"parameter.{name}": value for name, value in origin.parameters.items()},
    }


def record_columns(records: Records, *, for_spreadsheets: bool) -> Columns:
    """Columns of the tidy table; ``for_spreadsheets``: no text can be taken for a formula when a CSV is opened."""
    columns: dict[str, list[object]] = {}
    for name, kind in records.columns.items():
        values = [row[name] for row in records.rows]
        columns[name] = [defused(value) for value in values] if for_spreadsheets and kind is str else values
    return columns


def profile_json(profile: Profile) -> bytes:
    """The whole profile as JSON, texts in all the languages their authors gave.

    Keys are the fields of :mod:`hashar.assess.contracts.profile`; a published number is ``{"value": …}`` or
    ``{"suppressed": reason}``; a number that is not defined (NaN, infinity) is ``null``.
    """
    content = {"schema": SCHEMA, "profile": plain(profile, _scalar)}
    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _scalar(value: object) -> object:
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
