"""Forms of organisations, members, invitations and the audit trail."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from hashar.i18n import LANGUAGE_NAMES, N_, Translator
from hashar.people.contracts import Role
from hashar.web import words
from hashar.web.forms.choices import Choices, named_places, offer, shown
from hashar.web.texts import waiting


def territory_choices(translator: Translator, code: str | None) -> list[tuple[str, str]]:
    """A place and what lies in it (all countries for None), each with the names above it."""
    return [(str(place.id), name) for place, name in named_places(translator, code)]


class OrganisationForm(forms.Form):
    """An organisation."""

    name = forms.CharField(label=waiting(N_("Name")), max_length=200)
    kind = forms.ChoiceField(label=waiting(N_("Kind")), choices=shown(words.KINDS))
    sector = forms.ChoiceField(
        label=waiting(N_("Sector")),
        help_text=waiting(N_("One of the twelve sectors of a community coalition.")),
        choices=shown(words.SECTORS),
    )
    level = forms.ChoiceField(label=waiting(N_("Level")), choices=shown(words.LEVELS))
    territory = forms.TypedChoiceField(
        label=waiting(N_("Territory")),
        help_text=waiting(N_("What it answers for. Its members see what is shared there.")),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, territories: Choices, fixed: bool = False, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to Django)
        super().__init__(*args, **kwargs)
        for language, own_name in LANGUAGE_NAMES.items():
            label = waiting(N_("Name in another language")) + f": {own_name}"
            self.fields[f"name_{language}"] = forms.CharField(label=label, max_length=200, required=False)
        everywhere = ("", waiting(N_("the whole site")))
        offer(self, "territory", [everywhere, *territories])
        if fixed:
            for name in ("level", "territory"):
                del self.fields[name]

    @property
    def names(self) -> dict[str, str]:
        """The names given in further languages."""
        return {language: self.cleaned_data.get(f"name_{language}", "") for language in LANGUAGE_NAMES}


class OrganisationFilter(forms.Form):
    """Which organisations to list."""

    text = forms.CharField(label=waiting(N_("Name")), required=False, max_length=200)
    kind = forms.ChoiceField(label=waiting(N_("Kind")), required=False)
    sector = forms.ChoiceField(label=waiting(N_("Sector")), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to Django)
        super().__init__(*args, **kwargs)
        every = ("", waiting(N_("all")))
        offer(self, "kind", [every, *shown(words.KINDS)])
        offer(self, "sector", [every, *shown(words.SECTORS)])


class RoleForm(forms.Form):
    """A role and the territory it is for."""

    role = forms.ChoiceField(label=waiting(N_("Role")), widget=forms.RadioSelect)
    territory = forms.TypedChoiceField(
        label=waiting(N_("Only for a part of the territory")), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, territories: Choices, translator: Translator, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to Django)
        super().__init__(*args, **kwargs)
        roles = [(str(r), f"{translator.gettext(words.ROLES[r])}: {translator.gettext(words.DUTIES[r])}") for r in Role]
        offer(self, "role", roles)
        whole = ("", waiting(N_("no, for all of it")))
        offer(self, "territory", [whole, *territories])


class InviteForm(RoleForm):
    """An invitation."""

    LASTS = ((3, waiting(N_("three days"))), (14, waiting(N_("two weeks"))), (60, waiting(N_("two months"))))

    note = forms.CharField(
        label=waiting(N_("Note for yourselves")),
        help_text=waiting(N_("Whom it is for, as you would recognise it. The invited person does not see it.")),
        required=False,
        max_length=120,
    )
    days = forms.TypedChoiceField(label=waiting(N_("Can be used for")), choices=LASTS, coerce=int, initial=14)
    language = forms.ChoiceField(
        label=waiting(N_("Language of the letter")), choices=list(LANGUAGE_NAMES.items()), required=True
    )


EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


def _day(label: str) -> forms.DateField:
    """A day of this century: others cannot be in the trail, and the ends of the calendar cannot be counted past."""
    odd = waiting(N_("Give a day between 2000 and 2100."))
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST, odd), MaxValueValidator(LATEST, odd)],
        error_messages={"invalid": odd},
    )


class AuditFilter(forms.Form):
    """Which rows of the audit trail to show."""

    action = forms.ChoiceField(label=waiting(N_("What was done")), required=False)
    since = _day(waiting(N_("From")))
    until = _day(waiting(N_("To")))

    def __init__(self, *args: Any, actions: Sequence[str], translator: Translator, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to Django)
        super().__init__(*args, **kwargs)
        named = [(action, translator.gettext(words.ACTIONS.get(action, action))) for action in actions]
        offer(self, "action", [("", waiting(N_("all"))), *named])

    def moment(self, name: str, *, end: bool = False) -> dt.datetime | None:
        """The beginning (or the end) of the day that was given, in the site's time zone."""
        day: dt.date | None = self.cleaned_data.get(name)
        if day is None:
            return None
        begin = dt.datetime.combine(day, dt.time.min, tzinfo=timezone.get_current_timezone())
        return begin + dt.timedelta(days=1) if end else begin


class AccountForm(forms.Form):
    """A new account, made by those who run the site."""

    name = forms.CharField(label=waiting(N_("Name")), max_length=120)
    login = forms.CharField(label=waiting(N_("Login name")), max_length=60)
    operator = forms.BooleanField(label=waiting(N_("Runs this site")), required=False)
    language = forms.ChoiceField(label=waiting(N_("Language")), choices=list(LANGUAGE_NAMES.items()))
