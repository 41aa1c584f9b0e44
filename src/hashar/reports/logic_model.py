"""A logic model as Word or PDF."""

from typing import TYPE_CHECKING

from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.late import late
from hashar.plan.contracts.logic_model import LogicModel
from hashar.plan.contracts.stored_models import ModelDetail
from hashar.reports.content.logic_model import model_report

if TYPE_CHECKING:
    from hashar.reports.render import pdf, word
else:  # each brings a library of its own; pages need neither
    pdf = late("hashar.reports.render.pdf")
    word = late("hashar.reports.render.word")

KINDS = ("docx", "pdf")


def model_document(it: ModelDetail, model: LogicModel, *, language: str, kind: str) -> bytes:
    """A model with its picture, its table and its findings, as Word (``docx``) or PDF.

    Raises
    ------
    UsageError
        There is no such format.

    """
    if kind not in KINDS:
        raise UsageError(N_("There is no such format. Go back and choose another."))
    report = model_report(it, model, language)
    return pdf.render_pdf(report) if kind == "pdf" else word.render_word(report)
