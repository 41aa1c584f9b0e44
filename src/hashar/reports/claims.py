"""A report's claims as a file."""

from typing import TYPE_CHECKING

from hashar.errors import UsageError
from hashar.evaluate.contracts.kept import ReportDetail
from hashar.i18n import N_
from hashar.late import late
from hashar.reports.content.claims import claims_document

if TYPE_CHECKING:
    from hashar.reports.render import html, pdf, word
else:  # each brings a library of its own; most processes write one format, or none
    html, pdf = late("hashar.reports.render.html"), late("hashar.reports.render.pdf")
    word = late("hashar.reports.render.word")

KINDS = ("docx", "pdf", "html")


def claims_file(report: ReportDetail, *, language: str, kind: str) -> bytes:
    """The claims of a report as Word (``docx``), PDF or one web page, in ``language``.

    Raises
    ------
    UsageError
        There is no such format.

    """
    document = claims_document(report, language)
    if kind == "docx":
        return word.render_word(document)
    if kind == "pdf":
        return pdf.render_pdf(document)
    if kind == "html":
        return html.render_html(document)
    raise UsageError(N_("There is no format “{format}”. Use any of: {formats}."), format=kind, formats=", ".join(KINDS))
