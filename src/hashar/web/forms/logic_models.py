"""Forms of logic models: begin one, and one form for each kind of part, links as boxes to tick."""

import dataclasses
import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from hashar.i18n import N_, Translator
from hashar.places.contracts import Population
from hashar.plan.contracts.logic_model import (
    Activity,
    AnyElement,
    Approach,
    Condition,
    Factor,
    Indicator,
    LogicModel,
    Problem,
    Side,
    Source,
    Strategy,
)
from hashar.plan.contracts.stored_models import Baseline
from hashar.reference.queries import factors, strategies
from hashar.reports.content.model_words import BETTER, INDICATOR_KINDS, SIDES, SOURCE_KINDS, ModelWords, approach_name
from hashar.web.forms.choices import offer, shown
from hashar.web.texts import waiting

LONGEST_CODE, LONGEST_TEXT = 80, 500
LARGEST = 10**9
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
NOT_SAID = ("", "–")


class NewModelForm(forms.Form):
    """A new model, empty or from a file."""

    organisation = forms.TypedChoiceField(label=waiting(N_("For which organisation")), coerce=int)
    title = forms.CharField(label=waiting(N_("Title")), max_length=300)
    file = forms.FileField(
        label=waiting(N_("File")),
        required=False,
        help_text=waiting(N_("A logic model as text (YAML), if you have one.")),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.txt"}),
    )

    def __init__(self, organisations: Mapping[int, str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own arguments)
        super().__init__(*args, **kwargs)
        offer(self, "organisation", organisations.items())
        if len(organisations) == 1:
            self.fields["organisation"].initial = next(iter(organisations))
            self.fields["organisation"].widget = forms.HiddenInput()

    def clean_title(self) -> str:
        """On one line."""
        return CONTROL.sub(" ", self.cleaned_data["title"]).strip()


def _text(label: str, *, required: bool = False, longest: int = LONGEST_TEXT, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=waiting(label), required=required, max_length=longest, help_text=waiting(help_text) if help_text else ""
    )


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=waiting(label), required=False, widget=widget, input_formats=["%Y-%m-%d"])


def _number(label: str, help_text: str = "", least: float | None = None) -> forms.FloatField:
    return forms.FloatField(
        label=waiting(label),
        required=False,
        localize=True,
        min_value=least,
        max_value=LARGEST,
        help_text=waiting(help_text) if help_text else "",
    )


def _count(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=waiting(label), required=False, min_value=1, max_value=LARGEST)


def _ticks(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=waiting(label), required=False, widget=forms.CheckboxSelectMultiple)


def _one_of(label: str, choices: Sequence[tuple[str, str]] = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=waiting(label), required=False, choices=choices)


class PartForm(forms.Form):
    """What all parts have: a code and a text. ``links`` names fields and the kinds they may lead to."""

    makes: type[Any] = Condition
    links: Mapping[str, tuple[type[Any], ...]] = {}

    def __init__(self, model: LogicModel, element: AnyElement | None, t: Translator, data: Any = None) -> None:  # noqa: ANN401  (a QueryDict or nothing)
        self._element = element
        super().__init__(data, initial=self.told(element) if element is not None else self.fresh(model))
        words = ModelWords(t)
        for name, kinds in self.links.items():
            known = [
                (one.code, f"{words.text(one)} ({one.code})") for one in model.elements() if isinstance(one, kinds)
            ]
            known = [(code, word) for code, word in dict(known).items() if element is None or code != element.code]
            stands = getattr(element, name, ())
            named = [stands] if isinstance(stands, str) else list(stands)
            lost = [(code, f"{code}?") for code in named if code and code not in dict(known)]
            one_only = not isinstance(self.fields[name], forms.MultipleChoiceField)
            offer(self, name, [*([NOT_SAID] if one_only else []), *known, *lost])
            if not known and not lost:
                del self.fields[name]

    code = _text(
        N_("Code"), longest=LONGEST_CODE, help_text=N_("Short; other parts name it by this. Empty: made for you.")
    )
    text = _text(N_("In words"))

    def fresh(self, model: LogicModel) -> dict[str, Any]:  # noqa: ARG002  (what a kind begins with may look at the model)
        """What a new part begins with."""
        return {}

    def told(self, element: AnyElement) -> dict[str, Any]:
        """A part as the form shows it."""
        return {field.name: getattr(element, field.name) for field in dataclasses.fields(element)}

    def clean(self) -> dict[str, Any]:
        """Texts on one line."""
        data = super().clean() or {}
        return {
            name: CONTROL.sub(" ", value).strip() if isinstance(value, str) else value for name, value in data.items()
        }

    def element(self, model: LogicModel) -> AnyElement:
        """The part as it was sent; fields that the form does not show stay as they are."""
        data = {name: self.read(name, value) for name, value in self.cleaned_data.items()}
        data["code"] = data["code"] or (self._element.code if self._element else free_code(self.makes, model))
        names = {field.name: field for field in dataclasses.fields(self.makes)}
        known: dict[str, Any] = {
            name: names[name].default if value is None else value for name, value in data.items() if name in names
        }
        if self._element is not None:
            return dataclasses.replace(self._element, **known)
        made: AnyElement = self.makes(**known)
        return made

    def read(self, name: str, value: Any) -> Any:  # noqa: ANN401  (whatever the field's type is)
        """A field of the form as the part's."""
        if name in self.links and isinstance(value, list):
            return tuple(value)
        return value


def free_code(kind: type[Any], model: LogicModel) -> str:
    """A code that no part has."""
    taken = {element.code for element in model.elements()}
    word = kind.__name__.lower()
    return next(code for number in range(1, len(taken) + 2) if (code := f"{word}-{number}") not in taken)


class ProblemForm(PartForm):
    """What is to become less."""

    makes = Problem
    links = {"because": (Factor,)}
    because = _ticks(N_("Factors behind it"))


class FactorForm(PartForm):
    """A factor of the reference list."""

    makes = Factor
    links = {"because": (Condition,)}
    because = _ticks(N_("Local conditions behind it"))

    def __init__(self, model: LogicModel, element: AnyElement | None, t: Translator, data: Any = None) -> None:  # noqa: ANN401  (a QueryDict or nothing)
        super().__init__(model, element, t, data)
        known = [(code, f"{code} {t.pick(factor.name)}") for code, factor in factors().items()]
        own = [(element.code, element.code)] if element is not None and element.code not in factors() else []
        choice = _one_of(N_("Factor"), [*own, *known])
        choice.required = True
        self.fields["code"] = choice


class ConditionForm(PartForm):
    """What is so in this place."""


class StrategyForm(PartForm):
    """How conditions are to change."""

    makes = Strategy
    links = {"addresses": (Condition,)}
    approach = _one_of(N_("Which of the seven strategies"))
    addresses = _ticks(N_("Local conditions it changes"))

    def __init__(self, model: LogicModel, element: AnyElement | None, t: Translator, data: Any = None) -> None:  # noqa: ANN401  (a QueryDict or nothing)
        super().__init__(model, element, t, data)
        names = [(each.value, t.pick(strategies()[approach_name(each)].name)) for each in Approach]
        offer(self, "approach", [NOT_SAID, *names])

    def read(self, name: str, value: Any) -> Any:  # noqa: ANN401  (whatever the field's type is)
        """As in the part."""
        if name == "approach":
            return Approach(value) if value else None
        return super().read(name, value)


class ActivityForm(PartForm):
    """What is done, by whom, until when."""

    makes = Activity
    links = {"strategy": (Strategy,), "after": (Activity,)}
    strategy = _one_of(N_("Strategy"))
    responsible = _text(N_("Responsible"), longest=200)
    side = _one_of(N_("It belongs to"), [NOT_SAID, *shown(SIDES)])
    partners = _text(N_("Partners"), help_text=N_("Separate several by commas."))
    start = _day(N_("Begin"))
    deadline = _day(N_("Deadline"))
    hours = _number(N_("Hours a week of the responsible"), least=0)
    practice = _text(N_("Practice"), longest=40, help_text=N_("Its code in the list of practices."))
    after = _ticks(N_("It waits for"))

    def told(self, element: AnyElement) -> dict[str, Any]:
        """As the form shows it."""
        shown_ = super().told(element)
        return shown_ | {"partners": ", ".join(shown_["partners"]), "hours": shown_["hours"] or None}

    def read(self, name: str, value: Any) -> Any:  # noqa: ANN401  (whatever the field's type is)
        """As in the part."""
        if name == "partners":
            return tuple(word.strip() for word in value.split(",") if word.strip())
        if name == "side":
            return Side(value) if value else None
        return super().read(name, value)


class IndicatorForm(PartForm):
    """How something is measured, and what is aimed at."""

    makes = Indicator
    links = {"measures": (Problem, Factor, Condition, Activity), "source": (Source,)}
    measures = _ticks(N_("It measures"))
    kind = _one_of(N_("Kind"), shown(INDICATOR_KINDS))
    source = _one_of(N_("Source"))
    baseline = _number(N_("Baseline"), N_("A share in percent, or a count."))
    baseline_date = _day(N_("Baseline, date"))
    target = _number(N_("Target"))
    target_date = _day(N_("Target, date"))
    better = _one_of(N_("Better is"), shown(BETTER))
    share = forms.BooleanField(label=waiting(N_("Baseline and target are percentages of pupils")), required=False)

    def fresh(self, model: LogicModel) -> dict[str, Any]:
        """Shares of one survey are the usual."""
        sources = [source.code for source in model.sources]
        return {
            "share": True,
            "better": "lower",
            "kind": "prevalence",
            "source": sources[0] if len(sources) == 1 else "",
        }

    def told(self, element: AnyElement) -> dict[str, Any]:
        """As the form shows it: shares in percent."""
        shown_ = super().told(element)
        factor = 100 if shown_["share"] else 1
        ends = {name: _rounded(shown_[name], factor) for name in ("baseline", "target")}
        return shown_ | ends

    def clean(self) -> dict[str, Any]:
        """Shares as such; a number that was not touched stays to the last digit."""
        data = super().clean()
        for name in ("baseline", "target"):
            value = data.get(name)
            if value is not None and data.get("share"):
                data[name] = round(value / 100, 12)
        stands = self._element
        if isinstance(stands, Indicator) and stands.share == data.get("share"):
            for name in ("baseline", "target"):
                if name in data and name not in self.changed_data:
                    data[name] = getattr(stands, name)
        return data

    def read(self, name: str, value: Any) -> Any:  # noqa: ANN401  (whatever the field's type is)
        """As in the part."""
        return (value or None) if name in ("better", "kind") else super().read(name, value)


def _rounded(value: float | None, factor: int) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value * factor, 6)


class SourceForm(PartForm):
    """Where numbers come from."""

    makes = Source
    kind = _one_of(N_("Kind"), shown(SOURCE_KINDS))
    dates = _text(N_("When it delivers"), help_text=N_("Dates like 2027-05-31, separated by commas."))
    n = _count(N_("Answers in one wave (n)"))
    deff = _number(N_("Design effect"), N_("The report gives it; for school surveys 2 is common."), least=0.01)
    population = _count(N_("Pupils there are"))

    def fresh(self, model: LogicModel) -> dict[str, Any]:  # noqa: ARG002  (the same for every model)
        """What school surveys have."""
        return {"deff": 2.0, "kind": "survey"}

    def told(self, element: AnyElement) -> dict[str, Any]:
        """As the form shows it."""
        shown_ = super().told(element)
        return shown_ | {"dates": ", ".join(day.isoformat() for day in shown_["dates"])}

    def clean_dates(self) -> tuple[dt.date, ...]:
        """Dates one by one."""
        try:
            words = re.split(r"[\s,;]+", self.cleaned_data["dates"].strip())
            return tuple(dt.date.fromisoformat(word) for word in words if word)
        except ValueError:
            raise forms.ValidationError(waiting(N_("Write dates like 2027-05-31, separated by commas."))) from None

    def read(self, name: str, value: Any) -> Any:  # noqa: ANN401  (whatever the field's type is)
        """As in the part."""
        return (value or None) if name == "kind" else super().read(name, value)


FORMS: Mapping[str, type[PartForm]] = {
    "problem": ProblemForm,
    "factor": FactorForm,
    "condition": ConditionForm,
    "strategy": StrategyForm,
    "activity": ActivityForm,
    "indicator": IndicatorForm,
    "source": SourceForm,
}


class BaselineForm(forms.Form):
    """A published figure for an indicator's baseline, and the pupils there are."""

    finding = forms.TypedChoiceField(label=waiting(N_("Figure")), coerce=int, widget=forms.RadioSelect)
    band = forms.ChoiceField(label=waiting(N_("Pupils there are")), required=False)

    def __init__(
        self,
        profile: Sequence[Baseline],
        bands: Iterable[Population],
        t: Translator,
        data: Any = None,  # noqa: ANN401  (a QueryDict or nothing)
    ) -> None:
        super().__init__(data)
        offer(self, "finding", [(one.finding, f"{t.pick(one.label)}: {t.percent(one.share)}") for one in profile])
        ages = [(f"{one.age_from}-{one.age_to}", _band(one, t)) for one in bands]
        offer(self, "band", [NOT_SAID, *ages])


def _band(one: Population, t: Translator) -> str:
    return t.gettext(
        "{ages} years old, {year}: {count} ({source})",
        ages=f"{one.age_from}–{one.age_to}",
        year=str(one.year),
        count=t.integer(one.count),
        source=one.source.title,
    )
