"""The official plan as a file, in the form that it came in."""

from typing import TYPE_CHECKING

from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.late import late
from hashar.plan.contracts.official import Edition
from hashar.reports.content.official_plan import OfficialForm, official_form
from hashar.reports.content.period_report import period_form

if TYPE_CHECKING:
    from hashar.flows.period_report import PeriodReport
    from hashar.reports.render import official_excel, official_word
else:  # each brings a library of its own; pages need neither
    official_excel = late("hashar.reports.render.official_excel")
    official_word = late("hashar.reports.render.official_word")

KINDS = ("docx", "xlsx")


def plan_document(edition: Edition, kind: str) -> bytes:
    """A plan as Word (``docx``) or Excel (``xlsx``): what is imported from it again is the same plan.

    Raises
    ------
    UsageError
        There is no such format.

    """
    return _rendered(official_form(edition), kind)


def report_document(report: "PeriodReport", language: str, kind: str) -> bytes:
    """The report of a period in the official form, as Word (``docx``) or Excel (``xlsx``).

    Raises
    ------
    UsageError
        There is no such format.

    """
    return _rendered(period_form(report, language), kind)


def _rendered(form: OfficialForm, kind: str) -> bytes:
    if kind not in KINDS:
        raise UsageError(
            N_("There is no format “{format}”. Use any of: {formats}."), format=kind, formats=", ".join(KINDS)
        )
    if kind == "docx":
        return official_word.render_official_word(form)
    return official_excel.render_official_excel(form)
