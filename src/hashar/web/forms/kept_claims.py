"""Forms of claims that are kept: what to pick from a profile or register, the sentence, the override."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from hashar.assess.contracts.series import Observation
from hashar.evaluate.contracts.claims import (
    Claim,
    DetectionClaim,
    Direction,
    PrevalenceClaim,
    Reading,
    Relation,
    TrendClaim,
)
from hashar.evaluate.queries.levels import ASKED, Level
from hashar.i18n import LANGUAGE_NAMES, N_, Translator
from hashar.web.forms.claims import (
    DIRECTIONS,
    MOVES,
    READINGS,
    RELATIONS,
    choice,
    percent,
    share,
    tick,
)
from hashar.web.texts import waiting

LONGEST = 1000
NEW = "new-"
Choices = Sequence[tuple[str, str]]


def offer_choices(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field what there is to choose."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


class PickForm(forms.Form):
    """What a sentence claims of numbers that the site holds."""

    place: Mapping[str, str]
    """Which numbers, once the form is valid."""

    def claim(self) -> Claim:
        """What is claimed; call it when the form is valid."""
        raise NotImplementedError

    def noted(self) -> tuple[str, ...]:
        """What the person knows against the numbers."""
        return ()


class LevelPick(PickForm):
    """A level of a profile."""

    figure = forms.ChoiceField(label=waiting(N_("Figure")))
    relation = choice(N_("The sentence says"), RELATIONS, Relation.ABOUT.value)
    value = percent(N_("Level claimed, %"))
    others = tick(N_("The sentence speaks of other people than were asked"))

    def __init__(self, t: Translator, figures: Sequence[Level], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self._figures = {str(at): each for at, each in enumerate(figures)}
        choices = [(known, level_name(t, each)) for known, each in self._figures.items()]
        offer_choices(self, "figure", choices)

    def claim(self) -> Claim:
        """What is claimed."""
        said = self.cleaned_data
        population = "others" if said["others"] else ASKED
        return PrevalenceClaim(value=said["value"] / 100, relation=Relation(said["relation"]), population=population)

    @property
    def place(self) -> Mapping[str, str]:  # type: ignore[override]  # computed from the answer
        """Which figure."""
        return self._figures[self.cleaned_data["figure"]].place


def level_name(t: Translator, found: Level) -> str:
    """A figure by its wave and group."""
    group = t.pick(found.level_label) or found.level
    return f"{found.wave}, {group}" if group else found.wave


class TrendPick(PickForm):
    """A change of a profile."""

    direction = choice(N_("The sentence says"), DIRECTIONS, Direction.FELL.value)
    amount = percent(
        N_("By at least, points"),
        required=False,
        help_text=N_("Leave it empty when no size is claimed. For “it stayed the same”: within how many points."),
    )
    changed = tick(N_("The question, its answers or the way of asking changed"))
    others = tick(N_("Other places, grades or ages were asked"))

    def __init__(self, name: str, *, shares: bool, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.place = {"name": name}
        if not shares:
            del self.fields["amount"]
            offer_choices(self, "direction", [(value, waiting(word)) for value, word in MOVES])

    def claim(self) -> Claim:
        """What is claimed."""
        said = self.cleaned_data
        return TrendClaim(direction=Direction(said["direction"]), amount=share(said.get("amount")) or 0.0)

    def noted(self) -> tuple[str, ...]:
        """What the person knows against the numbers."""
        said = {"same_definition": self.cleaned_data["changed"], "same_population": self.cleaned_data["others"]}
        return tuple(name for name, ticked in said.items() if ticked)


class RegisterPick(PickForm):
    """A change of a register."""

    territory = forms.ChoiceField(label=waiting(N_("Territory")))
    earlier = forms.ChoiceField(label=waiting(N_("Earlier period")))
    later = forms.ChoiceField(label=waiting(N_("Later period")))
    reading = choice(N_("The sentence speaks of"), READINGS, Reading.DETECTION.value)
    direction = choice(N_("The sentence says"), DIRECTIONS, Direction.ROSE.value)
    amount = percent(
        N_("By at least, %"),
        required=False,
        help_text=N_("Leave it empty when no size is claimed. For “it stayed the same”: within how many percent."),
    )
    per_person = tick(N_("The sentence gives a rate"))
    rules_changed = tick(N_("The law, the rules of recording or what is counted changed"))
    territory_changed = tick(N_("The territory changed"))
    part = tick(N_("One of the periods is not complete"))

    def __init__(self, t: Translator, observations: Sequence[Observation], data: QueryDict | None = None) -> None:
        super().__init__(data)
        places = {each.territory_code: t.pick(each.territory_names) for each in observations}
        periods = sorted({each.period for each in observations})
        offer_choices(self, "territory", list(places.items()))
        for name, at in (("earlier", -2), ("later", -1)):
            offer_choices(self, name, [(each, each) for each in periods])
            self.fields[name].initial = periods[at] if len(periods) > 1 else ""

    def clean(self) -> dict[str, Any] | None:
        """The later period comes after the earlier one."""
        said = super().clean() or {}
        if said.get("earlier") and said.get("later") and said["earlier"] >= said["later"]:
            self.add_error("later", waiting(N_("Choose a period after the earlier one.")))
        return said

    @property
    def place(self) -> Mapping[str, str]:  # type: ignore[override]  # computed from the answer
        """Which counts."""
        return {name: self.cleaned_data[name] for name in ("territory", "earlier", "later")}

    def claim(self) -> Claim:
        """What is claimed."""
        said = self.cleaned_data
        return DetectionClaim(
            direction=Direction(said["direction"]),
            amount=share(said["amount"]) or 0.0,
            reading=Reading(said["reading"]),
            per_person=said["per_person"],
        )

    def noted(self) -> tuple[str, ...]:
        """What the person knows against the numbers."""
        said = {
            "same_rules": self.cleaned_data["rules_changed"],
            "same_territory": self.cleaned_data["territory_changed"],
            "whole_periods": self.cleaned_data["part"],
        }
        return tuple(name for name, ticked in said.items() if ticked)


class KeepForm(forms.Form):
    """The sentence, and the report that it stands in."""

    report = forms.ChoiceField(label=waiting(N_("Report")))
    title = forms.CharField(
        label=waiting(N_("Title of the new report")),
        max_length=200,
        required=False,
    )
    sentence = forms.CharField(
        label=waiting(N_("The sentence, as it will be printed")),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    stated = forms.CharField(
        label=waiting(N_("Where the numbers were taken from")),
        max_length=LONGEST,
        help_text=waiting(N_("Document, date, page. It is printed, and that the numbers were typed by hand.")),
    )

    def __init__(
        self,
        reports: Choices,
        organisations: Mapping[int, str],
        *,
        typed: bool,
        new_word: str,
        initial: Mapping[str, str],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial))
        fresh = [(f"{NEW}{known}", new_word.format(organisation=name)) for known, name in organisations.items()]
        offer_choices(self, "report", [*reports, *fresh])
        if not typed:
            del self.fields["stated"]

    def clean(self) -> dict[str, Any] | None:
        """A new report has a title."""
        said = super().clean() or {}
        if said.get("report", "").startswith(NEW) and not said.get("title"):
            self.add_error("title", waiting(N_("Give the new report a title.")))
        return said


class ReportForm(forms.Form):
    """A new report."""

    organisation = forms.TypedChoiceField(label=waiting(N_("Organisation")), coerce=int)
    title = forms.CharField(label=waiting(N_("Title")), max_length=200)
    release = forms.TypedChoiceField(
        label=waiting(N_("About the profile")), coerce=int, required=False, empty_value=None
    )
    plan = forms.TypedChoiceField(label=waiting(N_("About the plan")), coerce=int, required=False, empty_value=None)

    def __init__(
        self, choices: Mapping[str, Choices], data: QueryDict | None = None, initial: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for name, offered in choices.items():
            offer_choices(self, name, offered)


class OverrideForm(forms.Form):
    """Why a claim is printed against its verdict."""

    judgement = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**6)
    reason = forms.CharField(
        label=waiting(N_("Why it is printed all the same")),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=waiting(
            N_("At least 20 letters. Your reason, your name and the date are printed under the sentence.")
        ),
    )


class WordsForm(forms.Form):
    """The sentence in one more language."""

    language = forms.ChoiceField(label=waiting(N_("Language")))
    sentence = forms.CharField(
        label=waiting(N_("Sentence")), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, written: Mapping[str, str], data: QueryDict | None = None) -> None:
        super().__init__(data)
        missing = [(code, name) for code, name in LANGUAGE_NAMES.items() if code not in written]
        offer_choices(self, "language", missing)
