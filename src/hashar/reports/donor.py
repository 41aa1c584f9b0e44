"""The donor form as a file: Word, Excel, or CSV for other programs."""

from typing import TYPE_CHECKING

from hashar.errors import NotFound
from hashar.i18n import N_, Translator
from hashar.late import late
from hashar.reports.content.activity_words import ages_word
from hashar.reports.content.donor import DonorForm, donor_document, donor_workbook
from hashar.reports.render.results import csv_text, defused

if TYPE_CHECKING:
    from hashar.reports.render import excel, word
else:  # each brings a library of its own; pages need neither
    excel, word = late("hashar.reports.render.excel"), late("hashar.reports.render.word")

KINDS = ("docx", "xlsx", "csv")


def donor_file(form: DonorForm, t: Translator, kind: str) -> bytes:
    """The form as Word (``docx``), Excel (``xlsx``) or CSV (``csv``: one line for each activity).

    Raises
    ------
    NotFound
        There is no such format.

    """
    if kind == "docx":
        return word.render_word(donor_document(form, t))
    if kind == "xlsx":
        return excel.render_excel(donor_workbook(form, t))
    if kind == "csv":
        return _csv(form, t).encode("utf-8-sig")
    raise NotFound(N_("There is no such format. Go back and choose another."))


def _csv(form: DonorForm, t: Translator) -> str:
    rows = form.activities
    columns: dict[str, list[object]] = {
        "id": [one.id for one in rows],
        "date": [one.date.isoformat() for one in rows],
        "activity": [one.title for one in rows],
        "place": [one.place for one in rows],
        "territory": [t.pick(one.territory_names) for one in rows],
        "organisation": [one.organisation.name for one in rows],
        "strategy": [one.strategy for one in rows],
        "ages": [ages_word(t, one.ages) for one in rows],
        "sessions": [one.sessions for one in rows],
        "contacts": ["<5" if one.few else one.contacts for one in rows],
    }
    return csv_text({name: [defused(value) for value in values] for name, values in columns.items()})
