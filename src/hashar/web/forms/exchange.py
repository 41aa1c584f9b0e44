"""Forms of practices: what to look for, what fits, one's own practice, a confirmation."""

from collections.abc import Mapping
from typing import Any

from django import forms

from hashar.exchange.contracts import Draft, Practice, Wanted
from hashar.i18n import LANGUAGE_NAMES, LANGUAGES, N_, Translator
from hashar.reference.queries import factors
from hashar.web.practice_words import COSTS, LANES, SETTINGS
from hashar.web.texts import waiting

OLDEST = 120
ANY = ("", waiting(N_("any")))


def _choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(key, waiting(word)) for key, word in words.items()]


def _age(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=waiting(label), required=False, min_value=0, max_value=OLDEST)


class PracticeFilter(forms.Form):
    """Which practices to list."""

    lane = forms.ChoiceField(label=waiting(N_("Kind")), required=False, choices=[ANY, *_choices(LANES)])
    setting = forms.ChoiceField(label=waiting(N_("Where")), required=False, choices=[ANY, *_choices(SETTINGS)])
    age = _age(N_("Age"))


class MatchFilter(forms.Form):
    """What a community asks of practices."""

    age_from = _age(N_("From age"))
    age_to = _age(N_("To age"))
    setting = forms.ChoiceField(label=waiting(N_("Where")), required=False, choices=[ANY, *_choices(SETTINGS)])
    language = forms.ChoiceField(label=waiting(N_("Language")), required=False, choices=[ANY, *LANGUAGE_NAMES.items()])
    cost = forms.ChoiceField(label=waiting(N_("Cost at most")), required=False, choices=[ANY, *_choices(COSTS)])

    def wanted(self) -> Wanted:
        """What was asked; fields that make no sense ask for nothing."""
        told = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Wanted(**{name: told[name] for name in self.fields if told.get(name) not in (None, "")})


class PracticeForm(forms.Form):
    """A practice of one's own organisation."""

    organisation = forms.TypedChoiceField(label=waiting(N_("In the name of")), coerce=int)
    language = forms.ChoiceField(label=waiting(N_("Language of the texts")), choices=list(LANGUAGE_NAMES.items()))
    name = forms.CharField(label=waiting(N_("Name")), max_length=160)
    summary = forms.CharField(
        label=waiting(N_("What is done, with whom, how often")),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=waiting(N_("No names of children or other persons.")),
    )
    factors = forms.MultipleChoiceField(
        label=waiting(N_("Factors on which it works")),
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=waiting(N_("It is shown as inferred until an expert confirms it.")),
    )
    settings = forms.MultipleChoiceField(
        label=waiting(N_("Where")), required=False, choices=_choices(SETTINGS), widget=forms.CheckboxSelectMultiple
    )
    age_from = _age(N_("From age"))
    age_to = _age(N_("To age"))
    cost = forms.ChoiceField(
        label=waiting(N_("Cost")), required=False, choices=[("", waiting(N_("not known"))), *_choices(COSTS)]
    )
    languages = forms.MultipleChoiceField(
        label=waiting(N_("Languages of the materials")),
        required=False,
        choices=list(LANGUAGE_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    source = forms.CharField(label=waiting(N_("Where one can read about it")), required=False, max_length=500)

    def __init__(self, t: Translator, organisations: Mapping[int, str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own arguments)
        super().__init__(*args, **kwargs)
        self._offer("organisation", list(organisations.items()))
        self._offer("factors", [(code, t.pick(one.name)) for code, one in factors().items()])

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def draft(self) -> Draft:
        """What was told."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "organisation"}
        lists = {name: tuple(told[name]) for name in ("factors", "settings", "languages")}
        return Draft(**{**told, **lists})


def as_typed(practice: Practice, language: str) -> dict[str, object]:
    """A practice as its form shows it, in one of its languages."""
    about = practice.about
    spoken = next((one for one in (language, *LANGUAGES) if one in about.names), language)
    return {
        "organisation": about.organisation,
        "language": spoken,
        "name": about.names.get(spoken, ""),
        "summary": practice.summary.get(spoken, ""),
        "factors": [link.factor for link in practice.links],
        "settings": list(about.settings),
        "age_from": about.age_from,
        "age_to": about.age_to,
        "cost": about.cost,
        "languages": list(about.languages),
        "source": " ".join(practice.sources),
    }


class ConfirmForm(forms.Form):
    """An expert's confirmation."""

    organisation = forms.TypedChoiceField(label=waiting(N_("In the name of")), coerce=int)
    grounds = forms.CharField(
        label=waiting(N_("What the confirmation rests on")),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=waiting(N_("A study, a manual, the content of the sessions. Everybody on the site reads it.")),
    )

    def __init__(self, organisations: Mapping[int, str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own arguments)
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(organisations.items())
