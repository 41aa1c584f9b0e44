"""The entry of an activity: one screen that must be filled in, the rest folded."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from hashar.i18n import N_, Translator
from hashar.implement.contracts.activities import (
    BANDS,
    EVERYBODY,
    OLDEST,
    Ages,
    Component,
    Draft,
    Fidelity,
    PeopleCount,
    Sex,
    State,
)
from hashar.reference.queries import strategies
from hashar.reports.content.activity_words import ages_word
from hashar.web.activity_words import KEPT, SEXES, STATES
from hashar.web.forms.choices import Choices, offer, shown
from hashar.web.texts import waiting

ROWS = 6
"""Core components that the form asks about."""
MAIN = ("organisation", "title", "strategy", "date", "place", "measures", "contacts", "ages")
PEOPLE = ("people", "sessions", "minutes", "group", "school_class")
ABOUT = ("state", "time", "territory", "more_measures", "practice", "partners")
RESULT = ("fidelity_note", "note")
DAY = forms.DateInput(attrs={"type": "date", "data-today": True}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def ages_code(ages: Ages) -> str:
    """An age group as the form sends it: ``12-17``."""
    return f"{ages.first}-{ages.end}"


def ages_from(code: str) -> Ages:
    """The age group of a code that the form offers."""
    known = {ages_code(each): each for each in (EVERYBODY, *BANDS)}
    return known.get(code, EVERYBODY)


def _number(label: str, text: str = "", most: int = 1_000_000) -> forms.IntegerField:
    return forms.IntegerField(
        label=waiting(label),
        help_text=waiting(text) if text else "",
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
    )


class ActivityForm(forms.Form):
    """An activity, new or to be changed."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organisation = forms.TypedChoiceField(label=waiting(N_("In the name of")), coerce=int)
    title = forms.CharField(
        label=waiting(N_("What was done")),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "titles", "autocomplete": "off"}),
    )
    strategy = forms.ChoiceField(label=waiting(N_("Strategy")))
    date = forms.DateField(label=waiting(N_("Day")), widget=DAY)
    place = forms.CharField(label=waiting(N_("School, hall or street")), max_length=120, required=False)
    measures = forms.TypedMultipleChoiceField(
        label=waiting(N_("For which measures")), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    contacts = _number(N_("How many came"), N_("People at each session, added up. Leave it empty when nobody counted."))
    ages = forms.ChoiceField(label=waiting(N_("For which ages")))

    people = _number(N_("Different people"), N_("Everyone counted once, however often they came."))
    sessions = _number(N_("Sessions"), most=1000)
    minutes = _number(N_("Minutes of one session"), most=1440)
    group = forms.CharField(
        label=waiting(N_("Group that comes again")),
        max_length=120,
        required=False,
        help_text=waiting(N_("For example “School 12, 7a”. Entries of one group count its people once.")),
        widget=forms.TextInput(attrs={"list": "groups", "autocomplete": "off"}),
    )
    school_class = forms.BooleanField(
        label=waiting(N_("It is a class of a school: nobody is in two of them")), required=False
    )

    state = forms.ChoiceField(label=waiting(N_("State")), choices=shown(STATES))
    time = forms.TimeField(label=waiting(N_("Time")), required=False, widget=CLOCK)
    territory = forms.TypedChoiceField(label=waiting(N_("Territory")), required=False, coerce=int, empty_value=None)
    more_measures = forms.TypedMultipleChoiceField(
        label=waiting(N_("Other measures of plans")),
        required=False,
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    practice = forms.ChoiceField(label=waiting(N_("Practice")), required=False)
    partners = forms.TypedMultipleChoiceField(
        label=waiting(N_("Partners who carried it out too")),
        required=False,
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )

    photo = forms.FileField(
        label=waiting(N_("Photo")),
        required=False,
        help_text=waiting(
            N_(
                "No faces are required; faces are not wanted. Place, time and owner that the camera noted are removed. "
                "Only the organisations concerned see it."
            )
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    without_photo = forms.BooleanField(label=waiting(N_("Delete the photo")), required=False)
    fidelity_note = forms.CharField(
        label=waiting(N_("What was done differently, and why")),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(
        label=waiting(N_("Note")),
        required=False,
        max_length=2000,
        help_text=waiting(N_("No names of children or other persons.")),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, t: Translator, organisations: Mapping[int, str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own arguments)
        super().__init__(*args, **kwargs)
        self._t = t
        self.homes = organisations
        offer(self, "organisation", organisations.items())
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = next(iter(organisations))
        offer(self, "strategy", [(code, t.pick(one.name)) for code, one in strategies().items()])
        offer(self, "ages", [(ages_code(each), ages_word(t, each)) for each in (*BANDS, EVERYBODY)])
        self._add_ages()
        self._add_components()

    def _add_ages(self) -> None:
        for ages in BANDS:
            for sex in Sex:
                field = _number(SEXES[sex])
                field.label = f"{ages_word(self._t, ages)}: {self._t.gettext(SEXES[sex])}"
                self.fields[f"age-{ages_code(ages)}-{sex}"] = field

    def _add_components(self) -> None:
        kept = [("", "–"), *shown(KEPT)]
        for at in range(ROWS):
            label = self._t.gettext("Core component {number}", number=at + 1)
            self.fields[f"part-{at}"] = forms.CharField(label=label, max_length=120, required=False)
            self.fields[f"kept-{at}"] = forms.ChoiceField(
                label=self._t.gettext("How far {component} was kept to", component=label), choices=kept, required=False
            )

    def offer_measures(self, near: Choices, far: Choices) -> None:
        """Measures as boxes to tick, and all others as a list."""
        offer(self, "measures", near)
        offer(self, "more_measures", far)

    @property
    def age_rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Age groups with their fields."""
        return [(ages_word(self._t, ages), [self[f"age-{ages_code(ages)}-{sex}"] for sex in Sex]) for ages in BANDS]

    @property
    def component_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Core components with how far each was kept to."""
        return [(self[f"part-{at}"], self[f"kept-{at}"]) for at in range(ROWS)]

    @property
    def folds_open(self) -> tuple[bool, bool, bool]:
        """Which folded parts hold a problem or something that was filled in."""
        parts = (
            (*PEOPLE, *(name for name in self.fields if name.startswith("age-"))),
            ABOUT,
            (*RESULT, "photo", *(name for name in self.fields if name.startswith("part-"))),
        )
        first, second, third = (any(name in self.errors for name in names) for names in parts)
        return first, second, third

    def draft(self) -> Draft:
        """What was told."""
        told = self.cleaned_data
        names = ("organisation", "title", "strategy", "date", "place", "contacts", "people", "minutes")
        more = ("group", "school_class", "time", "territory", "practice", "fidelity_note", "note")
        return Draft(
            **{name: told[name] for name in (*names, *more)},
            state=State(told["state"]),
            measures=(*told["measures"], *told["more_measures"]),
            partners=tuple(told["partners"]),
            ages=ages_from(told["ages"]),
            sessions=1 if told["sessions"] is None else told["sessions"],
            by_age=tuple(self._counts()),
            components=tuple(self._components()),
        )

    def _counts(self) -> list[PeopleCount]:
        return [
            PeopleCount(ages, sex, count)
            for ages in BANDS
            for sex in Sex
            if (count := self.cleaned_data[f"age-{ages_code(ages)}-{sex}"])
        ]

    def _components(self) -> list[Component]:
        told = ((self.cleaned_data[f"part-{at}"], self.cleaned_data[f"kept-{at}"]) for at in range(ROWS))
        return [Component(name, Fidelity(kept)) for name, kept in told if name and kept]


class ListFilter(forms.Form):
    """Which activities are listed."""

    start = forms.DateField(label=waiting(N_("From")), required=False, widget=DAY)
    end = forms.DateField(label=waiting(N_("Until")), required=False, widget=DAY)
    organisation = forms.TypedChoiceField(
        label=waiting(N_("Organisation")), required=False, coerce=int, empty_value=None
    )
    measure = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, organisations: Mapping[int, str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own arguments)
        super().__init__(*args, **kwargs)
        offer(self, "organisation", [("", waiting(N_("any"))), *organisations.items()])

    def asked(self) -> dict[str, Any]:
        """What was asked; fields that make no sense ask for nothing."""
        told = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {name: told.get(name) for name in self.fields if told.get(name) is not None}


class ReachFilter(forms.Form):
    """Of which work, period and ages the reach is asked."""

    of = forms.ChoiceField(label=waiting(N_("Plan or organisation")))
    start = forms.DateField(label=waiting(N_("From")), widget=DAY)
    end = forms.DateField(label=waiting(N_("Until")), widget=DAY)
    first = forms.IntegerField(label=waiting(N_("From age")), min_value=0, max_value=OLDEST)
    last = forms.IntegerField(label=waiting(N_("To age")), min_value=0, max_value=OLDEST)

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own arguments)
        super().__init__(*args, **kwargs)
        offer(self, "of", choices)

    def clean(self) -> dict[str, Any]:
        """Refuse ages and days that go backwards."""
        told = super().clean() or {}
        for one, other, sentence in (
            ("start", "end", N_("The last day comes before the first.")),
            ("first", "last", N_("The last age comes before the first.")),
        ):
            if told.get(one) is not None and told.get(other) is not None and told[one] > told[other]:
                self.add_error(other, waiting(sentence))
        return told


def start(draft: Draft | None, today: dt.date, *, whole: bool, near: Sequence[int] = ()) -> dict[str, object]:
    """What the form shows at first: an entry as it stands (``whole``), or a new one like it."""
    begin: dict[str, object] = {"key": uuid.uuid4(), "date": today, "state": "done", "sessions": 1}
    if draft is None:
        return begin | {"ages": ages_code(Ages(12, 17)), "strategy": "information", "measures": list(near)}
    names = ("organisation", "title", "strategy", "place", "minutes", "group", "school_class", "territory", "practice")
    like: dict[str, object] = {name: getattr(draft, name) for name in names}
    like |= {"ages": ages_code(draft.ages), "sessions": draft.sessions}
    like |= {"partners": list(draft.partners), "measures": list(draft.measures), "more_measures": list(draft.measures)}
    like |= {f"part-{at}": each.name for at, each in enumerate(draft.components[:ROWS])}
    if not whole:
        return begin | like
    more = ("date", "time", "contacts", "people", "fidelity_note", "note")
    like |= {name: getattr(draft, name) for name in more} | {"state": draft.state.value}
    like |= {f"kept-{at}": each.kept.value for at, each in enumerate(draft.components[:ROWS])}
    return like | {f"age-{ages_code(each.ages)}-{each.sex}": each.count for each in draft.by_age}
