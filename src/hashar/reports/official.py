"""The official plan as a file, in the form that it came in."""

from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.plan.contracts.official import Edition
from hashar.reports.content.official_plan import official_form
from hashar.reports.render.official_excel import render_official_excel
from hashar.reports.render.official_word import render_official_word

KINDS = ("docx", "xlsx")


def plan_document(edition: Edition, kind: str) -> bytes:
    """A plan as Word (``docx``) or Excel (``xlsx``): what is imported from it again is the same plan.

    Raises
    ------
    UsageError
        There is no such format.

    """
    if kind not in KINDS:
        raise UsageError(
            N_("There is no format “{format}”. Use any of: {formats}."), format=kind, formats=", ".join(KINDS)
        )
    form = official_form(edition)
    return render_official_word(form) if kind == "docx" else render_official_excel(form)
