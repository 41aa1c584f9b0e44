"""Forms of the vocabulary: filters, slang names, own indicators."""

from collections.abc import Mapping

from django import forms

from hashar.i18n import LANGUAGE_NAMES, N_, Translator
from hashar.reference import queries
from hashar.web.forms.choices import offer, shown
from hashar.web.texts import waiting

KIND_WORDS: Mapping[str, str] = {
    "prevalence": N_("prevalence"),
    "attitude": N_("attitude"),
    "availability": N_("availability"),
    "detection": N_("detection (a register)"),
    "process": N_("process"),
}
UNIT_WORDS: Mapping[str, str] = {
    "share": N_("share of people"),
    "count": N_("number"),
    "per_100k": N_("per 100,000 people"),
    "kg": N_("kilograms"),
    "litres": N_("litres"),
}
DIRECTION_WORDS: Mapping[str, str] = {
    "down": N_("lower is better"),
    "up": N_("higher is better"),
    "neither": N_("neither is better"),
}


def substance_choices(t: Translator) -> list[tuple[str, str]]:
    """All substance groups by name, in the order of reports."""
    return [(code, t.pick(one.name)) for code, one in queries.substances().items()]


class IndicatorFilter(forms.Form):
    """Which indicators to list."""

    kind = forms.ChoiceField(label=waiting(N_("Kind")), required=False)
    substance = forms.ChoiceField(label=waiting(N_("Substance")), required=False)

    def __init__(self, t: Translator, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        offer(self, "kind", [("", t.gettext("all kinds")), *shown(KIND_WORDS)])
        offer(self, "substance", [("", t.gettext("all substances")), *substance_choices(t)])


class SlangForm(forms.Form):
    """A slang name that somebody heard."""

    substance = forms.ChoiceField(label=waiting(N_("Substance")))
    language = forms.ChoiceField(label=waiting(N_("Language")), choices=list(LANGUAGE_NAMES.items()))
    name = forms.CharField(label=waiting(N_("Name")), max_length=60)
    organisation = forms.TypedChoiceField(label=waiting(N_("In the name of")), coerce=int)

    def __init__(self, t: Translator, organisations: Mapping[int, str], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        offer(self, "substance", substance_choices(t))
        offer(self, "organisation", organisations.items())


class OwnIndicatorForm(forms.Form):
    """An indicator of one's own organisation."""

    organisation = forms.TypedChoiceField(label=waiting(N_("Organisation")), coerce=int)
    code = forms.CharField(
        label=waiting(N_("Code")), max_length=40, help_text=waiting(N_("Small Latin letters, digits, underscores."))
    )
    name = forms.CharField(label=waiting(N_("Name")), max_length=160)
    definition = forms.CharField(
        label=waiting(N_("Definition")),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=waiting(N_("Who is counted, what counts, in which time, out of whom.")),
    )
    kind = forms.ChoiceField(label=waiting(N_("Kind")), choices=shown(KIND_WORDS))
    unit = forms.ChoiceField(label=waiting(N_("Unit")), choices=shown(UNIT_WORDS))
    direction = forms.ChoiceField(
        label=waiting(N_("Direction")),
        choices=shown(DIRECTION_WORDS),
        help_text=waiting(N_("For a register: neither. More found may mean better work.")),
    )
    substance = forms.ChoiceField(label=waiting(N_("Substance")), required=False)

    def __init__(self, t: Translator, organisations: Mapping[int, str], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        offer(self, "organisation", organisations.items())
        offer(self, "substance", [("", t.gettext("none")), *substance_choices(t)])
