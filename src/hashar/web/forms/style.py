"""The forms that the style page shows; nothing is done with what is sent."""

from django import forms

from hashar.i18n import N_
from hashar.web.texts import waiting

SECTORS = (("youth", "Youth"), ("parents", "Parents"), ("schools", "Schools"), ("health", "Health care"))


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Title", help_text="As it stands on the questionnaire.", max_length=80)
    year = forms.IntegerField(label="Year", min_value=1990, max_value=2100)
    made = forms.DateField(
        label="Day of the survey", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sector = forms.ChoiceField(label="Sector", choices=SECTORS)
    level = forms.ChoiceField(
        label="Level", choices=(("city", "City"), ("district", "District")), widget=forms.RadioSelect
    )
    sectors = forms.MultipleChoiceField(
        label="Sectors that take part",
        choices=SECTORS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="All that were at the table.",
    )
    notes = forms.CharField(label="Notes", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    consent = forms.BooleanField(label="The owner of the data has agreed to this use.")


class SampleFilters(forms.Form):
    """Filters of a list."""

    wave = forms.ChoiceField(label="Wave", choices=(("2023", "2023"), ("2021", "2021")), required=False)
    place = forms.CharField(label="Place", required=False)


class SampleFile(forms.Form):
    """A file."""

    file = forms.FileField(
        label=waiting(N_("File")), widget=forms.ClearableFileInput(attrs={"accept": ".sav,.csv,.xlsx"})
    )
