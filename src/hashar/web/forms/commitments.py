"""Forms of working together on a measure: a promise, an invitation, a reason, a post."""

from collections.abc import Mapping
from typing import Any

from django import forms

from hashar.i18n import N_
from hashar.plan.contracts.commitments import Audience, Part, Promise
from hashar.web.commitment_words import AUDIENCES, PARTS
from hashar.web.forms.choices import offer, shown
from hashar.web.texts import waiting

LONGEST_PROMISE, LONGEST_REASON, LONGEST_POST = 1_000, 400, 2_000


class _Named(forms.Form):
    """A form in the name of an organisation; with only one there is nothing to choose."""

    organisation = forms.TypedChoiceField(label=waiting(N_("In the name of")), coerce=int)

    def __init__(self, organisations: Mapping[int, str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own arguments)
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations.items())
        if len(organisations) == 1:
            field = self.fields["organisation"]
            field.initial = next(iter(organisations))
            field.widget = forms.HiddenInput()


class _Promise(forms.Form):
    """What is promised, or asked for."""

    part = forms.ChoiceField(label=waiting(N_("Part")), choices=shown(PARTS), initial=Part.PARTNER)
    text = forms.CharField(
        label=waiting(N_("What is done")),
        max_length=LONGEST_PROMISE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=waiting(N_("No names of children or other persons.")),
    )
    until = forms.DateField(
        label=waiting(N_("Until when")),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def promise(self) -> Promise:
        """What was said."""
        said = self.cleaned_data
        return Promise(Part(said.get("part", Part.PARTNER)), said["text"], said["until"], said.get("means", ""))


class _Means(forms.Form):
    means = forms.CharField(
        label=waiting(N_("With which means of its own")),
        required=False,
        max_length=LONGEST_PROMISE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=waiting(N_("People, hours, rooms, money.")),
    )


class OfferForm(_Means, _Promise, _Named):
    """An organisation promises something."""

    field_order = ("organisation", "part", "text", "until", "means")


class AnswerForm(_Means, _Promise):
    """An organisation that was invited says what it promises; its part is the one it was invited to."""

    field_order = ("text", "until", "means")
    part = None  # type: ignore[assignment]  # Django: this field is not taken over


class InviteForm(_Promise):
    """An organisation is asked."""

    field_order = ("organisation", "part", "text", "until")
    organisation = forms.TypedChoiceField(label=waiting(N_("Organisation")), coerce=int)

    def __init__(self, organisations: Mapping[int, str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own arguments)
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations.items())


class ReasonForm(forms.Form):
    """Why; the reason stays."""

    reason = forms.CharField(
        label=waiting(N_("Reason")),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=waiting(N_("It stays in the history. No names of children or other persons.")),
    )


class PostForm(_Named):
    """A post for the thread."""

    field_order = ("organisation", "text", "audience")
    text = forms.CharField(
        label=waiting(N_("Write in the thread")),
        max_length=LONGEST_POST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=waiting(N_("Write no personal data: no names of children, no diagnoses, no addresses or numbers.")),
    )
    audience = forms.ChoiceField(label=waiting(N_("Who reads it")), choices=shown(AUDIENCES), initial=Audience.PUBLIC)

    def __init__(
        self,
        organisations: Mapping[int, str],
        *args: Any,  # noqa: ANN401  (Django's own arguments)
        member: bool,
        **kwargs: Any,  # noqa: ANN401  (Django's own arguments)
    ) -> None:
        super().__init__(organisations, *args, **kwargs)
        if not member:
            field = self.fields["audience"]
            field.widget = forms.HiddenInput()


class PostEditForm(forms.Form):
    """Other words for a post."""

    text = forms.CharField(
        label=waiting(N_("Text")),
        max_length=LONGEST_POST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=waiting(N_("Write no personal data: no names of children, no diagnoses, no addresses or numbers.")),
    )
