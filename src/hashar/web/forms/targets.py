"""The quick question about a target."""

from collections.abc import Mapping
from typing import Any

from django import forms

from hashar.i18n import N_, Translator
from hashar.web.forms.choices import offer
from hashar.web.texts import waiting

LARGEST = 10**9


class TargetForm(forms.Form):
    """One line of words, and what the survey is like."""

    q = forms.CharField(
        label=waiting(N_("What are you aiming at?")),
        max_length=300,
        required=False,
        help_text=waiting(N_("For example: 30-day cannabis 2 % → 1 %.")),
    )
    release = forms.TypedChoiceField(label=waiting(N_("Profile")), coerce=int, empty_value=None, required=False)
    n = forms.IntegerField(label=waiting(N_("Answers in one wave (n)")), required=False, min_value=1, max_value=LARGEST)
    deff = forms.FloatField(
        label=waiting(N_("Design effect")), required=False, min_value=0.01, max_value=1000, localize=True
    )
    population = forms.IntegerField(
        label=waiting(N_("Pupils there are")), required=False, min_value=1, max_value=LARGEST
    )

    def __init__(self, titles: Mapping[int, Mapping[str, str]], t: Translator, data: Any = None) -> None:  # noqa: ANN401  (a QueryDict or nothing)
        super().__init__(data)
        offer(self, "release", [("", t.gettext("none")), *((one, t.pick(title)) for one, title in titles.items())])
