"""Forms of official plans: a file, a filter, answers to what was unsure."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict

from hashar.i18n import N_
from hashar.plan.contracts.plans import PlanPreview
from hashar.web.texts import waiting

ACCEPTED = ".docx,.xlsx,.xls,.ods"
DIGITS = 18
"""Of the largest number that every database takes."""
MISSING = [
    ("", waiting(N_("any"))),
    ("lead", waiting(N_("without lead"))),
    ("civil", waiting(N_("without civil society"))),
]


class PlanFileForm(forms.Form):
    """The file of a plan, and for whom it is imported."""

    organisation = forms.TypedChoiceField(label=waiting(N_("For which organisation")), coerce=int)
    file = forms.FileField(
        label=waiting(N_("File")),
        help_text=waiting(N_("The plan as Word or Excel, as it is. Nothing is stored before you confirm.")),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, organisations: Mapping[int, str], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        field = self.fields["organisation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(organisations.items())
        if len(organisations) == 1:
            field.initial = next(iter(organisations))
            field.widget = forms.HiddenInput()


class MeasuresForm(forms.Form):
    """Which measures are shown."""

    body = forms.ChoiceField(label=waiting(N_("Responsible")), required=False)
    before = forms.DateField(
        label=waiting(N_("Due until")),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    missing = forms.ChoiceField(label=waiting(N_("Still missing")), required=False, choices=MISSING)

    def __init__(self, bodies: Sequence[str], everybody: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        field = self.fields["body"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", everybody), *((body, body) for body in bodies)]


class Answers:
    """What a person said on the page of an import. Fields that hold nothing, or nonsense, say nothing."""

    def __init__(self, sent: QueryDict, found: PlanPreview) -> None:
        self.bodies = {
            each.name: int(said)
            for at, each in enumerate(found.bodies)
            if (said := sent.get(f"body-{at}", "")).isdecimal() and len(said) <= DIGITS
        }
        rows = {doubt.row for doubt in found.doubts}
        days = {row: _day(sent.get(f"day-{row}", "")) for row in rows}
        self.deadlines = {row: day for row, day in days.items() if day is not None}
        self.same = {
            change.after: sent[f"same-{change.after}"] == "yes"
            for change in found.changes
            if change.after is not None and sent.get(f"same-{change.after}") in ("yes", "no")
        }


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
