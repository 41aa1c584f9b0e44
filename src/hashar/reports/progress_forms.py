"""The form for one responsible body as a file to send: a workbook, or a page that works without a network."""

from typing import TYPE_CHECKING

from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.implement.contracts.progress import Form
from hashar.late import late
from hashar.reports.content.progress_form import form_file_name, progress_form

if TYPE_CHECKING:
    from hashar.reports.render import progress_excel, progress_page
else:  # each brings a library of its own; pages need neither
    progress_excel = late("hashar.reports.render.progress_excel")
    progress_page = late("hashar.reports.render.progress_page")

KINDS = ("xlsx", "html")


def form_file(form: Form, kind: str) -> bytes:
    """A form as XLSX or as one HTML file.

    Raises
    ------
    UsageError
        There is no such format.

    """
    _check(kind)
    document = progress_form(form)
    return progress_excel.render_form(document) if kind == "xlsx" else progress_page.render_form(document)


def form_name(form: Form, kind: str) -> str:
    """What the file is called.

    Raises
    ------
    UsageError
        There is no such format.

    """
    _check(kind)
    return form_file_name(form, f".{kind}")


def _check(kind: str) -> None:
    if kind not in KINDS:
        raise UsageError(
            N_("There is no format “{format}”. Use any of: {formats}."), format=kind, formats=", ".join(KINDS)
        )
