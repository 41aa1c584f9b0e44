"""Forms of surveys, of asking for a profile, and filters of releases and figures."""

from collections.abc import Iterator, Sequence

from django import forms

from hashar.assess.contracts.surveys import SurveyFile
from hashar.i18n import N_, Translator
from hashar.people.contracts import Actor, Role
from hashar.places.contracts import Place, PlaceNode
from hashar.places.queries import tree
from hashar.web.forms.choices import offer
from hashar.web.texts import waiting

ACCEPTED = ".sav,.zsav,.dta,.csv,.tsv,.xlsx,.parquet"
Choices = Sequence[tuple[str, str]]


def may_begin(actor: Actor) -> bool:
    """Whether the person coordinates any organisation, and so may begin a survey."""
    return bool(actor.organisations({Role.COORDINATOR}))


class SurveyForm(forms.Form):
    """Begin a survey."""

    title = forms.CharField(
        label=waiting(N_("Title")),
        max_length=200,
        help_text=waiting(N_("As people know it, without the year: one survey holds all its waves.")),
    )
    organisation = forms.TypedChoiceField(
        label=waiting(N_("Organisation")),
        coerce=int,
        help_text=waiting(N_("It owns the files and decides on sharing.")),
    )
    territory = forms.TypedChoiceField(
        label=waiting(N_("Place")),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=waiting(N_("What the survey speaks for. Whoever works for this place may read what you share.")),
    )

    def __init__(self, actor: Actor, t: Translator, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        offer(self, "organisation", actor.organisations({Role.COORDINATOR}).items())
        paths = tuple(mandate.territory_path for mandate in actor.mandates if mandate.role is Role.COORDINATOR)
        places = [(str(place.id), name) for place, name in _places(t) if place.path.startswith(paths)]
        offer(self, "territory", [("", t.gettext("All of the organisation's territory")), *places])


def _places(t: Translator) -> Iterator[tuple[Place, str]]:
    """Countries by name, with their regions indented under them."""

    def name(node: PlaceNode) -> str:
        return t.pick(node.place.names)

    for country in sorted(tree(depth=2), key=lambda node: name(node).casefold()):
        yield country.place, name(country)
        for part in sorted(country.parts, key=lambda node: name(node).casefold()):
            yield part.place, "\N{NO-BREAK SPACE}" * 3 + name(part)


class UploadForm(forms.Form):
    """One survey file."""

    file = forms.FileField(
        label=waiting(N_("Survey file")),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
        max_length=255,
    )


class DraftForm(forms.Form):
    """Which file to guess a codebook from."""

    file = forms.TypedChoiceField(label=waiting(N_("File to draft from")), coerce=int)

    def __init__(self, files: Sequence[SurveyFile], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        offer(self, "file", ((one.id, one.name) for one in files))


class ProfileForm(forms.Form):
    """Ask for a profile: of which file, compared with which, by which groups."""

    file = forms.TypedChoiceField(
        label=waiting(N_("The wave the profile is about")), coerce=int, widget=forms.RadioSelect
    )
    earlier = forms.TypedMultipleChoiceField(
        label=waiting(N_("Earlier waves to compare with")),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=waiting(N_("With none, the profile says nothing about change.")),
    )
    by = forms.MultipleChoiceField(
        label=waiting(N_("Break down by")),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=waiting(
            N_(
                "With all of them each stands alone. Fewer are crossed with each other too (girls of grade 9): smaller "
                "groups, of which more must be hidden."
            )
        ),
    )

    def __init__(
        self, files: Sequence[SurveyFile], groups: Choices, t: Translator, *args: object, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        self.groups = groups
        named = [(str(one.id), self._named(one, t)) for one in files]
        for name, choices in (("file", named), ("earlier", named), ("by", groups)):
            offer(self, name, choices)
        if not groups:
            del self.fields["by"]
        if len(named) < 2:
            del self.fields["earlier"]

    @staticmethod
    def _named(file: SurveyFile, t: Translator) -> str:
        wave = t.gettext("wave {wave}", wave=file.wave) if file.wave else t.gettext("no wave of the codebook fits")
        return f"{file.name} ({wave})"


class _ByPlace(forms.Form):
    """A filter by place."""

    place = forms.ChoiceField(label=waiting(N_("Place")), required=False)

    def __init__(self, t: Translator, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        offer(self, "place", [("", t.gettext("all places")), *((place.path, name) for place, name in _places(t))])


class ReleaseFilter(_ByPlace):
    """Which releases to list."""

    state = forms.ChoiceField(
        label=waiting(N_("State")),
        required=False,
        choices=[
            ("", waiting(N_("any"))),
            ("draft", waiting(N_("Draft"))),
            ("shared", waiting(N_("Shared"))),
            ("withdrawn", waiting(N_("Withdrawn"))),
        ],
    )


class FindingFilter(_ByPlace):
    """Which figures to list."""

    indicator = forms.ChoiceField(label=waiting(N_("Indicator")), required=False)
    groups = forms.BooleanField(label=waiting(N_("Groups too")), required=False)

    def __init__(self, t: Translator, indicators: Choices, *args: object, **kwargs: object) -> None:
        super().__init__(t, *args, **kwargs)
        offer(self, "indicator", [("", t.gettext("all indicators")), *indicators])
        self.order_fields(["indicator", "place", "groups"])
