"""Forms of places: what an import needs to know."""

from django import forms

from hashar.i18n import LANGUAGE_NAMES, N_
from hashar.web.forms.choices import offer
from hashar.web.texts import waiting


class PlaceImportForm(forms.Form):
    """A file with territories or population."""

    organisation = forms.TypedChoiceField(label=waiting(N_("For which organisation")), coerce=int)
    kind = forms.ChoiceField(
        label=waiting(N_("What the file holds")),
        choices=[
            ("territories", waiting(N_("Districts, cities, regions (CSV or GeoJSON)"))),
            ("population", waiting(N_("Population (CSV)"))),
        ],
        widget=forms.RadioSelect,
        initial="territories",
    )
    file = forms.FileField(
        label=waiting(N_("File")),
        help_text=waiting(N_("CSV in UTF-8, or GeoJSON in degrees. Nothing is written before you confirm.")),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.geojson,.json"}),
    )
    parent = forms.CharField(
        label=waiting(N_("Where places without a parent lie")),
        required=False,
        max_length=20,
        help_text=waiting(N_("A code, as KZ-75. Leave empty when the file has a column “parent”.")),
    )
    language = forms.ChoiceField(
        label=waiting(N_("Language of a column called “name”")), choices=list(LANGUAGE_NAMES.items())
    )
    source = forms.CharField(
        label=waiting(N_("Source")),
        max_length=200,
        help_text=waiting(N_("Who made the data, and when: it is shown wherever they are used.")),
    )
    licence = forms.CharField(
        label=waiting(N_("Licence")),
        max_length=80,
        required=False,
        help_text=waiting(N_("For example CC BY 4.0; empty when you do not know.")),
    )

    def __init__(self, organisations: dict[int, str], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        offer(self, "organisation", organisations.items())
